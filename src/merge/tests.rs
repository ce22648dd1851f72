//! The search against its slow twin, and its work.

use super::assignment::Assignment;
use super::cost::Rules;
use super::distances::Distances;
use super::merged::Merged;
use super::partition::partitions;
use super::parts::Parts;
use super::rank::{assess, rank, rank_first};
use super::search::STEPS;
use crate::atlas::{Codebook, Plan, PlanId, members};
use crate::sketch::{DoorList, Site, Sketch};
use crate::{Coins, Odds};

/// A connected home of rooms at random places.
fn sketch(rooms: u16, seed: u64) -> Sketch {
    let mut coins = Coins::replayed(seed);
    let mut below = |n: u16| u16::try_from(coins.below(n.into()).unwrap()).unwrap();
    let mut doors = vec![std::collections::BTreeSet::new(); rooms.into()];
    for room in 1..rooms {
        for _ in 0..=below(5) / 4 {
            let other = below(room);
            doors[usize::from(room)].insert(other);
            doors[usize::from(other)].insert(room);
        }
    }
    let site = |doors: std::collections::BTreeSet<u16>| Site {
        x: below(rooms),
        y: below(rooms),
        area: u64::from(1 + below(30)),
        doors: DoorList::of(doors.into_iter().collect(), rooms.into()),
    };
    Sketch { sites: doors.into_iter().map(site).collect(), root: 0 }
}

/// What a plan costs at least, by every matching of every merging.
fn slowly(sketch: &Sketch, plan: &Plan, rules: &Rules) -> u32 {
    let zones = plan.zone_count();
    least_of(sketch, &Parts::of(sketch, zones).variants(zones, rules.cuts), plan, rules)
}

/// What cut and merged rooms cost, by looking at every room of the sketch in every zone.
fn rooms_slowly(sketch: &Sketch, parts: &Parts, sets: &[u32], rules: &Rules) -> u32 {
    // Areas in sixty-fourths, as parts have them.
    let of_room = |room: usize| u128::from(sketch.sites[room].area) * 64;
    let all: u128 = (0..sketch.sites.len()).map(of_room).sum();
    let holds = |set: u32, room: usize| members(set).any(|part| parts.list[part].rooms.contains(&room));
    let area = |set: u32| members(set).map(|part| u128::from(parts.list[part].area)).sum::<u128>();
    let (mut cut, mut unasked) = (0, 0);
    for room in 0..sketch.sites.len() {
        let zones = || sets.iter().filter(|&&set| holds(set, room));
        cut += if zones().count() > 1 { of_room(room) } else { 0 };
        unasked += of_room(room) * (zones().map(|&set| area(set)).sum::<u128>() - of_room(room));
    }
    let share = |part: u128, whole: u128, cost: u32| u32::try_from(part * u128::from(cost) / whole).unwrap();
    let spared = u32::try_from(parts.spared_cuts(sets.len())).unwrap() * rules.spared_cut;
    spared + share(cut, all, rules.cut_floor) + share(unasked, all * all, rules.unasked_floor)
}

fn least_of(sketch: &Sketch, variants: &[Parts], plan: &Plan, rules: &Rules) -> u32 {
    let zones = plan.zone_count();
    let mut least = u32::MAX;
    for parts in variants {
        let distances = Distances::of(parts, None);
        partitions(&parts.touches(), zones, &mut |sets| {
            if !sets.iter().any(|&set| parts.has_halves(set)) {
                let home = Merged::of(parts, sets, rules, &distances);
                assert_eq!(home.rooms, rooms_slowly(sketch, parts, sets, rules), "{sets:?} {rules:?}");
                let reached = |cost: u32| {
                    let mut found = false;
                    home.matchings(plan, cost, &mut |_| {
                        found = true;
                        false
                    });
                    found
                };
                // The costs that are reached are all from some one on.
                let (mut below, mut above) = (0, least.min(1 << 17).saturating_sub(1));
                while below < above && reached(above) {
                    let middle = u32::midpoint(below, above);
                    if reached(middle) { above = middle } else { below = middle + 1 }
                }
                if reached(above) {
                    least = above;
                }
            }
            true
        });
    }
    least
}

