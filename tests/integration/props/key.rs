//! The key through its public interface, held against the drawing that the home was built from.

use std::collections::{BTreeMap, BTreeSet};

use geo_types::{Rect, coord};
use homeveil::atlas::{FRAME, ZoneId};
use homeveil::home::{Footprint, Home, RoomId};
use homeveil::keeper::{ConsentRecord, MemoryStore, Purpose, UnixTime};
use homeveil::key::{AreaId, Goal, KeyError, Task};
use homeveil::{Coins, HouseKey, Keeper, Policy, Redaction, Release};
use nalgebra::{Isometry2, Point2};
use proptest::collection::vec;
use proptest::prelude::*;

use super::{cases, drawn, loud, noisy, policy, sides};
use crate::strategies::{Cells, Drawing, Flat, Square, flats};

type Place = (u32, u32);

fn policies() -> impl Strategy<Value = Policy> {
    prop_oneof![
        Just(noisy()),
        Just(policy(4, 64, 1)),
        Just(loud()),
        Just(policy(2, 4, 1)),
        Just(Policy::sealed())
    ]
}

/// Places of the release, as shares of its sides.
fn places() -> impl Strategy<Value = Vec<(f64, f64)>> {
    vec((0.0..1.0, 0.0..1.0), 1..24)
}

pub(super) fn on_release((x, y): (f64, f64)) -> Point2<f64> {
    let side = f64::from(FRAME.width) * FRAME.resolution;
    Point2::new(x * side, y * side)
}

/// The zone whose rectangle holds a place.
fn zone_at(release: &Release, at: Point2<f64>) -> ZoneId {
    let zones = release.floors()[0].zones();
    let inside = |cells: u32, from: u32, metres: f64| {
        (f64::from(from) * FRAME.resolution..f64::from(from + cells) * FRAME.resolution).contains(&metres)
    };
    zones
        .iter()
        .find(|z| inside(z.rect.width, z.rect.x, at.x) && inside(z.rect.height, z.rect.y, at.y))
        .unwrap()
        .id
}

fn pose(at: Point2<f64>) -> Isometry2<f64> {
    Isometry2::translation(at.x, at.y)
}

/// Cells where the footprint stands clear of everything.
fn standable(drawing: &Drawing) -> BTreeSet<Place> {
    let disc = drawing.disc();
    let clear = |x: u32, y: u32| {
        disc.iter().all(|&(dx, dy)| drawing.is_open(x.cast_signed() + dx, y.cast_signed() + dy))
    };
    (0..drawing.height)
        .flat_map(|y| (0..drawing.width).map(move |x| (x, y)))
        .filter(|&(x, y)| clear(x, y))
        .collect()
}

/// The cells of a set that hang together with one of it, over edges.
fn piece(cells: &BTreeSet<Place>, start: Place) -> BTreeSet<Place> {
    let mut found = BTreeSet::from([start]);
    let mut rest = vec![start];
    while let Some((x, y)) = rest.pop() {
        for near in [(x + 1, y), (x, y + 1), (x.wrapping_sub(1), y), (x, y.wrapping_sub(1))] {
            if cells.contains(&near) && found.insert(near) {
                rest.push(near);
            }
        }
    }
    found
}

/// The cells under the footprint from somewhere in a set.
fn swept(drawing: &Drawing, cells: &BTreeSet<Place>) -> BTreeSet<Place> {
    let disc = drawing.disc();
    cells
        .iter()
        .flat_map(|&(x, y)| {
            disc.iter().map(move |&(dx, dy)| (x.saturating_add_signed(dx), y.saturating_add_signed(dy)))
        })
        .collect()
}

/// The cells of each zone that has any.
fn zones(drawing: &Drawing, release: &Release, key: &HouseKey) -> BTreeMap<ZoneId, BTreeSet<Place>> {
    let mut all = BTreeMap::new();
    for zone in release.floors()[0].zones() {
        match key.lift_zone(zone.id) {
            Ok(region) => {
                let cells: BTreeSet<Place> = region.points().map(|at| drawing.cell_of(at)).collect();
                assert_eq!(cells.len(), region.len());
                let runs = region.runs().flat_map(|run| (run.columns()).map(move |x| (x, run.y())));
                assert!(
                    runs.eq(region.points().map(|at| drawing.cell_of(at))),
                    "runs and points are the same cells"
                );
                assert!(region.points().all(|at| region.contains(at)));
                let cells_m2 = f64::from(u32::try_from(cells.len()).unwrap()) * drawing.resolution_m.powi(2);
                assert!((region.area_m2() - cells_m2).abs() < 1e-9);
                let bounds = region.bounding().unwrap();
                let ends = [bounds.min(), bounds.max()].map(|at| drawing.cell_of(Point2::new(at.x, at.y)));
                assert!(
                    cells
                        .iter()
                        .all(|&(x, y)| x >= ends[0].0 && y >= ends[0].1 && x <= ends[1].0 && y <= ends[1].1)
                );
                all.insert(zone.id, cells);
            }
            Err(error) => assert_eq!(error, KeyError::Unreachable { zone: zone.id }),
        }
    }
    all
}

