//! The search against its slow twin, and its work.

use super::cost::WEIGHTS;
use super::merged::Merged;
use super::partition::partitions;
use super::parts::Parts;
use super::rank::{assess, rank};
use crate::atlas::{Codebook, Plan, PlanId};
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
fn slowly(sketch: &Sketch, plan: &Plan) -> u32 {
    let zones = plan.zone_count();
    let mut least = u32::MAX;
    for parts in Parts::of(sketch, zones).variants(zones) {
        partitions(&parts.touches(), zones, &mut |sets| {
            if !sets.iter().any(|&set| parts.has_halves(set)) {
                let home = Merged::of(&parts, sets, &WEIGHTS);
                let reached = |cost: u32| home.matched(plan, cost).is_some();
                // The costs that are reached are all from some one on.
                let (mut below, mut above) = (0, least.min(1 << 16).saturating_sub(1));
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
            let expected: Vec<u32> = book.plans().iter().map(|plan| slowly(&sketch, plan)).collect();
            assert_eq!(rank(&sketch, &book).costs(), expected, "{zones} zones, home {seed}");
            for (plan, &cost) in book.plans().iter().zip(&expected) {
                assert_eq!(assess(&sketch, plan).unwrap().1.cost, cost);
            }
        }
    }
}

/// The whole atlas ranked for the preferred plans alone, against all of its plans ranked.
#[test]
fn the_best_few_are_those_of_all_plans_ranked() {
    for (zones, homes) in [(2, 40), (3, 40), (4, 4), (5, 1)] {
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