#[test]
fn costs_are_those_of_the_best_matching_of_all() {
    for (zones, odds, homes) in [(2, 64, 30), (3, 64, 30), (4, 64, 12), (5, 64, 4), (6, 8, 2)] {
        let book = Codebook::of(zones, Odds::whole(odds)).unwrap();
        for seed in 0..homes {
            let sketch = sketch(1 + u16::try_from(seed % 7).unwrap(), seed);
            for (rules, ranking) in
                [(Rules::of(zones.into()), rank(&sketch, &book)), (Rules::FIRST, rank_first(&sketch, &book))]
            {
                let expected: Vec<u32> =
                    book.plans().iter().map(|plan| slowly(&sketch, plan, &rules)).collect();
                assert_eq!(ranking.costs(), expected, "{zones} zones, home {seed}, {rules:?}");
            }
            for (plan, &cost) in book.plans().iter().zip(rank(&sketch, &book).costs()) {
                let found = assess(&sketch, plan).unwrap().1.cost;
                assert_eq!(found, cost * 1000 / Rules::of(zones.into()).unit);
            }
        }
    }
}

/// A home of one or two rooms has thousands of assignments to six zones that are equally good: those that are no better
/// than what was found are not looked at.
#[test]
fn homes_of_few_rooms_take_few_steps() {
    let book = Codebook::of(6, Odds::whole(4)).unwrap();
    for areas in [&[1][..], &[2, 1], &[1, 1], &[9, 5, 1]] {
        let before = STEPS.get();
        let _ = rank(&row(areas), &book);
        let ranked = STEPS.get();
        assess(&row(areas), &book.plans()[0]);
        let steps = [ranked - before, STEPS.get() - ranked];
        assert!(steps[0] < 4_000_000 && steps[1] < 1_000_000, "{areas:?}: {steps:?}");
    }
}

/// Rooms in a row from the dock's on, of these areas.
fn row(areas: &[u64]) -> Sketch {
    let count = u16::try_from(areas.len()).unwrap();
    let site = |(room, &area): (u16, &u64)| Site {
        x: room,
        y: 0,
        area,
        doors: DoorList::of(
            [room.wrapping_sub(1), room + 1].into_iter().filter(|&other| other < count).collect(),
            areas.len(),
        ),
    };
    Sketch { sites: (0..).zip(areas).map(site).collect(), root: 0 }
}

/// Who wants one of two rooms of a quarter of the floor clean gets a quarter that was not asked for: an eighth in the
/// mean over the floor, as nobody else gets any.
#[test]
fn two_rooms_in_one_zone_cost_what_is_cleaned_of_the_other() {
    let parts = Parts::of(&row(&[1, 1, 2]), 2);
    let rules = Rules::of(2);
    assert_eq!(rules.unit, 1000);
    assert_eq!(parts.unasked(&[0b011, 0b100], 8), 1);
    assert_eq!(Merged::joined(&parts, &[0b011, 0b100], &rules).rooms, 125);
    // A room of a quarter with one of a half: 1/4 · 1/2 + 1/2 · 1/4.
    assert_eq!(Merged::joined(&parts, &[0b001, 0b110], &rules).rooms, 250);
    // Each room for itself.
    assert_eq!(Merged::joined(&parts, &[0b001, 0b010, 0b100], &Rules::of(3)).rooms, 0);
    // Draws of the first version are repeated as they were.
    assert_eq!(Merged::joined(&parts, &[0b011, 0b100], &Rules::FIRST).rooms, 0);
}

/// Of the floor the first room is two thirds, a half of it in a zone with the second. Who wants the first clean gets a
/// third too much, and who wants the second gets a third of the floor with it: 2/3 · 1/3 + 1/3 · 1/3. The cut room is
/// two thirds.
#[test]
fn a_half_of_a_room_with_its_neighbour_costs_what_either_gets_of_the_other() {
    let (rules, sets) = (Rules::of(2), [0b001, 0b110]);
    let cut: Vec<Parts> = Parts::of(&row(&[2, 1]), 2)
        .cuts()
        .filter(|parts| parts.cuts[0].part == 0 && parts.cuts[0].takes == Some(1))
        .collect();
    assert_eq!((cut.len(), cut[0].has_halves(0b110)), (1, false));
    assert_eq!(cut[0].unasked(&sets, 3), 1);
    assert_eq!(Merged::joined(&cut[0], &sets, &rules).rooms, 666 + 333);
    // Alone in two zones the first room is all that is cleaned.
    assert_eq!(cut[0].unasked(&[0b001, 0b100, 0b010], 1_000_000), 0);
}

/// A home scaled costs the same, also one as large as a sketch can hold.
#[test]
fn what_merging_costs_does_not_depend_on_scale() {
    let (small, large) = (row(&[3, 2, 5, 1]), row(&[3 << 20, 2 << 20, 5 << 20, 1 << 20]));
    for sets in [[0b0011, 0b1100], [0b0001, 0b1110], [0b0111, 0b1000]] {
        let cost = |sketch: &Sketch| Parts::of(sketch, 2).unasked(&sets, Rules::of(6).unit);
        assert_eq!(cost(&small), cost(&large));
    }
    assert_eq!(Parts::of(&small, 2).unasked(&[0b0011, 0b1100], 121), 2 * (3 * 2 + 5));
}

