//! Files of every kind, by their bytes and from disk.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};

use super::other::OTHER_YAML;
use super::{read_map, read_map_file};
use crate::formats::samples::YAML;
use crate::formats::valetudo::MAX_FILE_BYTES;
use crate::formats::{MapFileError, Picture};
use crate::grid::OccupancyGrid;

const MAP: &str = r#"{"__class": "ValetudoMap", "metaData": {"version": 2}, "pixelSize": 5, "layers": [
    {"type": "segment", "metaData": {"segmentId": "7", "name": "Bad"}, "compressedPixels": [100, 200, 3]},
    {"type": "wall", "metaData": {}, "compressedPixels": [100, 201, 3]}], "entities": []}"#;

/// As a picture what [`MAP`] is as JSON.
const PGM: &[u8] = b"P5 5 3 255\n\xcd\xcd\xcd\xcd\xcd\xcd\xfe\xfe\xfe\xcd\xcd\0\0\0\xcd";

fn grid() -> OccupancyGrid {
    OccupancyGrid::from_drawing(0.05, "...\n###").unwrap()
}

fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes.as_ref()).unwrap();
    packed.finish().unwrap()
}

fn zlib(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes.as_ref()).unwrap();
    packed.finish().unwrap()
}

fn base64(bytes: impl AsRef<[u8]>) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// A chunk of a PNG, its checksum left out: only pixels need it.
fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], name, data, &[0; 4]].concat()
}

/// The picture that Valetudo makes for the camera of Home Assistant.
fn camera(packed: &[u8]) -> Vec<u8> {
    let text = [b"ValetudoMap\0\0", packed].concat();
    let comment = chunk(b"tEXt", b"ValetudoMap\0\0 is a keyword");
    let head = [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &[0; 13]), comment].concat();
    [head, chunk(b"zTXt", &text), chunk(b"IEND", &[])].concat()
}

fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes_of).collect()
}

#[test]
fn a_valetudo_map_is_read_out_of_every_wrapping() {
    let (half, rest) = MAP.split_at(MAP.len() / 2);
    let lines = base64(zlib(MAP)).as_bytes().chunks(60).collect::<Vec<_>>().join(&b"\r\n"[..]);
    for (name, bytes) in [
        ("plain", MAP.as_bytes().to_vec()),
        ("blanks before", format!(" \r\n\t{MAP}\n").into_bytes()),
        ("a byte-order mark", format!("\u{feff}{MAP}").into_bytes()),
        (
            "a robot's state",
            format!(r#"{{"metaData": {{"version": 1}}, "attributes": [], "map": {MAP}}}"#).into_bytes(),
        ),
        ("gzip", gzip(MAP)),
        ("gzip of two members", [gzip(half), gzip(rest)].concat()),
        ("gzip, and a line end", [gzip(MAP), b"\n".to_vec()].concat()),
        ("a message", zlib(MAP)),
        ("a message, and a line end", [zlib(MAP), b"\n".to_vec()].concat()),
        ("a message as text", base64(zlib(MAP)).into_bytes()),
        ("a message as text without padding", base64(zlib(MAP)).trim_end_matches('=').as_bytes().to_vec()),
        ("a message as lines of text", lines),
        ("a map as text", base64(MAP).into_bytes()),
        ("a camera's picture", camera(&zlib(MAP))),
        (
            "a camera's picture as text",
            format!("data:image/png;base64,{}", base64(camera(&zlib(MAP)))).into_bytes(),
        ),
        ("a camera's picture, packed", gzip(camera(&zlib(MAP)))),
        ("UTF-16", utf16(&format!("\u{feff}{MAP}"), u16::to_le_bytes)),
        ("UTF-16, the other way round", utf16(&format!("\u{feff}{MAP}"), u16::to_be_bytes)),
        ("three deep", gzip(base64(zlib(MAP)))),
    ] {
        let map = read_map(&bytes, None).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(map.grid == grid() && map.rooms.len() == 1, "{name}");
        assert_eq!(read_map(&bytes, Some(0.05)).err(), Some(MapFileError::Resolution), "{name}");
    }
    let four = gzip(gzip(gzip(gzip(MAP))));
    assert_eq!(read_map(&four, None).err(), Some(MapFileError::PackedTooOften));
}

#[test]
fn a_picture_alone_is_read_with_the_metres_of_a_pixel() {
    for bytes in [PGM.to_vec(), gzip(PGM), b"P2#\n3 2 255 254 254 254 0 0 0".to_vec()] {
        assert!(read_map(&bytes, Some(0.05)).unwrap().grid == grid());
        assert_eq!(read_map(&bytes, None).err(), Some(MapFileError::NoResolution));
        let value = MapFileError::YamlValue { field: "resolution" };
        assert_eq!(read_map(&bytes, Some(5.0)).err(), Some(value));
    }
    assert_eq!(read_map(b"P5 5 3 255 ", Some(0.05)).err(), Some(MapFileError::Truncated));
    let png = [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &[0; 13])].concat();
    assert_eq!(read_map(&png, None).err(), Some(MapFileError::NoResolution));
    assert_eq!(read_map(&png, Some(0.05)).err(), Some(MapFileError::Png));
}

