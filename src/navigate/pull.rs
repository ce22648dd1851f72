//! Pulling a path taut.

use zeroize::Zeroize;

use super::sight::see;
use super::space::{Ground, OPEN};

/// Most rounds in which corners move. Each moves a corner by one cell at most, and on maps of homes corners
/// rest after some ten.
const ROUNDS: usize = 64;

/// A corner of a path, and how many passages lie behind there.
#[derive(Clone, Copy, Debug, PartialEq, Zeroize)]
pub(crate) struct Corner {
    pub(crate) cell: u32,
    pub(crate) stage: u8,
}

/// Pulls the path along `cells` taut and leaves its corners in `corners`; `other` is room to work in. The path
/// still passes its passages in order and is never longer than before.
///
/// First corners are dropped, from either end in turn, and the shorter result is kept; then each corner
/// moves to the neighbouring cell that makes the path shortest, round after round, until none does.
pub(super) fn pull(ground: &Ground, cells: &[(u32, u8)], corners: &mut Vec<Corner>, other: &mut Vec<Corner>) {
    corners.clear();
    other.clear();
    let corner = |&(cell, stage): &(u32, u8)| Corner { cell, stage };
    // From the start: on from a corner as long as the next cell is seen.
    let Some(first) = cells.first().map(corner) else { return };
    corners.push(first);
    let mut anchor = first;
    for pair in cells.windows(2) {
        let (last, next) = (corner(&pair[0]), corner(&pair[1]));
        if !sees(ground, anchor, next) {
            corners.push(last);
            anchor = last;
        }
    }
    corners.extend(cells.last().map(corner).filter(|_| cells.len() > 1));
    // From the end.
    let mut anchor = cells.last().map_or(first, corner);
    other.push(anchor);
    for pair in cells.windows(2).rev() {
        let (next, last) = (corner(&pair[0]), corner(&pair[1]));
        if !sees(ground, next, anchor) {
            other.push(last);
            anchor = last;
        }
    }
    other.extend(Some(first).filter(|_| cells.len() > 1));
    other.reverse();
    if length(ground, other) < length(ground, corners) {
        core::mem::swap(corners, other);
    }
    for _ in 0..ROUNDS {
        let dropped = drop_corners(ground, corners);
        if !move_corners(ground, corners) && !dropped {
            break;
        }
    }
}

/// The segment from one corner to another is free and passes what the path passes between them.
fn sees(ground: &Ground, from: Corner, to: Corner) -> bool {
    see(ground, from.cell, to.cell, from.stage).is_some_and(|stage| stage >= to.stage)
}

/// Leaves out each corner whose neighbours see one another, and says whether there was one.
fn drop_corners(ground: &Ground, corners: &mut Vec<Corner>) -> bool {
    let before = corners.len();
    let mut kept = 0;
    for at in 0..before {
        let corner = corners[at];
        let between = kept > 0 && at + 1 < before;
        if between && sees(ground, corners[kept - 1], corners[at + 1]) {
            continue;
        }
        corners[kept] = corner;
        kept += 1;
    }
    corners.truncate(kept);
    kept < before
}

/// Moves each corner to the best of its neighbouring cells, and says whether one moved.
fn move_corners(ground: &Ground, corners: &mut [Corner]) -> bool {
    let mut moved = false;
    for at in 1..corners.len().saturating_sub(1) {
        let (before, own, after) = (corners[at - 1], corners[at], corners[at + 1]);
        let about = |cell: u32| span(ground, before.cell, cell) + span(ground, cell, after.cell);
        let mut best = (about(own.cell), own);
        for dy in -1..=1_isize {
            for dx in -1..=1_isize {
                let step = dy * ground.stride.cast_signed() + dx;
                let Some(cell) = (own.cell as usize).checked_add_signed(step) else { continue };
                if ground.at(cell) & OPEN == 0 {
                    continue;
                }
                let Ok(cell) = u32::try_from(cell) else { continue };
                let length = about(cell);
                // What is shorter by rounding alone would let a corner go to and fro.
                if length + 1e-9 >= best.0 {
                    continue;
                }
                let Some(stage) = see(ground, before.cell, cell, before.stage) else { continue };
                if sees(ground, Corner { cell, stage }, after) {
                    best = (length, Corner { cell, stage });
                }
            }
        }
        moved |= best.1 != own;
        corners[at] = best.1;
    }
    moved
}

/// Distance of two cells' middles in cells.
fn span(ground: &Ground, a: u32, b: u32) -> f64 {
    let ((ax, ay), (bx, by)) = (ground.place(a), ground.place(b));
    #[expect(clippy::cast_precision_loss, reason = "columns and rows are below 2^24")]
    let (dx, dy) = ((ax - bx) as f64, (ay - by) as f64);
    (dx * dx + dy * dy).sqrt()
}

fn length(ground: &Ground, corners: &[Corner]) -> f64 {
    corners.windows(2).map(|pair| span(ground, pair[0].cell, pair[1].cell)).sum()
}
