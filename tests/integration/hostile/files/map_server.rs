//! Maps of `map_server`: the YAML files.

use homeveil::formats::{MAX_YAML_BYTES, MapFileError};

use super::pictures::{pictures_that_are_none, png};
use crate::hostile::{Input, Row};

pub(super) const YAML: &str = "image: a.pgm\nresolution: 0.0739\norigin: [-1013.7, 2027.3, 0]\nnegate: 0\noccupied_thresh: 0.65\nfree_thresh: 0.196\n";

pub(super) const PGM: &[u8] = b"P2 5 3 255 0 0 0 0 0 0 254 254 254 0 0 0 0 0 0";

#[expect(clippy::too_many_lines, reason = "a table")]
pub(crate) fn map_server() -> Vec<Row> {
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
