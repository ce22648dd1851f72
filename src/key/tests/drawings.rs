//! The key of a few homes drawn by hand.
#![expect(clippy::cast_precision_loss, reason = "numbers of small homes")]

use geo_types::polygon;
use nalgebra::Point2;

use crate::atlas::{Atlas, FRAME, ZoneId};
use crate::home::{Footprint, Home, KeepOut, RoomId};
use crate::key::tests::cases::{FLOORS, areas_of, case, pose};
use crate::key::{AreaId, BindError, HouseKey, LiftError, LiftedPath, Region};

/// Two rooms with a third behind them.
fn drawn(keep_outs: Vec<KeepOut>) -> Home {
    let footprint = Footprint::disc_m(0.1).unwrap();
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
    Home::from_drawing(0.1, footprint, drawing, &[]).unwrap().keep_out(keep_outs).build().unwrap()
}

#[test]
fn areas_hold_the_rooms_named_and_no_redacted_one() {
    let case = case(drawn(Vec::new()), &[RoomId::new(3)], &[], &[0, 1], 0, 0);
    let mut key = case.key();
    let area = AreaId::new(2);
    assert_eq!(key.areas(), 4);
    assert!(key.lift_area(area).unwrap().is_empty());
    assert_eq!(key.bind_rooms(area, &case.home, &[RoomId::new(3)]), Err(BindError::Nothing));
    assert_eq!(key.bind_rooms(area, &case.home, &[RoomId::new(77)]), Err(BindError::Nothing));
    assert_eq!(key.bind_rooms(AreaId::new(4), &case.home, &[RoomId::new(1)]), Err(BindError::UnknownArea));
    key.bind_rooms(area, &case.home, &[RoomId::new(1), RoomId::new(3)]).unwrap();
    let region = key.lift_area(area).unwrap();
    assert!(region.len() > 30 && region.len() <= 8 * 6 + 3);
    assert!((region.area_m2() - region.len() as f64 * 0.01).abs() < 1e-9);
    assert_eq!(region.points().count(), region.len());
    assert!(region.points().all(|at| region.contains(at) && at.x < 1.0 && at.y > 0.5));
    assert_eq!(region.runs().map(|run| run.len() as usize).sum::<usize>(), region.len());
    assert!(!region.contains(Point2::new(1.5, 1.0)) && !region.contains(Point2::new(-1.0, f64::NAN)));
    let bounds = region.bounding().unwrap();
    assert!(bounds.min().x >= 0.1 - 1e-9 && bounds.max().x <= 1.0 + 1e-9);
    key.unbind(area);
    assert!(key.lift_area(area).unwrap().is_empty());
    let square = polygon![(x: 0.2, y: 0.7), (x: 0.6, y: 0.7), (x: 0.6, y: 1.0), (x: 0.2, y: 1.0)];
    key.bind_region(area, &square).unwrap();
    assert_eq!(key.lift_area(area).unwrap().len(), 12);
    let below = polygon![(x: 0.2, y: 0.1), (x: 0.6, y: 0.1), (x: 0.6, y: 0.4)];
    assert_eq!(key.bind_region(area, &below), Err(BindError::Nothing), "that room is redacted");
    assert_eq!(key.lift_area(area).unwrap().len(), 12, "and the area stays as it was");
    let other = HouseKey::from_secret_bytes(&key.to_secret_bytes()).unwrap();
    assert_eq!(other.lift_area(area).unwrap().len(), 12);
}

#[test]
fn a_zone_behind_a_virtual_wall_is_unreachable_today() {
    let wall = KeepOut::Wall(geo_types::Line::new((0.9, 0.0), (0.9, 2.0)));
    let case = case(drawn(vec![wall]), &[RoomId::new(3)], &[], &[1, 0], 0, 0);
    let key = case.key();
    assert!(key.lift_zone(ZoneId::of_index(0)).is_ok());
    assert_eq!(key.lift_zone(ZoneId::of_index(1)), Err(LiftError::Unreachable { zone: ZoneId::of_index(1) }));
    assert_eq!(key.lift_zone(ZoneId::of_index(9)), Err(LiftError::UnknownZone));
    let rect = case.floor.zones()[1].rect;
    let at = Point2::new(f64::from(rect.x + 3) * FRAME.resolution, f64::from(rect.y + 3) * FRAME.resolution);
    assert_eq!(key.lift_point(at), Err(LiftError::Unreachable { zone: ZoneId::of_index(1) }));
}

