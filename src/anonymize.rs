//! The whole job in one call: from a home to its release and key.
//!
//! It measures the floors, draws one plan for each from the policy's codebook, and builds the keys. The draw itself
//! sees the sketches of the floors and nothing else of them. It keeps no ledger; the [`Keeper`](crate::Keeper) does.

use alloc::vec::Vec;

use thiserror::Error;

use crate::atlas::Codebook;
use crate::draw::Preferences;
use crate::home::{Home, HomeError};
use crate::key::HouseKey;
use crate::measured::Measured;
use crate::noise::{CoinError, Coins, Grant};
use crate::policy::Policy;
use crate::redact::Redaction;
use crate::release::{Certificate, Floor, Release};
use crate::sketch::Sketch;

/// Draws a release of a home, and the key that turns it into real motion.
///
/// For research, and for devices that keep their own ledger. Other devices take their releases from their
/// [`Keeper`](crate::Keeper), which draws once and remembers.
///
/// # Privacy
/// As [`noise`](crate::noise) says: any two homes are neighbours, and each call spends the policy's λ once. The odds
/// of several calls for one home under fresh coins multiply. The key is as private as the map.
///
/// # Errors
/// The redaction is refused, the coins fail, or the policy has more than one floor. Errors are for the owner and never
/// for the cloud.
///
/// # Complexity
/// O(cells · radius) time; memory in proportion to the cells between the bounds of what is known.
///
/// ```
/// use homeveil::home::{Footprint, Home};
/// use homeveil::{Coins, Grant, Policy, anonymize};
/// let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "
///     ###########
///     #aaaa#bbbb#
///     #aAaabbbbb#
///     #aaaabbbbb#
///     #aaaabbbbb#
///     ###########
/// ", &[])?.build()?;
/// let redaction = homeveil::redact::Redaction::none();
/// let (release, key) = anonymize(&home, &redaction, &Policy::default(), Grant::unaccounted(), &mut Coins::os())?;
/// assert!(release.verify()?.has_private_coins());
/// # let _ = key;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn anonymize(
    home: &Home,
    redaction: &Redaction,
    policy: &Policy,
    grant: Grant,
    coins: &mut Coins,
) -> Result<(Release, HouseKey), AnonymizeError> {
    let floors = [Some(MappedFloor::new(home, redaction))];
    let (release, keys) = anonymize_floors(&floors, policy, grant, coins)?;
    let key = keys.into_iter().flatten().next().ok_or(AnonymizeError::Floors)?;
    Ok((release, key))
}

