//! What the owner chose holds, whatever maps come and whatever else is chosen: redactions and bars made by hand, while
//! something is undecided, on maps that nobody knows, and where there is nothing to draw.

use geo_types::Line;
use homeveil::atlas::ZoneId;
use homeveil::grid::{Cell, OccupancyGrid};
use homeveil::home::{Footprint, Home, KeepOut, RobotMap, Room, RoomId, RoomKind};
use homeveil::keeper::{ConsentRecord, Keeper, MemoryStore, Purpose, UnixTime};
use homeveil::key::{KeyError, MarkKind, OutOfReach, Passage};
use homeveil::synth::{Change, sample_home};
use homeveil::{Coins, Grant, HouseKey, Policy, Redaction, anonymize};
use nalgebra::Point2;

use crate::drawings::{TWO_ROOMS, home};
use crate::maps::home as home_of;

fn key_of(home: &Home, redaction: &Redaction) -> HouseKey {
    let coins = &mut Coins::replayed(1);
    anonymize(home, redaction, &Policy::sealed(), Grant::unaccounted(), coins).unwrap().1
}

fn in_zones(key: &HouseKey, at: Point2<f64>) -> bool {
    (1..=4).any(|zone| key.lift_zone(ZoneId::new(zone)).is_ok_and(|region| region.contains(at)))
}

/// A place in a room of a map, on its floor and away from its walls.
fn inside(map: &RobotMap, room: RoomId) -> Point2<f64> {
    let room = map.rooms.iter().find(|own| own.id() == room).unwrap();
    let widest = room.runs().iter().max_by_key(|run| run.len()).unwrap();
    let free: Vec<u32> =
        widest.columns().filter(|&x| map.grid.get(x, widest.y()) == Some(Cell::Free)).collect();
    let middle = |cell: u32| (f64::from(cell) + 0.5) * map.grid.resolution_m();
    Point2::new(middle(free[free.len() / 2]), middle(widest.y()))
}

/// The map with a room's kind taken away.
fn without_kind(map: &RobotMap, room: RoomId) -> RobotMap {
    let kind = |own: &Room| if own.id() == room { None } else { own.kind() };
    let rooms = map.rooms.iter().map(|own| Room::new(own.id(), kind(own), own.runs().to_vec())).collect();
    RobotMap::new(map.grid.clone(), rooms, map.dock, map.keep_outs.clone())
}

/// The largest of the sample home's rooms that are redacted, and another room.
fn secret_and_other(map: &RobotMap) -> (RoomId, RoomId) {
    let kinds = Policy::default();
    let is_secret = |room: &&Room| room.kind().is_some_and(|kind| kinds.redacted_kinds().contains(&kind));
    let cells = |room: &&Room| room.runs().iter().map(|run| run.len()).sum::<u32>();
    let secret = map.rooms.iter().filter(is_secret).max_by_key(cells).unwrap().id();
    let other = map.rooms.iter().filter(|room| room.kind() == Some(RoomKind::Office)).map(Room::id).next();
    (secret, other.unwrap())
}

