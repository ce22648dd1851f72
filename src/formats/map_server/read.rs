//! The reader: a YAML file and a picture become cells.

use core::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use nalgebra::Point2;

use super::error::{MapServerError, MapServerFile};
use super::image::Image;
use super::meaning::{Known, Meaning};
use super::yaml;
use crate::formats::parsed_map::{FileFrame, ParsedMap};
use crate::grid::{Cell, GridError, MAX_CELLS, MAX_SIDE, OccupancyGrid};

/// Largest YAML file that is read. Real ones have about 150 bytes.
pub const MAX_YAML_BYTES: usize = 1 << 16;

/// Largest picture file that is read: the pixels of a square of 16384, 8 bits each, with room for as much again.
pub const MAX_IMAGE_BYTES: usize = 1 << 29;

/// Longest side of a picture, in pixels. The picture may be larger than a grid: only what is known counts there.
pub const MAX_IMAGE_SIDE: u32 = 1 << 16;

/// Most pixels of a picture: a square of 16384, 819 m at 0.05 m, of which most is unknown. Bounds the time
/// that a small file of a large picture can take.
pub const MAX_IMAGE_PIXELS: u64 = 1 << 28;

/// Farthest that the origin may lie from zero, in metres along each axis: more than the earth's girth, so
/// that geographic coordinates fit, and little enough that a cell is still told from the next.
pub const MAX_ORIGIN_M: f64 = 1e8;

/// How the pixels' occupancy becomes cells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Trinary,
    Scale,
    Raw,
}

/// The YAML file of a map for `map_server`, read and checked.
///
/// This does no I/O: [`image`](Self::image) names the picture, [`read`](Self::read) takes its bytes.
/// [`read_map_server_file`] does both for a file on disk.
///
/// ```
/// use homeveil::formats::MapServerYaml;
/// use homeveil::grid::Cell;
///
/// let yaml = MapServerYaml::parse(b"
/// image: home.pgm
/// resolution: 0.05
/// origin: [-1.0, -2.0, 0.0]
/// negate: 0
/// occupied_thresh: 0.65
/// free_thresh: 0.196
/// ")?;
/// assert_eq!(yaml.image(), "home.pgm");
/// let map = yaml.read(b"P2 4 2 255
///     205 205   0 205
///     205 254 254 205")?;
/// assert_eq!((map.grid.width(), map.grid.height()), (2, 2)); // cropped to what is known
/// assert_eq!(map.grid.get(1, 1), Some(Cell::Occupied)); // the picture's first row is the grid's last
/// assert!((map.to_map_m(-0.95, -2.0) - nalgebra::Point2::origin()).norm() < 1e-9);
/// # Ok::<(), homeveil::formats::MapServerError>(())
/// ```
#[derive(Clone)]
pub struct MapServerYaml {
    pub(super) image: String,
    pub(super) resolution_m: f64,
    pub(super) origin_m: [f64; 2],
    pub(super) negate: bool,
    pub(super) occupied_thresh: f64,
    pub(super) free_thresh: f64,
    pub(super) mode: Mode,
}

impl MapServerYaml {
    /// Reads the YAML file's bytes.
    ///
    /// `image`, `resolution`, `origin`, `negate`, `occupied_thresh` and `free_thresh` are needed, as
    /// `map_server` needs them.
    ///
    /// # Errors
    /// [`MapServerError`] says what is wrong with the file and what would be right.
    ///
    /// # Complexity
    /// O(bytes), of which there may be [`MAX_YAML_BYTES`].
    pub fn parse(yaml: &[u8]) -> Result<Self, MapServerError> {
        yaml::parse(yaml)
    }

    /// The picture's file name as the YAML file gives it: relative to the YAML file's folder, or absolute.
    #[must_use]
    pub fn image(&self) -> &str {
        &self.image
    }

