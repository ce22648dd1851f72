//! Why a consent does not allow a release, or is not valid.

use thiserror::Error;

use super::purpose::Purpose;

/// Longest text of a record, in bytes.
pub const MAX_CONSENT_TEXT: usize = 200;

/// Most recipients of a record.
pub const MAX_RECIPIENTS: usize = 16;

/// Why a consent does not allow a release, or why its record is not valid. For the owner, never for the cloud.
///
/// ```
/// use homeveil::keeper::{ConsentError, ConsentRecord, UnixTime};
/// let now = UnixTime::from_secs(1_790_000_000);
/// let record = ConsentRecord::given("c-1", "Robot Maker", now, now.later_by_s(86_400));
/// assert_eq!(record.check(), Err(ConsentError::NoPurpose));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ConsentError {
    /// There is no record.
    #[error("nobody has consented: ask the owner first")]
    Unknown,
    /// It was refused.
    #[error("the owner has refused consent")]
    Refused,
    /// It begins later than now.
    #[error("the consent begins later than now: check the clock")]
    NotYet,
    /// It begins later than now, and another one is in force until then.
    #[error(
        "the consent begins later than now, and would end the one that is in force: give it once it begins"
    )]
    TooEarly,
    /// Its time is over.
    #[error("the consent has expired: ask the owner again")]
    Expired,
    /// It was withdrawn.
    #[error("the consent was withdrawn: ask the owner again")]
    Withdrawn,
    /// It does not name this purpose.
    #[error("the consent does not name the purpose {0}")]
    Purpose(Purpose),
    /// A different record had this id before, or the same one that was withdrawn.
    #[error("a consent that is given again must have a record id of its own")]
    Repeated,
    /// A text is missing, longer than [`MAX_CONSENT_TEXT`] bytes, or holds control characters.
    #[error("the {field} must be a text of at most {MAX_CONSENT_TEXT} bytes without control characters")]
    Text {
        /// Which one.
        field: &'static str,
    },
    /// More than [`MAX_RECIPIENTS`] recipients.
    #[error("a consent may have at most {MAX_RECIPIENTS} recipients")]
    Recipients,
    /// No purpose is named.
    #[error("a consent must name at least one purpose")]
    NoPurpose,
    /// It ends before it begins.
    #[error("a consent must end after it begins")]
    Times,
}
