//! The door graph that redaction leaves, and its shape.

use crate::home::RoomKind::{self, Bathroom, Bedroom, Nursery, Toilet};
use crate::noise::{CoinError, Coins};
use crate::synth::chance::below;

/// Kinds that were left out where homes were counted: those that the default policy redacts.
pub(super) const REDACTED: [RoomKind; 4] = [Bedroom, Nursery, Bathroom, Toilet];

/// A door graph of at least four rooms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum GraphShape {
    Path,
    Star,
    OtherTree,
    Cycle,
}

impl GraphShape {
    /// Homes in a hundred of each shape, as counted on Finnish homes that keep at least four rooms.
    #[cfg(test)]
    pub(super) const SHARES: [(Self, u32); 4] =
        [(Self::Path, 18), (Self::Star, 20), (Self::OtherTree, 52), (Self::Cycle, 10)];

    /// A shape for so many rooms. A tree of four rooms is a path or a star, and a third of the homes have four; the
    /// shares for these and for larger homes make up those counted.
    pub(super) fn random(rooms: usize, coins: &mut Coins) -> Result<Self, CoinError> {
        let (path, star, other) = if rooms <= 4 { (43, 47, 0) } else { (5, 6, 79) };
        let drawn = below(coins, 100)?;
        Ok(match drawn {
            _ if drawn < path => Self::Path,
            _ if drawn < path + star => Self::Star,
            _ if drawn < path + star + other => Self::OtherTree,
            _ => Self::Cycle,
        })
    }

    /// The shape of a connected graph, by its rooms' neighbours.
    pub(super) fn of(graph: &[Vec<usize>]) -> Self {
        let ends: usize = graph.iter().map(Vec::len).sum();
        let most = graph.iter().map(Vec::len).max().unwrap_or(0);
        if ends / 2 >= graph.len() {
            Self::Cycle
        } else if most <= 2 {
            Self::Path
        } else if most + 1 == graph.len() {
            Self::Star
        } else {
            Self::OtherTree
        }
    }
}

/// For each room that is kept the rooms that it leads to, where the rooms around every cluster of redacted rooms are
/// joined pairwise.
pub(super) fn kept_graph(kinds: &[RoomKind], doors: &[[usize; 2]]) -> Vec<Vec<usize>> {
    let is_kept = |room: usize| !REDACTED.contains(&kinds[room]);
    let kept: Vec<usize> = (0..kinds.len()).filter(|&room| is_kept(room)).collect();
    let around = |room: usize| {
        doors
            .iter()
            .filter(move |door| door.contains(&room))
            .map(move |&[a, b]| if a == room { b } else { a })
    };
    let reached = |from: usize| {
        // Kept rooms next to it, or behind redacted rooms alone.
        let (mut seen, mut open, mut found) = (vec![from], vec![from], Vec::new());
        while let Some(at) = open.pop() {
            for next in around(at) {
                if !seen.contains(&next) {
                    seen.push(next);
                    if is_kept(next) { found.push(next) } else { open.push(next) }
                }
            }
        }
        found
    };
    let place = |room: usize| kept.binary_search(&room).unwrap_or(0);
    kept.iter().map(|&room| reached(room).into_iter().map(place).collect()).collect()
}
