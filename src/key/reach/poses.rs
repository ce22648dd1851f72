//! Where the robot gets to on the current map.
//!
//! Takes a home. Gives two sets of cells: the *reachable poses*, where the robot's middle can be, and the *coverage*,
//! what it sweeps from there. The footprint is a disc, so a pose is a cell and has no heading. All that is not known
//! to be free and all keep-outs are obstacles; redacted rooms are not, since the robot does drive there.

use alloc::vec::Vec;

use crate::grid::components::Components;
use crate::grid::fixed::squared_distance;
use crate::grid::{BitGrid, Cell, Fixed, RobotFrame, Shape, Span, narrow};
use crate::home::Home;
use crate::home::keep_out::cover_all;
use crate::key::reach::ties::{cell_taken, taken};
use crate::redact::{Redacted, RedactedCells, TINY};

/// Where the robot's middle can be, and what it sweeps from there.
pub(crate) struct Reach {
    /// The reachable poses: cells where the footprint touches no obstacle and that the robot reaches from the dock.
    pub(crate) poses: BitGrid,
    /// The coverage: cells under the footprint at some reachable pose.
    pub(crate) coverage: BitGrid,
}

impl Reach {
    /// That of a home whose floor is these rooms, without those that are redacted.
    ///
    /// # Complexity
    /// O(cells · radius).
    pub(crate) fn of_home(home: &Home, kept: &Redacted, redacted: &RedactedCells) -> Self {
        Self::of(home, &|cell| kept.labels[cell] != 0, &|cell| redacted.cells[cell])
    }

    /// Of the 4-connected pieces of standable cells, the reachable poses are the one nearest to the dock, by
    /// Euclidean distance to its nearest cell, among those with at least a twentieth of the standable cells on the
    /// home's floor, counted with or without the redacted rooms: the dock may be in one whose door is shut. Without a
    /// dock, or if no piece has a twentieth, all pieces count as equally near. Of equally near ones it is the one with
    /// most of the floor that is not redacted; what comes then is told in `ties`.
    ///
    /// `is_home` tells the floor of the home from other floor on the map: which that is has been decided before. Where
    /// the robot can stand nowhere on it, all floor counts.
    ///
    /// # Complexity
    /// O(cells · radius).
    pub(crate) fn of(
        home: &Home,
        is_home: &dyn Fn(usize) -> bool,
        is_redacted: &dyn Fn(usize) -> bool,
    ) -> Self {
        let (shape, disc) = (home.shape, home.disc());
        let mut clear = BitGrid::of(shape.width, &home.cells, |&cell| cell == Cell::Free);
        cover_all(&home.keep_outs, home.resolution_m, shape, |cell| {
            clear.take(cell);
        });
        let pieces = Components::of_sets(&[&clear.eroded(&disc)]);
        drop(clear);
        let mut floor = PiecesFloor { kept: vec![0; pieces.list.len()], whole: vec![0; pieces.list.len()] };
        for run in pieces.runs.iter().filter(|run| run.label == 1) {
            let piece = run.component as usize;
            for cell in run.cells(shape.width) {
                let is_home = is_home(cell);
                floor.kept[piece] += u32::from(is_home);
                floor.whole[piece] += u32::from(is_home || is_redacted(cell));
            }
        }
        if floor.kept.iter().all(|&floor| floor == 0) {
            floor.kept = standable_cells(&pieces);
        }
        let chosen = nearest_piece(&pieces, &floor, dock_place(home), shape, home.frame);
        let poses = pieces.cells_where(shape, &|piece| Some(piece) == chosen);
        let coverage = poses.dilated(&disc);
        Self { poses, coverage }
    }
}

/// How many cells of each piece are floor of the home.
pub(in crate::key) struct PiecesFloor {
    /// Without redacted rooms.
    pub(in crate::key) kept: Vec<u32>,
    /// With them.
    pub(in crate::key) whole: Vec<u32>,
}

/// The number of cells of each piece of label 1.
pub(in crate::key) fn standable_cells(pieces: &Components) -> Vec<u32> {
    pieces.list.iter().map(|piece| if piece.label == 1 { piece.area } else { 0 }).collect()
}

