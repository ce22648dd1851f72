//! The keeper itself: how it is opened, what it stores, and the consent.

use alloc::vec::Vec;
use core::fmt;

use zeroize::Zeroizing;

use super::consent::{ConsentError, ConsentRecord, ConsentStatus, Purpose};
use super::disclosure::Disclosure;
use super::error::KeeperError;
use super::kept_keys::{self, FloorKey, KeptKey};
use super::ledger::{Retired, State};
use super::storage::{Slot, Store, StoreError};
use super::time::{MOST_AHEAD_S, UnixTime};
#[cfg(feature = "stages")]
use crate::atlas::Codebook;
use crate::blob::BlobError;
use crate::home::HomeError;
use crate::key::{HouseKey, Refit};
use crate::noise::Coins;
use crate::odds::Odds;
use crate::policy::{MAX_FLOORS, Policy};

/// How much later another time must be for one that is farther ahead to be believed.
const AGREES_AFTER_S: u64 = 3600;

/// How far the stored clock may be behind. A week is well within what is believed at once after a restart, and one more
/// save a week wears out no storage.
const MOST_BEHIND_S: u64 = 7 * 86_400;

/// Draws for a household, once an epoch, and remembers what was drawn. See the [module](super).
///
/// ```
/// use homeveil::keeper::{ConsentRecord, Keeper, MemoryStore, Purpose, UnixTime};
/// use homeveil::home::{Footprint, Home};
/// use homeveil::{Policy, Redaction};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// let now = UnixTime::from_secs(1_790_000_000);
/// let mut keeper = Keeper::open(MemoryStore::default(), Policy::default())?;
/// let purpose = Purpose::RequestedServiceProvision;
/// assert!(keeper.on_map(&home, &Redaction::none(), purpose, now).is_err());   // nobody has consented
///
/// let record = ConsentRecord::given("c-1", "Robot Maker", now, now.later_by_s(31_536_000)).purpose(purpose);
/// keeper.consent(record)?;
/// keeper.on_map(&home, &Redaction::none(), purpose, now)?;
/// let monday = keeper.release(purpose, now)?.to_json();
/// let tuesday = keeper.release(purpose, now.later_by_s(86_400))?.to_json();
/// assert_eq!(monday, tuesday);
/// assert!(keeper.release(Purpose::SellDataToThirdParties, now).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Keeper<S> {
    pub(super) store: S,
    pub(super) policy: Policy,
    pub(super) coins: Coins,
    pub(super) state: State,
    /// The clock of the state that is stored.
    stored_clock: UnixTime,
    /// The checksum of the state that was loaded or stored last; `None` if there was none.
    stored: Option<[u8; 32]>,
    /// That of a later one whose save failed: the store may have it all the same.
    tried: Option<[u8; 32]>,
    /// A time far ahead of the clock that was given once, and is not yet believed.
    jump: Option<UnixTime>,
    /// The seed of a record that could not be stored. The next try takes it again, so that a failing store gets no
    /// second draw.
    pub(super) seed: Option<Zeroizing<[u8; 32]>>,
    pub(super) floors: Vec<OwnFloor>,
    /// In place of the shipped one.
    #[cfg(feature = "stages")]
    pub(super) codebook: Option<Codebook>,
}

/// What a keeper has of one floor.
pub(super) struct OwnFloor {
    pub(super) key: FloorKey,
    /// What fitting the key to the latest map did.
    pub(super) refit: Option<Refit>,
    /// Why the owner has to choose what is redacted, of the latest map.
    pub(super) refused: Option<HomeError>,
    /// The key lacks what the owner had marked, and the owner has not yet marked anything since.
    pub(super) untold: Option<KeeperError>,
    /// Where there is no key of this epoch: one of an earlier epoch, with the marks that the next map takes over.
    pub(super) earlier: Option<HouseKey>,
    /// Whether the key could be stored.
    pub(super) stored: Result<(), KeeperError>,
}

impl OwnFloor {
    pub(super) fn new(kept: KeptKey) -> Self {
        let KeptKey { key, earlier, untold } = kept;
        Self { key, refit: None, refused: None, untold, earlier, stored: Ok(()) }
    }

