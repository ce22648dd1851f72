//! The odds bound, exactly: every way the coins can fall, through the shipped code, for every channel up to 64
//! plans, every shipped codebook, and from homes to the bytes of their releases.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use homeveil::atlas::Codebook;
use homeveil::home::Home;
use homeveil::noise::{Channel, CoinError};
use homeveil::{Coins, Grant, Odds, Policy, Redaction, anonymize};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::coin_tree::{Share, law, worst};
use super::{drawn, noisy, policy, released, sides, sketched};
use crate::strategies::flats;

/// The law of the bytes of a home's releases, and the number of coin sequences visited. Each is drawn from the home
/// itself; the one that falls last is that of [`anonymize`], key and all.
pub(crate) fn releases(home: &Home, policy: &Policy) -> (BTreeMap<String, Share>, u64) {
    let none = Redaction::none();
    let found = law(|coins| released(&sketched(home, &none), policy, coins).map(|release| release.to_json()));
    let last = || Coins::scripted(if sides(policy) == 1 { Vec::new() } else { vec![sides(policy) - 1] });
    let alone = released(&sketched(home, &none), policy, &mut last()).unwrap();
    assert_eq!(drawn(home, &none, policy, last()).0, alone);
    found
}

/// The law is that of N plans, M of them with probability p/D and the others with q/D.
fn declared(law: &BTreeMap<String, Share>, policy: &Policy) {
    let book = policy.codebook();
    let (plans, preferred) = (book.plans().len(), book.preferred() as usize);
    let (p, q) = (policy.odds().p(), policy.odds().q());
    let whole = plans as u64 * u64::from(q) + preferred as u64 * u64::from(p - q);
    let with = |part: u32| law.values().filter(|&&share| share == Share::new(part, whole)).count();
    assert_eq!(law.len(), plans);
    if p == q {
        assert_eq!(with(p), plans);
    } else {
        assert_eq!((with(p), with(q)), (preferred, plans - preferred));
    }
}

/// A policy for each shipped codebook, the whole atlas apart.
pub(crate) fn shipped() -> Vec<Policy> {
    let odds = (1..=128_u32).chain((8..20).map(|bit| 1 << bit));
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (zones, p) in (2..=6_u8).flat_map(|zones| odds.clone().map(move |p| (zones, p))) {
        let book = Codebook::of(zones, Odds::new(p, 1).unwrap()).unwrap();
        if seen.insert((zones, book.digest().to_owned())) {
            found.push(policy(zones, p, 1));
        }
    }
    found
}

/// Two homes: the one prefers a plan that the other does not: the pair for which λ is attained. The one
/// prefers as few of the other's as can be found.
pub(crate) fn rivals(policy: &Policy) -> [Home; 2] {
    let book = policy.codebook();
    let (p, q) = (u64::from(policy.odds().p()), u64::from(policy.odds().q()));
    let first = book.plans().len() as u64 * q;
    let preferred_ones = |home: &Home| -> BTreeSet<u32> {
        let sketch = sketched(home, &Redaction::none());
        let of = |number: u64| {
            released(&sketch, policy, &mut Coins::scripted(vec![first + number * (p - q)])).unwrap()
        };
        (0..u64::from(book.preferred())).map(|number| of(number).floors()[0].plan()).collect()
    };
    let mut runner = TestRunner::deterministic();
    let mut met: Vec<(BTreeSet<u32>, Home)> = Vec::new();
    let mut best: Option<(usize, [Home; 2])> = None;
    for _ in 0..400 {
        let home = flats(2..=8).new_tree(&mut runner).unwrap().current().draw().home();
        let own = preferred_ones(&home);
        for (others, other) in &met {
            let common = own.intersection(others).count();
            if own != *others && best.as_ref().is_none_or(|(least, _)| common < *least) {
                best = Some((common, [home.clone(), other.clone()]));
            }
        }
        if best.as_ref().is_some_and(|(common, _)| *common == 0) {
            break;
        }
        if met.iter().all(|(others, _)| *others != own) {
            met.push((own, home));
        }
    }
    best.expect("some two homes prefer different plans").1
}

