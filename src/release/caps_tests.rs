//! The caps against attackers who know the channel and everything else: on random channels, homes, attributes
//! and side information none gets past a cap, and on the worst homes some get there.

use proptest::collection::vec;
use proptest::prelude::*;

use super::Caps;
use crate::Odds;
use crate::noise::Channel;

const CLOSE: f64 = 1e-9;

/// P[r | h] of every release r of some floors; `homes` hold the preferred plans of each floor.
fn laws(channel: &Channel, homes: &[Vec<Vec<bool>>]) -> Vec<Vec<f64>> {
    let small = |n: u64| f64::from(u32::try_from(n).unwrap());
    let probability = |own: bool| {
        let [weight, whole] = channel.probability(own).into();
        small(weight) / small(whole)
    };
    let floors = |home: &Vec<Vec<bool>>| {
        home.iter().fold(vec![1.0], |law, floor| {
            law.iter().flat_map(|before| floor.iter().map(move |&own| before * probability(own))).collect()
        })
    };
    homes.iter().map(floors).collect()
}

/// The best test's advantage: it says "one" wherever that is likelier.
fn advantage(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| (a - b).max(0.0)).sum()
}

/// The area under the curve of the best scores: of a draw of each home the likelier is told rightly, ties by a
/// coin.
fn auc(one: &[f64], other: &[f64]) -> f64 {
    let mut auc = 0.0;
    for (a, b) in one.iter().zip(other) {
        for (c, d) in one.iter().zip(other) {
            let lead = a * d - c * b;
            auc += a * d * if lead.abs() < 1e-15 { 0.5 } else { f64::from(u8::from(lead > 0.0)) };
        }
    }
    auc
}

/// Share of the variance of `value` that its mean given what is seen explains; `seen` is P[seen | home].
fn r_squared(prior: &[f64], value: &[f64], seen: &[Vec<f64>]) -> Option<f64> {
    let mean: f64 = prior.iter().zip(value).map(|(p, y)| p * y).sum();
    let variance: f64 = prior.iter().zip(value).map(|(p, y)| p * (y - mean).powi(2)).sum();
    let mut explained = 0.0;
    for r in 0..seen[0].len() {
        let joint: Vec<f64> = prior.iter().zip(seen).map(|(p, law)| p * law[r]).collect();
        let weight: f64 = joint.iter().sum();
        if weight > 0.0 {
            let guess = joint.iter().zip(value).map(|(w, y)| w * y).sum::<f64>() / weight;
            explained += weight * (guess - mean).powi(2);
        }
    }
    (variance > 1e-6).then_some(explained / variance)
}

/// The best chance that the home is among `t` picked after the release is seen.
fn top(t: usize, laws: &[Vec<f64>]) -> f64 {
    let count = f64::from(u32::try_from(laws.len()).unwrap());
    let mut chance = 0.0;
    for r in 0..laws[0].len() {
        let mut column: Vec<f64> = laws.iter().map(|law| law[r]).collect();
        column.sort_by(|a, b| b.total_cmp(a));
        chance += column[..t].iter().sum::<f64>() / count;
    }
    chance
}

#[derive(Debug)]
struct World {
    channel: Channel,
    floors: u8,
    homes: Vec<Vec<Vec<bool>>>,
    prior: Vec<f64>,
    value: Vec<f64>,
    /// What else the attacker knows about each home.
    known: Vec<usize>,
}