    /// The floor of a new epoch, for which there is no key yet.
    pub(super) fn of_next_epoch(self) -> Self {
        let (key, earlier) = match self.key {
            Ok(key) => (Err(KeeperError::NoKey), Some(key)),
            // That it is made again will be told, or it is to be read again.
            Err(error) => (Err(error), self.earlier),
        };
        Self::new(KeptKey { key, earlier, untold: self.untold })
    }
}

impl<S: Store> Keeper<S> {
    /// Opens a household's keeper on what the store holds; an empty store is a household that has never drawn.
    /// Seeds come from the operating system.
    ///
    /// The policy may be another one than the household had before, after an update of the robot. Its opt-ins, times,
    /// cap and further areas count at once. What decides a draw (zones, odds, floors, kinds) counts from the next
    /// epoch on; what was drawn stays what it is.
    ///
    /// # Errors
    /// The store fails; its state is damaged, or of a version that this library does not read; a record of version 3
    /// was made under another policy than this. There are keys, commands or a log and no state: the ledger was lost. A
    /// damaged key is no error here: it is made again with the next map. Nor is one that cannot be read: it is read
    /// again with the next map.
    #[cfg(feature = "os-rng")]
    pub fn open(store: S, policy: Policy) -> Result<Self, KeeperError> {
        Self::open_with(store, policy, Coins::os())
    }

    /// As [`Keeper::open`], with the coins that give the seeds of epochs to come: a device's own generator, or
    /// replayed ones for tests.
    ///
    /// # Errors
    /// As [`Keeper::open`].
    pub fn open_with(mut store: S, policy: Policy, coins: Coins) -> Result<Self, KeeperError> {
        let Some(bytes) = store.load(Slot::State)?.map(Zeroizing::new) else {
            if holds_a_household(&mut store)? {
                return Err(KeeperError::StateLost);
            }
            let state = State::new(policy.floors());
            return Self::of_state(store, policy, coins, state, None);
        };
        let (state, is_earlier) = State::of_any_version(&bytes, &policy)?;
        let mut keeper = Self::of_state(store, policy, coins, state, Some(&bytes))?;
        if is_earlier {
            keeper.save(keeper.state.clone())?;
        }
        Ok(keeper)
    }

    /// Starts over on a store whose state was lost ([`KeeperError::StateLost`]) or is damaged. What the household had
    /// spent is not known any more: the ledger begins with one release spent, and whatever came before is not counted.
    /// Whoever calls this takes that upon themselves; a copy of the state is better. The robot is then the lead: one
    /// that followed another imports from that one again instead ([`Keeper::import`]), which replaces a state that was
    /// lost or is damaged.
    ///
    /// # Errors
    /// The store fails, or holds a state that is not damaged: one that this library reads, or reads under another
    /// policy ([`KeeperError::Policy`]), or that a later version wrote.
    pub fn start_over(mut store: S, policy: Policy, coins: Coins) -> Result<Self, KeeperError> {
        let bytes = store.load(Slot::State)?.map(Zeroizing::new);
        if let Some(bytes) = &bytes {
            match State::of_any_version(bytes, &policy) {
                Err(KeeperError::State(damage)) if damage != BlobError::Version => {}
                Ok(_) => return Err(KeeperError::Occupied),
                Err(error) => return Err(error),
            }
        }
        // In lowest terms, as a ledger writes odds, whatever the policy's are.
        let spent = policy.odds_of_release().times(Odds::SEALED).unwrap_or(policy.odds_cap());
        let state = State { spent, ..State::new(policy.floors()) };
        let mut keeper = Self::of_state(store, policy, coins, state, bytes.as_deref().map(Vec::as_slice))?;
        keeper.save(keeper.state.clone())?;
        Ok(keeper)
    }

    fn of_state(
        mut store: S,
        policy: Policy,
        coins: Coins,
        mut state: State,
        stored: Option<&[u8]>,
    ) -> Result<Self, KeeperError> {
        if state.draw.is_none() {
            state.floors = policy.floors();
        }
        let mut floors = Vec::new();
        for key in kept_keys::load(&mut store, &state)? {
            let mut floor = OwnFloor::new(key);
            floor.key.iter_mut().for_each(|key| key.allow_areas(policy.areas()));
            floors.push(floor);
        }
        Ok(Self {
            store,
            policy,
            coins,
            stored_clock: state.clock,
            stored: stored.map(checksum),
            tried: None,
            jump: None,
            state,
            seed: None,
            floors,
            #[cfg(feature = "stages")]
            codebook: None,
        })
    }

