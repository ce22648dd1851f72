//! The figures of a disclosure, rounded against us.

use alloc::vec::Vec;

use serde::{Serialize, Serializer};

use crate::keeper::consent::{ConsentRecord, ConsentStatus};
use crate::keeper::time::UnixTime;
use crate::noise::{Channel, Fraction};
use crate::odds::Odds;
use crate::policy::{OptIn, Policy};
use crate::release::{Caps, Certificate};

/// What the promise does not cover.
pub(super) const NOT_COVERED: [&str; 9] = [
    "cleaning_time",
    "traffic",
    "live_positions",
    "names",
    "policy_of_one_home",
    "several_robots",
    "leaked_key",
    "other_firmware",
    "same_release",
];

/// What an owner can be told. As data here and in its JSON, as text by [`Disclosure::text`].
///
/// ```
/// use homeveil::keeper::{Disclosure, Language, UnixTime};
/// use homeveil::Policy;
/// let policy = Policy::builder().odds(homeveil::Odds::new(2, 1)?).build()?;
/// let disclosure = Disclosure::of(&policy, None, UnixTime::from_secs(0));
/// assert!(disclosure.text(Language::English).contains("drawn without looking at your home at all"));
/// assert!(disclosure.text(Language::French).contains("sans regarder votre logement"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Disclosure {
    /// Number of plans that a floor can be drawn as, the same for all homes.
    pub plans: u32,
    /// Zones of each floor.
    pub zones: u8,
    /// Floors of the release, whatever floors the household has.
    pub floors: u8,
    /// Numbered areas, whatever rooms the household has.
    pub areas: u32,
    /// Seconds from a command to its "done", for each spot that it names.
    pub spot_s: u32,
    /// The same for each area or rectangle.
    pub area_s: u32,
    /// The same for each zone.
    pub zone_s: u32,
    /// The same for a whole floor.
    pub all_s: u32,
    /// γ of a floor in percent, rounded down to a tenth.
    pub blind_percent: f64,
    /// What one release can add to anyone's knowledge; in the JSON in percent, rounded up to a tenth.
    #[serde(serialize_with = "percents")]
    pub release: Caps,
    /// What all releases together can add over a robot's life, at the ledger's cap; in the JSON likewise.
    #[serde(serialize_with = "percents")]
    pub life: Caps,
    /// What else the device tells the cloud.
    pub opt_ins: Vec<OptIn>,
    /// What the promise does not cover, by names that stay.
    pub not_covered: Vec<&'static str>,
    /// The state of the consent.
    pub consent_status: ConsentStatus,
    /// The consent.
    pub consent: Option<ConsentRecord>,
}

/// [`Caps`] for people: in percent, rounded up to a tenth.
#[derive(Serialize)]
pub(super) struct CapPercents {
    pub(super) odds: Odds,
    /// What a guess that is right with 50 % becomes.
    pub(super) even_guess: f64,
    /// What a guess that is right with 1 % becomes.
    pub(super) rare_guess: f64,
    /// The home is among the ten picked of a hundred, where luck gives 10 %.
    pub(super) ten_of_hundred: f64,
    pub(super) r_squared: f64,
    pub(super) advantage: f64,
    pub(super) auc: f64,
}

impl CapPercents {
    pub(super) fn of(caps: &Caps) -> Self {
        Self {
            odds: caps.odds,
            even_guess: Caps::percent_up(caps.even_guess),
            rare_guess: Caps::percent_up(caps.posterior(0.01)),
            ten_of_hundred: Caps::percent_up(caps.top(10, 100)),
            r_squared: Caps::percent_up(caps.r_squared),
            advantage: Caps::percent_up(caps.advantage),
            auc: Caps::percent_up(caps.auc),
        }
    }
}

