//! Which cells a segment touches.

use core::cmp::Ordering;

use super::space::{MarkedGround, OPEN};

/// The passage that comes next after a cell is entered with `stage` passages behind.
#[inline]
pub(super) const fn advance(mut stage: u8, marks: u8) -> u8 {
    while stage < 7 && marks & (2 << stage) != 0 {
        stage += 1;
    }
    stage
}

/// How many passages lie behind at the end of the straight segment from the middle of one cell to that of
/// another, begun with `stage` of them behind, or nothing where it touches a cell that is not open.
///
/// All decisions are comparisons of integers. Where the segment runs exactly through a corner it touches the
/// two cells next to it as well: they must be open, but do not count as passed.
///
/// # Complexity
/// O(cells of the segment).
pub(super) fn see(ground: &MarkedGround, from: u32, to: u32, stage: u8) -> Option<u8> {
    let ((x0, y0), (x1, y1)) = (ground.place(from), ground.place(to));
    let (nx, ny) = ((x1 - x0).abs(), (y1 - y0).abs());
    let stride = ground.stride.cast_signed();
    let right = if x1 > x0 { 1 } else { -1 };
    let up = if y1 > y0 { stride } else { -stride };
    let at = |cell: isize| ground.at(cell.cast_unsigned());
    let mut cell = (from as usize).cast_signed();
    let mut stage = stage;
    // Twice how much later, in parts of nx · ny, the segment reaches its next column than its next row.
    let mut later = ny - nx;
    let (mut across, mut along) = (0, 0);
    while across < nx || along < ny {
        match later.cmp(&0) {
            Ordering::Less => {
                cell += right;
                across += 1;
                later += 2 * ny;
            }
            Ordering::Greater => {
                cell += up;
                along += 1;
                later -= 2 * nx;
            }
            Ordering::Equal => {
                if at(cell + right) & at(cell + up) & OPEN == 0 {
                    return None;
                }
                cell += right + up;
                across += 1;
                along += 1;
                later += 2 * ny - 2 * nx;
            }
        }
        let marks = at(cell);
        if marks & OPEN == 0 {
            return None;
        }
        stage = advance(stage, marks);
    }
    Some(stage)
}
