//! The laws of the promise, as functions: the tests here call them, and so do `tests/promise`, which tries them
//! with more cases and prints a table, and `mutants/tests/promise`, which sees them fail on broken variants.

/// Properties over strategies, written as in `proptest!`: each becomes a function, a test of so many cases, and
/// an entry in `LAWS`.
macro_rules! laws {
    ($cases:ident; $($(#[$meta:meta])* fn $name:ident($($args:tt)+) $body:block)+) => {
        $($(#[$meta])* pub(crate) fn $name(config: &ProptestConfig) -> u64 {
            let cases = config.cases;
            proptest!(config.clone(), |($($args)+)| $body);
            cases.into()
        })+

        pub(crate) const LAWS: &[super::Law] =
            &[$(super::Law { name: stringify!($name), check: $name }),+];

        #[cfg(test)]
        mod tests {
            $(#[test] fn $name() { super::$name(&crate::props::$cases()); })+
        }
    };
}

/// Laws that visit all there is, or as much of it as the number of cases allows: each is a function that says how
/// much it visited, a test, and an entry in `EXACT`.
macro_rules! exact_laws {
    ($($(#[$meta:meta])* fn $name:ident($config:ident) $body:block)+) => {
        $($(#[$meta])* pub(crate) fn $name($config: &proptest::test_runner::Config) -> u64 $body)+

        pub(crate) const EXACT: &[super::Law] =
            &[$(super::Law { name: stringify!($name), check: $name }),+];

        #[cfg(test)]
        mod exact_tests {
            $(#[test] fn $name() { super::$name(&crate::props::cases()); })+
        }
    };
}

pub(crate) mod audit;
pub(crate) mod channel;
pub(crate) mod clopper_pearson;
pub(crate) mod clusters;
pub(crate) mod coin_tree;
pub(crate) mod household;
pub(crate) mod messages;
pub(crate) mod noninterference;
pub(crate) mod received;
pub(crate) mod ties;
pub(crate) mod total;
pub(crate) mod words;

use core::slice;

use homeveil::home::Home;
use homeveil::noise::{Channel, CoinError};
use homeveil::redact::redact;
use homeveil::sketch::Sketch;
use homeveil::{
    AnonymizeError, Coins, Grant, HouseKey, Odds, Policy, Redaction, Release, anonymize, anonymize_sketches,
};
use proptest::prelude::*;

/// One law of the promise.
#[derive(Clone, Copy)]
pub(crate) struct Law {
    pub(crate) name: &'static str,
    /// Tries it; gives the number of cases, and panics on one that does not hold.
    pub(crate) check: fn(&ProptestConfig) -> u64,
}

/// The promises and the laws that they stand on, in the order of the table.
pub(crate) const PROMISES: &[(&str, &[Law])] = &[
    ("odds bound", channel::EXACT),
    ("odds bound, on random homes", channel::LAWS),
    ("unbiased coins", words::EXACT),
    ("odds bound, measured", audit::EXACT),
    ("the means of these checks", coin_tree::EXACT),
    ("the means of these checks", clopper_pearson::EXACT),
    ("noninterference", noninterference::LAWS),
    ("noninterference", noninterference::EXACT),
    ("noninterference", clusters::LAWS),
    ("noninterference", ties::LAWS),
    ("noninterference", ties::EXACT),
    ("total, and errors that tell nothing", total::LAWS),
    ("total, and errors that tell nothing", total::EXACT),
    ("once an epoch, and a ledger", household::LAWS),
    ("answers that tell nothing", messages::LAWS),
    ("what a release and a key hold", received::LAWS),
];

/// A policy of K zones and λ = p/q.
pub(crate) fn policy(zones: u8, p: u32, q: u32) -> Policy {
    let odds = Odds::new(p, q).unwrap();
    Policy::builder().zones(zones).odds(odds).odds_cap(odds).build().unwrap()
}

/// The default policy but for its budget: λ = 2, up to λ = 16 over a robot's life.
pub(crate) fn noisy() -> Policy {
    Policy::builder().odds(Odds::new(2, 1).unwrap()).build().unwrap()
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
    if plans == 1 { 1 } else { Channel::new(plans, book.preferred(), policy.odds()).unwrap().denominator() }
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

/// A release without its key, which takes longer than all the rest and says nothing to the cloud.
pub(crate) fn released(sketch: &Sketch, policy: &Policy, coins: &mut Coins) -> Result<Release, CoinError> {
    anonymize_sketches(slice::from_ref(sketch), policy, Grant::unaccounted(), coins).map_err(|error| {
        match error {
            AnonymizeError::Coins(error) => error,
            error => panic!("{error}"),
        }
    })
}

/// What is drawn from of a home.
pub(crate) fn sketched(home: &Home, redaction: &Redaction) -> Sketch {
    Sketch::of(&redact(home, redaction).unwrap())
}

/// The two-run law: equal sketches, and under equal coins equal bytes, for a small budget and for one that hides
/// next to nothing: the whole atlas of two zones, and every eighth time of three, which takes longer to enumerate
/// than all the rest. Under replayed coins the home becomes a release and a key, under the others its sketch a
/// release.
pub(crate) fn same(
    (home, redaction): (&Home, &Redaction),
    (other, others): (&Home, &Redaction),
    seed: u64,
) -> Result<(), TestCaseError> {
    let (one, two) = (sketched(home, redaction), sketched(other, others));
    prop_assert!(one == two, "the sketches differ");
    prop_assert!(one.is_equivalent(&two));
    let loud = if seed.is_multiple_of(8) { loud() } else { policy(2, 1 << 20, 1) };
    for policy in [noisy(), loud] {
        // The coin that falls for the home's last preferred plan surely looks at the home.
        let last = sides(&policy) - 1;
        let picked = |sketch| released(sketch, &policy, &mut Coins::scripted(vec![last])).unwrap().to_json();
        prop_assert_eq!(picked(&one), picked(&two));
    }
    let replayed = |home, redaction| drawn(home, redaction, &noisy(), Coins::replayed(seed)).0.to_json();
    prop_assert_eq!(replayed(home, redaction), replayed(other, others));
    Ok(())
}
