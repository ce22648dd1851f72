//! The keeper: one release an epoch, and a ledger of what was spent.
//!
//! Fresh noise every day would average out, and a release that followed the map would show doors closing. So
//! a household's [`Keeper`] draws once in an *epoch* and afterwards returns the same bytes, whatever the map
//! is by then; only the key is made anew for the map of today.
//!
//! The first [`Keeper::release`] of an epoch writes one record to the [`Store`] *before anything is drawn*:
//! the odds charged, a seed of 32 bytes and the sketch. The draw is a function of that record and nothing
//! else, so a robot that loses power, whenever that is, draws the same release from it again; no pattern of
//! power cuts lets two different releases out. A new epoch is opened by an explicit call
//! ([`Keeper::new_epoch`]: the household moved, the key was lost), never by a change of the map. The odds of
//! all epochs multiply, in exact integers, and are capped by the policy.
//!
//! The state is a blob: versioned, checksummed, padded to a size class. A damaged one is an error and not a
//! fresh start. That the store gives back what was last saved is an assumption: a rolled-back store would
//! draw again.
//!
//! Not here yet: consent, disclosure, what a device may tell the cloud besides the release, and storing the key.

mod state;
mod store;

use core::fmt;

pub use store::{MemoryStore, Store, StoreError};

use crate::anonymize::{AnonymizeError, Measured, draw};
use crate::home::Home;
use crate::key::HouseKey;
use crate::noise::{CoinError, Coins, Grant};
use crate::odds::Odds;
use crate::policy::Policy;
use crate::redact::Redaction;
use crate::release::Release;
use state::{Record, State};

/// The one that draws for a household.
///
/// ```
/// use homeveil::keeper::{Keeper, MemoryStore};
/// use homeveil::home::{Footprint, Home};
/// use homeveil::Policy;
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "
/// #     |aaaabbbb|
/// #     |aAaabbbb|
/// #     |aaaabbbb|
/// # ", &[])?.build()?;
/// let mut keeper = Keeper::open(MemoryStore::default(), Policy::default())?;
/// let redaction = homeveil::Redaction::none();
/// let monday = keeper.release(&home, &redaction)?.to_json();
/// let tuesday = keeper.release(&home, &redaction)?.to_json();
/// assert_eq!(monday, tuesday);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Keeper<S> {
    store: S,
    policy: Policy,
    coins: Coins,
    state: State,
    key: Option<HouseKey>,
}

impl<S: Store> Keeper<S> {
    /// Opens a household's keeper on what the store holds; an empty store is a household that has never drawn.
    /// Seeds come from the operating system.
    ///
    /// # Errors
    /// The store fails, or its state is damaged, of another version, or of another policy.
    pub fn open(store: S, policy: Policy) -> Result<Self, KeeperError> {
        Self::open_with(store, policy, Coins::os())
    }

    /// As [`Keeper::open`], with the coins that give the seeds of epochs to come: a device's own generator, or
    /// replayed ones for tests.
    ///
    /// # Errors
    /// As [`Keeper::open`].
    pub fn open_with(mut store: S, policy: Policy, coins: Coins) -> Result<Self, KeeperError> {
        let state = match store.load()? {
            Some(bytes) => State::from_bytes(&bytes).ok_or(KeeperError::State)?,
            None => State::new(policy.digest()),
        };
        if state.policy_digest != policy.digest() {
            return Err(KeeperError::Policy);
        }
        Ok(Self { store, policy, coins, state, key: None })
    }

    /// The release of this epoch, drawn at the first call and the same ever after; the key is made for the
    /// home given.
    ///
    /// # Privacy
    /// The first call of an epoch spends the policy's λ, later calls nothing: they are functions of the first
    /// one's record.
    ///
    /// # Errors
    /// The redaction is refused; the odds spent and asked for are over the cap; store or coins fail. After an
    /// error nothing has left, and the call can be made again.
    pub fn release(&mut self, home: &Home, redaction: &Redaction) -> Result<Release, KeeperError> {
        let measured = Measured::of(home, redaction).map_err(AnonymizeError::from)?;
        if self.state.record.is_none() || mutant!(DrawnEveryDay) {
            let (spent, asked, cap) = (self.state.spent, self.policy.odds(), self.policy.odds_cap());
            let charged = spent.times(asked).filter(|charged| *charged <= cap || mutant!(CapUnchecked));
            let charged = charged.ok_or(KeeperError::Cap { spent, asked, cap })?;
            let mut seed = [0; 32];
            self.coins.fill(&mut seed)?;
            let record = Record { seed, source: self.coins.source(), sketch: measured.survey.sketch.clone() };
            let state = State { spent: charged, record: Some(record), ..self.state.clone() };
            if !mutant!(DrawnBeforeSaved) {
                self.store.save(&state.to_bytes())?;
            }
            self.state = state;
        }
        let release = self.redraw()?;
        self.key = Some(measured.key(home, &self.policy, &release));
        Ok(release)
    }

