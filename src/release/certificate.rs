//! The certificate: the terms of the draw, and what follows from them.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use core::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use super::caps::Caps;
use crate::atlas::Codebook;
use crate::blob::{BlobError, Reader, Writer, check, text};
use crate::noise::{Channel, CoinSource, Fraction, GrantKind};
use crate::odds::Odds;
use crate::policy::Policy;

/// Bytes of a digest as hexadecimal digits.
const DIGEST_BYTES: usize = 64;

/// How a release was drawn. Every field follows from the policy, the ledger and the source of the coins, none
/// from the home.
///
/// ```
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let (none, policy) = (Redaction::none(), Policy::default());
/// # let (release, _) = anonymize(&home, &none, &policy, Grant::unaccounted(), &mut Coins::replayed(7))?;
/// let certificate = release.verify()?;
/// assert_eq!(certificate.policy_digest, policy.digest());
/// assert!(certificate.blind_probability() > 0.5);
/// assert!(!certificate.has_private_coins() && !certificate.is_accounted());   // replayed, and nobody counts
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// The odds λ of each floor of this release.
    pub odds: Odds,
    /// The number of floors, each drawn under `odds`; in the JSON where there is more than one.
    #[serde(default = "one", skip_serializing_if = "is_one", deserialize_with = "several")]
    pub floors: u8,
    /// The product of the odds of all draws of the household so far.
    pub odds_spent: Odds,
    /// Who accounts for the draws.
    pub(crate) grant: GrantKind,
    /// The number N of plans drawn from.
    pub plans: u32,
    /// The number M of plans that a home prefers.
    #[serde(rename = "favoured")]
    pub preferred: u32,
    /// γ, the probability that a floor was drawn without looking at the home, as a fraction in lowest terms.
    pub blind: Fraction,
    /// An upper bound of ε = ln λ in nats, λ of the whole release.
    pub epsilon_upper: f64,
    /// The number K of zones.
    pub zones: u8,
    /// Digest of the codebook.
    pub codebook_digest: String,
    /// Digest of the policy.
    pub policy_digest: String,
    /// Where the coins came from.
    pub(crate) coins: CoinSource,
    /// Version of this crate that drew.
    pub crate_version: String,
}

/// The version of this library, as a certificate states it.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A certificate states three numbers; with more its own releases would not verify.
const _: () =
    assert!(env!("CARGO_PKG_VERSION_PRE").is_empty(), "a pre-release version makes no certificates");

impl Certificate {
    /// The certificate of a draw under a policy, with these odds for each floor: the policy's, or none where the
    /// household has none left.
    pub(crate) fn new(
        policy: &Policy,
        odds: Odds,
        codebook: &Codebook,
        spent: Odds,
        grant: GrantKind,
        coins: CoinSource,
    ) -> Self {
        let mut certificate = Self {
            odds,
            floors: policy.floors(),
            odds_spent: spent,
            grant,
            plans: codebook.count(),
            preferred: codebook.preferred(),
            blind: Fraction::ONE,
            epsilon_upper: 0.0,
            zones: policy.zones(),
            codebook_digest: codebook.digest().to_owned(),
            policy_digest: policy.digest(),
            coins,
            crate_version: VERSION.to_owned(),
        };
        certificate.find_figures();
        certificate
    }

    /// Finds what follows from the other fields.
    fn find_figures(&mut self) {
        if let Some(channel) = self.channel() {
            self.blind = channel.blind();
        }
        self.epsilon_upper = self.odds.power(self.floors).unwrap_or(Odds::LOUDEST).epsilon_upper();
    }

    /// The channel of these terms; none where a certificate that was read is not verified.
    fn channel(&self) -> Option<Channel> {
        Channel::new(self.plans, self.preferred, self.odds).ok()
    }

    /// Writes a keeper's certificate for its state.
    pub(crate) fn write(&self, out: &mut Writer<'_>) {
        out.u8(self.zones);
        out.u8(self.floors);
        out.odds(self.odds);
        out.odds(self.odds_spent);
        out.u32(self.plans);
        out.u32(self.preferred);
        out.u8(self.coins.byte());
        out.bytes(self.codebook_digest.as_bytes());
        out.bytes(self.policy_digest.as_bytes());
        out.counted(self.crate_version.as_bytes());
    }

