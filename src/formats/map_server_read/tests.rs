use std::fmt::Write as _;
use std::path::PathBuf;

use png::{BitDepth, ColorType};

use super::super::samples::floors;
use super::super::write_map_server;
use super::*;
use crate::home::Footprint;

/// A YAML file with the greys and thresholds of `map_saver`.
const YAML: &str = "image: home.pgm
resolution: 0.05
origin: [-3.5, 2.25, 0]
negate: 0
occupied_thresh: 0.65
free_thresh: 0.196
";

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

/// The letters of a drawing, row by row from the top, and their number in a row.
fn letters(drawing: &str) -> (u32, u32, Vec<char>) {
    let rows: Vec<&str> = drawing.lines().map(str::trim).filter(|row| !row.is_empty()).collect();
    let side = |n: usize| u32::try_from(n).unwrap();
    (side(rows[0].len()), side(rows.len()), rows.concat().chars().collect())
}

/// The drawing as the grid that a picture of it shall read as: cropped.
fn expected(drawing: &str) -> OccupancyGrid {
    cropped(&OccupancyGrid::from_drawing(0.05, drawing).unwrap())
}

fn cropped(grid: &OccupancyGrid) -> OccupancyGrid {
    let (left, low, width, height) = grid.known_bounds().unwrap();
    let cells = (low..low + height)
        .flat_map(|y| (left..left + width).map(move |x| grid.get(x, y).unwrap()))
        .collect();
    OccupancyGrid::new(width, height, grid.resolution_m(), cells).unwrap()
}

/// Letters as values: occupied, unknown, free.
fn values<T: Copy>(letters: &[char], [occupied, unknown, free]: [T; 3]) -> Vec<T> {
    letters
        .iter()
        .map(|letter| match letter {
            '#' => occupied,
            '?' => unknown,
            _ => free,
        })
        .collect()
}

fn pgm(header: &str, raster: impl IntoIterator<Item = u8>) -> Vec<u8> {
    header.bytes().chain(raster).collect()
}

/// A PNG of pixels that are so many bytes or, below eight bits, so few bits.
struct Pixels {
    color: ColorType,
    depth: BitDepth,
    values: [u64; 3],
}

fn png_of(pixels: &Pixels, palette: Option<(&[u8], &[u8])>, drawing: &str) -> Vec<u8> {
    let (width, height, letters) = letters(drawing);
    let bits = pixels.color.samples() * pixels.depth as usize;
    let mut data = Vec::new();
    for row in values(&letters, pixels.values).chunks(width as usize) {
        let ones = row.iter().flat_map(|value| (0..bits).rev().map(move |bit| (value >> bit) as u8 & 1));
        let ones: Vec<u8> = ones.collect();
        data.extend(
            ones.chunks(8)
                .map(|byte| byte.iter().chain([0; 8].iter()).take(8).fold(0, |sum, bit| sum << 1 | bit)),
        );
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(pixels.color);
    encoder.set_depth(pixels.depth);
    if let Some((colors, opacities)) = palette {
        if !colors.is_empty() {
            encoder.set_palette(colors);
        }
        encoder.set_trns(opacities);
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&data).unwrap();
    writer.finish().unwrap();
    bytes
}

/// A chunk of a PNG with its checksum.
fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body: Vec<u8> = name.iter().chain(data).copied().collect();
    let mut crc = u32::MAX;
    for byte in &body {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    let length = u32::try_from(data.len()).unwrap();
    [&length.to_be_bytes()[..], &body, &(!crc).to_be_bytes()].concat()
}

/// A PNG by hand, grey with eight bits, its rows not compressed.
fn bare_png(width: u32, height: u32, interlace: u8, rows: &[u8]) -> Vec<u8> {
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, 0, 0, 0, interlace]);
    let mut stream = vec![0x78, 0x01];
    let length = u16::try_from(rows.len()).unwrap();
    stream.push(1);
    stream.extend([length.to_le_bytes(), (!length).to_le_bytes()].concat());
    stream.extend(rows);
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in rows {
        a = (a + u32::from(*byte)) % 65521;
        b = (b + a) % 65521;
    }
    stream.extend((b << 16 | a).to_be_bytes());
    let signature = b"\x89PNG\r\n\x1a\n".to_vec();
    [signature, chunk(b"IHDR", &header), chunk(b"IDAT", &stream), chunk(b"IEND", &[])].concat()
}

