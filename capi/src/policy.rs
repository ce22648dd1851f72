//! Policies: what a fleet publishes about its releases.

use homeveil::Policy;

use crate::border::{self, Place, guarded, row, shared};
use crate::bytes::homeveil_bytes;
use crate::status::homeveil_status;

/// The public choices that a whole fleet of robots shares.
pub struct homeveil_policy {
    pub(crate) policy: Policy,
}

/// The default policy.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_policy_new(policy: *mut *mut homeveil_policy) -> homeveil_status {
    guarded(|| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(policy) }?;
        place.give(homeveil_policy { policy: Policy::default() });
        Ok(())
    })
}

/// A policy from its JSON, `len` bytes of UTF-8 at `json`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_policy_from_json(
    json: *const u8,
    len: usize,
    policy: *mut *mut homeveil_policy,
) -> homeveil_status {
    guarded(|| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(policy) }?;
        // SAFETY: NULL or as many bytes, as all functions demand of theirs.
        let json = unsafe { row(json, len) }?;
        let policy = serde_json::from_slice(json).map_err(|error| {
            if error.is_data() { homeveil_status::Policy } else { homeveil_status::PolicyJson }
        })?;
        place.give(homeveil_policy { policy });
        Ok(())
    })
}

/// The JSON of a policy.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_policy_to_json(
    policy: *const homeveil_policy,
    json: *mut *mut homeveil_bytes,
) -> homeveil_status {
    guarded(|| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(json) }?;
        // SAFETY: NULL or an object of the library's, as all functions demand.
        let policy = unsafe { shared(policy) }?;
        let json = serde_json::to_vec(&policy.policy).map_err(|_| homeveil_status::Policy)?;
        place.give(homeveil_bytes::new(json));
        Ok(())
    })
}

/// Frees a policy. NULL is fine. A device that was opened with it keeps its own.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_policy_free(policy: *mut homeveil_policy) {
    // SAFETY: NULL or an object that `Place::give` gave out, as all functions demand.
    unsafe { border::free(policy) }
}
