//! The JSON's own shape: the fields that are read, as serde meets them.
//!
//! Numbers that may be wrong are taken as they are and marked, so that the reader can say which list is at fault;
//! serde's own errors would print the value. Lists of objects keep only what [`Kept`] says, up to a limit, and
//! the rest is skipped unread.

use core::fmt;
use core::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use crate::formats::limits::{MAX_CHARGERS, MAX_CORNERS, MAX_LAYERS};
use crate::home::{MAX_KEEP_OUTS, RoomKind};

/// The map.
#[derive(Deserialize)]
pub(super) struct RawMap {
    #[serde(rename = "metaData")]
    meta: Option<MapMeta>,
    #[serde(rename = "pixelSize")]
    pub(super) pixel_size: Option<f64>,
    pub(super) layers: Option<Few<Layer, MAX_LAYERS>>,
    /// As many keep-outs as there may be, and chargers.
    pub(super) entities: Option<Few<Entity, { MAX_KEEP_OUTS + MAX_CHARGERS }>>,
    /// What maps had before they had a version.
    pub(super) image: Option<IgnoredAny>,
    /// The map, in the state of a robot.
    map: Option<IgnoredAny>,
}

impl RawMap {
    pub(super) fn version(&self) -> Option<u64> {
        self.meta.as_ref()?.version
    }

    pub(super) fn is_default(&self) -> bool {
        self.meta.as_ref().and_then(|meta| meta.default_map).unwrap_or(false)
    }

    /// It is no map itself but has one. A state has a `metaData` with a version of its own.
    pub(super) const fn is_state(&self) -> bool {
        self.layers.is_none() && self.map.is_some()
    }
}

#[derive(Deserialize)]
struct MapMeta {
    version: Option<u64>,
    /// The robot has no map, and this one is made up.
    #[serde(rename = "defaultMap")]
    default_map: Option<bool>,
}

/// The state of a robot, as Valetudo's interface gives it, with the map inside.
#[derive(Deserialize)]
pub(super) struct RobotState {
    pub(super) map: RawMap,
}

/// A layer of pixels, in one or two lists.
#[derive(Deserialize)]
pub(super) struct Layer {
    #[serde(rename = "type")]
    pub(super) kind: LayerKind,
    #[serde(rename = "metaData")]
    pub(super) segment: Option<Segment>,
    /// Pairs x, y.
    pixels: Option<Pixels>,
    /// Triples x, y, length.
    #[serde(rename = "compressedPixels")]
    compressed_pixels: Option<Pixels>,
}

impl Layer {
    /// The list that counts, and how many numbers a run of it has: the list of the version, unless it is missing or
    /// empty and the other one is not. Valetudo's own export of a map has lists of version 1 under version 2.
    pub(super) fn into_pixels(self, version: u64) -> Option<(Pixels, usize)> {
        let mut lists = [(self.pixels, 2), (self.compressed_pixels, 3)];
        if version != 1 {
            lists.reverse();
        }
        let [own, other] = lists.map(|(list, per_pixel)| list.map(|list| (list, per_pixel)));
        let has_pixels = |(list, _): &(Pixels, usize)| !list.usable || !list.values.is_empty();
        match other {
            Some(other) if has_pixels(&other) && !own.as_ref().is_some_and(has_pixels) => Some(other),
            other => own.or(other),
        }
    }
}

/// What a layer shows.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
pub(super) enum LayerKind {
    Floor,
    Segment,
    Wall,
    #[serde(other)]
    Other,
}

/// What is read of a segment's `metaData`.
#[derive(Deserialize)]
pub(super) struct Segment {
    #[serde(rename = "segmentId")]
    id: Option<Scalar>,
    name: Option<Scalar>,
}

impl Segment {
    /// The id, if it is a whole number.
    pub(super) fn id(&self) -> Option<u32> {
        match self.id.as_ref()? {
            Scalar::Number(id) => whole(*id),
            Scalar::Text(id) => id.parse().ok(),
            Scalar::Neither => None,
        }
    }

    /// The kind that the name tells. What is no text is no name.
    pub(super) fn kind(&self) -> Option<RoomKind> {
        match self.name.as_ref()? {
            Scalar::Text(name) => RoomKind::from_name(name),
            _ => None,
        }
    }
}

/// A number or a text. Whatever else stands in its place is skipped unread.
enum Scalar {
    Number(f64),
    Text(String),
    Neither,
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct AnyValue;

        impl<'de> Visitor<'de> for AnyValue {
            type Value = Scalar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_f64<E>(self, value: f64) -> Result<Scalar, E> {
                Ok(Scalar::Number(value))
            }

