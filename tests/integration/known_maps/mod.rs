//! The key knows several maps: odd days leave no trace, what the owner chose is a place, and an unknown map overwrites
//! nothing.

use geo_types::Line;
use homeveil::atlas::ZoneId;
use homeveil::grid::{Cell, OccupancyGrid};
use homeveil::home::{Home, KeepOut, RobotMap, Room, RoomId};
use homeveil::key::{AreaId, KeyError, MOVED_AFTER_MAPS, Mark, MarkKind, Region};
use homeveil::synth::{Change, sample_home};
use homeveil::{Coins, Grant, HouseKey, Policy, Redaction, anonymize};
use nalgebra::Point2;

use crate::props::noisy;
use crate::real_maps;
use crate::refit::{home, keeping};

/// A map's key under the default policy and a redaction.
fn key_of(home: &Home, redaction: &Redaction) -> HouseKey {
    let coins = &mut Coins::replayed(3);
    anonymize(home, redaction, &noisy(), Grant::unaccounted(), coins).unwrap().1
}

fn zones(key: &HouseKey) -> Vec<Option<Region>> {
    (1..=4).map(|zone| key.lift_zone(ZoneId::new(zone)).ok()).collect()
}

/// Of the floor that is in zones under both keys the share that has the same zone, and the share of the floor in zones
/// before that still is.
pub(crate) fn kept(old: &HouseKey, new: &HouseKey, moved: impl Fn(Point2<f64>) -> Point2<f64>) -> (f64, f64) {
    let (old, new) = (zones(old), zones(new));
    let (mut all, mut both, mut same) = (0_u32, 0_u32, 0_u32);
    for (zone, region) in old.iter().enumerate() {
        for at in region.iter().flat_map(Region::points).map(&moved) {
            let now = new.iter().position(|region| region.as_ref().is_some_and(|region| region.contains(at)));
            all += 1;
            both += u32::from(now.is_some());
            same += u32::from(now == Some(zone));
        }
    }
    (f64::from(same) / f64::from(both.max(1)), f64::from(both) / f64::from(all.max(1)))
}

fn redacted(key: &HouseKey) -> Vec<Region> {
    let marks = key.marks().into_iter().filter(|mark| mark.kind == MarkKind::Redacted);
    marks.map(|mark| mark.region.clone()).collect()
}

/// The middles of the floor of some rooms.
fn floor_of<'a>(map: &'a RobotMap, rooms: impl Iterator<Item = &'a Room>) -> Vec<Point2<f64>> {
    let resolution = map.grid.resolution_m();
    let cells = rooms.flat_map(Room::runs).flat_map(|run| run.columns().map(|x| (x, run.y())));
    let free = cells.filter(|&(x, y)| map.grid.get(x, y) == Some(Cell::Free));
    free.map(|(x, y)| Point2::new(f64::from(x) + 0.5, f64::from(y) + 0.5) * resolution).collect()
}

/// A wall of a metre across the middle of a map, from its left border.
fn wall(map: &RobotMap) -> KeepOut {
    let bounds = map.grid.known_bounds().unwrap();
    let metres = |cells: u32| f64::from(cells) * map.grid.resolution_m();
    let y = metres(bounds.y) + metres(bounds.height) / 2.0;
    KeepOut::Wall(Line::new((metres(bounds.x), y), (metres(bounds.x) + 1.0, y)))
}

