//! Any bytes as a release: read, verified, written.
#![no_main]

use homeveil::Release;
use homeveil::formats::{read_valetudo, write_map_server, write_svg, write_valetudo};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|json: &[u8]| {
    let Ok(release) = Release::from_json(json) else { return };
    let text = release.to_json();
    assert!(Release::from_json(text.as_bytes()).expect("what was read can be written and read") == release);
    for floor in release.floors() {
        // What is drawn need not be a plan.
        let _ = (write_svg(floor), write_map_server(floor, "a.pgm"));
        let _ = read_valetudo(write_valetudo(floor).as_bytes());
    }
    let (odds, zones) = (release.certificate().odds, release.certificate().zones);
    // From λ = 2²⁰ on the whole atlas is enumerated, which takes seconds for many zones.
    if zones <= 3 || odds.p() / odds.q() < 1 << 20 {
        let _ = release.verify();
    }
    let _ = (release.certificate().caps(), format!("{release:?}"));
});
