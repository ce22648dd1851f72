//! What a shade means, and which pixels of a picture are known.

use super::rows::{CLEAR, Row};
use super::yaml::{MapServerYaml, Mode};
use crate::grid::Cell;

/// The unknown grey of `map_saver`, of 255.
const UNKNOWN_GREY: u64 = 205;

/// What white was for that grey: 255, or 254, the grey of free cells, where a program stretched the greys of a
/// picture so that the brightest became white.
const WHITES: [u64; 2] = [255, 254];

/// Where a grey lies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tone {
    /// One of the greys 0, 254 and 255 that `map_saver` and drawing programs write.
    End,
    /// It may be the unknown grey of `map_saver`, at this picture's scale.
    Unknown,
    /// Any other.
    Between,
}

/// The cell that each shade of a picture means.
pub(super) struct ShadeMeaning {
    table: Vec<(Cell, Tone)>,
    /// The first shade of [`Tone::Unknown`]; the others follow it.
    first_unknown: usize,
    /// Cells are free or not by thresholds alone.
    trinary: bool,
}

impl ShadeMeaning {
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
            let tone = if is_end(occupied, full) {
                Tone::End
            } else if is_unknown_grey(full - occupied, full) {
                Tone::Unknown
            } else {
                Tone::Between
            };
            (cell, tone)
        };
        let table: Vec<(Cell, Tone)> = (0..=full).map(shade).collect();
        let first_unknown = table.iter().position(|(_, tone)| *tone == Tone::Unknown).unwrap_or(table.len());
        Self { table, first_unknown, trinary: yaml.mode == Mode::Trinary }
    }

    pub(super) fn cell(&self, shade: u32) -> Cell {
        self.table.get(shade as usize).map_or(Cell::Unknown, |&(cell, _)| cell)
    }
}

/// Whether an occupancy out of `full` is that of the greys 0, 254 and 255, each rounded up or down to a shade.
fn is_end(occupied: u32, full: u32) -> bool {
    u64::from(occupied) * 255 <= u64::from(full.max(255)) || of_255(occupied, full) == 255
}

/// Whether a shade out of `full`, where white is free, is [`UNKNOWN_GREY`] at this scale, give or take the rounding
/// to a shade of this picture or to one of 255.
fn is_unknown_grey(shade: u32, full: u32) -> bool {
    let (shade, full) = (u64::from(shade), u64::from(full));
    WHITES.iter().any(|&white| {
        let apart = (shade * white).abs_diff(UNKNOWN_GREY * full);
        apart <= white || apart * 255 <= white * full
    })
}

/// A shade out of `full` as the nearest one out of 255.
fn of_255(shade: u32, full: u32) -> u64 {
    let (shade, full) = (u64::from(shade), u64::from(full));
    (2 * 255 * shade + full) / (2 * full)
}

/// A rectangle of pixels, its last column and row included.
#[derive(Clone, Copy)]
pub(super) struct PixelBounds {
    pub(super) left: u32,
    pub(super) right: u32,
    pub(super) top: u32,
    pub(super) bottom: u32,
}

impl PixelBounds {
    const fn of(x: u32, y: u32) -> Self {
        Self { left: x, right: x, top: y, bottom: y }
    }

    fn union(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        let (Some(a), Some(b)) = (one, other) else { return one.or(other) };
        Some(Self {
            left: a.left.min(b.left),
            right: a.right.max(b.right),
            top: a.top.min(b.top),
            bottom: a.bottom.max(b.bottom),
        })
    }
}

/// What has been seen of a picture: the bounds of the known pixels, and how often which grey occurs.
#[derive(Default)]
pub(super) struct SeenPixels {
    /// Of all but those of [`Tone::Unknown`].
    bounds: Option<PixelBounds>,
    /// How often each shade of [`Tone::Unknown`] occurs, and its bounds where it is known. The tone has few shades.
    unknown: Vec<(u64, Option<PixelBounds>)>,
    between: u64,
}

impl SeenPixels {
    pub(super) fn look_at(&mut self, row: &Row, meaning: &ShadeMeaning) {
        for (x, shade) in row.pixels().filter(|&(_, shade)| shade != CLEAR) {
            let Some(&(cell, tone)) = meaning.table.get(shade as usize) else { continue };
            let bounds = match tone {
                Tone::End => &mut self.bounds,
                Tone::Between => {
                    self.between += 1;
                    &mut self.bounds
                }
                Tone::Unknown => {
                    let at = shade as usize - meaning.first_unknown;
                    if at >= self.unknown.len() {
                        self.unknown.resize(at + 1, (0, None));
                    }
                    let (count, bounds) = &mut self.unknown[at];
                    *count += 1;
                    bounds
                }
            };
            if cell != Cell::Unknown {
                *bounds = PixelBounds::union(*bounds, Some(PixelBounds::of(x, row.y)));
            }
        }
    }

    /// Decides which grey means unknown, and gives the bounds of the known pixels.
    pub(super) fn decide(mut self, meaning: &mut ShadeMeaning) -> Option<PixelBounds> {
        let greys = self.between + self.unknown.iter().map(|(count, _)| count).sum::<u64>();
        let most = (0..).zip(&mut self.unknown).max_by_key(|(_, (count, _))| *count);
        if let Some((at, (count, bounds))) = most
            && let Some((cell @ Cell::Free, _)) = meaning.table.get_mut(meaning.first_unknown + at)
            && meaning.trinary
            && *count > greys - *count
        {
            *cell = Cell::Unknown;
            *bounds = None;
        }
        self.unknown.iter().fold(self.bounds, |all, &(_, bounds)| PixelBounds::union(all, bounds))
    }
}
