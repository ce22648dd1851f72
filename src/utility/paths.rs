//! Paths planned on the release, driven in the home.
//!
//! Takes a home, a release and its key; gives the lengths of lifted paths and what they touch (`witness`). The places
//! are drawn at random.

use nalgebra::{Isometry2, Point2};

use super::stretch::Stretch;
use super::witness::Witness;
use crate::atlas::FRAME;
use crate::grid::Cell;
use crate::home::{Home, HomeError};
use crate::key::{ChartQuality, HouseKey, LiftedPath, Reach};
use crate::navigate::{FreeSpace, Navigator, Path};
use crate::noise::Coins;
use crate::redact::{Redaction, redact_with_cells};
use crate::release::Release;

/// How paths planned on a release fare in the home. Private.
///
/// A *pair* is a random reachable pose outside redacted rooms, where the robot is, and a random free cell of the
/// release, where the cloud sends it. The cloud plans from where the key shows the robot; the plan is lifted,
/// with redacted rooms as walls. All three counts of harm are made by looking at the lifted path every quarter
/// of a cell, with the footprint's disc laid over the map's own cells: the search that found the path has no part in
/// it.
///
/// ```
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Coins, Grant, Policy, Redaction, anonymize, utility};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let (policy, none) = (Policy::default(), Redaction::none());
/// # let (release, key) = anonymize(&home, &none, &policy, Grant::unaccounted(), &mut Coins::replayed(7))?;
/// let measures = utility::path_measures(&home, &none, &release, &key, 20, 1)?;
/// assert_eq!([measures.collisions, measures.keep_outs_crossed, measures.redacted_entered], [0; 3]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PathMeasures {
    /// Pairs asked for; 0 if the robot can stand nowhere.
    pub pairs: u32,
    /// Pairs with a plan on the release.
    pub planned: u32,
    /// Pairs that a real path joins, redacted rooms being walls.
    pub reachable: u32,
    /// Pairs with a plan that could be lifted; of [`pairs`](Self::pairs) it is the success of routes, whether the home
    /// has a path or not.
    pub lifted: u32,
    /// Lifted paths on which the footprint touches what is not known to be free.
    pub collisions: u32,
    /// Lifted paths on which the footprint touches a keep-out.
    pub keep_outs_crossed: u32,
    /// Lifted paths on which the robot's middle is in a redacted room.
    pub redacted_entered: u32,
    /// Share of the coverage outside redacted rooms that lie in exactly one zone, 0 to 1.
    pub coverage: f64,
    /// Share of all free floor on the map, redacted rooms apart, that the robot can clean today zone by zone, 0 to 1:
    /// what is unreachable, in no zone, or too narrow for the robot is missing.
    pub known_coverage: f64,
    /// Lengths of lifted paths over shortest ones, of all pairs; infinite for those without a lifted path.
    pub stretch: Stretch,
    /// The same of all pairs, where the owner lets the robot drive through redacted rooms to what no other path leads
    /// to: over the shortest path through them there. No pair is infinite here that the home joins at all.
    pub passing: Stretch,
    /// The same of the pairs that are driven though their plan goes through a door that the robot cannot pass: drawn
    /// and not there, in a redacted room, or out of reach today.
    pub phantom_stretch: Stretch,
    /// The same of all pairs, where the robot keeps to the drawn doors in their order.
    pub by_doors: Stretch,
    /// How smooth the charts are.
    pub charts: ChartQuality,
}

