//! The picture of a release: zones with their numbers, walls, and the dock.

use super::figures::{FLASH, GLYPH_HEIGHT, GLYPH_WIDTH};
use super::palette::{DOCK, DOCK_SIGN, UNKNOWN, WALL, zone_color};
use super::pixels::Picture;
use crate::grid::{Cell, CellRect, GridError};
use crate::release::Floor;

/// Side of the dot of a zone's number in cells: the digit is 10 cells wide, half of the narrowest zone.
const DIGIT_DOT_CELLS: u32 = 2;

/// Cells from the middle of the dock's mark to its edge.
const DOCK_REACH_CELLS: u32 = 4;

impl Picture {
    /// Paints a floor, each cell `scale × scale` pixels: zones in their colours with their numbers (from 1),
    /// walls, and the dock.
    ///
    /// # Errors
    /// As [`Picture::new`]; the scale may be from 1 to 21.
    ///
    /// # Complexity
    /// O(pixels + cells · zones).
    ///
    /// ```
    /// use homeveil::formats::Picture;
    /// use homeveil::home::Footprint;
    /// use homeveil::{Coins, Grant, Policy, anonymize, synth};
    ///
    /// let home = synth::sample_home().into_builder(Footprint::disc_m(0.17)?).build()?;
    /// let (policy, coins) = (Policy::default(), &mut Coins::os());
    /// let (release, _) = anonymize(&home, &policy.redaction(), &policy, Grant::unaccounted(), coins)?;
    /// let picture = Picture::of_floor(&release.floors()[0], 4)?;
    /// assert_eq!((picture.width(), picture.height()), (768, 768));
    /// assert!(picture.to_png().starts_with(b"\x89PNG"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_floor(floor: &Floor, scale: u32) -> Result<Self, GridError> {
        let grid = floor.grid();
        let width = grid.width() as usize;
        let color_of = |cell: usize| match grid.cells()[cell] {
            Cell::Occupied => WALL,
            Cell::Unknown => UNKNOWN,
            Cell::Free => {
                let at = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                let (x, y) = (at(cell % width), at(cell / width));
                let zone = floor.zones().iter().find(|zone| zone.rect.contains(x, y));
                zone.map_or(UNKNOWN, |zone| zone_color(zone.id))
            }
        };
        let mut picture = Self::of_labels(grid.width(), grid.height(), scale, color_of)?;
        for zone in floor.zones() {
            picture.number(zone.rect, grid.height(), u32::from(zone.id.get()), scale);
        }
        let dock = floor.dock();
        picture.dock(dock.x, grid.height().saturating_sub(dock.y + 1), scale);
        Ok(picture)
    }

    /// Writes a number in the middle of a rectangle of cells.
    fn number(&mut self, rect: CellRect, rows: u32, number: u32, scale: u32) {
        let dot = DIGIT_DOT_CELLS * scale;
        let middle_x = (2 * rect.x + rect.width) * scale / 2;
        let middle_y = (2 * rows).saturating_sub(2 * rect.y + rect.height) * scale / 2;
        self.figures(number, middle_x, middle_y.saturating_sub(GLYPH_HEIGHT * dot / 2), dot, WALL);
    }

    /// Draws the dock's mark around a cell, counted from the upper left.
    fn dock(&mut self, x: u32, y: u32, scale: u32) {
        let side = 2 * DOCK_REACH_CELLS + 1;
        let (left, top) =
            (x.saturating_sub(DOCK_REACH_CELLS) * scale, y.saturating_sub(DOCK_REACH_CELLS) * scale);
        // Round corners: a circle of this radius shortens the outer pixel rows.
        let radius = 2 * scale;
        for row in 0..side * scale {
            let from_edge = row.min(side * scale - 1 - row);
            let depth = radius.saturating_sub(from_edge);
            let inset = radius - (radius * radius - depth * depth).isqrt();
            self.fill(left + inset, top + row, side * scale - 2 * inset, 1, DOCK);
        }
        let (across, down) = ((side - GLYPH_WIDTH) / 2, (side - GLYPH_HEIGHT) / 2);
        self.glyph(FLASH, left + across * scale, top + down * scale, scale, DOCK_SIGN);
    }
}

#[cfg(test)]
mod tests {
    use super::super::palette::{DOCK, WALL, zone_color};
    use super::super::pixels::Picture;
    use crate::formats::samples::floors;
    use crate::grid::{Cell, GridError};

    #[test]
    fn walls_zones_numbers_and_dock_have_their_colours() {
        for floor in floors() {
            let (grid, scale) = (floor.grid(), 2);
            let picture = Picture::of_floor(&floor, scale).unwrap();
            let at = |x: u32, y: u32| picture.get(x * scale, (grid.height() - 1 - y) * scale).unwrap();
            for (x, y) in (0..grid.width()).flat_map(|x| (0..grid.height()).map(move |y| (x, y))) {
                if grid.get(x, y) == Some(Cell::Occupied) {
                    assert_eq!(at(x, y), WALL);
                }
            }
            for zone in floor.zones() {
                let (right, upper) = (zone.rect.x + zone.rect.width - 3, zone.rect.y + zone.rect.height - 3);
                assert_eq!(at(right, upper), zone_color(zone.id));
            }
            for door in floor.doors() {
                assert_ne!(at(door.rect.x, door.rect.y), WALL);
            }
            let edge = at(floor.dock().x - 4, floor.dock().y);
            assert_eq!(edge, DOCK);
        }
    }

    #[test]
    fn the_scale_is_bounded() {
        let floor = &floors()[0];
        assert!(Picture::of_floor(floor, 1).is_ok());
        assert!(Picture::of_floor(floor, 21).is_ok());
        assert_eq!(Picture::of_floor(floor, 0), Err(GridError::Side));
        assert_eq!(Picture::of_floor(floor, 22), Err(GridError::Cells));
        assert_eq!(Picture::of_floor(floor, u32::MAX), Err(GridError::Side));
    }
}
