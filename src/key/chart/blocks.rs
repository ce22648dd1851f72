//! Where a zone's rectangle may be divided: between aligned blocks of the frame's cells.

use crate::grid::Axis;
use crate::grid::{CellRect, narrow};

/// Side of a block in cells of the frame: 0.4 m nominal, about the robot's own size.
pub(in crate::key) const BLOCK: u32 = 8;

/// Least side of a patch's rectangle: a zone's margin narrower than this goes with the next block, so that
/// every patch holds free cells of the release.
const LEAST: u32 = 4;

/// Where a rectangle may be cut along an axis.
pub(super) fn cuts(rect: CellRect, axis: Axis) -> impl Iterator<Item = u32> {
    let (from, side) = match axis {
        Axis::X => (rect.x, rect.width),
        Axis::Y => (rect.y, rect.height),
    };
    ((from + LEAST).div_ceil(BLOCK)..=(from + side).saturating_sub(LEAST) / BLOCK).map(|n| n * BLOCK)
}

/// Number of blocks of a rectangle.
pub(super) fn blocks(rect: CellRect) -> u32 {
    [Axis::X, Axis::Y].map(|axis| narrow(cuts(rect, axis).count()) + 1).into_iter().product()
}

/// The axis of the longer side that can be cut.
pub(super) fn long_side(rect: CellRect) -> Option<Axis> {
    let axes = if rect.width >= rect.height { [Axis::X, Axis::Y] } else { [Axis::Y, Axis::X] };
    axes.into_iter().find(|&axis| cuts(rect, axis).next().is_some())
}

/// The cut nearest to the middle, the lower of two.
pub(super) fn middle_cut(rect: CellRect, axis: Axis) -> Option<u32> {
    let doubled = match axis {
        Axis::X => 2 * rect.x + rect.width,
        Axis::Y => 2 * rect.y + rect.height,
    };
    cuts(rect, axis).min_by_key(|at| (2 * at).abs_diff(doubled))
}

/// The two sides of a cut, the lower first.
pub(super) const fn divide(rect: CellRect, axis: Axis, at: u32) -> (CellRect, CellRect) {
    match axis {
        Axis::X => (
            CellRect { width: at - rect.x, ..rect },
            CellRect { x: at, width: rect.x + rect.width - at, ..rect },
        ),
        Axis::Y => (
            CellRect { height: at - rect.y, ..rect },
            CellRect { y: at, height: rect.y + rect.height - at, ..rect },
        ),
    }
}
