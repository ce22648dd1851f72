//! Random numbers.

use homeveil::Coins;

/// Random numbers of a week.
pub(super) struct Dice(pub(super) Coins);

impl Dice {
    pub(super) fn below(&mut self, n: u64) -> u64 {
        self.0.below(n.max(1)).unwrap()
    }

    pub(super) fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    pub(super) fn metres(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.below(1 << 20) as f64 / f64::from(1 << 20)
    }

    pub(super) fn pick<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        of.get(usize::try_from(self.below(of.len() as u64)).unwrap()).copied()
    }
}
