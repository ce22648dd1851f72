//! Harmonic coordinates: they follow a piece of a zone round its corners.
//!
//! It takes a connected piece, and gives each of its cells two coordinates on a rectangle. The outer boundary of
//! the piece is laid on the boundary of the rectangle, corners on the outermost cells, and every place inside is
//! the weighted mean of its neighbours (Tutte 1963, "How to draw a graph"). Three things make that a good chart:
//!
//! - *Along a side* of the rectangle the boundary is laid out by its own place along that side, as a straight
//!   chart would, and partly by arc length ([`laid_out`]). A wall that juts in and comes back gets room by arc
//!   length alone. Walls next to a door are such walls: the door widens over the whole height of the rectangle,
//!   and a cut by these coordinates runs through it from wall to wall.
//! - *Furniture* is a face of the graph inside the piece. A vertex in every such face, bound to the cells around
//!   it ([`PULL`]), keeps the graph planar, so Tutte's theorem still holds. It draws the face together until
//!   hardly anything of it is left on the rectangle. What is drawn across a table is then one piece around it.
//! - *Fineness.* Cells are gathered in squares of 1, 2, 4 … cells a side, so large that a piece has about
//!   [`SQUARES`] of them; a square that a wall divides counts as several. Inside a square the coordinates are
//!   linear, with the slope that fits the neighbouring squares best.
//!
//! The means are found by a fixed number of sweeps of successive over-relaxation (Young 1954) in integers, so
//! every machine gets the same. They need not converge: cuts by any coordinates are made connected by
//! [`bisect_spans`](crate::key::zoning::bisection::bisect_spans).

use alloc::vec::Vec;

use crate::grid::{Shape, Span, narrow};
use crate::key::chart::boundary::{ONE, faces, laid_out};
use crate::key::chart::edge_weights::{EdgeList, EdgeWeights, WHOLE};
use crate::key::chart::piece_ranks::PieceRanks;
use crate::key::zoning::bisection::{SetPart, SpanPieces, area, moments};

/// Squares that a piece is seen as, at most about. A zone has about a hundred patches, so each is seen as
/// some twenty squares: half as many blur the cuts, twice as many cost more than they gain.
const SQUARES: u32 = 2048;

/// The largest side of a square: that of the largest grid, if one piece were all of it.
const LARGEST: u16 = 128;

/// Sweeps over all squares: fewer than a piece of [`SQUARES`] squares is wide. They start from the straight chart,
/// and charts do not get better by more.
const SWEEPS: usize = 30;

/// Sixteenths by which a sweep goes past the mean: about the optimum for thirty to fifty squares a side.
const OVER: i64 = 29;

/// How many times as strongly a cell is bound to the furniture next to it as to the cells next to it: enough that
/// hardly anything of a table is left on the rectangle.
const PULL: u32 = 4;

/// Parts of a cell in which middles of squares are counted; whole cells are too coarse for small squares.
const FINE: i64 = 16;

/// Parts of a coordinate in which slopes are counted, so that their rounding does not add up over a square.
const STEEP: i64 = 256;

/// No square.
const NO_SQUARE: u16 = u16::MAX;

/// The cells of a square, or a piece of them where a wall divides it.
#[derive(Clone, Default)]
struct Square {
    /// Its middle in the home, in sixteenths of a cell.
    middle: [i32; 2],
    /// Its coordinates on the rectangle.
    drawn: [i32; 2],
    /// For each of them, how many 256ths it rises by for a sixteenth of a cell to the right and up.
    slope: [[i32; 2]; 2],
}

/// Coordinates of the pieces of one zone, while they are found.
pub(super) struct HarmonicCoordinates {
    /// Column and row of the first cell of a part of the grid that holds the pieces, and the part's shape. Squares are
    /// laid out as on the whole grid.
    corner: [u16; 2],
    shape: Shape,
    /// Directions in the home that the drawn axes stand for.
    axes: [(i64, i64); 2],
    /// The square of each cell, or [`NO_SQUARE`].
    square_of: Vec<u16>,
    squares: Vec<Square>,
}

