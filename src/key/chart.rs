//! Charts: a zone's rectangle on the release and its cells in the home, divided together into patches.
//!
//! A rectangle is halved at a multiple of [`BLOCK`](super::blocks::BLOCK) cells of the frame along its long
//! side, the cells at the same quota along the direction in the home that this side stands for, and so on with
//! the halves, all of one size before the next, until a rectangle is one block. Each half is kept connected
//! ([`Scissors::halve`]), so each patch is one connected piece of floor of nearly proportional size, however
//! crooked the room.
//!
//! *Which cut.* What lies side by side on the release should touch in the home. The leaves beside the one to
//! be cut are there already, so a cut can be weighed: the share of the borders on the release, its own and
//! those to the leaves beside, that the floors touch along ([`Touch`]). The straight cut is tried first, and
//! taken when it keeps nearly all; else one by coordinates that follow the piece round its corners
//! ([`Tutte`]) is tried too, and the better of the two is taken. Where neither meets the quota the floor is a
//! comb, and is cut along the other axis, in whichever direction keeps more. Rooms of straight walls are thus
//! divided in straight lines, and only what furniture or a door would tear bends.
//!
//! # Other orders to cut in
//!
//! Tried on the 11 Valetudo (but for one of 810 m²), 5 ROS and 12 Neato maps, each drawn as both plans of the
//! default codebook, by the figures of [`chart_quality`](super::HouseKey::chart_quality). In each field the
//! three sets, in this order:
//!
//! | order | a third in one piece | neighbours kept | directions |
//! | --- | --- | --- | --- |
//! | straight alone | .890 .910 .863 | .81 .88 .84 | .83 .88 .85 |
//! | straight or Tutte | .918 .941 .915 | .82 .88 .84 | .82 .87 .82 |
//! | the same, four times as many squares and 400 sweeps | .927 .955 .927 | .84 .89 .85 | .82 .87 .82 |
//! | the same, each cell a square of its own | .935 .961 .937 | .85 .91 .88 | .83 .87 .83 |
//! | the same, by distances from the sides of the piece instead of Tutte | .924 .953 .926 | .84 .89 .86 | .81 .85 .80 |
//! | straight, slanting or turned cuts, no Tutte | .917 .936 .906 | .86 .90 .86 | .79 .83 .76 |
//! | Tutte first, else straight, slanting or turned | .939 .969 .955 | .86 .92 .89 | .76 .83 .75 |
//! | Tutte alone, unweighed | .921 .958 .937 | .84 .91 .87 | .77 .84 .77 |
//!
//! All of them have every block connected, patches within half to twice their due, and a median of 1.11 to 1.12
//! of the floor due under a spot of 1 m. The table is of trials with every cut weighed and a straight one taken from
//! 11/12 on. What is kept is the second row, with straight cuts taken from 3/4 on and Tutte's left out for leaves of
//! fewer than four blocks, which halves what it costs in time and loses little: over all maps .922,
//! .84 and .85 (`cargo bench --bench pipeline -- charts` prints them by map).
//!
//! What it leaves to be wished for: a third of a zone in one piece falls short of .95 on real maps. Most is
//! lost inside single rooms: a room about as wide as it is long that stands for a strip five times as long as
//! it is wide is cut into slices so thin that furniture tears them. Zones of three and more rooms are worst.
//! Finer coordinates would gain .01 to .02, at the price of solving for them.

use super::blocks::{blocks, cuts, divide, long_side, middle_cut};
use super::lattice::{Lattice, NO_CELL, narrow};
use super::spans::{Halves, Order, Scissors, Span, area, fits, moments};
use super::touch::{Split, Touch};
use super::tutte::Tutte;
use super::zones::Piece;
use crate::atlas::{Axis, Rect};
use crate::grid::Symmetry;

/// No patch.
pub(super) const NO_PATCH: u16 = u16::MAX;

/// A piece of floor and the blocks that stand for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Patch {
    pub(super) zone: u8,
    /// In cells of the frame.
    pub(super) rect: Rect,
    /// The cell of the home that its points are lifted to.
    pub(super) stand: u32,
}

/// The patches of all zones, and which one each cell of the home lies in.
pub(super) struct Chart {
    pub(super) patches: Vec<Patch>,
    pub(super) patch_of: Vec<u16>,
    /// Cells of T in pieces so many that there is no block left for them.
    pub(super) uncharted: u32,
}