    /// Records what the owner said. A record replaces the one before; the same record again changes nothing. A refusal
    /// ends the consent before it and counts for all purposes: to refuse one purpose, give a new consent without it. A
    /// record that was withdrawn or replaced does not count again; but for one dated ahead of its time, after hundreds
    /// of later ones.
    ///
    /// # Errors
    /// The record is not valid; its id was used before; the store fails, and the record before then stays in force.
    pub fn consent(&mut self, record: ConsentRecord) -> Result<(), KeeperError> {
        let record = record.in_order();
        let retired = self.retired_by(&record)?;
        if self.state.consent.as_ref() == Some(&record) {
            return Ok(());
        }
        // What the clock has shown before does not count against a new record.
        let clock = UnixTime::default();
        self.save(State { consent: Some(record), retired, clock, ..self.state.clone() })?;
        self.jump = None;
        Ok(())
    }

    /// What no longer counts with a record in force, which is in order.
    ///
    /// # Errors
    /// The record is not valid; its id was used before.
    pub(super) fn retired_by(&self, record: &ConsentRecord) -> Result<Retired, ConsentError> {
        record.check()?;
        let mut retired = self.state.retired.clone();
        match &self.state.consent {
            Some(old) if old == record => return Ok(retired),
            // No later than the new one, whatever it says of itself.
            Some(old) => retired.add(old, self.state.clock.max(record.given_at)),
            None => {}
        }
        if retired.has(record) { Err(ConsentError::Repeated) } else { Ok(retired) }
    }

    /// Takes the consent back: from now on nothing is released. What has left is not called back; tell its
    /// recipients.
    ///
    /// # Errors
    /// There is no consent. The owner has refused: that stands, and nobody asks again before its time
    /// ([`ConsentError::Refused`]). The store fails: this keeper then refuses all the same, but a restart would forget
    /// it, so call again until it is stored.
    pub fn withdraw(&mut self, now: UnixTime) -> Result<(), KeeperError> {
        if self.state.consent.as_ref().is_some_and(|consent| consent.refused) {
            return Err(ConsentError::Refused.into());
        }
        // Also where the time is not yet believed: it ends nothing but what the owner ends.
        let now = self.seen(now).max(now);
        let consent = self.state.consent.as_mut().ok_or(ConsentError::Unknown)?;
        consent.withdraw(now);
        self.save(self.state.clone())
    }

    /// The state of the consent at a time, or at the latest time that the keeper has seen where that is later.
    #[must_use]
    pub fn consent_status(&self, now: UnixTime) -> ConsentStatus {
        let consent = self.state.consent.as_ref();
        consent.map_or(ConsentStatus::Unknown, |consent| consent.status(now.max(self.state.clock)))
    }

    /// What the owner said last.
    #[must_use]
    pub const fn consent_record(&self) -> Option<&ConsentRecord> {
        self.state.consent.as_ref()
    }

    /// The product of the odds of all draws so far.
    #[must_use]
    pub const fn spent(&self) -> Odds {
        self.state.spent
    }

    /// The policy that the keeper was opened with.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// What the owner can be told, at a time: of what was drawn, and of today's policy for the rest.
    #[must_use]
    pub fn disclosure(&self, now: UnixTime) -> Disclosure {
        let drawn = self.state.draw.as_ref().map(|draw| (draw.certificate(), draw.areas()));
        let (consent, now) = (self.consent_record(), now.max(self.state.clock));
        Disclosure::of_household(&self.policy, drawn, self.state.spent, consent, now)
    }

    /// The store, given back: the keeper's state is in it.
    #[must_use]
    pub fn into_store(self) -> S {
        self.store
    }

    /// Whether the consent allows a purpose. An expiry is stored before it is reported, so that a clock set back cannot
    /// revive the consent. A time that is not believed is reported as [`KeeperError::ClockJumped`].
    pub(super) fn permit(&mut self, purpose: Purpose, now: UnixTime) -> Result<(), KeeperError> {
        let seen = self.seen(now);
        self.store_clock()?;
        let consent = self.state.consent.as_ref().ok_or(ConsentError::Unknown)?;
        let allowed = consent.permits(purpose, now.max(seen));
        if allowed == Err(ConsentError::Expired) {
            if seen < consent.expires_at {
                return Err(KeeperError::ClockJumped);
            }
            if self.stored_clock < consent.expires_at {
                self.save(self.state.clone())?;
            }
        }
        Ok(allowed?)
    }