impl HarmonicCoordinates {
    /// None yet, for these pieces.
    pub(super) fn new(pieces: &[Vec<Span>], axes: [(i64, i64); 2]) -> Self {
        let spans = || pieces.iter().flatten();
        let low = |of: fn(&Span) -> u16| spans().map(of).min().unwrap_or(0) / LARGEST * LARGEST;
        let corner = [low(|span| span.start), low(|span| span.y)];
        let high = |of: fn(&Span) -> u16| spans().map(of).max().unwrap_or(0);
        let (width, height) = (high(|span| span.end) - corner[0], high(|span| span.y) + 1 - corner[1]);
        let shape = Shape::new(width.into(), height.into());
        Self { corner, shape, axes, square_of: Vec::new(), squares: Vec::new() }
    }

    /// A span as it lies in the part of the grid.
    const fn within(&self, span: Span) -> Span {
        let [x, y] = self.corner;
        Span { y: span.y - y, start: span.start - x, end: span.end - x }
    }

    /// Appends the ranks of a span's cells along a drawn axis, in a piece with squares of this side.
    fn ranks(&self, axis: usize, side: u16, span: Span, ranks: &mut Vec<u32>) {
        let nothing = Square::default();
        let square_of = &self.square_of[span.cells(self.shape.width)];
        for part in stretches(span, side) {
            let number = square_of[usize::from(part.start - span.start)];
            let Square { middle, drawn, slope } = self.squares.get(usize::from(number)).unwrap_or(&nothing);
            let [right, up] = slope[axis].map(i64::from);
            let [x, y] = [part.start, part.y].map(|at| FINE * i64::from(at));
            let [dx, dy] = [x - i64::from(middle[0]), y - i64::from(middle[1])];
            let first = STEEP * (i64::from(drawn[axis]) + ONE) + dx * right + dy * up;
            let values = |at: u32| first + i64::from(at) * FINE * right;
            // A slope may lead past the rectangle's side.
            let rank = |at: u32| u32::try_from(values(at).div_euclid(STEEP)).unwrap_or(0);
            ranks.extend((0..part.len()).map(rank));
        }
    }

    /// A place of the home along the drawn axes.
    fn turned(&self, (x, y): (i64, i64)) -> [i64; 2] {
        self.axes.map(|(dx, dy)| dx * x + dy * y)
    }

    /// Finds the coordinates of a connected piece, and gives its cells' ranks by them. Nothing if it is in too many
    /// squares.
    ///
    /// # Complexity
    /// O(cells + sweeps · squares).
    pub(super) fn embed(&mut self, set: &[Span], pieces: &mut SpanPieces) -> Option<PieceRanks> {
        self.square_of.resize(self.shape.len(), NO_SQUARE);
        let mut side = 1;
        while area(set) > SQUARES * u32::from(side).pow(2) {
            side *= 2;
        }
        let (whole, set) = (set, &*set.iter().map(|&span| self.within(span)).collect::<Vec<_>>());
        let first = self.squares.len();
        if !self.number_squares(set, side, pieces) {
            return None;
        }
        let faces = faces(self.shape, set, |cell| self.square_of[cell] != NO_SQUARE);
        let (outer, inner) = faces.split_first()?;
        let real = self.squares.len();
        if real + inner.len() >= usize::from(NO_SQUARE) {
            return None;
        }
        let fixed = self.lay_boundary(outer, first);
        let weights = self.edge_weights(set, side, first, inner);
        // The vertices in the furniture's faces are drawn as well, and forgotten.
        self.squares.reserve_exact(inner.len());
        self.squares.resize(real + inner.len(), Square { drawn: [small(ONE / 2); 2], ..Square::default() });
        self.relax(first, &weights, &fixed);
        self.squares.truncate(real);
        self.find_slopes(first, &weights);
        Some(PieceRanks::of(whole, |axis, span, ranks| self.ranks(axis, side, self.within(span), ranks)))
    }