/// Measures paths between random pairs of places. The same seed gives the same pairs.
///
/// The shortest path is that of the same [`Navigator`] on the same cells between the two ends of the lifted one,
/// through whatever doors. Every pair counts, however near its places lie to one another.
///
/// # Errors
/// The redaction is refused.
///
/// # Complexity
/// O(pairs · cells).
///
/// [`PathMeasures`] has an example.
pub fn path_measures(
    home: &Home,
    redaction: &Redaction,
    release: &Release,
    key: &HouseKey,
    pairs: u32,
    seed: u64,
) -> Result<PathMeasures, HomeError> {
    let (kept, redacted) = redact_with_cells(home, redaction)?;
    let reach = Reach::of_home(home, &kept, &redacted);
    let mut open = reach.poses.clone();
    open.remove(&redacted.to_set(home.shape.width));
    let mut measures = PathMeasures {
        pairs: 0,
        planned: 0,
        reachable: 0,
        lifted: 0,
        collisions: 0,
        keep_outs_crossed: 0,
        redacted_entered: 0,
        coverage: 0.0,
        known_coverage: 0.0,
        stretch: Stretch::default(),
        passing: Stretch::default(),
        phantom_stretch: Stretch::default(),
        by_doors: Stretch::default(),
        charts: key.chart_quality(),
    };
    let zones = zones_of_cells(home, release, key);
    let kept = |cell: usize| !redacted.cells[cell];
    measures.coverage = covered_once(&zones, |cell| reach.coverage.has(cell) && kept(cell));
    measures.known_coverage = covered_once(&zones, |cell| home.cells[cell] == Cell::Free && kept(cell));
    drop(zones);
    let standing: Vec<usize> = open.iter().collect();
    let Some(floor) = release.floors().first().filter(|_| !standing.is_empty()) else { return Ok(measures) };
    let grid = floor.grid();
    let drawn: Vec<usize> =
        (0..grid.cells().len()).filter(|&cell| grid.cells()[cell] == Cell::Free).collect();
    let cloud = FreeSpace::of(grid, home.footprint, &[]);
    let real = FreeSpace::of_cells(home.resolution_m, &open);
    let through = FreeSpace::of_cells(home.resolution_m, &reach.poses);
    let mut witness = Witness::of(home, redacted.cells);
    let (mut navigator, mut passing_navigator) = (Navigator::new(), Navigator::through_redacted());
    let frame = grid.shape();
    let mut coins = Coins::replayed(seed);
    let (mut all, mut passing, mut past_phantoms, mut by_doors) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..pairs {
        let (Some(from), Some(to)) = (pick(&mut coins, &standing), pick(&mut coins, &drawn)) else { break };
        measures.pairs += 1;
        let from = home.shape.centre(from, home.resolution_m);
        let to = frame.centre(to, FRAME.resolution);
        let pose = Isometry2::new(home.frame.out_of_crop(from).coords, 0.0);
        let plan = key.project(pose).ok().and_then(|start| navigator.path(&cloud, start, to).ok());
        measures.planned += u32::from(plan.is_some());
        let route: Vec<Point2<f64>> = plan.iter().flat_map(Path::points).collect();
        // The plan ends where the drawn robot can stand.
        let end = key.lift_point(route.last().copied().unwrap_or(to)).ok().map(|end| home.frame.to_crop(end));
        let shortest = end.and_then(|end| navigator.path(&real, from, end).ok());
        measures.reachable += u32::from(shortest.is_some());
        let strict = plan.as_ref().and_then(|_| key.lift_path_by_doors(&mut navigator, pose, &route).ok());
        by_doors.push(longer(strict.as_ref(), shortest.as_ref()));
        let lift = |navigator: &mut Navigator| {
            plan.as_ref().and_then(|_| key.lift_path(navigator, pose, &route).ok())
        };
        let lifted = lift(&mut navigator);
        let stretch = longer(lifted.as_ref(), shortest.as_ref());
        all.push(stretch);
        passing.push(if lifted.is_some() {
            stretch
        } else {
            let lifted = lift(&mut passing_navigator);
            let shortest = end.and_then(|end| navigator.path(&through, from, end).ok());
            longer(lifted.as_ref(), shortest.as_ref())
        });
        let Some(lifted) = lifted else { continue };
        if !lifted.detours().is_empty() {
            past_phantoms.push(stretch);
        }
        measures.lifted += 1;
        let driven: Vec<Point2<f64>> = lifted.points().map(|at| home.frame.to_crop(at)).collect();
        let [collision, keep_out, redacted] = witness.harm(&driven);
        measures.collisions += u32::from(collision);
        measures.keep_outs_crossed += u32::from(keep_out);
        measures.redacted_entered += u32::from(redacted);
    }
    measures.stretch = Stretch::of(all);
    measures.passing = Stretch::of(passing);
    measures.phantom_stretch = Stretch::of(past_phantoms);
    measures.by_doors = Stretch::of(by_doors);
    Ok(measures)
}

/// The length of a lifted path over that of the shortest, at least 1; infinite where there is none of the one or the
/// other.
fn longer(lifted: Option<&LiftedPath>, shortest: Option<&Path>) -> f64 {
    lifted.zip(shortest).map_or(f64::INFINITY, |(lifted, least)| times(lifted.length_m(), least.length_m()))
}

/// How many times as long as the least, at least once.
fn times(length: f64, least: f64) -> f64 {
    if length > least && least > 0.0 { length / least } else { 1.0 }
}

/// One of some cells, all equally likely.
fn pick(coins: &mut Coins, cells: &[usize]) -> Option<usize> {
    let at = coins.below(u64::try_from(cells.len()).ok()?).ok()?;
    cells.get(usize::try_from(at).ok()?).copied()
}

