//! Charts: a zone's rectangle on the release and its cells in the home, divided together into patches.
//!
//! A rectangle is halved at a multiple of [`BLOCK`](crate::key::chart::blocks::BLOCK) cells of the frame along its long
//! side, the cells at the same quota along the direction in the home that this side stands for, and so on with
//! the halves, all of one size before the next, until a rectangle is one block. Each half is kept connected
//! ([`Scissors::halve`]), so each patch is one connected piece of floor of nearly proportional size, however
//! crooked the room.
//!
//! *Along what.* What lies side by side on the release should touch in the home, so a cut goes by coordinates
//! that follow the whole piece round its corners and furniture and through its doors ([`Tutte`]). A plain room
//! is thus divided in straight lines, and only what furniture or a door would tear bends. Where that misses
//! the quota the floor is a comb, and is cut straight along or across, whichever misses it least.
//!
//! # How good, and what else was tried
//!
//! On 11 Valetudo, 5 ROS and 12 Neato maps, each drawn by four coin sequences under the default policy, in the
//! mean, by [`chart_quality`](super::HouseKey::chart_quality). `cargo bench --bench pipeline -- charts` prints
//! the first row, and any other with a constant changed or a step left out:
//!
//! | coordinates | a third in one piece | neighbours kept | directions |
//! | --- | --- | --- | --- |
//! | as they are | .956 | .868 | .810 |
//! | straight cuts alone | .888 | .855 | .861 |
//! | furniture not drawn together | .927 | .847 | .799 |
//! | sides laid out by arc length alone | .957 | .877 | .795 |
//! | sides laid out by place alone | .953 | .862 | .809 |
//! | level inside a square | .928 | .799 | .771 |
//! | half as many squares | .949 | .857 | .801 |
//! | twice as many squares, 50 sweeps | .959 | .877 | .817 |
//!
//! All of them have every block connected, patches within half to twice their due, and a median of 1.07 to 1.08
//! of the floor due under a spot of 1 m. Choosing the better of a straight cut and one by these coordinates, by
//! the borders that each keeps, was tried too: directions gain .02, a third in one piece loses .01, and it takes
//! longer.
//!
//! What it leaves to be wished for: a strip five times as long as it is wide that stands for a square room has
//! thin patches, and floor behind a door is turned towards it.

use crate::atlas::Axis;
use crate::grid::{CellRect, NO_CELL, Shape, Span, Symmetry, narrow};
use crate::key::bisection::{Halves, Order, Scissors, area, moments};
use crate::key::chart::blocks::{blocks, cuts, divide, long_side, middle_cut};
use crate::key::chart::harmonic::Tutte;
use crate::key::zoning::zones::Piece;

/// No patch.
pub(in crate::key) const NO_PATCH: u16 = u16::MAX;

/// A piece of floor and the blocks that stand for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::key) struct Patch {
    pub(in crate::key) zone: u8,
    /// In cells of the frame.
    pub(in crate::key) rect: CellRect,
    /// The cell of the home that its points are lifted to.
    pub(in crate::key) stand: u32,
}

/// The patches of all zones, and which one each cell of the home lies in.
pub(in crate::key) struct Chart {
    pub(in crate::key) patches: Vec<Patch>,
    pub(in crate::key) patch_of: Vec<u16>,
    /// Cells of T in pieces so many that there is no block left for them.
    pub(in crate::key) uncharted: u32,
}

/// Draws the charts of all zones.
///
/// # Complexity
/// O(cells · log blocks + spans · log blocks · log spans), and for each piece O(squares of [`Tutte`] · its sweeps).
pub(in crate::key) fn chart_zones(
    shape: Shape,
    pieces: Vec<Piece>,
    rects: &[CellRect],
    symmetry: Symmetry,
    stand: &[bool],
) -> Chart {
    let to_home = symmetry.inverse();
    let mut drafter = Drafter {
        shape,
        stand,
        to_home,
        scissors: Scissors::default(),
        tutte: Tutte::new(shape, [Axis::X, Axis::Y].map(|axis| to_home.apply(unit(axis)))),
        leaves: Vec::new(),
        chart: Chart { patches: Vec::new(), patch_of: vec![NO_PATCH; shape.len()], uncharted: 0 },
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
    rect: CellRect,
    set: Vec<Span>,
    /// Piece of the zone that it is of.
    piece: usize,
}

struct Drafter<'a> {
    shape: Shape,
    stand: &'a [bool],
    to_home: Symmetry,
    scissors: Scissors,
    tutte: Tutte,
    /// Of the zone at hand.
    leaves: Vec<Leaf>,
    chart: Chart,
}

