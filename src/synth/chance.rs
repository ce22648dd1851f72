//! Uniform draws in 32 bits.

use crate::noise::{CoinError, Coins};

/// A uniform number below `n`.
pub(super) fn below(coins: &mut Coins, n: u32) -> Result<u32, CoinError> {
    coins.below(u64::from(n)).map(|drawn| u32::try_from(drawn).unwrap_or(0))
}
