//! The canonical form against trying everything.

use super::canonical::{Form, MOST_STEPS, canonical_within};
use super::door_list::DoorList;
use super::sketch::Site;
use crate::grid::Symmetry;
use proptest::prelude::*;

/// Sites with these doors; places and areas as chosen, ranks dense.
fn sites(choices: &[(u16, u16, u64)], doors: &[(usize, usize)]) -> Vec<Site> {
    let dense = |of: fn(&(u16, u16, u64)) -> u16| {
        let mut values: Vec<u16> = choices.iter().map(of).collect();
        values.sort_unstable();
        values.dedup();
        choices
            .iter()
            .map(|choice| u16::try_from(values.binary_search(&of(choice)).unwrap()).unwrap())
            .collect()
    };
    let (x, y): (Vec<u16>, Vec<u16>) = (dense(|choice| choice.0), dense(|choice| choice.1));
    let mut sites: Vec<Site> = (0..choices.len())
        .map(|room| Site {
            x: x[room],
            y: y[room],
            area: choices[room].2,
            doors: DoorList::of(Vec::new(), 0),
        })
        .collect();
    let mut lists: Vec<Vec<u16>> = vec![Vec::new(); choices.len()];
    for &(a, b) in doors {
        let (a, b) = (a % choices.len(), b % choices.len());
        for (from, to) in [(a, b), (b, a)] {
            let to = u16::try_from(to).unwrap();
            if a != b && !lists[from].contains(&to) {
                lists[from].push(to);
                lists[from].sort_unstable();
            }
        }
    }
    for (site, doors) in sites.iter_mut().zip(lists) {
        site.doors = DoorList::of(doors, choices.len());
    }
    sites
}

/// The sites with room `order[n]` as room n, and turned.
fn redrawn(sites: &[Site], order: &[usize], symmetry: Symmetry) -> Vec<Site> {
    let last = |rank: fn(&Site) -> u16| sites.iter().map(rank).max().unwrap_or(0);
    let (last_x, last_y) = (last(|site| site.x), last(|site| site.y));
    let number = |old: u16| order.iter().position(|&room| room == usize::from(old)).unwrap();
    let flip = |flip: bool, at: u16, last: u16| if flip { last - at } else { at };
    let site = |&old: &usize| {
        let Site { x, y, area, doors } = sites[old].clone();
        let ((x, last_x), (y, last_y)) =
            if symmetry.swap { ((y, last_y), (x, last_x)) } else { ((x, last_x), (y, last_y)) };
        let mut doors: Vec<u16> = doors.iter().map(|door| u16::try_from(number(door)).unwrap()).collect();
        doors.sort_unstable();
        let doors = DoorList::of(doors, sites.len());
        Site { x: flip(symmetry.flip_x, x, last_x), y: flip(symmetry.flip_y, y, last_y), area, doors }
    };
    order.iter().map(site).collect()
}