fn check_odd_days(name: &str, map: &RobotMap, elsewhere: &RobotMap) {
    let today = home(map);
    let secret = map.rooms.last().filter(|_| map.rooms.len() > 1).map(Room::id);
    let redaction = keeping().rooms(secret);
    let mut key = key_of(&today, &redaction);
    for (area, room) in (0..4).zip(&map.rooms) {
        // A room out of reach stays unbound.
        let _ = key.bind_rooms(AreaId::new(area), &today, &[room.id()]);
    }
    key.bar(&wall(map)).unwrap();
    let hidden = redacted(&key);
    for day in [
        vec![Change::Begun(5)],
        vec![Change::Begun(15)],
        vec![Change::Turn { tenths: 372 }],
        vec![Change::Turn { tenths: 2000 }, Change::Nameless],
        vec![Change::Renumber(1)],
        vec![Change::Mirror],
        vec![Change::Furniture { blocks: 6, seed: 3 }],
        vec![],
    ] {
        let odd = day.iter().fold(map.clone(), |map, change| map.changed(*change));
        let odd = if day.is_empty() { elsewhere.clone() } else { odd };
        let (night, _) = key.refit(&home(&odd), &redaction);
        let (back, refit) = night.refit(&today, &redaction);
        assert!(refit.recognized && refit.open.is_ok(), "{name}, {day:?}");
        let (same, left) = kept(&key, &back, |at| at);
        assert!(same >= 0.999 && left >= 0.999, "{name}, {day:?}: {same} of {left}");
        assert!(redacted(&back) == hidden, "{name}, {day:?}: redacted floor has grown or shrunk");
        assert!(key.marks().iter().map(|mark| mark.id).eq(back.marks().iter().map(|mark| mark.id)));
    }
}

#[test]
fn an_odd_day_leaves_no_trace() {
    check_odd_days("sample", &sample_home(), &RobotMap::from_seed(1 << 14));
}

#[test]
#[ignore = "takes maps of real homes: tests/README.md"]
fn an_odd_day_leaves_no_trace_on_real_maps() {
    for (name, map) in real_maps::labelled().into_iter().chain(real_maps::bare()) {
        check_odd_days(&name, &map, &sample_home());
    }
}

fn check_all_angles(name: &str, map: &RobotMap) {
    let redaction = keeping();
    let key = key_of(&home(map), &redaction);
    for tenths in [70, 150, 300, 450, 600, 1370, 2000] {
        let turn = Change::Turn { tenths };
        let (fitted, refit) = key.refit(&home(&map.changed(turn)), &redaction);
        assert!(refit.recognized, "{name}, {tenths} tenths of a degree");
        let (same, left) = kept(&key, &fitted, map.places_after(turn));
        println!("{name:28} {tenths:4}  found {:.3}  zone {same:.4}  floor {left:.3}", refit.map_overlap);
        // What a narrow place shuts off on turned cells keeps its zone, out of reach.
        assert!(same >= 0.95 && left >= 0.88, "{name}, {tenths} tenths of a degree: {same} of {left}");
    }
    let (_, refit) = key.refit(&home(&map.changed(Change::Mirror)), &redaction);
    assert!(!refit.recognized, "{name}: a mirrored home is another");
}

#[test]
fn zones_go_along_at_any_angle() {
    check_all_angles("sample", &sample_home());
}

#[test]
#[ignore = "takes maps of real homes: tests/README.md"]
fn zones_go_along_at_any_angle_on_real_maps() {
    for (name, map) in real_maps::labelled().into_iter().chain(real_maps::bare()) {
        check_all_angles(&name, &map);
    }
}

/// The robot's map is made again, turned, and the names are gone: no redacted cell is in any zone.
#[test]
fn redacted_rooms_stay_redacted_under_any_angle_without_names() {
    let map = sample_home();
    let (policy, redaction) = (noisy(), Policy::default().redaction());
    let key = key_of(&home(&map), &redaction);
    let secret = map
        .rooms
        .iter()
        .filter(|room| room.kind().is_some_and(|kind| policy.redacted_kinds().contains(&kind)));
    let hidden = floor_of(&map, secret);
    for tenths in [50, 100, 120, 150, 200, 300, 400, 900, 2227] {
        let turn = Change::Turn { tenths };
        let (fitted, refit) = key.refit(&home(&map.changed(turn).changed(Change::Nameless)), &redaction);
        assert!(refit.recognized && !refit.undecided, "{tenths}");
        let (zones, moved) = (zones(&fitted), map.places_after(turn));
        let cleaned = |at: &&Point2<f64>| {
            let at = moved(**at);
            zones.iter().flatten().any(|region| region.contains(at))
        };
        assert_eq!(hidden.iter().filter(cleaned).count(), 0, "{tenths} tenths of a degree");
    }
}

