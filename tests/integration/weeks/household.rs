//! A household: its home, its robot's keeper, and what its robot sees.

use homeveil::atlas::ZoneId;
use homeveil::home::{Home, RobotMap, Room, RoomId};
use homeveil::keeper::{ConsentRecord, Keeper, MemoryStore};
use homeveil::key::{AreaId, Mark, MarkKind, Region};
use homeveil::synth::Change;
use homeveil::{Coins, HouseKey, Policy, Redaction};
use nalgebra::{Isometry2, Point2};

use super::dice::Dice;
use super::marks::{Marks, OwnMark};
use super::storeys::{Shown, Storeys};
use super::tally::Tally;
use super::truth::Truth;
use super::{DAY_S, MONDAY, PURPOSE};

/// The map of a day.
#[derive(Clone, Debug)]
pub(super) enum Passing {
    /// The home's after these changes.
    Changed(Vec<Change>),
    /// That of another home.
    Elsewhere(u64),
}

impl Passing {
    /// It shows rooms of other shapes or under other names, or another canvas.
    pub(super) fn is_odd(&self) -> bool {
        let plain = |change: &Change| {
            matches!(change, Change::Shut(_) | Change::Unseen(_) | Change::Split(_) | Change::Merge(..))
        };
        match self {
            Self::Changed(changes) => !changes.iter().all(plain),
            Self::Elsewhere(_) => true,
        }
    }

    pub(super) fn is_turned(&self) -> bool {
        matches!(self, Self::Changed(changes) if changes.iter().any(|change| matches!(change, Change::Turn { .. })))
    }
}

/// A household in its week.
pub(super) struct Household {
    pub(super) dice: Dice,
    pub(super) map: RobotMap,
    /// The map of the storey above.
    upstairs: u64,
    pub(super) policy: Policy,
    pub(super) redaction: Redaction,
    /// A room that the owner redacts besides.
    pub(super) room: Option<RoomId>,
    pub(super) keeper: Keeper<MemoryStore>,
    /// The home's marks are in metres of the map that lasts.
    pub(super) storeys: Storeys,
    /// The key as it was on the last day on which the home was recognized.
    pub(super) at_home: Option<HouseKey>,
    pub(super) saw_home_last: bool,
    /// A map was once recognized as what it is not.
    pub(super) ever_lost: bool,
}

impl Household {
    pub(super) fn new(number: u64, policy: &Policy) -> Self {
        let mut dice = Dice(Coins::replayed(number));
        let seed = dice.below(1 << (4 + number % 24));
        let map = RobotMap::from_seed(seed);
        let mut keeper =
            Keeper::open_with(MemoryStore::default(), policy.clone(), Coins::replayed(!number)).unwrap();
        let consent = ConsentRecord::given("c-1", "Robot Maker", MONDAY, MONDAY.later_by_s(8 * DAY_S));
        keeper.consent(consent.purpose(PURPOSE)).unwrap();
        let redaction = policy.redaction().keep_unlabelled();
        let rooms: Vec<RoomId> = map.rooms.iter().map(Room::id).collect();
        let room = if dice.one_in(3) { dice.pick(&rooms) } else { None };
        let redaction = redaction.rooms(room);
        Self {
            upstairs: dice.below(1 << 16),
            dice,
            map,
            policy: policy.clone(),
            redaction,
            room,
            keeper,
            storeys: Storeys::default(),
            at_home: None,
            saw_home_last: true,
            ever_lost: false,
        }
    }

    fn any_room(&mut self) -> RoomId {
        let rooms: Vec<RoomId> = self.map.rooms.iter().map(Room::id).collect();
        self.dice.pick(&rooms).unwrap()
    }

    /// What a night does to the map for good, and the map of the next day, which is gone the day after.
    pub(super) fn night(&mut self) -> (Vec<Change>, Passing) {
        let mut lasting = Vec::new();
        if self.dice.one_in(2) {
            let blocks = u32::try_from(self.dice.below(5)).unwrap();
            lasting.push(Change::Furniture { blocks, seed: self.dice.below(1 << 30) });
        }
        if self.dice.one_in(3) {
            lasting.push(Change::QuarterTurn);
        }
        if self.dice.one_in(3) {
            let mut cells = || u32::try_from(self.dice.below(40)).unwrap();
            lasting.push(Change::Shift { left: cells(), below: cells() });
        }
        let small = |dice: &mut Dice, below: u64| u16::try_from(dice.below(below)).unwrap();
        let passing = match self.dice.below(14) {
            0 => vec![Change::Shut(self.any_room())],
            1 => vec![Change::Unseen(self.any_room())],
            2 => vec![Change::Split(self.any_room())],
            3 => vec![Change::Merge(self.any_room(), self.any_room())],
            4 => vec![Change::Turn { tenths: small(&mut self.dice, 3600) }],
            5 => vec![Change::Turn { tenths: small(&mut self.dice, 3600) }, Change::Nameless],
            6 => vec![Change::Nameless],
            7 => vec![Change::Renumber(1 + small(&mut self.dice, 5))],
            8 => vec![Change::Begun(3 + small(&mut self.dice, 30))],
            9 => return (lasting, Passing::Elsewhere(self.dice.below(1 << 16))),
            10 => return (lasting, Passing::Elsewhere(self.upstairs)),
            _ => Vec::new(),
        };
        (lasting, Passing::Changed(passing))
    }

    /// Changes the map for good.
    pub(super) fn settle(&mut self, lasting: &[Change]) {
        for &change in lasting {
            let moved = self.map.places_after(change);
            self.storeys.0.iter_mut().take(1).for_each(|home| home.marks.move_by(&moved));
            self.map = self.map.changed(change);
        }
    }

