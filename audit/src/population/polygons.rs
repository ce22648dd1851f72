//! Homes drawn as outlines of rooms, as collections of floor plans have them.

use geo_types::Point;
use homeveil::grid::{Cell, GridError, MAX_CELLS, OccupancyGrid, Span};
use homeveil::home::{RobotMap, Room, RoomId, RoomKind};
use nalgebra::Point2;
use serde::Deserialize;

use super::{Half, Population, Subject};
use crate::AuditError;

/// Side of a cell that outlines are drawn with, in metres: what nearly all vacuum robots map with.
const RESOLUTION_M: f64 = 0.05;

/// Unknown cells around a home, in metres.
const RIM_M: f64 = 0.25;

/// Homes as room polygons: JSON, one list of homes. Coordinates are metres, y up. A cell is floor of the first room
/// whose outline holds its middle (even-odd rule); cells less than a cell from a room are wall. A door is the line from
/// one jamb to the other: floor of half its length is cut through the walls around its middle. By turns a home goes to
/// the design half and to the evaluation half.
///
/// ```
/// use homeveil_audit::population::{Half, Population, RoomPolygons};
/// let home = r#"{
///     "rooms": [{"kind": "kitchen", "outline": [[0, 0], [3, 0], [3, 4], [0, 4]]},
///               {"kind": "living", "outline": [[3.1, 0], [8, 0], [8, 4], [3.1, 4]]}],
///     "doors": [[[3.05, 1], [3.05, 1.9]]],
///     "dock": [1, 1]
/// }"#;
/// let homes = RoomPolygons::from_json(format!("[{home}, {home}]").as_bytes())?;
/// assert_eq!(homes.subject(Half::Design, 0)?.rooms().len(), 2);
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
#[derive(Clone, Debug)]
pub struct RoomPolygons {
    homes: Vec<Drawn>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Drawn {
    rooms: Vec<DrawnRoom>,
    #[serde(default)]
    doors: Vec<[[f64; 2]; 2]>,
    #[serde(default)]
    dock: Option<[f64; 2]>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DrawnRoom {
    /// The name of a [`RoomKind`], or in one of the languages that maps use.
    kind: String,
    outline: Vec<[f64; 2]>,
}

impl RoomPolygons {
    /// Reads homes.
    ///
    /// # Errors
    /// The text is not as the type's documentation says.
    pub fn from_json(json: &[u8]) -> Result<Self, AuditError> {
        Ok(Self { homes: serde_json::from_slice(json)? })
    }
}

impl Population for RoomPolygons {
    fn name(&self) -> String {
        format!("{} homes drawn as room polygons", self.homes.len())
    }

    fn count(&self, half: Half) -> Option<usize> {
        let all = self.homes.len();
        Some(if half == Half::Design { all.div_ceil(2) } else { all / 2 })
    }

    fn subject(&self, half: Half, number: usize) -> Result<Subject, AuditError> {
        let at = 2 * number + usize::from(half == Half::Evaluation);
        Subject::new(self.homes.get(at).ok_or(AuditError::NoHomes)?.map()?)
    }
}

impl Drawn {
    /// The robot's map of it.
    fn map(&self) -> Result<RobotMap, AuditError> {
        let corners = || self.rooms.iter().flat_map(|room| &room.outline);
        let low = [0, 1].map(|axis| corners().map(|at| at[axis]).fold(f64::INFINITY, f64::min) - RIM_M);
        let high = [0, 1].map(|axis| corners().map(|at| at[axis]).fold(f64::NEG_INFINITY, f64::max) + RIM_M);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates, and the grid refuses"
        )]
        let [width, height] = [0, 1].map(|axis| ((high[axis] - low[axis]) / RESOLUTION_M).ceil() as u32);
        // Refuses sides that are too long, and too many cells, before anything is allocated.
        Span::new(0, height.saturating_sub(1), width)?;
        let (wide, tall) = (width as usize, height as usize);
        if wide.saturating_mul(tall) > MAX_CELLS {
            return Err(GridError::Cells.into());
        }
        let middle = |cell: usize| {
            [cell % wide, cell / wide]
                .map(|n| (n as f64 + 0.5) * RESOLUTION_M)
                .into_iter()
                .zip(low)
                .map(|(at, low)| at + low)
        };
        let room_at = |at: Point<f64>| self.rooms.iter().position(|room| room.holds(at));
        let mut rooms: Vec<Option<usize>> = (0..wide * tall)
            .map(|cell| {
                let mut at = middle(cell);
                room_at(Point::new(at.next().unwrap_or(0.0), at.next().unwrap_or(0.0)))
            })
            .collect();
        let floor = rooms.clone();
        let is_near = |cell: usize| {
            let (x, y) = (cell % wide, cell / wide);
            (y.saturating_sub(2)..(y + 3).min(tall))
                .any(|y| (x.saturating_sub(2)..(x + 3).min(wide)).any(|x| floor[y * wide + x].is_some()))
        };
        for door in &self.doors {
            self.cut(door, low, wide, &mut rooms);
        }
        let cells = (0..wide * tall).map(|cell| match rooms[cell] {
            Some(_) => Cell::Free,
            None if is_near(cell) => Cell::Occupied,
            None => Cell::Unknown,
        });
        let grid = OccupancyGrid::new(width, height, RESOLUTION_M, cells.collect())?;
        let list = (0..).zip(&self.rooms).map(|(index, room)| {
            let mut runs = Vec::new();
            for (cell, _) in rooms.iter().enumerate().filter(|(_, of)| **of == Some(index)) {
                let [x, y] = [cell % wide, cell / wide].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
                runs.push(Span::new(x, y, 1)?);
            }
            let kind = RoomKind::parse(&room.kind).or_else(|| RoomKind::from_name(&room.kind));
            let id = u32::try_from(index).unwrap_or(0) + 1;
            Ok(Room::new(RoomId::new(id), kind, runs))
        });
        let list = list.collect::<Result<Vec<_>, AuditError>>()?;
        let dock = self.dock.map(|[x, y]| Point2::new(x - low[0], y - low[1]));
        Ok(RobotMap::new(grid, list, dock, Vec::new()))
    }

