//! The key of a few homes drawn by hand.

use geo_types::polygon;
use nalgebra::Point2;

use crate::atlas::{FRAME, ZoneId};
use crate::drawings::builder;
use crate::home::{Home, KeepOut, RoomId};
use crate::key::tests::cases::{FLOORS, case, pose};
use crate::key::{AreaId, HouseKey, KeyError, LiftedPath, OutOfReach, Region};

/// Two rooms with a third behind them.
fn drawn(keep_outs: Vec<KeepOut>) -> Home {
    let drawing = "
        #####################
        #aaaaaaaa#bbbbbbbbbb#
        #aAaaaaaa#bbbbbbbbbb#
        #aaaaaaaaabbbbbbbbbb#
        #aaaaaaaaabbbbbbbbbb#
        #aaaaaaaaabbbbbbbbbb#
        #aaaaaaaa#bbbbbbbbbb#
        ##########bbb########
        #cccccccccccccccccccc
        #ccccccccccccccccccc#
        #ccccccccccccccccccc#
        #ccccccccccccccccccc#
        #####################
    ";
    builder(drawing, &[]).keep_out(keep_outs).build().unwrap()
}

#[test]
fn a_zone_behind_a_virtual_wall_is_unreachable_today() {
    let wall = KeepOut::Wall(geo_types::Line::new((0.9, 0.0), (0.9, 2.0)));
    let case = case(drawn(vec![wall]), &[RoomId::new(3)], &[], &[1, 0], 0, 0);
    let key = case.key();
    assert!(key.lift_zone(ZoneId::of_index(0)).is_ok());
    assert_eq!(key.lift_zone(ZoneId::of_index(1)), Err(KeyError::Unreachable { zone: ZoneId::of_index(1) }));
    assert_eq!(key.lift_zone(ZoneId::of_index(9)), Err(KeyError::UnknownZone));
    let rect = case.floor.zones()[1].rect;
    let at = Point2::new(f64::from(rect.x + 3) * FRAME.resolution, f64::from(rect.y + 3) * FRAME.resolution);
    assert_eq!(key.lift_point(at), Err(KeyError::Unreachable { zone: ZoneId::of_index(1) }));
}

#[test]
fn places_outside_the_release_and_the_home_are_refused() {
    let key = case(drawn(Vec::new()), &[], &[], &[0, 1, 2], 0, 0).key();
    for (x, y) in [(-0.01, 1.0), (9.7, 1.0), (1.0, f64::NAN), (f64::INFINITY, 1.0)] {
        assert_eq!(key.lift_point(Point2::new(x, y)), Err(KeyError::Outside));
    }
    let far = geo_types::Rect::new((9.7, 1.0), (12.0, 3.0));
    assert_eq!(key.lift_rect(far), Err(KeyError::Outside));
    assert!(key.project(pose(Point2::new(-0.9, 0.5))).is_ok());
    for x in [-1.1, f64::NAN] {
        assert_eq!(key.project(pose(Point2::new(x, 0.5))), Err(KeyError::OffMap));
    }
}

/// The outbox accepts them.
#[test]
fn the_edges_of_the_release_belong_to_it() {
    let key = case(drawn(Vec::new()), &[], &[], &[0, 1, 2], 0, 0).key();
    let half = FRAME.resolution / 2.0;
    for edge in [9.6, f64::from(FRAME.width) * FRAME.resolution] {
        for across in [0.0, half, 4.8, edge] {
            let inner = across.min(edge - half);
            let (right, upper) = (Point2::new(edge, across), Point2::new(across, edge));
            assert_ne!(key.lift_point(right), Err(KeyError::Outside));
            assert_eq!(key.lift_point(right), key.lift_point(Point2::new(edge - half, inner)));
            assert_eq!(key.lift_point(upper), key.lift_point(Point2::new(inner, edge - half)));
            let lifted = |x, y| key.lift_rect(geo_types::Rect::new((x, y), (x, y)));
            assert!(!matches!(lifted(edge, across), Err(KeyError::Outside)));
            let area = |x, y| lifted(x, y).map(|region| region.len());
            assert_eq!(area(edge, across), area(edge - half, inner));
        }
    }
}

#[test]
fn a_pose_in_a_redacted_room_is_shown_by_its_door() {
    let case = case(drawn(Vec::new()), &[RoomId::new(3)], &[], &[1, 0], 0, 0);
    let key = case.key();
    // Far to the left in the redacted room, below the first room; the door leads to the second.
    assert_eq!(key.locate(pose(Point2::new(0.25, 0.25))), Ok(ZoneId::of_index(1)));
}

#[test]
fn a_blank_key_resolves_to_nothing() {
    let key = HouseKey::blank(&FLOORS[0], 3);
    assert_eq!(key.project(pose(Point2::new(0.0, 0.0))), Err(KeyError::NoZone));
    assert_eq!(
        key.lift_point(Point2::new(0.5, 0.5)).unwrap_err().to_string().split(' ').next(),
        Some("zone")
    );
    assert!(key.lift_zone(ZoneId::of_index(0)).is_err());
    assert!(key.lift_area(AreaId::new(2)).unwrap().is_empty());
    let served = key.served(&drawn(Vec::new())).unwrap();
    assert!(served.rooms().iter().all(|room| room.out_of_reach() == Some(OutOfReach::NoZones)));
    assert!(served.rooms().len() > 1);
    let bytes = key.to_secret_bytes();
    assert_eq!(bytes.len(), 1 << 16);
    assert!(HouseKey::from_secret_bytes(&bytes).unwrap() == key);
    assert_eq!(HouseKey::from_secret_bytes(&bytes[..bytes.len() / 2]), Err(crate::BlobError::Length));
}

/// A grid without cells has none to bar, wherever the place lies.
#[test]
fn a_blank_key_has_no_cell_to_bar() {
    let line = |from, to| KeepOut::Wall(geo_types::Line::new(from, to));
    let area = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0)];
    let mut key = HouseKey::blank(&FLOORS[0], 3);
    for place in [
        line((0.05, 0.05), (0.15, 0.05)),
        line((0.0, 0.0), (0.0, 0.0)),
        line((-1.0, 0.0), (1.0, 0.0)),
        KeepOut::Area(area),
    ] {
        assert_eq!(key.bar(&place), Err(KeyError::Nothing));
        assert!(key.marks().is_empty());
    }
}

/// The derive wipes every field, so none can be forgotten.
#[test]
fn keys_and_lifts_are_wiped_when_dropped() {
    const fn wiped<T: zeroize::ZeroizeOnDrop>() {}
    const { wiped::<HouseKey>() };
    const { wiped::<Region>() };
    const { wiped::<LiftedPath>() };
}
