//! The search along cells, and the tables it works in.

use alloc::vec::Vec;

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::ahead::Ahead;
use super::cost::{DIAGONAL, STRAIGHT};
use super::sight::advance;
use super::space::{MarkedGround, OPEN};
use crate::grid::{BitGrid, narrow};

/// Paths that cost more are not looked at, so that no sum overflows: 30 million steps.
const DEAREST: u32 = 1 << 31;

/// No state, and no distance yet.
const NONE: u32 = u32::MAX;

/// States are wiped in blocks of so many.
const BLOCK: usize = 1024;

/// The tables of the search, and the path that the last one found.
#[derive(Default, ZeroizeOnDrop)]
pub(super) struct PathSearch {
    /// Cost of the best path known to each state: all cells with no passage behind, then with one, and so on.
    cost: Vec<u32>,
    /// The blocks of states in which the last search gave a cost; all other states have none. So a search clears what
    /// the one before it wrote and not the whole table.
    touched: BitGrid,
    /// States in lists that hang from `heads`, one for each cost that a state was given, and where the unused ones are.
    open: Vec<OpenState>,
    unused: Option<u32>,
    heads: Vec<u32>,
    /// The path found, cell by cell, and the passages behind at each.
    pub(super) cells: Vec<(u32, u8)>,
    /// How many states were looked at, in all searches.
    pub(super) looked: u64,
}

/// A state in a list, with the cost that it was given. If it has a lower one by now, it is passed over.
#[derive(Clone, Copy, Zeroize)]
struct OpenState {
    state: u32,
    cost: u32,
    next: u32,
}

impl PathSearch {
    /// Finds a cheapest path from one cell to another that passes a cell of each passage in their order, leaves it
    /// in `cells`, and gives its cost. If there is none, gives the number of passages it could pass.
    ///
    /// A state is a cell and the number of passages behind. Where a cell is known to be reached with more of
    /// them behind at no greater cost, the state is not looked at: whatever path goes on from it goes on from
    /// there as well. So most cells are looked at once or twice, whatever the number of passages.
    ///
    /// # Complexity
    /// O(cells · passages) at most, mostly O(cells) and much less; 4 bytes for each cell and number of passages behind.
    pub(super) fn run(
        &mut self,
        ground: &MarkedGround,
        start: u32,
        end: u32,
        passages: u8,
    ) -> Result<u32, u8> {
        let cells = ground.marks.len();
        let ahead = Ahead::of(ground, end, passages);
        self.prepare(cells * (usize::from(passages) + 1), ahead.ring());
        let stride = ground.stride.cast_signed();
        let mut farthest = advance(0, ground.at(start as usize));
        let first = usize::from(farthest) * cells + start as usize;
        let mut least = ahead.least(ground.place(start), farthest);
        self.push(first, 0, least);
        let mut waiting = 1_u32;
        while waiting > 0 {
            let Some(OpenState { state, cost: so_far, .. }) = self.take(least) else {
                least += 1;
                continue;
            };
            waiting -= 1;
            let state = state as usize;
            if self.cost[state] != so_far {
                continue;
            }
            self.looked += 1;
            let (behind, cell) = (state / cells, state % cells);
            #[expect(clippy::cast_possible_truncation, reason = "at most seven passages")]
            let behind = behind as u8;
            farthest = farthest.max(behind);
            if behind == passages && cell == end as usize {
                self.trace(ground, end, passages);
                return Ok(so_far);
            }
            if self.is_beaten(cell, behind, passages, cells, so_far) {
                continue;
            }
            let (x, y) = ground.place(narrow(cell));
            for (number, step) in steps(stride).into_iter().enumerate() {
                let Some((to, price)) = stepped(ground, cell, number, step) else { continue };
                let cost = so_far + price;
                let then = advance(behind, ground.at(to));
                let next = usize::from(then) * cells + to;
                let is_worse = self.cost[next] <= cost || self.is_beaten(to, then, passages, cells, cost);
                if cost > DEAREST || is_worse {
                    continue;
                }
                let (dx, dy) = ACROSS_AND_UP[number];
                let left = ahead.least((x + dx, y + dy), then);
                waiting += 1;
                self.push(next, cost, cost + left);
            }
        }
        Err(farthest)
    }

    /// The cell is reached at no greater cost with more passages behind.
    fn is_beaten(&self, cell: usize, stage: u8, passages: u8, cells: usize, cost: u32) -> bool {
        (stage + 1..=passages).any(|more| self.cost[usize::from(more) * cells + cell] <= cost)
    }

