//! The type that every made-up home comes as.

use core::fmt;

use nalgebra::Point2;

use crate::grid::OccupancyGrid;
use crate::home::{Footprint, Home, HomeBuilder, KeepOut, Room};

/// A made-up home: grid, labelled rooms, dock and keep-outs, in cells and metres of its grid.
#[derive(Clone)]
#[non_exhaustive]
pub struct SyntheticHome {
    /// Its cells. Outside the walls nothing is known.
    pub grid: OccupancyGrid,
    /// Its rooms, ids 1 to their number, each with a kind. The floor of a doorway belongs to one of the two
    /// rooms it joins.
    pub rooms: Vec<Room>,
    /// Where the robot charges.
    pub dock: Point2<f64>,
    /// No-go areas and virtual walls. They cut no room off.
    pub keep_outs: Vec<KeepOut>,
    /// The cells of windows: walls that a laser passes.
    #[cfg_attr(
        not(feature = "evaluation"),
        expect(dead_code, reason = "only a simulated laser looks at them")
    )]
    pub(super) windows: Vec<usize>,
}

impl SyntheticHome {
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
