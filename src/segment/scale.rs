//! The constants of the stage, and its lengths and areas in cells of one grid.

use super::params::SegmentParams;

/// Something free-standing that is at least this long and at most
/// [`WALL_THICKNESS_M`] thick is a piece of wall between two openings, as in an
/// open plan.
pub(super) const WALL_LENGTH_M: f64 = 1.5;
/// Inner walls have 0.1 to 0.2 m.
pub(super) const WALL_THICKNESS_M: f64 = 0.25;
/// How far behind the last free cell a wall may lie: cells that a laser grazes stay unknown.
pub(super) const WALL_DEPTH_M: f64 = 0.2;
/// The thickest wall between two rooms, with a cell of noise. Furniture that reaches into a room is thicker.
pub(super) const INNER_WALL_M: f64 = 0.35;
/// A door has at least so much of its wall next to it.
pub(super) const JAMB_M: f64 = 0.1;
/// A passage with no wall next to it is still a door if it is narrower than this share of the region behind it.
/// The floor next to a bed is as narrow as the passage to it.
pub(super) const NECK_SHARE: f64 = 0.6;
/// A border at least this long that is open in many places is a row of furniture. All the doors between
/// two rooms are shorter.
pub(super) const FENCE_M: f64 = 3.0;
/// A passage at least this share of the *narrower* of two corridors joins them: they may meet at a
/// crossing, where one is wider.
pub(super) const CORRIDOR_SHARE: f64 = 0.8;
/// A passage that a corridor goes on through. What is narrower is a door at most, or a gap next to furniture.
pub(super) const LANE_M: f64 = 0.8;
/// Passages wider than this are not looked at one by one. Larger than any passage that matters, windows
/// to the outside included.
pub(super) const VAST_M: f64 = 4.0;
/// Outline without walls that a real room may have: the shadow of a piece of furniture.
pub(super) const GAP_LENGTH_M: f64 = 1.0;

/// The parameters, for one grid.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub(super) params: SegmentParams,
    resolution_m: f64,
}

impl Scale {
    pub(super) const fn new(params: &SegmentParams, resolution_m: f64) -> Self {
        Self { params: *params, resolution_m }
    }

    /// A length in cells.
    pub(super) fn cells(&self, metres: f64) -> f64 {
        metres / self.resolution_m
    }

    /// A length in whole cells, at least one.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most 80, at the finest resolution"
    )]
    pub(super) fn whole_cells(&self, metres: f64) -> usize {
        (self.cells(metres).round() as usize).max(1)
    }

    /// An area in cells.
    pub(super) fn area(&self, square_metres: f64) -> f64 {
        square_metres / (self.resolution_m * self.resolution_m)
    }
}
