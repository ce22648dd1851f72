//! Real distances over the floor where the robot can stand.

use core::cmp::Reverse;
use std::collections::BinaryHeap;

use nalgebra::Point2;

use crate::home::Home;
use crate::key::Reach;

/// A step along an axis and a diagonal one, as integers in the ratio 1 : √2 to within 1/10,000.
const STEP: u32 = 70;
const DIAGONAL: u32 = 99;

/// The floor C of a home: the cells where the robot's middle can be and that it comes to from the dock.
pub(super) struct StandableFloor {
    width: usize,
    stand: Vec<bool>,
    cell_m: f64,
    corner_m: [f64; 2],
    /// In metres of the grid that the home was built from.
    dock_m: Option<Point2<f64>>,
}

impl StandableFloor {
    pub(super) fn of(home: &Home) -> Self {
        Self {
            width: home.shape.width,
            stand: Reach::of(home).poses,
            cell_m: home.resolution_m,
            corner_m: home.corner_m,
            dock_m: home.dock.map(|dock| Point2::new(dock.x + home.corner_m[0], dock.y + home.corner_m[1])),
        }
    }

    /// Where the robot starts from: the standable cell nearest to the dock, if there is a dock.
    pub(super) fn dock(&self) -> Option<usize> {
        self.nearest(self.dock_m?)
    }

    /// The standable cell nearest to a point in metres of the grid that the home was built from; of equally
    /// near ones the first.
    pub(super) fn nearest(&self, at: Point2<f64>) -> Option<usize> {
        let far = |cell: usize| (self.centre(cell) - at).norm_squared();
        (0..self.stand.len()).filter(|&cell| self.stand[cell]).min_by(|&a, &b| far(a).total_cmp(&far(b)))
    }

    /// The length in metres of the shortest way from one cell to each of some others, in eight directions,
    /// never between two cells that touch at a corner alone. Infinite where there is none.
    pub(super) fn distances(&self, from: usize, to: &[usize]) -> Vec<f64> {
        let mut far = vec![u32::MAX; self.stand.len()];
        let mut queue = BinaryHeap::new();
        far[from] = 0;
        queue.push((Reverse(0), from));
        while let Some((Reverse(length), cell)) = queue.pop() {
            if length > far[cell] {
                continue;
            }
            for (near, step) in self.around(cell) {
                let length = length.saturating_add(step);
                if length < far[near] {
                    far[near] = length;
                    queue.push((Reverse(length), near));
                }
            }
        }
        let metres = |length: u32| f64::from(length) / f64::from(STEP) * self.cell_m;
        to.iter().map(|&cell| if far[cell] == u32::MAX { f64::INFINITY } else { metres(far[cell]) }).collect()
    }

    fn around(&self, cell: usize) -> impl Iterator<Item = (usize, u32)> + '_ {
        let (x, y) = (cell % self.width, cell / self.width);
        let at = move |dx: usize, dy: usize| {
            // Offsets are 0, 1, 2 for one back, none, one on.
            let (x, y) = ((x + dx).checked_sub(1)?, (y + dy).checked_sub(1)?);
            let near = y * self.width + x;
            (x < self.width && self.stand.get(near).copied().unwrap_or(false)).then_some(near)
        };
        let sides = [(0, 1), (2, 1), (1, 0), (1, 2)]
            .into_iter()
            .filter_map(move |(dx, dy)| Some((at(dx, dy)?, STEP)));
        let corners = [(0, 0), (2, 0), (0, 2), (2, 2)].into_iter().filter_map(move |(dx, dy)| {
            at(dx, 1)?;
            at(1, dy)?;
            Some((at(dx, dy)?, DIAGONAL))
        });
        sides.chain(corners)
    }

    fn centre(&self, cell: usize) -> Point2<f64> {
        let (x, y) = (cell % self.width, cell / self.width);
        #[expect(clippy::cast_precision_loss, reason = "a grid has at most 2^24 cells")]
        let metres = |index: usize, corner: f64| corner + (index as f64 + 0.5) * self.cell_m;
        Point2::new(metres(x, self.corner_m[0]), metres(y, self.corner_m[1]))
    }
}

#[cfg(test)]
mod tests {
    use super::StandableFloor;

    /// A floor from a drawing, cells of 1 m: `.` is standable.
    fn drawn(rows: &[&str]) -> StandableFloor {
        let stand = rows.iter().rev().flat_map(|row| row.bytes().map(|cell| cell == b'.')).collect();
        StandableFloor { width: rows[0].len(), stand, cell_m: 1.0, corner_m: [0.0; 2], dock_m: None }
    }

    #[test]
    fn ways_bend_round_walls_and_cut_no_corner() {
        let floor = drawn(&[
            "...#.", //
            ".#.#.", //
            ".#...", //
        ]);
        // Cells are numbered from below: 0 is the lower left one, 2 stands right of the wall.
        let far = floor.distances(0, &[0, 2, 14, 11]);
        let is = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(is(far[0], 0.0), "{far:?}");
        // Up the left side, across the top, down again: no step of these may be diagonal.
        assert!(is(far[1], 6.0), "{far:?}");
        assert!(is(far[2], 10.0), "{far:?}");
        assert!(is(far[3], 3.0), "{far:?}");
    }

    #[test]
    fn a_diagonal_step_is_a_root_of_two_long() {
        let floor = drawn(&["...", "...", "..."]);
        let far = floor.distances(0, &[8])[0];
        assert!((far - 2.0 * core::f64::consts::SQRT_2).abs() < 1e-3, "{far}");
    }

    #[test]
    fn what_cannot_be_reached_is_infinitely_far() {
        assert!(drawn(&[".#."]).distances(0, &[2])[0].is_infinite());
    }
}
