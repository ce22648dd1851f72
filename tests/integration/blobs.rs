//! Stored bytes that are changed on purpose.

use sha2::{Digest, Sha256};

/// The same bytes as if another version of the library had written them.
pub(crate) fn of_version(bytes: &[u8], version: u8) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[8] = version;
    let end = bytes.len() - 32;
    let sum = Sha256::digest(&bytes[..end]);
    bytes[end..].copy_from_slice(&sum);
    bytes
}
