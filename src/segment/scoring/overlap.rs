//! How many cells true and found rooms have in common, and who is matched with whom.

use pathfinding::matrix::Matrix;
use pathfinding::prelude::kuhn_munkres;

use crate::grid::OccupancyGrid;
use crate::home::Room;

/// The number of each cell's room, from 1, or 0.
pub(crate) fn paint(grid: &OccupancyGrid, rooms: &[Room]) -> Vec<u32> {
    let (width, height) = (grid.width(), grid.height());
    let mut labels = vec![0; grid.cells().len()];
    for (number, room) in (1..).zip(rooms) {
        for run in room.runs.iter().filter(|run| run.y() < height && run.x() < width) {
            let start = run.y() as usize * width as usize + run.x() as usize;
            labels[start..start + run.len().min(width - run.x()) as usize].fill(number);
        }
    }
    labels
}

/// How many cells true and found rooms have, alone and in common. Number 0 stands for no room.
pub(super) struct Overlaps {
    pub(super) truth: Vec<u64>,
    pub(super) found: Vec<u64>,
    both: Vec<u64>,
    pub(super) cells: u64,
}

impl Overlaps {
    /// Counts the cells that a mask says yes to, given the numbers of the true and the found room.
    pub(super) fn count(
        grid: &OccupancyGrid,
        truth: &[Room],
        found: &[Room],
        counts: impl Fn(u32, u32) -> bool,
    ) -> Self {
        let columns = found.len() + 1;
        let mut overlaps = Self {
            truth: vec![0; truth.len() + 1],
            found: vec![0; columns],
            both: vec![0; (truth.len() + 1) * columns],
            cells: 0,
        };
        for (&t, &f) in paint(grid, truth).iter().zip(&paint(grid, found)) {
            if counts(t, f) {
                overlaps.cells += 1;
                overlaps.truth[t as usize] += 1;
                overlaps.found[f as usize] += 1;
                overlaps.both[t as usize * columns + f as usize] += 1;
            }
        }
        overlaps
    }

    pub(super) fn both(&self, truth: usize, found: usize) -> u64 {
        self.both[truth * self.found.len() + found]
    }

    /// True rooms, and found rooms, that have a cell.
    pub(super) fn rooms(&self) -> [usize; 2] {
        [&self.truth, &self.found].map(|areas| areas[1..].iter().filter(|&&area| area > 0).count())
    }

    /// Pairs of rooms with a cell in common, by numbers.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let columns = self.found.len();
        (1..self.truth.len())
            .flat_map(move |t| (1..columns).map(move |f| (t, f)))
            .filter(|&(t, f)| self.both(t, f) > 0)
    }

    /// Matches rooms one to one, those with most cells in common first; of equal ones the first true room, then the
    /// first found one.
    pub(super) fn largest_first(&self) -> Vec<(usize, usize)> {
        let mut pairs: Vec<_> = self.pairs().collect();
        pairs.sort_by_key(|&(t, f)| core::cmp::Reverse(self.both(t, f)));
        let (mut t_taken, mut f_taken) = (vec![false; self.truth.len()], vec![false; self.found.len()]);
        pairs.retain(|&(t, f)| {
            let free = !t_taken[t] && !f_taken[f];
            if free {
                (t_taken[t], f_taken[f]) = (true, true);
            }
            free
        });
        pairs
    }

    /// Matches rooms one to one so that the sum of their intersections over unions is largest.
    pub(super) fn best_assignment(&self) -> Vec<(usize, usize, f64)> {
        // 2³² stands for 1; integers, so that the assignment ends and is the same on every machine.
        let value = |t: usize, f: usize| {
            let both = self.both(t, f);
            i64::try_from((both << 32) / (self.truth[t] + self.found[f] - both).max(1)).unwrap_or(0)
        };
        let (rows, columns) = (self.truth.len() - 1, self.found.len() - 1);
        if rows.min(columns) == 0 {
            return Vec::new();
        }
        // No more rows than columns, as the algorithm asks for.
        let pairs: Vec<(usize, usize)> = if rows <= columns {
            let values = Matrix::from_fn(rows, columns, |(t, f)| value(t + 1, f + 1));
            kuhn_munkres(&values).1.into_iter().enumerate().collect()
        } else {
            let values = Matrix::from_fn(columns, rows, |(f, t)| value(t + 1, f + 1));
            kuhn_munkres(&values).1.into_iter().enumerate().map(|(f, t)| (t, f)).collect()
        };
        let iou = |t: usize, f: usize| {
            let both = self.both(t, f);
            real(both) / real(self.truth[t] + self.found[f] - both)
        };
        let matched = pairs.into_iter().map(|(t, f)| (t + 1, f + 1)).filter(|&(t, f)| self.both(t, f) > 0);
        matched.map(|(t, f)| (t, f, iou(t, f))).collect()
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of cells, at most 2^24 for each of a few thousand rooms"
)]
pub(super) const fn real(count: u64) -> f64 {
    count as f64
}
