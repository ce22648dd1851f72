//! Files that lie, overflow, never end, or hide a bomb.

use homeveil::formats::{
    MAX_FILE_BYTES, MAX_YAML_BYTES, MapServerError, ValetudoError, map_server_image, read_map_server,
    read_valetudo,
};
use homeveil::grid::GridError;
use homeveil::home::HomeError;

use super::{Input, Row};

/// A Valetudo map of these layers and entities, at 7.39 cm a pixel.
fn map(layers: &str, entities: &str) -> String {
    format!(r#"{{"metaData":{{"version":2}},"pixelSize":7.39,"layers":[{layers}],"entities":[{entities}]}}"#)
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
    let bad = |name: &str, json: String, error: ValetudoError| Row::bad(name, input(json), error);
    let of_layers = |layers: String| map(&layers, "");
    let of_entity = |kind: &str, points: &str| map(&room(), &entity(kind, points));
    let unusable = |entity| ValetudoError::Points { entity };
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
        bad("a run of no pixels", of_layers(floor("1213,1009,0")), ValetudoError::Run),
        bad("a run that leaves the canvas", of_layers(floor("65533,1009,7")), ValetudoError::Run),
        bad("a run longer than a number", of_layers(floor("1213,1009,65537")), ValetudoError::Coordinate),
        bad("a run longer than any number", of_layers(floor("1213,1009,1e400")), ValetudoError::Syntax),
        bad("a run back", of_layers(floor("1213,1009,-7")), ValetudoError::Coordinate),
        bad("a run of half a pixel", of_layers(floor("1213,1009,7.3")), ValetudoError::Coordinate),
        bad("a run cut short", of_layers(floor("1213,1009")), ValetudoError::PixelCount),
        bad(
            "runs that never end",
            of_layers(floor(&vec!["0,1009,65535"; 257].join(","))),
            ValetudoError::Pixels,
        ),
        good("one place many times", of_layers(floor(&vec!["1213,1009,61"; 10_007].join(",")))),
        bad(
            "two pixels far apart",
            of_layers(floor("0,0,1,65535,65535,1")),
            ValetudoError::Grid(GridError::Side),
        ),
        bad(
            "corners of a square too large",
            of_layers(floor("0,0,1,4096,4096,1")),
            ValetudoError::Grid(GridError::Cells),
        ),
        good("the last pixel of all", of_layers(floor("65535,65535,1"))),
        bad("half a pair", version_1("1213,1009,1213"), ValetudoError::PixelCount),
        bad("a pair below zero", version_1("-1213,1009"), ValetudoError::Coordinate),
        good("pixels of the other version", of_layers(r#"{"type":"floor","pixels":[1213,1009]}"#.to_owned())),
        bad(
            "a layer without pixels",
            of_layers(r#"{"type":"floor"}"#.to_owned()),
            ValetudoError::Missing { field: "pixels or compressedPixels in every layer" },
        ),
        bad(
            "a placeholder",
            of_layers(room()).replace(r#""version":2"#, r#""version":2,"defaultMap":true"#),
            ValetudoError::DefaultMap,
        ),
        bad(
            "an image",
            r#"{"image":{"pixels":{"floor":[[1213,1009]]}}}"#.to_owned(),
            ValetudoError::Unversioned,
        ),
        good("the state of a robot", format!(r#"{{"attributes":[],"map":{}}}"#, of_layers(room()))),
        bad(
            "states in states",
            format!("{}7{}", r#"{"map":"#.repeat(100), "}".repeat(100)),
            ValetudoError::Missing { field: "metaData.version" },
        ),
        good(
            "segments that overlap",
            of_layers([segment("211", "1213,1009,61"), segment("223", "1229,1009,61")].join(",")),
        ),
        good("segments without pixels", of_layers(many(503, ""))),
        bad(
            "segments of one id",
            of_layers(vec![segment("211", "1213,1009,7"); 2].join(",")),
            ValetudoError::SegmentTwice,
        ),
        bad("an id below zero", of_layers(segment("-211", "")), ValetudoError::SegmentId),
        bad("an id too large", of_layers(segment("4294967311", "")), ValetudoError::SegmentId),
        bad("an id that is a half", of_layers(segment("211.5", "")), ValetudoError::SegmentId),
        bad("layers that never end", of_layers(many(1031, "")), ValetudoError::Layers),
        good("a charger at nearly zero", of_entity("charger_location", "1e-320,5e-324")),
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
        bad("an area too many", map(&room(), &no_go(1001)), ValetudoError::KeepOuts),
        bad("entities that never end", map(&room(), &no_go(10_007)), ValetudoError::KeepOuts),
        good("depth nobody asked for", format!(r#"{{"x":{},{}"#, deep("[", "]"), &map("", "")[1..])),
        bad("depth that does not end", format!(r#"{{"x":{}"#, "[".repeat(100_003)), ValetudoError::Truncated),
        bad("depth where layers should be", of_layers(deep("[", "]")), ValetudoError::Shape),
        bad("depth where pixels should be", of_layers(floor(&deep("[", "]"))), ValetudoError::Shape),
        bad(
            "depth where a name should be",
            map(&segment("1", "").replace("\"segmentId\"", "\"name\":{},\"segmentId\""), ""),
            ValetudoError::Shape,
        ),
        bad("a file too large", " ".repeat(MAX_FILE_BYTES + 1), ValetudoError::TooLarge),
        bad("nothing", String::new(), ValetudoError::Truncated),
        good("a byte order mark", format!("\u{feff}{}", map("", ""))),
        bad("two byte order marks", format!("\u{feff}\u{feff}{}", map("", "")), ValetudoError::Syntax),
        bad("two maps", format!("{0}{0}", map("", "")), ValetudoError::Syntax),
        bad(
            "a field twice",
            of_layers(room()).replace("\"layers\"", "\"layers\":[],\"layers\""),
            ValetudoError::Shape,
        ),
    ];
    let rooms = of_layers(
        (0..1001_u32).map(|n| segment(&n.to_string(), &format!("{n},1009,1"))).collect::<Vec<_>>().join(","),
    );
    rows.push(Row::bad("a room too many", input(rooms), HomeError::Rooms));
    for size in ["0", "-0.0", "-7.39", "1e300", "1e-320", "5e-324", "0.499", "50.1"] {
        let json = of_layers(room()).replace("7.39", size);
        rows.push(bad(&format!("pixels of {size} cm"), json, ValetudoError::PixelSize));
    }
    for (size, error) in [
        ("NaN", ValetudoError::Syntax),
        ("Infinity", ValetudoError::Syntax),
        ("1e400", ValetudoError::Syntax),
        ("\"5\"", ValetudoError::Shape),
    ] {
        rows.push(bad(&format!("pixels of {size} cm"), of_layers(room()).replace("7.39", size), error));
    }
    for version in ["0", "3", "18446744073709551615"] {
        let json = map("", "").replace(r#""version":2"#, &format!(r#""version":{version}"#));
        rows.push(bad(&format!("version {version}"), json, ValetudoError::Version));
    }
    rows
}

const YAML: &str = "image: a.pgm\nresolution: 0.0739\norigin: [-1013.7, 2027.3, 0]\nnegate: 0\noccupied_thresh: 0.65\nfree_thresh: 0.196\n";

const PGM: &[u8] = b"P2 5 3 255 0 0 0 0 0 0 254 254 254 0 0 0 0 0 0";

pub(super) fn map_server() -> Vec<Row> {
    let value = |field| MapServerError::Value { field };
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
            MapServerError::Syntax,
        ),
        Row::good("depth in lines", yaml(&format!("{YAML}x:\n {}", "- ".repeat(25_013)))),
        Row::good("a huge scalar that nobody reads", yaml(&format!("{YAML}x: {huge}\n"))),
        Row::bad("a huge scalar as a number", with("0.0739", &huge), value("resolution")),
        Row::good(
            "a huge scalar as a small number",
            with("0.0739", &format!("0.0739{}", "0".repeat(50_021))),
        ),
        Row::good("a huge name", with("a.pgm", &huge)),
        Row::bad("a file too large", yaml(&"#".repeat(MAX_YAML_BYTES + 1)), MapServerError::YamlTooLarge),
        Row::bad("nothing", yaml(""), MapServerError::Shape),
        Row::bad("an origin at infinity", with("-1013.7", ".inf"), value("origin")),
        Row::bad("an origin beyond", with("2027.3", "1e300"), value("origin")),
        Row::good("an origin at nearly zero", with("2027.3", "5e-324")),
        Row::good("an origin turned by what is no number", with(", 0]", ", -nan]")),
        Row::bad("an origin at what is no number", with("2027.3", "-nan"), value("origin")),
        Row::good("tabs", yaml(&YAML.replace(": ", ":\t"))),
        Row::bad("thresholds the wrong way round", with("0.196", "0.97"), MapServerError::Thresholds),
        Row::bad("no picture", image(b""), MapServerError::ImageFormat),
        Row::bad("a PGM that lies", image(b"P5 9973 9967 255 \0\0\0"), MapServerError::Truncated),
        Row::bad("a plain PGM that lies", image(b"P2 9973 9967 255 0 0 0"), MapServerError::Truncated),
        Row::bad("a PGM beyond all pixels", image(b"P5 65536 65536 255 \0"), MapServerError::ImagePixels),
        Row::bad("a PGM wider than numbers", image(b"P5 4294967311 1 255 \0"), MapServerError::PgmHeader),
        Row::bad("a PGM below zero", image(b"P2 -5 3 255 0"), MapServerError::PgmHeader),
        Row::bad("a PGM of no pixel", image(b"P2 0 3 255"), MapServerError::ImageSide),
        Row::bad("a PGM brighter than white", image(b"P2 2 1 101 0 103"), MapServerError::PgmValue),
        Row::good("a PGM of one pixel", image(b"P2 1 1 255 254")),
        Row::good("a PGM with more behind it", image(&[PGM, b" 997 991 and text"].concat())),
        Row::bad("a PNG that lies", image(&png(9973, 9967, 0)), MapServerError::Png),
        Row::bad("a PNG beyond all sides", image(&png(u32::MAX >> 1, 1, 0)), MapServerError::ImageSide),
        Row::bad("a PNG beyond all pixels", image(&png(65_536, 4099, 0)), MapServerError::ImagePixels),
        Row::bad("a PNG of no pixel", image(&png(0, 7, 0)), MapServerError::Png),
        Row::bad("a PNG in a colour that is none", image(&png(7, 7, 5)), MapServerError::Png),
        Row::bad("the first letters of a PNG", image(b"\x89PNG\r\n\x1a\n\0\0"), MapServerError::Truncated),
    ];
    for size in ["0", "-0.0739", ".nan", ".inf", "1e300", "1e-320", "5e-324", "0.0049", "0.501", "~", "''"] {
        rows.push(Row::bad(format!("resolution {size}"), with("0.0739", size), value("resolution")));
    }
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

/// A PNG of eight bits and a few bytes of pixels, whatever size its header says it has.
fn png(width: u32, height: u32, color: u8) -> Vec<u8> {
    let chunk = |name: &[u8; 4], data: &[u8]| {
        let body = [name.as_slice(), data].concat();
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [length.as_slice(), &body, &crc(&body).to_be_bytes()].concat()
    };
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, color, 0, 0, 0]].concat();
    // Deflated: one stored block of four zeros, and its checksum.
    let pixels = [0x78, 1, 1, 4, 0, 0xfb, 0xff, 0, 0, 0, 0, 0, 4, 0, 1];
    [
        b"\x89PNG\r\n\x1a\n".as_slice(),
        &chunk(b"IHDR", &header),
        &chunk(b"IDAT", &pixels),
        &chunk(b"IEND", &[]),
    ]
    .concat()
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
        assert_eq!(read_valetudo(&json.as_bytes()[..end]).err(), Some(ValetudoError::Truncated), "{end}");
    }
    // YAML has no end of its own: all but the last line's last letters are needed.
    let last = YAML.rfind(':').unwrap();
    for end in 0..=last {
        assert!(map_server_image(&YAML.as_bytes()[..end]).is_err(), "{end}");
    }
    for end in 3..PGM.len() - 1 {
        assert_eq!(
            read_map_server(YAML.as_bytes(), &PGM[..end]).err(),
            Some(MapServerError::Truncated),
            "{end}"
        );
    }
}
