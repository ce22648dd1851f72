//! Charts: a zone's rectangle on the release and its cells in the home, divided together into patches.
//!
//! It takes the pieces of every zone and the zone's rectangle, and gives patches: one connected set of cells for
//! one block of the release, of nearly proportional size, however crooked the room.
//!
//! A rectangle is halved at a multiple of [`BLOCK`](crate::key::chart::BLOCK) cells along its long side, and
//! the zone's cells at the same quota along the direction in the home that this side stands for. The halves are
//! halved again, all of one size before the next, until a rectangle is one block. [`bisect_spans`] keeps each
//! half of the cells connected.
//!
//! *Along what.* What lies side by side on the release should touch in the home, so a cut goes by coordinates
//! that follow the whole piece round its corners and furniture and through its doors
//! ([`HarmonicCoordinates`]). A plain room is divided in straight lines, and only what furniture or a door
//! would tear bends. Where that misses the quota the piece is a comb, and is cut straight along or across,
//! whichever misses it least. Straight cuts alone keep a third of a zone in one piece much less often; choosing
//! between both at every cut, by the borders that each keeps, helps directions but not pieces and takes longer.
//!
//! *What it does not do.* A strip five times as long as it is wide that stands for a square room gets thin
//! patches, and cells behind a door are turned towards the door. `cargo bench --bench pipeline -- charts` prints
//! how smooth charts are ([`chart_quality`](crate::key::HouseKey::chart_quality)).

use alloc::vec::Vec;

use crate::grid::Axis;
use crate::grid::sorted::sorted;
use crate::grid::{BitGrid, CellRect, NO_CELL, Shape, Span, Symmetry, narrow};
use crate::key::chart::blocks::{blocks, cuts, divide, long_side, middle_cut};
use crate::key::chart::carried::{CarriedPatches, LastChart};
use crate::key::chart::harmonic::HarmonicCoordinates;
use crate::key::chart::patch::{NO_PATCH, Patch};
use crate::key::chart::piece_ranks::PieceRanks;
use crate::key::zoning::bisection::{BisectionBuffers, Halves, along, area, bisect_spans, moments};
use crate::key::zoning::zones::ZonePiece;

/// A cut that misses its quota by more than this fraction of the smaller half shows that the piece is a comb. Few
/// are, so patches stay within a factor of two of their due.
const COMB: (u32, u32) = (3, 16);

/// Cells that each half of a set that is divided has in the mean, at least: the robot itself covers several.
const LEAST_CELLS: u32 = 4;

/// The patches of all zones, and which one each cell of the home lies in.
pub(in crate::key) struct Chart {
    pub(in crate::key) patches: Vec<Patch>,
    pub(in crate::key) patch_of: Vec<u16>,
    /// Cells of the serviced floor in so many pieces that there is no block left for them.
    pub(in crate::key) uncharted: u32,
}

/// Draws the charts of all zones, or takes them over from a key's last map.
///
/// # Complexity
/// O(cells · log blocks + spans · log blocks · log spans), and for each piece O(squares · sweeps) of
/// [`HarmonicCoordinates`].
pub(in crate::key) fn chart_zones(
    shape: Shape,
    pieces: Vec<ZonePiece>,
    rects: &[CellRect],
    symmetry: Symmetry,
    poses: &BitGrid,
    last: Option<LastChart<'_>>,
) -> Chart {
    let carried = match last {
        Some(last) => CarriedPatches::of(last, shape, &pieces, rects.len()),
        None => CarriedPatches::none(rects.len()),
    };
    let to_home = symmetry.inverse();
    let mut drafter = Drafter {
        shape,
        poses,
        to_home,
        buffers: BisectionBuffers::default(),
        leaves: Vec::new(),
        embedded: Vec::new(),
        patches: Vec::new(),
        sets: Vec::new(),
    };
    let mut uncharted = 0;
    let mut sets: Vec<Vec<Vec<Span>>> = vec![Vec::new(); rects.len()];
    for piece in pieces {
        if let Some(own) = sets.get_mut(usize::from(piece.zone)) {
            own.push(piece.set);
        }
    }
    for ((zone, &rect), mut own) in (0..).zip(rects).zip(sets) {
        if carried.zones[usize::from(zone)] {
            drafter.take_over(zone, &carried, &own);
            continue;
        }
        let most = blocks(rect) as usize;
        if own.len() > most {
            // The largest stay, in their order.
            own = sorted(own, |a, b| area(b).cmp(&area(a)));
            uncharted += own.drain(most..).map(|set| area(&set)).sum::<u32>();
        }
        if !own.is_empty() {
            drafter.draft(zone, rect, &own);
        }
    }
    // Not before the ranks are gone: both take much memory.
    let Drafter { patches, sets, .. } = drafter;
    let mut patch_of = vec![NO_PATCH; shape.len()];
    for (number, span) in
        (0..).zip(&sets).flat_map(|(number, set)| set.iter().map(move |span| (number, span)))
    {
        patch_of[span.cells(shape.width)].fill(number);
    }
    Chart { patches, patch_of, uncharted }
}

