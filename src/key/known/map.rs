//! A known map: its frame, what is claimed there, and how it looked.

use alloc::vec::Vec;

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::claim_run::{CellRun, Extent};
use super::mark::{MarkKind, MarkedCells};
use super::requests::Requests;
use crate::grid::{BitGrid, Cell, RobotFrame, Shape, Span, Symmetry};
use crate::home::Home;

/// A map that the key knows, in the cells of its frame: those of the map on which it was first seen, counted from the
/// lower left corner of that map's crop.
#[derive(Clone, PartialEq, ZeroizeOnDrop)]
pub(in crate::key) struct KnownMap {
    pub(in crate::key) resolution_m: f64,
    /// Where the frame lay in the robot's when the map was seen last. What an earlier version stored does not say it:
    /// there it is where the frame lay on its first grid, until the map is recognized.
    pub(in crate::key) frame: RobotFrame,
    pub(in crate::key) is_framed: bool,
    /// Takes directions in the frame to directions on the release.
    pub(in crate::key) symmetry: Symmetry,
    /// The free cells of the first map.
    pub(in crate::key) first: BitGrid,
    /// How it looked last, where that was otherwise.
    pub(in crate::key) last: Option<Sighted>,
    /// The cells of each zone, row by row.
    pub(in crate::key) zones: Vec<CellRun>,
    pub(in crate::key) marks: Vec<MarkedCells>,
    /// What of the owner's redaction has been placed here.
    pub(in crate::key) requests: Requests,
    /// The release was drawn for it, or the owner said that it belongs to the home.
    pub(in crate::key) confirmed: bool,
    /// The number of the map that showed it last.
    pub(in crate::key) seen: u32,
}

/// A later look at a known map: its free cells in the cells of the frame.
#[derive(Clone, PartialEq, Zeroize, ZeroizeOnDrop)]
pub(in crate::key) struct Sighted {
    /// Column and row of its first cell.
    pub(in crate::key) left: i32,
    pub(in crate::key) low: i32,
    pub(in crate::key) free: BitGrid,
}

impl KnownMap {
    /// A home's map, with the zones that a new key gives runs of cells, row by row.
    pub(in crate::key) fn of(
        home: &Home,
        symmetry: Symmetry,
        zones: &mut dyn Iterator<Item = (u8, Span)>,
    ) -> Self {
        let shape = home.shape;
        let mut runs = Vec::new();
        for (zone, span) in zones {
            CellRun::extend(&mut runs, span.start.into(), span.y.into(), span.len() as usize, zone);
        }
        Self {
            resolution_m: home.resolution_m,
            frame: home.frame,
            is_framed: true,
            symmetry,
            first: BitGrid::of(shape.width, &home.cells, |&cell| cell == Cell::Free),
            last: None,
            zones: runs,
            marks: Vec::new(),
            requests: Requests::default(),
            confirmed: true,
            seen: 0,
        }
    }

    /// The frame's first map.
    pub(in crate::key) const fn shape(&self) -> Shape {
        self.first.shape()
    }

    /// Something is marked so.
    pub(in crate::key) fn has(&self, kind: MarkKind) -> bool {
        self.marks.iter().any(|mark| mark.kind == kind)
    }

    /// The cells of the first map and all that have a claim.
    pub(in crate::key) fn extent(&self) -> Extent {
        let all = Extent::of(self.shape()).with(self.zones.iter().copied());
        self.marks.iter().fold(all, |all, mark| all.and(mark.runs.extent()))
    }
}
