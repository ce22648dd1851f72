//! From the release to the home: what a place, a zone, an area or a rectangle of the release is in real cells.
//!
//! A place lifts to the anchor pose of its patch: two table look-ups. A zone, an area or a rectangle lifts to the
//! cells of some patches, less those that the owner's overlay takes away.

use alloc::vec::Vec;

use geo_types::Rect;
use nalgebra::Point2;

use crate::atlas::{FRAME, ZoneId};
use crate::grid::{CellRect, Fixed, NO_CELL, Shape, Span, narrow};
use crate::key::chart::BLOCK;
use crate::key::known::MarkKind;
use crate::key::known::region::Runs;
use crate::key::reach::reached::{Reached, is_enough};
use crate::key::{AreaId, HouseKey, KeyError, Region};

/// The cells of the release.
const FRAME_SHAPE: Shape = Shape::new(FRAME.width as usize, FRAME.height as usize);

impl HouseKey {
    /// The real place for a place on the release: metres of the release to metres of the robot's
    /// frame. It is always the middle of a reachable pose, outside redacted rooms and keep-outs. All places
    /// of one block of the release lift to one real place; a place on a drawn wall lifts like the block it lies in.
    ///
    /// # Errors
    /// The key leads nowhere today ([`HouseKey::check_open`] says why); the place is outside the release; or its zone
    /// has no cells that the robot reaches on the current map.
    ///
    /// # Complexity
    /// O(1); O(cells) where the owner barred anything.
    pub fn lift_point(&self, at: Point2<f64>) -> Result<Point2<f64>, KeyError> {
        Ok(self.centre(self.lift_cell(at, &self.reached_today())? as usize))
    }

    /// The cell that a place on the release lifts to: the anchor pose of its patch. Where the overlay bars it, the
    /// nearest pose of the zone that the overlay leaves, by Euclidean distance. `reached` holds the zones of today.
    pub(in crate::key) fn lift_cell(&self, at: Point2<f64>, reached: &Reached) -> Result<u32, KeyError> {
        self.check_open()?;
        let patch = &self.patches[usize::from(self.patch_of_place(at)?)];
        let unreachable = KeyError::Unreachable { zone: ZoneId::of_index(patch.zone) };
        if patch.anchor == NO_CELL || !reached.has(patch.zone) {
            return Err(unreachable);
        }
        if !self.drive.is_overlaid() || self.drive.is_open(patch.anchor as usize) {
            return Ok(patch.anchor);
        }
        let wanted = |cell: usize| self.drive.is_open(cell) && self.zone_at(cell) == Some(patch.zone);
        self.shape.nearest(patch.anchor, wanted).ok_or(unreachable)
    }

    /// The zone of a cell of the frame.
    pub(in crate::key) fn zone_of_place(&self, x: i64, y: i64) -> Option<u8> {
        let (x, y) = (u32::try_from(x).ok()?, u32::try_from(y).ok()?);
        (0..).zip(&self.zones).find(|(_, table)| table.rect.contains(x, y)).map(|(zone, _)| zone)
    }

    /// The real cells of a zone.
    ///
    /// # Errors
    /// The key leads nowhere today ([`HouseKey::check_open`] says why); there is no such zone; or it has no cells that
    /// the robot reaches on the current map.
    ///
    /// # Complexity
    /// O(cells).
    pub fn lift_zone(&self, zone: ZoneId) -> Result<Region, KeyError> {
        self.check_open()?;
        self.zones.get(zone.index()).ok_or(KeyError::UnknownZone)?;
        let number = u8::try_from(zone.index()).map_err(|_| KeyError::UnknownZone)?;
        let reached = self.reached_today();
        if !reached.has(number) {
            return Err(KeyError::Unreachable { zone });
        }
        let region = self.charted_region(|cell| {
            self.drive.is_cleanable(cell)
                && (self.zone_at(cell) == Some(number) || reached.lent_to(cell) == Some(number))
        });
        if region.is_empty() { Err(KeyError::Unreachable { zone }) } else { Ok(region) }
    }

    /// The real cells of all zones together, so far as the robot gets to them today; none where the owner barred them.
    ///
    /// # Errors
    /// The key leads nowhere today, no zone has floor, or the robot gets to none without the bars either.
    pub(in crate::key) fn lift_all(&self) -> Result<Region, KeyError> {
        self.check_open()?;
        let zone = ZoneId::of_index(self.patches.first().ok_or(KeyError::NoZone)?.zone);
        if !self.reached.zones().contains(&true) {
            return Err(KeyError::Unreachable { zone });
        }
        let reached = self.reached_today();
        let is_served = |cell: usize| {
            let zone = reached.lent_to(cell).or_else(|| self.zone_at(cell));
            self.drive.is_cleanable(cell) && zone.is_some_and(|zone| reached.has(zone))
        };
        Ok(self.charted_region(is_served))
    }

