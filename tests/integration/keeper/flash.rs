//! A store that reads what it is given and cuts the power when it likes.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use homeveil::keeper::{Slot, Store, StoreError};

#[derive(Default)]
struct Chip {
    blobs: BTreeMap<Slot, Vec<u8>>,
    /// What its malice is a function of, besides the bytes.
    spite: u64,
    saves: u64,
    /// Those of keys.
    key_saves: u64,
    /// The power is off until a restart.
    off: bool,
    /// There is no room but for the state.
    full: bool,
}

/// What outlives the keeper.
#[derive(Clone, Default)]
pub(super) struct Flash(Rc<RefCell<Chip>>);

impl Flash {
    pub(super) fn new(spite: u64) -> Self {
        Self(Rc::new(RefCell::new(Chip { spite, ..Chip::default() })))
    }

    pub(super) fn restart(&self) {
        self.0.borrow_mut().off = false;
    }

    /// The power is off.
    pub(super) fn is_off(&self) -> bool {
        self.0.borrow().off
    }

    pub(super) fn room_for_keys(&self, room: bool) {
        self.0.borrow_mut().full = !room;
    }

    pub(super) fn key_saves(&self) -> u64 {
        self.0.borrow().key_saves
    }

    /// As if a key had been saved, but that nothing is.
    pub(super) fn saves_no_key(&self) {
        self.0.borrow_mut().malice(Slot::Key { floor: 0 }, &[]);
    }

    pub(super) fn blob(&self, slot: Slot) -> Option<Vec<u8>> {
        self.0.borrow().blobs.get(&slot).cloned()
    }

    pub(super) fn set(&self, slot: Slot, blob: Vec<u8>) {
        self.0.borrow_mut().blobs.insert(slot, blob);
    }
}

impl Store for Flash {
    fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, StoreError> {
        let chip = self.0.borrow();
        if chip.off { Err(StoreError::Failed) } else { Ok(chip.blobs.get(&slot).cloned()) }
    }

    fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), StoreError> {
        let mut chip = self.0.borrow_mut();
        let (takes_effect, fails) = chip.malice(slot, blob);
        if takes_effect {
            chip.blobs.insert(slot, blob.to_vec());
        }
        if fails { Err(StoreError::Failed) } else { Ok(()) }
    }
}

impl Chip {
    /// Whether a save takes effect, and whether it fails; the power may go off.
    fn malice(&mut self, slot: Slot, blob: &[u8]) -> (bool, bool) {
        if self.off {
            return (false, true);
        }
        self.saves += 1;
        self.key_saves += u64::from(matches!(slot, Slot::Key { .. }));
        if self.full && slot != Slot::State {
            return (false, true);
        }
        // FNV over the state, seed and all. Keys differ between homes, so of them only that one was saved: a cut
        // that depended on the home would itself tell of it.
        let seen = if slot == Slot::State { blob } else { &[] };
        let number = self.saves.to_le_bytes();
        let hash = seen
            .iter()
            .chain(&number)
            .fold(self.spite | 1, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        let (takes_effect, fails, off) = match hash >> 40 & 15 {
            0 | 1 => (false, true, true),
            2 | 3 => (true, true, true),
            4 => (false, true, false),
            5 => (true, true, false),
            _ => (true, false, false),
        };
        self.off = off;
        (takes_effect, fails)
    }
}
