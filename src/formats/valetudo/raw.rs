//! The JSON's own shape: the fields that are read, as serde meets them.
//!
//! Numbers that may be wrong are taken leniently and marked, so that the reader can say which list is at
//! fault; serde's own errors would print the value. Lists of objects keep only what [`Kept`] says, up to a
//! limit, and skip the rest unread.

use core::fmt;
use core::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};

use super::limits::{MAX_CORNERS, MAX_LAYERS};
use crate::home::{MAX_KEEP_OUTS, RoomKind};

/// The map.
#[derive(Deserialize)]
pub(super) struct RawMap {
    #[serde(rename = "metaData")]
    meta: Option<MapMeta>,
    #[serde(rename = "pixelSize")]
    pub(super) pixel_size: Option<f64>,
    pub(super) layers: Option<Few<Layer, MAX_LAYERS>>,
    /// One more than there may be keep-outs, for the charger.
    pub(super) entities: Option<Few<Entity, { MAX_KEEP_OUTS + 1 }>>,
}

impl RawMap {
    pub(super) fn version(&self) -> Option<u64> {
        self.meta.as_ref()?.version
    }
}

#[derive(Deserialize)]
struct MapMeta {
    version: Option<u64>,
}

/// A layer of pixels. Which of the two lists counts is a matter of the version.
#[derive(Deserialize)]
pub(super) struct Layer {
    #[serde(rename = "type")]
    pub(super) kind: LayerKind,
    #[serde(rename = "metaData")]
    pub(super) segment: Option<Segment>,
    pub(super) pixels: Option<Pixels>,
    #[serde(rename = "compressedPixels")]
    pub(super) compressed_pixels: Option<Pixels>,
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
    #[serde(rename = "segmentId", default, deserialize_with = "segment_id")]
    pub(super) id: Option<u32>,
    pub(super) name: Option<NamedKind>,
}

/// The kind that a segment's name tells; the name is gone once it is read.
pub(super) struct NamedKind(pub(super) Option<RoomKind>);

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

/// A list of coordinates and run lengths.
pub(super) struct Pixels {
    pub(super) values: Vec<u16>,
    /// All of them were whole numbers in range.
    pub(super) usable: bool,
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

/// Whether an item of a list is kept.
pub(super) trait Kept {
    fn kept(&self) -> bool;
}

impl Kept for Layer {
    fn kept(&self) -> bool {
        self.kind != LayerKind::Other
    }
}

impl Kept for Entity {
    fn kept(&self) -> bool {
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
        struct List<T, const MOST: usize>(PhantomData<T>);

        impl<'de, T: Kept + Deserialize<'de>, const MOST: usize> Visitor<'de> for List<T, MOST> {
            type Value = Few<T, MOST>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut few = Few { items: Vec::new(), over: false };
                while let Some(item) = list.next_element::<T>()? {
                    if !item.kept() {
                        continue;
                    }
                    if few.items.len() == MOST {
                        few.over = true;
                        while list.next_element::<IgnoredAny>()?.is_some() {}
                        break;
                    }
                    few.items.push(item);
                }
                Ok(few)
            }
        }

        from.deserialize_seq(List(PhantomData))
    }
}

/// A JSON number, or something else that stands where one should.
enum Number {
    Whole(u64),
    Real(f64),
    None,
}

impl Number {
    const fn real(self) -> Option<f64> {
        match self {
            #[expect(
                clippy::cast_precision_loss,
                reason = "positions beyond 2^53 are refused as too far anyway"
            )]
            Self::Whole(value) => Some(value as f64),
            Self::Real(value) => Some(value),
            Self::None => None,
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct One;

        impl Visitor<'_> for One {
            type Value = Number;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_u64<E>(self, value: u64) -> Result<Number, E> {
                Ok(Number::Whole(value))
            }

            #[expect(
                clippy::cast_precision_loss,
                reason = "positions beyond 2^53 are refused as too far anyway"
            )]
            fn visit_i64<E>(self, value: i64) -> Result<Number, E> {
                Ok(Number::Real(value as f64))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Number, E> {
                Ok(Number::Real(value))
            }

            fn visit_unit<E>(self) -> Result<Number, E> {
                Ok(Number::None)
            }
        }

        from.deserialize_any(One)
    }
}

impl<'de> Deserialize<'de> for Pixels {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct List;

        impl<'de> Visitor<'de> for List {
            type Value = Pixels;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of numbers")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Pixels, A::Error> {
                let mut pixels = Pixels { values: Vec::new(), usable: true };
                while let Some(number) = list.next_element::<Number>()? {
                    match number {
                        Number::Whole(value) if pixels.usable => match u16::try_from(value) {
                            Ok(value) => pixels.values.push(value),
                            Err(_) => pixels.usable = false,
                        },
                        _ => pixels.usable = false,
                    }
                }
                Ok(pixels)
            }
        }

        from.deserialize_seq(List)
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct List;

        impl<'de> Visitor<'de> for List {
            type Value = Points;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of numbers")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Points, A::Error> {
                let mut points = Points { values: Vec::new(), usable: true };
                while let Some(number) = list.next_element::<Number>()? {
                    match number.real() {
                        Some(value) if points.usable && points.values.len() < 2 * MAX_CORNERS => {
                            points.values.push(value);
                        }
                        _ => points.usable = false,
                    }
                }
                Ok(points)
            }
        }

        from.deserialize_seq(List)
    }
}

impl<'de> Deserialize<'de> for NamedKind {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Name;

        impl Visitor<'_> for Name {
            type Value = NamedKind;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_str<E>(self, name: &str) -> Result<NamedKind, E> {
                Ok(NamedKind(RoomKind::from_name(name)))
            }
        }

        from.deserialize_str(Name)
    }
}

/// A segment's id, written as a number or as a string of its digits; nothing where it is neither.
fn segment_id<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    struct Id;

    impl Visitor<'_> for Id {
        type Value = Option<u32>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a number or its digits")
        }

        fn visit_u64<E>(self, id: u64) -> Result<Self::Value, E> {
            Ok(u32::try_from(id).ok())
        }

        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_str<E>(self, id: &str) -> Result<Self::Value, E> {
            Ok(id.parse().ok())
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    }

    from.deserialize_any(Id)
}