    /// Writes down the path that the costs show, backwards from the end.
    fn trace(&mut self, ground: &MarkedGround, end: u32, passages: u8) {
        let cells = ground.marks.len();
        let stride = ground.stride.cast_signed();
        let (mut cell, mut stage) = (end as usize, passages);
        loop {
            self.cells.push((narrow(cell), stage));
            let cost = self.cost[usize::from(stage) * cells + cell];
            if cost == 0 {
                break;
            }
            let marks = ground.at(cell);
            let before = steps(stride).into_iter().enumerate().find_map(|(number, step)| {
                let (from, price) = stepped(ground, cell, number, step)?;
                let spent = cost.checked_sub(price)?;
                let came = |less: &u8| {
                    advance(*less, marks) == stage && self.cost[usize::from(*less) * cells + from] == spent
                };
                Some((from, (0..=stage).rev().find(came)?))
            });
            let Some(before) = before else { break };
            (cell, stage) = before;
        }
        self.cells.reverse();
    }

    /// Clears the tables for a search of so many states, which wait in so many lists.
    fn prepare(&mut self, states: usize, lists: usize) {
        self.clear();
        if states > self.cost.len() {
            self.cost = Vec::new();
            self.cost.resize(states, NONE);
            self.touched = BitGrid::of_numbers(states.div_ceil(BLOCK));
        }
        self.heads.clear();
        self.heads.resize(lists, NONE);
        self.cells.clear();
    }

    /// Takes a state from the list of a key, if there is one.
    fn take(&mut self, key: u32) -> Option<OpenState> {
        let bucket = self.bucket(key);
        let head = self.heads[bucket];
        if head == NONE {
            return None;
        }
        let state = self.open[head as usize];
        self.heads[bucket] = state.next;
        self.open[head as usize].next = self.unused.replace(head).unwrap_or(NONE);
        Some(state)
    }

    /// Gives a state a cost, and puts it into the list of its key.
    fn push(&mut self, state: usize, cost: u32, key: u32) {
        self.cost[state] = cost;
        self.touched.insert(state / BLOCK);
        let bucket = self.bucket(key);
        let open = OpenState { state: narrow(state), cost, next: self.heads[bucket] };
        self.heads[bucket] = if let Some(place) = self.unused {
            let next = core::mem::replace(&mut self.open[place as usize], open).next;
            self.unused = Some(next).filter(|&next| next != NONE);
            place
        } else {
            self.open.push(open);
            narrow(self.open.len() - 1)
        };
    }

    /// The bucket of an estimate; there are a power of two of them.
    const fn bucket(&self, key: u32) -> usize {
        key as usize & (self.heads.len() - 1)
    }

    /// Takes all costs back.
    fn clear(&mut self) {
        self.touched.each(|block| {
            let start = block * BLOCK;
            let end = self.cost.len().min(start + BLOCK);
            self.cost[start..end].fill(NONE);
        });
        self.touched.clear();
        self.open.clear();
        self.unused = None;
    }

    /// Bytes of all tables.
    #[cfg(test)]
    pub(super) const fn bytes(&self) -> usize {
        4 * (self.cost.capacity() + self.heads.capacity())
            + self.touched.shape().len() / 8
            + size_of::<OpenState>() * self.open.capacity()
            + size_of::<(u32, u8)>() * self.cells.capacity()
    }
}

/// Columns and rows that [`steps`] go.
const ACROSS_AND_UP: [(i64, i64); 8] = [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, -1), (-1, 1), (1, 1)];

/// To the eight neighbours, first the four that share an edge.
const fn steps(stride: isize) -> [isize; 8] {
    [-1, 1, -stride, stride, -stride - 1, -stride + 1, stride - 1, stride + 1]
}

/// Where one of the [`steps`] from a cell leads, and what it costs, if the robot can take it.
fn stepped(ground: &MarkedGround, cell: usize, number: usize, step: isize) -> Option<(usize, u32)> {
    let to = cell.checked_add_signed(step).filter(|&to| ground.at(to) & OPEN != 0)?;
    if number < 4 {
        return Some((to, STRAIGHT));
    }
    corner_free(ground, cell, number, ground.stride.cast_signed()).then_some((to, DIAGONAL))
}

/// Both cells next to a diagonal step are open.
fn corner_free(ground: &MarkedGround, cell: usize, number: usize, stride: isize) -> bool {
    let (across, along) =
        (if number.is_multiple_of(2) { -1 } else { 1 }, if number < 6 { -stride } else { stride });
    let open = |step: isize| cell.checked_add_signed(step).is_some_and(|cell| ground.at(cell) & OPEN != 0);
    open(across) && open(along)
}
