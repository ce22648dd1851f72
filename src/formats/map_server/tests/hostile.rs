//! What is damaged, and what is large. What is refused stands in the hostile table of the integration tests.

use std::io;

use nalgebra::Point2;
use png::{BitDepth, ColorType};

use super::super::yaml::MapServerYaml;
use super::pictures::{bare_png, pgm, png_of};
use super::{HOME, parsed, with, yaml};
use crate::formats::error::MapFileError;
use crate::formats::samples::YAML;
use crate::grid::GridError;

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
    assert_eq!(yaml().read(&apart).err(), Some(MapFileError::Grid(GridError::Cells)));
}

#[test]
fn no_prefix_and_no_changed_byte_makes_the_reader_panic() {
    let greys = "0 205 254 254 205 255 ";
    let images = [
        format!("P2 # small\n3 2 255\n{greys}").into_bytes(),
        pgm("P5 3 2 65535\n", [7; 12]),
        bare_png(3, 2, 0, &[0, 0, 254, 205, 2, 0, 0, 0]),
        bare_png(3, 2, 1, &[0, 0, 0, 205, 1, 254, 0, 0, 254, 0]),
        png_of(ColorType::Rgba, BitDepth::Sixteen, [0xffff, 0, u64::MAX], None, HOME),
        png_of(
            ColorType::Indexed,
            BitDepth::Two,
            [0, 1, 2],
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
