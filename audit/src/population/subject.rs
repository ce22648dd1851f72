//! A home under attack.

use std::sync::OnceLock;

use homeveil::home::{Footprint, Home, RobotMap, Room, RoomKind};
use homeveil::redact::redact;
use homeveil::sketch::Sketch;
use homeveil::{Policy, Redaction};

use crate::AuditError;

/// Radius of a usual robot vacuum, in metres.
pub const RADIUS_M: f64 = 0.17;

/// A home, and what is true of it. As private as the map it comes from.
///
/// ```
/// use homeveil::synth::sample_home;
/// use homeveil_audit::population::Subject;
/// let home = Subject::new(sample_home())?;
/// assert_eq!(home.rooms().len(), 8);
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
#[derive(Debug)]
pub struct Subject {
    map: RobotMap,
    home: Home,
    redaction: Redaction,
    rooms: Vec<RoomFact>,
    listed: Vec<Room>,
    sketch: OnceLock<Sketch>,
}

/// A room's kind and size.
///
/// ```
/// let home = homeveil_audit::population::Subject::new(homeveil::synth::sample_home())?;
/// assert!(home.rooms().iter().all(|room| room.kind.is_some() && room.area_m2 > 1.0));
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoomFact {
    /// What it is used for, where that is known.
    pub kind: Option<RoomKind>,
    /// Square metres of free floor.
    pub area_m2: f64,
}

impl Subject {
    /// The home of a map. Rooms are found where the map has none; those of the default policy's kinds are redacted, and
    /// rooms without a kind are kept.
    ///
    /// # Errors
    /// The home is refused.
    pub fn new(map: RobotMap) -> Result<Self, AuditError> {
        let home = map.clone().into_builder(Footprint::disc_m(RADIUS_M)?).segmented().build()?;
        let listed = home.rooms();
        let cell_m2 = home.resolution_m() * home.resolution_m();
        let area = |room: &Room| room.runs().iter().map(|run| f64::from(run.len())).sum::<f64>() * cell_m2;
        let rooms = listed.iter().map(|room| RoomFact { kind: room.kind(), area_m2: area(room) }).collect();
        let redaction = Policy::default().redaction().keep_unlabelled();
        Ok(Self { map, home, redaction, rooms, listed, sketch: OnceLock::new() })
    }

    /// The map as the robot has it.
    #[must_use]
    pub const fn map(&self) -> &RobotMap {
        &self.map
    }

    /// The home that the library sees.
    #[must_use]
    pub const fn home(&self) -> &Home {
        &self.home
    }

    /// What is redacted by default.
    #[must_use]
    pub const fn redaction(&self) -> &Redaction {
        &self.redaction
    }

    /// The rooms' kinds and sizes, redacted ones included.
    #[must_use]
    pub fn rooms(&self) -> &[RoomFact] {
        &self.rooms
    }

    /// The rooms with their cells, in the order of [`Subject::rooms`].
    #[must_use]
    pub fn listed(&self) -> &[Room] {
        &self.listed
    }

    /// Square metres of free floor.
    #[must_use]
    pub fn free_m2(&self) -> f64 {
        self.home.floor_m2()
    }

    /// The longer side of the rooms' bounds over the shorter one; 1 without rooms.
    #[must_use]
    pub fn aspect(&self) -> f64 {
        let runs = || self.listed.iter().flat_map(Room::runs);
        let left = runs().map(|run| run.x()).min().unwrap_or(0);
        let right = runs().map(|run| run.columns().end).max().unwrap_or(1);
        let low = runs().map(|run| run.y()).min().unwrap_or(0);
        let high = runs().map(|run| run.y() + 1).max().unwrap_or(1);
        let (wide, tall) = (f64::from(right - left), f64::from(high - low));
        wide.max(tall) / wide.min(tall).max(1.0)
    }

    /// All that a release may depend on, after the default redaction; the same object at every call.
    ///
    /// # Errors
    /// The redaction is refused, which it is for no home that this was made of.
    pub fn sketch(&self) -> Result<&Sketch, AuditError> {
        if let Some(sketch) = self.sketch.get() {
            return Ok(sketch);
        }
        let sketch = Sketch::of(&redact(&self.home, &self.redaction)?);
        Ok(self.sketch.get_or_init(|| sketch))
    }
}
