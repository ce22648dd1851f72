//! Areas: opaque slots of the release that the owner binds to rooms or regions of the home.
//!
//! "Clean the kitchen" works without naming or drawing the kitchen: the release shows slots 0 to 15, the same
//! for every home, and only the key knows which of them means what. So an area may lead into a redacted room too, where
//! the owner binds it to that room: of all that can be asked for, its own area alone leads there.

use alloc::vec::Vec;

use geo_types::Polygon;
use zeroize::Zeroize;

use crate::grid::raster::fill_polygon;
use crate::grid::{Span, narrow};
use crate::home::{Home, RoomId, outline};
use crate::key::known::MarkKind;
use crate::key::known::region::Runs;
use crate::key::{AreaId, HouseKey, KeyError};
use crate::policy::MAX_POLICY_AREAS;

impl HouseKey {
    /// Number of areas, bound or not.
    #[must_use]
    pub const fn areas(&self) -> u32 {
        narrow(self.areas.len())
    }

    /// There are at least so many areas from now on.
    pub(crate) fn allow_areas(&mut self, areas: u32) {
        let areas = areas.min(MAX_POLICY_AREAS) as usize;
        if areas > self.areas.len() {
            self.areas.resize_with(areas, Vec::new);
        }
    }

    /// Binds an area to rooms: to all their cells in zones, also those that the robot does not get to today. What it
    /// was bound to is forgotten.
    ///
    /// A redacted room may be bound as well, which is the owner's to decide for each: commands for this area then lead
    /// into it, and nothing else does, until the area is bound to something else or to nothing. The release does not
    /// depend on it. Of a room that is redacted in part, the rest is bound. Into what is redacted later the area does
    /// not lead until it is bound again. A room may be redacted only because the owner has still to choose. Where it
    /// was so on the first map it leads there on later ones too; else until the next map or edit.
    ///
    /// # Errors
    /// The key has no such area; `home` is not the map that the key was fitted to last ([`KeyError::OtherMap`]); none
    /// of the rooms has a cell to bind, because they are unknown or no part of the home; or the map has as many marks
    /// as there may be. The area then stays as it was.
    ///
    /// # Complexity
    /// O(cells).
    pub fn bind_rooms(&mut self, area: AreaId, home: &Home, rooms: &[RoomId]) -> Result<(), KeyError> {
        self.check_map(home)?;
        let spans = self.cells_of_rooms(home, rooms);
        self.bind(area, spans)
    }

    /// The map has the sides, the resolution and the frame of the one that the key is for. Cells are not compared.
    pub(in crate::key) fn is_for(&self, home: &Home) -> bool {
        // A key of a home with nothing to draw has no cells of its own.
        let known = self.known.today().filter(|_| self.shape.len() == 0).map(|(map, _)| map.shape());
        home.shape == known.unwrap_or(self.shape)
            && home.resolution_m.to_bits() == self.resolution_m.to_bits()
            && home.frame == self.frame
    }

    /// Binds an area to the cells with their middle inside a polygon, in metres of the robot's frame, so
    /// far as they lie in zones. What it was bound to is forgotten.
    ///
    /// # Errors
    /// The key has no such area, the outline is not valid, it holds no cell to bind, or the map has as many marks as
    /// there may be. The area then stays as it was.
    ///
    /// # Complexity
    /// O(corners² + corners · rows + cells inside).
    pub fn bind_region(&mut self, area: AreaId, polygon: &Polygon<f64>) -> Result<(), KeyError> {
        outline::check(polygon)?;
        let shifted = outline::moved(polygon, |at| self.frame.corner_to_crop(at));
        let mut runs = Runs::new(self.shape.width);
        fill_polygon(&shifted, self.resolution_m, self.shape, |cell| {
            if self.is_charted(cell) {
                runs.push(cell);
            }
        });
        self.bind(area, runs.list)
    }

    /// Forgets what an area is bound to, on all maps that the key knows. What it is bound to on today's map alone is
    /// forgotten with its mark ([`HouseKey::remove_mark`]).
    pub fn unbind(&mut self, area: AreaId) {
        self.lead_nowhere(area);
        let kind = MarkKind::Area(area);
        self.known.maps.iter_mut().for_each(|map| map.marks.retain(|mark| mark.kind != kind));
    }

    /// An area leads nowhere on today's map.
    pub(in crate::key) fn lead_nowhere(&mut self, area: AreaId) {
        self.areas.get_mut(area.get() as usize).into_iter().for_each(Zeroize::zeroize);
    }

    fn bind(&mut self, area: AreaId, spans: Vec<Span>) -> Result<(), KeyError> {
        if area.get() as usize >= self.areas.len() {
            return Err(KeyError::UnknownArea);
        }
        if spans.is_empty() {
            return Err(KeyError::Nothing);
        }
        self.mark_area(area, &spans)?;
        self.lead_nowhere(area);
        self.areas[area.get() as usize] = spans;
        Ok(())
    }
}
