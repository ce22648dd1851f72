//! A day: the map that the robot made, and what is true of it.

use homeveil::home::{Footprint, Home, HomeError, RobotMap, RoomId};
use homeveil::key::{AreaId, Goal, Region, Task};
use homeveil::synth::Change;
use nalgebra::{Isometry2, Point2};

use super::household::{Household, Passing};
use super::tally::Tally;
use super::truth::Truth;
use super::{DAY_S, MONDAY, PURPOSE, RADIUS_M};

/// The least share of places that keep their zones on a map that was placed rightly.
const PLACED: f64 = 0.6;

/// A day of a household.
pub(super) struct Day {
    pub(super) number: u64,
    /// What the night did for good.
    lasting: Vec<Change>,
    /// What the map of the day is besides.
    pub(super) passing: Passing,
    /// The map was recognized.
    pub(super) known: bool,
    /// It was recognized as what it is not; it was taken for its half turn, say. Nobody can say then what lies where.
    pub(super) lost: bool,
    pub(super) truth: Truth,
    /// Areas that are bound to redacted rooms, and the places of those.
    bound: Vec<(u32, Point2<f64>)>,
}

impl Day {
    /// The first day: everything is noted that later days are held against.
    pub(super) fn first(household: &mut Household, tally: &mut Tally) -> Self {
        let home = built(&household.map);
        household.keeper.on_map(&home, &household.redaction, PURPOSE, MONDAY).unwrap();
        let rooms: Vec<RoomId> = household.room.into_iter().collect();
        let truth = Truth::of(&household.map, household.policy.redacted_kinds(), &rooms);
        household.note(&truth);
        household.bind_areas(&home, &truth);
        let bound = household.marks.bound.clone();
        tally.hidden_areas += u64::from(!bound.is_empty());
        let passing = Passing::Changed(Vec::new());
        Self { number: 0, lasting: Vec::new(), passing, known: true, lost: false, truth, bound }
    }

    /// A later day, after a night that may have changed anything.
    pub(super) fn next(number: u64, household: &mut Household, tally: &mut Tally) -> Self {
        let (lasting, passing) = household.night();
        household.settle(&lasting);
        let (map, marks) = household.map_of(&passing);
        let now = MONDAY.later_by_s(number * DAY_S);
        household.keeper.on_map(&built(&map), &household.redaction, PURPOSE, now).unwrap();
        let known = household.keeper.refit_of(0).map_or(true, |refit| refit.recognized);
        let is_closed = household.is_closed();
        let elsewhere = matches!(passing, Passing::Elsewhere(_));
        let lost =
            known && !is_closed && (elsewhere || same_zones(&marks.zones, &household.zones()) < PLACED);
        tally.refits += 1;
        tally.odd += u64::from(passing.is_odd());
        tally.unsure += u64::from(!known && !passing.is_odd());
        tally.closed += u64::from(is_closed);
        tally.lost += u64::from(lost);
        // A map that is not known has its own labels alone.
        let kinds = if known { &[] } else { household.policy.redacted_kinds() };
        let mut truth = Truth::of(&map, kinds, &[]);
        if known && !lost {
            truth.take_over(&marks);
        }
        Self { number, lasting, passing, known, lost, truth, bound: marks.bound }
    }

    /// No zone holds what must not be cleaned, whoever asks for it. On a lost day nobody can say where that is, but the
    /// floor is today's.
    ///
    /// # Panics
    /// One does.
    pub(super) fn hold_zones(&self, household: &Household) {
        for (zone, region) in (1..).zip(household.zones()) {
            let fault = region.and_then(|region| self.truth.fault_of_region(&region));
            let Self { number, lasting, passing, known, .. } = self;
            assert_eq!(fault, None, "day {number}, zone {zone}, {lasting:?} and {passing:?}, known {known}");
        }
    }

    /// Has the robot do a goal from a pose.
    ///
    /// # Panics
    /// What it would do must not be done.
    pub(super) fn hold(&self, household: &Household, pose: Isometry2<f64>, goal: &Goal, tally: &mut Tally) {
        let task = household.keeper.key().unwrap().resolve(pose, goal);
        let fault = match task {
            Ok(Task::Clean(_) | Task::Drive(_)) if household.is_closed() => {
                Some("nobody knows where the marks are")
            }
            Ok(Task::Clean(region)) => {
                tally.cleaned += 1;
                self.fault_of_cleaning(&region, goal, tally)
            }
            Ok(Task::Drive(path)) => {
                tally.driven += 1;
                self.truth.fault_of_path(&path)
            }
            Ok(_) => {
                tally.nothing += 1;
                None
            }
            Err(_) => {
                tally.no_way += 1;
                None
            }
        };
        let Self { number, lasting, passing, known, .. } = self;
        assert_eq!(
            fault, None,
            "day {number}, goal {goal:?}, after {lasting:?} and {passing:?}, known {known}"
        );
    }

    /// Why a region must not be cleaned for a goal, if it mustn't. The area of a redacted room may lead into that room.
    fn fault_of_cleaning(&self, region: &Region, goal: &Goal, tally: &mut Tally) -> Option<&'static str> {
        let own = |area: AreaId| self.bound.iter().filter(move |(own, _)| *own == area.get());
        match goal {
            Goal::Area(area) if !self.lost && own(*area).next().is_some() => {
                tally.cleaned_hidden += 1;
                // Turned cells are known to a cell, and so is a map of other floor.
                let near = if self.passing.is_turned() { 2 } else { 0 };
                self.truth.fault_of_room(region, own(*area).map(|(_, at)| *at), near)
            }
            _ => self.truth.fault_of_region(region),
        }
    }
}

/// The home of a map, also where the map is of a part of the home that the dock is not in.
fn built(map: &RobotMap) -> Home {
    let built = |map: RobotMap| map.into_builder(Footprint::disc_m(RADIUS_M).unwrap()).build();
    let home = match built(map.clone()) {
        Err(HomeError::Dock) => {
            built(RobotMap::new(map.grid.clone(), map.rooms.clone(), None, map.keep_outs.clone()))
        }
        home => home,
    };
    home.unwrap()
}

/// The share of some places with a zone that have the same zone today, of those that have any.
fn same_zones(places: &[(usize, Point2<f64>)], today: &[Option<Region>]) -> f64 {
    let (mut both, mut same) = (1_u32, 1_u32);
    for &(zone, at) in places {
        let now = today.iter().position(|region| region.as_ref().is_some_and(|region| region.contains(at)));
        both += u32::from(now.is_some());
        same += u32::from(now == Some(zone));
    }
    f64::from(same) / f64::from(both)
}