fn policies() -> impl Strategy<Value = Policy> {
    prop_oneof![
        3 => Just(noisy()),
        1 => Just(policy(2, 8, 1)),
        1 => Just(policy(4, 5, 2)),
        1 => Just(policy(3, 64, 1)),
        1 => Just(policy(4, 64, 1)),
        1 => Just(policy(4, 33, 8)),
    ]
}

laws! {
    cases;

    fn no_two_homes_differ_by_more_than_lambda_and_the_law_is_the_declared_one(homes in vec(flats(1..=6), 2..=3), policy in policies()) {
        let (p, q) = (u64::from(policy.odds().p()), u64::from(policy.odds().q()));
        let laws: Vec<_> = homes.iter().map(|flat| releases(&flat.draw().home(), &policy).0).collect();
        for law in &laws {
            declared(law, &policy);
        }
        for (one, other) in laws.iter().flat_map(|one| laws.iter().map(move |other| (one, other))) {
            let worst = worst(one, other);
            prop_assert!(worst.is_some_and(|worst| worst.part * u128::from(q) <= worst.of * u128::from(p)));
        }
    }

    fn sealed_releases_are_the_same_bytes_and_draw_no_coin(one in flats(1..=8), other in flats(1..=8), dead_ends: bool) {
        for policy in [Policy::sealed(), policy(2, 1, 1), policy(3, 7, 7)] {
            let none = Redaction::none();
            let choice = if dead_ends { Redaction::none().dead_ends() } else { Redaction::none() };
            let [one, other] = [(&one, &none), (&other, &choice)]
                .map(|(flat, redaction)| drawn(&flat.draw().home(), redaction, &policy, Coins::scripted(Vec::new())).0.to_json());
            prop_assert_eq!(one, other);
        }
    }

    fn one_release_takes_one_number_and_one_only(flat in flats(1..=6), policy in policies()) {
        let taken = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&taken);
        let mut coins = Coins::from_entropy(move |bytes| {
            counter.fetch_add(1, Ordering::Relaxed);
            bytes.fill(0);
            Ok(())
        });
        anonymize(&flat.draw().home(), &Redaction::none(), &policy, Grant::unaccounted(), &mut coins).unwrap();
        prop_assert_eq!(taken.load(Ordering::Relaxed), 1);
    }
}

