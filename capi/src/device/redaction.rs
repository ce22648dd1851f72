//! What the owner wants removed before anything is computed.

use alloc::vec::Vec;

use homeveil::Redaction;
use homeveil::geo_types::{Coord, LineString, Polygon};
use homeveil::home::RoomId;

use super::object::{Stored, homeveil_device, on_device};
use crate::border::{self, Place, guarded, row, shared, unique};
use crate::home::{homeveil_point, kind_of};
use crate::policy::homeveil_policy;
use crate::status::homeveil_status;

/// What the owner redacts. Private.
pub struct homeveil_redaction {
    pub(super) redaction: Redaction,
}

/// The redaction of an owner who chose nothing, before there is a device: the rooms of the policy's kinds. After an
/// update of the policy its kinds count from the next epoch on: `homeveil_device_redaction` knows which count today.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_redaction_new(
    policy: *const homeveil_policy,
    redaction: *mut *mut homeveil_redaction,
) -> homeveil_status {
    guarded(|| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(redaction) }?;
        // SAFETY: NULL or an object of the library's, as all functions demand.
        let policy = unsafe { shared(policy) }?;
        place.give(homeveil_redaction { redaction: policy.policy.redaction() });
        Ok(())
    })
}

/// The redaction of an owner who chose nothing, in this epoch: the rooms of the kinds of the policy that the release
/// was drawn under, or will be.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_redaction(
    device: *mut homeveil_device,
    redaction: *mut *mut homeveil_redaction,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(redaction) }?;
        place.give(homeveil_redaction { redaction: device.keeper().redaction() });
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// Redacts the rooms of these kinds, `HOMEVEIL_KIND_…`, in place of the policy's: none where `kinds_len` is 0.
/// `HOMEVEIL_STATUS_NUMBER` where one is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_redaction_set_kinds(
    redaction: *mut homeveil_redaction,
    kinds: *const u16,
    kinds_len: usize,
) -> homeveil_status {
    guarded(|| {
        // SAFETY: NULL or an object of the library's, as all functions demand.
        let redaction = unsafe { unique(redaction) }?;
        // SAFETY: NULL or as many kinds, as all functions demand.
        let kinds = unsafe { row(kinds, kinds_len) }?.iter().map(|&kind| kind_of(kind));
        let kinds = kinds.collect::<Option<Vec<_>>>().ok_or(homeveil_status::Number)?;
        redaction.redaction = core::mem::take(&mut redaction.redaction).only_kinds(kinds);
        Ok(())
    })
}

/// Redacts these rooms too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_redaction_add_rooms(
    redaction: *mut homeveil_redaction,
    labels: *const u32,
    labels_len: usize,
) -> homeveil_status {
    guarded(|| {
        // SAFETY: NULL or an object of the library's, as all functions demand.
        let redaction = unsafe { unique(redaction) }?;
        // SAFETY: NULL or as many labels, as all functions demand.
        let labels = unsafe { row(labels, labels_len) }?;
        let rooms = labels.iter().map(|&label| RoomId::new(label));
        redaction.redaction = core::mem::take(&mut redaction.redaction).rooms(rooms);
        Ok(())
    })
}

/// Redacts all that lies in this outline too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_redaction_add_region(
    redaction: *mut homeveil_redaction,
    corners: *const homeveil_point,
    corners_len: usize,
) -> homeveil_status {
    guarded(|| {
        // SAFETY: NULL or an object of the library's, as all functions demand.
        let redaction = unsafe { unique(redaction) }?;
        // SAFETY: NULL or as many corners, as all functions demand.
        let corners = unsafe { row(corners, corners_len) }?;
        let corners = corners.iter().map(|at| Coord { x: at.x_m, y: at.y_m }).collect();
        redaction.redaction =
            redaction.redaction.clone().region(Polygon::new(LineString(corners), Vec::new()))?;
        Ok(())
    })
}

/// Keeps rooms without a kind (`keep` not 0) or redacts them. Without this call the device redacts them, and its check
/// of the floor says that the owner has to choose.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_redaction_set_unlabelled(
    redaction: *mut homeveil_redaction,
    keep: i32,
) -> homeveil_status {
    guarded(|| {
        // SAFETY: NULL or an object of the library's, as all functions demand.
        let redaction = unsafe { unique(redaction) }?;
        let chosen = core::mem::take(&mut redaction.redaction);
        redaction.redaction = if keep == 0 { chosen.redact_unlabelled() } else { chosen.keep_unlabelled() };
        Ok(())
    })
}

/// Frees a redaction. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_redaction_free(redaction: *mut homeveil_redaction) {
    // SAFETY: NULL or an object that `Place::give` gave out, as all functions demand.
    unsafe { border::free(redaction) }
}
