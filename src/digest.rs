//! SHA-256 digests as text, for certificates and policies.

use alloc::string::String;
use core::fmt::Write;

use sha2::{Digest, Sha256};

/// The digest as lower-case hexadecimal digits.
pub(crate) fn hex(hash: Sha256) -> String {
    hash.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
