//! What a home may have at most.

/// Most rooms of a home. Ten times the largest house on any real map tried.
pub const MAX_ROOMS: usize = 1000;

/// Most keep-outs of a home: as many as rooms.
pub const MAX_KEEP_OUTS: usize = 1000;

/// Most corners of all keep-outs of a home together, and of all regions of a redaction: four for each keep-out.
/// An outline is drawn in each row of the grid that it passes, so corners are what drawing costs by.
pub const MAX_OUTLINE_CORNERS: usize = 4 * MAX_KEEP_OUTS;

/// Least floor, in square metres, that becomes a room without having been labelled one: the smallest toilets
/// have 1 m².
pub const LEAST_ROOM_M2: f64 = 1.0;

/// Smallest radius of a robot, in metres.
pub const MIN_RADIUS_M: f64 = 0.02;

/// Largest radius of a robot, in metres.
pub const MAX_RADIUS_M: f64 = 1.0;

/// Farthest that a dock may lie from free floor, in metres: the radius of the largest robot, which has driven over the
/// floor next to the place where it parks. A dock farther away was given in another frame than the map.
pub const MAX_DOCK_M: f64 = MAX_RADIUS_M;

/// Widest strip of unknown cells that does not part a home, in metres, unless a builder says otherwise: a threshold or
/// a door leaf in its frame, as thick as inner walls are.
pub const STRIP_M: f64 = 0.25;

/// Most that such a strip may be set to, in metres: wider ones may be anything.
pub const MAX_STRIP_M: f64 = 1.0;
