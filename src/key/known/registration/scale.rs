//! From the cells of one map to those of another, where they differ in size.

use crate::grid::Fixed;

/// The cell sizes of two maps, in metres.
#[derive(Clone, Copy)]
pub(crate) struct CellScale {
    pub(crate) old: f64,
    pub(crate) new: f64,
}

impl CellScale {
    /// Both maps have cells of one size.
    pub(crate) const ONE: Self = Self { old: 1.0, new: 1.0 };

    /// The other way round.
    pub(crate) const fn back(self) -> Self {
        Self { old: self.new, new: self.old }
    }

    /// The sizes are one, but for how a robot rounds: over the longest grid the difference is a small part of a cell.
    pub(crate) const fn is_one(self) -> bool {
        (self.old / self.new - 1.0).abs() < 1e-6
    }

    /// The old cell under the middle of a cell of the new size.
    #[expect(clippy::cast_precision_loss, reason = "some thousands of cells")]
    pub(crate) fn to_old(self, at: i64) -> i64 {
        if self.is_one() { at } else { floor((at as f64 + 0.5) * self.new / self.old) }
    }

    /// The old cells under a stretch of [`Fixed::PARTS`] of cells of the new size, those it just touches included
    /// where the sizes differ.
    #[expect(clippy::cast_precision_loss, reason = "some thousands of cells")]
    pub(crate) fn under(self, from: i64, to: i64) -> core::ops::Range<i64> {
        if self.is_one() {
            return from.div_euclid(Fixed::PARTS)..(to - 1).div_euclid(Fixed::PARTS) + 1;
        }
        let old = |at: i64| floor(at as f64 / Fixed::PARTS as f64 * self.new / self.old);
        old(from - 1)..old(to + 1) + 1
    }

    /// So many old cells as cells of the new size.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "some millions of cells"
    )]
    #[expect(clippy::cast_sign_loss, reason = "a number of cells")]
    pub(crate) fn cells_to_new(self, cells: u64) -> u64 {
        let side = self.old / self.new;
        if self.is_one() { cells } else { (cells as f64 * side * side) as u64 }
    }

    /// A cell of the new size that holds the lower end of an old one.
    #[expect(clippy::cast_precision_loss, reason = "some thousands of cells")]
    pub(crate) fn to_new(self, at: i64) -> i64 {
        if self.is_one() { at } else { floor(at as f64 * self.old / self.new) }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "some thousands of cells, clamped before the cast")]
fn floor(cells: f64) -> i64 {
    libm::floor(cells).clamp(-1e9, 1e9) as i64
}

#[expect(clippy::cast_possible_wrap, reason = "a side or number of cells of a grid")]
pub(crate) const fn signed(n: usize) -> i64 {
    n as i64
}

#[cfg(test)]
mod tests {
    use super::CellScale;

    /// A robot that gives the same size with other last digits has no other cells.
    #[test]
    fn the_last_digits_of_a_size_are_rounding() {
        let is_one = |new: f64| CellScale { old: 0.05, new }.is_one();
        assert!([0.05, 0.050_000_000_000_000_01, 0.1 / 2.0, f64::from(0.05_f32)].into_iter().all(is_one));
        assert!([0.0501, 0.0499, 0.05001].into_iter().all(|new| !is_one(new)));
    }
}
