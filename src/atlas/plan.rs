//! Plans: their numbers, their geometry, and the enumeration of all of them.

use crate::grid::{Axis, CellRect, Symmetry};
use serde::{Deserialize, Serialize};

use super::frame::{Dock, Door, FRAME, LEAST_ZONE_CELLS, Zone, ZoneId, door_between};
use super::slicing::Layout;

/// Least number of zones: with one there would be nothing to choose between.
pub const MIN_ZONES: u8 = 2;

/// Greatest number of zones: seven would need a larger frame.
pub const MAX_ZONES: u8 = 6;

/// Sixteenths of the frame's area.
pub(crate) const UNITS: u8 = 16;

/// Least area of a zone, in units.
const LEAST_UNITS: u8 = 2;

number! {
    /// Number of a plan in the atlas: its layout, areas and tree as the digits of one number.
    ///
    /// ```
    /// use homeveil::atlas::PlanId;
    /// assert_eq!(PlanId::new(184_989).get(), 184_989);
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
    /// Rectangles of the zones, in cells of the frame.
    rects: Vec<CellRect>,
    /// Areas of the zones in sixteenths.
    units: Vec<u8>,
    /// Parent of each zone in the tree of doors; the root is its own.
    parents: Vec<u8>,
    separations: Vec<Axis>,
}

impl Plan {
    /// The plan of K zones with this number, if there is one.
    ///
    /// # Complexity
    /// Microseconds for up to four zones; for six some hundred, as it enumerates the layouts.
    #[must_use]
    pub fn decode(zones: u8, id: PlanId) -> Option<Self> {
        Atlas::of(zones)?.plan(id)
    }

    /// Its number in the atlas.
    #[must_use]
    pub const fn id(&self) -> PlanId {
        self.id
    }

    /// The number K of zones.
    #[must_use]
    pub const fn zone_count(&self) -> usize {
        self.rects.len()
    }

    /// The zones in order of their numbers.
    #[must_use]
    pub fn zones(&self) -> Vec<Zone> {
        (0..).map(ZoneId::of_index).zip(&self.rects).map(|(id, &rect)| Zone { id, rect }).collect()
    }

    /// The area of each zone in sixteenths of the whole.
    #[must_use]
    pub fn units(&self) -> &[u8] {
        &self.units
    }

    /// The zone of the dock: the root of the tree.
    #[must_use]
    pub fn root(&self) -> ZoneId {
        let root = (0..).zip(&self.parents).find(|(zone, parent)| zone == *parent);
        ZoneId::of_index(root.map_or(0, |(zone, _)| zone))
    }

    /// The doors, K − 1 of them, in order of their zones.
    #[must_use]
    pub fn doors(&self) -> Vec<Door> {
        let mut doors: Vec<Door> = (0_u8..)
            .zip(&self.parents)
            .filter(|(zone, parent)| zone != *parent)
            .filter_map(|(zone, &parent)| {
                let rect = door_between(&self.rects[usize::from(zone)], &self.rects[usize::from(parent)])?;
                Some(Door { zones: [zone.min(parent), zone.max(parent)].map(ZoneId::of_index), rect })
            })
            .collect();
        doors.sort_unstable_by_key(|door| door.zones);
        doors
    }

    /// The dock's place.
    #[must_use]
    pub fn dock(&self) -> Dock {
        let root = self.root();
        Dock::of(Zone { id: root, rect: self.rects[root.index()] })
    }

    /// The tree's edges as a set of pairs (see [`edge_bit`]).
    pub(crate) fn edges(&self) -> u16 {
        tree_edges(&self.parents)
    }

    /// Pairs of zones where neither lies on the route from the dock to the other, so that the doors do not say which
    /// to visit first. None on a chain that starts at the dock.
    pub(crate) fn unordered_pairs(&self) -> u32 {
        let zones = 0..self.parents.len();
        let pairs = zones.clone().flat_map(|a| (a + 1..zones.end).map(move |b| (a, b)));
        pairs.filter(|&(a, b)| !self.leads_to(a, b) && !self.leads_to(b, a)).map(|_| 1).sum()
    }

    /// Whether the route from the dock to a zone passes another one.
    fn leads_to(&self, passed: usize, zone: usize) -> bool {
        let parent = |zone: usize| usize::from(self.parents[zone]);
        core::iter::successors(Some(zone), |&at| Some(parent(at)).filter(|&up| up != at))
            .any(|at| at == passed)
    }

    /// Along which axis each pair of zones is kept apart, (0, 1), (0, 2), …, (1, 2), …; the lower number
    /// comes first along it.
    pub(crate) fn separations(&self) -> &[Axis] {
        &self.separations
    }
}

/// The bit of a pair of zones in a set of pairs: (0, 1), (0, 2), (1, 2), (0, 3), …, whatever the number of zones.
pub(crate) const fn edge_bit(a: usize, b: usize) -> u16 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    1 << (high * (high - 1) / 2 + low)
}

