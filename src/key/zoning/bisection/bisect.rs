//! The cut itself: the first cells in an order to one side, the others to the other, and strays exchanged.

use alloc::vec::Vec;

use crate::grid::{BitGrid, MAX_SIDE, Span, narrow};
use crate::key::zoning::bisection::ranks::{CellOrder, Ranks};
use crate::key::zoning::bisection::spans::{NO_PIECE, SetPart, SpanPieces, area};

/// Most aims at a quota. Each costs a pass over the spans; the second mostly hits.
const TRIES: usize = 6;

/// A set of more spans than this is cut at the first aim: combs and sieves of cells, and no zone of a home, have so
/// many.
const MANY_SPANS: usize = 1 << 12;

/// A cut fits when it misses its quota by at most this fraction of the smaller side. A patch is the result of
/// about ten cuts in a row: at a sixteenth each, all to the same side, it stays within a factor of two of its due.
const FITS: u32 = 16;

/// Ranks cells by their place along an axis of the grid, given as a unit vector.
pub(in crate::key) fn along((dx, dy): (i64, i64)) -> impl Fn(Span, &mut Vec<u32>) {
    move |span, ranks| {
        let row = i64::from(MAX_SIDE) + dy * i64::from(span.y);
        ranks.extend(span.columns().map(|x| u32::try_from(row + dx * i64::from(x)).unwrap_or(0)));
    }
}

/// A set cut in two.
#[derive(Default)]
pub(in crate::key) struct Halves {
    pub(in crate::key) low: Vec<Span>,
    pub(in crate::key) high: Vec<Span>,
    /// Cells that the lower half has too many or too few.
    pub(in crate::key) missed: u32,
}

/// Memory that every cut uses again.
#[derive(Default)]
pub(in crate::key) struct BisectionBuffers {
    pub(in crate::key) pieces: SpanPieces,
    pub(in crate::key) ranks: Ranks,
    /// The set as it was cut last, in its order: part 0 is the lower side, part 1 the higher one.
    parts: Vec<SetPart>,
    /// Parts of different sides that touch.
    contacts: Vec<(u32, u32)>,
}

/// What came of an aim.
struct Aimed {
    aim: u32,
    low_first: bool,
    /// The piece that the side that gave its strays last keeps, by its number.
    last: u32,
    /// Cells of the lower half.
    got: u32,
    /// Each side had strays: with those of the other side first it may come out otherwise.
    by_order: bool,
}

/// Cuts a connected set of at least two cells into two connected ones, the first of about `quota` cells.
///
/// If strays make the cut miss its quota, it is aimed again by as much as it missed, a few times. If it still
/// misses, the strays of the higher side change first. The cut that misses least is taken.
///
/// # Complexity
/// O(cells + spans · log spans) for each try.
pub(in crate::key) fn bisect_spans(
    set: &[Span],
    ranking: CellOrder<'_>,
    quota: u32,
    buffers: &mut BisectionBuffers,
) -> Halves {
    let total = area(set);
    let fits = |halves: &Halves| halves.missed <= quota.min(total - quota) / FITS;
    buffers.ranks.replace(set, total, ranking);
    let mut best = Halves { missed: u32::MAX, ..Halves::default() };
    let mut known: Vec<Aimed> = Vec::new();
    for low_first in [true, false] {
        let mut aim = quota;
        for _ in 0..TRIES {
            // Aims often come back to an earlier one.
            let is_same = |one: &&Aimed| one.aim == aim && (one.low_first == low_first || !one.by_order);
            let got = if let Some(same) = known.iter().find(is_same) {
                same.got
            } else {
                let aimed = cut(set, aim, low_first, buffers);
                let missed = aimed.got.abs_diff(quota);
                if missed < best.missed {
                    best = halves(&aimed, missed, buffers);
                }
                if fits(&best) || set.len() > MANY_SPANS {
                    return best;
                }
                let got = aimed.got;
                known.push(aimed);
                got
            };
            let next = (aim + quota).saturating_sub(got).clamp(1, total - 1);
            if next == aim {
                break;
            }
            aim = next;
        }
    }
    best
}

/// Cuts a set with the one aim at `quota` cells, fewer than it has: the sides are connected if the set is, but may
/// miss the quota by any number of strays.
///
/// # Complexity
/// As a try of [`bisect_spans`].
pub(in crate::key) fn bisect_once(
    set: &[Span],
    ranking: CellOrder<'_>,
    quota: u32,
    buffers: &mut BisectionBuffers,
) -> Halves {
    buffers.ranks.replace(set, area(set), ranking);
    let aimed = cut(set, quota, true, buffers);
    halves(&aimed, aimed.got.abs_diff(quota), buffers)
}

/// Cuts a set after its first `aim` cells by the ranks found, and exchanges the strays, those of the lower side
/// first or last: each side gives all its pieces but the largest (ties: the one with the first cell) to the other.
fn cut(set: &[Span], aim: u32, low_first: bool, buffers: &mut BisectionBuffers) -> Aimed {
    let BisectionBuffers { pieces, ranks, parts, contacts } = buffers;
    split(set, &ranks.after(aim), parts);
    contacts.clear();
    pieces.find(parts, &mut |lower, upper| contacts.push((narrow(lower), narrow(upper))));
    let first = u16::from(!low_first);
    let (main, given) = largest(pieces.iter().filter(|&(_, of, _)| of == first));
    let own = pieces.iter().count() - given;
    if given > 1 {
        // Strays make one piece with those of the other side that they touch.
        for &(a, b) in &*contacts {
            let (a, b) = (pieces.of_part(a as usize), pieces.of_part(b as usize));
            if a != main && b != main {
                pieces.unite(a, b);
            }
        }
    }
    let (last, _) = largest(pieces.iter().filter(|&(piece, ..)| piece != main));
    let (all, kept) = (area(set), pieces.area(last));
    let got = if low_first { all - kept } else { kept };
    Aimed { aim, low_first, last, got, by_order: own > 1 && given > 1 }
}

