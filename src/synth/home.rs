//! The type that every made-up home comes as.

use core::fmt;

use nalgebra::Point2;

use super::{Furnishing, HomeRecipe, Style};
use crate::grid::OccupancyGrid;
use crate::home::{Footprint, Home, HomeBuilder, KeepOut, Room};
use crate::noise::Coins;

/// A made-up home: grid, labelled rooms, dock and keep-outs, in cells and metres of its grid.
#[derive(Clone)]
#[non_exhaustive]
pub struct SyntheticHome {
    /// Its cells. Outside the walls nothing is known.
    pub grid: OccupancyGrid,
    /// Its rooms, ids 1 to their number, each with a kind. The floor of a doorway belongs to one of the two rooms it joins.
    pub rooms: Vec<Room>,
    /// Where the robot charges.
    pub dock: Point2<f64>,
    /// No-go areas and virtual walls. They cut no room off.
    pub keep_outs: Vec<KeepOut>,
    /// The cells of windows: walls that a laser passes.
    pub(super) windows: Vec<usize>,
}

impl SyntheticHome {
    /// The random home of a seed: style, number of rooms and size are drawn from it, the resolution is 0.05 m.
    ///
    /// The same seed gives the same home on every machine. The smaller the seed, the fewer rooms the home may have (one
    /// for every two binary digits of the seed), so that a property test that shrinks its seed ends at a small home. That makes a strategy
    /// out of any test framework's integers, with proptest for example:
    ///
    /// ```
    /// use homeveil::synth::SyntheticHome;
    /// use proptest::prelude::*;
    ///
    /// fn homes() -> impl Strategy<Value = SyntheticHome> {
    ///     any::<u64>().prop_map(SyntheticHome::from_seed)
    /// }
    /// # let _ = homes();
    /// ```
    ///
    /// # Panics
    /// Never: replayed coins do not fail.
    #[must_use]
    pub fn from_seed(seed: u64) -> Self {
        let digits = u64::BITS - seed.leading_zeros();
        let mut coins = Coins::replayed(seed);
        let home = Style::random(&mut coins).and_then(|style| {
            let recipe = HomeRecipe::new(style);
            let (fewest, most) = (*style.usual_rooms().start(), *style.usual_rooms().end());
            let most = most.min(digits.div_ceil(2).max(1));
            // One home in eight is empty, as before the furniture comes.
            let furnishing = if coins.below(8)? == 0 { Furnishing::Bare } else { Furnishing::Furnished };
            recipe.rooms(fewest.min(most)..=most).furnishing(furnishing).draw(&mut coins)
        });
        home.expect("replayed coins do not fail, and no bound is zero")
    }

    /// A builder of the home with all its parts.
    #[must_use]
    pub fn into_builder(self, footprint: Footprint) -> HomeBuilder {
        Home::builder(self.grid, footprint).rooms(self.rooms).dock(self.dock).keep_out(self.keep_outs)
    }
}

/// Prints no geometry, as for any home.
impl fmt::Debug for SyntheticHome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SyntheticHome").finish_non_exhaustive()
    }
}
