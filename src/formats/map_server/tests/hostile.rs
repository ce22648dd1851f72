//! What is refused, and what is large.

use std::fmt::Write as _;
use std::io;

use nalgebra::Point2;
use png::{BitDepth, ColorType};

use super::super::yaml::MapServerYaml;
use super::super::{MAX_YAML_BYTES, MapServerError};
use super::pictures::{Pixels, bare_png, chunk, pgm, png_of};
use super::{HOME, YAML, parsed, with, yaml};
use crate::grid::GridError;

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
        (with("origin: [0, 0, nanny]"), value("origin")),
        (with("origin: [-nan, 0, 0]"), value("origin")),
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
        io::Write::write_all(&mut stream, &row).unwrap();
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
    let mut apart = vec![205; 25_000_000];
    (apart[0], apart[24_999_999]) = (254, 254);
    let apart = pgm("P5 5000 5000 255 ", apart);
    assert_eq!(yaml().read(&apart).err(), Some(MapServerError::Grid(GridError::Cells)));
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
        let error = MapServerYaml::parse(with(line).as_bytes()).err().unwrap();
        assert_eq!(error.to_string(), text);
        assert!(!format!("{error:?}").contains("31337"));
    }
    let error = yaml().read(b"P5 31337 31337 255 ").unwrap_err();
    assert_eq!(error.to_string(), "the picture may have at most 268435456 pixels");
}
