//! A patch: the least piece of a chart.

use zeroize::Zeroize;

use crate::grid::CellRect;

/// No patch.
pub(in crate::key) const NO_PATCH: u16 = u16::MAX;

/// Connected cells of the home and the blocks that stand for them.
#[derive(Clone, PartialEq, Eq, Zeroize)]
pub(in crate::key) struct Patch {
    pub(in crate::key) zone: u8,
    /// In cells of the frame.
    pub(in crate::key) rect: CellRect,
    /// Its anchor pose: the cell of the home that its points are lifted to.
    pub(in crate::key) anchor: u32,
}
