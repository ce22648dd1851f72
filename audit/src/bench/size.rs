//! What sizes, names and times give away.

use std::time::Instant;

use homeveil::Coins;
use homeveil::keeper::{ConsentRecord, Keeper, KeeperError, MemoryStore, Purpose, UnixTime};

use super::run::{Bench, Left};
use super::{Finding, Measure};
use crate::AuditError;
use crate::attack::{Attacker, Evidence, Learner, Lesson, Table};
use crate::measure::r_squared;
use crate::mechanism::{Limits, Mechanism, Plans, Seen};
use crate::population::{Attribute, Subject, in_parallel};

/// Homes of each half that calls are timed for.
const TIMED: usize = 200;

/// The area, from nothing but the number of bytes.
pub(super) fn of_bytes(
    bench: &Bench,
    mechanism: &dyn Mechanism,
    left: &Left,
) -> Result<Option<Finding>, AuditError> {
    let numbers = |of: &[Evidence]| {
        of.iter().map(|evidence| vec![evidence.seen.bytes.len() as f64]).collect::<Vec<_>>()
    };
    let numbers = [numbers(&left.design), numbers(&left.evaluation)];
    predicted(bench, &mechanism.name(), "number of bytes", numbers, &mechanism.limits())
}

/// The area, from the names and texts in what left and their order: all of it but the digits. Nothing is asked of a
/// mechanism without a proof: what it gives out is attacked as a map.
pub(super) fn of_names(
    bench: &Bench,
    mechanism: &dyn Mechanism,
    left: &Left,
) -> Result<Option<Finding>, AuditError> {
    if mechanism.limits().general.is_none() {
        return Ok(None);
    }
    let texts = |of: &[Evidence]| of.iter().map(names).collect::<Vec<_>>();
    let (known, about) = (texts(&left.design), Attribute::FreeArea);
    let lesson = |(evidence, home)| Lesson { evidence, truth: about.of(home) };
    let learnt = Table.learn(&known.iter().zip(&bench.design).map(lesson).collect::<Vec<_>>())?;
    let guesses: Vec<f64> =
        texts(&left.evaluation).iter().map(|text| learnt.of(text)).collect::<Result<_, _>>()?;
    let truths: Vec<f64> = bench.evaluation.iter().map(|home| about.of(home)).collect();
    let finding = |statistic| {
        Finding::new(&mechanism.name(), "names and texts", about.name(), Measure::RSquared, statistic)
            .capped(&mechanism.limits())
    };
    Ok(r_squared(&guesses, &truths).map(finding))
}

/// What is left of what left without its digits.
fn names(evidence: &Evidence) -> Evidence {
    let bytes = evidence.seen.bytes.iter().copied().filter(|byte| !byte.is_ascii_digit()).collect();
    Evidence { seen: Seen { bytes, grid: None, regions_m2: Vec::new(), outcome: None }, features: Vec::new() }
}

/// The area, from how long [`Keeper::release`] takes. It is called by one thread, so that homes do not disturb each
/// other.
pub(super) fn of_calls(bench: &Bench) -> Result<Option<Finding>, AuditError> {
    let timed = |homes: &[Subject]| -> Result<Vec<Vec<f64>>, AuditError> {
        let homes = &homes[..homes.len().min(TIMED)];
        let keepers = in_parallel(homes, kept).into_iter().collect::<Result<Vec<_>, _>>()?;
        keepers.into_iter().map(|mut keeper| Ok(vec![seconds(&mut keeper)?])).collect()
    };
    let numbers = [timed(&bench.design)?, timed(&bench.evaluation)?];
    let plans = Plans::default();
    predicted(bench, &plans.name(), "time of a call for the release", numbers, &plans.limits())
}

const NOW: UnixTime = UnixTime::from_secs(1_790_000_000);
const PURPOSE: Purpose = Purpose::RequestedServiceProvision;

fn failed(error: KeeperError) -> AuditError {
    AuditError::Learning(error.to_string())
}