    /// Opens a new epoch: the next release is drawn anew and charged.
    ///
    /// # Errors
    /// The store fails; the old epoch then goes on.
    pub fn new_epoch(&mut self) -> Result<(), KeeperError> {
        let state = State { epoch: self.state.epoch.saturating_add(1), record: None, ..self.state.clone() };
        self.store.save(&state.to_bytes())?;
        self.state = state;
        self.key = None;
        Ok(())
    }

    /// The key made with the last release, if there was one since the keeper was opened.
    #[must_use]
    pub const fn key(&self) -> Option<&HouseKey> {
        self.key.as_ref()
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

    /// The store, given back: the keeper's state is in it.
    #[must_use]
    pub fn into_store(self) -> S {
        self.store
    }

    /// The release of the record: the same at every call.
    fn redraw(&self) -> Result<Release, KeeperError> {
        let record = self.state.record.as_ref().ok_or(KeeperError::State)?;
        let mut coins = Coins::from_seed(record.seed, record.source);
        let grant = Grant::kept(self.state.spent);
        Ok(draw(&record.sketch, &self.policy.codebook(), &self.policy, grant, &mut coins)?)
    }
}

/// Prints nothing of the household.
impl<S> fmt::Debug for Keeper<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keeper").field("policy", &self.policy).finish_non_exhaustive()
    }
}

/// Why a keeper gave no release. For the owner, never for the cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeeperError {
    /// The store failed.
    Store(StoreError),
    /// What the store holds is damaged or of another version.
    State,
    /// What the store holds was drawn under another policy.
    Policy,
    /// The household may not draw again under its policy.
    Cap {
        /// Spent so far.
        spent: Odds,
        /// Asked for now.
        asked: Odds,
        /// The most that may be spent.
        cap: Odds,
    },
    /// Nothing was drawn.
    Anonymize(AnonymizeError),
    /// The coins gave no seed.
    Coins(CoinError),
}

impl fmt::Display for KeeperError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::State => f.write_str("the stored state is damaged or of another version: restore it from a copy; starting afresh would draw again"),
            Self::Policy => f.write_str("the stored state belongs to another policy: open it with the policy it was drawn under"),
            Self::Cap { spent, asked, cap } => {
                write!(f, "odds of {spent} are spent and {asked} asked for, which together is over the cap of {cap}")
            }
            Self::Anonymize(error) => error.fmt(f),
            Self::Coins(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for KeeperError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Store(error) => Some(error),
            Self::Anonymize(error) => Some(error),
            Self::Coins(error) => Some(error),
            _ => None,
        }
    }
}

impl From<StoreError> for KeeperError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<AnonymizeError> for KeeperError {
    fn from(error: AnonymizeError) -> Self {
        Self::Anonymize(error)
    }
}

impl From<CoinError> for KeeperError {
    fn from(error: CoinError) -> Self {
        Self::Coins(error)
    }
}

#[cfg(test)]
mod tests {
    use super::{Keeper, KeeperError, MemoryStore, Store, StoreError};
    use crate::home::{Footprint, Home};
    use crate::{Coins, Odds, Policy, Redaction};

    fn home(drawing: &str) -> Home {
        let footprint = Footprint::disc_m(0.1).unwrap();
        Home::from_drawing(0.1, footprint, drawing, &[]).unwrap().build().unwrap()
    }

    const FLAT: &str = "
        ##############
        #aaaaaabbbbbb#
        #aAaaaabbbbbb#
        #aaaaaabbbbbb#
        #ccccccdddddd#
        #ccccccdddddd#
        #ccccccdddddd#
        ##############
    ";
    const OTHER: &str = "
        aaaaaaaaaaa
        aAaaaaaaaaa
        aaaaaaaaaaa
    ";

