//! The directions of a map's walls: by how much two maps are turned against each other, before anything is placed.
//!
//! Walls are straight. Seen along one of them, many edges of the floor lie in line; seen from elsewhere, they spread
//! evenly. So the sum of squares of the edges' projections has peaks at the directions of walls, wherever the map lies
//! on its canvas. Two maps of one home have the same peaks, one map's turned against the other's: the turns under
//! which they agree best are the ones worth searching (the Hough spectrum of Censi, Iocchi & Grisetti 2005, "Scan
//! matching in the Hough domain"; for merging maps Carpin 2008, "Fast and accurate map merging for multi-robot
//! systems"). A wall and one at a right angle to it count as one direction: the quarter turns are all searched anyhow.

use alloc::vec::Vec;

use super::features::side;
use super::transform::{ONE_BITS, QUARTER, Turn};
use crate::grid::BitGrid;

/// Steps from one direction to the next: a degree.
const STRIDE: i16 = 8;

/// Directions within a quarter turn.
const COUNT: usize = (QUARTER / STRIDE) as usize;

/// Edges looked at: of a home about half of all, so that walls stand out among furniture and stray rays. By a quarter
/// of them a map of few walls may not be recognized at 45°.
const MOST_EDGES: usize = 2048;

/// Parts of a cell that a projection is divided in between the two cells it lies in. Undivided, cells in a grid line up
/// at 45° by themselves.
const PARTS: i32 = 1 << PART_BITS;
const PART_BITS: u32 = 4;

/// Bits of a cosine that are used: a projection is then off by a 16th of a cell at most.
const BITS: u32 = 14;

/// Turns worth searching. Peaks are few: a home has one or two directions, and furniture seldom agrees on a third.
const MOST_TURNS: usize = 4;

/// Directions between two turns worth searching: two degrees.
const APART: usize = 2;

/// How much of a map's edges lie in line, for each direction.
pub(super) struct WallDirections([u64; COUNT]);

impl WallDirections {
    /// Those of a map's edges.
    pub(super) fn of(edge: &BitGrid) -> Self {
        let places: Vec<(i32, i32)> =
            edge.sample(MOST_EDGES).into_iter().map(|(x, y)| (side(x), side(y))).collect();
        let shape = edge.shape();
        let across = PARTS * side(shape.width + shape.height + 1);
        let mut lines = vec![0_u32; 2 * (shape.width + shape.height + 2)];
        let mut strengths = [0; COUNT];
        for (steps, strength) in (0..).step_by(STRIDE.unsigned_abs().into()).zip(&mut strengths) {
            let (cos, sin) = Turn::by(steps).rotation();
            let short = |part: i64| i32::try_from(part >> (ONE_BITS - BITS)).unwrap_or(0);
            for (cos, sin) in [(short(cos), short(sin)), (-short(sin), short(cos))] {
                lines.fill(0);
                for (x, y) in &places {
                    let at = ((cos * x + sin * y) / (1 << (BITS - PART_BITS)) + across).unsigned_abs();
                    let (line, part) = ((at >> PART_BITS) as usize, at % (1 << PART_BITS));
                    if let Some([first, second]) = lines.get_mut(line..line + 2) {
                        *first += (1 << PART_BITS) - part;
                        *second += part;
                    }
                }
                *strength += lines.iter().map(|&edges| u64::from(edges * edges)).sum::<u64>();
            }
        }
        // Above what edges give that lie anywhere, in parts of all: only peaks count.
        let least = strengths.iter().copied().min().unwrap_or(0);
        let strengths = strengths.map(|strength| strength - least);
        let most = strengths.iter().copied().max().unwrap_or(0).max(1);
        Self(
            strengths
                .map(|strength| u64::try_from(u128::from(strength) * 65_535 / u128::from(most)).unwrap_or(0)),
        )
    }

    /// The turns of this map, in steps to the left, up to an eighth of a turn to either side, under which its walls
    /// best have the directions of another's.
    ///
    /// # Complexity
    /// O(directions²).
    pub(super) fn turns_to(&self, other: &Self) -> Vec<i16> {
        let agree = |by: usize| -> u64 {
            let turned = other.0.iter().cycle().skip(by);
            self.0.iter().zip(turned).map(|(own, other)| own * other).sum()
        };
        let agreement: Vec<u64> = (0..COUNT).map(agree).collect();
        let apart = |a: usize, b: usize| a.abs_diff(b).min(COUNT - a.abs_diff(b));
        let mut taken: Vec<usize> = Vec::new();
        while taken.len() < MOST_TURNS {
            let left = (0..COUNT).filter(|&by| taken.iter().all(|&other| apart(by, other) >= APART));
            // Of equal ones the first.
            let Some(best) = left.rev().max_by_key(|&by| agreement[by]) else { break };
            taken.push(best);
        }
        let steps = |by: usize| STRIDE * i16::try_from(by).unwrap_or(0);
        taken.into_iter().map(|by| Turn::by(steps(by)).steps).collect()
    }
}
