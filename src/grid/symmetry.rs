//! The eight symmetries of the plane's grid.

use zeroize::Zeroize;

/// A symmetry of the square: the axes exchanged or not, then each mirrored or not.
///
/// Applied to integer coordinates around the origin: (x, y) becomes (±x, ±y) or (±y, ±x).
///
/// ```
/// # #[cfg(feature = "stages")] {
/// use homeveil::grid::Symmetry;
/// let quarter_turn = Symmetry::ALL[6];
/// assert_eq!(quarter_turn.apply((3, 1)), (-1, 3));
/// assert_eq!(quarter_turn.inverse().apply((-1, 3)), (3, 1));
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Zeroize)]
pub struct Symmetry {
    /// The axes are exchanged first.
    pub(crate) swap: bool,
    /// Then x is mirrored.
    pub(crate) flip_x: bool,
    /// Then y is mirrored.
    pub(crate) flip_y: bool,
}

impl Symmetry {
    /// All eight, the identity first.
    pub const ALL: [Self; 8] = {
        let mut all = [Self { swap: false, flip_x: false, flip_y: false }; 8];
        let mut code = 0;
        while code < 8 {
            all[code] = Self { swap: code & 4 != 0, flip_x: code & 2 != 0, flip_y: code & 1 != 0 };
            code += 1;
        }
        all
    };

    /// Where a vector from the origin goes.
    #[must_use]
    pub const fn apply(self, (x, y): (i64, i64)) -> (i64, i64) {
        let (x, y) = if self.swap { (y, x) } else { (x, y) };
        (if self.flip_x { -x } else { x }, if self.flip_y { -y } else { y })
    }

    /// `self` first, then `next`.
    #[must_use]
    pub const fn then(self, next: Self) -> Self {
        // Exchanging the axes after the mirrors carries each mirror to the other axis.
        let (flip_x, flip_y) =
            if next.swap { (self.flip_y, self.flip_x) } else { (self.flip_x, self.flip_y) };
        Self { swap: self.swap ^ next.swap, flip_x: flip_x ^ next.flip_x, flip_y: flip_y ^ next.flip_y }
    }

    /// The symmetry that takes everything back.
    #[must_use]
    pub const fn inverse(self) -> Self {
        if self.swap { Self { swap: true, flip_x: self.flip_y, flip_y: self.flip_x } } else { self }
    }

    /// A number below 8 that names it; [`Symmetry::ALL`] is in this order.
    #[must_use]
    pub const fn index(self) -> usize {
        (self.swap as usize) << 2 | (self.flip_x as usize) << 1 | self.flip_y as usize
    }
}

#[cfg(test)]
mod tests {
    use super::Symmetry;

    #[test]
    fn composition_and_inverse_agree_with_application() {
        let point = (3, 7);
        for (i, first) in Symmetry::ALL.into_iter().enumerate() {
            assert_eq!(first.index(), i);
            assert_eq!(first.inverse().apply(first.apply(point)), point);
            for next in Symmetry::ALL {
                assert_eq!(first.then(next).apply(point), next.apply(first.apply(point)));
            }
        }
    }
}