    /// Numbers the squares of a piece, and draws each where a straight chart would.
    fn number_squares(&mut self, set: &[Span], side: u16, pieces: &mut SpanPieces) -> bool {
        let part = |span: Span| SetPart { span, of: span.y / side };
        let parts: Vec<SetPart> = set.iter().flat_map(|&span| stretches(span, side)).map(part).collect();
        pieces.find(&parts, &mut |_, _| ());
        let first = self.squares.len();
        // The square of each piece, and for each square cells, and sums of their columns and rows.
        let mut numbers: Vec<u16> = Vec::new();
        let mut sums: Vec<[i64; 3]> = Vec::new();
        for (piece, ..) in pieces.iter() {
            numbers.resize(piece as usize, NO_SQUARE);
            numbers.push(u16::try_from(first + sums.len()).unwrap_or(NO_SQUARE));
            sums.push([0; 3]);
        }
        if first + sums.len() >= usize::from(NO_SQUARE) {
            return false;
        }
        self.squares.reserve_exact(sums.len());
        for (at, SetPart { span, .. }) in parts.iter().enumerate() {
            let number = numbers[pieces.of_part(at) as usize];
            let [cells, x, y] = &mut sums[usize::from(number) - first];
            let (columns, rows) = moments(core::slice::from_ref(span));
            (*cells, *x, *y) = (*cells + i64::from(span.len()), *x + columns, *y + rows);
            self.square_of[span.cells(self.shape.width)].fill(number);
        }
        let [bottom, top] = [set.first(), set.last()].map(|span| span.map_or(0, |span| i64::from(span.y)));
        let left = set.iter().map(|span| span.start).min().unwrap_or(0);
        let right = set.iter().map(|span| span.end).max().unwrap_or(1) - 1;
        let (a, b) = (self.turned((left.into(), bottom)), self.turned((right.into(), top)));
        for [cells, x, y] in sums {
            let middle = [FINE * x / cells, FINE * y / cells];
            let turned = self.turned(middle.into());
            let drawn = [0, 1].map(|axis| {
                let (low, high) = (a[axis].min(b[axis]), a[axis].max(b[axis]));
                small((turned[axis] - FINE * low) * ONE / (FINE * (high - low).max(1)))
            });
            self.squares.push(Square { middle: middle.map(small), drawn, slope: [[0; 2]; 2] });
        }
        true
    }

    /// The weights of the squares that each square's cells touch, and of the faces of the furniture.
    fn edge_weights(&self, set: &[Span], side: u16, first: usize, faces: &[Vec<u32>]) -> EdgeWeights {
        let width = self.shape.width;
        let count = self.squares.len() - first + faces.len();
        let mut edges = EdgeList::of(count);
        for &span in set {
            let cells = span.cells(width);
            let own = &self.square_of[cells.clone()];
            for part in stretches(span, side).skip(1) {
                let at = usize::from(part.start - span.start);
                edges.add(own[at - 1], own[at], 1);
            }
            // The next row is of the same squares, or of those above.
            if (span.y + 1) % side == 0 && cells.end + width <= self.shape.len() {
                let above = &self.square_of[cells.start + width..];
                let pair = own.iter().zip(above).filter(|(_, above)| **above != NO_SQUARE);
                pair.for_each(|(&lower, &upper)| edges.add(lower, upper, 1));
            }
        }
        for (number, face) in (narrow(self.squares.len())..).zip(faces) {
            let number = u16::try_from(number).unwrap_or(NO_SQUARE);
            for &cell in face {
                edges.add(self.square_of[cell as usize], number, PULL);
            }
        }
        EdgeWeights::of(edges, u16::try_from(first).unwrap_or(NO_SQUARE), count)
    }

