//! The means of a planar graph: what each vertex's is made of.
//!
//! A planar graph of n vertices has fewer than 3 n edges, so a few words a vertex hold it.

/// The whole of a mean, in shares.
pub(in crate::key) const WHOLE: u16 = 1 << 15;

/// Pairs for each vertex that are kept before like ones are put together: fewer than 3 are left then.
const KEPT: usize = 4;

/// Vertices that touch, and how strongly.
pub(in crate::key) struct Pairs {
    list: Vec<([u16; 2], u32)>,
}

impl Pairs {
    /// Room for the pairs of so many vertices.
    pub(in crate::key) fn of(vertices: usize) -> Self {
        Self { list: Vec::with_capacity(KEPT * vertices) }
    }

    /// Binds two vertices more strongly by a weight; a vertex is not bound to itself.
    pub(in crate::key) fn join(&mut self, a: u16, b: u16, weight: u32) {
        if a == b {
            return;
        }
        // One pair often follows another of the same vertices.
        match self.list.last_mut() {
            Some((last, weights)) if *last == [a, b] => *weights += weight,
            _ => {
                if self.list.len() == self.list.capacity() {
                    self.gather();
                }
                self.list.push(([a, b], weight));
            }
        }
    }

    /// Puts like pairs together.
    fn gather(&mut self) {
        self.list.sort_unstable_by_key(|(pair, _)| *pair);
        self.list.dedup_by(|(next, weight), (pair, weights)| {
            let like = next == pair;
            *weights += if like { *weight } else { 0 };
            like
        });
    }
}

/// What the mean of each vertex is made of.
pub(in crate::key) struct Links {
    starts: Vec<u32>,
    /// Neighbour and its share.
    list: Vec<(u16, u16)>,
}

impl Links {
    /// Of so many vertices, the first of this number.
    pub(in crate::key) fn of_pairs(mut pairs: Pairs, first: usize, count: usize) -> Self {
        pairs.gather();
        let pairs = pairs.list;
        let place = |number: u16| usize::from(number) - first;
        let mut starts = vec![0_u32; count + 1];
        let mut weights = vec![0_u64; count];
        for &([a, b], weight) in &pairs {
            for own in [a, b] {
                starts[place(own) + 1] += 1;
                weights[place(own)] += u64::from(weight);
            }
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut list = vec![(0, 0); 2 * pairs.len()];
        let mut ends = starts.clone();
        for &([a, b], weight) in &pairs {
            for (own, near) in [(a, b), (b, a)] {
                let own = place(own);
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

    /// Neighbours of a vertex, counted from the first, and their shares, which make up [`WHOLE`].
    pub(in crate::key) fn of(&self, number: usize) -> impl Iterator<Item = (usize, i64)> {
        let list = &self.list[self.starts[number] as usize..self.starts[number + 1] as usize];
        list.iter().map(|&(near, share)| (usize::from(near), i64::from(share)))
    }
}
