//! Any bytes as a PGM for `map_server`, in each mode.
#![no_main]

use homeveil::formats::read_map_server;
use libfuzzer_sys::fuzz_target;

const MOST_CELLS: usize = 1 << 14;

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let mode = ["trinary", "scale", "raw"][usize::from(first / 4) % 3];
    let yaml = format!(
        "image: a.pgm\nresolution: 0.05\norigin: [-1, 2.5, 0]\nnegate: {}\noccupied_thresh: 0.65\nfree_thresh: {}\nmode: {mode}\n",
        first & 1,
        if first & 2 == 0 { "0.196" } else { "0.25" },
    );
    let Ok(map) = read_map_server(yaml.as_bytes(), &[b"P", rest].concat()) else { return };
    if map.grid.cells().len() <= MOST_CELLS {
        let builder = map.into_builder(homeveil_fuzz::robot()).segmented();
        homeveil_fuzz::whole_way(&builder.build().expect("a grid alone is a home"), 1);
    }
});
