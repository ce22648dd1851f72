//! What a key knows of one cell.

use zeroize::Zeroize;

/// What is known of a cell.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Zeroize)]
#[cfg_attr(test, derive(Debug))]
pub(in crate::key) struct Claim {
    /// Index of its zone plus one; 0 for none.
    pub(in crate::key) zone: u8,
    pub(in crate::key) redacted: bool,
    /// The redaction that lies here by the cell's middle, as areas go: its place in the map's list of marks, plus one;
    /// 0 for none. Of two that overlap it is the later one.
    pub(in crate::key) mark: u16,
    /// The owner's overlay covers it.
    pub(in crate::key) barred: bool,
    /// Areas it was bound to, one bit each.
    pub(in crate::key) areas: u64,
}

impl Claim {
    pub(in crate::key) const NONE: Self = Self { zone: 0, redacted: false, mark: 0, barred: false, areas: 0 };

    /// A claim that is carried so that never less is marked.
    #[cfg(test)]
    pub(in crate::key) const MARKED: Self = Self { redacted: true, ..Self::NONE };

    /// That of an area, by its number: nothing where a key has none of that number.
    pub(in crate::key) fn of_area(area: u32) -> Self {
        Self { areas: 1_u64.checked_shl(area).unwrap_or(0), ..Self::NONE }
    }

    /// Both claims; the zone is the first one's and the mark the second one's, if they have any.
    pub(in crate::key) const fn and(self, other: Self) -> Self {
        Self {
            zone: if self.zone == 0 { other.zone } else { self.zone },
            redacted: self.redacted || other.redacted,
            mark: if other.mark == 0 { self.mark } else { other.mark },
            barred: self.barred || other.barred,
            areas: self.areas | other.areas,
        }
    }

    /// It is redacted where it lies: an area that is bound here leads into a redacted room.
    pub(in crate::key) const fn is_hidden(self) -> bool {
        self.mark != 0
    }

    pub(in crate::key) const fn zone_index(self) -> Option<u8> {
        self.zone.checked_sub(1)
    }
}
