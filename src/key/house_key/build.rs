//! Making a key: from a home and the plan that it was assigned to.

use alloc::vec::Vec;

use crate::atlas::{FRAME, Plan, PlanId};
use crate::grid::{BitGrid, CellRect, RobotFrame, Shape, Span, Symmetry};
use crate::home::Home;
use crate::key::HouseKey;
use crate::key::chart::doors::{DrawnDoor, find_passages};
use crate::key::chart::{
    Chart, LastChart, NO_PATCH, Patch, ZoneTable, chart_zones, find_anchors, nearest_patches,
};
use crate::key::known::{Closed, KnownMap, KnownMaps};
use crate::key::reach::drive::Drive;
use crate::key::reach::poses::{self, Reach};
use crate::key::reach::reached::Reached;
use crate::key::zoning::zones::ZonePiece;
use crate::key::zoning::{Choice, floor::floor_of_zones, halves, zones};
use crate::measured::Measured;
use crate::merge::Assignment;
use crate::policy::MAX_POLICY_AREAS;
use crate::redact::{Redacted, RedactedCells};
use crate::release::Floor;

/// What a release draws, as far as a key depends on it.
pub(in crate::key) struct DrawnPlan {
    /// The plan's number in the atlas.
    pub(in crate::key) plan: PlanId,
    pub(in crate::key) rects: Vec<CellRect>,
    pub(in crate::key) doors: Vec<DrawnDoor>,
}

impl DrawnPlan {
    fn of(floor: &Floor) -> Self {
        Self {
            plan: floor.plan_id(),
            rects: floor.zones().iter().map(|zone| zone.rect).collect(),
            doors: floor.doors().iter().map(DrawnDoor::phantom).collect(),
        }
    }
}

/// What a key knows of the cells of a map.
pub(in crate::key) struct KeyCells {
    /// For each cell its patch, or the nearest one.
    pub(in crate::key) near: Vec<u16>,
    /// The cells that lie in the patch that `near` names.
    pub(in crate::key) charted: BitGrid,
    pub(in crate::key) uncharted: u32,
    pub(in crate::key) drive: Drive,
}

/// A home's zones.
pub(in crate::key) struct Zoned<'a> {
    /// Takes directions in the home to directions on the release.
    pub(in crate::key) symmetry: Symmetry,
    pub(in crate::key) pieces: Vec<ZonePiece>,
    /// A chart that goes along where it fits.
    pub(in crate::key) last: Option<LastChart<'a>>,
}

impl HouseKey {
    /// The key of a home to a floor of a release, which need not have been drawn for it.
    pub(crate) fn of_floor(home: &Home, measured: &Measured, floor: &Floor, areas: u32) -> Self {
        let zones = u8::try_from(floor.zones().len()).unwrap_or(u8::MAX);
        let plan = Plan::decode(zones, floor.plan_id());
        let mut choice = Choice::of(home, measured);
        let found = plan.and_then(|plan| choice.for_plan(&plan));
        let reach = choice.into_reach();
        Self::of_reach(home, measured, found.as_ref().map(|found| &found.assignment), reach, floor, areas)
    }

    /// The key of a home to a floor of a release, with the assignment that was chosen, if there is anything to share
    /// out.
    #[cfg(feature = "evaluation")]
    pub(crate) fn of_choice(
        home: &Home,
        measured: &Measured,
        assignment: Option<&Assignment>,
        floor: &Floor,
        areas: u32,
    ) -> Self {
        Self::of_reach(home, measured, assignment, None, floor, areas)
    }

    /// The same, where the reach may be known.
    fn of_reach(
        home: &Home,
        measured: &Measured,
        assignment: Option<&Assignment>,
        reach: Option<Reach>,
        floor: &Floor,
        areas: u32,
    ) -> Self {
        let mut key = if let Some(assignment) = assignment {
            Self::build(home, (&measured.kept, &measured.redacted), assignment, reach, floor, areas)
        } else if measured.redacted.cells.contains(&true) {
            // Nothing to share out, but areas may be bound to what is redacted.
            let reach = Reach::of(home, &|cell| measured.redacted.cells[cell], &|_| false);
            let none = Zoned { symmetry: Symmetry::default(), pieces: Vec::new(), last: None };
            Self::assemble(home, DrawnPlan::of(floor), none, reach, &measured.redacted, areas)
        } else {
            let mut key = Self::blank(floor, areas);
            (key.resolution_m, key.frame) = (home.resolution_m, home.frame);
            key.drive = Drive::nowhere(home.frame);
            key
        };
        let map = KnownMap::of(home, key.symmetry, &mut key.zone_runs());
        key.known = KnownMaps::first(map);
        let marked = key.mark_cells(home, &measured.redacted.cells);
        debug_assert!(marked.is_ok(), "a first map has room for its own marks");
        key.mark_outlines(home, &measured.redaction.regions);
        // It is measured with rooms that there are.
        key.known.today_mut().into_iter().for_each(|map| map.requests.place(&measured.redaction, &|_| true));
        key
    }

