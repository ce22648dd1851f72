//! What the owner put on a map: redacted, barred, or bound to an area.

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::packed_runs::PackedRuns;
use crate::key::{AreaId, Region};

/// Most marks on one map.
pub(in crate::key) const MAX_MARKS: usize = 1024;

number! {
    /// Number of a mark. It stays the same as long as the mark is there, whatever becomes of the map.
    ///
    /// ```
    /// use homeveil::key::MarkId;
    /// assert_eq!(MarkId::new(7).to_string(), "7");
    /// ```
    MarkId(u32)
}

impl Zeroize for MarkId {
    fn zeroize(&mut self) {
        *self = Self::new(0);
    }
}

/// What a mark does to its place.
///
/// ```
/// use homeveil::home::{Footprint, Home, RoomId};
/// use homeveil::key::{AreaId, MarkKind};
/// # use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let policy = Policy::sealed();
/// let redaction = Redaction::none().rooms([RoomId::new(2)]);
/// # let (_, mut key) = anonymize(&home, &redaction, &policy, Grant::unaccounted(), &mut Coins::os())?;
/// key.bind_rooms(AreaId::new(3), &home, &[RoomId::new(1)])?;
/// let kinds: Vec<MarkKind> = key.marks().into_iter().map(|mark| mark.kind).collect();
/// assert_eq!(kinds, [MarkKind::Redacted, MarkKind::Area(AreaId::new(3))]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MarkKind {
    /// Redacted: the place is part of no zone.
    Redacted,
    /// Barred: the robot keeps out of it.
    Barred,
    /// Bound to an area.
    Area(AreaId),
}

/// A place that the owner marked, as it lies on today's map.
///
/// ```
/// use homeveil::home::{Footprint, Home, KeepOut};
/// use homeveil::key::MarkKind;
/// # use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let (redaction, policy) = (Redaction::none(), Policy::sealed());
/// # let (_, mut key) = anonymize(&home, &redaction, &policy, Grant::unaccounted(), &mut Coins::os())?;
/// let id = key.bar(&KeepOut::Wall(geo_types::Line::new((0.75, 0.05), (0.75, 0.15))))?;
/// let mark = key.marks().into_iter().find(|mark| mark.id == id).ok_or("it is listed")?;
/// assert_eq!((mark.kind, mark.region.len()), (MarkKind::Barred, 2));
/// key.remove_mark(id, &home)?;
/// assert!(key.marks().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Mark {
    /// Its number.
    pub id: MarkId,
    /// What it does.
    pub kind: MarkKind,
    /// Its cells, also those that today's map does not show.
    pub region: Region,
}

private_debug!(Mark);

/// A mark in the cells of its map's frame.
#[derive(Clone, PartialEq, Zeroize, ZeroizeOnDrop)]
pub(in crate::key) struct MarkedCells {
    pub(in crate::key) id: MarkId,
    #[zeroize(skip)] // What it is, not where.
    pub(in crate::key) kind: MarkKind,
    pub(in crate::key) runs: PackedRuns,
}
