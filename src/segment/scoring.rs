//! How well rooms that were found agree with rooms that are known.
//!
//! Four figures are in use, and papers differ in the pixels they count, which moves recall; so the mask is
//! always named.
//!
//! * **recall and precision** (Bormann, Jordan, Li, Hampp & Hägele 2016, ICRA): for each true room the
//!   largest overlap with a found one over the true room's area, averaged over the true rooms; and for each
//!   found room the largest overlap with a true one over the found room's area, averaged over the found. Too
//!   few rooms cost precision, too many cost recall.
//! * **MCC** (Mielle, Magnusson & Lilienthal 2018, ICRA, the measure of MAORIS): true and found rooms are
//!   matched one to one, largest overlap first; the pixels of all matches, and of the rooms that are left
//!   over, make one table of true and false positives and negatives, and its Matthews correlation coefficient
//!   is the score: 1 where all agree, 0 where chance would do as well.
//! * **one-to-one intersection over union**: rooms are matched one to one, largest value first; the mean of
//!   it over the true rooms, 0 for one without a match. The strictest of the four: a wrong cut costs half a
//!   room. It counts all cells, whatever the mask.
//!
//! Robots cut open floors along straight lines that no wall shows. [`join_wide`] makes one room of rooms that
//! meet over more than a given width, so that a segmenter is asked only for what can be seen.
//!
//! Robots also label what their laser saw through a window. Nobody calls that a room; [`walled_share`] tells it
//! by its outline.

use crate::grid::{Cell, DisjointSets, OccupancyGrid, Span, narrow};
use crate::home::{Room, RoomId};

/// Which cells recall, precision and MCC count.
///
/// ```
/// use homeveil::grid::{OccupancyGrid, Span};
/// use homeveil::home::{Room, RoomId};
/// use homeveil::segment::scoring::{Mask, score};
/// let grid = OccupancyGrid::from_drawing(0.1, "......")?;
/// let room = |len| [Room::new(RoomId::new(1), None, vec![Span::new(0, 0, len).unwrap()])];
/// // Three of the six cells of the room were found.
/// assert_eq!(score(&grid, &room(6), &room(3), Mask::Truth).recall, 0.5);
/// assert_eq!(score(&grid, &room(6), &room(3), Mask::Both).recall, 1.0);
/// # Ok::<(), homeveil::grid::GridError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mask {
    /// The cells of the true rooms.
    Truth,
    /// The cells that are in a true room and in a found one.
    Both,
}

/// What [`score`] measures, which has an example. Each figure is at most 1, and 0 where there is nothing to measure.
///
/// ```
/// use homeveil::grid::OccupancyGrid;
/// use homeveil::segment::scoring::{Mask, Score, score};
/// let nothing: Score = score(&OccupancyGrid::from_drawing(0.1, "...")?, &[], &[], Mask::Truth);
/// assert_eq!((nothing.iou, nothing.matches.len()), (0.0, 0));
/// # Ok::<(), homeveil::grid::GridError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Score {
    /// Mean over the true rooms of the share that the best found room covers.
    pub recall: f64,
    /// Mean over the found rooms of the share that lies in the best true room. Found rooms without a cell in
    /// the mask are left out.
    pub precision: f64,
    /// Matthews correlation coefficient over all cells of the mask.
    pub mcc: f64,
    /// Mean one-to-one intersection over union over the true rooms.
    pub iou: f64,
    /// The matches of [`iou`](Self::iou), the best first.
    pub matches: Vec<RoomMatch>,
}

/// A true room and the room found for it.
///
/// ```
/// use homeveil::grid::{OccupancyGrid, Span};
/// use homeveil::home::{Room, RoomId};
/// use homeveil::segment::scoring::{Mask, RoomMatch, score};
/// let grid = OccupancyGrid::from_drawing(0.1, "......")?;
/// let room = |id, len| [Room::new(RoomId::new(id), None, vec![Span::new(0, 0, len).unwrap()])];
/// let matches = score(&grid, &room(1, 6), &room(7, 3), Mask::Truth).matches;
/// assert_eq!(matches, [RoomMatch { truth: RoomId::new(1), found: RoomId::new(7), iou: 0.5 }]);
/// # Ok::<(), homeveil::grid::GridError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoomMatch {
    /// The true room.
    pub truth: RoomId,
    /// The room found.
    pub found: RoomId,
    /// Their intersection over their union.
    pub iou: f64,
}