    /// Reads what [`Certificate::write`] wrote.
    pub(crate) fn read(from: &mut Reader<'_>) -> Result<Self, BlobError> {
        let mut certificate = Self {
            zones: from.u8()?,
            floors: from.u8()?,
            odds: from.odds()?,
            odds_spent: from.odds()?,
            grant: GrantKind::Keeper,
            plans: from.u32()?,
            preferred: from.u32()?,
            blind: Fraction::ONE,
            epsilon_upper: 0.0,
            coins: CoinSource::of_byte(from.u8()?).ok_or(BlobError::Content)?,
            codebook_digest: text(from.bytes(DIGEST_BYTES)?)?,
            policy_digest: text(from.bytes(DIGEST_BYTES)?)?,
            crate_version: text(from.counted()?)?,
        };
        check(certificate.channel().is_some())?;
        certificate.find_figures();
        Ok(certificate)
    }

    /// The coins came from an entropy source. If not, whoever knows the seed can undo the draw: the release is not
    /// private.
    #[must_use]
    pub fn has_private_coins(&self) -> bool {
        self.coins != CoinSource::Replayed
    }

    /// A keeper accounts for the draws. If not, the certificate covers this one draw only.
    #[must_use]
    pub fn is_accounted(&self) -> bool {
        self.grant == GrantKind::Keeper
    }

    /// γ of one floor as a number: that of the channel of these terms, whatever the certificate states, and 0 where
    /// no channel has them (the certificate was read and is not verified).
    #[must_use]
    pub fn blind_probability(&self) -> f64 {
        self.channel().map_or(0.0, |channel| channel.blind().value())
    }

    /// What this one release can add to anyone's knowledge of the home. Where no channel has these terms (the
    /// certificate was read and is not verified), the caps of its odds alone.
    #[must_use]
    pub fn caps(&self) -> Caps {
        match self.channel() {
            Some(channel) => Caps::of_release(channel, self.floors),
            None => Caps::of_power(self.odds, self.floors),
        }
    }
}

const fn one() -> u8 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
const fn is_one(floors: &u8) -> bool {
    *floors == 1
}

/// A single floor must be left out of the JSON.
fn several<'de, D: Deserializer<'de>>(from: D) -> Result<u8, D::Error> {
    let floors = u8::deserialize(from)?;
    if floors == 1 { Err(Error::custom("one floor is not written")) } else { Ok(floors) }
}

/// The certificate in plain words.
impl fmt::Display for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let caps = self.caps();
        if self.plans == 1 {
            writeln!(
                f,
                "This map is one constant plan, the same for every home. It says nothing about yours."
            )?;
        } else {
            let factor = if caps.is_unstated() {
                "a factor too great to be stated".to_owned()
            } else {
                format!("at most a factor {}", caps.odds)
            };
            writeln!(
                f,
                "There are {} public plans in all, the same for every home; {} got one of them.\n\
                 With probability {} % {} drawn without looking at your home at all.\n\
                 Whoever sees it can change their odds on anything about your home by {}.\n\
                 An even guess (50 %) becomes right with at most {:.1} %.\n\
                 Of the differences between homes in size, income or anything else it explains at most {:.1} %.\n\
                 Two homes are told apart from it with an advantage of at most {:.3} over guessing (AUC at most {:.3}).",
                self.plans,
                if self.floors == 1 { "yours" } else { "each of your floors" },
                libm::floor(100.0 * self.blind_probability() + 1e-9),
                if self.floors == 1 { "this map was" } else { "a floor was" },
                factor,
                Caps::percent_up(caps.even_guess),
                Caps::percent_up(caps.r_squared),
                libm::ceil(1000.0 * caps.advantage - 1e-9) / 1000.0,
                libm::ceil(1000.0 * caps.auc - 1e-9) / 1000.0,
            )?;
        }
        match self.grant {
            GrantKind::Keeper => {
                writeln!(f, "All maps of this household so far: at most a factor {}.", self.odds_spent)?;
            }
            GrantKind::Unaccounted => {
                writeln!(f, "Nobody counts how often this home was drawn: for research, not for a device.")?;
            }
        }
        match self.coins {
            CoinSource::OperatingSystem => write!(f, "The coins came from the operating system."),
            CoinSource::Caller => write!(f, "The coins came from the device's own entropy source."),
            CoinSource::Replayed => write!(f, "NOT PRIVATE: the coins were replayed from a known seed."),
        }
    }
}
