//! The release as JSON, in and out.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::certificate::Certificate;
use super::error::{FORMAT, MAX_JSON_BYTES, ReleaseError};
use super::floor::Floor;
use super::release::Release;
use crate::atlas::{Dock, Door, FRAME, Frame, MAX_ZONES, PlanId, Zone, ZoneId};
use crate::grid::{Cell, CellRect, OccupancyGrid};
use crate::policy::MAX_FLOORS;

/// Version of the format: a certificate for several floors would be misread as one for a single floor.
const fn version(floors: u8) -> u32 {
    if floors == 1 { 1 } else { 2 }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReleaseJson {
    format: String,
    version: u32,
    frame: Frame,
    floors: Vec<FloorJson>,
    areas: u32,
    certificate: Certificate,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FloorJson {
    plan: PlanId,
    zones: Vec<Zone>,
    doors: Vec<Door>,
    dock: Dock,
    grid: Vec<i32>,
}

impl Release {
    /// The release as JSON: one line, fields in a fixed order, the same bytes for the same release.
    ///
    /// # Panics
    /// Never: every field is a number, a string or a list of them.
    #[must_use]
    pub fn to_json(&self) -> String {
        let floors = self
            .floors
            .iter()
            .map(|floor| FloorJson {
                plan: floor.plan,
                zones: floor.zones.clone(),
                doors: floor.doors.clone(),
                dock: floor.dock,
                grid: encode(floor.grid.cells()),
            })
            .collect();
        let json = ReleaseJson {
            format: FORMAT.to_owned(),
            version: version(self.certificate.floors),
            frame: FRAME,
            floors,
            areas: self.areas,
            certificate: self.certificate.clone(),
        };
        serde_json::to_string(&json).expect("numbers, strings and lists of them always serialize")
    }

    /// Reads a release. What it says is not yet checked: see [`Release::verify`].
    ///
    /// # Errors
    /// The text is too long, not the JSON of a release of this version, or its grid does not fill the frame.
    pub fn from_json(json: &[u8]) -> Result<Self, ReleaseError> {
        if json.len() > MAX_JSON_BYTES {
            return Err(ReleaseError::TooLong);
        }
        let json: ReleaseJson = serde_json::from_slice(json).map_err(|_| ReleaseError::Json)?;
        if json.format != FORMAT || json.version != version(json.certificate.floors) {
            return Err(ReleaseError::Version);
        }
        if json.frame != FRAME {
            return Err(ReleaseError::Frame);
        }
        if json.floors.len() > usize::from(MAX_FLOORS) {
            return Err(ReleaseError::Floors);
        }
        let floors = json.floors.into_iter().map(|floor| {
            if !floor.is_inside_frame() {
                return Err(ReleaseError::Geometry);
            }
            let cells = decode(&floor.grid).ok_or(ReleaseError::Grid)?;
            let grid = OccupancyGrid::new(FRAME.width, FRAME.height, FRAME.resolution, cells)
                .map_err(|_| ReleaseError::Grid)?;
            Ok(Floor { plan: floor.plan, zones: floor.zones, doors: floor.doors, dock: floor.dock, grid })
        });
        Ok(Self {
            floors: floors.collect::<Result<_, _>>()?,
            areas: json.areas,
            certificate: json.certificate,
        })
    }
}

impl FloorJson {
    /// Everything named exists and lies in the frame, so that whoever draws the floor can rely on it.
    fn is_inside_frame(&self) -> bool {
        let inside = |rect: &CellRect| {
            let fits = |from: u32, length: u32, side: u32| {
                length > 0 && from.checked_add(length).is_some_and(|end| end <= side)
            };
            fits(rect.x, rect.width, FRAME.width) && fits(rect.y, rect.height, FRAME.height)
        };
        let count = self.zones.len();
        let known = |zone: ZoneId| zone.index() < count;
        (1..=usize::from(MAX_ZONES)).contains(&count)
            && self.zones.iter().enumerate().all(|(at, zone)| zone.id.index() == at && inside(&zone.rect))
            && self.doors.len() < count
            && self.doors.iter().all(|door| door.zones.into_iter().all(known) && inside(&door.rect))
            && known(self.dock.zone)
            && self.dock.x < FRAME.width
            && self.dock.y < FRAME.height
    }
}

/// Runs of equal cells as value, length, value, length, ….
fn encode(cells: &[Cell]) -> Vec<i32> {
    cells
        .chunk_by(|a, b| a == b)
        .flat_map(|run| [i32::from(run[0].to_ros()), i32::try_from(run.len()).unwrap_or(i32::MAX)])
        .collect()
}

/// The cells of the runs, if they fill the frame exactly.
fn decode(runs: &[i32]) -> Option<Vec<Cell>> {
    let whole = (FRAME.width * FRAME.height) as usize;
    let mut cells = Vec::with_capacity(whole);
    for run in runs.chunks(2) {
        let [value, length] = *run else { return None };
        let cell = match value {
            -1 => Cell::Unknown,
            0 => Cell::Free,
            100 => Cell::Occupied,
            _ => return None,
        };
        let length = usize::try_from(length).ok().filter(|&length| length <= whole - cells.len())?;
        cells.resize(cells.len() + length, cell);
    }
    (cells.len() == whole).then_some(cells)
}
