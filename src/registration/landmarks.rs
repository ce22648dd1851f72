//! What of a map is looked for on another.

/// Sampled cells of a map: floor, and cells beside floor.
///
/// Six hundred are enough: a wrong place that agrees with the right one on all of them by more than chance
/// shares most of the home's walls with it.
const FLOOR_SAMPLES: usize = 200;
const EDGE_SAMPLES: usize = 400;

/// The mask's bit of floor.
pub(super) const FLOOR: u8 = 1;
/// The mask's bit of cells beside floor, and of those next to one.
pub(super) const EDGE: u8 = 2;
/// The mask's bit of cells beside floor alone.
pub(super) const SHARP_EDGE: u8 = 4;

/// A map as registration sees it: which cells are floor.
#[derive(Clone, Debug)]
pub(crate) struct Landmarks<'a> {
    floor: &'a dyn Floor,
    pub(super) width: usize,
    pub(super) height: usize,
}

/// Which cells of a map are floor, by number, row by row.
pub(crate) trait Floor: Fn(usize) -> bool {}
impl<F: Fn(usize) -> bool> Floor for F {}

impl core::fmt::Debug for dyn Floor + '_ {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Floor")
    }
}

/// A cell to be found again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sample {
    pub(super) x: i64,
    pub(super) y: i64,
    /// [`FLOOR`] or [`EDGE`].
    pub(super) bit: u8,
}

impl<'a> Landmarks<'a> {
    /// A map of these sides; `floor` says of each cell, row by row, whether it is free.
    pub(crate) const fn new(width: usize, height: usize, floor: &'a dyn Floor) -> Self {
        Self { floor, width, height }
    }

    /// Whether a cell is no floor but shares an edge with some.
    fn is_edge(&self, x: usize, y: usize) -> bool {
        let floor = |x: usize, y: usize| (self.floor)(y * self.width + x);
        !floor(x, y)
            && (x > 0 && floor(x - 1, y)
                || x + 1 < self.width && floor(x + 1, y)
                || y > 0 && floor(x, y - 1)
                || y + 1 < self.height && floor(x, y + 1))
    }

    fn places(&self) -> impl Iterator<Item = (usize, usize)> {
        let (width, height) = (self.width, self.height);
        (0..height).flat_map(move |y| (0..width).map(move |x| (x, y)))
    }

    /// Cells to be found again, spread evenly over all of the map in the order of their numbers.
    pub(super) fn samples(&self) -> Vec<Sample> {
        let floor =
            spread(self.places().filter(|&(x, y)| (self.floor)(y * self.width + x)), FLOOR_SAMPLES, FLOOR);
        let mut samples = spread(self.places().filter(|&(x, y)| self.is_edge(x, y)), EDGE_SAMPLES, EDGE);
        samples.extend(floor);
        samples
    }

    /// For every cell which samples would be found there: [`FLOOR`], [`EDGE`] or both, and [`SHARP_EDGE`].
    pub(super) fn mask(&self) -> Vec<u8> {
        let mut mask: Vec<u8> =
            (0..self.width * self.height).map(|cell| if (self.floor)(cell) { FLOOR } else { 0 }).collect();
        for (x, y) in self.places().filter(|&(x, y)| self.is_edge(x, y)) {
            mask[y * self.width + x] |= SHARP_EDGE;
            for row in y.saturating_sub(1)..(y + 2).min(self.height) {
                for column in x.saturating_sub(1)..(x + 2).min(self.width) {
                    mask[row * self.width + column] |= EDGE;
                }
            }
        }
        mask
    }
}

/// At most `most` of the places, evenly spread.
fn spread(places: impl Iterator<Item = (usize, usize)>, most: usize, bit: u8) -> Vec<Sample> {
    let all: Vec<(u16, u16)> =
        places.filter_map(|(x, y)| Some((x.try_into().ok()?, y.try_into().ok()?))).collect();
    let count = all.len().min(most);
    (0..count)
        .map(|n| {
            let (x, y) = all[n * all.len() / count];
            Sample { x: x.into(), y: y.into(), bit }
        })
        .collect()
}
