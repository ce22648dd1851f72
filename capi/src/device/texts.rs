//! What the owner is told: what a release discloses, and what was disclosed.

use homeveil::keeper::Language;

use super::object::{Stored, at, homeveil_device, on_device};
use crate::border::Place;
use crate::bytes::homeveil_bytes;
use crate::status::homeveil_status;

/// English.
pub const HOMEVEIL_LANGUAGE_ENGLISH: i32 = 0;
/// French.
pub const HOMEVEIL_LANGUAGE_FRENCH: i32 = 1;

const fn language(number: i32) -> Result<Language, homeveil_status> {
    match number {
        HOMEVEIL_LANGUAGE_ENGLISH => Ok(Language::English),
        HOMEVEIL_LANGUAGE_FRENCH => Ok(Language::French),
        _ => Err(homeveil_status::Number),
    }
}

/// What the owner can be told before and after consenting: what leaves the robot, what it says at most, who gets it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_disclosure(
    device: *mut homeveil_device,
    in_language: i32,
    now_s: u64,
    text: *mut *mut homeveil_bytes,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(text) }?;
        let told = device.keeper().disclosure(at(now_s)).text(language(in_language)?);
        place.give(homeveil_bytes::new(told.into_bytes()));
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// What was disclosed so far, with times, as text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_log_text(
    device: *mut homeveil_device,
    in_language: i32,
    text: *mut *mut homeveil_bytes,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(text) }?;
        place.give(homeveil_bytes::new(device.log().text(language(in_language)?).into_bytes()));
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// What was disclosed so far, with times, as JSON.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_log_json(
    device: *mut homeveil_device,
    json: *mut *mut homeveil_bytes,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(json) }?;
        place.give(homeveil_bytes::new(device.log().to_json().into_bytes()));
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}
