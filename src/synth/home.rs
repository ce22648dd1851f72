//! The type of every made-up home.

use nalgebra::Point2;

use crate::grid::OccupancyGrid;
use crate::home::{Footprint, Home, HomeBuilder, KeepOut, Room};

/// A made-up home: grid, labelled rooms, dock and keep-outs, in cells and metres of its grid.
///
/// ```
/// use homeveil::home::Footprint;
/// use homeveil::synth::{SyntheticHome, sample_home};
///
/// let flat: SyntheticHome = sample_home();
/// assert_eq!(flat.rooms.len(), 8);
/// let home = flat.into_builder(Footprint::disc_m(0.17)?).build()?;
/// # let _ = home;
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct SyntheticHome {
    /// Its cells. Outside the walls nothing is known.
    pub grid: OccupancyGrid,
    /// Its rooms, with the ids from 1 on, each with a kind. The cells of a doorway belong to one of the two rooms
    /// that it connects.
    pub rooms: Vec<Room>,
    /// Where the robot charges.
    pub dock: Point2<f64>,
    /// No-go areas and virtual walls. All rooms stay reachable.
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

private_debug!(SyntheticHome);