    /// Lays the outer boundary of a piece on the rectangle's, and says which squares are on it.
    fn lay_boundary(&mut self, outer: &[u32], first: usize) -> Vec<bool> {
        // Mirrored: counter-clockwise as drawn is clockwise in the home.
        let mirrored = self.axes[0].0 * self.axes[1].1 < self.axes[0].1 * self.axes[1].0;
        let cell = |edge: usize| if mirrored { outer[outer.len() - 1 - edge] } else { outer[edge] };
        let place = |edge: usize| self.turned(self.shape.place(cell(edge)));
        let count = outer.len();
        let corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)].map(|(a, b)| {
            let out = |edge: &usize| {
                let [x, y] = place(*edge);
                (a * x + b * y, core::cmp::Reverse(*edge))
            };
            (0..count).max_by_key(out).unwrap_or(0)
        });
        let mut sums = vec![[0_i64; 3]; self.squares.len() - first];
        let sides = [([0, 0], 0, 1), ([ONE, 0], 1, 1), ([ONE, ONE], 0, -1), ([0, ONE], 1, -1)];
        for (side, (from, axis, sign)) in sides.into_iter().enumerate() {
            let (start, end) = (corners[side], corners[(side + 1) % 4]);
            let edges = (0..(end + count - start) % count).map(|step| (start + step) % count);
            let places: Vec<i64> = edges.clone().map(|edge| sign * place(edge)[axis]).collect();
            for (edge, far) in edges.zip(laid_out(places)) {
                let square = usize::from(self.square_of[cell(edge) as usize]);
                if let Some([x, y, edges]) = sums.get_mut(square.wrapping_sub(first)) {
                    let mut at = from;
                    at[axis] += sign * far;
                    (*x, *y, *edges) = (*x + at[0], *y + at[1], *edges + 1);
                }
            }
        }
        for (square, [x, y, edges]) in self.squares[first..].iter_mut().zip(&sums) {
            if *edges > 0 {
                square.drawn = [small(x / edges), small(y / edges)];
            }
        }
        sums.iter().map(|[_, _, edges]| *edges > 0).collect()
    }

    /// Sweeps over all squares that are not fixed.
    fn relax(&mut self, first: usize, weights: &EdgeWeights, fixed: &[bool]) {
        // By themselves they stay in the fastest memory, as wide as they are reckoned with.
        let squares = &mut self.squares[first..];
        let mut all: Vec<[i64; 2]> = squares.iter().map(|square| square.drawn.map(i64::from)).collect();
        let free: Vec<usize> = (0..all.len()).filter(|&number| fixed.get(number) != Some(&true)).collect();
        for _ in 0..SWEEPS {
            for &number in &free {
                let (mut x, mut y) = (0, 0);
                for (near, share) in weights.at(number) {
                    let drawn = all[near];
                    x += share * drawn[0];
                    y += share * drawn[1];
                }
                let drawn = &mut all[number];
                let past = |drawn: i64, mean: i64| drawn + (mean / i64::from(WHOLE) - drawn) * OVER / 16;
                *drawn = [past(drawn[0], x), past(drawn[1], y)];
            }
        }
        squares.iter_mut().zip(all).for_each(|(square, drawn)| square.drawn = drawn.map(small));
    }

    /// Finds how the coordinates change inside each square: the least-squares slope to its neighbours.
    fn find_slopes(&mut self, first: usize, weights: &EdgeWeights) {
        for number in first..self.squares.len() {
            let Square { middle, drawn, .. } = self.squares[number];
            let ([mut xx, mut xy, mut yy], mut rises) = ([0_i64; 3], [[0_i64; 2]; 2]);
            for (near, share) in weights.at(number - first) {
                let Some(near) = self.squares.get(first + near) else { continue };
                let [dx, dy] = [0, 1].map(|axis| i64::from(near.middle[axis] - middle[axis]));
                (xx, xy, yy) = (xx + share * dx * dx, xy + share * dx * dy, yy + share * dy * dy);
                for (axis, rise) in rises.iter_mut().enumerate() {
                    let far = share * i64::from(near.drawn[axis] - drawn[axis]);
                    *rise = [rise[0] + far * dx, rise[1] + far * dy];
                }
            }
            // Squares in a row do not show the slope across it: it is level there.
            let level = (xx + yy) / 16 + 1;
            (xx, yy) = (xx + level, yy + level);
            // Twice as long a number holds what follows: a middle has twenty bits, a share and a coordinate as many.
            let [xx, xy, yy] = [xx, xy, yy].map(i128::from);
            let whole = xx * yy - xy * xy;
            self.squares[number].slope = rises.map(|rise| {
                let [x, y] = rise.map(i128::from);
                [x * yy - y * xy, y * xx - x * xy]
                    .map(|part| i32::try_from(i128::from(STEEP) * part / whole).unwrap_or(0))
            });
        }
    }
}

/// The stretches of a span in the columns of squares, whose side is a power of two.
fn stretches(span: Span, side: u16) -> impl Iterator<Item = Span> {
    let mut start = span.start;
    core::iter::from_fn(move || {
        let part = Span { start, end: (start | (side - 1)).saturating_add(1).min(span.end), ..span };
        start = part.end;
        (part.start < span.end).then_some(part)
    })
}