fn tree_edges(parents: &[u8]) -> u16 {
    parents
        .iter()
        .enumerate()
        .filter(|(zone, parent)| *zone != usize::from(**parent))
        .fold(0, |edges, (zone, &parent)| edges | edge_bit(zone, usize::from(parent)))
}

/// All plans of K zones.
///
/// ```
/// # #[cfg(feature = "stages")] {
/// use homeveil::atlas::Atlas;
/// assert_eq!(Atlas::of(3).unwrap().plans().len(), 402);
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Atlas {
    zones: u8,
    layouts: Vec<Layout>,
    areas: Vec<Vec<u8>>,
}

impl Atlas {
    /// The atlas of K zones, for K from [`MIN_ZONES`] to [`MAX_ZONES`].
    #[must_use]
    pub fn of(zones: u8) -> Option<Self> {
        if !(MIN_ZONES..=MAX_ZONES).contains(&zones) {
            return None;
        }
        let mut areas = Vec::new();
        compose(UNITS, zones, step(zones), &mut Vec::new(), &mut areas);
        Some(Self { zones, layouts: Layout::all(usize::from(zones)), areas })
    }

    /// The plan with this number, if it is one: drawable, and the least of its mirror images and turns.
    #[must_use]
    pub fn plan(&self, id: PlanId) -> Option<Plan> {
        let zones = usize::from(self.zones);
        let codes = codes(self.zones);
        let (drawing, code) = (id.0 / codes, id.0 % codes);
        let areas = u32::try_from(self.areas.len()).ok()?;
        let layout = self.layouts.get((drawing / areas) as usize)?;
        let units = &self.areas[(drawing % areas) as usize];
        let parents = decode_tree(code, zones)?;
        let rects = layout.rects(units, FRAME.width, FRAME.height);
        let walls = walls(&rects)?;
        if tree_edges(&parents) & !walls != 0 || self.least_image(layout, units, &parents) != id {
            return None;
        }
        Some(Plan { id, rects, units: units.clone(), parents, separations: layout.separations() })
    }

    /// All plans, by number.
    ///
    /// # Complexity
    /// A few milliseconds for four zones, a second for six.
    #[must_use]
    pub fn plans(&self) -> Vec<PlanId> {
        let mut all = Vec::new();
        for (l, layout) in (0_u32..).zip(&self.layouts) {
            for (a, units) in (0_u32..).zip(&self.areas) {
                let rects = layout.rects(units, FRAME.width, FRAME.height);
                let Some(walls) = walls(&rects) else { continue };
                let images = self.images(layout, units);
                let own = self.drawing_number(l, a);
                if images.iter().any(|(drawing, _)| *drawing < own) {
                    continue;
                }
                let turns: Vec<&Vec<usize>> =
                    images.iter().filter(|(drawing, _)| *drawing == own).map(|(_, from)| from).collect();
                for_each_tree(usize::from(self.zones), walls, |parents| {
                    let code = encode_tree(parents);
                    if turns.iter().all(|from| encode_tree(&renumber(parents, from)) >= code) {
                        all.push(PlanId(own * codes(self.zones) + code));
                    }
                });
            }
        }
        all.sort_unstable();
        all
    }

    /// Number of a layout with areas, the leading digits of a plan's number.
    fn drawing_number(&self, layout: u32, areas: u32) -> u32 {
        layout * u32::try_from(self.areas.len()).unwrap_or(0) + areas
    }

    /// The eight images of a drawing: their numbers, and for each of their rectangles which of ours it is.
    fn images(&self, layout: &Layout, units: &[u8]) -> Vec<(u32, Vec<usize>)> {
        let find = |n: Result<usize, usize>| u32::try_from(n.unwrap_or_else(|n| n)).unwrap_or(0);
        Symmetry::ALL
            .into_iter()
            .map(|symmetry| {
                let (image, from) = layout.image(symmetry);
                let moved: Vec<u8> = from.iter().map(|&leaf| units[leaf]).collect();
                let layout = find(self.layouts.binary_search(&image));
                (self.drawing_number(layout, find(self.areas.binary_search(&moved))), from)
            })
            .collect()
    }

    fn least_image(&self, layout: &Layout, units: &[u8], parents: &[u8]) -> PlanId {
        let images = self.images(layout, units);
        let least = images
            .iter()
            .map(|(drawing, from)| drawing * codes(self.zones) + encode_tree(&renumber(parents, from)))
            .min();
        PlanId(least.unwrap_or(u32::MAX))
    }
}

/// Units that areas are multiples of: one up to four zones, two above, where the atlas would otherwise have
/// millions of plans that differ by less than anyone could see or any channel pay for.
const fn step(zones: u8) -> u8 {
    if zones <= 4 { 1 } else { 2 }
}

/// All compositions of `rest` units into `parts` zones, in lexicographic order.
fn compose(rest: u8, parts: u8, step: u8, begun: &mut Vec<u8>, all: &mut Vec<Vec<u8>>) {
    if parts == 1 {
        all.push(begun.iter().copied().chain([rest]).collect());
        return;
    }
    let mut own = LEAST_UNITS;
    while own + LEAST_UNITS * (parts - 1) <= rest {
        begun.push(own);
        compose(rest - own, parts - 1, step, begun, all);
        begun.pop();
        own += step;
    }
}

