//! What the owner bars on top of the map: places drawn on the home, and rectangles drawn on the release.
//!
//! Apps draw no-go areas on the map that they have. An app with the private map gives them in real metres. An app
//! with the release alone draws on the release, and the rectangle becomes the real cells of the blocks that it covers.
//! Either way they are stored as cells, on top of the map's own keep-outs: no footprint covers them, no region holds
//! them, a refit carries them to the new map ([`HouseKey::refit`]), and no release depends on them.
//!
//! Cells are barred, not the drawing: on a new map a block of the release may get some cells next to those that were
//! barred for it, and these may be cleaned.

use geo_types::Rect;

use crate::home::keep_out::cover_all;
use crate::home::{HomeError, KeepOut};
use crate::key::refit::remembered;
use crate::key::{HouseKey, LiftError};

impl HouseKey {
    /// Bars a place, in metres of the grid that the home was built from. What was barred before stays barred. What lies
    /// outside the part of today's map that is known has no cells to bar and is not kept.
    ///
    /// # Errors
    /// As [`KeepOut::check`]; nothing is barred then.
    ///
    /// # Complexity
    /// O(cells · radius + corners²).
    ///
    /// ```
    /// use homeveil::home::{Footprint, Home, KeepOut};
    /// use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
    /// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
    /// let policy = Policy::sealed();
    /// let (_, mut key) =
    ///     anonymize(&home, &Redaction::none(), &policy, Grant::unaccounted(), &mut Coins::os())?;
    /// let wall = geo_types::Line::new((0.8, 0.1), (0.8, 0.5));
    /// key.bar(&KeepOut::Wall(wall))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bar(&mut self, place: &KeepOut) -> Result<(), HomeError> {
        place.check()?;
        let mut barred = self.drive.barred.clone();
        let corner = self.corner_m.into();
        let place = place.moved(|at| at - corner);
        cover_all(&[place], self.resolution_m, self.shape, |cell| barred.insert(cell));
        self.drive.bar(self.resolution_m, barred);
        Ok(())
    }

    /// Bars the real cells of a rectangle in metres of the release: those that [`HouseKey::lift_rect`] gives while
    /// nothing is barred. What was barred before stays barred.
    ///
    /// # Errors
    /// As [`HouseKey::lift_rect`]; nothing is barred then.
    ///
    /// # Complexity
    /// O(cells · radius).
    pub fn bar_rect(&mut self, rect: Rect<f64>) -> Result<(), LiftError> {
        let taken = self.patches_of_rect(rect)?;
        let region = self.charted_region(|cell| taken[usize::from(self.near[cell])]);
        let mut barred = self.drive.barred.clone();
        region.into_spans().into_iter().for_each(|span| barred.insert_all(span.cells(self.shape.width)));
        self.drive.bar(self.resolution_m, barred);
        Ok(())
    }

    /// Removes all bars of [`HouseKey::bar`] and [`HouseKey::bar_rect`], also those on cells that today's map does not
    /// give and those without a place. The map's own keep-outs stay.
    pub fn unbar(&mut self) {
        self.drive.unbar();
        remembered::change(&mut self.remembered, |claim| claim.barred = false);
        self.unplaced = None;
    }

    /// The owner barred places on a map that was not recognized in today's, so their place is unknown. Such a key
    /// fails closed: no goal leads anywhere, and nothing is cleaned. It opens with a map that is recognized again
    /// ([`HouseKey::refit`]), or when the owner removes all bars ([`HouseKey::unbar`]).
    #[must_use]
    pub const fn has_unplaced_bars(&self) -> bool {
        self.unplaced.is_some()
    }

    /// The owner's overlay covers something, today or on cells that today's map does not give.
    pub(in crate::key) fn has_bars(&self) -> bool {
        !self.drive.barred.is_empty() || self.remembered.iter().any(|run| run.claim.barred)
    }
}
