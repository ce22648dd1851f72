//! What the owner wants redacted.

use core::fmt;

use geo_types::Polygon;

use crate::home::{MAX_OUTLINE_CORNERS, RoomId, RoomKind};
use crate::policy::Policy;

/// What becomes of rooms whose kind is not known when rooms are redacted by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unlabelled {
    /// Refuse to go on: any of them might be a bedroom. The default.
    #[default]
    Refuse,
    /// Keep them: the owner looked.
    Keep,
    /// Redact them all.
    Redact,
}

/// The owner's choice of rooms to redact. Private input like the map, unlike the [`Policy`](crate::Policy),
/// which is public and the same for a whole fleet: that a household redacts two rooms more than its
/// neighbours is nobody's business.
#[derive(Clone, Default)]
pub struct Redaction {
    pub(crate) kinds: Vec<RoomKind>,
    pub(crate) rooms: Vec<RoomId>,
    pub(crate) regions: Vec<Polygon<f64>>,
    pub(crate) dead_ends: bool,
    pub(crate) unlabelled: Unlabelled,
}

impl Redaction {
    /// Nothing redacted.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// All rooms of these kinds.
    #[must_use]
    pub fn kinds(mut self, kinds: impl IntoIterator<Item = RoomKind>) -> Self {
        self.kinds.extend(kinds);
        self
    }

    /// The rooms the robot calls by these numbers.
    #[must_use]
    pub fn rooms(mut self, rooms: impl IntoIterator<Item = RoomId>) -> Self {
        self.rooms.extend(rooms);
        self
    }

    /// A part of the floor, in metres of the grid's frame: its cells, whatever room they belong to.
    #[must_use]
    pub fn region(mut self, region: Polygon<f64>) -> Self {
        self.regions.push(region);
        self
    }

    /// All rooms with one neighbour, but for the dock's.
    ///
    /// Which rooms these are is read off the whole home in one pass, before anything else is redacted. What
    /// this choice itself tells (a corridor left without its rooms, say) is left to the odds bound.
    #[must_use]
    pub const fn dead_ends(mut self) -> Self {
        self.dead_ends = true;
        self
    }

    /// What becomes of rooms without a kind.
    #[must_use]
    pub const fn unlabelled(mut self, choice: Unlabelled) -> Self {
        self.unlabelled = choice;
        self
    }
}

impl Policy {
    /// The redaction of an owner who chose nothing: the policy's kinds.
    #[must_use]
    pub fn redaction(&self) -> Redaction {
        Redaction::none().kinds(self.redacted_kinds().iter().copied())
    }
}

/// Prints nothing of the choice: it is private.
impl fmt::Debug for Redaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redaction").finish_non_exhaustive()
    }
}

/// Why a redaction was refused. The text names the limit or the choice to make, never a value of the home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RedactError {
    /// Kinds are to be redacted, but there are rooms whose kind is not known.
    Unlabelled,
    /// A room is to be redacted that the home does not have.
    UnknownRoom,
    /// A region's corner is not a finite number.
    Region,
    /// The regions have more than [`MAX_OUTLINE_CORNERS`] corners together.
    Corners,
}

impl fmt::Display for RedactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unlabelled => {
                "rooms are to be redacted by kind, but not every room has one: give the rooms kinds, name the rooms to redact by \
                 their ids, and say whether the others without a kind are kept or redacted"
            }
            Self::UnknownRoom => "a room to redact is not in the map: use the ids of the robot's rooms",
            Self::Region => "a region to redact must have finite corners, in metres",
            Self::Corners => {
                return write!(
                    f,
                    "all regions to redact may have at most {MAX_OUTLINE_CORNERS} corners together"
                );
            }
        })
    }
}

impl core::error::Error for RedactError {}
