//! How much wall the two ends of a chord continue.
//!
//! What tells a doorway from a gap between pieces of furniture is not its width but the wall that goes on in its line.
//! *Jambs* are counted where the line runs in something as thin as a wall, with floor on both sides of it. Where
//! furniture stands against the wall it is no longer thin, but the wall's *face* on the other side goes on in line, and
//! it is counted where that holds at both ends. Lengths are in parts of a cell.

use super::chord::{Chord, FINE, Ground, Place, moved};
use super::scale::{INNER_WALL_M, ONE_SIDED_M, OPENING_M, ROOMY_TIMES, Scale, VAST_M, WALL_DEPTH_M};

/// What is looked at around a chord, in cells.
#[derive(Clone, Copy)]
pub(super) struct Reaches {
    /// The thickest wall.
    wall: i64,
    /// How deep behind the floor a wall may lie.
    depth: i64,
    jamb: i64,
    face: i64,
    one_sided: i64,
}

impl Reaches {
    pub(super) fn new(scale: Scale) -> Self {
        let cells = |metres| i64::from(crate::grid::narrow(scale.whole_cells(metres)));
        Self {
            wall: cells(INNER_WALL_M),
            depth: cells(WALL_DEPTH_M),
            jamb: cells(OPENING_M),
            face: cells(VAST_M),
            one_sided: cells(ONE_SIDED_M) * FINE,
        }
    }

    /// Whether a chord continues so much wall, at both ends together, by one of the things that count: thin wall, or on
    /// either of its sides the faces of walls. Wall at one end alone counts up to a door's worth, and wall that is
    /// answered by wall at the other end counts in full.
    pub(super) fn has_wall(&self, ground: Ground<'_>, chord: &Chord, least: i64) -> bool {
        // More than this at one end changes nothing, and less than that is not enough with any wall at the other.
        let most = 2 + (least / 2 + self.one_sided) / FINE;
        let is_enough = |one: i64, other: i64| self.at_both([one, other]) >= least;
        let (across, [first, second]) = (chord.across(), chord.outward());
        let thin = |(end, away)| self.thin(ground, end, away, across, most);
        let one = thin(first);
        if is_enough(one, most) && is_enough(one, thin(second)) {
            return true;
        }
        [across, across.map(|d| -d)].into_iter().any(|side| {
            // Short faces lie in one line with anything.
            let face = |(end, away)| {
                self.face(ground, end, away, side, most)
                    .filter(|&(_, long)| FINE * long >= self.one_sided && is_enough(long, most))
            };
            // They lie in one line, up to a cell at either end.
            face(first).and_then(|one| Some((one, face(second)?))).is_some_and(
                |((one, long_one), (other, long_other))| {
                    (one - other).abs() <= 2 && is_enough(long_one, long_other)
                },
            )
        })
    }

    /// Wall at both ends together, of so many cells each.
    fn at_both(&self, [one, other]: [i64; 2]) -> i64 {
        let both = one.min(other) * FINE;
        2 * both + (one.max(other) * FINE - both).min(self.one_sided)
    }

    /// Whether on both sides of a chord, within a wall's thickness of it, a stretch of floor in its direction is at
    /// least so wide; where the floor is a corridor's on both sides half a cell wider, as its walls are ragged by a
    /// cell.
    pub(super) fn widens(&self, ground: Ground<'_>, chord: &Chord, least: i64) -> bool {
        let half = chord.along.map(|d| d / 2);
        // In half cells. The place itself is one too.
        let roomy = (ROOMY_TIMES * 2 * chord.width).div_euclid(FINE) + 1;
        let widest = [1, -1].map(|side| {
            let mut widest = 0;
            for away in 1..=self.wall {
                let place = moved(chord.centre(), chord.across(), side * away);
                if widest >= roomy || !ground.is_floor(place) {
                    break;
                }
                let free = |sign: i64, most: i64| {
                    (1..most)
                        .find(|&steps| !ground.is_floor(moved(place, half, sign * steps)))
                        .unwrap_or(most)
                };
                let one = free(1, roomy);
                widest = widest.max(one + free(-1, roomy - one + 1) - 1);
            }
            widest * FINE / 2
        });
        let [one, other] = widest;
        let is_corridor = one.max(other) < ROOMY_TIMES * chord.width;
        one.min(other) - if is_corridor { FINE / 2 } else { 0 } >= least
    }

    /// For how many cells, at most so many, a line runs in thin wall. It may cross a thick one: another wall.
    fn thin(&self, ground: Ground<'_>, end: Place, away: Place, across: Place, most: i64) -> i64 {
        let (mut count, mut thick) = (0, 0);
        let mut first: Option<i64> = None;
        for steps in 0..self.jamb {
            let place = moved(end, away, steps);
            let Some(shift) = [0, 1, -1].into_iter().find(|&by| !ground.is_floor(moved(place, across, by)))
            else {
                break;
            };
            let free = |sign: i64| {
                (1..=self.wall).find(|&cells| ground.is_floor(moved(place, across, shift + sign * cells)))
            };
            let is_thin = if let Some((one, other)) = free(1).and_then(|one| Some((one, free(-1)?))) {
                // Twice how far the wall's middle lies off the line. It stays within half a cell and 10° of it.
                let off = one - other + 2 * shift;
                if (off - *first.get_or_insert(off)).abs() > 1 + steps / 3 {
                    break;
                }
                // What is unknown throughout is no wall.
                one + other <= self.wall + 1
                    && (1 - other..one).any(|cells| ground.is_occupied(moved(place, across, shift + cells)))
            } else {
                false
            };
            if is_thin {
                count += 1;
                thick = 0;
                if count >= most {
                    break;
                }
            } else {
                thick += 1;
                if thick > self.wall {
                    break;
                }
            }
        }
        count
    }

