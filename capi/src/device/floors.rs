//! Maps in, releases out.

use alloc::vec::Vec;

use homeveil::grid::OccupancyGrid;
use homeveil::keeper::KeeperError;
use homeveil::release::Floor;
use homeveil::{MappedFloor, Redaction};

use super::consent::{HOMEVEIL_PURPOSE_REQUESTED_SERVICE, purpose_of};
use super::object::{Stored, at, homeveil_device, on_device};
use super::redaction::homeveil_redaction;
use crate::border::{Crossing, Place, row, shared};
use crate::bytes::homeveil_bytes;
use crate::home::homeveil_home;
use crate::status::homeveil_status;

/// How many floors the device takes maps of: those that this epoch's release was drawn with, else those of the policy.
/// After an update to a policy with another number of floors, the earlier number stays until
/// `homeveil_device_new_epoch`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_floors(
    device: *mut homeveil_device,
    floors: *mut u8,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a number, as all functions demand of their results.
        let place = unsafe { Place::at(floors) }?;
        place.put(device.keeper().floors());
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// The map of a household with one floor. The first one of an epoch is drawn for; every one gets its key. How long this
/// takes depends on the map, and must not be seen from outside: send the release at a time of its own, not when this
/// returns. A device does one thing at a time: where a command may come meanwhile, answer after a fixed delay that is
/// longer than this, `homeveil_device_tasks` and every edit of a key ever take. Consent is needed where a release is
/// drawn, and not for the key.
/// `HOMEVEIL_STATUS_UNKNOWN_FLOOR` where `homeveil_device_floors` says another number than 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_on_map(
    device: *mut homeveil_device,
    home: *const homeveil_home,
    redaction: *const homeveil_redaction,
    now_s: u64,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or an object of the library's, as all functions demand.
        let home = unsafe { shared(home) }?;
        // SAFETY: NULL or an object of the library's, as all functions demand.
        let redaction = unsafe { shared(redaction) }?;
        Ok(device.on_map(&home.home, &redaction.redaction, at(now_s))?)
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// The maps of all floors, as many as `homeveil_device_floors` says, else `HOMEVEIL_STATUS_UNKNOWN_FLOOR`; NULL for a
/// floor that is not mapped, which keeps the key that it has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_on_maps(
    device: *mut homeveil_device,
    homes: *const *const homeveil_home,
    redactions: *const *const homeveil_redaction,
    floors: usize,
    now_s: u64,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // Before any pointer is read: a size in bytes would lead past their end.
        if floors != usize::from(device.keeper().floors()) {
            return Err(homeveil_status::UnknownFloor);
        }
        // SAFETY: NULL or as many pointers, as all functions demand.
        let homes = unsafe { row(homes, floors) }?;
        // SAFETY: NULL or as many pointers, as all functions demand.
        let redactions = unsafe { row(redactions, floors) }?;
        let mut maps = Vec::with_capacity(floors);
        for (&home, &redaction) in homes.iter().zip(redactions) {
            // SAFETY: NULL or an object of the library's, as all functions demand.
            let home = unsafe { home.as_ref() };
            // SAFETY: NULL or an object of the library's, as all functions demand.
            let redaction: Option<&Redaction> = unsafe { redaction.as_ref() }.map(|it| &it.redaction);
            maps.push(match (home, redaction) {
                (None, _) => None,
                (Some(_), None) => return Err(homeveil_status::Null),
                (Some(home), Some(redaction)) => Some(MappedFloor::new(&home.home, redaction)),
            });
        }
        Ok(device.on_maps(&maps, at(now_s))?)
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// `HOMEVEIL_STATUS_OK`, or what the owner has to do so that the floor's key is made, leads somewhere on the latest map
/// and bars what it is to bar; the most urgent first. A release goes out all the same. `HOMEVEIL_STATUS_KEY_REMADE` is
/// said, also after the device was started again, until the owner marks something or
/// `homeveil_device_acknowledge_key` is called; `HOMEVEIL_STATUS_UNKNOWN_ROOM` and, for rooms that came with a later
/// map, `HOMEVEIL_STATUS_UNLABELLED` only from the next map on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_check_floor(
    device: *mut homeveil_device,
    floor: u8,
) -> homeveil_status {
    // SAFETY: as all functions demand.
    unsafe { on_device(device, |device| Ok(device.keeper().check_floor(floor)?)) }
}

/// The owner was told that a floor's key was made without what was barred and bound (`HOMEVEIL_STATUS_KEY_REMADE`), and
/// has nothing to mark: `homeveil_device_check_floor` says it no longer. What the owner marks is an answer too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_acknowledge_key(
    device: *mut homeveil_device,
    floor: u8,
) -> homeveil_status {
    // SAFETY: as all functions demand.
    unsafe { on_device(device, |device| Ok(device.acknowledge_key(floor)?)) }
}

/// Opens a new epoch: the next map is drawn for again, and the ledger pays. For households that moved. Where the next
/// map is recognized, what the owner barred, bound and redacted keeps its place; else it is gone, and
/// `homeveil_device_check_floor` answers `HOMEVEIL_STATUS_KEY_REMADE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_new_epoch(
    device: *mut homeveil_device,
    now_s: u64,
) -> homeveil_status {
    // SAFETY: as all functions demand.
    unsafe { on_device(device, |device| Ok(device.new_epoch(at(now_s))?)) }
}

