//! Why a consent does not hold, or is not one.

use thiserror::Error;

use super::purpose::Purpose;

/// Longest text of a record, in bytes.
pub const MAX_CONSENT_TEXT: usize = 200;

/// Most recipients of a record.
pub const MAX_RECIPIENTS: usize = 16;

/// Why there is no leave, or no record. For the owner, never for the cloud.
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
    /// Its time is over.
    #[error("the consent has expired: ask the owner again")]
    Expired,
    /// It was withdrawn.
    #[error("the consent was withdrawn: ask the owner again")]
    Withdrawn,
    /// It does not name this purpose.
    #[error("the consent does not name the purpose {}", .0.name())]
    Purpose(Purpose),
    /// A record of this id was there before, and was another or holds no more.
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
