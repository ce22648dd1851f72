//! The order to visit all zones in: the shortest tour from the dock.
//!
//! The cloud plans it on the release, where it is a constant of the plan; the cost of an assignment asks how long it is
//! in the home. Lengths are integers, so that the order is the same on every machine.

use alloc::vec::Vec;

use super::frame::{ZoneId, middle};
use super::plan::{MAX_ZONES, Plan};

/// Most zones, as a length.
const K: usize = MAX_ZONES as usize;

/// Distances from the dock to some places, at most six, and between these.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Legs {
    pub(crate) first: [u32; K],
    pub(crate) between: [[u32; K]; K],
}

private_debug!(Legs);

impl Legs {
    /// The length of an order.
    pub(crate) fn length(&self, order: &[u8]) -> u32 {
        let place = |at: u8| usize::from(at);
        let first = order.first().map_or(0, |&at| self.first[place(at)]);
        order
            .windows(2)
            .fold(first, |sum, pair| sum.saturating_add(self.between[place(pair[0])][place(pair[1])]))
    }

    /// The least length of all orders of the first `count` places, and the first order of that length; what is beyond
    /// the places is 0.
    ///
    /// # Complexity
    /// O(2ᴷ · K²), by dynamic programming over the places that are left (Held & Karp 1962, J. SIAM 10(1)).
    pub(crate) fn shortest(&self, count: usize) -> (u32, [u8; K]) {
        let ahead = least_ahead(count, |from, to, rest: u32| self.between[from][to].saturating_add(rest));
        let (mut order, mut left, mut last, mut whole) = ([0; K], (1_u32 << count) - 1, None, 0);
        for step in order.iter_mut().take(count) {
            let leg = |to: usize| last.map_or(self.first[to], |from: usize| self.between[from][to]);
            let via = |&to: &usize| leg(to).saturating_add(ahead[(left & !(1 << to)) as usize][to]);
            // Of equal ones the first.
            let next = members(left).min_by_key(via).unwrap_or(0);
            whole += if last.is_none() { via(&next) } else { 0 };
            (*step, left, last) = (u8::try_from(next).unwrap_or(u8::MAX), left & !(1 << next), Some(next));
        }
        (whole, order)
    }
}

/// What it takes at least to visit each set of the first `count` places from each place outside it, by set and place.
/// `leg` is what it takes from a place to another and, as its last argument says, on from there.
///
/// # Complexity
/// O(2ᴷ · K²).
pub(crate) fn least_ahead<T: Copy + Default + Ord>(
    count: usize,
    leg: impl Fn(usize, usize, T) -> T,
) -> [[T; K]; 1 << K] {
    let mut ahead = [[T::default(); K]; 1 << K];
    for set in 1..1_u32 << count {
        for from in (0..count).filter(|from| set >> from & 1 == 0) {
            let via = |to: usize| leg(from, to, ahead[(set & !(1 << to)) as usize][to]);
            ahead[set as usize][from] = members(set).map(via).min().unwrap_or_default();
        }
    }
    ahead
}

impl Plan {
    /// The zones in the order of the shortest tour: from the dock, in straight lines from the middles of zones to the
    /// middles of doors and on; of equally short ones the first by the zones' numbers.
    pub(crate) fn order(&self) -> [u8; K] {
        self.legs().shortest(self.zone_count()).1
    }

    /// Lengths on the plan, in 512ths of a cell.
    fn legs(&self) -> Legs {
        let zones = self.zones();
        // Twice the places of middles are whole.
        let middles: Vec<_> = zones.iter().map(|zone| middle(&zone.rect)).collect();
        let doors: Vec<_> =
            self.doors().iter().map(|door| (door.zones.map(ZoneId::index), middle(&door.rect))).collect();
        let reach = |from: usize, at: (u32, u32)| {
            let mut far = [0; K];
            let mut open = vec![(from, at, 0, usize::MAX)];
            while let Some((zone, at, walked, behind)) = open.pop() {
                far[zone] = walked + length(at, middles[zone]);
                for &([a, b], through) in doors.iter().filter(|door| door.0.contains(&zone)) {
                    let next = if a == zone { b } else { a };
                    if next != behind {
                        open.push((next, through, walked + length(at, through), zone));
                    }
                }
            }
            far
        };
        let dock = self.dock();
        let mut legs =
            Legs { first: reach(dock.zone.index(), (2 * dock.x + 1, 2 * dock.y + 1)), ..Legs::default() };
        for (zone, &at) in middles.iter().enumerate() {
            legs.between[zone] = reach(zone, at);
        }
        legs
    }
}

/// The distance of two places in half cells, in 512ths of a cell.
fn length(one: (u32, u32), other: (u32, u32)) -> u32 {
    let square = |a: u32, b: u32| u64::from(a.abs_diff(b)).pow(2);
    let squares = square(one.0, other.0) + square(one.1, other.1);
    u32::try_from((squares << 16).isqrt()).unwrap_or(u32::MAX)
}

/// The members of a set, ascending.
pub(crate) fn members(set: u32) -> impl Iterator<Item = usize> {
    let mut rest = set;
    core::iter::from_fn(move || {
        let first = rest.trailing_zeros();
        (rest != 0).then(|| {
            rest &= rest - 1;
            first as usize
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{K, Legs};
    use proptest::prelude::*;

    fn legs() -> impl Strategy<Value = Legs> {
        let row = || proptest::array::uniform6(0..20_u32);
        (row(), proptest::array::uniform6(row())).prop_map(|(first, between)| Legs { first, between })
    }

    /// Every order, lexicographically.
    fn orders(count: u8, begun: &mut Vec<u8>, visit: &mut impl FnMut(&[u8])) {
        if begun.len() == usize::from(count) {
            visit(begun);
        }
        for next in 0..count {
            if !begun.contains(&next) {
                begun.push(next);
                orders(count, begun, visit);
                begun.pop();
            }
        }
    }

    proptest! {
        #[test]
        fn the_shortest_order_is_the_first_of_least_length(legs in legs(), count in 0..=6_u8) {
            let mut best = (u32::MAX, Vec::new());
            orders(count, &mut Vec::new(), &mut |order| {
                if legs.length(order) < best.0 {
                    best = (legs.length(order), order.to_vec());
                }
            });
            best.1.resize(K, 0);
            let (length, order) = legs.shortest(count.into());
            prop_assert_eq!((length, order.to_vec()), best);
        }
    }
}
