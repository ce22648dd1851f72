//! Pictures in memory: three bytes a pixel, the upper left one first.
//!
//! A picture is painted from cells, put next to another, brought to a size, and written as PNG. Cells are enlarged
//! by whole factors, so that they stay squares with sharp edges. Pictures that are too large are averaged over
//! areas, so that walls of one cell fade but do not vanish. Everything is integer arithmetic: equal input gives
//! equal pixels. The PNG's *bytes* may differ between versions of the compressor, its pixels never do.

use super::palette::{Rgb, UNKNOWN};
use crate::grid::GridError;
use crate::grid::occupancy::cells_of_sides;

/// Greatest side of a picture in pixels: that of a grid, so that every grid has a picture.
pub const MAX_PICTURE_SIDE: u32 = crate::grid::MAX_SIDE;

/// Greatest number of pixels: that of a grid's cells.
pub const MAX_PICTURE_PIXELS: usize = crate::grid::MAX_CELLS;

/// A picture in sRGB; a colour is red, green and blue.
///
/// ```
/// use homeveil::formats::Picture;
///
/// let red = Picture::new(3, 2, [255, 0, 0])?;
/// assert_eq!(red.get(2, 1), Some([255, 0, 0]));
/// assert!(red.to_png().starts_with(b"\x89PNG"));
/// # Ok::<(), homeveil::grid::GridError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    pixels: Vec<Rgb>,
}

impl Picture {
    /// A picture of one colour.
    ///
    /// # Errors
    /// A side is zero or over [`MAX_PICTURE_SIDE`], or there would be more than [`MAX_PICTURE_PIXELS`].
    pub fn new(width: u32, height: u32, color: [u8; 3]) -> Result<Self, GridError> {
        Ok(Self { width, height, pixels: vec![color; cells_of_sides(width, height)?] })
    }

    /// Paints `width × height` cells, each `scale × scale` pixels. `color_of` gives the colour of a cell by its
    /// index, row by row from the lower left as in a grid; the picture has the uppermost row first.
    ///
    /// # Errors
    /// As [`Picture::new`], for the sides times the scale.
    ///
    /// # Complexity
    /// O(pixels), with one call of `color_of` a cell.
    ///
    /// ```
    /// use homeveil::formats::Picture;
    /// use homeveil::grid::{Cell, OccupancyGrid};
    ///
    /// let grid = OccupancyGrid::from_drawing(0.05, "
    ///     ###
    ///     #.#
    /// ")?;
    /// let picture = Picture::of_labels(grid.width(), grid.height(), 4, |cell| match grid.cells()[cell] {
    ///     Cell::Occupied => [0; 3],
    ///     _ => [255; 3],
    /// })?;
    /// assert_eq!((picture.width(), picture.height()), (12, 8));
    /// assert_eq!(picture.get(4, 4), Some([255; 3])); // in the lower row
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_labels(
        width: u32,
        height: u32,
        scale: u32,
        color_of: impl Fn(usize) -> [u8; 3],
    ) -> Result<Self, GridError> {
        let mut picture = Self::new(width.saturating_mul(scale), height.saturating_mul(scale), UNKNOWN)?;
        let (columns, times) = (width as usize, scale as usize);
        let bands = picture.pixels.chunks_exact_mut(columns * times * times);
        for (row, band) in (0..height as usize).rev().zip(bands) {
            for (column, cell) in (0..columns).enumerate() {
                let color = color_of(row * columns + cell);
                for line in band.chunks_exact_mut(columns * times) {
                    line[column * times..(column + 1) * times].fill(color);
                }
            }
        }
        Ok(picture)
    }

    /// Two pictures side by side on paper, with `gap` pixels between and around them. The smaller one, by its
    /// longer side, is enlarged by the whole factor that brings it nearest to the other; both are centred
    /// vertically.
    ///
    /// # Errors
    /// As [`Picture::new`], for the picture that would result. Use [`Picture::fit`] on both first to avoid it.
    ///
    /// # Complexity
    /// O(pixels).
    pub fn side_by_side(left: &Self, right: &Self, gap: u32) -> Result<Self, GridError> {
        let factor = |own: u32, other: u32| ((2 * other + own) / (2 * own)).max(1);
        let (left_times, right_times) =
            (factor(left.longest(), right.longest()), factor(right.longest(), left.longest()));
        let sides = |picture: &Self, times: u32| {
            (picture.width.saturating_mul(times), picture.height.saturating_mul(times))
        };
        let (left_sides, right_sides) = (sides(left, left_times), sides(right, right_times));
        let gaps = |n: u32| gap.saturating_mul(n);
        let mut both = Self::new(
            left_sides.0.saturating_add(right_sides.0).saturating_add(gaps(3)),
            left_sides.1.max(right_sides.1).saturating_add(gaps(2)),
            UNKNOWN,
        )?;
        let top = |height: u32| (both.height - height) / 2;
        let (left_top, right_top) = (top(left_sides.1), top(right_sides.1));
        both.paste(left, left_times, gap, left_top);
        both.paste(right, right_times, left_sides.0 + 2 * gap, right_top);
        Ok(both)
    }

