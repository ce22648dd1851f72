//! Which of several pieces of floor or places, where nothing that matters tells them apart.
//!
//! The order of cells must not: a robot that turns its grid by a half turns their order about, and would be served on
//! other floor the day after. So the piece wins whose cells lie closest together, which no turn, shift or mirror
//! changes, and of pieces alike in that too the one that lies first along the axes of the robot's frame. Where that
//! is not known, it is taken for the grid's.

use crate::grid::components::Components;
use crate::grid::{BitGrid, RobotFrame, Shape, narrow};

/// Of some pieces the one to take.
///
/// # Complexity
/// O(cells) where there are two or more.
pub(super) fn taken(
    pieces: &Components,
    among: impl Fn(u32) -> bool,
    shape: Shape,
    frame: RobotFrame,
) -> Option<u32> {
    let mut alike = (0..narrow(pieces.list.len())).filter(|&piece| among(piece));
    let first = alike.next()?;
    if alike.next().is_none() {
        return Some(first);
    }
    let mut spreads = vec![Spread::default(); pieces.list.len()];
    each(pieces, shape, among, |piece, cell| spreads[piece as usize].add(shape.place(cell)));
    let closest = spreads.iter().filter(|spread| spread.count > 0).map(Spread::squared).min()?;
    let mut taken = None;
    let is_closest = |piece: u32| {
        let spread = &spreads[piece as usize];
        spread.count > 0 && spread.squared() == closest
    };
    each(pieces, shape, is_closest, |piece, cell| {
        let here = (frame.along_axes(shape.place(cell)), piece);
        if taken.is_none_or(|taken| here < taken) {
            taken = Some(here);
        }
    });
    taken.map(|(_, piece)| piece)
}

/// Calls `visit` with every cell of some pieces.
fn each(pieces: &Components, shape: Shape, among: impl Fn(u32) -> bool, mut visit: impl FnMut(u32, u32)) {
    for run in pieces.runs.iter().filter(|run| among(run.component)) {
        run.cells(shape.width).for_each(|cell| visit(run.component, narrow(cell)));
    }
}

/// How far the cells of a piece lie apart.
#[derive(Clone, Default)]
struct Spread {
    count: u32,
    sum: (u64, u64),
    squares: u64,
}

impl Spread {
    const fn add(&mut self, (x, y): (i64, i64)) {
        let (x, y) = (x.unsigned_abs(), y.unsigned_abs());
        self.count += 1;
        self.sum = (self.sum.0 + x, self.sum.1 + y);
        self.squares += x * x + y * y;
    }

    /// The sum of squared distances between all pairs of cells.
    fn squared(&self) -> u128 {
        let square = |sum: u64| u128::from(sum) * u128::from(sum);
        u128::from(self.count) * u128::from(self.squares) - square(self.sum.0) - square(self.sum.1)
    }
}

/// Of some cells of a set the one nearest to where the set's middle lies, which no turn, shift or mirror changes; and
/// of cells alike in that too the one that lies first along the axes of the robot's frame.
///
/// # Complexity
/// O(cells of the set) where there are two or more.
pub(super) fn cell_taken(alike: &[u32], set: &BitGrid, frame: RobotFrame) -> Option<u32> {
    if let &[cell] = alike {
        return Some(cell);
    }
    let (shape, mut sum) = (set.shape(), (0, 0));
    set.each(|cell| {
        let (x, y) = shape.place(narrow(cell));
        sum = (sum.0 + x, sum.1 + y);
    });
    let count = i64::from(narrow(set.count()));
    // The squared distance to the middle, times the number of cells, but for what is the same for all.
    let far = |(x, y): (i64, i64)| count * (x * x + y * y) - 2 * (x * sum.0 + y * sum.1);
    let rank = |place| (far(place), frame.along_axes(place));
    alike.iter().copied().min_by_key(|&cell| rank(shape.place(cell)))
}
