//! Which basin each cell of the floor belongs to.
//!
//! Every cell follows its highest neighbour uphill; the cells that end at one summit are a basin (the
//! watershed transform in its steepest-ascent form: Meyer 1994, "Topographic distance and watershed lines";
//! Cousty et al. 2009, "Watershed cuts"). That needs no queue: one link a cell, then the links are followed.
//! What a queue would do better, plateaus, does not matter here, since the merging joins basins that share a
//! plateau. All tables are over the floor's cells alone, and links are numbers of these.
//!
//! A watershed alone has a blind spot: a straight corridor that opens into a room has no summit of its own,
//! so it would belong to the room. Hence cells are of two sorts, and links stay within a sort. *Broad* are
//! the cells of the morphological opening of the floor by a disc as wide as a doorway, those that such a disc
//! reaches without touching a wall; the rest is *narrow*: doorways, corridors, the nooks between furniture.
//! The border between the two lies right across a corridor's mouth.

use alloc::vec::Vec;
use core::ops::Range;

use super::scale::{DOOR_M, Scale};
use crate::grid::on_cells::{CellNumbers, RowWindow};
use crate::grid::span::next_stretch;
use crate::grid::{BitGrid, Shift, narrow};

/// The basin of a cell that is not free.
pub(super) const NONE: u32 = u32::MAX;

/// Marks a broad cell; squared clearances stay far below.
pub(super) const BROAD: u32 = 1 << 31;

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
pub(super) fn clearance_of(width: f64) -> u32 {
    let half = 0.5 * width + 0.25;
    libm::ceil(half * half).max(1.0) as u32
}

/// The floor without the doorways, which part it.
pub(super) struct OpenFloor {
    pub(super) open: BitGrid,
    /// Doorways included.
    pub(super) floor: BitGrid,
    /// Of the floor's cells.
    pub(super) numbers: CellNumbers,
    /// The squared clearance of each cell of the floor, by number.
    pub(super) heights: Vec<u32>,
}

impl OpenFloor {
    /// Sets [`BROAD`] in squared clearances where it applies: on open floor in a disc as wide as a door that touches no
    /// wall.
    pub(super) fn mark_broad(&mut self, scale: Scale) {
        let Self { open, floor, numbers, heights } = self;
        let shape = open.shape();
        let door = clearance_of(scale.cells(DOOR_M));
        // Half-widths of the disc's rows, from the middle row outwards.
        let disc: Vec<usize> =
            (0..).map_while(|dy: u32| Some((door - 1).checked_sub(dy * dy)?.isqrt() as usize)).collect();
        let mut middles = BitGrid::none(shape);
        for run in open.runs_in(0..shape.len()) {
            let own = &heights[numbers.numbers(floor, &run)];
            let mut done = 0;
            while let Some(stretch) = next_stretch(own, done, |height| height >= door) {
                done = stretch.end;
                middles.insert_all(run.start + stretch.start..run.start + stretch.end);
            }
        }
        let mut reached = BitGrid::none(shape);
        // No disc leaves the grid, whose frame is wall.
        let mut reach = |run: &Range<usize>, half: usize| {
            reached.insert_all(run.start - half..run.end + half);
        };
        middles.runs_in(0..shape.len()).for_each(|run| reach(&run, disc[0]));
        // The half of a disc above its middle lies in the disc around the cell above, if that is a middle too.
        for run in middles.ends(Shift::Down(shape.width)).runs_in(0..shape.len()) {
            let moved = |dy| run.start + dy * shape.width..run.end + dy * shape.width;
            disc.iter().enumerate().for_each(|(dy, &half)| reach(&moved(dy), half));
        }
        for run in middles.ends(Shift::Up(shape.width)).runs_in(0..shape.len()) {
            let moved = |dy| run.start - dy * shape.width..run.end - dy * shape.width;
            disc.iter().enumerate().for_each(|(dy, &half)| reach(&moved(dy), half));
        }
        reached.keep(open, Shift::Up(0));
        for run in reached.runs_in(0..shape.len()) {
            heights[numbers.numbers(floor, &run)].iter_mut().for_each(|height| *height |= BROAD);
        }
    }