/// For each cell how many zones it is lifted in.
fn zones_of_cells(home: &Home, release: &Release, key: &HouseKey) -> Vec<u8> {
    let mut zones = vec![0_u8; home.cells.len()];
    for zone in release.floors().first().map_or(&[][..], |floor| floor.zones()) {
        let Ok(region) = key.lift_zone(zone.id) else { continue };
        for at in region.points() {
            let at = home.frame.to_crop(at);
            if let Some(count) =
                home.shape.cell_at(at, home.resolution_m).and_then(|cell| zones.get_mut(cell))
            {
                *count += 1;
            }
        }
    }
    zones
}

/// The share of the cells that are due a zone which are in exactly one: a cell in two is a fault as one in none is;
/// 1 of nothing.
fn covered_once(zones: &[u8], is_due: impl Fn(usize) -> bool) -> f64 {
    let (mut due, mut once) = (0.0, 0.0);
    for (_, zones) in zones.iter().enumerate().filter(|&(cell, _)| is_due(cell)) {
        due += 1.0;
        once += f64::from(u8::from(*zones == 1));
    }
    if due > 0.0 { once / due } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::{PathMeasures, covered_once, longer, path_measures, times};
    use crate::home::{Footprint, Home, RoomId};
    use crate::{Coins, Grant, Policy, Redaction, anonymize};

    const FLAT: &str = "
        ###################
        #aaaa#bbbb#ccccccc#
        #aAaabbbbbccccc#c##
        #aaaabbbbbcccccddd#
        #aaaabbbbbcccccddd#
        #aaaa#bbbb#cccc#dd#
        ###################
    ";

    fn home() -> Home {
        Home::from_drawing(0.1, Footprint::disc_m(0.1).unwrap(), FLAT, &[]).unwrap().build().unwrap()
    }

    fn measured(redaction: &Redaction, seed: u64) -> PathMeasures {
        let policy = Policy::default();
        let (release, key) =
            anonymize(&home(), redaction, &policy, Grant::unaccounted(), &mut Coins::replayed(3)).unwrap();
        path_measures(&home(), redaction, &release, &key, 40, seed).unwrap()
    }

    #[test]
    fn a_connected_flat_is_driven_everywhere_without_harm() {
        for redaction in [Redaction::none(), Redaction::none().rooms([RoomId::new(4)])] {
            let of = measured(&redaction, 5);
            assert_eq!([of.pairs, of.planned, of.reachable, of.lifted], [40; 4]);
            assert_eq!([of.collisions, of.keep_outs_crossed, of.redacted_entered], [0; 3]);
            assert!((of.coverage - 1.0).abs() < 1e-12);
            assert!(of.stretch.most() < 1.5, "{}", of.stretch.most());
            assert_eq!(of, measured(&redaction, 5));
        }
    }

    /// The middle room is redacted: the outer two are joined by it alone.
    #[test]
    fn what_only_a_redacted_room_joins_is_reached_where_the_owner_lets_the_robot_pass() {
        let of = measured(&Redaction::none().rooms([RoomId::new(2)]), 5);
        let apart = of.stretch.values().iter().filter(|length| length.is_infinite()).count();
        assert!(0 < apart && of.reachable < of.pairs, "{apart}");
        assert_eq!(apart, (of.pairs - of.reachable) as usize, "no other pair is out of reach");
        assert!(of.passing.most() < 1.05 && of.passing.values().len() == of.pairs as usize);
        let joined = measured(&Redaction::none(), 5);
        assert_eq!(joined.passing, joined.stretch);
    }

    #[test]
    fn another_homes_key_does_not_cover() {
        let (redaction, policy) = (Redaction::none(), Policy::default());
        let other = Redaction::none().rooms([RoomId::new(2)]);
        let (release, key) =
            anonymize(&home(), &other, &policy, Grant::unaccounted(), &mut Coins::replayed(3)).unwrap();
        let of = path_measures(&home(), &redaction, &release, &key, 0, 1).unwrap();
        assert!(of.coverage < 0.9 && of.coverage > 0.3, "{}", of.coverage);
    }

    #[test]
    fn what_two_zones_cover_is_not_covered_once() {
        assert!((covered_once(&[1, 0, 2, 1, 1, 0], |cell| cell < 4) - 0.5).abs() < 1e-12);
        assert!((covered_once(&[3], |_| false) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn no_path_is_not_a_short_one() {
        let is = |length: f64, least: f64, times_as_long: f64| {
            (times(length, least) - times_as_long).abs() < 1e-12
        };
        assert!(is(3.0, 2.0, 1.5) && is(2.0, 2.0, 1.0) && is(1.0, 2.0, 1.0) && is(1.0, 0.0, 1.0));
        assert!(longer(None, None).is_infinite());
    }
}