/// A flat with one of its rooms redacted, or none, and all doors part of a room.
pub(super) fn redacted() -> impl Strategy<Value = (Flat, Option<u8>)> {
    (flats(1..=8), any::<u8>()).prop_map(|(flat, pick)| {
        let rooms = u8::try_from(flat.rooms.len()).unwrap();
        let room = pick % (rooms + 1);
        (flat.tight(), (room < rooms).then_some(room))
    })
}

fn redaction(flat: &Flat, room: Option<u8>) -> Redaction {
    Redaction::none().rooms(room.map(|room| RoomId::new(flat.ids[usize::from(room)].0)))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn lifted_points_are_where_the_robot_can_stand((flat, room) in redacted(), policy in policies(), places in places(), seed: u64) {
        let drawing = flat.draw();
        let (release, key) = drawn(&drawing.home(), &redaction(&flat, room), &policy, Coins::replayed(seed));
        let stand = standable(&drawing);
        let mut lifted: Vec<Place> = Vec::new();
        for at in places.into_iter().map(on_release) {
            match key.lift_point(at) {
                Ok(real) => {
                    let cell = drawing.cell_of(real);
                    prop_assert!(stand.contains(&cell), "{cell:?} is not clear");
                    prop_assert_ne!(room.map(Square::Room), Some(drawing.at(cell.0, cell.1)), "in a redacted room");
                    lifted.push(cell);
                }
                Err(error) => {
                    let zone = zone_at(&release, at);
                    prop_assert_eq!(error, KeyError::Unreachable { zone });
                }
            }
        }
        // All in one piece of floor: the robot comes from one to the other.
        if let Some(&first) = lifted.first() {
            let reached = piece(&stand, first);
            prop_assert!(lifted.iter().all(|cell| reached.contains(cell)));
        }
    }

    #[test]
    fn zones_share_out_the_swept_floor_less_the_redacted((flat, room) in redacted(), policy in policies(), seed: u64) {
        let drawing = flat.draw();
        let (release, key) = drawn(&drawing.home(), &redaction(&flat, room), &policy, Coins::replayed(seed));
        let zones = zones(&drawing, &release, &key);
        let mut all: BTreeSet<Place> = BTreeSet::new();
        for cells in zones.values() {
            prop_assert!(cells.iter().all(|&cell| all.insert(cell)), "two zones share a cell");
        }
        prop_assert!(all.iter().all(|&(x, y)| drawing.is_open(x.cast_signed(), y.cast_signed())));
        let hidden = |&(x, y): &Place| room.is_some_and(|room| drawing.at(x, y) == Square::Room(room));
        prop_assert!(!all.iter().any(hidden), "a redacted room's cell is in a zone");
        let places = (0..12).flat_map(|x| (0..12).map(move |y| ((f64::from(x) + 0.5) / 12.0, (f64::from(y) + 0.5) / 12.0)));
        if let Some(real) = places.map(on_release).find_map(|at| key.lift_point(at).ok()) {
            let reach = piece(&standable(&drawing), drawing.cell_of(real));
            let mut floor = swept(&drawing, &reach);
            floor.retain(|cell| !hidden(cell));
            prop_assert!(all.is_subset(&floor), "a zone has cells that the robot does not reach");
            let missing: Vec<&Place> = floor.difference(&all).collect();
            prop_assert_eq!(missing.len(), key.uncharted_cells() as usize, "{:?} are missing", missing);
        }
    }

    #[test]
    fn zones_of_a_bare_home_are_all_there_and_connected(flat in flats(1..=8), policy in policies(), seed: u64) {
        let drawing = flat.tight().bare().draw();
        let (release, key) = drawn(&drawing.home(), &Redaction::none(), &policy, Coins::replayed(seed));
        let zones = zones(&drawing, &release, &key);
        prop_assert_eq!(zones.len(), release.floors()[0].zones().len());
        for (zone, cells) in zones {
            let first = *cells.first().unwrap();
            prop_assert_eq!(piece(&cells, first).len(), cells.len(), "zone {} is in pieces", zone);
        }
        prop_assert_eq!(key.uncharted_cells(), 0);
    }

    #[test]
    fn a_lifted_point_is_located_in_its_zone(flat in flats(1..=8), policy in policies(), places in places(), seed: u64) {
        let drawing = flat.tight().bare().draw();
        let (release, key) = drawn(&drawing.home(), &Redaction::none(), &policy, Coins::replayed(seed));
        let stand = standable(&drawing);
        for at in places.into_iter().map(on_release) {
            let cell = drawing.cell_of(key.lift_point(at).unwrap());
            let middle = |metres: f64| ((metres / FRAME.resolution).floor() + 0.5) * FRAME.resolution;
            let place = coord! { x: middle(at.x), y: middle(at.y) };
            let block = key.lift_rect(Rect::new(place, place)).unwrap();
            let block: Vec<Place> = block.points().map(|at| drawing.cell_of(at)).collect();
            if block.iter().any(|cell| stand.contains(cell)) {
                prop_assert!(block.contains(&cell));
                prop_assert_eq!(key.locate(pose(drawing.middle(cell.0, cell.1))), Ok(zone_at(&release, at)));
            } else {
                // Floor along a wall, which the robot sweeps from next to it: from its own zone where it can.
                let zone = zone_at(&release, at);
                let own = key.lift_zone(zone).unwrap();
                if own.points().any(|at| stand.contains(&drawing.cell_of(at))) {
                    prop_assert_eq!(key.locate(pose(drawing.middle(cell.0, cell.1))), Ok(zone));
                } else {
                    let near = |own: &Place| own.0.abs_diff(cell.0).max(own.1.abs_diff(cell.1)) <= 2;
                    prop_assert!(block.iter().any(near));
                }
            }
        }
    }

    /// Whatever stands about and whatever is redacted: what a pose is shown at lies on the release and in the
    /// zone it is located in.
    #[test]
    fn a_pose_is_projected_into_the_zone_it_is_located_in((flat, room) in redacted(), poses in vec((0.0..1.0, 0.0..1.0), 12), seed: u64) {
        let drawing = flat.draw();
        let (release, key) = drawn(&drawing.home(), &redaction(&flat, room), &loud(), Coins::replayed(seed));
        // Zones that the robot does not get to today have floor all the same.
        let empty = key.served(&drawing.home()).unwrap().in_zones_m2() <= 0.0;
        for (x, y) in poses {
            let real = Point2::new(
                x * f64::from(drawing.width) * drawing.resolution_m,
                y * f64::from(drawing.height) * drawing.resolution_m,
            );
            let shown = key.project(pose(real));
            prop_assert_eq!(shown.is_err(), empty);
            prop_assert_eq!(shown.map(|at| zone_at(&release, at)), key.locate(pose(real)));
        }
        prop_assert!(key.project(Isometry2::translation(f64::NAN, 0.0)).is_err());
        prop_assert!(key.project(Isometry2::translation(0.0, -1e9)).is_err());
    }

    #[test]
    fn bytes_bring_the_same_key_back((flat, room) in redacted(), policy in policies(), damage: (u16, u8), seed: u64) {
        let home = flat.draw().home();
        let (_, mut key) = drawn(&home, &redaction(&flat, room), &policy, Coins::replayed(seed));
        for (area, &(id, _)) in (0..).zip(&flat.ids) {
            let _ = key.bind_rooms(AreaId::new(area), &home, &[RoomId::new(id)]);
        }
        let mut bytes = key.to_secret_bytes().to_vec();
        let back = HouseKey::from_secret_bytes(&bytes).unwrap();
        prop_assert!(back == key);
        prop_assert!(*back.to_secret_bytes() == bytes);
        prop_assert!(bytes.len().is_power_of_two());
        let at = usize::from(damage.0) % bytes.len();
        bytes[at] ^= damage.1.max(1);
        prop_assert!(HouseKey::from_secret_bytes(&bytes).is_err(), "a changed byte goes unnoticed");
    }

    #[test]
    fn areas_hold_what_they_are_bound_to((flat, room) in redacted(), pick: u8, seed: u64) {
        let drawing = flat.draw();
        let home = drawing.home();
        let (release, mut key) = drawn(&home, &redaction(&flat, room), &noisy(), Coins::replayed(seed));
        prop_assert_eq!(key.areas(), release.areas());
        for area in 0..key.areas() {
            prop_assert!(key.lift_area(AreaId::new(area)).unwrap().is_empty());
        }
        prop_assert_eq!(key.lift_area(AreaId::new(key.areas())).err(), Some(KeyError::UnknownArea));
        let floor: BTreeSet<Place> = zones(&drawing, &release, &key).into_values().flatten().collect();
        let number = u8::try_from(usize::from(pick) % flat.rooms.len()).unwrap();
        let own: BTreeSet<Place> = floor.iter().copied().filter(|&(x, y)| drawing.at(x, y) == Square::Room(number)).collect();
        let id = RoomId::new(flat.ids[usize::from(number)].0);
        let area = AreaId::new(u32::from(pick) % key.areas());
        let bound = key.bind_rooms(area, &home, &[id]);
        if Some(number) == room {
            // The area of a redacted room leads into that room, and to nothing else.
            prop_assert_eq!(bound, Ok(()));
            let inside: BTreeSet<Place> =
                key.lift_area(area).unwrap().points().map(|at| drawing.cell_of(at)).collect();
            prop_assert!(inside.iter().all(|&(x, y)| drawing.at(x, y) == Square::Room(number)));
            prop_assert_eq!(zones(&drawing, &release, &key).into_values().flatten().collect::<BTreeSet<Place>>(), floor);
            prop_assert!(key.clone() == HouseKey::from_secret_bytes(&key.to_secret_bytes()).unwrap());
            return Ok(());
        } else if own.is_empty() {
            // Out of reach today: floor of a zone may be bound, other floor may not.
            let served = key.served(&home).unwrap();
            let has_floor = served.rooms().iter().any(|room| room.id() == id && room.in_zones_m2() > 0.0);
            prop_assert_eq!(bound, if has_floor { Ok(()) } else { Err(KeyError::Nothing) });
        } else {
            prop_assert_eq!(bound, Ok(()));
        }
        let cells = |key: &HouseKey| -> BTreeSet<Place> { key.lift_area(area).unwrap().points().map(|at| drawing.cell_of(at)).collect() };
        prop_assert_eq!(&cells(&key), &own);
        // A region takes the place of the rooms; one over nothing leaves it.
        let part = Cells { width: flat.rooms[usize::from(number)].width.div_ceil(2), ..flat.rooms[usize::from(number)] };
        let inside: BTreeSet<Place> = floor.iter().copied().filter(|&(x, y)| part.contains(x, y)).collect();
        let bound = key.bind_region(area, &part.polygon(drawing.resolution_m));
        prop_assert!(bound.is_ok() || inside.is_empty());
        let held = if bound.is_err() { own } else { inside };
        prop_assert_eq!(&cells(&key), &held);
        let nowhere = Cells { x: drawing.width + 9, ..part };
        prop_assert_eq!(key.bind_region(area, &nowhere.polygon(drawing.resolution_m)), Err(KeyError::Nothing));
        prop_assert_eq!(&cells(&key), &held);
        key.unbind(area);
        prop_assert!(cells(&key).is_empty());
    }

    #[test]
    fn nothing_but_its_own_area_leads_into_a_redacted_room(
        (flat, room) in redacted(), places in vec([0.0..9.6_f64, 0.0..9.6_f64], 1..8), seed: u64,
    ) {
        let drawing = flat.draw();
        let (home, redaction) = (drawing.home(), redaction(&flat, room));
        let now = UnixTime::from_secs(1_790_000_000);
        let purpose = Purpose::RequestedServiceProvision;
        let consent = ConsentRecord::given("c-1", "Robot Maker", now, now.later_by_s(86_400)).purpose(purpose);
        let mut keeper =
            Keeper::open_with(MemoryStore::default(), noisy(), Coins::replayed(seed)).unwrap();
        keeper.consent(consent).unwrap();
        keeper.on_map(&home, &redaction, purpose, now).unwrap();
        let release = keeper.release(purpose, now).unwrap().to_json();
        let mut own = BTreeMap::new();
        for (number, (id, _)) in (0_u8..).zip(&flat.ids) {
            let area = AreaId::new(number.into());
            let bound = keeper.edit_key(0, |key| key.bind_rooms(area, &home, &[RoomId::new(*id)])).unwrap();
            own.insert(area, (number, bound.is_ok()));
        }
        // As bound, as stored and read, and as fitted to a map.
        for day in 0..3 {
            let key = keeper.key().unwrap();
            let cells = |goal: &Goal| match key.resolve(Isometry2::identity(), goal) {
                Ok(Task::Clean(region)) => region.points().map(|at| drawing.cell_of(at)).collect(),
                _ => BTreeSet::<Place>::new(),
            };
            let at = places.iter().map(|&[x, y]| Point2::new(x, y));
            let rects = places.iter().zip(places.iter().skip(1).chain(&places)).map(|(a, b)| Rect::new(coord! { x: a[0], y: a[1] }, coord! { x: b[0], y: b[1] }));
            let mut goals: Vec<Goal> = (1..=4).map(|zone| Goal::Zone(ZoneId::new(zone))).collect();
            goals.extend(at.map(Goal::Spot).chain(rects.map(Goal::Rect)));
            goals.push(Goal::All);
            for goal in &goals {
                let inside = cells(goal);
                prop_assert!(inside.iter().all(|&(x, y)| room.is_none_or(|room| drawing.at(x, y) != Square::Room(room))));
            }
            for (&area, &(number, is_bound)) in &own {
                let inside = cells(&Goal::Area(area));
                prop_assert!(is_bound || inside.is_empty());
                prop_assert!(inside.iter().all(|&(x, y)| room == Some(number) || drawing.at(x, y) != Square::Room(room.unwrap_or(u8::MAX))));
                prop_assert!(room != Some(number) || inside.iter().all(|&(x, y)| drawing.at(x, y) == Square::Room(number)));
            }
            match day {
                0 => keeper = Keeper::open_with(keeper.into_store(), noisy(), Coins::replayed(!seed)).unwrap(),
                _ => keeper.on_map(&home, &redaction, purpose, now).unwrap(),
            }
            prop_assert_eq!(&keeper.release(purpose, now).unwrap().to_json(), &release);
        }
    }
}