exact_laws! {
    /// N plans, M preferred, odds p/q: D numbers, each replayed for a home that prefers the first M and one that
    /// prefers every other plan from the last on.
    fn channels_of_up_to_64_plans_have_the_declared_law_and_attain_lambda(config) {
        let full = config.cases >= 256;
        let mut visited = 0;
        for plans in (2..=64_u32).filter(|plans| full || *plans < 9 || plans.is_power_of_two()) {
            for preferred in 1..plans {
                let first: Vec<usize> = (0..preferred as usize).collect();
                let every_other = (0..plans as usize).rev().step_by(2).chain((0..plans as usize - 1).rev().step_by(2));
                let mut apart: Vec<usize> = every_other.take(preferred as usize).collect();
                apart.sort_unstable();
                for (p, q) in (2..=16_u32).flat_map(|p| (1..p).map(move |q| (p, q))).filter(|(p, q)| full || p + q < 7 || *p == 16) {
                    let channel = Channel::new(plans, preferred, Odds::new(p, q).unwrap()).unwrap();
                    let whole = u64::from(plans * q + preferred * (p - q));
                    let laws = [&first, &apart].map(|set| {
                        // One draw of D sides, replayed at every number below D.
                        let mut weights = vec![0_u64; plans as usize];
                        let mut coins = Coins::scripted((0..whole).collect());
                        while coins.asked().len() as u64 != whole {
                            let asked = coins.asked().len();
                            weights[channel.draw(set, &mut coins).unwrap()] += 1;
                            assert_eq!(coins.asked()[asked..], [whole]);
                            visited += 1;
                        }
                        for (plan, weight) in weights.iter().enumerate() {
                            assert_eq!(*weight, u64::from(if set.contains(&plan) { p } else { q }), "plan {plan} of {plans}, {preferred} preferred, odds {p}/{q}");
                            assert_eq!([*weight, whole], <[u64; 2]>::from(channel.probability(set.contains(&plan))));
                        }
                        weights
                    });
                    // The worst ratio between two homes is λ: it is attained as soon as they prefer different plans.
                    for (one, other) in laws.iter().flat_map(|one| laws.iter().map(move |other| (one, other))) {
                        let (p, q) = (u64::from(p), u64::from(q));
                        assert!(one.iter().zip(other).all(|(a, b)| a * q <= b * p));
                        assert!(one == other || one.iter().zip(other).any(|(a, b)| a * q == b * p));
                    }
                }
            }
        }
        visited
    }

    /// Every shipped codebook, and the whole atlas of two and three zones at λ = 2²⁰.
    fn shipped_codebooks_have_the_declared_law(_config) {
        let mut visited = 0;
        for policy in shipped().into_iter().chain([policy(2, 1 << 20, 1), super::loud()]) {
            let book = policy.codebook();
            let (plans, preferred) = (u32::try_from(book.plans().len()).unwrap(), book.preferred());
            let (p, q) = (u64::from(policy.odds().p()), u64::from(policy.odds().q()));
            let channel = Channel::new(plans, preferred, policy.odds()).unwrap();
            let homes = [(0..preferred as usize).collect::<Vec<_>>(), ((plans - preferred) as usize..plans as usize).collect()];
            for set in homes {
                let mut weights = vec![0_u64; plans as usize];
                let whole = if plans == 1 { 1 } else { u64::from(plans) * q + u64::from(preferred) * (p - q) };
                for number in 0..whole {
                    let mut coins = Coins::scripted(vec![number]);
                    weights[channel.draw(&set, &mut coins).unwrap()] += 1;
                    assert_eq!(coins.asked(), if plans == 1 { Vec::new() } else { vec![whole] });
                    visited += 1;
                }
                if plans > 1 {
                    assert!((0..).zip(&weights).all(|(plan, weight)| *weight == if set.contains(&plan) { p } else { q }));
                }
            }
        }
        visited
    }

    /// From two homes to the bytes of their releases: at most λ, and exactly λ for a pair chosen to attain it.
    fn from_homes_to_bytes_lambda_is_attained_and_never_passed(config) {
        let full = config.cases >= 256;
        let mut visited = 0;
        let others = [policy(4, 5, 2), policy(4, 33, 8)];
        for policy in shipped().into_iter().chain(others) {
            let few = policy.zones() < 5 && policy.odds() <= Odds::new(16, 1).unwrap();
            if policy.codebook().plans().len() == 1 || !(full || few) {
                continue;
            }
            let [one, other] = rivals(&policy).map(|home| {
                let (law, leaves) = releases(&home, &policy);
                declared(&law, &policy);
                visited += leaves;
                law
            });
            let lambda = Some(Share::new(policy.odds().p(), policy.odds().q()));
            assert_eq!(worst(&one, &other), lambda, "λ = {}", policy.odds());
            assert_eq!(worst(&other, &one), lambda, "λ = {}", policy.odds());
        }
        visited
    }

    /// Where D does not divide 2⁶⁴, the number that would make one side of the coin likelier is passed over, also
    /// from a home to its release.
    fn a_number_past_the_last_whole_multiple_is_drawn_again(_config) {
        let home = flats(2..=2).new_tree(&mut TestRunner::deterministic()).unwrap().current().draw().home();
        let policy = policy(4, 5, 2);
        let sides = sides(&policy);
        assert!(!sides.is_power_of_two());
        for second in 0..sides {
            let mut numbers = vec![u64::MAX, second].into_iter();
            let mut coins = Coins::from_entropy(move |bytes| {
                bytes.copy_from_slice(&numbers.next().ok_or(CoinError::Entropy)?.to_le_bytes());
                Ok(())
            });
            let (release, _) =
                anonymize(&home, &Redaction::none(), &policy, Grant::unaccounted(), &mut coins).unwrap();
            let (scripted, _) = drawn(&home, &Redaction::none(), &policy, Coins::scripted(vec![second]));
            assert_eq!(release.floors(), scripted.floors(), "{second}");
        }
        sides
    }
}
