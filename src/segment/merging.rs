//! Basins merged into regions.
//!
//! First the passages are taken from the widest to the narrowest, as Kruskal's spanning tree does; at each
//! one the two regions that it joins become one if the passage does not look like a door. Then, smallest first, what
//! is too small or too narrow for a room joins the neighbour it is most open to. Both repeat until nothing changes, at
//! most [`ROUNDS`] times.

use alloc::collections::BinaryHeap;
use alloc::vec::Vec;
use core::cmp::Reverse;

use super::basins::{Basins, Contact};
use super::scale::{
    ALIKE_SHARE, DOOR_M, FENCE_M, GAP_LENGTH_M, JAMB_M, LEAST_ALCOVE_M2, LEAST_ROOM_M2, LEAST_WIDTH_M,
    OPENING_M, OPENING_SHARE, OUTSIDE_SHARE, Scale, WALLED_SHARE, real,
};
use super::watershed::width_of;
use crate::grid::{DisjointSets, narrow};

/// Real maps take two; more than a few only ever join specks.
const ROUNDS: usize = 8;

/// What lies between a region and another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Border {
    to: u32,
    /// They meet in doorways alone.
    is_door: bool,
    saddle: u32,
    edges: u32,
    wall: u32,
}

/// Basins that belong together.
#[derive(Clone)]
pub(super) struct MapRegion {
    pub(super) area: u64,
    peak: u32,
    broad: u32,
    walls: u32,
    gaps: u32,
    borders: Vec<Border>,
}

impl MapRegion {
    /// Edges of the outline, with a wall behind them or none.
    fn outline(&self) -> u64 {
        u64::from(self.walls) + u64::from(self.gaps)
    }
}

/// The regions of a floor.
pub(super) struct MapRegions {
    scale: Scale,
    sets: DisjointSets,
    list: Vec<MapRegion>,
}

impl MapRegions {
    /// Merges the basins.
    ///
    /// # Complexity
    /// O(contacts · log contacts) time.
    pub(super) fn of(basins: &Basins, scale: Scale) -> Self {
        // A maze has so many basins that lists with room to spare count.
        let mut count = vec![0; basins.list.len()];
        basins.contacts.iter().flat_map(|contact| contact.pair).for_each(|basin| count[basin as usize] += 1);
        let list = basins.list.iter().zip(count).map(|(basin, count)| MapRegion {
            area: u64::from(basin.area),
            peak: basin.peak,
            broad: basin.broad,
            walls: basin.walls,
            gaps: basin.gaps,
            borders: Vec::with_capacity(count),
        });
        let mut regions =
            Self { scale, sets: DisjointSets::new(narrow(basins.list.len())), list: list.collect() };
        let mut passages: Vec<(u32, [u32; 2])> = Vec::with_capacity(basins.contacts.len());
        for contact in &basins.contacts {
            let [a, b] = contact.pair;
            for (from, to) in [(a, b), (b, a)] {
                let Contact { saddle, edges, wall, is_door, .. } = *contact;
                let border = Border { to, is_door, saddle, edges, wall };
                regions.list[from as usize].borders.push(border);
            }
            if contact.edges > 0 && !contact.is_door {
                passages.push((contact.saddle, contact.pair));
            }
        }
        passages.sort_unstable_by_key(|&(saddle, pair)| (Reverse(saddle), pair));
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
        let open: u64 = own
            .borders
            .iter()
            .filter(|border| self.is_outside(border.to))
            .map(|border| u64::from(border.edges))
            .sum();
        let large = real(own.area) >= self.scale.area(LEAST_ROOM_M2)
            && width_of(own.peak) >= self.scale.cells(LEAST_WIDTH_M);
        let walled = real(own.walls.into()) >= WALLED_SHARE * real(own.outline() + open);
        (large && walled).then_some(own.area)
    }

    /// Whether a region is what a laser sees through a window: bounded by the unknown and not by walls.
    fn is_outside(&self, region: u32) -> bool {
        let own = &self.list[region as usize];
        real(own.gaps.into()) >= self.scale.cells(GAP_LENGTH_M)
            && real(own.walls.into()) < OUTSIDE_SHARE * real(own.outline())
    }

    /// Whether a region is mostly corridor.
    fn is_narrow(&self, region: u32) -> bool {
        let own = &self.list[region as usize];
        5 * u64::from(own.broad) <= 2 * own.area
    }