impl Disclosure {
    /// The disclosure of a policy under which nothing was drawn yet, and of what was consented to. What was drawn
    /// stands when the policy changes: [`Keeper::disclosure`](crate::Keeper::disclosure) follows it.
    #[must_use]
    pub fn of(policy: &Policy, consent: Option<&ConsentRecord>, now: UnixTime) -> Self {
        let codebook = policy.codebook();
        let plans = codebook.count();
        let (release, blind) = match Channel::new(plans, codebook.preferred(), policy.odds()) {
            Ok(channel) => (Caps::of_release(channel, policy.floors()), channel.blind()),
            Err(_) => (Caps::of_odds(policy.odds_of_release()), Fraction { numerator: 0, denominator: 1 }),
        };
        let constant = plans == 1;
        Self {
            plans,
            zones: policy.zones(),
            floors: policy.floors(),
            areas: policy.areas(),
            spot_s: policy.spot_s(),
            area_s: policy.area_s(),
            zone_s: policy.zone_s(),
            all_s: policy.all_s(),
            blind_percent: if constant { 100.0 } else { down(blind) },
            release: if constant { Caps::of_odds(Odds::SEALED) } else { release },
            life: Caps::of_odds(if constant { Odds::SEALED } else { policy.odds_cap() }),
            opt_ins: policy.opt_ins().to_vec(),
            not_covered: NOT_COVERED.to_vec(),
            consent_status: consent.map_or(ConsentStatus::Unknown, |consent| consent.status(now)),
            consent: consent.cloned(),
        }
    }

    /// The disclosure of a household that has spent these odds: of the release that it drew with so many areas, which
    /// stands whatever the policy is by now, and of the policy's other terms.
    pub(in crate::keeper) fn of_household(
        policy: &Policy,
        drawn: Option<(&Certificate, u32)>,
        spent: Odds,
        consent: Option<&ConsentRecord>,
        now: UnixTime,
    ) -> Self {
        let of_policy = Self::of(policy, consent, now);
        let life = Caps::of_odds(of_policy.life.odds.max(spent));
        let Some((certificate, areas)) = drawn else { return Self { life, ..of_policy } };
        Self {
            plans: certificate.plans,
            zones: certificate.zones,
            floors: certificate.floors,
            areas,
            blind_percent: if certificate.plans == 1 { 100.0 } else { down(certificate.blind) },
            release: certificate.caps(),
            life,
            ..of_policy
        }
    }
}

fn percents<S: Serializer>(caps: &Caps, to: S) -> Result<S::Ok, S::Error> {
    CapPercents::of(caps).serialize(to)
}

/// A fraction in percent, to the next tenth below: exactly.
fn down(of: Fraction) -> f64 {
    let tenths = u128::from(of.numerator) * 1000 / u128::from(of.denominator.max(1));
    f64::from(u32::try_from(tenths).unwrap_or(0)) / 10.0
}

#[cfg(test)]
mod tests {
    use super::{CapPercents, Disclosure, down};
    use crate::keeper::{ConsentRecord, ConsentStatus, Language, Purpose, UnixTime};
    use crate::release::Caps;
    use crate::{Odds, OptIn, Policy, PolicyBuilder};

    #[test]
    fn figures_are_rounded_against_us() {
        for (share, percent) in
            [(0.0, 0.0), (0.5, 50.0), (2.0 / 3.0, 66.7), (0.100_01, 10.1), (0.1, 10.0), (1.0, 100.0)]
        {
            assert!((Caps::percent_up(share) - percent).abs() < 1e-9, "{share}");
        }
        for (fraction, percent) in
            [([3, 4], 75.0), ([2, 3], 66.6), ([999_999, 1_000_000], 99.9), ([1, 1], 100.0)]
        {
            assert!((down(fraction.into()) - percent).abs() < 1e-9, "{fraction:?}");
        }
        let policies = [(2, 1), (5, 2), (16, 1), (64, 1)].map(|(p, q)| {
            let odds = Odds::new(p, q).unwrap();
            Policy::builder().odds(odds).odds_cap(Odds::new(4096, 1).unwrap())
        });
        for (policy, floors) in policies.into_iter().flat_map(|policy| [(policy.clone(), 1), (policy, 2)]) {
            let policy = policy.floors(floors).build().unwrap();
            let disclosure = Disclosure::of(&policy, None, UnixTime::default());
            let life = disclosure.life;
            assert_eq!(life, Caps::of_odds(policy.odds_cap()));
            let percents = CapPercents::of(&life);
            for (percent, exact) in [
                (percents.even_guess, life.even_guess),
                (percents.rare_guess, life.posterior(0.01)),
                (percents.ten_of_hundred, life.top(10, 100)),
                (percents.r_squared, life.r_squared),
                (percents.advantage, life.advantage),
                (percents.auc, life.auc),
            ] {
                assert!(percent >= 100.0 * exact - 1e-9 && percent <= 100.0 * exact + 0.1 + 1e-9);
            }
            let release = disclosure.release;
            assert_eq!(release.odds, policy.odds_of_release());
            for (one, all) in [
                (release.even_guess, life.even_guess),
                (release.r_squared, life.r_squared),
                (release.advantage, life.advantage),
            ] {
                assert!(one <= all);
            }
        }
    }

