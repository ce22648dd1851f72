//! Where the robot gets to on the current map.

use crate::grid::Cell;
use crate::grid::components::{Components, Run};
use crate::grid::standable::{standable, swept};
use crate::home::Home;
use crate::home::keep_out::cover_all;
use crate::key::lattice::{Lattice, narrow};

/// A piece of standable floor this many times smaller than all of it is not what the dock stands on: a robot
/// charging in a niche is mapped with a few standable cells about it that touch nothing else.
const TINY: u64 = 20;

/// Parts of a cell that positions are rounded to before they decide anything.
pub(in crate::key) const FINE: i64 = 256;

/// Where the robot's middle can be, and what it sweeps from there.
pub(crate) struct Reach {
    /// The reachable poses: cells where the footprint stands clear of everything and that the robot reaches from the dock.
    pub(crate) poses: Vec<bool>,
    /// The coverage: cells under the footprint at some reachable pose.
    pub(crate) coverage: Vec<bool>,
}

impl Reach {
    /// C and S of a home. All that is not known to be free and all keep-outs are obstacles. The way may lead
    /// through redacted rooms: the robot does drive there.
    ///
    /// Of the 4-connected pieces of standable floor C is the one nearest to the dock, by Euclidean distance
    /// to its nearest cell (ties: the lowest cell), among those that hold at least a twentieth of all
    /// standable cells. Without a dock, or when the floor is in so many pieces that none holds a twentieth,
    /// it is the largest (ties: the one with the lowest cell).
    ///
    /// # Complexity
    /// O(cells · radius).
    pub(crate) fn of(home: &Home) -> Self {
        let (width, height) = (home.width, home.height);
        let mut floor: Vec<bool> = home.cells.iter().map(|&cell| cell == Cell::Free).collect();
        cover_all(&home.keep_outs, home.resolution_m, width, height, |cell| floor[cell] = false);
        let disc = home.disc();
        let mut poses = standable(|cell| floor[cell], width, height, &disc);
        drop(floor);
        let labels: Vec<u16> = poses.iter().map(|&poses| u16::from(poses)).collect();
        let pieces = Components::of(&labels, width);
        drop(labels);
        let chosen = dock_piece(home, &pieces).or_else(|| largest(&pieces));
        for run in pieces.runs.iter().filter(|run| run.label == 1 && Some(run.component) != chosen) {
            poses[run.cells(width)].fill(false);
        }
        let coverage = swept(&poses, width, height, &disc);
        Self { poses, coverage }
    }
}

/// The piece that the dock stands on.
fn dock_piece(home: &Home, pieces: &Components) -> Option<u32> {
    let dock = dock_place(home)?;
    let total: u64 =
        pieces.list.iter().filter(|piece| piece.label == 1).map(|piece| u64::from(piece.area)).sum();
    let mut best: Option<(i64, u32)> = None;
    for run in pieces.runs.iter().filter(|run| run.label == 1) {
        if u64::from(pieces.list[run.component as usize].area) * TINY < total {
            continue;
        }
        let far = distance_to_run(dock, run);
        if best.is_none_or(|(least, _)| far < least) {
            best = Some((far, run.component));
        }
    }
    best.map(|(_, piece)| piece)
}

/// The squared distance from a place to the nearest cell of a run, in squared [`FINE`] parts of a cell.
fn distance_to_run((x, y): (i64, i64), run: &Run) -> i64 {
    let column = (x - 1).div_euclid(FINE).clamp(i64::from(run.start), i64::from(run.end) - 1);
    let (dx, dy) = (column * FINE + FINE / 2 - x, i64::from(run.y) * FINE + FINE / 2 - y);
    dx * dx + dy * dy
}

fn largest(pieces: &Components) -> Option<u32> {
    let mut best: Option<(u32, u32)> = None;
    for (number, piece) in (0..).zip(&pieces.list).filter(|(_, piece)| piece.label == 1) {
        if best.is_none_or(|(most, _)| piece.area > most) {
            best = Some((piece.area, number));
        }
    }
    best.map(|(_, number)| number)
}

/// The dock in [`FINE`] parts of a cell from the lower left corner of the crop.
pub(in crate::key) fn dock_place(home: &Home) -> Option<(i64, i64)> {
    let dock = home.dock?;
    Some((fine(dock.x / home.resolution_m), fine(dock.y / home.resolution_m)))
}

/// A coordinate in cells, rounded to [`FINE`] parts and held within a million cells of the origin.
#[expect(clippy::cast_possible_truncation, reason = "clamped before the cast; what is no number becomes 0")]
pub(in crate::key) fn fine(cells: f64) -> i64 {
    (cells * 256.0).round().clamp(-268_435_456.0, 268_435_456.0) as i64
}

/// The cell of a set that lies nearest to a place in [`FINE`] parts of a cell; ties go to the first.
pub(in crate::key) fn nearest(lattice: Lattice, cells: &[u32], (x, y): (i64, i64)) -> Option<u32> {
    cells.iter().copied().min_by_key(|&cell| {
        let (cx, cy) = lattice.place(cell);
        let (dx, dy) = (cx * FINE + FINE / 2 - x, cy * FINE + FINE / 2 - y);
        (dx * dx + dy * dy, cell)
    })
}

/// The lattice of a home's crop.
pub(in crate::key) const fn lattice(home: &Home) -> Lattice {
    debug_assert!(narrow(home.width) > 0);
    Lattice { width: home.width, height: home.height }
}