    /// The map that the robot makes in a day.
    pub(super) fn map_of(&self, passing: &Passing) -> RobotMap {
        match passing {
            Passing::Elsewhere(seed) => RobotMap::from_seed(*seed),
            Passing::Changed(changes) => {
                changes.iter().fold(self.map.clone(), |map, &change| map.changed(change))
            }
        }
    }

    /// The marks of a storey on the map of the day, if anybody can say where they lie.
    pub(super) fn marks_of(&self, storey: usize, passing: &Passing) -> Option<Marks> {
        let storey = &self.storeys.0[storey];
        let mut marks = storey.marks.clone();
        match (storey.shown, passing) {
            (Shown::Home, Passing::Changed(changes)) => {
                if passing.is_turned() {
                    marks.before_a_turn(&self.map);
                }
                let mut map = self.map.clone();
                for &change in changes {
                    marks.move_by(map.places_after(change));
                    map = map.changed(change);
                }
                Some(marks)
            }
            (Shown::Other(seed), Passing::Elsewhere(today)) if seed == *today => Some(marks),
            _ => None,
        }
    }

    /// Notes what is redacted on the first day's map, and the zones of some places.
    pub(super) fn note(&mut self, truth: &Truth) {
        let key = self.keeper.key().unwrap();
        let mut marks = Marks::of(&key.marks(), truth, self.named_on(&self.map, truth));
        let hidden = (0..truth.open.len()).filter(|&cell| truth.hidden[cell]);
        let all = marks.places(MarkKind::Redacted).collect::<Vec<_>>();
        let mut covered = vec![false; truth.open.len()];
        truth.cells(all.into_iter()).into_iter().for_each(|cell| covered[cell] = true);
        assert!(hidden.into_iter().all(|cell| covered[cell]), "what is redacted has no mark");
        for (zone, region) in self.zones().iter().enumerate() {
            let places = region.iter().flat_map(Region::points).step_by(7);
            marks.zones.extend(places.map(|at| (zone, at)));
        }
        self.storeys.add(Shown::Home, marks);
    }

    /// Notes a storey that was never seen, and what is marked there from the beginning.
    pub(super) fn note_new(
        &mut self,
        passing: &Passing,
        map: &RobotMap,
        truth: &Truth,
        listed: &[Mark],
    ) -> usize {
        let marks = Marks::of(listed, truth, self.named_on(map, truth));
        self.storeys.add(Shown::by(passing), marks)
    }

    /// Whether a mark is of the room that the owner redacts by its number.
    fn named_on(&self, map: &RobotMap, truth: &Truth) -> impl Fn(&Mark) -> bool + use<> {
        let named = map.rooms.iter().filter(|room| Some(room.id()) == self.room);
        let cells = named.flat_map(|room| truth.floor_of(room));
        let named: Vec<Point2<f64>> = cells.map(|cell| truth.middle(cell)).collect();
        move |mark| mark.kind == MarkKind::Redacted && named.iter().any(|&at| mark.region.contains(at))
    }

    /// Binds an area to each room, and notes those of redacted ones.
    pub(super) fn bind_areas(&mut self, home: &Home, truth: &Truth, tally: &mut Tally) {
        let mut bound = false;
        for (area, room) in (0..self.policy.areas()).zip(&self.map.rooms) {
            let area = AreaId::new(area);
            let is_bound = self.keeper.edit_key(0, |key| key.bind_rooms(area, home, &[room.id()])).unwrap();
            let cells = truth.floor_of(room);
            if is_bound.is_ok() {
                let leads_in = !cells.is_empty() && cells.iter().all(|&cell| truth.hidden[cell]);
                bound |= leads_in;
                let places = cells.into_iter().map(|cell| truth.middle(cell)).collect();
                let listed = self.keeper.key().unwrap().marks();
                let id = listed.iter().find(|mark| mark.kind == MarkKind::Area(area)).unwrap().id;
                let own = OwnMark { id, kind: MarkKind::Area(area), places, by_owner: false, leads_in };
                self.storeys.0[0].marks.own.push(own);
            }
        }
        tally.hidden_areas += u64::from(bound);
    }

    /// The zones of today, 1 to 6.
    pub(super) fn zones(&self) -> Vec<Option<Region>> {
        Self::zones_of(self.keeper.key().unwrap())
    }

    pub(super) fn zones_of(key: &HouseKey) -> Vec<Option<Region>> {
        (1..=6).map(|zone| key.lift_zone(ZoneId::new(zone)).ok()).collect()
    }

    /// The key leads nowhere today.
    pub(super) fn is_closed(&self) -> bool {
        self.keeper.key().unwrap().check_open().is_err()
    }

    /// Where the robot says that it is: on the floor, anywhere, or nowhere.
    pub(super) fn pose(&mut self, truth: &Truth) -> Isometry2<f64> {
        let side = |cells: i64| cells as f64 * truth.resolution_m;
        let (wide, high) = (side(truth.width), side(truth.height));
        let at = match self.dice.below(8) {
            0..4 => {
                let free: Vec<usize> = (0..truth.open.len()).filter(|&cell| truth.open[cell]).collect();
                self.dice.pick(&free).map_or(Point2::origin(), |cell| truth.middle(cell))
            }
            4 | 5 => Point2::new(self.dice.metres(-1.0, wide + 1.0), self.dice.metres(-1.0, high + 1.0)),
            6 => Point2::new(f64::NAN, 1.0),
            _ => self.map.dock.unwrap_or_else(Point2::origin),
        };
        Isometry2::new(at.coords, self.dice.metres(-4.0, 4.0))
    }
}
