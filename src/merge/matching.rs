//! Which rectangle of a plan each zone of a merged home is.

use super::merged::{K, Merged};
use crate::atlas::Plan;
use crate::grid::{Axis, Symmetry};

/// A matching of the zones with a plan's rectangles.
pub(super) struct Matching {
    /// Takes the sketch's directions to the plan's.
    pub(super) symmetry: Symmetry,
    pub(super) rect_of_zone: [u8; K],
}

impl Merged {
    /// The first matching that costs no more than this, rectangle by rectangle and zone by zone.
    ///
    /// # Complexity
    /// O(K! · K²).
    pub(super) fn matched(&self, plan: &Plan, most: u32) -> Option<Matching> {
        self.extend(plan, 0, self.cuts, most, &mut [0; K], 0)
    }

    /// Gives the rectangles from this one on each a zone that is not used.
    fn extend(
        &self,
        plan: &Plan,
        rect: usize,
        cost: u32,
        most: u32,
        zone_of_rect: &mut [usize; K],
        used: u8,
    ) -> Option<Matching> {
        if cost > most {
            return None;
        }
        if rect == self.zones {
            return self.complete(plan, zone_of_rect, cost, most);
        }
        (0..self.zones).filter(|zone| used >> zone & 1 == 0).find_map(|zone| {
            zone_of_rect[rect] = zone;
            let cost = cost + self.off(zone, plan.units()[rect]);
            self.extend(plan, rect + 1, cost, most, zone_of_rect, used | 1 << zone)
        })
    }

    fn complete(&self, plan: &Plan, zone_of_rect: &[usize; K], cost: u32, most: u32) -> Option<Matching> {
        let (directions, symmetry) = self.directions(plan, zone_of_rect);
        let mut rect_of_zone = [0; K];
        for (rect, &zone) in (0..).zip(&zone_of_rect[..self.zones]) {
            rect_of_zone[zone] = rect;
        }
        let touching = self.touching(rect_of_zone);
        let joined = (plan.edges() & touching).count_ones();
        let doors = self.weights.doors(self.zones, joined, touching.count_ones());
        let order = plan.unordered_pairs() * self.weights.order;
        let fits =
            plan.root().index() == usize::from(rect_of_zone[0]) && cost + directions + doors + order <= most;
        fits.then_some(Matching { symmetry, rect_of_zone })
    }

    /// The least cost of directions over the eight symmetries, and the symmetry.
    fn directions(&self, plan: &Plan, zone_of_rect: &[usize; K]) -> (u32, Symmetry) {
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
        Symmetry::ALL
            .into_iter()
            .map(|symmetry| {
                let (x, y) = if symmetry.swap { (1, 0) } else { (0, 1) };
                let wrong =
                    along[0][x][usize::from(symmetry.flip_x)] + along[1][y][usize::from(symmetry.flip_y)];
                (wrong * self.weights.direction / 1000, symmetry)
            })
            .min()
            .unwrap_or_default()
    }
}