    #[test]
    fn every_opt_in_and_every_gap_is_told_in_both_languages() {
        let texts = |policy: &Policy| {
            let disclosure = Disclosure::of(policy, None, UnixTime::default());
            [Language::English, Language::French].map(|language| disclosure.text(language))
        };
        let quiet = texts(&Policy::default());
        for opt_in in OptIn::ALL {
            let policy = Policy::builder().opt_in(opt_in).build().unwrap();
            let lines = texts(&policy).map(|text| text.lines().count());
            assert_eq!(lines, quiet.clone().map(|text| text.lines().count()));
            assert!(texts(&policy)[0] != quiet[0] && texts(&policy)[1] != quiet[1]);
        }
        let all = OptIn::ALL.into_iter().fold(Policy::builder(), PolicyBuilder::opt_in).build().unwrap();
        for (loud, quiet) in texts(&all).iter().zip(&quiet) {
            assert_eq!(loud.lines().count(), quiet.lines().count() + OptIn::ALL.len() - 1);
        }
    }

    #[test]
    fn both_languages_have_the_same_keys_and_blanks_and_a_word_for_every_status() {
        use ConsentStatus::{Expired, Given, Refused, Requested, Unknown, Withdrawn};
        let shape = |language: Language| {
            let shape = |line: &'static str| {
                let (key, text) = line.split_once(" = ").unwrap();
                let mut blanks: Vec<&str> =
                    text.split('{').skip(1).map(|from| from.split_once('}').unwrap().0).collect();
                blanks.sort_unstable();
                (key, blanks)
            };
            language.words().lines().map(shape).collect::<Vec<_>>()
        };
        assert_eq!(shape(Language::English), shape(Language::French));
        for consent_status in [Unknown, Requested, Refused, Given, Expired, Withdrawn] {
            let disclosure = Disclosure::of(&Policy::default(), None, UnixTime::default());
            let text = Disclosure { consent_status, ..disclosure }.text(Language::English);
            assert!(!text.contains('{'));
        }
    }

    /// The texts as they are read; printed with `--nocapture` for whoever wants to read them aloud.
    #[test]
    fn the_texts_say_what_the_figures_say() {
        let now = UnixTime::from_secs(1_790_000_000);
        let consent = ConsentRecord::given("c-1", "Robot Maker", now, now.later_by_s(31_536_000));
        let consent = Purpose::ALL.into_iter().fold(consent, ConsentRecord::purpose);
        let consent = consent.recipient("Cloud").recipient("Partner").notice("privacy", "3");
        let loud = OptIn::ALL.into_iter().fold(Policy::builder(), PolicyBuilder::opt_in);
        let noisy = Policy::builder().odds(Odds::whole(2)).build().unwrap();
        let policies = [
            (noisy.clone(), Some(&consent)),
            (Policy::default(), None),
            (loud.odds(Odds::whole(2)).floors(2).done_after_s(5400).build().unwrap(), Some(&consent)),
        ];
        for (policy, consent) in policies {
            let disclosure = Disclosure::of(&policy, consent, now);
            let english = disclosure.text(Language::English);
            let french = disclosure.text(Language::French);
            #[expect(clippy::print_stdout, reason = "shown on request alone")]
            {
                println!("{english}\n{french}");
            }
            if policy == noisy {
                assert!(english.contains(
                    "(10 min for each spot, 30 for an area, 45 for a zone, 120 for the whole floor)"
                ));
                for said in ["66.6%", "a factor of 2", "66.7%", "a factor of 16", "94.2%", "Robot Maker"] {
                    assert!(english.contains(said), "{said}");
                }
                for said in ["66,6\u{a0}%", "un facteur 2", "66,7\u{a0}%", "un facteur 16", "94,2\u{a0}%"] {
                    assert!(french.contains(said), "{said}");
                }
            }
            assert_eq!(english.lines().count(), french.lines().count());
            assert!(serde_json::to_string(&disclosure).unwrap().contains("blind_percent"));
        }
    }
}
