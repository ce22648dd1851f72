//! An epoch: one draw, one release, and the keys that follow the maps.
//!
//! What the cloud gets and what the owner's map is today meet in one place, the draw. [`Keeper::on_map`] takes the map:
//! the first one of an epoch is drawn for, and every one gets its key. [`Keeper::release`] takes no map: it gives out
//! what was drawn. So neither whether a release goes out, nor which, nor how long that takes depends on today's map.

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::consent::Purpose;
use super::error::KeeperError;
use super::keeper::{Keeper, OwnFloor};
use super::kept_keys;
use super::ledger::{Draw, DrawTerms, Role, State};
use super::storage::Store;
use super::time::UnixTime;
use crate::anonymize::{AnonymizeError, MappedFloor, MeasuredFloor};
use crate::atlas::Codebook;
use crate::draw::Preferences;
use crate::home::Home;
use crate::key::HouseKey;
use crate::measured::Measured;
use crate::odds::Odds;
use crate::redact::Redaction;
use crate::release::Release;

impl<S: Store> Keeper<S> {
    /// Takes the map of the day. The first map of an epoch is what the epoch's release is drawn for, whatever it is;
    /// each later one gets its key and changes no release.
    ///
    /// No map is refused. Where the owner has still to choose (kinds are to be redacted and there are rooms without
    /// one), all that may be meant is redacted, in the draw and in the key. Once the owner has chosen and a map comes
    /// that shows the home with all that there was to choose about, a new key is made for what was drawn. What the
    /// owner is to be told of a map is told by [`Keeper::check_floor`], and how fitting its key went by
    /// [`Keeper::refit_of`].
    ///
    /// # Privacy
    /// The first call of an epoch spends the policy's λ, later calls nothing. Where the ledger cannot pay, the epoch is
    /// sealed: its release is a constant that spends nothing ([`Keeper::next_epoch_is_sealed`]). Do not let the time
    /// that this takes be seen from outside: send the release at a time of its own, not when this returns.
    ///
    /// # Errors
    /// Before the draw of an epoch: there is no consent for the purpose; this robot follows another one that has not
    /// drawn; the coins fail; a floor's stored key cannot be read. At any time: the policy of the epoch has several
    /// floors; the state cannot be stored. Nothing is drawn then, and the call can be made again. No error depends on
    /// the map. Once an epoch's draw is made no consent is asked for: the key alone is fitted, and nothing leaves.
    ///
    /// # Complexity
    /// That of a release and key, or of a refit.
    pub fn on_map(
        &mut self,
        home: &Home,
        redaction: &Redaction,
        purpose: Purpose,
        now: UnixTime,
    ) -> Result<(), KeeperError> {
        self.on_maps(&[Some(MappedFloor::new(home, redaction))], purpose, now)
    }

