//! Rooms as a picture, a pixel a cell.

use homeveil::grid::{Cell, OccupancyGrid};
use homeveil::home::Room;
use homeveil_examples::Failure;

/// Colours in turn, of about the same lightness.
const COLOURS: [[u8; 3]; 12] = [
    [141, 211, 199],
    [255, 237, 111],
    [190, 186, 218],
    [251, 128, 114],
    [128, 177, 211],
    [253, 180, 98],
    [179, 222, 105],
    [252, 205, 229],
    [188, 128, 189],
    [204, 235, 197],
    [102, 194, 165],
    [229, 196, 148],
];

/// A PNG of the map, its walls black, what is unknown grey, free cells of no room white, and each room in a colour.
pub(crate) fn of(grid: &OccupancyGrid, rooms: &[Room]) -> Result<Vec<u8>, Failure> {
    let (width, height) = (grid.width(), grid.height());
    // Rows from above.
    let at = |x: u32, y: u32| ((height - 1 - y) * width + x) as usize;
    let mut pixels = vec![[255; 3]; (width * height) as usize];
    for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
        match grid.get(x, y) {
            Some(Cell::Occupied) => pixels[at(x, y)] = [0; 3],
            Some(Cell::Free) => {}
            _ => pixels[at(x, y)] = [128; 3],
        }
    }
    for (room, colour) in rooms.iter().zip(COLOURS.iter().cycle()) {
        for run in room.runs() {
            let start = at(run.x(), run.y());
            pixels[start..start + run.len() as usize].fill(*colour);
        }
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header()?.write_image_data(pixels.as_flattened())?;
    Ok(bytes)
}