/// What is redacted may grow by a cell when a map is turned; an area that is not its own must not take that in.
#[test]
fn areas_of_redacted_rooms_lead_there_and_others_do_not_under_any_angle() {
    let map = sample_home();
    let policy = Policy::default();
    let others = AreaId::new(15);
    // All that lies in zones, up to the doorways of what is redacted.
    let everywhere = geo_types::Rect::new((-100.0, -100.0), (100.0, 100.0)).to_polygon();
    let bound = |map: &RobotMap| {
        let home = home(map);
        let mut key = key_of(&home, &policy.redaction());
        for room in &map.rooms {
            key.bind_rooms(AreaId::new(room.id().get()), &home, &[room.id()]).unwrap();
        }
        key.bind_region(others, &everywhere).unwrap();
        key
    };
    let is_hidden = |room: &&Room| room.kind().is_some_and(|kind| policy.redacted_kinds().contains(&kind));
    let hidden: Vec<&Room> = map.rooms.iter().filter(is_hidden).collect();
    assert!(hidden.len() > 1);
    let key = bound(&map);
    for tenths in [50, 333, 2227] {
        let turn = Change::Turn { tenths };
        let (turned, moved) = (map.changed(turn), map.places_after(turn));
        // The key of the turned map with its names: what the robot can clean there of each room.
        let named = bound(&turned);
        let (fitted, refit) = key.refit(&home(&turned.changed(Change::Nameless)), &policy.redaction());
        assert!(refit.recognized && !refit.undecided, "{tenths}");
        let marks = redacted(&fitted);
        let is_redacted = |at: Point2<f64>| marks.iter().any(|region| region.contains(at));
        for area in (0..fitted.areas()).map(AreaId::new) {
            let own = hidden.iter().any(|room| room.id().get() == area.get());
            let region = fitted.lift_area(area).unwrap();
            let fault = region.points().filter(|&at| is_redacted(at) != own).count();
            assert_eq!(fault, 0, "{area:?}, {tenths} tenths of a degree");
            for room in &hidden {
                let floor = floor_of(&map, [*room].into_iter()).into_iter().map(&moved);
                let reached = floor.filter(|&at| region.contains(at)).count();
                let whole = named.lift_area(AreaId::new(room.id().get())).unwrap().points().count();
                let (at_least, at_most) =
                    if room.id().get() == area.get() { (whole * 9 / 10, whole) } else { (0, 0) };
                let is_right = (at_least..=at_most).contains(&reached);
                assert!(is_right, "{area:?} in {:?}, {tenths}: {reached} of {whole} cells", room.id());
            }
        }
    }
}

#[test]
fn numbers_of_later_maps_play_no_part() {
    let map = sample_home();
    let redaction = Redaction::none().rooms([map.rooms[0].id()]);
    let mut key = key_of(&home(&map), &redaction);
    let hidden = redacted(&key);
    assert!(!hidden.is_empty());
    for by in [1, 2, 3, 7, 0] {
        key = key.refit(&home(&map.changed(Change::Renumber(by))), &redaction).0;
        assert!(redacted(&key) == hidden, "moved on by {by}");
    }
}

/// Marks are listed, each with its cells, and removed one by one.
#[test]
fn marks_are_listed_and_removed() {
    let map = sample_home();
    let today = home(&map);
    let (first, second) = (map.rooms[0].id(), map.rooms[3].id());
    let mut key = key_of(&today, &Redaction::none().rooms([first]));
    let open = key_of(&today, &Redaction::none());
    let area_m2 = |key: &HouseKey| zones(key).iter().flatten().map(Region::area_m2).sum::<f64>();
    let before = area_m2(&key);
    key.redact(&today, &Redaction::none().rooms([second])).unwrap();
    assert!(area_m2(&key) < before);
    let bars =
        [wall(&map), KeepOut::Wall(Line::new((3.0, 2.0), (3.5, 2.0)))].map(|place| key.bar(&place).unwrap());
    let marks = key.marks();
    assert_eq!(redacted(&key).len(), 2);
    for (room, region) in [first, second].iter().zip(redacted(&key)) {
        let room = map.rooms.iter().filter(|other| other.id() == *room);
        assert!(floor_of(&map, room).iter().all(|at| region.contains(*at)));
    }
    let ids = |marks: &[Mark]| marks.iter().map(|mark| mark.id).collect::<Vec<_>>();
    assert_eq!(key.remove_mark(homeveil::key::MarkId::new(99), &today), Err(KeyError::UnknownMark));
    let other = home(&map.changed(Change::Shift { left: 1, below: 1 }));
    assert_eq!(key.remove_mark(bars[0], &other), Err(KeyError::OtherMap));
    assert_eq!(ids(&key.marks()), ids(&marks));

    key.remove_mark(bars[0], &today).unwrap();
    let left = key.marks();
    assert!(left.iter().all(|mark| mark.id != bars[0]) && left.len() + 1 == marks.len());
    key.remove_mark(bars[1], &today).unwrap();
    for mark in marks.iter().filter(|mark| mark.kind == MarkKind::Redacted) {
        key.remove_mark(mark.id, &today).unwrap();
    }
    assert!(key.marks().is_empty());
    assert!((area_m2(&key) - area_m2(&open)).abs() < 0.5, "all floor is back in zones");
    let again = HouseKey::from_secret_bytes(&key.to_secret_bytes()).unwrap();
    assert!(again == key);
}

