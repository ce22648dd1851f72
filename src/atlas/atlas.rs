//! The enumeration of all plans.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::drawing::Drawing;
use super::plan::{MAX_ZONES, MIN_ZONES, Plan, PlanId};
use super::slicing::Layout;
use super::tree::{codes, decode_tree, encode_tree, renumber, spanning_trees, tree_edges};
use crate::grid::Symmetry;

/// Sixteenths of the frame's area.
const UNITS: u8 = 16;

/// Least area of a zone, in units.
const LEAST_UNITS: u8 = 2;

/// How many plans of K zones there are, from [`MIN_ZONES`] on, so that nobody counts them to check a release.
const PLANS: [u32; 5] = [13, 402, 11_784, 39_865, 433_361];

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

impl Plan {
    /// The plan of K zones with this number, if there is one.
    ///
    /// # Complexity
    /// That of enumerating the layouts of K zones.
    #[must_use]
    pub fn decode(zones: u8, id: PlanId) -> Option<Self> {
        Atlas::of(zones)?.plan(id)
    }
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

    /// The number of plans of K zones; nothing for a K without an atlas.
    pub(super) fn count(zones: u8) -> Option<u32> {
        PLANS.get(usize::from(zones.checked_sub(MIN_ZONES)?)).copied()
    }

    /// The plan with this number, if it is one: drawable, and the least of its mirror images and turns.
    #[must_use]
    pub fn plan(&self, id: PlanId) -> Option<Plan> {
        let codes = codes(self.zones);
        let (number, code) = (id.get() / codes, id.get() % codes);
        let areas = u32::try_from(self.areas.len()).ok()?;
        let layout = self.layouts.get((number / areas) as usize)?;
        let units = &self.areas[(number % areas) as usize];
        let parents = decode_tree(code, usize::from(self.zones))?;
        let drawing = Drawing::of(number, layout, units)?;
        let image = |image: &LayoutImage| {
            image.number(self, units) * codes + encode_tree(&renumber(&parents, &image.from))
        };
        let least = self.images(layout).iter().map(image).min();
        (tree_edges(&parents) & !drawing.walls == 0 && least == Some(id.get()))
            .then(|| Plan::of(id, Arc::new(drawing), &parents))
    }

    /// The plans of these numbers; `None` if one is no plan.
    pub(super) fn decoded(&self, ids: &[PlanId]) -> Option<Vec<Plan>> {
        ids.iter().map(|&id| self.plan(id)).collect()
    }

    /// The numbers of all plans, ascending.
    ///
    /// # Complexity
    /// O(layouts · areas · trees of doors), by far the most for six zones.
    #[must_use]
    pub fn plans(&self) -> Vec<PlanId> {
        self.all().iter().map(Plan::id).collect()
    }

    /// All plans, by number.
    ///
    /// # Complexity
    /// O(layouts · areas · trees of doors), by far the most for six zones.
    #[must_use]
    pub(super) fn all(&self) -> Vec<Plan> {
        let mut all = Vec::with_capacity(Self::count(self.zones).unwrap_or(0) as usize);
        for (l, layout) in (0_u32..).zip(&self.layouts) {
            let images = self.images(layout);
            for (a, units) in (0_u32..).zip(&self.areas) {
                let own = self.drawing_number(l, a);
                // The plans of a drawing are told once: by its image of the least number, and of its trees that turn
                // into one another by the least.
                let numbers: Vec<u32> = images.iter().map(|image| image.number(self, units)).collect();
                if numbers.iter().any(|&number| number < own) {
                    continue;
                }
                let Some(drawing) = Drawing::of(own, layout, units).map(Arc::new) else { continue };
                let turns: Vec<&LayoutImage> = images
                    .iter()
                    .zip(&numbers)
                    .filter(|pair| *pair.1 == own)
                    .map(|pair| pair.0)
                    .skip(1)
                    .collect();
                for parents in spanning_trees(self.zones, drawing.walls) {
                    let code = encode_tree(&parents);
                    if turns.iter().all(|turn| encode_tree(&renumber(&parents, &turn.from)) >= code) {
                        let id = PlanId::new(own * codes(self.zones) + code);
                        all.push(Plan::of(id, Arc::clone(&drawing), &parents));
                    }
                }
            }
        }
        all
    }

    /// Number of a layout with areas, the leading digits of a plan's number.
    fn drawing_number(&self, layout: u32, areas: u32) -> u32 {
        layout * u32::try_from(self.areas.len()).unwrap_or(0) + areas
    }

    /// The eight images of a layout, itself first.
    fn images(&self, layout: &Layout) -> [LayoutImage; 8] {
        Symmetry::ALL.map(|symmetry| {
            let (image, from) = layout.image(symmetry);
            LayoutImage { layout: place(&self.layouts, &image), from }
        })
    }
}

/// A layout's image.
struct LayoutImage {
    /// Its place among the layouts.
    layout: u32,
    /// Which of the layout's rectangles each of the image's is.
    from: Vec<usize>,
}

impl LayoutImage {
    /// The number of the image of a drawing with these areas.
    fn number(&self, atlas: &Atlas, units: &[u8]) -> u32 {
        let moved: Vec<u8> = self.from.iter().map(|&rect| units[rect]).collect();
        atlas.drawing_number(self.layout, place(&atlas.areas, &moved))
    }
}

/// The place of a value in a list in order that holds it.
fn place<T: Ord>(list: &[T], value: &T) -> u32 {
    let place = list.binary_search(value).unwrap_or_else(|place| place);
    u32::try_from(place).unwrap_or(u32::MAX)
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

#[cfg(test)]
mod tests {
    use super::{Atlas, MAX_ZONES, MIN_ZONES, PLANS};
    use crate::atlas::FRAME;

    #[test]
    fn every_number_listed_is_a_plan_and_no_other_is() {
        for zones in 2..=3 {
            let atlas = Atlas::of(zones).unwrap();
            let listed = atlas.plans();
            let last = listed.last().unwrap().get();
            let decoded: Vec<_> =
                (0..last + 500).map(super::PlanId::new).filter(|id| atlas.plan(*id).is_some()).collect();
            assert_eq!(listed, decoded);
        }
    }

    #[test]
    fn the_atlas_is_as_large_as_stated() {
        for (zones, count) in (MIN_ZONES..=MAX_ZONES).zip(PLANS) {
            let plans = Atlas::of(zones).unwrap().plans();
            assert_eq!(plans.len(), count as usize);
            assert!(plans.is_sorted_by(|a, b| a < b));
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
