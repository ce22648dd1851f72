//! Drawings: layouts with areas, which all plans that differ in their doors alone share.

use alloc::vec::Vec;

use super::frame::{FRAME, LEAST_ZONE_CELLS, door_between};
use super::slicing::{Layout, LayoutCode};
use super::tree::edge_bit;
use crate::grid::{Axis, CellRect, Symmetry};

/// A layout with areas that can be drawn in the frame.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Drawing {
    /// The leading digits of the numbers of its plans.
    pub(super) number: u32,
    layout: Layout,
    /// Areas of the zones in sixteenths.
    pub(crate) units: Vec<u8>,
    /// Rectangles of the zones, in cells of the frame.
    pub(super) rects: Vec<CellRect>,
    pub(super) separations: Vec<Axis>,
    /// The pairs of rectangles whose shared wall has room for a door.
    pub(super) walls: u16,
}

/// A drawing seen under one of the eight symmetries of the plane.
pub(crate) struct DrawingView {
    /// The layout that is seen.
    pub(crate) layout: LayoutCode,
    /// Which of the drawing's rectangles each of the layout's is.
    pub(crate) rects: Vec<usize>,
}

impl Drawing {
    /// Draws a layout with areas; nothing where a rectangle is too narrow for a zone.
    pub(super) fn of(number: u32, layout: &Layout, units: &[u8]) -> Option<Self> {
        let rects = layout.rects(units, FRAME.width, FRAME.height);
        if rects.iter().any(|rect| rect.width.min(rect.height) < LEAST_ZONE_CELLS) {
            return None;
        }
        let pairs = (0..rects.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
        let walls = pairs
            .filter(|&(a, b)| door_between(&rects[a], &rects[b]).is_some())
            .fold(0, |walls, (a, b)| walls | edge_bit(a, b));
        let separations = layout.separations();
        Some(Self { number, layout: layout.clone(), units: units.to_vec(), rects, separations, walls })
    }

    /// What is seen of it under each symmetry; the same more than once where it is symmetric itself.
    pub(crate) fn views(&self) -> impl Iterator<Item = DrawingView> {
        Symmetry::ALL.into_iter().map(|symmetry| {
            let (image, rects) = self.layout.image(symmetry);
            DrawingView { layout: image.code(), rects }
        })
    }
}
