//! What a key remembers of floor that the map of today does not give: a room behind a shut door, the place
//! under a new cupboard.
//!
//! Charts, zones and areas are about floor that the robot gets to today. Were the rest forgotten, a room that
//! is shut while the map is remade would come back as nobody's. So every refit keeps, for each cell that
//! was claimed once and can't be swept now, whose it was.

use zeroize::Zeroize;

use crate::blob::{BlobError, Reader, Writer, check};
use crate::grid::{MAX_CELLS, narrow};
use crate::key::HouseKey;

/// What a cell was known as.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(in crate::key) struct Claim {
    /// Index of its zone and one; 0 for none.
    pub(in crate::key) zone: u8,
    pub(in crate::key) redacted: bool,
    /// The owner's overlay covers it.
    pub(in crate::key) barred: bool,
    /// Areas it was bound to, one bit each.
    pub(in crate::key) areas: u64,
}

impl Claim {
    pub(in crate::key) const NONE: Self = Self { zone: 0, redacted: false, barred: false, areas: 0 };

    /// Both claims; the zone is the first one's, if it has any.
    pub(in crate::key) const fn and(self, other: Self) -> Self {
        Self {
            zone: if self.zone == 0 { other.zone } else { self.zone },
            redacted: self.redacted || other.redacted,
            barred: self.barred || other.barred,
            areas: self.areas | other.areas,
        }
    }

    pub(in crate::key) const fn zone_index(self) -> Option<u8> {
        self.zone.checked_sub(1)
    }
}

/// A run of cells with one claim, in columns and rows from the crop's lower left corner; they may lie outside
/// the crop.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(in crate::key) struct Remembered {
    pub(in crate::key) x: i32,
    pub(in crate::key) y: i32,
    pub(in crate::key) len: u32,
    pub(in crate::key) claim: Claim,
}

impl Zeroize for Remembered {
    fn zeroize(&mut self) {
        self.x.zeroize();
        self.y.zeroize();
        self.len.zeroize();
        self.claim.zone.zeroize();
        self.claim.redacted.zeroize();
        self.claim.barred.zeroize();
        self.claim.areas.zeroize();
    }
}

/// Gathers cells, row by row, into runs.
#[derive(Default)]
pub(in crate::key) struct Rememberer {
    pub(in crate::key) list: Vec<Remembered>,
}

impl Rememberer {
    pub(in crate::key) fn push(&mut self, x: i64, y: i64, claim: Claim) {
        let (Ok(x), Ok(y)) = (i32::try_from(x), i32::try_from(y)) else { return };
        match self.list.last_mut() {
            Some(last)
                if last.y == y
                    && last.claim == claim
                    && i64::from(last.x) + i64::from(last.len) == i64::from(x) =>
            {
                last.len += 1;
            }
            _ => self.list.push(Remembered { x, y, len: 1, claim }),
        }
    }
}

/// Changes all claims, and forgets those of which nothing is left.
pub(in crate::key) fn change(list: &mut Vec<Remembered>, change: impl Fn(&mut Claim)) {
    for run in list.iter_mut() {
        change(&mut run.claim);
    }
    list.retain(|run| run.claim != Claim::NONE);
    list.dedup_by(|next, run| {
        let goes_on = next.y == run.y
            && next.claim == run.claim
            && i64::from(run.x) + i64::from(run.len) == i64::from(next.x);
        if goes_on {
            run.len += next.len;
        }
        goes_on
    });
}

/// Writes what is remembered.
pub(in crate::key) fn write(list: &[Remembered], out: &mut Writer<'_>) {
    out.u32(narrow(list.len()));
    for Remembered { x, y, len, claim } in list {
        out.i32(*x);
        out.i32(*y);
        out.count(*len);
        out.bytes(&[claim.zone, u8::from(claim.redacted) | u8::from(claim.barred) << 1]);
        out.u64(claim.areas);
    }
}

/// Reads what [`write`] wrote: runs row by row, as long as they can be, of claims that the key can have.
/// Together with the crop they span no more cells than a grid has.
pub(in crate::key) fn read(from: &mut Reader<'_>, key: &HouseKey) -> Result<Vec<Remembered>, BlobError> {
    let count = from.u32()?;
    let side = |n: usize| i64::from(narrow(n));
    let (mut across, mut up) = ((0, side(key.shape.width)), (0, side(key.shape.height)));
    let mut list: Vec<Remembered> = Vec::new();
    for _ in 0..count {
        let (x, y) = (from.i32()?, from.i32()?);
        let (len, zone, flags) = (from.count()?, from.u8()?, from.u8()?);
        let areas = from.u64()?;
        let claim = Claim { zone, redacted: flags & 1 == 1, barred: flags & 2 == 2, areas };
        check(len > 0 && flags < 4 && claim != Claim::NONE && usize::from(zone) <= key.zones.len())?;
        check(u32::try_from(key.areas.len()).is_ok_and(|slots| areas.checked_shr(slots).unwrap_or(0) == 0))?;
        let end = i64::from(x) + i64::from(len);
        across = (across.0.min(x.into()), across.1.max(end));
        up = (up.0.min(y.into()), up.1.max(i64::from(y) + 1));
        let cells = (across.1 - across.0).checked_mul(up.1 - up.0);
        check(cells.is_some_and(|cells| usize::try_from(cells).is_ok_and(|cells| cells <= MAX_CELLS)))?;
        if let Some(last) = list.last() {
            let last_end = i64::from(last.x) + i64::from(last.len);
            let after = last.y < y || last.y == y && last_end <= i64::from(x);
            check(after && !(last.y == y && last_end == i64::from(x) && last.claim == claim))?;
        }
        list.push(Remembered { x, y, len, claim });
    }
    Ok(list)
}
