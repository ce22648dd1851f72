//! Where the robot gets to on the current map.
//!
//! Takes a home. Gives two sets of cells: the *reachable poses*, where the robot's middle can be, and the *coverage*,
//! what it sweeps from there. The footprint is a disc, so a pose is a cell and has no heading. All that is not known
//! to be free and all keep-outs are obstacles; redacted rooms are not, since the robot does drive there.

use core::cmp::Reverse;

use crate::grid::components::{Component, Components, Run};
use crate::grid::fixed::squared_distance;
use crate::grid::standable::{standable, swept};
use crate::grid::{Cell, Fixed, Shape, Span, narrow};
use crate::home::Home;
use crate::home::keep_out::cover_all;

/// A piece of standable cells this many times smaller than all of them is not where the dock is: a robot charging in
/// a niche is mapped with a few standable cells around it that touch nothing else.
const TINY: u64 = 20;

/// Where the robot's middle can be, and what it sweeps from there.
pub(crate) struct Reach {
    /// The reachable poses: cells where the footprint touches no obstacle and that the robot reaches from the dock.
    pub(crate) poses: Vec<bool>,
    /// The coverage: cells under the footprint at some reachable pose.
    pub(crate) coverage: Vec<bool>,
}

impl Reach {
    /// Of the 4-connected pieces of standable cells, the reachable poses are the one nearest to the dock, by
    /// Euclidean distance to its nearest cell (ties: the lowest cell), among those with at least a twentieth of the
    /// standable cells on the home's floor. Without a dock, or if no piece has a twentieth, they are the piece with
    /// most of that floor (ties: the one with the lowest cell).
    ///
    /// `is_home` tells the floor of the home from other floor on the map: which that is has been decided before. Where
    /// the robot can stand nowhere on it, all floor counts.
    ///
    /// # Complexity
    /// O(cells · radius).
    pub(crate) fn of(home: &Home, is_home: impl Fn(usize) -> bool) -> Self {
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
        let most = (0..).zip(&floor).max_by_key(|&(number, &floor)| (floor, Reverse(number)));
        let most = most.filter(|(_, floor)| **floor > 0).map(|(number, _)| number);
        let chosen = dock_piece(home, &pieces, &floor).or(most);
        for run in pieces.runs.iter().filter(|run| run.label == 1 && Some(run.component) != chosen) {
            poses[run.cells(home.shape.width)].fill(false);
        }
        let coverage = swept(&poses, home.shape, &disc);
        Self { poses, coverage }
    }
}

/// The piece nearest to the dock that has no tiny part of the home's floor; `floor` is what each has.
fn dock_piece(home: &Home, pieces: &Components, floor: &[u32]) -> Option<u32> {
    let dock = dock_place(home)?;
    let total: u64 = floor.iter().map(|&floor| u64::from(floor)).sum();
    let mut best: Option<(i64, u32)> = None;
    for run in pieces.runs.iter().filter(|run| run.label == 1) {
        let own = u64::from(floor[run.component as usize]);
        if own == 0 || own * TINY < total {
            continue;
        }
        let far = distance_to_run(dock, run);
        if best.is_none_or(|(least, _)| far < least) {
            best = Some((far, run.component));
        }
    }
    best.map(|(_, piece)| piece)
}

/// The squared distance from a place to the middle of the nearest cell of a run.
fn distance_to_run((x, y): (Fixed, Fixed), run: &Run) -> i64 {
    let Span { y: row, start, end } = run.span;
    // A place on a border is as near to the cell before it.
    let column = Fixed(x.0 - 1).cell().clamp(start.into(), i64::from(end) - 1);
    squared_distance((Fixed::middle_of(column), Fixed::middle_of(row.into())), (x, y))
}

/// The largest piece of label 1; ties go to the one found first.
pub(in crate::key) fn largest(pieces: &Components) -> Option<u32> {
    let own = (0..).zip(&pieces.list).filter(|(_, piece)| piece.label == 1);
    own.max_by_key(|&(number, piece)| (piece.area, Reverse(number))).map(|(number, _)| number)
}

/// The dock, from the lower left corner of the crop.
pub(in crate::key) fn dock_place(home: &Home) -> Option<(Fixed, Fixed)> {
    let dock = home.dock?;
    Some((Fixed::from_cells(dock.x / home.resolution_m), Fixed::from_cells(dock.y / home.resolution_m)))
}

/// The cell of a set whose middle lies nearest to a place; ties go to the first.
pub(in crate::key) fn nearest(shape: Shape, cells: &[u32], place: (Fixed, Fixed)) -> Option<u32> {
    cells.iter().copied().min_by_key(|&cell| {
        let (x, y) = shape.place(cell);
        (squared_distance((Fixed::middle_of(x), Fixed::middle_of(y)), place), cell)
    })
}
