//! A picture at one size, whatever the map's.

use homeveil::grid::{Cell, OccupancyGrid};

/// Cells along either side.
const SIDE: usize = 32;

/// How far the picture reaches from its middle, in root mean squares of the distances of known cells from it. A
/// rectangle reaches 1.73 along its longer side however long it is; what lies beyond is left out.
const REACH: f64 = 1.9;

/// How much of each cell is free, and how much occupied, in 255ths.
///
/// The middle is the centroid of all known cells, the scale their root mean square distance from it. Every cell counts
/// towards both, so that noise on single cells hardly moves them; the bounds of a map whose walls were moved are where
/// the farthest of all its cells happened to go.
#[derive(Clone)]
pub(super) struct Descriptor(Vec<u8>);

impl Descriptor {
    /// Nothing where nothing is known.
    pub(super) fn of(grid: &OccupancyGrid) -> Option<Self> {
        let frame = Frame::of(grid)?;
        let mut sums = vec![0.0_f64; 2 * SIDE * SIDE];
        let (rows, columns) = (frame.parts(grid.height(), 1), frame.parts(grid.width(), 0));
        for (x, y, cell) in known(grid) {
            let channel = usize::from(cell == Cell::Occupied) * SIDE * SIDE;
            for &(row, tall) in &rows[y] {
                for &(column, wide) in &columns[x] {
                    sums[channel + row * SIDE + column] += tall * wide;
                }
            }
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of 255")]
        Some(Self(sums.into_iter().map(|sum| (sum * 255.0).round().min(255.0) as u8).collect()))
    }

    /// The mean of several pictures; nothing of none.
    pub(super) fn mean(of: &[Self]) -> Option<Self> {
        let (first, count) = (of.first()?, u32::try_from(of.len()).ok()?);
        let mean = |cell: usize| {
            let sum: u32 = of.iter().map(|picture| u32::from(picture.0[cell])).sum();
            u8::try_from((sum + count / 2) / count).unwrap_or(u8::MAX)
        };
        Some(Self((0..first.0.len()).map(mean).collect()))
    }

    /// It and its turned and mirrored images.
    pub(super) fn images(&self) -> [Self; 8] {
        core::array::from_fn(|image| {
            let place = |x: usize, y: usize| {
                let (x, y) = if image & 4 > 0 { (y, x) } else { (x, y) };
                let x = if image & 1 > 0 { SIDE - 1 - x } else { x };
                let y = if image & 2 > 0 { SIDE - 1 - y } else { y };
                y * SIDE + x
            };
            let cells = (0..2).flat_map(|channel| {
                (0..SIDE)
                    .flat_map(move |y| (0..SIDE).map(move |x| self.0[channel * SIDE * SIDE + place(x, y)]))
            });
            Self(cells.collect())
        })
    }

    /// How much two pictures differ.
    pub(super) fn differs(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(a, b)| u32::from(a.abs_diff(*b))).sum()
    }
}

/// The known cells, by column and row.
fn known(grid: &OccupancyGrid) -> impl Iterator<Item = (usize, usize, Cell)> {
    let wide = grid.width() as usize;
    let place = move |(at, cell): (usize, &Cell)| (at % wide, at / wide, *cell);
    grid.cells().iter().enumerate().filter(|(_, cell)| **cell != Cell::Unknown).map(place)
}

/// Where the known cells lie, in cells.
struct Frame {
    middle: [f64; 2],
    /// The root mean square distance from it.
    spread: f64,
}

impl Frame {
    fn of(grid: &OccupancyGrid) -> Option<Self> {
        let (mut count, mut sums, mut squares) = (0.0, [0.0; 2], 0.0);
        for (x, y, _) in known(grid) {
            count += 1.0;
            for (sum, at) in sums.iter_mut().zip([x, y]) {
                let at = at as f64 + 0.5;
                *sum += at;
                squares += at * at;
            }
        }
        let middle = sums.map(|sum| sum / count);
        let square = squares / count - middle[0] * middle[0] - middle[1] * middle[1];
        // A single cell has no spread.
        (count > 0.0).then(|| Self { middle, spread: square.max(0.25).sqrt() })
    }

    /// Which rows or columns of the picture each row or column of the map covers, and how much of them: a cell may be
    /// larger than one of the picture, and is shared out among those that it covers.
    fn parts(&self, count: u32, axis: usize) -> Vec<Vec<(usize, f64)>> {
        let side = 2.0 * REACH * self.spread / SIDE as f64;
        let low = self.middle[axis] - REACH * self.spread;
        let part = |at: u32| {
            let (from, to) = ((f64::from(at) - low) / side, (f64::from(at) + 1.0 - low) / side);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to SIDE")]
            let [first, last] = [from.floor(), to.ceil()].map(|at| at.clamp(0.0, SIDE as f64) as usize);
            let share = |at: usize| (to.min(at as f64 + 1.0) - from.max(at as f64)).max(0.0);
            (first..last).map(|at| (at, share(at))).collect()
        };
        (0..count).map(part).collect()
    }
}

#[cfg(test)]
mod tests {
    use homeveil::synth::{Change, sample_home};

    use super::Descriptor;

    #[test]
    fn a_map_is_found_again_turned_and_mirrored() {
        let own = Descriptor::of(&sample_home().grid).unwrap();
        for change in [Change::QuarterTurn, Change::Mirror] {
            let changed = Descriptor::of(&sample_home().changed(change).grid).unwrap();
            let least = changed.images().iter().map(|image| image.differs(&own)).min().unwrap();
            assert!(
                changed.differs(&own) > 20 * (least + 100),
                "{change:?}: {} {least}",
                changed.differs(&own)
            );
        }
    }
}
