//! Any bytes as a PGM for `map_server`, in each mode.
#![no_main]

use homeveil::formats::MapServerYaml;
use homeveil::segment::SegmentParams;
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
    let yaml = MapServerYaml::parse(yaml.as_bytes()).expect("the YAML is a good one");
    let Ok(map) = yaml.read(&[b"P", rest].concat()) else { return };
    if map.grid.cells().len() <= MOST_CELLS {
        let builder = map.into_builder(homeveil_fuzz::robot()).segmented(&SegmentParams::default());
        homeveil_fuzz::whole_way(&builder.build().expect("a grid alone is a home"), 1);
    }
});
