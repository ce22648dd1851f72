//! A robot's flash memory, which outlives the robot's power.

use std::cell::RefCell;
use std::rc::Rc;

use homeveil::keeper::{MemoryStore, Slot, Store, StoreError};

/// When the power goes, seen from a save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Nothing was written yet.
    Before,
    /// All was written, but the robot never learns it.
    After,
}

#[derive(Default)]
struct Chips {
    blobs: MemoryStore,
    cut: Option<Cut>,
}

/// The chips are shared: a robot that restarts opens the same ones.
#[derive(Clone, Default)]
pub(crate) struct Flash(Rc<RefCell<Chips>>);

impl Flash {
    /// The next save meets a power cut.
    pub(crate) fn cut_at_next_save(&self, cut: Cut) {
        self.0.borrow_mut().cut = Some(cut);
    }
}

impl Store for Flash {
    fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, StoreError> {
        self.0.borrow_mut().blobs.load(slot)
    }

    fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), StoreError> {
        let mut chips = self.0.borrow_mut();
        let cut = chips.cut.take();
        if cut != Some(Cut::Before) {
            chips.blobs.save(slot, blob)?;
        }
        if cut.is_some() { Err(StoreError::Failed) } else { Ok(()) }
    }
}
