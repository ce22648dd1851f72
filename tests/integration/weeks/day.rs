//! A day: the map that the robot made, and what is true of it.

use homeveil::home::{Footprint, Home, HomeError, RobotMap, RoomId};
use homeveil::key::{Goal, MarkKind, Region, Task};
use homeveil::synth::Change;
use nalgebra::{Isometry2, Point2};

use super::household::{Household, Passing};
use super::marks::Marks;
use super::storeys::Shown;
use super::tally::Tally;
use super::truth::Truth;
use super::{DAY_S, MONDAY, PURPOSE, RADIUS_M};

/// The least share of places that keep their zones on a map that was placed rightly.
const PLACED: f64 = 0.6;

/// The same on a map whose cells are those of the first day, in a week without a day that was lost: what is at a
/// room's border, or behind new furniture, can change sides.
const KEPT: f64 = 0.9;

/// A day of a household.
pub(super) struct Day {
    pub(super) number: u64,
    /// What the night did for good.
    lasting: Vec<Change>,
    /// What the map of the day is besides.
    pub(super) passing: Passing,
    pub(super) map: RobotMap,
    pub(super) home: Home,
    /// The map was recognized.
    pub(super) known: bool,
    /// It was recognized as what it is not; it was taken for its half turn, say. Nobody can say then what lies where.
    pub(super) lost: bool,
    /// The number of its storey.
    pub(super) storey: usize,
    /// It was seen before, and without a mark nobody can tell which one it is.
    nameless: bool,
    pub(super) truth: Truth,
    /// The storey's marks as they lie on this map; nothing where nobody can say.
    pub(super) marks: Option<Marks>,
}

impl Day {
    /// The first day: everything is noted that later days are held against.
    pub(super) fn first(household: &mut Household, tally: &mut Tally) -> Self {
        let map = household.map.clone();
        let home = built(&map);
        household.keeper.on_map(&home, &household.redaction, PURPOSE, MONDAY).unwrap();
        let rooms: Vec<RoomId> = household.room.into_iter().collect();
        let truth = Truth::of(&map, household.policy.redacted_kinds(), &rooms);
        household.note(&truth);
        household.bind_areas(&home, &truth, tally);
        let marks = Some(household.storeys.0[0].marks.clone());
        let passing = Passing::Changed(Vec::new());
        let lasting = Vec::new();
        let (known, lost, nameless) = (true, false, false);
        Self { number: 0, lasting, passing, map, home, known, lost, storey: 0, nameless, truth, marks }
    }

    /// A later day, after a night that may have changed anything.
    pub(super) fn next(number: u64, household: &mut Household, tally: &mut Tally) -> Self {
        let (lasting, passing) = household.night();
        household.settle(&lasting);
        let map = household.map_of(&passing);
        let (home, now) = (built(&map), MONDAY.later_by_s(number * DAY_S));
        household.keeper.on_map(&home, &household.redaction, PURPOSE, now).unwrap();
        let known = household.keeper.refit_of(0).map_or(true, |refit| refit.recognized);
        let listed = household.keeper.key().unwrap().marks();
        let is_bare = household.storeys.0[0].marks.own.is_empty() && listed.is_empty();
        let found = household.storeys.with_marks(&listed).or(is_bare.then_some(0)).filter(|_| known);
        let is_closed = household.is_closed();
        // What comes back under other coordinates is no storey whose places are known.
        let is_right = found.is_none_or(|storey| match household.storeys.0[storey].shown {
            Shown::Home => matches!(passing, Passing::Changed(_)),
            shown => shown == Shown::by(&passing),
        });
        let marks = found.and_then(|storey| household.marks_of(storey, &passing));
        let same = marks.as_ref().map_or(1.0, |marks| same_zones(&marks.zones, &household.zones()));
        let lost = known && !is_closed && (!is_right || found == Some(0) && same < PLACED);
        let marks = marks.filter(|_| is_right && !lost);
        // A map that is not known has its own labels alone.
        let rooms: Vec<RoomId> = household.room.into_iter().collect();
        let (kinds, rooms) =
            if known { (&[] as &[_], Vec::new()) } else { (household.policy.redacted_kinds(), rooms) };
        let mut truth = Truth::of(&map, kinds, &rooms);
        if let Some(marks) = &marks {
            truth.take_over(marks);
        }
        let storey = found.unwrap_or_else(|| household.note_new(&passing, &map, &truth, &listed));
        let marks = if found.is_some() { marks } else { household.marks_of(storey, &passing) };
        household.ever_lost |= lost;
        tally.refits += 1;
        tally.odd += u64::from(passing.is_odd());
        tally.unsure += u64::from(!known && !passing.is_odd());
        tally.closed += u64::from(is_closed);
        tally.lost += u64::from(lost);
        tally.upstairs += u64::from(known && !lost && found != Some(0));
        let nameless = known && found.is_none();
        let day = Self { number, lasting, passing, map, home, known, lost, storey, nameless, truth, marks };
        let is_plain = !day.passing.is_odd() && found == Some(0) && !household.ever_lost;
        assert!(!is_plain || same >= KEPT, "{}: {same} of the places keep their zones", day.story());
        if found == Some(0) && !household.saw_home_last {
            day.hold_return(household, tally);
        }
        household.saw_home_last = found == Some(0);
        day
    }

