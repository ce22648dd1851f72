//! A household to try things on.

use std::cell::Cell;
use std::rc::Rc;

use sha2::{Digest, Sha256};

use crate::home::{Footprint, Home};
use crate::keeper::{
    ConsentRecord, Keeper, KeeperError, MemoryStore, Purpose, Slot, Store, StoreError, UnixTime,
};
pub(super) use crate::key::tests::FLAT;
use crate::{Coins, Odds, Policy, Redaction, Release};

pub(super) const SERVICE: Purpose = Purpose::RequestedServiceProvision;
pub(super) const NOW: UnixTime = UnixTime::from_secs(1_000_000);

pub(super) const OTHER: &str = "
    aaaaaaaaaaa
    aAaaaaaaaaa
    aaaaaaaaaaa
";

pub(super) fn home(drawing: &str) -> Home {
    let footprint = Footprint::disc_m(0.1).unwrap();
    Home::from_drawing(0.1, footprint, drawing, &[]).unwrap().build().unwrap()
}

pub(super) fn odds(p: u32) -> Odds {
    Odds::new(p, 1).unwrap()
}

pub(super) fn policy() -> Policy {
    Policy::builder().odds(odds(2)).odds_cap(odds(4)).build().unwrap()
}

pub(super) fn given(id: &str) -> ConsentRecord {
    ConsentRecord::given(id, "Maker", UnixTime::from_secs(10), UnixTime::from_secs(2_000_000))
        .purpose(SERVICE)
}

pub(super) fn keeper(seed: u64) -> Keeper<MemoryStore> {
    let mut keeper = Keeper::open_with(MemoryStore::default(), policy(), Coins::replayed(seed)).unwrap();
    keeper.consent(given("c")).unwrap();
    keeper
}

pub(super) fn drawn<S: Store>(keeper: &mut Keeper<S>, drawing: &str) -> Result<Release, KeeperError> {
    keeper.on_map(&home(drawing), &Redaction::none(), SERVICE, NOW)?;
    keeper.release(SERVICE, NOW)
}

/// Stored bytes as a later version of the library may write them.
pub(super) fn of_a_later_version(mut blob: Vec<u8>) -> Vec<u8> {
    let end = blob.len() - 32;
    blob[8] += 1;
    let sum = Sha256::digest(&blob[..end]);
    blob[end..].copy_from_slice(&sum);
    blob
}

/// A store whose saves of one slot fail, before or after they take effect, as a power cut may.
pub(super) struct Cut {
    pub(super) inner: MemoryStore,
    pub(super) at: Slot,
    pub(super) saves: bool,
    /// So many saves go well before.
    pub(super) spared: u8,
    pub(super) armed: bool,
}

impl Store for Cut {
    fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.load(slot)
    }

    fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), StoreError> {
        let spared = self.armed && slot == self.at && self.spared > 0;
        self.spared -= u8::from(spared);
        let cut = self.armed && slot == self.at && !spared;
        if self.saves || !cut {
            self.inner.save(slot, blob)?;
        }
        if cut { Err(StoreError::Failed) } else { Ok(()) }
    }
}

/// A store with a slot that cannot be read.
pub(super) struct Unread {
    pub(super) inner: MemoryStore,
    pub(super) slot: Rc<Cell<Option<Slot>>>,
}

impl Store for Unread {
    fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, StoreError> {
        if self.slot.get() == Some(slot) { Err(StoreError::Failed) } else { self.inner.load(slot) }
    }

    fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), StoreError> {
        self.inner.save(slot, blob)
    }
}