/// Number of codes of a tree: Kᴷ.
const fn codes(zones: u8) -> u32 {
    (zones as u32).pow(zones as u32)
}

/// The parents as digits in base K, zone 0 first.
fn encode_tree(parents: &[u8]) -> u32 {
    let base = u32::try_from(parents.len()).unwrap_or(0);
    parents.iter().fold(0, |code, &parent| code * base + u32::from(parent))
}

/// The parents of a code, if they make a tree: one root, and every zone leads to it.
fn decode_tree(mut code: u32, zones: usize) -> Option<Vec<u8>> {
    let base = u32::try_from(zones).ok()?;
    let mut parents = vec![0_u8; zones];
    for parent in parents.iter_mut().rev() {
        *parent = u8::try_from(code % base).ok()?;
        code /= base;
    }
    is_tree(&parents).then_some(parents)
}

fn is_tree(parents: &[u8]) -> bool {
    let roots = (0_u8..).zip(parents).filter(|(zone, parent)| zone == *parent).count();
    let leads_to_root = |mut zone: usize| {
        for _ in 0..parents.len() {
            zone = usize::from(parents[zone]);
        }
        zone == usize::from(parents[zone])
    };
    roots == 1 && (0..parents.len()).all(leads_to_root)
}

/// The tree of an image, whose rectangle i is our rectangle `from[i]`.
fn renumber(parents: &[u8], from: &[usize]) -> Vec<u8> {
    let mut to = vec![0_u8; from.len()];
    for (new, &old) in (0_u8..).zip(from) {
        to[old] = new;
    }
    from.iter().map(|&old| to[usize::from(parents[old])]).collect()
}

/// The pairs of rectangles whose shared wall has room for a door, or nothing where a rectangle is too narrow
/// for a zone.
fn walls(rects: &[CellRect]) -> Option<u16> {
    if rects.iter().any(|rect| rect.width.min(rect.height) < LEAST_ZONE_CELLS) {
        return None;
    }
    let mut walls = 0;
    for a in 0..rects.len() {
        for b in a + 1..rects.len() {
            if door_between(&rects[a], &rects[b]).is_some() {
                walls |= edge_bit(a, b);
            }
        }
    }
    Some(walls)
}

/// Calls `visit` with the parents of every rooted spanning tree of the walls.
fn for_each_tree(zones: usize, walls: u16, mut visit: impl FnMut(&[u8])) {
    let mut parents = vec![0_u8; zones];
    extend_tree(0, false, walls, &mut parents, &mut visit);
}

fn extend_tree(zone: usize, rooted: bool, walls: u16, parents: &mut [u8], visit: &mut impl FnMut(&[u8])) {
    if zone == parents.len() {
        if is_tree(parents) {
            visit(parents);
        }
        return;
    }
    for parent in 0..parents.len() {
        let is_root = parent == zone;
        if if is_root { rooted } else { edge_bit(zone, parent) & walls == 0 } {
            continue;
        }
        #[expect(clippy::cast_possible_truncation, reason = "below MAX_ZONES")]
        {
            parents[zone] = parent as u8;
        }
        extend_tree(zone + 1, rooted || is_root, walls, parents, visit);
    }
}

#[cfg(test)]
mod tests {
    use super::{Atlas, FRAME, MAX_ZONES, MIN_ZONES};

    #[test]
    fn every_number_listed_is_a_plan_and_no_other_is() {
        for zones in 2..=3 {
            let atlas = Atlas::of(zones).unwrap();
            let listed = atlas.plans();
            let last = listed.last().unwrap().get();
            let decoded: Vec<_> =
                (0..last + 500).map(super::PlanId).filter(|id| atlas.plan(*id).is_some()).collect();
            assert_eq!(listed, decoded);
        }
    }

    #[test]
    fn the_atlas_is_as_large_as_stated() {
        let counts = [13, 402, 11_784, 39_865, 433_361];
        for (zones, count) in (MIN_ZONES..=MAX_ZONES).zip(counts) {
            assert_eq!(Atlas::of(zones).unwrap().plans().len(), count);
        }
    }

    #[test]
    fn plans_tile_the_frame_and_their_doors_join_all_zones() {
        for zones in MIN_ZONES..=MAX_ZONES {
            let atlas = Atlas::of(zones).unwrap();
            let plans = atlas.plans();
            for id in plans.iter().step_by(plans.len() / 500 + 1) {
                let plan = atlas.plan(*id).unwrap();
                let area: u32 = plan.zones().iter().map(|zone| zone.rect.area()).sum();
                assert_eq!(area, FRAME.width * FRAME.height);
                assert_eq!(plan.doors().len(), usize::from(zones) - 1);
                assert_eq!(plan.units().iter().sum::<u8>(), 16);
            }
        }
    }
}