/// Writes 1 if the next epoch would be sealed, because the ledger cannot pay for another draw; else 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_next_epoch_is_sealed(
    device: *mut homeveil_device,
    is_sealed: *mut i32,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a number, as all functions demand of their results.
        let place = unsafe { Place::at(is_sealed) }?;
        place.put(i32::from(device.keeper().next_epoch_is_sealed()));
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// The release as JSON, for the cloud and the service that the household asked for: the same bytes in all of an epoch.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_release_json(
    device: *mut homeveil_device,
    now_s: u64,
    json: *mut *mut homeveil_bytes,
) -> homeveil_status {
    // SAFETY: as all functions demand.
    unsafe { homeveil_device_release_json_for(device, HOMEVEIL_PURPOSE_REQUESTED_SERVICE, now_s, json) }
}

/// As `homeveil_device_release_json`, to be used for another purpose, one of `HOMEVEIL_PURPOSE_…`:
/// `HOMEVEIL_STATUS_CONSENT` where the owner's consent does not name it. The bytes are the same.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_release_json_for(
    device: *mut homeveil_device,
    purpose: u32,
    now_s: u64,
    json: *mut *mut homeveil_bytes,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(json) }?;
        let purpose = purpose_of(purpose).ok_or(homeveil_status::Number)?;
        let release = device.release_for(purpose, at(now_s))?;
        place.give(homeveil_bytes::new(release.to_json().into_bytes()));
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// A floor of the release as files of `map_server`: the YAML file, which names the picture `map.pgm`, and the picture.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_release_map_server(
    device: *mut homeveil_device,
    floor: u8,
    now_s: u64,
    yaml: *mut *mut homeveil_bytes,
    pgm: *mut *mut homeveil_bytes,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let yaml = unsafe { Place::at(yaml) }?;
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let pgm = unsafe { Place::at(pgm) }?;
        map_server(device, floor, now_s, yaml, pgm)
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

#[cfg(feature = "formats")]
fn map_server(
    device: &mut Stored,
    floor: u8,
    now_s: u64,
    yaml: Place<*mut homeveil_bytes>,
    pgm: Place<*mut homeveil_bytes>,
) -> Crossing {
    check_floor(device, floor)?;
    let release = device.release(at(now_s))?;
    let floor = release.floors().get(usize::from(floor)).ok_or(homeveil_status::UnknownFloor)?;
    let files = homeveil::formats::write_map_server(floor, "map.pgm");
    yaml.give(homeveil_bytes::new(files.yaml.into_bytes()));
    pgm.give(homeveil_bytes::new(files.pgm));
    Ok(())
}

#[cfg(not(feature = "formats"))]
fn map_server(
    _: &mut Stored,
    _: u8,
    _: u64,
    _: Place<*mut homeveil_bytes>,
    _: Place<*mut homeveil_bytes>,
) -> Crossing {
    Err(homeveil_status::NotBuilt)
}

/// The size of a grid of a release.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct homeveil_grid {
    /// Cells in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Metres a cell.
    pub resolution_m: f64,
}

layout!(homeveil_grid: width at 0, height at 4, resolution_m at 8; 16);

/// That the household's releases have the floor. Asked before a release is given out: what is not given out is not to
/// be noted as disclosed.
fn check_floor(device: &Stored, floor: u8) -> Crossing {
    match device.keeper().key_of(floor) {
        Err(KeeperError::UnknownFloor) => Err(homeveil_status::UnknownFloor),
        _ => Ok(()),
    }
}

/// A floor of the release as cells in a buffer of the caller's, row by row from the lower left: 0 free, 100 occupied,
/// -1 unknown, as in ROS. All releases have one size. Where the buffer has room for fewer than width times height, the
/// size is written, the status is `HOMEVEIL_STATUS_BUFFER_TOO_SMALL`, and no release was given out.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_release_grid(
    device: *mut homeveil_device,
    floor: u8,
    now_s: u64,
    cells: *mut i8,
    capacity: usize,
    grid: *mut homeveil_grid,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a struct, as all functions demand of their results.
        let place = unsafe { Place::at(grid) }?;
        check_floor(device, floor)?;
        let [width, height] = Floor::SIDES;
        let size = homeveil_grid { width, height, resolution_m: Floor::RESOLUTION_M };
        if capacity < width as usize * height as usize {
            place.put(size);
            return Err(homeveil_status::BufferTooSmall);
        }
        if cells.is_null() {
            return Err(homeveil_status::Null);
        }
        let release = device.release(at(now_s))?;
        let floor = release.floors().get(usize::from(floor)).ok_or(homeveil_status::UnknownFloor)?;
        let drawn: &OccupancyGrid = floor.grid();
        for (index, cell) in drawn.cells().iter().enumerate() {
            // SAFETY: inside the buffer, whose capacity was just compared.
            let at = unsafe { cells.add(index) };
            // SAFETY: memory of the caller's buffer.
            unsafe { at.write(cell.to_ros()) };
        }
        place.put(size);
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}