/// Compares found rooms with true ones.
///
/// Cells outside the grid are passed over; a cell in two rooms counts for the later one.
///
/// # Complexity
/// O(cells + true rooms · found rooms) time, 8 bytes a cell.
///
/// ```
/// use homeveil::grid::OccupancyGrid;
/// use homeveil::home::{Room, RoomId};
/// use homeveil::grid::Span;
/// use homeveil::segment::scoring::{Mask, score};
/// let grid = OccupancyGrid::from_drawing(0.1, "......")?;
/// let room = |id, x, len| Room::new(RoomId::new(id), None, vec![Span::new(x, 0, len).unwrap()]);
/// let score = score(&grid, &[room(1, 0, 3), room(2, 3, 3)], &[room(1, 0, 6)], Mask::Truth);
/// assert_eq!((score.recall, score.precision, score.iou), (1.0, 0.5, 0.25));
/// # Ok::<(), homeveil::grid::GridError>(())
/// ```
#[must_use]
pub fn score(grid: &OccupancyGrid, truth: &[Room], found: &[Room], mask: Mask) -> Score {
    let all = Overlaps::count(grid, truth, found, |_, _| true);
    let masked = Overlaps::count(grid, truth, found, |t, f| t != 0 && (mask == Mask::Truth || f != 0));

    let mut pairs = all.one_to_one(|both, t, f| both / (t + f - both));
    pairs.retain(|&(_, _, iou)| iou > 0.0);
    let share = |best: u64, area: u64| real(best) / real(area);
    let recalls = (1..=truth.len())
        .filter(|&t| masked.truth[t] > 0)
        .map(|t| share((1..=found.len()).map(|f| masked.both(t, f)).max().unwrap_or(0), masked.truth[t]));
    let precisions = (1..=found.len())
        .filter(|&f| masked.found[f] > 0)
        .map(|f| share((1..=truth.len()).map(|t| masked.both(t, f)).max().unwrap_or(0), masked.found[f]));
    let known = all.truth[1..].iter().filter(|&&area| area > 0).count() as u64;
    Score {
        recall: mean(recalls),
        precision: mean(precisions),
        mcc: masked.mcc(),
        iou: if known == 0 { 0.0 } else { pairs.iter().map(|pair| pair.2).sum::<f64>() / real(known) },
        matches: pairs
            .into_iter()
            .map(|(t, f, iou)| RoomMatch { truth: truth[t - 1].id, found: found[f - 1].id, iou })
            .collect(),
    }
}

/// Makes one room of rooms that meet over more than `over_m` metres; it has the id and kind of the first of them.
///
/// The length of a border is √(h² + v²), with h and v the number of cell edges of either direction along it:
/// exact for a straight line along the grid or at 45° to it, and within 8 % for others.
///
/// # Complexity
/// O(cells + rooms²) time, 4 bytes a cell.
#[must_use]
pub fn join_wide(grid: &OccupancyGrid, rooms: &[Room], over_m: f64) -> Vec<Room> {
    let width = grid.width() as usize;
    let labels = paint(grid, rooms);
    let side = rooms.len() + 1;
    let mut edges = vec![[0.0_f64; 2]; side * side];
    for (cell, &own) in labels.iter().enumerate() {
        let right = (cell % width + 1 < width).then_some(cell + 1);
        for (direction, next) in [right, Some(cell + width)].into_iter().enumerate() {
            let other = next.and_then(|next| labels.get(next)).copied().unwrap_or(0);
            if own != 0 && other != 0 && own != other {
                edges[own.min(other) as usize * side + own.max(other) as usize][direction] += 1.0;
            }
        }
    }
    let mut joined = DisjointSets::new(narrow(side));
    for a in 1..side {
        for b in a + 1..side {
            let [h, v] = edges[a * side + b];
            if (h * h + v * v).sqrt() * grid.resolution_m() > over_m {
                joined.union(narrow(a), narrow(b));
            }
        }
    }
    let mut runs: Vec<Vec<Span>> = vec![Vec::new(); side];
    for (number, room) in (1..).zip(rooms) {
        runs[joined.find(number) as usize].extend(&room.runs);
    }
    (1..side)
        .filter(|&room| joined.is_root(narrow(room)))
        .map(|room| Room::new(rooms[room - 1].id, rooms[room - 1].kind, core::mem::take(&mut runs[room])))
        .collect()
}