    /// The real cells bound to an area, so far as the robot gets to them today; none for an area that is not bound.
    ///
    /// # Errors
    /// The key leads nowhere today ([`HouseKey::check_open`] says why), or it has no area of this number.
    ///
    /// # Complexity
    /// O(cells of the area).
    pub fn lift_area(&self, area: AreaId) -> Result<Region, KeyError> {
        self.check_open()?;
        let runs = self.areas.get(area.get() as usize).ok_or(KeyError::UnknownArea)?;
        let mut left = Runs::new(self.shape.width);
        let cells = runs.iter().flat_map(|span| span.cells(self.shape.width));
        cells.filter(|&cell| self.drive.is_cleanable(cell)).for_each(|cell| left.push(cell));
        Ok(self.region_of_spans(left.list))
    }

    /// An area is bound, but the robot gets to less than a tenth of what is not barred of it today.
    pub(in crate::key) fn is_area_cut_off(&self, area: AreaId) -> bool {
        let runs = self.areas.get(area.get() as usize).map_or(&[][..], Vec::as_slice);
        let cells = runs.iter().flat_map(|span| span.cells(self.shape.width));
        let (mut left, mut own) = (0_u32, 0_u32);
        for cell in cells.filter(|&cell| !self.drive.barred.has(cell)) {
            left += 1;
            own += u32::from(self.drive.is_cleanable(cell));
        }
        if runs.is_empty() {
            let marks = self.known.today().map_or(&[][..], |(map, _)| &map.marks);
            return marks.iter().any(|mark| mark.kind == MarkKind::Area(area));
        }
        left > 0 && !is_enough(own, left)
    }

    /// The real cells for a rectangle in metres of the release: of all patches that it covers by half at
    /// least or, if there are none, of the patch its middle lies in. A patch is a block of the release, or some blocks
    /// where the home has few cells for them.
    ///
    /// # Errors
    /// The key leads nowhere today ([`HouseKey::check_open`] says why); a corner is not finite; the rectangle lies
    /// outside the release; or all it covers is in zones without cells that the robot reaches on the current map.
    ///
    /// # Complexity
    /// O(cells).
    pub fn lift_rect(&self, rect: Rect<f64>) -> Result<Region, KeyError> {
        let taken = self.patches_of_rect(rect)?;
        self.region_today(&taken)
    }

    /// The cells of the patches taken that can be cleaned today. There may be none where all that the robot would get
    /// to is barred.
    ///
    /// # Errors
    /// The robot gets to none of them.
    pub(in crate::key) fn region_today(&self, taken: &[bool]) -> Result<Region, KeyError> {
        let asked = self.patches.iter().zip(taken).find(|(_, taken)| **taken);
        let asked = asked.map(|(patch, _)| ZoneId::of_index(patch.zone));
        let taken_of = |reached: &Reached| -> Vec<bool> {
            taken.iter().zip(&self.patches).map(|(&taken, patch)| taken && reached.has(patch.zone)).collect()
        };
        let (open, taken) = (taken_of(&self.reached_today()), taken_of(&self.reached));
        let region = self.region(|patch| open[usize::from(patch)]);
        let Some(zone) = asked.filter(|_| region.is_empty()) else { return Ok(region) };
        // Of what the robot would get to without bars: a zone that it gets to with them, what is barred, what is not.
        let (mut is_open, mut is_barred, mut is_left) = (false, false, false);
        self.charted.and(self.drive.coverage()).each(|cell| {
            let (patch, barred) = (usize::from(self.near[cell]), self.drive.barred.has(cell));
            is_open |= open[patch];
            is_barred |= taken[patch] && barred;
            is_left |= taken[patch] && !barred;
        });
        if is_open || is_barred && !is_left { Ok(region) } else { Err(KeyError::Unreachable { zone }) }
    }

    /// For each patch, whether a rectangle takes it: one that it covers by half.
    pub(in crate::key) fn patches_of_rect(&self, rect: Rect<f64>) -> Result<Vec<bool>, KeyError> {
        self.patches_of_rect_by(rect, u32::MAX)
    }

    /// For each patch, whether a rectangle bars it: one in which it covers half a block, however many it has.
    pub(in crate::key) fn patches_barred_by_rect(&self, rect: Rect<f64>) -> Result<Vec<bool>, KeyError> {
        self.patches_of_rect_by(rect, BLOCK * BLOCK)
    }

