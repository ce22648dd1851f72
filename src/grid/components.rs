//! Connected components of a label grid, over horizontal runs instead of cells.
//!
//! A run is a longest stretch of equal labels in a row. Homes have some tens of cells per run, so the cells are
//! read once, in order, and union–find over the runs costs little more (He, Chao & Suzuki 2008, "A run-based
//! two-scan labeling algorithm"). Cells with a label above 0 are connected over edges, those with label 0 over
//! corners as well, so that a wall drawn as a diagonal line separates.

use alloc::vec::Vec;
use core::ops::Range;

use super::bit_grid::BitGrid;
use super::shape::{Shape, narrow};
use super::span::Span;

/// A longest horizontal run of one label.
#[derive(Clone, Copy)]
pub(crate) struct Run {
    pub(crate) span: Span,
    pub(crate) label: u16,
    pub(crate) component: u32,
}

impl Run {
    /// Number of cells.
    pub(crate) const fn len(&self) -> u32 {
        self.span.len()
    }

    /// The cells of the run in a grid of this width.
    pub(crate) const fn cells(&self, width: usize) -> Range<usize> {
        self.span.cells(width)
    }
}

/// One connected component.
#[derive(Clone, Copy)]
pub(crate) struct Component {
    pub(crate) label: u16,
    /// Number of cells.
    pub(crate) area: u32,
    /// It has a cell in the outermost rows or columns of the grid.
    pub(crate) at_edge: bool,
    /// It encloses other cells, if its label is above 0.
    pub(crate) has_hole: bool,
}

/// Columns and rows that a component lies in, from `low` to before `high`.
#[derive(Clone, Copy)]
pub(crate) struct ComponentBounds {
    low: [u16; 2],
    high: [u16; 2],
}

impl ComponentBounds {
    /// Others lie between these, in columns as in rows.
    pub(crate) fn surround(self, inner: Self) -> bool {
        [0, 1].into_iter().all(|axis| self.low[axis] < inner.low[axis] && inner.high[axis] < self.high[axis])
    }

    /// Number of cells.
    pub(crate) fn area(self) -> u32 {
        let [width, height] = [0, 1].map(|axis| u32::from(self.high[axis] - self.low[axis]));
        width * height
    }

    /// The longer side in cells.
    pub(crate) fn longer_side(self) -> u16 {
        (self.high[0] - self.low[0]).max(self.high[1] - self.low[1])
    }
}

/// The components of a label grid, numbered by their first cell.
pub(crate) struct Components {
    pub(crate) runs: Vec<Run>,
    pub(crate) list: Vec<Component>,
    /// First run of each row, and the number of runs as a last entry.
    rows: Vec<u32>,
}

impl Components {
    /// Labels the components.
    ///
    /// # Complexity
    /// O(cells + runs · log runs) time, 16 bytes a run and 12 a component.
    pub(crate) fn of(labels: &[u16], shape: Shape) -> Self {
        Self::of_starts(&BitGrid::label_starts(labels, shape.width), &|cell| labels[cell])
    }

    /// Labels the components of runs given row by row: `runs` is called with each row's number, and calls its argument
    /// with the columns and the label of each run there. Runs with label 0 are left out.
    ///
    /// # Complexity
    /// O(rows + runs · log runs) time, memory as [`of`](Self::of).
    pub(crate) fn of_runs(
        shape: Shape,
        mut runs: impl FnMut(usize, &mut dyn FnMut(Range<usize>, u16)),
    ) -> Self {
        let mut rows = Vec::with_capacity(shape.height + 1);
        rows.push(0);
        let mut all = Self { runs: Vec::new(), list: Vec::new(), rows };
        for y in 0..shape.height {
            runs(y, &mut |columns, label| {
                if label != 0 {
                    let span = Span::of_row(y, columns.start, columns.end);
                    all.runs.push(Run { span, label, component: narrow(all.runs.len()) });
                }
            });
            all.rows.push(narrow(all.runs.len()));
        }
        all.number(shape.width);
        all
    }

