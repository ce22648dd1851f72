//! The promise, checked in full and printed as a table.
//!
//!     cargo test --release --workspace --test promise
//!
//! The laws are those of `tests/integration/props`, on the code as it ships, with more cases than the quick run of
//! `cargo test`: every way the coins can fall on every channel of up to 64 plans, every shipped codebook, from homes to
//! the bytes of releases; every noninterference law; the statistical audit of whole releases. The other package of the
//! workspace, `mutants`, has a test of the same name, which breaks the code on purpose and sees the laws fail. The
//! process ends with a code other than 0 if anything fails. `HOMEVEIL_CASES` sets the number of random homes a law, 256
//! by default.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a table for people, or a panic")]

#[path = "../integration/props/laws.rs"]
mod props;
#[path = "../integration/strategies/mod.rs"]
#[expect(dead_code, reason = "some of it is for the key's own laws")]
mod strategies;
mod table;

use std::process::ExitCode;

use props::{Law, PROMISES};
use proptest::test_runner::Config;
use table::{Row, in_order};

fn main() -> ExitCode {
    let cases = std::env::var("HOMEVEIL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(256);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 1024, ..Config::default() };
    let laws: Vec<(&str, Law)> =
        PROMISES.iter().flat_map(|(promise, laws)| laws.iter().map(move |law| (*promise, *law))).collect();
    println!("The promise of homeveil {}, on the code as it ships\n", env!("CARGO_PKG_VERSION"));
    let rows = in_order(&laws, |(promise, law)| {
        let tried = table::attempt(|| (law.check)(&config));
        Row {
            heading: (*promise).to_owned(),
            check: law.name.replace('_', " "),
            cases: tried.as_ref().ok().copied(),
            holds: tried.is_ok(),
            words: ["holds", "FAILS"],
            why: tried.err(),
        }
    });
    table::end(&rows)
}
