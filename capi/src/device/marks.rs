//! What the owner draws on the map: bars, and areas bound to rooms.

use alloc::vec::Vec;

use homeveil::home::RoomId;
use homeveil::key::{AreaId, MarkId};

use super::object::{Stored, homeveil_device, on_device};
use crate::border::{Place, row, shared};
use crate::home::{homeveil_home, homeveil_keep_out, keep_out};
use crate::status::homeveil_status;

/// Keeps the robot out of a place, on this map and all later ones that are recognized. Gives the number of the mark.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_bar(
    device: *mut homeveil_device,
    floor: u8,
    place: *const homeveil_keep_out,
    mark: *mut u32,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a number, as all functions demand of their results.
        let mark = unsafe { Place::at(mark) }?;
        // SAFETY: NULL or a struct that was filled in, as all functions demand.
        let place = unsafe { shared(place) }?;
        // SAFETY: as many corners as it states, as all functions demand.
        let place = unsafe { keep_out(place) }?;
        mark.put(device.edit_key(floor, |key| key.bar(&place))??.get());
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// Takes a mark back: a bar, a binding, or a redaction. `home` is the floor's map as the device was given it last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_remove_mark(
    device: *mut homeveil_device,
    floor: u8,
    mark: u32,
    home: *const homeveil_home,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or an object of the library's, as all functions demand.
        let home = unsafe { shared(home) }?;
        device.edit_key(floor, |key| key.remove_mark(MarkId::new(mark), &home.home))??;
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// Binds an area, a number without a name that the cloud may ask for, to rooms. `home` is the floor's map as the device
/// was given it last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_bind_area(
    device: *mut homeveil_device,
    floor: u8,
    area: u32,
    home: *const homeveil_home,
    labels: *const u32,
    labels_len: usize,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or an object of the library's, as all functions demand.
        let home = unsafe { shared(home) }?;
        // SAFETY: NULL or as many labels, as all functions demand.
        let labels = unsafe { row(labels, labels_len) }?;
        let rooms: Vec<RoomId> = labels.iter().map(|&label| RoomId::new(label)).collect();
        device.edit_key(floor, |key| key.bind_rooms(AreaId::new(area), &home.home, &rooms))??;
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// Unbinds an area.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_unbind_area(
    device: *mut homeveil_device,
    floor: u8,
    area: u32,
) -> homeveil_status {
    // SAFETY: as all functions demand.
    unsafe { on_device(device, |device| Ok(device.edit_key(floor, |key| key.unbind(AreaId::new(area)))?)) }
}
