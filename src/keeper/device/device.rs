//! The device: how it boots, what its owner decides, and its maps.

use alloc::vec::Vec;
use core::fmt;
use core::iter::repeat_n;

use zeroize::Zeroizing;

use crate::anonymize::MappedFloor;
use crate::home::Home;
use crate::keeper::consent::{ConsentError, ConsentRecord, ConsentStatus, Purpose};
use crate::keeper::error::KeeperError;
use crate::keeper::keeper::{Keeper, OwnFloor};
use crate::keeper::ledger::Draw;
use crate::keeper::log::{Disclosed, DisclosureLog};
use crate::keeper::outbox::Outbox;
use crate::keeper::storage::{Slot, Store, StoreError};
use crate::keeper::time::UnixTime;
use crate::key::HouseKey;
#[cfg(feature = "os-rng")]
use crate::policy::Policy;
use crate::redact::Redaction;
use crate::release::Release;

/// How far the clock of whoever wrote a consent may be ahead of the robot's: both are set by the network, and the
/// service waits so long at most.
const CLOCKS_APART_S: u64 = 600;

/// A robot's side of everything, in one object.
///
/// ```
/// use homeveil::home::{Footprint, Home};
/// use homeveil::keeper::{ConsentRecord, Device, MemoryStore, Received, UnixTime};
/// use homeveil::key::Task;
/// use homeveil::{Policy, Redaction};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let pose = nalgebra::Isometry2::translation(0.25, 0.25);
/// let now = UnixTime::from_secs(1_790_000_000);
/// let mut device = Device::open(MemoryStore::default(), Policy::default())?;
/// let record = ConsentRecord::given("c-1", "Robot Maker", now, now.later_by_s(31_536_000));
/// device.consent(record.purpose(Device::<MemoryStore>::PURPOSE), now)?;
/// device.on_map(&home, &Redaction::none(), now)?;
/// let to_cloud = device.release(now)?.to_json();
///
/// let Received { answer, command } = device.on_command(br#"{"id":1,"goal":"all"}"#, now)?;
/// assert_eq!(answer.to_json(), r#"{"accepted":{"id":1}}"#);
/// let tasks = device.tasks(&command.ok_or("accepted")?, pose, now)?;
/// assert!(matches!(tasks[..], [Ok(Task::Clean(_))]));
///
/// let mut device = Device::open(device.into_store(), Policy::default())?;      // power off and on
/// assert_eq!(device.release(now)?.to_json(), to_cloud);
/// assert_eq!(device.on_tick(now.later_by_s(7200))?[0].to_json(), r#"{"done":{"id":1}}"#);
/// device.withdraw(now)?;
/// assert!(device.release(now).is_err() && device.on_command(br#"{"id":2,"goal":"all"}"#, now).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Device<S> {
    pub(super) keeper: Keeper<S>,
    /// `None` until it is needed.
    pub(super) outbox: Option<Outbox>,
    pub(super) log: DisclosureLog,
    unstored: Unstored,
    /// When the last tick said something. It has left once the next call comes, and then the queue without it is
    /// stored.
    pub(super) said: Option<UnixTime>,
    /// Where the clock was not believed at the last tick: when to look again.
    pub(super) again: Option<UnixTime>,
}

/// What is not stored as it is.
#[derive(Clone, Copy, Default)]
struct Unstored {
    /// The store had no room for it at the last try.
    queue: bool,
    /// The store had no room for it at the last try.
    log: bool,
    /// The log has noted something that need not be stored before it leaves.
    noted: bool,
}

impl<S: Store> Device<S> {
    /// What commands, answers and the release of [`Device::release`] are for.
    pub const PURPOSE: Purpose = Purpose::RequestedServiceProvision;

    /// Boots from what the store holds; an empty store is a household that has never drawn.
    ///
    /// # Errors
    /// As [`Keeper::open`].
    #[cfg(feature = "os-rng")]
    pub fn open(store: S, policy: Policy) -> Result<Self, KeeperError> {
        Self::of(Keeper::open(store, policy)?)
    }

    /// The device around a keeper that was opened with coins of its own, imported, or taken over. Commands under way
    /// and the log come from the keeper's store. On taking over, copy [`Slot::Queue`] and [`Slot::Log`] into it after
    /// the keeper took over and before this: they must not lie there without a state, which a power cut would leave
    /// them.
    ///
    /// # Errors
    /// The store was changed by others. A log or queue that is damaged or cannot be read is no error: an empty one
    /// begins, and the log says so of itself.
    pub fn of(mut keeper: Keeper<S>) -> Result<Self, KeeperError> {
        let bytes = readable(&mut keeper.store, Slot::Log)?;
        let log = DisclosureLog::restored(bytes.as_deref().map(Vec::as_slice), keeper.latest());
        let mut device =
            Self { keeper, outbox: None, log, unstored: Unstored::default(), said: None, again: None };
        if device.has_commands() {
            device.outbox()?;
        }
        Ok(device)
    }

