//! The format's meaning; [`pictures`] has its many encodings, [`hostile`] what is refused.

mod field;
mod hostile;
mod pictures;

use std::fs;

use nalgebra::Point2;
use pictures::{interlaced_png, pgm, png_of};
use png::{BitDepth, ColorType};

use super::write::write_map_server;
use super::yaml::{MapServerYaml, Mode};
use crate::formats::read_map_file;
use crate::formats::samples::{YAML, floors, real_maps};
use crate::grid::{Cell, CellRect, OccupancyGrid, narrow};
use crate::home::Footprint;

fn yaml() -> MapServerYaml {
    MapServerYaml::parse(YAML.as_bytes()).unwrap()
}

/// The YAML file with these lines instead of those of the same keys, or added.
fn with_lines(lines: &[&str]) -> String {
    let key = |line: &str| line.split(':').next().unwrap().to_owned();
    let kept = YAML.lines().filter(|old| lines.iter().all(|line| key(line) != key(old)));
    kept.chain(lines.iter().copied()).flat_map(|line| [line, "\n"]).collect()
}

fn with(line: &str) -> String {
    with_lines(&[line])
}

fn parsed(lines: &[&str]) -> MapServerYaml {
    MapServerYaml::parse(with_lines(lines).as_bytes()).unwrap()
}

const HOME: &str = "
    ???????????
    ??#######??
    ??#..#..###
    ??#.....?.?
    ??#######??
    ???????????
";

/// The rows of a drawing, from the top.
fn rows(drawing: &str) -> Vec<&str> {
    drawing.lines().map(str::trim).filter(|row| !row.is_empty()).collect()
}

/// Its width and height.
fn sides(drawing: &str) -> (u32, u32) {
    let rows = rows(drawing);
    (narrow(rows[0].len()), narrow(rows.len()))
}

/// The drawing as the grid that a picture of it shall read as: cropped.
fn expected(drawing: &str) -> OccupancyGrid {
    cropped(&OccupancyGrid::from_drawing(0.05, drawing).unwrap())
}

fn cropped(grid: &OccupancyGrid) -> OccupancyGrid {
    let CellRect { x: left, y: low, width, height } = grid.known_bounds().unwrap();
    let cells = (low..low + height)
        .flat_map(|y| (left..left + width).map(move |x| grid.get(x, y).unwrap()))
        .collect();
    OccupancyGrid::new(width, height, grid.resolution_m(), cells).unwrap()
}

/// The letters of a drawing as values: occupied, unknown, free.
fn values<T: Copy>(drawing: &str, [occupied, unknown, free]: [T; 3]) -> Vec<T> {
    let value = |letter| match letter {
        '#' => occupied,
        '?' => unknown,
        _ => free,
    };
    rows(drawing).concat().chars().map(value).collect()
}

/// The cells of a picture of one row, after the YAML file with these lines; `?` the unknown, as in a drawing.
fn row(lines: &[&str], greys: &[u8]) -> String {
    let yaml = parsed(lines);
    // A free cell at either end keeps the row from being cropped.
    let mark: u8 = match (yaml.mode, yaml.negate) {
        (Mode::Raw, _) | (_, true) => 0,
        (_, false) => 255,
    };
    let greys = [&[mark], greys, &[mark]].concat();
    let map = yaml.read(&pgm(&format!("P5 {} 1 255 ", greys.len()), greys)).unwrap();
    let letters = map.grid.cells().iter().map(|cell| match cell {
        Cell::Unknown => '?',
        Cell::Free => '.',
        Cell::Occupied => '#',
    });
    let text: String = letters.collect();
    text[1..text.len() - 1].to_owned()
}

