//! The whole bench on few homes: what holds for any number of them.
#![expect(clippy::unwrap_used, reason = "a test panics")]

use homeveil::atlas::{Codebook, PlanId};
use homeveil::{AnonymizeError, Coins, Grant, MappedFloor, Policy, anonymize, anonymize_preferred};
use homeveil_audit::attack::{Attacker, Learner, Table};
use homeveil_audit::bench::{Bench, Finding, Measure, Options, judge, rival_homes};
use homeveil_audit::mechanism::{Baseline, Mechanism, Plans, RoomsAsZones, WithoutNoise};
use homeveil_audit::population::{Half, Made, Population};

fn bench() -> Bench {
    Bench::of(&Made, Options { homes: 40, driven: 4, draws: 100 }).unwrap()
}

fn value(findings: &[Finding], about: &str, measure: Measure) -> f64 {
    let of = findings.iter().filter(|of| of.about == about && of.measure == measure);
    of.map(|of| of.value).fold(f64::NEG_INFINITY, f64::max)
}

/// The library keeps its caps; the same attackers get hold of what the usual methods leave.
#[test]
fn caps_hold_and_baselines_do_not_protect() {
    let mechanisms: Vec<Box<dyn Mechanism>> = vec![
        Box::new(Plans::of_odds(1).unwrap()),
        Box::new(Plans::default()),
        Box::new(Plans::of_odds(64).unwrap()),
        Box::new(Baseline::Raw),
        Box::new(Baseline::RescaledJittered),
    ];
    let mut told = Vec::new();
    let audit = bench().run(&mechanisms, &mut |name| told.push(name.to_owned())).unwrap();
    assert_eq!(told.len() as u64, 5 + Bench::STEPS_BEYOND);
    assert_eq!(audit.exceeded().count(), 0);
    let of = |name: &str| -> Vec<Finding> {
        audit.findings.iter().filter(|of| of.mechanism == name).cloned().collect()
    };
    let who = Measure::Top { t: 1, k: 10 };
    assert!(value(&of("raw map"), "free area", Measure::RSquared) > 0.9);
    assert!(value(&of("raw map"), "who it is", who) > 0.99);
    assert!(value(&of("rescaled and jittered"), "who it is", who) > 0.9);
    // Up to rounding.
    assert!(value(&of("homeveil, λ = 1"), "free area", Measure::RSquared) <= 1e-12);
    // A sealed release finds nobody: one in ten, by lot.
    assert!(value(&of("homeveil, λ = 1"), "who it is", who) < 0.4);
    let exact = of("homeveil, λ = 2").into_iter().filter(|of| of.attacker == "Bayes, exact");
    assert!(exact.filter_map(|of| of.of_cap()).all(|share| share <= 1.0 + 1e-9));
}

/// Each operator is there for something: without noise or without merging, caps of λ = 2 are exceeded, and noticed.
#[test]
fn what_is_left_out_is_noticed() {
    let bench = bench();
    let limits = Plans::default().limits();
    let attackers: Vec<Box<dyn Attacker>> = vec![Box::new(Table), Box::new(Learner::Trees)];
    for mechanism in [&WithoutNoise as &dyn Mechanism, &RoomsAsZones] {
        let findings = bench.attack(mechanism, &attackers).unwrap();
        let mut held: Vec<Finding> = findings.into_iter().map(|finding| finding.capped(&limits)).collect();
        judge(&mut held);
        assert!(held.iter().any(|finding| finding.exceeds), "{}", mechanism.name());
    }
    let mut own = bench.attack(&Plans::default(), &attackers).unwrap();
    judge(&mut own);
    assert!(own.iter().all(|finding| !finding.exceeds));
}

/// On two homes chosen for it, and on which of them it is, the exact attacker gets all but a tenth of what the exact
/// caps allow, and never more.
#[test]
fn caps_are_nearly_attained_by_homes_made_for_it() {
    for lambda in [2, 4, 8, 64] {
        let found = rival_homes(&Plans::of_odds(lambda).unwrap(), 100).unwrap();
        let exact: Vec<&Finding> = found.iter().filter(|of| of.attacker == "Bayes, exact").collect();
        for measure in [Measure::RSquared, Measure::Advantage, Measure::Auc, Measure::Odds] {
            let own = exact.iter().find(|of| of.measure == measure).unwrap();
            let share = own.of_cap().unwrap();
            assert!((0.9..=1.0 + 1e-9).contains(&share), "λ = {lambda}, {measure}: {share}");
        }
    }
}

/// What is kept of a home from draw to draw changes nothing: releases and keys through the stages are those of a
/// device, byte for byte.
#[test]
fn a_draw_by_stages_is_the_draw_of_a_device() {
    for lambda in [1, 2, 64] {
        let plans = Plans::of_odds(lambda).unwrap();
        for number in 0..3 {
            let home = Made.subject(Half::Design, number).unwrap();
            for seed in 0..4 {
                let (policy, grant) = (plans.policy(), Grant::unaccounted());
                let mut coins = Coins::replayed(seed);
                let (release, key) =
                    anonymize(home.home(), home.redaction(), policy, grant, &mut coins).unwrap();
                let seen = plans.release(&home, &mut Coins::replayed(seed)).unwrap();
                assert_eq!(seen.bytes, release.to_json().into_bytes());
                if seed == 0 {
                    let floor = MappedFloor::new(home.home(), home.redaction());
                    assert!(floor.key_to(&release.floors()[0], policy.areas()).unwrap() == key);
                }
            }
        }
    }
}

#[test]
fn preferences_that_are_of_no_codebook_are_refused() {
    let plans = [142_598, 184_989, 311_645].map(PlanId::new);
    let codebook = Codebook::of_plans(4, &plans, 2).unwrap();
    let draw = |preferred: &[Vec<usize>], zones| {
        let policy = Policy::builder().zones(zones).build().unwrap();
        let (grant, mut coins) = (Grant::unaccounted(), Coins::replayed(1));
        anonymize_preferred(preferred, &codebook, &policy, grant, &mut coins).map(|_| ())
    };
    assert_eq!(draw(&[vec![0, 2]], 4), Ok(()));
    assert_eq!(draw(&[], 4), Err(AnonymizeError::Floors));
    assert_eq!(draw(&[vec![0, 2]], 3), Err(AnonymizeError::Preferred));
    for wrong in [vec![2, 0], vec![1, 1], vec![1, 3], vec![1], Vec::new()] {
        assert_eq!(draw(&[wrong], 4), Err(AnonymizeError::Preferred));
    }
}
