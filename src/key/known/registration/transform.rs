//! Rigid transforms between the cells of two maps.

use crate::grid::Fixed;

/// Parts of one that a rotation is given in.
const ONE: i64 = 1 << ONE_BITS;
pub(super) const ONE_BITS: u32 = 20;

/// Steps in a quarter turn: a step is an eighth of a degree.
pub(super) const QUARTER: i16 = 720;

/// Cosine and sine of a step in parts of 2⁴⁰.
const STEP: (i128, i128) = (1_099_509_011_133, 2_398_760_356);
const STEP_BITS: u32 = 40;

/// A turn by quarters and by steps.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Turn {
    /// Quarter turns to the left, 0 to 3.
    pub(super) quarters: u8,
    /// Further to the left, in eighths of a degree, up to an eighth of a turn to either side.
    pub(super) steps: i16,
}

impl Turn {
    /// The turn by so many steps to the left.
    pub(super) const fn by(steps: i16) -> Self {
        let quarters = (steps + QUARTER / 2).div_euclid(QUARTER);
        Self {
            quarters: quarters.rem_euclid(4).unsigned_abs().to_le_bytes()[0],
            steps: steps - QUARTER * quarters,
        }
    }

    /// The turn to the left that is nearest to one with a cosine and sine, which need not be exact.
    pub(super) fn nearest([cos, sin]: [f64; 2]) -> Self {
        let (x, y) = (in_parts(cos), in_parts(sin));
        // Turned back by quarters until it is an eighth of a turn at most to either side.
        let (quarters, (x, y)) = if x.abs() >= y.abs() {
            if x >= 0 { (0, (x, y)) } else { (2, (-x, -y)) }
        } else if y > 0 {
            (1, (y, -x))
        } else {
            (3, (-y, x))
        };
        // How far the direction lies to the left of a turn: it falls from turn to turn.
        let left_of = |steps: i16| {
            let (cos, sin) = Self { quarters: 0, steps }.rotation();
            cos * y - sin * x
        };
        let (mut low, mut high) = (-QUARTER / 2, QUARTER / 2);
        while high - low > 1 {
            let middle = i16::midpoint(low, high);
            if left_of(middle) < 0 { high = middle } else { low = middle }
        }
        let nearest = if left_of(low).abs() <= left_of(high).abs() { low } else { high };
        Self::by(QUARTER * quarters + nearest)
    }

    /// All of it in steps to the left, 0 to four [`QUARTER`]s.
    pub(super) const fn all_steps(self) -> i16 {
        (QUARTER * (self.quarters as i16) + self.steps).rem_euclid(4 * QUARTER)
    }

    /// So many steps further to the left.
    pub(super) const fn further(self, steps: i16) -> Self {
        Self::by(self.all_steps() + steps)
    }

    /// Cosine and sine in parts of [`ONE`]: powers of a step, so that every machine has the same.
    pub(super) const fn rotation(self) -> (i64, i64) {
        let half = 1 << (STEP_BITS - 1);
        let (mut turned, mut step) = ((1 << STEP_BITS, 0_i128), STEP);
        let mut left = self.steps.unsigned_abs();
        while left > 0 {
            if left % 2 == 1 {
                turned = product(turned, step, half);
            }
            step = product(step, step, half);
            left /= 2;
        }
        let (cos, sin) = (in_ones(turned.0), in_ones(turned.1) * self.steps.signum() as i64);
        match self.quarters {
            0 => (cos, sin),
            1 => (-sin, cos),
            2 => (-cos, -sin),
            _ => (sin, -cos),
        }
    }
}

/// A cosine in parts of [`ONE`].
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "one at most, but for rounding"
)]
fn in_parts(part: f64) -> i64 {
    libm::round(part.clamp(-1.0, 1.0) * ONE as f64) as i64
}

/// A cosine in parts of 2⁴⁰ in parts of [`ONE`].
#[expect(clippy::cast_possible_truncation, reason = "at most one")]
const fn in_ones(part: i128) -> i64 {
    let by = STEP_BITS - ONE_BITS;
    ((part + (1 << (by - 1))) >> by) as i64
}

/// The rotation by the sum of two angles.
const fn product(a: (i128, i128), b: (i128, i128), half: i128) -> (i128, i128) {
    ((a.0 * b.0 - a.1 * b.1 + half) >> STEP_BITS, (a.0 * b.1 + a.1 * b.0 + half) >> STEP_BITS)
}

