//! From the release to the home: what a place, a zone, an area or a rectangle of the release is in real cells.

use core::fmt;

use geo_types::Rect;
use nalgebra::Point2;

use crate::atlas::{FRAME, ZoneId};
use crate::grid::{CellRect, Fixed, NO_CELL};
use crate::key::chart::Patch;
use crate::key::{AreaId, HouseKey, Region};
use crate::navigate::SNAP_M;

impl HouseKey {
    /// The real place for a place on the release: metres of the release to metres of the grid that the home
    /// was built from. It is always the middle of a cell where the robot can stand and that it can come to,
    /// outside redacted rooms and keep-outs. All places of one block of the release lift to one real place; a
    /// place on a drawn wall lifts like the block it lies in.
    ///
    /// # Errors
    /// The place is outside the release, or its zone has no floor that the robot can come to on the current map.
    ///
    /// # Complexity
    /// O(1).
    pub fn lift_point(&self, at: Point2<f64>) -> Result<Point2<f64>, LiftError> {
        let (x, y) = (frame_cell(at.x, FRAME.width)?, frame_cell(at.y, FRAME.height)?);
        Ok(self.centre(self.stand_at(x, y)? as usize))
    }

    /// The cell that a place on the release lifts to.
    pub(in crate::key) fn lift_cell(&self, at: Point2<f64>) -> Result<u32, LiftError> {
        self.stand_at(frame_cell(at.x, FRAME.width)?, frame_cell(at.y, FRAME.height)?)
    }

    /// The cell that a cell of the frame lifts to. Where the overlay bars it, the nearest cell of the zone that
    /// it leaves, by Euclidean distance.
    fn stand_at(&self, x: u32, y: u32) -> Result<u32, LiftError> {
        let patch = self.patch_at(x, y)?;
        let unreachable = LiftError::Unreachable { zone: ZoneId::of_index(patch.zone) };
        if patch.stand == NO_CELL {
            return Err(unreachable);
        }
        if !self.drive.is_overlaid() || self.drive.is_open(patch.stand as usize) {
            return Ok(patch.stand);
        }
        let (x, y) = self.shape.place(patch.stand);
        (0..crate::grid::narrow(self.shape.len()))
            .filter(|&cell| {
                self.drive.is_open(cell as usize) && self.zone_at(cell as usize) == Some(patch.zone)
            })
            .min_by_key(|&cell| {
                let (cx, cy) = self.shape.place(cell);
                ((cx - x).pow(2) + (cy - y).pow(2), cell)
            })
            .ok_or(unreachable)
    }

    /// The zone of a cell, if it lies in one.
    pub(in crate::key) fn zone_at(&self, cell: usize) -> Option<u8> {
        let patch = self.near.get(cell).filter(|_| self.is_charted(cell))?;
        self.patches.get(usize::from(*patch)).map(|patch| patch.zone)
    }

    /// The zone of a place on the release.
    pub(in crate::key) fn zone_of_place(&self, x: i64, y: i64) -> Option<u8> {
        let (x, y) = (u32::try_from(x).ok()?, u32::try_from(y).ok()?);
        (0..).zip(&self.zones).find(|(_, table)| table.rect.contains(x, y)).map(|(zone, _)| zone)
    }

    /// The real cells of a zone.
    ///
    /// # Errors
    /// There is no such zone, or it has no floor that the robot can come to on the current map.
    ///
    /// # Complexity
    /// O(cells).
    pub fn lift_zone(&self, zone: ZoneId) -> Result<Region, LiftError> {
        self.zones.get(zone.index()).ok_or(LiftError::UnknownZone)?;
        if !self.patches.iter().any(|patch| usize::from(patch.zone) == zone.index()) {
            return Err(LiftError::Unreachable { zone });
        }
        let region = self.region(|patch| usize::from(self.patches[usize::from(patch)].zone) == zone.index());
        if region.is_empty() { Err(LiftError::Unreachable { zone }) } else { Ok(region) }
    }

    /// The real cells bound to an area; none for an area that is not bound.
    ///
    /// # Errors
    /// The key has no area of this number.
    ///
    /// # Complexity
    /// O(runs of the area).
    pub fn lift_area(&self, area: AreaId) -> Result<Region, LiftError> {
        let runs = self.areas.get(area.get() as usize).ok_or(LiftError::UnknownArea)?;
        if !self.drive.is_overlaid() {
            return Ok(Region::new(self, runs.clone()));
        }
        let mut left = crate::key::lift::region::Runs::new(self.shape.width);
        let cells = runs.iter().flat_map(|&[first, len]| first as usize..(first + len) as usize);
        cells.filter(|&cell| self.drive.is_cleanable(cell)).for_each(|cell| left.push(cell));
        Ok(Region::new(self, left.list))
    }

    /// The real cells for a rectangle in metres of the release: of all blocks of which it covers half at
    /// least or, if there are none, of the block its middle lies in.
    ///
    /// # Errors
    /// A corner is no number, the rectangle lies outside the release, or all it covers is in zones without
    /// floor that the robot can come to on the current map.
    ///
    /// # Complexity
    /// O(cells).
    pub fn lift_rect(&self, rect: Rect<f64>) -> Result<Region, LiftError> {
        let taken = self.patches_of_rect(rect)?;
        Ok(self.region(|patch| taken[usize::from(patch)]))
    }