impl Drafter<'_> {
    /// Shares a rectangle out among the pieces of a zone by area; there are at least as many blocks as pieces.
    fn share(&mut self, rect: CellRect, mut sets: Vec<Vec<Span>>) {
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

    /// Divides the leaves of a zone, all of one size before the next, until each is one block or has too few
    /// cells to be divided; each is a patch then.
    fn draft(&mut self, zone: u8) {
        let pieces: Vec<Vec<Span>> = self.leaves.iter().map(|leaf| leaf.set.clone()).collect();
        let embedded: Vec<bool> =
            pieces.iter().map(|set| self.tutte.embed(set, &mut self.scissors)).collect();
        loop {
            let count = self.leaves.len();
            for number in 0..count {
                self.bisect(number, &embedded);
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
    fn bisect(&mut self, number: usize, embedded: &[bool]) {
        let Leaf { rect, ref set, piece } = self.leaves[number];
        let cells = area(set);
        let axis = long_side(rect).filter(|_| cells >= 2 * LEAST_CELLS);
        let Some((axis, at)) = axis.and_then(|axis| Some((axis, middle_cut(rect, axis)?))) else { return };
        let (low, high) = divide(rect, axis, at);
        let share = (u64::from(cells) * u64::from(low.area()) * 2 + u64::from(rect.area()))
            / (2 * u64::from(rect.area()));
        let quota = u32::try_from(share).unwrap_or(cells).clamp(1, cells - 1);
        let set = core::mem::take(&mut self.leaves[number].set);
        let along = self.to_home.apply(unit(axis));
        let tutte = embedded[piece].then(|| {
            let axis = usize::from(axis == Axis::Y);
            let ranks = |span: Span, ranks: &mut Vec<u32>| self.tutte.ranks(axis, span, ranks);
            self.scissors.halve(&set, Order::Ranked(&ranks), quota)
        });
        let mut best = tutte.unwrap_or_else(|| self.straight(&set, along, quota));
        // A comb is cut between its teeth, not across them.
        for along in [along, (along.1, along.0), (-along.1, -along.0)] {
            if COMB.1 * best.missed <= COMB.0 * quota.min(cells - quota) {
                break;
            }
            let halves = self.straight(&set, along, quota);
            if halves.missed < best.missed {
                best = halves;
            }
        }
        self.leaves[number] = Leaf { rect: low, set: best.low, piece };
        self.leaves.push(Leaf { rect: high, set: best.high, piece });
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

    /// Makes a patch.
    fn close(&mut self, zone: u8, rect: CellRect, set: &[Span]) {
        let number = u16::try_from(self.chart.patches.len()).unwrap_or(NO_PATCH);
        let cells = area(set);
        let (x, y) = moments(set);
        // Sixteenths of a cell are fine enough to tell cells apart.
        let (x, y) = (16 * x / i64::from(cells.max(1)), 16 * y / i64::from(cells.max(1)));
        let mut best: Option<(i64, usize)> = None;
        for span in set {
            let row = span.y as usize * self.shape.width;
            self.chart.patch_of[span.cells(self.shape.width)].fill(number);
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

/// Floor whose smaller half has this share too many or too few is a comb. Few are, so patches stay within a
/// factor of two of their due.
const COMB: (u32, u32) = (3, 16);

/// Parts of fewer than twice as many cells are not divided: the robot itself covers several.
const LEAST_CELLS: u32 = 4;

const fn unit(axis: Axis) -> (i64, i64) {
    match axis {
        Axis::X => (1, 0),
        Axis::Y => (0, 1),
    }
}
