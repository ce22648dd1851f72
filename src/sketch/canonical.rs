//! The canonical form: one picture however a home is numbered, turned, mirrored or scaled.
//!
//! A picture lists the rooms in an order, each by its place, its area, whether it is the dock's, and its doors. The
//! canonical form is the least picture over the symmetries, over the rooms that may be the dock's, and over the orders
//! that places, areas and doors leave open.
//!
//! Most need not be tried. Exchanging twins (see `alike`) changes nothing. And where the room of the dock is plain, the
//! orders do not depend on which one it is, so the last in the order gives the least picture: the pictures agree until
//! the first of two such rooms, where the other's says "not the dock's". What is left are rooms of one middle and one
//! area whose doors differ. On no home tried there are any.
//!
//! For the rest the work is bounded, by a number that no renumbering and no symmetry changes: if there are too many
//! orders, every two rooms get a door if any two of their likes have one. That is another picture, but again one for
//! all homes that are alike.

use alloc::vec::Vec;

use super::alike::{Alike, blurred};
use super::door_list::DoorList;
use super::orders::{Orders, TooManyOrders};
use super::sketch::Site;
use crate::grid::sorted::sort_short;
use crate::grid::{BitGrid, Symmetry};
use crate::number::gcd;

/// Most orders that are tried for one symmetry and one room of the dock.
const MOST_ORDERS: usize = 1024;

/// Most doors that are looked at for all orders of a home together, up to a factor of two: about a second.
pub(super) const MOST_STEPS: usize = 1 << 26;

/// The canonical form of some sites, and how they were brought into it.
pub(super) struct Form {
    pub(super) sites: Vec<Site>,
    pub(super) root: u16,
    /// Which of the sites given stands where.
    pub(super) order: Vec<usize>,
    pub(super) symmetry: Symmetry,
}

impl Form {
    /// Whether a form comes before another one of as many sites.
    pub(super) fn is_before(&self, other: &Self) -> bool {
        let compare = |(one, other): (&Site, &Site)| {
            let key = |site: &Site| (site.x, site.y, site.area);
            key(one).cmp(&key(other)).then_with(|| one.doors.iter().cmp(other.doors.iter()))
        };
        let sites = self.sites.iter().zip(&other.sites).map(compare).find(|order| order.is_ne());
        self.root.cmp(&other.root).then(sites.unwrap_or(core::cmp::Ordering::Equal)).is_lt()
    }
}

/// The least form over the symmetries, and over the roots where there are several; and how many doors were looked at to
/// tell rooms apart.
///
/// # Complexity
/// O((rooms + doors) · log rooms), and O(`most_steps`) where rooms of one middle and one area have different doors.
pub(super) fn canonical_within(sites: Vec<Site>, roots: &[usize], most_steps: usize) -> (Form, usize) {
    let mut steps = 0;
    if let Ok(picture) = least_picture(&sites, roots, most_steps, &mut steps) {
        return (form(sites, picture), steps);
    }
    let sites = blurred(&sites);
    // Without ties there is one order.
    let picture = least_picture(&sites, roots, usize::MAX, &mut steps).ok().flatten();
    (form(sites, picture), steps)
}

/// An order to draw the sites in.
struct SketchPicture {
    symmetry: Symmetry,
    root: usize,
    order: Vec<u32>,
    /// Where each site stands in the order.
    number: Vec<u32>,
}

/// The least picture, none without roots. Adds the doors that are looked at to the steps.
fn least_picture(
    sites: &[Site],
    roots: &[usize],
    most_steps: usize,
    steps: &mut usize,
) -> Result<Option<SketchPicture>, TooManyOrders> {
    let alike = Alike::of(sites);
    // Of twins the first stands for all.
    let mut seen = vec![false; sites.len()];
    let (plain, tied): (Vec<usize>, Vec<usize>) = roots
        .iter()
        .copied()
        .filter(|&root| !core::mem::replace(&mut seen[alike.twin[root] as usize], true))
        .partition(|&root| alike.is_plain(root));
    let involved = (0..sites.len()).filter(|&room| !alike.is_plain(room));
    let (mut count, mut doors) = (0, 0);
    for room in involved {
        count += 1;
        doors += sites[room].doors.len() + 1;
    }
    let most = if count == 0 {
        1
    } else {
        // An order takes at most so many rounds as rooms are tied, and each looks at their doors.
        let one = doors.saturating_mul(count).saturating_mul(Symmetry::ALL.len() * (tied.len() + 1));
        (most_steps / one).min(MOST_ORDERS)
    };
    if most == 0 {
        return Err(TooManyOrders);
    }
    let mut orders = Orders::new(sites, &alike, most, steps);
    let mut pictures = SketchPictures::of(sites);
    let mut best: Option<SketchPicture> = None;
    for symmetry in Symmetry::ALL.into_iter().take(mutant!(MirrorImagesApart, 8, 4)) {
        let ahead = |&root: &usize| (pictures.place(symmetry, root), sites[root].area);
        let last = plain.iter().copied().rev().max_by_key(ahead);
        let starts = roots.iter().copied().filter(|root| tied.contains(root) || Some(*root) == last);
        for root in starts {
            let key = |room: usize| {
                let site = &sites[room];
                (pictures.place(symmetry, room), site.area, room == root, site.doors.len())
            };
            let keys: Vec<_> = (0..sites.len()).map(key).collect();
            orders.each(&keys, &mut |order| {
                let picture = SketchPicture::new(symmetry, root, order);
                if best.as_ref().is_none_or(|best| pictures.is_before(&picture, best)) {
                    best = Some(picture);
                }
            })?;
        }
    }
    Ok(best)
}