/// Robots give specks of a room's floor to another room, and no room at all to thresholds. What lies inside a redacted
/// room or between two of them is theirs, and the robot is not sent there.
#[test]
fn floor_inside_and_between_redacted_rooms_is_in_no_zone() {
    let speck = "
        ####################
        #aaaaaaa#bbbbbbbbbb#
        #aAaaaaa#bbbbbbbbbb#
        #aaaaaaabbbbaaabbbb#
        #aaaaaaabbbbaaabbbb#
        #aaaaaaabbbbaaabbbb#
        #aaaaaaabbbbbbbbbbb#
        #aaaaaaabbbbbbbbbbb#
        #aaaaaaa#bbbbbbbbbb#
        ####################
    ";
    let at_the_wall = "
        ####################
        #aaaaaaa#bbbbbbbbbb#
        #aAaaaaa#bbbbbbbbbb#
        #aaaaaaabbbbbbbbaaa#
        #aaaaaaabbbbbbbbaaa#
        #aaaaaaabbbbbbbbaaa#
        #aaaaaaabbbbbbbbbbb#
        #aaaaaaabbbbbbbbbbb#
        #aaaaaaa#bbbbbbbbbb#
        ####################
    ";
    // Two bedrooms of as many cells.
    let between = "
        #################################
        #aaaaaaaaa#bbbbbbbbbb#cccccccccc#
        #aAaaaaaaa#bbbbbbbbbb#cccccccccc#
        #aaaaaaaaabbbbbbbbbbb.cccccccccc#
        #aaaaaaaaabbbbbbbbbbb.cccccccccc#
        #aaaaaaaaabbbbbbbbbbb.cccccccccc#
        #aaaaaaaaabbbbbbbbbbb.cccccccccc#
        #aaaaaaaaabbbbbbbbbbb.cccccccccc#
        #aaaaaaaaa#bbbbb######cccccccccc#
        #################################
    ";
    let kinds = [('a', RoomKind::Living), ('b', RoomKind::Bedroom), ('c', RoomKind::Bedroom)];
    for (drawing, hidden) in [(speck, [1.35, 0.45]), (at_the_wall, [1.75, 0.45]), (between, [2.15, 0.45])] {
        let home = Home::from_drawing(0.1, Footprint::disc_m(0.17).unwrap(), drawing, &kinds).unwrap();
        let home = home.build().unwrap();
        let key = key_of(&home, &Policy::default().redaction());
        assert!(in_zones(&key, Point2::new(0.55, 0.45)), "{drawing}");
        assert!(!in_zones(&key, hidden.into()), "{drawing}");
        let (key, _) = key.refit(&home, &Policy::default().redaction());
        assert!(!in_zones(&key, hidden.into()), "{drawing}");
    }
}

/// A room without a kind that nobody has seen before is redacted until the owner chooses, whatever else the owner
/// redacts or releases.
#[test]
fn an_undecided_room_stays_out_when_other_rooms_are_redacted_and_released() {
    let whole = sample_home();
    let (secret, other) = secret_and_other(&whole);
    let redaction = Policy::default().redaction();
    let key = key_of(&home_of(&whole.changed(Change::Unseen(secret))), &redaction);
    let shown = without_kind(&whole, secret);
    let today = home_of(&shown);
    let (mut key, refit) = key.refit(&today, &redaction);
    let (hidden, seen) = (inside(&shown, secret), inside(&shown, other));
    assert!(refit.recognized && refit.undecided && !in_zones(&key, hidden) && in_zones(&key, seen));

    key.redact(&today, &Redaction::none().rooms([other])).unwrap();
    assert!(!in_zones(&key, hidden) && !in_zones(&key, seen));
    let mark =
        key.marks().into_iter().filter(|mark| mark.kind == MarkKind::Redacted).max_by_key(|mark| mark.id);
    key.remove_mark(mark.unwrap().id, &today).unwrap();
    assert!(!in_zones(&key, hidden) && in_zones(&key, seen));
    let (key, refit) = key.refit(&today, &redaction);
    assert!(refit.undecided && !in_zones(&key, hidden), "it is still for the owner to choose");
    let (key, refit) = key.refit(&today, &redaction.keep_unlabelled());
    assert!(!refit.undecided && in_zones(&key, hidden));
}