/// A picture of an app has the colours of rooms, and paper around them.
#[test]
fn a_picture_alone_has_no_colours() {
    let picture = |of: [[u8; 3]; 21]| Picture::of_labels(7, 3, 1, |at| of[at]).unwrap().to_png();
    let (white, blue) = ([254; 3], [100, 150, 250]);
    let mut cells = [white; 21];
    cells[3] = blue;
    assert!(read_map(&picture(cells), Some(0.05)).is_ok(), "one mark");
    cells[4] = blue;
    assert_eq!(read_map(&picture(cells), Some(0.05)).err(), Some(MapFileError::Coloured));
    let folder = MapFolder::new("coloured");
    fs::write(folder.0.join("home.png"), picture(cells)).unwrap();
    fs::write(folder.0.join("home.yaml"), YAML.replace("pgm", "png")).unwrap();
    assert!(read_map_file(folder.0.join("home.yaml"), None).is_ok(), "its YAML file says what shades mean");
    assert!(read_map(&picture([[112, 137, 134]; 21]), Some(0.05)).is_ok(), "a tint");
}

#[test]
fn what_is_no_map_is_called_by_its_name() {
    let tar = [vec![b'a'; 257], b"ustar\x0000".to_vec()].concat();
    for (bytes, words) in [
        (&b""[..], &["empty"][..]),
        (b" \n", &["empty"]),
        (b"rr\x14\0\x40\x9c\0\0\x01\0\0\0", &["Roborock", "RRMap", "Valetudo", "JSON"]),
        (&gzip(b"rr\x14\0\x40\x9c\0\0\x01\0\0\0"), &["Roborock"]),
        (b"PK\x03\x04", &["ZIP", "unpack"]),
        (&tar, &["tar", "unpack"]),
        (&gzip(&tar), &["tar", "unpack"]),
        (b"BZh91AY", &["bzip2", "unpack"]),
        (b"\xfd7zXZ\0", &["xz", "unpack"]),
        (b"\x28\xb5\x2f\xfd", &["zstd", "unpack"]),
        (b"\xff\xd8\xff\xe0", &["JPEG", "PNG or PGM"]),
        (b"RIFF\0\0\0\0WEBP", &["WebP", "PNG or PGM"]),
        (b"P6 1 1 255 ", &["PPM", "PGM"]),
        (b"\xdb\x01\xf5\x5b\x7b\x1f\x1d\x7b", &["Cartographer", "pbstream_to_ros_map"]),
        (b"\x16\0\0\0\0\0\0\0serialization::archive", &["slam_toolbox", "map_saver"]),
        (b"#ROSBAG V2.0", &["ROS bag", "map_saver"]),
        (b"SQLite format 3\0", &["database"]),
        (b"HVKEY\0\0\0", &["house key", "private map"]),
        (
            br#"{"format":"homeveil-release","version":1}                            "#,
            &["release", "private map"],
        ),
        (b"<!DOCTYPE html>", &["web page"]),
        (b"\xef\xbb\xbf <svg/>", &["SVG"]),
        (b"{}", &["JSON", "Valetudo"]),
        (br#"{"16": "Kitchen", "17": "Living Room"}"#, &["JSON", "message", "Valetudo"]),
        (&zlib(r#"{"state": "docked", "battery_level": 100}"#), &["JSON", "message", "Valetudo"]),
        (
            br#"{"header": {}, "info": {"resolution": 0.05, "width": 1, "height": 1}, "data": [0]}"#,
            &["ROS", "map_saver"],
        ),
        (b"[1, 2]", &["JSON", "no map"]),
        (format!(r#"{{"payload": {MAP}, "topic": "map"}}"#).as_bytes(), &["JSON", "map inside", "alone"]),
        (format!("[{MAP}]").as_bytes(), &["JSON", "map inside", "alone"]),
        (
            br#"{"image": "home.pgm", "resolution": 0.05, "origin": [0, 0, 0]}"#,
            &["map_server", "JSON", ".yaml"],
        ),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0", &["Git LFS", "git lfs pull"]),
        (b"just a text", &["a text", "JSON", "YAML"]),
        (b"abcdefgh", &["a text"]),
        (b"rrooms", &["a text"]),
        (b"x is a text, and zlib's first two bytes", &["a text"]),
        (b"\x01\x02\xff\0", &["binary", "JSON", "YAML", "PGM"]),
        (YAML.as_bytes(), &["YAML", "picture"]),
        (b"\xef\xbb\xbf# a comment\r\nresolution : 0.05", &["YAML", "picture"]),
        (b"{image: home.pgm, resolution: 0.05}", &["YAML", "picture"]),
    ] {
        let error = read_map(bytes, None).unwrap_err();
        assert!(matches!(error, MapFileError::OtherKind { .. }), "{words:?}: {error:?}");
        let text = error.to_string();
        assert!(
            text.starts_with("this looks like ") && words.iter().all(|word| text.contains(word)),
            "{text}"
        );
        assert_eq!(read_map(bytes, Some(0.05)).unwrap_err(), error, "{text}");
    }
}

#[test]
fn what_is_damaged_is_refused_by_who_reads_it() {
    let cut = |bytes: &[u8]| bytes[..bytes.len() / 2].to_vec();
    for (bytes, error) in [
        (b"{".to_vec(), MapFileError::Truncated),
        (gzip(r#"{"metaData": {}}"#), MapFileError::JsonMissing { field: "metaData.version" }),
        (
            MAP.replace("\"version\": 2", "\"version\": 2, \"defaultMap\": true").into(),
            MapFileError::DefaultMap,
        ),
        (cut(&gzip(MAP)), MapFileError::Packed { by: "gzip" }),
        (cut(&zlib(MAP)), MapFileError::Packed { by: "zlib" }),
        (cut(&camera(&zlib(MAP))), MapFileError::Packed { by: "zlib" }),
        (camera(b"map"), MapFileError::Packed { by: "zlib" }),
        ([base64(zlib(MAP)).into_bytes(), b"!".to_vec()].concat(), MapFileError::Packed { by: "base64" }),
        (utf16("\u{feff}{}", u16::to_le_bytes)[..5].to_vec(), MapFileError::Packed { by: "UTF-16" }),
        (b"\xff\xfe\0\xd8".to_vec(), MapFileError::Packed { by: "UTF-16" }),
    ] {
        let text = error.to_string();
        assert_eq!(read_map(&bytes, None).err(), Some(error), "{text}");
    }
}

#[test]
fn a_bomb_costs_no_more_than_the_largest_map() {
    let many = vec![b' '; MAX_FILE_BYTES + 1];
    let (bomb, map) = (gzip(&many), gzip(&many[1..]));
    assert!(bomb.len() < 1 << 19, "it is a bomb");
    for bomb in
        [bomb.clone(), zlib(&many), camera(&zlib(&many)), [map.clone(), gzip("{}")].concat(), gzip(bomb)]
    {
        assert_eq!(read_map(&bomb, None).err(), Some(MapFileError::UnpackedTooLarge));
    }
    assert!(matches!(read_map(&map, None), Err(MapFileError::OtherKind { .. })));
}

#[test]
fn no_prefix_and_no_changed_byte_makes_the_reader_panic() {
    let files =
        [gzip(MAP), zlib(MAP), camera(&zlib(MAP)), base64(zlib(MAP)).into_bytes(), PGM.to_vec(), YAML.into()];
    for file in files {
        for end in 0..file.len() {
            let _ = read_map(&file[..end], Some(0.05));
        }
        for (at, bit) in (0..file.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
            let mut changed = file.clone();
            changed[at] ^= 1 << bit;
            let _ = read_map(&changed, None);
        }
    }
}

/// A folder of its own for one test, removed in the end.
struct MapFolder(PathBuf);

impl MapFolder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("homeveil-{name}-{}", std::process::id()));
        fs::create_dir_all(path.join("maps/pictures")).unwrap();
        Self(path)
    }
}

impl Drop for MapFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_picture_is_looked_for_where_the_yaml_file_says_and_beside_it() {
    let folder = MapFolder::new("map-file");
    let (maps, path) = (folder.0.join("maps"), folder.0.join("maps/home.yaml"));
    let read = |image: &str| {
        fs::write(&path, YAML.replace("home.pgm", &format!("'{image}'"))).unwrap();
        read_map_file(&path, None)
    };
    let named = |image: &str| {
        assert!(read(image).unwrap_or_else(|error| panic!("{image}: {error}")).grid == grid(), "{image}");
    };
    let elsewhere = maps.join("pictures/home.pgm");
    fs::write(&elsewhere, PGM).unwrap();
    for image in ["pictures/home.pgm", "./pictures/../pictures/home.pgm", elsewhere.to_str().unwrap()] {
        named(image);
    }
    let missing = || Some(MapFileError::NoPicture { picture: "home.pgm".to_owned() });
    let stale = [
        "home.pgm",
        "/home/robot/maps/home.pgm",
        "maps/home.pgm",
        "../old/home.pgm",
        "~/maps/home.pgm",
        r"C:\Users\robot\maps\home.pgm",
        r"maps\home.pgm",
        "file:///home/robot/home.pgm",
        "$(find robot)/maps/home.pgm",
        "home.yaml/home.pgm",
    ];
    for image in stale {
        assert_eq!(read(image).err(), missing(), "{image}");
    }
    fs::write(maps.join("home.pgm"), PGM).unwrap();
    stale.into_iter().for_each(named);
    fs::write(maps.join("home.pgm.gz"), gzip(PGM)).unwrap();
    named("home.pgm.gz");
    // Both files packed, the YAML file still names the picture as it was.
    fs::remove_file(maps.join("home.pgm")).unwrap();
    ["home.pgm", "/home/robot/maps/home.pgm"].into_iter().for_each(named);
    // What the YAML file says comes first.
    fs::write(&elsewhere, "P5").unwrap();
    let error = read("pictures/home.pgm").unwrap_err();
    let truncated = MapFileError::Truncated;
    assert_eq!(
        error,
        MapFileError::Picture { picture: "home.pgm".to_owned(), error: truncated.clone().into() }
    );
    assert_eq!(error.to_string(), "the picture home.pgm can't be used");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), truncated.to_string());
    assert_eq!(
        read("pictures").err(),
        Some(MapFileError::NoFile { file: "the picture pictures".to_owned() })
    );
    assert!(read("gone.pgm").unwrap_err().to_string().contains("the picture gone.pgm"));
    // One of another kind is called by it, whatever its name says.
    fs::write(maps.join("other.png"), b"\xff\xd8\xff\xe0").unwrap();
    let error = read("other.png").unwrap_err();
    assert!(std::error::Error::source(&error).unwrap().to_string().contains("JPEG"), "{error:?}");
    // A packed picture that is damaged is not the YAML file's fault, nor is one that is too large.
    let packed = gzip(PGM);
    fs::write(maps.join("home.pgm.gz"), &packed[..packed.len() / 2]).unwrap();
    fs::File::create(maps.join("large.pgm")).unwrap().set_len(MAX_FILE_BYTES as u64 + 1).unwrap();
    for (image, error) in
        [("home.pgm", MapFileError::Packed { by: "gzip" }), ("large.pgm", MapFileError::TooLarge)]
    {
        let picture = image.to_owned();
        assert_eq!(
            read(image).err(),
            Some(MapFileError::Picture { picture, error: error.into() }),
            "{image}"
        );
    }
}

#[test]
fn a_file_is_told_by_its_bytes_and_a_broken_yaml_file_by_its_name() {
    let folder = MapFolder::new("map-file-names");
    let at = |name: &str| folder.0.join(name);
    let read = |name: &str, bytes: &[u8]| {
        fs::write(at(name), bytes).unwrap();
        read_map_file(at(name), None)
    };
    fs::write(at("home.pgm"), PGM).unwrap();
    for (name, bytes) in [
        ("map.json", MAP.as_bytes()),
        ("map", MAP.as_bytes()),
        ("map.pgm", &zlib(MAP)),
        ("map.json.gz", &gzip(MAP)),
        ("home.yaml", YAML.as_bytes()),
        ("home.YML", YAML.as_bytes()),
        ("home.json", YAML.as_bytes()),
        ("home.yaml.gz", &gzip(YAML)),
        ("flow.yaml", format!("{{{}}}", YAML.trim_end().replace('\n', ", ")).as_bytes()),
        (
            "json.yaml",
            br#"{"image": "home.pgm", "resolution": 0.05, "origin": [0, 0, 0], "negate": 0,
            "occupied_thresh": 0.65, "free_thresh": 0.196}"#,
        ),
        ("utf16.yaml", &utf16(&format!("\u{feff}{YAML}"), u16::to_le_bytes)),
    ] {
        assert!(read(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}")).grid == grid(), "{name}");
    }
    for (name, bytes, error) in [
        ("empty.yaml", &b""[..], MapFileError::YamlShape),
        ("text.yml", b"map", MapFileError::YamlShape),
        ("half.yaml.gz", &gzip("image: a.pgm"), MapFileError::YamlMissing { field: "resolution" }),
        ("nav2.yaml", b"map_server:\n  ros__parameters:\n    yaml_filename: home.yaml", OTHER_YAML.error()),
        ("more.yaml", b"resolution: 0.05", MapFileError::YamlMissing { field: "image" }),
        ("map.json", b"{", MapFileError::Truncated),
        ("alone.pgm", PGM, MapFileError::NoResolution),
    ] {
        assert_eq!(read(name, bytes).err(), Some(error), "{name}");
    }
    assert!(read_map_file(at("alone.pgm"), Some(0.05)).unwrap().grid == grid());
    assert_eq!(read_map_file(at("home.yaml"), Some(0.05)).err(), Some(MapFileError::Resolution));
    let file = || "the file".to_owned();
    let not_found = MapFileError::Unread { file: file(), kind: ErrorKind::NotFound };
    assert_eq!(read_map_file(at("none.yaml"), None).err(), Some(not_found.clone()));
    assert_eq!(not_found.to_string(), "the file can't be read: there is none of this name");
    assert_eq!(read_map_file(&folder.0, None).err(), Some(MapFileError::NoFile { file: file() }));
    fs::File::create(at("large.json")).unwrap().set_len(MAX_FILE_BYTES as u64 + 1).unwrap();
    assert_eq!(read_map_file(at("large.json"), None).err(), Some(MapFileError::TooLarge));
}
