//! Making a key: from a home and the plan that it was assigned to.

use super::HouseKey;
use super::chart::{Chart, NO_PATCH, ZoneTable, chart_zones};
use super::lift::doors::{DrawnDoor, find_passages};
use super::reach::drive::Drive;
use super::reach::near::{find_anchors, nearest_patches};
use super::reach::poses::{self, Reach};
use super::reach::reached::Reached;
use super::zoning::zones::ZonePiece;
use super::zoning::{floor::floor_of_zones, halves, zones};
use crate::grid::{BitGrid, Cell, CellRect, Shape, Span, Symmetry};
use crate::home::Home;
use crate::merge::Assignment;
use crate::policy::MAX_POLICY_AREAS;
use crate::redact::{Redacted, RedactedCells};
use crate::release::Floor;

/// What a release draws, as far as a key depends on it.
pub(super) struct Drawn {
    pub(super) rects: Vec<CellRect>,
    pub(super) doors: Vec<DrawnDoor>,
}

impl Drawn {
    fn of(floor: &Floor) -> Self {
        Self {
            rects: floor.zones().iter().map(|zone| zone.rect).collect(),
            doors: floor.doors().iter().map(DrawnDoor::phantom).collect(),
        }
    }
}

impl HouseKey {
    /// The key of a home for the plan it was assigned to, drawn as `floor`.
    ///
    /// # Complexity
    /// O(cells · (radius + cuts)) time, some 20 bytes a cell of the crop, up to 40 where each cell
    /// differs from the next.
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
        let reach = Reach::of(home, |cell| kept.labels[cell] != 0);
        let drawn = Drawn::of(floor);
        let count = drawn.rects.len();
        let whole = floor_of_zones(home, &reach, redacted, |cell| part[cell]);
        let zones = zones::of_parts(&whole.cells, &part, &assignment.zone_of, count);
        drop((part, whole.cells));
        let pieces =
            zones::settle(shape, &reach.coverage, &whole.core, zones, count, &assignment.halved_zones());
        drop(whole.core);
        Self::assemble(home, drawn, assignment.symmetry, pieces, reach, redacted, areas)
    }

    /// The key of a home whose zones are known. `symmetry` takes directions in the home to directions on the release.
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
        let Drawn { rects, mut doors } = drawn;
        let Chart { mut patches, patch_of, uncharted } =
            chart_zones(shape, pieces, &rects, symmetry, &reach.poses);
        find_passages(shape, &mut doors, &reach, redacted, &patch_of, &patches);
        find_anchors(shape, &reach, redacted, &patch_of, &mut patches);
        let drive = Drive::of(home, &reach, redacted);
        drop(reach);
        let charted = BitGrid::of(shape.width, &patch_of, |&patch| patch != NO_PATCH);
        let near = nearest_patches(shape, &home.cells, patch_of);
        let mut key = Self {
            shape,
            resolution_m: home.resolution_m,
            corner_m: home.corner_m,
            symmetry,
            doors,
            zones: ZoneTable::all(rects, &patches),
            seams: Vec::new(),
            reached: Reached::none(0),
            patches,
            near,
            charted,
            uncharted,
            drive,
            free: BitGrid::of(shape.width, &home.cells, |&cell| cell == Cell::Free),
            remembered: Vec::new(),
            areas: unbound(areas),
            unplaced: None,
        };
        key.find_rest();
        key.close_doors();
        key
    }

    /// The key of a home that can't be assigned: no floor in any zone, every area unbound, no pose has a place.
    pub(crate) fn blank(floor: &Floor, areas: u32) -> Self {
        let Drawn { rects, doors } = Drawn::of(floor);
        let mut key = Self {
            shape: Shape::default(),
            resolution_m: floor.grid().resolution_m(),
            corner_m: [0.0; 2],
            symmetry: Symmetry::default(),
            reached: Reached::none(rects.len()),
            zones: ZoneTable::all(rects, &[]),
            seams: vec![Vec::new(); doors.len()],
            doors,
            patches: Vec::new(),
            near: Vec::new(),
            charted: BitGrid::default(),
            uncharted: 0,
            drive: Drive::nowhere(),
            free: BitGrid::default(),
            remembered: Vec::new(),
            areas: unbound(areas),
            unplaced: None,
        };
        key.close_doors();
        key
    }
}

/// So many areas that are not bound.
fn unbound(areas: u32) -> Vec<Vec<Span>> {
    vec![Vec::new(); areas.min(MAX_POLICY_AREAS) as usize]
}
