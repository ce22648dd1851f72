//! Runs of cells in a row.

use zeroize::Zeroize;

use super::GridError;
use super::occupancy::MAX_SIDE;
use super::stretch::stretch;

/// A horizontal run of at least one cell.
///
/// ```
/// use homeveil::grid::Span;
/// let span = Span::new(3, 7, 2)?; // columns 3 and 4 of row 7
/// assert_eq!((span.columns(), span.y(), span.len()), (3..5, 7, 2));
/// # Ok::<(), homeveil::grid::GridError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Zeroize)]
pub struct Span {
    pub(crate) y: u16,
    /// First column.
    pub(crate) start: u16,
    /// One past the last column.
    pub(crate) end: u16,
}

#[expect(clippy::len_without_is_empty, reason = "a span holds at least one cell")]
impl Span {
    /// `len` cells of row `y`, the first in column `x`.
    ///
    /// # Errors
    /// [`GridError::Span`] if `len` is 0 or a cell lies past the first [`MAX_SIDE`] columns or rows.
    pub const fn new(x: u32, y: u32, len: u32) -> Result<Self, GridError> {
        if len == 0 || len > MAX_SIDE || x > MAX_SIDE - len || y >= MAX_SIDE {
            return Err(GridError::Span);
        }
        Ok(Self { y: narrow(y as usize), start: narrow(x as usize), end: narrow((x + len) as usize) })
    }

    /// The cells of row `y` in columns `start..end` of a grid.
    pub(crate) const fn of_row(y: usize, start: usize, end: usize) -> Self {
        Self { y: narrow(y), start: narrow(start), end: narrow(end) }
    }

    /// The runs of equal values in rows of this width, row by row, each with its value.
    pub(crate) fn runs<T: Copy + PartialEq>(values: &[T], width: usize) -> impl Iterator<Item = (T, Self)> {
        values.chunks_exact(width.max(1)).enumerate().flat_map(|(y, row)| {
            let mut end = 0;
            core::iter::from_fn(move || {
                let (start, &value) = (end, row.get(end)?);
                end += stretch(&row[start..]);
                Some((value, Self::of_row(y, start, end)))
            })
        })
    }

    /// The same cells in the grid of a crop, whose lower left corner is at these metres of the grid; those that lie
    /// in the grid, if any does.
    #[expect(clippy::cast_possible_truncation, reason = "clamped before the cast")]
    pub(crate) fn out_of_crop(self, corner_m: [f64; 2], resolution_m: f64) -> Option<Self> {
        // The crop's corner is a whole number of cells from the grid's. That of a mark may lie outside.
        let [left, low] = corner_m.map(|metres| libm::round(metres / resolution_m).clamp(-1e9, 1e9) as i64);
        let in_grid = |at: i64| usize::try_from(at.clamp(0, MAX_SIDE.into())).unwrap_or(0);
        let y = low + i64::from(self.y);
        let [start, end] = [self.start, self.end].map(|at| in_grid(left + i64::from(at)));
        ((0..MAX_SIDE.into()).contains(&y) && start < end).then(|| Self::of_row(in_grid(y), start, end))
    }

    /// The column of the first cell.
    #[must_use]
    pub const fn x(self) -> u32 {
        self.start as u32
    }

    /// The columns of all cells.
    #[must_use]
    pub const fn columns(self) -> core::ops::Range<u32> {
        self.start as u32..self.end as u32
    }

    /// The row.
    #[must_use]
    pub const fn y(self) -> u32 {
        self.y as u32
    }

    /// Number of cells, at least one.
    #[must_use]
    pub const fn len(self) -> u32 {
        (self.end - self.start) as u32
    }

    /// The two have a column in common.
    pub(crate) const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The numbers of the cells in a grid of this width.
    pub(crate) const fn cells(self, width: usize) -> core::ops::Range<usize> {
        let row = self.y as usize * width;
        row + self.start as usize..row + self.end as usize
    }
}

/// The next longest stretch of cells for which a rule holds, in a row from a column on.
#[inline]
pub(crate) fn next_stretch<T: Copy>(
    row: &[T],
    from: usize,
    holds: impl Fn(T) -> bool,
) -> Option<core::ops::Range<usize>> {
    let start = from + row[from..].iter().position(|&cell| holds(cell))?;
    let end = row[start..].iter().position(|&cell| !holds(cell)).map_or(row.len(), |len| start + len);
    Some(start..end)
}

private_debug!(Span);

#[expect(clippy::cast_possible_truncation, reason = "a side has at most 16,384 cells")]
const fn narrow(n: usize) -> u16 {
    n as u16
}