    fn policy() -> Policy {
        let odds = |p| Odds::new(p, 1).unwrap();
        Policy::builder().odds(odds(2)).odds_cap(odds(4)).build().unwrap()
    }

    #[test]
    fn one_release_an_epoch_whatever_the_map_and_however_often_the_robot_restarts() {
        let none = Redaction::none();
        let mut keeper = Keeper::open_with(MemoryStore::default(), policy(), Coins::replayed(1)).unwrap();
        let first = keeper.release(&home(FLAT), &none).unwrap().to_json();
        assert_eq!(keeper.release(&home(OTHER), &none).unwrap().to_json(), first);
        let mut keeper = Keeper::open_with(keeper.into_store(), policy(), Coins::replayed(99)).unwrap();
        assert_eq!(keeper.release(&home(OTHER), &none).unwrap().to_json(), first);
        assert!(keeper.key().is_some());
    }

    #[test]
    fn odds_multiply_over_epochs_and_stop_at_the_cap() {
        let none = Redaction::none();
        let mut keeper = Keeper::open_with(MemoryStore::default(), policy(), Coins::replayed(1)).unwrap();
        for spent in [2, 4] {
            let release = keeper.release(&home(FLAT), &none).unwrap();
            assert_eq!(release.certificate().odds_spent, Odds::new(spent, 1).unwrap());
            release.verify_under(&policy()).unwrap();
            keeper.new_epoch().unwrap();
        }
        let odds = |p| Odds::new(p, 1).unwrap();
        let error = KeeperError::Cap { spent: odds(4), asked: odds(2), cap: odds(4) };
        assert_eq!(keeper.release(&home(FLAT), &none).unwrap_err(), error);
    }

    /// A store that saves and then reports failure, or fails before saving, as a power cut may.
    struct Cut {
        inner: MemoryStore,
        saves: bool,
        armed: bool,
    }

    impl Store for Cut {
        fn load(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
            self.inner.load()
        }

        fn save(&mut self, state: &[u8]) -> Result<(), StoreError> {
            if self.saves || !self.armed {
                self.inner.save(state)?;
            }
            if self.armed { Err(StoreError) } else { Ok(()) }
        }
    }

    #[test]
    fn a_power_cut_at_the_record_lets_nothing_out_and_draws_once() {
        for saves in [false, true] {
            let store = Cut { inner: MemoryStore::default(), saves, armed: true };
            let mut keeper = Keeper::open_with(store, policy(), Coins::replayed(5)).unwrap();
            assert_eq!(keeper.release(&home(FLAT), &Redaction::none()).unwrap_err(), StoreError.into());
            let mut store = keeper.into_store();
            store.armed = false;
            let mut keeper = Keeper::open_with(store, policy(), Coins::replayed(6)).unwrap();
            let release = keeper.release(&home(FLAT), &Redaction::none()).unwrap();
            let mut keeper = Keeper::open_with(keeper.into_store(), policy(), Coins::replayed(7)).unwrap();
            assert_eq!(keeper.release(&home(OTHER), &Redaction::none()).unwrap(), release);
            assert_eq!(keeper.spent(), Odds::new(2, 1).unwrap());
        }
    }

    #[test]
    fn a_damaged_state_is_an_error_and_not_a_fresh_start() {
        let mut keeper = Keeper::open_with(MemoryStore::default(), policy(), Coins::replayed(1)).unwrap();
        keeper.release(&home(FLAT), &Redaction::none()).unwrap();
        let bytes = keeper.into_store().load().unwrap().unwrap();
        for at in (0..bytes.len()).step_by(97).chain([0, bytes.len() - 1]) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x10;
            let mut store = MemoryStore::default();
            store.save(&damaged).unwrap();
            assert_eq!(Keeper::open_with(store, policy(), Coins::os()).unwrap_err(), KeeperError::State);
        }
        let mut store = MemoryStore::default();
        store.save(&bytes[..bytes.len() / 2]).unwrap();
        assert_eq!(Keeper::open_with(store, policy(), Coins::os()).unwrap_err(), KeeperError::State);
        let mut store = MemoryStore::default();
        store.save(&bytes).unwrap();
        assert_eq!(Keeper::open_with(store, Policy::sealed(), Coins::os()).unwrap_err(), KeeperError::Policy);
    }
}
