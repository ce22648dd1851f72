//! Where the two halves of a part grow from.
//!
//! Joining seeds by floods from all of them at once is the Steiner heuristic of Mehlhorn (1988, Inf. Process.
//! Lett. 27).

use crate::grid::components::Components;
use crate::grid::{DisjointSets, NO_CELL, Shape, narrow};
use crate::key::zoning::halves::{Knife, NO_PART};
use crate::redact::RedactedCells;

impl Knife {
    /// The cells of part `p` where it touches the parts it keeps, and those where it touches the part that goes.
    pub(in crate::key) fn contacts(&self, p: u16, takes: Option<u16>, cells: &[u32]) -> (Vec<u32>, Vec<u32>) {
        let (mut keeps, mut gives) = (Vec::new(), Vec::new());
        for &cell in cells {
            let (mut stays, mut goes) = (false, false);
            for near in self.shape.around(cell) {
                let other = self.part.get(near as usize).copied().unwrap_or(NO_PART);
                if other != NO_PART && other != p {
                    if Some(other) == takes { goes = true } else { stays = true }
                }
            }
            if goes {
                gives.push(cell);
            } else if stays {
                keeps.push(cell);
            }
        }
        let touches = !gives.is_empty();
        for cluster in self.portals.chunk_by(|a, b| a.0 == b.0) {
            let part = |&(_, cell): &(u32, u32)| self.part[cell as usize];
            let others = cluster.iter().any(|portal| part(portal) != p && Some(part(portal)) != takes);
            let goes = cluster.iter().any(|portal| Some(part(portal)) == takes);
            let own = cluster.iter().filter(|portal| part(portal) == p).map(|&(_, cell)| cell);
            if others {
                keeps.extend(own);
            } else if goes && !touches {
                gives.extend(own);
            }
        }
        (keeps, gives)
    }

    /// Joins seeds along short paths inside the part, over gaps of at most `gap` cells; of sets that stay
    /// apart the one with most seeds (ties: the one of the first seed) is given, unless the gap is unlimited:
    /// then all.
    pub(in crate::key) fn join(&mut self, p: u16, cells: &[u32], mut seeds: Vec<u32>, gap: u32) -> Vec<u32> {
        seeds.sort_unstable();
        seeds.dedup();
        if seeds.len() < 2 {
            return seeds;
        }
        for &cell in cells {
            self.first[cell as usize] = NO_CELL;
        }
        let mut sets = DisjointSets::new(narrow(seeds.len()));
        for (seed, &cell) in (0..).zip(&seeds) {
            self.first[cell as usize] = 0;
            self.second[cell as usize] = seed;
        }
        let mut paths: Vec<(u32, u32)> = Vec::new();
        self.queue.clear();
        self.queue.extend(&seeds);
        let (shape, part, far, owner) = (self.shape, &self.part, &mut self.first, &mut self.second);
        shape.flood(&mut self.queue, |from, to| {
            if part[to] != p || far[from].saturating_mul(2) > gap {
                return false;
            }
            if far[to] == NO_CELL {
                far[to] = far[from] + 1;
                owner[to] = owner[from];
                return true;
            }
            if far[from] + far[to] < gap && sets.union(owner[from], owner[to]) {
                for end in [from, to] {
                    descend(
                        shape,
                        far,
                        end,
                        |near| part[near] == p && owner[near] == owner[end],
                        |cell| {
                            paths.push((owner[end], cell));
                        },
                    );
                }
            }
            false
        });
        let mut count = vec![0_u32; seeds.len()];
        for seed in 0..narrow(seeds.len()) {
            count[sets.find(seed) as usize] += 1;
        }
        let most = count.iter().copied().max().unwrap_or(0);
        let chosen = (0..).zip(&count).find(|(_, count)| **count == most).map_or(0, |(seed, _)| seed);
        let mut taken = |seed: u32| gap == u32::MAX || sets.find(seed) == chosen;
        let mut joined: Vec<u32> =
            (0..).zip(&seeds).filter(|(seed, _)| taken(*seed)).map(|(_, &cell)| cell).collect();
        joined.extend(paths.iter().filter(|(seed, _)| taken(*seed)).map(|&(_, cell)| cell));
        joined.sort_unstable();
        joined.dedup();
        joined
    }

    /// The cell farthest in a direction and, at equal weight, from what the first table measures from.
    pub(in crate::key) fn extreme(&self, cells: &[u32], (dx, dy): (i64, i64), measured: bool) -> Option<u32> {
        cells.iter().copied().max_by_key(|&cell| {
            let (x, y) = self.shape.place(cell);
            let far = self.first[cell as usize];
            let away = if measured && far != NO_CELL { i64::from(far) } else { 0 };
            (2 * (dx * x + dy * y) + (dx.abs() + dy.abs()) * away, core::cmp::Reverse(cell))
        })
    }

    /// The direction along the longer side of the cells' bounds.
    pub(in crate::key) fn longer_side(&self, cells: &[u32]) -> (i64, i64) {
        let span = |of: fn((i64, i64)) -> i64| {
            let values = cells.iter().map(|&cell| of(self.shape.place(cell)));
            values.clone().max().unwrap_or(0) - values.min().unwrap_or(0)
        };
        if span(|place| place.0) >= span(|place| place.1) { (1, 0) } else { (0, 1) }
    }
}

/// The cells of parts beside each cluster of redacted cells.
pub(in crate::key) fn portals(shape: Shape, part: &[u16], redacted: &RedactedCells) -> Vec<(u32, u32)> {
    let mut portals = Vec::new();
    if !redacted.cells.contains(&true) {
        return portals;
    }
    let labels: Vec<u16> = redacted.cells.iter().map(|&redacted| u16::from(redacted)).collect();
    let clusters = Components::of(&labels, shape.width);
    for run in clusters.runs.iter().filter(|run| run.label == 1) {
        for cell in run.cells(shape.width) {
            for near in shape.around(narrow(cell)) {
                if part.get(near as usize).is_some_and(|&part| part != NO_PART) {
                    portals.push((run.component, near));
                }
            }
        }
    }
    portals.sort_unstable();
    portals.dedup();
    portals
}

/// Calls `visit` with the cells from `cell` down to the seed it was reached from, over cells that are `inside`.
fn descend(
    shape: Shape,
    far: &[u32],
    cell: usize,
    inside: impl Fn(usize) -> bool,
    mut visit: impl FnMut(u32),
) {
    let mut at = narrow(cell);
    visit(at);
    while far[at as usize] > 0 {
        let below = far[at as usize] - 1;
        let down = |near: &u32| far.get(*near as usize) == Some(&below) && inside(*near as usize);
        match shape.around(at).into_iter().find(down) {
            Some(near) => at = near,
            None => return,
        }
        visit(at);
    }
}
