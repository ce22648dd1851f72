//! Homes: the private maps that robots make.

use alloc::vec::Vec;

use homeveil::geo_types::{Coord, Line, LineString, Polygon};
use homeveil::grid::{Cell, MAX_SIDE};
use homeveil::home::{Footprint, Home, HomeBuilder, KeepOut, RoomKind};
use homeveil::nalgebra::{Isometry2, Point2, Translation2, UnitComplex};

use crate::border::{self, Crossing, Place, guarded, row};
use crate::status::homeveil_status;
use crate::versioned::read;

/// A private map: cells, rooms, dock, keep-outs. It is not wiped when it is freed. A device copies what it needs.
pub struct homeveil_home {
    pub(crate) home: Home,
    /// Of a file, the grid's lower left corner in its frame.
    corner: Option<homeveil_point>,
}

/// A place, in metres, in the frame of the robot's poses; where the home is from a file, in that of its grid, as
/// `homeveil_home_corner` says.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct homeveil_point {
    /// Along the first axis.
    pub x_m: f64,
    /// Along the second axis.
    pub y_m: f64,
}

layout!(homeveil_point: x_m at 0, y_m at 8; 16);

/// A pose, the same bits on every machine: nalgebra asks the platform for sine and cosine, whose last bit may differ.
pub(crate) fn pose(at: homeveil_point, yaw_rad: f64) -> Isometry2<f64> {
    let (sin, cos) = libm::sincos(yaw_rad);
    Isometry2::from_parts(Translation2::new(at.x_m, at.y_m), UnitComplex::from_cos_sin_unchecked(cos, sin))
}

/// The kind of a room.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct homeveil_room {
    /// Its number in the labels.
    pub label: u16,
    /// One of `HOMEVEIL_KIND_…`.
    pub kind: u16,
}

layout!(homeveil_room: label at 0, kind at 2; 4);

/// Where the robot must not go. Three or more corners are an area, two are a wall.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct homeveil_keep_out {
    /// The corners.
    pub corners: *const homeveil_point,
    /// Their number.
    pub corners_len: usize,
}

layout!(homeveil_keep_out: corners at 0, corners_len at 8; 16);

/// A grid of labels, as many robots keep their maps: one number a cell, of a room or with a meaning of its own.
///
/// Start from `homeveil_label_map_default`, which sets the size and leaves dock and keep-outs out.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct homeveil_label_map {
    /// `sizeof(homeveil_label_map)` of the program that fills it in.
    pub size: usize,
    /// Cells in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// The labels, row by row from the lower left.
    pub labels: *const u16,
    /// Their number, width times height: of labels, not of bytes.
    pub labels_len: usize,
    /// The label of a cell that was never seen: 0 by default. It, `free` and `occupied` must be three numbers, none of
    /// them that of a room: a robot that numbers its rooms from 1 must change `free`.
    pub unknown: u16,
    /// The label of floor that belongs to no room: 1 by default.
    pub free: u16,
    /// The label of a wall or an obstacle: 65535 by default.
    pub occupied: u16,
    /// The kinds of rooms, where they are known. Those of rooms that the grid does not have are passed over.
    pub rooms: *const homeveil_room,
    /// Their number.
    pub rooms_len: usize,
    /// The dock, or NULL.
    pub dock: *const homeveil_point,
    /// Metres a cell: 0.05 by default.
    pub resolution_m: f64,
    /// The radius of the robot in metres: 0.17 by default.
    pub robot_radius_m: f64,
    /// The lower left corner of the grid, in the frame of the robot's poses.
    pub origin: homeveil_point,
    /// How far the grid is turned in that frame, in radians.
    pub yaw_rad: f64,
    /// Where the robot must not go.
    pub keep_outs: *const homeveil_keep_out,
    /// Their number.
    pub keep_outs_len: usize,
}

versioned!(
    homeveil_label_map:
    width, height, labels, labels_len, unknown, free, occupied, rooms, rooms_len, dock, resolution_m, robot_radius_m,
    origin, yaw_rad, keep_outs, keep_outs_len;
    homeveil_label_map_default()
);
layout!(
    homeveil_label_map:
    size at 0, width at 8, height at 12, labels at 16, labels_len at 24, unknown at 32, free at 34, occupied at 36,
    rooms at 40, rooms_len at 48, dock at 56, resolution_m at 64, robot_radius_m at 72, origin at 80, yaw_rad at 96,
    keep_outs at 104, keep_outs_len at 112; 120
);

/// A map of no cells, as every program starts to fill one in.
#[unsafe(no_mangle)]
pub extern "C" fn homeveil_label_map_default() -> homeveil_label_map {
    homeveil_label_map {
        size: size_of::<homeveil_label_map>(),
        width: 0,
        height: 0,
        labels: core::ptr::null(),
        labels_len: 0,
        unknown: 0,
        free: 1,
        occupied: u16::MAX,
        rooms: core::ptr::null(),
        rooms_len: 0,
        dock: core::ptr::null(),
        resolution_m: 0.05,
        robot_radius_m: 0.17,
        origin: homeveil_point { x_m: 0.0, y_m: 0.0 },
        yaw_rad: 0.0,
        keep_outs: core::ptr::null(),
        keep_outs_len: 0,
    }
}

