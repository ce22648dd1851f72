//! The keeper itself: what it may be asked, in the order in which a household asks it.

use core::fmt;

use zeroize::Zeroizing;

use super::consent::{ConsentError, ConsentRecord, ConsentStatus, Purpose};
use super::disclosure::Disclosure;
use super::error::KeeperError;
use super::ledger::{Record, Role, State};
use super::storage::{FloorKey, Slot, Store, keys};
use super::time::UnixTime;
use crate::anonymize::{AnonymizeError, MappedFloor, MeasuredFloors, draw};
use crate::home::Home;
use crate::key::{HouseKey, Refit};
use crate::noise::{Coins, Grant};
use crate::odds::Odds;
use crate::policy::Policy;
use crate::redact::Redaction;
use crate::release::{Floor, Release};

/// Draws for a household, once an epoch, and remembers what was drawn. See the [module](super).
///
/// ```
/// use homeveil::keeper::{ConsentRecord, Keeper, MemoryStore, Purpose, UnixTime};
/// use homeveil::home::{Footprint, Home};
/// use homeveil::Policy;
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "
/// #     |aaaabbbb|
/// #     |aAaabbbb|
/// #     |aaaabbbb|
/// # ", &[])?.build()?;
/// let now = UnixTime::from_secs(1_790_000_000);
/// let mut keeper = Keeper::open(MemoryStore::default(), Policy::default())?;
/// let redaction = homeveil::Redaction::none();
/// let purpose = Purpose::RequestedServiceProvision;
/// assert!(keeper.release(&home, &redaction, purpose, now).is_err());   // nobody has consented
///
/// let record = ConsentRecord::given("c-1", "Robot Maker", now, now.later_by_s(31_536_000)).purpose(purpose);
/// keeper.consent(record)?;
/// let monday = keeper.release(&home, &redaction, purpose, now)?.to_json();
/// let tuesday = keeper.release(&home, &redaction, purpose, now.later_by_s(86_400))?.to_json();
/// assert_eq!(monday, tuesday);
/// assert!(keeper.release(&home, &redaction, Purpose::SellDataToThirdParties, now).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Keeper<S> {
    pub(super) store: S,
    policy: Policy,
    coins: Coins,
    pub(super) state: State,
    /// The clock of the state that is stored.
    stored_clock: UnixTime,
    /// The seed of a record that could not be stored. The next try takes it again, so that a failing store gets no
    /// second draw.
    seed: Option<Zeroizing<[u8; 32]>>,
    pub(super) keys: Vec<FloorKey>,
    refits: Vec<Option<Refit>>,
}

