//! Real distances over reachable poses.
//!
//! Takes the poses of a home, gives lengths of shortest paths in metres: the yardstick that lifted tours are measured
//! with. The search by buckets is not that of `key::zoning::room_distances`: that one only compares rooms, so it takes
//! coarse steps, may cut corners, and is made for speed; this one must not err by more than the cells do.

use nalgebra::Point2;

use crate::grid::{RobotFrame, Shape, narrow};
use crate::home::Home;
use crate::key::Reach;
use crate::measured::Measured;

/// A step along an axis and a diagonal one, as integers in the ratio 1 : √2 to within 1/10,000.
const STEP: u32 = 70;
const DIAGONAL: u32 = 99;

/// Lists of waiting cells: more than the longest step, so that no two lengths share one (Dial 1969).
const LISTS: usize = 128;

/// The reachable poses of a home: the cells where the robot's centre can be and that it reaches from the dock.
pub(super) struct ReachablePoses {
    shape: Shape,
    cell_m: f64,
    frame: RobotFrame,
    poses: Vec<bool>,
    /// In metres of the crop.
    dock_m: Option<Point2<f64>>,
}

impl ReachablePoses {
    pub(super) fn of(home: &Home, measured: &Measured) -> Self {
        Self {
            shape: home.shape,
            cell_m: home.resolution_m,
            frame: home.frame,
            poses: Reach::of_home(home, &measured.kept, &measured.redacted).poses.to_flags(),
            dock_m: home.dock,
        }
    }

    /// Where the robot starts from: the reachable pose nearest to the dock, if there is a dock.
    pub(super) fn dock(&self) -> Option<usize> {
        self.nearest_in_crop(self.dock_m?)
    }

    /// The reachable pose nearest to a point in the robot's frame; of equally near ones the first.
    pub(super) fn nearest(&self, at: Point2<f64>) -> Option<usize> {
        self.nearest_in_crop(self.frame.to_crop(at))
    }

    fn nearest_in_crop(&self, at: Point2<f64>) -> Option<usize> {
        let far = |cell: usize| (self.shape.centre(cell, self.cell_m) - at).norm_squared();
        (0..self.poses.len()).filter(|&cell| self.poses[cell]).min_by(|&a, &b| far(a).total_cmp(&far(b)))
    }

    /// The length in metres of the shortest path from one cell to each of some others, in eight directions,
    /// never between two cells that touch at a corner alone. Infinite where there is none.
    pub(super) fn distances(&self, from: usize, to: &[usize]) -> Vec<f64> {
        let mut far = vec![u32::MAX; self.poses.len()];
        let mut lists: [Vec<u32>; LISTS] = [const { Vec::new() }; LISTS];
        far[from] = 0;
        lists[0].push(narrow(from));
        let (mut length, mut waiting) = (0_u32, 1_usize);
        // A path of the present length is the shortest.
        while waiting > 0 && to.iter().any(|&cell| far[cell] > length) {
            while let Some(cell) = lists[length as usize % LISTS].pop() {
                waiting -= 1;
                let cell = cell as usize;
                if far[cell] != length {
                    continue;
                }
                for (near, step) in self.around(cell) {
                    let next = length + step;
                    if next < far[near] {
                        far[near] = next;
                        lists[next as usize % LISTS].push(narrow(near));
                        waiting += 1;
                    }
                }
            }
            length += 1;
        }
        let metres = |length: u32| f64::from(length) / f64::from(STEP) * self.cell_m;
        to.iter().map(|&cell| if far[cell] == u32::MAX { f64::INFINITY } else { metres(far[cell]) }).collect()
    }

    fn around(&self, cell: usize) -> impl Iterator<Item = (usize, u32)> + '_ {
        let shape = self.shape;
        let (x, y) = shape.place(narrow(cell));
        let at = move |dx: i64, dy: i64| shape.cell(x + dx, y + dy).filter(|&near| self.poses[near]);
        let sides = [(-1, 0), (1, 0), (0, -1), (0, 1)]
            .into_iter()
            .filter_map(move |(dx, dy)| Some((at(dx, dy)?, STEP)));
        let corners = [(-1, -1), (1, -1), (-1, 1), (1, 1)].into_iter().filter_map(move |(dx, dy)| {
            at(dx, 0)?;
            at(0, dy)?;
            Some((at(dx, dy)?, DIAGONAL))
        });
        sides.chain(corners)
    }
}

#[cfg(test)]
mod tests {
    use super::{ReachablePoses, RobotFrame, Shape};

    /// Poses from a drawing, cells of 1 m: `.` is reachable.
    fn drawn(rows: &[&str]) -> ReachablePoses {
        let poses = rows.iter().rev().flat_map(|row| row.bytes().map(|cell| cell == b'.')).collect();
        let shape = Shape::new(rows[0].len(), rows.len());
        ReachablePoses { shape, cell_m: 1.0, frame: RobotFrame::GRID, poses, dock_m: None }
    }

    #[test]
    fn paths_bend_around_walls_and_cut_no_corner() {
        let poses = drawn(&[
            "...#.", //
            ".#.#.", //
            ".#...", //
        ]);
        // Cells are numbered from below: 0 is the lower left one, 2 stands right of the wall.
        let far = poses.distances(0, &[0, 2, 14, 11]);
        let is = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(is(far[0], 0.0), "{far:?}");
        // Up the left side, across the top, down again: no step of these may be diagonal.
        assert!(is(far[1], 6.0), "{far:?}");
        assert!(is(far[2], 10.0), "{far:?}");
        assert!(is(far[3], 3.0), "{far:?}");
    }

    #[test]
    fn a_diagonal_step_is_a_root_of_two_long() {
        let poses = drawn(&["...", "...", "..."]);
        let far = poses.distances(0, &[8])[0];
        assert!((far - 2.0 * core::f64::consts::SQRT_2).abs() < 1e-3, "{far}");
    }

    #[test]
    fn what_cannot_be_reached_is_infinitely_far() {
        assert!(drawn(&[".#."]).distances(0, &[2])[0].is_infinite());
    }
}