fn worlds() -> impl Strategy<Value = World> {
    let terms = prop_oneof![(1..=16_u32, 1..=4_u32), Just((1, 1)), Just((64, 1)), Just((100, 99))];
    (1..=2_u8, 2..=8_u32, 2..=7_usize, terms).prop_flat_map(|(floors, plans, count, (p, q))| {
        let plans = if floors > 1 { plans.min(5) } else { plans };
        let orders = vec(vec(vec(any::<u32>(), plans as usize), usize::from(floors)), count);
        let people = vec((1..100_u32, -50..50_i32, 0..3_usize), count);
        (1..=plans, orders, people).prop_map(move |(preferred, orders, people)| {
            let channel = Channel::new(plans, preferred, Odds::new(p.max(q), q).unwrap()).unwrap();
            let pick = |order: &Vec<u32>| {
                let mut plans: Vec<usize> = (0..order.len()).collect();
                plans.sort_by_key(|&plan| order[plan]);
                (0..order.len()).map(|plan| plans[..preferred as usize].contains(&plan)).collect()
            };
            let whole: u32 = people.iter().map(|person| person.0).sum();
            World {
                channel,
                floors,
                homes: orders.iter().map(|home| home.iter().map(pick).collect()).collect(),
                prior: people.iter().map(|person| f64::from(person.0) / f64::from(whole)).collect(),
                value: people.iter().map(|person| f64::from(person.1)).collect(),
                known: people.iter().map(|person| person.2).collect(),
            }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn no_attacker_gets_past_a_cap(world in worlds()) {
        let laws = laws(&world.channel, &world.homes);
        let exact = Caps::of_release(world.channel, world.floors);
        let any = Caps::of_odds(exact.odds);
        for (own, general) in [
            (exact.advantage, any.advantage), (exact.auc, any.auc), (exact.r_squared, any.r_squared), (exact.even_guess, any.even_guess),
        ] {
            prop_assert!(own <= general + CLOSE, "{exact:?} {any:?}");
        }
        for one in &laws {
            for other in &laws {
                prop_assert!(advantage(one, other) <= exact.advantage + CLOSE);
                prop_assert!(auc(one, other) <= exact.auc + CLOSE, "{} {}", auc(one, other), exact.auc);
            }
        }
        // R², of the release alone and given what is known.
        let known: Vec<Vec<f64>> = world.known.iter().map(|&known| (0..3).map(|z| f64::from(u8::from(z == known))).collect()).collect();
        let both: Vec<Vec<f64>> = known.iter().zip(&laws)
            .map(|(known, law)| known.iter().flat_map(|z| law.iter().map(move |r| z * r)).collect()).collect();
        let explained = |seen: &[Vec<f64>]| r_squared(&world.prior, &world.value, seen);
        if let (Some(alone), Some(before), Some(after)) = (explained(&laws), explained(&known), explained(&both)) {
            prop_assert!(alone <= exact.r_squared + CLOSE, "{alone} {exact:?}");
            prop_assert!(after <= exact.r_squared_given_prior(before) + CLOSE, "{before} {after} {exact:?}");
        }
        let count = laws.len();
        for t in 1..=count {
            let cap = exact.top(u32::try_from(t).unwrap(), u32::try_from(count).unwrap());
            prop_assert!(top(t, &laws) <= cap + CLOSE, "{t} of {count}: {} {cap}", top(t, &laws));
        }
        for (home, prior) in world.prior.iter().enumerate() {
            for r in 0..laws[0].len() {
                let whole: f64 = world.prior.iter().zip(&laws).map(|(p, law)| p * law[r]).sum();
                prop_assert!(prior * laws[home][r] / whole <= exact.posterior(*prior) + CLOSE);
            }
        }
    }
}

#[test]
fn the_caps_of_one_floor_are_reached() {
    for plans in 2..=9_u32 {
        for preferred in 1..=plans {
            for (p, q) in [(1, 1), (2, 1), (3, 2), (16, 1), (64, 1)] {
                let channel = Channel::new(plans, preferred, Odds::new(p, q).unwrap()).unwrap();
                let caps = Caps::of_release(channel, 1);
                let close = |a: f64, b: f64| assert!((a - b).abs() < CLOSE, "{channel:?}: {a} {b}");
                let (first, last) = (0..preferred, plans - preferred..plans);
                let home = |set: &core::ops::Range<u32>| vec![(0..plans).map(|r| set.contains(&r)).collect()];
                let two = laws(&channel, &[home(&first), home(&last)]);
                close(advantage(&two[0], &two[1]), caps.advantage);
                close(auc(&two[0], &two[1]), caps.auc);
                close(r_squared(&[0.5, 0.5], &[0.0, 1.0], &two).unwrap(), caps.r_squared);
                if preferred < plans {
                    let guess = two[0].iter().zip(&two[1]).map(|(a, b)| a / (a + b)).fold(0.0, f64::max);
                    close(guess, caps.even_guess);
                    // Homes such that each plan is preferred by M of them.
                    let window = |from: u32| {
                        vec![(0..plans).map(|r| (r + plans - from) % plans < preferred).collect::<Vec<_>>()]
                    };
                    let ring = laws(&channel, &(0..plans).map(window).collect::<Vec<_>>());
                    close(top(preferred as usize, &ring), caps.top(preferred, plans));
                }
            }
        }
    }
}

#[test]
fn the_table_of_the_default_budget() {
    // λ = 2 and M/N as close to 1/(1 + √2) as a channel comes: 12 of 29.
    let caps = Caps::of_release(Channel::new(29, 12, Odds::whole(2)).unwrap(), 1);
    let about = |a: f64, b: f64| assert!((a - b).abs() < 6e-4, "{a} {b}");
    about(caps.advantage, 0.293);
    about(caps.auc, 0.664);
    about(caps.r_squared, 0.098);
    about(caps.top(3, 10), 6.0 / 13.0);
    about(caps.posterior(0.2), 0.4 / 1.2);
}

#[test]
fn no_number_makes_a_cap_of_nonsense() {
    let caps = Caps::of_odds(Odds::new(1 << 24, 1).unwrap());
    for prior in [f64::NAN, f64::INFINITY, -1.0, 0.0, 1.0, 2.0] {
        assert!((0.0..=1.0).contains(&caps.posterior(prior)));
        assert!((0.0..=1.0).contains(&caps.r_squared_given_prior(prior)));
    }
    for (t, k) in [(0, 0), (0, 5), (5, 5), (6, 5), (u32::MAX, u32::MAX), (1, u32::MAX)] {
        assert!((0.0..=1.0).contains(&caps.top(t, k)));
    }
}

/// Two floors of λ = 2²⁰ are λ = 2⁴⁰ together, which cannot be stated: no cap is below what it is there.
#[test]
fn caps_of_odds_that_cannot_be_stated_are_not_below_the_truth() {
    let odds = Odds::whole(1 << 20);
    let lambda = (odds.value() * odds.value(), 1e-9);
    let truth = lambda.0 * lambda.1 / (lambda.0 * lambda.1 + 1.0 - lambda.1);
    assert!(truth > 0.99);
    let channel = Channel::new(8000, 7, odds).unwrap();
    for caps in [Caps::of_release(channel, 2), Caps::of_power(odds, 2)] {
        assert!(caps.is_unstated() && caps.posterior(1e-9) >= truth && caps.top(1, 1_000_000_000) >= truth);
        assert!(caps.posterior(0.0) <= 0.0 && caps.top(0, 5) <= 0.0 && caps.even_guess >= 1.0);
        assert!(caps.advantage <= 1.0 && caps.auc <= 1.0 && caps.r_squared <= 1.0);
        assert!(caps.auc >= f64::midpoint(1.0, caps.advantage));
    }
    let stated = Caps::of_release(Channel::new(8000, 7, Odds::whole(1 << 12)).unwrap(), 2);
    assert!(!stated.is_unstated() && stated.odds == Odds::whole(1 << 24));
    assert!(!Caps::of_odds(Odds::LOUDEST).is_unstated());
}
