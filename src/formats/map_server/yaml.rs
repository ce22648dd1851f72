//! The YAML file, event by event.
//!
//! Events are taken one at a time and nothing is built from them. An alias is not expanded, so a bomb of aliases
//! costs no more than reading its letters, and nesting costs a counter.

use saphyr_parser::{Event, Parser, StrInput};

use crate::formats::error::MapFileError;
use crate::formats::limits::MAX_YAML_BYTES;
use crate::grid::{MAX_ORIGIN_M, MAX_RESOLUTION_M, MIN_RESOLUTION_M};

/// How the pixels' occupancy becomes cells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Trinary,
    Scale,
    Raw,
}

/// The YAML file of a map for `map_server`, read and checked.
pub(in crate::formats) struct MapServerYaml {
    pub(in crate::formats) image: String,
    pub(super) resolution_m: f64,
    pub(super) origin_m: [f64; 2],
    pub(super) negate: bool,
    pub(super) occupied_thresh: f64,
    pub(super) free_thresh: f64,
    pub(super) mode: Mode,
}

impl MapServerYaml {
    pub(in crate::formats) fn parse(yaml: &[u8]) -> Result<Self, MapFileError> {
        if yaml.len() > MAX_YAML_BYTES {
            return Err(MapFileError::YamlTooLarge);
        }
        let text = core::str::from_utf8(yaml).map_err(|_| MapFileError::YamlSyntax)?;
        // YAML allows a tab between a key and its value, as `map_server` does, but the parser does not.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace('\t', " ");
        let mut events = Events(Parser::new_from_str(&text));
        loop {
            match events.next()? {
                Event::StreamStart | Event::DocumentStart(_) => {}
                Event::MappingStart(..) => break,
                _ => return Err(MapFileError::YamlShape),
            }
        }
        let mut fields = Fields::default();
        loop {
            let key = events.next()?;
            match key {
                Event::MappingEnd => break,
                Event::Scalar(name, ..) => fields.read(&name, &mut events)?,
                key => {
                    events.pass(&key)?;
                    events.skip()?;
                }
            }
        }
        // The rest is ignored, but must be YAML.
        while events.next()? != Event::StreamEnd {}
        fields.finish()
    }

    /// What the YAML file of a picture alone would say: trinary, with the thresholds that `map_saver` writes, black for
    /// occupied, the origin in the lower left corner, and no name.
    pub(in crate::formats) fn of_picture(resolution_m: f64) -> Result<Self, MapFileError> {
        if !(MIN_RESOLUTION_M..=MAX_RESOLUTION_M).contains(&resolution_m) {
            return Err(MapFileError::YamlValue { field: "resolution" });
        }
        Ok(Self {
            image: String::new(),
            resolution_m,
            origin_m: [0.0; 2],
            negate: false,
            occupied_thresh: 0.65,
            free_thresh: 0.196,
            mode: Mode::Trinary,
        })
    }
}

/// The fields as far as they have been read.
#[derive(Default)]
struct Fields {
    image: Option<String>,
    resolution_m: Option<f64>,
    origin_m: Option<[f64; 2]>,
    negate: Option<bool>,
    occupied_thresh: Option<f64>,
    free_thresh: Option<f64>,
    mode: Option<Mode>,
}

impl Fields {
    fn read(&mut self, name: &str, events: &mut Events) -> Result<(), MapFileError> {
        match name {
            "image" => set(
                "image",
                &mut self.image,
                events.value(|text| (!text.is_empty()).then(|| text.to_owned()))?,
            ),
            "resolution" => {
                let metres = |text: &str| number(text, MIN_RESOLUTION_M, MAX_RESOLUTION_M);
                set("resolution", &mut self.resolution_m, events.value(metres)?)
            }
            "origin" => set("origin", &mut self.origin_m, events.origin()?),
            "negate" => set("negate", &mut self.negate, events.value(flag)?),
            "occupied_thresh" => set(
                "occupied_thresh",
                &mut self.occupied_thresh,
                events.value(|text| number(text, 0.0, 1.0))?,
            ),
            "free_thresh" => {
                set("free_thresh", &mut self.free_thresh, events.value(|text| number(text, 0.0, 1.0))?)
            }
            "mode" => set("mode", &mut self.mode, events.value(mode)?),
            _ => events.skip(),
        }
    }