    /// The picture at a size where its longer side is at most `max_side` pixels: enlarged by the greatest
    /// whole factor that has room (and stays within [`MAX_PICTURE_PIXELS`]), or averaged down to it. A
    /// `max_side` of zero counts as one.
    ///
    /// # Complexity
    /// O(pixels before and after).
    #[must_use]
    pub fn fit(&self, max_side: u32) -> Self {
        let max_side = max_side.clamp(1, MAX_PICTURE_SIDE);
        if self.longest() > max_side {
            return self.shrunk(max_side);
        }
        let room = (MAX_PICTURE_PIXELS / self.pixels.len()).isqrt();
        let times = u32::try_from(room).unwrap_or(u32::MAX).min(max_side / self.longest());
        let (width, height) = (self.width * times, self.height * times);
        let mut larger = Self { width, height, pixels: vec![UNKNOWN; width as usize * height as usize] };
        larger.paste(self, times, 0, 0);
        larger
    }

    /// Columns.
    #[must_use]
    pub const fn width(&self) -> u32 {
        self.width
    }

    /// Rows.
    #[must_use]
    pub const fn height(&self) -> u32 {
        self.height
    }

    /// The colour of the pixel in column `x` of row `y`, from the upper left, if there is one.
    #[must_use]
    pub fn get(&self, x: u32, y: u32) -> Option<[u8; 3]> {
        (x < self.width && y < self.height)
            .then(|| self.pixels[y as usize * self.width as usize + x as usize])
    }

    /// All pixels, row by row from the upper left.
    #[must_use]
    pub fn pixels(&self) -> &[[u8; 3]] {
        &self.pixels
    }

    /// The picture as a PNG file: 8 bits a channel, no text, time or physical size.
    ///
    /// # Panics
    /// Never: the sides are not zero and there are as many pixels as they say.
    ///
    /// # Complexity
    /// O(pixels).
    #[must_use]
    pub fn to_png(&self) -> Vec<u8> {
        self.encode().expect("a picture has valid sides and all its pixels, and memory takes any bytes")
    }

    fn encode(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Balanced);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(self.pixels.as_flattened())?;
        writer.finish()?;
        Ok(bytes)
    }

    const fn longest(&self) -> u32 {
        if self.width > self.height { self.width } else { self.height }
    }

    /// Fills a rectangle of pixels, clipped to the picture.
    pub(super) fn fill(&mut self, x: u32, y: u32, width: u32, height: u32, color: Rgb) {
        let right = x.saturating_add(width).min(self.width) as usize;
        let lower = y.saturating_add(height).min(self.height);
        for row in y..lower {
            let start = row as usize * self.width as usize;
            if let Some(line) = self.pixels.get_mut(start + x as usize..start + right) {
                line.fill(color);
            }
        }
    }

    /// Draws another picture, enlarged, with its upper left corner at (`x`, `y`); it must fit in.
    pub(super) fn paste(&mut self, other: &Self, times: u32, x: u32, y: u32) {
        let (own, times) = (self.width as usize, times as usize);
        let lines = self.pixels.chunks_exact_mut(own).skip(y as usize);
        let source = other.pixels.chunks_exact(other.width as usize);
        for (line, row) in lines.zip(source.flat_map(|row| core::iter::repeat_n(row, times))) {
            let target = line[x as usize..].chunks_exact_mut(times);
            target.zip(row).for_each(|(pixels, color)| pixels.fill(*color));
        }
    }

    /// Averaged down until the longer side is this long. In units of 1/new, an old pixel is `new` wide and a
    /// new one `old`.
    fn shrunk(&self, longest: u32) -> Self {
        let shorten = |side: u32| {
            let (side, old) = (u64::from(side), u64::from(self.longest()));
            let rounded = (2 * side * u64::from(longest) + old) / (2 * old);
            u32::try_from(rounded).unwrap_or(longest).max(1)
        };
        let (width, height) = (shorten(self.width), shorten(self.height));
        let total = u64::from(self.width) * u64::from(self.height);
        let columns: Vec<Vec<(usize, u64)>> = (0..width).map(|x| overlaps(x, self.width, width)).collect();
        let mut pixels = Vec::with_capacity(width as usize * height as usize);
        for y in 0..height {
            let rows = overlaps(y, self.height, height);
            pixels.extend(columns.iter().map(|columns| {
                let mut sums = [0_u64; 3];
                for (row, row_weight) in &rows {
                    for (column, weight) in columns {
                        let color = self.pixels[row * self.width as usize + column];
                        for (sum, value) in sums.iter_mut().zip(color) {
                            *sum += row_weight * weight * u64::from(value);
                        }
                    }
                }
                sums.map(|sum| u8::try_from((sum + total / 2) / total).unwrap_or(u8::MAX))
            }));
        }
        Self { width, height, pixels }
    }
}

