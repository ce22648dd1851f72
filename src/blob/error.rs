//! Why stored bytes cannot be read.

use thiserror::Error;

/// Why stored bytes cannot be read. The texts print no value of them.
///
/// ```
/// use homeveil::{BlobError, HouseKey};
/// assert_eq!(HouseKey::from_secret_bytes(b"no key").unwrap_err(), BlobError::Length);
/// assert_eq!(HouseKey::from_secret_bytes(&[7; 65_536]).unwrap_err(), BlobError::Magic);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BlobError {
    /// Their number is not the one that they must have.
    #[error("the stored bytes are not as many as they must be")]
    Length,
    /// They do not begin as this kind of stored bytes does.
    #[error("the stored bytes are of another kind")]
    Magic,
    /// They are of a version that this library does not read.
    #[error("the stored bytes are of a version that this library does not read")]
    Version,
    /// They were damaged.
    #[error("the checksum of the stored bytes does not fit: they were damaged")]
    Checksum,
    /// What they say does not fit together.
    #[error("the content of the stored bytes does not fit together")]
    Content,
}
