//! The cut itself: the first cells in an order to one side, the others to the other, and strays exchanged.

use alloc::vec::Vec;

use crate::grid::{BitGrid, MAX_SIDE, Span};
use crate::key::zoning::bisection::ranks::{CellOrder, Ranks};
use crate::key::zoning::bisection::spans::{SetPart, SpanPieces, area};

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
}

/// What came of an aim.
struct Aimed {
    aim: u32,
    low_first: bool,
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
                    best = halves(&buffers.parts, missed);
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
    let Aimed { got, .. } = cut(set, quota, true, buffers);
    halves(&buffers.parts, got.abs_diff(quota))
}

/// Cuts a set after its first `aim` cells by the ranks found, and exchanges the strays, those of the lower side
/// first or last.
fn cut(set: &[Span], aim: u32, low_first: bool, buffers: &mut BisectionBuffers) -> Aimed {
    let BisectionBuffers { pieces, ranks, parts } = buffers;
    split(set, &ranks.after(aim), parts);
    let by_order = exchange_strays(parts, low_first, pieces);
    let got = parts.iter().filter(|part| part.of == 0).map(|part| part.span.len()).sum();
    Aimed { aim, low_first, got, by_order }
}

/// The sides of a set that was cut.
fn halves(parts: &[SetPart], missed: u32) -> Halves {
    let side = |side: u16| {
        let own = parts.iter().filter(|part| part.of == side);
        let mut spans = Vec::with_capacity(own.clone().count());
        spans.extend(own.map(|part| part.span));
        spans
    };
    Halves { low: side(0), high: side(1), missed }
}

/// Splits spans into stretches of cells of one side, given the numbers of those of the higher one.
fn split(set: &[Span], high: &BitGrid, parts: &mut Vec<SetPart>) {
    parts.clear();
    let mut first = 0;
    for &span in set {
        let mut start = span.start;
        let end = first + span.len() as usize;
        for (is_high, cells) in high.stretches_in(first..end) {
            let end = start + u16::try_from(cells.len()).unwrap_or(0);
            parts.push(SetPart { span: Span { start, end, ..span }, of: u16::from(is_high) });
            start = end;
        }
        first = end;
    }
}

/// Each side, one after the other, gives all its pieces but the largest (ties: the one with the first cell) to the
/// other. Says whether both had some to give.
fn exchange_strays(parts: &mut Vec<SetPart>, low_first: bool, pieces: &mut SpanPieces) -> bool {
    if pieces.unite(parts) == 2 {
        return false;
    }
    pieces.measure(parts);
    let (first, second) = if low_first { (0, 1) } else { (1, 0) };
    let [(main, given), (mut other, own)] = [first, second].map(|side| largest(parts, side, pieces));
    if given > 1 {
        give_strays(parts, first, main, pieces);
        pieces.unite(parts);
        pieces.measure(parts);
        (other, _) = largest(parts, second, pieces);
    }
    give_strays(parts, second, other, pieces);
    own > 1 && given > 1
}

/// Gives all pieces of a side but the main one, which has this first part, to the other.
fn give_strays(parts: &mut Vec<SetPart>, side: u16, main: usize, pieces: &SpanPieces) {
    for (number, part) in parts.iter_mut().enumerate() {
        part.of ^= u16::from(part.of == side && pieces.first(number) != main);
    }
    parts.dedup_by(|next, last| {
        let (from, to) = (next.span, last.span);
        let touch = next.of == last.of && (from.y, from.start) == (to.y, to.end);
        last.span.end = if touch { from.end } else { to.end };
        touch
    });
}

/// The first part of the largest piece of a side (ties: the one with the first cell), and how many pieces it has.
fn largest(parts: &[SetPart], side: u16, pieces: &SpanPieces) -> (usize, usize) {
    let (mut largest, mut count) = (0, 0);
    for (number, _) in parts.iter().enumerate().filter(|(_, part)| part.of == side) {
        if pieces.first(number) == number {
            count += 1;
            if count == 1 || pieces.area(number) > pieces.area(largest) {
                largest = number;
            }
        }
    }
    (largest, count)
}
