//! The figures of what the zones serve and leave out. They are as private as the map: `Debug` prints none.

use alloc::vec::Vec;

use crate::atlas::ZoneId;
use crate::home::{RoomId, RoomKind};

/// More left out than one part in so many calls for a warning.
const MUCH: f64 = 10.0;

/// No home is larger, in square metres: a map that says so was saved with its unknown as free.
const LARGEST_M2: f64 = 1000.0;

/// The known free floor of a map and what becomes of it under a key, in m². Private; for the owner.
///
/// ```
/// use homeveil::home::{Footprint, Home, RoomId};
/// use homeveil::key::OutOfReach;
/// use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
///
/// let home = Home::from_drawing(0.25, Footprint::disc_m(0.2)?, "
///     ######################
///     #aaaaaaaa#bbbbbb#cccc#
///     #aaaaaaaa#bbbbbb#cccc#
///     #aAaaaaaabbbbbbb#cccc#
///     #aaaaaaaabbbbbbb#cccc#
///     #aaaaaaaa#bbbbbb#cccc#
///     ######################
/// ", &[])?.build()?;
/// let (policy, none) = (Policy::default(), Redaction::none());
/// let (_, key) = anonymize(&home, &none, &policy, Grant::unaccounted(), &mut Coins::os())?;
/// let served = key.served(&home)?;
/// assert_eq!(served.in_zones_m2(), 4.5); // a, b and the doorway between them
/// assert_eq!(served.outside_m2(), 1.25);
/// assert!(served.leaves_much_out());
/// let garage = &served.rooms()[2];
/// assert_eq!((garage.id(), garage.out_of_reach()), (RoomId::new(3), Some(OutOfReach::Apart)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct ServedFloor {
    pub(super) free_m2: f64,
    pub(super) redacted_m2: f64,
    pub(super) in_zones_m2: f64,
    pub(super) today_m2: f64,
    pub(super) outside_m2: f64,
    pub(super) without_room_m2: f64,
    pub(super) unnamed_m2: f64,
    pub(super) rooms: Vec<ServedRoom>,
}

impl ServedFloor {
    /// All free floor on the map.
    #[must_use]
    pub const fn free_m2(&self) -> f64 {
        self.free_m2
    }

    /// The part of it that is redacted.
    #[must_use]
    pub const fn redacted_m2(&self) -> f64 {
        self.redacted_m2
    }

    /// The part of it in zones, whether the robot gets there today or not.
    #[must_use]
    pub const fn in_zones_m2(&self) -> f64 {
        self.in_zones_m2
    }

    /// The part of that which the robot can clean today.
    #[must_use]
    pub const fn today_m2(&self) -> f64 {
        self.today_m2
    }

    /// The part of [`in_zones_m2`](Self::in_zones_m2) in no room: what was seen through a door or a window, and
    /// joined to the zone next to it. Nobody can name it; where the room that it hangs from is redacted, so is this.
    #[must_use]
    pub const fn unnamed_m2(&self) -> f64 {
        self.unnamed_m2
    }

    /// The part of it that is neither redacted nor in any zone.
    #[must_use]
    pub const fn outside_m2(&self) -> f64 {
        self.outside_m2
    }

    /// The part of [`outside_m2`](Self::outside_m2) in no room either: what a laser saw through a window, slits.
    #[must_use]
    pub const fn without_room_m2(&self) -> f64 {
        self.without_room_m2
    }

    /// The share of the free floor, redacted rooms apart, that lies in zones, 0 to 1; 1 of nothing.
    #[must_use]
    pub fn share(&self) -> f64 {
        let due = self.free_m2 - self.redacted_m2;
        if due > 0.0 { self.in_zones_m2 / due } else { 1.0 }
    }

    /// The rooms by id, redacted ones among them.
    #[must_use]
    pub fn rooms(&self) -> &[ServedRoom] {
        &self.rooms
    }

    /// More than a tenth of the floor is in no zone, or in rooms that the robot does not get to today. The owner should
    /// see it before a release is used: the dock may be missing, a door shut, the outside saved as floor.
    #[must_use]
    pub fn leaves_much_out(&self) -> bool {
        (self.outside_m2() + self.shut_m2()) * MUCH > self.free_m2 - self.redacted_m2
    }

