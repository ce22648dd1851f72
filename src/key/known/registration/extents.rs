//! Where the cells of one map lie on another, as a whole.

use super::scale::CellScale;
use super::transform::RigidTransform;
use crate::key::known::Extent;

impl Extent {
    /// Where a transform takes it, with a cell to spare on all sides.
    pub(in crate::key) fn under(self, transform: RigidTransform, scale: CellScale) -> Self {
        if self.x.0 >= self.x.1 || self.y.0 >= self.y.1 {
            return Self { x: (0, 0), y: (0, 0) };
        }
        let ends = |(low, high): (i64, i64)| [scale.to_new(low), scale.to_new(high) + 1];
        let corners = ends(self.x).into_iter().flat_map(|x| ends(self.y).map(|y| (x, y)));
        Self::of_cells(corners.map(|corner| transform.apply(corner))).wider()
    }

    /// Where cells of a new map lie in the frame that a transform takes to it.
    pub(in crate::key) fn in_frame(self, transform: RigidTransform, scale: CellScale) -> Self {
        let back = self.under(transform.inverse(), CellScale::ONE);
        back.under(RigidTransform::NONE, scale.back())
    }
}