/// Names are lost, and a room that nobody has seen is on the map: without rooms it is a part of the one piece of floor.
#[test]
fn a_new_room_on_a_map_without_rooms_is_in_no_zone() {
    let whole = sample_home();
    let (secret, other) = secret_and_other(&whole);
    let redaction = Policy::default().redaction();
    let key = key_of(&home_of(&whole.changed(Change::Unseen(secret))), &redaction);
    let bare = RobotMap::new(whole.grid.clone(), Vec::new(), whole.dock, whole.keep_outs.clone());
    let (key, refit) = key.refit(&home_of(&bare), &redaction);
    assert!(refit.recognized && refit.undecided);
    assert!(!in_zones(&key, inside(&whole, secret)) && in_zones(&key, inside(&whole, other)));
    // Nor when something else is redacted, and released again.
    let (mut edited, today) = (key.clone(), home_of(&bare));
    let at = inside(&whole, other);
    let part = geo_types::Rect::new((at.x - 0.3, at.y - 0.3), (at.x + 0.3, at.y + 0.3)).to_polygon();
    let before = edited.marks();
    edited.redact(&today, &Redaction::none().region(part).unwrap()).unwrap();
    assert!(!in_zones(&edited, inside(&whole, secret)) && !in_zones(&edited, at));
    // The floor, and what else the outline covers.
    let marks = edited.marks();
    let new = || marks.iter().filter(|mark| before.iter().all(|old| old.id != mark.id));
    assert_eq!(new().count(), 2);
    new().for_each(|mark| edited.remove_mark(mark.id, &today).unwrap());
    assert!(!in_zones(&edited, inside(&whole, secret)) && in_zones(&edited, at));
    assert!(edited.refit(&today, &redaction).1.undecided);
    let (key, refit) = key.refit(&home_of(&bare), &redaction.keep_unlabelled());
    assert!(!refit.undecided && in_zones(&key, inside(&whole, secret)));
}

/// A bar on a map that nobody confirmed has no place on another such map.
#[test]
fn a_bar_on_a_strange_map_closes_the_key_on_the_next_one() {
    let none = Redaction::none().keep_unlabelled();
    let [own, first, second] = [1 << 14, 77 << 10, 21 << 10].map(|seed| home_of(&RobotMap::from_seed(seed)));
    let (mut key, refit) = key_of(&own, &none).refit(&first, &none);
    assert!(!refit.recognized && refit.open.is_ok());
    let dock = RobotMap::from_seed(77 << 10).dock.unwrap();
    key.bar(&KeepOut::Wall(Line::new((dock.x - 0.5, dock.y), (dock.x + 0.5, dock.y)))).unwrap();
    let (next, refit) = key.refit(&second, &none);
    assert!(!refit.recognized);
    assert_eq!(refit.open, Err(KeyError::UnplacedBars));
    let served = next.served(&second).unwrap();
    let why: Vec<OutOfReach> =
        served.rooms().iter().filter_map(homeveil::key::ServedRoom::out_of_reach).collect();
    assert!(why.contains(&OutOfReach::Closed) && !why.contains(&OutOfReach::KeptOut), "{why:?}");
    // The maps with a place for it are open as before, also after a week of strange maps.
    let (key, refit) = next.refit(&first, &none);
    assert!(refit.recognized && refit.open.is_ok());
    let week = (0..8).map(|n| home_of(&RobotMap::from_seed((200 + n) << 10)));
    let key = week.fold(key, |key, map| key.refit(&map, &none).0);
    assert!(key.refit(&first, &none).1.recognized && key.refit(&own, &none).1.open.is_ok());
}

/// What an owner does to a key on a map.
type Edit<'a> = &'a dyn Fn(&mut HouseKey, &RobotMap);

