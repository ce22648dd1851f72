//! Coordinates that follow a piece of floor round its corners.
//!
//! The outer boundary of a piece is laid on the boundary of a rectangle by arc length, corners on the
//! outermost cells, and every place inside is the mean of its neighbours (Tutte 1963, "How to draw a
//! graph"). Where two rooms hang together by a door, the walls beside it are part of the boundary: the door
//! widens to the whole way across, and a cut of the floor by these coordinates runs through it from wall to
//! wall. Directions suffer, for a room behind a door is turned until its walls lie on the rectangle's sides.
//!
//! *Fineness.* Cells are gathered in squares of 1, 2, 4 … cells a side, so large that a piece has about
//! [`NODES`] of them; the floor of a square that a wall divides counts as several. Inside a square cells are
//! told apart by their place along the drawn axis.
//!
//! *Exactness.* The means are found by a fixed number of sweeps of successive over-relaxation (Young 1954) in
//! whole numbers, so every machine gets the same. They need not have converged: whatever the coordinates,
//! cuts by them are settled by [`Scissors`].

use super::lattice::{Lattice, narrow};
use super::spans::{Scissors, Span, area};

/// A piece of floor is seen as at most about this many squares. Zones have some hundred patches.
const NODES: u32 = 1024;

/// Sweeps over all squares: about twice as many as a piece of [`NODES`] squares is wide.
const SWEEPS: usize = 60;

/// Sixteenths by which a sweep goes past the mean: the best for squares of some thirty to a side.
const OVER: i64 = 29;

/// The rectangle's side in coordinates.
const ONE: i64 = 1 << 20;

/// Bits that tell cells of one square apart: a grid has at most 4096 columns or rows.
const PLACE_BITS: u32 = 12;

const NONE: u16 = u16::MAX;

/// Coordinates of the pieces of one zone.
pub(super) struct Tutte {
    lattice: Lattice,
    /// Directions in the home that the drawn axes stand for.
    axes: [(i64, i64); 2],
    /// The square of each cell, or [`NONE`].
    node: Vec<u16>,
    values: Vec<[i64; 2]>,
}

impl Tutte {
    pub(super) const fn new(lattice: Lattice, axes: [(i64, i64); 2]) -> Self {
        Self { lattice, axes, node: Vec::new(), values: Vec::new() }
    }

    /// Forgets the pieces, which these cells belong to.
    pub(super) fn clear(&mut self, sets: &[Vec<Span>]) {
        if !self.values.is_empty() {
            for span in sets.iter().flatten() {
                self.node[span.cells(self.lattice)].fill(NONE);
            }
            self.values.clear();
        }
    }

    /// Appends the ranks of a span's cells along a drawn axis.
    pub(super) fn ranks(&self, axis: usize, span: Span, ranks: &mut Vec<u32>) {
        let (dx, _) = self.axes[axis];
        let first = self.drawn((span.start.into(), span.y.into()))[axis];
        let places = (0..).map(|step| (first + dx * step).rem_euclid(1 << PLACE_BITS));
        ranks.extend(self.node[span.cells(self.lattice)].iter().zip(places).map(|(&node, place)| {
            let value = self.values.get(usize::from(node)).map_or(0, |values| values[axis]);
            u32::try_from(value.clamp(0, ONE - 1) << PLACE_BITS | place).unwrap_or(0)
        }));
    }

    /// A place of the home along the drawn axes.
    fn drawn(&self, (x, y): (i64, i64)) -> [i64; 2] {
        self.axes.map(|(dx, dy)| dx * x + dy * y)
    }

    /// Finds the coordinates of a connected piece. Says whether it could; not where it is in too many squares.
    ///
    /// # Complexity
    /// O(cells + sweeps · squares).
    pub(super) fn embed(&mut self, set: &[Span], scissors: &mut Scissors) -> bool {
        self.node.resize(self.lattice.len(), NONE);
        let mut side = 1;
        while area(set) > NODES * side * side {
            side *= 2;
        }
        let first = self.values.len();
        if !self.number(set, side, scissors) {
            return false;
        }
        let links = self.links(set, first);
        let fixed = self.lay_boundary(set, first);
        self.relax(first, &links, &fixed);
        true
    }