/// The share of a room's outline that has an occupied cell at most `depth_m` metres behind it, of 1; 0 for a
/// room without an outline. Where the floor goes on into another room is no outline.
///
/// # Complexity
/// O(cells + edges of the outline · depth) time, 4 bytes a cell.
#[must_use]
pub fn walled_share(grid: &OccupancyGrid, room: &Room, depth_m: f64) -> f64 {
    let labels = paint(grid, core::slice::from_ref(room));
    let width = grid.width() as usize;
    let (mut walls, mut gaps) = (0, 0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
    let depth = (depth_m / grid.resolution_m()).round() as usize;
    for cell in (0..labels.len()).filter(|&cell| labels[cell] != 0) {
        let (x, y) = (cell % width, cell / width);
        // Steps to the left, right, below and above, and the cells that lie there.
        let sides = [
            (1, x, true),
            (1, width - 1 - x, false),
            (width, y, true),
            (width, labels.len() / width - 1 - y, false),
        ];
        for (step, room_for, back) in sides {
            let beyond = (1..=depth.min(room_for))
                .map(|steps| grid.cells()[if back { cell - steps * step } else { cell + steps * step }]);
            let mut beyond = beyond.peekable();
            if beyond.peek() == Some(&Cell::Free) {
                continue;
            }
            if beyond.take_while(|&next| next != Cell::Free).any(|next| next == Cell::Occupied) {
                walls += 1;
            } else {
                gaps += 1;
            }
        }
    }
    if walls + gaps == 0 { 0.0 } else { real(walls) / real(walls + gaps) }
}

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
#[derive(Debug)]
struct Overlaps {
    truth: Vec<u64>,
    found: Vec<u64>,
    both: Vec<u64>,
    cells: u64,
}

impl Overlaps {
    fn count(
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

    fn both(&self, truth: usize, found: usize) -> u64 {
        self.both[truth * self.found.len() + found]
    }

    /// Matches rooms one to one, the pair with the largest value first; equal ones in the order of the rooms.
    /// The value is that of common, true and found area.
    fn one_to_one(&self, value: impl Fn(f64, f64, f64) -> f64) -> Vec<(usize, usize, f64)> {
        let mut pairs = Vec::new();
        for t in 1..self.truth.len() {
            for f in 1..self.found.len() {
                if self.both(t, f) > 0 {
                    pairs.push((
                        t,
                        f,
                        value(real(self.both(t, f)), real(self.truth[t]), real(self.found[f])),
                    ));
                }
            }
        }
        pairs.sort_by(|a, b| b.2.total_cmp(&a.2));
        let (mut t_taken, mut f_taken) = (vec![false; self.truth.len()], vec![false; self.found.len()]);
        pairs.retain(|&(t, f, _)| {
            let free = !t_taken[t] && !f_taken[f];
            if free {
                (t_taken[t], f_taken[f]) = (true, true);
            }
            free
        });
        pairs
    }

    fn mcc(&self) -> f64 {
        let matches = self.one_to_one(|both, _, _| both);
        let (mut t_left, mut f_left) = (self.truth.clone(), self.found.clone());
        // True positives, false positives, false negatives, true negatives.
        let mut table = [0.0_f64; 4];
        let mut add = |both: u64, truth: u64, found: u64| {
            let entries = [both, found - both, truth - both, self.cells - (truth + found - both)];
            table.iter_mut().zip(entries).for_each(|(sum, entry)| *sum += real(entry));
        };
        for &(t, f, _) in &matches {
            add(self.both(t, f), self.truth[t], self.found[f]);
            (t_left[t], f_left[f]) = (0, 0);
        }
        t_left[1..].iter().filter(|&&area| area > 0).for_each(|&area| add(0, area, 0));
        f_left[1..].iter().filter(|&&area| area > 0).for_each(|&area| add(0, 0, area));
        let [tp, fp, fneg, tn] = table;
        let spread = ((tp + fp) * (tp + fneg) * (tn + fp) * (tn + fneg)).sqrt();
        if spread > 0.0 {
            (tp * tn - fp * fneg) / spread
        } else if tp > 0.0 && fp + fneg == 0.0 {
            // One room, found whole.
            1.0
        } else {
            0.0
        }
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0_u32);
    for value in values {
        sum += value;
        count += 1;
    }
    if count == 0 { 0.0 } else { sum / f64::from(count) }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of cells, at most 2^24 for each of a few thousand rooms"
)]
const fn real(count: u64) -> f64 {
    count as f64
}
