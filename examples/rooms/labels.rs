//! True rooms from a picture.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use homeveil::grid::Span;
use homeveil::home::{RobotMap, Room, RoomId};
use homeveil_examples::Failure;

/// Pieces below this are the seams between colours.
const LEAST_M2: f64 = 0.1;

/// The rooms of a picture that lies on a map's own picture, pixel on pixel.
pub(crate) fn read(path: &Path, map: &RobotMap) -> Result<Vec<Room>, Failure> {
    let mut decoder = png::Decoder::new(BufReader::new(File::open(path)?));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or("the labels are too large")?];
    let frame = reader.next_frame(&mut pixels)?;
    let (width, height) = (frame.width as usize, frame.height as usize);
    let samples = frame.color_type.samples();
    // An alpha channel says nothing.
    let colours = if samples < 3 { 1 } else { 3 };
    let colour = |at: usize| &pixels[at * samples..at * samples + colours];
    let mut rooms = Vec::new();
    let mut seen: Vec<bool> = (0..width * height)
        .map(|at| colour(at).iter().all(|&c| c == 0) || colour(at).iter().all(|&c| c == 205))
        .collect();
    // The map begins so many columns and rows into its picture.
    let resolution_m = map.grid.resolution_m();
    let is_cropped = (width, height) != (map.grid.width() as usize, map.grid.height() as usize);
    #[expect(clippy::cast_possible_truncation, reason = "a cast saturates")]
    let [left, low] = [map.origin_m.x, map.origin_m.y]
        .map(|m| if is_cropped { (m / resolution_m).round() as i64 } else { 0 });
    let ends =
        |low: i64, cells: u32, side: usize| low >= 0 && low.unsigned_abs() + u64::from(cells) <= side as u64;
    if is_cropped && !(ends(left, map.grid.width(), width) && ends(low, map.grid.height(), height)) {
        return Err("the picture of the labels must be as large as that of the map".into());
    }
    for start in 0..seen.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let mut piece = vec![start];
        let mut next = 0;
        while let Some(&at) = piece.get(next) {
            next += 1;
            let (x, y) = (at % width, at / width);
            let sides = [
                (x > 0, at.wrapping_sub(1)),
                (x + 1 < width, at + 1),
                (y > 0, at.wrapping_sub(width)),
                (y + 1 < height, at + width),
            ];
            for (_, near) in sides.into_iter().filter(|side| side.0) {
                if !seen[near] && colour(near) == colour(start) {
                    seen[near] = true;
                    piece.push(near);
                }
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a number of pixels")]
        if (piece.len() as f64) * resolution_m * resolution_m >= LEAST_M2 {
            let run = |&at: &usize| {
                let (x, y) = (
                    i64::try_from(at % width).ok()? - left,
                    i64::try_from(height - 1 - at / width).ok()? - low,
                );
                Span::new(x.try_into().ok()?, y.try_into().ok()?, 1).ok()
            };
            let id = RoomId::new(u32::try_from(rooms.len() + 1)?);
            rooms.push(Room::new(id, None, piece.iter().filter_map(run).collect()));
        }
    }
    Ok(rooms)
}
