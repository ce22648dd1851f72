//! What stands free and is yet no furniture: the crossing of two walls between their doors.
//!
//! Where a wall ends in a doorway on every side, nothing joins what is left of it to other walls, a T or an L with
//! arms of a few decimetres. It is told by the doorways: from two of its ends or more, a wall that faces it is a
//! doorway away.

use super::chord::{Chord, FINE, Ground, Place};
use super::measures::Measures;
use crate::grid::{BitGrid, Symmetry};

/// Left, right, below and above.
const SIDES: [Place; 4] = [[-1, 0], [1, 0], [0, -1], [0, 1]];

/// Straight on and to either side of it, as quarters of the step ahead: up to 14°, 37° and 60° to both sides.
const SECTORS: [[i64; 2]; 5] = [[-1, 1], [-3, -1], [1, 3], [-7, -3], [3, 7]];

/// A floor on which crossings are looked for.
pub(super) struct Crossings<'a> {
    ground: Ground<'a>,
    /// The floor with its axes exchanged, so that what lies across a step ahead is a row on every side.
    exchanged: BitGrid,
    measures: &'a Measures,
}

impl<'a> Crossings<'a> {
    pub(super) fn on(ground: Ground<'a>, measures: &'a Measures) -> Self {
        let exchanged = ground.floor.seen_from(Symmetry { swap: true, ..Symmetry::default() }, 0);
        Self { ground, exchanged, measures }
    }

    /// Whether doorways begin at two or more of the outermost cells of a piece: the one farthest to each of the four
    /// sides.
    pub(super) fn has(&self, outermost: [[i64; 2]; 4]) -> bool {
        let is_end = |&(from, side): &([i64; 2], Place)| {
            SECTORS.into_iter().any(|sector| {
                self.facing(from, side, sector)
                    .and_then(|to| Chord::between(self.ground, [from, to]))
                    .is_some_and(|chord| self.measures.is_doorway(self.ground, &chord))
            })
        };
        outermost.into_iter().zip(SIDES).filter(is_end).nth(1).is_some()
    }

    /// The nearest cell that is no floor in a sector of what lies ahead on one side, not much farther than the widest
    /// doorway.
    fn facing(&self, from: [i64; 2], side: Place, sector: [i64; 2]) -> Option<[i64; 2]> {
        let is_row = side[0] == 0;
        let (floor, [x, y]) =
            if is_row { (self.ground.floor, from) } else { (&self.exchanged, [from[1], from[0]]) };
        let sign = side[0] + side[1];
        let farthest = self.measures.widest / FINE + 1;
        // Its squared distance, how far ahead and how far sideways it lies; and a bound on the latter.
        let (mut best, mut reach) = ([(farthest + 1).pow(2), 0, 0], farthest);
        for ahead in 1..=farthest {
            let [first, last] = sector.map(|slope| ahead * slope / 4);
            let sideways_at_least = first.max(-last).max(0);
            if ahead * ahead + sideways_at_least.pow(2) >= best[0] {
                break;
            }
            let [low, high] = [first.max(-reach), last.min(reach)];
            let columns = if sign > 0 { x + low..x + high + 1 } else { x - high..x - low + 1 };
            floor.each_missing(y + sign * ahead, columns, |column| {
                let sideways = sign * (column - x);
                best = best.min([ahead * ahead + sideways * sideways, ahead, sideways]);
            });
            if best[1] == ahead {
                reach = best[0].isqrt();
            }
        }
        let [_, ahead, sideways] = best;
        let [along, across] = [sign * ahead, sign * sideways];
        let step = if is_row { [across, along] } else { [along, across] };
        (ahead > 0).then_some([from[0] + step[0], from[1] + step[1]])
    }
}
