//! The object, how it is opened and freed.

use alloc::boxed::Box;
use core::ffi::{CStr, c_char, c_void};

use homeveil::Keeper;
use homeveil::keeper::{Device, UnixTime};

use crate::border::{Crossing, Place, guarded, shared, unique};
use crate::coins::{coins, homeveil_fill};
use crate::policy::homeveil_policy;
use crate::status::homeveil_status;
use crate::store::{AnyStore, CallbackStore, homeveil_store};
use crate::versioned::read;

/// A device on one of the stores that C programs have.
pub(super) type Stored = Device<AnyStore>;

/// A robot's side of a household: store, policy, consent, ledger, keys, queue of commands and log. One for a store at a
/// time.
pub struct homeveil_device {
    device: Stored,
    /// A call has panicked, so that nobody knows what state the rest is in.
    is_broken: bool,
}

/// What a device is opened with. Start from `homeveil_device_options_default`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct homeveil_device_options {
    /// `sizeof(homeveil_device_options)` of the program that fills it in.
    pub size: usize,
    /// Callbacks of a store, or NULL. They are copied; their context must live as long as the device.
    pub store: *const homeveil_store,
    /// Without callbacks: a folder for the store, as a C string in UTF-8.
    pub folder: *const c_char,
    /// The source of randomness, or NULL for the operating system's.
    pub fill: homeveil_fill,
    /// Given to `fill`.
    pub fill_context: *mut c_void,
}

versioned!(homeveil_device_options: store, folder, fill, fill_context; homeveil_device_options_default());
layout!(homeveil_device_options: size at 0, store at 8, folder at 16, fill at 24, fill_context at 32; 40);

/// No store and the operating system's randomness, as every program starts to fill them in.
#[unsafe(no_mangle)]
pub extern "C" fn homeveil_device_options_default() -> homeveil_device_options {
    homeveil_device_options {
        size: size_of::<homeveil_device_options>(),
        store: core::ptr::null(),
        folder: core::ptr::null(),
        fill: None,
        fill_context: core::ptr::null_mut(),
    }
}

/// Opens a device on its store; an empty store is a new household. All that the household has survives in the store,
/// and the policy may be a newer one than before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_open(
    policy: *const homeveil_policy,
    options: *const homeveil_device_options,
    device: *mut *mut homeveil_device,
) -> homeveil_status {
    // SAFETY: as all functions demand.
    guarded(|| unsafe { open(policy, options, device, false) })
}

/// Starts over on a store whose state was lost (`HOMEVEIL_STATUS_STATE_LOST`) or is damaged
/// (`HOMEVEIL_STATUS_STATE_DAMAGED`). What the household had spent is not known any more, and the consent and all
/// that were withdrawn or replaced are forgotten: ask the owner. A copy of the state is better. A state that is not
/// damaged is not written over, nor is that of a later version (`HOMEVEIL_STATUS_STATE_VERSION`). What the owner marked
/// keeps its place as with `homeveil_device_new_epoch`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_start_over(
    policy: *const homeveil_policy,
    options: *const homeveil_device_options,
    device: *mut *mut homeveil_device,
) -> homeveil_status {
    // SAFETY: as all functions demand.
    guarded(|| unsafe { open(policy, options, device, true) })
}

/// # Safety
/// All pointers are NULL or valid.
unsafe fn open(
    policy: *const homeveil_policy,
    options: *const homeveil_device_options,
    device: *mut *mut homeveil_device,
    starts_over: bool,
) -> Crossing {
    // SAFETY: the caller's promise.
    let place = unsafe { Place::at(device) }?;
    // SAFETY: the caller's promise.
    let policy = unsafe { shared(policy) }?.policy.clone();
    // SAFETY: the caller's promise.
    let options = unsafe { read(options) }?;
    let coins = coins(options.fill, options.fill_context)?;
    // SAFETY: the caller's promise.
    let store = unsafe { store(&options) }?;
    let keeper = if starts_over {
        Keeper::start_over(store, policy, coins)
    } else {
        Keeper::open_with(store, policy, coins)
    }?;
    place.give(homeveil_device { device: Device::of(keeper)?, is_broken: false });
    Ok(())
}

/// # Safety
/// The pointers in the options are NULL or valid.
unsafe fn store(options: &homeveil_device_options) -> Result<AnyStore, homeveil_status> {
    if !options.store.is_null() {
        // SAFETY: the caller's promise.
        let store = unsafe { read(options.store) }?;
        let (load, save) = store.load.zip(store.save).ok_or(homeveil_status::Null)?;
        return Ok(AnyStore::Callbacks(CallbackStore { context: store.context, load, save }));
    }
    if options.folder.is_null() {
        return Err(homeveil_status::Null);
    }
    // SAFETY: not NULL; the caller's promise that it is a C string.
    let folder = unsafe { CStr::from_ptr(options.folder) };
    in_folder(folder.to_str().map_err(|_| homeveil_status::Utf8)?)
}