    /// The key of a home for the plan it was assigned to.
    ///
    /// # Complexity
    /// O(cells · (radius + cuts)) time, some 20 bytes a cell of the crop, up to 40 where each cell
    /// differs from the next.
    pub(in crate::key) fn build(
        home: &Home,
        (kept, redacted): (&Redacted, &RedactedCells),
        assignment: &Assignment,
        reach: Option<Reach>,
        floor: &Floor,
        areas: u32,
    ) -> Self {
        let shape = home.shape;
        debug_assert!(kept.labels.len() == shape.len() && redacted.cells.len() == shape.len());
        // Before the reach is found: cutting takes most memory of all steps.
        let part = halves::parts(home, kept, redacted, assignment, floor.zones(), poses::dock_place(home));
        let reach = reach.unwrap_or_else(|| Reach::of_home(home, kept, redacted));
        let drawn = DrawnPlan::of(floor);
        let count = drawn.rects.len();
        let whole = floor_of_zones(home, &reach, redacted, &|cell| part[cell]);
        let zones = zones::of_parts(&whole.cells, &part, &assignment.zone_of, count);
        drop((part, whole.cells));
        let pieces =
            zones::settle(shape, &reach.coverage, &whole.core, zones, count, &assignment.halved_zones());
        drop(whole.core);
        let shared_out = Zoned { symmetry: assignment.symmetry, pieces, last: None };
        Self::assemble(home, drawn, shared_out, reach, redacted, areas)
    }

    /// The key of a home whose zones are known.
    pub(in crate::key) fn assemble(
        home: &Home,
        drawn: DrawnPlan,
        zoned: Zoned<'_>,
        reach: Reach,
        redacted: &RedactedCells,
        areas: u32,
    ) -> Self {
        let shape = home.shape;
        let Zoned { symmetry, pieces, last } = zoned;
        let DrawnPlan { plan, rects, mut doors } = drawn;
        let Chart { mut patches, patch_of, uncharted } =
            chart_zones(shape, pieces, &rects, symmetry, &reach.poses, last);
        find_passages(shape, &mut doors, &reach, redacted, &patch_of, &patches);
        find_anchors(shape, &reach, redacted, &patch_of, &mut patches);
        let drive = Drive::of(home, reach, redacted);
        let charted = BitGrid::of(shape.width, &patch_of, |&patch| patch != NO_PATCH);
        let near = nearest_patches(shape, &home.cells, patch_of);
        let (resolution_m, frame) = (home.resolution_m, home.frame);
        let drawn = DrawnPlan { plan, rects, doors };
        let cells = KeyCells { near, charted, uncharted, drive };
        let mut key = Self::from_tables(drawn, (shape, resolution_m, frame), symmetry, patches, cells);
        key.areas = unbound(areas);
        key.close_doors();
        key
    }

    /// The key of these tables, without areas and known maps; what is not stored is found.
    ///
    /// # Complexity
    /// O(cells).
    pub(in crate::key) fn from_tables(
        DrawnPlan { plan, rects, doors }: DrawnPlan,
        (shape, resolution_m, frame): (Shape, f64, RobotFrame),
        symmetry: Symmetry,
        patches: Vec<Patch>,
        KeyCells { near, charted, uncharted, drive }: KeyCells,
    ) -> Self {
        let mut key = Self {
            plan,
            shape,
            resolution_m,
            frame,
            symmetry,
            zones: ZoneTable::all(rects, &patches),
            doors,
            seams: Vec::new(),
            reached: Reached::none(),
            patches,
            near,
            charted,
            uncharted,
            drive,
            areas: Vec::new(),
            known: KnownMaps::default(),
            closed: Closed::default(),
        };
        key.find_rest();
        key
    }

    /// The key of a home that can't be assigned: no floor in any zone, every area unbound, no pose has a place.
    pub(crate) fn blank(floor: &Floor, areas: u32) -> Self {
        let (grid, drive) = (RobotFrame::GRID, Drive::nowhere(RobotFrame::GRID));
        let cells = KeyCells { near: Vec::new(), charted: BitGrid::default(), uncharted: 0, drive };
        let map = (Shape::default(), FRAME.resolution, grid);
        let mut key = Self::from_tables(DrawnPlan::of(floor), map, Symmetry::default(), Vec::new(), cells);
        key.areas = unbound(areas);
        key.close_doors();
        key
    }
}

/// So many areas that are not bound.
fn unbound(areas: u32) -> Vec<Vec<Span>> {
    vec![Vec::new(); areas.min(MAX_POLICY_AREAS) as usize]
}
