//! What steps cost, in integers: 70 straight on, 99 diagonally.

/// Cost of a step to a cell that shares an edge.
pub(super) const STRAIGHT: u32 = 70;

/// Cost of a step to a cell that shares a corner: 99/70 is √2 to 5 parts in 10⁵.
pub(super) const DIAGONAL: u32 = 99;

/// Most passages of one search: a cell has a bit for each, and one that says it is open.
pub(crate) const MAX_PASSAGES: usize = 7;

/// The cost of the cheapest path between two places where nothing is in between.
pub(super) fn octile(a: (i64, i64), b: (i64, i64)) -> u32 {
    across(a.0.abs_diff(b.0), a.1.abs_diff(b.1))
}

/// The cost of so many columns and rows.
pub(super) fn across(dx: u64, dy: u64) -> u32 {
    let (short, long) = (dx.min(dy), dx.max(dy));
    let cost = short * u64::from(DIAGONAL) + (long - short) * u64::from(STRAIGHT);
    u32::try_from(cost).unwrap_or(u32::MAX)
}
