//! Files as the field has them: written by other programs, or by `map_saver` on a bad day.

use super::super::yaml::MapServerYaml;
use super::pictures::{pgm, png_of};
use super::{HOME, expected, parsed, row, values, with, yaml};
use crate::formats::error::MapFileError;
use crate::formats::samples::YAML;
use png::{BitDepth, ColorType};

#[test]
fn a_yaw_that_is_no_number_is_no_turn() {
    for yaw in ["nan", "-nan", ".nan", "-.NaN", "NaN", "-nan(ind)", "'-nan'", "3.14", "-0"] {
        let map = MapServerYaml::parse(with(&format!("origin: [-3.5, 2.25, {yaw}]")).as_bytes()).unwrap();
        assert!(map.origin_m[0] < -3.4 && map.origin_m[1] > 2.2, "{yaw}");
    }
    for origin in ["[-nan, 0, 0]", "[0, .nan, 0]", "[0, 0, nano]", "[0, 0, n]", "[0, 0, -x]", "[0, 0, inf]"] {
        let error = MapServerYaml::parse(with(&format!("origin: {origin}")).as_bytes()).err();
        assert_eq!(error, Some(MapFileError::YamlValue { field: "origin" }), "{origin}");
    }
}

#[test]
fn tabs_separate_like_blanks() {
    for text in [
        YAML.replace(": ", ":\t"),
        YAML.replace(": ", ": \t "),
        YAML.replace(", ", ",\t").replace('\n', "\t\n"),
        YAML.replace('\n', "\t# a comment\n"),
        YAML.replace(": ", ":\t\t").replace('\n', "\r\n"),
    ] {
        let map = MapServerYaml::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert!(map.image == "home.pgm" && map.origin_m[1] > 2.2 && map.free_thresh < 0.2, "{text}");
    }
}

/// A PGM or PNG of the drawing whose greys are these: occupied, unknown, free.
fn greys(greatest: u32, greys: [u16; 3]) -> Vec<u8> {
    let wide = greatest > 255;
    let bytes = values(HOME, greys).into_iter().flat_map(|grey| {
        let [high, low] = grey.to_be_bytes();
        if wide { vec![high, low] } else { vec![low] }
    });
    pgm(&format!("P5\n11 6\n{greatest}\n"), bytes)
}

/// The greys of `map_saver`, stretched so that the brightest, 254, became white: unknown is then a hair below
/// `map_saver`'s own threshold.
#[test]
fn greys_that_were_rescaled_by_their_maximum_mean_the_same() {
    for (name, image) in [
        ("white is 254", greys(254, [0, 205, 254])),
        ("stretched, rounded", greys(255, [0, 206, 255])),
        ("stretched, cut", greys(255, [0, 205, 255])),
        ("stretched, 16 bits", greys(65_535, [0, 52_892, 65_535])),
        ("stretched, then 16 bits", greys(65_535, [0, 206 * 257, 65_535])),
        ("per cent of 255", greys(100, [0, 80, 100])),
        ("per cent of 254", greys(100, [0, 81, 100])),
        ("per mille", greys(1000, [0, 807, 1000])),
        ("white is 200", greys(200, [0, 161, 200])),
        ("PNG, stretched", png_of(ColorType::Rgb, BitDepth::Eight, [0, 0xce_cece, 0xff_ffff], None, HOME)),
        ("PNG of four bits", png_of(ColorType::Grayscale, BitDepth::Four, [0, 12, 15], None, HOME)),
    ] {
        for lines in [&[][..], &["free_thresh: 0.25"]] {
            assert!(parsed(lines).read(&image).unwrap().grid == expected(HOME), "{name} {lines:?}");
        }
    }
    let mirrored = parsed(&["negate: 1"]);
    assert!(mirrored.read(&greys(255, [255, 49, 0])).unwrap().grid == expected(HOME));
    assert!(mirrored.read(&greys(254, [254, 49, 0])).unwrap().grid == expected(HOME));
}

/// One grey alone is the unknown one: its neighbours are tones like any other.
#[test]
fn the_most_frequent_grey_is_the_unknown_one() {
    for (greys, cells) in [
        (&[206_u8, 206, 206, 205, 254][..], "????."),
        (&[206, 206, 205, 254], "???."),
        (&[206, 207, 208, 254], "...."),
        (&[206, 206, 207, 208, 254], "....."),
        (&[206, 206, 206, 207, 208, 254], "???..."),
    ] {
        assert_eq!(row(&[], greys), cells, "{greys:?}");
    }
}

/// A PGM written as text under Windows has two line ends behind its header.
#[test]
fn line_ends_of_windows_do_not_shift_a_picture() {
    let raster = values(HOME, [0, 205, 254]);
    for header in ["P5\r\n11 6\r\n255\r\n", "P5\r\n# a comment\r\n11\r\n6\r\n255\r\n", "P5 11 6 255\r"] {
        assert!(yaml().read(&pgm(header, raster.clone())).unwrap().grid == expected(HOME), "{header:?}");
    }
    // Not a line end but a pixel: nothing is left over.
    let line = yaml().read(b"P5 2 1 255\r\n\xfe").unwrap().grid;
    assert_eq!((line.width(), line.height()), (2, 1));
}

#[test]
fn a_picture_alone_needs_its_resolution() {
    let picture = pgm("P5 11 6 255 ", values(HOME, [0, 205, 254]));
    assert!(MapServerYaml::of_picture(0.05).unwrap().read(&picture).unwrap().grid == expected(HOME));
    for resolution_m in [0.0, -0.05, 0.004, 0.51, 5.0, f64::NAN, f64::INFINITY] {
        let error = MapServerYaml::of_picture(resolution_m).err();
        assert_eq!(error, Some(MapFileError::YamlValue { field: "resolution" }), "{resolution_m}");
    }
}

#[test]
fn a_missing_field_is_named_with_a_usual_value() {
    for line in YAML.lines().filter(|line| !line.starts_with("origin")) {
        let error = MapServerYaml::parse(YAML.replace(&format!("{line}\n"), "").as_bytes()).err().unwrap();
        assert!(error.to_string().ends_with(&format!("as in `{line}`")), "{line}: {error}");
    }
}
