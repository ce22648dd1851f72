//! The graph of rooms and parts of rooms that zones are made of.
//!
//! Takes a sketch and K. First it is made small enough to be searched exactly: the smallest rooms are merged with the
//! smallest of their neighbours until there are few enough. Then any room that is not tiny may be cut in exact halves,
//! again and again, and a new half takes over the contact with one neighbour at most: which halves touch what the key
//! has to be able to make true on the floor (`key::zoning::halves`). What comes out are several graphs of parts, those
//! alike under renumbering once. How parts are put together to zones is not decided here.

use alloc::vec::Vec;

use super::assignment::Halving;
use super::coarsen::coarsen;
use super::cost::Cuts;
use super::partition::partitions;
use crate::atlas::members;
use crate::grid::narrow;
use crate::grid::sorted::{ByKey, sort_number_pairs};
use crate::sketch::Sketch;

/// Most rooms that are merged exactly.
pub(crate) const EXACT_ROOMS: usize = 14;

/// Most mergings of them that are visited; real homes have some tens to some thousands.
pub(crate) const MOST_PARTITIONS: usize = 20_000;

/// Rooms more than zones from which on merging alone finds enough to choose from, and none need be cut.
const ENOUGH_ROOMS: usize = 3;

/// A part below this fraction of the floor is not cut: its halves are too small to be anything.
const LEAST_CUT: u64 = 32;

/// Halvings that areas leave room for: K − 1 at K = 6, and a spare one.
const HALVINGS: u32 = 6;

/// A room, several merged ones, or a half of one.
#[derive(Clone)]
pub(super) struct RoomPart {
    /// Rooms of the sketch.
    pub(super) rooms: Vec<usize>,
    /// In units of the sketch times 2⁶, so that halves are whole.
    pub(super) area: u64,
    /// Area of the uncut room, or of all of the merged ones.
    whole: u64,
    /// Parts it touches, as a set.
    pub(super) touches: u32,
    /// Its number in a [`Assignment`](super::Assignment): a room of the sketch, or the half that a cut
    /// made. For merged rooms the first.
    pub(super) number: usize,
}

/// Parts, and how they lie to one another. Part 0 is the dock's.
#[derive(Clone)]
pub(super) struct Parts {
    pub(super) list: Vec<RoomPart>,
    pub(super) cuts: Vec<Halving>,
    /// For parts a, b: twice the area of pairs of rooms in which a's lies left of b's (equal counts half),
    /// over the product of the areas: `before[axis][a][b] + before[axis][b][a] = 2 · area(a) · area(b)`.
    before: [Vec<Vec<u64>>; 2],
    /// Number of rooms of the sketch.
    rooms: usize,
    /// Sum of the squares of the areas of these rooms.
    squares: u128,
}

impl Parts {
    /// The rooms of a sketch, merged down to what can be searched exactly.
    pub(super) fn of(sketch: &Sketch, zones: usize) -> Self {
        let rooms = sketch.sites.len();
        let root = usize::from(sketch.root);
        let mut groups: Vec<Vec<usize>> = (0..rooms).map(|room| vec![room]).collect();
        groups.swap(0, root);
        coarsen(sketch, &mut groups, EXACT_ROOMS);
        loop {
            let parts = Self::build(sketch, &groups);
            let mut count = 0;
            let mut most = MOST_PARTITIONS;
            partitions(&parts.touches(), zones, &mut |_| {
                count += 1;
                most -= 1;
                most > 0
            });
            if count < MOST_PARTITIONS || groups.len() <= zones {
                return parts;
            }
            let fewer = groups.len() - 1;
            coarsen(sketch, &mut groups, fewer);
        }
    }

    fn build(sketch: &Sketch, groups: &[Vec<usize>]) -> Self {
        let mut group_of = vec![0; sketch.sites.len()];
        for (group, rooms) in groups.iter().enumerate() {
            for &room in rooms {
                group_of[room] = group;
            }
        }
        let area = |room: usize| sketch.sites[room].area << HALVINGS;
        let list: Vec<RoomPart> = groups
            .iter()
            .enumerate()
            .map(|(group, rooms)| RoomPart {
                rooms: rooms.clone(),
                area: rooms.iter().map(|&room| area(room)).sum(),
                whole: rooms.iter().map(|&room| area(room)).sum(),
                touches: rooms
                    .iter()
                    .flat_map(|&room| sketch.sites[room].doors.iter())
                    .map(|door| group_of[usize::from(door)])
                    .filter(|&other| other != group)
                    .fold(0, |set, other| set | 1 << other),
                number: rooms[0],
            })
            .collect();
        let order = |axis: usize, room: usize| {
            let site = &sketch.sites[room];
            if axis == 0 { site.x } else { site.y }
        };
        let before = [0, 1].map(|axis| {
            let weigh = |a: &RoomPart, b: &RoomPart| {
                let mut weight = 0;
                for &i in &a.rooms {
                    for &j in &b.rooms {
                        let pair = area(i) * area(j);
                        weight += match order(axis, i).cmp(&order(axis, j)) {
                            core::cmp::Ordering::Less => 2 * pair,
                            core::cmp::Ordering::Equal => pair,
                            core::cmp::Ordering::Greater => 0,
                        };
                    }
                }
                weight
            };
            list.iter().map(|a| list.iter().map(|b| weigh(a, b)).collect()).collect()
        });
        let squares = (0..sketch.sites.len()).map(|room| u128::from(area(room)).pow(2)).sum();
        Self { list, cuts: Vec::new(), before, rooms: sketch.sites.len(), squares }
    }

