//! A household to try things on.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use geo_types::Line;

pub(super) use crate::blob::sealed_again;
pub(super) use crate::drawings::{FLAT, home, named};
use crate::home::{Home, KeepOut, RoomId, RoomKind};
use crate::keeper::{
    ConsentRecord, Keeper, KeeperError, MemoryStore, Purpose, Slot, Store, StoreError, UnixTime,
};
use crate::key::AreaId;
use crate::{Coins, Odds, Policy, Redaction, Release};

pub(super) const SERVICE: Purpose = Purpose::RequestedServiceProvision;
pub(super) const NOW: UnixTime = UnixTime::from_secs(1_000_000);

pub(super) const OTHER: &str = "
    aaaaaaaaaaa
    aAaaaaaaaaa
    aaaaaaaaaaa
";

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
    keeper_of(&policy(), seed)
}

pub(super) fn keeper_of(policy: &Policy, seed: u64) -> Keeper<MemoryStore> {
    let coins = Coins::replayed(seed);
    let mut keeper = Keeper::open_with(MemoryStore::default(), policy.clone(), coins).unwrap();
    keeper.consent(given("c")).unwrap();
    keeper
}

/// Some kinds of the rooms of [`FLAT`].
pub(super) const LIVING: (char, RoomKind) = ('a', RoomKind::Living);
pub(super) const BEDROOM: (char, RoomKind) = ('b', RoomKind::Bedroom);
pub(super) const KITCHEN: (char, RoomKind) = ('c', RoomKind::Kitchen);
pub(super) const HALLWAY: (char, RoomKind) = ('d', RoomKind::Hallway);

/// A wall of the owner's in room a.
pub(super) fn wall() -> KeepOut {
    KeepOut::Wall(Line::new((0.15, 0.25), (0.15, 0.35)))
}

/// Bars a place by hand.
pub(super) fn bar<S: Store>(keeper: &mut Keeper<S>, place: &KeepOut) {
    keeper.edit_key(0, |key| key.bar(place)).unwrap().unwrap();
}

/// Binds an area to a room of the map.
pub(super) fn bind<S: Store>(keeper: &mut Keeper<S>, area: u32, map: &Home, room: u32) {
    let bound = keeper.edit_key(0, |key| key.bind_rooms(AreaId::new(area), map, &[RoomId::new(room)]));
    bound.unwrap().unwrap();
}

/// A store in which a byte of the key of the first floor is damaged.
pub(super) fn with_damaged_key(mut store: MemoryStore) -> MemoryStore {
    let slot = Slot::Key { floor: 0 };
    let mut blob = store.load(slot).unwrap().unwrap();
    blob[5000] ^= 1;
    store.save(slot, &blob).unwrap();
    store
}

/// The same household after a restart.
pub(super) fn reopened<S: Store>(keeper: Keeper<S>) -> Keeper<S> {
    Keeper::open(keeper.into_store(), policy()).unwrap()
}

/// A store opened with the coins of a seed.
pub(super) fn opened<S: Store>(store: S, seed: u64) -> Keeper<S> {
    Keeper::open_with(store, policy(), Coins::replayed(seed)).unwrap()
}

/// A robot on which the state of a lead comes in.
pub(super) fn imported(store: MemoryStore, lead: &Keeper<MemoryStore>) -> Keeper<MemoryStore> {
    Keeper::import(store, policy(), &lead.export()).unwrap()
}

/// A robot that has stored nothing, and follows a lead.
pub(super) fn follower_of(lead: &Keeper<MemoryStore>) -> Keeper<MemoryStore> {
    imported(MemoryStore::default(), lead)
}

/// What the robot maps.
pub(super) fn map<S: Store>(keeper: &mut Keeper<S>, home: &Home, redaction: &Redaction) {
    keeper.on_map(home, redaction, SERVICE, NOW).unwrap();
}

pub(super) fn drawn<S: Store>(keeper: &mut Keeper<S>, drawing: &str) -> Result<Release, KeeperError> {
    keeper.on_map(&home(drawing), &Redaction::none(), SERVICE, NOW)?;
    keeper.release(SERVICE, NOW)
}

/// Stored bytes as a later version of the library may write them.
pub(super) fn of_a_later_version(mut blob: Vec<u8>) -> Vec<u8> {
    blob[8] += 1;
    sealed_again(&mut blob);
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

impl Cut {
    pub(super) const fn new(inner: MemoryStore, at: Slot, saves: bool, spared: u8) -> Self {
        Self { inner, at, saves, spared, armed: true }
    }
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

/// A store in several hands, which outlives the power.
#[derive(Clone)]
pub(super) struct Flash {
    pub(super) inner: Rc<RefCell<MemoryStore>>,
    /// The power goes after so many saves.
    pub(super) saves_left: Rc<Cell<u32>>,
    /// It cannot be read.
    pub(super) unread: Rc<Cell<Option<Slot>>>,
}

impl Flash {
    pub(super) fn of(inner: MemoryStore) -> Self {
        let (saves_left, unread) = (Rc::new(Cell::new(u32::MAX)), Rc::default());
        Self { inner: Rc::new(RefCell::new(inner)), saves_left, unread }
    }
}

impl Store for Flash {
    fn load(&mut self, slot: Slot) -> Result<Option<Vec<u8>>, StoreError> {
        if self.unread.get() == Some(slot) {
            Err(StoreError::Failed)
        } else {
            self.inner.borrow_mut().load(slot)
        }
    }

    fn save(&mut self, slot: Slot, blob: &[u8]) -> Result<(), StoreError> {
        self.saves_left.set(self.saves_left.get().checked_sub(1).ok_or(StoreError::Failed)?);
        self.inner.borrow_mut().save(slot, blob)
    }
}
