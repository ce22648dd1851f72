//! What the owner bars on top of the map: places drawn on the home, and rectangles drawn on the release.
//!
//! Apps draw no-go areas on the map that they have. An app with the private map gives them in real metres. An app
//! with the release alone draws on the release, and the rectangle becomes the real cells of the blocks that it covers.
//! Either way they are stored as cells, on top of the map's own keep-outs: no footprint covers them, no region holds
//! them, a refit carries them to the new map ([`HouseKey::refit`]), and no release depends on them.
//!
//! Cells are barred, not the drawing: on a new map a block of the release may get some cells next to those that were
//! barred for it, and these may be cleaned.

use alloc::vec::Vec;

use geo_types::{Coord, Rect};

use crate::grid::{BitGrid, MAX_SIDE, narrow};
use crate::home::KeepOut;
use crate::home::keep_out::cover_all;
use crate::key::known::{CellRun, Extent, MarkId, MarkKind};
use crate::key::{HouseKey, KeyError};

impl HouseKey {
    /// Bars a place, in metres of the robot's frame. What was barred before stays barred. The
    /// place may lie outside the part of today's map that is known: it is barred when a later map shows it.
    ///
    /// # Errors
    /// As [`KeepOut::check`]; the key knows no floor, the place is far from it, or there are too many bars. Nothing is
    /// barred then.
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
    pub fn bar(&mut self, place: &KeepOut) -> Result<MarkId, KeyError> {
        place.check()?;
        let place = place.moved(|at| self.frame.corner_to_crop(at));
        let extent = self.extent_of(&place)?;
        // The cells of the place, counted from the first of all that it spans.
        let shape = extent.shape();
        #[expect(clippy::cast_precision_loss, reason = "some thousands of cells")]
        let metres = |cells: i64| cells as f64 * self.resolution_m;
        let first = Coord { x: metres(extent.x.0), y: metres(extent.y.0) };
        // An outline of many corners covers cells more than once.
        let mut covered = BitGrid::none(shape);
        cover_all(&[place.moved(|at| at - first)], self.resolution_m, shape, |cell| covered.insert(cell));
        let mut runs = Vec::new();
        covered.each(|cell| {
            let (x, y) = shape.place(narrow(cell));
            CellRun::extend(&mut runs, x + extent.x.0, y + extent.y.0, 1, 0);
        });
        self.add_bar(runs)
    }

    /// The cells that a place spans, and one around it.
    fn extent_of(&self, place: &KeepOut) -> Result<Extent, KeyError> {
        let corners = place.outline().map(|at| Ok((self.column_of(at.x)?, self.column_of(at.y)?)));
        let corners = corners.collect::<Result<Vec<_>, KeyError>>()?;
        let extent = Extent::of_cells(corners.into_iter()).wider();
        let sides = [extent.x, extent.y].map(|(low, high)| high.saturating_sub(low));
        let fits = extent.fits() && sides.into_iter().all(|side| (1..=i64::from(MAX_SIDE)).contains(&side));
        if fits { Ok(extent) } else { Err(KeyError::TooFar) }
    }

    #[expect(clippy::cast_possible_truncation, reason = "checked before the cast")]
    fn column_of(&self, metres: f64) -> Result<i64, KeyError> {
        let cells = libm::floor(metres / self.resolution_m);
        if cells.abs() <= 2.0 * f64::from(MAX_SIDE) { Ok(cells as i64) } else { Err(KeyError::TooFar) }
    }

    /// Bars the real cells of a rectangle in metres of the release: those of every patch in which it covers half a
    /// block at least or, if there is none, of the patch its middle lies in. Where a patch is some blocks, that is more
    /// than [`HouseKey::lift_rect`] takes: a bar is rather too large. What the robot does not get to today is barred
    /// too, since a bar is to hold when the door is open again. What was barred before stays barred.
    ///
    /// # Errors
    /// A corner is not finite, the rectangle lies outside the release, all it covers is in a zone without cells, or
    /// there are too many bars. Nothing is barred then.
    ///
    /// # Complexity
    /// O(cells · radius).
    pub fn bar_rect(&mut self, rect: Rect<f64>) -> Result<MarkId, KeyError> {
        let taken = self.patches_barred_by_rect(rect)?;
        let region = self.charted_region(|cell| taken[usize::from(self.near[cell])]);
        self.add_bar(CellRun::of_spans(&region.into_spans()))
    }

    /// Removes all bars of [`HouseKey::bar`] and [`HouseKey::bar_rect`], on all maps that the key knows. The map's own
    /// keep-outs stay. One bar is removed with [`HouseKey::remove_mark`].
    pub fn unbar(&mut self) {
        self.known.maps.iter_mut().for_each(|map| map.marks.retain(|mark| mark.kind != MarkKind::Barred));
        self.drive.bar(self.resolution_m, BitGrid::none(self.shape));
        self.known.lost.bars = false;
        self.closed.bars = false;
        self.open_again();
    }
}

#[cfg(test)]
mod tests {
    use geo_types::Line;

    use super::{HouseKey, KeepOut};
    use crate::drawings::{FLAT, home};
    use crate::grid::Shape;
    use crate::{Coins, Grant, Policy, Redaction, anonymize};

    /// A map of the largest size has no room for a cell around all of it, and a bar needs none.
    #[test]
    fn a_bar_on_the_border_of_the_largest_map_is_not_too_far() {
        let (home, none, policy) = (home(FLAT), Redaction::none(), Policy::sealed());
        let drawn = anonymize(&home, &none, &policy, Grant::unaccounted(), &mut Coins::os());
        let mut key: HouseKey = drawn.unwrap().1;
        key.shape = Shape::new(4096, 4096);
        let wall = |metres: f64| KeepOut::Wall(Line::new((metres, metres), (metres, metres - 1.0)));
        for metres in [1.0, 409.55] {
            assert!(key.extent_of(&wall(metres)).is_ok());
        }
    }
}