    /// Reads the picture's bytes: a PGM of either kind (`P2`, `P5`) with values of up to 16 bits, or a PNG of
    /// any kind.
    ///
    /// Which of them it is, its first bytes tell. Of an animated PNG the still picture counts.
    ///
    /// # Errors
    /// [`MapServerError`] says what is wrong with the picture and what would be right.
    ///
    /// # Complexity
    /// O(bytes + pixels) time. Memory: one byte for each of at most [`MAX_CELLS`] cells, and a few rows of
    /// the picture.
    pub fn read(&self, image: &[u8]) -> Result<ParsedMap, MapServerError> {
        let image = Image::open(image)?;
        let mut meaning = Meaning::new(self, image.full());
        let mut seen = Known::default();
        image.each_row(|row| seen.look_at(row, &meaning))?;
        let bounds = seen.decide(&mut meaning);

        let height = image.height();
        let [left, top] = bounds.map_or([0, height - 1], |bounds| [bounds.left, bounds.top]);
        let [right, bottom] = bounds.map_or([left, top], |bounds| [bounds.right, bounds.bottom]);
        let (columns, rows) = (right - left + 1, bottom - top + 1);
        if columns > MAX_SIDE || rows > MAX_SIDE {
            return Err(MapServerError::Grid(GridError::Side));
        }
        let (width, count) = (columns as usize, columns as usize * rows as usize);
        if count > MAX_CELLS {
            return Err(MapServerError::Grid(GridError::Cells));
        }
        let mut cells = vec![Cell::Unknown; count];
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
        let grid =
            OccupancyGrid::new(columns, rows, self.resolution_m, cells).map_err(MapServerError::Grid)?;
        let corner = [left, height - 1 - bottom].map(|cells| f64::from(cells) * self.resolution_m);
        Ok(ParsedMap {
            grid,
            rooms: Vec::new(),
            dock: None,
            keep_outs: Vec::new(),
            origin_m: Point2::new(self.origin_m[0] + corner[0], self.origin_m[1] + corner[1]),
            frame: FileFrame::MapServer,
        })
    }
}

/// Prints no value: the map is private.
impl fmt::Debug for MapServerYaml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MapServerYaml").finish_non_exhaustive()
    }
}

/// Reads a map for `map_server` from disk: the YAML file, and the picture that it names.
///
/// Only regular files are opened: the YAML file may name any path, and a pipe would keep the reader waiting.
///
/// # Errors
/// [`MapServerError`] says which of the files is wrong in what way, and what would be right.
///
/// # Complexity
/// As [`MapServerYaml::read`], and the picture's file, of up to [`MAX_IMAGE_BYTES`], in memory.
///
/// ```no_run
/// use homeveil::formats::read_map_server_file;
/// use homeveil::home::Footprint;
/// let home = read_map_server_file("maps/home.yaml")?.into_builder(Footprint::disc_m(0.17)?).build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_map_server_file(yaml: impl AsRef<Path>) -> Result<ParsedMap, MapServerError> {
    let path = yaml.as_ref();
    let bytes = read_file(path, MAX_YAML_BYTES, MapServerFile::Yaml)?.ok_or(MapServerError::YamlTooLarge)?;
    let yaml = MapServerYaml::parse(&bytes)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let image = read_file(&folder.join(&yaml.image), MAX_IMAGE_BYTES, MapServerFile::Image)?;
    yaml.read(&image.ok_or(MapServerError::ImageTooLarge)?)
}

/// The bytes of a regular file, or nothing where it has more than `limit`.
fn read_file(path: &Path, limit: usize, file: MapServerFile) -> Result<Option<Vec<u8>>, MapServerError> {
    let unread = |error: io::Error| MapServerError::Unread { file, kind: error.kind() };
    if !fs::metadata(path).map_err(unread)?.is_file() {
        return Err(MapServerError::NoFile { file });
    }
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path).and_then(|opened| opened.take(most).read_to_end(&mut bytes)).map_err(unread)?;
    Ok((bytes.len() <= limit).then_some(bytes))
}