    /// Where the floor begins on one side of a line, and for how many cells, at least up to so many, it begins there,
    /// up to a cell and 5°.
    fn face(
        &self,
        ground: Ground<'_>,
        end: Place,
        away: Place,
        side: Place,
        most: i64,
    ) -> Option<(i64, i64)> {
        let begins = |steps: i64| {
            let place = moved(end, away, steps);
            let begins = if ground.is_floor(place) {
                (1..=self.wall)
                    .find(|&cells| !ground.is_floor(moved(place, side, -cells)))
                    .map(|cells| 1 - cells)
            } else {
                (1..=self.wall).find(|&cells| ground.is_floor(moved(place, side, cells)))
            };
            // A wall, and not the unknown, lies right behind.
            begins.filter(|&first| {
                (1..=self.depth).any(|behind| ground.is_occupied(moved(place, side, first - behind)))
            })
        };
        let first = begins(1)?;
        let (mut long, mut off) = (0, 0);
        for steps in 1..self.face.min(most + 1) {
            if begins(steps).is_some_and(|place| (place - first).abs() <= 1 + steps / 12) {
                (long, off) = (steps, 0);
            } else {
                off += 1;
                // Two cells may be missing.
                if off > 2 {
                    break;
                }
            }
        }
        // The end is a cell of it.
        Some((first, long + 1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Chord, FINE, Ground, Place, ROOMY_TIMES, Reaches, Scale, moved};
    use crate::grid::BitGrid;

    /// The most wall of what counts, all of it looked at.
    fn wall_slowly(reaches: &Reaches, ground: Ground<'_>, chord: &Chord) -> i64 {
        let (across, far) = (chord.across(), 1 << 20);
        let thin = chord.outward().map(|(end, away)| reaches.thin(ground, end, away, across, far));
        let face = |side: Place| {
            let [one, other] = chord.outward().map(|(end, away)| reaches.face(ground, end, away, side, far));
            let ((a, long_a), (b, long_b)) = (one?, other?);
            let counts = (a - b).abs() <= 2 && FINE * long_a.min(long_b) >= reaches.one_sided;
            counts.then_some([long_a, long_b])
        };
        let faces = [across, across.map(|d| -d)].map(|side| face(side).unwrap_or([0; 2]));
        let all = [thin, faces[0], faces[1]];
        all.into_iter().map(|ends| reaches.at_both(ends)).max().unwrap_or(0)
    }

    /// The lesser of the two sides' widest stretches, to the end of each.
    fn widening_slowly(reaches: &Reaches, ground: Ground<'_>, chord: &Chord) -> i64 {
        let half = chord.along.map(|d| d / 2);
        let widest = [1, -1].map(|side| {
            let places = (1..=reaches.wall).map(|away| moved(chord.centre(), chord.across(), side * away));
            let free = |place: Place, sign: i64| {
                (1..1000).find(|&steps| !ground.is_floor(moved(place, half, sign * steps))).unwrap_or(0)
            };
            let widths = places
                .take_while(|&place| ground.is_floor(place))
                .map(|place| free(place, 1) + free(place, -1) - 1);
            widths.max().unwrap_or(0) * FINE / 2
        });
        let [one, other] = widest;
        one.min(other) - if one.max(other) < ROOMY_TIMES * chord.width { FINE / 2 } else { 0 }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        /// Walls and rooms of whole blocks, some cells changed.
        #[test]
        fn what_is_not_looked_at_changes_nothing(
            blocks in prop::collection::vec(prop::bool::weighted(0.7), 12 * 12), block in 1..6_usize,
            changed in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
            ends in any::<[prop::sample::Index; 2]>(), least in 1..60 * FINE,
        ) {
            let width = 12 * block;
            let is_floor = |cell: usize| blocks[cell % width / block + cell / width / block * 12];
            let mut cells: Vec<bool> = (0..width * width).map(is_floor).collect();
            for cell in changed {
                let cell = cell.index(cells.len());
                cells[cell] = !cells[cell];
            }
            let floor = BitGrid::of(width, &cells, |&cell| cell);
            let occupied = BitGrid::of(width, &cells, |&cell| !cell);
            let ground = Ground { floor: &floor, occupied: &occupied };
            // From a cell that is no floor to the next one in a direction.
            let walls: Vec<usize> = (0..cells.len()).filter(|&cell| !cells[cell]).collect();
            prop_assume!(!walls.is_empty());
            let place = |cell: usize| [cell % width, cell / width].map(|at| i64::from(crate::grid::narrow(at)));
            let from = place(walls[ends[0].index(walls.len())]);
            let [dx, dy] = place(ends[1].index(49)).map(|at| at % 7 - 3);
            let to = (1..60).map(|steps| [from[0] + steps * dx, from[1] + steps * dy]);
            let chord = to.skip(1).find_map(|to| Some(to).filter(|&to| !ground.is_floor_cell(to)));
            let Some(chord) = chord.and_then(|to| Chord::between(ground, [from, to])) else { return Ok(()) };
            let reaches = Reaches::new(Scale::new(0.05));
            // More than wall at one end alone counts for.
            let least_wall = least.max(reaches.one_sided + 1);
            let wall = wall_slowly(&reaches, ground, &chord);
            prop_assert_eq!(reaches.has_wall(ground, &chord, least_wall), wall >= least_wall);
            let least_floor = least.clamp(chord.width, 2 * chord.width - FINE / 2);
            let widening = widening_slowly(&reaches, ground, &chord);
            prop_assert_eq!(reaches.widens(ground, &chord, least_floor), widening >= least_floor);
        }
    }
}
