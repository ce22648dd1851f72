//! Where the robot may drive: C, the redacted cells, and the owner's overlay.
//!
//! The overlay is what the owner bars on top of the map: cells that no footprint may cover and no task clean.
//! While it is empty nothing is computed for it. Otherwise the cells of C from which the footprint stays clear
//! of it are found anew, and of them the piece that the robot still comes to from its dock; what it sweeps
//! from there is what can be cleaned today.

use zeroize::Zeroize;

use crate::blob::{BlobError, Reader, Writer, check};
use crate::grid::components::Components;
use crate::grid::standable::{disc_rows, swept};
use crate::home::{Home, MAX_RADIUS_M, MIN_RADIUS_M};
use crate::key::lattice::{Lattice, NO_CELL, narrow};
use crate::key::reach::poses::{self, Reach};
use crate::key::storage::bits::Bits;
use crate::redact::RedactedCells;

/// Where the robot may drive.
#[derive(Clone, PartialEq)]
pub(in crate::key) struct Drive {
    /// C.
    stand: Bits,
    pub(in crate::key) redacted: Bits,
    /// What the owner's overlay covers.
    pub(in crate::key) barred: Bits,
    radius_m: f64,
    /// The cell of C nearest to the dock, or none.
    dock: u32,
    /// Of C and S what the overlay leaves, while there is one.
    today: Option<[Bits; 2]>,
    closed: bool,
}

impl Drive {
    pub(in crate::key) fn of(home: &Home, reach: &Reach, redacted: &RedactedCells) -> Self {
        let lattice = poses::lattice(home);
        let stand: Vec<u32> = (0..narrow(lattice.len())).filter(|&cell| reach.poses[cell as usize]).collect();
        let dock = poses::dock_place(home).and_then(|dock| poses::nearest(lattice, &stand, dock));
        Self {
            stand: Bits::of(&reach.poses),
            redacted: Bits::of(&redacted.cells),
            barred: Bits::none(lattice.len()),
            radius_m: home.footprint.radius_m(),
            dock: dock.unwrap_or(NO_CELL),
            today: None,
            closed: false,
        }
    }

    /// Nowhere.
    pub(in crate::key) fn nowhere() -> Self {
        Self {
            radius_m: MIN_RADIUS_M,
            dock: NO_CELL,
            stand: Bits::default(),
            redacted: Bits::default(),
            barred: Bits::default(),
            today: None,
            closed: false,
        }
    }

    /// The robot's middle may be at this cell.
    pub(in crate::key) fn is_open(&self, cell: usize) -> bool {
        self.today.as_ref().map_or(&self.stand, |today| &today[0]).has(cell)
    }

    /// Calls `visit` with every cell where the robot's middle may be, in order; redacted rooms may count as
    /// walls.
    pub(in crate::key) fn each_open(&self, through_redacted: bool, mut visit: impl FnMut(usize)) {
        let open = self.today.as_ref().map_or(&self.stand, |today| &today[0]);
        for (number, (&open, &redacted)) in open.words().iter().zip(self.redacted.words()).enumerate() {
            each_bit(number, if through_redacted { open } else { open & !redacted }, &mut visit);
        }
    }

    /// Calls `visit` with every cell of C, in order, overlay or not.
    pub(in crate::key) fn each_stand(&self, mut visit: impl FnMut(usize)) {
        self.stand.words().iter().enumerate().for_each(|(number, &word)| each_bit(number, word, &mut visit));
    }

    /// The cell lies in C, overlay or not.
    pub(in crate::key) fn is_stand(&self, cell: usize) -> bool {
        self.stand.has(cell)
    }

    /// Nothing keeps the robot from cleaning this cell of S.
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
    pub(in crate::key) fn bar(&mut self, lattice: Lattice, resolution_m: f64, barred: &[bool]) {
        self.barred = Bits::of(barred);
        self.today = None;
        if self.closed {
            self.close();
            return;
        }
        if self.barred.is_empty() {
            return;
        }
        let disc = disc_rows(self.radius_m / resolution_m);
        let near = swept(barred, lattice.width, lattice.height, &disc);
        let labels: Vec<u16> =
            (0..lattice.len()).map(|cell| u16::from(self.stand.has(cell) && !near[cell])).collect();
        let pieces = Components::of(&labels, lattice.width);
        let docked = |run: &&crate::grid::components::Run| {
            run.label == 1 && run.cells(lattice.width).contains(&(self.dock as usize))
        };
        // Where the overlay covers the dock itself, or there is none, the largest piece counts.
        let chosen = pieces.runs.iter().find(docked).map(|run| run.component).or_else(|| {
            let free = (0..).zip(&pieces.list).filter(|(_, piece)| piece.label == 1);
            free.max_by_key(|(number, piece)| (piece.area, core::cmp::Reverse(*number)))
                .map(|(number, _)| number)
        });
        let mut open = vec![false; lattice.len()];
        for run in pieces.runs.iter().filter(|run| run.label == 1 && Some(run.component) == chosen) {
            open[run.cells(lattice.width)].fill(true);
        }
        let clean: Vec<bool> = swept(&open, lattice.width, lattice.height, &disc)
            .iter()
            .zip(barred)
            .map(|(&swept, &barred)| swept && !barred)
            .collect();
        self.today = Some([Bits::of(&open), Bits::of(&clean)]);
    }

    /// Bars everything until it is opened again.
    pub(in crate::key) fn close(&mut self) {
        self.closed = true;
        self.today = Some([Bits::default(), Bits::default()]);
    }

    /// Bars nothing any more.
    pub(in crate::key) fn unbar(&mut self, lattice: Lattice) {
        self.closed = false;
        self.barred = Bits::none(lattice.len());
        self.today = None;
    }

    pub(in crate::key) fn write(&self, out: &mut Writer<'_>) {
        out.f64(self.radius_m);
        out.u32(self.dock);
        self.stand.write(out);
        self.redacted.write(out);
        self.barred.write(out);
    }

    pub(in crate::key) fn read(
        from: &mut Reader<'_>,
        lattice: Lattice,
        resolution_m: f64,
    ) -> Result<Self, BlobError> {
        let (radius_m, dock) = (from.f64()?, from.u32()?);
        check((MIN_RADIUS_M..=MAX_RADIUS_M).contains(&radius_m))?;
        let mut set = || Bits::read(from, lattice.len());
        let (stand, redacted, barred) = (set()?, set()?, set()?);
        check(dock == NO_CELL || stand.has(dock as usize))?;
        let mut drive = Self { stand, redacted, barred, radius_m, dock, today: None, closed: false };
        if !drive.barred.is_empty() {
            let barred: Vec<bool> = (0..lattice.len()).map(|cell| drive.barred.has(cell)).collect();
            drive.bar(lattice, resolution_m, &barred);
        }
        Ok(drive)
    }
}

/// Calls `visit` with the cells of a word.
pub(in crate::key) fn each_bit(number: usize, mut word: u64, visit: &mut impl FnMut(usize)) {
    while word != 0 {
        visit(number * 64 + word.trailing_zeros() as usize);
        word &= word - 1;
    }
}

impl Drop for Drive {
    fn drop(&mut self) {
        self.stand.zeroize();
        self.redacted.zeroize();
        self.barred.zeroize();
        self.radius_m.zeroize();
        self.dock.zeroize();
        for bits in self.today.iter_mut().flatten() {
            bits.zeroize();
        }
    }
}