    /// Whether a passage is no door: the two regions are one.
    fn is_one(&self, a: u32, b: u32, saddle: u32) -> bool {
        if self.is_outside(a) != self.is_outside(b) {
            return false;
        }
        let passage = width_of(saddle);
        let [a_width, b_width] = [a, b].map(|region| width_of(self.list[region as usize].peak));
        let (narrower, wider) = (a_width.min(b_width), a_width.max(b_width));
        passage >= self.scale.cells(OPENING_M)
            || passage >= ALIKE_SHARE * wider
            || (passage >= self.scale.cells(DOOR_M) && passage >= OPENING_SHARE * narrower)
            || (self.is_narrow(a) && self.is_narrow(b) && passage >= ALIKE_SHARE * narrower)
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
        let borders = |region: u32| self.list[region as usize].borders.len();
        let (kept, gone) = if borders(a) >= borders(b) { (a, b) } else { (b, a) };
        self.sets.union_under(kept, gone);
        let other = &mut self.list[gone as usize];
        let borders = core::mem::take(&mut other.borders);
        let MapRegion { area, peak, broad, walls, gaps, .. } = *other;
        let own = &mut self.list[kept as usize];
        own.area += area;
        own.peak = own.peak.max(peak);
        own.broad += broad;
        own.walls += walls;
        own.gaps += gaps;
        own.borders.extend(borders);
        kept
    }

    /// Brings a region's borders up to date: one for each region it touches now.
    fn settle(&mut self, region: u32) {
        let mut borders = core::mem::take(&mut self.list[region as usize].borders);
        for border in &mut borders {
            border.to = self.find(border.to);
        }
        borders.retain(|border| border.to != region);
        borders.sort_unstable();
        borders.dedup_by(|later, kept| {
            let same = later.to == kept.to;
            if same {
                // What is open without a doorway comes first; walls alone have no edges.
                if kept.edges == 0 {
                    (kept.is_door, kept.saddle) = (later.is_door, later.saddle);
                } else if later.edges > 0 && later.is_door == kept.is_door {
                    kept.saddle = kept.saddle.max(later.saddle);
                }
                kept.edges += later.edges;
                kept.wall += later.wall;
            }
            same
        });
        self.list[region as usize].borders = borders;
    }

    /// Whether a region, its borders being settled, is a room of its own next to the neighbour it is most open to.
    fn stands(&self, region: u32, widest: Border) -> bool {
        let own = &self.list[region as usize];
        let width = width_of(own.peak);
        // A narrow passage is a door where wall is next to it; without any it is the floor next to a piece of
        // furniture.
        let in_wall = f64::from(widest.wall) >= self.scale.cells(JAMB_M);
        let passage = width_of(widest.saddle);
        let is_door = widest.is_door || (in_wall && passage < ALIKE_SHARE * width);
        // Without wall next to it, a passage half as wide as the wider of the two is furniture in a room or a corridor.
        let wider = width.max(width_of(self.list[widest.to as usize].peak));
        if !is_door && passage >= OPENING_SHARE * wider {
            return false;
        }
        let least_m2 = if is_door { LEAST_ROOM_M2 } else { LEAST_ALCOVE_M2 };
        real(own.area) >= self.scale.area(least_m2) && width >= self.scale.cells(LEAST_WIDTH_M)
    }

    /// The neighbour with whom a region shares a long border that is more open than wall, and open in several
    /// places: between them stands a row of furniture.
    fn beyond_furniture(&self, region: u32) -> Option<Border> {
        let outside = self.is_outside(region);
        self.list[region as usize]
            .borders
            .iter()
            .filter(|border| {
                let edges = f64::from(border.edges);
                !border.is_door
                    && edges >= self.scale.cells(FENCE_M)
                    && edges >= f64::from(border.wall)
                    && edges >= 2.0 * width_of(border.saddle)
                    && self.is_outside(border.to) == outside
            })
            .max_by_key(|border| (border.edges, Reverse(border.to)))
            .copied()
    }

    /// Joins regions that are too small with the neighbours they are most open to, smallest first.
    fn absorb_small(&mut self) -> bool {
        let mut any = false;
        let mut roots = Vec::with_capacity(self.list.len());
        let regions = (0..).zip(&self.list).filter(|&(region, _)| self.sets.is_root(region));
        roots.extend(regions.map(|(region, own)| Reverse((own.area, region))));
        let mut queue = BinaryHeap::from(roots);
        while let Some(Reverse((area, region))) = queue.pop() {
            if !self.sets.is_root(region) || self.list[region as usize].area != area {
                continue;
            }
            self.settle(region);
            let outside = self.is_outside(region);
            let widest = self.list[region as usize]
                .borders
                .iter()
                .filter(|border| border.edges > 0 && self.is_outside(border.to) == outside)
                .max_by_key(|border| (!border.is_door, border.saddle, border.edges, Reverse(border.to)));
            if let Some(&widest) = widest
                && !self.stands(region, widest)
            {
                let kept = self.join(region, widest.to);
                queue.push(Reverse((self.list[kept as usize].area, kept)));
                any = true;
            } else if let Some(border) = self.beyond_furniture(region) {
                let kept = self.join(region, border.to);
                queue.push(Reverse((self.list[kept as usize].area, kept)));
                any = true;
            }
        }
        any
    }
}