impl SketchPicture {
    fn new(symmetry: Symmetry, root: usize, order: &[u32]) -> Self {
        let mut number = vec![0; order.len()];
        for (new, &old) in (0..).zip(order) {
            number[old as usize] = new;
        }
        Self { symmetry, root, order: order.to_vec(), number }
    }
}

/// Compares pictures of some sites.
struct SketchPictures<'a> {
    sites: &'a [Site],
    last: (i64, i64),
    /// The doors of one room each of two pictures.
    doors: [BitGrid; 2],
}

impl<'a> SketchPictures<'a> {
    fn of(sites: &'a [Site]) -> Self {
        let last = |rank: fn(&Site) -> u16| i64::from(sites.iter().map(rank).max().unwrap_or(0));
        let doors = [(); 2].map(|()| BitGrid::of_numbers(sites.len()));
        Self { sites, last: (last(|site| site.x), last(|site| site.y)), doors }
    }

    /// The place of a site in a picture, doubled and centred, so that a mirror image is a change of sign.
    fn place(&self, symmetry: Symmetry, room: usize) -> (i64, i64) {
        let site = &self.sites[room];
        symmetry.apply((2 * i64::from(site.x) - self.last.0, 2 * i64::from(site.y) - self.last.1))
    }

    /// Whether a picture comes before another one: at the first room where they differ.
    fn is_before(&mut self, one: &SketchPicture, other: &SketchPicture) -> bool {
        for (&a, &b) in one.order.iter().zip(&other.order) {
            let of = |picture: &SketchPicture, room: usize| {
                let site = &self.sites[room];
                (self.place(picture.symmetry, room), site.area, room == picture.root, site.doors.len())
            };
            let (first, second) = (of(one, a as usize), of(other, b as usize));
            if first != second {
                return first < second;
            }
            for (doors, (picture, room)) in self.doors.iter_mut().zip([(one, a), (other, b)]) {
                doors.clear();
                for door in self.sites[room as usize].doors.iter() {
                    doors.insert(picture.number[usize::from(door)] as usize);
                }
            }
            // Of two ascending lists of one length that comes first which has the first number that only one has.
            let [mine, yours] = &self.doors;
            if let Some(number) = mine.first_apart(yours) {
                return mine.has(number);
            }
        }
        false
    }
}

/// The sites as a picture has them; nothing without one.
fn form(sites: Vec<Site>, picture: Option<SketchPicture>) -> Form {
    let Some(SketchPicture { symmetry, root, order, number }) = picture else {
        return Form { sites: Vec::new(), root: 0, order: Vec::new(), symmetry: Symmetry::default() };
    };
    let divisor = mutant!(ScaleKept, sites.iter().fold(0, |divisor, site| gcd(divisor, site.area)).max(1), 1);
    let last = |rank: fn(&Site) -> u16| i64::from(sites.iter().map(rank).max().unwrap_or(0));
    let (last_x, last_y) = (last(|site| site.x), last(|site| site.y));
    let (swap_x, swap_y) = if symmetry.swap { (last_y, last_x) } else { (last_x, last_y) };
    let rank = |place: i64, last: i64| u16::try_from(i64::midpoint(place, last)).unwrap_or(0);
    let short = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
    let mut sites: Vec<Option<Site>> = sites.into_iter().map(Some).collect();
    let sorted = order.iter().filter_map(|&old| {
        let mut site = sites[old as usize].take()?;
        let (x, y) = symmetry.apply((2 * i64::from(site.x) - last_x, 2 * i64::from(site.y) - last_y));
        (site.x, site.y) = (rank(x, swap_x), rank(y, swap_y));
        site.area /= divisor;
        let mut doors: Vec<u16> = site.doors.iter().map(|door| short(number[usize::from(door)])).collect();
        sort_short(&mut doors);
        site.doors = DoorList::of(doors, number.len());
        Some(site)
    });
    let sites = sorted.collect();
    let order = order.into_iter().map(|old| old as usize).collect();
    Form { sites, root: short(number[root]), order, symmetry }
}
