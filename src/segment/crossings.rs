//! What stands free and is yet no furniture: the crossing of two walls between their doors.
//!
//! Where a wall ends in a doorway on every side, nothing joins what is left of it to other walls, a T or an L with
//! arms of a few decimetres. It is told by the doorways: from two of its ends or more, a wall that faces it is a
//! doorway away.

use super::chord::{Chord, FINE, Ground, Place};
use super::measures::Measures;

/// Left, right, below and above.
const SIDES: [Place; 4] = [[-1, 0], [1, 0], [0, -1], [0, 1]];

/// Straight on and to either side of it, as quarters of the step ahead: up to 14°, 37° and 60° to both sides.
const SECTORS: [[i64; 2]; 5] = [[-1, 1], [-3, -1], [1, 3], [-7, -3], [3, 7]];

/// Whether doorways begin at two or more of the outermost cells of a piece: the one farthest to each of the four sides.
pub(super) fn is_crossing(ground: Ground<'_>, outermost: [[i64; 2]; 4], measures: &Measures) -> bool {
    let is_end = |&(from, side): &([i64; 2], Place)| {
        SECTORS.into_iter().any(|sector| {
            facing(ground, from, side, sector, measures.widest / FINE)
                .and_then(|to| Chord::between(ground, [from, to]))
                .is_some_and(|chord| measures.is_doorway(ground, &chord))
        })
    };
    outermost.into_iter().zip(SIDES).filter(is_end).nth(1).is_some()
}

/// The nearest cell that is no floor in a sector of what lies ahead on one side.
fn facing(ground: Ground<'_>, from: [i64; 2], side: Place, sector: [i64; 2], reach: i64) -> Option<[i64; 2]> {
    let mut best: Option<(i64, [i64; 2])> = None;
    for ahead in 1..=reach + 1 {
        if best.is_some_and(|(squared, _)| squared <= ahead * ahead) {
            break;
        }
        let [first, last] = sector.map(|slope| ahead * slope / 4);
        for sideways in first..=last {
            let squared = ahead * ahead + sideways * sideways;
            let cell = [
                from[0] + side[0] * ahead + side[1] * sideways,
                from[1] + side[1] * ahead + side[0] * sideways,
            ];
            if best.is_none_or(|(least, _)| squared < least) && !ground.is_floor_cell(cell) {
                best = Some((squared, cell));
            }
        }
    }
    best.map(|(_, cell)| cell)
}
