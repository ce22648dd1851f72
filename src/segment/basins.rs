//! The free cells cut into basins: one around each local maximum of clearance.
//!
//! Every cell follows its highest neighbour uphill; the cells that end at one summit are a basin (the
//! watershed transform in its steepest-ascent form: Meyer 1994, "Topographic distance and watershed lines";
//! Cousty et al. 2009, "Watershed cuts"). That needs no queue: one link a cell, then the links are followed.
//! What a queue would do better, plateaus, does not matter here, since the merging joins basins that share a
//! plateau.
//!
//! A watershed alone has a blind spot: a straight corridor that opens into a room has no summit of its own,
//! so it would belong to the room. Hence cells are of two sorts, and links stay within a sort. *Broad* are
//! the cells of the morphological opening of the floor by a disc as wide as a doorway, those that such a disc
//! reaches without touching a wall; the rest is *narrow*: doorways, corridors, the nooks between furniture.
//! The border between the two lies right across a corridor's mouth.

use alloc::vec::Vec;

use super::doorways::Doorway;
use super::outline::{behind_wall, outline};
use super::scale::{DOOR_M, INNER_WALL_M, Scale, VAST_M, WALL_DEPTH_M};
use super::view::View;
use crate::grid::span::next_stretch;
use crate::grid::{BitGrid, Shape, narrow};

/// The basin of a cell that is not free.
pub(super) const NONE: u32 = u32::MAX;

/// Marks a broad cell; squared clearances stay far below.
const BROAD: u32 = 1 << 31;

/// The cells around one summit.
#[derive(Clone, Copy, Default)]
pub(super) struct Basin {
    /// Squared clearance of the summit, in cells.
    pub(super) peak: u32,
    /// Number of cells.
    pub(super) area: u32,
    /// How many of them are broad.
    pub(super) broad: u32,
    /// Edges of the outline with a wall behind them.
    pub(super) walls: u32,
    /// Edges of the outline with none.
    pub(super) gaps: u32,
}

/// Two basins that touch.
#[derive(Clone, Copy)]
pub(super) struct Contact {
    /// The lower number first.
    pub(super) pair: [u32; 2],
    /// Squared clearance of the widest place between them.
    pub(super) saddle: u32,
    /// Number of edges that they share.
    pub(super) edges: u32,
    /// Number of edges of either that look at the other through a wall.
    pub(super) wall: u32,
    /// They touch in a doorway.
    pub(super) is_door: bool,
}

impl Contact {
    /// Adds another contact, if it is of the same pair.
    fn takes_in(&mut self, other: &Self) -> bool {
        let same = self.pair == other.pair && self.is_door == other.is_door;
        if same {
            self.saddle = self.saddle.max(other.saddle);
            self.edges += other.edges;
            self.wall += other.wall;
        }
        same
    }
}

/// All basins of a floor.
pub(super) struct Basins {
    /// In the order of their first cells.
    pub(super) list: Vec<Basin>,
    /// The basin of each cell, or [`NONE`].
    pub(super) of: Vec<u32>,
    /// Each pair once, in order.
    pub(super) contacts: Vec<Contact>,
}

/// The width in cells of a passage whose widest place has this squared clearance: between two walls n cells
/// apart the clearance is ⌈n / 2⌉, hence n is 2c − ½ within half a cell.
pub(super) fn width_of(squared: u32) -> f64 {
    2.0 * libm::sqrt(f64::from(squared)) - 0.5
}

/// The squared clearance from which on a passage is at least so many cells wide.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast saturates, which is what an absurd parameter deserves"
)]
fn clearance_of(width: f64) -> u32 {
    let half = 0.5 * width + 0.25;
    libm::ceil(half * half).max(1.0) as u32
}

impl Basins {
    /// Cuts the floor with these squared clearances, 0 where there is none, into basins.
    ///
    /// # Complexity
    /// O(cells + stretches of wide floor · width of a door) time, eight bytes a cell.
    pub(super) fn of(view: &View, mut heights: Vec<u32>, scale: Scale) -> Self {
        mark_broad(&mut heights, view.shape, scale);
        let links = link(view, &heights, clearance_of(scale.cells(VAST_M)));
        let (list, of) = number(links);
        let mut basins = Self { list, of, contacts: Vec::new() };
        basins.measure(view, &heights, scale);
        basins
    }

