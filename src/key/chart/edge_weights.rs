//! The edge weights of a planar graph: how much each neighbour counts in a vertex's mean.
//!
//! It takes edges, which may repeat, with a weight each, and gives for each vertex its neighbours and their
//! shares of the whole, as compressed sparse rows (CSR). A planar graph of n vertices has fewer than 3 n edges,
//! so a few words a vertex hold it.

use alloc::vec::Vec;

use crate::grid::sorted::sort_number_pairs;

/// All shares of a vertex together.
pub(super) const WHOLE: u16 = 1 << 15;

/// Edges a vertex that are kept before equal ones are put together: fewer than 3 are left then.
const KEPT: usize = 4;

/// Edges between vertices, with weights.
pub(super) struct EdgeList {
    /// Both ends in one number, and the weight: sorted as other pairs are, by the same code.
    list: Vec<(u32, u32)>,
}

/// An edge as one number, in their order.
const fn joined([a, b]: [u16; 2]) -> u32 {
    (a as u32) << 16 | b as u32
}

/// The ends of an edge.
const fn ends_of(edge: u32) -> [u16; 2] {
    let [a, b, c, d] = edge.to_be_bytes();
    [u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])]
}

impl EdgeList {
    /// Room for the edges of so many vertices.
    pub(super) fn of(vertices: usize) -> Self {
        Self { list: Vec::with_capacity(KEPT * vertices) }
    }

    /// Adds a weight to the edge of two vertices; a vertex has no edge to itself.
    pub(super) fn add(&mut self, a: u16, b: u16, weight: u32) {
        if a == b {
            return;
        }
        // An edge often follows another of the same vertices.
        let edge = joined([a, b]);
        match self.list.last_mut() {
            Some((last, weights)) if *last == edge => *weights += weight,
            _ => {
                if self.list.len() == self.list.capacity() {
                    self.gather();
                }
                self.list.push((edge, weight));
            }
        }
    }

    /// Puts equal edges together.
    fn gather(&mut self) {
        sort_number_pairs(&mut self.list);
        self.list.dedup_by(|(next, weight), (edge, weights)| {
            let equal = next == edge;
            *weights += if equal { *weight } else { 0 };
            equal
        });
    }
}

/// The neighbours of each vertex and their shares.
pub(super) struct EdgeWeights {
    /// Where each vertex's neighbours start, and the end of the last.
    starts: Vec<u32>,
    /// Neighbour, counted from the first vertex, and its share.
    list: Vec<(u16, u16)>,
}

impl EdgeWeights {
    /// Those of `count` vertices, numbered from `first` on.
    pub(super) fn of(mut edges: EdgeList, first: u16, count: usize) -> Self {
        edges.gather();
        let edges = edges.list;
        let place = |number: u16| usize::from(number - first);
        let mut starts = vec![0_u32; count + 1];
        let mut weights = vec![0_u64; count];
        for &(edge, weight) in &edges {
            for own in ends_of(edge).map(place) {
                starts[own + 1] += 1;
                weights[own] += u64::from(weight);
            }
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut list = vec![(0, 0); 2 * edges.len()];
        let mut ends = starts.clone();
        for &(edge, weight) in &edges {
            let [a, b] = ends_of(edge);
            for (own, near) in [(place(a), b - first), (place(b), a - first)] {
                let share = u64::from(weight) * u64::from(WHOLE) / weights[own];
                list[ends[own] as usize] = (near, u16::try_from(share).unwrap_or(WHOLE));
                ends[own] += 1;
            }
        }
        for own in starts.windows(2) {
            let list = &mut list[own[0] as usize..own[1] as usize];
            let shared: u16 = list.iter().map(|(_, share)| share).sum();
            // What rounding leaves goes to the last.
            if let Some((_, share)) = list.last_mut() {
                *share += WHOLE - shared;
            }
        }
        Self { starts, list }
    }

    /// The neighbours of a vertex and their shares, which sum to [`WHOLE`]; all vertices counted from the first.
    pub(super) fn at(&self, number: usize) -> impl Iterator<Item = (usize, i64)> {
        let list = &self.list[self.starts[number] as usize..self.starts[number + 1] as usize];
        list.iter().map(|&(near, share)| (usize::from(near), i64::from(share)))
    }
}
