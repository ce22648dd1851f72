//! Where the robot gets to on the current map.
//!
//! Takes a home. Gives two sets of cells: the *reachable poses*, where the robot's middle can be, and the *coverage*,
//! what it sweeps from there. The footprint is a disc, so a pose is a cell and has no heading. All that is not known
//! to be free and all keep-outs are obstacles; redacted rooms are not, since the robot does drive there.

use alloc::vec::Vec;

use crate::grid::components::{Component, Components, Run};
use crate::grid::fixed::squared_distance;
use crate::grid::standable::{standable, swept};
use crate::grid::{BitGrid, Cell, Fixed, RobotFrame, Shape, Span, narrow};
use crate::home::Home;
use crate::home::keep_out::cover_all;
use crate::key::reach::ties::{cell_taken, taken};
use crate::redact::{Redacted, TINY};

/// Where the robot's middle can be, and what it sweeps from there.
pub(crate) struct Reach {
    /// The reachable poses: cells where the footprint touches no obstacle and that the robot reaches from the dock.
    pub(crate) poses: BitGrid,
    /// The coverage: cells under the footprint at some reachable pose.
    pub(crate) coverage: BitGrid,
}

impl Reach {
    /// That of a home whose floor is these rooms.
    ///
    /// # Complexity
    /// O(cells · radius).
    pub(in crate::key) fn of_home(home: &Home, kept: &Redacted) -> Self {
        Self::of(home, &|cell| kept.labels[cell] != 0)
    }

    /// Of the 4-connected pieces of standable cells, the reachable poses are the one nearest to the dock, by
    /// Euclidean distance to its nearest cell, among those with at least a twentieth of the standable cells on the
    /// home's floor. Without a dock, or if no piece has a twentieth, all pieces count as equally near. Of equally near
    /// ones it is the one with most of that floor; what comes then is told in `ties`.
    ///
    /// `is_home` tells the floor of the home from other floor on the map: which that is has been decided before. Where
    /// the robot can stand nowhere on it, all floor counts.
    ///
    /// # Complexity
    /// O(cells · radius).
    pub(crate) fn of(home: &Home, is_home: &dyn Fn(usize) -> bool) -> Self {
        let mut clear: Vec<bool> = home.cells.iter().map(|&cell| cell == Cell::Free).collect();
        cover_all(&home.keep_outs, home.resolution_m, home.shape, |cell| clear[cell] = false);
        let disc = home.disc();
        let mut poses = standable(|cell| clear[cell], home.shape, &disc);
        drop(clear);
        let labels: Vec<u16> = poses.iter().map(|&poses| u16::from(poses)).collect();
        let pieces = Components::of(&labels, home.shape);
        drop(labels);
        let mut floor = vec![0_u32; pieces.list.len()];
        for run in pieces.runs.iter().filter(|run| run.label == 1) {
            let own = run.cells(home.shape.width).filter(|&cell| is_home(cell)).count();
            floor[run.component as usize] += narrow(own);
        }
        if floor.iter().all(|&floor| floor == 0) {
            let standable = |piece: &Component| if piece.label == 1 { piece.area } else { 0 };
            floor = pieces.list.iter().map(standable).collect();
        }
        let chosen = most_floor(home, &pieces, &floor);
        for run in pieces.runs.iter().filter(|run| run.label == 1 && Some(run.component) != chosen) {
            poses[run.cells(home.shape.width)].fill(false);
        }
        let coverage = swept(&poses, home.shape, &disc);
        let [poses, coverage] =
            [poses, coverage].map(|cells| BitGrid::of(home.shape.width, &cells, |&cell| cell));
        Self { poses, coverage }
    }
}

/// Of the pieces nearest to the dock the one with most of the home's floor; `floor` is what each has.
fn most_floor(home: &Home, pieces: &Components, floor: &[u32]) -> Option<u32> {
    let near = distances_to_dock(home, pieces, floor);
    let least = near.iter().copied().min()?;
    let own = |piece: usize| if near.get(piece) == Some(&least) { floor[piece] } else { 0 };
    let most = (0..floor.len()).map(own).max().filter(|&most| most > 0)?;
    taken(pieces, |piece| own(piece as usize) == most, home.shape, home.frame)
}

/// The squared distance of each piece to the dock, the greatest for those with a tiny part of the home's floor, and the
/// same for all without a dock.
fn distances_to_dock(home: &Home, pieces: &Components, floor: &[u32]) -> Vec<i64> {
    let mut near = vec![i64::MAX; pieces.list.len()];
    let Some(dock) = dock_place(home) else { return near };
    let total: u64 = floor.iter().map(|&floor| u64::from(floor)).sum();
    for run in pieces.runs.iter().filter(|run| run.label == 1) {
        let (piece, own) = (run.component as usize, u64::from(floor[run.component as usize]));
        if own > 0 && own * TINY >= total {
            near[piece] = near[piece].min(distance_to_run(dock, run));
        }
    }
    near
}

/// The squared distance from a place to the middle of the nearest cell of a run.
fn distance_to_run((x, y): (Fixed, Fixed), run: &Run) -> i64 {
    let Span { y: row, start, end } = run.span;
    // A place on a border is as near to the cell before it.
    let column = Fixed(x.0 - 1).cell().clamp(start.into(), i64::from(end) - 1);
    squared_distance((Fixed::middle_of(column), Fixed::middle_of(row.into())), (x, y))
}

/// The largest piece of label 1.
pub(in crate::key) fn largest(pieces: &Components, shape: Shape, frame: RobotFrame) -> Option<u32> {
    let own = |piece: u32| pieces.list.get(piece as usize).filter(|piece| piece.label == 1);
    let most = (0..narrow(pieces.list.len())).filter_map(own).map(|piece| piece.area).max()?;
    taken(pieces, |piece| own(piece).is_some_and(|piece| piece.area == most), shape, frame)
}

/// The dock, from the lower left corner of the crop.
pub(in crate::key) fn dock_place(home: &Home) -> Option<(Fixed, Fixed)> {
    let dock = home.dock?;
    Some((Fixed::from_cells(dock.x / home.resolution_m), Fixed::from_cells(dock.y / home.resolution_m)))
}

/// The cell of a set whose middle lies nearest to a place; ties go to the first.
pub(in crate::key) fn nearest(
    shape: Shape,
    cells: impl Iterator<Item = u32>,
    place: (Fixed, Fixed),
) -> Option<u32> {
    cells.min_by_key(|&cell| (distance_to(shape, cell, place), cell))
}

/// As [`nearest`]; which of equally near ones it is, `ties` says.
pub(in crate::key) fn nearest_in_frame(
    shape: Shape,
    cells: &[u32],
    place: (Fixed, Fixed),
    frame: RobotFrame,
) -> Option<u32> {
    let least = cells.iter().map(|&cell| distance_to(shape, cell, place)).min()?;
    let alike: Vec<u32> =
        cells.iter().copied().filter(|&cell| distance_to(shape, cell, place) == least).collect();
    cell_taken(&alike, cells, shape, frame)
}

fn distance_to(shape: Shape, cell: u32, place: (Fixed, Fixed)) -> i64 {
    let (x, y) = shape.place(cell);
    squared_distance((Fixed::middle_of(x), Fixed::middle_of(y)), place)
}
