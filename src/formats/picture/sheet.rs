//! Many numbered pictures on one sheet.

use super::palette::{UNKNOWN, WALL};
use super::pixels::Picture;
use crate::grid::GridError;

/// A caption's dots are this many times smaller than the longest side of the largest picture: six figures
/// take a third of it.
const CAPTION_DOTS: u32 = 96;

impl Picture {
    /// Pictures in rows on paper, each with its number below, with `gap` pixels between and around them. Every
    /// place has the size of the largest picture; smaller ones are centred.
    ///
    /// # Errors
    /// As [`Picture::new`], for the sheet; without pictures or columns it has no side.
    ///
    /// # Complexity
    /// O(pixels).
    ///
    /// ```
    /// use homeveil::formats::Picture;
    ///
    /// let tiles = [(7, Picture::new(96, 96, [130, 172, 216])?), (12, Picture::new(96, 48, [77, 184, 148])?)];
    /// let sheet = Picture::sheet(&tiles, 2, 10)?;
    /// assert_eq!((sheet.width(), sheet.height()), (10 + 96 + 10 + 96 + 10, 10 + 96 + 3 + 7 + 10));
    /// assert_eq!(sheet.get(10, 10), Some([130, 172, 216]));
    /// assert_eq!(sheet.get(10 + 96 + 10, 10 + 24), Some([77, 184, 148]));
    /// # Ok::<(), homeveil::grid::GridError>(())
    /// ```
    pub fn sheet(tiles: &[(u32, Self)], columns: u32, gap: u32) -> Result<Self, GridError> {
        let widest = tiles.iter().map(|(_, tile)| tile.width()).max().unwrap_or(0);
        let tallest = tiles.iter().map(|(_, tile)| tile.height()).max().unwrap_or(0);
        let count = u32::try_from(tiles.len()).unwrap_or(u32::MAX);
        if widest == 0 || columns == 0 {
            return Err(GridError::Side);
        }
        let columns = columns.min(count);
        let dot = (widest.max(tallest) / CAPTION_DOTS).max(1);
        let caption = tallest + 3 * dot;
        let (across, down) = (widest.saturating_add(gap), (caption + 7 * dot).saturating_add(gap));
        let mut sheet = Self::new(
            across.saturating_mul(columns).saturating_add(gap),
            down.saturating_mul(count.div_ceil(columns)).saturating_add(gap),
            UNKNOWN,
        )?;
        for (place, (number, tile)) in (0..).zip(tiles) {
            let (x, y) = (gap + place % columns * across, gap + place / columns * down);
            sheet.paste(tile, 1, x + (widest - tile.width()) / 2, y + (tallest - tile.height()) / 2);
            sheet.figures(*number, x + widest / 2, y + caption, dot, WALL);
        }
        Ok(sheet)
    }
}

#[cfg(test)]
mod tests {
    use super::super::palette::{UNKNOWN, WALL};
    use super::super::pixels::{MAX_PICTURE_SIDE, Picture};
    use crate::grid::GridError;

    #[test]
    fn tiles_stand_in_rows_with_their_numbers_below() {
        let tiles: Vec<(u32, Picture)> =
            (0..3).map(|n| (n * 99, Picture::new(20, 10, [9; 3]).unwrap())).collect();
        let sheet = Picture::sheet(&tiles, 2, 4).unwrap();
        assert_eq!((sheet.width(), sheet.height()), (2 * 24 + 4, 2 * 24 + 4));
        for (place, (left, top)) in [(4, 4), (28, 4), (4, 28)].into_iter().enumerate() {
            let inside = |x: u32, y: u32| sheet.get(left + x, top + y);
            assert!((0..20).all(|x| (0..10).all(|y| inside(x, y) == Some([9; 3]))), "tile {place}");
            assert!((0..20).all(|x| (10..13).all(|y| inside(x, y) == Some(UNKNOWN))));
            assert!((0..20).any(|x| (13..20).any(|y| inside(x, y) == Some(WALL))));
        }
        // The last place is empty.
        assert!((28..48).all(|x| (28..52).all(|y| sheet.get(x, y) == Some(UNKNOWN))));
    }

    #[test]
    fn sheets_are_bounded() {
        let tile = || (1, Picture::new(2000, 2000, UNKNOWN).unwrap());
        assert_eq!(Picture::sheet(&[], 2, 4), Err(GridError::Side));
        assert_eq!(Picture::sheet(&[tile()], 0, 4), Err(GridError::Side));
        assert_eq!(Picture::sheet(&[tile()], 1, u32::MAX), Err(GridError::Side));
        assert_eq!(Picture::sheet(&[tile(), tile(), tile(), tile()], 2, 4 * 64), Err(GridError::Cells));
        assert!(Picture::sheet(&[tile()], MAX_PICTURE_SIDE, 4).is_ok());
    }
}
