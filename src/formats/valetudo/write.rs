//! The writer: a floor of a release as a Valetudo map, for cards, apps and integrations that show such maps.
//!
//! Pixels are runs `x, y, count` from left to right and top to bottom; entities have points in centimetres, y down
//! from the upper left corner.

use serde::Serialize;

use crate::atlas::Dock;
use crate::grid::{Cell, OccupancyGrid, Span};
use crate::release::Floor;

/// Side of a pixel: the nominal 0.05 m of the constant frame, as in most vendors' maps.
const PIXEL_CM: u32 = 5;

/// Version of the map format: runs instead of single pixels.
const VERSION: u32 = 2;

/// Direction of the robot on its dock, in degrees from upwards: away from the wall below it.
const ROBOT_ANGLE_DEG: u32 = 0;

/// Writes a floor of a release as Valetudo map JSON, on one line.
///
/// Areas are those of the drawing, in cm² as in Valetudo, and as false as its scale.
///
/// # Complexity
/// O(cells · zones).
///
/// ```
/// use homeveil::formats::write_valetudo;
/// use homeveil::home::Footprint;
/// use homeveil::{Coins, Grant, Policy, anonymize, synth};
///
/// let home = synth::sample_home().into_builder(Footprint::disc_m(0.17)?).build()?;
/// let (policy, coins) = (Policy::default(), &mut Coins::os());
/// let (release, _) = anonymize(&home, &policy.redaction(), &policy, Grant::unaccounted(), coins)?;
/// let json = write_valetudo(&release.floors()[0]);
/// assert!(json.starts_with(r#"{"__class":"ValetudoMap","metaData":{"version":2,"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn write_valetudo(floor: &Floor) -> String {
    to_json(&Map::of(floor))
}

fn to_json(map: &Map) -> String {
    serde_json::to_string(map).expect("structs of strings and integers can be written as JSON")
}

#[derive(Serialize)]
struct Map {
    #[serde(rename = "__class")]
    class: &'static str,
    #[serde(rename = "metaData")]
    meta: MapMeta,
    size: Point,
    #[serde(rename = "pixelSize")]
    pixel_size: u32,
    layers: Vec<Layer>,
    entities: [Entity; 2],
}

#[derive(Serialize)]
struct MapMeta {
    version: u32,
    #[serde(rename = "totalLayerArea")]
    total_layer_area: u64,
}

/// Centimetres, y down.
#[derive(Serialize)]
struct Point {
    x: u32,
    y: u32,
}

#[derive(Serialize)]
struct Layer {
    #[serde(rename = "__class")]
    class: &'static str,
    #[serde(rename = "metaData")]
    meta: LayerMeta,
    #[serde(rename = "type")]
    kind: &'static str,
    pixels: [u32; 0],
    #[serde(rename = "compressedPixels")]
    runs: Vec<u32>,
    dimensions: Dimensions,
}

#[derive(Serialize)]
struct LayerMeta {
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    segment: Option<Segment>,
    area: u64,
}

#[derive(Serialize)]
struct Segment {
    #[serde(rename = "segmentId")]
    id: String,
    active: bool,
    name: String,
}

#[derive(Serialize)]
struct Dimensions {
    x: AxisStatistics,
    y: AxisStatistics,
    #[serde(rename = "pixelCount")]
    pixel_count: u64,
}

/// Along one axis; `mid` and `avg` rounded half up, as Valetudo rounds.
#[derive(Serialize)]
struct AxisStatistics {
    min: u32,
    max: u32,
    mid: u32,
    avg: u64,
}