            #[expect(
                clippy::cast_precision_loss,
                reason = "ids have 32 bits; what is larger stays too large"
            )]
            fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
                Ok(Scalar::Number(value as f64))
            }

            fn visit_i64<E>(self, _: i64) -> Result<Scalar, E> {
                Ok(Scalar::Neither)
            }

            fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar::Text(text.to_owned()))
            }

            fn visit_bool<E>(self, _: bool) -> Result<Scalar, E> {
                Ok(Scalar::Neither)
            }

            fn visit_unit<E>(self) -> Result<Scalar, E> {
                Ok(Scalar::Neither)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scalar, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Scalar::Neither)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Scalar::Neither)
            }
        }

        from.deserialize_any(AnyValue)
    }
}

/// A number that is whole, however it is written: `7` or `7.0`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and in range")]
fn whole(value: f64) -> Option<u32> {
    (value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value)).then_some(value as u32)
}

/// An entity with a place.
#[derive(Deserialize)]
pub(super) struct Entity {
    #[serde(rename = "type")]
    pub(super) kind: EntityKind,
    pub(super) points: Option<Points>,
}

/// What an entity is.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
pub(super) enum EntityKind {
    ChargerLocation,
    NoGoArea,
    VirtualWall,
    #[serde(other)]
    Other,
}

impl EntityKind {
    /// The type as the file writes it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::ChargerLocation => "charger_location",
            Self::NoGoArea => "no_go_area",
            Self::VirtualWall => "virtual_wall",
            Self::Other => "entity",
        }
    }
}

/// Whether an item of a list is kept.
pub(super) trait Kept {
    fn is_kept(&self) -> bool;
}

impl Kept for Layer {
    fn is_kept(&self) -> bool {
        self.kind != LayerKind::Other
    }
}

impl Kept for Entity {
    fn is_kept(&self) -> bool {
        self.kind != EntityKind::Other
    }
}

/// The kept items of a list, at most `MOST`.
pub(super) struct Few<T, const MOST: usize> {
    pub(super) items: Vec<T>,
    /// There were more.
    pub(super) over: bool,
}

impl<'de, T: Kept + Deserialize<'de>, const MOST: usize> Deserialize<'de> for Few<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut few = Self { items: Vec::new(), over: false };
        each(from, "a list", |item: T| {
            few.over |= item.is_kept() && few.items.len() == MOST;
            if item.is_kept() && !few.over {
                few.items.push(item);
            }
            !few.over
        })?;
        Ok(few)
    }
}

/// A list of coordinates and run lengths.
pub(super) struct Pixels {
    pub(super) values: Vec<u16>,
    /// All of them were whole numbers in range.
    pub(super) usable: bool,
}

impl<'de> Deserialize<'de> for Pixels {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut pixels = Self { values: Vec::new(), usable: true };
        each(from, "a list of numbers", |number: Option<Number>| {
            match number.and_then(|number| u16::try_from(whole(number.as_f64()?)?).ok()) {
                Some(value) if pixels.usable => pixels.values.push(value),
                _ => pixels.usable = false,
            }
            true
        })?;
        Ok(pixels)
    }
}

/// A list of positions in centimetres, x and y in turn.
pub(super) struct Points {
    values: Vec<f64>,
    /// All of them were numbers, and not too many.
    usable: bool,
}

impl Points {
    /// The pairs, where all are usable and none lies farther from the origin than `most_cm` on either axis.
    pub(super) fn pairs(&self, most_cm: f64) -> Option<Vec<[f64; 2]>> {
        let usable = self.usable
            && self.values.len().is_multiple_of(2)
            && self.values.iter().all(|value| value.abs() <= most_cm);
        usable.then(|| self.values.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect())
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let mut points = Self { values: Vec::new(), usable: true };
        each(from, "a list of numbers", |number: Option<Number>| {
            match number.and_then(|number| number.as_f64()) {
                Some(value) if points.usable && points.values.len() < 2 * MAX_CORNERS => {
                    points.values.push(value);
                }
                _ => points.usable = false,
            }
            true
        })?;
        Ok(points)
    }
}

/// Visits the items of a list until `visit` says no; the rest is skipped.
fn each<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
    expected: &'static str,
    visit: impl FnMut(T) -> bool,
) -> Result<(), D::Error> {
    struct Each<T, F>(&'static str, F, PhantomData<T>);

    impl<'de, T: Deserialize<'de>, F: FnMut(T) -> bool> Visitor<'de> for Each<T, F> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }

        fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
            while let Some(item) = list.next_element()? {
                if !(self.1)(item) {
                    while list.next_element::<IgnoredAny>()?.is_some() {}
                    break;
                }
            }
            Ok(())
        }
    }

    from.deserialize_seq(Each(expected, visit, PhantomData))
}