/// Of the pieces of label 1 the one nearest to a place, as [`Reach::of`] says.
pub(in crate::key) fn nearest_piece(
    pieces: &Components,
    floor: &PiecesFloor,
    place: Option<(Fixed, Fixed)>,
    shape: Shape,
    frame: RobotFrame,
) -> Option<u32> {
    let near = distances(pieces, floor, place);
    let least = near.iter().copied().min()?;
    // Where redacted rooms are all that is near, those count.
    let own = |piece: usize| match floor.kept[piece] {
        0 if least < i64::MAX => (0, floor.whole[piece]),
        kept => (kept, 0),
    };
    let is_near = |piece: usize| near[piece] == least;
    let most =
        (0..near.len()).filter(|&piece| is_near(piece)).map(own).max().filter(|&most| most != (0, 0))?;
    taken(pieces, |piece| is_near(piece as usize) && own(piece as usize) == most, shape, frame)
}

/// The squared distance of each piece to a place, the greatest for those with a tiny part of the home's floor, and the
/// same for all without a place.
fn distances(pieces: &Components, floor: &PiecesFloor, place: Option<(Fixed, Fixed)>) -> Vec<i64> {
    let mut near = vec![i64::MAX; pieces.list.len()];
    let Some(place) = place else { return near };
    let shares = [&floor.kept, &floor.whole].map(|counts| {
        let total: u64 = counts.iter().map(|&count| u64::from(count)).sum();
        move |piece: usize| counts[piece] > 0 && u64::from(counts[piece]) * TINY >= total
    });
    for run in pieces.runs.iter().filter(|run| run.label == 1) {
        let piece = run.component as usize;
        if shares.iter().any(|has_share| has_share(piece)) {
            near[piece] = near[piece].min(distance_to_run(place, run.span));
        }
    }
    near
}

/// The squared distance from a place to the middle of the nearest cell of a run.
fn distance_to_run(place: (Fixed, Fixed), run: Span) -> i64 {
    let column = nearest_column(place.0, run);
    squared_distance((Fixed::middle_of(column), Fixed::middle_of(run.y.into())), place)
}

/// The column of a run that is nearest to a place; of two the first.
fn nearest_column(x: Fixed, run: Span) -> i64 {
    // A place on a border is as near to the cell before it.
    Fixed(x.0 - 1).cell().clamp(run.start.into(), i64::from(run.end) - 1)
}

/// The dock, from the lower left corner of the crop.
pub(in crate::key) fn dock_place(home: &Home) -> Option<(Fixed, Fixed)> {
    let dock = home.dock?;
    Some((Fixed::from_cells(dock.x / home.resolution_m), Fixed::from_cells(dock.y / home.resolution_m)))
}

/// The cell of a set, given row by row, whose middle lies nearest to a place; ties go to the first.
pub(in crate::key) fn nearest(
    shape: Shape,
    runs: impl Iterator<Item = Span>,
    place: (Fixed, Fixed),
) -> Option<u32> {
    let run = runs.min_by_key(|&run| distance_to_run(place, run))?;
    shape.cell(nearest_column(place.0, run), run.y.into()).map(narrow)
}

/// As [`nearest`]; which of equally near ones it is, `ties` says.
pub(in crate::key) fn nearest_in_frame(
    cells: &BitGrid,
    place: (Fixed, Fixed),
    frame: RobotFrame,
) -> Option<u32> {
    let (mut least, mut alike) = (i64::MAX, Vec::new());
    cells.each(|cell| {
        let far = distance_to(cells.shape(), narrow(cell), place);
        if far < least {
            least = far;
            alike.clear();
        }
        if far == least {
            alike.push(narrow(cell));
        }
    });
    cell_taken(&alike, cells, frame)
}

fn distance_to(shape: Shape, cell: u32, place: (Fixed, Fixed)) -> i64 {
    let (x, y) = shape.place(cell);
    squared_distance((Fixed::middle_of(x), Fixed::middle_of(y)), place)
}
