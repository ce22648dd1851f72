//! The choice of an assignment: which parts of the home make which zone.
//!
//! A ranking knows no metre, and takes rooms for squares. The key knows the home. Of all assignments of the plan
//! drawn it takes one whose tour is short in the home itself: rooms are as far from one another as they are, and where
//! rooms are cut, a few that cost about the same are tried on the floor. All of that is private and changes no release.

use alloc::vec::Vec;

use super::halves;
use super::parts::CellParts;
use super::room_distances::{FloorPaths, MeasuredRooms, middles};
use crate::atlas::{Legs, Plan, Zone};
use crate::home::Home;
use crate::key::reach::poses::{Reach, dock_place};
use crate::key::reach::reached::is_enough;
use crate::measured::Measured;
use crate::merge::{Assignment, Found, assignments};

/// Most assignments that are tried: a bound on time alone. A trial cuts the rooms and goes over the floor K + 1 times.
const TRIES: usize = 16;

/// Rooms times cells up to which the distances of rooms are measured; a large home of fourteen rooms has three million.
const MOST_STEPS: usize = 1 << 23;

/// Cells that all trials together may take; a flat has some ten thousand.
const MOST_CELLS: usize = 1 << 19;

/// Assignments that cost up to a fiftieth of a tour more than the best are tried. Before a room is cut nobody knows
/// how far its halves lie from other rooms, so that a cost is off by some hundredths of a tour, and which of two that
/// differ by less is better only the floor tells.
const NEAR: u32 = 50;

/// Up to a quarter of a tour more, where the best leaves a zone that the robot does not get to, which costs a whole
/// one. With up to four zones that is less than a phantom door costs, a third: what is gained is never paid with one.
const FAR: u32 = 4;

/// The choice of assignments for a home.
pub(crate) struct Choice<'a> {
    home: &'a Home,
    measured: &'a Measured,
    tries: usize,
    floor: FloorPaths<'a>,
    /// The floor nearest to the dock.
    dock: Option<u32>,
    rooms: Option<MeasuredRooms>,
    /// Where the robot gets to; found where a room is cut.
    reach: Option<Reach>,
}

impl<'a> Choice<'a> {
    /// # Complexity
    /// O(cells).
    pub(crate) fn of(home: &'a Home, measured: &'a Measured) -> Self {
        let steps = measured.survey.rooms.len().saturating_mul(home.shape.len());
        let is_measured = steps <= MOST_STEPS && !measured.survey.sketch.is_empty();
        let tries = (MOST_CELLS / home.shape.len().max(1)).clamp(1, TRIES);
        let mut floor = FloorPaths::of(home, measured);
        let dock = floor.dock(home);
        let rooms = is_measured.then(|| MeasuredRooms::of(measured, &mut floor, dock));
        Self { home, measured, tries, floor, dock, rooms, reach: None }
    }

    /// The assignment of a plan, and what its cost is made of; in terms of the home. Nothing where there is nothing to
    /// draw.
    ///
    /// # Complexity
    /// That of a ranking for one plan, O(rooms · cells) up to eight million, and for the trials as for a million cells.
    pub(crate) fn for_plan(&mut self, plan: &Plan) -> Option<Found> {
        let near = self.found(plan, NEAR);
        if self.tries == 1 || near.first()?.assignment.cuts.is_empty() {
            return near.into_iter().next();
        }
        if self.reach.is_none() {
            self.reach = Some(Reach::of_home(self.home, &self.measured.kept, &self.measured.redacted));
        }
        let tried: Vec<Assignment> = near.iter().map(|found| found.assignment.clone()).collect();
        let mut trial = Trial::of(self, plan);
        let (best, is_reached) = trial.best(near)?;
        if is_reached {
            return Some(best);
        }
        // Of those tried none is better.
        let far = trial.choice.found(plan, FAR);
        let far = far.into_iter().filter(|found| !tried.contains(&found.assignment));
        trial.best(core::iter::once(best).chain(far).collect()).map(|(best, _)| best)
    }

    /// Where the robot gets to, if it had to be found.
    pub(in crate::key) fn into_reach(self) -> Option<Reach> {
        self.reach
    }

    /// The assignments of a plan that cost up to a fraction `1/near` of a tour more than the best.
    fn found(&mut self, plan: &Plan, near: u32) -> Vec<Found> {
        let Self { measured, tries, ref mut floor, ref mut rooms, .. } = *self;
        let distances = |pairs: &[[usize; 2]]| rooms.as_mut().map(|rooms| rooms.with(pairs, floor));
        let found = assignments(&measured.survey.sketch, plan, distances, tries, near);
        let in_home =
            |found: Found| Found { assignment: found.assignment.in_home(&measured.survey), ..found };
        found.into_iter().map(in_home).collect()
    }
}

/// Tries assignments on the floor.
struct Trial<'a, 'c> {
    choice: &'c mut Choice<'a>,
    zones: Vec<Zone>,
    /// The zone of the dock.
    root: usize,
    /// The order that is planned.
    order: Vec<u8>,
    /// The rooms before any is cut.
    uncut: CellParts,
}