#[test]
fn modes_thresholds_and_negate() {
    for (lines, greys, cells) in [
        // (255 - v) / 255 against .65 and .196.
        (&[][..], &[0_u8, 89, 90, 204, 205, 206, 254][..], "##???.."),
        (&[], &[205, 206, 128], "?.?"),
        (&["negate: 1"], &[255, 166, 165, 50, 49, 0], "##??.."),
        (&["negate: 1"], &[128, 127, 205], "??#"),
        (&["occupied_thresh: 0.1", "free_thresh: 0.1"], &[229, 230, 0, 254], "#.#."),
        // Exactly on a threshold is neither: 51/255 = .2 and 102/255 = .4.
        (&["free_thresh: 0.2", "occupied_thresh: 0.4"], &[205, 204, 203, 153, 152], ".???#"),
        // Between .196 and .65 half the way is at .423: grey 147 lies above, 148 below.
        (&["mode: scale"], &[0, 89, 147, 148, 205, 206], "###..."),
        (&["mode: scale", "negate: 1"], &[255, 108, 107, 0], "##.."),
        (&["mode: scale", "occupied_thresh: 0.4", "free_thresh: 0.4"], &[152, 153, 154], "##."),
        // 49.8 per cent are 50, 49.4 are 49.
        (&["mode: scale", "occupied_thresh: 1", "free_thresh: 0"], &[127, 128, 129], "##."),
        (&["mode: raw"], &[0, 49, 50, 100, 101, 128, 254, 255], "..##????"),
        (&["mode: raw", "negate: 1", "free_thresh: 0.25"], &[0, 100, 205], ".#?"),
    ] {
        assert_eq!(row(lines, greys), cells, "{lines:?} {greys:?}");
    }
}

#[test]
fn the_unknown_grey_is_unknown_under_a_threshold_that_would_free_it() {
    let trap = ["free_thresh: 0.25"];
    let mirrored = ["negate: 1", "free_thresh: 0.25"];
    for (lines, greys, cells) in [
        // A background of 205, with what drawing programs leave at edges.
        (&trap[..], &[205_u8, 205, 205, 254, 254, 0, 40, 215][..], "???..##."),
        (&trap, &[205, 205, 254, 255, 0, 1], "??..##"),
        (&trap, &[205, 254, 255, 0, 1], "...##"),
        (&mirrored, &[50, 50, 0, 255, 200], "??.##"),
        // One tone of many: 205 is taken at the file's word.
        (&trap, &[205, 210, 215, 220, 0], "....#"),
        (&trap, &[205, 205, 206, 207, 254], "....."),
        (&mirrored, &[50, 49, 48, 255], "...#"),
        // The mirrored grey counts only where it would be free.
        (&trap, &[50, 50, 254], "##."),
        (&mirrored, &[205, 205, 0], "##."),
        // In scale mode unknown is what is clear.
        (&["mode: scale", "free_thresh: 0.25"], &[205, 205, 254], "..."),
    ] {
        assert_eq!(row(lines, greys), cells, "{lines:?} {greys:?}");
    }
    // The whole map: as under map_saver's own threshold, cropped alike.
    let trapped = parsed(&trap);
    let wide = values(HOME, [0_u16, 205 * 257, 0xffff]).into_iter().flat_map(u16::to_be_bytes);
    for file in [
        pgm("P5 11 6 255 ", values(HOME, [0, 205, 254])),
        pgm("P5 11 6 65535 ", wide),
        interlaced_png(HOME),
        png_of(ColorType::Rgba, BitDepth::Eight, [0xff, 0xcdcd_cdff, 0xfefe_feff], None, HOME),
    ] {
        let map = trapped.read(&file).unwrap();
        assert!(map.grid == expected(HOME) && map.origin_m == yaml().read(&file).unwrap().origin_m);
    }
    // All unknown greys and nothing else: nothing is known.
    assert!(trapped.read(&pgm("P5 11 6 255 ", [205; 66])).unwrap().grid.known_bounds().is_none());
    // Greys that are taken at their word widen the crop.
    let spread = trapped.read(&pgm("P5 5 1 255 ", [205, 206, 0, 207, 205])).unwrap();
    assert_eq!(spread.grid.width(), 5);
}

#[test]
fn a_picture_of_nothing_known_is_one_unknown_cell_at_the_origin() {
    let map = yaml().read(&pgm("P5 3 2 255 ", [205; 6])).unwrap();
    assert_eq!((map.grid.width(), map.grid.height(), map.grid.get(0, 0)), (1, 1, Some(Cell::Unknown)));
    assert_eq!(map.origin_m, Point2::new(-3.5, 2.25));
    assert!(map.into_builder(Footprint::disc_m(0.17).unwrap()).build().is_ok());
}

