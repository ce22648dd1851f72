//! Trees of doors: the parent of each zone, as a set of pairs and as a number.

use alloc::vec::Vec;

use crate::grid::sorted::sorted;

/// The bit of a pair of zones in a set of pairs: (0, 1), (0, 2), (1, 2), (0, 3), …, whatever the number of zones.
pub(crate) const fn edge_bit(a: usize, b: usize) -> u16 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    1 << (high * (high - 1) / 2 + low)
}

/// The edges of a tree as a set of pairs.
pub(super) fn tree_edges(parents: &[u8]) -> u16 {
    parents
        .iter()
        .enumerate()
        .filter(|(zone, parent)| *zone != usize::from(**parent))
        .fold(0, |edges, (zone, &parent)| edges | edge_bit(zone, usize::from(parent)))
}

/// Number of codes of a tree: Kᴷ.
pub(super) const fn codes(zones: u8) -> u32 {
    (zones as u32).pow(zones as u32)
}

/// The parents as digits in base K, zone 0 first.
pub(super) fn encode_tree(parents: &[u8]) -> u32 {
    let base = u32::try_from(parents.len()).unwrap_or(0);
    parents.iter().fold(0, |code, &parent| code * base + u32::from(parent))
}

/// The parents of a code, if they make a tree: one root, and every zone leads to it.
pub(super) fn decode_tree(mut code: u32, zones: usize) -> Option<Vec<u8>> {
    let base = u32::try_from(zones).ok()?;
    let mut parents = vec![0_u8; zones];
    for parent in parents.iter_mut().rev() {
        *parent = u8::try_from(code % base).ok()?;
        code /= base;
    }
    is_tree(&parents).then_some(parents)
}

fn is_tree(parents: &[u8]) -> bool {
    let roots = (0_u8..).zip(parents).filter(|(zone, parent)| zone == *parent).count();
    let leads_to_root = |mut zone: usize| {
        for _ in 0..parents.len() {
            zone = usize::from(parents[zone]);
        }
        zone == usize::from(parents[zone])
    };
    roots == 1 && (0..parents.len()).all(leads_to_root)
}

/// The tree of an image, whose rectangle i is our rectangle `from[i]`.
pub(super) fn renumber(parents: &[u8], from: &[usize]) -> Vec<u8> {
    let mut to = vec![0_u8; from.len()];
    for (new, &old) in (0_u8..).zip(from) {
        to[old] = new;
    }
    from.iter().map(|&old| to[usize::from(parents[old])]).collect()
}

/// The parents of every rooted tree that joins all zones by some of the walls, in ascending order of their codes.
///
/// # Complexity
/// O(2ʷ + trees · K · log trees) for w walls; six zones have at most twelve.
pub(super) fn spanning_trees(zones: u8, walls: u16) -> Vec<Vec<u8>> {
    let mut trees = Vec::new();
    let mut edges = walls;
    while edges != 0 {
        if edges.count_ones() + 1 == u32::from(zones) {
            trees.extend((0..zones).map_while(|root| lead_to(root, zones, edges)));
        }
        edges = (edges - 1) & walls;
    }
    sorted(trees, Ord::cmp)
}

/// The parents that lead to a root over K − 1 edges; nothing where they leave a zone out.
fn lead_to(root: u8, zones: u8, edges: u16) -> Option<Vec<u8>> {
    let mut parents = vec![u8::MAX; usize::from(zones)];
    parents[usize::from(root)] = root;
    let mut open = vec![root];
    while let Some(at) = open.pop() {
        for next in 0..zones {
            let joined = next != at && edges & edge_bit(at.into(), next.into()) != 0;
            if joined && parents[usize::from(next)] == u8::MAX {
                parents[usize::from(next)] = at;
                open.push(next);
            }
        }
    }
    (!parents.contains(&u8::MAX)).then_some(parents)
}

#[cfg(test)]
mod tests {
    use super::{codes, decode_tree, encode_tree, spanning_trees, tree_edges};
    use proptest::prelude::*;

    proptest! {
        /// The slow twin: every code that is a tree of these walls.
        #[test]
        fn spanning_trees_are_all_trees_of_the_walls(zones in 2..=5_u8, walls in 0..1_u16 << 10) {
            let walls = walls & ((1 << (u16::from(zones) * (u16::from(zones) - 1) / 2)) - 1);
            let all = (0..codes(zones)).filter_map(|code| decode_tree(code, zones.into()));
            let expected: Vec<Vec<u8>> = all.filter(|parents| tree_edges(parents) & !walls == 0).collect();
            let found = spanning_trees(zones, walls);
            prop_assert!(found.is_sorted_by_key(|parents| encode_tree(parents)));
            prop_assert_eq!(found, expected);
        }
    }
}