    /// As [`Keeper::on_map`] for several floors: one entry for each, in an order that stays the same. A floor that is
    /// not mapped when the epoch's release is drawn is drawn blind, and gets its key when a later call brings its map.
    /// A floor given as `None` keeps the key it has.
    ///
    /// # Errors
    /// As [`Keeper::on_map`]; another number of entries than the floors of the epoch's policy.
    ///
    /// ```
    /// use homeveil::keeper::{ConsentRecord, Keeper, MemoryStore, Purpose, UnixTime};
    /// use homeveil::{MappedFloor, Policy, Redaction};
    /// # use homeveil::home::{Footprint, Home};
    /// # let upstairs = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
    /// # let now = UnixTime::from_secs(1_790_000_000);
    /// # let purpose = Purpose::RequestedServiceProvision;
    /// # let record = ConsentRecord::given("c-1", "Robot Maker", now, now.later_by_s(31_536_000)).purpose(purpose);
    /// let mut keeper = Keeper::open(MemoryStore::default(), Policy::builder().floors(2).build()?)?;
    /// # keeper.consent(record)?;
    /// let redaction = Redaction::none();
    /// keeper.on_maps(&[None, Some(MappedFloor::new(&upstairs, &redaction))], purpose, now)?;
    /// assert_eq!(keeper.release(purpose, now)?.floors().len(), 2);
    /// assert!(keeper.key_of(0).is_err() && keeper.key_of(1).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn on_maps(
        &mut self,
        maps: &[Option<MappedFloor<'_>>],
        purpose: Purpose,
        now: UnixTime,
    ) -> Result<(), KeeperError> {
        match self.permit(purpose, now) {
            // No draw is to be made, and nothing leaves by a key.
            Err(KeeperError::Consent(_) | KeeperError::ClockJumped) if self.state.draw.is_some() => {}
            permitted => permitted?,
        }
        if maps.len() != self.floors.len() {
            return Err(AnonymizeError::Floors.into());
        }
        self.load_keys_again();
        // What the owner marked in an earlier epoch, where its key recognizes the map.
        let carry = |(own, map): (&OwnFloor, &Option<MappedFloor<'_>>)| {
            let (earlier, map) = (own.earlier.as_ref()?, (*map)?);
            earlier.asked_by_owner(map.home, map.redaction)
        };
        let mut carried: Vec<Option<(Redaction, HouseKey)>> =
            self.floors.iter().zip(maps).map(carry).collect();
        let mut measured: Vec<Option<MeasuredFloor>> = maps.iter().map(|_| None).collect();
        let is_new = mutant!(DrawnByUpdate, self.state.draw.is_none(), self.is_updated());
        if is_new || mutant!(DrawnEveryDay) {
            // What the owner redacted in an earlier epoch may be in a key that cannot be read.
            for (own, _) in self.floors.iter().zip(maps).filter(|(_, map)| map.is_some()) {
                if let Err(error) = own.key
                    && error.is_unread()
                {
                    return Err(error);
                }
            }
            for ((measured, map), carried) in measured.iter_mut().zip(maps).zip(&carried) {
                *measured = map.map(|map| match carried {
                    None => map.measured(),
                    Some((asked, fitted)) => {
                        let asked = fitted.with_parts_of_rooms(map.home, asked);
                        MappedFloor::new(map.home, &asked).measured()
                    }
                });
            }
            self.record_draw(&measured)?;
        }
        let release = self.drawn()?;
        let floors = maps.iter().zip(&mut carried).zip(measured).zip(release.floors());
        for (place, (((map, carried), measured), drawn)) in (0..).zip(floors) {
            if let Some(map) = map {
                self.fit_key(place, *map, carried.take(), measured, drawn);
            }
        }
        Ok(())
    }

    /// The release of this epoch: the bytes that were drawn at its first map, the same ever after, under any later
    /// version of this library and any later policy. The time that this takes depends on no map.
    ///
    /// # Errors
    /// There is no consent for the purpose; no map has come in this epoch. The state cannot be stored, which is tried
    /// where the power was cut during the draw: nothing has left then, and the call can be made again.
    ///
    /// # Complexity
    /// O(cells of the frame) for each floor of the release.
    pub fn release(&mut self, purpose: Purpose, now: UnixTime) -> Result<Release, KeeperError> {
        self.permit(purpose, now)?;
        self.drawn()
    }

    /// The redaction of an owner who chose nothing, in this epoch: the kinds of the policy that its release was drawn
    /// under, or will be.
    #[must_use]
    pub fn redaction(&self) -> Redaction {
        let kinds = self.state.draw.as_ref().map_or(self.policy.redacted_kinds(), Draw::kinds);
        Redaction::none().kinds(kinds.iter().copied())
    }

    /// Opens a new epoch: the next map is drawn for, under today's policy, and charged. Where the key that there was
    /// recognizes that map, what the owner barred, bound and redacted keeps its place, in the draw and in the new key,
    /// whatever number a room has by then; what lies on other maps that it knew is given up, and closes the key on maps
    /// that are not recognized. Else the new key has none of it, and [`Keeper::check_floor`] says
    /// [`KeeperError::MarksLost`].
    ///
    /// # Errors
    /// This robot follows another one; the store fails, and the old epoch then continues.
    pub fn new_epoch(&mut self) -> Result<(), KeeperError> {
        self.check_lead()?;
        let epoch = self.state.epoch.saturating_add(1);
        let floors = self.policy.floors();
        // Floors that the last draw did not have may have been there before.
        let added = (self.state.floors..floors)
            .map(|floor| kept_keys::load_floor(&mut self.store, &self.state, floor));
        let added = added.collect::<Result<Vec<_>, _>>()?;
        self.save(State { epoch, floors, draw: None, ..self.state.clone() })?;
        self.floors.truncate(floors.into());
        let added = added.into_iter().map(OwnFloor::new);
        self.floors =
            core::mem::take(&mut self.floors).into_iter().chain(added).map(OwnFloor::of_next_epoch).collect();
        Ok(())
    }