    /// Numbers the squares of a piece, and gives each a first place.
    fn number(&mut self, set: &[Span], side: u32, scissors: &mut Scissors) -> bool {
        let side = u16::try_from(side).unwrap_or(u16::MAX);
        let mut parts: Vec<Span> = Vec::new();
        for &span in set {
            let mut start = span.start;
            while start < span.end {
                let end = (start / side + 1).saturating_mul(side).min(span.end);
                parts.push(Span { start, end, ..span });
                start = end;
            }
        }
        let count = scissors.pieces(&parts, |upper, lower| upper.y / side == lower.y / side);
        if self.values.len() + count >= usize::from(NONE) {
            return false;
        }
        let corners = [set.first(), set.last()].map(|span| span.map_or(0, |span| i64::from(span.y)));
        let left = set.iter().map(|span| span.start).min().unwrap_or(0);
        let right = set.iter().map(|span| span.end).max().unwrap_or(1) - 1;
        let (a, b) = (self.drawn((left.into(), corners[0])), self.drawn((right.into(), corners[1])));
        let mut numbers = vec![NONE; parts.len()];
        for (at, part) in parts.iter().enumerate() {
            let root = scissors.piece(at);
            if root == at {
                numbers[at] = u16::try_from(self.values.len()).unwrap_or(NONE);
                let place = self.drawn((i64::from(part.start + part.end - 1) / 2, part.y.into()));
                let share = |axis: usize| {
                    let (low, high) = (a[axis].min(b[axis]), a[axis].max(b[axis]));
                    (place[axis] - low) * ONE / (high - low).max(1)
                };
                self.values.push([share(0), share(1)]);
            }
            let number = numbers[root];
            self.node[part.cells(self.lattice)].fill(number);
        }
        true
    }

    /// Neighbours of each square and how many cells they touch along, from square to square.
    fn links(&self, set: &[Span], first: usize) -> Links {
        let width = self.lattice.width;
        // Along a row one pair follows another of the same squares, so stretches are counted.
        let mut pairs: Vec<([u16; 2], u32)> = Vec::new();
        let mut join = |a: u16, b: u16| {
            if a == b || b == NONE {
                return;
            }
            match pairs.last_mut() {
                Some((last, cells)) if *last == [a, b] => *cells += 1,
                _ => pairs.push(([a, b], 1)),
            }
        };
        for span in set {
            let cells = span.cells(self.lattice);
            for pair in self.node[cells.clone()].windows(2) {
                join(pair[0], pair[1]);
            }
            if cells.end + width <= self.lattice.len() {
                for (&lower, &upper) in self.node[cells.clone()].iter().zip(&self.node[cells.start + width..])
                {
                    join(lower, upper);
                }
            }
        }
        for at in 0..pairs.len() {
            let ([a, b], cells) = pairs[at];
            pairs.push(([b, a], cells));
        }
        pairs.sort_unstable();
        let mut links = Links { starts: vec![0], list: Vec::new() };
        let mut at = 0;
        for node in first..self.values.len() {
            while let Some(&([_, near], _)) = pairs.get(at).filter(|([own, _], _)| usize::from(*own) == node)
            {
                let mut cells = 0;
                while let Some((_, more)) =
                    pairs.get(at).filter(|(pair, _)| usize::from(pair[0]) == node && pair[1] == near)
                {
                    cells += more;
                    at += 1;
                }
                links.list.push((near, cells));
            }
            links.starts.push(links.list.len());
        }
        links
    }

