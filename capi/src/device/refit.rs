//! How a floor's key fits its latest map, and what the owner can do where it does not.

use homeveil::atlas::ZoneId;

use super::object::{Stored, homeveil_device, on_device};
use crate::border::Crossing;
use crate::status::homeveil_status;
use crate::versioned::Results;

/// What fitting a floor's key to its latest map did; `seems_moved`, `open`, `unreachable` and `strange_maps` are of
/// now, after what the owner did since. Start from `homeveil_refit_default`. For the owner, never for the cloud.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct homeveil_refit {
    /// `sizeof(homeveil_refit)` of the program that reads it.
    pub size: usize,
    /// The share of the known map's floor and walls that was found on the new one, 0 to 1.
    pub map_overlap: f64,
    /// The share of the cells to clean that stayed in their zone, 0 to 1.
    pub zone_agreement: f64,
    /// 1 where the map is one that the key knows, else 0.
    pub recognized: i32,
    /// 1 where the owner has to choose what is redacted, because kinds or rooms are missing. Until then all that may be
    /// meant is.
    pub undecided: i32,
    /// 1 where many maps in a row were strange: ask the owner whether the household has moved, and open a new epoch; or
    /// whether this is another floor, and confirm the map.
    pub seems_moved: i32,
    /// The `homeveil_status` of the key by now: `HOMEVEIL_STATUS_OK` where it leads somewhere,
    /// `HOMEVEIL_STATUS_UNRECOGNIZED` where it is closed because what the owner barred or redacted has no certain place
    /// on the map. It opens with a map that is recognized, with `homeveil_device_confirm_map`, or with
    /// `homeveil_device_unbar` where bars alone closed it. Where a room is to be redacted by a number that no map has
    /// had, none of these opens it: the next map must come with another redaction.
    pub open: i32,
    /// The zones that the robot does not get to on this map, with what is barred by now: bit 0 for zone 1, and so on.
    pub unreachable: u32,
    /// How many maps in a row were neither the map that the release was drawn for nor one that the owner confirmed.
    pub strange_maps: u32,
}

versioned!(
    homeveil_refit: map_overlap, zone_agreement, recognized, undecided, seems_moved, open, unreachable, strange_maps;
    homeveil_refit_default()
);
layout!(
    homeveil_refit: size at 0, map_overlap at 8, zone_agreement at 16, recognized at 24, undecided at 28,
    seems_moved at 32, open at 36, unreachable at 40, strange_maps at 44; 48
);

/// A report in which nothing stands yet, as every program starts.
#[unsafe(no_mangle)]
pub extern "C" fn homeveil_refit_default() -> homeveil_refit {
    homeveil_refit {
        size: size_of::<homeveil_refit>(),
        map_overlap: 0.0,
        zone_agreement: 0.0,
        recognized: 0,
        undecided: 0,
        seems_moved: 0,
        open: 0,
        unreachable: 0,
        strange_maps: 0,
    }
}

/// What fitting a floor's key to its latest map did, since the device was opened. `HOMEVEIL_STATUS_NOT_REFITTED` where
/// the key is new or no map has come.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_refit(
    device: *mut homeveil_device,
    floor: u8,
    refit: *mut homeveil_refit,
) -> homeveil_status {
    let body = |device: &mut Stored| -> Crossing {
        // SAFETY: NULL or a struct that states its size, as all functions demand.
        let place = unsafe { Results::at(refit) }?;
        let (refit, key) = (device.keeper().refit_of(floor)?, device.keeper().key_of(floor)?);
        let bit = |bits: u32, zone: &ZoneId| {
            bits | 1_u32.checked_shl(u32::from(zone.get()).wrapping_sub(1)).unwrap_or_default()
        };
        place.put(&homeveil_refit {
            size: size_of::<homeveil_refit>(),
            map_overlap: refit.map_overlap,
            zone_agreement: refit.zone_agreement,
            recognized: refit.recognized.into(),
            undecided: refit.undecided.into(),
            seems_moved: (key.strange_maps() >= homeveil::key::MOVED_AFTER_MAPS).into(),
            open: key.check_open().map_or_else(homeveil_status::from, |()| homeveil_status::Ok) as i32,
            unreachable: key.unreachable().iter().fold(0, bit),
            strange_maps: key.strange_maps(),
        });
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// The owner says that a floor's latest map belongs to the home: another floor, or a new beginning. Its key knows the
/// map from now on, and opens; but where a room is to be redacted by a number that no map has had, it opens only with a
/// map that comes with another redaction.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_confirm_map(
    device: *mut homeveil_device,
    floor: u8,
) -> homeveil_status {
    // SAFETY: as all functions demand.
    unsafe { on_device(device, |device| Ok(device.edit_key(floor, homeveil::HouseKey::confirm_map)?)) }
}