    /// Cuts a door through the walls: cells within half its length of its middle that are no room's become floor of the
    /// nearest room, if they lie across the line from jamb to jamb.
    fn cut(&self, &[from, to]: &[[f64; 2]; 2], low: [f64; 2], wide: usize, rooms: &mut [Option<usize>]) {
        let along = [to[0] - from[0], to[1] - from[1]];
        let length = along[0].hypot(along[1]).max(RESOLUTION_M);
        let unit = along.map(|step| step / length);
        let reach = length / 2.0;
        let owner = self.rooms.iter().position(|room| {
            // Just off the wall, on either side of the middle.
            [-reach, reach].into_iter().any(|off| {
                let middle = [0, 1].map(|axis| f64::midpoint(from[axis], to[axis]));
                room.holds(Point::new(middle[0] - off * unit[1], middle[1] + off * unit[0]))
            })
        });
        for (cell, room) in rooms.iter_mut().enumerate() {
            let at = [(cell % wide, low[0]), (cell / wide, low[1])]
                .map(|(n, low)| (n as f64 + 0.5) * RESOLUTION_M + low);
            let off = [at[0] - from[0], at[1] - from[1]];
            let (on, across) = (off[0] * unit[0] + off[1] * unit[1], off[1] * unit[0] - off[0] * unit[1]);
            if room.is_none() && (0.0..=length).contains(&on) && across.abs() <= reach {
                *room = owner;
            }
        }
    }
}

impl DrawnRoom {
    /// By the even-odd rule.
    fn holds(&self, at: Point<f64>) -> bool {
        let corners = &self.outline;
        let edges = corners.iter().zip(corners.iter().cycle().skip(1));
        edges
            .filter(|(a, b)| {
                (a[1] > at.y()) != (b[1] > at.y())
                    && at.x() < a[0] + (at.y() - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
            })
            .count()
            % 2
            == 1
    }
}

#[cfg(test)]
mod tests {
    use super::{AuditError, GridError, Half, Population, RoomPolygons};

    #[test]
    fn a_door_joins_two_rooms_and_areas_are_those_drawn() {
        let home = r#"{"rooms": [{"kind": "kitchen", "outline": [[0, 0], [3, 0], [3, 4], [0, 4]]},
            {"kind": "living", "outline": [[3.2, 0], [8.2, 0], [8.2, 4], [3.2, 4]]}], "doors": [[[3.1, 1], [3.1, 1.9]]], "dock": [1, 1]}"#;
        let homes = RoomPolygons::from_json(format!("[{home},{home}]").as_bytes()).unwrap();
        let home = homes.subject(Half::Evaluation, 0).unwrap();
        let areas: Vec<f64> = home.rooms().iter().map(|room| room.area_m2).collect();
        assert!((areas[0] - 12.0).abs() < 0.5 && (areas[1] - 20.0).abs() < 0.5, "{areas:?}");
        // One sketch of two rooms that a door joins: the library takes the dock's piece of floor for the home.
        assert!(!home.sketch().unwrap().is_empty());
        assert!((home.free_m2() - 32.0).abs() < 1.0);
        assert!((home.aspect() - 8.2 / 4.0).abs() < 0.1);
        assert!(homes.subject(Half::Evaluation, 1).is_err());
    }

    /// An outline that encloses nothing may lie far away: what is between is no map, and nothing is made room for.
    #[test]
    fn a_home_too_large_for_a_map_is_refused() {
        let home = r#"{"rooms": [{"kind": "kitchen", "outline": [[0, 0], [3, 0], [3, 4], [0, 4]]},
            {"kind": "living", "outline": [[240, 240], [241, 241]]}]}"#;
        let homes = RoomPolygons::from_json(format!("[{home},{home}]").as_bytes()).unwrap();
        let refused = homes.subject(Half::Design, 0).unwrap_err();
        assert!(matches!(refused, AuditError::Grid(GridError::Cells)), "{refused}");
    }
}