/// Splits spans into stretches of cells of one side, given the numbers of those of the higher one.
fn split(set: &[Span], high: &BitGrid, parts: &mut Vec<SetPart>) {
    parts.clear();
    let mut first = 0;
    for &span in set {
        let mut start = span.start;
        while start < span.end {
            let left = (span.end - start).min(64);
            let bits = high.bits(first, left.into());
            let of = bits & 1;
            // As far as all bits are as the lowest.
            let alike = (bits ^ of.wrapping_neg()).trailing_zeros();
            let count = u16::try_from(alike).unwrap_or(left).min(left);
            let (of, end) = (u16::from(of == 1), start + count);
            match parts.last_mut() {
                Some(last) if start > span.start && last.of == of => last.span.end = end,
                _ => parts.push(SetPart { span: Span { start, end, ..span }, of }),
            }
            (start, first) = (end, first + usize::from(count));
        }
    }
}

/// The sides of the set that was cut last.
fn halves(aimed: &Aimed, missed: u32, buffers: &mut BisectionBuffers) -> Halves {
    let mut counts = [0; 2];
    for (number, part) in buffers.parts.iter_mut().enumerate() {
        let is_last = buffers.pieces.of_part(number) == aimed.last;
        part.of = u16::from(is_last == aimed.low_first);
        counts[usize::from(part.of)] += 1;
    }
    let mut sides = counts.map(Vec::with_capacity);
    for &SetPart { span, of } in &buffers.parts {
        let side: &mut Vec<Span> = &mut sides[usize::from(of)];
        match side.last_mut() {
            Some(before) if (before.y, before.end) == (span.y, span.start) => before.end = span.end,
            _ => side.push(span),
        }
    }
    let [low, high] = sides;
    Halves { low, high, missed }
}

/// The largest of some pieces, of equal ones the first, and how many there are.
fn largest(pieces: impl Iterator<Item = (u32, u16, u32)>) -> (u32, usize) {
    let (mut largest, mut most, mut count) = (NO_PIECE, 0, 0);
    for (piece, _, cells) in pieces {
        count += 1;
        if cells > most {
            (largest, most) = (piece, cells);
        }
    }
    (largest, count)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BisectionBuffers, Span, area, cut, halves};
    use crate::grid::{Shape, narrow};
    use crate::key::zoning::bisection::spans_of;

    /// The slow, obvious twin: a side after the other floods its pieces cell by cell, and gives all but the largest.
    fn exchange_slowly(shape: Shape, sides: &mut [u8], order: [u8; 2]) {
        for side in order {
            let mut pieces: Vec<Vec<usize>> = Vec::new();
            for cell in 0..sides.len() {
                if sides[cell] != side || pieces.iter().any(|piece| piece.contains(&cell)) {
                    continue;
                }
                let mut piece = vec![cell];
                let mut at = 0;
                while at < piece.len() {
                    let near: Vec<usize> = shape.neighbours(piece[at]).collect();
                    for near in near {
                        if sides[near] == side && !piece.contains(&near) {
                            piece.push(near);
                        }
                    }
                    at += 1;
                }
                pieces.push(piece);
            }
            let most = pieces.iter().map(Vec::len).max();
            let kept = pieces.iter().position(|piece| Some(piece.len()) == most);
            for (number, piece) in pieces.iter().enumerate() {
                if Some(number) != kept {
                    for &cell in piece {
                        sides[cell] = 3 - side;
                    }
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn a_cut_exchanges_strays_as_cell_by_cell(
            drawn in prop::collection::vec(prop_oneof![1 => Just(0_u8), 3 => Just(1)], 4..150), width in 1..90_usize,
            ranks in prop::collection::vec(0..12_u32, 150), aim in any::<prop::sample::Index>(), low_first in any::<bool>(),
        ) {
            let shape = Shape::of_rows(width, drawn.len());
            let drawn = &drawn[..shape.len()];
            let set = spans_of(drawn, width, 1);
            let mut order: Vec<usize> = (0..drawn.len()).filter(|&cell| drawn[cell] == 1).collect();
            prop_assume!(order.len() > 1);
            order.sort_by_key(|&cell| ranks[cell]);
            let aim = 1 + aim.index(order.len() - 1);
            let mut sides = vec![0; drawn.len()];
            for (place, &cell) in order.iter().enumerate() {
                sides[cell] = if place < aim { 1 } else { 2 };
            }
            let mut buffers = BisectionBuffers::default();
            let ranking =
                |span: Span, out: &mut Vec<u32>| out.extend(span.cells(width).map(|cell| ranks[cell]));
            buffers.ranks.replace(&set, narrow(order.len()), &ranking);
            let aimed = cut(&set, narrow(aim), low_first, &mut buffers);
            let made = halves(&aimed, 0, &mut buffers);
            exchange_slowly(shape, &mut sides, if low_first { [1, 2] } else { [2, 1] });
            prop_assert!(made.low == spans_of(&sides, width, 1));
            prop_assert!(made.high == spans_of(&sides, width, 2));
            prop_assert_eq!(aimed.got, area(&made.low));
        }
    }
}