    fn finish(self) -> Result<MapServerYaml, MapFileError> {
        let missing = |field| MapFileError::YamlMissing { field };
        let map = MapServerYaml {
            image: self.image.ok_or(missing("image"))?,
            resolution_m: self.resolution_m.ok_or(missing("resolution"))?,
            origin_m: self.origin_m.ok_or(missing("origin"))?,
            negate: self.negate.ok_or(missing("negate"))?,
            occupied_thresh: self.occupied_thresh.ok_or(missing("occupied_thresh"))?,
            free_thresh: self.free_thresh.ok_or(missing("free_thresh"))?,
            mode: self.mode.unwrap_or(Mode::Trinary),
        };
        if map.free_thresh > map.occupied_thresh {
            return Err(MapFileError::Thresholds);
        }
        Ok(map)
    }
}

/// Puts a value that could be read into its field, which must be empty.
fn set<T>(field: &'static str, place: &mut Option<T>, value: Option<T>) -> Result<(), MapFileError> {
    let value = value.ok_or(MapFileError::YamlValue { field })?;
    if place.replace(value).is_some() {
        return Err(MapFileError::YamlTwice { field });
    }
    Ok(())
}

fn number(text: &str, least: f64, most: f64) -> Option<f64> {
    text.parse().ok().filter(|value| (least..=most).contains(value))
}

/// Whether a text is what is no number, as YAML, C and C++ write it: `.nan`, `nan`, `-nan`, `-nan(ind)`.
fn is_nan(text: &str) -> bool {
    let name = text.trim_start_matches(['+', '-', '.']);
    name.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("nan"))
        && matches!(name.as_bytes().get(3), None | Some(b'('))
}

/// False and true in all words that YAML has had for them.
fn flag(text: &str) -> Option<bool> {
    let is = |words: [&str; 5]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(["0", "false", "no", "off", "n"]) {
        Some(false)
    } else {
        is(["1", "true", "yes", "on", "y"]).then_some(true)
    }
}

fn mode(text: &str) -> Option<Mode> {
    [("trinary", Mode::Trinary), ("scale", Mode::Scale), ("raw", Mode::Raw)]
        .into_iter()
        .find_map(|(name, mode)| text.eq_ignore_ascii_case(name).then_some(mode))
}

struct Events<'a>(Parser<'a, StrInput<'a>>);

impl<'a> Events<'a> {
    fn next(&mut self) -> Result<Event<'a>, MapFileError> {
        match self.0.next_event() {
            Some(Ok((event, _))) => Ok(event),
            Some(Err(_)) => Err(MapFileError::YamlSyntax),
            None => Err(MapFileError::YamlShape),
        }
    }

    /// Skips what this event starts.
    fn pass(&mut self, first: &Event) -> Result<(), MapFileError> {
        let step = |event: &Event| match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => 1_i32,
            Event::MappingEnd | Event::SequenceEnd => -1,
            _ => 0,
        };
        let mut depth = step(first);
        while depth > 0 {
            depth += step(&self.next()?);
        }
        Ok(())
    }

    /// Skips the next value, whatever it is.
    fn skip(&mut self) -> Result<(), MapFileError> {
        let first = self.next()?;
        self.pass(&first)
    }

    /// The next value if it is a scalar that can be read.
    fn value<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, MapFileError> {
        let event = self.next()?;
        if let Event::Scalar(text, ..) = &event {
            return Ok(read(text));
        }
        self.pass(&event)?;
        Ok(None)
    }

    /// The next value if it is a list of three numbers, without the third, the yaw. That may be what is no number:
    /// `map_saver` writes it where a mapper gave no valid rotation.
    fn origin(&mut self) -> Result<Option<[f64; 2]>, MapFileError> {
        let event = self.next()?;
        if !matches!(event, Event::SequenceStart(..)) {
            self.pass(&event)?;
            return Ok(None);
        }
        let mut numbers = [None; 3];
        for place in &mut numbers {
            *place = match self.next()? {
                Event::Scalar(text, ..) if is_nan(&text) => Some(f64::NAN),
                Event::Scalar(text, ..) => number(&text, -f64::MAX, f64::MAX),
                _ => return Ok(None),
            };
        }
        let whole = matches!(self.next()?, Event::SequenceEnd);
        let [Some(x), Some(y), Some(_yaw)] = numbers else { return Ok(None) };
        Ok((whole && x.abs() <= MAX_ORIGIN_M && y.abs() <= MAX_ORIGIN_M).then_some([x, y]))
    }
}