    /// Adds the contacts through doorways, whose cells were no floor, and gives their cells to a basin next to them.
    pub(super) fn open(&mut self, doorways: &[Doorway], shape: Shape) {
        for doorway in doorways {
            // The basins next to it, and on which side.
            let [[ax, ay], [bx, by]] = doorway.chord.ends;
            let mut sides: [Vec<u32>; 2] = [Vec::new(), Vec::new()];
            let mut own = Vec::with_capacity(doorway.cells.len());
            for &cell in &doorway.cells {
                let mut first = NONE;
                for near in shape.neighbours(cell).filter(|&near| self.of[near] != NONE) {
                    let (x, y) = shape.place(narrow(near));
                    let turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
                    if turn != 0 {
                        sides[usize::from(turn > 0)].push(self.of[near]);
                    }
                    first = first.min(self.of[near]);
                }
                own.push(first);
            }
            for side in &mut sides {
                side.sort_unstable();
            }
            let mut pairs = Vec::new();
            for one in sides[0].chunk_by(PartialEq::eq) {
                for other in sides[1].chunk_by(PartialEq::eq).filter(|other| other[0] != one[0]) {
                    let pair = [one[0].min(other[0]), one[0].max(other[0])];
                    let edges = narrow(one.len().min(other.len()));
                    pairs.push(Contact { pair, saddle: doorway.saddle, edges, wall: 0, is_door: true });
                }
            }
            self.contacts.append(&mut pairs);
            for (&cell, basin) in doorway.cells.iter().zip(own) {
                if basin != NONE {
                    self.of[cell] = basin;
                    self.list[basin as usize].area += 1;
                }
            }
        }
        self.contacts.sort_unstable_by_key(|contact| (contact.pair, contact.is_door));
        self.contacts.dedup_by(|later, kept| kept.takes_in(later));
    }

    /// Fills in what the basins measure and where they touch.
    fn measure(&mut self, view: &View, heights: &[u32], scale: Scale) {
        let width = view.shape.width;
        let (wall_depth, inner_wall) = (scale.whole_cells(WALL_DEPTH_M), scale.whole_cells(INNER_WALL_M));
        let Self { list, of, contacts } = self;
        // What lies one step on from a cell of a basin, to the right or above.
        let mut look = |cell: usize, own: u32, step: usize| {
            let mut contact = Contact { pair: [own; 2], saddle: 0, edges: 0, wall: 0, is_door: false };
            let next = cell + step;
            let other = if of[next] != NONE {
                contact.saddle = (heights[cell] & !BROAD).min(heights[next] & !BROAD);
                contact.edges = 1;
                of[next]
            } else if let Some(far) = behind_wall(view, heights, next, step, inner_wall) {
                contact.wall = 1;
                of[far]
            } else {
                return;
            };
            if other != own {
                contact.pair = [own.min(other), own.max(other)];
                touch(contacts, contact);
            }
        };
        for row in (0..heights.len() - width).step_by(width) {
            let (owners, above) = (&of[row..row + width], &of[row + width..row + 2 * width]);
            let mut x = 0;
            for run in owners.chunk_by(PartialEq::eq) {
                let (first, own) = (row + x, run[0]);
                x += run.len();
                if own == NONE {
                    continue;
                }
                let basin = &mut list[own as usize];
                basin.area += narrow(run.len());
                let high = &heights[first..row + x];
                basin.broad += high.iter().map(|height| height >> 31).sum::<u32>();
                basin.peak = high.iter().fold(basin.peak, |peak, &height| peak.max(height & !BROAD));
                for (cell, _) in (first..).zip(high).filter(|&(_, height)| height & !BROAD == 1) {
                    let (walls, gaps) = outline(view, heights, cell, wall_depth);
                    basin.walls += walls;
                    basin.gaps += gaps;
                }
                look(row + x - 1, own, 1);
                for (cell, _) in (first..).zip(&above[first - row..x]).filter(|&(_, &other)| other != own) {
                    look(cell, own, width);
                }
            }
        }
        self.contacts.sort_unstable_by_key(|contact| (contact.pair, contact.is_door));
        self.contacts.dedup_by(|later, kept| kept.takes_in(later));
    }
}

fn touch(contacts: &mut Vec<Contact>, contact: Contact) {
    if !contacts.last_mut().is_some_and(|last| last.takes_in(&contact)) {
        contacts.push(contact);
    }
}

/// Sets [`BROAD`] in squared clearances where it applies: on floor in a disc as wide as a door that touches no wall.
fn mark_broad(heights: &mut [u32], shape: Shape, scale: Scale) {
    let door = clearance_of(scale.cells(DOOR_M));
    // Half-widths of the disc's rows, from the middle row outwards.
    let disc: Vec<usize> =
        (0..).map_while(|dy: u32| Some((door - 1).checked_sub(dy * dy)?.isqrt() as usize)).collect();
    let mut reached = BitGrid::none(shape);
    for (y, row) in heights.chunks_exact(shape.width).enumerate() {
        let mut done = 0;
        while let Some(middles) = next_stretch(row, done, |height| height >= door) {
            done = middles.end;
            for (dy, half) in disc.iter().enumerate() {
                // No disc leaves the grid, whose frame is wall.
                for first in [y - dy, y + dy].map(|row| row * shape.width) {
                    reached.insert_all(first + middles.start - half..first + middles.end + half);
                }
            }
        }
    }
    reached.each(|cell| {
        if heights[cell] > 0 {
            heights[cell] |= BROAD;
        }
    });
}

