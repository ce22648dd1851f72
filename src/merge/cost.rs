//! What an assignment costs.
//!
//! The unit is a tour of all zones. Six things cost, and each but the first costs one tour at most. A home is used for
//! four things, each as often as the others: the robot visits all zones, drives from one to another, cleans a place
//! that is somewhere on the floor, and goes to where somebody points.
//!
//! * *Tours*: the cloud plans the shortest tour on the release, and the robot drives the same order in the home. What
//!   it drives more than by the best order counts as it is.
//! * *Phantom doors*, drawn between zones that do not touch: a half of all paths lead through a door, by and large, and
//!   where it is not there the robot goes back and around, two legs of the K − 1 that a tour has. So each costs
//!   1/(K − 1), and all of them together one tour.
//! * *Cut rooms*: who wants the room clean sends two commands, and the robot goes there twice. To a zone and back is
//!   about a tour, so cuts cost the share of the floor that lies in cut rooms.
//! * *Merged rooms*: who wants a room clean gets the whole of every zone that holds a part of it. To get around on all
//!   of the floor is a tour, so what is cleaned and was not asked for costs its share of the floor, in the mean over
//!   the places where somebody wants a room clean. That it is clean then costs nothing.
//! * *Areas*: who points to a place on the release by its proportions means another zone where the areas disagree, for
//!   the share of the floor that is their total variation, ½ Σ |share − plan's share|. The robot goes there and back
//!   for nothing.
//! * *Directions*: the same for who goes by what lies left of or above what, for the share of pairs of zones that lie
//!   in the wrong order.
//!
//! Nothing here was chosen with a map in view. A *hidden* door, which is there and not drawn, costs nothing by itself:
//! the robot takes it. What the cloud plans without it shows in the tour.
//!
//! In the first version ([`Rules::FIRST`]) the unit was a phantom door, tours counted by the pairs of zones whose order
//! the doors leave open, cuts by their number, and merged rooms not at all. Draws of that version are repeated by its
//! rules.

use crate::atlas::{MAX_ZONES, MIN_ZONES};

/// What each disagreement costs, and which rooms may be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rules {
    /// The unit: a tour; for the first version, a phantom door.
    pub(crate) unit: u32,
    /// A door of the plan whose zones do not touch in the home.
    pub(super) phantom: u32,
    /// Two zones that touch in the home without a door in the plan.
    pub(super) hidden: u32,
    /// A room cut in two although there were enough rooms.
    pub(super) spared_cut: u32,
    /// Cut rooms that hold all of the floor.
    pub(super) cut_floor: u32,
    /// As much floor as there is, cleaned without having been asked for.
    pub(super) unasked_floor: u32,
    /// Areas that have nothing in common with the plan's (total variation 1).
    pub(super) proportion: u32,
    /// A pair of zones whose order the doors leave open.
    pub(super) open_order: u32,
    /// A tour that is twice as long as the best.
    pub(super) tour: u32,
    pub(super) cuts: Cuts,
}

/// Which rooms may be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cuts {
    /// Only those that hold a K-th of the floor; the largest where there are fewer rooms than zones.
    Largest,
    /// Any, where there are few rooms, and one or two more than there must be.
    Any,
}

impl Rules {
    /// Those of the first version.
    pub(crate) const FIRST: Self = Self {
        unit: 1000,
        phantom: 1000,
        hidden: 100,
        spared_cut: 600,
        cut_floor: 0,
        unasked_floor: 0,
        proportion: 1000,
        open_order: 20,
        tour: 0,
        cuts: Cuts::Largest,
    };

    /// Today's. A pair of zones in the wrong order costs 1000 under all rules, so a tour is a thousand times the pairs.
    pub(crate) fn of(zones: usize) -> Self {
        let zones = u32::try_from(zones).unwrap_or(u32::MAX).clamp(MIN_ZONES.into(), MAX_ZONES.into());
        let doors = zones - 1;
        let unit = 1000 * (zones * doors) / 2;
        Self {
            unit,
            phantom: unit / doors,
            hidden: 0,
            spared_cut: 0,
            cut_floor: unit,
            unasked_floor: unit,
            proportion: unit,
            open_order: 0,
            tour: unit,
            cuts: Cuts::Any,
        }
    }

    /// What the doors of a plan of K zones cost: `joined` of its K − 1 doors join zones that touch, and so many pairs
    /// of zones touch.
    pub(super) fn doors(&self, zones: usize, joined: u32, touching: u32) -> u32 {
        let doors = u32::try_from(zones).unwrap_or(1) - 1;
        let joined = joined.min(doors);
        (doors - joined) * self.phantom + (touching - joined) * self.hidden
    }
}
