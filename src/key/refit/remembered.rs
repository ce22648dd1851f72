//! What a key remembers of cells that today's map does not give: a room behind a shut door, the place under a new
//! cupboard.
//!
//! Charts, zones and areas hold what the robot sweeps today. Without memory, a room that is shut while the robot maps
//! would belong to no zone when it opens again. So every refit keeps the [`Claim`] of each cell that was claimed once
//! and cannot be swept now.

use zeroize::Zeroize;

use crate::blob::{BlobError, Reader, Writer, check};
use crate::grid::{MAX_CELLS, Shape, narrow};

/// What is known of a cell.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Zeroize)]
#[cfg_attr(test, derive(Debug))]
pub(in crate::key) struct Claim {
    /// Index of its zone plus one; 0 for none.
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
#[derive(Clone, Copy, PartialEq, Eq, Zeroize)]
#[cfg_attr(test, derive(Debug))]
pub(in crate::key) struct Remembered {
    pub(in crate::key) x: i32,
    pub(in crate::key) y: i32,
    pub(in crate::key) len: u32,
    pub(in crate::key) claim: Claim,
}

impl Remembered {
    /// The column after its last.
    pub(in crate::key) fn end(&self) -> i64 {
        i64::from(self.x) + i64::from(self.len)
    }

    /// A run that begins at this cell goes on with this one.
    fn goes_on(&self, x: i32, y: i32, claim: Claim) -> bool {
        self.y == y && self.claim == claim && self.end() == i64::from(x)
    }
}

/// Adds a cell to those remembered, row by row.
pub(in crate::key) fn push(list: &mut Vec<Remembered>, x: i64, y: i64, claim: Claim) {
    let (Ok(x), Ok(y)) = (i32::try_from(x), i32::try_from(y)) else { return };
    match list.last_mut() {
        Some(run) if run.goes_on(x, y, claim) => run.len += 1,
        _ => list.push(Remembered { x, y, len: 1, claim }),
    }
}

/// Changes all claims, and forgets those that claim nothing then.
pub(in crate::key) fn change(list: &mut Vec<Remembered>, change: impl Fn(&mut Claim)) {
    for run in list.iter_mut() {
        change(&mut run.claim);
    }
    list.retain(|run| run.claim != Claim::NONE);
    list.dedup_by(|next, run| {
        let goes_on = run.goes_on(next.x, next.y, next.claim);
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

/// Reads what [`write`] wrote, for a key of this crop and so many zones and areas: runs row by row, as long as they
/// can be, of claims that the key can have. Together with the crop they span no more cells than a grid has.
pub(in crate::key) fn read(
    from: &mut Reader<'_>,
    crop: Shape,
    zones: usize,
    areas: usize,
) -> Result<Vec<Remembered>, BlobError> {
    let count = from.u32()?;
    let (mut across, mut up) = ((0, i64::from(narrow(crop.width))), (0, i64::from(narrow(crop.height))));
    let slots = narrow(areas);
    let mut list: Vec<Remembered> = Vec::new();
    for _ in 0..count {
        let (x, y) = (from.i32()?, from.i32()?);
        let (len, zone, flags) = (from.count()?, from.u8()?, from.u8()?);
        let areas = from.u64()?;
        let claim = Claim { zone, redacted: flags & 1 == 1, barred: flags & 2 == 2, areas };
        check(len > 0 && flags < 4 && claim != Claim::NONE && usize::from(zone) <= zones)?;
        check(areas.checked_shr(slots).unwrap_or(0) == 0)?;
        let run = Remembered { x, y, len, claim };
        across = (across.0.min(x.into()), across.1.max(run.end()));
        up = (up.0.min(y.into()), up.1.max(i64::from(y) + 1));
        let cells = (across.1 - across.0).checked_mul(up.1 - up.0);
        check(cells.is_some_and(|cells| usize::try_from(cells).is_ok_and(|cells| cells <= MAX_CELLS)))?;
        if let Some(last) = list.last() {
            let after = last.y < y || last.y == y && last.end() <= i64::from(x);
            check(after && !last.goes_on(x, y, claim))?;
        }
        list.push(run);
    }
    Ok(list)
}