/// Draws a release of several floors, and the key of each floor that the household has.
///
/// `floors` has one entry for each floor of the policy, in any order; a floor that the household does not have is
/// drawn blind, like a home with nothing to draw.
///
/// # Privacy
/// As [`anonymize`], with λ spent once for each floor of the policy, whatever the household has: any two
/// households are neighbours under λ to the power of the number of floors.
///
/// # Errors
/// Another number of entries than the policy's floors; else as [`anonymize`].
///
/// # Complexity
/// As [`anonymize`], for each floor. [`MappedFloor`] has an example.
pub fn anonymize_floors(
    floors: &[Option<MappedFloor<'_>>],
    policy: &Policy,
    grant: Grant,
    coins: &mut Coins,
) -> Result<(Release, Vec<Option<HouseKey>>), AnonymizeError> {
    if floors.len() != usize::from(policy.floors()) {
        return Err(AnonymizeError::Floors);
    }
    let measure = |floor: MappedFloor<'_>| Measured::of(floor.home, floor.redaction);
    let measured = floors.iter().map(|floor| floor.map(measure).transpose());
    let measured = measured.collect::<Result<Vec<_>, _>>()?;
    let sketches = Measured::sketches(measured.iter().map(Option::as_ref));
    let release = anonymize_sketches(&sketches, policy, grant, coins)?;
    let keys = floors.iter().zip(&measured).zip(release.floors()).map(|((floor, measured), drawn)| {
        Some(HouseKey::of_floor(floor.as_ref()?.home, measured.as_ref()?, drawn, policy.areas()))
    });
    let keys = keys.collect();
    Ok((release, keys))
}

staged! {
    /// Draws a release of floors with these sketches, one for each floor of the policy, and no keys: the very draw of
    /// [`anonymize_floors`], for research that draws many releases.
    ///
    /// # Privacy
    /// As [`anonymize_floors`].
    ///
    /// # Errors
    /// Another number of sketches than the policy's floors, or the coins fail.
    ///
    /// # Complexity
    /// That of [`rank`](crate::merge::rank) for each floor.
    ///
    /// ```
    /// # #[cfg(feature = "stages")] {
    /// use homeveil::home::{Footprint, Home};
    /// use homeveil::{Coins, Grant, Policy, Redaction, anonymize, anonymize_sketches, redact::redact, sketch::Sketch};
    /// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1).unwrap(), "aaaabbbb\naAaabbbb\naaaabbbb", &[]);
    /// # let home = home.unwrap().build().unwrap();
    /// let (policy, none) = (Policy::default(), Redaction::none());
    /// let sketch = Sketch::of(&redact(&home, &none).unwrap());
    /// let coins = || Coins::replayed(7);
    /// let release = anonymize_sketches(&[sketch], &policy, Grant::unaccounted(), &mut coins()).unwrap();
    /// let (same, _) = anonymize(&home, &none, &policy, Grant::unaccounted(), &mut coins()).unwrap();
    /// assert_eq!(release, same);
    /// # }
    /// ```
    fn anonymize_sketches(
        sketches: &[Sketch],
        policy: &Policy,
        grant: Grant,
        coins: &mut Coins,
    ) -> Result<Release, AnonymizeError> {
        if sketches.len() != usize::from(policy.floors()) {
            return Err(AnonymizeError::Floors);
        }
        let codebook = policy.codebook();
        drawn(&Preferences::of(sketches, &codebook), &codebook, policy, grant, coins)
    }
}

/// Draws a release of floors that prefer these plans of a codebook, and no keys: [`anonymize_sketches`] without the
/// ranking. For research on codebooks and rankings of one's own, and for many draws of one home. `preferred` has for
/// each floor of the policy as many indices of plans as the codebook prefers, ascending.
///
/// # Privacy
/// The certificate is of this draw alone. What chooses the codebook by the home spends odds that nobody counts: a
/// mechanism that draws a plan by a law of its own gives it out as a codebook of one plan, and owes a proof of its own.
/// A release from a codebook that was never shipped does not pass [`Release::verify`].
///
/// # Errors
/// Another number of floors than the policy's, a codebook of another number of zones, preferred plans that are not as
/// above, or the coins fail.
///
/// ```
/// # #[cfg(feature = "stages")] {
/// use homeveil::atlas::{Codebook, PlanId};
/// use homeveil::home::{Footprint, Home};
/// use homeveil::{Coins, Grant, MappedFloor, Policy, Redaction, anonymize_preferred};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1).unwrap(), "aaaabbbb\naAaabbbb\naaaabbbb", &[]);
/// # let home = home.unwrap().build().unwrap();
/// let mine = Codebook::of_plans(4, &[PlanId::new(142_598)], 1).unwrap(); // however it was chosen
/// let (policy, none) = (Policy::default(), Redaction::none());
/// let grant = Grant::unaccounted();
/// let release = anonymize_preferred(&[vec![0]], &mine, &policy, grant, &mut Coins::replayed(7)).unwrap();
/// assert!(release.verify().is_err());                                         // it was never shipped
/// let key = MappedFloor::new(&home, &none).key_to(&release.floors()[0], policy.areas()).unwrap();
/// assert!(key.lift_zone(release.floors()[0].dock().zone).unwrap().area_m2() > 0.0);
/// # }
/// ```
#[cfg(feature = "stages")]
pub fn anonymize_preferred(
    preferred: &[Vec<usize>],
    codebook: &Codebook,
    policy: &Policy,
    grant: Grant,
    coins: &mut Coins,
) -> Result<Release, AnonymizeError> {
    if preferred.len() != usize::from(policy.floors()) {
        return Err(AnonymizeError::Floors);
    }
    let fits = |plans: &Vec<usize>| {
        plans.len() == codebook.preferred() as usize
            && plans.windows(2).all(|pair| pair[0] < pair[1])
            && plans.last().is_some_and(|&last| last < codebook.count() as usize)
    };
    if codebook.zones() != policy.zones() || !preferred.iter().all(fits) {
        return Err(AnonymizeError::Preferred);
    }
    drawn(&Preferences { floors: preferred.to_vec() }, codebook, policy, grant, coins)
}

/// The release of one draw.
fn drawn(
    preferences: &Preferences,
    codebook: &Codebook,
    policy: &Policy,
    grant: Grant,
    coins: &mut Coins,
) -> Result<Release, AnonymizeError> {
    let drawn = preferences.draw(codebook.count(), policy.odds(), coins)?;
    let (odds, spent) = (policy.odds(), policy.odds_of_release());
    let certificate = Certificate::new(policy, odds, codebook, spent, grant.redeem(), coins.source());
    let floors = drawn.into_iter().map(|plan| Floor::draw(&codebook.plans()[plan])).collect();
    Ok(Release::new(floors, policy.areas(), certificate))
}

/// A floor that the household has: its map, and what is to be redacted on it.
///
/// ```
/// use homeveil::home::{Footprint, Home};
/// use homeveil::{Coins, Grant, MappedFloor, Odds, Policy, Redaction, anonymize_floors};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// let policy = Policy::builder().floors(2).odds(Odds::new(2, 1)?).build()?;
/// let redaction = Redaction::none();
/// let floors = [Some(MappedFloor::new(&home, &redaction)), None];
/// let (release, keys) = anonymize_floors(&floors, &policy, Grant::unaccounted(), &mut Coins::os())?;
/// assert_eq!(release.floors().len(), 2);
/// assert!(keys[0].is_some() && keys[1].is_none());
/// assert_eq!(release.certificate().odds_spent, Odds::new(4, 1)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct MappedFloor<'a> {
    pub(crate) home: &'a Home,
    pub(crate) redaction: &'a Redaction,
}

