//! The draw: from the sketches of a household's floors to one plan for each.
//!
//! It has two halves, so that a keeper can store what lies between them. [`Preferences`] are all that the draw sees of
//! the home: for each floor the M plans of the codebook that suit it best. [`Preferences::draw`] takes one plan a floor
//! by the channel's law, as a function of them and of the coins alone. Every floor is a separate use of the channel,
//! also a floor that the household does not have.

use alloc::vec::Vec;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::atlas::Codebook;
use crate::merge::{Ranking, rank, rank_first};
use crate::noise::{Channel, CoinError, Coins};
use crate::odds::Odds;
use crate::sketch::Sketch;

/// What a draw sees of the home.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Preferences {
    /// For each floor the indices of the plans that it prefers, ascending.
    pub(crate) floors: Vec<Vec<usize>>,
}

impl Preferences {
    /// Those of floors with these sketches.
    ///
    /// # Complexity
    /// That of [`rank`] for each floor; nothing where the codebook is one plan.
    pub(crate) fn of(sketches: &[Sketch], codebook: &Codebook) -> Self {
        Self::by(rank, sketches, codebook)
    }

    /// Those that the first version would have found.
    pub(crate) fn first(sketches: &[Sketch], codebook: &Codebook) -> Self {
        Self::by(rank_first, sketches, codebook)
    }

    fn by(rank: fn(&Sketch, &Codebook) -> Ranking, sketches: &[Sketch], codebook: &Codebook) -> Self {
        let preferred = |sketch: &Sketch| match codebook.count() {
            1 => vec![0],
            _ => rank(sketch, codebook).preferred(codebook.preferred()),
        };
        Self { floors: sketches.iter().map(preferred).collect() }
    }

    /// The index of one plan for each floor, under these odds, of a codebook of `plans` plans.
    ///
    /// # Errors
    /// The coins fail. A record that was changed in the store is an error of the coins too: no number of plans and
    /// preferences is taken on trust.
    pub(crate) fn draw(&self, plans: u32, odds: Odds, coins: &mut Coins) -> Result<Vec<usize>, CoinError> {
        let own = mutant!(LambdaOffByOne, odds, crate::mutants::louder(odds));
        let draw = |preferred: &Vec<usize>| {
            let count = u32::try_from(preferred.len()).unwrap_or(u32::MAX);
            let channel = Channel::new(plans, count, own).map_err(|_| CoinError::Bound)?;
            channel.draw_checked(preferred, coins)
        };
        self.floors.iter().map(draw).collect()
    }
}

private_debug!(Preferences);
