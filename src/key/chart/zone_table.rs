//! From the blocks of a zone's rectangle to its patches.

use alloc::vec::Vec;

use zeroize::Zeroize;

use crate::grid::CellRect;
use crate::key::chart::blocks::BLOCK;
use crate::key::chart::patch::{NO_PATCH, Patch};

/// The patch of every block of a zone's rectangle.
#[derive(Clone, PartialEq, Zeroize)]
pub(in crate::key) struct ZoneTable {
    pub(in crate::key) rect: CellRect,
    /// Row by row, [`NO_PATCH`] throughout for a zone without cells.
    pub(in crate::key) blocks: Vec<u16>,
}

impl ZoneTable {
    /// The tables of all zones.
    pub(in crate::key) fn all(rects: Vec<CellRect>, patches: &[Patch]) -> Vec<Self> {
        rects.into_iter().zip(0..).map(|(rect, zone)| Self::new(rect, zone, patches)).collect()
    }

    /// The blocks of a zone's rectangle.
    fn new(rect: CellRect, zone: u8, patches: &[Patch]) -> Self {
        let (columns, rows) = Self::sides(rect);
        let mut blocks = vec![NO_PATCH; (columns * rows) as usize];
        for (number, patch) in (0..).zip(patches).filter(|(_, patch)| patch.zone == zone) {
            let from = (patch.rect.x / BLOCK - rect.x / BLOCK, patch.rect.y / BLOCK - rect.y / BLOCK);
            let (across, up) = Self::sides(patch.rect);
            for row in from.1..from.1 + up {
                let start = (row * columns + from.0) as usize;
                blocks[start..start + across as usize].fill(number);
            }
        }
        Self { rect, blocks }
    }

    /// Columns and rows of aligned blocks that a rectangle touches.
    pub(in crate::key) const fn sides(rect: CellRect) -> (u32, u32) {
        (
            (rect.x + rect.width).div_ceil(BLOCK) - rect.x / BLOCK,
            (rect.y + rect.height).div_ceil(BLOCK) - rect.y / BLOCK,
        )
    }

    /// The patch of a cell of the frame inside the rectangle.
    pub(in crate::key) fn patch_at(&self, x: u32, y: u32) -> Option<u16> {
        let (columns, _) = Self::sides(self.rect);
        let block = (y / BLOCK - self.rect.y / BLOCK) * columns + x / BLOCK - self.rect.x / BLOCK;
        self.blocks.get(block as usize).copied().filter(|&patch| patch != NO_PATCH)
    }
}
