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
    /// The power went, and nothing works until the robot restarts.
    dark: bool,
}

/// The chips are shared: a robot that restarts opens the same ones.
#[derive(Clone, Default)]
pub(crate) struct Flash(Rc<RefCell<Chips>>);

impl Flash {
    /// The next save meets a power cut.
    pub(crate) fn cut_at_next_save(&self, cut: Cut) {
        self.0.borrow_mut().cut = Some(cut);
    }

    /// Whether the power has gone.
    pub(crate) fn is_dark(&self) -> bool {
        self.0.borrow().dark
    }

    pub(crate) fn power_back(&self) {
        self.0.borrow_mut().dark = false;
    }
}

impl Store for Flash {
    fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, StoreError> {
        let mut chips = self.0.borrow_mut();
        if chips.dark { Err(StoreError::Failed) } else { chips.blobs.load(slot) }
    }

    fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), StoreError> {
        let mut chips = self.0.borrow_mut();
        let cut = chips.cut.take();
        if !chips.dark && cut != Some(Cut::Before) {
            chips.blobs.save(slot, blob)?;
        }
        chips.dark |= cut.is_some();
        if chips.dark { Err(StoreError::Failed) } else { Ok(()) }
    }
}
