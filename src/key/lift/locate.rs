//! From the home to the release: where a real pose lies.
//!
//! A pose is shown at the middle of its patch's rectangle and nowhere finer, so whoever sees it learns the patch
//! alone. A pose in no patch, in a wall or in a redacted room, counts to the nearest one ([`chart::near`]).
//!
//! [`chart::near`]: crate::key::chart::near

use nalgebra::{Isometry2, Point2};

use crate::atlas::{FRAME, ZoneId};
use crate::grid::narrow;
use crate::key::chart::Patch;
use crate::key::error::BORDER_M;
use crate::key::{HouseKey, KeyError};

impl HouseKey {
    /// Where a real pose lies on the release, in metres of the release: the middle of the patch that is nearest
    /// along the floor.
    ///
    /// # Errors
    /// The pose is off the map, or the home has no zone.
    ///
    /// # Complexity
    /// O(1).
    pub fn project(&self, pose: Isometry2<f64>) -> Result<Point2<f64>, KeyError> {
        let rect = self.patch_of_pose(pose)?.rect;
        let metres = |cell: u32| (f64::from(cell) + 0.5) * FRAME.resolution;
        Ok(Point2::new(metres(rect.x + rect.width / 2), metres(rect.y + rect.height / 2)))
    }

    /// The zone that [`HouseKey::project`] shows a real pose in.
    ///
    /// # Errors
    /// As [`HouseKey::project`].
    ///
    /// # Complexity
    /// O(1).
    pub fn locate(&self, pose: Isometry2<f64>) -> Result<ZoneId, KeyError> {
        Ok(ZoneId::of_index(self.patch_of_pose(pose)?.zone))
    }

    pub(in crate::key) fn patch_of_pose(&self, pose: Isometry2<f64>) -> Result<&Patch, KeyError> {
        if self.patches.is_empty() {
            return Err(KeyError::NoZone);
        }
        let at = self.frame.to_crop(pose.translation.vector.into());
        let x = nearest_index(at.x, self.resolution_m, self.shape.width);
        let y = nearest_index(at.y, self.resolution_m, self.shape.height);
        let near = x.zip(y).and_then(|(x, y)| self.near.get(y * self.shape.width + x));
        near.and_then(|&patch| self.patches.get(usize::from(patch))).ok_or(KeyError::OffMap)
    }
}

/// The column or row of a coordinate from the crop's corner, or that at the border for one up to [`BORDER_M`]
/// outside.
fn nearest_index(metres: f64, resolution_m: f64, side: usize) -> Option<usize> {
    let last = f64::from(narrow(side.checked_sub(1)?));
    let past = metres - f64::from(narrow(side)) * resolution_m;
    if metres.is_nan() || metres < -BORDER_M || past > BORDER_M {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the side before the cast"
    )]
    Some(libm::floor(metres / resolution_m).clamp(0.0, last) as usize)
}