const fn rounded(value: i64) -> i64 {
    (value + ONE / 2).div_euclid(ONE)
}

/// Where the cells of one map lie on another of the same resolution: turned around the centre of a cell of the first
/// map, then shifted by whole cells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct RigidTransform {
    turn: Turn,
    /// The turn's cosine and sine.
    rotation: (i64, i64),
    /// The cell of the first map that all turns around.
    pub(super) pivot: (i64, i64),
    /// The cell of the second map that the pivot goes to.
    pub(super) shift: (i64, i64),
}

impl RigidTransform {
    /// Every cell stays where it is.
    pub(crate) const NONE: Self = Self::new(0, (0, 0), (0, 0));

    pub(super) const fn of(turn: Turn, pivot: (i64, i64), shift: (i64, i64)) -> Self {
        Self { turn, rotation: turn.rotation(), pivot, shift }
    }

    /// By so many eighths of a degree to the left.
    pub(crate) const fn new(steps: i16, pivot: (i64, i64), shift: (i64, i64)) -> Self {
        Self::of(Turn::by(steps), pivot, shift)
    }

    /// Numbers of steps that a turn may have, from 0.
    pub(crate) const TURNS: u16 = 4 * QUARTER.unsigned_abs();

    /// From directions turned to the left by a cosine and sine, nearly, and a cell that goes to a cell.
    pub(crate) fn by(turn: [f64; 2], pivot: (i64, i64), shift: (i64, i64)) -> Self {
        Self::of(Turn::nearest(turn), pivot, shift)
    }

    /// The same for cells that are counted from another one, which is given.
    pub(crate) const fn for_cells_from(self, (x, y): (i64, i64)) -> Self {
        Self { pivot: (self.pivot.0 - x, self.pivot.1 - y), ..self }
    }

    pub(super) const fn turn(self) -> Turn {
        self.turn
    }

    /// Cosine and sine of its turn.
    #[expect(clippy::cast_precision_loss, reason = "some millions")]
    pub(crate) fn direction(self) -> [f64; 2] {
        [self.rotation.0, self.rotation.1].map(|part| part as f64 / ONE as f64)
    }

    /// What [`RigidTransform::new`] makes it from.
    pub(crate) const fn parts(self) -> (i16, (i64, i64), (i64, i64)) {
        (self.turn.all_steps(), self.pivot, self.shift)
    }

    /// The transform that takes all back.
    pub(crate) const fn inverse(self) -> Self {
        Self::of(Turn::by(4 * QUARTER - self.turn.all_steps()), self.shift, self.pivot)
    }

    /// From the map that another transform goes to, which comes from the same one, to this one's, to within a cell.
    pub(crate) const fn after(self, other: Self) -> Self {
        let turn = self.turn.further(-other.turn.all_steps());
        Self::of(turn, other.shift, self.apply(other.pivot))
    }

    /// The number of quarter turns to the left that is nearest, 0 to 3.
    pub(crate) const fn quarters(self) -> u8 {
        self.turn.quarters
    }

    /// The cell of the second map that the middle of a cell of the first goes to.
    pub(crate) const fn apply(self, (x, y): (i64, i64)) -> (i64, i64) {
        let ((cos, sin), x, y) =
            (self.rotation, Fixed::PARTS * (x - self.pivot.0), Fixed::PARTS * (y - self.pivot.1));
        let (along, up) = (rounded(cos * x - sin * y), rounded(sin * x + cos * y));
        (to_cell(along) + self.shift.0, to_cell(up) + self.shift.1)
    }

    /// The cell of the first map that lies under the middle of a cell of the second.
    pub(crate) const fn undo(self, place: (i64, i64)) -> (i64, i64) {
        let (along, up) = self.back(place);
        (to_cell(rounded(along)) + self.pivot.0, to_cell(rounded(up)) + self.pivot.1)
    }

    /// For a cell of the second map and all that follow in its row the places of the first map under their
    /// middles, in [`Fixed::PARTS`] of a cell from its lower left corner.
    pub(crate) fn row_back(self, place: (i64, i64)) -> impl Iterator<Item = (i64, i64)> {
        let (cos, sin) = self.rotation;
        let (mut along, mut up) = self.back(place);
        let middle =
            (Fixed::PARTS * self.pivot.0 + Fixed::PARTS / 2, Fixed::PARTS * self.pivot.1 + Fixed::PARTS / 2);
        core::iter::repeat_with(move || {
            let place = (rounded(along) + middle.0, rounded(up) + middle.1);
            along += Fixed::PARTS * cos;
            up -= Fixed::PARTS * sin;
            place
        })
    }

