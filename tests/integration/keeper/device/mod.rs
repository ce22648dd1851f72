//! One device by hand: what its log says, what a power cut leaves, and what a withdrawal ends.

mod booting;
mod commands;
mod consents;
mod log;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use homeveil::home::Home;
use homeveil::keeper::{ConsentRecord, Device, KeeperError, Purpose, Slot, Store, StoreError, UnixTime};
use homeveil::{Coins, Keeper, Policy, Redaction};
use nalgebra::Isometry2;

use crate::drawings::{self, FOUR_ROOMS};

const SERVICE: Purpose = Purpose::RequestedServiceProvision;

/// The power goes at a save, before or after it takes effect.
#[derive(Clone, Default)]
pub(super) struct Flash(pub(super) Rc<RefCell<Chip>>);

#[derive(Default)]
pub(super) struct Chip {
    blobs: BTreeMap<Slot, Vec<u8>>,
    /// So many saves go well, and whether the next one takes effect.
    cut: Option<(u32, bool)>,
    off: bool,
    saves: u32,
    /// Slots for which there is no room.
    pub(super) full: Vec<Slot>,
    /// Slots that another program writes to.
    foreign: Vec<Slot>,
}

impl Flash {
    /// How often something was saved.
    pub(super) fn saves(&self) -> u32 {
        self.0.borrow().saves
    }
}

impl Store for Flash {
    fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, StoreError> {
        let chip = self.0.borrow();
        if chip.off { Err(StoreError::Failed) } else { Ok(chip.blobs.get(&slot).cloned()) }
    }

    fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), StoreError> {
        let mut chip = self.0.borrow_mut();
        if chip.off || chip.full.contains(&slot) {
            return Err(StoreError::Failed);
        }
        if chip.foreign.contains(&slot) {
            return Err(StoreError::Changed);
        }
        let cut = chip.cut.filter(|(spared, _)| *spared == chip.saves);
        chip.saves += 1;
        if cut.is_none_or(|(_, takes_effect)| takes_effect) {
            chip.blobs.insert(slot, blob.to_vec());
        }
        chip.off = cut.is_some();
        if chip.off { Err(StoreError::Failed) } else { Ok(()) }
    }
}

pub(super) const fn at(seconds: u64) -> UnixTime {
    UnixTime::from_secs(1_790_000_000 + seconds)
}

pub(super) fn home() -> Home {
    drawings::home(FOUR_ROOMS)
}

fn pose() -> Isometry2<f64> {
    Isometry2::translation(0.35, 0.35)
}

pub(super) fn boot(flash: &Flash, policy: &Policy) -> Result<Device<Flash>, KeeperError> {
    Device::of(Keeper::open_with(flash.clone(), policy.clone(), Coins::replayed(3))?)
}

pub(super) fn consent(id: &str) -> ConsentRecord {
    ConsentRecord::given(id, "Robot Maker", at(0), at(1 << 24)).purpose(SERVICE).recipient("Cloud")
}

/// With a consent and a map.
pub(super) fn ready(flash: &Flash, policy: &Policy) -> Device<Flash> {
    let mut device = boot(flash, policy).unwrap();
    device.consent(consent("c-1"), at(0)).unwrap();
    device.on_map(&home(), &Redaction::none(), at(0)).unwrap();
    device
}
