//! Messages to the cloud: what is due, and what the policy opts in to.

use alloc::string::String;
use alloc::vec::Vec;

use homeveil::keeper::{CommandId, Failure, Message};

use super::commands::homeveil_pose;
use super::object::{Stored, at, homeveil_device, on_device};
use crate::border::Place;
use crate::bytes::homeveil_bytes;
use crate::status::homeveil_status;

/// A list of messages as JSON.
fn json_of(messages: &[Message]) -> homeveil_bytes {
    let texts: Vec<String> = messages.iter().map(Message::to_json).collect();
    homeveil_bytes::new(format!("[{}]", texts.join(",")).into_bytes())
}

/// The messages that are due now: a JSON array for the cloud, `[]` where there is nothing to say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_on_tick(
    device: *mut homeveil_device,
    now_s: u64,
    messages: *mut *mut homeveil_bytes,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(messages) }?;
        place.give(json_of(&device.on_tick(at(now_s))?));
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// When `homeveil_device_on_tick` is to be called next: when it has something to say, at once where it just said
/// something, so that it is stored that it was said, and an hour later where it did not believe the clock. Send what it
/// said first. 0 where nothing is under way, or all is paused.
///
/// Call `homeveil_device_on_tick` once an hour at least, whatever this says: a command that came while the clock showed
/// an absurd time may be due by that clock alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_next_tick(
    device: *mut homeveil_device,
    unix_s: *mut u64,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a number, as all functions demand of their results.
        let place = unsafe { Place::at(unix_s) }?;
        place.put(device.next_tick().map_or(0, homeveil::keeper::UnixTime::secs));
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// The robot is at this pose on a floor. Gives what the policy opts in to tell of it: a JSON array for the cloud, `[]`
/// by default.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_on_pose(
    device: *mut homeveil_device,
    floor: u8,
    pose: homeveil_pose,
    now_s: u64,
    messages: *mut *mut homeveil_bytes,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(messages) }?;
        place.give(json_of(&device.on_pose(floor, pose.into(), at(now_s))?));
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// The robot could not get there.
pub const HOMEVEIL_FAILURE_UNREACHABLE: i32 = 0;
/// The robot was stuck, lifted or out of power.
pub const HOMEVEIL_FAILURE_STOPPED: i32 = 1;
/// Nothing is bound to the area.
pub const HOMEVEIL_FAILURE_UNBOUND: i32 = 2;

/// A command has failed. Gives a message where the policy opts in to telling so.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_failed(
    device: *mut homeveil_device,
    client: u32,
    id: u64,
    failure: i32,
    now_s: u64,
    message: *mut *mut homeveil_bytes,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(message) }?;
        let failure = match failure {
            HOMEVEIL_FAILURE_UNREACHABLE => Failure::Unreachable,
            HOMEVEIL_FAILURE_STOPPED => Failure::Stopped,
            HOMEVEIL_FAILURE_UNBOUND => Failure::Unbound,
            _ => return Err(homeveil_status::Number),
        };
        let told = device.failed(client, CommandId::new(id), failure, at(now_s))?;
        place.give(homeveil_bytes::new(told.to_json().into_bytes()));
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// A command is done in tenths. Gives a message where the policy opts in to telling so.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_progress(
    device: *mut homeveil_device,
    client: u32,
    id: u64,
    tenths: u8,
    now_s: u64,
    message: *mut *mut homeveil_bytes,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(message) }?;
        let told = device.progress(client, CommandId::new(id), tenths, at(now_s))?;
        place.give(homeveil_bytes::new(told.to_json().into_bytes()));
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// A command is finished and took so many seconds. Gives a message where the policy opts in to telling so.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_finished(
    device: *mut homeveil_device,
    client: u32,
    id: u64,
    seconds: u32,
    now_s: u64,
    message: *mut *mut homeveil_bytes,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(message) }?;
        let told = device.finished(client, CommandId::new(id), seconds, at(now_s))?;
        place.give(homeveil_bytes::new(told.to_json().into_bytes()));
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}