#[cfg(feature = "std-fs")]
fn in_folder(folder: &str) -> Result<AnyStore, homeveil_status> {
    Ok(AnyStore::Folder(homeveil::keeper::DirectoryStore::open(folder)?))
}

#[cfg(not(feature = "std-fs"))]
fn in_folder(_: &str) -> Result<AnyStore, homeveil_status> {
    Err(homeveil_status::NotBuilt)
}

/// Frees a device; its store keeps all that it had, and the last messages count as sent. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_free(device: *mut homeveil_device) {
    if device.is_null() {
        return;
    }
    // SAFETY: an object that `Place::give` gave out, as all functions demand.
    let device = unsafe { Box::from_raw(device) };
    // What was said last counts as sent, unless a call panicked. A panic must not cross; there is nobody to tell.
    let _ = guarded(move || {
        if device.is_broken {
            drop(device);
        } else {
            drop(device.device.into_store());
        }
        Ok(())
    });
}

/// `HOMEVEIL_STATUS_OK` where queue and log are stored as they are, but for live reports, commands and rejections of
/// the last minute, which `homeveil_device_on_tick` and `homeveil_device_free` store, and for what the last tick said,
/// which counts as said with the next call. Where the storage has no room for
/// queue or log the device goes on; a power cut would then forget what changed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_is_stored(device: *mut homeveil_device) -> homeveil_status {
    // SAFETY: as all functions demand.
    unsafe { on_device(device, |device| Ok(device.check_stored()?)) }
}

/// A time of a C program.
pub(super) const fn at(unix_s: u64) -> UnixTime {
    UnixTime::from_secs(unix_s)
}

/// Runs the body of a function on a device. After a panic every further call answers that.
///
/// # Safety
/// The device is NULL or valid, and nobody else uses it in the call.
pub(super) unsafe fn on_device(
    device: *mut homeveil_device,
    body: impl FnOnce(&mut Stored) -> Crossing,
) -> homeveil_status {
    // SAFETY: the caller's promise.
    let Ok(device) = (unsafe { unique(device) }) else { return homeveil_status::Null };
    if device.is_broken {
        return homeveil_status::Panic;
    }
    let status = guarded(|| body(&mut device.device));
    device.is_broken = status == homeveil_status::Panic;
    status
}

#[cfg(test)]
mod tests {
    use core::ffi::{c_char, c_void};
    use core::ptr::null_mut;

    use super::{
        homeveil_device, homeveil_device_free, homeveil_device_open, homeveil_device_options,
        homeveil_device_options_default, homeveil_store, on_device,
    };
    use crate::device::consent::homeveil_device_withdraw;
    use crate::policy::{homeveil_policy_free, homeveil_policy_new};
    use crate::status::homeveil_status;

    /// Nothing was ever stored, and nothing is.
    unsafe extern "C" fn load(_: *mut c_void, _: *const c_char, _: *mut u8, _: usize, _: *mut usize) -> i32 {
        1
    }

    unsafe extern "C" fn save(_: *mut c_void, _: *const c_char, _: *const u8, _: usize) -> i32 {
        0
    }

    #[test]
    fn a_panic_becomes_a_status_and_the_object_is_used_no_more() {
        let store = homeveil_store {
            size: size_of::<homeveil_store>(),
            context: null_mut(),
            load: Some(load),
            save: Some(save),
        };
        let options =
            homeveil_device_options { store: &raw const store, ..homeveil_device_options_default() };
        let (mut policy, mut device): (_, *mut homeveil_device) = (null_mut(), null_mut());
        // SAFETY: memory for a pointer.
        assert_eq!(unsafe { homeveil_policy_new(&raw mut policy) }, homeveil_status::Ok);
        // SAFETY: a policy, options with callbacks, and memory for a pointer.
        let opened = unsafe { homeveil_device_open(policy, &raw const options, &raw mut device) };
        assert_eq!(opened, homeveil_status::Ok);
        // SAFETY: a device that nobody else uses.
        assert_eq!(unsafe { on_device(device, |_| Ok(())) }, homeveil_status::Ok);
        // SAFETY: as before.
        let panicked = unsafe { on_device(device, |_| panic!("a defect")) };
        assert_eq!(panicked, homeveil_status::Panic);
        // SAFETY: as before.
        let after = unsafe { on_device(device, |_| unreachable!("the object is broken")) };
        assert_eq!(after, homeveil_status::Panic);
        // SAFETY: as before; through a function as C programs call it.
        assert_eq!(unsafe { homeveil_device_withdraw(device, 0) }, homeveil_status::Panic);
        // SAFETY: the device and the policy, used no more.
        unsafe { homeveil_device_free(device) };
        // SAFETY: as before.
        unsafe { homeveil_policy_free(policy) };
    }
}
