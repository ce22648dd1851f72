//! The styles of homes.

use core::ops::RangeInclusive;

use crate::noise::{CoinError, Coins};
use crate::synth::chance::index;

/// Most rooms of a random home.
pub const MOST_ROOMS: u32 = 30;

/// How a home is laid out.
///
/// ```
/// use homeveil::synth::Style;
/// assert!(Style::ALL.iter().all(|style| *style.usual_rooms().start() >= 2));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Style {
    /// Three bands: living rooms, a hall with a bath next to it, bedrooms.
    Apartment,
    /// Living rooms at the end of a corridor, or between two, with rooms on both sides.
    House,
    /// Living room, kitchen and dining room in one space without walls, next to the other rooms.
    OpenPlan,
    /// One room to live in, a bath, sometimes a hall or a kitchenette. At most four rooms.
    Studio,
    /// Two wings at a right angle.
    LShape,
    /// Rooms in a ring around a core: the doors make a cycle.
    Loop,
}

impl Style {
    /// All styles, in order.
    pub const ALL: [Self; 6] =
        [Self::Apartment, Self::House, Self::OpenPlan, Self::Studio, Self::LShape, Self::Loop];

    /// A style at random: of eight homes three are apartments, and one is of each other style. The shares are
    /// ours.
    ///
    /// # Errors
    /// The coins fail.
    pub fn random(coins: &mut Coins) -> Result<Self, CoinError> {
        Ok(Self::ALL.get(index(coins, 8)?).copied().unwrap_or(Self::Apartment))
    }

    /// The usual number of rooms of homes of the style; halls and baths count. The ranges are chosen by us, not
    /// measured.
    #[must_use]
    pub const fn usual_rooms(self) -> RangeInclusive<u32> {
        match self {
            Self::Apartment => 3..=12,
            Self::House => 4..=MOST_ROOMS,
            Self::OpenPlan => 3..=16,
            Self::Studio => 2..=4,
            Self::LShape => 5..=24,
            Self::Loop => 4..=20,
        }
    }
}