/// The drawing as an interlaced PNG: pixel (x, y) belongs to the pass that Adam7's pattern has there.
fn interlaced_png(drawing: &str) -> Vec<u8> {
    const PATTERN: [&[u8; 8]; 8] = [
        b"16462646",
        b"77777777",
        b"56565656",
        b"77777777",
        b"36463646",
        b"77777777",
        b"56565656",
        b"77777777",
    ];
    let (width, height, letters) = letters(drawing);
    let greys = values(&letters, [0_u8, 205, 254]);
    let mut rows = Vec::new();
    for pass in b'1'..=b'7' {
        for y in 0..height as usize {
            let row: Vec<u8> = (0..width as usize)
                .filter(|x| PATTERN[y % 8][x % 8] == pass)
                .map(|x| greys[y * width as usize + x])
                .collect();
            if !row.is_empty() {
                rows.push(0);
                rows.extend(row);
            }
        }
    }
    bare_png(width, height, 1, &rows)
}

#[test]
fn every_format_reads_as_the_same_grid() {
    let (_, _, letters) = letters(HOME);
    let greys = values(&letters, [0_u8, 205, 254]);
    let plain = |greys: &[u8], between: &str| {
        greys.iter().fold(String::new(), |mut text, grey| {
            write!(text, "{grey}{between}").unwrap();
            text
        })
    };
    let wide: Vec<u8> =
        values(&letters, [0_u16, 205 * 257, 0xffff]).into_iter().flat_map(u16::to_be_bytes).collect();
    let few = values(&letters, [0_u8, 80, 100]);
    let plain_header = "P2\n# made by hand\n11 6\n255\n";
    let mut files = vec![
        ("P5", pgm("P5\n11 6\n255\n", greys.clone())),
        ("P5 on one line", pgm("P5 11 6 255 ", greys.clone())),
        ("P5, comments", pgm("P5# 1 2 3\n# more\r11 # wide\n\t6\n#\n255#end\n", greys.clone())),
        ("P5, more behind", pgm("P5\n11 6\n255\n", greys.iter().copied().chain(*b"P5 tail"))),
        ("P5, 16 bits", pgm("P5\n11 6\n65535\n", wide)),
        ("P5, up to 100", pgm("P5\n11 6\n100\n", few)),
        ("P2", pgm(plain_header, plain(&greys, " ").into_bytes())),
        ("P2, one a line", pgm(plain_header, plain(&greys, "\r\n").into_bytes())),
        ("P2, comments", pgm(plain_header, plain(&greys, " # 7\n").into_bytes())),
        ("P2, no end of line", pgm(plain_header, plain(&greys, " ").trim_end().bytes())),
        ("P2, 16 bits", {
            let wide: Vec<String> =
                values(&letters, [0, 205 * 257, 0xffff]).iter().map(u32::to_string).collect();
            pgm("P2 11 6 65535\n", wide.join(" ").into_bytes())
        }),
        ("PNG, interlaced", interlaced_png(HOME)),
    ];
    let colors = [0, 0, 0, 205, 205, 205, 254, 254, 254];
    for (name, color, depth, values, palette) in [
        ("grey", ColorType::Grayscale, BitDepth::Eight, [0, 205, 254], None),
        ("grey, 2 bits", ColorType::Grayscale, BitDepth::Two, [0, 2, 3], None),
        ("grey, 4 bits", ColorType::Grayscale, BitDepth::Four, [0, 12, 15], None),
        ("grey, 16 bits", ColorType::Grayscale, BitDepth::Sixteen, [0, 205 * 257, 0xffff], None),
        (
            "grey, white clear",
            ColorType::Grayscale,
            BitDepth::Eight,
            [0, 255, 254],
            Some((&[][..], &[0, 255][..])),
        ),
        ("grey and opacity", ColorType::GrayscaleAlpha, BitDepth::Eight, [0xff, 0xcdff, 0xfeff], None),
        ("grey, white clear", ColorType::GrayscaleAlpha, BitDepth::Eight, [0xff, 0xff00, 0xfeff], None),
        ("grey, black clear", ColorType::GrayscaleAlpha, BitDepth::Eight, [0xff, 0, 0xfeff], None),
        ("grey, half clear", ColorType::GrayscaleAlpha, BitDepth::Eight, [0xff, 0xfe80, 0xfeff], None),
        (
            "grey, hardly clear, 16 bits",
            ColorType::GrayscaleAlpha,
            BitDepth::Sixteen,
            [0xffff, 0xffff_fffe, 0xffff_ffff],
            None,
        ),
        ("colour", ColorType::Rgb, BitDepth::Eight, [0x30_0000, 0xff_cd9b, 0xff_fefd], None),
        ("colour, 16 bits", ColorType::Rgb, BitDepth::Sixteen, [0, 0xcdcd_cdcd_cdcd, 0xfefe_fefe_fefe], None),
        ("colour, clear", ColorType::Rgba, BitDepth::Eight, [0xff, 0xfefe_fe7f, 0xfefe_feff], None),
        ("colour, grey 205", ColorType::Rgba, BitDepth::Eight, [0xff, 0xcdcd_cdff, 0xfefe_feff], None),
        (
            "colour, clear, 16 bits",
            ColorType::Rgba,
            BitDepth::Sixteen,
            [0xffff, 0, 0xfefe_fefe_fefe_ffff],
            None,
        ),
        ("palette, 2 bits", ColorType::Indexed, BitDepth::Two, [0, 1, 2], Some((&colors[..], &[255; 3][..]))),
        (
            "palette, 4 bits",
            ColorType::Indexed,
            BitDepth::Four,
            [0, 1, 2],
            Some((&colors[..], &[255; 3][..])),
        ),
        (
            "palette, 8 bits",
            ColorType::Indexed,
            BitDepth::Eight,
            [0, 1, 2],
            Some((&colors[..], &[255; 3][..])),
        ),
        (
            "palette, one clear",
            ColorType::Indexed,
            BitDepth::Two,
            [0, 1, 2],
            Some((&[0, 0, 0, 255, 255, 255, 255, 255, 255][..], &[255, 0, 255][..])),
        ),
    ] {
        files.push((name, png_of(&Pixels { color, depth, values }, palette, HOME)));
    }
    for (name, file) in files {
        let map = yaml().read(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(map.grid == expected(HOME), "{name}");
        assert!(map.rooms.is_empty() && map.dock.is_none() && map.keep_outs.is_empty());
        assert_eq!(map.frame, FileFrame::MapServer);
        assert!(
            (map.origin_m - Point2::new(-3.4, 2.3)).norm() < 1e-9,
            "two columns and one row were cut off"
        );
        assert!((map.to_map_m(-3.3, 2.4) - Point2::new(0.1, 0.1)).norm() < 1e-9);
        let (x, y) = map.to_file(map.to_map_m(-3.3, 2.4));
        assert!((x + 3.3).abs() < 1e-9 && (y - 2.4).abs() < 1e-9);
    }
    // With one bit there is no grey between.
    let two = HOME.replace('?', "#");
    for (color, values, palette) in [
        (ColorType::Grayscale, [0, 0, 1], None),
        (ColorType::Indexed, [1, 0, 0], Some((&[255, 255, 255, 0, 0, 0][..], &[255; 2][..]))),
    ] {
        let file = png_of(&Pixels { color, depth: BitDepth::One, values }, palette, &two);
        assert!(yaml().read(&file).unwrap().grid == expected(&two));
    }
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
        // Between .196 and .65 half the way is at .4206, grey 147.7; 49.5 per cent are at .4207.
        (&["mode: scale"], &[0, 89, 147, 148, 205, 206], "###..."),
        (&["mode: scale", "negate: 1"], &[255, 108, 107, 0], "##.."),
        (&["mode: scale", "occupied_thresh: 0.4", "free_thresh: 0.4"], &[152, 153, 154], "##."),
        (&["mode: raw"], &[0, 49, 50, 100, 101, 128, 254, 255], "..##????"),
        (&["mode: raw", "negate: 1", "free_thresh: 0.25"], &[0, 100, 205], ".#?"),
    ] {
        // The unknown greys at the ends of the test rows must not count as the background of a trap.
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
    let (_, _, letters) = letters(HOME);
    let wide = values(&letters, [0_u16, 205 * 257, 0xffff]).into_iter().flat_map(u16::to_be_bytes);
    for file in [
        pgm("P5 11 6 255 ", values(&letters, [0, 205, 254])),
        pgm("P5 11 6 65535 ", wide),
        interlaced_png(HOME),
        png_of(
            &Pixels {
                color: ColorType::Rgba,
                depth: BitDepth::Eight,
                values: [0xff, 0xcdcd_cdff, 0xfefe_feff],
            },
            None,
            HOME,
        ),
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
        assert_eq!(yaml.image(), "dir/a home.pgm");
        assert!(yaml.read(files.pgm.as_slice()).unwrap().grid == cropped(&floor.grid()));
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
fn a_yaml_file_that_is_none_is_refused() {
    let value = |field| MapServerError::Value { field };
    let missing = |field| MapServerError::Missing { field };
    let twice = |field| MapServerError::Twice { field };
    let bomb = (1..30).fold("a0: &a0 [x, x]\n".to_owned(), |mut text, n| {
        writeln!(text, "a{n}: &a{n} [{}]", vec![format!("*a{}", n - 1); 9].join(", ")).unwrap();
        text
    });
    assert!(MapServerYaml::parse(format!("{bomb}{YAML}").as_bytes()).is_ok(), "a bomb that nobody lights");
    let without = |key: &str| with(&format!("{key}:")).replace(&format!("{key}:\n"), "");
    let refused: Vec<(String, MapServerError)> = vec![
        (String::new(), MapServerError::Shape),
        ("\0".to_owned(), MapServerError::Syntax),
        ("image".to_owned(), MapServerError::Shape),
        ("[image, home.pgm]".to_owned(), MapServerError::Shape),
        (format!("- {}", YAML.replace('\n', "\n  ")), MapServerError::Shape),
        ("{image: a".to_owned(), MapServerError::Syntax),
        ("[".repeat(MAX_YAML_BYTES), MapServerError::Syntax),
        (format!("deep: {}", "[".repeat(60_000)), MapServerError::Syntax),
        (format!("deep:\n {}", "- ".repeat(30_000)), missing("image")),
        (format!("deep: {}", "{a: ".repeat(15_000)), MapServerError::Syntax),
        (YAML.replace("image:", "\timage:"), MapServerError::Syntax),
        (format!("{YAML}}}\n"), MapServerError::Syntax),
        (format!("{YAML}home\n"), MapServerError::Syntax),
        (YAML.replace("home.pgm", "*nowhere"), MapServerError::Syntax),
        (YAML.replace("home.pgm", "\"home.pgm"), MapServerError::Syntax),
        (format!("{bomb}{}", with("image: *a29")), value("image")),
        (format!("name: &n home.pgm\n{}", with("image: *n")), value("image")),
        (without("image"), missing("image")),
        (without("resolution"), missing("resolution")),
        (without("origin"), missing("origin")),
        (without("negate"), missing("negate")),
        (without("occupied_thresh"), missing("occupied_thresh")),
        (without("free_thresh"), missing("free_thresh")),
        (YAML.to_lowercase().replace("image", "Image"), missing("image")),
        (format!("{YAML}image: other.pgm\n"), twice("image")),
        (format!("{YAML}origin: [0, 0, 0]\n"), twice("origin")),
        (format!("{YAML}mode: raw\nmode: raw\n"), twice("mode")),
        (with("image:"), value("image")),
        (with("image: ''"), value("image")),
        (with("image: [a, b]"), value("image")),
        (with("resolution:"), value("resolution")),
        (with("resolution: 0"), value("resolution")),
        (with("resolution: -0.05"), value("resolution")),
        (with("resolution: .nan"), value("resolution")),
        (with("resolution: NaN"), value("resolution")),
        (with("resolution: inf"), value("resolution")),
        (with("resolution: 1e999"), value("resolution")),
        (with("resolution: 5 cm"), value("resolution")),
        (with("resolution: {a: 0.05}"), value("resolution")),
        (with("origin: 0"), value("origin")),
        (with("origin: []"), value("origin")),
        (with("origin: [0, 0]"), value("origin")),
        (with("origin: [0, 0, 0, 0]"), value("origin")),
        (with("origin: [0, 0, .nan]"), value("origin")),
        (with("origin: [0, nan, 0]"), value("origin")),
        (with("origin: [1e300, 0, 0]"), value("origin")),
        (with("origin: [0, -1.1e8, 0]"), value("origin")),
        (with("origin: [0, 0, x]"), value("origin")),
        (with("origin: [0, [0], 0]"), value("origin")),
        (with("origin: {x: 0, y: 0, yaw: 0}"), value("origin")),
        (with("negate: 2"), value("negate")),
        (with("negate: -1"), value("negate")),
        (with("negate: maybe"), value("negate")),
        (with("mode: ternary"), value("mode")),
        (with("mode:"), value("mode")),
        (with("occupied_thresh: 65"), value("occupied_thresh")),
        (with("occupied_thresh: NaN"), value("occupied_thresh")),
        (with("free_thresh: -0.1"), value("free_thresh")),
        (with("free_thresh: nan"), value("free_thresh")),
        (with("free_thresh: [0.196]"), value("free_thresh")),
        (with("free_thresh: 0.66"), MapServerError::Thresholds),
        (" ".repeat(MAX_YAML_BYTES + 1), MapServerError::YamlTooLarge),
    ];
    for (text, error) in refused {
        let shown: String = text.chars().take(300).collect();
        assert_eq!(MapServerYaml::parse(text.as_bytes()).err(), Some(error), "{shown}");
    }
    assert_eq!(MapServerYaml::parse(b"image: \xff").err(), Some(MapServerError::Syntax));
}

/// A PNG of 16384 × 16384 pixels, all of the unknown grey but the few.
fn huge_png(known: &[(usize, usize)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 16_384, 16_384);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header().unwrap();
    let mut stream = writer.stream_writer().unwrap();
    for y in 0..16_384 {
        let mut row = vec![205_u8; 16_384];
        known.iter().filter(|at| at.1 == y).for_each(|at| row[at.0] = 254);
        std::io::Write::write_all(&mut stream, &row).unwrap();
    }
    stream.finish().unwrap();
    writer.finish().unwrap();
    bytes
}

#[test]
fn a_huge_picture_costs_what_is_known_of_it() {
    let map = yaml().read(&huge_png(&[(16_383, 0), (16_000, 100)])).unwrap();
    assert_eq!((map.grid.width(), map.grid.height()), (384, 101));
    assert!((map.origin_m - Point2::new(-3.5 + 800.0, 2.25 + 16_283.0 * 0.05)).norm() < 1e-6);
    let far = huge_png(&[(0, 0), (16_383, 16_383)]);
    assert_eq!(yaml().read(&far).err(), Some(MapServerError::Grid(GridError::Cells)));
}

#[test]
fn a_picture_that_is_none_is_refused() {
    let small = bare_png(2, 2, 0, &[0, 0, 254, 0, 205, 254]);
    assert!(yaml().read(&small).is_ok());
    let cut = small[..small.len() - 20].to_vec();
    let changed = |at: usize, byte: u8| {
        let mut bytes = small.clone();
        bytes[at] = byte;
        bytes
    };
    let ends: Vec<u8> = (0..20_000).map(|x| if x % 19_999 == 0 { 254 } else { 205 }).collect();
    let palette = Pixels { color: ColorType::Indexed, depth: BitDepth::Eight, values: [0, 1, 2] };
    let palette = png_of(&palette, Some((&[0; 9], &[255])), HOME);
    let plte = palette.windows(4).position(|four| four == b"PLTE").unwrap() - 4;
    let without_palette = [&palette[..plte], &palette[plte + 12 + 9..]].concat();
    let refused: Vec<(&str, Vec<u8>, MapServerError)> = vec![
        ("empty", Vec::new(), MapServerError::ImageFormat),
        ("text", b"<svg/>".to_vec(), MapServerError::ImageFormat),
        ("PPM", pgm("P6 1 1 255 ", [0; 3]), MapServerError::ImageFormat),
        ("JPEG", b"\xff\xd8\xff\xe0".to_vec(), MapServerError::ImageFormat),
        ("PGM without header", b"P5".to_vec(), MapServerError::Truncated),
        ("PGM without height", b"P5 10".to_vec(), MapServerError::Truncated),
        ("PGM in an endless comment", b"P5 #".to_vec(), MapServerError::Truncated),
        ("P25", b"P25 1 1 255 0".to_vec(), MapServerError::Truncated),
        ("letters", b"P5 ten 10 255 ".to_vec(), MapServerError::PgmHeader),
        ("negative", b"P5 -1 10 255 ".to_vec(), MapServerError::PgmHeader),
        ("fraction", b"P5 1.5 10 255 ".to_vec(), MapServerError::PgmHeader),
        ("beyond u32", b"P5 4294967296 1 255 ".to_vec(), MapServerError::PgmHeader),
        ("many digits", [b"P5 ".to_vec(), vec![b'9'; 100_000]].concat(), MapServerError::PgmHeader),
        (
            "many zeros",
            [b"P5 ".to_vec(), vec![b'0'; 100_000], b" 1 1 1".to_vec()].concat(),
            MapServerError::ImageSide,
        ),
        ("no width", b"P5 0 1 255 ".to_vec(), MapServerError::ImageSide),
        ("too wide", b"P5 65537 1 255 ".to_vec(), MapServerError::ImageSide),
        ("u32::MAX", b"P2 4294967295 4294967295 255 ".to_vec(), MapServerError::ImageSide),
        ("too many", b"P5 65536 65536 255 ".to_vec(), MapServerError::ImagePixels),
        ("no greys", b"P5 1 1 0 0".to_vec(), MapServerError::PgmHeader),
        ("too many greys", b"P5 1 1 65536 0".to_vec(), MapServerError::PgmHeader),
        ("P5 that lies", b"P5 16384 16384 255 abc".to_vec(), MapServerError::Truncated),
        ("P5 of 16 bits that lies", pgm("P5 2 2 65535 ", [0; 7]), MapServerError::Truncated),
        ("P2 that lies", b"P2 16384 16384 255 1 2 3".to_vec(), MapServerError::Truncated),
        ("P2 without values", b"P2 1 1 255".to_vec(), MapServerError::Truncated),
        ("P2 with letters", b"P2 2 1 255 1 x".to_vec(), MapServerError::PgmValue),
        ("P2 above", b"P2 2 1 255 1 256".to_vec(), MapServerError::PgmValue),
        ("P2 far above", b"P2 2 1 255 1 99999999999".to_vec(), MapServerError::PgmValue),
        ("P2 below", b"P2 2 1 255 1 -1".to_vec(), MapServerError::PgmValue),
        ("P5 above", pgm("P5 2 1 100 ", [1, 101]), MapServerError::PgmValue),
        ("too far apart", pgm("P5 20000 1 255 ", ends), MapServerError::Grid(GridError::Side)),
        ("PNG's first letters", b"\x89PNG".to_vec(), MapServerError::Truncated),
        ("PNG's signature", b"\x89PNG\r\n\x1a\n".to_vec(), MapServerError::Truncated),
        ("PNG of another signature", changed(6, b'\n'), MapServerError::Png),
        ("PNG cut", cut, MapServerError::Truncated),
        ("PNG, wrong checksum", changed(29, 0), MapServerError::Png),
        ("PNG without width", bare_png(0, 2, 0, &[0; 6]), MapServerError::Png),
        ("PNG too wide", bare_png(65_537, 1, 0, &[0; 6]), MapServerError::ImageSide),
        ("PNG of u32::MAX", bare_png(u32::MAX, u32::MAX, 0, &[0; 6]), MapServerError::ImageSide),
        ("PNG of 2³¹ − 1", bare_png(i32::MAX as u32, 1, 0, &[0; 6]), MapServerError::ImageSide),
        ("PNG of too many", bare_png(65_536, 4097, 0, &[0; 6]), MapServerError::ImagePixels),
        ("PNG that lies", bare_png(16_384, 16_384, 0, &[0; 6]), MapServerError::Png),
        ("interlaced PNG that lies", bare_png(16_384, 16_384, 1, &[0; 60]), MapServerError::Png),
        ("PNG of another filter", bare_png(2, 2, 0, &[9, 0, 254, 0, 205, 254]), MapServerError::Png),
        ("PNG of another interlacing", bare_png(2, 2, 7, &[0; 6]), MapServerError::Png),
        ("PNG without rows", [&small[..33], &chunk(b"IEND", &[])].concat(), MapServerError::Png),
        ("PNG without palette", without_palette, MapServerError::Png),
    ];
    for (name, file, error) in refused {
        assert_eq!(yaml().read(&file).err(), Some(error), "{name}");
    }
}

#[test]
fn no_prefix_and_no_changed_byte_makes_the_reader_panic() {
    let greys = "0 205 254 254 205 255 ";
    let images = [
        format!("P2 # small\n3 2 255\n{greys}").into_bytes(),
        pgm("P5 3 2 65535\n", [7; 12]),
        bare_png(3, 2, 0, &[0, 0, 254, 205, 2, 0, 0, 0]),
        bare_png(3, 2, 1, &[0, 0, 0, 205, 1, 254, 0, 0, 254, 0]),
        png_of(
            &Pixels { color: ColorType::Rgba, depth: BitDepth::Sixteen, values: [0xffff, 0, u64::MAX] },
            None,
            HOME,
        ),
        png_of(
            &Pixels { color: ColorType::Indexed, depth: BitDepth::Two, values: [0, 1, 2] },
            Some((&[0, 0, 0, 9, 9, 9, 255, 255, 255], &[255, 0])),
            HOME,
        ),
    ];
    let yaml = parsed(&["free_thresh: 0.25"]);
    for image in images {
        assert!(yaml.read(&image).is_ok());
        for end in 0..image.len() {
            let _ = yaml.read(&image[..end]);
        }
        for (at, bit) in (0..image.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
            let mut changed = image.clone();
            changed[at] ^= 1 << bit;
            let _ = yaml.read(&changed);
        }
    }
    let text = format!("more: {{a: [b, &c d]}}\n{YAML}mode: scale\n");
    for end in 0..text.len() {
        let _ = MapServerYaml::parse(&text.as_bytes()[..end]);
    }
    for at in 0..text.len() {
        for byte in *b"9-\"'[]{},:?&*!|>%#@\t\n \0\xff" {
            let mut changed = text.as_bytes().to_vec();
            changed[at] = byte;
            let _ = MapServerYaml::parse(&changed);
        }
    }
}

#[test]
fn errors_say_what_would_be_right_and_no_value_of_the_map() {
    for (line, text) in [
        ("resolution: 31337", "resolution must be a number of metres a cell between 0.005 and 0.5"),
        (
            "origin: [31337, 0]",
            "origin must be a list of three numbers, x and y in metres up to 100000000 and the yaw",
        ),
        ("negate: 31337", "negate must be 0 or 1, false or true"),
        ("mode: 31337", "mode must be trinary, scale or raw"),
        ("free_thresh: 31337", "free_thresh must be a number between 0 and 1"),
        ("image: [31337]", "image must be the name of a file"),
    ] {
        let error = MapServerYaml::parse(with(line).as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), text);
        assert!(!format!("{error:?}").contains("31337"));
    }
    let error = yaml().read(b"P5 31337 31337 255 ").unwrap_err();
    assert_eq!(error.to_string(), "the picture may have at most 268435456 pixels");
    assert_eq!(format!("{:?}", yaml()), "MapServerYaml { .. }");
}

/// A folder of its own for one test, removed in the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("homeveil-{name}-{}", std::process::id()));
        fs::create_dir_all(path.join("maps/pictures")).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn files_are_found_beside_the_yaml_file() {
    let folder = Folder::new("map-server");
    let (maps, path) = (folder.0.join("maps"), folder.0.join("maps/home.yaml"));
    let (_, _, letters) = letters(HOME);
    let picture = maps.join("pictures/home.pgm");
    fs::write(&picture, pgm("P5 11 6 255 ", values(&letters, [0, 205, 254]))).unwrap();
    let read = |image: &str| {
        fs::write(&path, with(&format!("image: '{image}'"))).unwrap();
        read_map_server_file(&path)
    };
    for image in ["pictures/home.pgm", "./pictures/../pictures/home.pgm", picture.to_str().unwrap()] {
        assert!(read(image).unwrap().grid == expected(HOME), "{image}");
    }
    let unread = |file, kind| Some(MapServerError::Unread { file, kind });
    let not_found = io::ErrorKind::NotFound;
    assert_eq!(read("home.pgm").err(), unread(MapServerFile::Image, not_found));
    assert_eq!(read("pictures").err(), Some(MapServerError::NoFile { file: MapServerFile::Image }));
    assert_eq!(read("home.yaml").err(), Some(MapServerError::ImageFormat));
    assert_eq!(read_map_server_file(maps.join("none.yaml")).err(), unread(MapServerFile::Yaml, not_found));
    assert_eq!(read_map_server_file(&maps).err(), Some(MapServerError::NoFile { file: MapServerFile::Yaml }));
    fs::write(&path, " ".repeat(MAX_YAML_BYTES + 1)).unwrap();
    assert_eq!(read_map_server_file(&path).err(), Some(MapServerError::YamlTooLarge));
    let text = MapServerError::Unread { file: MapServerFile::Image, kind: not_found }.to_string();
    assert_eq!(text, "the picture that the YAML file names can't be read: entity not found");
}

#[test]
fn real_maps_parse_and_build() {
    let folder =
        std::env::var_os("HOMEVEIL_MAPS").map_or_else(|| PathBuf::from("../shared/maps"), PathBuf::from);
    if !folder.is_dir() {
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: no real maps (set HOMEVEIL_MAPS to their folder)");
        }
        return;
    }
    for (source, count) in [("ros", 5), ("neato", 12)] {
        let mut paths: Vec<PathBuf> =
            fs::read_dir(folder.join(source)).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
        paths.sort();
        assert_eq!(paths.len(), count);
        for path in paths {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let map = read_map_server_file(&path).unwrap();
            let grid = &map.grid;
            assert_eq!(grid.known_bounds(), Some((0, 0, grid.width(), grid.height())), "{name}: cropped");
            let of = |kind: Cell| grid.cells().iter().filter(|cell| **cell == kind).count();
            let (free, occupied) = (of(Cell::Free), of(Cell::Occupied));
            // 0.0025 m² a cell: a home of 15 to 400 m², walls of a twentieth to a quarter of that, some of the box unknown.
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