/// The assignment that goes to the key costs what the ranking said, and what is merged in it is what was priced.
#[test]
fn the_key_prices_what_is_merged_as_the_ranking_does() {
    let book = Codebook::of(4, Odds::whole(64)).unwrap();
    for seed in 0..12 {
        let sketch = sketch(4 + u16::try_from(seed % 3).unwrap(), seed);
        for (plan, &cost) in book.plans().iter().zip(rank(&sketch, &book).costs()) {
            let (assignment, terms) = assess(&sketch, plan).unwrap();
            assert_eq!(terms.cost, cost * 1000 / Rules::of(4).unit);
            assert_eq!(terms.unasked_area, unasked_by(&sketch, &assignment), "home {seed}");
        }
    }
}

/// The floor that is cleaned and was not asked for, in millionths, from the zones of rooms and halves.
fn unasked_by(sketch: &Sketch, assignment: &Assignment) -> u32 {
    let rooms = sketch.sites.len();
    let mut areas: Vec<u128> = sketch.sites.iter().map(|site| u128::from(site.area) * 64).collect();
    let whole = areas.clone();
    let mut room_of: Vec<usize> = (0..rooms).collect();
    for cut in &assignment.cuts {
        areas[cut.part] /= 2;
        areas.push(areas[cut.part]);
        room_of.push(room_of[cut.part]);
    }
    let mut unasked = 0;
    for (room, &own) in whole.iter().enumerate() {
        let has = |zone: u8| {
            assignment.zone_of.iter().zip(&room_of).any(|(&of, &part_of)| of == zone && part_of == room)
        };
        let gets: u128 =
            assignment.zone_of.iter().zip(&areas).filter(|(zone, _)| has(**zone)).map(|(_, area)| area).sum();
        unasked += own * (gets - own);
    }
    let all: u128 = whole.iter().sum();
    u32::try_from(unasked * 1_000_000 / (all * all)).unwrap()
}

/// Of cuts in another order one is enough: all orders of cuts, one by one, cost no less.
#[test]
fn cuts_in_every_order_cost_no_less() {
    for (zones, most_cuts) in [(2, 2), (3, 3), (4, 4)] {
        let rules = Rules::of(zones);
        let book = Codebook::of(u8::try_from(zones).unwrap(), Odds::whole(64)).unwrap();
        for seed in 0..6 {
            let sketch = sketch(1 + u16::try_from(seed % 3).unwrap(), seed);
            let rooms = sketch.sites.len();
            if rooms >= zones {
                continue;
            }
            let (mut all, mut last) = (Vec::new(), vec![Parts::of(&sketch, zones)]);
            for cuts in 1..=most_cuts.min(zones - rooms + 1) {
                last = last.iter().flat_map(Parts::cuts).collect();
                all.extend(last.iter().filter(|_| rooms + cuts >= zones).cloned());
            }
            for (plan, &cost) in book.plans().iter().zip(rank(&sketch, &book).costs()) {
                assert_eq!(least_of(&sketch, &all, plan, &rules), cost, "{zones} zones, home {seed}");
            }
        }
    }
}

/// The whole atlas ranked for the preferred plans alone, against all of its plans ranked.
#[test]
fn the_best_few_are_those_of_all_plans_ranked() {
    best_few_of([(2, 40), (3, 40), (4, 3)]);
}

#[test]
#[ignore = "a minute: all plans of five zones"]
fn the_best_few_of_five_zones_are_those_of_all_plans_ranked() {
    best_few_of([(5, 8)]);
}

fn best_few_of<const N: usize>(of: [(u8, u64); N]) {
    for (zones, homes) in of {
        let whole = Codebook::of(zones, Odds::whole(1 << 20)).unwrap();
        let ids: Vec<PlanId> = whole.plans().iter().map(Plan::id).collect();
        let listed = Codebook::of_plans(zones, &ids, whole.preferred()).unwrap();
        assert_eq!(whole, listed);
        for seed in 0..homes {
            let sketch = sketch(1 + u16::try_from(seed % 8).unwrap(), seed);
            let (few, all) = (rank(&sketch, &whole), rank(&sketch, &listed));
            let preferred = all.preferred(whole.preferred());
            assert_eq!(few.preferred(whole.preferred()), preferred, "{zones} zones, home {seed}");
            let bar = preferred.iter().map(|&plan| all.costs()[plan]).max().unwrap();
            for (&few, &all) in few.costs().iter().zip(all.costs()) {
                assert_eq!(few, if all > bar { u32::MAX } else { all });
            }
        }
    }
}
