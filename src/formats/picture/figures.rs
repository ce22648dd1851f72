//! Figures and signs in dots.

use super::palette::Rgb;
use super::pixels::Picture;

/// A small drawing of 5 × 7 dots: one byte for each row, the leftmost dot in the highest of the five lower bits.
pub(super) type Glyph = [u8; 7];

pub(super) const GLYPH_WIDTH: u32 = 5;
pub(super) const GLYPH_HEIGHT: u32 = 7;

const DIGITS: [Glyph; 10] = [
    [0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110],
    [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
    [0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111],
    [0b01110, 0b10001, 0b00001, 0b00110, 0b00001, 0b10001, 0b01110],
    [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010],
    [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110],
    [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110],
    [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000],
    [0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110],
    [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100],
];

const POINT: Glyph = [0, 0, 0, 0, 0, 0b01100, 0b01100];
const METRE: Glyph = [0, 0, 0b11010, 0b10101, 0b10101, 0b10101, 0b10101];
const SQUARE: Glyph = [0b01100, 0b00010, 0b00100, 0b01110, 0, 0, 0];

/// The sign on the dock: a flash.
pub(super) const FLASH: Glyph = [0b00010, 0b00100, 0b01100, 0b11111, 0b00110, 0b00100, 0b01000];

impl Picture {
    /// Writes a number in figures of 5 × 7 dots, each a square of `dot` pixels, centred on a column
    /// and below a row.
    pub(super) fn figures(&mut self, number: u32, middle: u32, top: u32, dot: u32, color: Rgb) {
        self.text(&number.to_string(), middle, top, dot, color);
    }

    /// Writes figures, points and `m²` likewise; other letters are blanks.
    pub(super) fn text(&mut self, text: &str, middle: u32, top: u32, dot: u32, color: Rgb) {
        let mut x = middle.saturating_sub(text_width(text, dot) / 2);
        for letter in text.chars() {
            let glyph = match letter {
                '0'..='9' => letter.to_digit(10).map(|digit| DIGITS[digit as usize]),
                '.' => Some(POINT),
                'm' => Some(METRE),
                '²' => Some(SQUARE),
                _ => None,
            };
            if let Some(glyph) = glyph {
                self.glyph(glyph, x, top, dot, color);
            }
            x = x.saturating_add((GLYPH_WIDTH + 1) * dot);
        }
    }

    /// Draws a glyph with its upper left corner at this pixel, each dot a square of `dot` pixels.
    pub(super) fn glyph(&mut self, glyph: Glyph, x: u32, y: u32, dot: u32, color: Rgb) {
        for (row, bits) in (0..).zip(glyph) {
            for column in (0..GLYPH_WIDTH).filter(|column| bits >> (GLYPH_WIDTH - 1 - column) & 1 == 1) {
                self.fill(x + column * dot, y + row * dot, dot, dot, color);
            }
        }
    }
}

/// Pixels that a text is wide.
pub(super) fn text_width(text: &str, dot: u32) -> u32 {
    let letters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    ((GLYPH_WIDTH + 1) * dot).saturating_mul(letters).saturating_sub(dot)
}
