//! Rigid transforms between the cells of two maps.

use crate::grid::Fixed;

/// Parts of one that a rotation is given in.
const ONE: i64 = 1 << 20;

/// Half the cotangent of an eighth of a degree, which a step is: a rotation by k of them is by 2·atan(k/916).
const STEPS: i64 = 916;

/// A turn by quarters and by small steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Turn {
    /// Quarter turns to the left, 0 to 3.
    pub(super) quarters: u8,
    /// Further to the left, in eighths of a degree.
    pub(super) steps: i8,
}

impl Turn {
    /// Cosine and sine in parts of [`ONE`].
    const fn rotation(self) -> (i64, i64) {
        let k = self.steps as i64;
        let whole = STEPS * STEPS + k * k;
        let cos = (ONE * (STEPS * STEPS - k * k) + whole / 2) / whole;
        let sin = (2 * ONE * STEPS * k).div_euclid(whole);
        match self.quarters {
            0 => (cos, sin),
            1 => (-sin, cos),
            2 => (-cos, -sin),
            _ => (sin, -cos),
        }
    }

    /// Where a vector in [`Fixed::PARTS`] of a cell goes.
    pub(super) const fn apply(self, (x, y): (i64, i64)) -> (i64, i64) {
        let (cos, sin) = self.rotation();
        (rounded(cos * x - sin * y), rounded(sin * x + cos * y))
    }
}

const fn rounded(value: i64) -> i64 {
    (value + ONE / 2).div_euclid(ONE)
}

/// Where the cells of one map lie on another of the same resolution: turned around the centre of a cell of the first
/// map, then shifted by whole cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RigidTransform {
    pub(super) turn: Turn,
    /// The cell of the first map that all turns around.
    pub(super) pivot: (i64, i64),
    /// The cell of the second map that the pivot goes to.
    pub(super) shift: (i64, i64),
}

impl RigidTransform {
    #[cfg(test)]
    pub(crate) const fn new(quarters: u8, steps: i8, pivot: (i64, i64), shift: (i64, i64)) -> Self {
        Self { turn: Turn { quarters, steps }, pivot, shift }
    }

    /// The number of quarter turns to the left, 0 to 3.
    pub(crate) const fn quarters(self) -> u8 {
        self.turn.quarters
    }

    /// The cell of the second map that the middle of a cell of the first goes to.
    pub(crate) const fn apply(self, (x, y): (i64, i64)) -> (i64, i64) {
        let (x, y) = self.turn.apply((Fixed::PARTS * (x - self.pivot.0), Fixed::PARTS * (y - self.pivot.1)));
        (to_cell(x) + self.shift.0, to_cell(y) + self.shift.1)
    }

    /// The cell of the first map that lies under the middle of a cell of the second.
    pub(crate) const fn undo(self, place: (i64, i64)) -> (i64, i64) {
        let (along, up) = self.back(place);
        (to_cell(rounded(along)) + self.pivot.0, to_cell(rounded(up)) + self.pivot.1)
    }

    /// For a cell of the second map and all that follow in its row the places of the first map under their
    /// middles, in [`Fixed::PARTS`] of a cell from its lower left corner.
    pub(crate) fn row_back(self, place: (i64, i64)) -> impl Iterator<Item = (i64, i64)> {
        let (cos, sin) = self.turn.rotation();
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
        let (cos, sin) = self.turn.rotation();
        if self.turn.steps == 0 { Some((cos / ONE, -sin / ONE)) } else { None }
    }

    /// Half the width of a turned cell along an axis of the first map, in [`Fixed::PARTS`] of a cell, rounded up.
    pub(crate) const fn half_width(self) -> i64 {
        let (cos, sin) = self.turn.rotation();
        Fixed::PARTS * (cos.abs() + sin.abs()) / (2 * ONE) + 1
    }

    /// A cell of the second map turned back around the pivot, in parts of [`Fixed::PARTS`] times [`ONE`].
    const fn back(self, (x, y): (i64, i64)) -> (i64, i64) {
        let (cos, sin) = self.turn.rotation();
        let (x, y) = (Fixed::PARTS * (x - self.shift.0), Fixed::PARTS * (y - self.shift.1));
        (cos * x + sin * y, cos * y - sin * x)
    }
}

const fn to_cell(fine: i64) -> i64 {
    (fine + Fixed::PARTS / 2).div_euclid(Fixed::PARTS)
}

#[cfg(test)]
mod tests {
    use super::{Fixed, RigidTransform, Turn};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_transform_is_taken_back_to_within_a_cell(
            quarters in 0..4_u8, steps in -88..=88_i8, middle in (0..600_i64, 0..600_i64),
            shift in (-500..500_i64, -500..500_i64), place in (0..600_i64, 0..600_i64),
        ) {
            let transform = RigidTransform { turn: Turn { quarters, steps }, pivot: middle, shift };
            let back = transform.undo(transform.apply(place));
            prop_assert!((back.0 - place.0).abs() <= 1 && (back.1 - place.1).abs() <= 1);
            let there = transform.apply(place);
            if let Some((dx, dy)) = transform.straight_back() {
                prop_assert_eq!(back, place);
                prop_assert_eq!(transform.undo((there.0 + 1, there.1)), (place.0 + dx, place.1 + dy));
            }
            prop_assert_eq!(transform.straight_back().is_some(), steps == 0);
            for (x, (fine_x, fine_y)) in (there.0..there.0 + 9).zip(transform.row_back(there)) {
                let cell = (fine_x.div_euclid(Fixed::PARTS), fine_y.div_euclid(Fixed::PARTS));
                prop_assert_eq!(transform.undo((x, there.1)), cell);
            }
        }
    }
}
