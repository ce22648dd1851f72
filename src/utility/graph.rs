//! Zones against rooms: what the release keeps of the home's structure.
//!
//! Takes a home, a redaction and a release with its key, or a policy with all that it may draw. Counts doors that are
//! drawn and not there or there and not drawn, rooms that are cut, floor that is cleaned unasked, and compares
//! directions, areas and tours. Expectations are sums over the channel's exact law, not means of samples.

#[cfg(feature = "stages")]
use std::collections::BTreeMap;

use nalgebra::{Point2, Vector2};

use super::error::MeasureError;
use super::poses::ReachablePoses;
use super::tour::{TourMeasures, middle};
use crate::atlas::{Plan, PlanId};
use crate::grid::CellRect;
use crate::home::Home;
use crate::key::{Choice, HouseKey, Passage};
use crate::measured::Measured;
use crate::merge::{Found, Terms, rank};
use crate::noise::Channel;
use crate::policy::Policy;
use crate::redact::Redaction;
use crate::release::{Floor, Release};

/// How a release agrees with the home, or the expectation of that over all releases of a policy. Private.
///
/// `shut_doors`, `direction_agreement`, `proportion_error` and `tour` are those of the given key, also where it was
/// fitted to a later map. The others are of the assignment that a first key of this map would have.
///
/// ```
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Coins, Grant, Policy, Redaction, anonymize, utility};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let (policy, none) = (Policy::default(), Redaction::none());
/// # let (release, key) = anonymize(&home, &none, &policy, Grant::unaccounted(), &mut Coins::replayed(7))?;
/// let measures = utility::graph_measures(&home, &none, &release, &key)?;
/// assert_eq!((measures.rooms, measures.doors), (2, 3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct GraphMeasures {
    /// Number of rooms that redaction left.
    pub rooms: usize,
    /// Number of doors drawn, K − 1.
    pub doors: usize,
    /// Doors drawn between zones that do not touch in the home, by the graph of rooms: what the channel sees.
    pub phantom_doors: f64,
    /// Doors drawn that the robot cannot drive through on the current map, also not through a redacted room.
    pub shut_doors: f64,
    /// Pairs of zones that touch in the home, by the graph of rooms, without a door drawn.
    pub hidden_doors: f64,
    /// Share of the kept area that lies in rooms that are not cut, 0 to 1.
    pub uncut_area: f64,
    /// Share of the kept area that is cleaned without having been asked for, 0 to 1: who wants a room clean gets all
    /// zones that hold a part of it. In the mean over places of the home.
    pub unasked_area: f64,
    /// Mean over pairs of zones of the cosine between the direction from one to the other in the home (from
    /// centroid to centroid, the home turned as the key turns it) and on the release; −1 to 1.
    pub direction_agreement: f64,
    /// Total variation between the zones' shares of the floor in the home and on the release, 0 to 1.
    pub proportion_error: f64,
    /// Visiting all zones in the order planned on the release.
    pub tour: TourMeasures,
    /// The cost of the assignment, in thousandths of a tour (see [`merge`](crate::merge)).
    pub cost: f64,
}

/// The measures of one plan that may be drawn.
///
/// ```
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Policy, Redaction, utility};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// let by_plan = utility::graph_measures_by_plan(&home, &Redaction::none(), &Policy::default())?;
/// let farthest = by_plan.iter().max_by(|a, b| a.measures.tour.planned.total_cmp(&b.measures.tour.planned));
/// assert!(farthest.is_some_and(|of| of.probability > 0.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct PlanMeasures {
    /// The probability that the plan is drawn, by the channel's exact law.
    pub probability: f64,
    /// The measures where it is drawn.
    pub measures: GraphMeasures,
}

/// Measures a release with its key.
///
/// # Errors
/// The redaction is refused or leaves nothing of the home to draw, or the release is of no plan.
///
/// # Complexity
/// O(K · cells · log cells).
///
/// [`GraphMeasures`] has an example.
pub fn graph_measures(
    home: &Home,
    redaction: &Redaction,
    release: &Release,
    key: &HouseKey,
) -> Result<GraphMeasures, MeasureError> {
    let measured = Measured::of(home, redaction)?;
    let floor = release.floors().first().ok_or(MeasureError::UnknownPlan)?;
    let zones = u8::try_from(floor.zones().len()).unwrap_or(0);
    let plan = Plan::decode(zones, floor.plan_id()).ok_or(MeasureError::UnknownPlan)?;
    let choice = Choice::of(home, &measured).for_plan(&plan);
    let Found { terms, .. } = choice.ok_or(MeasureError::NothingToDraw)?;
    let standable = ReachablePoses::of(home, &measured);
    Ok(measure(home, &measured, &standable, terms, floor, key))
}

