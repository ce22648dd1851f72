//! The private key itself, and what can be asked of it at once.

use core::fmt;

use zeroize::Zeroize;

use super::chart::Patch;
use super::chart::ZoneTable;
use super::lift::passages::{DrawnDoor, Passage};
use super::reach::drive::Drive;
use super::refit::remembered::Remembered;
use crate::atlas::ZoneId;
use crate::grid::{BitGrid, Shape, Symmetry};

/// How this home's floor fits into the release. Private; see the [module](crate::key).
#[derive(Clone, PartialEq)]
pub struct HouseKey {
    pub(super) shape: Shape,
    pub(super) resolution_m: f64,
    /// Lower left corner of the crop in the metres of the grid that the home was built from.
    pub(super) corner_m: [f64; 2],
    /// Takes directions in the home to directions on the release.
    pub(super) symmetry: Symmetry,
    pub(super) zones: Vec<ZoneTable>,
    pub(super) doors: Vec<DrawnDoor>,
    /// For each door the cells of its passage, in pairs from zone to zone; found from the rest, not kept.
    pub(super) seams: Vec<Vec<[u32; 2]>>,
    pub(super) patches: Vec<Patch>,
    /// For each cell its patch, or the nearest one.
    pub(super) near: Vec<u16>,
    /// One bit a cell: it lies in its patch.
    pub(super) charted: BitGrid,
    pub(super) uncharted: u32,
    /// C, the redacted cells, and the owner's overlay.
    pub(super) drive: Drive,
    /// The free cells of the map: what a newer map is registered by.
    pub(super) floor: BitGrid,
    /// What today's map does not give.
    pub(super) remembered: Vec<Remembered>,
    /// Cells bound to each area, as runs: first cell and length.
    pub(super) areas: Vec<Vec<[u32; 2]>>,
    /// The key of the last map on which the owner's bars had their place, where nobody knows it on today's.
    pub(super) unplaced: Option<Box<Self>>,
}

impl HouseKey {
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
    pub(super) fn is_charted(&self, cell: usize) -> bool {
        self.charted.has(cell)
    }
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
        self.areas.zeroize();
        self.remembered.zeroize();
        self.corner_m.zeroize();
        self.resolution_m.zeroize();
        self.uncharted.zeroize();
        self.shape.width.zeroize();
        self.shape.height.zeroize();
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