    /// Labels the components of sets of cells, none with a cell of another: label n is that of the n-th set, from 1 on,
    /// and 0 that of all other cells.
    ///
    /// # Complexity
    /// O(cells / 64 + runs · log runs) time, memory as [`of`](Self::of).
    pub(crate) fn of_sets(sets: &[&BitGrid]) -> Self {
        Self::of_starts(&BitGrid::run_starts(sets), &|cell| {
            (1..).zip(sets).find(|(_, set)| set.has(cell)).map_or(0, |(label, _)| label)
        })
    }

    /// Labels the components of what begins at some cells, the first of each row among them, and has the label there.
    /// What begins with the label before it goes on.
    pub(crate) fn of_starts(starts: &BitGrid, label_at: &dyn Fn(usize) -> u16) -> Self {
        let width = starts.shape().width;
        // Counted first: where cells alternate, runs are most of what is held, and a list that grows takes it twice.
        let mut runs: Vec<Run> = Vec::with_capacity(starts.count());
        let mut rows: Vec<u32> = Vec::with_capacity(starts.shape().height + 1);
        let (mut row, mut end) = (0, 0);
        starts.each(|cell| {
            let label = label_at(cell);
            if cell == end {
                rows.push(narrow(runs.len()));
                (row, end) = (cell, cell + width);
            } else if let Some(last) = runs.last_mut() {
                if last.label == label {
                    return;
                }
                last.span = Span::of_row(rows.len() - 1, last.span.start.into(), cell - row);
            }
            let span = Span::of_row(rows.len() - 1, cell - row, width);
            runs.push(Run { span, label, component: narrow(runs.len()) });
        });
        rows.push(narrow(runs.len()));
        let mut all = Self { runs, list: Vec::new(), rows };
        all.number(width);
        all
    }

    /// Labels the components of the cells of a set; those with label 0 have no runs. Where the label may change within
    /// a run of the set a cell is in `apart`.
    ///
    /// # Complexity
    /// O(rows + cells / 64 + runs · log runs) time.
    pub(crate) fn within(set: &BitGrid, apart: &BitGrid, label_at: impl Fn(usize) -> u16) -> Self {
        let shape = set.shape();
        Self::of_runs(shape, |y, add| {
            let row = shape.row(y);
            for Range { mut start, end } in set.runs_in(row.clone()) {
                while start < end {
                    let past = apart.first_of(0, start + 1..end).unwrap_or(end);
                    add(start - row.start..past - row.start, label_at(start));
                    start = past;
                }
            }
        })
    }

    /// Joins runs of one label in neighbouring rows, numbers the components and gathers the list.
    ///
    /// While runs are joined, the component of each is another run of it, at last the first: disjoint sets as in
    /// [`DisjointSets`](super::disjoint_sets::DisjointSets), without a list of their own.
    fn number(&mut self, width: usize) {
        let mut count = self.runs.len();
        // Runs that hang together already: there is a hole between these.
        let mut around_holes: Vec<u32> = Vec::new();
        let mut join = |runs: &mut [Run], lower: usize, upper: usize| {
            let (one, other) = (first_of(runs, lower), first_of(runs, upper));
            if one != other {
                runs[one.max(other)].component = narrow(one.min(other));
                count -= 1;
            } else if runs[one].label != 0 {
                around_holes.push(narrow(one));
            }
        };
        let mut below = 0;
        for ends in self.rows.windows(2) {
            let [start, end] = [ends[0] as usize, ends[1] as usize];
            let runs = &mut self.runs[..end];
            let (mut lower, mut upper) = (below, start);
            while lower < start && upper < end {
                let (a, b) = (runs[lower], runs[upper]);
                let reach = u16::from(a.label == 0);
                if a.label == b.label
                    && a.span.start < b.span.end + reach
                    && b.span.start < a.span.end + reach
                {
                    join(runs, lower, upper);
                }
                // Cells without a label touch over corners as well.
                if a.span.end == b.span.end
                    && a.label == 0
                    && runs.get(upper + 1).is_some_and(|next| next.label == 0)
                {
                    join(runs, lower, upper + 1);
                }
                if a.span.end <= b.span.end {
                    lower += 1;
                } else {
                    upper += 1;
                }
            }
            below = start;
        }
        let mut list: Vec<Component> = Vec::with_capacity(count);
        for at in 0..self.runs.len() {
            let Run { span, label, component } = self.runs[at];
            let number = if component as usize == at {
                list.push(Component { label, area: 0, at_edge: false, has_hole: false });
                narrow(list.len() - 1)
            } else {
                // A run comes after the first of its component, which has the number by now.
                self.runs[component as usize].component
            };
            self.runs[at].component = number;
            list[number as usize].area += span.len();
        }
        for run in around_holes {
            list[self.runs[run as usize].component as usize].has_hole = true;
        }
        let height = self.rows.len().saturating_sub(1);
        for y in 0..height {
            let row = self.row(Some(y));
            // Of the rows between only the ends may be at the edge.
            let is_outermost = y == 0 || y + 1 == height;
            let step = if is_outermost { 1 } else { row.len().saturating_sub(1).max(1) };
            for &Run { span: Span { start, end, .. }, component, .. } in row.iter().step_by(step) {
                list[component as usize].at_edge |= is_outermost || start == 0 || usize::from(end) == width;
            }
        }
        self.list = list;
    }