/// The measures of every plan that may be drawn for a home under a policy, each with its probability by the channel's
/// exact law.
///
/// # Errors
/// The redaction is refused or leaves nothing of the home to draw.
///
/// # Complexity
/// As many keys are built as the codebook has plans: meant for λ up to some hundred.
///
/// ```
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Policy, Redaction, utility};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// let by_plan = utility::graph_measures_by_plan(&home, &Redaction::none(), &Policy::default())?;
/// assert_eq!(by_plan.iter().map(|of| of.probability).sum::<f64>(), 1.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn graph_measures_by_plan(
    home: &Home,
    redaction: &Redaction,
    policy: &Policy,
) -> Result<Vec<PlanMeasures>, MeasureError> {
    let measured = Measured::of(home, redaction)?;
    let codebook = policy.codebook();
    let Ok(channel) = Channel::new(codebook.count(), codebook.preferred(), policy.odds()) else {
        return Err(MeasureError::NothingToDraw);
    };
    let preferred = rank(&measured.survey.sketch, &codebook).preferred(codebook.preferred());
    let of_plan = |(index, (_, measures)): (usize, (PlanId, GraphMeasures))| {
        let probability = channel.probability(preferred.binary_search(&index).is_ok()).value();
        PlanMeasures { probability, measures }
    };
    let all: Vec<PlanMeasures> =
        measures_of(home, &measured, codebook.plans().iter()).enumerate().map(of_plan).collect();
    if all.is_empty() { Err(MeasureError::NothingToDraw) } else { Ok(all) }
}

/// The measures of these plans of so many zones in a home, whichever of them would be drawn. What does not depend on
/// the plan is found once for all of them. Without those numbers that are no plans of so many zones; none where
/// redaction leaves nothing of the home to draw.
///
/// # Errors
/// The redaction is refused.
///
/// # Complexity
/// A key is built for each plan.
///
/// ```
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Coins, Grant, Policy, Redaction, anonymize, utility};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let (policy, none) = (Policy::default(), Redaction::none());
/// # let (release, key) = anonymize(&home, &none, &policy, Grant::unaccounted(), &mut Coins::replayed(7))?;
/// let drawn = homeveil::atlas::PlanId::new(release.floors()[0].plan());
/// let table = utility::graph_measures_of_plans(&home, &none, policy.zones(), &[drawn])?;
/// assert_eq!(table[&drawn], utility::graph_measures(&home, &none, &release, &key)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "stages")]
pub fn graph_measures_of_plans(
    home: &Home,
    redaction: &Redaction,
    zones: u8,
    plans: &[PlanId],
) -> Result<BTreeMap<PlanId, GraphMeasures>, MeasureError> {
    let measured = Measured::of(home, redaction)?;
    let plans: Vec<Plan> = plans.iter().filter_map(|&plan| Plan::decode(zones, plan)).collect();
    Ok(measures_of(home, &measured, plans.iter()).collect())
}

/// The measures of some plans, each with its number; none where there is nothing to draw.
fn measures_of<'a>(
    home: &'a Home,
    measured: &'a Measured,
    plans: impl Iterator<Item = &'a Plan>,
) -> impl Iterator<Item = (PlanId, GraphMeasures)> {
    let standable = ReachablePoses::of(home, measured);
    let mut choice = Choice::of(home, measured);
    plans.map_while(move |plan| {
        let floor = Floor::draw(plan);
        let Found { assignment, terms, .. } = choice.for_plan(plan)?;
        let key = HouseKey::of_choice(home, measured, Some(&assignment), &floor, 0);
        Some((plan.id(), measure(home, measured, &standable, terms, &floor, &key)))
    })
}

/// The expectation of all measures over what may be drawn for a home under a policy: the mean of
/// [`graph_measures_by_plan`].
///
/// # Errors
/// As [`graph_measures_by_plan`].
///
/// # Complexity
/// As [`graph_measures_by_plan`].
///
/// [`TourMeasures`] has an example.
pub fn expected_graph_measures(
    home: &Home,
    redaction: &Redaction,
    policy: &Policy,
) -> Result<GraphMeasures, MeasureError> {
    let by_plan = graph_measures_by_plan(home, redaction, policy)?;
    let onto = |sum, of: PlanMeasures| Some(of.measures.scaled_onto(of.probability, sum));
    by_plan.into_iter().fold(None, onto).ok_or(MeasureError::NothingToDraw)
}