/// A bar or redaction on a map that had to make room closes the key on strange maps as if the map were still known.
#[test]
fn what_was_chosen_on_a_map_that_was_given_up_is_not_forgotten() {
    let none = Redaction::none();
    let [own, maps @ ..] = [14, 77, 21, 200, 201, 202, 203].map(|seed| RobotMap::from_seed(seed << 10));
    let homes = maps.each_ref().map(home_of);
    let bar = |key: &mut HouseKey, map: &RobotMap| {
        let dock = map.dock.unwrap();
        let wall = KeepOut::Wall(Line::new((dock.x - 0.5, dock.y), (dock.x + 0.5, dock.y)));
        key.bar(&wall).unwrap();
    };
    let redact = |key: &mut HouseKey, map: &RobotMap| {
        key.redact(&home_of(map), &Redaction::none().rooms([map.rooms[0].id()])).unwrap();
    };
    let edits: [(Edit<'_>, KeyError); 2] =
        [(&bar, KeyError::UnplacedBars), (&redact, KeyError::UnplacedRedaction)];
    let first = key_of(&home_of(&own), &none);
    for (edit, why) in edits {
        // On a map that nobody confirmed, and on one that is given up for a fourth that is the home's.
        for chosen_on in [3, 0] {
            let mut key = first.clone();
            for number in 0..5 {
                let (next, refit) = key.refit(&homes[number], &none);
                assert!(!refit.recognized, "map {number}");
                assert_eq!(refit.open, if number > chosen_on { Err(why) } else { Ok(()) }, "map {number}");
                key = next;
                if number == chosen_on {
                    edit(&mut key, &maps[number]);
                }
                if number < 3 || chosen_on == 0 {
                    key.confirm_map();
                }
                key = HouseKey::from_secret_bytes(&key.to_secret_bytes()).unwrap();
            }
            let (mut key, refit) = key.refit(&homes[5], &none);
            assert!(!refit.recognized && refit.open == Err(why));
            assert!(!key.refit(&homes[chosen_on], &none).1.recognized, "it was given up");
            assert!(key.refit(&home_of(&own), &none).1.open.is_ok());
            key.unbar();
            let is_open = why == KeyError::UnplacedBars;
            assert_eq!(key.check_open().is_ok(), is_open);
            assert_eq!(key.refit(&homes[5], &none).1.open.is_ok(), is_open);
        }
    }
}

/// A home with nothing to draw: what is marked there can be listed, removed and added to.
#[test]
fn marks_of_a_home_with_nothing_to_draw_can_be_removed() {
    let (bare, now) = (home("####\n####"), UnixTime::from_secs(1_790_000_000));
    let purpose = Purpose::RequestedServiceProvision;
    let mut keeper =
        Keeper::open_with(MemoryStore::default(), Policy::default(), Coins::replayed(7)).unwrap();
    let consent = ConsentRecord::given("c-1", "Robot Maker", now, now.later_by_s(9999));
    keeper.consent(consent.purpose(purpose)).unwrap();
    keeper.on_map(&bare, &Redaction::none(), purpose, now).unwrap();
    keeper.release(purpose, now).unwrap();
    for place in [
        KeepOut::Wall(Line::new((0.05, 0.05), (0.15, 0.05))),
        KeepOut::Wall(Line::new((0.0, 0.0), (0.0, 0.0))),
        KeepOut::Wall(Line::new((-1.0, 0.0), (1.0, 0.0))),
        KeepOut::Area(geo_types::Polygon::new(vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)].into(), vec![])),
    ] {
        let removed = keeper.edit_key(0, |key| {
            let id = key.bar(&place)?;
            assert!(key.marks().iter().any(|mark| mark.id == id));
            key.remove_mark(id, &bare)?;
            Ok::<bool, KeyError>(key.marks().is_empty())
        });
        assert!(matches!(removed.unwrap(), Ok(true) | Err(KeyError::Nothing)), "{place:?}");
    }
    assert_eq!(
        keeper.edit_key(0, |key| key.remove_mark(homeveil::key::MarkId::new(9), &bare)).unwrap(),
        Err(KeyError::UnknownMark)
    );
}

/// While the owner has still to choose about rooms without a kind, one room is redacted by hand: it stays so when the
/// choice is made, and the others come back.
#[test]
fn what_is_redacted_by_hand_outlasts_the_choice() {
    let (map, now) = (home(TWO_ROOMS), UnixTime::from_secs(1_790_000_000));
    let purpose = Purpose::RequestedServiceProvision;
    let policy = Policy::default();
    let mut keeper = Keeper::open_with(MemoryStore::default(), policy.clone(), Coins::replayed(7)).unwrap();
    let consent = ConsentRecord::given("c-1", "Robot Maker", now, now.later_by_s(9999));
    keeper.consent(consent.purpose(purpose)).unwrap();
    keeper.on_map(&map, &policy.redaction(), purpose, now).unwrap();
    keeper.release(purpose, now).unwrap();
    let (a, b) = (Point2::new(0.45, 0.35), Point2::new(1.45, 0.35));
    let zones = |keeper: &Keeper<MemoryStore>| [a, b].map(|at| in_zones(keeper.key().unwrap(), at));
    assert_eq!(zones(&keeper), [false, false]);
    let by_hand = Redaction::none().rooms([RoomId::new(2)]);
    keeper.edit_key(0, |key| key.redact(&map, &by_hand)).unwrap().unwrap();
    keeper.on_map(&map, &policy.redaction().keep_unlabelled(), purpose, now).unwrap();
    assert_eq!(zones(&keeper), [true, false]);
}