    /// The cells of the components that are wanted, by their numbers.
    ///
    /// # Complexity
    /// O(runs + cells / 64).
    pub(crate) fn cells_where(&self, shape: Shape, wanted: &dyn Fn(u32) -> bool) -> BitGrid {
        let mut cells = BitGrid::none(shape);
        for run in self.runs.iter().filter(|run| wanted(run.component)) {
            cells.insert_all(run.cells(shape.width));
        }
        cells
    }

    /// The bounds of each component.
    pub(crate) fn bounds(&self) -> Vec<ComponentBounds> {
        let mut all = vec![ComponentBounds { low: [u16::MAX; 2], high: [0; 2] }; self.list.len()];
        for run in &self.runs {
            let (bounds, Span { y, start, end }) = (&mut all[run.component as usize], run.span);
            bounds.low = [bounds.low[0].min(start), bounds.low[1].min(y)];
            bounds.high = [bounds.high[0].max(end), bounds.high[1].max(y + 1)];
        }
        all
    }

    /// The runs of a row; none outside the grid.
    fn row(&self, y: Option<usize>) -> &[Run] {
        let ends = y.and_then(|y| Some((*self.rows.get(y)?, *self.rows.get(y + 1)?)));
        ends.map_or(&[], |(start, end)| &self.runs[start as usize..end as usize])
    }

    /// The runs of a row that have cells in some columns.
    ///
    /// # Complexity
    /// O(log runs).
    pub(crate) fn runs_in(&self, y: Option<usize>, columns: Range<u16>) -> impl Iterator<Item = &Run> {
        let row = self.row(y);
        let first = row.partition_point(|run| run.span.end <= columns.start);
        row[first..].iter().take_while(move |run| run.span.start < columns.end)
    }

    /// The runs that share an edge with one.
    pub(crate) fn around(&self, run: &Run) -> impl Iterator<Item = &Run> {
        let Span { y, start, end } = run.span;
        let y = usize::from(y);
        let in_row = self.runs_in(Some(y), start.saturating_sub(1)..end + 1);
        let rows = [y.checked_sub(1), Some(y + 1)];
        in_row.chain(rows.into_iter().flat_map(move |y| self.runs_in(y, start..end)))
    }

    /// Calls `visit` with every pair of runs of two components that touch over an edge or a corner, the one to the left
    /// or below first. All cells are in runs.
    pub(crate) fn touching(&self, visit: &mut dyn FnMut(&Run, &Run)) {
        let mut visit = |a: &Run, b: &Run| {
            if a.component != b.component {
                visit(a, b);
            }
        };
        let mut below: &[Run] = &[];
        for y in 0..self.rows.len().saturating_sub(1) {
            let row = self.row(Some(y));
            for pair in row.windows(2) {
                visit(&pair[0], &pair[1]);
            }
            let (mut lower_rest, mut upper_rest) = (below, row);
            while let ([lower, lower_next @ ..], [upper, upper_next @ ..]) = (lower_rest, upper_rest) {
                visit(lower, upper);
                if lower.span.end <= upper.span.end {
                    lower_rest = lower_next;
                }
                if upper.span.end <= lower.span.end {
                    upper_rest = upper_next;
                }
                // Where both end, the next ones touch these over a corner.
                if lower.span.end == upper.span.end
                    && let ([lower_next, ..], [upper_next, ..]) = (lower_rest, upper_rest)
                {
                    visit(lower, upper_next);
                    visit(lower_next, upper);
                }
            }
            below = row;
        }
    }

