//! The population against the counts that it was drawn from.
#![expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "some thousand homes")]

use super::brief::Brief;
use super::brief::{FAMILY_ALL, FAMILY_KEPT, FLAT_KEPT};
use super::graph::{GraphShape, REDACTED, kept_graph};
use super::population::Population;
use crate::home::RoomKind::{self, Dining, Hallway, Kitchen, Living, Storage};
use crate::home::{FIRST_ROOM, Footprint};
use crate::redact::{Redaction, redact};
use crate::synth::draw::HomeDrawing;
use crate::{Policy, sketch::Survey};

/// Homes of each part and half.
const HOMES: u64 = 600;

struct PlannedHome {
    brief: Brief,
    drawing: HomeDrawing,
}

fn plan(half: Population, number: u64) -> PlannedHome {
    let (brief, drawing, _) = half.plan(number).unwrap();
    PlannedHome { brief, drawing }
}

fn plans(half: Population, part: u64) -> Vec<PlannedHome> {
    let numbers = (0..HOMES).map(|n| 2 * n + part);
    numbers.map(|number| plan(half, number)).collect()
}

/// Rooms that are kept, closets with them or without.
fn kept(plan: &PlannedHome, with_closets: bool) -> u32 {
    let closets = plan.brief.closets.iter().filter(|_| with_closets);
    plan.brief.kinds.iter().chain(closets).filter(|kind| !REDACTED.contains(kind)).count() as u32
}

/// The greatest difference between the distribution of some numbers and the one counted, in cumulated shares; the last
/// count is of homes with as many rooms or more.
fn apart(numbers: &[u32], counted: &[(u32, u32)]) -> f64 {
    let all: u32 = counted.iter().map(|(_, share)| share).sum();
    let below =
        |most: u32| numbers.iter().filter(|&&number| number <= most).count() as f64 / numbers.len() as f64;
    let mut passed = 0;
    let differences = counted.iter().map(|&(number, share)| {
        passed += share;
        (below(number) - f64::from(passed) / f64::from(all)).abs()
    });
    differences.fold(0.0, f64::max)
}

/// Six hundred numbers drawn from a distribution are this near to it in 99.9 of 100 cases (Kolmogorov 1933: 1.95/√n).
const NEAR: f64 = 0.08;

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Square metres between the walls.
fn area_m2(plan: &PlannedHome) -> f64 {
    plan.drawing.spaces.iter().map(|space| f64::from(space.rect.area())).sum::<f64>() / 100.0
}

#[test]
fn small_flats_are_as_counted() {
    for half in [Population::Design, Population::Evaluation] {
        let plans = plans(half, 0);
        let rooms: Vec<u32> = plans.iter().map(|plan| kept(plan, true)).collect();
        assert!(apart(&rooms, FLAT_KEPT) < NEAR, "{half:?}: {}", apart(&rooms, FLAT_KEPT));
        let areas: Vec<f64> = plans.iter().map(area_m2).collect();
        assert!(areas.iter().all(|area| (8.5..=90.0).contains(area)), "9 to 86 m²");
        let small = areas.iter().filter(|&&area| area < 28.5).count() as f64 / areas.len() as f64;
        assert!((small - 0.5).abs() < NEAR, "{half:?}: {small} of them below 28.5 m²");
    }
}

#[test]
fn family_homes_are_as_counted() {
    for half in [Population::Design, Population::Evaluation] {
        let plans = plans(half, 1);
        let rooms: Vec<u32> = plans.iter().map(|plan| kept(plan, true)).collect();
        assert!(apart(&rooms, FAMILY_KEPT) < NEAR, "{half:?}: {}", apart(&rooms, FAMILY_KEPT));
        let all = |plan: &PlannedHome| (plan.brief.kinds.len() + plan.brief.closets.len()) as u32;
        let rooms: Vec<u32> = plans.iter().map(all).collect();
        assert!(apart(&rooms, FAMILY_ALL) < NEAR, "{half:?}: {}", apart(&rooms, FAMILY_ALL));
        let mean = |is: &dyn Fn(RoomKind) -> bool| {
            let of = |plan: &PlannedHome| {
                let kinds = plan.brief.kinds.iter().chain(&plan.brief.closets);
                kinds.filter(|&&kind| is(kind)).count()
            };
            plans.iter().map(of).sum::<usize>() as f64 / plans.len() as f64
        };
        for (name, found, counted) in [
            ("hall", mean(&|kind| kind == Hallway), 1.0),
            ("kitchen", mean(&|kind| kind == Kitchen), 0.9),
            ("living", mean(&|kind| kind == Living), 0.85),
            ("dining", mean(&|kind| kind == Dining), 0.14),
            ("storage", mean(&|kind| kind == Storage), 0.7),
            ("other", mean(&|kind| matches!(kind, RoomKind::Office | RoomKind::Laundry)), 2.1),
        ] {
            assert!(
                (found - counted).abs() < 0.15 + counted / 10.0,
                "{half:?} {name}: {found}, counted {counted}"
            );
        }
        // Walls take a tenth of 110 m².
        let middle = median(plans.iter().map(area_m2).collect());
        assert!((92.0..=108.0).contains(&middle), "{middle} m²");
    }
}

#[test]
fn door_graphs_have_the_shapes_counted() {
    for half in [Population::Design, Population::Evaluation] {
        let graphs = plans(half, 1)
            .into_iter()
            .map(|plan| kept_graph(&plan.drawing.kinds, &plan.drawing.rooms_of_doors()));
        let shapes: Vec<GraphShape> =
            graphs.filter(|graph| graph.len() >= 4).map(|graph| GraphShape::of(&graph)).collect();
        for (shape, counted) in GraphShape::SHARES {
            let share = shapes.iter().filter(|&&own| own == shape).count() as f64 / shapes.len() as f64;
            assert!(
                (share - f64::from(counted) / 100.0).abs() < 0.07,
                "{half:?} {shape:?}: {share}, {counted} %"
            );
        }
    }
}

/// What a release is drawn from is what was counted: the rooms that redaction leaves.
#[test]
fn a_home_as_sensed_keeps_the_rooms_of_its_plan() {
    let redaction: Redaction = Policy::default().redaction();
    let mut same = 0;
    for number in 0..40 {
        let half = Population::Evaluation;
        let plan = plan(half, number);
        let home = half.home(number).into_builder(Footprint::disc_m(0.17).unwrap()).build().unwrap();
        let survey = Survey::of(&redact(&home, &redaction).unwrap());
        same += u32::from(survey.sketch.sites.len() == kept(&plan, false) as usize);
        assert!(home.labels.iter().any(|&label| label >= FIRST_ROOM));
    }
    assert!(same >= 34, "{same} of 40");
}
