//! What a robot drives by what left: privacy that nobody can drive by is cheap.
//!
//! The measure is the library's: the zones of the home are visited in the order that looks shortest on what left, and
//! the length of that tour in the home is set against that of the best order.

use homeveil::atlas::{Codebook, PlanId};
use homeveil::grid::OccupancyGrid;
use homeveil::home::Footprint;
use homeveil::navigate::{FreeSpace, Navigator};
use homeveil::utility::{MeasureError, PlanMeasures, graph_measures, graph_measures_by_plan};
use homeveil::{Coins, Grant, HouseKey, MappedFloor, Policy, Redaction, Release, anonymize_preferred};
use nalgebra::Point2;

use super::Law;
use crate::AuditError;
use crate::population::{RADIUS_M, Subject};

/// A map that left, and where it lies: a place of the home less the corner, times the scale, is a place on it.
///
/// ```
/// use homeveil_audit::mechanism::drive::{Placed, by_map};
/// let home = homeveil_audit::population::Subject::new(homeveil::synth::sample_home())?;
/// let raw = Placed { grid: home.map().grid.clone(), corner_m: [0.0, 0.0], scale: 1.0 };
/// assert!(by_map(&home, &raw)?.is_some_and(|tour| tour < 1.01)); // on the true map the best order looks best
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Placed {
    /// The map.
    pub grid: OccupancyGrid,
    /// Its lower left corner in the home, in metres.
    pub corner_m: [f64; 2],
    /// Its metres in one of the home's.
    pub scale: f64,
}

/// The tour planned on a release and driven by its key.
///
/// # Errors
/// The redaction is refused.
pub fn by_key(
    subject: &Subject,
    redaction: &Redaction,
    release: &Release,
    key: &HouseKey,
) -> Result<Option<f64>, AuditError> {
    match graph_measures(subject.home(), redaction, release, key) {
        Err(MeasureError::NothingToDraw | MeasureError::UnknownPlan) => Ok(None),
        measures => Ok(Some(measures?.tour.planned)),
    }
}

/// The tour planned on a public plan, however that was chosen: the plan is given out as a [`Release`], and the home has
/// a [`HouseKey`] to it.
///
/// ```
/// use homeveil_audit::mechanism::drive::by_plan;
/// let home = homeveil_audit::population::Subject::new(homeveil::synth::sample_home())?;
/// let plan = homeveil::atlas::PlanId::new(142_598);
/// assert!(by_plan(&home, 4, plan)?.is_some_and(|tour| (1.0..2.0).contains(&tour)));
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
///
/// # Errors
/// The number is of no plan of so many zones, or the home is refused.
pub fn by_plan(subject: &Subject, zones: u8, plan: PlanId) -> Result<Option<f64>, AuditError> {
    let policy = Policy::builder().zones(zones).build()?;
    // Its only plan, which no coin is tossed for.
    let codebook = Codebook::of_plans(zones, &[plan], 1)?;
    let (grant, mut coins) = (Grant::unaccounted(), Coins::replayed(1));
    let release = anonymize_preferred(&[vec![0]], &codebook, &policy, grant, &mut coins)?;
    let Some(floor) = release.floors().first() else { return Ok(None) };
    let key = MappedFloor::new(subject.home(), subject.redaction()).key_to(floor, policy.areas())?;
    by_key(subject, subject.redaction(), &release, &key)
}

/// The expected tour over the plans of a codebook, drawn by this law. Nothing where a plan has none.
///
/// # Errors
/// The home is refused.
pub fn by_law(subject: &Subject, codebook: &Codebook, law: &Law) -> Result<Option<f64>, AuditError> {
    let mut sum = 0.0;
    for &(plan, share) in law {
        let plan = codebook.plans().get(plan).ok_or(AuditError::NoPlan)?;
        let Some(tour) = by_plan(subject, codebook.zones(), plan.id())? else { return Ok(None) };
        sum += share * tour;
    }
    Ok(Some(sum))
}

/// The expected tour over the plans of a policy: `share` is given a plan's number and its probability by the policy's
/// own channel, and gives the probability that counts.
///
/// # Errors
/// The redaction is refused.
pub(super) fn by_plans(
    subject: &Subject,
    redaction: &Redaction,
    policy: &Policy,
    share: impl Fn(usize, f64) -> f64,
) -> Result<Option<f64>, AuditError> {
    let by_plan = match graph_measures_by_plan(subject.home(), redaction, policy) {
        Err(MeasureError::NothingToDraw) => return Ok(None),
        by_plan => by_plan?,
    };
    let tour = |(plan, of): (usize, &PlanMeasures)| share(plan, of.probability) * of.measures.tour.planned;
    Ok(Some(by_plan.iter().enumerate().map(tour).sum()))
}

