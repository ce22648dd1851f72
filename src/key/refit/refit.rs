//! What a refit is asked, and what it says of it: recognized or not, what was kept, what is out of reach.

use alloc::vec::Vec;

use crate::atlas::ZoneId;
use crate::home::Home;
use crate::key::known::{Closed, MOVED_AFTER_MAPS};
use crate::key::{HouseKey, KeyError};
use crate::redact::Redaction;

/// What a refit did, for the owner to see. Shares are between 0 and 1.
///
/// ```
/// use homeveil::home::{Footprint, Home};
/// use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
///
/// let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "
///     ##########
///     #aaaabbbb#
///     #aAaabbbb#
///     #aaaabbbb#
///     ##########
/// ", &[])?.build()?;
/// let (redaction, policy) = (Redaction::none(), Policy::sealed());
/// let (_, key) = anonymize(&home, &redaction, &policy, Grant::unaccounted(), &mut Coins::os())?;
/// let (_, refit) = key.refit(&home, &redaction);
/// assert!(refit.recognized && refit.open.is_ok());
/// assert_eq!((refit.map_overlap, refit.zone_agreement), (1.0, 1.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Refit {
    /// The map is one that the key knows: under the best rigid transform enough of the known floor and walls is found
    /// again, and enough of the new map's walls agree with known ones. Where one of the two maps shows only a part of
    /// the other they have to agree more, and too small a part is not looked for, since it fits many places. Of
    /// several known maps the one that explains most floor is taken. A mirrored home is another home.
    ///
    /// It errs on both sides: how often another home is taken for the known one, and how often a home that was turned
    /// and refurnished is recognized, stands in docs/measurements.md with the least shares.
    pub recognized: bool,
    /// The share of the known map's floor and walls that was found on the new one; of the new one's on the known map
    /// where the new one shows only a part. 0 where the map is not recognized.
    pub map_overlap: f64,
    /// The share of the cells to clean that belonged to a zone before and stay in it.
    pub zone_agreement: f64,
    /// The zones that the robot does not get to today: behind a shut door, say. They keep their floor.
    pub unreachable: Vec<ZoneId>,
    /// New rooms, or what the redaction newly asks for, could not be judged because kinds or rooms are missing. Until
    /// the owner chooses, all that may be meant is redacted: rooms without a kind, and the whole floor where a room
    /// that was never placed is not on the map.
    pub undecided: bool,
    /// Whether the key leads anywhere, and if not, why.
    pub open: Result<(), KeyError>,
    /// [`MOVED_AFTER_MAPS`] maps in a row, or more, were neither the map that the release was drawn for nor one that
    /// the owner confirmed. Ask the owner whether the household has moved, and open a new epoch; or whether this is
    /// another floor, and confirm the map ([`HouseKey::confirm_map`]).
    pub seems_moved: bool,
}

impl HouseKey {
    /// The key on a new map of the home, and what was done.
    ///
    /// What the redaction asks for was placed when it was first asked for on a map; asked again, it changes nothing
    /// there but that new rooms of its kinds are redacted. What it asks for newly is placed on the new map: an outline
    /// with all that it covers, floor or not yet; a kind and dead ends once a map has shown all floor that has a zone,
    /// and on each map until then, since the room that is shut may be meant. Each known map is asked by itself, so on
    /// another floor a room of the same number is redacted as well, once. A number that today's map does not have, and
    /// that was placed on another known map, means the room there; it is asked for here once the map has a room of that
    /// number.
    ///
    /// Every map has an answer. What counts as recognized, and how often that errs, stands at [`Refit::recognized`].
    ///
    /// # Complexity
    /// That of the first key, less the charts that go along, and a registration for each map that the key knows.
    #[must_use]
    pub fn refit(&self, home: &Home, redaction: &Redaction) -> (Self, Refit) {
        match self.known.recognize(home) {
            Some(recognized) => self.fitted(home, redaction, &recognized),
            None => self.made_anew(home, redaction),
        }
    }

    /// The owner says that today's map belongs to the home: another floor, or a new beginning. The key opens, and knows
    /// the map from now on. It knows four such maps; of more, the one seen longest ago is forgotten, but never the
    /// home as drawn.
    ///
    /// What is redacted or barred on other maps has no place on this one: redact and bar here what is to be. A key
    /// stays closed where a room was asked for by a number that no map has.
    ///
    /// # Complexity
    /// O(cells · radius) where the key was closed and something is barred; else O(1).
    pub fn confirm_map(&mut self) {
        self.known.confirm();
        self.closed = Closed { room: self.closed.room, ..Closed::default() };
        self.open_again();
    }

    /// Whether the key leads anywhere on today's map. It leads nowhere where the map is not recognized and something
    /// that the owner barred or redacted has no certain place on it ([`HouseKey::refit`]). It opens with a map that is
    /// recognized, when the owner confirms today's ([`HouseKey::confirm_map`]), or when the owner removes all bars
    /// ([`HouseKey::unbar`]) where it is closed for these alone.
    ///
    /// # Errors
    /// [`KeyError::UnplacedBars`] or [`KeyError::UnplacedRedaction`].
    pub const fn check_open(&self) -> Result<(), KeyError> {
        match self.closed {
            Closed { bars: true, .. } => Err(KeyError::UnplacedBars),
            Closed { redaction: true, .. } | Closed { room: true, .. } => Err(KeyError::UnplacedRedaction),
            _ => Ok(()),
        }
    }

    /// Closes the drive, or opens it again.
    pub(in crate::key) fn open_again(&mut self) {
        if self.closed.is_closed() {
            self.drive.close();
        } else {
            self.drive.open_again(self.resolution_m);
        }
    }

    /// How many maps in a row were neither the map that the release was drawn for nor one that the owner confirmed.
    #[must_use]
    pub const fn strange_maps(&self) -> u32 {
        self.known.strange
    }

    /// The zones that the robot does not get to on today's map, with what is barred by now. They keep their floor.
    ///
    /// # Complexity
    /// O(zones); O(cells) where the owner barred anything.
    #[must_use]
    pub fn unreachable(&self) -> Vec<ZoneId> {
        let reached = self.reached_today();
        let zones = (0..).take(self.zones.len()).filter(|&zone| !reached.has(zone));
        zones.map(ZoneId::of_index).collect()
    }

    /// A report of a refit to today's map.
    pub(super) fn report(
        &self,
        recognized: bool,
        map_overlap: f64,
        zone_agreement: f64,
        undecided: bool,
    ) -> Refit {
        Refit {
            recognized,
            map_overlap,
            zone_agreement,
            unreachable: self.unreachable(),
            undecided,
            open: self.check_open(),
            seems_moved: self.known.strange >= MOVED_AFTER_MAPS,
        }
    }
}
