//! The constant frame that every plan is drawn in, and what is drawn in it.

use serde::{Deserialize, Serialize};

use crate::grid::CellRect;

/// Width of a door in cells: 0.8 m nominal, the usual inner door.
pub const DOOR_CELLS: u32 = 16;

/// Least side of a zone's rectangle: 1 m nominal of floor and a wall of one cell at either side.
pub(crate) const LEAST_ZONE_CELLS: u32 = 22;

/// Least wall shared by two zones with a door: the door, the outer walls at its ends and one cell next to it.
pub(crate) const LEAST_WALL_CELLS: u32 = DOOR_CELLS + 4;

/// Distance of the dock's cell from the two nearest sides of its zone's rectangle: a robot of 0.25 m can
/// stand there.
const DOCK_INSET_CELLS: u32 = 6;

/// The grid that every plan is drawn on. Its scale is nominal and says nothing of any home.
///
/// ```
/// use homeveil::atlas::FRAME;
/// assert_eq!((FRAME.width, FRAME.height, FRAME.resolution), (192, 192, 0.05));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// Cells in a row.
    pub width: u32,
    /// Number of rows.
    pub height: u32,
    /// Nominal side of a cell in metres.
    pub resolution: f64,
}

/// The frame of every release: 192 × 192 cells of 0.05 m nominal. 192 is divisible by 16 units of proportion
/// and by the 8 cells of a patch; where nested cuts make other fractions, a wall stands at the nearest cell.
pub const FRAME: Frame = Frame { width: 192, height: 192, resolution: 0.05 };

/// The door at the middle of the wall that the two rectangles share, if it is long enough: two cells
/// deep, one on either side.
pub(super) fn door_between(one: &CellRect, other: &CellRect) -> Option<CellRect> {
    let middle = |a: u32, a_len: u32, b: u32, b_len: u32| {
        let (low, high) = (a.max(b), (a + a_len).min(b + b_len));
        (high >= low + LEAST_WALL_CELLS).then(|| low + (high - low - DOOR_CELLS) / 2)
    };
    let (left, right) = if one.x <= other.x { (one, other) } else { (other, one) };
    if left.x + left.width == right.x {
        let y = middle(one.y, one.height, other.y, other.height)?;
        return Some(CellRect { x: right.x - 1, y, width: 2, height: DOOR_CELLS });
    }
    let (low, high) = if one.y <= other.y { (one, other) } else { (other, one) };
    if low.y + low.height == high.y {
        let x = middle(one.x, one.width, other.x, other.width)?;
        return Some(CellRect { x, y: high.y - 1, width: DOOR_CELLS, height: 2 });
    }
    None
}

/// Twice the place of a rectangle's middle, in cells.
pub(super) const fn middle(rect: &CellRect) -> (u32, u32) {
    (2 * rect.x + rect.width, 2 * rect.y + rect.height)
}

number! {
    /// Number of a zone of a plan, from 1: as pictures and map files show it.
    ///
    /// ```
    /// use homeveil::atlas::ZoneId;
    /// assert_eq!(ZoneId::new(2).to_string(), "2");
    /// ```
    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    ZoneId(u8)
}

impl ZoneId {
    /// The zone at an index.
    pub(crate) const fn of_index(index: u8) -> Self {
        Self(index.wrapping_add(1))
    }

    /// The index of the zone, beyond every list for the number 0.
    pub(crate) const fn index(self) -> usize {
        (self.0 as usize).wrapping_sub(1)
    }
}

/// A zone of a plan.
///
/// ```
/// use homeveil::atlas::{Zone, ZoneId};
/// use homeveil::grid::CellRect;
/// let zone = Zone { id: ZoneId::new(1), rect: CellRect { x: 0, y: 0, width: 96, height: 192 } };
/// assert!(zone.rect.contains(95, 0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// Its number; zones stand in this order.
    pub id: ZoneId,
    /// Its rectangle, walls included. The zones' rectangles tile the frame.
    pub rect: CellRect,
}

/// A door between two zones.
///
/// ```
/// use homeveil::atlas::{DOOR_CELLS, Door, ZoneId};
/// use homeveil::grid::CellRect;
/// let rect = CellRect { x: 95, y: 88, width: 2, height: DOOR_CELLS };
/// let door = Door { zones: [1, 2].map(ZoneId::new), rect };
/// assert!(door.zones[0] < door.zones[1]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Door {
    /// The zones it joins, the lower number first.
    pub zones: [ZoneId; 2],
    /// Its cells, free in the grid.
    pub rect: CellRect,
}

/// Where the robot charges on a plan.
///
/// ```
/// use homeveil::atlas::{Dock, ZoneId};
/// let dock = Dock { zone: ZoneId::new(1), x: 6, y: 6 };
/// assert_eq!(dock.zone.get(), 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dock {
    /// The zone, the root of the plan's tree.
    pub zone: ZoneId,
    /// Column of its cell.
    pub x: u32,
    /// Row of its cell.
    pub y: u32,
}

impl Dock {
    /// The dock of a zone: near the lower left corner of its rectangle, where no door can be.
    pub(crate) const fn of(zone: Zone) -> Self {
        Self { zone: zone.id, x: zone.rect.x + DOCK_INSET_CELLS, y: zone.rect.y + DOCK_INSET_CELLS }
    }
}
