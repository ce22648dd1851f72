//! What of a map is looked for on another.

use zeroize::Zeroize;

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

/// A map as registration sees it: which cells are floor, and which are beside floor.
pub(crate) struct Landmarks {
    floor: Vec<bool>,
    /// No floor, but they share an edge with some.
    edge: Vec<bool>,
    pub(super) width: usize,
    pub(super) height: usize,
}

/// A cell to be found again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sample {
    pub(super) x: i64,
    pub(super) y: i64,
    /// [`FLOOR`] or [`EDGE`].
    pub(super) bit: u8,
}

impl Landmarks {
    /// A map of these sides, and of each cell, row by row, whether it is free.
    pub(crate) fn new(width: usize, height: usize, floor: Vec<bool>) -> Self {
        let mut edge = vec![false; floor.len()];
        for (y, row) in floor.chunks_exact(width.max(1)).enumerate() {
            let start = y * width;
            for (x, _) in row.iter().enumerate().filter(|(_, floor)| **floor) {
                let cell = start + x;
                if x > 0 {
                    edge[cell - 1] = true;
                }
                if x + 1 < width {
                    edge[cell + 1] = true;
                }
                if y > 0 {
                    edge[cell - width] = true;
                }
                if y + 1 < height {
                    edge[cell + width] = true;
                }
            }
        }
        edge.iter_mut().zip(&floor).for_each(|(edge, floor)| *edge &= !floor);
        Self { floor, edge, width, height }
    }

    /// Cells to be found again, spread evenly over all of the map in the order of their numbers.
    pub(super) fn samples(&self) -> Vec<Sample> {
        let mut samples = self.spread(&self.edge, EDGE_SAMPLES, EDGE);
        samples.extend(self.spread(&self.floor, FLOOR_SAMPLES, FLOOR));
        samples
    }

    /// For every cell which samples would be found there: [`FLOOR`], [`EDGE`] or both, and [`SHARP_EDGE`].
    pub(super) fn mask(&self) -> Vec<u8> {
        let mut mask: Vec<u8> = self.floor.iter().map(|&floor| if floor { FLOOR } else { 0 }).collect();
        for (y, row) in self.edge.chunks_exact(self.width.max(1)).enumerate() {
            for (x, _) in row.iter().enumerate().filter(|(_, edge)| **edge) {
                mask[y * self.width + x] |= SHARP_EDGE;
                let columns = x.saturating_sub(1)..(x + 2).min(self.width);
                for row in y.saturating_sub(1)..(y + 2).min(self.height) {
                    let row = &mut mask[row * self.width..(row + 1) * self.width];
                    row[columns.clone()].iter_mut().for_each(|cell| *cell |= EDGE);
                }
            }
        }
        mask
    }

    /// At most `most` of the cells marked, evenly spread.
    fn spread(&self, marked: &[bool], most: usize, bit: u8) -> Vec<Sample> {
        let all = marked.iter().filter(|marked| **marked).count();
        let count = all.min(most);
        let mut wanted = (0..count).map(|n| n * all / count).peekable();
        let mut samples = Vec::with_capacity(count);
        let cells = marked.iter().enumerate().filter(|(_, marked)| **marked);
        for (number, (cell, _)) in cells.enumerate() {
            if wanted.next_if_eq(&number).is_some() {
                let (x, y) = (cell % self.width, cell / self.width);
                samples.push(Sample { x: side(x), y: side(y), bit });
            }
        }
        samples
    }
}

/// Prints no geometry: the map is private.
impl core::fmt::Debug for Landmarks {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Landmarks").finish_non_exhaustive()
    }
}

impl Drop for Landmarks {
    fn drop(&mut self) {
        self.floor.zeroize();
        self.edge.zeroize();
    }
}

#[expect(clippy::cast_possible_wrap, reason = "a column or row of a map")]
const fn side(n: usize) -> i64 {
    n as i64
}
