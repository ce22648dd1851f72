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

use super::scale::{DOOR_M, INNER_WALL_M, Scale, VAST_M, WALL_DEPTH_M};
use super::view::View;
use crate::grid::distance::{ANY, Outside, squared_distances};
use crate::grid::{Cell, Shape};

/// The basin of a cell that is not free.
pub(super) const NONE: u32 = u32::MAX;

/// Marks a broad cell; squared clearances stay far below.
const BROAD: u32 = 1 << 31;

/// The cells around one summit.
#[derive(Clone, Copy, Debug, Default)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Contact {
    /// The lower number first.
    pub(super) pair: [u32; 2],
    /// Squared clearance of the widest place between them.
    pub(super) saddle: u32,
    /// Number of edges that they share.
    pub(super) edges: u32,
    /// Number of edges of either that look at the other through a wall.
    pub(super) wall: u32,
}

impl Contact {
    /// Adds another contact, if it is of the same pair.
    fn takes_in(&mut self, other: &Self) -> bool {
        let same = self.pair == other.pair;
        if same {
            self.saddle = self.saddle.max(other.saddle);
            self.edges += other.edges;
            self.wall += other.wall;
        }
        same
    }
}

/// All basins of a floor.
#[derive(Debug)]
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
    /// Cuts the floor into basins.
    ///
    /// # Complexity
    /// O(cells) time, twelve bytes a cell.
    pub(super) fn of(view: &View, floor: &[bool], scale: Scale) -> Self {
        let heights = heights(view, floor, scale);
        let (list, of) = number(links(view, &heights, clearance_of(scale.cells(VAST_M))));
        let mut basins = Self { list, of, contacts: Vec::new() };
        basins.measure(view, &heights, scale);
        basins
    }

    /// Fills in what the basins measure and where they touch.
    fn measure(&mut self, view: &View, heights: &[u32], scale: Scale) {
        let width = view.shape.width;
        let (wall_depth, inner_wall) = (scale.whole_cells(WALL_DEPTH_M), scale.whole_cells(INNER_WALL_M));
        for (cell, (&height, &own)) in heights.iter().zip(&self.of).enumerate() {
            if own == NONE {
                continue;
            }
            let squared = height & !BROAD;
            let basin = &mut self.list[own as usize];
            basin.area += 1;
            basin.broad += height >> 31;
            basin.peak = basin.peak.max(squared);
            if squared == 1 {
                let (walls, gaps) = outline(view, heights, cell, wall_depth);
                basin.walls += walls;
                basin.gaps += gaps;
            }
            for step in [1, width] {
                let next = cell + step;
                let other = self.of[next];
                if other != NONE && other != own {
                    let saddle = squared.min(heights[next] & !BROAD);
                    touch(
                        &mut self.contacts,
                        Contact { pair: [own.min(other), own.max(other)], saddle, edges: 1, wall: 0 },
                    );
                } else if other == NONE
                    && let Some(far) = behind_wall(view, heights, next, step, inner_wall)
                    && self.of[far] != own
                {
                    let other = self.of[far];
                    touch(
                        &mut self.contacts,
                        Contact { pair: [own.min(other), own.max(other)], saddle: 0, edges: 0, wall: 1 },
                    );
                }
            }
        }
        self.contacts.sort_unstable();
        self.contacts.dedup_by(|later, kept| kept.takes_in(later));
    }
}

fn touch(contacts: &mut Vec<Contact>, contact: Contact) {
    if !contacts.last_mut().is_some_and(|last| last.takes_in(&contact)) {
        contacts.push(contact);
    }
}

/// Squared clearance of every cell, with [`BROAD`] set where it applies; 0 where the cell is not free.
fn heights(view: &View, floor: &[bool], scale: Scale) -> Vec<u32> {
    let mut heights = squared_distances(|cell| !floor[cell], view.shape, Outside::Sites, ANY);
    let door = clearance_of(scale.cells(DOOR_M));
    let reach = door.isqrt() + 1;
    let reached = squared_distances(|cell| heights[cell] >= door, view.shape, Outside::Nothing, reach);
    for (height, away) in heights.iter_mut().zip(reached) {
        if *height > 0 && away < door {
            *height |= BROAD;
        }
    }
    heights
}

