//! The laws of the promise on broken code: each variant must be noticed by the laws named here, which hold on the
//! code that is not broken. A law that cannot fail would prove nothing.
//!
//!     cargo test --release --package homeveil-mutants --test promise
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a table for people, or a panic")]

extern crate homeveil_mutants as homeveil;

#[path = "../../../tests/integration/props/laws.rs"]
mod props;
#[path = "../../../tests/integration/strategies/mod.rs"]
#[expect(dead_code, reason = "some of it is for the key's own laws")]
mod strategies;
#[path = "../../../tests/promise/table.rs"]
mod table;

use std::process::ExitCode;

use homeveil::mutants::{Mutant, with};
use props::{Law, PROMISES};
use proptest::test_runner::Config;
use table::{Row, in_order};

/// Each variant, and a law that must notice.
const KILLS: &[(Mutant, &str)] = &[
    (Mutant::RemainderBias, "words_past_the_last_whole_multiple_are_drawn_again"),
    (Mutant::RemainderBias, "a_number_past_the_last_whole_multiple_is_drawn_again"),
    (Mutant::LambdaOffByOne, "from_homes_to_bytes_lambda_is_attained_and_never_passed"),
    (Mutant::LambdaOffByOne, "measured_epsilon_is_below_ln_lambda_and_near_it"),
    (Mutant::BlindWeightMoved, "shipped_codebooks_have_the_declared_law"),
    (Mutant::FirstPreferred, "channels_of_up_to_64_plans_have_the_declared_law_and_attain_lambda"),
    (Mutant::SealedTossesCoin, "sealed_releases_are_the_same_bytes_and_draw_no_coin"),
    (Mutant::BoundingBox, "n1_what_the_outside_is_made_of_changes_nothing"),
    (Mutant::RoomIdGap, "n1_ids_and_the_order_of_rooms_change_nothing"),
    (Mutant::RoomOrderKept, "n1_ids_and_the_order_of_rooms_change_nothing"),
    (Mutant::KeepOutsAsWalls, "n1_keep_outs_change_nothing"),
    (Mutant::ClustersApart, "n2_a_redacted_cluster_is_a_door_between_the_rooms_around_it"),
    (Mutant::PairsForgotten, "n2_a_redacted_cluster_joins_three_rooms_around_it_pairwise"),
    (Mutant::RedactedFloorKept, "n2_a_redacted_dead_end_leaves_no_trace"),
    (Mutant::ClutterKept, "n3_clutter_inside_a_room_changes_nothing"),
    (Mutant::MirrorImagesApart, "n4_turns_mirror_images_and_shifts_change_nothing"),
    (Mutant::DockPose, "n4_the_dock_may_stand_anywhere_in_its_room"),
    (Mutant::ScaleKept, "n5_a_larger_home_changes_nothing"),
    (Mutant::EmptyHomeRanked, "every_home_yields_a_release_that_verifies"),
    (Mutant::RedactedInZones, "zones_hold_no_cell_of_a_redacted_room"),
    (Mutant::DrawnEveryDay, "once_an_epoch_whatever_the_map_and_however_often_the_robot_restarts"),
    (Mutant::DrawnBeforeSaved, "once_an_epoch_whatever_the_map_and_however_often_the_robot_restarts"),
    (Mutant::DrawnByUpdate, "an_update_of_the_library_reissues_what_was_drawn"),
    (Mutant::CapUnchecked, "the_ledger_stops_at_its_cap_and_the_household_goes_on"),
    (Mutant::OptInUnchecked, "n7_answers_tell_nothing_of_the_home"),
    (Mutant::DrawingNotCompared, "a_drawing_that_is_not_its_plan_is_refused"),
];

fn law(name: &str) -> Law {
    let all = || PROMISES.iter().flat_map(|(_, laws)| *laws);
    *all().find(|law| law.name == name).unwrap_or_else(|| panic!("there is no law {name}"))
}

fn main() -> ExitCode {
    // Below 256 cases the laws that visit everything visit some of it: a broken variant is noticed soon.
    let config = Config { cases: 255, failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
    let forgotten =
        Mutant::ALL.iter().filter(|mutant| KILLS.iter().all(|(killed, _)| killed != *mutant)).count();
    assert_eq!(forgotten, 0, "every variant has a law");
    let mut checks: Vec<(Option<Mutant>, &str)> =
        KILLS.iter().map(|(mutant, name)| (Some(*mutant), *name)).collect();
    let broken = checks.len();
    for (_, name) in KILLS {
        if checks[broken..].iter().all(|(_, other)| other != name) {
            checks.push((None, name));
        }
    }
    println!("The same laws on code that is broken on purpose\n");
    let rows = in_order(&checks, |(mutant, name)| {
        let law = law(name);
        let tried = table::attempt(|| match mutant {
            Some(mutant) => with(*mutant, || (law.check)(&config)),
            None => (law.check)(&Config { cases: 64, ..config.clone() }),
        });
        Row {
            heading: mutant.map_or_else(
                || "not broken: the law holds".to_owned(),
                |mutant| format!("broken: {}", mutant.what()),
            ),
            check: name.replace('_', " "),
            cases: None,
            holds: tried.is_err() == mutant.is_some(),
            words: if mutant.is_some() { ["caught", "MISSED"] } else { ["holds", "FAILS"] },
            why: tried.err().or_else(|| mutant.map(|mutant| format!("{} went unnoticed", mutant.what()))),
        }
    });
    table::end(&rows)
}
