//! Files that lie, overflow, never end, or hide a bomb.

mod map_server;
mod pictures;
mod valetudo;

use homeveil::formats::{MapFileError, map_server_image, read_map_server, read_valetudo};

pub(super) use map_server::map_server;
use map_server::{PGM, YAML};
pub(super) use valetudo::{a_map, valetudo};
use valetudo::{entity, map, room, segment};

/// A file cut short at any place is refused, and as one that is cut short where that can be told.
#[test]
fn files_cut_short_anywhere_are_refused() {
    let json = map(
        &[room(), segment("211", "1213,1009,61")].join(","),
        &[entity("no_go_area", "1,1,9,1,9,9"), entity("charger_location", "9973,7e2")].join(","),
    );
    assert!(read_valetudo(json.as_bytes()).is_ok());
    for end in 0..json.len() {
        assert_eq!(read_valetudo(&json.as_bytes()[..end]).err(), Some(MapFileError::Truncated), "{end}");
    }
    // YAML has no end of its own: all but the last line's last letters are needed.
    let last = YAML.rfind(':').unwrap();
    for end in 0..=last {
        assert!(map_server_image(&YAML.as_bytes()[..end]).is_err(), "{end}");
    }
    for end in 3..PGM.len() - 1 {
        assert_eq!(
            read_map_server(YAML.as_bytes(), &PGM[..end]).err(),
            Some(MapFileError::Truncated),
            "{end}"
        );
    }
}
