//! Positions in fixed point.

/// A coordinate in 256ths of a cell, from the border of column or row 0.
///
/// Positions come in as floating-point metres and are rounded to this before they decide anything, so that every
/// machine decides alike. Arithmetic on differences and squares is on the plain integers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fixed(pub(crate) i64);

impl Fixed {
    /// Parts of a cell.
    pub(crate) const PARTS: i64 = 256;

    /// A coordinate in cells, rounded and held within a million cells of the origin; 0 for NaN.
    #[expect(clippy::cast_possible_truncation, reason = "clamped before the cast; NaN becomes 0")]
    pub(crate) fn from_cells(cells: f64) -> Self {
        Self(libm::round(cells * 256.0).clamp(-268_435_456.0, 268_435_456.0) as i64)
    }

    /// The middle of a column or row.
    pub(crate) const fn middle_of(cell: i64) -> Self {
        Self(cell * Self::PARTS + Self::PARTS / 2)
    }

    /// The column or row that holds the coordinate.
    pub(crate) const fn cell(self) -> i64 {
        self.0.div_euclid(Self::PARTS)
    }
}

/// The squared distance between two points, in squared parts of a cell.
pub(crate) const fn squared_distance(a: (Fixed, Fixed), b: (Fixed, Fixed)) -> i64 {
    let (dx, dy) = (a.0.0 - b.0.0, a.1.0 - b.1.0);
    dx * dx + dy * dy
}

private_debug!(Fixed);

#[cfg(test)]
mod tests {
    use super::Fixed;

    #[test]
    fn coordinates_round_to_parts_and_stay_within_bounds() {
        assert_eq!(Fixed::from_cells(1.5), Fixed::middle_of(1));
        assert_eq!(Fixed::from_cells(-0.5).cell(), -1);
        assert_eq!(Fixed::from_cells(f64::NAN), Fixed(0));
        assert_eq!(Fixed::from_cells(f64::INFINITY).cell(), 1 << 20);
    }
}
