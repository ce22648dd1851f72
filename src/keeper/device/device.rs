//! The device: how it boots, what its owner decides, and its maps.

use core::fmt;

use crate::anonymize::MappedFloor;
use crate::home::Home;
use crate::keeper::consent::{ConsentRecord, Purpose};
use crate::keeper::error::KeeperError;
use crate::keeper::keeper::Keeper;
use crate::keeper::log::{Disclosed, DisclosureLog};
use crate::keeper::outbox::Outbox;
use crate::keeper::storage::{Slot, Store, StoreError};
use crate::keeper::time::UnixTime;
use crate::key::HouseKey;
#[cfg(feature = "os-rng")]
use crate::policy::Policy;
use crate::redact::Redaction;
use crate::release::Release;

/// A robot's side of everything, in one object.
///
/// ```
/// use homeveil::home::{Footprint, Home};
/// use homeveil::keeper::{ConsentRecord, Device, MemoryStore, UnixTime};
/// use homeveil::key::Task;
/// use homeveil::{Policy, Redaction};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "
/// #     |aaaabbbb|
/// #     |aAaabbbb|
/// #     |aaaabbbb|
/// # ", &[])?.build()?;
/// # let pose = nalgebra::Isometry2::translation(0.25, 0.25);
/// let now = UnixTime::from_secs(1_790_000_000);
/// let mut device = Device::open(MemoryStore::default(), Policy::default())?;
/// let record = ConsentRecord::given("c-1", "Robot Maker", now, now.later_by_s(31_536_000));
/// device.consent(record.purpose(Device::<MemoryStore>::PURPOSE), now)?;
/// device.on_map(&home, &Redaction::none(), now)?;
/// let to_cloud = device.release(now)?.to_json();
///
/// let (answer, command) = device.on_command(br#"{"id":1,"goal":"all"}"#, now)?;
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
    /// Nothing until it is needed.
    pub(super) outbox: Option<Outbox>,
    pub(super) log: DisclosureLog,
    /// What the store had no room for at the last try.
    unstored: Unstored,
    /// The last tick said something. It has left once the next call comes, and then the queue without it is stored.
    pub(super) has_said: bool,
}

/// What is not stored as it is.
#[derive(Clone, Copy, Default)]
struct Unstored {
    queue: bool,
    log: bool,
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
    /// and the log come from the keeper's store; on taking over, copy [`Slot::Queue`] and [`Slot::Log`] before.
    ///
    /// # Errors
    /// The store fails. A damaged log or queue is no error: an empty one begins, and the log says so of itself.
    pub fn of(mut keeper: Keeper<S>) -> Result<Self, KeeperError> {
        let bytes = keeper.store.load(Slot::Log)?;
        let log = DisclosureLog::restored(bytes.as_deref(), keeper.state.clock);
        let mut device = Self { keeper, outbox: None, log, unstored: Unstored::default(), has_said: false };
        if device.has_commands() {
            device.outbox()?;
        }
        Ok(device)
    }

    /// Records what the owner said, as [`Keeper::consent`].
    ///
    /// # Errors
    /// As [`Keeper::consent`].
    pub fn consent(&mut self, record: ConsentRecord, now: UnixTime) -> Result<(), KeeperError> {
        let record = record.in_order();
        if self.keeper.consent_record() == Some(&record) {
            return Ok(());
        }
        let was_withdrawn = self.keeper.consent_record().is_some_and(|old| old.withdrawn_at.is_some());
        // First: where this fails, the old consent stands. What fails after the new one stands is the log alone.
        if was_withdrawn {
            self.give_up()?;
        }
        self.keeper.consent(record)?;
        self.note_consent(now)
    }

    /// Takes the consent back: from now on no release goes out, no command is heard, none that is under way has tasks
    /// or is answered any more.
    ///
    /// # Errors
    /// As [`Keeper::withdraw`].
    pub fn withdraw(&mut self, now: UnixTime) -> Result<(), KeeperError> {
        let withdrawn = self.keeper.withdraw(now);
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
        // First: the next release may be the same bytes, and a power cut in between must not leave them for it.
        self.give_up()?;
        if self.unstored.queue {
            return Err(StoreError::Failed.into());
        }
        self.keeper.new_epoch()?;
        self.outbox = None;
        let must_store = self.log.note(Disclosed::Epoch, now);
        self.store_log(must_store)
    }

