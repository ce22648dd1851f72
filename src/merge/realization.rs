//! How a home becomes a plan: which rooms make which zone.

use crate::grid::Symmetry;

/// A room, or an earlier part of one, cut into two halves of equal area.
///
/// The part keeps its number and, with it, all its doors and contacts but one at most; the new half gets the next number. The two halves
/// always touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    /// The part that is cut.
    pub(crate) part: usize,
    /// A neighbour of it whose door (or contact) goes with the new half.
    pub(crate) takes: Option<usize>,
}

/// A way to see a home as a plan: rooms cut and merged into the plan's zones, and the home turned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Realization {
    /// Takes directions in the home to directions in the plan.
    pub(crate) symmetry: Symmetry,
    /// In the order they are made.
    pub(crate) cuts: Vec<Cut>,
    /// Zone of each part: first the kept rooms in their order, then the new half of each cut.
    pub(crate) zone_of: Vec<u8>,
}
