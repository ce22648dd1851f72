//! Rooms in an order.

use core::cmp::Ordering;

/// Sorts rooms; those that compare as equal stay as they are. One function for all comparisons: a sort of one's own for
/// each of them is a tenth of the library's code, and rooms are few.
pub(super) fn sort(rooms: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    rooms.sort_by(|&a, &b| compare(a, b));
}
