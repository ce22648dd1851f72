//! Time, which the caller reads from its clock.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::blob::{BlobError, Reader};

/// How far a clock may be ahead of the latest time seen to be believed at once: a robot may be in its box for a month.
pub(super) const MOST_AHEAD_S: u64 = 31 * 86_400;

/// Seconds since 1970-01-01 00:00 UTC, leap seconds left out. The caller reads the clock; the library has none.
///
/// ```
/// use homeveil::keeper::UnixTime;
/// assert_eq!(UnixTime::from_secs(951_782_400).to_string(), "2000-02-29T00:00:00Z");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixTime(u64);

impl UnixTime {
    /// The time so many seconds after 1970.
    #[must_use]
    pub const fn from_secs(seconds: u64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970.
    #[must_use]
    pub const fn secs(self) -> u64 {
        self.0
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, BlobError> {
        from.u64().map(Self)
    }

    /// So many seconds later, or the last time there is.
    #[must_use]
    pub const fn later_by_s(self, seconds: u64) -> Self {
        Self(self.0.saturating_add(seconds))
    }
}

/// The date and time in UTC, as ISO 8601 writes it; the seconds alone after the year 9999.
impl fmt::Display for UnixTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, seconds) = (self.0 / 86_400, self.0 % 86_400);
        if days > 2_932_896 {
            return write!(f, "{} s", self.0);
        }
        // Days from 1 March of the year 0, in eras of 400 years (Hinnant 2013, chrono-compatible date algorithms).
        let days = days + 719_468;
        let (era, day) = (days / 146_097, days % 146_097);
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        let day_of_year = day - (365 * year + year / 4 - year / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day_of_month = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = era * 400 + year + u64::from(month <= 2);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        write!(f, "{year:04}-{month:02}-{day_of_month:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

#[cfg(test)]
mod tests {
    use super::UnixTime;

    #[test]
    fn known_dates() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_795_312_800, "2026-11-22T02:00:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
            (253_402_300_800, "253402300800 s"),
        ] {
            assert_eq!(UnixTime::from_secs(seconds).to_string(), text);
        }
        assert_eq!(UnixTime::from_secs(u64::MAX).later_by_s(1).secs(), u64::MAX);
    }
}
