//! How much longer paths are than the shortest ones: values, quantiles and shares of them.

/// Lengths of paths over what the shortest ones would be, ascending. A path that was asked for and is not there counts
/// as infinitely long, so that no share is better for it.
///
/// ```
/// use homeveil::utility::Stretch;
/// let stretch = Stretch::of(vec![1.5, 1.0, 1.25, f64::INFINITY]);
/// assert_eq!((stretch.quantile(0.5), stretch.share_over(1.05), stretch.most()), (1.5, 0.75, f64::INFINITY));
/// ```
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Stretch {
    values: Vec<f64>,
}

impl Stretch {
    /// One of these values, in whatever order they come.
    #[must_use]
    pub fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        Self { values }
    }

    /// All of them, ascending.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The value that stands behind a share of them, ascending: for .5 the median (of two the greater), for 1 the
    /// greatest. Of nothing it is 1.
    #[must_use]
    pub fn quantile(&self, share: f64) -> f64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an index; NaN becomes 0"
        )]
        let at = (share * count(&self.values)) as usize;
        self.values.get(at.min(self.values.len().saturating_sub(1))).copied().unwrap_or(1.0)
    }

    /// The greatest value; 1 of nothing.
    #[must_use]
    pub fn most(&self) -> f64 {
        self.quantile(1.0)
    }

    /// The share of values above a bound: of the paths that are longer than so many times the shortest ones. Of nothing
    /// it is 0.
    #[must_use]
    pub fn share_over(&self, bound: f64) -> f64 {
        let over = &self.values[self.values.partition_point(|&value| value <= bound)..];
        count(over) / count(&self.values).max(1.0)
    }
}

#[expect(clippy::cast_precision_loss, reason = "some millions of paths")]
const fn count(values: &[f64]) -> f64 {
    values.len() as f64
}

#[cfg(test)]
mod tests {
    use super::Stretch;

    #[test]
    fn quantiles_are_values() {
        let stretch = Stretch::of(vec![3.0, 1.0, 2.0, 4.0]);
        for (share, length) in [(0.0, 1.0), (0.5, 3.0), (0.95, 4.0), (1.0, 4.0)] {
            assert!((stretch.quantile(share) - length).abs() < 1e-12);
        }
        assert!((Stretch::default().quantile(0.5) - 1.0).abs() < 1e-12);
    }
}