/// A bar outside today's map bars the floor there when a later map shows it.
#[test]
fn a_bar_waits_for_the_floor_it_is_on() {
    let whole = sample_home();
    let room = whole.rooms.last().unwrap().id();
    let part = whole.changed(Change::Unseen(room));
    let mut key = key_of(&home(&part), &keeping());
    let behind = whole.rooms.iter().filter(|other| other.id() == room);
    let at = floor_of(&whole, behind);
    let middle = at[at.len() / 2];
    let id =
        key.bar(&KeepOut::Wall(Line::new((middle.x - 0.1, middle.y), (middle.x + 0.1, middle.y)))).unwrap();
    let (fitted, refit) = key.refit(&home(&whole), &keeping());
    assert!(refit.recognized);
    assert!(fitted.marks().iter().any(|mark| mark.id == id && mark.region.contains(middle)));
    assert!(!zones(&fitted).iter().flatten().any(|region| region.contains(middle)));
}

/// Bars far off on all sides: what the frame can't hold is refused, and what it holds is read again.
#[test]
fn bars_far_off_are_refused_before_the_key_cannot_be_read() {
    let map = sample_home();
    let mut key = key_of(&home(&map), &keeping());
    let mut answers = Vec::new();
    for (x, y) in [(-150.0, 0.0), (150.0, 0.0), (0.0, -150.0), (0.0, 150.0), (9e9, 0.0)] {
        answers.push(key.bar(&KeepOut::Wall(Line::new((x, y), (x + 1.0, y)))));
        assert!(HouseKey::from_secret_bytes(&key.to_secret_bytes()).unwrap() == key);
    }
    assert!(answers[0].is_ok() && answers[1].is_ok());
    assert!(answers[2..].contains(&Err(KeyError::TooFar)));
    let (again, refit) = key.refit(&home(&map), &keeping());
    assert!(refit.recognized && again.marks().len() == key.marks().len());
}

/// A new map that reaches too far to have a place in the frame of the known one is not recognized: what is to be
/// redacted or barred on it could not be stored.
#[test]
fn a_map_too_far_for_the_frame_is_not_recognized() {
    let map = sample_home();
    let mut key = key_of(&home(&map), &keeping());
    for x in [-150.0, 150.0] {
        key.bar(&KeepOut::Wall(Line::new((x, 0.0), (x + 1.0, 0.0)))).unwrap();
    }
    let (grid, above) = (&map.grid, 4000);
    let mut cells = grid.cells().to_vec();
    cells.resize(cells.len() + (grid.width() * above) as usize, Cell::Unknown);
    *cells.last_mut().unwrap() = Cell::Free;
    let far = OccupancyGrid::new(grid.width(), grid.height() + above, grid.resolution_m(), cells).unwrap();
    let far = RobotMap::new(far, map.rooms.clone(), map.dock, Vec::new());
    let (today, refit) = key.refit(&home(&far), &keeping());
    assert!(!refit.recognized && refit.open == Err(KeyError::UnplacedBars));
    assert!(HouseKey::from_secret_bytes(&today.to_secret_bytes()).unwrap() == today);
    assert!(today.refit(&home(&map), &keeping()).1.recognized);
}

