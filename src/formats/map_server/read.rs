//! The reader: the picture becomes cells by the rules of the YAML file.

use nalgebra::Point2;

use super::image::Image;
use super::meaning::{SeenPixels, ShadeMeaning};
use super::yaml::MapServerYaml;
use crate::formats::error::MapFileError;
use crate::grid::occupancy::cells_of_sides;
use crate::grid::{Cell, OccupancyGrid};
use crate::home::RobotMap;

/// Reads a map for `map_server` from the bytes of its two files: the YAML file, and the picture that it names, a PGM
/// of either kind (`P2`, `P5`) with values of up to 16 bits, or a PNG of any kind. The picture's first bytes decide
/// which of them it is. Of an animated PNG the still picture counts.
///
/// This does no I/O. [`map_server_image`] names the picture, [`read_map_file`](crate::formats::read_map_file) reads
/// both files from disk.
///
/// # Errors
/// [`MapFileError`] says what is wrong with which file, and what would be right.
///
/// # Complexity
/// O(bytes + pixels) time. Memory: one byte for each of at most [`MAX_CELLS`](crate::grid::MAX_CELLS) cells, and a few
/// rows of the picture.
///
/// ```
/// use homeveil::formats::{map_server_image, read_map_server};
/// use homeveil::grid::Cell;
///
/// let yaml = b"
/// image: home.pgm
/// resolution: 0.05
/// origin: [-1.0, -2.0, 0.0]
/// negate: 0
/// occupied_thresh: 0.65
/// free_thresh: 0.196
/// ";
/// assert_eq!(map_server_image(yaml)?, "home.pgm");
/// let map = read_map_server(yaml, b"P2 4 2 255
///     205 205   0 205
///     205 254 254 205")?;
/// assert_eq!((map.grid.width(), map.grid.height()), (2, 2)); // cropped to what is known
/// assert_eq!(map.grid.get(1, 1), Some(Cell::Occupied)); // the picture's first row is the grid's last
/// assert!((map.to_map_m(nalgebra::Point2::new(-0.95, -2.0)) - nalgebra::Point2::origin()).norm() < 1e-9);
/// # Ok::<(), homeveil::formats::MapFileError>(())
/// ```
pub fn read_map_server(yaml: &[u8], image: &[u8]) -> Result<RobotMap, MapFileError> {
    MapServerYaml::parse(yaml)?.read(image)
}

/// The picture's file name as the YAML file gives it: relative to the YAML file's folder, or absolute.
///
/// # Errors
/// As [`read_map_server`], for the YAML file. `image`, `resolution`, `origin`, `negate`, `occupied_thresh` and
/// `free_thresh` are required, as `map_server` requires them.
///
/// # Complexity
/// O(bytes), at most [`MAX_YAML_BYTES`](super::MAX_YAML_BYTES).
pub fn map_server_image(yaml: &[u8]) -> Result<String, MapFileError> {
    Ok(MapServerYaml::parse(yaml)?.image)
}

impl MapServerYaml {
    /// The map of a picture alone. One with colours is a picture of something else.
    pub(in crate::formats) fn read_alone(&self, image: &[u8]) -> Result<RobotMap, MapFileError> {
        if Image::open(image)?.is_coloured()? { Err(MapFileError::Coloured) } else { self.read(image) }
    }

    /// The map of a picture that this file is for.
    pub(in crate::formats) fn read(&self, image: &[u8]) -> Result<RobotMap, MapFileError> {
        let image = Image::open(image)?;
        let mut meaning = ShadeMeaning::new(self, image.full());
        let mut seen = SeenPixels::default();
        image.each_row(|row| seen.look_at(row, &meaning))?;
        let bounds = seen.decide(&mut meaning);

        let height = image.height();
        let [left, top] = bounds.map_or([0, height - 1], |bounds| [bounds.left, bounds.top]);
        let [right, bottom] = bounds.map_or([left, top], |bounds| [bounds.right, bounds.bottom]);
        let (columns, rows) = (right - left + 1, bottom - top + 1);
        let width = columns as usize;
        let mut cells = vec![Cell::Unknown; cells_of_sides(columns, rows)?];
        image.each_row(|row| {
            if !(top..=bottom).contains(&row.y) {
                return;
            }
            let line = (bottom - row.y) as usize * width;
            for (x, shade) in row.pixels() {
                if (left..=right).contains(&x) {
                    cells[line + (x - left) as usize] = meaning.cell(shade);
                }
            }
        })?;
        let grid = OccupancyGrid::new(columns, rows, self.resolution_m, cells)?;
        let corner = [left, height - 1 - bottom].map(|cells| f64::from(cells) * self.resolution_m);
        let origin_m = Point2::new(self.origin_m[0] + corner[0], self.origin_m[1] + corner[1]);
        Ok(RobotMap { origin_m, ..RobotMap::new(grid, Vec::new(), None, Vec::new()) })
    }
}
