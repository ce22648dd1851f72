//! Areas: opaque slots of the release that the owner binds to rooms or regions of the home.
//!
//! "Clean the kitchen" works without naming or drawing the kitchen: the release shows slots 0 to 15, the same
//! for every home, and only the key knows which of them means what.

use geo_types::Polygon;
use serde::{Deserialize, Serialize};

use crate::grid::Span;
use crate::grid::raster::fill_polygon;
use crate::home::outline;
use crate::home::{Home, HomeError, RoomId};
use crate::key::HouseKey;
use crate::key::lift::region::Runs;
use crate::key::refit::remembered;

number! {
    /// Number of an area, from 0. A key has as many areas as its policy says.
    ///
    /// ```
    /// use homeveil::key::AreaId;
    /// assert_eq!(serde_json::to_string(&AreaId::new(3))?, "3");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    AreaId(u32)
}

impl HouseKey {
    /// Number of areas, bound or not.
    #[must_use]
    pub const fn areas(&self) -> u32 {
        crate::grid::narrow(self.areas.len())
    }

    /// Binds an area to rooms: to all their cells in zones, also those that the robot does not get to today. What it
    /// was bound to is forgotten.
    ///
    /// # Errors
    /// The key has no such area; `home` is not the map that the key was built from; or none of the rooms has
    /// a cell to bind, because they are unknown, redacted or no part of the home. The area then stays as it was.
    ///
    /// # Complexity
    /// O(cells).
    pub fn bind_rooms(&mut self, area: AreaId, home: &Home, rooms: &[RoomId]) -> Result<(), BindError> {
        if !self.is_for(home) {
            return Err(BindError::OtherMap);
        }
        let spans = self
            .charted_region(|cell| {
                home.piece(home.labels[cell]).is_some_and(|piece| rooms.contains(&piece.id))
            })
            .into_spans();
        self.bind(area, spans)
    }

    /// The map is the one that the key is for.
    pub(in crate::key) fn is_for(&self, home: &Home) -> bool {
        home.shape == self.shape
            && home.resolution_m.to_bits() == self.resolution_m.to_bits()
            && home.corner_m.map(f64::to_bits) == self.corner_m.map(f64::to_bits)
    }

    /// Binds an area to the cells with their middle inside a polygon, in metres of the grid that the home was built
    /// from, so far as they lie in zones. What it was bound to is forgotten.
    ///
    /// # Errors
    /// The key has no such area, the outline is not valid (see [`HomeError`]), or it holds no cell to bind. The
    /// area then stays as it was.
    ///
    /// # Complexity
    /// O(corners² + corners · rows + cells inside).
    pub fn bind_region(&mut self, area: AreaId, polygon: &Polygon<f64>) -> Result<(), BindError> {
        outline::check(polygon)?;
        let corner = self.corner_m.into();
        let shifted = outline::moved(polygon, |at| at - corner);
        let mut runs = Runs::new(self.shape.width);
        fill_polygon(&shifted, self.resolution_m, self.shape, |cell| {
            if self.is_charted(cell) {
                runs.push(cell);
            }
        });
        self.bind(area, runs.list)
    }

    /// Forgets what an area is bound to.
    pub fn unbind(&mut self, area: AreaId) {
        if let Some(spans) = self.areas.get_mut(area.0 as usize) {
            zeroize::Zeroize::zeroize(spans);
            remembered::change(&mut self.remembered, |claim| claim.areas &= !(1 << area.0));
        }
    }

    fn bind(&mut self, area: AreaId, spans: Vec<Span>) -> Result<(), BindError> {
        if area.0 as usize >= self.areas.len() {
            return Err(BindError::UnknownArea);
        }
        if spans.is_empty() {
            return Err(BindError::Nothing);
        }
        self.unbind(area);
        self.areas[area.0 as usize] = spans;
        Ok(())
    }
}

/// Why an area was not bound. The text names no room and no place.
///
/// ```
/// use homeveil::key::{AreaId, BindError};
/// # use homeveil::home::{Footprint, Home, RoomId};
/// # use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let (policy, none) = (Policy::default(), Redaction::none());
/// let (_, mut key) = anonymize(&home, &none, &policy, Grant::unaccounted(), &mut Coins::os())?;
/// assert_eq!(key.bind_rooms(AreaId::new(0), &home, &[RoomId::new(99)]), Err(BindError::Nothing));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BindError {
    /// The key has no area of this number.
    #[error("the key has no area of this number")]
    UnknownArea,
    /// The map is not the one that the key was built from.
    #[error("rooms must be those of the map that the key was built from")]
    OtherMap,
    /// The region's outline is not valid.
    #[error(transparent)]
    Outline(#[from] HomeError),
    /// There is no cell to bind: the rooms or the region are unknown, redacted or no part of the home.
    #[error("an area needs floor that lies in zones and is not redacted")]
    Nothing,
}
