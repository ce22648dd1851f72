//! A picture at one size, whatever the map's.

use homeveil::grid::{Cell, OccupancyGrid};

/// Cells along either side.
const SIDE: usize = 32;

/// How much of each cell is free, and how much occupied, in 255ths; the longer side of what is known fills the square.
#[derive(Clone)]
pub(super) struct Descriptor(Vec<u8>);

impl Descriptor {
    /// Nothing where nothing is known.
    pub(super) fn of(grid: &OccupancyGrid) -> Option<Self> {
        let bounds = grid.known_bounds()?;
        let longer = bounds.width.max(bounds.height) as usize;
        // In the middle of the square, so that a mirrored map is a mirrored picture.
        let [left, low] = [bounds.width, bounds.height].map(|side| (longer - side as usize) as f64 / 2.0);
        let mut sums = vec![0.0_f64; 2 * SIDE * SIDE];
        let scale = SIDE as f64 / longer as f64;
        let mut add = |x: f64, y: f64, channel: usize| {
            // A cell may be larger than one of the picture, and is shared out among those that it covers.
            let part = |from: f64| {
                let (from, to) = (from * scale, (from + 1.0) * scale);
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "not negative, below SIDE"
                )]
                let (first, last) = (from.floor() as usize, (to.ceil() as usize).min(SIDE));
                (first..last).map(move |at| (at, (to.min(at as f64 + 1.0) - from.max(at as f64)).max(0.0)))
            };
            for (row, tall) in part(y) {
                for (column, wide) in part(x) {
                    sums[channel * SIDE * SIDE + row * SIDE + column] += tall * wide;
                }
            }
        };
        for y in 0..bounds.height {
            for x in 0..bounds.width {
                let channel = match grid.get(bounds.x + x, bounds.y + y) {
                    Some(Cell::Free) => 0,
                    Some(Cell::Occupied) => 1,
                    _ => continue,
                };
                add(f64::from(x) + left, f64::from(y) + low, channel);
            }
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of 255")]
        Some(Self(sums.into_iter().map(|sum| (sum * 255.0).round().min(255.0) as u8).collect()))
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
