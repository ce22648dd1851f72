//! Pulling a path taut.

use alloc::vec::Vec;

use zeroize::Zeroize;

use super::sight::see;
use super::space::{MarkedGround, OPEN};

/// Most rounds in which corners move. Each moves a corner by one cell at most, and on maps of homes corners
/// rest after some ten.
const ROUNDS: usize = 64;

/// Most cells that line tests look at: so many for each cell of the path, and so many more. On maps of homes a
/// hundredth of that is needed; then corners stay as they are.
const CELLS_EACH: usize = 64;
const CELLS_MORE: usize = 1 << 22;

/// A corner of a path, and how many passages lie behind there.
#[derive(Clone, Copy, PartialEq, Zeroize)]
pub(crate) struct Corner {
    pub(crate) cell: u32,
    pub(crate) stage: u8,
}

/// Pulls the path along `cells` taut and leaves its corners in `corners`; `other` is room to work in. The path
/// still passes its passages in order and is never longer than before.
///
/// First corners are dropped, from either end in turn, and the shorter result is kept; then each corner
/// moves to the neighbouring cell that makes the path shortest, round after round, until none does.
///
/// # Complexity
/// O(cells of the path), with a factor of some tens.
pub(super) fn pull(
    ground: &MarkedGround,
    cells: &[(u32, u8)],
    corners: &mut Vec<Corner>,
    other: &mut Vec<Corner>,
) {
    corners.clear();
    other.clear();
    let corner = |&(cell, stage): &(u32, u8)| Corner { cell, stage };
    let mut lines = Lines { ground, left: CELLS_EACH * cells.len() + CELLS_MORE };
    // From the start: on from a corner as long as the next cell is seen. Along one direction it is.
    let Some(first) = cells.first().map(corner) else { return };
    corners.push(first);
    let (mut anchor, mut along) = (first, None);
    for pair in cells.windows(2) {
        let (last, next) = (corner(&pair[0]), corner(&pair[1]));
        let step = Some(i64::from(next.cell) - i64::from(last.cell));
        let straight = anchor == last || along == step;
        along = step.filter(|_| straight);
        if !straight && !lines.sees(anchor, next) {
            corners.push(last);
            (anchor, along) = (last, step);
        }
    }
    corners.extend(cells.last().map(corner).filter(|_| cells.len() > 1));
    // From the end.
    let (mut anchor, mut along) = (cells.last().map_or(first, corner), None);
    other.push(anchor);
    for pair in cells.windows(2).rev() {
        let (next, last) = (corner(&pair[0]), corner(&pair[1]));
        let step = Some(i64::from(last.cell) - i64::from(next.cell));
        let straight = anchor == last || along == step;
        along = step.filter(|_| straight);
        if !straight && !lines.sees(next, anchor) {
            other.push(last);
            (anchor, along) = (last, step);
        }
    }
    other.extend(Some(first).filter(|_| cells.len() > 1));
    other.reverse();
    if length(ground, other) < length(ground, corners) {
        core::mem::swap(corners, other);
    }
    for _ in 0..ROUNDS {
        let dropped = drop_corners(&mut lines, corners);
        if !move_corners(&mut lines, corners) && !dropped {
            break;
        }
    }
}

/// Line tests on some ground.
struct Lines<'a> {
    ground: &'a MarkedGround,
    /// How many cells may still be looked at.
    left: usize,
}

impl Lines<'_> {
    /// As [`see`]; nothing once too many cells were looked at.
    fn see(&mut self, from: u32, to: u32, stage: u8) -> Option<u8> {
        let ((x0, y0), (x1, y1)) = (self.ground.place(from), self.ground.place(to));
        let cells = usize::try_from(x0.abs_diff(x1) + y0.abs_diff(y1)).unwrap_or(usize::MAX);
        self.left = self.left.saturating_sub(cells + 1);
        if self.left == 0 { None } else { see(self.ground, from, to, stage) }
    }

    /// The segment from one corner to another is free and passes what the path passes between them.
    fn sees(&mut self, from: Corner, to: Corner) -> bool {
        self.see(from.cell, to.cell, from.stage).is_some_and(|stage| stage >= to.stage)
    }
}

/// Leaves out each corner whose neighbours see one another, and says whether there was one.
fn drop_corners(lines: &mut Lines<'_>, corners: &mut Vec<Corner>) -> bool {
    let before = corners.len();
    let mut kept = 0;
    for at in 0..before {
        let corner = corners[at];
        let between = kept > 0 && at + 1 < before;
        if between && lines.sees(corners[kept - 1], corners[at + 1]) {
            continue;
        }
        corners[kept] = corner;
        kept += 1;
    }
    corners.truncate(kept);
    kept < before
}

/// Moves each corner to the best of its neighbouring cells, and says whether one moved.
fn move_corners(lines: &mut Lines<'_>, corners: &mut [Corner]) -> bool {
    let ground = lines.ground;
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
                let Some(stage) = lines.see(before.cell, cell, before.stage) else { continue };
                if lines.sees(Corner { cell, stage }, after) {
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
fn span(ground: &MarkedGround, a: u32, b: u32) -> f64 {
    let ((ax, ay), (bx, by)) = (ground.place(a), ground.place(b));
    #[expect(clippy::cast_precision_loss, reason = "columns and rows are below 2^24")]
    let (dx, dy) = ((ax - bx) as f64, (ay - by) as f64);
    libm::sqrt(dx * dx + dy * dy)
}

fn length(ground: &MarkedGround, corners: &[Corner]) -> f64 {
    corners.windows(2).map(|pair| span(ground, pair[0].cell, pair[1].cell)).sum()
}
