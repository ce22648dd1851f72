//! Laws, on random homes.

mod key;
#[path = "laws.rs"]
mod laws;
mod paths;

pub(crate) use laws::{PROMISES, drawn, loud, noisy, policy, sides};
use proptest::prelude::*;

/// 64 cases a law, or as many as `HOMEVEIL_CASES` says.
pub(crate) fn cases() -> ProptestConfig {
    let cases = std::env::var("HOMEVEIL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64);
    ProptestConfig { cases, max_shrink_iters: 4096, ..ProptestConfig::default() }
}

/// As [`cases`], but 256: the laws that the promise stands on.
pub(crate) fn many() -> ProptestConfig {
    let few = cases();
    if few.cases == 64 { ProptestConfig { cases: 256, ..few } } else { few }
}

/// `tests/promise` and `mutants` run laws by name, with as many cases as they like.
#[test]
fn laws_have_names_of_their_own_and_say_how_many_cases_they_tried() {
    let mut names: Vec<&str> = PROMISES.iter().flat_map(|(_, laws)| *laws).map(|law| law.name).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
    let three = ProptestConfig { cases: 3, ..cases() };
    for law in laws::received::LAWS {
        assert_eq!((law.check)(&three), 3);
    }
}
