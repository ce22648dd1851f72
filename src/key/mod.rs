//! The private key: what turns the release into real motion, and the robot's real pose into a place of the
//! release.
//!
//! The release is a drawing of the wrong size and shape, the same for millions of homes. A [`HouseKey`] holds
//! how this home's floor fits into it, and stays on the robot. It is built in six steps:
//!
//! 1. **Reach** (`reach`): C, the cells where the robot's footprint stands clear and that it gets to from its
//!    dock, and S, the cells it sweeps from there. Keep-outs are obstacles.
//! 2. **Parts** (`halves`): rooms are cut in connected halves where the assignment says so.
//! 3. **Zones** (`zones`): each cell of T, which is S without the redacted rooms, gets the zone of its part
//!    or of the nearest one.
//! 4. **Charts** (`chart`): each zone's rectangle on the release and its cells in the home are divided
//!    together, down to *patches*: one connected piece of floor for one block of 8 × 8 cells of the release
//!    (for several where there is hardly any floor), of proportional size.
//! 5. **Projection** (`locate`): every cell of the crop, also in walls and redacted rooms, gets the nearest
//!    patch along the floor.
//!
//! 6. **Ways** (`drive`, `paths`): C and the redacted cells are kept, so that a way on the release becomes one
//!    in the home, through the passages that its doors stand for.
//!
//! What is kept of that is one patch number a cell, one bit that says whether the cell lies in the patch or
//! only near it, and per patch its zone, its rectangle, and the one cell of C that its points are lifted to.
//! A lift of a point is two table look-ups; a region is the set of cells of some patches ([`Region`]).
//! *Areas* are opaque slots of the release that the key binds to rooms or regions.
//!
//! Everything that decides an outcome is done in integers, with stated ties; metres are `f64` at the edges
//! alone. The key has no `Serialize`, prints no geometry, and wipes its tables when dropped;
//! [`HouseKey::to_secret_bytes`] is the one way out, for the robot's own storage.
//!
//! RedactedCells rooms are part of no patch and no area, so no lift leads into one. C does lead through them where
//! the robot has to drive through: a patch whose floor is swept only from inside a redacted room is lifted to
//! the nearest cell of C outside.

mod areas;
mod bits;
mod blocks;
mod bytes;
mod chart;
mod claims;
mod codec;
#[cfg(test)]
mod drawn_tests;
mod drive;
mod edits;
mod faces;
mod goal;
mod halves;
mod lattice;
mod lift;
mod links;
mod locate;
mod measures;
mod passages;
#[cfg(test)]
mod passages_tests;
mod paths;
#[cfg(test)]
mod paths_tests;
mod ranks;
mod reach;
mod refit;
mod region;
mod remembered;
mod resolve;
mod seeds;
mod spans;
#[cfg(test)]
mod tests;
mod tutte;
mod zones;

use core::fmt;

use zeroize::Zeroize;

use crate::atlas::{Rect, ZoneId};
use crate::grid::{Cell, Symmetry};
use crate::home::Home;
use crate::merge::Assignment;
use crate::policy::MAX_POLICY_AREAS;
use crate::redact::{Redacted, RedactedCells};
use crate::release::Floor;
use bits::Bits;
use blocks::BLOCK;
use chart::{Chart, NO_PATCH, Patch};
use drive::Drive;
use lattice::{Lattice, narrow};
use passages::{DrawnDoor, passages};
pub(crate) use reach::Reach;
use remembered::Remembered;
use zones::Piece;

pub use areas::{AreaId, BindError};
pub use codec::KeyError;
pub use edits::EditError;
pub use goal::Goal;
pub use lift::LiftError;
pub use measures::ChartQuality;
pub use passages::Passage;
pub use paths::{DoorCrossing, LiftedPath};
pub use refit::Refit;
pub use region::Region;
pub use resolve::Task;

