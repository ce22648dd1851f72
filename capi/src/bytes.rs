//! Bytes and text that the library makes.

use alloc::vec::Vec;

use zeroize::Zeroizing;

use crate::border;

/// Bytes that the library made. A byte 0 follows them that is not counted, so that text can be used as a C string.
/// They are wiped when they are freed.
pub struct homeveil_bytes {
    with_end: Zeroizing<Vec<u8>>,
}

impl homeveil_bytes {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        // Not pushed to: bytes that grow move, and leave a copy behind.
        let bytes = Zeroizing::new(bytes);
        let mut with_end = Zeroizing::new(Vec::with_capacity(bytes.len() + 1));
        with_end.extend_from_slice(&bytes);
        with_end.push(0);
        Self { with_end }
    }
}

/// The first byte; NULL for NULL. Valid until the bytes are freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_bytes_data(bytes: *const homeveil_bytes) -> *const u8 {
    // SAFETY: NULL or an object of the library's, as all functions demand.
    unsafe { bytes.as_ref() }.map_or(core::ptr::null(), |bytes| bytes.with_end.as_ptr())
}

/// The number of bytes, without the 0 that follows them; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_bytes_len(bytes: *const homeveil_bytes) -> usize {
    // SAFETY: NULL or an object of the library's, as all functions demand.
    unsafe { bytes.as_ref() }.map_or(0, |bytes| bytes.with_end.len().saturating_sub(1))
}

/// Wipes and frees bytes. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_bytes_free(bytes: *mut homeveil_bytes) {
    // SAFETY: NULL or an object that `Place::give` gave out, as all functions demand.
    unsafe { border::free(bytes) }
}