/// A home from a grid of labels. `HOMEVEIL_STATUS_NUMBER` where a kind is not known, or where `unknown`, `free` and
/// `occupied` are not three numbers that no room has; `HOMEVEIL_STATUS_ROOM_CELLS` where a room has two kinds. Nothing
/// of the map is kept that the program would have to keep alive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_home_from_labels(
    map: *const homeveil_label_map,
    home: *mut *mut homeveil_home,
) -> homeveil_status {
    guarded(|| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(home) }?;
        // SAFETY: NULL or a struct that was filled in, as all functions demand.
        let map = unsafe { read(map) }?;
        check_len(&map)?;
        // SAFETY: as many labels as the struct states, as all functions demand.
        let labels = unsafe { row(map.labels, map.labels_len) }?;
        // SAFETY: as many rooms as the struct states, as all functions demand.
        let rooms = unsafe { row(map.rooms, map.rooms_len) }?;
        let kinds: Vec<(u16, RoomKind)> = rooms
            .iter()
            .map(|room| Some((room.label, kind_of(room.kind)?)))
            .collect::<Option<_>>()
            .ok_or(homeveil_status::Number)?;
        check_labels(&map, rooms)?;
        let cell_of = |label| match label {
            _ if label == map.occupied => Some(Cell::Occupied),
            _ if label == map.free => Some(Cell::Free),
            _ if label == map.unknown => Some(Cell::Unknown),
            _ => None,
        };
        let robot = Footprint::disc_m(map.robot_radius_m)?;
        let sides = [map.width, map.height];
        let origin = pose(map.origin, map.yaw_rad);
        let builder =
            Home::from_labels(sides, map.resolution_m, robot, labels, cell_of, &kinds)?.origin(origin);
        // SAFETY: the struct's own pointers, as all functions demand.
        let builder = unsafe { with_dock_and_keep_outs(builder, &map) }?;
        place.give(homeveil_home { home: builder.build()?, corner: None });
        Ok(())
    })
}

/// That the grid has as many labels as cells, before any is read: a length in bytes would lead past their end.
fn check_len(map: &homeveil_label_map) -> Crossing {
    if ![map.width, map.height].iter().all(|side| (1..=MAX_SIDE).contains(side)) {
        return Err(homeveil_status::GridSide);
    }
    let cells = u64::from(map.width) * u64::from(map.height);
    if u64::try_from(map.labels_len) == Ok(cells) { Ok(()) } else { Err(homeveil_status::GridLength) }
}

/// That the labels with a meaning of their own are three, and none of them a room's: a bedroom that was read as floor
/// of no room would be redacted only where all such floor is.
fn check_labels(map: &homeveil_label_map, rooms: &[homeveil_room]) -> Crossing {
    let own = [map.unknown, map.free, map.occupied];
    let are_three = own[0] != own[1] && own[1] != own[2] && own[2] != own[0];
    let is_clear = are_three && rooms.iter().all(|room| !own.contains(&room.label));
    if is_clear { Ok(()) } else { Err(homeveil_status::Number) }
}

/// # Safety
/// Dock and keep-outs are NULL or valid, each with as many corners as it states.
unsafe fn with_dock_and_keep_outs(
    mut builder: HomeBuilder,
    map: &homeveil_label_map,
) -> Result<HomeBuilder, homeveil_status> {
    // SAFETY: the caller's promise.
    if let Some(dock) = unsafe { map.dock.as_ref() } {
        builder = builder.dock(Point2::new(dock.x_m, dock.y_m));
    }
    let mut places = Vec::new();
    // SAFETY: the caller's promise.
    for place in unsafe { row(map.keep_outs, map.keep_outs_len) }? {
        // SAFETY: the caller's promise.
        places.push(unsafe { keep_out(place) }?);
    }
    Ok(builder.keep_out(places))
}

/// Where the robot must not go, from what a C program gives.
///
/// # Safety
/// The corners are NULL or as many as stated.
pub(crate) unsafe fn keep_out(place: &homeveil_keep_out) -> Result<KeepOut, homeveil_status> {
    // SAFETY: the caller's promise.
    let corners = unsafe { row(place.corners, place.corners_len) }?;
    let corners: Vec<Coord> = corners.iter().map(|at| Coord { x: at.x_m, y: at.y_m }).collect();
    Ok(match corners[..] {
        [] | [_] => return Err(homeveil_status::Outline),
        [start, end] => KeepOut::Wall(Line { start, end }),
        [_, _, _, ..] => KeepOut::Area(Polygon::new(LineString(corners), Vec::new())),
    })
}

