//! The library with one of its operators left out: merging, or noise.
//!
//! Redaction left out is [`Plans::without_redaction`], the public plans left out is
//! [`Baseline::NoiseOnCells`](super::Baseline::NoiseOnCells).

use homeveil::atlas::{Codebook, PlanId};
use homeveil::merge::rank;
use homeveil::{Coins, Odds, Policy};

use super::plans::zones_m2;
use super::{Mechanism, Plans, Seen, drive};
use crate::AuditError;
use crate::population::{RoomFact, Subject};

/// Merging left out: every room that is kept is a zone of its own, as far as plans have so many (2 to 6).
///
/// ```
/// use homeveil::Coins;
/// use homeveil_audit::mechanism::{Mechanism, RoomsAsZones};
/// let home = homeveil_audit::population::Subject::new(homeveil::synth::sample_home())?;
/// assert_eq!(RoomsAsZones.release(&home, &mut Coins::replayed(1))?.regions_m2.len(), 4); // of eight rooms, four are kept
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RoomsAsZones;

impl RoomsAsZones {
    fn plans(subject: &Subject) -> Result<Plans, AuditError> {
        let redacted = Policy::default();
        let is_kept =
            |room: &&RoomFact| !room.kind.is_some_and(|kind| redacted.redacted_kinds().contains(&kind));
        let kept = subject.rooms().iter().filter(is_kept).count();
        let zones = u8::try_from(kept.clamp(2, 6)).unwrap_or(6);
        Ok(Plans::of(&Policy::builder().zones(zones).odds(Odds::new(2, 1)?).build()?))
    }
}

impl Mechanism for RoomsAsZones {
    fn name(&self) -> String {
        "without merging, λ = 2".to_owned()
    }

    fn about(&self) -> String {
        "As homeveil, but every room that is kept stays a zone of its own.".to_owned()
    }

    fn release(&self, subject: &Subject, coins: &mut Coins) -> Result<Seen, AuditError> {
        let seen = Self::plans(subject)?.release(subject, coins)?;
        // The codebooks of other numbers of zones have plans of their own.
        let outcome = seen.outcome.map(|plan| 100 * seen.regions_m2.len() + plan);
        Ok(Seen { outcome, ..seen })
    }

    fn law(&self, subject: &Subject) -> Option<super::Law> {
        let plans = Self::plans(subject).ok()?;
        let zones = usize::from(plans.policy().zones());
        Some(plans.law(subject)?.into_iter().map(|(plan, share)| (100 * zones + plan, share)).collect())
    }

    fn tour(&self, subject: &Subject) -> Result<Option<f64>, AuditError> {
        Self::plans(subject)?.tour(subject)
    }
}

/// Noise left out: the plan of the whole atlas that suits the home best.
///
/// ```
/// use homeveil::Coins;
/// use homeveil_audit::mechanism::{Mechanism, WithoutNoise};
/// let home = homeveil_audit::population::Subject::new(homeveil::synth::sample_home())?;
/// let seen = |seed| WithoutNoise.release(&home, &mut Coins::replayed(seed)).map(|seen| seen.bytes);
/// assert_eq!(seen(1)?, seen(2)?);
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct WithoutNoise;

impl WithoutNoise {
    /// Of equally good plans the first.
    fn best(subject: &Subject) -> Result<(usize, PlanId), AuditError> {
        subject.best(|sketch| {
            let atlas = Codebook::of(Policy::default().zones(), Odds::new(1 << 20, 1)?);
            let atlas = atlas.ok_or(AuditError::NoHomes)?;
            let ranking = rank(sketch, &atlas);
            let least = (0..).zip(ranking.costs()).min_by_key(|(_, cost)| **cost).map_or(0, |(plan, _)| plan);
            Ok((least, atlas.plans()[least].id()))
        })
    }
}

impl Mechanism for WithoutNoise {
    fn name(&self) -> String {
        "without noise".to_owned()
    }

    fn about(&self) -> String {
        "As homeveil, but the public plan that suits the home best is given out as it is.".to_owned()
    }

    fn release(&self, subject: &Subject, _: &mut Coins) -> Result<Seen, AuditError> {
        let (outcome, plan) = Self::best(subject)?;
        let plan =
            homeveil::atlas::Plan::decode(Policy::default().zones(), plan).ok_or(AuditError::NoHomes)?;
        let floor = homeveil::release::Floor::draw(&plan);
        Ok(Seen {
            bytes: format!("plan {}", floor.plan()).into_bytes(),
            regions_m2: zones_m2(&floor),
            grid: Some(floor.grid().clone()),
            outcome: Some(outcome),
        })
    }

    fn law(&self, subject: &Subject) -> Option<super::Law> {
        Some(vec![(Self::best(subject).ok()?.0, 1.0)])
    }

    fn tour(&self, subject: &Subject) -> Result<Option<f64>, AuditError> {
        drive::by_plan(subject, Policy::default().zones(), Self::best(subject)?.1)
    }
}