    /// Links every cell to its highest neighbour of its own sort; of equally high ones to the one that comes
    /// first, and of cells as high as itself only to those before it, so that no circle closes. Cells of at least
    /// the `vast` clearance are linked into one tree for each connected piece instead. Links are numbers of the floor's
    /// cells.
    pub(super) fn link(&self, vast: u32) -> Vec<u32> {
        let Self { open, floor, numbers, heights } = self;
        let shape = open.shape();
        let vast = rank(vast);
        let is_vast = |rank: u32| rank & !BROAD >= vast;
        let mut links = vec![NONE; heights.len()];
        let mut high: RowWindow<u32, 3> = RowWindow::new(shape.width, 0);
        let mut links_to: RowWindow<u32, 3> = RowWindow::new(shape.width, NONE);
        for y in 0..shape.height {
            high.advance(open, y, |run, out| {
                let own = &heights[numbers.numbers(floor, &run)];
                out.iter_mut().zip(own).for_each(|(out, &height)| *out = rank(height));
            });
            links_to.advance(open, y, |run, out| {
                let own = LINK | narrow(numbers.number(floor, run.start));
                (own..).zip(out).for_each(|(link, out)| *out = link);
            });
            // The row below is linked. The outermost rows have no floor.
            let Some(row) = y.checked_sub(1).map(|y| shape.row(y)) else { continue };
            let ([below, own, _], [to_below, ..]) = (high.rows(), links_to.rows());
            for run in open.runs_in(row.clone()) {
                let start = run.start - row.start;
                let of_run = numbers.numbers(floor, &run);
                link_run(
                    high.around(start, run.len()),
                    links_to.around(start, run.len()),
                    &mut links[of_run.clone()],
                );
                if !own[start..start + run.len()].iter().fold(false, |any, &rank| any | is_vast(rank)) {
                    continue;
                }
                for (x, cell) in (start..).zip(of_run).filter(|&(x, _)| is_vast(own[x])) {
                    let below_number = (to_below[x] & !LINK) as usize;
                    links[cell] = if is_vast(own[x - 1]) {
                        let link = links[cell - 1];
                        if is_vast(below[x]) && !is_vast(below[x - 1]) {
                            let (a, b) = (root(&mut links, cell - 1), root(&mut links, below_number));
                            links[a.max(b)] = LINK | narrow(a.min(b));
                        }
                        link
                    } else if is_vast(below[x]) {
                        links[below_number]
                    } else {
                        LINK | narrow(cell)
                    };
                }
            }
        }
        links
    }
}

/// Marks a link in a table that holds the numbers of basins as well; neither reaches it.
const LINK: u32 = 1 << 31;

/// What a height is compared by: its sort in the highest bit, and four bits free for [`direction`](link_run).
const fn rank(height: u32) -> u32 {
    height << 4 | height & BROAD
}

/// Links the cells of a run of floor, vast or not, to their highest neighbours, given the ranks around each and the
/// links that lead there.
fn link_run(ranks: [[&[u32]; 3]; 3], links_to: [[&[u32]; 3]; 3], links: &mut [u32]) {
    // Of one length, so that several cells are looked at in one step.
    let count = links.len();
    let [[low_left, low, low_right], [left, own, right], [high_left, high, high_right]] =
        ranks.map(|row| row.map(|cells| &cells[..count]));
    for (at, link) in links.iter_mut().enumerate() {
        // Of a cell's own sort are positive numbers, of the other sort negative ones.
        let sort = own[at] & BROAD;
        let seen = |rank: u32, direction: u32| (rank ^ sort | direction).cast_signed();
        let higher = |one: i32, other: i32| if other > one { other } else { one };
        // Of equally high ones the highest direction counts: what comes before, the cell itself, what comes after.
        let below = higher(higher(seen(low_left[at], 8), seen(low[at], 7)), seen(low_right[at], 6));
        let level = higher(higher(seen(left[at], 5), seen(own[at], 4)), seen(right[at], 3));
        let above = higher(higher(seen(high_left[at], 2), seen(high[at], 1)), seen(high_right[at], 0));
        *link = higher(higher(below, level), above).cast_unsigned();
    }
    let [[low_left, low, low_right], [left, own, right], [high_left, high, high_right]] = links_to;
    let by_direction = [high_right, high, high_left, right, own, left, low_right, low, low_left];
    for (at, link) in links.iter_mut().enumerate() {
        *link = by_direction[*link as usize & 15][at];
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

/// Numbers the trees of links by their first cells, in place, and calls `visit` with the end of each tree, in order:
/// its highest cell, but where cells are vast.
pub(super) fn number(mut links: Vec<u32>, mut visit: impl FnMut(usize)) -> Vec<u32> {
    let mut count = 0;
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
                visit(end);
                count += 1;
                break count - 1;
            }
            end = (next & !LINK) as usize;
        };
        let mut passed = cell;
        while links[passed] & LINK != 0 {
            passed = (core::mem::replace(&mut links[passed], number) & !LINK) as usize;
        }
    }
    links
}
