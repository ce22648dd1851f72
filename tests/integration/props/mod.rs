//! Laws, on random homes.

mod channel;
mod key;
mod noninterference;
mod paths;
mod total;

use homeveil::home::Home;
use homeveil::noise::Channel;
use homeveil::redact::redact;
use homeveil::sketch::Sketch;
use homeveil::{Coins, Grant, HouseKey, Odds, Policy, Redaction, Release, anonymize};
use proptest::prelude::*;

/// 64 cases a law, or as many as `HOMEVEIL_CASES` says.
pub(crate) fn cases() -> ProptestConfig {
    let cases = std::env::var("HOMEVEIL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64);
    ProptestConfig { cases, max_shrink_iters: 4096, ..ProptestConfig::default() }
}

/// A policy of K zones and λ = p/q.
pub(crate) fn policy(zones: u8, p: u32, q: u32) -> Policy {
    let odds = Odds::new(p, q).unwrap();
    Policy::builder().zones(zones).odds(odds).odds_cap(odds).build().unwrap()
}

/// K = 3 at λ = 2²⁰: the codebook is the whole atlas of 402 plans and nearly every coin follows the home, so
/// a leak shows.
pub(crate) fn loud() -> Policy {
    policy(3, 1 << 20, 1)
}

/// D: the number of values of the one coin.
pub(crate) fn sides(policy: &Policy) -> u64 {
    let book = policy.codebook();
    let plans = u32::try_from(book.plans().len()).unwrap();
    if plans == 1 { 1 } else { Channel::new(plans, book.favoured(), policy.odds()).unwrap().denominator() }
}

/// Release and key of a home.
pub(crate) fn drawn(
    home: &Home,
    redaction: &Redaction,
    policy: &Policy,
    mut coins: Coins,
) -> (Release, HouseKey) {
    anonymize(home, redaction, policy, Grant::unaccounted(), &mut coins).unwrap()
}

/// The release's bytes when the coin falls for the home's last favourite plan, the one value that surely
/// looks at the home.
pub(crate) fn favourite(home: &Home, redaction: &Redaction, policy: &Policy) -> String {
    drawn(home, redaction, policy, Coins::scripted(vec![sides(policy) - 1])).0.to_json()
}

/// The two-run law: equal sketches, and under equal coins equal bytes, for a small budget and for one that
/// hides next to nothing.
pub(crate) fn same(
    (home, redaction): (&Home, &Redaction),
    (other, others): (&Home, &Redaction),
    seed: u64,
) -> Result<(), TestCaseError> {
    let sketch = |home: &Home, redaction: &Redaction| Sketch::of(&redact(home, redaction).unwrap());
    let (one, two) = (sketch(home, redaction), sketch(other, others));
    prop_assert!(one == two, "the sketches differ");
    prop_assert!(one.is_equivalent(&two));
    for policy in [Policy::default(), loud()] {
        prop_assert_eq!(favourite(home, redaction, &policy), favourite(other, others, &policy));
        let replayed = |home, redaction| drawn(home, redaction, &policy, Coins::replayed(seed)).0.to_json();
        prop_assert_eq!(replayed(home, redaction), replayed(other, others));
    }
    Ok(())
}