    /// Lays the outer boundary of a piece on the rectangle's, and says which squares are on it.
    fn lay_boundary(&mut self, set: &[Span], first: usize) -> Vec<bool> {
        let mut outline = self.outline(set);
        if self.axes[0].0 * self.axes[1].1 < self.axes[0].1 * self.axes[1].0 {
            // Mirrored: counter-clockwise as drawn is clockwise in the home.
            outline.reverse();
        }
        let count = outline.len();
        let corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)].map(|(a, b)| {
            let out = |edge: &usize| {
                let [x, y] = self.drawn(self.lattice.place(outline[*edge]));
                (a * x + b * y, core::cmp::Reverse(*edge))
            };
            (0..count).max_by_key(out).unwrap_or(0)
        });
        let places = [[0, 0], [ONE, 0], [ONE, ONE], [0, ONE]];
        let mut sums = vec![([0_i64; 2], 0_i64); self.values.len() - first];
        for side in 0..4 {
            let (from, to) = (corners[side], corners[(side + 1) % 4]);
            let (a, b) = (places[side], places[(side + 1) % 4]);
            let length = (to + count - from) % count.max(1);
            for step in 0..length {
                let node = usize::from(self.node[outline[(from + step) % count] as usize]);
                let Some((sum, edges)) = sums.get_mut(node.wrapping_sub(first)) else { continue };
                let (step, length) = (i64::from(narrow(2 * step + 1)), i64::from(narrow(2 * length)));
                for ((sum, a), b) in sum.iter_mut().zip(a).zip(b) {
                    *sum += a + (b - a) * step / length;
                }
                *edges += 1;
            }
        }
        for (value, (sum, edges)) in self.values[first..].iter_mut().zip(&sums) {
            if *edges > 0 {
                *value = sum.map(|sum| sum / edges);
            }
        }
        sums.iter().map(|(_, edges)| *edges > 0).collect()
    }

    /// The cells along the outer boundary of a piece, counter-clockwise, one for each edge between two cells.
    fn outline(&self, set: &[Span]) -> Vec<u32> {
        const WAYS: [(i64, i64); 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];
        let Some(span) = set.first() else { return Vec::new() };
        let inside =
            |x: i64, y: i64| self.lattice.cell(x, y).filter(|&cell| self.node[cell] != NONE).map(narrow);
        let start = (i64::from(span.start), i64::from(span.y));
        // On the edge below the lowest cell, with the floor to the left.
        let (mut at, mut way) = (start, 0);
        let mut outline = Vec::new();
        loop {
            outline.extend(inside(at.0, at.1));
            let (ahead, right) = (WAYS[way], WAYS[(way + 3) % 4]);
            let next = (at.0 + ahead.0, at.1 + ahead.1);
            let beside = (next.0 + right.0, next.1 + right.1);
            if inside(next.0, next.1).is_none() {
                way = (way + 1) % 4;
            } else if inside(beside.0, beside.1).is_none() {
                at = next;
            } else {
                at = beside;
                way = (way + 3) % 4;
            }
            // Each edge of a cell comes once; the bound is never reached.
            if (at, way) == (start, 0) || outline.len() >= 4 * self.lattice.len() {
                return outline;
            }
        }
    }

    fn relax(&mut self, first: usize, links: &Links, fixed: &[bool]) {
        for _ in 0..SWEEPS {
            for (node, _) in fixed.iter().enumerate().filter(|(_, fixed)| !**fixed) {
                let (mut sum, mut weight) = ([0_i64; 2], 0_i64);
                for &(near, cells) in links.of(node) {
                    let value = self.values[usize::from(near)];
                    let cells = i64::from(cells);
                    sum = [sum[0] + cells * value[0], sum[1] + cells * value[1]];
                    weight += cells;
                }
                if weight > 0 {
                    for (value, sum) in self.values[first + node].iter_mut().zip(sum) {
                        *value += (sum / weight - *value) * OVER / 16;
                    }
                }
            }
        }
    }
}

struct Links {
    starts: Vec<usize>,
    list: Vec<(u16, u32)>,
}

impl Links {
    fn of(&self, node: usize) -> &[(u16, u32)] {
        &self.list[self.starts[node]..self.starts[node + 1]]
    }
}

#[cfg(test)]
mod tests {
    use super::{Scissors, Span, Tutte};
    use crate::key::lattice::Lattice;

    /// Two rooms of 10 × 10 cells, and a door two cells wide in the wall between.
    fn two_rooms() -> Vec<Span> {
        let row = |y: u16| {
            let door = (4..6).contains(&y);
            if door {
                vec![Span { y, start: 0, end: 21 }]
            } else {
                vec![Span { y, start: 0, end: 10 }, Span { y, start: 11, end: 21 }]
            }
        };
        (0..10).flat_map(row).collect()
    }

    #[test]
    fn a_wall_between_two_rooms_is_part_of_the_boundary() {
        let lattice = Lattice { width: 21, height: 10 };
        for (axes, mirrored) in [([(1, 0), (0, 1)], false), ([(-1, 0), (0, 1)], true)] {
            let mut tutte = Tutte::new(lattice, axes);
            let set = two_rooms();
            assert!(tutte.embed(&set, &mut Scissors::default()));
            // Around both rooms, less the door on either side, and its two jambs.
            assert_eq!(tutte.outline(&set).len(), 40 + 40 - 2 * 2 + 2);
            let ranks = |axis: usize, start: u16, end: u16| {
                let mut ranks = Vec::new();
                for y in 0..10 {
                    tutte.ranks(axis, Span { y, start, end }, &mut ranks);
                }
                ranks
            };
            let (left, right) = (ranks(0, 0, 10), ranks(0, 11, 21));
            let (low, high) = if mirrored { (right, left) } else { (left, right) };
            assert!(low.iter().max() < high.iter().min(), "a cut in the middle runs through the door");
            for half in [ranks(1, 0, 10), ranks(1, 11, 21)] {
                assert!((0..10).all(|x| half[x] < half[90 + x]), "a mirrored home is not upside down");
            }
            tutte.clear(&[set]);
            assert!(tutte.values.is_empty() && tutte.node.iter().all(|&node| node == super::NONE));
        }
    }
}
