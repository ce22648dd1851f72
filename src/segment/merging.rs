//! Basins merged into regions.
//!
//! First the passages are taken from the widest to the narrowest, as Kruskal's spanning tree does; at each
//! one the two regions that it joins by then are one if nothing about the passage says "door". Then, smallest
//! first, what is too small or too narrow to be a room goes to the neighbour it is most open to. Both repeat
//! until nothing changes, at most [`ROUNDS`] times.

use core::cmp::Reverse;
use std::collections::BinaryHeap;

use super::basins::{Basins, width_of};
use super::scale::Scale;
use crate::grid::{DisjointSets, narrow};

/// Real maps take two; more than a few only ever join specks.
const ROUNDS: usize = 8;

/// A way from a region to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    to: u32,
    saddle: u32,
    edges: u32,
    wall: u32,
}

/// Basins that belong together.
#[derive(Clone, Debug)]
pub(super) struct Region {
    pub(super) area: u64,
    peak: u32,
    broad: u64,
    walls: u64,
    gaps: u64,
    ways: Vec<Way>,
}

/// The regions of a floor.
#[derive(Debug)]
pub(super) struct Regions<'a> {
    scale: &'a Scale,
    sets: DisjointSets,
    list: Vec<Region>,
}

impl<'a> Regions<'a> {
    /// Merges the basins.
    ///
    /// # Complexity
    /// O(contacts · log contacts) time.
    pub(super) fn of(basins: &Basins, scale: &'a Scale) -> Self {
        let list = basins.list.iter().map(|basin| Region {
            area: u64::from(basin.area),
            peak: basin.peak,
            broad: u64::from(basin.broad),
            walls: u64::from(basin.walls),
            gaps: u64::from(basin.gaps),
            ways: Vec::new(),
        });
        let mut regions =
            Self { scale, sets: DisjointSets::new(narrow(basins.list.len())), list: list.collect() };
        let mut passages: Vec<(u32, [u32; 2])> = Vec::with_capacity(basins.contacts.len());
        for contact in &basins.contacts {
            let [a, b] = contact.pair;
            for (from, to) in [(a, b), (b, a)] {
                let way = Way { to, saddle: contact.saddle, edges: contact.edges, wall: contact.wall };
                regions.list[from as usize].ways.push(way);
            }
            if contact.edges > 0 {
                passages.push((contact.saddle, contact.pair));
            }
        }
        passages.sort_by_key(|&(saddle, _)| Reverse(saddle));
        for _ in 0..ROUNDS {
            let joined = regions.join_alike(&passages);
            if !regions.absorb_small() && !joined {
                break;
            }
        }
        regions
    }

    /// The region of a basin.
    pub(super) fn find(&mut self, basin: u32) -> u32 {
        self.sets.find(basin)
    }

    /// The region's area, if it is a room.
    pub(super) fn room(&mut self, region: u32) -> Option<u64> {
        self.settle(region);
        let own = &self.list[region as usize];
        // Where a room lies open to the outside there is no wall either.
        let open: u64 =
            own.ways.iter().filter(|way| self.is_outside(way.to)).map(|way| u64::from(way.edges)).sum();
        let large = real(own.area) >= self.scale.least_room && width_of(own.peak) >= self.scale.least_width;
        let walled = real(own.walls) >= self.scale.walled_share * real(own.walls + own.gaps + open);
        (large && walled).then_some(own.area)
    }

    /// Whether a region is what a laser sees through a window: bounded by the unknown and not by walls.
    fn is_outside(&self, region: u32) -> bool {
        let own = &self.list[region as usize];
        real(own.gaps) >= self.scale.gap_length
            && real(own.walls) < self.scale.outside_share * real(own.walls + own.gaps)
    }

    /// Whether a region is mostly corridor.
    fn is_narrow(&self, region: u32) -> bool {
        let own = &self.list[region as usize];
        5 * own.broad <= 2 * own.area
    }

    /// Whether a passage is no door: the two regions are one.
    fn is_one(&self, a: u32, b: u32, saddle: u32) -> bool {
        if self.is_outside(a) != self.is_outside(b) {
            return false;
        }
        let passage = width_of(saddle);
        let [a_width, b_width] = [a, b].map(|region| width_of(self.list[region as usize].peak));
        let (narrower, wider) = (a_width.min(b_width), a_width.max(b_width));
        passage >= self.scale.opening
            || passage >= self.scale.alike_share * wider
            || (passage >= self.scale.door && passage >= self.scale.opening_share * narrower)
            || (self.is_narrow(a) && self.is_narrow(b) && passage >= self.scale.corridor_share * narrower)
    }