/// Links every cell to its highest neighbour of its own sort; of equally high ones to the one that comes
/// first, and of cells as high as itself only to those before it, so that no circle closes. Cells of at least
/// the `vast` clearance are linked into one tree for each connected piece instead.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "a grid has at most 2^24 cells"
)]
fn links(view: &View, heights: &[u32], vast: u32) -> Vec<u32> {
    let width = view.shape.width;
    let stride = width as isize;
    let before = [-stride - 1, -stride, -stride + 1, -1];
    let after = [1, stride - 1, stride, stride + 1];
    let is_vast = |cell: usize| heights[cell] & !BROAD >= vast;
    let mut links = vec![NONE; heights.len()];
    // The frame is not free, so every neighbour of a free cell exists.
    for (cell, &own) in heights.iter().enumerate() {
        if own == 0 {
            continue;
        }
        let mut best = cell;
        if is_vast(cell) {
            let (left, below) = (cell - 1, cell - width);
            if is_vast(left) {
                best = links[left] as usize;
                if is_vast(below) && !is_vast(below - 1) {
                    let (a, b) = (root(&mut links, left), root(&mut links, below));
                    links[a.max(b)] = a.min(b) as u32;
                }
            } else if is_vast(below) {
                best = links[below] as usize;
            }
        } else {
            let mut most = own;
            for step in before {
                let next = cell.wrapping_add_signed(step);
                let height = heights[next];
                let tie = height == own && best == cell;
                if (height > most || tie) && (height ^ own) & BROAD == 0 {
                    (best, most) = (next, height);
                }
            }
            for step in after {
                let next = cell.wrapping_add_signed(step);
                let height = heights[next];
                if height > most && (height ^ own) & BROAD == 0 {
                    (best, most) = (next, height);
                }
            }
        }
        links[cell] = best as u32;
    }
    links
}

/// The end of a cell's links, which it shortens as it follows them. No [`DisjointSets`](crate::grid::DisjointSets):
/// links lead uphill to a later cell as well, and the cells without any are marked in the same table.
fn root(links: &mut [u32], mut cell: usize) -> usize {
    while links[cell] as usize != cell {
        let next = links[cell] as usize;
        links[cell] = links[next];
        cell = next;
    }
    cell
}

/// Numbers the trees of links by their first cells, in place.
#[expect(clippy::cast_possible_truncation, reason = "a grid has at most 2^24 cells")]
fn number(mut links: Vec<u32>) -> (Vec<Basin>, Vec<u32>) {
    // Marks a link that has been replaced by a number.
    const DONE: u32 = 1 << 31;
    for cell in 0..links.len() {
        if links[cell] != NONE {
            links[cell] = root(&mut links, cell) as u32;
        }
    }
    let mut list = Vec::new();
    for cell in 0..links.len() {
        let link = links[cell];
        // A root may have been numbered from a cell before it.
        if link == NONE || link & DONE != 0 {
            continue;
        }
        if links[link as usize] & DONE == 0 {
            links[link as usize] = DONE | list.len() as u32;
            list.push(Basin::default());
        }
        links[cell] = links[link as usize];
    }
    for link in links.iter_mut().filter(|link| **link != NONE) {
        *link &= !DONE;
    }
    (list, links)
}

/// How many of a cell's edges look at a wall, and how many at the unknown: straight on, past unknown cells,
/// for so many cells and not past the end of a row or column.
#[expect(clippy::cast_possible_wrap, reason = "a side is at most 16386")]
fn outline(view: &View, heights: &[u32], cell: usize, depth: usize) -> (u32, u32) {
    let (mut walls, mut gaps) = (0, 0);
    let Shape { width, height: rows } = view.shape;
    let (x, y) = (cell % width, cell / width);
    let stride = width as isize;
    // Steps to the left, right, below and above, and how many cells lie there.
    for (step, there) in [(-1, x), (1, width - 1 - x), (-stride, y), (stride, rows - 1 - y)] {
        let mut next = cell.wrapping_add_signed(step);
        if heights[next] > 0 {
            continue;
        }
        let mut wall = false;
        for _ in 0..depth.min(there) {
            if heights[next] > 0 || wall {
                break;
            }
            wall = view.cells[next] == Cell::Occupied;
            next = next.wrapping_add_signed(step);
        }
        walls += u32::from(wall);
        gaps += u32::from(!wall);
    }
    (walls, gaps)
}

/// The free cell behind a wall that begins at a cell and goes on by a step for at most so many cells.
fn behind_wall(view: &View, heights: &[u32], first: usize, step: usize, thickness: usize) -> Option<usize> {
    let mut occupied = false;
    let mut cell = first;
    for _ in 0..thickness {
        occupied |= view.cells[cell] == Cell::Occupied;
        cell += step;
        // The frame ends every row; past it another one begins.
        if cell >= heights.len() || (step == 1 && cell.is_multiple_of(view.shape.width)) {
            return None;
        }
        if heights[cell] > 0 {
            return occupied.then_some(cell);
        }
    }
    None
}
