//! What is no map that is read, and what to give instead.

use crate::formats::error::MapFileError;

/// Another kind of file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Other {
    looks_like: &'static str,
    instead: &'static str,
}

impl Other {
    const fn new(looks_like: &'static str, instead: &'static str) -> Self {
        Self { looks_like, instead }
    }

    pub(super) const fn error(self) -> MapFileError {
        MapFileError::OtherKind { looks_like: self.looks_like, instead: self.instead }
    }

    /// The kind of file that starts like this, if it is a known one.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let is = |(at, magic): (usize, &[u8])| bytes.get(at..).is_some_and(|rest| rest.starts_with(magic));
        let known =
            OTHERS.iter().find(|(magics, _)| magics.iter().any(|&magic| is(magic))).map(|&(_, other)| other);
        // Two letters are few: behind them stands the length of a header, of 20 bytes so far.
        known.or_else(|| matches!(bytes, [b'r' | b'R', b'r' | b'R', 12..=64, 0, ..]).then_some(ROBOROCK))
    }
}

const UNPACK: &str = "unpack it, and give the map that is in it";
const MAP_SAVER: &str = "save its map with map_saver, and give the YAML file";
const LOSSLESS: &str = "give the map as PNG or PGM, saved without loss by what made it";

const ROBOROCK: Other = Other::new(
    "the map of a Roborock robot (RRMap), which is not read",
    "give the map that Valetudo exports from the robot, as JSON",
);

/// Where the magic numbers of a kind of file stand, and what they are.
type Magics = &'static [(usize, &'static [u8])];

const OTHERS: &[(Magics, Other)] = &[
    (&[(0, b"PK\x03\x04"), (0, b"PK\x05\x06")], Other::new("a ZIP archive", UNPACK)),
    (&[(257, b"ustar")], Other::new("a tar archive", UNPACK)),
    (&[(0, b"7z\xbc\xaf\x27\x1c"), (0, b"Rar!\x1a\x07")], Other::new("a 7z or RAR archive", UNPACK)),
    (
        &[(0, b"BZh"), (0, b"\xfd7zXZ\0"), (0, b"\x28\xb5\x2f\xfd"), (0, b"\x04\x22\x4d\x18")],
        Other::new("a file packed by bzip2, xz, zstd or lz4", UNPACK),
    ),
    (&[(0, b"\xff\xd8\xff")], Other::new("a JPEG picture, whose greys are blurred", LOSSLESS)),
    (
        &[(0, b"GIF8"), (0, b"BM"), (8, b"WEBP"), (0, b"II*\0"), (0, b"MM\0*")],
        Other::new("a GIF, BMP, WebP or TIFF picture", LOSSLESS),
    ),
    (
        &[(0, b"P1"), (0, b"P3"), (0, b"P4"), (0, b"P6"), (0, b"P7")],
        Other::new("a PBM, PPM or PAM picture", "give the map as PGM (P2 or P5) or PNG"),
    ),
    (
        &[(0, b"\xdb\x01\xf5\x5b\x7b\x1f\x1d\x7b")],
        Other::new(
            "a state of Cartographer (pbstream)",
            "export it with cartographer_pbstream_to_ros_map, and give the YAML file",
        ),
    ),
    (&[(8, b"serialization::archive")], Other::new("a pose graph of slam_toolbox", MAP_SAVER)),
    (&[(0, b"#ROSBAG"), (0, b"\x89MCAP0")], Other::new("a ROS bag", MAP_SAVER)),
    (
        &[(0, b"SQLite format 3")],
        Other::new(
            "a database (of a robot, or a ROS bag)",
            "give the map that Valetudo exports from the robot, or what map_saver saves from the bag",
        ),
    ),
    (
        &[(0, b"# .PCD"), (0, b"ply\n"), (0, b"ply\r\n")],
        Other::new("a cloud of points", "make an occupancy grid from it, and give what map_saver saves"),
    ),
    (&[(0, b"%PDF")], Other::new("a PDF document", LOSSLESS)),
    (&[(0, b"version https://git-lfs")], GIT_LFS),
    (
        &[(0, b"HVKEY\0\0\0"), (0, b"HVKEEPER"), (0, b"HVFLOOR1"), (0, b"HVHOUSE1"), (0, b"HVOUTBOX")],
        Other::new("a house key or another stored state", "give the private map that it belongs to"),
    ),
];

/// Where a file is kept elsewhere, a clone has this in its place.
pub(super) const GIT_LFS: Other =
    Other::new("a pointer of Git LFS", "run `git lfs pull`, and give the file then");

pub(super) const EMPTY: Other = Other::new("an empty file", "give a map that is complete");

pub(super) const RELEASE: Other =
    Other::new("a release, which is public already", "give the private map that is to become one");

pub(super) const OTHER_JSON: Other = Other::new(
    "a JSON file or message that is no map",
    "give the JSON of a Valetudo map, which has metaData, pixelSize, layers and entities",
);

pub(super) const GRID_MESSAGE: Other =
    Other::new("a ROS message with an occupancy grid (nav_msgs/OccupancyGrid)", MAP_SAVER);

pub(super) const INSIDE: Other =
    Other::new("a JSON object or list with a map inside", "give the map alone, from its brace to its brace");

pub(super) const MAP_SERVER_JSON: Other = Other::new(
    "the fields of a map for map_server, as JSON",
    "name the file .yaml, and put the picture next to it",
);

pub(super) const OTHER_YAML: Other = Other::new(
    "a YAML file that is no map for map_server",
    "give the YAML file of a map, which has image and resolution; if this file names one (yaml_filename), give that",
);

pub(super) const YAML_ALONE: Other = Other::new(
    "the YAML file of a map for map_server",
    "give it as a file on disk or together with its picture, which holds the map",
);

pub(super) const PAGE: Other =
    Other::new("a web page, an SVG or another XML file", "give the map itself, as JSON, YAML, PGM or PNG");

pub(super) const TEXT: Other = Other::new(
    "a text that is no map",
    "give the JSON of a Valetudo map, or the YAML file of a map for map_server",
);

pub(super) const BINARY: Other = Other::new(
    "a binary file of an unknown kind",
    "give the JSON of a Valetudo map (also packed by gzip or zlib, or in a PNG), the YAML file of a map for \
     map_server, or a PGM or PNG",
);
