//! Plans, and their numbers.

use alloc::sync::Arc;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::drawing::Drawing;
use super::frame::{Dock, Door, Zone, ZoneId, door_between};
use super::tree::tree_edges;
use crate::grid::Axis;

/// Least number of zones: with one there would be nothing to choose between.
pub const MIN_ZONES: u8 = 2;

/// Greatest number of zones: seven would need a larger frame.
pub const MAX_ZONES: u8 = 6;

number! {
    /// Number of a plan in the atlas: its layout, areas and tree as the digits of one number.
    ///
    /// ```
    /// # #[cfg(feature = "stages")] {
    /// use homeveil::atlas::PlanId;
    /// assert_eq!(PlanId::new(184_989).get(), 184_989);
    /// # }
    /// ```
    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    PlanId(u32)
}

/// A complete schematic floor plan.
///
/// ```
/// # #[cfg(feature = "stages")] {
/// use homeveil::atlas::{Plan, PlanId};
/// let plan = Plan::decode(4, PlanId::new(184_989)).unwrap();
/// assert_eq!((plan.zones().len(), plan.doors().len()), (4, 3));
/// assert!(Plan::decode(4, PlanId::new(184_990)).is_none(), "not every number is a plan");
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    id: PlanId,
    drawing: Arc<Drawing>,
    /// Parent of each zone in the tree of doors; the root is its own. What is beyond the zones is 0.
    parents: [u8; MAX_ZONES as usize],
}

impl Plan {
    pub(super) fn of(id: PlanId, drawing: Arc<Drawing>, tree: &[u8]) -> Self {
        let mut parents = [0; MAX_ZONES as usize];
        parents[..tree.len()].copy_from_slice(tree);
        Self { id, drawing, parents }
    }

    /// Its number in the atlas.
    #[must_use]
    pub const fn id(&self) -> PlanId {
        self.id
    }

    /// The number K of zones.
    #[must_use]
    pub fn zone_count(&self) -> usize {
        self.drawing.rects.len()
    }

    /// The zones in order of their numbers.
    #[must_use]
    pub fn zones(&self) -> Vec<Zone> {
        (0..).map(ZoneId::of_index).zip(&self.drawing.rects).map(|(id, &rect)| Zone { id, rect }).collect()
    }

    /// The area of each zone in sixteenths of the whole.
    #[must_use]
    pub fn units(&self) -> &[u8] {
        &self.drawing.units
    }

    /// The zone of the dock: the root of the tree.
    #[must_use]
    pub fn root(&self) -> ZoneId {
        let root = (0..).zip(self.parents()).find(|(zone, parent)| zone == *parent);
        ZoneId::of_index(root.map_or(0, |(zone, _)| zone))
    }

    /// The doors, K − 1 of them, in order of their zones.
    #[must_use]
    pub fn doors(&self) -> Vec<Door> {
        let mut doors: Vec<Door> = Vec::new();
        for (zone, &parent) in (0_u8..).zip(self.parents()).filter(|(zone, parent)| zone != *parent) {
            let rect_of = |zone: u8| &self.drawing.rects[usize::from(zone)];
            let Some(rect) = door_between(rect_of(zone), rect_of(parent)) else { continue };
            let zones = [zone.min(parent), zone.max(parent)].map(ZoneId::of_index);
            doors.insert(doors.partition_point(|door| door.zones < zones), Door { zones, rect });
        }
        doors
    }

    /// The dock's place.
    #[must_use]
    pub fn dock(&self) -> Dock {
        let root = self.root();
        Dock::of(Zone { id: root, rect: self.drawing.rects[root.index()] })
    }

    /// The tree's edges as a set of pairs (see [`edge_bit`]).
    pub(crate) fn edges(&self) -> u16 {
        tree_edges(self.parents())
    }

    /// Pairs of zones where neither lies on the route from the dock to the other, so that the doors do not say which
    /// to visit first. None on a chain that starts at the dock.
    pub(crate) fn unordered_pairs(&self) -> u32 {
        let parents = self.parents();
        // A zone lies behind as many others as it is deep in the tree.
        let parent = |zone: usize| usize::from(parents[zone]);
        let route = |zone| core::iter::successors(Some(zone), |&at| Some(parent(at)).filter(|&up| up != at));
        let ordered: usize = (0..parents.len()).map(|zone| route(zone).count() - 1).sum();
        u32::try_from(parents.len() * (parents.len() - 1) / 2 - ordered).unwrap_or(0)
    }

    fn parents(&self) -> &[u8] {
        &self.parents[..self.zone_count()]
    }

    /// What it shares with all plans that differ from it in their doors alone.
    pub(crate) fn drawing(&self) -> &Drawing {
        &self.drawing
    }

    /// Along which axis each pair of zones is kept apart, (0, 1), (0, 2), …, (1, 2), …; the lower number
    /// comes first along it.
    pub(crate) fn separations(&self) -> &[Axis] {
        &self.drawing.separations
    }
}
