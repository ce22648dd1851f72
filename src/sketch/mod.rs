//! The sketch: all that a release may depend on.
//!
//! A [`Sketch`] holds, for each room that is left, its area as a share of the others', the order of the rooms
//! from left to right and from bottom to top (by centroid), the graph of doors, and which room is the dock's.
//! No metre, no coordinate, no cell, no name: whatever two homes differ in besides these cannot reach a
//! release, because the stages after this one take a sketch and nothing else.
//!
//! A sketch is kept in a canonical form, so that two homes that differ by the numbering of their rooms, by
//! one of the eight symmetries of the plane or by scale have *equal* sketches (corollaries N1, N4 and N5 of
//! the promise), and everything computed from them, heuristics and ties included, is equal too. The form is
//! the least code over the eight symmetries, rooms sorted by their places; rooms that share a centroid are
//! told apart by area and by colour refinement of the door graph (Weisfeiler & Leman 1968), and where that
//! fails too, by trying each in turn.

mod canonical;
mod survey;

use core::fmt;

pub(crate) use survey::Survey;

use crate::redact::Redacted;

/// One room of a sketch.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Site {
    /// Rank of its centroid from left to right; equal centroids have equal rank.
    pub(crate) x: u16,
    /// Rank of its centroid from bottom to top.
    pub(crate) y: u16,
    /// Area, in units that make the areas of all rooms coprime.
    pub(crate) area: u64,
    /// Rooms that a door leads to, ascending.
    pub(crate) doors: Vec<u16>,
}

/// What a release may depend on, in canonical form.
#[derive(Clone, PartialEq, Eq)]
pub struct Sketch {
    /// In canonical order.
    pub(crate) sites: Vec<Site>,
    /// The dock's room; 0 where there is none.
    pub(crate) root: u16,
}

impl Sketch {
    /// The sketch of a redacted home.
    ///
    /// # Complexity
    /// O(cells + rooms² log rooms).
    #[must_use]
    pub fn of(redacted: &Redacted) -> Self {
        Survey::of(redacted).sketch
    }

    /// Whether the two are the same up to the numbering of rooms, the symmetries of the plane, and scale. As
    /// sketches are canonical, that is equality.
    #[must_use]
    pub fn is_equivalent(&self, other: &Self) -> bool {
        self == other
    }

    /// Nothing is left to draw: such homes are all alike.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.sites.is_empty()
    }

    /// The sketch as bytes, for the keeper's record: little-endian, canonical.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut put = |value: u64, size: usize| bytes.extend_from_slice(&value.to_le_bytes()[..size]);
        put(self.sites.len() as u64, 2);
        put(self.root.into(), 2);
        for site in &self.sites {
            put(site.x.into(), 2);
            put(site.y.into(), 2);
            put(site.area, 8);
            put(site.doors.len() as u64, 2);
            site.doors.iter().for_each(|&door| put(door.into(), 2));
        }
        bytes
    }

    /// The sketch of these bytes, if they are one's.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let mut take = |size: usize| {
            let (own, others) = rest.split_at_checked(size)?;
            rest = others;
            let mut value = [0; 8];
            value[..size].copy_from_slice(own);
            Some(u64::from_le_bytes(value))
        };
        let mut short = |size| take(size).and_then(|value| u16::try_from(value).ok());
        let (rooms, root) = (short(2)?, short(2)?);
        if root >= rooms.max(1) {
            return None;
        }
        let mut sites = Vec::new();
        for _ in 0..rooms {
            let (x, y) = (short(2)?, short(2)?);
            let mut area = 0;
            for part in 0..4 {
                area |= u64::from(short(2)?) << (16 * part);
            }
            let count = short(2)?;
            let doors: Option<Vec<u16>> = (0..count).map(|_| short(2).filter(|&door| door < rooms)).collect();
            sites.push(Site { x, y, area, doors: doors? });
        }
        let fits =
            sites.iter().all(|site| site.area > 0 && site.area < 1 << 25 && site.x < rooms && site.y < rooms)
                && sites.iter().map(|site| site.area).sum::<u64>() <= 1 << 25;
        (rest.is_empty() && fits).then_some(Self { sites, root })
    }
}

/// Prints nothing: a sketch is private.
impl fmt::Debug for Sketch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sketch").finish_non_exhaustive()
    }
}