fn measure(
    home: &Home,
    measured: &Measured,
    standable: &ReachablePoses,
    terms: Terms,
    floor: &Floor,
    key: &HouseKey,
) -> GraphMeasures {
    let Terms { cost, phantom, hidden, cut_area, unasked_area } = terms;
    let passages = key.passages();
    let is_shut = |&&passage: &&Passage| matches!(passage, Passage::Phantom | Passage::Unreachable);
    let shut = passages.iter().filter(is_shut).count();
    let (direction_agreement, proportion_error) = pictures(home, floor, key);
    GraphMeasures {
        rooms: measured.survey.rooms.len(),
        doors: passages.len(),
        phantom_doors: f64::from(phantom),
        shut_doors: number(shut),
        hidden_doors: f64::from(hidden),
        uncut_area: 1.0 - f64::from(cut_area) / 1e6,
        unasked_area: f64::from(unasked_area) / 1e6,
        direction_agreement,
        proportion_error,
        tour: TourMeasures::of(standable, floor, key),
        cost: f64::from(cost),
    }
}

impl GraphMeasures {
    /// The sum so far and these measures times their probability.
    fn scaled_onto(self, share: f64, sum: Option<Self>) -> Self {
        let onto = |pick: fn(&Self) -> f64| sum.as_ref().map_or(0.0, pick) + share * pick(&self);
        Self {
            phantom_doors: onto(|of| of.phantom_doors),
            shut_doors: onto(|of| of.shut_doors),
            hidden_doors: onto(|of| of.hidden_doors),
            uncut_area: onto(|of| of.uncut_area),
            unasked_area: onto(|of| of.unasked_area),
            direction_agreement: onto(|of| of.direction_agreement),
            proportion_error: onto(|of| of.proportion_error),
            tour: TourMeasures {
                planned: onto(|of| of.tour.planned),
                random: onto(|of| of.tour.random),
                unreached: onto(|of| of.tour.unreached),
            },
            cost: onto(|of| of.cost),
            ..self
        }
    }
}

/// Agreement of directions and error of proportions, from the cells that the key gives each zone.
fn pictures(home: &Home, floor: &Floor, key: &HouseKey) -> (f64, f64) {
    let mut zones: Vec<(CellRect, Point2<f64>, f64)> = Vec::new();
    for zone in floor.zones() {
        let Ok(region) = key.lift_zone(zone.id) else { continue };
        let count = number(region.len());
        // The key's symmetry turns the grid and not the robot's frame.
        let sum = region.points().fold(Vector2::zeros(), |sum, at| sum + home.frame.to_crop(at).coords);
        zones.push((zone.rect, Point2::from(sum / count), count));
    }
    let total: f64 = zones.iter().map(|(.., cells)| cells).sum();
    let whole: f64 = floor.zones().iter().map(|zone| f64::from(zone.rect.area())).sum();
    // What zones without floor are drawn larger than they are, others are drawn smaller.
    let over: f64 =
        zones.iter().map(|(rect, _, cells)| (cells / total - f64::from(rect.area()) / whole).max(0.0)).sum();
    let symmetry = key.symmetry();
    let turned = |v: Vector2<f64>| {
        let (x, y) = if symmetry.swap { (v.y, v.x) } else { (v.x, v.y) };
        Vector2::new(if symmetry.flip_x { -x } else { x }, if symmetry.flip_y { -y } else { y })
    };
    let (mut cosines, mut pairs) = (0.0, 0.0);
    for (i, (rect, centroid, _)) in zones.iter().enumerate() {
        for (other, far, _) in &zones[..i] {
            let (home, plan) = (turned(far - centroid), middle(*other) - middle(*rect));
            let lengths = home.norm() * plan.norm();
            cosines += if lengths > 0.0 { home.dot(&plan) / lengths } else { 0.0 };
            pairs += 1.0;
        }
    }
    (if pairs > 0.0 { cosines / pairs } else { 1.0 }, over)
}

#[expect(clippy::cast_precision_loss, reason = "at most 2²⁴ cells")]
const fn number(count: usize) -> f64 {
    count as f64
}