    /// What happened, for a test that fails.
    pub(super) fn story(&self) -> String {
        let Self { number, lasting, passing, known, lost, storey, .. } = self;
        format!(
            "day {number}, after {lasting:?} and {passing:?}, known {known}, lost {lost}, storey {storey}"
        )
    }

    /// The home is back: it is as if the days on other storeys had not been.
    fn hold_return(&self, household: &Household, tally: &mut Tally) {
        let (expected, _) = household.at_home.as_ref().unwrap().refit(&self.home, &household.redaction);
        let key = household.keeper.key().unwrap();
        let zones = Household::zones_of;
        assert!(zones(key) == zones(&expected), "{}: other zones", self.story());
        let marks = |key: &homeveil::HouseKey| {
            key.marks().into_iter().map(|mark| (mark.kind, mark.region.clone())).collect::<Vec<_>>()
        };
        assert!(marks(key) == marks(&expected), "{}: other marks", self.story());
        assert_eq!(key.check_open(), expected.check_open(), "{}", self.story());
        tally.returns += 1;
    }

    /// No zone holds what must not be cleaned, whoever asks for it, no mark is lost, and where something has no place
    /// the key leads nowhere. On a lost day nobody can say where anything is, but the floor is today's, and what was
    /// marked today is where it was marked.
    ///
    /// # Panics
    /// Something is wrong.
    pub(super) fn hold_key(&self, household: &Household) {
        for (zone, region) in (1..).zip(household.zones()) {
            let fault = region.and_then(|region| self.truth.fault_of_region(&region));
            assert_eq!(fault, None, "{}, zone {zone}", self.story());
        }
        let key = household.keeper.key().unwrap();
        let listed = key.marks();
        for own in &household.storeys.0[self.storey].marks.own {
            let is_listed = listed.iter().any(|mark| mark.id == own.id && mark.kind == own.kind);
            assert!(is_listed, "{}: {:?} of {:?} is lost", self.story(), own.id, own.kind);
        }
        // A turned map lies where it does to a cell.
        let placed = self.marks.iter().filter(|_| !self.passing.is_turned());
        for own in placed.flat_map(|marks| &marks.own) {
            let is_certain = matches!(own.kind, MarkKind::Redacted | MarkKind::Barred);
            let mark = listed.iter().find(|mark| mark.id == own.id).filter(|_| is_certain);
            let holds = mark.is_none_or(|mark| own.places.iter().all(|&at| mark.region.contains(at)));
            assert!(holds, "{}: {:?} of {:?} is not where it was", self.story(), own.id, own.kind);
        }
        let must_close = !self.lost && !self.nameless && household.storeys.must_close(self.storey);
        assert!(!must_close || household.is_closed(), "{}: the key is open", self.story());
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
        assert_eq!(fault, None, "{}, goal {goal:?}", self.story());
    }

    /// Why a region must not be cleaned for a goal, if it mustn't. An area may lead into a redacted room that it is
    /// bound to.
    fn fault_of_cleaning(&self, region: &Region, goal: &Goal, tally: &mut Tally) -> Option<&'static str> {
        let Goal::Area(area) = goal else { return self.truth.fault_of_region(region) };
        let own = self.marks.as_ref().map(|marks| {
            marks.own.iter().filter(|mark| mark.kind == MarkKind::Area(*area)).collect::<Vec<_>>()
        });
        let (places, leads_in) = match own.as_deref() {
            None => (None, false),
            Some([]) => (Some([].as_slice()), false),
            Some([mark, ..]) => {
                (Some(mark.places.as_slice()).filter(|places| !places.is_empty()), mark.leads_in)
            }
        };
        tally.cleaned_hidden += u64::from(places.is_some() && self.truth.is_hidden_in(region));
        // Turned cells are known to a cell, and so is a map of other floor.
        let near = if self.passing.is_turned() { 2 } else { 0 };
        self.truth.fault_of_area(region, places, leads_in, near)
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