/// Marks a link in a table that holds the numbers of basins as well; neither reaches it.
const LINK: u32 = 1 << 31;

/// Links every cell to its highest neighbour of its own sort; of equally high ones to the one that comes
/// first, and of cells as high as itself only to those before it, so that no circle closes. Cells of at least
/// the `vast` clearance are linked into one tree for each connected piece instead.
fn link(view: &View, heights: &[u32], vast: u32) -> Vec<u32> {
    let width = view.shape.width;
    let is_vast = |height: u32| height & !BROAD >= vast;
    let mut links = vec![NONE; heights.len()];
    // The frame is not free, so every neighbour of a free cell exists.
    for row in (0..heights.len()).step_by(width) {
        let mut done = 0;
        while let Some(floor) = next_stretch(&heights[row..row + width], done, |height| height > 0) {
            done = floor.end;
            let floor = row + floor.start..row + floor.end;
            link_stretch(heights, width, floor.start, &mut links[floor.clone()]);
            let own = &heights[floor.clone()];
            if !own.iter().fold(false, |any, &height| any | is_vast(height)) {
                continue;
            }
            for cell in floor.filter(|&cell| is_vast(heights[cell])) {
                let (left, below) = (cell - 1, cell - width);
                links[cell] = if is_vast(heights[left]) {
                    let link = links[left];
                    if is_vast(heights[below]) && !is_vast(heights[below - 1]) {
                        let (a, b) = (root(&mut links, left), root(&mut links, below));
                        links[a.max(b)] = LINK | narrow(a.min(b));
                    }
                    link
                } else if is_vast(heights[below]) {
                    links[below]
                } else {
                    LINK | narrow(cell)
                };
            }
        }
    }
    links
}

/// Links the cells of a stretch of floor, vast or not, to their highest neighbours.
fn link_stretch(heights: &[u32], width: usize, start: usize, links: &mut [u32]) {
    // The neighbours in one order as slices of one length, so that several cells are looked at in one step.
    let count = links.len();
    let shifted = |start: usize| &heights[start..start + count];
    let [low_left, low, low_right] = [0, 1, 2].map(|x| shifted(start - width - 1 + x));
    let [left, own, right] = [0, 1, 2].map(|x| shifted(start - 1 + x));
    let [high_left, high, high_right] = [0, 1, 2].map(|x| shifted(start + width - 1 + x));
    let (stride, first) = (narrow(width), LINK | narrow(start));
    for (at, link) in (0..).zip(links.iter_mut()) {
        let x = first + narrow(at);
        // Of a cell's own sort are positive numbers, of the other sort negative ones.
        let sort = own[at] & BROAD;
        let seen = |height: u32| (height ^ sort).cast_signed();
        let own = seen(own[at]);
        // As high as the cell itself is enough before it.
        let (mut best, mut most) = (x, own - 1);
        let before = [low_left[at], low[at], low_right[at], left[at]];
        for (height, near) in before.into_iter().zip([x - stride - 1, x - stride, x - stride + 1, x - 1]) {
            (best, most) = if seen(height) > most { (near, seen(height)) } else { (best, most) };
        }
        most = most.max(own);
        let after = [right[at], high_left[at], high[at], high_right[at]];
        for (height, near) in after.into_iter().zip([x + 1, x + stride - 1, x + stride, x + stride + 1]) {
            (best, most) = if seen(height) > most { (near, seen(height)) } else { (best, most) };
        }
        *link = best;
    }
}

/// The end of a cell's links, which it shortens as it follows them. No [`DisjointSets`](crate::grid::DisjointSets):
/// links lead uphill to a later cell as well, and the cells without any are marked in the same table.
fn root(links: &mut [u32], mut cell: usize) -> usize {
    let next = |links: &[u32], cell: usize| (links[cell] & !LINK) as usize;
    while next(links, cell) != cell {
        links[cell] = links[next(links, cell)];
        cell = next(links, cell);
    }
    cell
}

/// Numbers the trees of links by their first cells, in place.
#[expect(clippy::cast_possible_truncation, reason = "a grid has at most 2^24 cells")]
fn number(mut links: Vec<u32>) -> (Vec<Basin>, Vec<u32>) {
    let mut list = Vec::new();
    for cell in 0..links.len() {
        if links[cell] == NONE || links[cell] & LINK == 0 {
            continue;
        }
        // To the end, or to a cell that has its number; then once more, and each passed by gets it.
        let mut end = cell;
        let number = loop {
            let next = links[end];
            if next & LINK == 0 {
                break next;
            }
            if (next & !LINK) as usize == end {
                list.push(Basin::default());
                break list.len() as u32 - 1;
            }
            end = (next & !LINK) as usize;
        };
        let mut passed = cell;
        while links[passed] & LINK != 0 {
            passed = (core::mem::replace(&mut links[passed], number) & !LINK) as usize;
        }
    }
    (list, links)
}
