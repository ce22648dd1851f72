//! Any bytes as a PNG for `map_server`. The decoder compares no checksums when it is built for fuzzing.
#![no_main]

use homeveil::formats::read_map_server;
use libfuzzer_sys::fuzz_target;

const YAML: &[u8] =
    b"image: a.png\nresolution: 0.05\norigin: [0, 0, 0]\nnegate: 0\noccupied_thresh: 0.65\nfree_thresh: 0.25\n";

/// Larger pictures take seconds to decode under the sanitizer.
const MOST_PIXELS: u64 = 1 << 20;

fuzz_target!(|bytes: &[u8]| {
    let png = [b"\x89PNG\r\n\x1a\n", bytes].concat();
    let side = |at: usize| {
        png.get(at..at + 4)
            .map_or(0, |four| u64::from(u32::from_be_bytes([four[0], four[1], four[2], four[3]])))
    };
    if side(16) * side(20) > MOST_PIXELS && side(16) * side(20) < 1 << 28 {
        return;
    }
    if let Ok(map) = read_map_server(YAML, &png) {
        if map.grid.cells().len() < 1 << 12 {
            let home = map.into_builder(homeveil_fuzz::robot()).build().expect("a grid alone is a home");
            homeveil_fuzz::whole_way(&home, 1);
        }
    }
});