/// Draws the charts of all zones.
///
/// # Complexity
/// O(cells · log blocks + spans · log blocks · log spans).
pub(super) fn chart(
    lattice: Lattice,
    pieces: Vec<Piece>,
    rects: &[Rect],
    symmetry: Symmetry,
    stand: &[bool],
) -> Chart {
    let to_home = symmetry.inverse();
    let mut drafter = Drafter {
        lattice,
        stand,
        to_home,
        scissors: Scissors::default(),
        tutte: Tutte::new(lattice, [Axis::X, Axis::Y].map(|axis| to_home.apply(unit(axis)))),
        touch: Touch::new(lattice),
        leaves: Vec::new(),
        chart: Chart { patches: Vec::new(), patch_of: vec![NO_PATCH; lattice.len()], uncharted: 0 },
    };
    let mut sets: Vec<Vec<Vec<Span>>> = vec![Vec::new(); rects.len()];
    for piece in pieces {
        if let Some(own) = sets.get_mut(usize::from(piece.zone)) {
            own.push(piece.set);
        }
    }
    for ((zone, &rect), mut own) in (0..).zip(rects).zip(sets) {
        let most = blocks(rect) as usize;
        if own.len() > most {
            // The largest stay, in their order.
            own.sort_by_key(|set| core::cmp::Reverse(area(set)));
            drafter.chart.uncharted += own.drain(most..).map(|set| area(&set)).sum::<u32>();
        }
        if !own.is_empty() {
            drafter.share(rect, own);
            drafter.draft(zone);
        }
    }
    drafter.chart
}

/// A part of a zone's rectangle, and the floor that stands for it so far.
struct Leaf {
    rect: Rect,
    set: Vec<Span>,
    /// Piece of the zone that it is of.
    piece: usize,
}

struct Drafter<'a> {
    lattice: Lattice,
    stand: &'a [bool],
    to_home: Symmetry,
    scissors: Scissors,
    tutte: Tutte,
    touch: Touch,
    /// Of the zone at hand. While a zone is divided, its cells are marked with the number of patches there
    /// were before and that of their leaf.
    leaves: Vec<Leaf>,
    chart: Chart,
}

