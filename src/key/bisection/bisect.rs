//! The cut itself: the first cells in an order to one side, the others to the other, and strays exchanged.

use alloc::vec::Vec;

use crate::grid::{MAX_SIDE, Span, narrow};
use crate::key::bisection::ranks::Ranks;
use crate::key::bisection::spans::{SpanPieces, area};

/// Most aims at a quota. Each costs a pass over the spans; the second mostly hits.
const TRIES: usize = 6;

/// A set of more spans than this is cut at the first aim: combs and sieves of cells, and no zone of a home, have so
/// many.
const MANY_SPANS: usize = 1 << 12;

/// A cut fits when it misses its quota by at most this fraction of the smaller side. A patch is the result of
/// about ten cuts in a row: at a sixteenth each, all to the same side, it stays within a factor of two of its due.
const FITS: u32 = 16;

/// An order of cells: appends the ranks of a span's cells. Cells of lower rank come first; of one rank those that
/// the set has first.
pub(in crate::key) type CellOrder<'a> = &'a dyn Fn(Span, &mut Vec<u32>);

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
    buffers.ranks.replace(total, |ranks| set.iter().for_each(|&span| ranking(span, ranks)));
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
    buffers.ranks.replace(area(set), |ranks| set.iter().for_each(|&span| ranking(span, ranks)));
    cut(set, quota, quota, true, buffers)
}

/// Cuts a set after its first `aim` cells by the ranks found, and exchanges the strays, those of the lower side
/// first or last.
fn cut(set: &[Span], aim: u32, quota: u32, low_first: bool, buffers: &mut BisectionBuffers) -> Halves {
    let border = buffers.ranks.select(aim);
    let [mut low, mut high] = cut_ranks(set, &buffers.ranks.list, border);
    let (first, second) = if low_first { (&mut low, &mut high) } else { (&mut high, &mut low) };
    give_strays(first, second, &mut buffers.pieces);
    give_strays(second, first, &mut buffers.pieces);
    let missed = area(&low).abs_diff(quota);
    Halves { low, high, missed }
}

/// Splits spans into stretches of cells that rank lower than a rank, or are one of the first `ties` cells of
/// it, and stretches of others.
fn cut_ranks(set: &[Span], mut ranks: &[u32], (rank, mut ties): (u32, u32)) -> [Vec<Span>; 2] {
    let mut halves = [Vec::new(), Vec::new()];
    for &span in set {
        let own;
        (own, ranks) = ranks.split_at(span.len().min(narrow(ranks.len())) as usize);
        let least = own.iter().fold(u32::MAX, |least, &own| least.min(own));
        let most = own.iter().fold(0, |most, &own| most.max(own));
        // Most spans lie on one side.
        if most < rank || rank < least {
            halves[usize::from(rank < least)].push(span);
            continue;
        }
        let mut sides = own.iter().map(|&own| {
            let early = own == rank && ties > 0;
            ties -= u32::from(early);
            usize::from(own >= rank && !early)
        });
        let (mut start, mut side) = (span.start, sides.next().unwrap_or(0));
        for (column, next) in (span.start + 1..span.end).zip(sides) {
            if next != side {
                halves[side].push(Span { start, end: column, ..span });
                (start, side) = (column, next);
            }
        }
        halves[side].push(Span { start, ..span });
    }
    halves
}

/// Gives all pieces of a set but its largest (ties: the one with the first cell) to another.
fn give_strays(set: &mut Vec<Span>, other: &mut Vec<Span>, pieces: &mut SpanPieces) {
    if pieces.find(set, |_, _| true) < 2 {
        return;
    }
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
    // A stable sort, for it is fast on two ordered runs.
    other.sort();
    other.dedup_by(|next, last| {
        let touch = next.y == last.y && next.start == last.end;
        if touch {
            last.end = next.end;
        }
        touch
    });
}