/// The tour planned on a map that left.
///
/// # Errors
/// The home is refused.
pub fn by_map(subject: &Subject, placed: &Placed) -> Result<Option<f64>, AuditError> {
    let Some(stops) = Stops::of(subject)? else { return Ok(None) };
    let Ok(robot) = Footprint::disc_m(RADIUS_M * placed.scale) else { return Ok(None) };
    let there = |at: &Point2<f64>| {
        Point2::new((at.x - placed.corner_m[0]) * placed.scale, (at.y - placed.corner_m[1]) * placed.scale)
    };
    let shown: Vec<Point2<f64>> = stops.places.iter().map(there).collect();
    let planned = legs(&FreeSpace::of(&placed.grid, robot, &[]), &shown);
    Ok(Some(stops.tour(&planned)))
}

/// The mean over all orders: where nothing tells one order from another.
///
/// # Errors
/// The home is refused.
pub fn by_chance(subject: &Subject) -> Result<Option<f64>, AuditError> {
    Ok(Stops::of(subject)?.map(|stops| {
        let lengths: Vec<f64> =
            orders(stops.places.len()).iter().map(|order| length(&stops.legs, order)).collect();
        let best = lengths.iter().copied().fold(f64::INFINITY, f64::min);
        lengths.iter().sum::<f64>() / lengths.len() as f64 / best
    }))
}

/// Where a tour stops: the dock first, then the middles of the zones of the plan that all homes share.
struct Stops {
    places: Vec<Point2<f64>>,
    /// Metres between them.
    legs: Vec<Vec<f64>>,
}

impl Stops {
    /// Nothing where the robot gets to fewer than two zones.
    fn of(subject: &Subject) -> Result<Option<Self>, AuditError> {
        let lifted = &subject.sealed()?.middles;
        let Some(dock) = subject.map().dock.or_else(|| lifted.first().copied()) else { return Ok(None) };
        let space = FreeSpace::of(&subject.map().grid, Footprint::disc_m(RADIUS_M)?, &[]);
        let mut places = vec![dock];
        let mut navigator = Navigator::new();
        places.extend(lifted.iter().filter(|at| navigator.path(&space, dock, **at).is_ok()));
        let legs = legs(&space, &places);
        Ok((places.len() > 2).then_some(Self { places, legs }))
    }

    /// The real length of the order that looks best, over the best.
    fn tour(&self, planned: &[Vec<f64>]) -> f64 {
        let orders = orders(self.places.len());
        let shortest = |legs: &[Vec<f64>]| {
            orders
                .iter()
                .min_by(|a, b| length(legs, a).total_cmp(&length(legs, b)))
                .map_or(0.0, |order| length(&self.legs, order))
        };
        let best = shortest(&self.legs);
        if best > 0.0 { shortest(planned) / best } else { 1.0 }
    }
}

/// Metres between places; where no path is found a planner can but take the straight line.
fn legs(space: &FreeSpace, places: &[Point2<f64>]) -> Vec<Vec<f64>> {
    let mut navigator = Navigator::new();
    let mut legs = vec![vec![0.0; places.len()]; places.len()];
    for from in 0..places.len() {
        for to in 0..from {
            let straight = (places[from] - places[to]).norm();
            let path = navigator.path(space, places[from], places[to]);
            let metres = path.map_or(straight, |path| path.length_m());
            legs[from][to] = metres;
            legs[to][from] = metres;
        }
    }
    legs
}

fn length(legs: &[Vec<f64>], order: &[usize]) -> f64 {
    order.windows(2).map(|pair| legs[pair[0]][pair[1]]).sum()
}

/// All orders of so many places that begin with the first.
fn orders(places: usize) -> Vec<Vec<usize>> {
    let mut all = vec![vec![0]];
    for _ in 1..places {
        all = all
            .into_iter()
            .flat_map(|order| {
                (1..places)
                    .filter(|place| !order.contains(place))
                    .map(|place| [order.as_slice(), &[place]].concat())
                    .collect::<Vec<_>>()
            })
            .collect();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{Stops, orders};
    use nalgebra::Point2;

    #[test]
    fn a_tour_in_a_wrong_order_costs_what_it_is_longer() {
        assert_eq!(orders(4).len(), 6);
        // On a line at 0, 1 and 3: 0-1-3 is 3 long, 0-3-1 is 5.
        let at = [0.0, 1.0, 3.0_f64];
        let legs: Vec<Vec<f64>> = at.iter().map(|a| at.iter().map(|b| (a - b).abs()).collect()).collect();
        let stops = Stops { places: at.map(|x| Point2::new(x, 0.0)).to_vec(), legs };
        let seems = vec![vec![0.0, 9.0, 1.0], vec![9.0, 0.0, 1.0], vec![1.0, 1.0, 0.0]];
        assert!((stops.tour(&seems) - 5.0 / 3.0).abs() < 1e-12);
        assert!((stops.tour(&stops.legs) - 1.0).abs() < 1e-12);
    }
}