    /// Records what the owner said, as [`Keeper::consent`]. Commands under way go on where one consent follows another
    /// of the same controller before that ends, and both allow [`Device::PURPOSE`]; else they are given up.
    ///
    /// # Errors
    /// As [`Keeper::consent`]; the record begins later than now while another one is in force, which it would end.
    pub fn consent(&mut self, record: ConsentRecord, now: UnixTime) -> Result<(), KeeperError> {
        self.settle()?;
        let record = record.in_order();
        self.keeper.retired_by(&record)?;
        if self.keeper.consent_record() == Some(&record) {
            // The power may have been cut after the state was stored and before the log was.
            return if self.log.has_noted(&record) { Ok(()) } else { self.note_consent(now) };
        }
        // One absurd time ends nothing.
        let seen = self.keeper.believed(now).max(self.keeper.state.clock);
        let old = self.keeper.consent_record();
        let is_in_force = old.is_some_and(|old| old.status(seen) == ConsentStatus::Given);
        if is_in_force && !record.refused && record.given_at > seen.max(now).later_by_s(CLOCKS_APART_S) {
            return Err(ConsentError::TooEarly.into());
        }
        let goes_on = old.is_some_and(|old| {
            let allows = !record.refused && record.purposes.contains(&Self::PURPOSE);
            let follows = old.controller == record.controller && record.given_at < old.expires_at;
            allows && follows && old.permits(Self::PURPOSE, seen).is_ok()
        });
        // First: where this fails, the old consent stands. What fails after the new one stands is the log alone.
        if !goes_on {
            self.give_up_stored()?;
        }
        self.keeper.consent(record)?;
        self.note_consent(now)
    }

    /// The household as bytes for another robot of it, as [`Keeper::export`], which the log then says.
    ///
    /// # Errors
    /// The store was changed by others; it fails, where nothing of the household was stored before, or a key cannot be
    /// read.
    ///
    /// # Complexity
    /// As [`Keeper::export`].
    pub fn export(&mut self, now: UnixTime) -> Result<Zeroizing<Vec<u8>>, KeeperError> {
        self.settle()?;
        self.keeper.store_first()?;
        self.keeper.load_keys_again();
        let mut keys = self.keeper.floors.iter().map(|own| &own.key);
        if let Some(&Err(error)) = keys.find(|key| key.as_ref().is_err_and(KeeperError::is_unread)) {
            return Err(error);
        }
        self.note([Disclosed::HandedOver], now)?;
        Ok(self.keeper.export())
    }

    /// Takes the consent back: from now on no release goes out, no command is heard, none that is under way has tasks
    /// or is answered any more.
    ///
    /// # Errors
    /// As [`Keeper::withdraw`].
    pub fn withdraw(&mut self, now: UnixTime) -> Result<(), KeeperError> {
        let withdrawn = self.keeper.withdraw(now);
        if matches!(withdrawn, Err(KeeperError::Consent(_))) {
            return withdrawn;
        }
        self.note_consent(now)?;
        self.give_up()?;
        withdrawn
    }

    /// Opens a new epoch, as [`Keeper::new_epoch`]. Commands under way are given up: what they name is gone.
    ///
    /// # Errors
    /// As [`Keeper::new_epoch`]. Where the store fails, commands may be given up and the old epoch continue.
    pub fn new_epoch(&mut self, now: UnixTime) -> Result<(), KeeperError> {
        self.keeper.check_lead()?;
        // First: where this fails, the old epoch continues.
        self.give_up_stored()?;
        self.keeper.new_epoch()?;
        self.outbox = None;
        self.note([Disclosed::Epoch], now)
    }

    /// Takes the map of the day, as [`Keeper::on_map`].
    ///
    /// # Privacy
    /// As [`Keeper::on_map`]; and a device does one thing at a time. An answer that waits for this to return shows how
    /// long it took, which depends on the map: send each answer after a fixed delay that is longer than this ever
    /// takes, as the release at a time of its own.
    ///
    /// # Errors
    /// As [`Keeper::on_map`].
    ///
    /// # Complexity
    /// As [`Keeper::on_map`].
    pub fn on_map(&mut self, home: &Home, redaction: &Redaction, now: UnixTime) -> Result<(), KeeperError> {
        self.on_maps(&[Some(MappedFloor::new(home, redaction))], now)
    }

