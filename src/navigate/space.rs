//! Where a robot's middle can be.

use alloc::vec::Vec;

use nalgebra::Point2;
use zeroize::ZeroizeOnDrop;

use crate::grid::fixed::squared_distance;
use crate::grid::{Fixed, Shape};

/// A point this far from free space still counts as its nearest free cell, in metres. Docks stand against
/// walls, poses drift, and a person may have put the robot against a chair.
pub const SNAP_M: f64 = 1.0;

/// The bit of a cell of a [`MarkedGround`] that says it may be driven on; bit `1 + i` says that it is a cell of
/// passage i.
pub(crate) const OPEN: u8 = 1;

/// Cells to drive on, one byte a cell.
///
/// A row has one closed cell more than the grid has columns. A step past either end of a row ends on a
/// closed cell, so columns need no check.
#[derive(Clone, Default, ZeroizeOnDrop)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct MarkedGround {
    pub(crate) stride: usize,
    pub(crate) marks: Vec<u8>,
    /// The cells of passages.
    pub(crate) marked: Vec<u32>,
}

impl MarkedGround {
    /// Makes it closed ground of this shape; allocates only if it was never as large.
    pub(crate) fn reset(&mut self, shape: Shape) {
        self.stride = shape.width + 1;
        self.marks.clear();
        self.marks.resize(self.stride * shape.height, 0);
        self.marked.clear();
    }

    /// Makes an open cell one of a passage.
    pub(crate) fn mark(&mut self, cell: u32, passage: usize) {
        let Some(marks) = self.marks.get_mut(cell as usize) else { return };
        if *marks == OPEN {
            self.marked.push(cell);
        }
        *marks |= 2 << passage;
    }

    /// Forgets the passages.
    pub(crate) fn unmark(&mut self) {
        for cell in self.marked.drain(..) {
            self.marks[cell as usize] &= OPEN;
        }
    }

    /// The shape of the ground, with the closed column past the end of each row.
    pub(super) const fn shape(&self) -> Shape {
        Shape::of_rows(self.stride, self.marks.len())
    }

    /// The cell in this column and row.
    pub(crate) const fn cell(&self, x: usize, y: usize) -> usize {
        y * self.stride + x
    }

    /// Column and row of a cell.
    pub(crate) fn place(&self, cell: u32) -> (i64, i64) {
        Shape::new(self.stride.max(1), 1).place(cell)
    }

    /// What is marked on a cell; nothing past the grid.
    #[inline]
    pub(crate) fn at(&self, cell: usize) -> u8 {
        self.marks.get(cell).copied().unwrap_or(0)
    }
}

/// The cell with its middle nearest to a point (ties: the lowest) among those whose marks are wanted and that
/// lie within [`SNAP_M`] of it. The point is in metres from the lower left corner of the grid.
///
/// # Complexity
/// O(cells within [`SNAP_M`]).
pub(crate) fn nearest(
    ground: &MarkedGround,
    at: Point2<f64>,
    resolution_m: f64,
    wanted: impl Fn(u8) -> bool,
) -> Option<u32> {
    if !(at.x.is_finite() && at.y.is_finite()) || ground.stride == 0 {
        return None;
    }
    let (x, y) = (Fixed::from_cells(at.x / resolution_m), Fixed::from_cells(at.y / resolution_m));
    let most = Fixed::from_cells(SNAP_M / resolution_m).0;
    let (width, height) = (ground.stride - 1, ground.shape().height);
    let span = |Fixed(v): Fixed, side: usize| {
        let bound = |v: i64| usize::try_from(Fixed(v).cell()).unwrap_or(0).min(side);
        bound(v - most)..bound(v + most + Fixed::PARTS)
    };
    let mut best: Option<(i64, usize)> = None;
    for row in span(y, height) {
        for column in span(x, width) {
            let cell = ground.cell(column, row);
            if !wanted(ground.at(cell)) {
                continue;
            }
            let middle = |n: usize| Fixed::middle_of(i64::try_from(n).unwrap_or(0));
            let far = squared_distance((middle(column), middle(row)), (x, y));
            if far <= most * most && best.is_none_or(|(least, _)| far < least) {
                best = Some((far, cell));
            }
        }
    }
    best.and_then(|(_, cell)| u32::try_from(cell).ok())
}