    /// For each patch, whether a rectangle takes it.
    pub(in crate::key) fn patches_of_rect(&self, rect: Rect<f64>) -> Result<Vec<bool>, LiftError> {
        let (min, max) = (rect.min(), rect.max());
        if ![min.x, min.y, max.x, max.y].into_iter().all(f64::is_finite) {
            return Err(LiftError::Outside);
        }
        let side = |cells: u32| i64::from(cells) * Fixed::PARTS;
        let clip =
            |metres: f64, cells: u32| Fixed::from_cells(metres / FRAME.resolution).0.clamp(0, side(cells));
        let (left, right) = (clip(min.x, FRAME.width), clip(max.x, FRAME.width));
        let (low, high) = (clip(min.y, FRAME.height), clip(max.y, FRAME.height));
        if max.x < 0.0 || max.y < 0.0 || left == side(FRAME.width) || low == side(FRAME.height) {
            return Err(LiftError::Outside);
        }
        let mut taken = self.covered(rect);
        if !taken.contains(&true) {
            let middle = |a: i64, b: i64, cells: u32| {
                u32::try_from((a + b) / (2 * Fixed::PARTS)).unwrap_or(0).min(cells - 1)
            };
            let middle = (middle(left, right, FRAME.width), middle(low, high, FRAME.height));
            let rect = self.patch_at(middle.0, middle.1)?.rect;
            for (taken, patch) in taken.iter_mut().zip(&self.patches) {
                *taken = patch.rect == rect;
            }
        }
        Ok(taken)
    }

    /// For each patch, whether a rectangle of finite corners covers half of it at least.
    pub(in crate::key) fn covered(&self, rect: Rect<f64>) -> Vec<bool> {
        let (min, max) = (rect.min(), rect.max());
        let side = |cells: u32| i64::from(cells) * Fixed::PARTS;
        let [left, low, right, high] =
            [min.x, min.y, max.x, max.y].map(|metres| Fixed::from_cells(metres / FRAME.resolution).0);
        let covers = |patch: &CellRect| {
            let across = right.min(side(patch.x + patch.width)) - left.max(side(patch.x));
            let up = high.min(side(patch.y + patch.height)) - low.max(side(patch.y));
            2 * across.max(0) * up.max(0) >= i64::from(patch.area()) * Fixed::PARTS * Fixed::PARTS
        };
        self.patches.iter().map(|patch| covers(&patch.rect)).collect()
    }

    /// The number of the patch that a place on the release lies in.
    pub(in crate::key) fn patch_of_place(&self, at: Point2<f64>) -> Result<u16, LiftError> {
        let (x, y) = (frame_cell(at.x, FRAME.width)?, frame_cell(at.y, FRAME.height)?);
        let rect = self.patch_at(x, y)?.rect;
        let number = (0..).zip(&self.patches).find(|(_, patch)| patch.rect == rect);
        number.map(|(number, _)| number).ok_or(LiftError::Outside)
    }

    /// The patch of a cell of the frame.
    fn patch_at(&self, x: u32, y: u32) -> Result<&Patch, LiftError> {
        let (zone, table) =
            (0..).zip(&self.zones).find(|(_, table)| table.rect.contains(x, y)).ok_or(LiftError::Outside)?;
        let patch = table.patch_at(x, y).and_then(|patch| self.patches.get(usize::from(patch)));
        patch.ok_or(LiftError::Unreachable { zone: ZoneId::of_index(zone) })
    }

    /// The middle of a cell in metres of the grid that the home was built from.
    pub(in crate::key) fn centre(&self, cell: usize) -> Point2<f64> {
        crate::key::lift::region::centre(self.shape.width, self.resolution_m, self.corner_m, cell)
    }

    /// The charted cells of the patches picked that can be cleaned today.
    pub(in crate::key) fn region(&self, pick: impl Fn(u16) -> bool) -> Region {
        self.charted_runs(|cell| pick(self.near[cell]) && self.drive.is_cleanable(cell))
    }

    /// The charted cells picked.
    pub(in crate::key) fn charted_runs(&self, pick: impl Fn(usize) -> bool) -> Region {
        let mut runs = crate::key::lift::region::Runs::new(self.shape.width);
        for cell in 0..self.shape.len() {
            if self.is_charted(cell) && pick(cell) {
                runs.push(cell);
            }
        }
        Region::new(self, runs.list)
    }
}

/// The column or row of a coordinate of the release.
pub(in crate::key) fn frame_cell(metres: f64, side: u32) -> Result<u32, LiftError> {
    let cells = (metres / FRAME.resolution).floor();
    if cells >= 0.0 && cells < f64::from(side) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the side")]
        Ok(cells as u32)
    } else {
        Err(LiftError::Outside)
    }
}

/// Why something of the release has no real counterpart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LiftError {
    /// The place is outside the release, or is no number.
    Outside,
    /// The release has no zone of this number.
    UnknownZone,
    /// The key has no area of this number.
    UnknownArea,
    /// The zone has no floor that the robot can come to on the current map: unreachable today.
    Unreachable {
        /// The zone, as the release numbers it.
        zone: ZoneId,
    },
    /// The pose is no number, or farther than [`SNAP_M`] from where the robot can stand.
    Pose,
    /// There is no way to the zone on the current map without what the robot must keep out of.
    NoWay {
        /// The zone, as the release numbers it.
        zone: ZoneId,
    },
}

impl fmt::Display for LiftError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outside => write!(
                f,
                "a place must be given in finite metres inside the release, {} by {} cells of {} m",
                FRAME.width, FRAME.height, FRAME.resolution
            ),
            Self::UnknownZone => f.write_str("the release has no zone of this number"),
            Self::UnknownArea => f.write_str("the key has no area of this number"),
            Self::Unreachable { zone } => write!(f, "zone {zone} is unreachable today"),
            Self::Pose => write!(f, "the pose must lie within {SNAP_M} m of where the robot can stand"),
            Self::NoWay { zone } => write!(f, "zone {zone} has no open way to it today"),
        }
    }
}

impl core::error::Error for LiftError {}
