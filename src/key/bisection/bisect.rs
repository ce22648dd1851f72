//! Sets of cells as horizontal spans, and cutting a connected one in two connected ones.
//!
//! A set is a list of spans by row, then column, no two of which touch in a row. Rooms have some tens of
//! cells a span, so everything here but cutting by ranks costs a few per cent of what it would cell by cell.

use crate::grid::{DisjointSets, Span, narrow};
use crate::key::bisection::ranks::Ranks;

/// Number of cells of a set.
pub(in crate::key) fn area(set: &[Span]) -> u32 {
    set.iter().map(|span| span.len()).sum()
}

/// Sums of the columns and of the rows of a set's cells.
pub(in crate::key) fn moments(set: &[Span]) -> (i64, i64) {
    set.iter().fold((0, 0), |(x, y), span| {
        let (start, end, len) = (i64::from(span.start), i64::from(span.end), i64::from(span.len()));
        // The columns of a span sum to its length times the mean of the first and the last, and one of the
        // two factors is even.
        (x + len * (start + end - 1) / 2, y + len * i64::from(span.y))
    })
}

/// Which cells of a set come first.
#[derive(Clone, Copy)]
pub(in crate::key) enum Order<'a> {
    /// Those to the left; of one column the lowest.
    LeftToRight,
    /// Those below; of one row the leftmost.
    BottomToTop,
    /// Those of lower rank; of one rank as they come in the set. The ranks of a span's cells are appended.
    Ranked(&'a dyn Fn(Span, &mut Vec<u32>)),
}

/// A set cut in two.
pub(in crate::key) struct Halves {
    pub(in crate::key) low: Vec<Span>,
    pub(in crate::key) high: Vec<Span>,
    /// Cells that the lower half has too many or too few.
    pub(in crate::key) missed: u32,
}

/// Buffers that cutting uses again and again.
#[derive(Default)]
pub(in crate::key) struct Scissors {
    sets: DisjointSets,
    sizes: Vec<u32>,
    columns: Vec<u32>,
    ranks: Ranks,
}

impl Scissors {
    /// Cuts a connected set of at least two cells into two connected ones, the first of about `quota` cells.
    ///
    /// The first `quota` cells in order make one side. Of it the largest piece stays, the rest changes sides;
    /// then the same with the other side. Every piece that changes sides touches the side it goes to, since
    /// the whole set is connected, so both are connected. If that misses the quota, it is aimed at anew by as
    /// much, a few times; if it still does, the second side is settled before the first. The best is taken.
    ///
    /// # Complexity
    /// O(spans · log spans) for each try, and O(cells) by ranks.
    pub(in crate::key) fn halve(&mut self, set: &[Span], order: Order<'_>, quota: u32) -> Halves {
        let total = area(set);
        let mut best: Option<Halves> = None;
        if let Order::Ranked(ranks) = order {
            self.ranks.list.clear();
            for &span in set {
                ranks(span, &mut self.ranks.list);
            }
            self.ranks.count();
        }
        for low_first in [true, false] {
            let mut aim = quota;
            for _ in 0..TRIES {
                let (mut low, mut high) = (Vec::new(), Vec::new());
                match order {
                    Order::LeftToRight => self.cut_columns(set, aim, &mut low, &mut high),
                    Order::BottomToTop => cut_rows(set, aim, &mut low, &mut high),
                    Order::Ranked(_) => {
                        let first = self.ranks.select(aim);
                        cut_ranks(set, &self.ranks.list, first, &mut low, &mut high);
                    }
                }
                if low_first {
                    self.give_strays(&mut low, &mut high);
                }
                self.give_strays(&mut high, &mut low);
                if !low_first {
                    self.give_strays(&mut low, &mut high);
                }
                let got = area(&low);
                let missed = got.abs_diff(quota);
                if best.as_ref().is_none_or(|best| missed < best.missed) {
                    best = Some(Halves { low, high, missed });
                }
                let next = (aim + quota).saturating_sub(got).clamp(1, total - 1);
                if fits(missed, quota.min(total - quota)) || next == aim {
                    break;
                }
                aim = next;
            }
            if best.as_ref().is_some_and(|best| fits(best.missed, quota.min(total - quota))) {
                break;
            }
        }
        best.unwrap_or_else(|| Halves { low: set.to_vec(), high: Vec::new(), missed: total - quota })
    }

    fn cut_columns(&mut self, set: &[Span], quota: u32, low: &mut Vec<Span>, high: &mut Vec<Span>) {
        let first = set.iter().map(|span| span.start).min().unwrap_or(0);
        let last = set.iter().map(|span| span.end).max().unwrap_or(0);
        // Differences of the number of cells from one column to the next.
        self.columns.clear();
        self.columns.resize(usize::from(last - first) + 1, 0);
        for span in set {
            let (start, end) = (usize::from(span.start - first), usize::from(span.end - first));
            self.columns[start] = self.columns[start].wrapping_add(1);
            self.columns[end] = self.columns[end].wrapping_sub(1);
        }
        let (mut column, mut height, mut rest) = (first, 0_u32, quota);
        for &change in &self.columns {
            height = height.wrapping_add(change);
            if rest < height || column == last {
                break;
            }
            rest -= height;
            column += 1;
        }
        for &span in set {
            let mut at = column.clamp(span.start, span.end);
            if rest > 0 && span.start <= column && column < span.end {
                at += 1;
                rest -= 1;
            }
            if at > span.start {
                low.push(Span { end: at, ..span });
            }
            if at < span.end {
                high.push(Span { start: at, ..span });
            }
        }
    }

