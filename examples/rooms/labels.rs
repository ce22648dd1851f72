//! True rooms from a picture.

use std::error::Error;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

use homeveil::grid::Span;
use homeveil::home::{RobotMap, Room, RoomId};
use homeveil_examples::Failure;

/// Pieces below this are the seams between colours.
const LEAST_M2: f64 = 0.1;

/// The rooms of a picture that lies on a map's own picture, the file `map_path`, pixel on pixel.
pub(crate) fn read(path: &Path, map: &RobotMap, map_path: &Path) -> Result<Vec<Room>, Failure> {
    let named = |error: &dyn Error| format!("{}: {error}", path.display());
    let mut decoder = png::Decoder::new(BufReader::new(File::open(path).map_err(|error| named(&error))?));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|error| named(&error))?;
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
    if size(&fs::read(map_path)?).is_some_and(|size| size != [frame.width, frame.height]) {
        return Err(format!("{}: the labels must be as large as the map's picture", path.display()).into());
    }
    // The map begins so many columns and rows into its picture.
    let resolution_m = map.grid.resolution_m();
    #[expect(clippy::cast_possible_truncation, reason = "a cast saturates")]
    let [left, low] = [map.origin_m.x, map.origin_m.y].map(|m| (m / resolution_m).round() as i64);
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

/// The width and height that the head of a PNG or PGM gives; of a packed one nothing.
fn size(picture: &[u8]) -> Option<[u32; 2]> {
    if let Some(head) = picture.strip_prefix(b"\x89PNG\r\n\x1a\n") {
        let number = |at: usize| Some(u32::from_be_bytes(*head.get(at..)?.first_chunk()?));
        return Some([number(8)?, number(12)?]);
    }
    let head = picture.get(..picture.len().min(4096))?;
    let lines =
        head.split(|&byte| byte == b'\n').map(|line| line.split(|&byte| byte == b'#').next().unwrap_or(line));
    let mut words =
        lines.flat_map(|line| line.split(u8::is_ascii_whitespace)).filter(|word| !word.is_empty());
    words.next().filter(|magic| magic.starts_with(b"P"))?;
    let mut number = || std::str::from_utf8(words.next()?).ok()?.parse().ok();
    Some([number()?, number()?])
}