    /// Takes the map of the day, as [`Keeper::on_map`].
    ///
    /// # Errors
    /// As [`Keeper::on_map`].
    ///
    /// # Complexity
    /// As [`Keeper::on_map`].
    pub fn on_map(&mut self, home: &Home, redaction: &Redaction, now: UnixTime) -> Result<(), KeeperError> {
        self.keeper.on_map(home, redaction, Self::PURPOSE, now)
    }

    /// Takes the maps of several floors, as [`Keeper::on_maps`].
    ///
    /// # Errors
    /// As [`Keeper::on_maps`].
    pub fn on_maps(&mut self, maps: &[Option<MappedFloor<'_>>], now: UnixTime) -> Result<(), KeeperError> {
        self.keeper.on_maps(maps, Self::PURPOSE, now)
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
        let release = self.keeper.release(purpose, now)?;
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
        self.keeper.edit_key(floor, edit)
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

    /// Whether the queue of commands and the log are stored as they are. Where the store has no room for them, the
    /// cloud is answered all the same: that there is no room may come of a large home. The owner is to be told.
    ///
    /// # Errors
    /// The last try failed. The next call tries again.
    pub const fn is_stored(&self) -> Result<(), StoreError> {
        if self.unstored.queue || self.unstored.log { Err(StoreError::Failed) } else { Ok(()) }
    }

    /// The store, given back: all of the device is in it.
    #[must_use]
    pub fn into_store(mut self) -> S {
        // Where this fails, what was said last is said again.
        let _ = self.settle();
        self.keeper.into_store()
    }

    /// Notes what the owner said last.
    fn note_consent(&mut self, now: UnixTime) -> Result<(), KeeperError> {
        let Some(record) = self.keeper.consent_record() else { return Ok(()) };
        let must_store = self.log.note_consent(record, now);
        self.store_log(must_store)
    }

    /// Gives up all commands under way.
    fn give_up(&mut self) -> Result<(), KeeperError> {
        if self.has_commands() {
            self.outbox()?.clear();
            self.store_queue()?;
        }
        Ok(())
    }

    /// Whether there may be commands under way: there are none before a release is made.
    fn has_commands(&self) -> bool {
        self.keeper.state.draw.as_ref().is_some_and(|draw| draw.release().is_some())
    }

    /// The outbox of this epoch's release.
    pub(super) fn outbox(&mut self) -> Result<&mut Outbox, KeeperError> {
        if self.outbox.is_none() {
            let release = self.keeper.drawn()?;
            let stored = self.keeper.store.load(Slot::Queue)?;
            let policy = self.keeper.policy();
            let stored = stored.and_then(|bytes| Outbox::restored(&release, policy, &bytes).ok());
            self.outbox = Some(stored.unwrap_or_else(|| Outbox::new(&release, policy)));
        }
        self.outbox.as_mut().ok_or(KeeperError::NotDrawn)
    }

    /// Stores the queue without what the last tick said, and what there was no room for.
    pub(super) fn settle(&mut self) -> Result<(), KeeperError> {
        if self.has_said || self.unstored.queue {
            self.store_queue()?;
        }
        self.store_log(false)
    }

    pub(super) fn store_queue(&mut self) -> Result<(), KeeperError> {
        self.has_said = false;
        if let Some(bytes) = self.outbox.as_ref().map(Outbox::to_bytes) {
            self.unstored.queue = !self.finds_room(Slot::Queue, &bytes)?;
        }
        Ok(())
    }

    /// Stores the log, if it must be, or could not be before.
    pub(super) fn store_log(&mut self, must: bool) -> Result<(), KeeperError> {
        if must || self.unstored.log {
            let bytes = self.log.to_bytes();
            self.unstored.log = !self.finds_room(Slot::Log, &bytes)?;
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

/// Prints nothing of the household.
impl<S> fmt::Debug for Device<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Device").field("keeper", &self.keeper).finish_non_exhaustive()
    }
}