impl<'a> MappedFloor<'a> {
    /// The floor of this map.
    #[must_use]
    pub const fn new(home: &'a Home, redaction: &'a Redaction) -> Self {
        Self { home, redaction }
    }

    /// The floor's key to a floor of a release, which need not have been drawn for it: for research on mechanisms.
    /// [`anonymize_preferred`] has an example.
    ///
    /// # Privacy
    /// The key is as private as the map.
    ///
    /// # Errors
    /// The redaction is refused.
    ///
    /// # Complexity
    /// As [`anonymize`].
    #[cfg(feature = "stages")]
    pub fn key_to(self, floor: &Floor, areas: u32) -> Result<HouseKey, HomeError> {
        Ok(HouseKey::of_floor(self.home, &Measured::of(self.home, self.redaction)?, floor, areas))
    }

    /// What the owner has to choose where not all can be judged: what becomes of rooms without a kind, else which room
    /// was meant by a number that the map does not have.
    pub(crate) fn to_choose(self) -> HomeError {
        if self.redaction.leaves_open(self.home) { HomeError::Unlabelled } else { HomeError::UnknownRoom }
    }

    /// The floor measured, whatever the redaction. Where that is refused, all that it may mean is redacted: rooms
    /// without a kind; or, where it names a room that the map does not have, the whole floor.
    pub(crate) fn measured(self) -> MeasuredFloor {
        let measured = |redaction: &Redaction| Measured::of(self.home, redaction);
        match measured(self.redaction) {
            Ok(floor) => MeasuredFloor { floor: Some(floor), refused: None },
            Err(refused) => {
                let tentative = self.redaction.clone().redact_unlabelled();
                MeasuredFloor { floor: measured(&tentative).ok(), refused: Some(refused) }
            }
        }
    }

    /// Its first key to a floor of a release, which need not have been drawn for it.
    pub(crate) fn key(self, measured: &MeasuredFloor, drawn: &Floor, areas: u32) -> HouseKey {
        let key = match &measured.floor {
            Some(floor) => HouseKey::of_floor(self.home, floor, drawn, areas),
            None => HouseKey::blank(drawn, areas),
        };
        if measured.refused.is_some() { key.undecided(self.home, self.redaction) } else { key }
    }
}

private_debug!(MappedFloor<'_>);

/// A floor measured for the keeper, which refuses no map.
pub(crate) struct MeasuredFloor {
    /// Nothing where all of it is redacted.
    pub(crate) floor: Option<Measured>,
    /// Why the owner has to choose, if so.
    pub(crate) refused: Option<HomeError>,
}

/// Why there is no release. For the owner, never for the cloud.
///
/// ```
/// use homeveil::{AnonymizeError, Coins, Grant, Policy, anonymize_floors};
/// let drawn = anonymize_floors(&[], &Policy::default(), Grant::unaccounted(), &mut Coins::os());
/// assert_eq!(drawn.unwrap_err(), AnonymizeError::Floors);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AnonymizeError {
    /// The redaction is refused.
    #[error(transparent)]
    Redact(#[from] HomeError),
    /// The coins failed.
    #[error(transparent)]
    Coins(#[from] CoinError),
    /// Another number of floors than the policy's.
    #[error("there must be one entry, a map or none, for each floor of the policy")]
    Floors,
    /// Preferred plans that are not those of a codebook.
    #[cfg(feature = "stages")]
    #[error(
        "the codebook must be of the policy's number of zones, and as many plans as it prefers must be given for each \
         floor, by their indices, ascending"
    )]
    Preferred,
}