    /// Stores the clock where it has gone on for long, so that a restart begins near today. That there is no room stops
    /// nothing. A robot that nobody has consented on stores nothing: it may be one that is to follow another.
    fn store_clock(&mut self) -> Result<(), KeeperError> {
        if self.state.consent.is_none()
            || self.state.clock < self.stored_clock.max(self.given_at()).later_by_s(MOST_BEHIND_S)
        {
            return Ok(());
        }
        match self.save(self.state.clone()) {
            Err(KeeperError::Store(StoreError::Failed)) => Ok(()),
            saved => saved,
        }
    }

    /// Stores the state where none is stored yet: neither key nor log may lie there without one.
    pub(super) fn store_first(&mut self) -> Result<(), KeeperError> {
        let is_stored = self.store.load(Slot::State)?.map(Zeroizing::new).is_some();
        if is_stored { Ok(()) } else { self.save(self.state.clone()) }
    }

    /// The latest time seen. One that is far ahead of it, and of the giving of the consent, is believed once another
    /// one an hour later or more says that it is past: a clock that shows an absurd time for a moment must not end a
    /// consent for ever.
    fn seen(&mut self, now: UnixTime) -> UnixTime {
        let given_at = self.given_at();
        let agrees =
            |jump: &UnixTime| now.secs().checked_sub(jump.secs()).is_some_and(|s| s >= AGREES_AFTER_S);
        let past = self.jump.filter(agrees);
        let clock = past.map_or(self.state.clock, |past| past.max(self.state.clock));
        self.state.clock = clock;
        if now <= clock.max(given_at).later_by_s(MOST_AHEAD_S) {
            self.state.clock = clock.max(now);
            self.jump = None;
        } else if past.is_some() {
            self.jump = Some(now);
        } else {
            self.jump = Some(self.jump.map_or(now, |jump| jump.min(now)));
        }
        self.state.clock
    }

    /// A time as it is to be told: where the clock is before the consent or far ahead of all that was seen, the latest
    /// time that was.
    pub(super) fn believed(&self, now: UnixTime) -> UnixTime {
        let (given_at, known) = (self.given_at(), self.latest());
        if now > known.later_by_s(MOST_AHEAD_S) && known > UnixTime::default() {
            known
        } else if now < given_at {
            now.max(self.state.clock)
        } else {
            now
        }
    }

    /// The latest time that is known: the latest one seen, or that of the consent.
    pub(super) fn latest(&self) -> UnixTime {
        self.state.clock.max(self.given_at())
    }

    /// When the consent was given, if there is one.
    pub(super) fn given_at(&self) -> UnixTime {
        self.state.consent.as_ref().map_or(UnixTime::default(), |consent| consent.given_at)
    }

    /// Stores a state, and only then adopts it. Where the store holds another one than this keeper left there, another
    /// keeper is on it: to store what this one believes would draw twice and charge once.
    pub(super) fn save(&mut self, state: State) -> Result<(), KeeperError> {
        let found = self.store.load(Slot::State)?.map(|bytes| checksum(&Zeroizing::new(bytes)));
        if found != self.stored && (self.tried.is_none() || found != self.tried) {
            return Err(StoreError::Changed.into());
        }
        let bytes = state.to_bytes();
        (self.stored, self.tried) = (found, Some(checksum(&bytes)));
        self.store.save(Slot::State, &bytes)?;
        self.stored = self.tried.take();
        self.stored_clock = state.clock;
        self.state = state;
        Ok(())
    }
}

/// The checksum that ends the bytes of a state.
fn checksum(bytes: &[u8]) -> [u8; 32] {
    bytes.last_chunk().copied().unwrap_or_default()
}

/// Whether a store without a state holds keys, commands or a log: then there was a household, and its state was lost.
pub(super) fn holds_a_household(store: &mut impl Store) -> Result<bool, StoreError> {
    for slot in (0..MAX_FLOORS).map(|floor| Slot::Key { floor }).chain([Slot::Queue, Slot::Log]) {
        if store.load(slot)?.map(Zeroizing::new).is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Prints nothing of the household.
impl<S> fmt::Debug for Keeper<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keeper").field("policy", &self.policy).finish_non_exhaustive()
    }
}