impl<'a, 'c> Trial<'a, 'c> {
    fn of(choice: &'c mut Choice<'a>, plan: &Plan) -> Self {
        let zones = plan.zones();
        let order = plan.order()[..zones.len()].to_vec();
        let Measured { kept, redacted, .. } = choice.measured;
        let uncut = halves::uncut(choice.home, kept, redacted);
        Self { choice, zones, root: plan.root().index(), order, uncut }
    }

    /// The assignment that costs least, of equal ones the first, and whether the robot gets to all of its zones. A zone
    /// that it does not get to costs a tour.
    fn best(&mut self, found: Vec<Found>) -> Option<(Found, bool)> {
        let mut best: Option<(u64, Found, bool)> = None;
        for found in found {
            // What costs as much without its tour is not the best.
            let is_dearer = |cost: u64| best.as_ref().is_some_and(|(least, ..)| *least <= cost);
            if is_dearer(found.rest.into()) {
                continue;
            }
            let zone = self.zone_of_cells(&found.assignment);
            let unreached = self.unreached(&zone);
            if is_dearer(u64::from(found.rest) + unreached * u64::from(found.unit)) {
                continue;
            }
            let legs = self.legs(&zone);
            let (shortest, _) = legs.shortest(self.zones.len());
            let more = legs.length(&self.order).saturating_sub(shortest);
            let unit = u64::from(found.unit);
            let cost = u64::from(found.rest)
                + u64::from(more) * unit / u64::from(shortest.max(1))
                + unreached * unit;
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, found, unreached == 0));
            }
        }
        best.map(|(_, found, is_reached)| (found, is_reached))
    }

    /// The zone of each cell plus one, 0 for none.
    fn zone_of_cells(&self, assignment: &Assignment) -> Vec<u16> {
        let Choice { home, measured: Measured { kept, .. }, .. } = &*self.choice;
        let mut zone = halves::cut(self.uncut.clone(), kept, assignment, &self.zones, dock_place(home));
        for part in &mut zone {
            let of_part = usize::from(*part).checked_sub(1).and_then(|part| assignment.zone_of.get(part));
            *part = of_part.map_or(0, |&zone| u16::from(zone) + 1);
        }
        zone
    }

    /// The number of zones that the robot does not get to.
    fn unreached(&self, zone: &[u16]) -> u64 {
        let (mut all, mut covered) = (vec![0_u32; self.zones.len() + 1], vec![0_u32; self.zones.len() + 1]);
        for &zone in zone {
            all[usize::from(zone)] += 1;
        }
        if let Some(reach) = &self.choice.reach {
            reach.coverage.each(|cell| covered[usize::from(zone[cell])] += 1);
        }
        let zones = all.iter().zip(&covered).skip(1);
        zones.map(|(&all, &covered)| u64::from(!is_enough(covered, all))).sum()
    }

    /// How far the middles of the zones are from the dock, or without one from the middle of its zone, and from one
    /// another, over the floor.
    fn legs(&mut self, zone: &[u16]) -> Legs {
        let Choice { floor, dock, .. } = &mut *self.choice;
        let places = middles(floor.shape, zone, self.zones.len());
        let mut legs = Legs::default();
        for (between, lengths) in legs.between.iter_mut().zip(floor.between(&places)) {
            between[..places.len()].copy_from_slice(&lengths);
        }
        legs.first = match *dock {
            Some(dock) => {
                let mut first = legs.first;
                first[..places.len()].copy_from_slice(&floor.lengths(dock, &places));
                first
            }
            None => legs.between[self.root],
        };
        legs
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, NEAR, Trial};
    use crate::atlas::Atlas;
    use crate::home::{Footprint, Home};
    use crate::measured::Measured;
    use crate::redact::Redaction;

    /// Without a dock a tour starts in the plan's zone of the dock, wherever the first room is.
    #[test]
    fn a_tour_without_a_dock_starts_in_the_root_zone() {
        let drawing = "#aaaabbbb#\n#aaaabbbb#\n#aaaabbbb#\n#ccccdddd#\n#ccccdddd#\n#ccccdddd#\n";
        let footprint = Footprint::disc_m(0.1).unwrap();
        let home = Home::from_drawing(0.1, footprint, drawing, &[]).unwrap().build().unwrap();
        let measured = Measured::of(&home, &Redaction::none()).unwrap();
        let atlas = Atlas::of(4).unwrap();
        let mut elsewhere = 0;
        for plan in atlas.plans().iter().step_by(311).map(|&id| atlas.plan(id).unwrap()) {
            let mut choice = Choice::of(&home, &measured);
            let assignment = choice.found(&plan, NEAR).remove(0).assignment;
            let mut trial = Trial::of(&mut choice, &plan);
            let zone = trial.zone_of_cells(&assignment);
            let legs = trial.legs(&zone);
            assert_eq!(legs.first, legs.between[plan.root().index()]);
            elsewhere += u32::from(usize::from(assignment.zone_of[0]) != plan.root().index());
        }
        assert!(elsewhere > 0, "the first room is not always in the root zone");
    }
}