    /// Whether the ledger cannot pay for another draw, so that the release of the next epoch will be the sealed plan:
    /// the same for every home, it costs nothing and says nothing. Tell the owner before a new epoch is opened.
    #[must_use]
    pub fn next_epoch_is_sealed(&self) -> bool {
        self.charged().is_none()
    }

    /// The number of the epoch, from 0.
    #[must_use]
    pub const fn epoch(&self) -> u32 {
        self.state.epoch
    }

    /// How many floors the keeper takes maps of: those of this epoch's draw, or of the policy where nothing is drawn
    /// yet.
    #[must_use]
    pub const fn floors(&self) -> u8 {
        self.state.floors
    }

    /// There is no draw, or one from another codebook than today's.
    #[cfg(homeveil_mutants)]
    fn is_updated(&self) -> bool {
        let today = self.codebook(self.policy.odds());
        self.state.draw.as_ref().is_none_or(|draw| draw.codebook_digest() != today.digest())
    }

    /// Draws of epochs to come are made from this codebook in place of the shipped one: to hold two versions of the
    /// library next to each other in a test, and for research. One of another number of zones than the policy's plays
    /// no part, nor does any where the ledger cannot pay. What is drawn from it does not pass [`Release::verify`].
    #[cfg(feature = "stages")]
    pub fn draw_from(&mut self, codebook: Codebook) {
        self.codebook = Some(codebook);
    }

    /// The codebook that a draw under these odds is made from.
    fn codebook(&self, odds: Odds) -> Codebook {
        #[cfg(feature = "stages")]
        if let Some(own) = &self.codebook
            && (own.zones(), odds) == (self.policy.zones(), self.policy.odds())
        {
            return own.clone();
        }
        // There is one for every number of zones that a policy may have.
        Codebook::of(self.policy.zones(), odds).unwrap_or_else(|| self.policy.codebook())
    }

    /// A robot that follows another one draws nothing and opens no epoch.
    pub(super) fn check_lead(&self) -> Result<(), KeeperError> {
        if self.state.role == Role::Follower { Err(KeeperError::Follower) } else { Ok(()) }
    }

    /// What the household will have spent with another draw; `None` if that is over the cap.
    fn charged(&self) -> Option<Odds> {
        let charged = self.state.spent.times(self.policy.odds_of_release());
        charged.filter(|charged| *charged <= self.policy.odds_cap() || mutant!(CapUnchecked))
    }

    /// Charges the ledger and stores what the draw is a function of.
    fn record_draw(&mut self, measured: &[Option<MeasuredFloor>]) -> Result<(), KeeperError> {
        self.check_lead()?;
        let (odds, spent) = match self.charged() {
            Some(charged) => (self.policy.odds(), charged),
            None => (Odds::SEALED, self.state.spent),
        };
        let codebook = self.codebook(odds);
        let seed = if let Some(seed) = &self.seed {
            **seed
        } else {
            let mut seed = Zeroizing::new([0; 32]);
            self.coins.fill(seed.as_mut_slice())?;
            **self.seed.insert(seed)
        };
        let floors = measured.iter().map(|floor| floor.as_ref()?.floor.as_ref());
        let preferences = Preferences::of(&Measured::sketches(floors), &codebook);
        let (policy, epoch, source) = (&self.policy, self.state.epoch, self.coins.source());
        let terms = DrawTerms { policy, epoch, odds, spent, source, seed };
        let draw = Draw::recorded(&terms, &codebook, preferences);
        self.adopt(State { spent, draw: Some(draw), ..self.state.clone() })?;
        self.seed = None;
        Ok(())
    }

    /// The release of this epoch. Where its draw is recorded and not yet made, it is made, and stored before anything
    /// leaves.
    pub(super) fn drawn(&mut self) -> Result<Release, KeeperError> {
        let draw = self.state.draw.as_ref().ok_or(KeeperError::NotDrawn)?;
        if let Some(release) = draw.release() {
            return Ok(release);
        }
        let made = draw.made()?;
        self.adopt(State { draw: Some(made), ..self.state.clone() })?;
        self.state.draw.as_ref().and_then(Draw::release).ok_or(KeeperError::NotDrawn)
    }

    /// Stores a state with another draw.
    fn adopt(&mut self, state: State) -> Result<(), KeeperError> {
        if mutant!(DrawnBeforeSaved) {
            self.state = state;
            return Ok(());
        }
        self.save(state)
    }
}
