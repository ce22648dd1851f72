//! Which rectangle of a plan each zone of a merged home is.

use super::merged::{K, Merged};
use crate::atlas::Plan;
use crate::grid::{Axis, Symmetry};

/// A matching of the zones with a plan's rectangles.
pub(super) struct Matching {
    /// Takes the sketch's directions to the plan's.
    pub(super) symmetry: Symmetry,
    pub(super) rect_of_zone: [u8; K],
    /// What it costs but for the tour.
    pub(super) rest: u32,
    /// What the tour costs.
    #[cfg(any(test, feature = "evaluation"))]
    pub(super) tour: u32,
}

/// What is looked for: matchings with a plan that cost at most so much.
struct Wanted<'a> {
    plan: &'a Plan,
    order: [u8; K],
    most: u32,
}

impl Merged {
    /// Calls `visit` with the matchings that cost no more than this, rectangle by rectangle, zone by zone and symmetry
    /// by symmetry, until it gives false.
    ///
    /// # Complexity
    /// O(K! · K²).
    pub(super) fn matchings(&self, plan: &Plan, most: u32, visit: &mut impl FnMut(Matching) -> bool) {
        let wanted = Wanted { plan, order: plan.order(), most };
        self.extend(&wanted, self.rooms, &mut [0; K], 0, visit);
    }

    /// Gives the rectangles from this one on each a zone that is not used. Gives false once `visit` did.
    fn extend(
        &self,
        wanted: &Wanted<'_>,
        cost: u32,
        zone_of_rect: &mut [usize; K],
        used: u8,
        visit: &mut impl FnMut(Matching) -> bool,
    ) -> bool {
        if cost > wanted.most {
            return true;
        }
        let rect = used.count_ones() as usize;
        if rect == self.zones {
            return self.complete(wanted, zone_of_rect, cost, visit);
        }
        (0..self.zones).filter(|zone| used >> zone & 1 == 0).all(|zone| {
            zone_of_rect[rect] = zone;
            let cost = cost + self.off(zone, wanted.plan.units()[rect]);
            self.extend(wanted, cost, zone_of_rect, used | 1 << zone, visit)
        })
    }

    fn complete(
        &self,
        wanted: &Wanted<'_>,
        zone_of_rect: &[usize; K],
        cost: u32,
        visit: &mut impl FnMut(Matching) -> bool,
    ) -> bool {
        let plan = wanted.plan;
        if zone_of_rect[plan.root().index()] != 0 {
            return true;
        }
        let mut rect_of_zone = [0; K];
        for (rect, &zone) in (0..).zip(&zone_of_rect[..self.zones]) {
            rect_of_zone[zone] = rect;
        }
        let touching = self.touching(rect_of_zone);
        let joined = (plan.edges() & touching).count_ones();
        let doors = self.rules.doors(self.zones, joined, touching.count_ones());
        let open = plan.unordered_pairs() * self.rules.open_order;
        let tour = self.tour(wanted.order, rect_of_zone);
        let mut directions = self.directions(plan, zone_of_rect);
        directions.sort_by_key(|&(wrong, symmetry)| (wrong, symmetry));
        directions.into_iter().all(|(wrong, symmetry)| {
            let rest = cost + wrong + doors + open;
            rest + tour > wanted.most
                || visit(Matching {
                    symmetry,
                    rect_of_zone,
                    rest,
                    #[cfg(any(test, feature = "evaluation"))]
                    tour,
                })
        })
    }

    /// What directions cost under each of the eight symmetries.
    fn directions(&self, plan: &Plan, zone_of_rect: &[usize; K]) -> [(u32, Symmetry); 8] {
        // along[axis of the plan][axis of the home]: wrong if they run in the same direction, wrong if they run
        // against one another.
        let mut along = [[[0_u32; 2]; 2]; 2];
        let pairs = (0..self.zones).flat_map(|a| (a + 1..self.zones).map(move |b| (a, b)));
        for ((a, b), axis) in pairs.zip(plan.separations()) {
            let (a, b) = (zone_of_rect[a], zone_of_rect[b]);
            let sums = &mut along[usize::from(*axis == Axis::Y)];
            for (home_axis, sum) in sums.iter_mut().enumerate() {
                sum[0] += self.wrong[home_axis][a][b];
                sum[1] += self.wrong[home_axis][b][a];
            }
        }
        Symmetry::ALL.map(|symmetry| {
            let (x, y) = if symmetry.swap { (1, 0) } else { (0, 1) };
            let wrong = along[0][x][usize::from(symmetry.flip_x)] + along[1][y][usize::from(symmetry.flip_y)];
            (wrong, symmetry)
        })
    }
}