/// The slow, obvious twin: all symmetries, all roots, all orders of the rooms with each class of places, areas,
/// dock and doors together, by colour refinement over all rooms in every round.
fn slow(sites: &[Site], roots: &[usize]) -> (Vec<Site>, u16) {
    let mut best: Option<(Vec<u64>, Vec<Site>, u16)> = None;
    let last = |rank: fn(&Site) -> u16| i64::from(sites.iter().map(rank).max().unwrap());
    let last = (last(|site| site.x), last(|site| site.y));
    let divisor = sites.iter().fold(0, |divisor, site| gcd(divisor, site.area));
    for symmetry in Symmetry::ALL {
        for &root in roots {
            let place = |site: &Site| {
                symmetry.apply((2 * i64::from(site.x) - last.0, 2 * i64::from(site.y) - last.1))
            };
            let keys: Vec<_> = (0..sites.len())
                .map(|room| (place(&sites[room]), sites[room].area, room == root, sites[room].doors.len()))
                .collect();
            let mut distinct = keys.clone();
            distinct.sort_unstable();
            distinct.dedup();
            let classes = keys.iter().map(|key| distinct.binary_search(key).unwrap()).collect();
            orders(sites, classes, &mut |order| {
                let number = |old: u16| order.iter().position(|&room| room == usize::from(old)).unwrap();
                let mut code = Vec::new();
                let mut drawn = Vec::new();
                for &old in order {
                    let ((x, y), area, is_root, count) = keys[old];
                    let mut doors: Vec<u16> = sites[old].doors.iter().collect();
                    for door in &mut doors {
                        *door = u16::try_from(number(*door)).unwrap();
                    }
                    doors.sort_unstable();
                    code.extend([x, y].map(|v| (v + (1 << 20)).unsigned_abs()));
                    code.extend([area / divisor, u64::from(is_root), count as u64]);
                    code.extend(doors.iter().map(|&door| u64::from(door)));
                    let swapped = if symmetry.swap { (last.1, last.0) } else { last };
                    let rank = |v: i64, last: i64| u16::try_from(i64::midpoint(v, last)).unwrap();
                    let doors = DoorList::of(doors, sites.len());
                    drawn.push(Site {
                        x: rank(x, swapped.0),
                        y: rank(y, swapped.1),
                        area: area / divisor,
                        doors,
                    });
                }
                if best.as_ref().is_none_or(|(least, ..)| code < *least) {
                    best = Some((code, drawn, u16::try_from(number(u16::try_from(root).unwrap())).unwrap()));
                }
            });
        }
    }
    best.map(|(_, drawn, root)| (drawn, root)).unwrap()
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn orders(sites: &[Site], mut classes: Vec<usize>, visit: &mut dyn FnMut(&[usize])) {
    loop {
        let signature = |room: usize| {
            let mut around: Vec<usize> =
                sites[room].doors.iter().map(|door| classes[usize::from(door)]).collect();
            around.sort_unstable();
            (classes[room], around)
        };
        let signatures: Vec<_> = (0..sites.len()).map(signature).collect();
        let mut distinct = signatures.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let finer: Vec<usize> = signatures.iter().map(|s| distinct.binary_search(s).unwrap()).collect();
        if finer == classes {
            break;
        }
        classes = finer;
    }
    let mut order: Vec<usize> = (0..sites.len()).collect();
    order.sort_by_key(|&room| classes[room]);
    let tie = order.windows(2).find(|pair| classes[pair[0]] == classes[pair[1]]).map(|pair| classes[pair[0]]);
    let Some(class) = tie else { return visit(&order) };
    for chosen in (0..sites.len()).filter(|&room| classes[room] == class) {
        let split = |room: usize| 2 * classes[room] + usize::from(classes[room] == class && room != chosen);
        orders(sites, (0..sites.len()).map(split).collect(), visit);
    }
}

fn drawn(form: Form) -> (Vec<Site>, u16) {
    (form.sites, form.root)
}

/// Rooms of few places and areas, so that many are alike; doors; rooms that may be the dock's; a numbering.
fn alike(rooms: usize) -> impl Strategy<Value = (Vec<Site>, Vec<usize>, Vec<usize>)> {
    let drawn = prop::collection::vec((0..2_u16, 0..2_u16, 1..3_u64), 1..=rooms);
    let doors = prop::collection::vec((0..rooms, 0..rooms), 0..2 * rooms);
    let docks = prop::collection::vec(any::<bool>(), rooms);
    (drawn, doors, docks, any::<bool>()).prop_flat_map(|(drawn, doors, docks, one_place)| {
        let choices: Vec<_> = drawn
            .into_iter()
            .map(|(x, y, area)| if one_place { (0, 0, 6) } else { (x, y, 6 * area) })
            .collect();
        let sites = sites(&choices, &doors);
        let mut of_dock: Vec<usize> = (0..sites.len()).filter(|&room| docks[room]).collect();
        if of_dock.is_empty() {
            of_dock.push(0);
        }
        let order = Just((0..sites.len()).collect::<Vec<usize>>()).prop_shuffle();
        (Just(sites), Just(of_dock), order)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// The same form as by trying everything.
    #[test]
    fn the_form_is_the_least_picture((sites, roots, _) in alike(6)) {
        prop_assert_eq!(drawn(canonical_within(sites.clone(), &roots, MOST_STEPS).0), slow(&sites, &roots));
    }

    /// One form under renumbering and the symmetries, also where the limit is too low to try everything.
    #[test]
    fn a_form_is_one_for_all_that_are_alike(
        (sites, roots, order) in alike(9), symmetry in prop::sample::select(Symmetry::ALL.to_vec()),
        steps in prop_oneof![Just(MOST_STEPS), 0..20_000_usize],
    ) {
        let again = redrawn(&sites, &order, symmetry);
        let tied: Vec<usize> = (0..sites.len()).filter(|&room| roots.contains(&order[room])).collect();
        let (form, looked) = canonical_within(sites, &roots, steps);
        prop_assert!(looked <= 2 * steps, "{} of {}", looked, steps);
        prop_assert!(drawn(form) == drawn(canonical_within(again, &tied, steps).0));
    }
}

/// A thousand equal rooms in a row, each with a door to each, any of them the dock's: nothing to tell apart.
#[test]
fn equal_rooms_around_a_hub_take_no_steps() {
    let row: Vec<_> = (0..1000).map(|x| (x, 0, 4)).collect();
    let one: Vec<_> = (0..1000).map(|_| (0, 0, 4)).collect();
    for choices in [row, one] {
        let mut sites = sites(&choices, &[]);
        for (room, site) in (0..1000).zip(&mut sites) {
            site.doors = DoorList::of((0..1000).filter(|&other| other != room).collect(), 1000);
        }
        let (form, looked) = canonical_within(sites, &(0..1000).collect::<Vec<_>>(), MOST_STEPS);
        assert_eq!((form.sites.len(), form.root, looked), (1000, 999, 0));
    }
}

/// Rooms of one middle and area in pairs: 14! orders by pairs, and the limit keeps most from being tried.
#[test]
fn the_limit_stops_siblings_too() {
    let choices = vec![(0, 0, 1); 28];
    let doors: Vec<_> = (0..14).map(|pair| (2 * pair, 2 * pair + 1)).collect();
    let sites = sites(&choices, &doors);
    let (form, looked) = canonical_within(sites, &[0, 5], 1 << 22);
    assert!(looked <= 1 << 23, "{looked}");
    // Every room has a door to its like, so all have doors to all.
    assert!(form.sites.iter().all(|site| site.doors.len() == 27));
}