#[test]
fn places_outside_the_release_and_the_home_are_refused() {
    let key = case(drawn(Vec::new()), &[], &[], &[0, 1, 2], 0, 0).key();
    for (x, y) in [(-0.01, 1.0), (9.7, 1.0), (1.0, f64::NAN), (f64::INFINITY, 1.0)] {
        assert_eq!(key.lift_point(Point2::new(x, y)), Err(LiftError::Outside));
    }
    let far = geo_types::Rect::new((9.7, 1.0), (12.0, 3.0));
    assert_eq!(key.lift_rect(far), Err(LiftError::Outside));
    assert!(key.project(pose(Point2::new(-0.9, 0.5))).is_ok());
    for x in [-1.1, f64::NAN] {
        assert_eq!(key.project(pose(Point2::new(x, 0.5))), Err(LiftError::OffMap));
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
    assert_eq!(key.project(pose(Point2::new(0.0, 0.0))), Err(LiftError::NoZone));
    assert_eq!(
        key.lift_point(Point2::new(0.5, 0.5)).unwrap_err().to_string().split(' ').next(),
        Some("zone")
    );
    assert!(key.lift_zone(ZoneId::of_index(0)).is_err());
    assert!(key.lift_area(AreaId::new(2)).unwrap().is_empty());
    let bytes = key.to_secret_bytes();
    assert_eq!(bytes.len(), 1 << 16);
    assert!(HouseKey::from_secret_bytes(&bytes).unwrap() == key);
    assert_eq!(HouseKey::from_secret_bytes(&bytes[..bytes.len() / 2]), Err(crate::BlobError::Length));
}

/// The derive wipes every field, so none can be forgotten.
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
        assert_eq!(key.bar(&place), Ok(()));
        assert!(!key.has_bars());
    }
}

#[test]
fn keys_and_lifts_are_wiped_when_dropped() {
    const fn wiped<T: zeroize::ZeroizeOnDrop>() {}
    const { wiped::<HouseKey>() };
    const { wiped::<Region>() };
    const { wiped::<LiftedPath>() };
}

#[test]
fn debug_prints_no_geometry() {
    let key = case(drawn(Vec::new()), &[], &[], &[0], 0, 0).key();
    assert_eq!(format!("{key:?}"), "HouseKey { .. }");
    assert_eq!(format!("{:?}", key.lift_zone(ZoneId::of_index(0)).unwrap()), "Region { .. }");
}

/// All steps from the sample home to its keys, for several plans: all cells have a patch, and nearly all patches are
/// proportional.
#[cfg(feature = "synth")]
#[test]
fn the_sample_home_is_charted_whole_whatever_the_plan() {
    use crate::merge::assign;
    use crate::redact::{Redaction, redact_with_cells};
    use crate::sketch::Survey;
    let footprint = Footprint::disc_m(0.17).unwrap();
    let home = crate::synth::sample_home().into_builder(footprint).build().unwrap();
    let (kept, redacted) = redact_with_cells(&home, &Redaction::none()).unwrap();
    let survey = Survey::of(&kept);
    let atlas = Atlas::of(4).unwrap();
    for floor in FLOORS.iter() {
        let plan = atlas.plan(floor.plan()).unwrap();
        let assignment = assign(&survey.sketch, &plan).unwrap().in_home(&survey);
        let key = HouseKey::build(&home, &kept, &redacted, &assignment, floor, 16);
        assert_eq!(key.uncharted_cells(), 0);
        for (zone, _) in (0..).zip(&key.zones) {
            assert!(!key.lift_zone(ZoneId::of_index(zone)).unwrap().is_empty());
        }
        let (areas, mut even) = (areas_of(&key), 0);
        for (patch, area) in key.patches.iter().zip(&areas) {
            let own = key.patches.iter().zip(&areas).filter(|(other, _)| other.zone == patch.zone);
            let cells: u32 = own.map(|(_, area)| *area).sum();
            let whole = key.zones[usize::from(patch.zone)].rect.area();
            let ratio =
                f64::from(*area) * f64::from(whole) / (f64::from(cells) * f64::from(patch.rect.area()));
            even += usize::from((0.5..=2.0).contains(&ratio));
        }
        assert!(even * 10 >= key.patches.len() * 9, "{even} of {}", key.patches.len());
    }
}
