//! Making a key: from a home and the plan that it was assigned as.

use super::HouseKey;
use super::chart::{Chart, NO_PATCH, ZoneTable, chart_zones};
use super::lift::passages::{self, DrawnDoor, passages};
use super::reach::drive::Drive;
use super::reach::locate;
use super::reach::poses::{self, Reach};
use super::zoning::zones::ZonePiece;
use super::zoning::{halves, zones};
use crate::grid::{BitGrid, Cell, CellRect, Shape, Symmetry};
use crate::home::Home;
use crate::merge::Assignment;
use crate::policy::MAX_POLICY_AREAS;
use crate::redact::{Redacted, RedactedCells};
use crate::release::Floor;

/// What of a release a key is made for.
pub(super) struct Drawn {
    pub(super) rects: Vec<CellRect>,
    pub(super) doors: Vec<DrawnDoor>,
}

impl Drawn {
    pub(super) fn of(floor: &Floor) -> Self {
        Self {
            rects: floor.zones().iter().map(|zone| zone.rect).collect(),
            doors: passages::phantoms(floor.doors()),
        }
    }
}

impl HouseKey {
    /// The key of a home for the plan it was assigned as, drawn as `floor`.
    ///
    /// # Complexity
    /// O(cells · (radius + cuts)) time, some 20 bytes a cell of the crop at most.
    pub(crate) fn build(
        home: &Home,
        kept: &Redacted,
        redacted: &RedactedCells,
        assignment: &Assignment,
        floor: &Floor,
        areas: u32,
    ) -> Self {
        let shape = home.shape;
        debug_assert!(kept.labels.len() == shape.len() && redacted.cells.len() == shape.len());
        // Before the reach is found: cutting takes most memory of all steps.
        let part = halves::parts(home, kept, redacted, assignment, floor.zones(), poses::dock_place(home));
        let reach = Reach::of(home);
        let drawn = Drawn::of(floor);
        let count = drawn.rects.len();
        let zones = zones::of_parts(&reach, redacted, &part, &assignment.zone_of, count);
        drop(part);
        let pieces = zones::settle(shape, &reach.coverage, zones, count, &assignment.halved_zones());
        Self::assemble(home, drawn, assignment.symmetry, pieces, reach, redacted, areas)
    }

    /// The key of a home of which it is known what floor makes which zone. `symmetry` takes directions in the
    /// home to directions on the release.
    pub(super) fn assemble(
        home: &Home,
        drawn: Drawn,
        symmetry: Symmetry,
        pieces: Vec<ZonePiece>,
        reach: Reach,
        redacted: &RedactedCells,
        areas: u32,
    ) -> Self {
        let shape = home.shape;
        let Drawn { rects, doors } = drawn;
        let Chart { mut patches, patch_of, uncharted } =
            chart_zones(shape, pieces, &rects, symmetry, &reach.poses);
        let doors = passages(shape, doors, &reach, redacted, &patch_of, &patches);
        locate::find_stands(shape, &reach, redacted, &patch_of, &mut patches);
        let drive = Drive::of(home, &reach, redacted);
        drop(reach);
        let charted = BitGrid::of(shape.width, &patch_of, |&patch| patch != NO_PATCH);
        let near = locate::nearest_patches(shape, &home.cells, patch_of);
        let zones =
            rects.into_iter().zip(0..).map(|(rect, zone)| ZoneTable::new(rect, zone, &patches)).collect();
        let mut key = Self {
            shape,
            resolution_m: home.resolution_m,
            corner_m: home.corner_m,
            symmetry,
            zones,
            doors,
            seams: Vec::new(),
            patches,
            near,
            charted,
            uncharted,
            drive,
            floor: BitGrid::of(shape.width, &home.cells, |&cell| cell == Cell::Free),
            remembered: Vec::new(),
            areas: vec![Vec::new(); areas.min(MAX_POLICY_AREAS) as usize],
            unplaced: None,
        };
        key.find_seams();
        key
    }

    /// The key of a home that can't be assigned: no floor in any zone, every area unbound, no pose has a place.
    pub(crate) fn blank(floor: &Floor, areas: u32) -> Self {
        let zones =
            floor.zones().iter().zip(0..).map(|(zone, number)| ZoneTable::new(zone.rect, number, &[]));
        Self {
            shape: Shape::default(),
            resolution_m: floor.grid().resolution_m(),
            corner_m: [0.0; 2],
            symmetry: Symmetry::default(),
            zones: zones.collect(),
            doors: passages::phantoms(floor.doors()),
            seams: vec![Vec::new(); floor.doors().len()],
            patches: Vec::new(),
            near: Vec::new(),
            charted: BitGrid::default(),
            uncharted: 0,
            drive: Drive::nowhere(),
            floor: BitGrid::default(),
            remembered: Vec::new(),
            areas: vec![Vec::new(); areas.min(MAX_POLICY_AREAS) as usize],
            unplaced: None,
        }
    }
}
