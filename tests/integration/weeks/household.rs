//! A household: its home, its robot's keeper, and what its owner does.

use geo_types::{Coord, Rect};
use homeveil::atlas::ZoneId;
use homeveil::home::{Home, KeepOut, RobotMap, Room, RoomId};
use homeveil::keeper::{ConsentRecord, Keeper, MemoryStore};
use homeveil::key::{AreaId, Region};
use homeveil::synth::Change;
use homeveil::{Coins, HouseKey, Policy, Redaction};
use nalgebra::{Isometry2, Point2};

use super::dice::Dice;
use super::marks::Marks;
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
    pub(super) policy: Policy,
    pub(super) redaction: Redaction,
    /// A room that the owner redacts besides.
    pub(super) room: Option<RoomId>,
    pub(super) keeper: Keeper<MemoryStore>,
    /// Places in metres of the map that lasts.
    pub(super) marks: Marks,
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
        let marks = Marks::default();
        Self { dice, map, policy: policy.clone(), redaction: redaction.rooms(room), room, keeper, marks }
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
        let passing = match self.dice.below(12) {
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
            _ => Vec::new(),
        };
        (lasting, Passing::Changed(passing))
    }

    /// Changes the map for good.
    pub(super) fn settle(&mut self, lasting: &[Change]) {
        for &change in lasting {
            self.marks.move_by(self.map.places_after(change));
            self.map = self.map.changed(change);
        }
    }

    /// The map that the robot makes in a day, and the marks on it.
    pub(super) fn map_of(&self, passing: &Passing) -> (RobotMap, Marks) {
        let mut marks = self.marks.clone();
        if passing.is_turned() {
            marks.before_a_turn(&self.map);
        }
        let map = match passing {
            Passing::Elsewhere(seed) => RobotMap::from_seed(*seed),
            Passing::Changed(changes) => changes.iter().fold(self.map.clone(), |map, &change| {
                marks.move_by(map.places_after(change));
                map.changed(change)
            }),
        };
        (map, marks)
    }

    /// Notes what is redacted on the first day's map, and the zones of some places.
    pub(super) fn note(&mut self, truth: &Truth) {
        let hidden = (0..truth.open.len()).filter(|&cell| truth.hidden[cell]);
        self.marks.hidden = hidden.map(|cell| truth.middle(cell)).collect();
        for (zone, region) in self.zones().iter().enumerate() {
            let places = region.iter().flat_map(Region::points).step_by(7);
            self.marks.zones.extend(places.map(|at| (zone, at)));
        }
    }

    /// Binds an area to each room, and notes those of redacted ones.
    pub(super) fn bind_areas(&mut self, home: &Home, truth: &Truth) {
        for (area, room) in (0..self.policy.areas()).zip(&self.map.rooms) {
            let bind = |key: &mut HouseKey| key.bind_rooms(AreaId::new(area), home, &[room.id()]);
            let is_bound = self.keeper.edit_key(0, bind).unwrap().is_ok();
            let cells = room.runs().iter().flat_map(|run| run.columns().map(|x| (x, run.y())));
            let cells = cells.filter_map(|(x, y)| truth.index((x.into(), y.into())));
            // Of a room that is redacted, all of it.
            let cells: Vec<usize> = cells.filter(|&cell| truth.open[cell]).collect();
            if is_bound && !cells.is_empty() && cells.iter().all(|&cell| truth.hidden[cell]) {
                self.marks.bound.extend(cells.iter().map(|&cell| (area, truth.middle(cell))));
            }
        }
    }

    /// The zones of today, 1 to 6.
    pub(super) fn zones(&self) -> Vec<Option<Region>> {
        let key = self.keeper.key().unwrap();
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

    /// An edit of the owner's, as places of today's map.
    pub(super) fn edit(&mut self, truth: &mut Truth) {
        let (width, height) = (f64::from(self.map.grid.width()), f64::from(self.map.grid.height()));
        let resolution = self.map.grid.resolution_m();
        let corner = Coord { x: self.dice.metres(0.0, width), y: self.dice.metres(0.0, height) };
        let (across, up) = (self.dice.metres(4.0, 24.0), self.dice.metres(4.0, 24.0));
        let cells = if self.dice.one_in(2) {
            let area = Rect::new(corner * resolution, (corner + Coord { x: across, y: up }) * resolution);
            let area = KeepOut::Area(area.to_polygon());
            self.keeper.edit_key(0, |key| key.bar(&area)).unwrap().unwrap();
            truth.under(&area)
        } else {
            let mut metres = || Coord { x: self.dice.metres(0.0, 9.6), y: self.dice.metres(0.0, 9.6) };
            let rect = Rect::new(metres(), metres());
            let region = self.keeper.key().unwrap().lift_rect(rect);
            if self.keeper.edit_key(0, |key| key.bar_rect(rect)).unwrap().is_err() {
                return;
            }
            let region = region.unwrap();
            region.points().filter_map(|at| truth.index(truth.cell_of(at))).collect()
        };
        for cell in cells {
            truth.barred[cell] = true;
            self.marks.barred.push(truth.middle(cell));
        }
    }
}
