//! Search and pulling together.

use alloc::vec::Vec;

use zeroize::ZeroizeOnDrop;

use super::pull::{Corner, pull};
use super::search::PathSearch;
use super::space::MarkedGround;

/// Finds paths, for a robot that keeps out of redacted rooms or for one that may drive through them. Beyond that it is
/// the tables that the search works in: make one and use it again, so that later searches on grids of the same size
/// and with no more passages allocate nothing but the path they give.
///
/// It is wiped when dropped, for it holds traces of the last path.
///
/// ```
/// let mut navigator = homeveil::navigate::Navigator::new(); // one for all lifts
/// # let _ = &mut navigator;
/// ```
#[derive(Default, ZeroizeOnDrop)]
pub struct Navigator {
    pub(super) search: PathSearch,
    /// The path pulled taut, and one to try.
    pub(crate) corners: Vec<Corner>,
    other: Vec<Corner>,
    /// Ground to search on.
    pub(crate) ground: MarkedGround,
    /// Redacted rooms are cells to drive on.
    pub(crate) passes_redacted: bool,
}

impl Navigator {
    /// A navigator without tables; the first search makes them.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A navigator of a robot that may drive through redacted rooms, on paths that a key lifts. Nothing in them is
    /// cleaned, and no path ends there.
    #[must_use]
    pub fn through_redacted() -> Self {
        let mut navigator = Self::default();
        navigator.passes_redacted = true;
        navigator
    }

    /// Finds a cheapest path along cells that passes a cell of each passage in their order, for
    /// [`pull`](Self::pull). Gives its cost, or else the number of passages it could pass.
    pub(crate) fn search(
        &mut self,
        ground: &MarkedGround,
        start: u32,
        end: u32,
        passages: u8,
    ) -> Result<u32, u8> {
        self.search.run(ground, start, end, passages)
    }

    /// Pulls the path found taut and leaves its corners in `corners`.
    pub(crate) fn pull(&mut self, ground: &MarkedGround) {
        pull(ground, &self.search.cells, &mut self.corners, &mut self.other);
    }

    /// How many states all searches looked at, and what was added for other work.
    pub(crate) const fn looked(&self) -> u64 {
        self.search.looked
    }

    /// Counts cells that were looked at outside a search; eight of them take as long as a state.
    pub(crate) const fn add_cells(&mut self, cells: usize) {
        self.search.looked += cells as u64 / 8;
    }

    /// Bytes of all tables.
    #[cfg(test)]
    pub(super) const fn bytes(&self) -> usize {
        self.search.bytes()
            + size_of::<Corner>() * (self.corners.capacity() + self.other.capacity())
            + self.ground.marks.capacity()
            + 4 * self.ground.marked.capacity()
    }
}

private_debug!(Navigator);