#[test]
fn what_the_writer_writes_reads_back() {
    for floor in floors() {
        let files = write_map_server(&floor, "dir/a home.pgm");
        let yaml = MapServerYaml::parse(files.yaml.as_bytes()).unwrap();
        assert_eq!(yaml.image, "dir/a home.pgm");
        assert!(yaml.read(files.pgm.as_slice()).unwrap().grid == cropped(floor.grid()));
    }
}

#[test]
fn yaml_may_be_written_in_many_ways() {
    for text in [
        YAML.trim_end().to_owned(),
        YAML.replace('\n', "\r\n"),
        format!("\u{feff}%YAML 1.2\n---\n{YAML}...\n"),
        format!("# a comment\n---\n{YAML}---\nanother: document\n"),
        YAML.replace("[-3.5, 2.25, 0]", "\n  - -3.5\n  - +2.25\n  - 0.0 # yaw"),
        YAML.replace("[-3.5, 2.25, 0]", "[-35e-1,\n  2.250000, 0.000000]"),
        YAML.replace("[-3.5, 2.25, 0]", "[\"-3.5\", '2.25', 1.57]"),
        YAML.replace(": 0\n", ": false\n"),
        YAML.replace(": 0\n", ": No\n"),
        YAML.replace("home.pgm", "\"\\x68ome.pgm\""),
        YAML.replace("home.pgm", "!!str 'home.pgm'"),
        YAML.replace("resolution: 0.05", "resolution: !!float 0.0500"),
        YAML.replace("image:", "mode: Trinary\nimage:"),
        YAML.replace("image:", "more: {a: [b, {c: d}], e: &x f}\nstill: *x\n? [k, k]\n: v\n*x : w\nimage:"),
        YAML.replace("image:", "? {image: x}\n: {image: y}\n<<: {image: z}\nimage:"),
        format!("{{{}}}", YAML.trim_end().replace('\n', ", ")),
    ] {
        let map = MapServerYaml::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
        let same = map.image == "home.pgm"
            && (map.resolution_m, map.origin_m) == (0.05, [-3.5, 2.25])
            && (map.occupied_thresh, map.free_thresh) == (0.65, 0.196)
            && !map.negate
            && map.mode == Mode::Trinary;
        assert!(same, "{text}");
    }
    assert!(["1", "true", "'Yes'"].iter().all(|yes| parsed(&[&format!("negate: {yes}")]).negate));
}

#[test]
#[ignore = "takes maps of real homes: tests/README.md"]
fn real_maps_parse_and_build() {
    for (source, count) in [("ros", 5), ("neato", 12)] {
        let paths = real_maps(source, "yaml");
        assert_eq!(paths.len(), count);
        for path in paths {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let map = read_map_file(&path, None).unwrap();
            let grid = &map.grid;
            assert_eq!(
                grid.known_bounds(),
                Some(CellRect { x: 0, y: 0, width: grid.width(), height: grid.height() }),
                "{name}: cropped"
            );
            let of = |kind: Cell| grid.cells().iter().filter(|cell| **cell == kind).count();
            let (free, occupied) = (of(Cell::Free), of(Cell::Occupied));
            // 0.0025 m² a cell: a home of 15 to 400 m², walls of a twentieth to a quarter of that, some of
            // the box unknown.
            assert!((6_000..160_000).contains(&free), "{name}: {free} cells are free");
            assert!(free / 20 < occupied && occupied < free / 4, "{name}: {occupied} cells are occupied");
            assert!(free + occupied < grid.cells().len() * 19 / 20, "{name}: some is unknown");
            if name == "rs4_upstairs3.yaml" {
                let letter = fs::read_to_string(&path).unwrap();
                assert!(letter.contains("free_thresh: 0.25"));
                let image = fs::read(path.with_extension("pgm")).unwrap();
                let mended = MapServerYaml::parse(letter.replace("0.25", "0.196").as_bytes()).unwrap();
                let mended = mended.read(&image).unwrap().grid;
                let mended = mended.cells().iter().filter(|cell| **cell == Cell::Free).count();
                assert!(
                    (mended..mended + 50).contains(&free),
                    "but for greys that a drawing program left: the same"
                );
            }
            let home = map.into_builder(Footprint::disc_m(0.17).unwrap()).build().unwrap();
            assert!(!home.rooms().is_empty(), "{name}");
        }
    }
}