/// A coordinate, or a difference of two: both fit.
fn small(value: i64) -> i32 {
    i32::try_from(value).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{HarmonicCoordinates, ONE, PieceRanks, Span, SpanPieces};
    use crate::grid::Symmetry;
    use crate::key::zoning::bisection::spans_of;

    /// The coordinates of a piece as a symmetry has it, drawn in rows from the top, `.` for its cells.
    struct DrawnPiece {
        coordinates: HarmonicCoordinates,
        ranks: PieceRanks,
    }

    impl DrawnPiece {
        fn of(rows: &[&str], symmetry: Symmetry) -> Self {
            let (width, cells) = (rows[0].len(), rows.iter().rev().copied().collect::<String>());
            let set = spans_of(cells.as_bytes(), width, b'.');
            let mut coordinates = HarmonicCoordinates::new(
                core::slice::from_ref(&set),
                [(1, 0), (0, 1)].map(|axis| symmetry.apply(axis)),
            );
            let ranks = coordinates.embed(&set, &mut SpanPieces::default()).unwrap();
            Self { coordinates, ranks }
        }

        /// A cell's coordinate along a drawn axis.
        fn at(&self, axis: usize, (x, y): (u16, u16)) -> i64 {
            i64::from(self.ranks.at(axis, Span { y, start: x, end: x + 1 })[0]) - ONE
        }
    }

    const ROOM: [&str; 6] = [".........."; 6];

    #[test]
    fn a_plain_room_is_drawn_straight_whatever_the_symmetry() {
        // Squares of one cell, and of two a side.
        let wide = ".".repeat(96);
        for (rows, last) in [(ROOM.to_vec(), (9, 5)), (vec![&*wide; 50], (95, 49))] {
            for symmetry in Symmetry::ALL {
                let piece = DrawnPiece::of(&rows, symmetry);
                for (axis, unit) in [(0, (1, 0)), (1, (0, 1))] {
                    let (dx, dy) = symmetry.apply(unit);
                    for (x, y) in (1..last.0).flat_map(|x| (1..last.1).map(move |y| (x, y))) {
                        let step = |by: i64| {
                            let (x, y) = (i64::from(x) + by * dx, i64::from(y) + by * dy);
                            piece.at(axis, (u16::try_from(x).unwrap(), u16::try_from(y).unwrap()))
                        };
                        assert!(step(-1) < step(0) && step(0) < step(1), "{symmetry:?} {axis} {x} {y}");
                    }
                    let all = (0..=last.0).flat_map(|x| (0..=last.1).map(move |y| (x, y)));
                    let (low, high) = all.fold((ONE, 0), |(low, high), cell| {
                        let at = piece.at(axis, cell);
                        (low.min(at), high.max(at))
                    });
                    assert!(low < ONE / 8 && high > ONE - ONE / 8, "the corners are corners");
                }
            }
        }
    }

    #[test]
    fn a_cut_of_two_rooms_runs_through_the_door() {
        let mut rows = ["..........#.........."; 10];
        rows[3] = ".....................";
        rows[4] = rows[3];
        for symmetry in Symmetry::ALL {
            let piece = DrawnPiece::of(&rows, symmetry);
            let axis = usize::from(symmetry.swap);
            let column = |x: u16| (0..10).map(move |y| (x, y));
            let most = |xs: core::ops::Range<u16>| xs.flat_map(column).map(|cell| piece.at(axis, cell)).max();
            let least =
                |xs: core::ops::Range<u16>| xs.flat_map(column).map(|cell| piece.at(axis, cell)).min();
            let (low, high) =
                if piece.coordinates.axes[axis].0 > 0 { (0..10, 11..21) } else { (11..21, 0..10) };
            assert!(most(low) < least(high), "{symmetry:?}");
        }
    }

    #[test]
    fn hardly_anything_is_left_of_a_table() {
        let mut rows = vec!["....................."; 21];
        for row in &mut rows[7..14] {
            *row = ".......#######.......";
        }
        let piece = DrawnPiece::of(&rows, Symmetry::default());
        for axis in 0..2 {
            let across = |from: u16, to: u16| {
                let place = |at: u16| if axis == 0 { (at, 10) } else { (10, at) };
                piece.at(axis, place(to)) - piece.at(axis, place(from))
            };
            assert!(8 * across(6, 14) < across(0, 20), "of a third of the room");
        }
    }
}
