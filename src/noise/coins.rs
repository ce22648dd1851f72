//! Coins: the only source of randomness.
//!
//! Every draw goes through [`Coins::below`], so a test can replay every sequence of coins through the shipped code.

use alloc::boxed::Box;
use core::fmt;

use rand::rngs::ChaCha20Rng;
use rand::{Rng as _, SeedableRng as _};
#[cfg(feature = "os-rng")]
use rand::{TryRng as _, rngs::SysRng};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Draws that [`Coins::below`] rejects before it gives up. An honest source gets here with probability below 2⁻¹²⁸.
const MOST_REJECTIONS: usize = 128;

/// Where coins come from, as the certificate shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CoinSource {
    /// The operating system's entropy.
    OperatingSystem,
    /// An entropy source that the caller vouches for, such as a hardware generator.
    Caller,
    /// A seed or script that somebody knows: for tests and research. Such a release is not private.
    Replayed,
}

impl CoinSource {
    /// As one byte of stored bytes.
    pub(crate) const fn byte(self) -> u8 {
        match self {
            Self::OperatingSystem => 1,
            Self::Caller => 2,
            Self::Replayed => 3,
        }
    }

    /// The source of this byte.
    pub(crate) const fn of_byte(byte: u8) -> Option<Self> {
        match byte {
            1 => Some(Self::OperatingSystem),
            2 => Some(Self::Caller),
            3 => Some(Self::Replayed),
            _ => None,
        }
    }
}

/// Fills the bytes with entropy, or fails.
type Entropy = dyn FnMut(&mut [u8]) -> Result<(), CoinError> + Send;

/// A generator that a seed could be read from is wiped when dropped.
const _: () = {
    const fn is_wiped<T: zeroize::ZeroizeOnDrop>() {}
    is_wiped::<ChaCha20Rng>();
};

enum Supply {
    #[cfg(feature = "os-rng")]
    System,
    Caller(Box<Entropy>),
    Stream(Box<ChaCha20Rng>),
    #[cfg(feature = "evaluation")]
    Script {
        numbers: alloc::vec::IntoIter<u64>,
        asked: Vec<u64>,
    },
}

/// A source of randomness: uniform integers.
///
/// Integers are drawn by rejection from 64 random bits: unbiased for every bound, unlike a product or a
/// remainder, and checked at byte level in the tests. (`rand`'s own sampling of ranges is biased by up to
/// 2⁻⁶⁴ unless its `unbiased` feature is on, so it is not used.)
///
/// ```
/// use homeveil::Coins;
/// let mut coins = Coins::replayed(7);
/// assert!(coins.below(6)? < 6);
/// # Ok::<(), homeveil::noise::CoinError>(())
/// ```
pub struct Coins {
    supply: Supply,
    source: CoinSource,
}

impl Coins {
    /// Coins from the operating system.
    #[cfg(feature = "os-rng")]
    #[must_use]
    pub const fn os() -> Self {
        Self { supply: Supply::System, source: CoinSource::OperatingSystem }
    }

    /// Coins from a caller's entropy source, which fills a slice with random bytes.
    pub fn from_entropy(fill: impl FnMut(&mut [u8]) -> Result<(), CoinError> + Send + 'static) -> Self {
        Self { supply: Supply::Caller(Box::new(fill)), source: CoinSource::Caller }
    }

    /// Coins from a seed: ChaCha20, the same on every machine. Not private.
    #[must_use]
    pub fn replayed(seed: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        Self::from_seed(key, CoinSource::Replayed)
    }

    /// Coins that give these numbers one after another, to replay the code under every sequence. A number
    /// that is not below the bound asked for is an error. Not private.
    ///
    /// With [`Coins::asked`] every sequence can be found: run with a script, see at which bound it ended, and continue
    /// with each number below that bound.
    ///
    /// ```
    /// use homeveil::Coins;
    /// let mut coins = Coins::scripted(vec![4]);
    /// assert_eq!(coins.below(6)?, 4);
    /// assert!(coins.below(7).is_err());          // the script is at its end, …
    /// assert_eq!(coins.asked(), [6, 7]);         // … and here a number below 7 was asked for
    /// # Ok::<(), homeveil::noise::CoinError>(())
    /// ```
    #[cfg(feature = "evaluation")]
    #[must_use]
    pub fn scripted(numbers: Vec<u64>) -> Self {
        let supply = Supply::Script { numbers: numbers.into_iter(), asked: Vec::new() };
        Self { supply, source: CoinSource::Replayed }
    }

