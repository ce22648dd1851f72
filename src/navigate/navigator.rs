//! Search and pulling together.

use core::fmt;

use nalgebra::Point2;
use zeroize::ZeroizeOnDrop;

use super::path::{NavigateError, Path};
use super::pull::{Corner, pull};
use super::search::Search;
use super::space::{FreeSpace, Ground};

/// Finds paths. It is nothing but the tables that the search works in: make one and use it again, so that
/// later searches on grids of the same size allocate nothing but the path they give.
///
/// It is wiped when dropped, for it holds traces of the last path.
#[derive(Default, ZeroizeOnDrop)]
pub struct Navigator {
    pub(super) search: Search,
    /// The path pulled taut, and one to try.
    pub(crate) corners: Vec<Corner>,
    other: Vec<Corner>,
    /// Ground of whoever has no [`FreeSpace`] of its own.
    pub(crate) ground: Ground,
}

impl Navigator {
    /// A navigator without tables; the first search makes them.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A short way between two points, in metres of the space's grid.
    ///
    /// A point where the robot cannot stand is taken for the nearest cell where it can, up to
    /// [`SNAP_M`](super::SNAP_M) away. Of all ways along cells it takes a cheapest one, and pulls it taut.
    ///
    /// # Errors
    /// A point is no number or too far from free space, or there is no way between the two.
    ///
    /// # Complexity
    /// O(cells looked at) time, 16 bytes a cell of tables.
    pub fn path(
        &mut self,
        space: &FreeSpace,
        from: Point2<f64>,
        to: Point2<f64>,
    ) -> Result<Path, NavigateError> {
        let start = space.snap(from).ok_or(NavigateError::Start)?;
        let end = space.snap(to).ok_or(NavigateError::End)?;
        let cost = self.search(&space.ground, start, end, 0).map_err(|_| NavigateError::NoPath)?;
        self.pull(&space.ground);
        Ok(Path::new(&space.ground, self.corners.iter().map(|corner| corner.cell), space.resolution_m, cost))
    }

    /// Finds a cheapest path along cells that passes a cell of each passage in their order, for
    /// [`pull`](Self::pull). Gives its cost, or else the number of passages it came past.
    pub(crate) fn search(&mut self, ground: &Ground, start: u32, end: u32, passages: u8) -> Result<u32, u8> {
        self.search.run(ground, start, end, passages)
    }

    /// Pulls the path found taut and leaves its corners in `corners`.
    pub(crate) fn pull(&mut self, ground: &Ground) {
        pull(ground, &self.search.cells, &mut self.corners, &mut self.other);
    }

    /// Bytes of all tables.
    #[cfg(test)]
    pub(super) const fn bytes(&self) -> usize {
        self.search.bytes()
            + size_of::<Corner>() * (self.corners.capacity() + self.other.capacity())
            + self.ground.marks.capacity()
    }
}

/// Prints no geometry.
impl fmt::Debug for Navigator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Navigator").finish_non_exhaustive()
    }
}
