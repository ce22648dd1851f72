//! The reader: layers become cells and rooms, entities dock and keep-outs.

use geo_types::{Coord, Line, LineString, Polygon};
use nalgebra::Point2;
use serde::Deserialize;

use super::raw::{Entity, EntityKind, Layer, LayerKind, Pixels, RawMap, RobotState, Segment};
use crate::formats::error::MapFileError;
use crate::formats::limits::{MAX_FILE_BYTES, MAX_PIXELS, MAX_POSITION_CM};
use crate::grid::occupancy::cells_of_sides;
use crate::grid::{Cell, MAX_RESOLUTION_M, MIN_RESOLUTION_M, OccupancyGrid, Span};
use crate::home::{FileFrame, KeepOut, MAX_KEEP_OUTS, RobotMap, Room, RoomId, RoomKind};

/// Reads the JSON of a Valetudo map, version 1 or 2, or of a robot's state with such a map.
///
/// A layer's pixels may be pairs (`pixels`) or runs (`compressedPixels`). A byte-order mark is passed over. For maps
/// that are packed or in a picture see [`read_map`](crate::formats::read_map).
///
/// # Errors
/// [`MapFileError`] says what is wrong with the file and what would be right.
///
/// # Complexity
/// O(bytes + pixels + cells of the bounding box) time. Memory is at most a few times the file's size, and 3
/// bytes for each of at most [`MAX_CELLS`](crate::grid::MAX_CELLS) cells.
///
/// ```
/// use homeveil::formats::read_valetudo;
/// use homeveil::grid::Cell;
/// use homeveil::home::RoomKind;
/// let json = br#"{
///     "metaData": {"version": 2}, "pixelSize": 5,
///     "layers": [
///         {"type": "segment", "metaData": {"segmentId": "7", "name": "Bad"},
///          "compressedPixels": [100, 200, 3, 100, 201, 2]},
///         {"type": "wall", "metaData": {}, "compressedPixels": [102, 201, 1]}
///     ],
///     "entities": [{"type": "charger_location", "points": [502, 1002]}]
/// }"#;
/// let map = read_valetudo(json)?;
/// assert_eq!((map.grid.width(), map.grid.height()), (3, 2));
/// assert_eq!(map.grid.get(2, 0), Some(Cell::Occupied)); // the lower row is the one with the larger y
/// assert_eq!(map.rooms[0].kind(), Some(RoomKind::Bathroom));
/// # Ok::<(), homeveil::formats::MapFileError>(())
/// ```
pub fn read_valetudo(json: &[u8]) -> Result<RobotMap, MapFileError> {
    if json.len() > MAX_FILE_BYTES {
        return Err(MapFileError::TooLarge);
    }
    let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
    let mut raw: RawMap = parse(json)?;
    if raw.is_state() {
        raw = parse::<RobotState>(json)?.map;
    }
    if raw.is_default() {
        return Err(MapFileError::DefaultMap);
    }
    let version = match raw.version() {
        None if raw.image.is_some() => return Err(MapFileError::Unversioned),
        None => return Err(MapFileError::JsonMissing { field: "metaData.version" }),
        Some(version @ 1..=2) => version,
        Some(_) => return Err(MapFileError::Version),
    };
    let resolution_m = raw.pixel_size.ok_or(MapFileError::JsonMissing { field: "pixelSize" })? / 100.0;
    if !(MIN_RESOLUTION_M..=MAX_RESOLUTION_M).contains(&resolution_m) {
        return Err(MapFileError::PixelSize);
    }
    let layers = raw.layers.ok_or(MapFileError::JsonMissing { field: "layers" })?;
    let entities = raw.entities.ok_or(MapFileError::JsonMissing { field: "entities" })?;
    if layers.over {
        return Err(MapFileError::Layers);
    }

    let layers: Vec<Painted> =
        layers.items.into_iter().map(|layer| Painted::new(layer, version)).collect::<Result<_, _>>()?;
    let canvas = PixelCanvas::paint(&layers)?;
    let origin_m =
        Point2::new(f64::from(canvas.left) * resolution_m, f64::from(canvas.bottom + 1) * resolution_m);
    let rooms = canvas.rooms(&layers)?;
    let grid = OccupancyGrid::new(canvas.width, canvas.height, resolution_m, canvas.cells())?;

    if entities.over {
        return Err(MapFileError::KeepOuts);
    }
    let (dock, keep_outs) = places(entities.items, origin_m)?;
    Ok(RobotMap { origin_m, frame: FileFrame::Valetudo, ..RobotMap::new(grid, rooms, dock, keep_outs) })
}

/// The dock and the keep-outs among the entities, in metres.
fn places(
    entities: Vec<Entity>,
    origin_m: Point2<f64>,
) -> Result<(Option<Point2<f64>>, Vec<KeepOut>), MapFileError> {
    let (mut dock, mut keep_outs) = (None, Vec::new());
    for entity in entities {
        let unusable = || MapFileError::Points { entity: entity.kind.name() };
        let points: Vec<Coord<f64>> = entity
            .points
            .and_then(|points| points.pairs(MAX_POSITION_CM))
            .ok_or_else(unusable)?
            .into_iter()
            .map(|point| FileFrame::Valetudo.to_map_m(origin_m, point))
            .map(|point| Coord { x: point.x, y: point.y })
            .collect();
        match (entity.kind, points.as_slice()) {
            (EntityKind::ChargerLocation, [at]) => dock = dock.or(Some(Point2::new(at.x, at.y))),
            (EntityKind::VirtualWall, &[start, end]) => keep_outs.push(KeepOut::Wall(Line { start, end })),
            (EntityKind::NoGoArea, [_, _, _, ..]) => {
                keep_outs.push(KeepOut::Area(Polygon::new(LineString(points), Vec::new())));
            }
            _ => return Err(unusable()),
        }
    }
    if keep_outs.len() > MAX_KEEP_OUTS { Err(MapFileError::KeepOuts) } else { Ok((dock, keep_outs)) }
}

