//! The figures.

use super::overlap::{Overlaps, real};
use crate::grid::OccupancyGrid;
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

/// What [`score`] measures, which has an example. Each share is at most 1, and 0 where there is nothing to measure.
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
    /// Mean over the true rooms of the share that the best found room covers. True rooms without a cell in the mask
    /// are left out.
    pub recall: f64,
    /// Mean over the found rooms of the share that lies in the best true room. Found rooms without a cell in
    /// the mask are left out.
    pub precision: f64,
    /// Mean over the matches and the rooms left over of the Matthews correlation coefficient, in the cells of the mask.
    pub mcc: f64,
    /// Mean one-to-one intersection over union over the true rooms.
    pub iou: f64,
    /// The matches of [`iou`](Self::iou), the best first.
    pub matches: Vec<RoomMatch>,
    /// Number of true and of found rooms that have a cell in the grid.
    pub rooms: [usize; 2],
    /// Parts of true rooms beyond the first of each.
    pub splits: usize,
    /// True rooms merged in a found one beyond the first of each.
    pub merges: usize,
}

impl Score {
    /// Whether as many rooms were found as there are.
    #[must_use]
    pub const fn is_exact_count(&self) -> bool {
        self.rooms[0] == self.rooms[1]
    }
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
/// O(cells + rooms³) time, 8 bytes a cell.
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
    let (true_rooms, found_rooms) = (1..=truth.len(), 1..=found.len());
    let share = |best: Option<u64>, area: u64| real(best.unwrap_or(0)) / real(area);
    let recalls = true_rooms
        .clone()
        .filter(|&t| masked.truth[t] > 0)
        .map(|t| share(found_rooms.clone().map(|f| masked.both(t, f)).max(), masked.truth[t]));
    let precisions = found_rooms
        .clone()
        .filter(|&f| masked.found[f] > 0)
        .map(|f| share(true_rooms.clone().map(|t| masked.both(t, f)).max(), masked.found[f]));
    // How many are mostly in one room, beyond the first.
    let beyond = |count: usize| count.saturating_sub(1);
    let parts_of = |t: usize| {
        found_rooms.clone().filter(|&f| all.both(t, f) > 0 && 2 * all.both(t, f) >= all.found[f]).count()
    };
    let merged_in = |f: usize| {
        true_rooms.clone().filter(|&t| all.both(t, f) > 0 && 2 * all.both(t, f) >= all.truth[t]).count()
    };
    let mut pairs = all.best_assignment();
    pairs.sort_by(|a, b| b.2.total_cmp(&a.2));
    let rooms = all.rooms();
    Score {
        recall: mean(recalls),
        precision: mean(precisions),
        mcc: mcc(&masked),
        iou: if rooms[0] == 0 {
            0.0
        } else {
            pairs.iter().map(|pair| pair.2).sum::<f64>() / real(rooms[0] as u64)
        },
        matches: pairs
            .into_iter()
            .map(|(t, f, iou)| RoomMatch { truth: truth[t - 1].id, found: found[f - 1].id, iou })
            .collect(),
        rooms,
        splits: true_rooms.clone().map(|t| beyond(parts_of(t))).sum(),
        merges: found_rooms.clone().map(|f| beyond(merged_in(f))).sum(),
    }
}

/// The mean over the matches of their Matthews correlation coefficients, 0 for each room left over.
fn mcc(cells: &Overlaps) -> f64 {
    let matches = cells.largest_first();
    let left_over = cells.rooms().iter().map(|rooms| rooms - matches.len()).sum();
    let coefficients = matches.into_iter().map(|(t, f)| {
        let (both, truth, found) = (cells.both(t, f), cells.truth[t], cells.found[f]);
        let table = [both, found - both, truth - both, cells.cells - (truth + found - both)];
        let [tp, fp, missed, tn] = table.map(real);
        let spread = ((tp + fp) * (tp + missed) * (tn + fp) * (tn + missed)).sqrt();
        if spread > 0.0 {
            (tp * tn - fp * missed) / spread
        } else {
            // A room that is all of the mask: 1 where it was found whole.
            f64::from(u8::from(fp + missed == 0.0))
        }
    });
    mean(coefficients.chain(core::iter::repeat_n(0.0, left_over)))
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0_u32);
    for value in values {
        sum += value;
        count += 1;
    }
    if count == 0 { 0.0 } else { sum / f64::from(count) }
}