impl Drafter<'_> {
    /// Shares a rectangle out among the pieces of a zone by area; there are at least as many blocks as pieces.
    fn share(&mut self, rect: Rect, mut sets: Vec<Vec<Span>>) {
        let axis = long_side(rect);
        let (Some(axis), true) = (axis, sets.len() > 1) else {
            for set in sets {
                self.leaves.push(Leaf { rect, set, piece: self.leaves.len() });
            }
            return;
        };
        let along = self.to_home.apply(unit(axis));
        sets.sort_by(|a, b| {
            let place = |set: &[Span]| {
                let (x, y) = moments(set);
                along.0 * x + along.1 * y
            };
            let ahead = i128::from(place(a)) * i128::from(area(b));
            ahead.cmp(&(i128::from(place(b)) * i128::from(area(a)))).then_with(|| a.cmp(b))
        });
        let total: u64 = sets.iter().map(|set| u64::from(area(set))).sum();
        let whole = u64::from(rect.area());
        let mut best: Option<(u64, u32, usize)> = None;
        for at in cuts(rect, axis) {
            let (low, high) = divide(rect, axis, at);
            let mut before = 0;
            for (number, set) in (1..sets.len()).zip(&sets) {
                before += u64::from(area(set));
                if number > blocks(low) as usize || sets.len() - number > blocks(high) as usize {
                    continue;
                }
                let missed = (before * whole).abs_diff(u64::from(low.area()) * total);
                if best.is_none_or(|(least, ..)| missed < least) {
                    best = Some((missed, at, number));
                }
            }
        }
        let Some((_, at, number)) = best else { return };
        let (low, high) = divide(rect, axis, at);
        let others = sets.split_off(number);
        self.share(low, sets);
        self.share(high, others);
    }

    /// Divides the leaves of a zone, all of one size before the next, until each is one block or has more
    /// blocks than there are cells; each is a patch then.
    fn draft(&mut self, zone: u8) {
        let pieces: Vec<Vec<Span>> = self.leaves.iter().map(|leaf| leaf.set.clone()).collect();
        let mut embedded: Vec<Option<bool>> = vec![None; pieces.len()];
        let [cells, whole] = self.leaves.iter().fold([0, 0], |[cells, whole], leaf| {
            [cells + u64::from(area(&leaf.set)), whole + u64::from(leaf.rect.area())]
        });
        self.touch.begin(narrow(self.chart.patches.len()), cells, whole);
        for (number, set) in pieces.iter().enumerate() {
            self.touch.mark(&mut self.chart.patch_of, number, set);
        }
        loop {
            let count = self.leaves.len();
            for number in 0..count {
                self.bisect(number, &pieces, &mut embedded);
            }
            if self.leaves.len() == count {
                break;
            }
        }
        for leaf in core::mem::take(&mut self.leaves) {
            self.close(zone, leaf.rect, &leaf.set);
        }
        self.tutte.clear(&pieces);
    }

    /// Divides a leaf, if it is to be divided.
    fn bisect(&mut self, number: usize, pieces: &[Vec<Span>], embedded: &mut [Option<bool>]) {
        let Leaf { rect, ref set, piece } = self.leaves[number];
        let cells = area(set);
        let axis = long_side(rect).filter(|_| blocks(rect) <= cells);
        let Some((axis, at)) = axis.and_then(|axis| Some((axis, middle_cut(rect, axis)?))) else { return };
        let (low, high) = divide(rect, axis, at);
        let share = (u64::from(cells) * u64::from(low.area()) * 2 + u64::from(rect.area()))
            / (2 * u64::from(rect.area()));
        let quota = u32::try_from(share).unwrap_or(cells).clamp(1, cells - 1);
        let set = core::mem::take(&mut self.leaves[number].set);
        let along = self.to_home.apply(unit(axis));
        let straight = self.straight(&set, along, quota);
        // A small leaf has no other cut to be weighed against than between a comb's teeth.
        let halves = if blocks(rect) < FEWEST && fits(straight.missed, quota, cells) {
            straight
        } else {
            let near = (0..).zip(&self.leaves).filter(|(other, _)| *other != number);
            let near = near.map(|(other, leaf)| (other, leaf.rect));
            let split = Split::new(number, self.leaves.len(), (low, high), near);
            let mut best = self.weighed(&split, straight, quota);
            let good = fits(best.halves.missed, quota, cells) && best.kept * ENOUGH.1 >= best.most * ENOUGH.0;
            if !good
                && blocks(rect) >= FEWEST
                && *embedded[piece]
                    .get_or_insert_with(|| self.tutte.embed(&pieces[piece], &mut self.scissors))
            {
                let axis = usize::from(axis == Axis::Y);
                let ranks = |span: Span, ranks: &mut Vec<u32>| self.tutte.ranks(axis, span, ranks);
                let halves = self.scissors.halve(&set, Order::Ranked(&ranks), quota);
                best = best.or(self.weighed(&split, halves, quota));
            }
            if !fits(best.halves.missed, quota, cells) {
                // A comb is cut between its teeth, not across them.
                for across in [(along.1, along.0), (-along.1, -along.0)] {
                    let halves = self.straight(&set, across, quota);
                    best = best.or(self.weighed(&split, halves, quota));
                }
            }
            best.halves
        };
        self.touch.mark(&mut self.chart.patch_of, number, &halves.low);
        self.touch.mark(&mut self.chart.patch_of, self.leaves.len(), &halves.high);
        self.leaves[number] = Leaf { rect: low, set: halves.low, piece };
        self.leaves.push(Leaf { rect: high, set: halves.high, piece });
    }

    /// Cuts across a direction of the home.
    fn straight(&mut self, set: &[Span], along: (i64, i64), quota: u32) -> Halves {
        let order = if along.1 == 0 { Order::LeftToRight } else { Order::BottomToTop };
        if along.0 + along.1 > 0 {
            self.scissors.halve(set, order, quota)
        } else {
            let Halves { low, high, missed } = self.scissors.halve(set, order, area(set) - quota);
            Halves { low: high, high: low, missed }
        }
    }

    /// Weighs two halves by the borders on the release that they keep.
    fn weighed(&mut self, split: &Split, halves: Halves, quota: u32) -> Weighed {
        let (kept, most) = self.touch.weigh(&mut self.chart.patch_of, split, &halves.low, &halves.high);
        let cells = area(&halves.low) + area(&halves.high);
        let value = kept - split.penalty(halves.missed, quota.min(cells - quota));
        Weighed { halves, kept, most, value }
    }

    /// Makes a patch.
    fn close(&mut self, zone: u8, rect: Rect, set: &[Span]) {
        let number = u16::try_from(self.chart.patches.len()).unwrap_or(NO_PATCH);
        let cells = area(set);
        let (x, y) = moments(set);
        // Sixteenths of a cell are fine enough to tell cells apart.
        let (x, y) = (16 * x / i64::from(cells.max(1)), 16 * y / i64::from(cells.max(1)));
        let mut best: Option<(i64, usize)> = None;
        for span in set {
            let row = span.y as usize * self.lattice.width;
            self.chart.patch_of[span.cells(self.lattice)].fill(number);
            for column in span.start..span.end {
                let cell = row + usize::from(column);
                if self.stand[cell] {
                    let (dx, dy) = (16 * i64::from(column) - x, 16 * i64::from(span.y) - y);
                    let far = dx * dx + dy * dy;
                    if best.is_none_or(|(least, _)| far < least) {
                        best = Some((far, cell));
                    }
                }
            }
        }
        let stand = best.map_or(NO_CELL, |(_, cell)| narrow(cell));
        self.chart.patches.push(Patch { zone, rect, stand });
    }
}

/// A way to cut.
struct Weighed {
    halves: Halves,
    /// How much of the borders on the release it keeps, and how much there is.
    kept: i64,
    most: i64,
    /// What it keeps, less what missing the quota costs.
    value: i64,
}

impl Weighed {
    /// The better of two; of equal ones the first.
    fn or(self, other: Self) -> Self {
        if other.value > self.value { other } else { self }
    }
}

/// A straight cut that keeps this share of the borders is good enough.
const ENOUGH: (i64, i64) = (3, 4);

/// Leaves of fewer blocks are cut straight: of the last two cuts bent ones gain nothing.
const FEWEST: u32 = 4;

const fn unit(axis: Axis) -> (i64, i64) {
    match axis {
        Axis::X => (1, 0),
        Axis::Y => (0, 1),
    }
}