/// A part of a zone's rectangle, and the cells that it stands for.
struct Leaf {
    rect: CellRect,
    set: Vec<Span>,
    /// Number of the zone's piece that it belongs to.
    piece: usize,
}

/// A part of a zone's rectangle and the sets that share it, each with the number of its piece.
type PatchShare = (CellRect, Vec<(usize, Vec<Span>)>);

/// The charts while they are drawn.
struct Drafter<'a> {
    shape: Shape,
    /// Cells that the robot can stand in.
    poses: &'a BitGrid,
    to_home: Symmetry,
    buffers: BisectionBuffers,
    /// Of one zone at a time, as are, for its pieces that have coordinates, the ranks by these.
    leaves: Vec<Leaf>,
    embedded: Vec<Option<PieceRanks>>,
    patches: Vec<Patch>,
    /// The cells of each patch.
    sets: Vec<Vec<Span>>,
}

impl Drafter<'_> {
    /// Shares a rectangle out among pieces of a zone, and parts of them, by area; there are at least as many blocks as
    /// sets. Where no cut between two sets gives both their due, as next to a piece that is due less than a strip of
    /// blocks, the rectangle is halved and with it the set that the middle falls into.
    fn share(&mut self, (rect, mut sets): PatchShare) {
        let axis = long_side(rect);
        let (Some(axis), true) = (axis, sets.len() > 1) else {
            self.leaves.extend(sets.into_iter().map(|(piece, set)| Leaf { rect, set, piece }));
            return;
        };
        let (dx, dy) = self.to_home.apply(unit(axis));
        sets = sorted(sets, |(_, a), (_, b)| {
            let place = |set: &[Span]| {
                let (x, y) = moments(set);
                dx * x + dy * y
            };
            let ahead = i128::from(place(a)) * i128::from(area(b));
            ahead.cmp(&(i128::from(place(b)) * i128::from(area(a)))).then_with(|| a.cmp(b))
        });
        let total: u64 = sets.iter().map(|(_, set)| u64::from(area(set))).sum();
        let whole = u64::from(rect.area());
        let mut best: Option<(u64, u32, usize)> = None;
        for at in cuts(rect, axis) {
            let (low, high) = divide(rect, axis, at);
            let mut before = 0;
            for (number, (_, set)) in (1..sets.len()).zip(&sets) {
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
        let Some((missed, at, number)) = best else { return };
        let (low, high) = divide(rect, axis, at);
        let due = u64::from(low.area().min(high.area())) * total;
        let fits = u64::from(COMB.1) * missed <= u64::from(COMB.0) * due;
        if let Some(halves) = (!fits).then(|| self.halve(rect, axis, &sets)).flatten() {
            return halves.into_iter().for_each(|half| self.share(half));
        }
        let others = sets.split_off(number);
        self.share((low, sets));
        self.share((high, others));
    }

    /// Halves a rectangle and the sets that share it, which are given in order along its long side. Nothing where that
    /// would cut off a sliver, or a half has more sets than blocks.
    fn halve(&mut self, rect: CellRect, axis: Axis, sets: &[(usize, Vec<Span>)]) -> Option<[PatchShare; 2]> {
        let (low, high) = divide(rect, axis, middle_cut(rect, axis)?);
        let total: u32 = sets.iter().map(|(_, set)| area(set)).sum();
        let mut quota = proportion(total, low, rect);
        let number = sets.iter().position(|(_, set)| {
            let cells = area(set);
            let falls = quota < cells;
            quota -= if falls { 0 } else { cells };
            falls
        })?;
        let (piece, set) = &sets[number];
        let is_sliver = quota < LEAST_CELLS || area(set) - quota < LEAST_CELLS;
        if is_sliver || number + 1 > blocks(low) as usize || sets.len() - number > blocks(high) as usize {
            return None;
        }
        let halves = self.bisect(*piece, set, axis, quota);
        let before = sets[..number].iter().cloned().chain([(*piece, halves.low)]);
        let after = [(*piece, halves.high)].into_iter().chain(sets[number + 1..].iter().cloned());
        Some([(low, before.collect()), (high, after.collect())])
    }

    /// Shares a zone's rectangle out among its pieces, divides each part, all of one size before the next, until it is
    /// one block or has too few cells to be divided, and makes patches of them.
    fn draft(&mut self, zone: u8, rect: CellRect, pieces: &[Vec<Span>]) {
        let axes = [Axis::X, Axis::Y].map(|axis| self.to_home.apply(unit(axis)));
        let mut coordinates = HarmonicCoordinates::new(pieces, axes);
        self.embedded = pieces.iter().map(|set| coordinates.embed(set, &mut self.buffers.pieces)).collect();
        // Only the ranks are kept: the cuts take memory too.
        drop(coordinates);
        self.buffers = BisectionBuffers::default();
        self.share((rect, pieces.iter().cloned().enumerate().collect()));
        loop {
            let count = self.leaves.len();
            for number in 0..count {
                self.bisect_leaf(number);
            }
            if self.leaves.len() == count {
                break;
            }
        }
        for leaf in core::mem::take(&mut self.leaves) {
            self.close(zone, leaf.rect, leaf.set);
        }
        self.embedded.clear();
    }

    /// Divides a leaf, if it is large enough.
    fn bisect_leaf(&mut self, number: usize) {
        let Leaf { rect, ref set, piece } = self.leaves[number];
        let cells = area(set);
        let axis = long_side(rect).filter(|_| cells >= 2 * LEAST_CELLS);
        let Some((axis, at)) = axis.and_then(|axis| Some((axis, middle_cut(rect, axis)?))) else { return };
        let (low, high) = divide(rect, axis, at);
        let quota = proportion(cells, low, rect).clamp(1, cells - 1);
        let set = core::mem::take(&mut self.leaves[number].set);
        let halves = self.bisect(piece, &set, axis, quota);
        self.leaves[number] = Leaf { rect: low, set: halves.low, piece };
        self.leaves.push(Leaf { rect: high, set: halves.high, piece });
    }

    /// Cuts a piece, or a part of it, along the direction in the home that an axis of the release stands for.
    fn bisect(&mut self, piece: usize, set: &[Span], axis: Axis, quota: u32) -> Halves {
        let cells = area(set);
        let (dx, dy) = self.to_home.apply(unit(axis));
        let axis = usize::from(axis == Axis::Y);
        let mut best = if let Some(known) = &self.embedded[piece] {
            let ranks = |span: Span, ranks: &mut Vec<u32>| ranks.extend_from_slice(known.at(axis, span));
            bisect_spans(set, &ranks, quota, &mut self.buffers)
        } else {
            self.straight(set, (dx, dy), quota)
        };
        // A comb is cut between its teeth, not across them.
        for direction in [(dx, dy), (dy, dx), (-dy, -dx)] {
            if COMB.1 * best.missed <= COMB.0 * quota.min(cells - quota) {
                break;
            }
            let halves = self.straight(set, direction, quota);
            if halves.missed < best.missed {
                best = halves;
            }
        }
        best
    }

    /// Cuts across a direction of the home.
    fn straight(&mut self, set: &[Span], direction: (i64, i64), quota: u32) -> Halves {
        if direction.0 + direction.1 > 0 {
            bisect_spans(set, &along(direction), quota, &mut self.buffers)
        } else {
            let opposite = along((-direction.0, -direction.1));
            let halves = bisect_spans(set, &opposite, area(set) - quota, &mut self.buffers);
            Halves { low: halves.high, high: halves.low, ..halves }
        }
    }

    /// Makes patches of those that go along.
    fn take_over(&mut self, zone: u8, carried: &CarriedPatches<'_>, pieces: &[Vec<Span>]) {
        let CarriedPatches { patches, patch_of, .. } = carried;
        let width = self.shape.width;
        let first = patches.iter().position(|patch| patch.zone == zone).unwrap_or(patches.len());
        let count = patches[first..].iter().take_while(|patch| patch.zone == zone).count();
        let mut sets: Vec<Vec<Span>> = vec![Vec::new(); count];
        for span in pieces.iter().flatten() {
            for (patch, own) in Span::runs(&patch_of[span.cells(width)], usize::from(span.end - span.start)) {
                let own = Span { y: span.y, start: span.start + own.start, end: span.start + own.end };
                sets[usize::from(patch) - first].push(own);
            }
        }
        for (patch, set) in patches[first..].iter().zip(sets) {
            self.close(zone, patch.rect, set);
        }
    }

    /// Makes a patch.
    fn close(&mut self, zone: u8, rect: CellRect, set: Vec<Span>) {
        let cells = area(&set);
        let (x, y) = moments(&set);
        // Its middle in sixteenths of a cell, which are fine enough to tell cells apart.
        let (x, y) = (16 * x / i64::from(cells.max(1)), 16 * y / i64::from(cells.max(1)));
        let width = self.shape.width;
        // Of a run of poses the one in the nearest column, the first of two.
        let column = usize::try_from((x + 7) / 16).unwrap_or(0);
        let places = set.iter().flat_map(|span| {
            let row = usize::from(span.y) * width;
            let runs = self.poses.runs_in(span.cells(width));
            runs.map(move |run| (row, span.y, (row + column).clamp(run.start, run.end - 1)))
        });
        let nearest = places.min_by_key(|&(row, y_of_row, cell)| {
            let (dx, dy) = (16 * i64::from(narrow(cell - row)) - x, 16 * i64::from(y_of_row) - y);
            dx * dx + dy * dy
        });
        let anchor = nearest.map_or(NO_CELL, |(_, _, cell)| narrow(cell));
        self.patches.push(Patch { zone, rect, anchor });
        self.sets.push(set);
    }
}

/// So many cells of a rectangle are due to a part of it.
fn proportion(cells: u32, part: CellRect, whole: CellRect) -> u32 {
    let (part, whole) = (u64::from(part.area()), u64::from(whole.area()));
    u32::try_from((u64::from(cells) * part * 2 + whole) / (2 * whole)).unwrap_or(cells)
}

const fn unit(axis: Axis) -> (i64, i64) {
    match axis {
        Axis::X => (1, 0),
        Axis::Y => (0, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of the patches of one zone, and those that they are due.
    fn patches(sets: &[CellRect], rect: CellRect) -> Vec<(u32, f64)> {
        let shape = Shape { width: 128, height: 128 };
        let narrow = |n: u32| u16::try_from(n).unwrap();
        let spans = |set: &CellRect| {
            let (start, end) = (narrow(set.x), narrow(set.x + set.width));
            (set.y..set.y + set.height).map(move |y| Span { y: narrow(y), start, end }).collect()
        };
        let pieces = sets.iter().map(|set| ZonePiece { zone: 0, set: spans(set) }).collect();
        let poses = BitGrid::all(shape);
        let chart = chart_zones(shape, pieces, &[rect], Symmetry::ALL[0], &poses, None);
        let all: u32 = sets.iter().map(CellRect::area).sum();
        let patches = (0..).zip(&chart.patches).map(|(number, patch)| {
            let cells = chart.patch_of.iter().filter(|&&own| own == number).count();
            let due = f64::from(all) * f64::from(patch.rect.area()) / f64::from(rect.area());
            (u32::try_from(cells).unwrap(), due)
        });
        patches.collect()
    }

    /// A piece apart that is due less than a block gets a block, not a strip of blocks across the zone.
    #[test]
    fn a_small_piece_apart_takes_a_block() {
        let room = CellRect { x: 0, y: 0, width: 100, height: 60 };
        let rect = CellRect { x: 0, y: 0, width: 96, height: 64 };
        for (x, y) in [(110, 0), (110, 30), (50, 80), (0, 100)] {
            let niche = CellRect { x, y, width: 4, height: 5 };
            let patches = patches(&[room, niche], rect);
            let odd = patches.iter().filter(|(cells, due)| !(0.5..=2.0).contains(&(f64::from(*cells) / due)));
            assert_eq!(patches.len(), 12 * 8, "{x} {y}");
            assert_eq!(odd.count(), 1, "{x} {y}: {patches:?}");
            assert_eq!(patches.iter().map(|(cells, _)| cells).sum::<u32>(), 6020);
        }
    }
}
