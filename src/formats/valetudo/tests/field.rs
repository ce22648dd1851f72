//! Files as the field has them.

use super::super::read::read_valetudo;
use super::{HOME, file, floor, grid, layer_pixels, list, map, same, segment};
use crate::formats::error::MapFileError;
use crate::home::RoomId;

/// What the export button of Valetudo writes: version 2 with pairs, the runs left out or left empty.
#[test]
fn either_list_of_pixels_is_read_under_either_version() {
    let (pairs, runs) = (file(1), file(2));
    assert!(same(&pairs, &runs));
    for (version, json) in [(2, &pairs), (1, &runs)] {
        let other = format!("\"version\": {}", 3 - version);
        assert!(same(&runs, &json.replace(&other, &format!("\"version\": {version}"))), "{version}");
    }
    let both_empty = pairs.replace("\"pixels\":", "\"compressedPixels\": [], \"pixels\":");
    assert!(same(&runs, &both_empty.replace("\"version\": 1", "\"version\": 2")));
    let null = pairs.replace("\"pixels\":", "\"compressedPixels\": null, \"pixels\":");
    assert!(same(&runs, &null.replace("\"version\": 1", "\"version\": 2")));
    // Where both have pixels, the version decides.
    let both = |version: u32| {
        let lists = r#""pixels": [9, 9], "compressedPixels": [7, 7, 3]"#;
        let json = map(&format!(r#"{{"type": "floor", {lists}}}"#), "");
        let json = json.replace("\"version\": 2", &format!("\"version\": {version}"));
        read_valetudo(json.as_bytes()).unwrap().grid.width()
    };
    assert_eq!((both(1), both(2)), (1, 3));
    // The other list does not hide what is wrong with a list.
    for lists in
        [r#""pixels": [1.5], "compressedPixels": []"#, r#""pixels": [1, 2], "compressedPixels": [1.5]"#]
    {
        let json = map(&format!(r#"{{"type": "floor", {lists}}}"#), "");
        assert_eq!(read_valetudo(json.as_bytes()).err(), Some(MapFileError::Coordinate), "{lists}");
    }
}

#[test]
fn layers_of_both_kinds_stand_beside_each_other() {
    let walls = list(1, &layer_pixels(HOME, |c| c == '#'));
    let free = list(2, &layer_pixels(HOME, |c| c != '#'));
    let layers = format!(r#"{{"type": "wall", {walls}}}, {{"type": "floor", {free}}}"#);
    assert!(read_valetudo(map(&layers, "").as_bytes()).unwrap().grid == grid());
}

#[test]
fn the_placeholder_of_a_robot_without_a_map_is_refused_by_name() {
    let placeholder =
        |value: &str| file(2).replace("\"version\": 2", &format!("\"version\": 2, \"defaultMap\": {value}"));
    let error = read_valetudo(placeholder("true").as_bytes()).unwrap_err();
    assert_eq!(error, MapFileError::DefaultMap);
    assert!(error.to_string().contains("metaData.defaultMap"), "{error}");
    for version in ["", "\"version\": 9, "] {
        let json = format!("{{\"metaData\": {{{version}\"defaultMap\": true}}}}");
        assert_eq!(read_valetudo(json.as_bytes()).err(), Some(MapFileError::DefaultMap), "{json}");
    }
    for value in ["false", "null"] {
        assert!(same(&file(2), &placeholder(value)), "{value}");
    }
    assert_eq!(read_valetudo(placeholder("7").as_bytes()).err(), Some(MapFileError::JsonShape));
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert!(same(&file(2), &format!("\u{feff}{}", file(2))));
    for twice in ["\u{feff}\u{feff}{}", "{\u{feff}}", "{}\u{feff}"] {
        assert_eq!(read_valetudo(twice.as_bytes()).err(), Some(MapFileError::JsonSyntax), "{twice:?}");
    }
    assert_eq!(read_valetudo("\u{feff}".as_bytes()).err(), Some(MapFileError::Truncated));
}

/// Valetudo's interface gives the map alone, or in the state of the robot.
#[test]
fn the_map_in_a_robots_state_is_read() {
    let state = |map: &str| {
        format!(
            r#"{{"__class": "RobotState", "metaData": {{"version": 1}}, "attributes": [{{"x": 1}}], "map": {map}}}"#
        )
    };
    assert!(same(&file(2), &state(&file(2))));
    assert!(same(
        &file(2),
        &state(&file(2)).replace(r#""metaData": {"version": 1}, "attributes""#, r#""attributes""#)
    ));
    for (inner, error) in [
        ("{}", MapFileError::JsonMissing { field: "metaData.version" }),
        ("7", MapFileError::JsonShape),
        ("null", MapFileError::JsonMissing { field: "pixelSize" }),
        (&state(&file(2)), MapFileError::JsonMissing { field: "pixelSize" }),
    ] {
        assert_eq!(read_valetudo(state(inner).as_bytes()).err(), Some(error), "{inner}");
    }
    assert!(same(&file(2), &file(2).replacen('{', "{\"map\": {\"layers\": 7}, ", 1)), "a map comes first");
}

/// Tools that rewrite maps may write whole numbers as floating-point ones, and names are whatever they are.
#[test]
fn whole_numbers_are_read_however_they_are_written() {
    assert!(same(&floor("1, 2, 3"), &floor("1.0, 2, 3.00")));
    let named = |name: &str| segment(&format!(r#""segmentId": 4.0, "name": {name}"#));
    for name in ["7", "null", "true", "[1, {}]", "{\"en\": \"Bad\"}", "\"x\""] {
        let map = read_valetudo(named(name).as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((map.rooms[0].id(), map.rooms[0].kind()), (RoomId::new(4), None), "{name}");
    }
    assert_eq!(read_valetudo(floor("1, 2, 3.5").as_bytes()).err(), Some(MapFileError::Coordinate));
}

#[test]
fn maps_from_before_versions_are_refused_by_name() {
    let json = r#"{"image": {"position": {"top": 1}, "pixels": {"floor": [[1, 2]]}}, "charger": [1, 2]}"#;
    let error = read_valetudo(json.as_bytes()).unwrap_err();
    assert_eq!(error, MapFileError::Unversioned);
    assert!(error.to_string().contains("metaData.version"), "{error}");
    // An image next to all the rest is skipped.
    assert!(read_valetudo(floor("1, 2, 3").replacen('{', "{\"image\": 7, ", 1).as_bytes()).is_ok());
}
