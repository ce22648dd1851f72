//! Sets of real cells, as lifts give them.

use alloc::vec::Vec;

use geo_types::{Coord, Rect};
use nalgebra::Point2;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::grid::{RobotFrame, Shape, Span, narrow};

/// A set of real cells. Private, like the key it comes from; all positions are in the robot's frame
/// ([`HomeBuilder::origin`](crate::home::HomeBuilder::origin)).
///
/// ```
/// use homeveil::home::{Footprint, Home};
/// use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
///
/// let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// let (redaction, policy) = (Redaction::none(), Policy::sealed());
/// let (release, key) = anonymize(&home, &redaction, &policy, Grant::unaccounted(), &mut Coins::os())?;
/// let region = key.lift_zone(release.floors()[0].dock().zone)?;
/// assert!(region.points().all(|at| region.contains(at)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Zeroize, ZeroizeOnDrop)]
pub struct Region {
    pub(in crate::key) shape: Shape,
    pub(in crate::key) resolution_m: f64,
    pub(in crate::key) frame: RobotFrame,
    /// In cells of the crop, ascending, as long as they can be.
    pub(in crate::key) spans: Vec<Span>,
}

impl Region {
    /// Cells of a crop of this shape, which lies there in the robot's frame.
    pub(in crate::key) const fn of_crop(
        shape: Shape,
        resolution_m: f64,
        frame: RobotFrame,
        spans: Vec<Span>,
    ) -> Self {
        Self { shape, resolution_m, frame, spans }
    }

    pub(in crate::key) fn into_spans(mut self) -> Vec<Span> {
        core::mem::take(&mut self.spans)
    }

    /// Number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.iter().map(|span| span.len() as usize).sum()
    }

    /// There is nothing in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Its area in m².
    #[must_use]
    pub fn area_m2(&self) -> f64 {
        f64::from(narrow(self.len())) * self.resolution_m * self.resolution_m
    }

    /// The middles of its cells in metres, row by row.
    pub fn points(&self) -> impl Iterator<Item = Point2<f64>> + '_ {
        self.spans.iter().flat_map(|span| span.cells(self.shape.width)).map(|cell| self.centre(cell))
    }

    /// Its cells as runs in columns and rows of the grid that the home was built from, row by row. Cells of a mark that
    /// lie left of that grid or below it have no column or row there, and are left out.
    pub fn runs(&self) -> impl Iterator<Item = Span> + '_ {
        self.spans.iter().filter_map(|span| span.out_of_crop(self.frame.corner_m, self.resolution_m))
    }

    /// Whether the cell that holds this point is in it.
    ///
    /// # Complexity
    /// O(log runs).
    #[must_use]
    pub fn contains(&self, at: Point2<f64>) -> bool {
        let Some(cell) = self.shape.cell_at(self.frame.to_crop(at), self.resolution_m) else {
            return false;
        };
        let after = self.spans.partition_point(|span| span.cells(self.shape.width).start <= cell);
        after.checked_sub(1).is_some_and(|last| self.spans[last].cells(self.shape.width).contains(&cell))
    }

    /// The smallest rectangle, in metres, that holds all its cells, or nothing where there are none.
    #[must_use]
    pub fn bounding(&self) -> Option<Rect<f64>> {
        let corners = self.spans.iter().flat_map(|&Span { y, start, end }| {
            [(start, y), (end, y), (start, y + 1), (end, y + 1)].map(|(x, y)| self.corner(x.into(), y.into()))
        });
        let rects = corners.map(|corner| (corner, corner));
        let (low, high) = rects.reduce(|(low, high), (at, _)| {
            let (x, y) = (low.x.min(at.x), low.y.min(at.y));
            (Coord { x, y }, Coord { x: high.x.max(at.x), y: high.y.max(at.y) })
        })?;
        Some(Rect::new(low, high))
    }

    /// The middle of a cell of the crop, in metres.
    pub(in crate::key) fn centre(&self, cell: usize) -> Point2<f64> {
        self.frame.out_of_crop(self.shape.centre(cell, self.resolution_m))
    }

    /// The lower left corner of a cell of the crop, in metres.
    pub(in crate::key) fn corner(&self, x: f64, y: f64) -> Coord {
        let at = self.frame.out_of_crop(Point2::new(x * self.resolution_m, y * self.resolution_m));
        Coord { x: at.x, y: at.y }
    }
}

/// Gathers ascending cells into runs.
pub(in crate::key) struct Runs {
    width: usize,
    pub(in crate::key) list: Vec<Span>,
}

impl Runs {
    pub(in crate::key) const fn new(width: usize) -> Self {
        Self { width, list: Vec::new() }
    }

    /// For so many runs.
    pub(in crate::key) fn of(width: usize, runs: usize) -> Self {
        Self { width, list: Vec::with_capacity(runs) }
    }

    pub(in crate::key) fn push(&mut self, cell: usize) {
        match self.list.last_mut() {
            Some(last) if last.cells(self.width).end == cell && !cell.is_multiple_of(self.width) => {
                last.end += 1;
            }
            _ => {
                let (y, x) = (cell / self.width, cell % self.width);
                self.list.push(Span::of_row(y, x, x + 1));
            }
        }
    }
}

private_debug!(Region);
