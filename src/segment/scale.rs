//! The constants of the stage, and its lengths and areas in cells of one grid.

/// The widest doorway: a passage up to this width parts two regions whatever their size. Single doors leave 0.6 to
/// 1.1 m, a cell or two of noise included.
pub(super) const DOOR_M: f64 = 1.2;
/// The narrowest doorway. Those of bathrooms have 0.6 m.
pub(super) const LEAST_PASSAGE_M: f64 = 0.55;
/// The widest opening that is a doorway where walls on both sides line up.
pub(super) const DOORWAY_M: f64 = 2.8;
/// A doorway is at most so many times as wide as the wall that goes on in its line.
pub(super) const WALL_TIMES: i64 = 2;
/// On both sides of a doorway the floor is wider by a tenth and more. Where it is not, a corridor goes on.
pub(super) const WIDENING: [i64; 2] = [9, 10];
/// Floor so many times as wide as a doorway on one side of it is no corridor that goes on through it.
pub(super) const ROOMY_TIMES: i64 = 2;
/// Wall that a doorway has in its line at least, on both sides together.
pub(super) const DOOR_WALL_M: f64 = 0.6;
/// Wall that is on one side alone counts up to this: a doorway has wall on both. The faces of walls count from this on,
/// since the fronts of furniture are in one line for less.
pub(super) const ONE_SIDED_M: f64 = 0.5;
/// The widest passage that can part two regions at all: double doors and archways.
pub(super) const OPENING_M: f64 = 2.2;
/// A passage wider than a doorway parts two regions where it is narrower than this share of both widths. A person
/// sees two rooms when the passage between them is half as wide as either. Without wall next to it, it parts nothing
/// from this share of the wider one's width on, however narrow it is.
pub(super) const OPENING_SHARE: f64 = 0.5;
/// Where a passage has at least this share of the regions' width, the region goes on. Furniture along a corridor and
/// the jitter of its walls take up to a quarter of its width. For two corridors, which may meet at a crossing, it is
/// the narrower that counts.
pub(super) const ALIKE_SHARE: f64 = 0.75;
/// The least area of a room behind a passage narrower than itself: the smallest toilets.
pub(super) const LEAST_ROOM_M2: f64 = 1.0;
/// The least area of a room that lies open to another, through no door: a corridor 1 m wide and 5 m long. Smaller
/// ones are alcoves, or the floor around a double bed, which has 3 to 4 m².
pub(super) const LEAST_ALCOVE_M2: f64 = 5.0;
/// The least width of a room at its widest place, twice a robot: less is a gap between pieces of furniture.
pub(super) const LEAST_WIDTH_M: f64 = 0.7;
/// The largest area of something that stands free in a room and counts as furniture: a bed of 1.8 by 2.1 m.
pub(super) const CLUTTER_M2: f64 = 4.0;
/// The largest length of such a thing: a dining table with its chairs, a kitchen island.
pub(super) const CLUTTER_M: f64 = 3.0;
/// A region is outside, and part of no room, where less than this share of its outline are walls. What is seen
/// through a window has walls along less of its outline than any room.
pub(super) const OUTSIDE_SHARE: f64 = 0.33;
/// Once all is merged, a room has walls along at least this share of its outline.
pub(super) const WALLED_SHARE: f64 = 0.5;
/// Something free-standing that is at least this long and at most [`WALL_THICKNESS_M`] thick is a piece of wall between
/// two openings, as in an open plan.
pub(super) const WALL_LENGTH_M: f64 = 1.5;
/// With furniture at it, it is wall where thin parts of at least [`WALL_PART_M`] are so long together.
pub(super) const WALL_PARTS_M: f64 = 2.4;
/// Stools at a kitchen island are shorter.
pub(super) const WALL_PART_M: f64 = 0.8;
/// Inner walls have 0.1 to 0.2 m.
pub(super) const WALL_THICKNESS_M: f64 = 0.25;
/// How far behind the last free cell a wall may lie: cells that a laser grazes stay unknown.
pub(super) const WALL_DEPTH_M: f64 = 0.2;
/// The thickest wall between two rooms, with a cell of noise. Furniture that reaches into a room is thicker.
pub(super) const INNER_WALL_M: f64 = 0.35;
/// A door has at least so much of its wall next to it.
pub(super) const JAMB_M: f64 = 0.1;
/// A border at least this long that is open in many places is a row of furniture. All the doors between
/// two rooms are shorter.
pub(super) const FENCE_M: f64 = 3.0;
/// Passages wider than this are not looked at one by one. Larger than any passage that matters, windows
/// to the outside included.
pub(super) const VAST_M: f64 = 4.0;
/// Outline without walls that a real room may have: the shadow of a piece of furniture.
pub(super) const GAP_LENGTH_M: f64 = 1.0;

/// Lengths and areas in cells of one grid.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    resolution_m: f64,
}

impl Scale {
    pub(super) const fn new(resolution_m: f64) -> Self {
        Self { resolution_m }
    }

    /// A length in cells.
    pub(super) fn cells(self, metres: f64) -> f64 {
        metres / self.resolution_m
    }

    /// A length in whole cells, at least one.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most 80, at the finest resolution"
    )]
    pub(super) fn whole_cells(self, metres: f64) -> usize {
        (libm::round(self.cells(metres)) as usize).max(1)
    }

    /// An area in cells.
    pub(super) fn area(self, square_metres: f64) -> f64 {
        square_metres / (self.resolution_m * self.resolution_m)
    }
}

/// A count as a real number.
#[expect(clippy::cast_precision_loss, reason = "counts of cells, at most 2^27")]
pub(super) const fn real(count: u64) -> f64 {
    count as f64
}