/// Rooms cut in two, one half for the zone on either side: the halves have to lie where their zones do.
#[test]
fn the_halves_of_a_room_lie_where_their_zones_do() {
    let in_a_row = "
        ###############################
        #aaaaaa#ddddddd#bbbbbb#ccccccc#
        #aaaaaa#ddddddd#bbbbbbcccccccc#
        #aaaaaa#dddddddbbbbbbbcccccccc#
        #aaaaaa#dddddddbbbbbbbcccccccc#
        #aaaaaaddddddddbbbbbbbcccccccc#
        #aaaaaaddddddddbbbbbbbcccccccc#
        #aaaaaaddddddddbbbbbbbcccccccc#
        #aaaaaadddddddd#bbbbbb#ccccccc#
        #aaaaaaddddddDd#bbbbbb#ccccccc#
        ###############################
    ";
    let along_a_hall = "
        ###################################
        #bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb#
        #bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb#
        #bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb#
        #bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb#
        #bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb#
        #bbbbbbbbbbbbbbbbbbbBbbbbbbbbbbbbb#
        #aaaaa######bbbbbbb################
        #aaaaaaaa#cccccccccccccccccccccccc#
        #aaaaaaaa#cccccccccccccccccccccccc#
        #aaaaaaaa#cccccccccccccccccccccccc#
        #aaaaaaaa#cccccccccccccccccccccccc#
        #aaaaaaaa#cccccccccccccccccccccccc#
        #aaaaaaaa#cccccccccccccccccccccccc#
        ###################################
    ";
    for drawing in [in_a_row, along_a_hall] {
        let robot = Footprint::disc_m(0.1).unwrap();
        let home = Home::from_drawing(0.1, robot, drawing, &[]).unwrap().build().unwrap();
        for policy in [Policy::sealed(), noisy(), policy(4, 64, 1)] {
            for r in 0..sides(&policy) {
                let (release, key) = drawn(&home, &Redaction::none(), &policy, Coins::scripted(vec![r]));
                for zone in release.floors()[0].zones() {
                    let runs = key.lift_zone(zone.id).unwrap().runs().collect::<Vec<_>>();
                    let cells: BTreeSet<Place> =
                        runs.into_iter().flat_map(|run| (run.columns()).map(move |x| (x, run.y()))).collect();
                    let whole = piece(&cells, *cells.first().unwrap());
                    assert_eq!(
                        whole.len(),
                        cells.len(),
                        "zone {} of plan {} in\n{drawing}",
                        zone.id,
                        release.floors()[0].plan()
                    );
                }
            }
        }
    }
}