    /// For each patch, whether a rectangle covers half of it or of so many cells; where it does so of none, the patch
    /// of its middle.
    fn patches_of_rect_by(&self, rect: Rect<f64>, most_cells: u32) -> Result<Vec<bool>, KeyError> {
        self.check_open()?;
        let (min, max) = (rect.min(), rect.max());
        if ![min.x, min.y, max.x, max.y].into_iter().all(f64::is_finite) {
            return Err(KeyError::Outside);
        }
        let side = |cells: u32| i64::from(cells) * Fixed::PARTS;
        let clip =
            |metres: f64, cells: u32| Fixed::from_cells(metres / FRAME.resolution).0.clamp(0, side(cells));
        let (left, right) = (clip(min.x, FRAME.width), clip(max.x, FRAME.width));
        let (low, high) = (clip(min.y, FRAME.height), clip(max.y, FRAME.height));
        if max.x < 0.0 || max.y < 0.0 || min.x > edge_m(FRAME.width) || min.y > edge_m(FRAME.height) {
            return Err(KeyError::Outside);
        }
        let mut taken = self.covered(rect, most_cells);
        if !taken.contains(&true) {
            let middle = |a: i64, b: i64, cells: u32| {
                u32::try_from((a + b) / (2 * Fixed::PARTS)).unwrap_or(0).min(cells - 1)
            };
            let middle = (middle(left, right, FRAME.width), middle(low, high, FRAME.height));
            taken[usize::from(self.patch_at(middle)?)] = true;
        }
        Ok(taken)
    }

    /// For each patch, whether a rectangle of finite corners covers half of it at least, or of so many cells where it
    /// has more.
    pub(in crate::key) fn covered(&self, rect: Rect<f64>, most_cells: u32) -> Vec<bool> {
        let (min, max) = (rect.min(), rect.max());
        let side = |cells: u32| i64::from(cells) * Fixed::PARTS;
        let [left, low, right, high] =
            [min.x, min.y, max.x, max.y].map(|metres| Fixed::from_cells(metres / FRAME.resolution).0);
        let covers = |patch: &CellRect| {
            let across = right.min(side(patch.x + patch.width)) - left.max(side(patch.x));
            let up = high.min(side(patch.y + patch.height)) - low.max(side(patch.y));
            2 * across.max(0) * up.max(0)
                >= i64::from(patch.area().min(most_cells)) * Fixed::PARTS * Fixed::PARTS
        };
        self.patches.iter().map(|patch| covers(&patch.rect)).collect()
    }

    /// The number of the patch that a place on the release lies in.
    pub(in crate::key) fn patch_of_place(&self, at: Point2<f64>) -> Result<u16, KeyError> {
        self.patch_at(frame_cell(at)?)
    }

    /// The number of the patch of a cell of the frame.
    fn patch_at(&self, (x, y): (u32, u32)) -> Result<u16, KeyError> {
        let (zone, table) =
            (0..).zip(&self.zones).find(|(_, table)| table.rect.contains(x, y)).ok_or(KeyError::Outside)?;
        let patch = table.patch_at(x, y).filter(|&patch| usize::from(patch) < self.patches.len());
        patch.ok_or(KeyError::Unreachable { zone: ZoneId::of_index(zone) })
    }

    /// The middle of a cell in metres of the robot's frame.
    pub(in crate::key) fn centre(&self, cell: usize) -> Point2<f64> {
        self.frame.out_of_crop(self.shape.centre(cell, self.resolution_m))
    }

    /// The charted cells of the patches picked that can be cleaned today.
    pub(in crate::key) fn region(&self, pick: impl Fn(u16) -> bool) -> Region {
        self.charted_region(|cell| pick(self.near[cell]) && self.drive.is_cleanable(cell))
    }

    const fn region_of_spans(&self, spans: Vec<Span>) -> Region {
        Region::of_crop(self.shape, self.resolution_m, self.frame, spans)
    }

    /// The charted cells picked.
    pub(in crate::key) fn charted_region(&self, pick: impl Fn(usize) -> bool) -> Region {
        let mut runs = Runs::new(self.shape.width);
        self.charted.each(|cell| {
            if pick(cell) {
                runs.push(cell);
            }
        });
        self.region_of_spans(runs.list)
    }
}

/// Column and row of the cell of the frame that holds a place. The right and the upper edge belong to the last ones.
pub(in crate::key) fn frame_cell(at: Point2<f64>) -> Result<(u32, u32), KeyError> {
    let inner = |metres: f64, cells: u32| {
        let (edge, half) = (edge_m(cells), FRAME.resolution / 2.0);
        if metres <= edge { metres.min(edge - half) } else { metres }
    };
    let at = Point2::new(inner(at.x, FRAME.width), inner(at.y, FRAME.height));
    let cell = FRAME_SHAPE.cell_at(at, FRAME.resolution).ok_or(KeyError::Outside)?;
    Ok((narrow(cell % FRAME_SHAPE.width), narrow(cell / FRAME_SHAPE.width)))
}

/// The right or the upper edge of the release, in metres.
fn edge_m(cells: u32) -> f64 {
    f64::from(cells) * FRAME.resolution
}