    /// For each part the set of those it touches.
    pub(super) fn touches(&self) -> Vec<u32> {
        self.list.iter().map(|part| part.touches).collect()
    }

    /// The pairs of rooms that stand for parts which touch, the lower number first: their distances make up all others.
    pub(super) fn pairs(&self) -> Vec<[usize; 2]> {
        let room = |part: &RoomPart| narrow(part.rooms[0]);
        let mut pairs = Vec::new();
        for part in &self.list {
            let others = members(part.touches).map(|other| room(&self.list[other]));
            pairs.extend(others.map(|other| (room(part), other)).filter(|(a, b)| a < b));
        }
        sort_number_pairs(&mut pairs);
        pairs.dedup();
        pairs.into_iter().map(|(a, b)| [a as usize, b as usize]).collect()
    }

    /// Area of everything.
    pub(super) fn total(&self) -> u64 {
        self.list.iter().map(|part| part.area).sum()
    }

    /// Twice the area of all pairs in which the first set's part lies before the second's, along either axis, and of
    /// all pairs. Halves of one room do not count: the key cuts a room as the plan wants it.
    pub(super) fn order(&self, a: u32, b: u32) -> ([u64; 2], u64) {
        let [left, below] = &self.before;
        let (mut before, mut all) = ([0; 2], 0);
        for i in members(a) {
            for j in members(b) {
                let (one, other) = (&self.list[i], &self.list[j]);
                if one.rooms[0] != other.rooms[0] {
                    before[0] += left[i][j];
                    before[1] += below[i][j];
                    all += 2 * one.area * other.area;
                }
            }
        }
        (before, all)
    }

    /// Number of cuts that a home with enough rooms for K zones would not need.
    pub(super) const fn spared_cuts(&self, zones: usize) -> usize {
        let forced = zones.saturating_sub(self.list.len() - self.cuts.len());
        self.cuts.len().saturating_sub(forced)
    }

    /// Area of the parts that are cut.
    pub(super) fn cut_area(&self) -> u64 {
        let is_cut = |part: &&RoomPart| {
            let same = |other: &&RoomPart| other.rooms[0] == part.rooms[0];
            self.list.iter().filter(same).count() > 1
        };
        self.list.iter().filter(is_cut).map(|part| part.area).sum()
    }

    /// The floor that is cleaned and was not asked for, as a share of `of`, where zones are these sets of parts: who
    /// wants a room clean gets all zones that hold a part of it. In the mean over the rooms, each as often as it is
    /// large: Σ over rooms of share · (shares of its zones − share), which is Σ over zones of share · (shares of its
    /// rooms), less Σ over rooms of share². No set holds two halves of one room.
    ///
    /// # Complexity
    /// O(parts).
    pub(super) fn unasked(&self, sets: &[u32], of: u32) -> u32 {
        let areas = |set: u32| {
            members(set).fold((0_u64, 0_u64), |(area, whole), part| {
                (area + self.list[part].area, whole + self.list[part].whole)
            })
        };
        let gets =
            sets.iter().map(|&set| areas(set)).map(|(area, whole)| u128::from(area) * u128::from(whole));
        let unasked = gets.sum::<u128>().saturating_sub(self.squares) * u128::from(of);
        u32::try_from(unasked / u128::from(self.total().max(1)).pow(2)).unwrap_or(u32::MAX)
    }

    /// Whether two halves of one room are in the set: a cut for nothing.
    pub(super) fn has_halves(&self, set: u32) -> bool {
        members(set).any(|i| members(set).any(|j| i < j && self.list[i].rooms[0] == self.list[j].rooms[0]))
    }

    /// All cuts of a part in halves: the new half takes the contact with one other part, or none.
    fn cut(&self, part: usize) -> impl Iterator<Item = Self> {
        let whole = self.list[part].touches;
        let single = |other: &usize| self.list[*other].rooms.len() == 1;
        let takes: Vec<Option<usize>> =
            core::iter::once(None).chain(members(whole).filter(single).map(Some)).collect();
        takes.into_iter().map(move |takes| {
            let mut parts = self.clone();
            let new = parts.list.len();
            let mut half = RoomPart {
                number: self.rooms + self.cuts.len(),
                touches: 1 << part,
                ..self.list[part].clone()
            };
            half.area /= 2;
            parts.list[part].area /= 2;
            parts.list[part].touches |= 1 << new;
            if let Some(other) = takes {
                parts.list[part].touches &= !(1 << other);
                parts.list[other].touches = parts.list[other].touches & !(1 << part) | 1 << new;
                half.touches |= 1 << other;
            }
            parts.list.push(half);
            for table in &mut parts.before {
                for row in table.iter_mut() {
                    row[part] /= 2;
                    row.push(row[part]);
                }
                for value in &mut table[part] {
                    *value /= 2;
                }
                table.push(table[part].clone());
            }
            parts.cuts.push(Halving {
                part: self.list[part].number,
                takes: takes.map(|other| self.list[other].number),
            });
            parts
        })
    }

