//! The cut itself: the first cells in an order to one side, the others to the other, and strays exchanged.

use alloc::vec::Vec;

use crate::grid::sorted::{short, sort_packed};
use crate::grid::{MAX_SIDE, Span, narrow};
use crate::key::bisection::ranks::{CellOrder, Ranks};
use crate::key::bisection::spans::{SpanPieces, area};

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
    for low_first in [true, false] {
        let mut aim = quota;
        for _ in 0..TRIES {
            let halves = cut(set, aim, quota, low_first, buffers);
            let got = area(&halves.low);
            if halves.missed < best.missed {
                best = halves;
            }
            if fits(&best) || set.len() > MANY_SPANS {
                return best;
            }
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
    cut(set, quota, quota, true, buffers)
}

/// Cuts a set after its first `aim` cells by the ranks found, and exchanges the strays, those of the lower side
/// first or last.
fn cut(set: &[Span], aim: u32, quota: u32, low_first: bool, buffers: &mut BisectionBuffers) -> Halves {
    let border = buffers.ranks.select(aim);
    let [mut low, mut high] = cut_ranks(set, &buffers.ranks, border);
    let (first, second) = if low_first { (&mut low, &mut high) } else { (&mut high, &mut low) };
    give_strays(first, second, &mut buffers.pieces);
    give_strays(second, first, &mut buffers.pieces);
    let missed = area(&low).abs_diff(quota);
    Halves { low, high, missed }
}

/// Splits spans into stretches of cells that rank lower than a rank, or are one of the first `ties` cells of
/// it, and stretches of others.
fn cut_ranks(set: &[Span], ranks: &Ranks, (rank, mut ties): (u32, u32)) -> [Vec<Span>; 2] {
    let mut halves = [Vec::new(), Vec::new()];
    for (&span, (bounds, own)) in set.iter().zip(ranks.each()) {
        // Most spans lie on one side.
        if bounds.most < rank || rank < bounds.least {
            halves[usize::from(rank < bounds.least)].push(span);
            continue;
        }
        // The cells of that rank are all early, or none is, but in one span.
        let equal = if ties > 0 { narrow(own.iter().filter(|own| **own == rank).count()) } else { 0 };
        let mut start = span.start;
        let mut push = |side: bool, len: usize| {
            let end = start + u16::try_from(len).unwrap_or(0);
            halves[usize::from(side)].push(Span { start, end, ..span });
            start = end;
        };
        if equal <= ties {
            let is_high = |own: &u32| *own > rank || equal == 0 && *own == rank;
            ties -= equal;
            let mut rest = own;
            while let Some(first) = rest.first() {
                let side = is_high(first);
                let len = stretch(rest, |own| is_high(own) == side);
                push(side, len);
                rest = &rest[len..];
            }
        } else {
            let mut side_of = |own: &u32| {
                let early = *own == rank && ties > 0;
                ties -= u32::from(early);
                *own >= rank && !early
            };
            let sides: Vec<bool> = own.iter().map(&mut side_of).collect();
            sides.chunk_by(|a, b| a == b).for_each(|same| push(same[0], same.len()));
        }
    }
    halves
}

/// Number of ranks from the first on for which a rule holds.
fn stretch(ranks: &[u32], holds: impl Fn(&u32) -> bool) -> usize {
    // So many are asked at once.
    const LANES: usize = 16;
    let all = |chunk: &&[u32]| chunk.iter().fold(true, |all, rank| all & holds(rank));
    let sure = LANES * ranks.chunks_exact(LANES).take_while(all).count();
    sure + ranks[sure..].iter().position(|rank| !holds(rank)).unwrap_or(ranks.len() - sure)
}

/// Gives all pieces of a set but its largest (ties: the one with the first cell) to another.
fn give_strays(set: &mut Vec<Span>, other: &mut Vec<Span>, pieces: &mut SpanPieces) {
    if pieces.unite(set, |_, _| true) < 2 {
        return;
    }
    pieces.measure(set);
    let main = pieces.largest();
    let mut number = 0;
    set.retain(|&span| {
        let stays = pieces.first(number) == main;
        number += 1;
        if !stays {
            other.push(span);
        }
        stays
    });
    let pack = |span: Span| u64::from(span.y) << 32 | u64::from(span.start) << 16 | u64::from(span.end);
    sort_packed(other, pack, |number| {
        let [_, y, start, end] = short(number);
        Span { y, start, end }
    });
    other.dedup_by(|next, last| {
        let touch = next.y == last.y && next.start == last.end;
        if touch {
            last.end = next.end;
        }
        touch
    });
}
