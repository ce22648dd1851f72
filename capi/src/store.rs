//! Storage: the vendor's flash behind two callbacks, or a folder of files.

use alloc::ffi::CString;
use alloc::vec::Vec;
use core::ffi::{c_char, c_void};

use homeveil::grid::MAX_CELLS;
use homeveil::keeper::{Slot, Store, StoreError};
use zeroize::{Zeroize, Zeroizing};

/// Where a device keeps its few named blobs: one device at a time. Where another one stored a state meanwhile, a device
/// stores none and answers `HOMEVEIL_STATUS_STORE_CHANGED`: free it, and open it again.
///
/// `save` must be atomic for its name and return only when the blob survives a power cut. What is stored is secret.
/// Both callbacks run inside a call of the library's and must not call the library on the same device, throw, or
/// `longjmp`. Whoever moves the device to another thread moves the context with it.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct homeveil_store {
    /// `sizeof(homeveil_store)` of the program that fills it in.
    pub size: usize,
    /// Given to the callbacks.
    pub context: *mut c_void,
    /// Reads the blob of a name. Writes at most `capacity` bytes of it to `buffer` and its whole length to `len`; is
    /// called again with more room where that was too little. Returns 0, or 1 where nothing was ever saved under the
    /// name, or another number where reading failed: that must never be taken for 1.
    pub load: Option<
        unsafe extern "C" fn(
            context: *mut c_void,
            name: *const c_char,
            buffer: *mut u8,
            capacity: usize,
            len: *mut usize,
        ) -> i32,
    >,
    /// Replaces the blob of a name. Returns 0, or another number where writing failed.
    pub save: Option<
        unsafe extern "C" fn(context: *mut c_void, name: *const c_char, bytes: *const u8, len: usize) -> i32,
    >,
}

versioned!(homeveil_store: context, load, save; homeveil_store {
    size: size_of::<homeveil_store>(),
    context: core::ptr::null_mut(),
    load: None,
    save: None,
});
layout!(homeveil_store: size at 0, context at 8, load at 16, save at 24; 32);

/// The most bytes of a slot that are stored and read. A store that claims more is worn or wrong: where memory is given
/// out before it is there, to make room for what it claims would end the program at every boot.
const fn most_bytes(slot: Slot) -> usize {
    match slot {
        // Four bytes a cell of the largest grid: one with a map's walls and rooms takes a byte for several.
        Slot::Key { .. } => 4 * MAX_CELLS,
        // State and log have limits far below; the commands under way are the largest, of 16 KiB each as they came.
        _ => 1 << 20,
    }
}

/// What is tried first: more than a state has, and most keys of real homes.
const FIRST_BYTES: usize = 1 << 16;

/// A store behind callbacks that are there.
pub(crate) struct CallbackStore {
    pub(crate) context: *mut c_void,
    pub(crate) load: unsafe extern "C" fn(*mut c_void, *const c_char, *mut u8, usize, *mut usize) -> i32,
    pub(crate) save: unsafe extern "C" fn(*mut c_void, *const c_char, *const u8, usize) -> i32,
}

impl Store for CallbackStore {
    fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, StoreError> {
        let name = CString::new(slot.name()).map_err(|_| StoreError::Failed)?;
        let mut buffer = Zeroizing::new(vec![0; FIRST_BYTES]);
        // Twice: what grew in between is a store that something else writes to.
        for is_second in [false, true] {
            let mut len = 0;
            // SAFETY: the vendor's own callback, with a buffer of the capacity stated.
            let answer = unsafe {
                (self.load)(self.context, name.as_ptr(), buffer.as_mut_ptr(), buffer.len(), &raw mut len)
            };
            match answer {
                0 if len <= buffer.len() => {
                    // A move, not a copy: what is cut off is wiped first.
                    buffer.get_mut(len..).into_iter().for_each(Zeroize::zeroize);
                    let mut bytes = core::mem::take(&mut *buffer);
                    bytes.truncate(len);
                    return Ok(Some(bytes));
                }
                0 if len <= most_bytes(slot) => {
                    // A length that is wrong must not end the program at every boot.
                    let mut larger = Vec::new();
                    larger.try_reserve_exact(len).map_err(|_| StoreError::Failed)?;
                    larger.resize(len, 0);
                    buffer = Zeroizing::new(larger);
                }
                // What was there a moment ago was saved once.
                1 if is_second => return Err(StoreError::Changed),
                1 => return Ok(None),
                _ => return Err(StoreError::Failed),
            }
        }
        Err(StoreError::Changed)
    }

    fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), StoreError> {
        // What could not be read again is not stored.
        if blob.len() > most_bytes(slot) {
            return Err(StoreError::Failed);
        }
        let name = CString::new(slot.name()).map_err(|_| StoreError::Failed)?;
        // SAFETY: the vendor's own callback, with as many bytes as stated.
        match unsafe { (self.save)(self.context, name.as_ptr(), blob.as_ptr(), blob.len()) } {
            0 => Ok(()),
            _ => Err(StoreError::Failed),
        }
    }
}

/// A store of one of two kinds.
pub(crate) enum AnyStore {
    Callbacks(CallbackStore),
    #[cfg(feature = "std-fs")]
    Folder(homeveil::keeper::DirectoryStore),
}

impl Store for AnyStore {
    fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, StoreError> {
        match self {
            Self::Callbacks(store) => store.load(slot),
            #[cfg(feature = "std-fs")]
            Self::Folder(store) => store.load(slot),
        }
    }

    fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), StoreError> {
        match self {
            Self::Callbacks(store) => store.save(slot, blob),
            #[cfg(feature = "std-fs")]
            Self::Folder(store) => store.save(slot, blob),
        }
    }
}

#[cfg(test)]
mod tests {
    use core::ffi::{c_char, c_void};

    use super::{CallbackStore, MAX_CELLS, Slot, Store, StoreError};

    /// What a store claims, and what was asked of it.
    struct Claims {
        len: usize,
        loads: usize,
        saves: usize,
        largest: usize,
    }

    unsafe extern "C" fn load(
        context: *mut c_void,
        _: *const c_char,
        _: *mut u8,
        capacity: usize,
        len: *mut usize,
    ) -> i32 {
        // SAFETY: the context is the test's own.
        let claims = unsafe { &mut *context.cast::<Claims>() };
        claims.loads += 1;
        claims.largest = claims.largest.max(capacity);
        // SAFETY: memory for a number.
        unsafe { len.write(claims.len) };
        0
    }

    unsafe extern "C" fn save(context: *mut c_void, _: *const c_char, _: *const u8, _: usize) -> i32 {
        // SAFETY: the context is the test's own.
        unsafe { &mut *context.cast::<Claims>() }.saves += 1;
        0
    }

    #[test]
    fn a_store_that_claims_too_much_gets_no_room_for_it() {
        let key = Slot::Key { floor: 0 };
        for (slot, most) in
            [(Slot::State, 1 << 20), (Slot::Queue, 1 << 20), (Slot::Log, 1 << 20), (key, 4 * MAX_CELLS)]
        {
            for (len, fits) in [(most, true), (most + 1, false), (1 << 30, false), (usize::MAX, false)] {
                let mut claims = Claims { len, loads: 0, saves: 0, largest: 0 };
                let mut store = CallbackStore { context: (&raw mut claims).cast(), load, save };
                let loaded = store.load(slot).map(|blob| blob.map(|bytes| bytes.len()));
                let expected = if fits { Ok(Some(len)) } else { Err(StoreError::Failed) };
                assert!(loaded == expected && claims.loads == 1 + usize::from(fits), "{slot:?}: {len}");
                assert!(claims.largest <= most, "{slot:?}: {len}");
            }
        }
    }

    #[test]
    fn what_could_not_be_read_again_is_not_stored() {
        let mut claims = Claims { len: 0, loads: 0, saves: 0, largest: 0 };
        let mut store = CallbackStore { context: (&raw mut claims).cast(), load, save };
        let blob = vec![0; (1 << 20) + 1];
        assert_eq!(store.save(Slot::Queue, &blob), Err(StoreError::Failed));
        assert_eq!(store.save(Slot::Queue, &blob[1..]), Ok(()));
        assert_eq!(store.save(Slot::Key { floor: 1 }, &blob), Ok(()));
        assert_eq!(claims.saves, 2);
    }
}
