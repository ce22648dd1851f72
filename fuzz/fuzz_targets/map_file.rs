//! Any bytes as a map file of any kind; a map that is read goes through the whole pipeline.
#![no_main]

use homeveil::formats::{MapFileError, read_map};
use libfuzzer_sys::fuzz_target;

/// Larger maps are parsed only: what follows costs time and finds nothing that smaller ones do not.
const MOST_CELLS: usize = 1 << 14;

fuzz_target!(|bytes: &[u8]| {
    let map = match read_map(bytes, None) {
        Err(MapFileError::NoResolution) => read_map(bytes, Some(0.05)),
        map => {
            assert!(map.is_err() || read_map(bytes, Some(0.05)).err() == Some(MapFileError::Resolution));
            map
        }
    };
    let Ok(map) = map else { return };
    if map.grid.cells().len() > MOST_CELLS {
        return;
    }
    if let Ok(home) = map.into_builder(homeveil_fuzz::robot()).segmented().build() {
        homeveil_fuzz::whole_way(&home, 1);
    }
});
