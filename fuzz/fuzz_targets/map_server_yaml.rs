//! Any bytes as the YAML file of a map for `map_server`, with a small picture.
#![no_main]

use homeveil::formats::{map_server_image, read_map_server};
use libfuzzer_sys::fuzz_target;

const PICTURE: &[u8] = b"P2 6 4 255  0 0 0 0 0 0  0 254 254 205 254 0  0 254 100 254 254 0  0 0 0 0 0 205";

fuzz_target!(|bytes: &[u8]| {
    let Ok(image) = map_server_image(bytes) else { return };
    assert!(!image.is_empty());
    let map = read_map_server(bytes, PICTURE).expect("the picture is a good one");
    assert!(map.origin_m.x.is_finite() && map.origin_m.y.is_finite());
    let home = map.into_builder(homeveil_fuzz::robot()).build().expect("a grid alone is a home");
    homeveil_fuzz::whole_way(&home, 1);
});
