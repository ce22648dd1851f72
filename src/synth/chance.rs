//! Uniform draws in 32 bits.

use crate::noise::{CoinError, Coins};

/// A uniform number below `n`.
pub(super) fn below(coins: &mut Coins, n: u32) -> Result<u32, CoinError> {
    coins.below(u64::from(n)).map(|drawn| u32::try_from(drawn).unwrap_or(0))
}

/// A uniform number from `least` to `most`.
pub(super) fn between(coins: &mut Coins, least: u32, most: u32) -> Result<u32, CoinError> {
    Ok(least + below(coins, most - least + 1)?)
}

/// A uniform index into a list of this length.
pub(super) fn index(coins: &mut Coins, len: usize) -> Result<usize, CoinError> {
    coins.below(len as u64).map(|drawn| usize::try_from(drawn).unwrap_or(0))
}

/// The items in random order.
pub(super) fn shuffled<T>(mut items: Vec<T>, coins: &mut Coins) -> Result<Vec<T>, CoinError> {
    let mut order = Vec::with_capacity(items.len());
    while !items.is_empty() {
        order.push(items.remove(index(coins, items.len())?));
    }
    Ok(order)
}