    /// The step on the first map that one to the right on the second comes from, if there is no small angle.
    pub(crate) const fn straight_back(self) -> Option<(i64, i64)> {
        let (cos, sin) = self.rotation;
        if self.turn.steps == 0 { Some((cos / ONE, -sin / ONE)) } else { None }
    }

    /// Half the width of a turned cell along an axis of the first map, in [`Fixed::PARTS`] of a cell, rounded up.
    pub(crate) const fn half_width(self) -> i64 {
        let (cos, sin) = self.rotation;
        Fixed::PARTS * (cos.abs() + sin.abs()) / (2 * ONE) + 1
    }

    /// A cell of the second map turned back around the pivot, in parts of [`Fixed::PARTS`] times [`ONE`].
    const fn back(self, (x, y): (i64, i64)) -> (i64, i64) {
        let (cos, sin) = self.rotation;
        let (x, y) = (Fixed::PARTS * (x - self.shift.0), Fixed::PARTS * (y - self.shift.1));
        (cos * x + sin * y, cos * y - sin * x)
    }
}

const fn to_cell(fine: i64) -> i64 {
    (fine + Fixed::PARTS / 2).div_euclid(Fixed::PARTS)
}

/// A column or row, held within a million cells of the first.
#[expect(clippy::cast_possible_truncation, reason = "clamped before the cast")]
pub(super) fn near(n: i64) -> i32 {
    n.clamp(-(1 << 20), 1 << 20) as i32
}

private_debug!(RigidTransform);

#[cfg(test)]
#[expect(clippy::cast_precision_loss, reason = "parts of one")]
mod tests {
    use super::{Fixed, ONE, QUARTER, RigidTransform, Turn};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_nearest_turn_is_found_from_cosine_and_sine(steps in 0..4 * QUARTER, by in -0.49..0.49_f64) {
            let angle = (f64::from(steps) + by) * core::f64::consts::PI / 1440.0;
            prop_assert_eq!(Turn::nearest([angle.cos(), angle.sin()]).all_steps(), steps);
        }

        #[test]
        fn a_transform_is_taken_back_to_within_a_cell(
            steps in prop_oneof![(0..4_i16).prop_map(|quarters| QUARTER * quarters), 0..4 * QUARTER], middle in (0..600_i64, 0..600_i64),
            shift in (-500..500_i64, -500..500_i64), place in (0..600_i64, 0..600_i64),
        ) {
            let transform = RigidTransform::new(steps, middle, shift);
            prop_assert_eq!(transform.parts().0, steps);
            prop_assert_eq!(transform.inverse().inverse(), transform);
            let (cos, sin) = Turn::by(steps).rotation();
            let angle = f64::from(steps) * core::f64::consts::PI / 1440.0;
            prop_assert!((cos as f64 / ONE as f64 - angle.cos()).abs() < 1e-6);
            prop_assert!((sin as f64 / ONE as f64 - angle.sin()).abs() < 1e-6);
            let back = transform.undo(transform.apply(place));
            prop_assert!((back.0 - place.0).abs() <= 1 && (back.1 - place.1).abs() <= 1);
            let there = transform.apply(place);
            if let Some((dx, dy)) = transform.straight_back() {
                prop_assert_eq!(back, place);
                prop_assert_eq!(transform.undo((there.0 + 1, there.1)), (place.0 + dx, place.1 + dy));
            }
            prop_assert_eq!(transform.straight_back().is_some(), steps % QUARTER == 0);
            let other = transform.inverse().apply(there);
            prop_assert!((other.0 - back.0).abs() <= 1 && (other.1 - back.1).abs() <= 1);
            for (x, (fine_x, fine_y)) in (there.0..there.0 + 9).zip(transform.row_back(there)) {
                let cell = (fine_x.div_euclid(Fixed::PARTS), fine_y.div_euclid(Fixed::PARTS));
                prop_assert_eq!(transform.undo((x, there.1)), cell);
            }
        }
    }
}
