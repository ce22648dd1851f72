//! The odds bound end to end: every value of the coin, through the shipped code, from homes to the bytes of releases.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use homeveil::home::Home;
use homeveil::noise::CoinError;
use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::{cases, drawn, policy, sides};
use crate::strategies::flats;

/// For each release that can come out, by how many of the D coins it does.
fn law(home: &Home, policy: &Policy) -> BTreeMap<String, u64> {
    let mut law = BTreeMap::new();
    for r in 0..sides(policy) {
        let (release, _) = drawn(home, &Redaction::none(), policy, Coins::scripted(vec![r]));
        *law.entry(release.to_json()).or_default() += 1;
    }
    law
}

fn policies() -> impl Strategy<Value = Policy> {
    prop_oneof![
        3 => Just(Policy::default()),
        1 => Just(policy(2, 8, 1)),
        1 => Just(policy(3, 5, 2)),
        1 => Just(policy(3, 64, 1)),
        1 => Just(policy(4, 16, 1)),
        1 => Just(policy(4, 33, 8)),
    ]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn no_two_homes_differ_by_more_than_lambda_and_the_law_is_the_declared_one(homes in vec(flats(1..=6), 2..=3), policy in policies()) {
        let (p, q) = (u64::from(policy.odds().p()), u64::from(policy.odds().q()));
        let book = policy.codebook();
        let (plans, favoured) = (book.plans().len(), book.favoured() as usize);
        let laws: Vec<_> = homes.iter().map(|flat| law(&flat.draw().home(), &policy)).collect();
        for law in &laws {
            // N plans, M of them with weight p and the others with weight q, D in all.
            let weights: Vec<u64> = law.values().copied().collect();
            prop_assert_eq!(weights.len(), plans);
            prop_assert_eq!(weights.iter().filter(|&&weight| weight == p).count(), favoured);
            prop_assert_eq!(weights.iter().filter(|&&weight| weight == q).count(), plans - favoured);
        }
        for (one, other) in laws.iter().flat_map(|one| laws.iter().map(move |other| (one, other))) {
            for (release, weight) in one {
                prop_assert!(weight * q <= other.get(release).copied().unwrap_or(0) * p);
            }
        }
    }

    #[test]
    fn sealed_releases_are_the_same_bytes_and_draw_no_coin(one in flats(1..=8), other in flats(1..=8), dead_ends: bool) {
        for policy in [Policy::sealed(), policy(2, 1, 1), policy(3, 7, 7)] {
            let none = Redaction::none();
            let choice = if dead_ends { Redaction::none().dead_ends() } else { Redaction::none() };
            let [one, other] = [(&one, &none), (&other, &choice)]
                .map(|(flat, redaction)| drawn(&flat.draw().home(), redaction, &policy, Coins::scripted(Vec::new())).0.to_json());
            prop_assert_eq!(one, other);
        }
    }

    #[test]
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

/// λ is not only a bound: some two homes attain it, under the default policy and a louder one.
#[test]
fn lambda_is_attained() {
    for policy in [Policy::default(), policy(4, 16, 1), policy(3, 5, 2)] {
        let (p, q) = (u64::from(policy.odds().p()), u64::from(policy.odds().q()));
        let mut runner = TestRunner::deterministic();
        let mut home = || flats(2..=8).new_tree(&mut runner).unwrap().current().draw().home();
        let first = law(&home(), &policy);
        let attained = (0..200).any(|_| {
            let other = law(&home(), &policy);
            first.iter().any(|(release, weight)| weight * q == other[release] * p)
        });
        assert!(attained, "λ = {}", policy.odds());
    }
}

/// Where D does not divide 2⁶⁴, the number that would make one side of the coin likelier is passed over.
#[test]
fn a_number_past_the_last_whole_multiple_is_drawn_again() {
    let home = flats(2..=2).new_tree(&mut TestRunner::deterministic()).unwrap().current().draw().home();
    let policy = policy(3, 5, 2);
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
}
