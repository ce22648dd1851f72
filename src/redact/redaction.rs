//! What the owner wants redacted.

use alloc::vec::Vec;

use geo_types::Polygon;

use crate::grid::Span;
use crate::home::outline;
use crate::home::{Home, HomeError, MAX_OUTLINE_CORNERS, RoomId, RoomIds, RoomKind, RoomPiece};
use crate::policy::Policy;

/// What becomes of rooms whose kind is not known when rooms are redacted by kind.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Unlabelled {
    /// Refuse to go on: any of them might be a bedroom.
    #[default]
    Refuse,
    Keep,
    Redact,
}

/// The owner's choice of rooms to redact. Private input like the map, unlike the [`Policy`](crate::Policy),
/// which is public and the same for a whole fleet: that a household redacts two rooms more than its
/// neighbours stays in the household.
///
/// ```
/// use homeveil::Redaction;
/// use homeveil::home::{RoomId, RoomKind};
/// let redaction = Redaction::none()
///     .kinds([RoomKind::Bedroom, RoomKind::Bathroom])
///     .rooms([RoomId::new(7)])
///     .redact_unlabelled();
/// # let _ = redaction;
/// ```
#[derive(Clone, Default)]
pub struct Redaction {
    pub(crate) kinds: Vec<RoomKind>,
    pub(crate) rooms: Vec<RoomId>,
    pub(crate) regions: Vec<Polygon<f64>>,
    /// More of the floor, as cells of the one map that it is for.
    pub(crate) cells: Vec<usize>,
    pub(crate) dead_ends: bool,
    pub(super) unlabelled: Unlabelled,
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

    /// All rooms of these kinds, and of no kind that was named before: for an owner who wants other kinds redacted than
    /// the policy does.
    #[must_use]
    pub fn only_kinds(mut self, kinds: impl IntoIterator<Item = RoomKind>) -> Self {
        self.kinds.clear();
        self.kinds(kinds)
    }

    /// The rooms the robot calls by these numbers, on the map of the day when they are first asked for. From then on
    /// they are places of that map: numbers of later days play no part. On another map that the key gets to know, of
    /// another floor, a room of the same number is redacted too when it is first seen: nobody can say which of them is
    /// meant. [`HouseKey::remove_mark`](crate::HouseKey::remove_mark) takes that back.
    #[must_use]
    pub fn rooms(mut self, rooms: impl IntoIterator<Item = RoomId>) -> Self {
        self.rooms.extend(rooms);
        self
    }

    /// A part of the floor, in metres of the robot's frame, as the home's dock is: its cells, whatever room they belong
    /// to.
    ///
    /// # Errors
    /// A coordinate is not a finite number, all regions together have more than [`MAX_OUTLINE_CORNERS`] corners, or
    /// (with the feature `geo`) the outline is not valid: a region that crosses itself would leave floor in the
    /// release that the owner meant to redact. See [`HomeError`].
    ///
    /// # Complexity
    /// O(corners²).
    ///
    /// ```
    /// use geo_types::Rect;
    /// use homeveil::Redaction;
    /// use homeveil::home::{Footprint, Home};
    ///
    /// let home = Home::from_drawing(0.5, Footprint::disc_m(0.2)?, "
    ///     ##########
    ///     #aaaabbbb#
    ///     #aaaabbbb#
    ///     #aAaabbbb#
    ///     #aaaabbbb#
    ///     ##########
    /// ", &[])?.build()?;
    /// // The right half of room b.
    /// let region = Rect::new((3.5, 0.5), (4.5, 2.5)).to_polygon();
    /// let redaction = Redaction::none().region(region)?;
    /// # let policy = homeveil::Policy::default();
    /// # let (grant, mut coins) = (homeveil::Grant::unaccounted(), homeveil::Coins::os());
    /// let (_, key) = homeveil::anonymize(&home, &redaction, &policy, grant, &mut coins)?;
    /// # let _ = key;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn region(mut self, region: Polygon<f64>) -> Result<Self, HomeError> {
        outline::check(&region)?;
        self.regions.push(region);
        if self.regions.iter().map(outline::corners).sum::<usize>() > MAX_OUTLINE_CORNERS {
            return Err(HomeError::Corners);
        }
        Ok(self)
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

    /// Keeps rooms without a kind: the owner looked at them. Unless the owner chooses, rooms without a kind are
    /// refused where rooms are redacted by kind, because any of them might be a bedroom.
    #[must_use]
    pub const fn keep_unlabelled(mut self) -> Self {
        self.unlabelled = Unlabelled::Keep;
        self
    }

    /// Redacts all rooms without a kind where rooms are redacted by kind.
    #[must_use]
    pub const fn redact_unlabelled(mut self) -> Self {
        self.unlabelled = Unlabelled::Redact;
        self
    }
}

impl Redaction {
    /// It names something to redact.
    pub(crate) const fn asks_for_something(&self) -> bool {
        !self.kinds.is_empty() || !self.rooms.is_empty() || !self.regions.is_empty() || self.dead_ends
    }

    /// Rooms without a kind stay, although others are redacted by kind: the owner looked.
    pub(crate) fn keeps_unlabelled(&self) -> bool {
        self.unlabelled == Unlabelled::Keep
    }

    /// The owner has still to choose: kinds are to be redacted, and a room with floor has none and was not asked for by
    /// number.
    ///
    /// # Complexity
    /// O(cells + rooms · log rooms).
    pub(crate) fn leaves_open(&self, home: &Home) -> bool {
        let named = RoomIds::of(self.rooms.iter().copied());
        let is_open = |piece: &RoomPiece| piece.kind.is_none() && !named.has(piece.id);
        self.refuses_unlabelled()
            && home.pieces.iter().any(is_open)
            && Span::runs(&home.labels, home.shape.width)
                .any(|(label, _)| home.piece(label).is_some_and(is_open))
    }

    /// Kinds are to be redacted, and the owner has not chosen what becomes of rooms without one.
    pub(crate) fn refuses_unlabelled(&self) -> bool {
        self.unlabelled == Unlabelled::Refuse && !self.kinds.is_empty()
    }
}

impl Policy {
    /// The redaction of an owner who chose nothing: the policy's kinds.
    #[must_use]
    pub fn redaction(&self) -> Redaction {
        Redaction::none().kinds(self.redacted_kinds().iter().copied())
    }
}

private_debug!(Redaction);
