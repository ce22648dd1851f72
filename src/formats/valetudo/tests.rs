mod field;

use std::fmt::Write as _;

use nalgebra::Point2;

use super::read::read_valetudo;
use crate::formats::samples::real_maps;
use crate::grid::{Cell, CellRect, OccupancyGrid};
use crate::home::{Footprint, KeepOut, RobotMap, Room, RoomKind};

const RADIUS_M: f64 = 0.17;

/// Pixel coordinates of a drawing with its upper left corner at (40, 70): `#` wall, `.` floor, a letter its
/// segment; a capital letter is in its segment and in segment `a` too.
fn layer_pixels(drawing: &str, is: impl Fn(char) -> bool) -> Vec<(u32, u32)> {
    let rows = (70..).zip(drawing.lines().map(str::trim).filter(|line| !line.is_empty()));
    rows.flat_map(|(y, row)| (40..).zip(row.chars()).map(move |(x, c)| (x, y, c)))
        .filter(|&(_, _, c)| is(c))
        .map(|(x, y, _)| (x, y))
        .collect()
}

/// A list of pixels as the version writes it.
fn list(version: u32, pixels: &[(u32, u32)]) -> String {
    let mut out = String::new();
    if version == 1 {
        for (x, y) in pixels {
            write!(out, "{x},{y},").unwrap();
        }
        return format!(r#""pixels": [{}]"#, out.trim_end_matches(','));
    }
    for run in pixels.chunk_by(|a, b| a.1 == b.1 && a.0 + 1 == b.0) {
        write!(out, "{},{},{},", run[0].0, run[0].1, run.len()).unwrap();
    }
    format!(r#""pixels": [], "compressedPixels": [{}]"#, out.trim_end_matches(','))
}

const HOME: &str = "
    #########
    #aaa#bbb#
    #aaa#bBb#
    #aaaabb..
    #########
";

/// A map of the drawing, with all that a real file has beyond what is read.
fn file(version: u32) -> String {
    let layer = |kind: &str, meta: &str, is: &dyn Fn(char) -> bool| {
        format!(
            r#"{{"__class": "MapLayer", "metaData": {{{meta}}}, "type": "{kind}", {}, "dimensions": {{"x": {{"min": 0}}}}}}"#,
            list(version, &layer_pixels(HOME, is))
        )
    };
    format!(
        r#"{{"__class": "ValetudoMap",
            "metaData": {{"vendorMapId": 712, "version": {version}, "nonce": "2f9e", "totalLayerArea": 33575}},
            "size": {{"x": 5120, "y": 5120}}, "pixelSize": 5,
            "layers": [{}, {}, {}, {}, {}],
            "entities": [
                {{"__class": "PathMapEntity", "metaData": {{}}, "points": [200, 355, null, 1.5], "type": "path"}},
                {{"__class": "PointMapEntity", "metaData": {{"angle": 90}}, "points": [207.5, 362.5], "type": "charger_location"}},
                {{"metaData": {{"label": "shoes", "id": "x"}}, "points": [215, 360], "type": "obstacle"}},
                {{"metaData": {{}}, "points": [225, 355, 240, 355, 240, 360, 225, 360], "type": "no_go_area"}},
                {{"metaData": {{}}, "points": [205, 355, 205, 370], "type": "virtual_wall"}},
                {{"metaData": {{}}, "points": [1, 2], "type": "robot_position"}}
            ]}}"#,
        layer("floor", r#""area": 4"#, &|c| c == '.' || c == '#'),
        layer("segment", r#""segmentId": "16", "active": false, "name": "Bad", "material": "tile""#, &|c| c
            == 'a'
            || c == 'B'),
        layer("segment", r#""segmentId": 3, "name": "room2""#, &|c| c == 'b' || c == 'B' || c == '#'),
        layer("carpet", "", &|_| true),
        layer("wall", "", &|c| c == '#'),
    )
}

/// The cells of the drawing.
fn grid() -> OccupancyGrid {
    OccupancyGrid::from_drawing(0.05, &HOME.replace(|c: char| c.is_ascii_alphabetic(), ".")).unwrap()
}

fn runs(room: &Room) -> Vec<(u32, u32, u32)> {
    room.runs.iter().map(|run| (run.x(), run.y(), run.len())).collect()
}

/// What two files say of grid, dock and rooms.
fn same(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|json| read_valetudo(json.as_bytes()).unwrap());
    let rooms = |map: &RobotMap| {
        map.rooms.iter().map(|room| (room.id(), room.kind(), runs(room))).collect::<Vec<_>>()
    };
    one.grid == other.grid && one.dock == other.dock && rooms(&one) == rooms(&other)
}

#[test]
fn both_versions_tell_the_same() {
    let [one, two] = [1, 2].map(|version| read_valetudo(file(version).as_bytes()).unwrap());
    assert!(same(&file(1), &file(2)) && one.keep_outs == two.keep_outs && one.origin_m == two.origin_m);
}

#[test]
fn a_map_is_cropped_flipped_and_put_in_metres() {
    let map = read_valetudo(file(2).as_bytes()).unwrap();
    assert!(map.grid == grid());

    let [a, b] = map.rooms.as_slice() else { panic!("two rooms") };
    assert_eq!((a.id().get(), a.kind()), (16, Some(RoomKind::Bathroom)));
    assert_eq!((b.id().get(), b.kind()), (3, None));
    assert_eq!(
        runs(a),
        [(1, 1, 4), (1, 2, 3), (6, 2, 1), (1, 3, 3)],
        "an overlap belongs to the segment listed first"
    );
    assert_eq!(runs(b), [(5, 1, 2), (5, 2, 1), (7, 2, 1), (5, 3, 3)], "a wall wins over a segment");

    let close = |point: Point2<f64>, x: f64, y: f64| (point.x - x).abs() < 1e-9 && (point.y - y).abs() < 1e-9;
    assert!(close(map.dock.unwrap(), 0.075, 0.125), "the middle of the cell (1, 2)");
    let [KeepOut::Area(area), KeepOut::Wall(wall)] = map.keep_outs.as_slice() else {
        panic!("an area and a wall")
    };
    let corners: Vec<_> =
        area.exterior().points().map(|p| ((p.x() * 100.0).round(), (p.y() * 100.0).round())).collect();
    assert_eq!(corners, [(25.0, 20.0), (40.0, 20.0), (40.0, 15.0), (25.0, 15.0), (25.0, 20.0)]);
    assert!(close(Point2::new(wall.end.x, wall.end.y), 0.05, 0.05));

    assert!(
        close(map.to_map_m(Point2::new(200.0, 375.0)), 0.0, 0.0),
        "the lower left corner of the lowest, leftmost pixel"
    );
    let at_cm = Point2::new(207.5, 362.5);
    assert!((map.to_file(map.to_map_m(at_cm)) - at_cm).norm() < 1e-9);
}

#[test]
fn a_parsed_map_becomes_a_home() {
    let home = read_valetudo(file(1).as_bytes())
        .unwrap()
        .into_builder(Footprint::disc_m(0.02).unwrap())
        .build()
        .unwrap();
    let rooms: Vec<_> = home.rooms().iter().map(|room| (room.id().get(), room.kind())).collect();
    assert_eq!(rooms, [(3, None), (16, Some(RoomKind::Bathroom))]);
    assert_eq!(home.keep_outs.len(), 2);
    assert!(home.dock.is_some());
}

#[test]
fn the_canvas_and_the_place_on_it_are_forgotten() {
    let far = file(2).replace("\"size\": {\"x\": 5120, \"y\": 5120}", "\"size\": {\"x\": 1e300, \"y\": -1}");
    assert_ne!(far, file(2));
    assert!(same(&far, &file(2)));
}

/// A map of version 2 from its layers and entities.
fn map(layers: &str, entities: &str) -> String {
    format!(
        r#"{{"metaData": {{"version": 2}}, "pixelSize": 5, "layers": [{layers}], "entities": [{entities}]}}"#
    )
}

#[test]
fn a_map_may_lack_pixels_segments_and_charger() {
    let empty = read_valetudo(map("", "").as_bytes()).unwrap();
    assert_eq!((empty.grid.width(), empty.grid.height(), empty.grid.get(0, 0)), (1, 1, Some(Cell::Unknown)));
    assert!(empty.rooms.is_empty() && empty.dock.is_none() && empty.keep_outs.is_empty());
    assert!(empty.into_builder(Footprint::disc_m(RADIUS_M).unwrap()).build().is_ok());

    let bare = r#"{"type": "floor", "compressedPixels": [65535, 65535, 1]}, {"type": "wall", "compressedPixels": []}"#;
    let bare = read_valetudo(map(bare, "").as_bytes()).unwrap();
    assert_eq!((bare.grid.width(), bare.grid.get(0, 0)), (1, Some(Cell::Free)), "the last pixel there is");
    assert!(bare.rooms.is_empty());
}

#[test]
fn a_segment_without_floor_of_its_own_is_no_room() {
    let layers = r#"{"type": "segment", "metaData": {"segmentId": 1}, "compressedPixels": [3, 3, 5]},
                    {"type": "segment", "metaData": {"segmentId": 2}, "compressedPixels": [4, 3, 2]}"#;
    let map = read_valetudo(map(layers, "").as_bytes()).unwrap();
    assert_eq!(map.rooms.iter().map(|room| room.id().get()).collect::<Vec<_>>(), [1]);
}

#[test]
fn of_several_chargers_the_first_counts() {
    let entities =
        r#"{"type": "charger_location", "points": [5, 0]}, {"type": "charger_location", "points": [50, 0]}"#;
    assert_eq!(read_valetudo(map("", entities).as_bytes()).unwrap().dock, Some(Point2::new(0.05, 0.05)));
}

/// A layer of floor with these numbers.
fn floor(numbers: &str) -> String {
    map(&format!(r#"{{"type": "floor", "metaData": {{}}, "compressedPixels": [{numbers}]}}"#), "")
}

fn segment(meta: &str) -> String {
    map(&format!(r#"{{"type": "segment", "metaData": {{{meta}}}, "compressedPixels": [1, 2, 3]}}"#), "")
}

fn entity(kind: &str, points: &str) -> String {
    map("", &format!(r#"{{"type": "{kind}", "metaData": {{}}, "points": [{points}]}}"#))
}

#[test]
fn no_prefix_and_no_changed_byte_makes_the_reader_panic() {
    let whole = file(2);
    for end in 0..whole.len() {
        assert!(read_valetudo(&whole.as_bytes()[..end]).is_err());
    }
    for at in 0..whole.len() {
        for byte in [b'9', b'-', b'"', b'[', b'}', b',', b'e', 0xff] {
            let mut changed = whole.as_bytes().to_vec();
            changed[at] = byte;
            let _ = read_valetudo(&changed);
        }
    }
}

#[test]
fn errors_say_what_would_be_right_and_no_value_of_the_map() {
    for (json, text) in [
        (
            floor("1, 2, 31337, 4"),
            "pixels must be whole pairs x, y, and compressedPixels whole triples x, y, length",
        ),
        (floor("1, 31337.5, 3"), "coordinates and lengths of pixels must be whole numbers from 0 to 65535"),
        (
            segment(r#""segmentId": "31337x""#),
            "metaData.segmentId of each segment must be a whole number from 0 to 4294967295",
        ),
        (
            entity("virtual_wall", "31337, 2, 3"),
            "points of a virtual_wall must be x, y, x, y, each a number of centimetres up to 10000000",
        ),
        (floor("").replace(": 5", ": 31337"), "pixelSize must be a number of centimetres between 0.5 and 50"),
    ] {
        let error = read_valetudo(json.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), text);
        assert!(!format!("{error:?}").contains("31337"));
    }
}

#[test]
#[ignore = "takes maps of real homes: tests/README.md"]
fn real_maps_parse_and_build() {
    let paths = real_maps("valetudo", "json");
    assert_eq!(paths.len(), 11);
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let map = read_valetudo(&std::fs::read(&path).unwrap()).unwrap();
        let dock = map.dock.expect("every one has a charger");
        let (width_m, height_m) = (f64::from(map.grid.width()) * 0.05, f64::from(map.grid.height()) * 0.05);
        assert!(
            (0.0..width_m).contains(&dock.x) && (0.0..height_m).contains(&dock.y),
            "{name}: the dock is on the map"
        );
        // The crop is tight and the segments are as many as the file's.
        assert_eq!(
            map.grid.known_bounds(),
            Some(CellRect { x: 0, y: 0, width: map.grid.width(), height: map.grid.height() }),
            "{name}"
        );
        let (rooms, keep_outs) = match name.as_str() {
            "S5_FW1886_without_extra_data.json" | "d9_1058_no_segments.json" => (0, 0),
            "S5_FW2020_with_segments.json" => (8, 9),
            "d9_1093_huge.json" => (14, 0),
            "d9_1093_multi_map.json" | "z10_1056_paths.json" => (7, 0),
            "S8_FW1286_with_obstacles.json"
            | "l10su_1121_carpet.json"
            | "x10plus_1104_with_obstacle.json" => (6, 0),
            "l10su_3031_giant.json" => (18, 6),
            "viomi_v6_41_no_path.json" => (2, 4),
            other => panic!("{other} is not among the maps known"),
        };
        assert_eq!((map.rooms.len(), map.keep_outs.len()), (rooms, keep_outs), "{name}");
        let kinds: Vec<RoomKind> = map.rooms.iter().filter_map(Room::kind).collect();
        match name.as_str() {
            "z10_1056_paths.json" => {
                use RoomKind::{Bathroom, Bedroom, Dining, Hallway, Kitchen, Living, Office};
                assert_eq!(kinds, [Bathroom, Bedroom, Kitchen, Hallway, Living, Dining, Office]);
            }
            "d9_1093_multi_map.json" => assert_eq!(kinds, [RoomKind::Hallway]),
            _ => assert!(kinds.is_empty(), "{name}"),
        }
        let home = map.into_builder(Footprint::disc_m(RADIUS_M).unwrap()).build().unwrap();
        assert!(!home.rooms().is_empty(), "{name}");
    }
}
