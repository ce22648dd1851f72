//! What a shade means, and which pixels of a picture are known.

use super::rows::{CLEAR, Row};
use super::yaml::{MapServerYaml, Mode};
use crate::grid::Cell;

/// The occupancy of `map_saver`'s unknown grey 205, of 255.
const UNKNOWN_OF_255: u64 = 50;

/// Where a grey lies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tone {
    /// One of the greys 0, 254 and 255 that `map_saver` and drawing programs write.
    End,
    /// The unknown grey of `map_saver`.
    Mark,
    /// The same where it reads as free.
    Trap,
    /// Any other.
    Between,
}

/// The cell that each shade of a picture means.
pub(super) struct Meaning {
    table: Vec<(Cell, Tone)>,
}

impl Meaning {
    /// The cells of the shades up to `full`, white, exactly as the YAML file says.
    pub(super) fn new(yaml: &MapServerYaml, full: u32) -> Self {
        let shade = |shade: u32| {
            let occupied = if yaml.negate { shade } else { full - shade };
            let occupancy = f64::from(occupied) / f64::from(full);
            let cell = if yaml.mode == Mode::Raw {
                i8::try_from(of_255(shade, full)).map_or(Cell::Unknown, Cell::from_ros)
            } else if occupancy > yaml.occupied_thresh {
                Cell::Occupied
            } else if occupancy < yaml.free_thresh {
                Cell::Free
            } else if yaml.mode == Mode::Trinary {
                Cell::Unknown
            } else {
                // The nearest whole per cent between the thresholds, where 49.5 counts as 50.
                let (part, whole) = (occupancy - yaml.free_thresh, yaml.occupied_thresh - yaml.free_thresh);
                Cell::from_ros(if 200.0 * part >= 99.0 * whole { 100 } else { 0 })
            };
            let tone = match (of_255(occupied, full), yaml.mode, cell) {
                (0 | 1 | 255, ..) => Tone::End,
                (UNKNOWN_OF_255, Mode::Trinary, Cell::Free) => Tone::Trap,
                (UNKNOWN_OF_255, ..) => Tone::Mark,
                _ => Tone::Between,
            };
            (cell, tone)
        };
        Self { table: (0..=full).map(shade).collect() }
    }

    pub(super) fn cell(&self, shade: u32) -> Cell {
        self.table.get(shade as usize).map_or(Cell::Unknown, |&(cell, _)| cell)
    }
}

/// A shade out of `full` as the nearest one out of 255.
fn of_255(shade: u32, full: u32) -> u64 {
    let (shade, full) = (u64::from(shade), u64::from(full));
    (2 * 255 * shade + full) / (2 * full)
}

/// A rectangle of pixels, its last column and row included.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    pub(super) left: u32,
    pub(super) right: u32,
    pub(super) top: u32,
    pub(super) bottom: u32,
}

impl Bounds {
    const fn of(x: u32, y: u32) -> Self {
        Self { left: x, right: x, top: y, bottom: y }
    }

    fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            right: self.right.max(other.right),
            top: self.top.min(other.top),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// What has been seen of a picture: the bounds of the known pixels, and how often the unknown grey occurs.
#[derive(Default)]
pub(super) struct Known {
    /// Of all but [`Tone::Trap`].
    bounds: Option<Bounds>,
    /// Of the unknown grey where it reads as free.
    trapped: Option<Bounds>,
    marks: u64,
    between: u64,
}

impl Known {
    pub(super) fn look_at(&mut self, row: &Row, meaning: &Meaning) {
        let widen = |bounds: &mut Option<Bounds>, x: u32| {
            let here = Bounds::of(x, row.y);
            *bounds = Some(bounds.map_or(here, |bounds| bounds.with(here)));
        };
        for (x, shade) in row.pixels().filter(|&(_, shade)| shade != CLEAR) {
            let Some(&(cell, tone)) = meaning.table.get(shade as usize) else { continue };
            match tone {
                Tone::End => {}
                Tone::Mark | Tone::Trap => self.marks += 1,
                Tone::Between => self.between += 1,
            }
            if tone == Tone::Trap {
                widen(&mut self.trapped, x);
            } else if cell != Cell::Unknown {
                widen(&mut self.bounds, x);
            }
        }
    }

    /// Decides whether the unknown grey means unknown, and gives the bounds of the known pixels.
    pub(super) fn decide(self, meaning: &mut Meaning) -> Option<Bounds> {
        if self.marks > self.between {
            for (cell, _) in meaning.table.iter_mut().filter(|(_, tone)| *tone == Tone::Trap) {
                *cell = Cell::Unknown;
            }
            return self.bounds;
        }
        match (self.bounds, self.trapped) {
            (Some(one), Some(other)) => Some(one.with(other)),
            (one, other) => one.or(other),
        }
    }
}
