//! The writer: a floor of a release as a Valetudo map, for cards, apps and integrations that show such maps.
//!
//! Pixels are runs `x, y, count` from left to right and top to bottom; entities have points in centimetres, y down
//! from the upper left corner.

use serde::Serialize;

use crate::atlas::Dock;
use crate::grid::{Cell, OccupancyGrid};
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
/// use homeveil::atlas::Atlas;
/// use homeveil::formats::write_valetudo;
/// use homeveil::release::Floor;
///
/// let atlas = Atlas::of(2).ok_or("no such atlas")?;
/// let plan = atlas.plan(atlas.plans()[0]).ok_or("no such plan")?;
/// let json = write_valetudo(&Floor::draw(&plan));
/// assert!(json.starts_with(r#"{"__class":"ValetudoMap","metaData":{"version":2,"#));
/// # Ok::<(), &str>(())
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
    x: Extent,
    y: Extent,
    #[serde(rename = "pixelCount")]
    pixel_count: u64,
}

/// Along one axis; `mid` and `avg` rounded half up, as Valetudo rounds.
#[derive(Serialize)]
struct Extent {
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
        let (mut wall, mut zones) = (Vec::new(), vec![Vec::new(); floor.zones().len()]);
        let rows = grid.cells().chunks_exact(grid.width() as usize);
        for (row, from_below) in rows.rev().zip((0..grid.height()).rev()) {
            let y = grid.height() - 1 - from_below;
            for (x, cell) in (0..).zip(row) {
                match cell {
                    Cell::Occupied => add(&mut wall, x, y),
                    Cell::Free => {
                        let zone = floor.zones().iter().position(|zone| zone.rect.contains(x, from_below));
                        if let Some(zone) = zone {
                            add(&mut zones[zone], x, y);
                        }
                    }
                    Cell::Unknown => {}
                }
            }
        }
        let segments = floor.zones().iter().zip(&zones).map(|(zone, runs)| {
            let number = u32::from(zone.id.get());
            let segment = Segment { id: number.to_string(), active: false, name: format!("Zone {number}") };
            Layer::of("segment", Some(segment), runs)
        });
        let layers: Vec<Layer> = core::iter::once(Layer::of("wall", None, &wall)).chain(segments).collect();
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

/// A run of pixels in one row: the first one's column and row, from the upper left, and their number.
#[derive(Clone, Copy)]
struct Run {
    x: u32,
    y: u32,
    count: u32,
}

/// Adds the pixel to the last run, or begins a new one.
fn add(runs: &mut Vec<Run>, x: u32, y: u32) {
    match runs.last_mut() {
        Some(run) if run.y == y && run.x + run.count == x => run.count += 1,
        _ => runs.push(Run { x, y, count: 1 }),
    }
}

impl Layer {
    fn of(kind: &'static str, segment: Option<Segment>, runs: &[Run]) -> Self {
        let pixel_count = runs.iter().map(|run| u64::from(run.count)).sum();
        let sum_x = runs.iter().map(|run| {
            let (x, count) = (u64::from(run.x), u64::from(run.count));
            x * count + count * (count - 1) / 2
        });
        let sum_y = runs.iter().map(|run| u64::from(run.y) * u64::from(run.count));
        let lefts = runs.iter().map(|run| run.x);
        let rights = runs.iter().map(|run| run.x + run.count - 1);
        let ys = || runs.iter().map(|run| run.y);
        Self {
            class: "MapLayer",
            meta: LayerMeta { segment, area: pixel_count * u64::from(PIXEL_CM * PIXEL_CM) },
            kind,
            pixels: [],
            runs: runs.iter().flat_map(|run| [run.x, run.y, run.count]).collect(),
            dimensions: Dimensions {
                x: Extent::of(lefts.min(), rights.max(), sum_x.sum(), pixel_count),
                y: Extent::of(ys().min(), ys().max(), sum_y.sum(), pixel_count),
                pixel_count,
            },
        }
    }
}

impl Extent {
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
    use crate::formats::samples::{floors, floors_of};
    use crate::grid::Cell;

    fn numbers(value: &Value) -> Vec<u32> {
        value.as_array().unwrap().iter().map(|n| u32::try_from(n.as_u64().unwrap()).unwrap()).collect()
    }

    #[test]
    fn the_layers_paint_the_grid_and_its_zones() {
        for floor in floors() {
            let map: Value = serde_json::from_str(&write_valetudo(&floor)).unwrap();
            let (width, height) = (floor.grid().width(), floor.grid().height());
            // 0: unpainted, 1: wall, i + 2: zone i.
            let mut painted = vec![0; (width * height) as usize];
            let mut area = 0;
            for layer in map["layers"].as_array().unwrap() {
                let value = match layer["type"].as_str().unwrap() {
                    "wall" => 1,
                    _ => layer["metaData"]["segmentId"].as_str().unwrap().parse::<u32>().unwrap() + 1,
                };
                let mut cells = Vec::new();
                for run in numbers(&layer["compressedPixels"]).chunks_exact(3) {
                    cells.extend((0..run[2]).map(|step| (run[0] + step, run[1])));
                }
                for (x, y) in &cells {
                    let cell = &mut painted[((height - 1 - y) * width + x) as usize];
                    assert_eq!(*cell, 0, "no cell is painted twice");
                    *cell = value;
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
            for (cell, value) in painted.into_iter().enumerate() {
                let cell = u32::try_from(cell).unwrap();
                let (x, y) = (cell % width, cell / width);
                match floor.grid().get(x, y).unwrap() {
                    Cell::Occupied => assert_eq!(value, 1),
                    Cell::Free => assert!(floor.zones()[value as usize - 2].rect.contains(x, y)),
                    Cell::Unknown => assert_eq!(value, 0),
                }
            }
        }
    }

    #[test]
    fn robot_and_charger_are_in_the_docks_cell() {
        for floor in floors() {
            let map: Value = serde_json::from_str(&write_valetudo(&floor)).unwrap();
            for entity in map["entities"].as_array().unwrap() {
                let point = numbers(&entity["points"]);
                let dock = floor.dock();
                assert_eq!((point[0] / 5, 191 - point[1] / 5), (dock.x, dock.y));
            }
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