    /// Gives all pieces of a set but its largest (ties: the one with the first cell) to another.
    fn give_strays(&mut self, set: &mut Vec<Span>, other: &mut Vec<Span>) {
        if self.pieces(set, |_, _| true) < 2 {
            return;
        }
        let mut main = 0;
        for (number, &size) in self.sizes.iter().enumerate() {
            if size > self.sizes[main] {
                main = number;
            }
        }
        let mut number = 0;
        let sets = &self.sets;
        set.retain(|&span| {
            let stays = sets.root(narrow(number)) as usize == main;
            number += 1;
            if !stays {
                other.push(span);
            }
            stays
        });
        tidy(other);
    }

    /// Numbers the connected pieces of a set by their first spans, and gives how many there are: `sets`
    /// holds the root of every span, `sizes` at the root the cells of its piece. Spans one above the other
    /// hang together where `join` says so.
    pub(in crate::key) fn pieces(&mut self, set: &[Span], join: impl Fn(Span, Span) -> bool) -> usize {
        self.sets.reset(narrow(set.len()));
        let (mut below, mut row) = (0, 0);
        for upper in 0..set.len() {
            if upper > 0 && set[upper].y != set[upper - 1].y {
                below = row;
                row = upper;
            }
            if row == 0 || set[row - 1].y + 1 != set[upper].y {
                continue;
            }
            while below < row && (set[below].y + 1 < set[upper].y || set[below].end <= set[upper].start) {
                below += 1;
            }
            let mut lower = below;
            while lower < row && set[lower].start < set[upper].end {
                if join(set[upper], set[lower]) {
                    self.sets.union(narrow(upper), narrow(lower));
                }
                lower += 1;
            }
        }
        self.sets.flatten();
        self.sizes.clear();
        self.sizes.resize(set.len(), 0);
        let mut count = 0;
        for (number, span) in set.iter().enumerate() {
            let root = self.sets.root(narrow(number)) as usize;
            self.sizes[root] += span.len();
            count += usize::from(root == number);
        }
        count
    }

    /// The first span of the piece that a span is in, as [`Self::pieces`] found them.
    pub(in crate::key) fn piece(&self, span: usize) -> usize {
        self.sets.root(narrow(span)) as usize
    }
}

/// Most aims at a quota; each costs one pass over the spans, and the second mostly hits.
const TRIES: usize = 6;

/// A cut fits when it misses its quota by no more than this fraction of the smaller side. Patches come of ten
/// cuts in a row: at a sixteenth each, all to the same side, they stay within a factor of two of their due.
const FITS: u32 = 16;

/// Whether a cut that misses its quota by so many cells fits.
const fn fits(missed: u32, smaller: u32) -> bool {
    missed <= smaller / FITS
}

/// Splits spans into stretches of cells that rank lower than a rank, or are one of the first `ties` cells of
/// it, and stretches of others.
fn cut_ranks(
    set: &[Span],
    ranks: &[u32],
    (least, mut ties): (u32, u32),
    low: &mut Vec<Span>,
    high: &mut Vec<Span>,
) {
    let mut sides = ranks.iter().map(|&rank| {
        let early = rank == least && ties > 0;
        ties -= u32::from(early);
        rank < least || early
    });
    for &span in set {
        let mut own = (span.start..span.end).zip(&mut sides);
        let Some((mut start, mut side)) = own.next() else { continue };
        for (column, next) in own {
            if next != side {
                if side { &mut *low } else { &mut *high }.push(Span { start, end: column, ..span });
                (start, side) = (column, next);
            }
        }
        if side { &mut *low } else { &mut *high }.push(Span { start, ..span });
    }
}

fn cut_rows(set: &[Span], quota: u32, low: &mut Vec<Span>, high: &mut Vec<Span>) {
    let mut rest = quota;
    for &span in set {
        if rest >= span.len() {
            rest -= span.len();
            low.push(span);
        } else if rest == 0 {
            high.push(span);
        } else {
            #[expect(clippy::cast_possible_truncation, reason = "less than the span's length")]
            let at = span.start + rest as u16;
            low.push(Span { end: at, ..span });
            high.push(Span { start: at, ..span });
            rest = 0;
        }
    }
}

/// Puts spans in order and joins those that touch in a row.
fn tidy(set: &mut Vec<Span>) {
    // Stable, for that sort knows two ordered runs when it sees them.
    set.sort();
    set.dedup_by(|next, last| {
        let touch = next.y == last.y && next.start == last.end;
        if touch {
            last.end = next.end;
        }
        touch
    });
}
