//! What the owner draws on the map: bars, and areas bound to rooms.

use alloc::vec::Vec;

use homeveil::home::RoomId;
use homeveil::key::{AreaId, MarkId, MarkKind};

use super::object::{Stored, homeveil_device, on_device};
use crate::border::{Place, row, shared};
use crate::home::{homeveil_home, homeveil_keep_out, homeveil_point, keep_out};
use crate::status::homeveil_status;
use crate::versioned::Results;

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

/// Removes all bars of `homeveil_device_bar`, on all maps that the key knows. A key that bars alone closed opens.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_unbar(device: *mut homeveil_device, floor: u8) -> homeveil_status {
    // SAFETY: as all functions demand.
    unsafe { on_device(device, |device| Ok(device.edit_key(floor, homeveil::HouseKey::unbar)?)) }
}

/// A mark that redacts its place: it is part of no zone.
pub const HOMEVEIL_MARK_REDACTED: i32 = 0;
/// A mark that the robot keeps out of.
pub const HOMEVEIL_MARK_BARRED: i32 = 1;
/// A mark that binds an area.
pub const HOMEVEIL_MARK_AREA: i32 = 2;
/// A mark of a kind that this header does not know.
pub const HOMEVEIL_MARK_OTHER: i32 = -1;

/// A place that the owner marked. Start from `homeveil_mark_default`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct homeveil_mark {
    /// `sizeof(homeveil_mark)` of the program that reads it.
    pub size: usize,
    /// The middle of one of its cells, in the robot's frame.
    pub at: homeveil_point,
    /// Its number, for `homeveil_device_remove_mark`.
    pub id: u32,
    /// One of `HOMEVEIL_MARK_…`.
    pub kind: i32,
    /// The area that it binds; else 0.
    pub area: u32,
    /// How many cells it has.
    pub cells: u32,
}

versioned!(homeveil_mark: at, id, kind, area, cells; homeveil_mark_default());
layout!(homeveil_mark: size at 0, at at 8, id at 24, kind at 28, area at 32, cells at 36; 40);

/// A mark in which nothing stands yet, as every program starts.
#[unsafe(no_mangle)]
pub extern "C" fn homeveil_mark_default() -> homeveil_mark {
    let at = homeveil_point { x_m: 0.0, y_m: 0.0 };
    homeveil_mark {
        size: size_of::<homeveil_mark>(),
        at,
        id: 0,
        kind: HOMEVEIL_MARK_OTHER,
        area: 0,
        cells: 0,
    }
}

/// The mark number `index`, from 0, of those on a floor's latest map; `HOMEVEIL_STATUS_UNKNOWN_MARK` past the last.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_mark(
    device: *mut homeveil_device,
    floor: u8,
    index: usize,
    mark: *mut homeveil_mark,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or a struct that states its size, as all functions demand.
        let place = unsafe { Results::at(mark) }?;
        let mark = device.keeper().key_of(floor)?.mark_at(index).ok_or(homeveil_status::UnknownMark)?;
        let (kind, area) = match mark.kind {
            MarkKind::Redacted => (HOMEVEIL_MARK_REDACTED, 0),
            MarkKind::Barred => (HOMEVEIL_MARK_BARRED, 0),
            MarkKind::Area(area) => (HOMEVEIL_MARK_AREA, area.get()),
            _ => (HOMEVEIL_MARK_OTHER, 0),
        };
        let first = mark.region.points().next().map(|at| homeveil_point { x_m: at.x, y_m: at.y });
        let cells = u32::try_from(mark.region.len()).unwrap_or(u32::MAX);
        let unset = homeveil_mark_default();
        place.put(&homeveil_mark {
            at: first.unwrap_or(unset.at),
            id: mark.id.get(),
            kind,
            area,
            cells,
            ..unset
        });
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

/// Unbinds an area, on all maps that the floor's key knows. One that there is and that is not bound stays so.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_unbind_area(
    device: *mut homeveil_device,
    floor: u8,
    area: u32,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        if area >= device.keeper().key_of(floor)?.areas() {
            return Err(homeveil_status::UnknownArea);
        }
        Ok(device.edit_key(floor, |key| key.unbind(AreaId::new(area)))?)
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}
