//! What a room is, in metres.

/// What [`segment`](super::segment) takes for a door, a room, a piece of furniture or the outside. All
/// lengths are in metres, so one set of values does for every resolution.
///
/// The defaults were chosen on real maps of homes (Roborock, Dreame, Viomi, Neato, hobby robots) and on made-up homes.
///
/// ```
/// use homeveil::segment::SegmentParams;
/// let studio = SegmentParams::default().least_room_m2(0.8).door_m(1.1);
/// # let _ = studio;
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SegmentParams {
    pub(super) door_m: f64,
    pub(super) opening_m: f64,
    pub(super) opening_share: f64,
    pub(super) alike_share: f64,
    pub(super) least_room_m2: f64,
    pub(super) least_hall_m2: f64,
    pub(super) least_alcove_m2: f64,
    pub(super) least_width_m: f64,
    pub(super) clutter_m2: f64,
    pub(super) clutter_m: f64,
    pub(super) outside_share: f64,
    pub(super) walled_share: f64,
}

impl Default for SegmentParams {
    fn default() -> Self {
        Self {
            // Single doors leave 0.6 to 1.1 m, a cell or two of noise included.
            door_m: 1.2,
            // Double doors and archways.
            opening_m: 2.2,
            // A person sees two rooms when the passage between them is half as wide as either.
            opening_share: 0.5,
            // Furniture along a corridor and the jitter of its walls take up to a quarter of its width.
            alike_share: 0.75,
            // The smallest toilets.
            least_room_m2: 1.0,
            // A corridor 1 m wide and 5 m long; a shorter piece goes on in the next one.
            least_hall_m2: 5.0,
            // The floor around a double bed has 3 to 4 m².
            least_alcove_m2: 5.0,
            // Twice a robot: less is a gap between pieces of furniture.
            least_width_m: 0.7,
            // A bed of 1.8 by 2.1 m.
            clutter_m2: 4.0,
            // A dining table with its chairs, a kitchen island.
            clutter_m: 3.0,
            // What is seen through a window has walls along less of its outline than any room.
            outside_share: 0.33,
            walled_share: 0.5,
        }
    }
}

impl SegmentParams {
    /// The widest doorway. A passage up to this width parts two regions whatever their size (default 1.2).
    #[must_use]
    pub const fn door_m(mut self, metres: f64) -> Self {
        self.door_m = metres;
        self
    }

    /// The widest passage that can part two regions at all (default 2.2).
    #[must_use]
    pub const fn opening_m(mut self, metres: f64) -> Self {
        self.opening_m = metres;
        self
    }

    /// A passage wider than a doorway parts two regions where it is narrower than this share of both widths
    /// (default 0.5).
    #[must_use]
    pub const fn opening_share(mut self, share: f64) -> Self {
        self.opening_share = share;
        self
    }

    /// Where a passage has at least this share of the regions' width, the region goes on (default 0.75).
    #[must_use]
    pub const fn alike_share(mut self, share: f64) -> Self {
        self.alike_share = share;
        self
    }

    /// The least area of a room behind a passage narrower than itself, in m² (default 1.0).
    #[must_use]
    pub const fn least_room_m2(mut self, area: f64) -> Self {
        self.least_room_m2 = area;
        self
    }

    /// The least area of a room that lies open to another and leads on to a third, as a corridor does, in m²
    /// (default 5.0).
    #[must_use]
    pub const fn least_hall_m2(mut self, area: f64) -> Self {
        self.least_hall_m2 = area;
        self
    }

    /// The least area of a room that lies open to another and leads nowhere, in m² (default 5.0). Smaller
    /// ones are alcoves, or the floor between a bed and the wall.
    #[must_use]
    pub const fn least_alcove_m2(mut self, area: f64) -> Self {
        self.least_alcove_m2 = area;
        self
    }

    /// The least width of a room at its widest place (default 0.7).
    #[must_use]
    pub const fn least_width_m(mut self, metres: f64) -> Self {
        self.least_width_m = metres;
        self
    }

    /// The largest area of something that stands free in a room and counts as furniture, in m² (default 4.0).
    #[must_use]
    pub const fn clutter_m2(mut self, area: f64) -> Self {
        self.clutter_m2 = area;
        self
    }

    /// The largest length of something that stands free in a room and counts as furniture (default 3.0).
    #[must_use]
    pub const fn clutter_m(mut self, metres: f64) -> Self {
        self.clutter_m = metres;
        self
    }

    /// A region is outside, and part of no room, where less than this share of its outline are walls (default
    /// 0.33).
    #[must_use]
    pub const fn outside_share(mut self, share: f64) -> Self {
        self.outside_share = share;
        self
    }

    /// Once all is merged, a room has walls along at least this share of its outline (default 0.5).
    #[must_use]
    pub const fn walled_share(mut self, share: f64) -> Self {
        self.walled_share = share;
        self
    }
}