/// The old pixels that the new pixel covers along one axis, with the lengths that it covers of them; they sum
/// to `old`.
fn overlaps(pixel: u32, old: u32, new: u32) -> Vec<(usize, u64)> {
    let (pixel, old, new) = (u64::from(pixel), u64::from(old), u64::from(new));
    let (start, end) = (pixel * old, (pixel + 1) * old);
    (start / new..end.div_ceil(new))
        .filter_map(|at| {
            let covered = end.min((at + 1) * new) - start.max(at * new);
            Some((usize::try_from(at).ok()?, covered))
        })
        .collect()
}

private_debug!(Picture);

#[cfg(test)]
mod tests {
    use super::{GridError, MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE, Picture, Rgb, UNKNOWN};

    /// A grey for each cell, from the lower left.
    fn greys(width: u32, height: u32, scale: u32) -> Picture {
        Picture::of_labels(width, height, scale, |cell| [u8::try_from(cell).unwrap(); 3]).unwrap()
    }

    fn firsts(picture: &Picture) -> Vec<u8> {
        picture.pixels().iter().map(|pixel| pixel[0]).collect()
    }

    #[test]
    fn cells_from_below_become_pixels_from_above() {
        assert_eq!(firsts(&greys(2, 2, 1)), [2, 3, 0, 1]);
        assert_eq!(firsts(&greys(2, 1, 2)), [0, 0, 1, 1, 0, 0, 1, 1]);
        assert_eq!(greys(3, 2, 5), greys(3, 2, 1).fit(17));
    }

    #[test]
    fn sizes_are_bounded() {
        let none = |_: usize| -> Rgb { unreachable!("no cell of a refused picture is painted") };
        for (width, height, scale) in
            [(0, 1, 1), (1, 0, 1), (1, 1, 0), (u32::MAX, 1, 2), (MAX_PICTURE_SIDE, 1, 2)]
        {
            assert_eq!(Picture::of_labels(width, height, scale, none), Err(GridError::Side));
        }
        assert_eq!(Picture::of_labels(4097, 4096, 1, none), Err(GridError::Cells));
        let dot = greys(1, 1, 1);
        assert_eq!(Picture::side_by_side(&dot, &dot, u32::MAX), Err(GridError::Side));
        let long = Picture::new(MAX_PICTURE_SIDE, 1, UNKNOWN).unwrap();
        assert_eq!(Picture::side_by_side(&long, &dot, 0), Err(GridError::Side));
        assert!(dot.fit(u32::MAX).pixels().len() <= MAX_PICTURE_PIXELS);
        assert_eq!(long.fit(0).pixels().len(), 1);
    }

    #[test]
    fn shrinking_averages_over_areas() {
        assert_eq!(
            firsts(&Picture { width: 4, height: 1, pixels: vec![[0; 3], [10; 3], [20; 3], [40; 3]] }.fit(2)),
            [5, 30]
        );
        // Three pixels to two: each new one covers one and a half.
        assert_eq!(
            firsts(&Picture { width: 3, height: 1, pixels: vec![[0; 3], [90; 3], [30; 3]] }.fit(2)),
            [30, 50]
        );
        let plain = Picture::new(500, 333, [7, 8, 9]).unwrap();
        for side in [1, 2, 3, 100, 499] {
            let shrunk = plain.fit(side);
            assert_eq!(shrunk.longest(), side);
            assert!(shrunk.pixels().iter().all(|pixel| *pixel == [7, 8, 9]));
        }
    }

    #[test]
    fn side_by_side_enlarges_the_smaller_and_centres_both() {
        let (small, large) = (Picture::new(2, 1, [1; 3]).unwrap(), Picture::new(5, 6, [2; 3]).unwrap());
        let both = Picture::side_by_side(&small, &large, 1).unwrap();
        assert_eq!((both.width(), both.height()), (1 + 6 + 1 + 5 + 1, 1 + 6 + 1));
        let drawn: Vec<String> = both
            .pixels()
            .chunks_exact(14)
            .map(|row| {
                row.iter()
                    .map(|pixel| match pixel[0] {
                        1 => 'a',
                        2 => 'b',
                        _ => '.',
                    })
                    .collect()
            })
            .collect();
        assert_eq!(
            drawn,
            [
                "..............",
                "........bbbbb.",
                ".aaaaaa.bbbbb.",
                ".aaaaaa.bbbbb.",
                ".aaaaaa.bbbbb.",
                "........bbbbb.",
                "........bbbbb.",
                "..............",
            ]
        );
        assert_eq!(Picture::side_by_side(&large, &small, 1).unwrap().width(), both.width());
    }

    #[test]
    fn the_png_reads_back() {
        let picture = Picture::of_labels(5, 3, 2, |cell| {
            [u8::try_from(cell).unwrap() * 15, 200, 255 - u8::try_from(cell).unwrap()]
        })
        .unwrap();
        let bytes = picture.to_png();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height, info.color_type), (10, 6, png::ColorType::Rgb));
        assert_eq!(pixels, picture.pixels().as_flattened());
        for chunk in ["tEXt", "zTXt", "iTXt", "tIME", "pHYs"] {
            assert!(!bytes.windows(4).any(|four| four == chunk.as_bytes()));
        }
    }
}