    /// The floor in zones of the rooms that are out of reach today.
    #[must_use]
    pub fn shut_m2(&self) -> f64 {
        let shut = self.rooms.iter().filter(|room| room.out_of_reach.is_some());
        shut.map(|room| room.in_zones_m2 - room.today_m2).sum()
    }

    /// There are more than 1,000 m² of free floor. No home has that: the map's unknown was saved as free floor, or its
    /// cells are given too large.
    #[must_use]
    pub fn is_no_home(&self) -> bool {
        self.free_m2 > LARGEST_M2
    }
}

/// One room of a [`ServedFloor`]. What of it is redacted counts apart. Private.
///
/// ```
/// use homeveil::home::{Footprint, Home, RoomId};
/// # use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let (redaction, policy) = (Redaction::none(), Policy::sealed());
/// # let (_, key) = anonymize(&home, &redaction, &policy, Grant::unaccounted(), &mut Coins::os())?;
/// let served = key.served(&home)?;
/// let room = &served.rooms()[1];
/// assert_eq!((room.id(), room.out_of_reach()), (RoomId::new(2), None));
/// assert!(room.area_m2() >= room.in_zones_m2() && room.in_zones_m2() >= room.today_m2());
/// assert!(!room.zones().is_empty() && room.redacted_m2() == 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct ServedRoom {
    pub(super) id: RoomId,
    pub(super) kind: Option<RoomKind>,
    pub(super) area_m2: f64,
    pub(super) redacted_m2: f64,
    pub(super) in_zones_m2: f64,
    pub(super) today_m2: f64,
    pub(super) zones: Vec<ZoneId>,
    pub(super) out_of_reach: Option<OutOfReach>,
}

impl ServedRoom {
    /// The robot's number of it.
    #[must_use]
    pub const fn id(&self) -> RoomId {
        self.id
    }

    /// Its kind, if known.
    #[must_use]
    pub const fn kind(&self) -> Option<RoomKind> {
        self.kind
    }

    /// Its free floor that is not redacted.
    #[must_use]
    pub const fn area_m2(&self) -> f64 {
        self.area_m2
    }

    /// Its redacted floor.
    #[must_use]
    pub const fn redacted_m2(&self) -> f64 {
        self.redacted_m2
    }

    /// The part of it in zones.
    #[must_use]
    pub const fn in_zones_m2(&self) -> f64 {
        self.in_zones_m2
    }

    /// The part of that which the robot can clean today.
    #[must_use]
    pub const fn today_m2(&self) -> f64 {
        self.today_m2
    }

    /// The zones that a tenth of its floor or more lies in, ascending: to clean the room, one asks for these.
    #[must_use]
    pub fn zones(&self) -> &[ZoneId] {
        &self.zones
    }

    /// Why less than half of it can be cleaned today, if that is so.
    #[must_use]
    pub const fn out_of_reach(&self) -> Option<OutOfReach> {
        self.out_of_reach
    }
}

/// Why a room is out of reach.
///
/// ```
/// use homeveil::key::OutOfReach;
/// assert_eq!(OutOfReach::Apart.to_string(), "apart from the home: no door leads to it");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OutOfReach {
    /// It is no part of the home: no passage that the robot fits through joins the two.
    Apart,
    /// It has zones, and a no-go area, a virtual wall or what the owner barred keeps the robot out.
    KeptOut,
    /// It has zones, and something stands in the way today.
    Blocked,
    /// Nothing of the home could be given to zones.
    NoZones,
    /// The key leads nowhere today ([`HouseKey::check_open`](crate::key::HouseKey::check_open) says why).
    Closed,
}

impl core::fmt::Display for OutOfReach {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Apart => "apart from the home: no door leads to it",
            Self::KeptOut => "shut off by a no-go area or a virtual wall",
            Self::Blocked => "unreachable today: something stands in the way",
            Self::NoZones => "in no zone: nothing of the home could be given to zones",
            Self::Closed => "closed: nobody knows where on this map the owner's bars or redacted rooms are",
        })
    }
}

private_debug!(ServedFloor, ServedRoom);
