//! PNG of any kind, row by row.

use std::io::Cursor;

use png::{ColorType, DecodingError, Transformations};

use super::rows::{CLEAR, Row, check_size};
use crate::formats::error::MapFileError;

/// Most bytes that the PNG decoder may take: some rows of the widest picture, of eight bytes a pixel, and its
/// tables.
const PNG_BYTES: usize = 1 << 23;

/// A colour's channels are further apart than this, of 255: a tint of the greys is nearer.
const MOST_APART: u8 = 64;

/// Of so many opaque pixels one may have a colour: marks on a map that is grey otherwise.
const FEW: u64 = 20;

pub(super) struct Png<'a> {
    bytes: &'a [u8],
    width: u32,
    pub(super) height: u32,
    /// Largest value of a channel.
    greatest: u32,
    colors: u32,
    alpha: bool,
    interlaced: bool,
}

/// First column, step between columns, first row and step between rows of Adam7's passes (PNG specification,
/// 8.2).
const PASSES: [[u32; 4]; 7] =
    [[0, 8, 0, 8], [4, 8, 0, 8], [0, 4, 4, 8], [2, 4, 0, 4], [0, 2, 2, 4], [1, 2, 0, 2], [0, 1, 1, 2]];

impl<'a> Png<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, MapFileError> {
        let mut decoder = decoder(bytes);
        let header = decoder.read_header_info().map_err(|error| refused(&error))?;
        let (width, height, interlaced) = (header.width, header.height, header.interlaced);
        check_size(width, height)?;
        let reader = decoder.read_info().map_err(|error| refused(&error))?;
        let (color, depth) = reader.output_color_type();
        let (colors, alpha) = match color {
            ColorType::Grayscale => (1, false),
            ColorType::GrayscaleAlpha => (1, true),
            ColorType::Rgb => (3, false),
            ColorType::Rgba => (3, true),
            ColorType::Indexed => return Err(MapFileError::Png),
        };
        let greatest = match depth {
            png::BitDepth::Eight => 0xff,
            png::BitDepth::Sixteen => 0xffff,
            _ => return Err(MapFileError::Png),
        };
        Ok(Self { bytes, width, height, greatest, colors, alpha, interlaced })
    }

    /// The shade of white.
    pub(super) const fn full(&self) -> u32 {
        self.greatest * self.colors
    }

    pub(super) fn each_row(&self, mut visit: impl FnMut(&Row)) -> Result<(), MapFileError> {
        let mut shades = Vec::new();
        self.each_line(|[y, first, step], data| {
            self.shades(data, &mut shades);
            visit(&Row { y, first, step, shades: &shades });
        })
    }

    /// Whether more than a few of the opaque pixels have a colour: the picture is a drawing or a photograph of a
    /// screen, whose shades mean nothing.
    pub(super) fn is_coloured(&self) -> Result<bool, MapFileError> {
        let (mut opaque, mut coloured) = (0_u64, 0_u64);
        if self.colors == 3 && self.greatest == 0xff {
            let colors = self.colors as usize;
            self.each_line(|_, data| {
                for pixel in data.chunks_exact(self.channels()) {
                    let (shades, opacity) = pixel.split_at(colors);
                    let (least, most) = shades
                        .iter()
                        .fold((0xff, 0), |(least, most), &shade| (shade.min(least), shade.max(most)));
                    let is_opaque = opacity.iter().all(|&opacity| opacity == 0xff);
                    opaque += u64::from(is_opaque);
                    coloured += u64::from(is_opaque && most - least > MOST_APART);
                }
            })?;
        }
        Ok(coloured * FEW > opaque)
    }

    const fn channels(&self) -> usize {
        self.colors as usize + self.alpha as usize
    }

    /// Visits the bytes of each row of each pass, with the row, its first column and the step between its columns.
    fn each_line(&self, mut visit: impl FnMut([u32; 3], &[u8])) -> Result<(), MapFileError> {
        let size = self.channels() * if self.greatest == 0xff { 1 } else { 2 };
        let mut reader = decoder(self.bytes).read_info().map_err(|error| refused(&error))?;
        let passes: &[[u32; 4]] = if self.interlaced { &PASSES } else { &[[0, 1, 0, 1]] };
        for &[first, step, top, down] in passes {
            let columns = (first..self.width).step_by(step as usize).len();
            if columns == 0 {
                continue;
            }
            for y in (top..self.height).step_by(down as usize) {
                let row = reader.next_row().map_err(|error| refused(&error))?;
                let row = row.ok_or(MapFileError::Truncated)?;
                if row.data().len() != columns * size {
                    return Err(MapFileError::Png);
                }
                visit([y, first, step], row.data());
            }
        }
        // What is left holds the checksum of the pixels and the mark of the end.
        reader.finish().map_err(|error| refused(&error))
    }

    fn shades(&self, data: &[u8], shades: &mut Vec<u32>) {
        let colors = self.colors as usize;
        let channels = self.channels();
        let greatest = self.greatest;
        let shade = |channels: &[u8], value: fn(&[u8]) -> u32, size: usize| {
            if channels[colors * size..].chunks_exact(size).any(|opacity| value(opacity) != greatest) {
                return CLEAR;
            }
            channels[..colors * size].chunks_exact(size).map(value).sum()
        };
        shades.clear();
        match (self.greatest, channels) {
            (0xff, 1) => shades.extend(data.iter().map(|&grey| u32::from(grey))),
            (0xff, _) => {
                shades.extend(
                    data.chunks_exact(channels).map(|pixel| shade(pixel, |byte| u32::from(byte[0]), 1)),
                );
            }
            _ => {
                let value = |two: &[u8]| u32::from(u16::from_be_bytes([two[0], two[1]]));
                shades.extend(data.chunks_exact(2 * channels).map(|pixel| shade(pixel, value, 2)));
            }
        }
    }
}

/// Text, colour profiles and the like are passed over; palettes and few bits become channels of eight.
fn decoder(bytes: &[u8]) -> png::Decoder<Cursor<&[u8]>> {
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: PNG_BYTES });
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(Transformations::EXPAND);
    decoder
}

fn refused(error: &DecodingError) -> MapFileError {
    match error {
        DecodingError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            MapFileError::Truncated
        }
        _ => MapFileError::Png,
    }
}
