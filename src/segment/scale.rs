//! The parameters and constants of the stage, in cells of one grid.

use super::params::SegmentParams;

/// The parameters in cells of one grid.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub(super) door: f64,
    pub(super) opening: f64,
    pub(super) opening_share: f64,
    pub(super) alike_share: f64,
    pub(super) corridor_share: f64,
    pub(super) lane: f64,
    pub(super) least_room: f64,
    pub(super) least_hall: f64,
    pub(super) least_alcove: f64,
    pub(super) least_width: f64,
    pub(super) clutter_area: f64,
    pub(super) clutter_length: f64,
    pub(super) wall_length: f64,
    pub(super) wall_thickness: f64,
    pub(super) wall_depth: usize,
    pub(super) inner_wall: usize,
    pub(super) jamb: f64,
    pub(super) neck_share: f64,
    pub(super) fence: f64,
    pub(super) vast: f64,
    pub(super) gap_length: f64,
    pub(super) outside_share: f64,
    pub(super) walled_share: f64,
}

/// Moved by a quarter as above, three of these constants cost more than a point: `CORRIDOR_SHARE` 6.9 on real maps
/// when lower, `NECK_SHARE` 1.4 there when lower and 3.2 of recall when higher, `INNER_WALL_M` 1.2 of recall when
/// higher.
impl Scale {
    /// Something free-standing that is at least this long and at most
    /// [`WALL_THICKNESS_M`](Self::WALL_THICKNESS_M) thick is a piece of wall between two openings, as in an
    /// open plan.
    const WALL_LENGTH_M: f64 = 1.5;
    /// Inner walls have 0.1 to 0.2 m.
    const WALL_THICKNESS_M: f64 = 0.25;
    /// How far behind the last free cell a wall may lie: cells that a laser grazes stay unknown.
    const WALL_DEPTH_M: f64 = 0.2;
    /// The thickest wall between two rooms, with a cell of noise. Furniture that reaches into a room is thicker.
    const INNER_WALL_M: f64 = 0.35;
    /// A door has at least so much of the wall it is in beside it.
    const JAMB_M: f64 = 0.1;
    /// A passage with no wall beside it is a door still where it is narrower than this share of the region
    /// behind it. The floor beside a bed is as narrow as the way to it.
    const NECK_SHARE: f64 = 0.6;
    /// A border at least this long that is open in many places is a row of furniture. All the doors between
    /// two rooms are shorter.
    const FENCE_M: f64 = 3.0;
    /// A passage at least this share of the *narrower* of two corridors joins them: they may meet at a
    /// crossing, where one is wider.
    const CORRIDOR_SHARE: f64 = 0.8;
    /// A way that a corridor leads on by. What is narrower is a door at most, or a gap beside furniture.
    const LANE_M: f64 = 0.8;
    /// Passages wider than this are not looked at one by one. Larger than any passage that matters, windows
    /// to the outside included.
    const VAST_M: f64 = 4.0;
    /// Outline without walls that a real room may have: the shadow of a piece of furniture.
    const GAP_LENGTH_M: f64 = 1.0;

    pub(super) fn new(params: &SegmentParams, resolution_m: f64) -> Self {
        let area_m2 = resolution_m * resolution_m;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most 80, at the finest resolution"
        )]
        let [wall_depth, inner_wall] = [Self::WALL_DEPTH_M, Self::INNER_WALL_M]
            .map(|depth_m| ((depth_m / resolution_m).round() as usize).max(1));
        Self {
            door: params.door_m / resolution_m,
            opening: params.opening_m / resolution_m,
            opening_share: params.opening_share,
            alike_share: params.alike_share,
            corridor_share: Self::CORRIDOR_SHARE,
            lane: Self::LANE_M / resolution_m,
            least_room: params.least_room_m2 / area_m2,
            least_hall: params.least_hall_m2 / area_m2,
            least_alcove: params.least_alcove_m2 / area_m2,
            least_width: params.least_width_m / resolution_m,
            clutter_area: params.clutter_m2 / area_m2,
            clutter_length: params.clutter_m / resolution_m,
            wall_length: Self::WALL_LENGTH_M / resolution_m,
            wall_thickness: Self::WALL_THICKNESS_M / resolution_m,
            wall_depth,
            inner_wall,
            fence: Self::FENCE_M / resolution_m,
            neck_share: Self::NECK_SHARE,
            jamb: Self::JAMB_M / resolution_m,
            vast: Self::VAST_M / resolution_m,
            gap_length: Self::GAP_LENGTH_M / resolution_m,
            outside_share: params.outside_share,
            walled_share: params.walled_share,
        }
    }
}