impl<S: Store> Keeper<S> {
    /// Opens a household's keeper on what the store holds; an empty store is a household that has never drawn.
    /// Seeds come from the operating system.
    ///
    /// # Errors
    /// The store fails, or its state is damaged, of another version, or of another policy. A damaged key is no
    /// error here: it is made again with the next release.
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
        let state = match store.load(Slot::State)?.map(Zeroizing::new) {
            Some(bytes) => State::from_bytes(&bytes).map_err(KeeperError::State)?,
            None => State::new(policy.digest(), policy.floors()),
        };
        if state.policy_digest != policy.digest() || state.floors != policy.floors() {
            return Err(KeeperError::Policy);
        }
        let keys = keys::load(&mut store, &state)?;
        let refits = keys.iter().map(|_| None).collect();
        Ok(Self { store, policy, coins, stored_clock: state.clock, state, seed: None, keys, refits })
    }

    /// Records what the owner said. A record replaces the one before; the same record again changes nothing.
    ///
    /// # Errors
    /// The record is not valid; its id is that of the record before, which was different or has been withdrawn; the
    /// store fails, and the record before then stays in force.
    pub fn consent(&mut self, record: ConsentRecord) -> Result<(), KeeperError> {
        record.check()?;
        if let Some(old) = &self.state.consent
            && old.record_id == record.record_id
        {
            return if *old == record { Ok(()) } else { Err(ConsentError::Repeated.into()) };
        }
        // What the clock has shown before does not count against a new record.
        let clock = UnixTime::default();
        self.save(State { consent: Some(record), clock, ..self.state.clone() })
    }

    /// Takes the consent back: from now on nothing is released. What has left is not called back; tell its
    /// recipients.
    ///
    /// # Errors
    /// There is no consent. The store fails: this keeper then refuses all the same, but a restart would forget
    /// it, so call again until it is stored.
    pub fn withdraw(&mut self, now: UnixTime) -> Result<(), KeeperError> {
        let now = self.seen(now);
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

    /// The release of this epoch, drawn at the first call and the same ever after. The key is made for the home
    /// given; later calls fit it to the map of the day ([`Keeper::refit_of`] says how that went). The key is
    /// stored. From the second call on nothing about the map refuses the release; where the redaction is
    /// refused and no key could be fitted, the key stays as it was.
    ///
    /// # Privacy
    /// The first call of an epoch spends the policy's λ, later calls nothing: they are functions of the first
    /// one's record.
    ///
    /// # Errors
    /// There is no consent for the purpose; the policy has several floors; the redaction is refused; the odds
    /// spent and asked for are over the cap; this robot follows another one that has not drawn; store or coins
    /// fail. After an error nothing has left, and the call can be made again.
    pub fn release(
        &mut self,
        home: &Home,
        redaction: &Redaction,
        purpose: Purpose,
        now: UnixTime,
    ) -> Result<Release, KeeperError> {
        self.release_floors(&[Some(MappedFloor::new(home, redaction))], purpose, now)
    }

    /// As [`Keeper::release`] for a policy of several floors: one entry for each, in an order that stays the
    /// same. A floor that is not mapped when the epoch's release is drawn is drawn blind, and gets its key when
    /// a later call brings its map. A floor given as `None` keeps the key it has.
    ///
    /// # Errors
    /// As [`Keeper::release`]; another number of entries than the policy's floors.
    ///
    /// ```
    /// use homeveil::keeper::{ConsentRecord, Keeper, MemoryStore, Purpose, UnixTime};
    /// use homeveil::{MappedFloor, Policy, Redaction};
    /// # use homeveil::home::{Footprint, Home};
    /// # let upstairs = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "
    /// #     |aaaabbbb|
    /// #     |aAaabbbb|
    /// #     |aaaabbbb|
    /// # ", &[])?.build()?;
    /// # let now = UnixTime::from_secs(1_790_000_000);
    /// # let purpose = Purpose::RequestedServiceProvision;
    /// # let record = ConsentRecord::given("c-1", "Robot Maker", now, now.later_by_s(31_536_000)).purpose(purpose);
    /// let mut keeper = Keeper::open(MemoryStore::default(), Policy::builder().floors(2).build()?)?;
    /// # keeper.consent(record)?;
    /// let redaction = Redaction::none();
    /// let release = keeper.release_floors(&[None, Some(MappedFloor::new(&upstairs, &redaction))], purpose, now)?;
    /// assert_eq!(release.floors().len(), 2);
    /// assert!(keeper.key_of(0).is_err() && keeper.key_of(1).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn release_floors(
        &mut self,
        floors: &[Option<MappedFloor<'_>>],
        purpose: Purpose,
        now: UnixTime,
    ) -> Result<Release, KeeperError> {
        self.permit(purpose, now)?;
        if floors.len() != usize::from(self.policy.floors()) {
            return Err(AnonymizeError::Floors.into());
        }
        if self.state.record.is_none() || mutant!(DrawnEveryDay) {
            self.charge(&MeasuredFloors::of(floors, &self.policy)?)?;
        }
        let release = self.redraw()?;
        for ((floor, mapped), drawn) in (0..).zip(floors).zip(release.floors()) {
            if let Some(mapped) = mapped {
                self.fit_key(floor, *mapped, drawn)?;
            }
        }
        Ok(release)
    }

    /// Makes the key of a floor, or fits the one there is to the map of today, and stores it. That never refuses
    /// a release that was drawn, and stores one key whatever the map is: neither whether the release goes out
    /// nor how often the store is written may depend on the map.
    fn fit_key(&mut self, floor: u8, mapped: MappedFloor<'_>, drawn: &Floor) -> Result<(), KeeperError> {
        let place = usize::from(floor);
        let old = self.keys.get(place).and_then(|key| key.as_ref().ok());
        let (key, refit) = if let Some(old) = old {
            let (key, refit) = old.refit(mapped.home, mapped.redaction);
            (key, Some(refit))
        } else {
            let blank = |_| HouseKey::blank(drawn, self.policy.areas());
            (mapped.key(&self.policy, drawn).unwrap_or_else(blank), None)
        };
        if let Some(last) = self.refits.get_mut(place) {
            *last = refit;
        }
        self.save_key(floor, key)
    }

    /// What fitting a floor's key to its latest map did, since the keeper was opened.
    ///
    /// # Errors
    /// As [`Keeper::key_of`]; or the key was made for the latest map, or not asked for since the keeper was opened.
    pub fn refit_of(&self, floor: u8) -> Result<&Refit, KeeperError> {
        self.key_of(floor)?;
        self.refits.get(usize::from(floor)).and_then(Option::as_ref).ok_or(KeeperError::NotRefitted)
    }

    /// Opens a new epoch: the next release is a new draw, and is charged.
    ///
    /// # Errors
    /// This robot follows another one; the store fails, and the old epoch then continues.
    pub fn new_epoch(&mut self) -> Result<(), KeeperError> {
        if self.state.role == Role::Follower {
            return Err(KeeperError::Follower);
        }
        let epoch = self.state.epoch.saturating_add(1);
        self.save(State { epoch, record: None, ..self.state.clone() })?;
        self.keys.fill_with(|| Err(KeeperError::NoKey));
        self.refits.fill(None);
        Ok(())
    }

    /// The key of a policy with one floor, of the first floor where there are more.
    ///
    /// # Errors
    /// As [`Keeper::key_of`].
    pub fn key(&self) -> Result<&HouseKey, KeeperError> {
        self.key_of(0)
    }

    /// The key of a floor, from 0.
    ///
    /// # Errors
    /// There is no such floor; nothing was released in this epoch with its map; the stored key is damaged.
    pub fn key_of(&self, floor: u8) -> Result<&HouseKey, KeeperError> {
        let key = self.keys.get(usize::from(floor)).ok_or(KeeperError::UnknownFloor)?;
        key.as_ref().map_err(|&error| error)
    }

    /// Changes a floor's key, to bind its areas, and stores it; the key stays as it was where that fails.
    ///
    /// # Errors
    /// As [`Keeper::key_of`]; the store fails.
    pub fn edit_key<T>(
        &mut self,
        floor: u8,
        edit: impl FnOnce(&mut HouseKey) -> T,
    ) -> Result<T, KeeperError> {
        let mut key = self.key_of(floor)?.clone();
        let result = edit(&mut key);
        self.save_key(floor, key)?;
        Ok(result)
    }

    /// The number of the epoch, from 0.
    #[must_use]
    pub const fn epoch(&self) -> u32 {
        self.state.epoch
    }

    /// The product of the odds of all draws so far.
    #[must_use]
    pub const fn spent(&self) -> Odds {
        self.state.spent
    }

    /// The policy.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// What the owner can be told, at a time.
    #[must_use]
    pub fn disclosure(&self, now: UnixTime) -> Disclosure {
        Disclosure::of(&self.policy, self.consent_record(), now.max(self.state.clock))
    }

    /// The store, given back: the keeper's state is in it.
    #[must_use]
    pub fn into_store(self) -> S {
        self.store
    }

    /// Whether the consent allows a purpose. That the consent has expired is stored before it is said: a clock set
    /// back must not revive it.
    fn permit(&mut self, purpose: Purpose, now: UnixTime) -> Result<(), KeeperError> {
        let now = self.seen(now);
        let consent = self.state.consent.as_ref().ok_or(ConsentError::Unknown)?;
        let allowed = consent.permits(purpose, now);
        if allowed == Err(ConsentError::Expired) && self.stored_clock < consent.expires_at {
            self.save(self.state.clone())?;
        }
        Ok(allowed?)
    }

    /// The latest time seen.
    fn seen(&mut self, now: UnixTime) -> UnixTime {
        self.state.clock = self.state.clock.max(now);
        self.state.clock
    }

    /// Charges the ledger and stores what the draw is a function of.
    fn charge(&mut self, measured: &MeasuredFloors<'_>) -> Result<(), KeeperError> {
        if self.state.role == Role::Follower {
            return Err(KeeperError::Follower);
        }
        let (spent, asked, cap) = (self.state.spent, self.policy.odds_of_release(), self.policy.odds_cap());
        let charged = spent.times(asked).filter(|charged| *charged <= cap || mutant!(CapUnchecked));
        let charged = charged.ok_or(KeeperError::Cap { spent, asked, cap })?;
        if self.seed.is_none() {
            let mut seed = Zeroizing::new([0; 32]);
            self.coins.fill(seed.as_mut_slice())?;
            self.seed = Some(seed);
        }
        let seed = **self.seed.as_ref().expect("it was filled above where there was none");
        let record = Record { seed, source: self.coins.source(), sketches: measured.sketches() };
        let state = State { spent: charged, record: Some(record), ..self.state.clone() };
        if mutant!(DrawnBeforeSaved) {
            self.state = state;
        } else {
            self.save(state)?;
        }
        self.seed = None;
        Ok(())
    }

    /// Stores a state, and only then adopts it.
    fn save(&mut self, state: State) -> Result<(), KeeperError> {
        self.store.save(Slot::State, &state.to_bytes())?;
        self.stored_clock = state.clock;
        self.state = state;
        Ok(())
    }

    fn save_key(&mut self, floor: u8, key: HouseKey) -> Result<(), KeeperError> {
        let bytes = keys::to_bytes(&key, self.state.key_tag(floor)).ok_or(KeeperError::NoKey)?;
        self.store.save(Slot::Key { floor }, &bytes)?;
        if let Some(slot) = self.keys.get_mut(usize::from(floor)) {
            *slot = Ok(key);
        }
        Ok(())
    }

    /// The release of the record: the same at every call.
    fn redraw(&self) -> Result<Release, KeeperError> {
        let record = self.state.record.as_ref().expect("a draw is charged first, which makes a record");
        let mut coins = Coins::from_seed(record.seed, record.source);
        let grant = Grant::kept(self.state.spent);
        Ok(draw(&record.sketches, &self.policy.codebook(), &self.policy, grant, &mut coins)?)
    }
}

/// Prints nothing of the household.
impl<S> fmt::Debug for Keeper<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keeper").field("policy", &self.policy).finish_non_exhaustive()
    }
}
