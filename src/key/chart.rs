//! Charts: a zone's rectangle on the release and its cells in the home, divided together into patches.
//!
//! A rectangle is halved at a multiple of [`BLOCK`] cells of the frame along its long side, the cells at the
//! same quota along the direction in the home that this side stands for, and so on with the halves until a
//! rectangle is one block. Each half is kept connected ([`Scissors::halve`]), so each patch is one connected
//! piece of floor of nearly proportional size, however crooked the room; neighbouring blocks mostly are
//! neighbouring floor, and directions agree. A map that is smooth everywhere, such as optimal transport or a
//! Tutte embedding, tears blocks at corners and furniture, or shrinks what lies behind a narrow door to a
//! point.
//!
//! # Other orders to cut in
//!
//! The cells are swept in a plain order, column by column or row by row. Four others were tried on 11
//! Valetudo, 5 ROS and 12 Neato maps and 24 made-up homes with four draws each, measured by
//! [`chart_quality`](super::HouseKey::chart_quality). In each field the four sets, in this order:
//!
//! | order | a third in one piece | neighbours kept | directions |
//! | --- | --- | --- | --- |
//! | plain | .880 .916 .851 .927 | .81 .88 .85 .91 | .82 .87 .85 .88 |
//! | plain, axis and place chosen for fewest strays | .872 .899 .832 .922 | .81 .87 .84 .91 | .82 .87 .84 .88 |
//! | distance from the near end less that from the far end, anew for each half | .867 .910 .840 .916 | .81 .88 .83 .90 | .82 .87 .84 .88 |
//! | harmonic (Tutte 1963), once a zone | .892 .937 .901 .926 | .73 .80 .81 .81 | .70 .78 .75 .78 |
//! | harmonic, anew for halves of 16 blocks and more | .904 .944 .940 .935 | .71 .77 .83 .78 | .66 .73 .73 .73 |
//!
//! All of them have every block connected, patches within half to twice their due (1.000 of those that deserve
//! four cells), and a median of 1.11 to 1.12 of the floor due under a spot of 1 m. Harmonic coordinates follow
//! a zone of many rooms round its corners, so a rectangle keeps together better, most so where zones are
//! crooked (Neato). They pay for it with directions, since a room behind a door is turned until its walls lie
//! on the rectangle's sides, and with the time of solving for them: untuned, release and key together took
//! roughly three to six times as long with one solution a zone and ten times with one a half. Hence the plain
//! order.
//!
//! What it leaves to be wished for: a third of a zone in one piece falls short of .95 on real maps, because a
//! zone of several rooms is cut across the walls between them. Distances with ends that are narrower than a
//! quarter of the cells did worse the narrower they were.

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
        let near = (0..).zip(&self.leaves).filter(|(other, _)| *other != number);
        let split =
            Split::new(number, self.leaves.len(), (low, high), near.map(|(other, leaf)| (other, leaf.rect)));
        let set = core::mem::take(&mut self.leaves[number].set);

        let along = self.to_home.apply(unit(axis));
        let mut best: Option<(i64, Halves)> = None;
        // Straight across, if that serves; else also along the zone's own coordinates.
        let halves = self.straight(&set, along, quota);
        let (kept, most) = self.weigh(&split, &halves);
        let good = fits(halves.missed, quota, cells) && kept * ENOUGH.1 >= most * ENOUGH.0;
        self.keep(&mut best, &split, kept, halves, quota.min(cells - quota));
        if !good {
            if *embedded[piece].get_or_insert_with(|| self.tutte.embed(&pieces[piece], &mut self.scissors)) {
                let axis = usize::from(axis == Axis::Y);
                let rank = |cell: usize| self.tutte.rank(axis, cell);
                let halves = self.scissors.halve(&set, Order::Ranked(self.lattice, &rank), quota);
                let (kept, _) = self.weigh(&split, &halves);
                self.keep(&mut best, &split, kept, halves, quota.min(cells - quota));
            }
            if best.as_ref().is_none_or(|(_, best)| !fits(best.missed, quota, cells)) {
                // A comb is cut between its teeth, not across them.
                for across in [(along.1, along.0), (-along.1, -along.0)] {
                    let halves = self.straight(&set, across, quota);
                    let (kept, _) = self.weigh(&split, &halves);
                    self.keep(&mut best, &split, kept, halves, quota.min(cells - quota));
                }
            }
        }
        let Some((_, halves)) = best else { return };
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

    /// How much of the borders on the release two halves would keep, and how much there is.
    fn weigh(&mut self, split: &Split, halves: &Halves) -> (i64, i64) {
        self.touch.weigh(&mut self.chart.patch_of, split, &halves.low, &halves.high)
    }

    /// Keeps the better of two ways to cut; of equal ones the first.
    fn keep(&self, best: &mut Option<(i64, Halves)>, split: &Split, kept: i64, halves: Halves, smaller: u32) {
        let value = kept - split.penalty(halves.missed, smaller);
        if best.as_ref().is_none_or(|(most, _)| value > *most) {
            *best = Some((value, halves));
        }
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

/// A straight cut that keeps this share of the borders is good enough.
const ENOUGH: (i64, i64) = (11, 12);

const fn unit(axis: Axis) -> (i64, i64) {
    match axis {
        Axis::X => (1, 0),
        Axis::Y => (0, 1),
    }
}