/// How this home's floor fits into the release. Private; see the [module](crate::key).
#[derive(Clone, PartialEq)]
pub struct HouseKey {
    lattice: Lattice,
    resolution_m: f64,
    /// Lower left corner of the crop in the metres of the grid that the home was built from.
    corner_m: [f64; 2],
    /// Takes directions in the home to directions on the release.
    symmetry: Symmetry,
    zones: Vec<ZoneTable>,
    doors: Vec<DrawnDoor>,
    /// For each door the cells of its passage, in pairs from zone to zone; found from the rest, not kept.
    seams: Vec<Vec<[u32; 2]>>,
    patches: Vec<Patch>,
    /// For each cell its patch, or the nearest one.
    near: Vec<u16>,
    /// One bit a cell: it lies in its patch.
    charted: Vec<u64>,
    uncharted: u32,
    /// C, the redacted cells, and the owner's overlay.
    drive: Drive,
    /// The free cells of the map: what a newer map is registered by.
    floor: Bits,
    /// What today's map does not give.
    remembered: Vec<Remembered>,
    /// Cells bound to each area, as runs: first cell and length.
    areas: Vec<Vec<[u32; 2]>>,
    /// The key of the last map on which the owner's bars had their place, where nobody knows it on today's.
    unplaced: Option<Box<Self>>,
}

/// What of a release a key is made for.
struct Drawn {
    rects: Vec<Rect>,
    doors: Vec<DrawnDoor>,
}

impl Drawn {
    fn of(floor: &Floor) -> Self {
        Self {
            rects: floor.zones().iter().map(|zone| zone.rect).collect(),
            doors: passages::phantoms(floor.doors()),
        }
    }
}

/// The patch of every block of a zone's rectangle.
#[derive(Clone, PartialEq)]
struct ZoneTable {
    rect: Rect,
    /// Row by row, [`NO_PATCH`] throughout for a zone without floor.
    blocks: Vec<u16>,
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
        let lattice = reach::lattice(home);
        debug_assert!(kept.labels.len() == lattice.len() && redacted.cells.len() == lattice.len());
        // Before the reach is found: cutting takes most memory of all steps.
        let part = halves::parts(home, kept, redacted, assignment, floor.zones(), reach::dock_place(home));
        let reach = Reach::of(home);
        let drawn = Drawn::of(floor);
        let count = drawn.rects.len();
        let zones = zones::of_parts(&reach, redacted, &part, &assignment.zone_of, count);
        drop(part);
        let pieces = zones::settle(lattice, &reach.coverage, zones, count, &assignment.halved_zones());
        Self::assemble(home, drawn, assignment.symmetry, pieces, reach, redacted, areas)
    }

    /// The key of a home of which it is known what floor makes which zone. `symmetry` takes directions in the
    /// home to directions on the release.
    fn assemble(
        home: &Home,
        drawn: Drawn,
        symmetry: Symmetry,
        pieces: Vec<Piece>,
        reach: Reach,
        redacted: &RedactedCells,
        areas: u32,
    ) -> Self {
        let lattice = reach::lattice(home);
        let Drawn { rects, doors } = drawn;
        let Chart { mut patches, patch_of, uncharted } =
            chart::chart(lattice, pieces, &rects, symmetry, &reach.poses);
        let doors = passages(lattice, doors, &reach, redacted, &patch_of, &patches);
        locate::find_stands(lattice, &reach, redacted, &patch_of, &mut patches);
        let drive = Drive::of(home, &reach, redacted);
        drop(reach);
        let charted = pack(&patch_of);
        let near = locate::nearest_patches(lattice, &home.cells, patch_of);
        let zones =
            rects.into_iter().zip(0..).map(|(rect, zone)| ZoneTable::new(rect, zone, &patches)).collect();
        let mut key = Self {
            lattice,
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
            floor: Bits::by(lattice.len(), |cell| home.cells[cell] == Cell::Free),
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
            lattice: Lattice { width: 0, height: 0 },
            resolution_m: floor.grid().resolution_m(),
            corner_m: [0.0; 2],
            symmetry: Symmetry::default(),
            zones: zones.collect(),
            doors: passages::phantoms(floor.doors()),
            seams: vec![Vec::new(); floor.doors().len()],
            patches: Vec::new(),
            near: Vec::new(),
            charted: Vec::new(),
            uncharted: 0,
            drive: Drive::nowhere(),
            floor: Bits::default(),
            remembered: Vec::new(),
            areas: vec![Vec::new(); areas.min(MAX_POLICY_AREAS) as usize],
            unplaced: None,
        }
    }

    /// The doors of the release in their order, and what each is on this home's map.
    #[must_use]
    pub fn passages(&self) -> Vec<([ZoneId; 2], Passage)> {
        self.doors.iter().map(|door| (door.zones.map(ZoneId::of_index), door.passage)).collect()
    }

    /// Number of cells that the robot can sweep but that belong to no zone, because the zone's floor is in
    /// more pieces than its rectangle has blocks. For the owner to see; on the maps of homes it is 0.
    #[must_use]
    pub const fn uncharted_cells(&self) -> u32 {
        self.uncharted
    }

    /// The zone of a cell of the crop, if it belongs to one.
    #[cfg(feature = "formats")]
    pub(crate) fn zone_of_cell(&self, cell: usize) -> Option<ZoneId> {
        let patch = self.near.get(cell).filter(|_| self.is_charted(cell))?;
        self.patches.get(usize::from(*patch)).map(|patch| ZoneId::of_index(patch.zone))
    }

    /// The cell lies in the patch that `near` names.
    fn is_charted(&self, cell: usize) -> bool {
        self.charted.get(cell / 64).is_some_and(|word| word >> (cell % 64) & 1 == 1)
    }
}

