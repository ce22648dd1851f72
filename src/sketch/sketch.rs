//! The sketch of a home.

use alloc::vec::Vec;

use zeroize::Zeroize;

use super::door_list::DoorList;
use crate::blob::{BlobError, Reader, check};
use crate::home::MAX_ROOMS;

/// Most rooms of a sketch that is read: twice as many as the versions that stored sketches had pieces of rooms.
const MOST_READ: usize = 8 * MAX_ROOMS;

/// One room of a sketch.
#[derive(Clone, PartialEq, Eq, Zeroize)]
pub(crate) struct Site {
    /// Rank of its centroid from left to right; equal centroids have equal rank.
    pub(crate) x: u16,
    /// Rank of its centroid from bottom to top.
    pub(crate) y: u16,
    /// Area, in units that make the areas of all rooms coprime.
    pub(crate) area: u64,
    /// Rooms that a door leads to.
    pub(crate) doors: DoorList,
}

/// What a release may depend on, in canonical form.
///
/// ```
/// # #[cfg(feature = "stages")] {
/// use homeveil::home::{Footprint, Home};
/// use homeveil::{Redaction, redact::redact, sketch::Sketch};
/// let sketch = |drawing| {
///     let home = Home::from_drawing(0.5, Footprint::disc_m(0.1).unwrap(), drawing, &[]).unwrap().build().unwrap();
///     Sketch::of(&redact(&home, &Redaction::none()).unwrap())
/// };
/// let one = sketch("
///     #########
///     #Aaabbbb#
///     #aaabbbb#
///     #########");
/// let mirrored = sketch("
///     #########
///     #bbbbaaA#
///     #bbbbaaa#
///     #########");
/// assert!(one.is_equivalent(&mirrored));
/// # }
/// ```
#[derive(Clone, PartialEq, Eq, Zeroize)]
pub struct Sketch {
    /// In canonical order.
    pub(crate) sites: Vec<Site>,
    /// The dock's room; 0 without rooms.
    pub(crate) root: u16,
}

impl Sketch {
    /// That of a home with nothing to draw, and of a floor that a household does not have.
    pub(crate) const NOTHING: Self = Self { sites: Vec::new(), root: 0 };

    /// Whether the two are the same up to the numbering of rooms, the symmetries of the plane, and scale. As
    /// sketches are canonical, that is equality.
    #[cfg(feature = "stages")]
    #[must_use]
    pub fn is_equivalent(&self, other: &Self) -> bool {
        self == other
    }

    /// Nothing is left to draw: such homes are all alike.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.sites.is_empty()
    }

    /// Reads a sketch of a keeper's state of version 3: its rooms, the dock's room; for each room its two ranks, its
    /// area, and its doors.
    pub(crate) fn read(from: &mut Reader<'_>) -> Result<Self, BlobError> {
        let (rooms, root) = (from.u16()?, from.u16()?);
        check(root < rooms.max(1) && usize::from(rooms) <= MOST_READ)?;
        let mut sites = Vec::new();
        for _ in 0..rooms {
            let (x, y, area, count) = (from.u16()?, from.u16()?, from.u64()?, from.u16()?);
            let doors = (0..count).map(|_| from.u16()).collect::<Result<Vec<_>, _>>()?;
            check((1..1 << 25).contains(&area) && [x, y].iter().chain(&doors).all(|&room| room < rooms))?;
            check(doors.is_sorted_by(|a, b| a < b))?;
            sites.push(Site { x, y, area, doors: DoorList::of(doors, rooms.into()) });
        }
        check(sites.iter().map(|site| site.area).sum::<u64>() <= 1 << 25)?;
        Ok(Self { sites, root })
    }
}

private_debug!(Sketch, Site);
