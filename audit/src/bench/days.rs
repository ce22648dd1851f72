//! Whether a door was shut since yesterday.

use homeveil::keeper::{ConsentRecord, Keeper, KeeperError, MemoryStore, Purpose, UnixTime};
use homeveil::synth::Change;
use homeveil::{Coins, Policy};

use super::run::{Bench, seed};
use super::{Finding, Measure};
use crate::AuditError;
use crate::measure::auc;
use crate::mechanism::{Baseline, Mechanism, Plans, Seen};
use crate::population::{Subject, in_parallel};

/// Homes that days go by in.
const HOMES: usize = 200;

const ABOUT: &str = "whether a door was shut since yesterday";

/// Every mechanism that gives out something new every day, and a keeper.
pub(super) fn findings(bench: &Bench) -> Result<Vec<Finding>, AuditError> {
    let (mut found, days) = (Vec::new(), next_days(bench)?);
    let daily: [Box<dyn Mechanism>; 5] = [
        Box::new(Plans::default()),
        Box::new(Baseline::Raw),
        Box::new(Baseline::Coarse),
        Box::new(Baseline::Redacted),
        Box::new(Baseline::NoiseOnCells),
    ];
    for mechanism in &daily {
        let name = mechanism.name();
        let differs = |number: u64, home: &Subject, next: &Subject| {
            let day = |half, home| mechanism.release(home, &mut Coins::replayed(seed(&name, half, number)));
            Ok(difference(&day(3, home)?, &day(4, next)?))
        };
        let by = "change from day to day";
        if mechanism.limits().general.is_none() {
            found.extend(told(&days, differs)?.map(|auc| Finding::new(&name, by, ABOUT, Measure::Auc, auc)));
        } else {
            // Drawn every day, it is two releases of one home, and each keeps its caps.
            let finding = |auc| {
                let name = format!("{name}, drawn every day");
                Finding::new(&name, by, ABOUT, Measure::Auc, auc).capped(&mechanism.limits_of_two())
            };
            found.extend(told(&days, differs)?.map(finding));
        }
    }
    let name = format!("{}, by a keeper", Plans::default().name());
    let by = "change from day to day";
    let kept = told(&days, kept)?.map(|auc| Finding::new(&name, by, ABOUT, Measure::Auc, auc).capped_at(0.5));
    found.extend(kept);
    Ok(found)
}

/// Homes one day and the next, where in some a door was shut since.
fn next_days(bench: &Bench) -> Result<Vec<Next<'_>>, AuditError> {
    let homes: Vec<(u64, &Subject)> = (0..).zip(bench.evaluation.iter().take(HOMES)).collect();
    let next = in_parallel(&homes, |&(number, home)| -> Result<Next<'_>, AuditError> {
        let is_shut = Coins::replayed(seed("shut", 0, number)).below(2)? == 0;
        let redacts = Policy::default();
        let private = |room: &&homeveil::home::Room| {
            room.kind().is_some_and(|kind| redacts.redacted_kinds().contains(&kind))
        };
        let rooms = &home.map().rooms;
        let room = rooms.iter().find(private).or(rooms.first()).filter(|_| is_shut);
        let shut = room.map(|room| Subject::new(home.map().changed(Change::Shut(room.id())))).transpose()?;
        Ok(Next { number, home, shut })
    });
    next.into_iter().collect()
}

/// A home, and what it is the next day if a door was shut.
struct Next<'a> {
    number: u64,
    home: &'a Subject,
    shut: Option<Subject>,
}

/// How well an attacker tells homes with a door shut from others, by how much what left differs from day to day.
fn told(
    days: &[Next<'_>],
    differs: impl Fn(u64, &Subject, &Subject) -> Result<f64, AuditError> + Sync,
) -> Result<Option<crate::measure::Statistic>, AuditError> {
    let scores = in_parallel(days, |of| -> Result<(f64, f64), AuditError> {
        let next = of.shut.as_ref().unwrap_or(of.home);
        Ok((differs(of.number, of.home, next)?, f64::from(of.shut.is_some())))
    });
    let (scores, truths): (Vec<f64>, Vec<f64>) =
        scores.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().unzip();
    Ok(auc(&scores, &truths, &mut Coins::replayed(21))?)
}

/// The share of bytes that differ; all of them where there are not as many.
fn difference(one: &Seen, other: &Seen) -> f64 {
    if one.bytes.len() != other.bytes.len() {
        return 1.0;
    }
    let differ = one.bytes.iter().zip(&other.bytes).filter(|(a, b)| a != b).count();
    differ as f64 / one.bytes.len().max(1) as f64
}

/// Two days with a keeper.
fn kept(number: u64, home: &Subject, next: &Subject) -> Result<f64, AuditError> {
    let failed = |error: KeeperError| AuditError::Learning(error.to_string());
    let (now, purpose) = (UnixTime::from_secs(1_790_000_000), Purpose::RequestedServiceProvision);
    let coins = Coins::replayed(number);
    let mut keeper = Keeper::open_with(MemoryStore::default(), Plans::default().policy().clone(), coins)
        .map_err(failed)?;
    let consent = ConsentRecord::given("audit", "audit", now, now.later_by_s(1000)).purpose(purpose);
    keeper.consent(consent).map_err(failed)?;
    let mut day = |home: &Subject| -> Result<Seen, KeeperError> {
        keeper.on_map(home.home(), home.redaction(), purpose, now)?;
        Ok(Seen::of_release(&keeper.release(purpose, now)?))
    };
    Ok(difference(&day(home).map_err(failed)?, &day(next).map_err(failed)?))
}