    /// Calls `visit` with every pair of runs that share an edge, the one to the left or below first.
    pub(crate) fn contacts(&self, visit: &mut dyn FnMut(&Run, &Run)) {
        let mut below: &[Run] = &[];
        for y in 0..self.rows.len().saturating_sub(1) {
            let row = &self.runs[self.rows[y] as usize..self.rows[y + 1] as usize];
            for pair in row.windows(2).filter(|pair| pair[0].span.end == pair[1].span.start) {
                visit(&pair[0], &pair[1]);
            }
            let (mut lower_rest, mut upper_rest) = (below, row);
            while let (Some(lower), Some(upper)) = (lower_rest.first(), upper_rest.first()) {
                if lower.span.overlaps(upper.span) {
                    visit(lower, upper);
                }
                if lower.span.end <= upper.span.end {
                    lower_rest = &lower_rest[1..];
                } else {
                    upper_rest = &upper_rest[1..];
                }
            }
            below = row;
        }
    }
}

/// The first run of the component of a run, as far as runs are joined. The links passed are halved.
fn first_of(runs: &mut [Run], mut at: usize) -> usize {
    loop {
        let next = runs[at].component as usize;
        if next == at {
            return at;
        }
        let after = runs[next].component;
        runs[at].component = after;
        at = after as usize;
    }
}

private_debug!(Run, Component, ComponentBounds, Components);

#[cfg(test)]
mod tests {
    use super::{BitGrid, Components, Shape};
    use proptest::prelude::*;

    /// The slow, obvious twin: flood fill cell by cell.
    fn flood(labels: &[u16], width: usize) -> Vec<usize> {
        let height = labels.len() / width;
        let mut component = vec![usize::MAX; labels.len()];
        let mut next = 0;
        for seed in 0..labels.len() {
            if component[seed] != usize::MAX {
                continue;
            }
            component[seed] = next;
            let mut stack = vec![seed];
            while let Some(cell) = stack.pop() {
                let (x, y) = (cell % width, cell / width);
                for ny in y.saturating_sub(1)..(y + 2).min(height) {
                    for nx in x.saturating_sub(1)..(x + 2).min(width) {
                        let n = ny * width + nx;
                        let corner = nx != x && ny != y;
                        if labels[n] == labels[cell]
                            && component[n] == usize::MAX
                            && !(corner && labels[cell] > 0)
                        {
                            component[n] = next;
                            stack.push(n);
                        }
                    }
                }
            }
            next += 1;
        }
        component
    }