    fn join_alike(&mut self, passages: &[(u32, [u32; 2])]) -> bool {
        let mut any = false;
        for &(saddle, [a, b]) in passages {
            let (a, b) = (self.find(a), self.find(b));
            if a != b && self.is_one(a, b, saddle) {
                self.join(a, b);
                any = true;
            }
        }
        any
    }

    /// Joins two regions and gives the one that stays.
    fn join(&mut self, a: u32, b: u32) -> u32 {
        let ways = |region: u32| self.list[region as usize].ways.len();
        let (kept, gone) = if ways(a) >= ways(b) { (a, b) } else { (b, a) };
        self.sets.union_under(kept, gone);
        let other = &mut self.list[gone as usize];
        let ways = core::mem::take(&mut other.ways);
        let Region { area, peak, broad, walls, gaps, .. } = *other;
        let own = &mut self.list[kept as usize];
        own.area += area;
        own.peak = own.peak.max(peak);
        own.broad += broad;
        own.walls += walls;
        own.gaps += gaps;
        own.ways.extend(ways);
        kept
    }

    /// Brings a region's ways up to date: one for each region it touches now.
    fn settle(&mut self, region: u32) {
        let mut ways = core::mem::take(&mut self.list[region as usize].ways);
        for way in &mut ways {
            way.to = self.find(way.to);
        }
        ways.retain(|way| way.to != region);
        ways.sort_unstable();
        ways.dedup_by(|later, kept| {
            let same = later.to == kept.to;
            if same {
                kept.saddle = kept.saddle.max(later.saddle);
                kept.edges += later.edges;
                kept.wall += later.wall;
            }
            same
        });
        self.list[region as usize].ways = ways;
    }

    /// Whether a region, its ways being settled, can stand for itself beside the neighbour it is most open to.
    fn stands(&self, region: u32, widest: Way) -> bool {
        let own = &self.list[region as usize];
        let width = width_of(own.peak);
        let in_wall = f64::from(widest.wall) >= self.scale.jamb;
        let share = if in_wall { self.scale.alike_share } else { self.scale.neck_share };
        let least = if width_of(widest.saddle) < share * width {
            self.scale.least_room
        } else if own.ways.iter().filter(|way| width_of(way.saddle) >= self.scale.lane).count() > 1 {
            self.scale.least_hall
        } else {
            self.scale.least_alcove
        };
        real(own.area) >= least && width >= self.scale.least_width
    }

    /// The neighbour with whom a region shares a long border that is more open than wall, and open in several
    /// places: between them stands a row of furniture.
    fn beyond_furniture(&self, region: u32) -> Option<Way> {
        let outside = self.is_outside(region);
        self.list[region as usize]
            .ways
            .iter()
            .filter(|way| {
                let edges = f64::from(way.edges);
                edges >= self.scale.fence
                    && edges >= f64::from(way.wall)
                    && edges >= 2.0 * width_of(way.saddle)
                    && self.is_outside(way.to) == outside
            })
            .max_by_key(|way| (way.edges, Reverse(way.to)))
            .copied()
    }

    /// Gives regions that are too small to the neighbours they are most open to, smallest first.
    fn absorb_small(&mut self) -> bool {
        let mut any = false;
        let mut queue: BinaryHeap<Reverse<(u64, u32)>> = (0..)
            .zip(&self.list)
            .filter(|&(region, _)| self.sets.is_root(region))
            .map(|(region, own)| Reverse((own.area, region)))
            .collect();
        while let Some(Reverse((area, region))) = queue.pop() {
            if !self.sets.is_root(region) || self.list[region as usize].area != area {
                continue;
            }
            self.settle(region);
            let outside = self.is_outside(region);
            let widest = self.list[region as usize]
                .ways
                .iter()
                .filter(|way| way.edges > 0 && self.is_outside(way.to) == outside)
                .max_by_key(|way| (way.saddle, way.edges, Reverse(way.to)));
            if let Some(&widest) = widest
                && !self.stands(region, widest)
            {
                let kept = self.join(region, widest.to);
                queue.push(Reverse((self.list[kept as usize].area, kept)));
                any = true;
            } else if let Some(way) = self.beyond_furniture(region) {
                let kept = self.join(region, way.to);
                queue.push(Reverse((self.list[kept as usize].area, kept)));
                any = true;
            }
        }
        any
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of cells, at most 2^27")]
const fn real(count: u64) -> f64 {
    count as f64
}