    /// All sets of parts to make K zones of.
    pub(super) fn variants(self, zones: usize, cuts: Cuts) -> Vec<Self> {
        match cuts {
            Cuts::Largest => self.largest_cut(zones),
            Cuts::Any => self.any_cut(zones),
        }
    }

    /// Those of the first version: of enough rooms any may be cut that holds a K-th of the floor, else the largest part
    /// is until there are enough.
    fn largest_cut(self, zones: usize) -> Vec<Self> {
        let mut variants = vec![self];
        if variants[0].list.len() >= zones {
            let whole = variants[0].clone();
            let large = |part: &usize| {
                let part = &whole.list[*part];
                part.rooms.len() == 1 && part.area * zones as u64 >= whole.total()
            };
            for part in (0..whole.list.len()).filter(large) {
                variants.extend(whole.cut(part));
            }
            return variants;
        }
        while variants[0].list.len() < zones {
            variants = variants
                .iter()
                .flat_map(|parts| {
                    let largest =
                        (0..parts.list.len()).max_by_key(|&p| (parts.list[p].area, core::cmp::Reverse(p)));
                    parts.cut(largest.unwrap_or(0))
                })
                .collect();
        }
        variants
    }

    /// Fewer parts than zones are cut until there are enough; these and about as many are cut once or twice more, so
    /// that what the doors do not allow a cut does; more parts never. Any part may be cut that is not tiny. What
    /// differs in the order of cuts alone comes once.
    fn any_cut(self, zones: usize) -> Vec<Self> {
        let rooms = self.list.len();
        let spared = (zones + ENOUGH_ROOMS).saturating_sub(rooms).min(spared_cuts(zones, rooms));
        let most = rooms.max(zones) + spared;
        let (mut all, mut last, mut numbers) = (Vec::new(), vec![self], ByKey::new());
        for count in rooms..=most {
            let mut seen = ByKey::new();
            last.retain(|parts| {
                let alike = seen.or_insert_with(parts.shape(&mut numbers), || 0_u64);
                *alike += 1;
                *alike == 1
            });
            let next = if count < most { last.iter().flat_map(Self::cuts).collect() } else { Vec::new() };
            if count >= zones {
                all.append(&mut last);
            }
            last = next;
        }
        all
    }

    /// The same with one part more.
    pub(super) fn cuts(&self) -> impl Iterator<Item = Self> {
        let total = self.total();
        let fits = move |part: &usize| {
            let part = &self.list[*part];
            part.rooms.len() == 1 && part.area * LEAST_CUT >= total
        };
        (0..self.list.len()).filter(fits).flat_map(|part| self.cut(part))
    }

    /// What is alike for all numberings of the parts: each part's room and area, told with those of its neighbours, and
    /// with theirs, as far as they go (Weisfeiler & Leman 1968). Sets of parts that make a tree of rooms and halves are
    /// alike only where it is the same. What was told before keeps its number.
    fn shape(&self, numbers: &mut ByKey<Vec<u64>, u64>) -> Vec<u64> {
        let mut number_of = |told: Vec<u64>| {
            let next = numbers.len() as u64;
            *numbers.or_insert_with(told, || next)
        };
        let own = |(number, part): (usize, &RoomPart)| {
            number_of(vec![u64::from(number == 0), part.rooms[0] as u64, part.area])
        };
        let mut told: Vec<u64> = self.list.iter().enumerate().map(own).collect();
        for _ in 0..self.list.len() {
            let with_neighbours = |(part, &own): (&RoomPart, &u64)| {
                let mut around: Vec<u64> = members(part.touches).map(|other| told[other]).collect();
                around.sort_unstable();
                // A part alone begins with 0 or 1.
                around.splice(..0, [2, own]);
                number_of(around)
            };
            told = self.list.iter().zip(&told).map(with_neighbours).collect();
        }
        told.sort_unstable();
        told
    }

    /// Zone of each number of an assignment, from the parts' zones.
    pub(super) fn zone_of(&self, zone_of_part: impl Fn(usize) -> u8) -> Vec<u8> {
        let mut zones = vec![0; self.rooms + self.cuts.len()];
        for (p, part) in self.list.iter().enumerate() {
            zones[part.number] = zone_of_part(p);
            if part.number < self.rooms {
                part.rooms.iter().for_each(|&room| zones[room] = zone_of_part(p));
            }
        }
        zones
    }
}

/// Most cuts that doors may be mended with. For many zones there are so many cuts that fewer can be tried.
const fn spared_cuts(zones: usize, rooms: usize) -> usize {
    match (zones, rooms < zones) {
        (..=4, false) => 2,
        (..=5, _) | (_, false) => 1,
        (_, true) => 0,
    }
}
