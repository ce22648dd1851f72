//! The writer: a floor of a release as YAML and PGM.

use core::fmt::Write;

use crate::grid::Cell;
use crate::release::Floor;

/// Grey of a free cell.
const FREE_GREY: u8 = 254;
/// Grey of an occupied cell.
const OCCUPIED_GREY: u8 = 0;
/// Grey of an unknown cell.
const UNKNOWN_GREY: u8 = 205;

/// The two files of a map for `map_server`. [`write_map_server`] makes them of a floor.
///
/// ```
/// use homeveil::formats::{MapServerFiles, read_map_server};
/// let files = MapServerFiles {
///     yaml: "{image: a.pgm, resolution: 0.05, origin: [0, 0, 0], negate: 0, occupied_thresh: 0.65, free_thresh: 0.2}".into(),
///     pgm: b"P5 1 1 255 \xfe".to_vec(),
/// };
/// assert_eq!(read_map_server(files.yaml.as_bytes(), &files.pgm)?.grid.cells().len(), 1);
/// # Ok::<(), homeveil::formats::MapFileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapServerFiles {
    /// The YAML file, which names the picture.
    pub yaml: String,
    /// The picture, a binary PGM of 8 bits.
    pub pgm: Vec<u8>,
}

/// Writes a floor of a release for `map_server`; `image_name` is the name of the picture in the YAML file.
///
/// A name of plain characters is written as it is, any other name in double quotes with escapes, so that no name
/// can add a line. Origin and resolution are those of the constant frame.
///
/// # Complexity
/// O(cells).
///
/// ```
/// use homeveil::formats::write_map_server;
/// use homeveil::home::Footprint;
/// use homeveil::{Coins, Grant, Policy, anonymize, synth};
///
/// let home = synth::sample_home().into_builder(Footprint::disc_m(0.17)?).build()?;
/// let (policy, coins) = (Policy::default(), &mut Coins::os());
/// let (release, _) = anonymize(&home, &policy.redaction(), &policy, Grant::unaccounted(), coins)?;
/// let files = write_map_server(&release.floors()[0], "map.pgm");
/// assert!(files.yaml.starts_with("image: map.pgm\nmode: trinary\nresolution: 0.05\n"));
/// assert!(files.pgm.starts_with(b"P5\n192 192\n255\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn write_map_server(floor: &Floor, image_name: &str) -> MapServerFiles {
    let grid = floor.grid();
    let yaml = format!(
        "image: {}\nmode: trinary\nresolution: {}\norigin: [0.0, 0.0, 0.0]\nnegate: 0\noccupied_thresh: 0.65\n\
         free_thresh: 0.196\n",
        yaml_string(image_name),
        grid.resolution_m(),
    );
    let mut pgm = format!("P5\n{} {}\n255\n", grid.width(), grid.height()).into_bytes();
    for row in grid.cells().chunks_exact(grid.width() as usize).rev() {
        pgm.extend(row.iter().map(|cell| grey(*cell)));
    }
    MapServerFiles { yaml, pgm }
}

const fn grey(cell: Cell) -> u8 {
    match cell {
        Cell::Free => FREE_GREY,
        Cell::Occupied => OCCUPIED_GREY,
        Cell::Unknown => UNKNOWN_GREY,
    }
}

/// A YAML scalar for a string: plain if no reader can take it for anything else, otherwise double-quoted ASCII.
fn yaml_string(text: &str) -> String {
    // The ending excludes `1e3`, `true` and `null`; the first character excludes YAML's indicators.
    let is_plain = text.strip_suffix(".pgm").is_some()
        && text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/' || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '.'));
    if is_plain {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        let written = match c {
            '"' | '\\' => write!(quoted, "\\{c}"),
            ' '..='~' => write!(quoted, "{c}"),
            '\0'..='\u{ff}' => write!(quoted, "\\x{:02x}", u32::from(c)),
            '\u{100}'..='\u{ffff}' => write!(quoted, "\\u{:04x}", u32::from(c)),
            _ => write!(quoted, "\\U{:08x}", u32::from(c)),
        };
        debug_assert!(written.is_ok(), "a String takes all that is written to it");
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{write_map_server, yaml_string};
    use crate::formats::samples::floors_of;

    #[test]
    fn the_yaml_is_this() {
        let files = write_map_server(&floors_of(2)[0], "map.pgm");
        assert_eq!(
            files.yaml,
            "image: map.pgm\nmode: trinary\nresolution: 0.05\norigin: [0.0, 0.0, 0.0]\nnegate: 0\n\
             occupied_thresh: 0.65\nfree_thresh: 0.196\n"
        );
    }

    #[test]
    fn names_are_plain_or_quoted() {
        for (name, written) in [
            ("map.pgm", "map.pgm"),
            ("/maps/home-1.pgm", "/maps/home-1.pgm"),
            ("-.pgm", "\"-.pgm\""),
            ("true", "\"true\""),
            ("", "\"\""),
            ("a: b.pgm", "\"a: b.pgm\""),
            ("a\nnegate: 1.pgm", "\"a\\x0anegate: 1.pgm\""),
            ("a\"b\\.pgm", "\"a\\\"b\\\\.pgm\""),
            ("été.pgm", "\"\\xe9t\\xe9.pgm\""),
            ("図\u{1f3e0}\u{2028}.pgm", "\"\\u56f3\\U0001f3e0\\u2028.pgm\""),
        ] {
            assert_eq!(yaml_string(name), written);
        }
    }
}
