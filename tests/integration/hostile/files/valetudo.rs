//! Valetudo maps.

use homeveil::formats::{MAX_FILE_BYTES, MapFileError};
use homeveil::grid::GridError;
use homeveil::home::HomeError;

use crate::hostile::{Input, Row};

/// A Valetudo map of these layers and entities, at 7.39 cm a pixel.
pub(super) fn map(layers: &str, entities: &str) -> String {
    format!(r#"{{"metaData":{{"version":2}},"pixelSize":7.39,"layers":[{layers}],"entities":[{entities}]}}"#)
}

/// A map of one room.
pub(crate) fn a_map() -> String {
    map(&room(), "")
}

fn floor(runs: &str) -> String {
    format!(r#"{{"type":"floor","compressedPixels":[{runs}]}}"#)
}

pub(super) fn segment(id: &str, runs: &str) -> String {
    format!(r#"{{"type":"segment","metaData":{{"segmentId":{id}}},"compressedPixels":[{runs}]}}"#)
}

pub(super) fn entity(kind: &str, points: &str) -> String {
    format!(r#"{{"type":"{kind}","points":[{points}]}}"#)
}

/// A room of 61 × 59 pixels.
pub(super) fn room() -> String {
    floor(&(1009..1068).map(|y| format!("1213,{y},61")).collect::<Vec<_>>().join(","))
}

#[expect(clippy::too_many_lines, reason = "a table")]
pub(crate) fn valetudo() -> Vec<Row> {
    let input = |json: String| Input::Valetudo(json.into_bytes());
    let good = |name: &str, json: String| Row::good(name, input(json));
    let bad = |name: &str, json: String, error: MapFileError| Row::bad(name, input(json), error);
    let of_layers = |layers: String| map(&layers, "");
    let of_entity = |kind: &str, points: &str| map(&room(), &entity(kind, points));
    let unusable = |entity| MapFileError::Points { entity };
    let deep = |open: &str, close: &str| [open.repeat(100_003), close.repeat(100_003)].concat();
    let version_1 = |pixels: &str| {
        let layer = format!(r#"{{"type":"floor","pixels":[{pixels}]}}"#);
        of_layers(layer).replace(r#""version":2"#, r#""version":1"#)
    };
    let many = |count: u32, run: &str| {
        (0..count).map(|id| segment(&id.to_string(), run)).collect::<Vec<_>>().join(",")
    };
    let no_go = |count: usize| vec![entity("no_go_area", "1,1,9,1,9,9"); count].join(",");
    let round = entity("no_go_area", &vec!["9973,7"; 256].join(","));
    let mut rows = vec![
        good("an empty map", map("", "")),
        good("a room and nothing else", of_layers(room())),
        bad("a run of no pixels", of_layers(floor("1213,1009,0")), MapFileError::Run),
        bad("a run that leaves the canvas", of_layers(floor("65533,1009,7")), MapFileError::Run),
        bad("a run longer than a number", of_layers(floor("1213,1009,65537")), MapFileError::Coordinate),
        bad("a run longer than any number", of_layers(floor("1213,1009,1e400")), MapFileError::JsonSyntax),
        bad("a run back", of_layers(floor("1213,1009,-7")), MapFileError::Coordinate),
        bad("a run of half a pixel", of_layers(floor("1213,1009,7.3")), MapFileError::Coordinate),
        bad("a run cut short", of_layers(floor("1213,1009")), MapFileError::PixelCount),
        bad(
            "runs that never end",
            of_layers(floor(&vec!["0,1009,65535"; 257].join(","))),
            MapFileError::Pixels,
        ),
        good("one place many times", of_layers(floor(&vec!["1213,1009,61"; 10_007].join(",")))),
        bad(
            "two pixels far apart",
            of_layers(floor("0,0,1,65535,65535,1")),
            MapFileError::Grid(GridError::Side),
        ),
        bad(
            "corners of a square too large",
            of_layers(floor("0,0,1,4096,4096,1")),
            MapFileError::Grid(GridError::Cells),
        ),
        good("the last pixel of all", of_layers(floor("65535,65535,1"))),
        bad("half a pair", version_1("1213,1009,1213"), MapFileError::PixelCount),
        bad("a pair below zero", version_1("-1213,1009"), MapFileError::Coordinate),
        good("pixels of the other version", of_layers(r#"{"type":"floor","pixels":[1213,1009]}"#.to_owned())),
        bad(
            "a layer without pixels",
            of_layers(r#"{"type":"floor"}"#.to_owned()),
            MapFileError::JsonMissing { field: "pixels or compressedPixels in every layer" },
        ),
        bad(
            "a placeholder",
            of_layers(room()).replace(r#""version":2"#, r#""version":2,"defaultMap":true"#),
            MapFileError::DefaultMap,
        ),
        bad(
            "an image",
            r#"{"image":{"pixels":{"floor":[[1213,1009]]}}}"#.to_owned(),
            MapFileError::Unversioned,
        ),
        good(
            "the state of a robot",
            format!(r#"{{"metaData":{{"version":1}},"attributes":[],"map":{}}}"#, of_layers(room())),
        ),
        bad(
            "states in states",
            format!("{}7{}", r#"{"map":"#.repeat(100), "}".repeat(100)),
            MapFileError::JsonMissing { field: "metaData.version" },
        ),
        good(
            "segments that overlap",
            of_layers([segment("211", "1213,1009,61"), segment("223", "1229,1009,61")].join(",")),
        ),
        good("segments without pixels", of_layers(many(503, ""))),
        bad(
            "segments of one id",
            of_layers(vec![segment("211", "1213,1009,7"); 2].join(",")),
            MapFileError::SegmentTwice,
        ),
        bad("an id below zero", of_layers(segment("-211", "")), MapFileError::SegmentId),
        bad("an id too large", of_layers(segment("4294967311", "")), MapFileError::SegmentId),
        bad("an id that is a half", of_layers(segment("211.5", "")), MapFileError::SegmentId),
        bad("layers that never end", of_layers(many(1031, "")), MapFileError::Layers),
        Row::bad(
            "a charger at nearly zero",
            input(of_entity("charger_location", "1e-320,5e-324")),
            HomeError::Dock,
        ),
        bad("a charger beyond", of_entity("charger_location", "1e308,9973"), unusable("charger_location")),
        bad("a charger of one number", of_entity("charger_location", "9973"), unusable("charger_location")),
        bad("a charger of null", of_entity("charger_location", "null,null"), unusable("charger_location")),
        bad("a wall of one point", of_entity("virtual_wall", "9973,9973"), unusable("virtual_wall")),
        bad(
            "a wall to the end of numbers",
            of_entity("virtual_wall", "0,0,1e308,0"),
            unusable("virtual_wall"),
        ),
        bad("an area of no corner", of_entity("no_go_area", ""), unusable("no_go_area")),
        bad("an area of two corners", of_entity("no_go_area", "0,0,9973,0"), unusable("no_go_area")),
        bad(
            "an area of 257 corners",
            of_entity("no_go_area", &vec!["9973,7"; 257].join(",")),
            unusable("no_go_area"),
        ),
        Row::bad(
            "areas of too many corners together",
            Input::Valetudo(map(&room(), &vec![round; 16].join(",")).into()),
            HomeError::Corners,
        ),
        good("an area on one point", of_entity("no_go_area", "9973,7,9973,7,9973,7")),
        good("an area over all", of_entity("no_go_area", "-1e7,-1e7,1e7,-1e7,1e7,1e7,-1e7,1e7")),
        good("as many areas as there may be", map(&room(), &no_go(1000))),
        good(
            "as many areas as there may be, and chargers",
            map(
                &room(),
                &[&no_go(1000), &vec![entity("charger_location", "9200,7600"); 8].join(",")]
                    .map(String::as_str)
                    .join(","),
            ),
        ),
        bad("an area too many", map(&room(), &no_go(1001)), MapFileError::KeepOuts),
        bad("entities that never end", map(&room(), &no_go(10_007)), MapFileError::KeepOuts),
        good("depth nobody asked for", format!(r#"{{"x":{},{}"#, deep("[", "]"), &map("", "")[1..])),
        bad("depth that does not end", format!(r#"{{"x":{}"#, "[".repeat(100_003)), MapFileError::Truncated),
        bad("depth where layers should be", of_layers(deep("[", "]")), MapFileError::JsonShape),
        bad("depth where pixels should be", of_layers(floor(&deep("[", "]"))), MapFileError::JsonShape),
        good(
            "something else where a name should be",
            map(&segment("1", "").replace("\"segmentId\"", "\"name\":{\"a\":[7]},\"segmentId\""), ""),
        ),
        bad("a file too large", " ".repeat(MAX_FILE_BYTES + 1), MapFileError::TooLarge),
        bad("nothing", String::new(), MapFileError::Truncated),
        good("a byte order mark", format!("\u{feff}{}", map("", ""))),
        bad("two byte order marks", format!("\u{feff}\u{feff}{}", map("", "")), MapFileError::JsonSyntax),
        bad("two maps", format!("{0}{0}", map("", "")), MapFileError::JsonSyntax),
        bad(
            "a field twice",
            of_layers(room()).replace("\"layers\"", "\"layers\":[],\"layers\""),
            MapFileError::JsonShape,
        ),
    ];
    rows.extend(maps_that_are_none());
    let rooms = of_layers(
        (0..1001_u32).map(|n| segment(&n.to_string(), &format!("{n},1009,1"))).collect::<Vec<_>>().join(","),
    );
    rows.push(Row::bad("a room too many", input(rooms), HomeError::Rooms));
    for size in ["0", "-0.0", "-7.39", "1e300", "1e-320", "5e-324", "0.499", "50.1"] {
        let json = of_layers(room()).replace("7.39", size);
        rows.push(bad(&format!("pixels of {size} cm"), json, MapFileError::PixelSize));
    }
    for (size, error) in [
        ("NaN", MapFileError::JsonSyntax),
        ("Infinity", MapFileError::JsonSyntax),
        ("1e400", MapFileError::JsonSyntax),
        ("\"5\"", MapFileError::JsonShape),
    ] {
        rows.push(bad(&format!("pixels of {size} cm"), of_layers(room()).replace("7.39", size), error));
    }
    for version in ["0", "3", "18446744073709551615"] {
        let json = map("", "").replace(r#""version":2"#, &format!(r#""version":{version}"#));
        rows.push(bad(&format!("version {version}"), json, MapFileError::Version));
    }
    rows
}

/// Maps that lack something, or have something else in its place.
fn maps_that_are_none() -> Vec<Row> {
    let bad = |name: String, json: String, error| Row::bad(name, Input::Valetudo(json.into_bytes()), error);
    let missing = |field| MapFileError::JsonMissing { field };
    let ok = map(&[floor("1,2,3"), segment("211", "")].join(","), "");
    let changed = [
        (r#""version""#, r#""edition""#, missing("metaData.version")),
        ("pixelSize", "px", missing("pixelSize")),
        ("layers", "strata", missing("layers")),
        ("entities", "things", missing("entities")),
        ("compressedPixels", "zip", missing("pixels or compressedPixels in every layer")),
        ("7.39", "null", missing("pixelSize")),
        (r#""type":"floor""#, r#""typ":1"#, MapFileError::JsonShape),
        (r#""version":2"#, r#""version":-2"#, MapFileError::JsonShape),
        (r#""version":2"#, r#""version":2,"version":1"#, MapFileError::JsonShape),
        ("1,2,3", "1,2,99999999999999999999999", MapFileError::Coordinate),
        ("1,2,3", "1,null,3", MapFileError::Coordinate),
        ("1,2,3", r#"1,"2",3"#, MapFileError::JsonShape),
        ("1,2,3", "1,[2],3", MapFileError::JsonShape),
        (r#""segmentId":211"#, "", MapFileError::SegmentId),
        ("211", "null", MapFileError::SegmentId),
        ("211", r#""kitchen""#, MapFileError::SegmentId),
        ("211", "[1]", MapFileError::SegmentId),
        ("211", r#"211,"name":"\ud800""#, MapFileError::JsonSyntax),
    ];
    let changed = changed.map(|(from, to, error)| {
        assert!(ok.contains(from));
        bad(format!("{to} for {from}"), ok.replacen(from, to, 1), error)
    });
    let others = [
        ("<html>".to_owned(), MapFileError::JsonSyntax),
        ("7".to_owned(), MapFileError::JsonShape),
        ("{}".to_owned(), missing("metaData.version")),
        ("[".repeat(100_003), MapFileError::JsonShape),
        (map(&vec![r#"{"type":"wall","compressedPixels":[]}"#; 2003].join(","), ""), MapFileError::Layers),
    ];
    let others = others.map(|(json, error)| bad(json.chars().take(40).collect(), json, error));
    let mut rows: Vec<Row> = changed.into_iter().chain(others).collect();
    rows.push(Row::bad("no UTF-8", Input::Valetudo(b"{\"\xff\": 1}".to_vec()), MapFileError::JsonSyntax));
    // What keeps the robot out must not be lost.
    for entity_of in ["charger_location", "no_go_area", "virtual_wall"] {
        let error = || MapFileError::Points { entity: entity_of };
        for points in ["1", "1,2,3", "1,2,3,null", "1,1e8", "1,2,3,4,5", "1,-1e300,1,2", "1,2,3,4,5,1e300"] {
            rows.push(bad(format!("{entity_of} {points}"), map("", &entity(entity_of, points)), error()));
        }
        let without = entity(entity_of, "").replace("points", "spots");
        rows.push(bad(format!("{entity_of} without points"), map("", &without), error()));
    }
    let wall = MapFileError::Points { entity: "virtual_wall" };
    rows.push(bad("a wall of two lines".to_owned(), map("", &entity("virtual_wall", "1,2,3,4,5,6")), wall));
    let ignored = map("", &entity("active_zone", "1,null,1e300"));
    rows.push(Row::good("points that nobody reads", Input::Valetudo(ignored.into_bytes())));
    rows
}