/// A home from a map of Valetudo, `len` bytes at `map`, for a robot of this radius in metres. Its places are not those
/// of the file: see `homeveil_home_corner`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_home_from_valetudo(
    map: *const u8,
    len: usize,
    robot_radius_m: f64,
    home: *mut *mut homeveil_home,
) -> homeveil_status {
    guarded(|| {
        // SAFETY: NULL or memory for a pointer, as all functions demand of their results.
        let place = unsafe { Place::at(home) }?;
        // SAFETY: NULL or as many bytes, as all functions demand of theirs.
        let map = unsafe { row(map, len) }?;
        let robot = Footprint::disc_m(robot_radius_m)?;
        place.give(valetudo(map, robot)?);
        Ok(())
    })
}

#[cfg(feature = "formats")]
fn valetudo(map: &[u8], robot: Footprint) -> Result<homeveil_home, homeveil_status> {
    let map = homeveil::formats::read_map(map, None).map_err(|_| homeveil_status::MapFile)?;
    let corner = homeveil_point { x_m: map.origin_m.x, y_m: map.origin_m.y };
    Ok(homeveil_home { home: map.into_builder(robot).build()?, corner: Some(corner) })
}

#[cfg(not(feature = "formats"))]
fn valetudo(_: &[u8], _: Footprint) -> Result<homeveil_home, homeveil_status> {
    Err(homeveil_status::NotBuilt)
}

/// The lower left corner of the grid of a home from a map of Valetudo, in metres along the axes of the file, where y
/// points down. The place (x, y) of the file, in its centimetres, is (x / 100 - `x_m`, `y_m` - y / 100) for all
/// functions, and what they give is turned back likewise: places and paths; runs of cells are counted from that corner.
/// Ask for each file: the corner moves where another cell is the outermost known one. `HOMEVEIL_STATUS_MAP_FILE` where
/// the home is from labels.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_home_corner(
    home: *const homeveil_home,
    corner: *mut homeveil_point,
) -> homeveil_status {
    guarded(|| {
        // SAFETY: NULL or memory for a point, as all functions demand of their results.
        let place = unsafe { Place::at(corner) }?;
        // SAFETY: NULL or an object of the library's, as all functions demand.
        let home = unsafe { border::shared(home) }?;
        let none =
            if cfg!(feature = "formats") { homeveil_status::MapFile } else { homeveil_status::NotBuilt };
        place.put(home.corner.ok_or(none)?);
        Ok(())
    })
}

/// Frees a home. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_home_free(home: *mut homeveil_home) {
    // SAFETY: NULL or an object that `Place::give` gave out, as all functions demand.
    unsafe { border::free(home) }
}

/// A living room.
pub const HOMEVEIL_KIND_LIVING: u16 = 0;
/// A kitchen.
pub const HOMEVEIL_KIND_KITCHEN: u16 = 1;
/// A dining room.
pub const HOMEVEIL_KIND_DINING: u16 = 2;
/// A hallway.
pub const HOMEVEIL_KIND_HALLWAY: u16 = 3;
/// An office.
pub const HOMEVEIL_KIND_OFFICE: u16 = 4;
/// A bedroom.
pub const HOMEVEIL_KIND_BEDROOM: u16 = 5;
/// A nursery.
pub const HOMEVEIL_KIND_NURSERY: u16 = 6;
/// A bathroom.
pub const HOMEVEIL_KIND_BATHROOM: u16 = 7;
/// A toilet.
pub const HOMEVEIL_KIND_TOILET: u16 = 8;
/// A storage room.
pub const HOMEVEIL_KIND_STORAGE: u16 = 9;
/// A laundry.
pub const HOMEVEIL_KIND_LAUNDRY: u16 = 10;
/// A garage.
pub const HOMEVEIL_KIND_GARAGE: u16 = 11;
/// A balcony.
pub const HOMEVEIL_KIND_BALCONY: u16 = 12;
/// A room of another kind.
pub const HOMEVEIL_KIND_OTHER: u16 = 13;

/// The kind of a number of the header.
pub(crate) const fn kind_of(number: u16) -> Option<RoomKind> {
    Some(match number {
        HOMEVEIL_KIND_LIVING => RoomKind::Living,
        HOMEVEIL_KIND_KITCHEN => RoomKind::Kitchen,
        HOMEVEIL_KIND_DINING => RoomKind::Dining,
        HOMEVEIL_KIND_HALLWAY => RoomKind::Hallway,
        HOMEVEIL_KIND_OFFICE => RoomKind::Office,
        HOMEVEIL_KIND_BEDROOM => RoomKind::Bedroom,
        HOMEVEIL_KIND_NURSERY => RoomKind::Nursery,
        HOMEVEIL_KIND_BATHROOM => RoomKind::Bathroom,
        HOMEVEIL_KIND_TOILET => RoomKind::Toilet,
        HOMEVEIL_KIND_STORAGE => RoomKind::Storage,
        HOMEVEIL_KIND_LAUNDRY => RoomKind::Laundry,
        HOMEVEIL_KIND_GARAGE => RoomKind::Garage,
        HOMEVEIL_KIND_BALCONY => RoomKind::Balcony,
        HOMEVEIL_KIND_OTHER => RoomKind::Other,
        _ => return None,
    })
}
