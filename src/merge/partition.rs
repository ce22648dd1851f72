//! All partitions of the nodes of a graph into K connected sets.

use alloc::vec::Vec;

use crate::atlas::members;

/// Calls `visit` with every partition of the nodes into `zones` connected sets, the set of node 0 first, the
/// others by their least nodes, until it gives false. Nothing is visited where the graph is not connected.
///
/// # Complexity
/// At most 2ⁿ sets are grown for the first zone, and only from those that leave the rest in few enough pieces
/// for the other zones.
pub(super) fn partitions(touches: &[u32], zones: usize, visit: &mut impl FnMut(&[u32]) -> bool) {
    if touches.is_empty() || zones == 0 || zones > touches.len() {
        return;
    }
    let all = if touches.len() == 32 { u32::MAX } else { (1 << touches.len()) - 1 };
    let mut sets = Vec::with_capacity(zones);
    next_zone(touches, all, zones, &mut sets, visit);
}

/// Chooses the zone of the least node that is left. Gives false once `visit` did.
fn next_zone(
    touches: &[u32],
    rest: u32,
    zones: usize,
    sets: &mut Vec<u32>,
    visit: &mut impl FnMut(&[u32]) -> bool,
) -> bool {
    let seed = rest & rest.wrapping_neg();
    if zones == 1 {
        if flood(touches, rest, seed) != rest {
            return true;
        }
        sets.push(rest);
        let go_on = visit(sets);
        sets.pop();
        return go_on;
    }
    grow(touches, rest, seed, 0, zones, sets, visit)
}

/// Extends a connected set by nodes that are not barred, to every such set, each once.
fn grow(
    touches: &[u32],
    rest: u32,
    set: u32,
    barred: u32,
    zones: usize,
    sets: &mut Vec<u32>,
    visit: &mut impl FnMut(&[u32]) -> bool,
) -> bool {
    let left = rest & !set;
    if (left.count_ones() as usize) < zones - 1 {
        return true;
    }
    if pieces(touches, left) < zones {
        sets.push(set);
        let go_on = next_zone(touches, left, zones - 1, sets, visit);
        sets.pop();
        if !go_on {
            return false;
        }
    }
    let around = members(set).fold(0, |around, node| around | touches[node]) & left & !barred;
    let mut barred = barred;
    for node in members(around) {
        if !grow(touches, rest, set | 1 << node, barred, zones, sets, visit) {
            return false;
        }
        barred |= 1 << node;
    }
    true
}

/// The connected piece of `within` that holds the seed.
fn flood(touches: &[u32], within: u32, seed: u32) -> u32 {
    let (mut piece, mut edge) = (seed, seed);
    while edge != 0 {
        edge = members(edge).fold(0, |around, node| around | touches[node]) & within & !piece;
        piece |= edge;
    }
    piece
}

/// Number of connected pieces of a set.
fn pieces(touches: &[u32], mut set: u32) -> usize {
    let mut count = 0;
    while set != 0 {
        set &= !flood(touches, set, set & set.wrapping_neg());
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{flood, partitions};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_connected_partition_is_visited_once(
            nodes in 1..8_u32,
            edges in prop::collection::vec((0..8_usize, 0..8_usize), 0..20),
            zones in 1..5_usize,
        ) {
            let count = nodes as usize;
            let mut touches = vec![0_u32; count];
            for (a, b) in edges.into_iter().filter(|(a, b)| a != b && *a < count && *b < count) {
                touches[a] |= 1 << b;
                touches[b] |= 1 << a;
            }
            let mut found = Vec::new();
            partitions(&touches, zones, &mut |sets| {
                found.push(sets.to_vec());
                true
            });
            // The obvious twin: every map of nodes to zones, kept if zones come in order and are connected.
            let mut expected = Vec::new();
            for code in 0..zones.pow(nodes) {
                let mut sets = vec![0_u32; zones];
                let mut rest = code;
                for node in 0..nodes {
                    sets[rest % zones] |= 1 << node;
                    rest /= zones;
                }
                let ordered = sets.windows(2).all(|w| w[0].trailing_zeros() < w[1].trailing_zeros());
                let connected = sets.iter().all(|&s| s != 0 && flood(&touches, s, s & s.wrapping_neg()) == s);
                if ordered && connected {
                    expected.push(sets);
                }
            }
            found.sort();
            expected.sort();
            prop_assert_eq!(found, expected);
        }
    }
}
