//! Any bytes as a Valetudo map; a map that is read goes through the whole pipeline.
#![no_main]

use homeveil::formats::read_valetudo;
use homeveil::grid::CellRect;
use libfuzzer_sys::fuzz_target;

/// Larger maps are parsed only: what follows costs time and finds nothing that smaller ones do not.
const MOST_CELLS: usize = 1 << 14;

fuzz_target!(|json: &[u8]| {
    let Ok(map) = read_valetudo(json) else { return };
    assert!(map.grid.known_bounds().is_none_or(|CellRect { x, y, width, height }| {
        (x, y, width, height) == (0, 0, map.grid.width(), map.grid.height())
    }));
    if map.grid.cells().len() > MOST_CELLS {
        return;
    }
    if let Ok(home) = map.into_builder(homeveil_fuzz::robot()).segmented().build() {
        homeveil_fuzz::whole_way(&home, 1);
    }
});
