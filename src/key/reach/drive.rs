//! Where the robot may drive: the reachable poses, the redacted cells, and the owner's overlay.
//!
//! The overlay is what the owner bars on top of the map: cells that no footprint may cover and no task clean.
//! While it is empty nothing is computed for it. Otherwise the poses whose footprint touches it are dropped, and
//! of the rest the piece at the dock is kept. What the robot sweeps from there can be cleaned today.

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::blob::{BlobError, Reader, Writer, check};
use crate::grid::components::Components;
use crate::grid::standable::{disc_rows, swept};
use crate::grid::{BitGrid, NO_CELL, Shape, narrow};
use crate::home::{Home, MAX_RADIUS_M, MIN_RADIUS_M};
use crate::key::reach::poses::{Reach, dock_place, nearest};
use crate::key::storage::bits::{read_cells, write_cells};
use crate::redact::RedactedCells;

/// Where the robot may drive.
#[derive(Clone, PartialEq, Zeroize, ZeroizeOnDrop)]
pub(in crate::key) struct Drive {
    /// The reachable poses.
    poses: BitGrid,
    pub(in crate::key) redacted: BitGrid,
    /// What the owner's overlay covers.
    pub(in crate::key) barred: BitGrid,
    radius_m: f64,
    /// The reachable pose nearest to the dock, or [`NO_CELL`].
    dock: u32,
    /// What the overlay leaves of the reachable poses and of the coverage, while there is an overlay.
    today: Option<[BitGrid; 2]>,
    closed: bool,
}

impl Drive {
    pub(in crate::key) fn of(home: &Home, reach: &Reach, redacted: &RedactedCells) -> Self {
        let shape = home.shape;
        let poses: Vec<u32> = (0..narrow(shape.len())).filter(|&cell| reach.poses[cell as usize]).collect();
        let dock = dock_place(home).and_then(|dock| nearest(shape, &poses, dock));
        Self {
            poses: BitGrid::of(shape.width, &reach.poses, |&pose| pose),
            redacted: BitGrid::of(shape.width, &redacted.cells, |&cell| cell),
            barred: BitGrid::none(shape),
            radius_m: home.footprint.radius_m(),
            dock: dock.unwrap_or(NO_CELL),
            today: None,
            closed: false,
        }
    }

    /// The robot may be nowhere.
    pub(in crate::key) fn nowhere() -> Self {
        Self {
            radius_m: MIN_RADIUS_M,
            dock: NO_CELL,
            poses: BitGrid::default(),
            redacted: BitGrid::default(),
            barred: BitGrid::default(),
            today: None,
            closed: false,
        }
    }

    /// The robot's middle may be at this cell.
    pub(in crate::key) fn is_open(&self, cell: usize) -> bool {
        self.open().has(cell)
    }

    fn open(&self) -> &BitGrid {
        self.today.as_ref().map_or(&self.poses, |[open, _]| open)
    }

    /// Calls `visit` with every cell where the robot's middle may be, in order; redacted rooms may count as
    /// walls.
    pub(in crate::key) fn each_open(&self, through_redacted: bool, visit: impl FnMut(usize)) {
        if through_redacted { self.open().each(visit) } else { self.open().each_but(&self.redacted, visit) }
    }

    /// Calls `visit` with every reachable pose, in order, overlay or not.
    pub(in crate::key) fn each_pose(&self, visit: impl FnMut(usize)) {
        self.poses.each(visit);
    }

    /// The cell is a reachable pose, overlay or not.
    pub(in crate::key) fn is_pose(&self, cell: usize) -> bool {
        self.poses.has(cell)
    }

    /// The overlay leaves this cell of the coverage to be cleaned.
    pub(in crate::key) fn is_cleanable(&self, cell: usize) -> bool {
        self.today.as_ref().is_none_or(|today| today[1].has(cell))
    }

    /// The overlay takes something away.
    pub(in crate::key) const fn is_overlaid(&self) -> bool {
        self.today.is_some()
    }

    /// Bars cells in place of those barred before.
    ///
    /// # Complexity
    /// O(cells · radius) if there are any.
    pub(in crate::key) fn bar(&mut self, shape: Shape, resolution_m: f64, barred: &[bool]) {
        self.barred = BitGrid::of(shape.width, barred, |&cell| cell);
        self.today = None;
        if self.closed {
            self.close();
            return;
        }
        if self.barred.is_empty() {
            return;
        }
        let disc = disc_rows(self.radius_m / resolution_m);
        let near = swept(barred, shape, &disc);
        let labels: Vec<u16> =
            (0..shape.len()).map(|cell| u16::from(self.poses.has(cell) && !near[cell])).collect();
        let pieces = Components::of(&labels, shape);
        let docked = |run: &&crate::grid::components::Run| {
            run.label == 1 && run.cells(shape.width).contains(&(self.dock as usize))
        };
        // Where the overlay covers the dock itself, or there is none, the largest piece counts.
        let chosen = pieces.runs.iter().find(docked).map(|run| run.component).or_else(|| {
            let free = (0..).zip(&pieces.list).filter(|(_, piece)| piece.label == 1);
            free.max_by_key(|(number, piece)| (piece.area, core::cmp::Reverse(*number)))
                .map(|(number, _)| number)
        });
        let mut open = vec![false; shape.len()];
        for run in pieces.runs.iter().filter(|run| run.label == 1 && Some(run.component) == chosen) {
            open[run.cells(shape.width)].fill(true);
        }
        let clean: Vec<bool> =
            swept(&open, shape, &disc).iter().zip(barred).map(|(&swept, &barred)| swept && !barred).collect();
        self.today = Some([&open, &clean].map(|cells| BitGrid::of(shape.width, cells, |&cell| cell)));
    }

    /// Bars everything until it is opened again.
    pub(in crate::key) fn close(&mut self) {
        self.closed = true;
        self.today = Some([BitGrid::default(), BitGrid::default()]);
    }

    /// Bars nothing.
    pub(in crate::key) fn unbar(&mut self, shape: Shape) {
        self.closed = false;
        self.barred = BitGrid::none(shape);
        self.today = None;
    }

    pub(in crate::key) fn write(&self, out: &mut Writer<'_>) {
        out.f64(self.radius_m);
        out.u32(self.dock);
        for cells in [&self.poses, &self.redacted, &self.barred] {
            write_cells(cells, out);
        }
    }

    pub(in crate::key) fn read(
        from: &mut Reader<'_>,
        shape: Shape,
        resolution_m: f64,
    ) -> Result<Self, BlobError> {
        let (radius_m, dock) = (from.f64()?, from.u32()?);
        check((MIN_RADIUS_M..=MAX_RADIUS_M).contains(&radius_m))?;
        let mut set = || read_cells(from, shape);
        let (poses, redacted, barred) = (set()?, set()?, set()?);
        check(dock == NO_CELL || poses.has(dock as usize))?;
        let mut drive = Self { poses, redacted, barred, radius_m, dock, today: None, closed: false };
        if !drive.barred.is_empty() {
            let barred: Vec<bool> = (0..shape.len()).map(|cell| drive.barred.has(cell)).collect();
            drive.bar(shape, resolution_m, &barred);
        }
        Ok(drive)
    }
}
