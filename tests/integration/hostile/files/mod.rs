//! Files that lie, overflow, never end, or hide a bomb.

use homeveil::formats::{
    MAX_FILE_BYTES, MAX_YAML_BYTES, MapFileError, map_server_image, read_map_server, read_valetudo,
};
use homeveil::grid::GridError;
use homeveil::home::HomeError;

use super::{Input, Row};

/// A Valetudo map of these layers and entities, at 7.39 cm a pixel.
fn map(layers: &str, entities: &str) -> String {
    format!(r#"{{"metaData":{{"version":2}},"pixelSize":7.39,"layers":[{layers}],"entities":[{entities}]}}"#)
}

/// A map of one room.
pub(super) fn a_map() -> String {
    map(&room(), "")
}

fn floor(runs: &str) -> String {
    format!(r#"{{"type":"floor","compressedPixels":[{runs}]}}"#)
}

fn segment(id: &str, runs: &str) -> String {
    format!(r#"{{"type":"segment","metaData":{{"segmentId":{id}}},"compressedPixels":[{runs}]}}"#)
}

fn entity(kind: &str, points: &str) -> String {
    format!(r#"{{"type":"{kind}","points":[{points}]}}"#)
}

/// A room of 61 × 59 pixels.
fn room() -> String {
    floor(&(1009..1068).map(|y| format!("1213,{y},61")).collect::<Vec<_>>().join(","))
}

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn valetudo() -> Vec<Row> {
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

const YAML: &str = "image: a.pgm\nresolution: 0.0739\norigin: [-1013.7, 2027.3, 0]\nnegate: 0\noccupied_thresh: 0.65\nfree_thresh: 0.196\n";

const PGM: &[u8] = b"P2 5 3 255 0 0 0 0 0 0 254 254 254 0 0 0 0 0 0";

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn map_server() -> Vec<Row> {
    let value = |field| MapFileError::YamlValue { field };
    let yaml = |yaml: &str| Input::MapServer(yaml.as_bytes().to_vec(), PGM.to_vec());
    let with = |from: &str, to: &str| yaml(&YAML.replace(from, to));
    let image = |bytes: &[u8]| Input::MapServer(YAML.as_bytes().to_vec(), bytes.to_vec());
    let bomb: Vec<String> =
        (1..31).map(|n| format!("a{n}: &a{n} [{}]", vec![format!("*a{}", n - 1); 9].join(", "))).collect();
    let bomb = format!("a0: &a0 [x, x]\n{}\n", bomb.join("\n"));
    let huge = "9".repeat(60_013);
    let mut rows = vec![
        Row::good("a small map", yaml(YAML)),
        Row::good("a bomb of aliases that nobody lights", yaml(&format!("{bomb}{YAML}"))),
        Row::bad("a bomb lit as a name", with("a.pgm", "*a30").prepended(&bomb), value("image")),
        Row::bad(
            "a bomb lit as an origin",
            with("[-1013.7, 2027.3, 0]", "*a30").prepended(&bomb),
            value("origin"),
        ),
        Row::bad("an alias of itself", with("a.pgm", "&a [*a]"), value("image")),
        Row::bad(
            "depth in a list",
            yaml(&format!("{YAML}x: {}", "[".repeat(50_021))),
            MapFileError::YamlSyntax,
        ),
        Row::good("depth in lines", yaml(&format!("{YAML}x:\n {}", "- ".repeat(25_013)))),
        Row::good("a huge scalar that nobody reads", yaml(&format!("{YAML}x: {huge}\n"))),
        Row::bad("a huge scalar as a number", with("0.0739", &huge), value("resolution")),
        Row::good(
            "a huge scalar as a small number",
            with("0.0739", &format!("0.0739{}", "0".repeat(50_021))),
        ),
        Row::good("a huge name", with("a.pgm", &huge)),
        Row::bad("a file too large", yaml(&"#".repeat(MAX_YAML_BYTES + 1)), MapFileError::YamlTooLarge),
        Row::bad("nothing", yaml(""), MapFileError::YamlShape),
        Row::bad("an origin at infinity", with("-1013.7", ".inf"), value("origin")),
        Row::bad("an origin beyond", with("2027.3", "1e300"), value("origin")),
        Row::good("an origin at nearly zero", with("2027.3", "5e-324")),
        Row::good("an origin turned by what is no number", with(", 0]", ", -nan]")),
        Row::bad("an origin at what is no number", with("2027.3", "-nan"), value("origin")),
        Row::good("tabs", yaml(&YAML.replace(": ", ":\t"))),
        Row::bad("thresholds in the wrong order", with("0.196", "0.97"), MapFileError::Thresholds),
        Row::bad("no picture", image(b""), MapFileError::ImageFormat),
        Row::bad("a PGM that lies", image(b"P5 9973 9967 255 \0\0\0"), MapFileError::Truncated),
        Row::bad("a plain PGM that lies", image(b"P2 9973 9967 255 0 0 0"), MapFileError::Truncated),
        Row::bad("a PGM beyond all pixels", image(b"P5 65536 65536 255 \0"), MapFileError::ImagePixels),
        Row::bad("a PGM wider than numbers", image(b"P5 4294967311 1 255 \0"), MapFileError::PgmHeader),
        Row::bad("a PGM below zero", image(b"P2 -5 3 255 0"), MapFileError::PgmHeader),
        Row::bad("a PGM of no pixel", image(b"P2 0 3 255"), MapFileError::ImageSide),
        Row::bad("a PGM brighter than white", image(b"P2 2 1 101 0 103"), MapFileError::PgmValue),
        Row::good("a PGM of one pixel", image(b"P2 1 1 255 254")),
        Row::good("a PGM with more behind it", image(&[PGM, b" 997 991 and text"].concat())),
        Row::bad("a PNG that lies", image(&png(9973, 9967, 0)), MapFileError::Png),
        Row::bad("a PNG beyond all sides", image(&png(u32::MAX >> 1, 1, 0)), MapFileError::ImageSide),
        Row::bad("a PNG beyond all pixels", image(&png(65_536, 4099, 0)), MapFileError::ImagePixels),
        Row::bad("a PNG of no pixel", image(&png(0, 7, 0)), MapFileError::Png),
        Row::bad("a PNG in no known colour", image(&png(7, 7, 5)), MapFileError::Png),
        Row::bad("the first letters of a PNG", image(b"\x89PNG\r\n\x1a\n\0\0"), MapFileError::Truncated),
    ];
    for key in ["image", "resolution", "origin", "negate", "occupied_thresh", "free_thresh"] {
        let missing = MapFileError::YamlMissing { field: key };
        rows.push(Row::bad(format!("no {key}"), with(key, &key.to_uppercase()), missing));
    }
    for (field, value) in [("image", "b.pgm"), ("origin", "[0, 0, 0]"), ("mode", "raw\nmode: raw")] {
        let twice = yaml(&format!("{YAML}{field}: {value}\n"));
        rows.push(Row::bad(format!("{field} twice"), twice, MapFileError::YamlTwice { field }));
    }
    for (field, own, others) in [
        ("image", "a.pgm", &["", "''", "[a, b]", "&n"][..]),
        (
            "resolution",
            "0.0739",
            &[
                "",
                "0",
                "-0.0739",
                ".nan",
                "NaN",
                ".inf",
                "inf",
                "1e300",
                "1e999",
                "1e-320",
                "5e-324",
                "0.0049",
                "0.501",
                "~",
                "''",
                "5 cm",
                "{a: 0.05}",
            ],
        ),
        (
            "origin",
            "[-1013.7, 2027.3, 0]",
            &[
                "0",
                "[]",
                "[0, 0]",
                "[0, 0, 0, 0]",
                "[0, 0, nanny]",
                "[-nan, 0, 0]",
                "[0, nan, 0]",
                "[0, -1.1e8, 0]",
                "[0, 0, x]",
                "[0, [0], 0]",
                "{x: 0, y: 0, yaw: 0}",
            ],
        ),
        ("negate", "negate: 0", &["negate: 2", "negate: -1", "negate: maybe"]),
        ("mode", "negate: 0", &["negate: 0\nmode: ternary", "negate: 0\nmode:"]),
        ("occupied_thresh", "0.65", &["65", "NaN"]),
        ("free_thresh", "0.196", &["-0.1", "nan", "[0.196]"]),
    ] {
        for other in others {
            rows.push(Row::bad(format!("{field}: {other}"), with(own, other), value(field)));
        }
    }
    for (name, text, error) in [
        ("a NUL", "\0".to_owned(), MapFileError::YamlSyntax),
        ("a word", "image".to_owned(), MapFileError::YamlShape),
        ("a list", format!("- {}", YAML.replace('\n', "\n  ")), MapFileError::YamlShape),
        ("no end", "{image: a".to_owned(), MapFileError::YamlSyntax),
        ("depth in braces", format!("x: {}", "{a: ".repeat(15_013)), MapFileError::YamlSyntax),
        ("a tab", YAML.replace("image:", "\timage:"), MapFileError::YamlSyntax),
        ("a brace behind", format!("{YAML}}}\n"), MapFileError::YamlSyntax),
        ("a word behind", format!("{YAML}home\n"), MapFileError::YamlSyntax),
        ("an alias of nothing", YAML.replace("a.pgm", "*nowhere"), MapFileError::YamlSyntax),
        ("a quote that does not end", YAML.replace("a.pgm", "\"a.pgm"), MapFileError::YamlSyntax),
        ("an alias", format!("name: &n a.pgm\n{}", YAML.replace("a.pgm", "*n")), value("image")),
    ] {
        rows.push(Row::bad(name, yaml(&text), error));
    }
    let no_text = Input::MapServer(b"image: \xff".to_vec(), PGM.to_vec());
    rows.push(Row::bad("no UTF-8", no_text, MapFileError::YamlSyntax));
    rows.extend(
        pictures_that_are_none().into_iter().map(|(name, bytes, error)| Row::bad(name, image(&bytes), error)),
    );
    rows
}

impl Input {
    /// With lines before those of the YAML file.
    fn prepended(self, lines: &str) -> Self {
        match self {
            Self::MapServer(yaml, image) => Self::MapServer([lines.as_bytes(), &yaml].concat(), image),
            other => other,
        }
    }
}

fn pictures_that_are_none() -> Vec<(&'static str, Vec<u8>, MapFileError)> {
    let small = png_of([2, 2], [8, 0, 0, 0, 0], &[0, 0, 254, 0, 205, 254]);
    let changed = |at: usize, byte: u8| {
        let mut bytes = small.clone();
        bytes[at] = byte;
        bytes
    };
    let far_apart: Vec<u8> = (0..20_000).map(|x| if x % 19_999 == 0 { 254 } else { 205 }).collect();
    vec![
        ("text", b"<svg/>".to_vec(), MapFileError::ImageFormat),
        ("PPM", b"P6 1 1 255 \0\0\0".to_vec(), MapFileError::ImageFormat),
        ("PGM without header", b"P5".to_vec(), MapFileError::Truncated),
        ("PGM without height", b"P5 10".to_vec(), MapFileError::Truncated),
        ("PGM in an endless comment", b"P5 #".to_vec(), MapFileError::Truncated),
        ("P25", b"P25 1 1 255 0".to_vec(), MapFileError::Truncated),
        ("letters", b"P5 ten 10 255 ".to_vec(), MapFileError::PgmHeader),
        ("fraction", b"P5 1.5 10 255 ".to_vec(), MapFileError::PgmHeader),
        ("many digits", [b"P5 ".to_vec(), vec![b'9'; 100_003]].concat(), MapFileError::PgmHeader),
        (
            "many zeros",
            [b"P5 ".to_vec(), vec![b'0'; 100_003], b" 1 1 1".to_vec()].concat(),
            MapFileError::ImageSide,
        ),
        ("too wide", b"P5 65537 1 255 ".to_vec(), MapFileError::ImageSide),
        ("no greys", b"P5 1 1 0 0".to_vec(), MapFileError::PgmHeader),
        ("too many greys", b"P5 1 1 65536 0".to_vec(), MapFileError::PgmHeader),
        ("P5 of 16 bits that lies", b"P5 2 2 65535 \0\0\0\0\0\0\0".to_vec(), MapFileError::Truncated),
        ("P2 without values", b"P2 1 1 255".to_vec(), MapFileError::Truncated),
        ("P2 with letters", b"P2 2 1 255 1 x".to_vec(), MapFileError::PgmValue),
        ("P2 far above", b"P2 2 1 255 1 99999999999".to_vec(), MapFileError::PgmValue),
        ("P2 below", b"P2 2 1 255 1 -1".to_vec(), MapFileError::PgmValue),
        ("P5 above", b"P5 2 1 100 \x01\x65".to_vec(), MapFileError::PgmValue),
        ("far apart", [b"P5 20000 1 255 ".to_vec(), far_apart].concat(), GridError::Side.into()),
        ("PNG's first letters", b"\x89PNG".to_vec(), MapFileError::Truncated),
        ("PNG of another signature", changed(6, b'\n'), MapFileError::Png),
        ("PNG cut", small[..small.len() - 20].to_vec(), MapFileError::Truncated),
        ("PNG, wrong checksum", changed(29, 0), MapFileError::Png),
        ("interlaced PNG that lies", png_of([16_384; 2], [8, 0, 0, 0, 1], &[0; 60]), MapFileError::Png),
        (
            "PNG of another filter",
            png_of([2, 2], [8, 0, 0, 0, 0], &[9, 0, 254, 0, 205, 254]),
            MapFileError::Png,
        ),
        ("PNG of another interlacing", png_of([2, 2], [8, 0, 0, 0, 7], &[0; 6]), MapFileError::Png),
        ("PNG without rows", [&small[..33], &chunk(*b"IEND", &[])].concat(), MapFileError::Png),
        ("PNG without palette", png_of([2, 2], [8, 3, 0, 0, 0], &[0; 6]), MapFileError::Png),
    ]
}

/// A PNG of eight bits and a few bytes of pixels, whatever size its header says it has.
fn png(width: u32, height: u32, color: u8) -> Vec<u8> {
    png_of([width, height], [8, color, 0, 0, 0], &[0; 4])
}

/// A PNG of these sides with the rest of its header, and its rows as one block that is not compressed.
fn png_of(sides: [u32; 2], rest: [u8; 5], rows: &[u8]) -> Vec<u8> {
    let header = [&sides.map(u32::to_be_bytes).concat(), rest.as_slice()].concat();
    let length = u16::try_from(rows.len()).unwrap();
    let (a, b) = rows.iter().fold((1_u32, 0), |(a, b), &byte| {
        let a = (a + u32::from(byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    let pixels = [
        &[0x78, 1, 1],
        &length.to_le_bytes()[..],
        &(!length).to_le_bytes(),
        rows,
        &(b << 16 | a).to_be_bytes(),
    ]
    .concat();
    let signature = b"\x89PNG\r\n\x1a\n".to_vec();
    [signature, chunk(*b"IHDR", &header), chunk(*b"IDAT", &pixels), chunk(*b"IEND", &[])].concat()
}

fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [name.as_slice(), data].concat();
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [length.as_slice(), &body, &crc(&body).to_be_bytes()].concat()
}

/// The checksum of a PNG's chunk (PNG specification, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, &byte| {
        (0..8).fold(sum ^ u32::from(byte), |sum, _| sum >> 1 ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 })
    })
}

/// A file cut short at any place is refused, and as one that is cut short where that can be told.
#[test]
fn files_cut_short_anywhere_are_refused() {
    let json = map(
        &[room(), segment("211", "1213,1009,61")].join(","),
        &[entity("no_go_area", "1,1,9,1,9,9"), entity("charger_location", "9973,7e2")].join(","),
    );
    assert!(read_valetudo(json.as_bytes()).is_ok());
    for end in 0..json.len() {
        assert_eq!(read_valetudo(&json.as_bytes()[..end]).err(), Some(MapFileError::Truncated), "{end}");
    }
    // YAML has no end of its own: all but the last line's last letters are needed.
    let last = YAML.rfind(':').unwrap();
    for end in 0..=last {
        assert!(map_server_image(&YAML.as_bytes()[..end]).is_err(), "{end}");
    }
    for end in 3..PGM.len() - 1 {
        assert_eq!(
            read_map_server(YAML.as_bytes(), &PGM[..end]).err(),
            Some(MapFileError::Truncated),
            "{end}"
        );
    }
}
