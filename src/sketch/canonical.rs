//! The canonical form: one picture however a home is numbered, turned, mirrored or scaled.

use super::sketch::Site;
use crate::grid::Symmetry;

/// Most orders tried where rooms cannot be told apart. Rooms with one centroid, one area and one place in the
/// graph of doors are symmetric in every home tried; the limit bounds the work on drawings made to be slow.
const MOST_ORDERS: usize = 64;

/// The canonical form of some sites, and how they were brought into it.
pub(super) struct Form {
    pub(super) sites: Vec<Site>,
    pub(super) root: u16,
    /// Which of the sites given stands where.
    pub(super) order: Vec<usize>,
    pub(super) symmetry: Symmetry,
}

/// The least form over the symmetries, and over the roots where there are several.
pub(super) fn canonical(sites: &[Site], roots: &[usize]) -> Form {
    let divisor = mutant!(ScaleKept, sites.iter().fold(0, |divisor, site| gcd(divisor, site.area)).max(1), 1);
    let mut best: Option<(Vec<u64>, Vec<usize>, Symmetry, usize)> = None;
    let last = |ranks: &mut dyn Iterator<Item = u16>| i64::from(ranks.max().unwrap_or(0));
    let (last_x, last_y) = (last(&mut sites.iter().map(|s| s.x)), last(&mut sites.iter().map(|s| s.y)));
    for (symmetry, &root) in Symmetry::ALL
        .into_iter()
        .take(mutant!(MirrorImagesApart, 8, 4))
        .flat_map(|symmetry| roots.iter().map(move |root| (symmetry, root)))
    {
        // Doubled and centred, so that a mirror image of ranks is a change of sign.
        let places: Vec<(i64, i64)> = sites
            .iter()
            .map(|site| symmetry.apply((2 * i64::from(site.x) - last_x, 2 * i64::from(site.y) - last_y)))
            .collect();
        let mut colors: Vec<_> =
            (0..sites.len()).map(|i| (places[i], sites[i].area, i == root, sites[i].doors.len())).collect();
        let seeds = colors.clone();
        colors.sort_unstable();
        colors.dedup();
        let classes: Vec<usize> =
            seeds.iter().map(|seed| colors.binary_search(seed).unwrap_or_else(|place| place)).collect();
        let mut orders = 0;
        search(sites, classes, &mut orders, &mut |order| {
            let code = encode(sites, root, &places, order, divisor);
            if best.as_ref().is_none_or(|(least, ..)| code < *least) {
                best = Some((code, order.to_vec(), symmetry, root));
            }
        });
    }
    let Some((_, order, symmetry, root)) = best else {
        return Form { sites: Vec::new(), root: 0, order: Vec::new(), symmetry: Symmetry::default() };
    };
    let mut number = vec![0_u16; sites.len()];
    for (new, &old) in (0..).zip(&order) {
        number[old] = new;
    }
    let (swap_x, swap_y) = if symmetry.swap { (last_y, last_x) } else { (last_x, last_y) };
    let rank = |place: i64, last: i64| u16::try_from(i64::midpoint(place, last)).unwrap_or(0);
    let sorted = order
        .iter()
        .map(|&old| {
            let site = &sites[old];
            let (x, y) = symmetry.apply((2 * i64::from(site.x) - last_x, 2 * i64::from(site.y) - last_y));
            let mut doors: Vec<u16> = site.doors.iter().map(|&door| number[usize::from(door)]).collect();
            doors.sort_unstable();
            Site { x: rank(x, swap_x), y: rank(y, swap_y), area: site.area / divisor, doors }
        })
        .collect();
    Form { sites: sorted, root: number[root], order, symmetry }
}

/// Refines the classes by those of the neighbours until nothing changes, then visits every order that the
/// classes leave open.
fn search(sites: &[Site], mut classes: Vec<usize>, orders: &mut usize, visit: &mut impl FnMut(&[usize])) {
    loop {
        let signatures: Vec<(usize, Vec<usize>)> = (0..sites.len())
            .map(|i| {
                let mut around: Vec<usize> =
                    sites[i].doors.iter().map(|&door| classes[usize::from(door)]).collect();
                around.sort_unstable();
                (classes[i], around)
            })
            .collect();
        let mut distinct: Vec<&(usize, Vec<usize>)> = signatures.iter().collect();
        distinct.sort_unstable();
        distinct.dedup();
        let refined: Vec<usize> =
            signatures.iter().map(|s| distinct.binary_search(&s).unwrap_or_else(|place| place)).collect();
        let before = classes.iter().max().copied();
        let finer = refined.iter().max().copied() != before || refined != classes;
        classes = refined;
        if !finer {
            break;
        }
    }
    let mut order: Vec<usize> = (0..sites.len()).collect();
    if !mutant!(RoomOrderKept) {
        order.sort_by_key(|&i| classes[i]);
    }
    let tie = order.windows(2).find(|pair| classes[pair[0]] == classes[pair[1]]).map(|pair| classes[pair[0]]);
    match tie {
        Some(class) if *orders < MOST_ORDERS => {
            for chosen in (0..sites.len()).filter(|&i| classes[i] == class) {
                // Doubled, the classes leave room to put the chosen one before its like.
                let split = (0..sites.len())
                    .map(|i| 2 * classes[i] + usize::from(classes[i] == class && i != chosen))
                    .collect();
                search(sites, split, orders, visit);
            }
        }
        _ => {
            *orders += 1;
            visit(&order);
        }
    }
}

/// A code that two orders of two sites lists share only if they are the same picture.
fn encode(sites: &[Site], root: usize, places: &[(i64, i64)], order: &[usize], divisor: u64) -> Vec<u64> {
    let mut number = vec![0_u64; order.len()];
    for (new, &old) in (0..).zip(order) {
        number[old] = new;
    }
    let mut code = Vec::with_capacity(6 * order.len());
    for &old in order {
        let (x, y) = places[old];
        code.extend([x, y].map(|v| (v + (1 << 20)).unsigned_abs()));
        code.push(sites[old].area / divisor);
        code.push(u64::from(old == root));
        let mut doors: Vec<u64> = sites[old].doors.iter().map(|&door| number[usize::from(door)]).collect();
        doors.sort_unstable();
        code.push(doors.len() as u64);
        code.extend(doors);
    }
    code
}

const fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