impl ZoneTable {
    /// The blocks of a zone's rectangle.
    fn new(rect: Rect, zone: u8, patches: &[Patch]) -> Self {
        let (columns, rows) = Self::sides(rect);
        let mut blocks = vec![NO_PATCH; (columns * rows) as usize];
        for (number, patch) in (0..).zip(patches).filter(|(_, patch)| patch.zone == zone) {
            let from = (patch.rect.x / BLOCK - rect.x / BLOCK, patch.rect.y / BLOCK - rect.y / BLOCK);
            let (across, up) = Self::sides(patch.rect);
            for row in from.1..from.1 + up {
                let start = (row * columns + from.0) as usize;
                blocks[start..start + across as usize].fill(number);
            }
        }
        Self { rect, blocks }
    }

    /// Columns and rows of aligned blocks that a rectangle touches.
    const fn sides(rect: Rect) -> (u32, u32) {
        (
            (rect.x + rect.width).div_ceil(BLOCK) - rect.x / BLOCK,
            (rect.y + rect.height).div_ceil(BLOCK) - rect.y / BLOCK,
        )
    }

    /// The patch of a cell of the frame inside the rectangle.
    fn patch_at(&self, x: u32, y: u32) -> Option<u16> {
        let (columns, _) = Self::sides(self.rect);
        let block = (y / BLOCK - self.rect.y / BLOCK) * columns + x / BLOCK - self.rect.x / BLOCK;
        self.blocks.get(block as usize).copied().filter(|&patch| patch != NO_PATCH)
    }
}

/// One bit a cell: it has a patch.
fn pack(patch_of: &[u16]) -> Vec<u64> {
    patch_of
        .chunks(64)
        .map(|cells| cells.iter().rev().fold(0, |word, &patch| word << 1 | u64::from(patch != NO_PATCH)))
        .collect()
}

/// Prints no geometry: the key is private.
impl fmt::Debug for HouseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HouseKey").finish_non_exhaustive()
    }
}

impl Drop for HouseKey {
    fn drop(&mut self) {
        self.near.zeroize();
        self.seams.iter_mut().flatten().for_each(Zeroize::zeroize);
        self.charted.zeroize();
        self.areas.zeroize();
        self.floor.zeroize();
        self.remembered.zeroize();
        self.corner_m.zeroize();
        self.resolution_m.zeroize();
        self.uncharted.zeroize();
        self.lattice.width.zeroize();
        self.lattice.height.zeroize();
        for patch in &mut self.patches {
            patch.stand.zeroize();
            patch.zone.zeroize();
            [&mut patch.rect.x, &mut patch.rect.y, &mut patch.rect.width, &mut patch.rect.height]
                .into_iter()
                .for_each(Zeroize::zeroize);
        }
        for zone in &mut self.zones {
            zone.blocks.zeroize();
        }
    }
}