fn parse<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Result<T, MapFileError> {
    serde_json::from_slice(json).map_err(|error| match error.classify() {
        serde_json::error::Category::Eof => MapFileError::Truncated,
        serde_json::error::Category::Data => MapFileError::JsonShape,
        _ => MapFileError::JsonSyntax,
    })
}

/// What a layer paints with.
#[derive(Clone, Copy)]
enum Paint {
    Floor,
    Wall,
    Room(RoomId, Option<RoomKind>),
}

/// A layer whose pixels have been checked to be whole runs.
struct Painted {
    paint: Paint,
    pixels: Vec<u16>,
    /// How many numbers a run has: x, y, and in a list of runs its length.
    per_pixel: usize,
}

impl Painted {
    fn new(layer: Layer, version: u64) -> Result<Self, MapFileError> {
        let paint = match layer.kind {
            LayerKind::Wall => Paint::Wall,
            LayerKind::Segment => {
                let segment = layer.segment.as_ref();
                let id = segment.and_then(Segment::id).ok_or(MapFileError::SegmentId)?;
                Paint::Room(RoomId::new(id), segment.and_then(Segment::kind))
            }
            LayerKind::Floor | LayerKind::Other => Paint::Floor,
        };
        let missing = MapFileError::JsonMissing { field: "pixels or compressedPixels in every layer" };
        let (Pixels { values: pixels, usable }, per_pixel) = layer.into_pixels(version).ok_or(missing)?;
        if !usable {
            return Err(MapFileError::Coordinate);
        }
        if !pixels.len().is_multiple_of(per_pixel) {
            return Err(MapFileError::PixelCount);
        }
        Ok(Self { paint, pixels, per_pixel })
    }

    /// Columns from `x` to before `end` of row `y`, in pixels from the upper left.
    fn runs(&self) -> impl Iterator<Item = (u32, u32, u32)> {
        self.pixels.chunks_exact(self.per_pixel).map(|run| {
            let len = run.get(2).map_or(1, |&len| u32::from(len));
            (u32::from(run[0]), u32::from(run[1]), u32::from(run[0]) + len)
        })
    }
}

/// The pixels between the bounds of the known ones, flipped: row 0 is the lowest.
struct PixelCanvas {
    /// First column in the file.
    left: u32,
    /// Last row in the file, the lowest one.
    bottom: u32,
    width: u32,
    height: u32,
    /// [`UNKNOWN`], [`WALL`], [`FLOOR`], or [`FIRST_LAYER`] and the index of a layer.
    labels: Vec<u16>,
}

const UNKNOWN: u16 = 0;
const WALL: u16 = 1;
const FLOOR: u16 = 2;
const FIRST_LAYER: u16 = 3;

impl PixelCanvas {
    fn paint(layers: &[Painted]) -> Result<Self, MapFileError> {
        let (mut left, mut right, mut top, mut bottom) = (u32::MAX, 0, u32::MAX, 0);
        let mut pixels = 0_usize;
        for (x, y, end) in layers.iter().flat_map(Painted::runs) {
            if end == x || end > u32::from(u16::MAX) + 1 {
                return Err(MapFileError::Run);
            }
            pixels = pixels.saturating_add((end - x) as usize);
            (left, right) = (left.min(x), right.max(end - 1));
            (top, bottom) = (top.min(y), bottom.max(y));
        }
        if pixels > MAX_PIXELS {
            return Err(MapFileError::Pixels);
        }
        if pixels == 0 {
            (left, right, top, bottom) = (0, 0, 0, 0);
        }
        let (width, height) = (right - left + 1, bottom - top + 1);
        let mut labels = vec![UNKNOWN; cells_of_sides(width, height)?];
        for (label, layer) in (FIRST_LAYER..).zip(layers) {
            for (x, y, end) in layer.runs() {
                let row = (bottom - y) as usize * width as usize;
                for label_here in &mut labels[row + (x - left) as usize..row + (end - left) as usize] {
                    *label_here = match (layer.paint, *label_here) {
                        (Paint::Wall, _) => WALL,
                        (Paint::Floor, UNKNOWN) => FLOOR,
                        (Paint::Room(..), UNKNOWN | FLOOR) => label,
                        (_, held) => held,
                    };
                }
            }
        }
        Ok(Self { left, bottom, width, height, labels })
    }

    fn cells(&self) -> Vec<Cell> {
        let cell = |&label: &u16| match label {
            UNKNOWN => Cell::Unknown,
            WALL => Cell::Occupied,
            _ => Cell::Free,
        };
        self.labels.iter().map(cell).collect()
    }

    /// The rooms that kept some cells, in the order of their layers.
    fn rooms(&self, layers: &[Painted]) -> Result<Vec<Room>, MapFileError> {
        let mut runs: Vec<Vec<Span>> = vec![Vec::new(); layers.len()];
        for (label, run) in Span::runs(&self.labels, self.width as usize) {
            if let Some(layer) = label.checked_sub(FIRST_LAYER) {
                runs[usize::from(layer)].push(run);
            }
        }
        let mut ids: Vec<RoomId> = Vec::new();
        let mut rooms = Vec::new();
        for (layer, runs) in layers.iter().zip(runs) {
            let Paint::Room(id, kind) = layer.paint else { continue };
            ids.push(id);
            if !runs.is_empty() {
                rooms.push(Room::new(id, kind, runs));
            }
        }
        ids.sort_unstable();
        if ids.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(MapFileError::SegmentTwice);
        }
        Ok(rooms)
    }
}
