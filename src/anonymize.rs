//! The main job in one call.

use core::fmt;

use crate::atlas::{Codebook, Plan};
use crate::home::Home;
use crate::key::HouseKey;
use crate::merge::{rank, realize};
use crate::noise::{Channel, Coins, DrawError, Grant};
use crate::policy::Policy;
use crate::redact::{RedactError, Redacted, Redaction, Withheld, withhold};
use crate::release::{Certificate, Floor, Release};
use crate::sketch::{Sketch, Survey};

/// Draws a release of a home, and the key that turns it into real motion.
///
/// For research and for devices that keep their own ledger; a device otherwise takes its releases from its
/// [`Keeper`](crate::Keeper), which draws once and remembers.
///
/// # Privacy
/// As [`noise`](crate::noise) says: any two homes are neighbours, the policy's λ is spent once for each call,
/// and calls for one home under fresh coins add up: their odds multiply. The key is as private as the map.
///
/// # Errors
/// The redaction is refused, or the coins fail. Errors are for the owner and never for the cloud.
///
/// # Complexity
/// O(cells · radius) time and about 24 bytes a cell between the bounds of what is known.
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
/// assert!(release.verify()?.private_coins);
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
    let measured = Measured::of(home, redaction)?;
    let codebook = policy.codebook();
    let release = draw(&measured.survey.sketch, &codebook, policy, grant, coins)?;
    let key = measured.key(home, policy, &release);
    Ok((release, key))
}

/// A home measured: what the release may depend on, and what only the key may.
pub(crate) struct Measured {
    redacted: Redacted,
    withheld: Withheld,
    pub(crate) survey: Survey,
}

impl Measured {
    pub(crate) fn of(home: &Home, redaction: &Redaction) -> Result<Self, RedactError> {
        let (mut redacted, withheld) = withhold(home, redaction)?;
        let survey = Survey::of(&redacted);
        // Where the geometry left the dock's room open, the canonical form has chosen.
        redacted.roots = survey.root().into_iter().collect();
        Ok(Self { redacted, withheld, survey })
    }

    /// The key of the home to a release, which need not have been drawn for it.
    pub(crate) fn key(&self, home: &Home, policy: &Policy, release: &Release) -> HouseKey {
        let floor = &release.floors()[0];
        let realization =
            Plan::decode(policy.zones(), floor.plan()).and_then(|plan| realize(&self.survey.sketch, &plan));
        match realization {
            Some(realization) => {
                let realization = realization.in_home(&self.survey);
                HouseKey::build(home, &self.redacted, &self.withheld, &realization, floor, policy.areas())
            }
            None => HouseKey::blank(floor, policy.areas()),
        }
    }
}

/// The draw: a function of the sketch, the policy, the grant and the coins.
pub(crate) fn draw(
    sketch: &Sketch,
    codebook: &Codebook,
    policy: &Policy,
    grant: Grant,
    coins: &mut Coins,
) -> Result<Release, AnonymizeError> {
    let plans = u32::try_from(codebook.plans().len()).unwrap_or(u32::MAX);
    let odds = mutant!(LambdaOffByOne, policy.odds(), crate::mutants::louder(policy.odds()));
    let channel = Channel::new(plans, codebook.favoured(), odds).map_err(|_| AnonymizeError::Codebook)?;
    let favoured = if plans == 1 { vec![0] } else { rank(sketch, codebook).favoured(codebook.favoured()) };
    let drawn = channel.draw(&favoured, coins)?;
    let floor = Floor::draw(&codebook.plans()[drawn]);
    let (accounted, spent) = grant.redeem(policy.odds());
    let certificate = Certificate::new(policy, codebook, channel, spent, accounted, coins.source());
    Ok(Release::new(vec![floor], policy.areas(), certificate))
}

/// Why there is no release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnonymizeError {
    /// The redaction is refused.
    Redact(RedactError),
    /// Nothing was drawn.
    Draw(DrawError),
    /// The codebook is no channel's.
    Codebook,
}

impl fmt::Display for AnonymizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Redact(error) => error.fmt(f),
            Self::Draw(error) => error.fmt(f),
            Self::Codebook => f.write_str("a codebook must hold at least one plan and favour at most all"),
        }
    }
}

impl core::error::Error for AnonymizeError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Redact(error) => Some(error),
            Self::Draw(error) => Some(error),
            Self::Codebook => None,
        }
    }
}

impl From<RedactError> for AnonymizeError {
    fn from(error: RedactError) -> Self {
        Self::Redact(error)
    }
}

impl From<DrawError> for AnonymizeError {
    fn from(error: DrawError) -> Self {
        Self::Draw(error)
    }
}
