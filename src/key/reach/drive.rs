//! Where the robot may drive: the reachable poses, the redacted cells, and the owner's overlay.
//!
//! The overlay is what the owner bars on top of the map: cells that no footprint may cover and no task clean.
//! While it is empty nothing is computed for it. Otherwise the poses whose footprint touches it are dropped, and
//! of the rest the piece at the dock is kept: where the overlay touches the dock itself, the piece nearest to it of
//! those with a twentieth of the rest at least, and without a dock the largest. What the robot sweeps from there can
//! be cleaned today.

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::blob::{BlobError, Reader, Writer, check, read_cells, write_cells};
use crate::grid::components::{Components, Run};
use crate::grid::standable::disc_rows;
use crate::grid::{BitGrid, Fixed, NO_CELL, RobotFrame, Shape};
use crate::home::{Home, MAX_RADIUS_M, MIN_RADIUS_M};
use crate::key::reach::poses::{
    PiecesFloor, Reach, dock_place, nearest_in_frame, nearest_piece, standable_cells,
};
use crate::redact::RedactedCells;

/// Where the robot may drive.
#[derive(Clone, PartialEq, Zeroize, ZeroizeOnDrop)]
pub(in crate::key) struct Drive {
    /// The reachable poses.
    poses: BitGrid,
    /// What the robot sweeps from there; found from the poses, not stored.
    coverage: BitGrid,
    pub(in crate::key) redacted: BitGrid,
    /// What the owner's overlay covers.
    pub(in crate::key) barred: BitGrid,
    radius_m: f64,
    /// Where the crop lies in the robot's frame; the key stores it.
    frame: RobotFrame,
    /// The reachable pose nearest to the dock, or [`NO_CELL`].
    dock: u32,
    /// What the overlay leaves of the reachable poses and of the coverage, while there is an overlay.
    today: Option<[BitGrid; 2]>,
    closed: bool,
}

impl Drive {
    pub(in crate::key) fn of(home: &Home, reach: Reach, redacted: &RedactedCells) -> Self {
        let (shape, Reach { poses, coverage }) = (home.shape, reach);
        let nearest = |dock| nearest_in_frame(&poses, dock, home.frame);
        let dock = dock_place(home).and_then(nearest);
        Self {
            poses,
            coverage,
            redacted: redacted.to_set(shape.width),
            barred: BitGrid::none(shape),
            radius_m: home.footprint.radius_m(),
            frame: home.frame,
            dock: dock.unwrap_or(NO_CELL),
            today: None,
            closed: false,
        }
    }

    /// The robot may be nowhere.
    pub(in crate::key) fn nowhere(frame: RobotFrame) -> Self {
        Self {
            radius_m: MIN_RADIUS_M,
            frame,
            dock: NO_CELL,
            poses: BitGrid::default(),
            coverage: BitGrid::default(),
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

    /// Calls `visit` with every cell where the robot's middle may be, in order; redacted rooms may count as walls.
    pub(in crate::key) fn each_open(&self, through_redacted: bool, visit: impl FnMut(usize)) {
        if through_redacted { self.open().each(visit) } else { self.open().each_but(&self.redacted, visit) }
    }

    /// The cell is a reachable pose, overlay or not.
    pub(in crate::key) fn is_pose(&self, cell: usize) -> bool {
        self.poses.has(cell)
    }

    /// The robot gets to clean this cell today: it is covered, and the overlay leaves it.
    pub(in crate::key) fn is_cleanable(&self, cell: usize) -> bool {
        self.cleanable().has(cell)
    }

    /// The cells that the robot gets to clean today.
    pub(in crate::key) fn cleanable(&self) -> &BitGrid {
        self.today.as_ref().map_or(&self.coverage, |[_, clean]| clean)
    }

    /// The cells that the robot covers, overlay or not.
    pub(in crate::key) const fn coverage(&self) -> &BitGrid {
        &self.coverage
    }

    /// The overlay takes something away.
    pub(in crate::key) const fn is_overlaid(&self) -> bool {
        self.today.is_some()
    }

    /// Bars cells in place of those barred before.
    ///
    /// # Complexity
    /// O(cells · radius) if there are any.
    pub(in crate::key) fn bar(&mut self, resolution_m: f64, barred: BitGrid) {
        self.barred = barred;
        if !self.closed {
            self.find_today(resolution_m);
        }
    }

    fn find_today(&mut self, resolution_m: f64) {
        self.today = (!self.barred.is_empty()).then(|| self.left_by_bars(resolution_m));
    }

    /// What the overlay leaves of the reachable poses and of the coverage.
    fn left_by_bars(&self, resolution_m: f64) -> [BitGrid; 2] {
        let shape = self.barred.shape();
        let disc = disc_rows(self.radius_m / resolution_m);
        let mut open = self.poses.clone();
        open.remove(&self.barred.dilated(&disc));
        let pieces = Components::of_sets(&[&open]);
        let docked = |run: &&Run| run.label == 1 && run.cells(shape.width).contains(&(self.dock as usize));
        let docked = pieces.runs.iter().find(docked).map(|run| run.component);
        let chosen = docked.or_else(|| {
            let all = standable_cells(&pieces);
            let floor = PiecesFloor { kept: all.clone(), whole: all };
            let dock = (self.dock != NO_CELL).then(|| shape.place(self.dock));
            let dock = dock.map(|(x, y)| (Fixed::middle_of(x), Fixed::middle_of(y)));
            nearest_piece(&pieces, &floor, dock, shape, self.frame)
        });
        let open = pieces.cells_where(shape, &|piece| Some(piece) == chosen);
        let mut clean = open.dilated(&disc);
        clean.remove(&self.barred);
        [open, clean]
    }

    /// Bars everything until it is opened again.
    pub(in crate::key) fn close(&mut self) {
        self.closed = true;
        self.today = Some([BitGrid::default(), BitGrid::default()]);
    }

    /// Bars no more than what is barred.
    pub(in crate::key) fn open_again(&mut self, resolution_m: f64) {
        if self.closed {
            self.closed = false;
            self.find_today(resolution_m);
        }
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
        frame: RobotFrame,
    ) -> Result<Self, BlobError> {
        let (radius_m, dock) = (from.f64()?, from.u32()?);
        check((MIN_RADIUS_M..=MAX_RADIUS_M).contains(&radius_m))?;
        let mut set = || read_cells(from, shape);
        let (poses, redacted, barred) = (set()?, set()?, set()?);
        check(dock == NO_CELL || poses.has(dock as usize))?;
        let coverage = poses.dilated(&disc_rows(radius_m / resolution_m));
        let mut drive =
            Self { poses, coverage, redacted, barred, radius_m, frame, dock, today: None, closed: false };
        drive.find_today(resolution_m);
        Ok(drive)
    }
}
