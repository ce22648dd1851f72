//! What of the home the zones serve, and what they leave out: for its owner.
//!
//! A release always has K zones, whatever became of the floor. Takes a key and the map it is for, and counts the known
//! free floor: in zones, out of reach today, in no zone; room by room, with the reason. So no floor is left out in
//! silence. All of it is as private as the map: `Debug` prints no figure, and nothing of it reaches a release.

use alloc::vec::Vec;

use crate::atlas::{MAX_ZONES, ZoneId};
use crate::grid::Cell;
use crate::grid::components::Components;
use crate::grid::standable::{standable, swept};
use crate::home::{Home, RoomId, RoomKind};
use crate::key::{HouseKey, KeyError};

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
    free_m2: f64,
    redacted_m2: f64,
    in_zones_m2: f64,
    today_m2: f64,
    without_room_m2: f64,
    unnamed_m2: f64,
    rooms: Vec<ServedRoom>,
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
    pub fn outside_m2(&self) -> f64 {
        (self.free_m2 - self.redacted_m2 - self.in_zones_m2).max(0.0)
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
    id: RoomId,
    kind: Option<RoomKind>,
    area_m2: f64,
    redacted_m2: f64,
    in_zones_m2: f64,
    today_m2: f64,
    zones: Vec<ZoneId>,
    out_of_reach: Option<OutOfReach>,
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
    /// The key leads nowhere today ([`HouseKey::check_open`] says why).
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

/// Cells of a room.
#[derive(Clone, Copy, Default)]
struct RoomCells {
    all: u32,
    redacted: u32,
    /// In each zone.
    zones: [u32; MAX_ZONES as usize],
    in_zones: u32,
    /// Of those what can be cleaned today.
    today: u32,
    /// Of those what could be cleaned without keep-outs.
    without_keep_outs: u32,
}

impl HouseKey {
    /// What the zones serve of the home, and what they leave out.
    ///
    /// # Errors
    /// `home` is not the map that the key was built from or fitted to ([`KeyError::OtherMap`]).
    ///
    /// # Complexity
    /// O(cells · radius + rooms²).
    pub fn served(&self, home: &Home) -> Result<ServedFloor, KeyError> {
        let is_blank = self.shape.len() == 0;
        if !is_blank && !self.is_for(home) {
            return Err(KeyError::OtherMap);
        }
        let redacted = |cell: usize| !is_blank && self.drive.redacted.has(cell);
        let free = (0..home.shape.len()).filter(|&cell| home.cells[cell] == Cell::Free);
        let without_keep_outs = self.reach_without_keep_outs(home);

        let mut ids: Vec<(RoomId, Option<RoomKind>)> =
            home.pieces.iter().map(|piece| (piece.id, piece.kind)).collect();
        ids.sort_unstable();
        ids.dedup();
        let number: Vec<Option<usize>> =
            home.pieces.iter().map(|piece| ids.iter().position(|&(id, _)| id == piece.id)).collect();
        let mut rooms = vec![RoomCells::default(); ids.len()];
        let (mut all, mut hidden, mut in_zones, mut today) = (0_u32, 0_u32, 0_u32, 0_u32);
        let (mut without_room, mut unnamed) = (0_u32, 0_u32);
        for cell in free {
            all += 1;
            let label = home.labels[cell];
            let piece = label.checked_sub(crate::home::FIRST_ROOM).map(usize::from);
            let room = piece.and_then(|piece| number.get(piece).copied().flatten());
            if redacted(cell) {
                hidden += 1;
                if let Some(room) = room {
                    rooms[room].redacted += 1;
                }
                continue;
            }
            let zone = if is_blank { None } else { self.zone_at(cell) };
            let (own, cleaned) = (zone.is_some(), zone.is_some() && self.drive.is_cleanable(cell));
            in_zones += u32::from(own);
            today += u32::from(cleaned);
            let Some(room) = room else {
                without_room += u32::from(!own);
                unnamed += u32::from(own);
                continue;
            };
            let room = &mut rooms[room];
            room.all += 1;
            if let Some(count) = zone.and_then(|zone| room.zones.get_mut(usize::from(zone))) {
                *count += 1;
            }
            room.in_zones += u32::from(own);
            room.today += u32::from(cleaned);
            room.without_keep_outs += u32::from(own && without_keep_outs[cell]);
        }
        let m2 = |cells: u32| home.area_m2(cells.into());
        let room = |((id, kind), cells): (&(RoomId, Option<RoomKind>), &RoomCells)| ServedRoom {
            id: *id,
            kind: *kind,
            area_m2: m2(cells.all),
            redacted_m2: m2(cells.redacted),
            in_zones_m2: m2(cells.in_zones),
            today_m2: m2(cells.today),
            zones: cells.zones(),
            out_of_reach: cells.why(in_zones, self.closed.is_closed()),
        };
        Ok(ServedFloor {
            free_m2: m2(all),
            redacted_m2: m2(hidden),
            in_zones_m2: m2(in_zones),
            today_m2: m2(today),
            without_room_m2: m2(without_room),
            unnamed_m2: m2(unnamed),
            rooms: ids
                .iter()
                .zip(&rooms)
                .filter(|(_, cells)| cells.all + cells.redacted > 0)
                .map(room)
                .collect(),
        })
    }

    /// What the robot would sweep from where it gets to, were there no keep-outs and no bars.
    fn reach_without_keep_outs(&self, home: &Home) -> Vec<bool> {
        let (shape, disc) = (home.shape, home.disc());
        if self.shape != shape {
            return vec![false; shape.len()];
        }
        let stand = standable(|cell| home.cells[cell] == Cell::Free, shape, &disc);
        let labels: Vec<u16> = stand.iter().map(|&stand| u16::from(stand)).collect();
        let pieces = Components::of(&labels, shape);
        let mut reached = vec![false; pieces.list.len()];
        for run in pieces.runs.iter().filter(|run| run.label == 1) {
            reached[run.component as usize] |= run.cells(shape.width).any(|cell| self.drive.is_pose(cell));
        }
        let mut poses = stand;
        for run in pieces.runs.iter().filter(|run| run.label == 1 && !reached[run.component as usize]) {
            poses[run.cells(shape.width)].fill(false);
        }
        swept(&poses, shape, &disc)
    }
}

impl RoomCells {
    fn zones(&self) -> Vec<ZoneId> {
        let counts = (1..).zip(self.zones).filter(|&(_, cells)| cells > 0 && 10 * cells >= self.all);
        counts.map(|(number, _)| ZoneId::new(number)).collect()
    }

    /// Why the room is out of reach, if it is; `in_any_zone` counts the cells of all zones.
    const fn why(self, in_any_zone: u32, is_closed: bool) -> Option<OutOfReach> {
        if 2 * self.today >= self.all {
            None
        } else if in_any_zone == 0 {
            Some(OutOfReach::NoZones)
        } else if 2 * self.in_zones < self.all {
            Some(OutOfReach::Apart)
        } else if is_closed {
            Some(OutOfReach::Closed)
        } else if 2 * self.without_keep_outs >= self.all {
            Some(OutOfReach::KeptOut)
        } else {
            Some(OutOfReach::Blocked)
        }
    }
}

private_debug!(ServedFloor, ServedRoom);
