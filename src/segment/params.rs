//! What a room is, in metres.

/// Proto.
#[derive(Clone, Debug)]
pub struct SegmentParams {
    pub door_m: f64,
    pub alike: f64,
    pub least_room_m2: f64,
    pub least_hall_m2: f64,
    pub clutter_m2: f64,
    pub clutter_m: f64,
    pub wall_m: f64,
    pub wall_thickness_m: f64,
    pub narrow_m: f64,
    pub walled: f64,
    pub hall_m: f64,
    pub split: f64,
    pub corridor: f64,
}

fn env(name: &str, d: f64) -> f64 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(d)
}

impl Default for SegmentParams {
    fn default() -> Self {
        Self {
            door_m: env("DOOR", 1.2),
            alike: env("ALIKE", 0.75),
            least_room_m2: env("ROOM", 1.0),
            least_hall_m2: env("HALL", 3.0),
            clutter_m2: env("CLUTTER", 4.0),
            clutter_m: env("CLUTTERL", 3.0),
            wall_m: env("WALL", 1.5),
            wall_thickness_m: env("WALLT", 0.25),
            narrow_m: env("NARROW", 0.6),
            walled: env("WALLED", 0.4),
            hall_m: env("HALLW", 2.2),
            split: env("SPLIT", 0.5),
            corridor: env("CORR", 0.8),
        }
    }
}

/// The same in cells of one grid.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lengths {
    pub(super) door: f64,
    pub(super) alike: f64,
    pub(super) least_room: f64,
    pub(super) least_hall: f64,
    pub(super) clutter_cells: f64,
    pub(super) clutter_long: f64,
    pub(super) wall_long: f64,
    pub(super) wall_thick: f64,
    pub(super) speck_cells: f64,
    pub(super) narrow: f64,
    pub(super) walled: f64,
    pub(super) wall_reach: u32,
    pub(super) seen: f64,
    pub(super) hall: f64,
    pub(super) split: f64,
    pub(super) corridor: f64,
}

impl Lengths {
    pub(super) fn new(p: &SegmentParams, r: f64) -> Self {
        let area = r * r;
        Self {
            door: p.door_m / r,
            alike: p.alike,
            least_room: p.least_room_m2 / area,
            least_hall: p.least_hall_m2 / area,
            clutter_cells: p.clutter_m2 / area,
            clutter_long: p.clutter_m / r,
            wall_long: p.wall_m / r,
            wall_thick: p.wall_thickness_m / r,
            speck_cells: 0.02 / area,
            narrow: p.narrow_m / r,
            walled: p.walled,
            wall_reach: (env("REACH", 0.2) / r).round() as u32,
            seen: env("SEEN", 0.0),
            hall: p.hall_m / r,
            split: p.split,
            corridor: p.corridor,
        }
    }
}
