//! The search against its slow twin, and its work.

use super::cost::Rules;
use super::distances::Distances;
use super::merged::Merged;
use super::partition::partitions;
use super::parts::Parts;
use super::rank::{assess, rank, rank_first};
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
fn slowly(sketch: &Sketch, plan: &Plan, rules: &Rules) -> u32 {
    let zones = plan.zone_count();
    least_of(&Parts::of(sketch, zones).variants(zones, rules.cuts), plan, rules)
}

fn least_of(variants: &[Parts], plan: &Plan, rules: &Rules) -> u32 {
    let zones = plan.zone_count();
    let mut least = u32::MAX;
    for parts in variants {
        let distances = Distances::of(parts, None);
        partitions(&parts.touches(), zones, &mut |sets| {
            if !sets.iter().any(|&set| parts.has_halves(set)) {
                let home = Merged::of(parts, sets, rules, &distances);
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
                let found = assess(&sketch, plan, None).unwrap().1.cost;
                assert_eq!(found, cost * 1000 / Rules::of(zones.into()).unit);
            }
        }
    }
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
                assert_eq!(least_of(&all, plan, &rules), cost, "{zones} zones, home {seed}");
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