/// A home's keeper after the map of the day.
fn kept(home: &Subject) -> Result<Keeper<MemoryStore>, AuditError> {
    let (store, coins) = (MemoryStore::default(), Coins::replayed(1));
    let mut keeper = Keeper::open_with(store, Plans::default().policy().clone(), coins).map_err(failed)?;
    let consent = ConsentRecord::given("audit", "audit", NOW, NOW.later_by_s(1000)).purpose(PURPOSE);
    keeper.consent(consent).map_err(failed)?;
    keeper.on_map(home.home(), home.redaction(), PURPOSE, NOW).map_err(failed)?;
    Ok(keeper)
}

/// The least of five calls.
fn seconds(keeper: &mut Keeper<MemoryStore>) -> Result<f64, AuditError> {
    let mut least = f64::INFINITY;
    for _ in 0..5 {
        let begun = Instant::now();
        let release = keeper.release(PURPOSE, NOW).map_err(failed)?;
        least = least.min(begun.elapsed().as_secs_f64());
        drop(release);
    }
    Ok(least)
}

/// What boosted trees make of some numbers of each home; nothing of few homes.
pub(super) fn predicted(
    bench: &Bench,
    mechanism: &str,
    attacker: &str,
    [design, evaluation]: [Vec<Vec<f64>>; 2],
    limits: &Limits,
) -> Result<Option<Finding>, AuditError> {
    let evidence = |features: Vec<f64>| Evidence {
        seen: Seen { bytes: Vec::new(), grid: None, regions_m2: Vec::new(), outcome: None },
        features,
    };
    let about = Attribute::FreeArea;
    let known: Vec<Evidence> = design.into_iter().map(evidence).collect();
    let lesson = |(evidence, home)| Lesson { evidence, truth: about.of(home) };
    let learnt = Learner::Trees.learn(&known.iter().zip(&bench.design).map(lesson).collect::<Vec<_>>())?;
    let guesses: Vec<f64> =
        evaluation.into_iter().map(|numbers| learnt.of(&evidence(numbers))).collect::<Result<_, _>>()?;
    let truths: Vec<f64> = bench.evaluation.iter().take(guesses.len()).map(|home| about.of(home)).collect();
    let finding = |statistic| {
        Finding::new(mechanism, attacker, about.name(), Measure::RSquared, statistic).capped(limits)
    };
    Ok(r_squared(&guesses, &truths).map(finding))
}

#[cfg(test)]
mod tests {
    use homeveil::Coins;

    use super::of_names;
    use crate::AuditError;
    use crate::bench::{Bench, Finding, Options, judge};
    use crate::mechanism::{Limits, Mechanism, Plans, Seen};
    use crate::population::{Made, Subject};

    /// The library with a word on top, which tells large homes from small ones or not.
    struct Named(fn(&Subject) -> bool);

    impl Mechanism for Named {
        fn name(&self) -> String {
            "named".to_owned()
        }
        fn about(&self) -> String {
            "A word is put on top.".to_owned()
        }
        fn release(&self, subject: &Subject, coins: &mut Coins) -> Result<Seen, AuditError> {
            let mut seen = Plans::default().release(subject, coins)?;
            seen.bytes.extend(if self.0(subject) { b"mansion" as &[u8] } else { b"flat" });
            Ok(seen)
        }
        fn limits(&self) -> Limits {
            Plans::default().limits()
        }
    }

    #[test]
    fn a_word_that_tells_of_the_home_is_noticed() {
        let bench = Bench::of(&Made, Options { homes: 60, driven: 1, draws: 100 }).unwrap();
        let found = |word| -> Finding {
            let left = bench.left(&Named(word)).unwrap();
            let mut found = [of_names(&bench, &Named(word), &left).unwrap().unwrap()];
            judge(&mut found);
            let [found] = found;
            found
        };
        let leak = found(|home| home.free_m2() > 60.0);
        assert!(leak.exceeds && leak.value > 0.3, "{leak:?}");
        assert!(!found(|_| true).exceeds);
    }
}