/// Another floor has its own marks; what is redacted there stays there, and the home's is untouched.
#[test]
fn another_floor_has_its_own_marks() {
    let (down, up) = (sample_home(), RobotMap::from_seed(77 << 10));
    let by_kind = Policy::default().redaction();
    let mut key = key_of(&home(&down), &by_kind.clone().rooms([down.rooms[0].id()]));
    let hidden = redacted(&key);
    let asked = by_kind.rooms([down.rooms[0].id()]);
    for day in 1..=MOVED_AFTER_MAPS {
        let (next, refit) = key.refit(&home(&up), &asked);
        assert_eq!(
            refit.open,
            Err(KeyError::UnplacedRedaction),
            "a room redacted by number has no place here"
        );
        assert_eq!((next.strange_maps(), refit.seems_moved), (day, day == MOVED_AFTER_MAPS));
        assert!(next.lift_zone(ZoneId::new(1)) == Err(KeyError::UnplacedRedaction));
        key = next;
    }
    key.confirm_map();
    assert!(key.check_open().is_ok() && key.strange_maps() == 0);
    key.bar(&wall(&up)).unwrap();
    let here = key.marks().len();

    let (mut back, refit) = key.refit(&home(&down), &asked);
    assert!(refit.recognized && refit.open.is_ok() && redacted(&back) == hidden);
    assert!(back.marks().iter().all(|mark| mark.kind != MarkKind::Barred));
    let (again, refit) = back.refit(&home(&up), &asked);
    assert!(refit.recognized && refit.open.is_ok() && again.marks().len() == here);
    back.unbar();
    assert!(back.refit(&home(&up), &asked).0.marks().iter().all(|mark| mark.kind != MarkKind::Barred));
}

