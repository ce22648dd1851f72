//! The promises of the crate as laws, tried on random homes and on real maps. `tests/README.md` says which
//! law stands for what.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod api;
mod blobs;
mod charts;
mod circles;
mod cli;
mod codebooks;
mod constants;
mod docs;
mod drawings;
mod errors;
mod failed_once;
mod hostile;
mod keeper;
mod known_maps;
mod made_otherwise;
mod maps;
mod owners_choices;
mod private_debug;
mod props;
mod real_maps;
mod refit;
mod robot_frames;
mod served;
mod served_homes;
mod strategies;
mod types;
mod weeks;
mod words;