    proptest! {
        #[test]
        fn runs_and_flood_fill_agree(
            width in prop_oneof![1..12_usize, 60..70_usize],
            cells in prop::collection::vec(0..3_u16, 1..330),
        ) {
            let labels = &cells[..cells.len() / width * width];
            let expected = flood(labels, width);
            let shape = Shape::of_rows(width, labels.len());
            let found = Components::of(labels, shape);
            let sets = [1, 2].map(|label| BitGrid::of(width, labels, |&own| own == label));
            let of_sets = Components::of_sets(&[&sets[0], &sets[1]]);
            let whole = |run: &super::Run| (run.span, run.label, run.component);
            // Of what begins anywhere, too.
            let mut starts = BitGrid::label_starts(labels, width);
            (0..labels.len()).filter(|cell| cell % 3 == 0).for_each(|cell| starts.insert(cell));
            let again = Components::of_starts(&starts, &|cell| labels[cell]);
            prop_assert!(again.runs.iter().map(whole).eq(found.runs.iter().map(whole)));
            prop_assert_eq!(&again.rows, &found.rows);
            prop_assert!(of_sets.runs.iter().map(whole).eq(found.runs.iter().map(whole)));
            prop_assert_eq!(&of_sets.rows, &found.rows);
            // Of some cells alone, as if all others had no label.
            let kept = BitGrid::of_rule(shape, |cell| cell % 5 != 0);
            let left: Vec<u16> =
                (0..labels.len()).map(|cell| if kept.has(cell) { labels[cell] } else { 0 }).collect();
            let expected_within = Components::of(&left, shape);
            let within = Components::within(&kept, &BitGrid::label_starts(labels, width), |cell| labels[cell]);
            let pieces = |all: &Components| {
                let runs = all.runs.iter().filter(|run| run.label != 0);
                runs.map(|run| (run.span, run.label, all.list[run.component as usize].area)).collect::<Vec<_>>()
            };
            prop_assert!(pieces(&within) == pieces(&expected_within));
            let mut numbers = vec![usize::MAX; labels.len()];
            for run in &found.runs {
                numbers[run.cells(width)].fill(run.component as usize);
            }
            prop_assert_eq!(&numbers, &expected);
            for (i, component) in found.list.iter().enumerate() {
                let own: Vec<usize> = (0..labels.len()).filter(|&c| numbers[c] == i).collect();
                prop_assert_eq!(component.area as usize, own.len());
                let at_edge = own.iter().any(|c| {
                    c % width == 0 || c % width == width - 1 || *c < width || *c + width >= labels.len()
                });
                prop_assert_eq!(component.at_edge, at_edge);
                // What hangs together over edges and corners, does not have the number, and does not reach the ends.
                let others: Vec<u16> = numbers.iter().map(|&number| u16::from(number == i)).collect();
                let around = flood(&others, width);
                let is_enclosed = |c: &usize| {
                    let piece = (0..labels.len()).filter(|&other| around[other] == around[*c]);
                    others[*c] == 0 && piece.clone().all(|c| {
                        c % width > 0 && c % width < width - 1 && c >= width && c + width < labels.len()
                    })
                };
                let has_hole = (0..labels.len()).any(|c| is_enclosed(&c));
                prop_assert_eq!(component.has_hole, component.label > 0 && has_hole);
            }
            let mut seen = Vec::new();
            found.contacts(&mut |a, b| seen.push((numbers[a.cells(width).start], numbers[b.cells(width).start])));
            seen.sort_unstable();
            seen.dedup();
            let mut truth = Vec::new();
            for c in 0..labels.len() {
                if c % width + 1 < width && labels[c] != labels[c + 1] {
                    truth.push((numbers[c], numbers[c + 1]));
                }
                if c + width < labels.len() {
                    truth.push((numbers[c], numbers[c + width]));
                }
            }
            truth.sort_unstable();
            truth.dedup();
            prop_assert_eq!(seen, truth);
            // Over edges or corners.
            let mut touching = Vec::new();
            found.touching(&mut |a, b| touching.extend([(a.span, b.span), (b.span, a.span)]));
            let cells = (0..labels.len()).flat_map(|a| (0..labels.len()).map(move |b| (a, b)));
            let pairs = cells.filter(|&(a, b)| {
                let ([x, y], [other_x, other_y]) = ([a % width, a / width], [b % width, b / width]);
                numbers[a] != numbers[b] && x.abs_diff(other_x) <= 1 && y.abs_diff(other_y) <= 1
            });
            let span_of = |cell: usize| {
                found.runs.iter().find(|run| run.cells(width).contains(&cell)).map(|run| run.span).unwrap()
            };
            let mut expected: Vec<_> = pairs.map(|(a, b)| (span_of(a), span_of(b))).collect();
            expected.sort_unstable();
            expected.dedup();
            touching.sort_unstable();
            prop_assert!(touching == expected);
            let (mut contacts, mut around) = (Vec::new(), Vec::new());
            found.contacts(&mut |a, b| contacts.extend([(a.span, b.span), (b.span, a.span)]));
            for run in &found.runs {
                around.extend(found.around(run).filter(|near| near.span != run.span).map(|near| (run.span, near.span)));
            }
            contacts.sort_unstable();
            around.sort_unstable();
            prop_assert!(contacts == around);
        }
    }
}
