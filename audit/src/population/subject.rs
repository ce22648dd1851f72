//! A home under attack.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use homeveil::atlas::{Codebook, PlanId};
use homeveil::home::{Footprint, Home, RobotMap, Room, RoomKind};
use homeveil::merge::{Ranking, rank};
use homeveil::redact::redact;
use homeveil::sketch::Sketch;
use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
use nalgebra::Point2;

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
    bare: OnceLock<Sketch>,
    sealed: OnceLock<Sealed>,
    merged_m2: OnceLock<Vec<f64>>,
    best: OnceLock<(usize, PlanId)>,
    rankings: Arc<Mutex<Vec<Ranked>>>,
}

/// What the plans of a codebook, by its digest, cost in homes with this sketch.
#[derive(Debug)]
struct Ranked {
    sketch: Sketch,
    digest: String,
    ranking: Arc<Ranking>,
}

/// What a home makes of the plan that all homes share.
#[derive(Debug)]
pub(crate) struct Sealed {
    /// Where the middles of its zones lie, in metres; those alone that the robot gets to.
    pub(crate) middles: Vec<Point2<f64>>,
    /// Square metres of its zones.
    pub(crate) zones_m2: Vec<f64>,
}

impl Sealed {
    fn of(home: &Home, redaction: &Redaction) -> Result<Self, AuditError> {
        let (grant, mut coins) = (Grant::unaccounted(), Coins::replayed(1));
        let (release, key) = anonymize(home, redaction, &Policy::sealed(), grant, &mut coins)?;
        let (mut middles, mut zones_m2) = (Vec::new(), Vec::new());
        if let Some(floor) = release.floors().first() {
            let cell_m = floor.grid().resolution_m();
            for zone in floor.zones() {
                let middle = |from: u32, len: u32| (f64::from(from) + f64::from(len) / 2.0) * cell_m;
                let rect = zone.rect;
                let middle = Point2::new(middle(rect.x, rect.width), middle(rect.y, rect.height));
                middles.extend(key.lift_point(middle).ok());
                zones_m2.push(key.lift_zone(zone.id).map_or(0.0, |region| region.area_m2()));
            }
        }
        Ok(Self { middles, zones_m2 })
    }
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
        Ok(Self {
            map,
            home,
            redaction,
            rooms,
            listed,
            sketch: OnceLock::new(),
            bare: OnceLock::new(),
            sealed: OnceLock::new(),
            merged_m2: OnceLock::new(),
            best: OnceLock::new(),
            rankings: Arc::default(),
        })
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
        once(&self.sketch, || Ok(Sketch::of(&redact(&self.home, &self.redaction)?)))
    }

    /// The same with nothing redacted.
    pub(crate) fn bare_sketch(&self) -> Result<&Sketch, AuditError> {
        once(&self.bare, || Ok(Sketch::of(&redact(&self.home, &Redaction::none())?)))
    }

    /// What each plan of a codebook costs in the home, after the default redaction or without any. It follows from the
    /// sketch and the codebook, and is computed once for each pair of them.
    pub(crate) fn ranking(&self, codebook: &Codebook, redacts: bool) -> Result<Arc<Ranking>, AuditError> {
        let sketch = if redacts { self.sketch()? } else { self.bare_sketch()? };
        let mut known = self.rankings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = known.iter().find(|own| own.digest == codebook.digest() && own.sketch == *sketch) {
            return Ok(Arc::clone(&own.ranking));
        }
        let ranking = Arc::new(rank(sketch, codebook));
        let digest = codebook.digest().to_owned();
        known.push(Ranked { sketch: sketch.clone(), digest, ranking: Arc::clone(&ranking) });
        Ok(ranking)
    }

    /// The same home, which shares with another one what was computed of sketches that both have.
    pub(crate) fn sharing_rankings(self, other: &Self) -> Self {
        Self { rankings: Arc::clone(&other.rankings), ..self }
    }

    /// What the plan that all homes share is in this one, after the default redaction.
    pub(crate) fn sealed(&self) -> Result<&Sealed, AuditError> {
        once(&self.sealed, || Sealed::of(&self.home, &self.redaction))
    }

    /// Square metres of the zones of that plan with nothing redacted.
    pub(crate) fn merged_m2(&self) -> Result<&[f64], AuditError> {
        let merged = once(&self.merged_m2, || Ok(Sealed::of(&self.home, &Redaction::none())?.zones_m2));
        merged.map(Vec::as_slice)
    }

    /// The plan that suits the home best, by its number among all and its id; looked for once.
    pub(crate) fn best(
        &self,
        look: impl FnOnce(&Sketch) -> Result<(usize, PlanId), AuditError>,
    ) -> Result<(usize, PlanId), AuditError> {
        once(&self.best, || look(self.sketch()?)).copied()
    }
}

/// What was computed before, or is now.
fn once<T>(cell: &OnceLock<T>, compute: impl FnOnce() -> Result<T, AuditError>) -> Result<&T, AuditError> {
    if let Some(value) = cell.get() {
        return Ok(value);
    }
    let value = compute()?;
    Ok(cell.get_or_init(|| value))
}
