//! Why a consent does not hold, or is not one.

use core::fmt;

use super::purpose::Purpose;

/// Longest text of a record, in bytes.
pub const MAX_CONSENT_TEXT: usize = 200;

/// Most recipients of a record.
pub const MAX_RECIPIENTS: usize = 16;

/// Why there is no leave, or no record. For the owner, never for the cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConsentError {
    /// There is no record.
    Unknown,
    /// It was refused.
    Refused,
    /// It begins later than now.
    NotYet,
    /// Its time is over.
    Expired,
    /// It was withdrawn.
    Withdrawn,
    /// It does not name this purpose.
    Purpose(Purpose),
    /// A record of this id was there before, and was another or holds no more.
    Repeated,
    /// A text is missing, longer than [`MAX_CONSENT_TEXT`] bytes, or holds control characters.
    Text {
        /// Which one.
        field: &'static str,
    },
    /// More than [`MAX_RECIPIENTS`] recipients.
    Recipients,
    /// No purpose is named.
    NoPurpose,
    /// It ends before it begins.
    Times,
}

impl fmt::Display for ConsentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("nobody has consented: ask the owner first"),
            Self::Refused => f.write_str("the owner has refused consent"),
            Self::NotYet => f.write_str("the consent begins later than now: check the clock"),
            Self::Expired => f.write_str("the consent has expired: ask the owner again"),
            Self::Withdrawn => f.write_str("the consent was withdrawn: ask the owner again"),
            Self::Purpose(purpose) => write!(f, "the consent does not name the purpose {}", purpose.name()),
            Self::Repeated => f.write_str("a consent given anew must have a record id of its own"),
            Self::Text { field } => write!(
                f,
                "the {field} must be a text of at most {MAX_CONSENT_TEXT} bytes without control characters"
            ),
            Self::Recipients => write!(f, "a consent may have at most {MAX_RECIPIENTS} recipients"),
            Self::NoPurpose => f.write_str("a consent must name at least one purpose"),
            Self::Times => f.write_str("a consent must end after it begins"),
        }
    }
}

impl core::error::Error for ConsentError {}