#[derive(Serialize)]
struct Entity {
    #[serde(rename = "__class")]
    class: &'static str,
    #[serde(rename = "metaData")]
    meta: EntityMeta,
    points: [u32; 2],
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
struct EntityMeta {
    #[serde(skip_serializing_if = "Option::is_none")]
    angle: Option<u32>,
}

impl Map {
    fn of(floor: &Floor) -> Self {
        let grid = floor.grid();
        let zone_at = |x, y| floor.zones().iter().position(|zone| zone.rect.contains(x, y));
        // From the upper left: 0 for nothing, 1 for a wall, 2 and up for the zones.
        let mut labels = Vec::with_capacity(grid.cells().len());
        for (y, row) in (0..grid.height()).zip(grid.cells().chunks_exact(grid.width() as usize)).rev() {
            labels.extend((0..).zip(row).map(|(x, cell)| match cell {
                Cell::Occupied => 1,
                Cell::Free => zone_at(x, y).map_or(0, |zone| zone + 2),
                Cell::Unknown => 0,
            }));
        }
        let mut runs = vec![Vec::new(); floor.zones().len() + 2];
        for (label, run) in Span::runs(&labels, grid.width() as usize) {
            runs[label].push(run);
        }
        let segments = floor.zones().iter().zip(&runs[2..]).map(|(zone, runs)| {
            let number = u32::from(zone.id.get());
            let segment = Segment { id: number.to_string(), active: false, name: format!("Zone {number}") };
            Layer::of("segment", Some(segment), runs)
        });
        let layers: Vec<Layer> =
            core::iter::once(Layer::of("wall", None, &runs[1])).chain(segments).collect();
        Self {
            class: "ValetudoMap",
            meta: MapMeta {
                version: VERSION,
                total_layer_area: layers.iter().map(|layer| layer.meta.area).sum(),
            },
            size: Point { x: grid.width() * PIXEL_CM, y: grid.height() * PIXEL_CM },
            pixel_size: PIXEL_CM,
            layers,
            entities: [
                Entity::at(floor.dock(), grid, "charger_location", None),
                Entity::at(floor.dock(), grid, "robot_position", Some(ROBOT_ANGLE_DEG)),
            ],
        }
    }
}

impl Layer {
    fn of(kind: &'static str, segment: Option<Segment>, runs: &[Span]) -> Self {
        let pixel_count = runs.iter().map(|run| u64::from(run.len())).sum();
        let sum_x = runs.iter().flat_map(|run| run.columns()).map(u64::from);
        let sum_y = runs.iter().map(|run| u64::from(run.y()) * u64::from(run.len()));
        let lefts = runs.iter().map(|run| run.x());
        let rights = runs.iter().map(|run| run.columns().end - 1);
        let ys = || runs.iter().map(|run| run.y());
        Self {
            class: "MapLayer",
            meta: LayerMeta { segment, area: pixel_count * u64::from(PIXEL_CM * PIXEL_CM) },
            kind,
            pixels: [],
            runs: runs.iter().flat_map(|run| [run.x(), run.y(), run.len()]).collect(),
            dimensions: Dimensions {
                x: AxisStatistics::of(lefts.min(), rights.max(), sum_x.sum(), pixel_count),
                y: AxisStatistics::of(ys().min(), ys().max(), sum_y.sum(), pixel_count),
                pixel_count,
            },
        }
    }
}

impl AxisStatistics {
    fn of(min: Option<u32>, max: Option<u32>, sum: u64, count: u64) -> Self {
        let (min, max) = (min.unwrap_or(0), max.unwrap_or(0));
        Self { min, max, mid: (min + max).div_ceil(2), avg: (2 * sum + count) / (2 * count).max(1) }
    }
}

impl Entity {
    /// A point at the middle of the dock's cell, rounded down to centimetres.
    fn at(dock: Dock, grid: &OccupancyGrid, kind: &'static str, angle: Option<u32>) -> Self {
        let middle = |cell: u32| cell * PIXEL_CM + PIXEL_CM / 2;
        let points = [middle(dock.x), middle((grid.height() - 1).saturating_sub(dock.y))];
        Self { class: "PointMapEntity", meta: EntityMeta { angle }, points, kind }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{PIXEL_CM, write_valetudo};
    use crate::atlas::FRAME;
    use crate::formats::read_valetudo;
    use crate::formats::samples::{floors, floors_of};
    use crate::grid::Cell;

    fn numbers(value: &Value) -> Vec<u32> {
        value.as_array().unwrap().iter().map(|n| u32::try_from(n.as_u64().unwrap()).unwrap()).collect()
    }

    #[test]
    fn the_layers_paint_the_grid_and_its_zones() {
        for floor in floors() {
            let json = write_valetudo(&floor);
            let read = read_valetudo(json.as_bytes()).unwrap();
            assert!(read.grid == *floor.grid());
            assert_eq!(read.rooms.len(), floor.zones().len());
            for (zone, room) in floor.zones().iter().zip(&read.rooms) {
                assert_eq!(room.id().get(), u32::from(zone.id.get()));
                assert!(room.runs().iter().all(|run| run.columns().all(|x| zone.rect.contains(x, run.y()))));
            }
            let map: Value = serde_json::from_str(&json).unwrap();
            let mut area = 0;
            for layer in map["layers"].as_array().unwrap() {
                let mut cells = Vec::new();
                for run in numbers(&layer["compressedPixels"]).chunks_exact(3) {
                    cells.extend((0..run[2]).map(|step| (run[0] + step, run[1])));
                }
                let count = cells.len() as u64;
                area += layer["metaData"]["area"].as_u64().unwrap();
                assert_eq!(layer["metaData"]["area"], count * 25);
                assert_eq!(layer["dimensions"]["pixelCount"], count);
                for (axis, values) in [
                    ("x", cells.iter().map(|c| u64::from(c.0)).collect::<Vec<_>>()),
                    ("y", cells.iter().map(|c| u64::from(c.1)).collect::<Vec<_>>()),
                ] {
                    let (min, max) = (values.iter().min().unwrap(), values.iter().max().unwrap());
                    let extent = &layer["dimensions"][axis];
                    assert_eq!((&extent["min"], &extent["max"]), (&(*min).into(), &(*max).into()));
                    assert_eq!(extent["mid"], (min + max).div_ceil(2));
                    assert_eq!(extent["avg"], (2 * values.iter().sum::<u64>() + count) / (2 * count));
                }
            }
            assert_eq!(map["metaData"]["totalLayerArea"], area);
            let known = floor.grid().cells().iter().filter(|&&cell| cell != Cell::Unknown).count();
            assert_eq!(area, 25 * known as u64, "no cell is painted twice");
        }
    }

    #[test]
    fn the_pixel_is_the_frames_cell() {
        assert!((f64::from(PIXEL_CM) - FRAME.resolution * 100.0).abs() < 1e-9);
    }

    #[test]
    fn the_map_of_the_first_plan_but_for_its_runs_is_this() {
        let json = write_valetudo(&floors_of(2)[0]);
        assert!(json.starts_with(GOLDEN_START));
        assert!(json.contains(GOLDEN_SEGMENT));
        assert!(json.ends_with(GOLDEN_END));
    }

    const GOLDEN_START: &str = concat!(
        r#"{"__class":"ValetudoMap","metaData":{"version":2,"totalLayerArea":921600},"size":{"#,
        r#""x":960,"y":960},"pixelSize":5,"layers":[{"__class":"MapLayer","metaData":{"#,
        r#""area":27800},"type":"wall","pixels":[],"#,
        r#""compressedPixels":[0,0,192,0,1,1,23,1,2,191,1,1,"#,
    );

    const GOLDEN_SEGMENT: &str = concat!(
        r#"{"__class":"MapLayer","metaData":{"segmentId":"2","active":false,"name":"Zone 2","#,
        r#""area":788900},"type":"segment","pixels":[],"compressedPixels":[25,1,166,"#,
    );

    const GOLDEN_END: &str = concat!(
        r#"25,190,166],"dimensions":{"x":{"min":24,"max":190,"mid":107,"avg":107},"y":{"min":1,"#,
        r#""max":190,"mid":96,"avg":96},"pixelCount":31556}}],"entities":[{"#,
        r#""__class":"PointMapEntity","metaData":{},"points":[32,927],"type":"charger_location"},{"#,
        r#""__class":"PointMapEntity","metaData":{"angle":0},"points":[32,927],"#,
        r#""type":"robot_position"}]}"#,
    );
}