/// While the owner has still to choose about rooms without a kind, a room is redacted by its number; then the robot
/// numbers its rooms otherwise. What was meant is where it was.
#[test]
fn a_number_given_before_the_choice_means_the_room_of_that_day() {
    let swapped = TWO_ROOMS.replace('b', "x").replace('a', "b").replace('A', "B").replace('x', "a");
    let now = UnixTime::from_secs(1_790_000_000);
    let purpose = Purpose::RequestedServiceProvision;
    let policy = Policy::default();
    let asked = policy.redaction().rooms([RoomId::new(2)]);
    for later in [TWO_ROOMS, &swapped] {
        let mut keeper =
            Keeper::open_with(MemoryStore::default(), policy.clone(), Coins::replayed(7)).unwrap();
        let consent = ConsentRecord::given("c-1", "Robot Maker", now, now.later_by_s(9999));
        keeper.consent(consent.purpose(purpose)).unwrap();
        keeper.on_map(&home(TWO_ROOMS), &asked, purpose, now).unwrap();
        let (a, b) = (Point2::new(0.45, 0.35), Point2::new(1.45, 0.35));
        let zones = |keeper: &Keeper<MemoryStore>| [a, b].map(|at| in_zones(keeper.key().unwrap(), at));
        assert_eq!(zones(&keeper), [false, false]);
        for _ in 0..2 {
            keeper.on_map(&home(later), &asked.clone().keep_unlabelled(), purpose, now).unwrap();
            assert_eq!(zones(&keeper), [true, false], "{later}");
            let marks = keeper.key().unwrap().marks();
            assert_eq!(marks.iter().filter(|mark| mark.kind == MarkKind::Redacted).count(), 1);
        }
    }
}

/// A wall that the owner draws across the only doorway is told as the same wall on the robot's map is.
#[test]
fn a_doorway_barred_by_hand_makes_a_zone_unreachable() {
    let map = home(TWO_ROOMS);
    let none = Redaction::none();
    let mut key = key_of(&map, &none);
    let zones = || (1..=4).map(ZoneId::new);
    assert!(zones().all(|zone| key.lift_zone(zone).is_ok()));
    assert!(!key.passages().contains(&Passage::Unreachable));
    let id = key.bar(&KeepOut::Wall(Line::new((1.15, 0.1), (1.15, 0.9)))).unwrap();
    let shut: Vec<ZoneId> = zones().filter(|&zone| key.lift_zone(zone).is_err()).collect();
    assert!(!shut.is_empty() && shut.len() < 4);
    for &zone in &shut {
        assert_eq!(key.lift_zone(zone).err(), Some(KeyError::Unreachable { zone }));
    }
    assert!(key.passages().contains(&Passage::Unreachable));
    let (fitted, refit) = key.refit(&map, &none);
    assert_eq!(refit.unreachable, shut);
    assert_eq!(fitted.passages(), key.passages());
    key.remove_mark(id, &map).unwrap();
    assert!(zones().all(|zone| key.lift_zone(zone).is_ok()));
    assert!(!key.passages().contains(&Passage::Unreachable));
}

/// What is redacted counts for the size of a home, too.
#[test]
fn a_map_larger_than_any_home_is_told_whatever_is_redacted() {
    let grid = OccupancyGrid::new(70, 70, 0.5, vec![Cell::Free; 4900]).unwrap();
    let map = Home::builder(grid, Footprint::disc_m(0.1).unwrap()).segmented().build().unwrap();
    let all = Redaction::none().rooms(map.rooms().iter().map(Room::id));
    let served = key_of(&map, &all.keep_unlabelled()).served(&map).unwrap();
    assert!(served.is_no_home());
}
