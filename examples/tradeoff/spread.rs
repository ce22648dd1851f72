//! Values that are not all equally likely.

/// Some values, each with its weight.
#[derive(Clone)]
pub(crate) struct Spread(Vec<(f64, f64)>);

impl FromIterator<(f64, f64)> for Spread {
    fn from_iter<I: IntoIterator<Item = (f64, f64)>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl Spread {
    pub(crate) const fn none() -> Self {
        Self(Vec::new())
    }

    /// Adds equally likely values.
    pub(crate) fn extend(&mut self, values: &[f64]) {
        self.0.extend(values.iter().map(|&value| (value, 1.0)));
    }

    /// The values of several, each of which counts once, however many values it has.
    pub(crate) fn pooled<'a>(all: impl Iterator<Item = &'a Self>) -> Self {
        let mut pool = Vec::new();
        for own in all {
            let whole = own.weight();
            pool.extend(own.0.iter().map(|&(value, weight)| (value, weight / whole)));
        }
        Self(pool)
    }

    /// The values ascending.
    fn ascending(&self) -> Vec<(f64, f64)> {
        let mut values = self.0.clone();
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        values
    }

    fn weight(&self) -> f64 {
        self.0.iter().map(|(_, weight)| weight).sum()
    }

    /// The mean; infinite with any value that is.
    pub(crate) fn mean(&self) -> f64 {
        // So that the sum does not depend on the order of homes.
        let likely = self.ascending().into_iter().filter(|(_, weight)| *weight > 0.0);
        likely.map(|(value, weight)| value * weight).sum::<f64>() / self.weight()
    }

    /// The share of values above a bound.
    pub(crate) fn over(&self, bound: f64) -> f64 {
        let over = self.0.iter().filter(|(value, _)| *value > bound);
        over.map(|(_, weight)| weight).fold(0.0, |sum, weight| sum + weight) / self.weight()
    }

    /// The share of likely values above a bound; 0 of none.
    pub(crate) fn share_over(&self, bound: f64) -> f64 {
        if self.weight() > 0.0 { self.over(bound) } else { 0.0 }
    }

    /// The value of a pool that a share is no greater than.
    pub(crate) fn quantile(&self, share: f64) -> f64 {
        let mut left = share * self.weight();
        let values = self.ascending();
        for &(value, weight) in &values {
            left -= weight;
            if left <= 1e-9 {
                return value;
            }
        }
        values.last().map_or(f64::NAN, |last| last.0)
    }
}