/// How often a home is taken for another, and a changed home for itself.
#[test]
fn unlike_homes_are_not_recognized() {
    let pairs = std::env::var("HOMEVEIL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(32_u64);
    let map = |n: u64| RobotMap::from_seed((n + 5_000).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20);
    let redaction = keeping();
    let (mut known, mut wrong) = (0_u64, 0_u64);
    for n in 0..pairs {
        let own = map(2 * n);
        let key = key_of(&home(&own), &redaction);
        let (_, refit) = key.refit(&home(&map(2 * n + 1)), &redaction);
        wrong += u64::from(refit.recognized);
        let tenths = u16::try_from(n * 373 % 3600).unwrap();
        let changed = own.changed(Change::Furniture { blocks: 8, seed: n }).changed(Change::Turn { tenths });
        known += u64::from(key.refit(&home(&changed), &redaction).1.recognized);
    }
    println!("{wrong} of {pairs} other homes recognized, {known} of {pairs} refurnished and turned ones");
    assert!(wrong * 1000 <= pairs && known * 100 >= pairs * 98, "{wrong} wrong, {known} right of {pairs}");
}

/// A home that had no part in the choice of any constant.
fn unlike(n: u64) -> RobotMap {
    RobotMap::from_seed((n + 50_000).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20)
}

/// Square metres of floor that a map shows.
fn shown_m2(map: &RobotMap) -> f64 {
    let free = map.grid.cells().iter().filter(|cell| **cell == Cell::Free).count();
    f64::from(u32::try_from(free).unwrap()) * map.grid.resolution_m().powi(2)
}

/// How often a part of another home is taken for a part of this one, and another home for that of a part that is known;
/// and how often parts are recognized by their own homes.
#[test]
fn parts_of_unlike_homes_are_not_recognized() {
    let pairs = std::env::var("HOMEVEIL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24_u64);
    let redaction = keeping();
    let recognized =
        |key: &HouseKey, map: &RobotMap| u64::from(key.refit(&home(map), &redaction).1.recognized);
    let [mut tried, mut wrong, mut shown, mut known] = [[0_u64; 2]; 4];
    for n in 0..pairs {
        let (own, other) = (unlike(2 * n), unlike(2 * n + 1));
        let begun = |map: &RobotMap| {
            let tenths = u16::try_from(n * 373 % 3600).unwrap();
            let seen = Change::Begun(u16::try_from(25 + n % 8 * 5).unwrap());
            map.changed(seen).changed(Change::Turn { tenths })
        };
        // Less is never looked for.
        let is_part = |part: &RobotMap, whole: &RobotMap| {
            let (part, whole) = (shown_m2(part), shown_m2(whole));
            part > 8.0 && part > 0.3 * whole && part < 0.95 * whole
        };
        let whole = key_of(&home(&own), &redaction);
        let (part, foreign) = (begun(&own), begun(&other));
        if is_part(&foreign, &own) {
            tried[0] += 1;
            wrong[0] += recognized(&whole, &foreign);
        }
        if is_part(&part, &own) {
            shown[0] += 1;
            known[0] += recognized(&whole, &part);
        }
        if shown_m2(&part) > 8.0 {
            let begun = key_of(&home(&part), &redaction);
            tried[1] += 1;
            wrong[1] += recognized(&begun, &other);
            shown[1] += 1;
            known[1] += recognized(&begun, &own);
        }
    }
    println!(
        "parts of other homes: {} of {} recognized; of the own one: {} of {}",
        wrong[0], tried[0], known[0], shown[0]
    );
    println!(
        "by a part, other homes: {} of {} recognized; the own one: {} of {}",
        wrong[1], tried[1], known[1], shown[1]
    );
    assert!(tried.iter().chain(&shown).all(|&count| count > pairs / 20), "{tried:?} {shown:?}");
    assert!((0..2).all(|of| wrong[of] * 100 <= tried[of]), "{wrong:?} of {tried:?}");
}

/// How often a key that knows four maps takes another home for one of them.
#[test]
fn unlike_homes_are_not_recognized_by_a_key_of_four_maps() {
    /// Homes that are shown to one key.
    const SHOWN: u64 = 8;
    let keys = std::env::var("HOMEVEIL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(3_u64);
    let redaction = keeping();
    let (mut tried, mut wrong) = (0_u64, 0_u64);
    for n in 0..keys {
        let map = |number: u64| home(&unlike(1_000_000 + n * (4 + SHOWN) + number));
        let key = (1..4).fold(key_of(&map(0), &redaction), |key, number| {
            let (mut key, _) = key.refit(&map(number), &redaction);
            key.confirm_map();
            key
        });
        let shown = (0..SHOWN).filter(|shown| key.refit(&map(4 + shown), &redaction).1.recognized);
        (tried, wrong) = (tried + SHOWN, wrong + u64::try_from(shown.count()).unwrap());
    }
    println!("{wrong} of {tried} other homes recognized by {keys} keys of four maps");
    assert!(wrong * 500 <= tried, "{wrong} of {tried}");
}

/// Two more maps of the home, of other floors, take no more bytes than the first.
#[test]
fn a_key_that_knows_three_maps_is_at_most_twice_as_long() {
    let (map, redaction) = (sample_home(), keeping());
    let first = key_of(&home(&map), &redaction);
    let mut key = first.clone();
    for seed in [1 << 14, 77 << 10] {
        key = key.refit(&home(&RobotMap::from_seed(seed)), &redaction).0;
        key.confirm_map();
    }
    let (key, refit) = key.refit(&home(&map), &redaction);
    assert!(refit.recognized);
    let bytes = |key: &HouseKey| key.to_secret_bytes().len();
    println!("{} bytes with one map, {} with three", bytes(&first), bytes(&key));
    assert!(bytes(&key) <= 2 * bytes(&first));
}

/// Homes of 30 m² whose walls all lie somewhere in one of more than 100 m².
#[test]
fn a_small_home_is_not_taken_for_a_corner_of_a_large_one() {
    let map = |n: u64| RobotMap::from_seed(n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20);
    for (small, large) in [(7749, 7806), (7999, 8084)] {
        let (_, refit) = key_of(&home(&map(small)), &keeping()).refit(&home(&map(large)), &keeping());
        assert!(!refit.recognized, "{small} in {large}: {}", refit.map_overlap);
    }
}

#[test]
fn rooms_asked_for_later_are_placed_once() {
    let map = sample_home();
    let today = home(&map);
    let key = key_of(&today, &Redaction::none());
    let room: RoomId = map.rooms[2].id();
    let asked = Redaction::none().rooms([room]);
    let (placed, _) = key.refit(&today, &asked);
    let hidden = redacted(&placed);
    assert_eq!(hidden.len(), 1);
    let (later, _) = placed.refit(&home(&map.changed(Change::Renumber(1))), &asked);
    assert!(redacted(&later) == hidden);
}
