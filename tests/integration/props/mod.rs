//! Laws, on random homes.

mod key;
#[path = "laws.rs"]
mod laws;

pub(crate) use laws::{cases, drawn, loud, policy, sides};

/// `tests/promise` and `mutants` run laws by name, with as many cases as they like.
#[test]
fn laws_have_names_of_their_own_and_say_how_many_cases_they_tried() {
    let mut names: Vec<&str> =
        laws::PROMISES.iter().flat_map(|(_, laws)| *laws).map(|law| law.name).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
    let three = proptest::test_runner::Config { cases: 3, ..cases() };
    for law in laws::received::LAWS {
        assert_eq!((law.check)(&three), 3);
    }
}