    /// Coins stretched from 32 random bytes that came from a source.
    pub(crate) fn from_seed(seed: [u8; 32], source: CoinSource) -> Self {
        Self { supply: Supply::Stream(Box::new(ChaCha20Rng::from_seed(seed))), source }
    }

    /// Where they come from.
    pub(crate) const fn source(&self) -> CoinSource {
        self.source
    }

    /// The bounds that draws from a script asked for, in order, including the one that it could not serve. Empty
    /// for coins from anywhere else.
    #[cfg(feature = "evaluation")]
    #[must_use]
    pub fn asked(&self) -> &[u64] {
        if let Supply::Script { asked, .. } = &self.supply { asked } else { &[] }
    }

    /// A uniform integer below `n`.
    ///
    /// # Errors
    /// `n` is zero; the source fails, or gives what no random source would; a script is at its end or names a
    /// number that is not below `n`.
    pub fn below(&mut self, n: u64) -> Result<u64, CoinError> {
        if n == 0 {
            return Err(CoinError::Bound);
        }
        #[cfg(feature = "evaluation")]
        if let Supply::Script { numbers, asked } = &mut self.supply {
            asked.push(n);
            return numbers.next().filter(|&number| number < n).ok_or(CoinError::Script);
        }
        if n == 1 {
            return Ok(0);
        }
        // Numbers from here on would make some remainders likelier than others.
        let biased = (u64::MAX - n + 1) % n;
        for _ in 0..MOST_REJECTIONS {
            let mut bytes = [0; 8];
            self.fill(&mut bytes)?;
            let number = u64::from_le_bytes(bytes);
            if number <= u64::MAX - biased || mutant!(RemainderBias) {
                return Ok(number % n);
            }
        }
        Err(CoinError::Entropy)
    }

    /// Random bytes, for a seed.
    pub(crate) fn fill(&mut self, bytes: &mut [u8]) -> Result<(), CoinError> {
        match &mut self.supply {
            #[cfg(feature = "os-rng")]
            Supply::System => SysRng.try_fill_bytes(bytes).map_err(|_| CoinError::Entropy),
            Supply::Caller(fill) => fill(bytes),
            Supply::Stream(stream) => {
                stream.fill_bytes(bytes);
                Ok(())
            }
            #[cfg(feature = "evaluation")]
            Supply::Script { .. } => Err(CoinError::Script),
        }
    }
}

impl fmt::Debug for Coins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Coins").field("source", &self.source).finish_non_exhaustive()
    }
}

/// Why there is no random integer.
///
/// ```
/// use homeveil::{Coins, noise::CoinError};
/// assert_eq!(Coins::replayed(7).below(0), Err(CoinError::Bound));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CoinError {
    /// The entropy source failed.
    #[error("the entropy source failed: nothing was drawn, try again once it works")]
    Entropy,
    /// A number below zero was asked for, that is `below(0)`.
    #[error("a coin needs at least one side")]
    Bound,
    /// The script is at its end or its next number is not below the bound.
    #[cfg(feature = "evaluation")]
    #[error("the script of coins must hold a number below the bound for each draw")]
    Script,
}

#[cfg(test)]
mod tests {
    use super::{CoinError, Coins};

    /// Coins whose next bytes are those of the numbers given.
    fn bytes(numbers: &[u64]) -> Coins {
        let mut rest = std::collections::VecDeque::from(numbers.to_vec());
        Coins::from_entropy(move |slice| {
            slice.copy_from_slice(&rest.pop_front().ok_or(CoinError::Entropy)?.to_le_bytes());
            Ok(())
        })
    }

    #[test]
    fn a_failing_source_is_an_error_and_a_stuck_one_does_not_hang() {
        assert_eq!(bytes(&[]).below(6), Err(CoinError::Entropy));
        assert_eq!(bytes(&[u64::MAX; 500]).below(6), Err(CoinError::Entropy));
        assert_eq!(Coins::os().below(0), Err(CoinError::Bound));
        assert!(Coins::os().below(6).unwrap() < 6);
    }

    #[test]
    fn replayed_coins_are_the_same_on_every_machine() {
        let mut coins = Coins::replayed(7);
        let thrown: Vec<u64> = (0..8).map(|_| coins.below(1000).unwrap()).collect();
        assert_eq!(thrown, [793, 340, 247, 891, 699, 807, 239, 848]);
    }
}
