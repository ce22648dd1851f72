//! From the home to the release: where a real pose lies.
//!
//! Every cell of the crop has a patch: its own, or the one nearest along the floor (a redacted room's cells
//! get the patch beside the door they are come to by), or, for walls and the unknown, the nearest of those. A
//! pose is shown at the middle of its patch's rectangle and nowhere finer, so what is seen of it is the patch
//! alone.

use nalgebra::{Isometry2, Point2};

use crate::atlas::{FRAME, ZoneId};
use crate::grid::{Cell, NO_CELL, Shape, narrow};
use crate::key::HouseKey;
use crate::key::chart::{NO_PATCH, Patch};
use crate::key::reach::poses::Reach;
use crate::redact::RedactedCells;

/// A pose this far outside the crop still counts as at its border: odometry drifts.
const BORDER_M: f64 = 1.0;

impl HouseKey {
    /// Where a real pose lies on the release, in metres of the release: the middle of the patch that is
    /// nearest along the floor. Nothing where the pose is more than a metre outside the map, is no number, or
    /// the home has no zone.
    ///
    /// # Complexity
    /// O(1).
    #[must_use]
    pub fn project(&self, pose: Isometry2<f64>) -> Option<Point2<f64>> {
        let rect = self.patch_of_pose(pose)?.rect;
        let metres = |cell: u32| (f64::from(cell) + 0.5) * FRAME.resolution;
        Some(Point2::new(metres(rect.x + rect.width / 2), metres(rect.y + rect.height / 2)))
    }

    /// The zone that [`HouseKey::project`] shows a real pose in.
    ///
    /// # Complexity
    /// O(1).
    #[must_use]
    pub fn locate(&self, pose: Isometry2<f64>) -> Option<ZoneId> {
        Some(ZoneId::of_index(self.patch_of_pose(pose)?.zone))
    }

    fn patch_of_pose(&self, pose: Isometry2<f64>) -> Option<&Patch> {
        let at = pose.translation.vector;
        let x = nearest_index(at.x - self.corner_m[0], self.resolution_m, self.shape.width)?;
        let y = nearest_index(at.y - self.corner_m[1], self.resolution_m, self.shape.height)?;
        self.patches.get(usize::from(*self.near.get(y * self.shape.width + x)?))
    }
}

/// The column or row of a coordinate from the crop's corner, that at the border for one up to [`BORDER_M`]
/// outside.
fn nearest_index(metres: f64, resolution_m: f64, side: usize) -> Option<usize> {
    let last = f64::from(narrow(side.checked_sub(1)?));
    let past = metres - f64::from(narrow(side)) * resolution_m;
    if metres.is_nan() || metres < -BORDER_M || past > BORDER_M {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the side before the cast"
    )]
    Some((metres / resolution_m).floor().clamp(0.0, last) as usize)
}

/// The nearest patch of every cell: along free cells first, then over all others. Of equally near ones the
/// lowest.
pub(in crate::key) fn nearest_patches(shape: Shape, cells: &[Cell], mut near: Vec<u16>) -> Vec<u16> {
    let free = |cell: usize| cells[cell] == Cell::Free;
    for over in [&free as &dyn Fn(usize) -> bool, &|_| true] {
        let open =
            |near: &[u16], cell: u32| near.get(cell as usize) == Some(&NO_PATCH) && over(cell as usize);
        let mut queue: Vec<u32> = Vec::with_capacity(near.len());
        queue.extend(
            (0..narrow(near.len()))
                .filter(|&cell| near[cell as usize] != NO_PATCH)
                .filter(|&cell| shape.around(cell).iter().any(|&beside| open(&near, beside))),
        );
        queue.sort_by_key(|&cell| near[cell as usize]);
        shape.flood(&mut queue, |from, to| {
            let enter = near[to] == NO_PATCH && over(to);
            if enter {
                near[to] = near[from];
            }
            enter
        });
    }
    near
}

/// How far the search for a stand goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// Along the patch's own zone.
    Zone,
    /// Along T.
    Floor,
    /// Along S, so through redacted rooms too.
    Sweep,
}

/// Finds the cells that patches without a standable cell are lifted to: the cell of C outside redacted rooms
/// that is nearest along the patch's own zone, so that a lift stays in the zone it was asked for; where the
/// zone leads to none, along T; where T does not either, along S.
pub(in crate::key) fn find_stands(
    shape: Shape,
    reach: &Reach,
    redacted: &RedactedCells,
    patch_of: &[u16],
    patches: &mut [Patch],
) {
    for within in [Within::Zone, Within::Floor, Within::Sweep] {
        if patches.iter().all(|patch| patch.stand != NO_CELL) {
            return;
        }
        let open = |cell: usize| reach.coverage[cell] && (within == Within::Sweep || !redacted.cells[cell]);
        let mut source: Vec<u32> = vec![NO_CELL; shape.len()];
        let mut queue: Vec<u32> = Vec::with_capacity(reach.coverage.iter().filter(|&&swept| swept).count());
        for cell in 0..narrow(shape.len()) {
            if reach.poses[cell as usize] && !redacted.cells[cell as usize] {
                source[cell as usize] = cell;
                queue.push(cell);
            }
        }
        shape.flood(&mut queue, |from, to| {
            if source[to] != NO_CELL || !open(to) {
                return false;
            }
            let zone = |cell: usize| patches.get(usize::from(patch_of[cell])).map(|patch| patch.zone);
            if within == Within::Zone && zone(from) != zone(to) {
                return false;
            }
            source[to] = source[from];
            if let Some(patch) = patches.get_mut(usize::from(patch_of[to]))
                && patch.stand == NO_CELL
            {
                patch.stand = source[to];
            }
            true
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{NO_CELL, NO_PATCH, Patch, Reach, RedactedCells, Shape, find_stands};
    use crate::grid::CellRect;

    /// The cell that the patch `p` is lifted to. `o`: the robot can stand there; `.`: it sweeps it; `w`: so, in a
    /// redacted room; `#`: neither. Cells are numbered from the first row on.
    fn stand_of(rows: &[&str]) -> u32 {
        let shape = Shape { width: rows[0].len(), height: rows.len() };
        let squares: Vec<char> = rows.iter().flat_map(|row| row.chars()).collect();
        let are = |wanted: &str| squares.iter().map(|square| wanted.contains(*square)).collect::<Vec<bool>>();
        let reach = Reach { poses: are("o"), coverage: are("o.wp") };
        let patch_of: Vec<u16> = are("p").into_iter().map(|is| if is { 0 } else { NO_PATCH }).collect();
        let rect = CellRect { x: 0, y: 0, width: 8, height: 8 };
        let mut patches = [Patch { zone: 0, rect, stand: NO_CELL }];
        find_stands(shape, &reach, &RedactedCells { cells: are("w") }, &patch_of, &mut patches);
        patches[0].stand
    }

    #[test]
    fn a_patch_is_lifted_to_what_is_nearest_along_the_floor_and_not_through_a_wall() {
        assert_eq!(stand_of(&["o#p...o"]), 6);
        assert_eq!(stand_of(&["o#pw..o"]), 6, "through a redacted room where nothing else leads out");
        assert_eq!(stand_of(&["o#pwo#.", "##.####", "##....o"]), 20, "and only there");
        assert_eq!(stand_of(&["o#p.#.o"]), NO_CELL);
    }
}
