//! The certificate: the terms of the draw, and what follows from them.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::atlas::Codebook;
use crate::noise::{Channel, CoinSource, GrantKind};
use crate::odds::Odds;
use crate::policy::Policy;

/// How a release was drawn. Every field follows from the policy, the ledger and the source of the coins, none
/// from the home.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// The odds λ of this draw.
    pub odds: Odds,
    /// The product of the odds of all draws of the household so far.
    pub odds_spent: Odds,
    /// Who accounts for the draws.
    pub grant: GrantKind,
    /// The number N of plans drawn from.
    pub plans: u32,
    /// The number M of plans that a home favours.
    pub favoured: u32,
    /// γ, the probability that the plan was drawn without looking at the home, as a fraction in lowest terms.
    pub blind: [u64; 2],
    /// An upper bound of ε = ln λ, in nats.
    pub epsilon_upper: f64,
    /// The number K of zones.
    pub zones: u8,
    /// Digest of the codebook.
    pub codebook_digest: String,
    /// Digest of the policy.
    pub policy_digest: String,
    /// Where the coins came from.
    pub coins: CoinSource,
    /// Version of this crate that drew.
    pub crate_version: String,
}

/// What a release can add to anyone's knowledge of a home, at most: the exact figures of its channel, each at
/// most the figure of any channel under the same odds. See the fields' own words.
///
/// Sources: advantage and AUC from the trade-off between two tests (Kairouz, Oh & Viswanath 2015); R² from
/// the contraction of χ² (Asoodeh & Zhang, arXiv 2210.13386); posterior odds (Kasiviswanathan & Smith 2014).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Caps {
    /// True positive rate less false positive rate of any test of one home against another: 1 − γ.
    pub advantage: f64,
    /// Area under the curve of any such test: ½ + (1 − γ)(2 − μγ(λ + 1))/2 with μ = M/N.
    pub auc: f64,
    /// Share of the variance of anything about the home (its area, its people's income) that a prediction can
    /// explain: (1 − γ)(λ − 1)/(λ + 1).
    pub r_squared: f64,
    /// What an even guess, right with probability ½, becomes: λ/(λ + 1).
    pub even_guess: f64,
}

impl Certificate {
    /// The certificate of a draw.
    pub(crate) fn new(
        policy: &Policy,
        codebook: &Codebook,
        channel: Channel,
        spent: Odds,
        grant: GrantKind,
        coins: CoinSource,
    ) -> Self {
        Self {
            odds: policy.odds(),
            odds_spent: spent,
            grant,
            plans: channel.plans(),
            favoured: channel.favoured(),
            blind: channel.blind(),
            epsilon_upper: policy.odds().epsilon_upper(),
            zones: policy.zones(),
            codebook_digest: codebook.digest().to_owned(),
            policy_digest: policy.digest(),
            coins,
            crate_version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// γ as a number.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "terms are below 2⁴⁶")]
    pub fn blind_probability(&self) -> f64 {
        self.blind[0] as f64 / self.blind[1] as f64
    }

    /// What this one draw can add to anyone's knowledge of the home.
    #[must_use]
    pub fn caps(&self) -> Caps {
        let (lambda, gamma) = (self.odds.value(), self.blind_probability());
        let share = f64::from(self.favoured) / f64::from(self.plans);
        let seen = 1.0 - gamma;
        // Homes that favour the same plans cannot be told apart at all; the caps are those of homes that
        // favour none in common, which there are only where at most half of the plans are favoured.
        let auc = if share <= 0.5 {
            0.5 + seen * (2.0 - share * gamma * (lambda + 1.0)) / 2.0
        } else {
            lambda / (lambda + 1.0)
        };
        Caps {
            advantage: seen,
            auc: auc.min(lambda / (lambda + 1.0)),
            r_squared: seen * (lambda - 1.0) / (lambda + 1.0),
            even_guess: lambda / (lambda + 1.0),
        }
    }
}

/// The certificate in plain words.
impl fmt::Display for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let caps = self.caps();
        let per_cent = |share: f64| 100.0 * share;
        if self.plans == 1 {
            writeln!(
                f,
                "This map is one constant plan, the same for every home. It says nothing about yours."
            )?;
        } else {
            writeln!(
                f,
                "There are {} public plans in all, the same for every home; yours got one of them.\n\
                 With probability {:.0} % this map was drawn without looking at your home at all.\n\
                 Whoever sees it can change their odds on anything about your home by at most a factor {}.\n\
                 An even guess (50 %) becomes right with at most {:.1} %.\n\
                 Of the differences between homes in size, income or anything else it explains at most {:.1} %.\n\
                 Two homes are told apart from it with an advantage of at most {:.3} over guessing (AUC at most {:.3}).",
                self.plans,
                per_cent(self.blind_probability()),
                self.odds,
                per_cent(caps.even_guess),
                per_cent(caps.r_squared),
                caps.advantage,
                caps.auc,
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

#[cfg(test)]
mod tests {
    use super::Certificate;
    use crate::noise::Channel;
    use crate::sketch::Sketch;
    use crate::{Coins, Grant, Odds, Policy};

    /// The certificate of a sealed draw, its terms replaced by a channel's.
    fn of(channel: Channel, odds: Odds) -> Certificate {
        let (policy, nothing) = (Policy::sealed(), Sketch::from_bytes(&[0; 4]).unwrap());
        let mut coins = Coins::scripted(Vec::new());
        let grant = Grant::unaccounted();
        let release =
            crate::anonymize::draw(&nothing, &policy.codebook(), &policy, grant, &mut coins).unwrap();
        let certificate = release.certificate().clone();
        let (plans, favoured, blind) = (channel.plans(), channel.favoured(), channel.blind());
        Certificate { odds, plans, favoured, blind, ..certificate }
    }

    #[test]
    fn caps_are_what_an_attacker_reaches_on_two_homes_that_favour_nothing_in_common() {
        for (plans, favoured) in [(2_u32, 1), (3, 1), (5, 2), (8, 4), (12, 3)] {
            for (p, q) in [(1, 1), (2, 1), (3, 2), (16, 1), (64, 1)] {
                let odds = Odds::new(p, q).unwrap();
                let channel = Channel::new(plans, favoured, odds).unwrap();
                let caps = of(channel, odds).caps();
                let probability = |own: bool| {
                    let [weight, whole] = channel.probability(own);
                    let small = |n: u64| f64::from(u32::try_from(n).unwrap());
                    small(weight) / small(whole)
                };
                let one: Vec<f64> = (0..plans).map(|plan| probability(plan < favoured)).collect();
                let other: Vec<f64> = (0..plans).map(|plan| probability(plan >= plans - favoured)).collect();
                let pairs = || one.iter().zip(&other);
                let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");

                // The best test of one against the other says "one" wherever that is likelier.
                close(caps.advantage, pairs().map(|(a, b)| (a - b).max(0.0)).sum());
                // AUC: the likelier of a draw of each is told rightly, ties by a coin.
                let mut auc = 0.0;
                for (a, b) in pairs() {
                    for (c, d) in pairs() {
                        let lead = a * d - c * b;
                        let wins = if lead.abs() < 1e-12 { 0.5 } else { f64::from(lead > 0.0) };
                        auc += a * d * wins;
                    }
                }
                close(caps.auc, auc);
                // R² of the best prediction of which home it is, both equally likely before.
                close(caps.r_squared, pairs().map(|(a, b)| (a - b).powi(2) / (a + b) / 2.0).sum());
                // The greatest posterior of an even guess.
                close(caps.even_guess, pairs().map(|(a, b)| a / (a + b)).fold(0.0, f64::max));
            }
        }
    }
}