    /// Takes the maps of several floors, as [`Keeper::on_maps`].
    ///
    /// # Errors
    /// As [`Keeper::on_maps`].
    pub fn on_maps(&mut self, maps: &[Option<MappedFloor<'_>>], now: UnixTime) -> Result<(), KeeperError> {
        self.settle()?;
        self.keeper.load_keys_again();
        let had: Vec<bool> = self.keeper.floors.iter().map(|own| own.key.is_ok()).collect();
        self.keeper.on_maps(maps, Self::PURPOSE, now)?;
        let floors = self.keeper.floors.iter().zip(had);
        // Not that a new epoch's map was not recognized: how often a log is stored may not depend on a map.
        let is_remade = |own: &OwnFloor| matches!(own.untold, Some(KeeperError::KeyRemade(_)));
        let remade = floors.filter(|(own, had)| !had && is_remade(own)).count();
        if remade > 0 { self.note(repeat_n(Disclosed::KeyRemade, remade), now) } else { Ok(()) }
    }

    /// The release, to be sent: the same bytes in all of an epoch, whatever the maps are.
    ///
    /// # Errors
    /// As [`Keeper::release`].
    ///
    /// # Complexity
    /// As [`Keeper::release`].
    pub fn release(&mut self, now: UnixTime) -> Result<Release, KeeperError> {
        self.release_for(Self::PURPOSE, now)
    }

    /// The release, for something else that the owner consented to.
    ///
    /// # Errors
    /// As [`Keeper::release`].
    pub fn release_for(&mut self, purpose: Purpose, now: UnixTime) -> Result<Release, KeeperError> {
        self.settle()?;
        let release = self.keeper.release(purpose, now)?;
        let now = self.keeper.believed(now);
        let (epoch, spent) = (self.keeper.epoch(), self.keeper.spent());
        if let Some(record) = self.keeper.consent_record() {
            let must_store = self.log.note_release(epoch, spent, record, now);
            self.store_log(must_store)?;
        }
        Ok(release)
    }

    /// Changes a floor's key, as [`Keeper::edit_key`]: to bind areas, to bar places.
    ///
    /// # Errors
    /// As [`Keeper::edit_key`].
    pub fn edit_key<T>(
        &mut self,
        floor: u8,
        edit: impl FnOnce(&mut HouseKey) -> T,
    ) -> Result<T, KeeperError> {
        self.settle()?;
        self.keeper.edit_key(floor, edit)
    }

    /// The owner has been told of a key that was made without what was marked, as [`Keeper::acknowledge_key`].
    ///
    /// # Errors
    /// As [`Keeper::acknowledge_key`].
    pub fn acknowledge_key(&mut self, floor: u8) -> Result<(), KeeperError> {
        self.settle()?;
        self.keeper.acknowledge_key(floor)
    }

    /// The keeper: its consent, ledger, keys, and what the owner is to be told.
    #[must_use]
    pub const fn keeper(&self) -> &Keeper<S> {
        &self.keeper
    }

    /// What was disclosed, for the owner.
    #[must_use]
    pub const fn log(&self) -> &DisclosureLog {
        &self.log
    }

    /// Checks that the queue of commands and the log are stored as they are; but for live reports, commands and
    /// rejections of the last minute, which [`Device::on_tick`] and [`Device::into_store`] store. Where the store has
    /// no room for them, the cloud is answered all the same: a large home may be the reason that there is no room. The
    /// owner is to be told.
    ///
    /// # Errors
    /// The last try failed. The next call tries again.
    pub const fn check_stored(&self) -> Result<(), StoreError> {
        if self.unstored.queue || self.unstored.log { Err(StoreError::Failed) } else { Ok(()) }
    }

    /// The store, given back: all of the device is in it.
    #[must_use]
    pub fn into_store(mut self) -> S {
        // Where this fails, what was said last is said again, and the log lacks its last minute.
        let _ = self.settle();
        let _ = self.store_log(self.unstored.noted);
        self.keeper.into_store()
    }

    /// Notes what the owner said last; a withdrawal at the time that its record says.
    fn note_consent(&mut self, now: UnixTime) -> Result<(), KeeperError> {
        let Some(record) = self.keeper.consent_record() else { return Ok(()) };
        // A withdrawal is one, however often it is said until it is stored.
        if record.withdrawn_at.is_some_and(|at| self.log.has_noted_withdrawal(record, at)) {
            return self.store_log(false);
        }
        let at = record.withdrawn_at.unwrap_or_else(|| self.keeper.believed(now));
        let must_store = self.log.note_consent(record, at);
        self.store_log(must_store)
    }

    /// Notes what is about to leave, or has come, and stores the log where it must be before that.
    pub(super) fn note(
        &mut self,
        what: impl IntoIterator<Item = Disclosed>,
        now: UnixTime,
    ) -> Result<(), KeeperError> {
        let at = self.keeper.believed(now);
        let must_store = what.into_iter().fold(false, |must, what| self.log.note(what, at) | must);
        self.unstored.noted |= !must_store;
        self.store_log(must_store)
    }

    /// Stores what was noted and need not be stored at once, where the log was last stored a minute ago.
    pub(super) fn store_noted(&mut self, now: UnixTime) -> Result<(), KeeperError> {
        let is_due = self.unstored.noted && self.log.asks_again(self.keeper.believed(now));
        self.store_log(is_due)
    }

    /// Gives up all commands under way.
    pub(super) fn give_up(&mut self) -> Result<(), KeeperError> {
        if !self.has_commands() {
            return Ok(());
        }
        let outbox = self.outbox()?;
        let was_idle = outbox.is_idle();
        outbox.clear();
        if was_idle { self.settle() } else { self.store_queue() }
    }

    /// Gives up all commands under way, also those of the stored queue.
    fn give_up_stored(&mut self) -> Result<(), KeeperError> {
        self.give_up()?;
        if self.unstored.queue { Err(StoreError::Failed.into()) } else { Ok(()) }
    }

    /// Whether there may be commands under way: there are none before a release is made.
    fn has_commands(&self) -> bool {
        self.keeper.state.draw.as_ref().is_some_and(Draw::is_made)
    }

    /// The outbox of this epoch's release.
    pub(super) fn outbox(&mut self) -> Result<&mut Outbox, KeeperError> {
        if self.outbox.is_none() {
            let release = self.keeper.drawn()?;
            let stored = readable(&mut self.keeper.store, Slot::Queue)?;
            let new = Outbox::of_draw(&release, self.keeper.policy(), self.keeper.state.key_tag(0));
            let stored = stored.map(|bytes| new.clone().with(&bytes));
            let is_lost = matches!(stored, Some(Err(_)));
            self.outbox = Some(stored.and_then(Result::ok).unwrap_or(new));
            if is_lost {
                let must_store = self.log.note(Disclosed::QueueLost, self.keeper.latest());
                self.store_log(must_store)?;
                self.store_queue()?;
            }
        }
        self.outbox.as_mut().ok_or(KeeperError::NotDrawn)
    }

    /// Stores the queue without what the last tick said, and what there was no room for.
    pub(super) fn settle(&mut self) -> Result<(), KeeperError> {
        if self.said.is_some() || self.unstored.queue {
            self.store_queue()?;
        }
        self.store_log(false)
    }

    pub(super) fn store_queue(&mut self) -> Result<(), KeeperError> {
        if let Some(bytes) = self.outbox.as_ref().map(Outbox::to_bytes) {
            self.unstored.queue = !self.finds_room(Slot::Queue, &bytes)?;
        }
        self.said = None;
        Ok(())
    }

    /// Stores the log, if it must be, or could not be before.
    pub(super) fn store_log(&mut self, must: bool) -> Result<(), KeeperError> {
        if must || self.unstored.log {
            let bytes = self.log.to_bytes();
            let is_stored = self.finds_room(Slot::Log, &bytes)?;
            (self.unstored.log, self.unstored.noted) = (!is_stored, self.unstored.noted && !is_stored);
        }
        Ok(())
    }

    /// Whether there is room for something; where there is none, that stops nothing.
    fn finds_room(&mut self, slot: Slot, bytes: &[u8]) -> Result<bool, KeeperError> {
        match self.keeper.store.save(slot, bytes) {
            Err(StoreError::Failed) => Ok(false),
            stored => Ok(stored.map(|()| true)?),
        }
    }
}

/// What a slot holds; where it cannot be read twice in a row, bytes that count as damaged: neither log nor queue keeps
/// a robot from booting.
fn readable(store: &mut impl Store, slot: Slot) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
    let again = |error, store: &mut _| {
        if error == StoreError::Failed { Store::load(store, slot) } else { Err(error) }
    };
    match store.load(slot).or_else(|error| again(error, store)) {
        Err(StoreError::Failed) => Ok(Some(Zeroizing::new(Vec::new()))),
        loaded => Ok(loaded?.map(Zeroizing::new)),
    }
}

/// Prints nothing of the household.
impl<S> fmt::Debug for Device<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Device").field("keeper", &self.keeper).finish_non_exhaustive()
    }
}
