//! Charts that go along to another map, instead of being drawn again.
//!
//! A place of the release that is lifted today is to be lifted to the same place tomorrow. So where the floor of a zone
//! is what it was, so are its patches: each cell takes the patch of the cell under it on the last map. Single cells
//! that were not there, and those that a patch no longer hangs together with, go to the patch nearest along the zone.
//! A patch that so has less than half or more than twice the cells that its rectangle is due takes single cells from
//! the patches next to it, or gives them.
//!
//! *When a zone's chart is drawn again.* Its floor has changed too much if a patch has no cell left, if a piece of it
//! has none that was there, or if the patches next to one cannot even it out. Where the map lies as it did nothing
//! wears out: all cells take their own patch. Under small angles borders between patches get rough by a cell, so a
//! chart is drawn again, too, when a map that was turned lies as the known map does.

use alloc::vec::Vec;

use crate::grid::components::Components;
use crate::grid::{BitGrid, RING, Shape, by_rank, narrow, stays_whole};
use crate::key::chart::blocks::BLOCK;
use crate::key::chart::patch::{NO_PATCH, Patch};
use crate::key::zoning::bisection::area;
use crate::key::zoning::zones::ZonePiece;

/// The chart of a key's last map.
pub(in crate::key) struct LastChart<'a> {
    pub(in crate::key) patches: &'a [Patch],
    /// For each cell of the new map that has a zone the patch under it, or [`NO_PATCH`].
    pub(in crate::key) under: Vec<u16>,
}

/// The patch of each cell of the new map, by its number in the last chart.
pub(super) struct CarriedPatches<'a> {
    pub(super) patches: &'a [Patch],
    pub(super) patch_of: Vec<u16>,
    /// The zones whose charts go along.
    pub(super) zones: Vec<bool>,
}

impl<'a> CarriedPatches<'a> {
    /// None goes along.
    pub(super) fn none(zones: usize) -> Self {
        Self { patches: &[], patch_of: Vec::new(), zones: vec![false; zones] }
    }

    /// Those of all zones, which have these pieces on the new map.
    ///
    /// # Complexity
    /// O(cells + patches).
    pub(super) fn of(last: LastChart<'a>, shape: Shape, pieces: &[ZonePiece], zones: usize) -> Self {
        let LastChart { patches, under } = last;
        let mut carried = Self { patches, patch_of: under, zones: vec![true; zones] };
        carried.keep_largest(shape);
        carried.fill(shape, pieces);
        carried.check(shape, pieces);
        carried
    }

    /// Leaves each patch its largest piece alone.
    fn keep_largest(&mut self, shape: Shape) {
        let labels: Vec<u16> = self.patch_of.iter().map(|patch| patch.wrapping_add(1)).collect();
        let pieces = Components::of(&labels, shape);
        let mut largest: Vec<Option<u32>> = vec![None; self.patches.len() + 1];
        let mut is_whole = true;
        for (number, piece) in (0..).zip(&pieces.list).filter(|(_, piece)| piece.label != 0) {
            let largest = &mut largest[usize::from(piece.label)];
            is_whole &= largest.is_none();
            if largest.is_none_or(|other: u32| pieces.list[other as usize].area < piece.area) {
                *largest = Some(number);
            }
        }
        if is_whole {
            return;
        }
        for run in pieces.runs.iter().filter(|run| run.label != 0) {
            if largest[usize::from(run.label)] != Some(run.component) {
                self.patch_of[run.cells(shape.width)].fill(NO_PATCH);
            }
        }
    }

    /// Gives cells without a patch to the one nearest along their zone.
    fn fill(&mut self, shape: Shape, pieces: &[ZonePiece]) {
        let mut zone_of = vec![u8::MAX; shape.len()];
        let mut is_open = false;
        for piece in pieces {
            for cells in piece.set.iter().map(|span| span.cells(shape.width)) {
                is_open |= self.patch_of[cells.clone()].contains(&NO_PATCH);
                zone_of[cells].fill(piece.zone);
            }
        }
        if !is_open {
            return;
        }
        let (patches, patch_of) = (self.patches, &mut self.patch_of);
        let zone = |patch: u16| patches.get(usize::from(patch)).map_or(u8::MAX, |patch| patch.zone);
        let takes = |patch_of: &[u16], from: usize, to: usize| {
            patch_of[to] == NO_PATCH && zone_of[to] != u8::MAX && zone_of[to] == zone(patch_of[from])
        };
        let rest = BitGrid::of_rule(shape, |cell| patch_of[cell] == NO_PATCH && zone_of[cell] != u8::MAX);
        let known = BitGrid::of(shape.width, patch_of, |&patch| patch != NO_PATCH);
        let mut queue = known.next_to(&rest).cells();
        queue
            .retain(|&cell| shape.neighbours(cell as usize).any(|near| takes(patch_of, cell as usize, near)));
        // Of equally near ones the lowest, whatever the order of cells.
        by_rank(&mut queue, |cell| patch_of[cell].into());
        shape.flood(&mut queue, |from, to| {
            let enter = takes(patch_of, from, to);
            if enter {
                patch_of[to] = patch_of[from];
            }
            enter
        });
    }

    /// Finds the zones whose patches fit the new map, once they are evened out.
    fn check(&mut self, shape: Shape, pieces: &[ZonePiece]) {
        let mut shares = self.shares(shape, pieces);
        self.even_out(shape, &mut shares);
        let patches = self.patches;
        for (patch, _) in patches.iter().zip(&shares).filter(|(_, share)| !share.fits()) {
            self.draw_again(patch.zone);
        }
    }

    /// What each patch has and is due.
    fn shares(&mut self, shape: Shape, pieces: &[ZonePiece]) -> Vec<Share> {
        let patches = self.patches;
        let mut shares = vec![Share { cells: 0, due: 0 }; patches.len()];
        // The area of each zone on the release, and its cells.
        let mut zones = vec![[0_u64; 2]; self.zones.len()];
        for patch in patches {
            zones[usize::from(patch.zone)][0] += u64::from(patch.rect.area());
        }
        for piece in pieces {
            zones[usize::from(piece.zone)][1] += u64::from(area(&piece.set));
        }
        for piece in pieces {
            let [whole, all] = zones[usize::from(piece.zone)];
            let mut own: Vec<u16> = Vec::new();
            let mut is_charted = true;
            for &patch in piece.set.iter().flat_map(|span| &self.patch_of[span.cells(shape.width)]) {
                if let Some(share) = shares.get_mut(usize::from(patch)) {
                    share.cells += 1;
                    own.extend((share.cells == 1).then_some(patch));
                } else {
                    is_charted = false;
                }
            }
            // A small piece apart has a block, whatever it is due.
            let is_small = u64::from(area(&piece.set)) * whole < SMALL * all;
            for patch in own.into_iter().filter(|_| !is_small) {
                let area = u64::from(patches[usize::from(patch)].rect.area());
                shares[usize::from(patch)].due = PARTS * area * all / whole.max(1);
            }
            if !is_charted {
                self.draw_again(piece.zone);
            }
        }
        shares
    }

    /// Moves single cells between patches that touch until each has its share, so far as that goes.
    ///
    /// # Complexity
    /// O(cells), and O(cells) again for each patch that has too few or too many, of those that it has in the end.
    fn even_out(&mut self, shape: Shape, shares: &mut [Share]) {
        let mut own: Vec<(u16, Vec<u32>)> = (0..)
            .zip(&*shares)
            .filter(|(_, share)| share.cells > 0 && !share.fits())
            .map(|(patch, _)| (patch, Vec::new()))
            .collect();
        if own.is_empty() {
            return;
        }
        for (cell, patch) in (0..).zip(&self.patch_of) {
            if let Ok(at) = own.binary_search_by_key(patch, |(patch, _)| *patch) {
                own[at].1.push(cell);
            }
        }
        for (patch, mut cells) in own {
            let mut at = 0;
            while let Some(&cell) = cells.get(at).filter(|_| !shares[usize::from(patch)].is_even()) {
                at += 1;
                for near in shape.neighbours(cell as usize).map(narrow) {
                    let (from, to) =
                        if shares[usize::from(patch)].has_too_few() { (near, cell) } else { (cell, near) };
                    if self.moves(shape, shares, from, to) && from == near {
                        cells.push(near);
                    }
                }
            }
        }
    }

    /// Gives a cell to the patch of one next to it, if that has less of its share and both patches stay whole.
    fn moves(&mut self, shape: Shape, shares: &mut [Share], cell: u32, to: u32) -> bool {
        let [giver, taker] = [cell, to].map(|cell| self.patch_of[cell as usize]);
        let zone = |patch: u16| self.patches.get(usize::from(patch)).map(|patch| patch.zone);
        if giver == taker || giver == NO_PATCH || zone(giver) != zone(taker) {
            return false;
        }
        let (x, y) = shape.place(cell);
        let is_own = |(dx, dy)| shape.cell(x + dx, y + dy).is_some_and(|near| self.patch_of[near] == giver);
        let moves = shares[usize::from(giver)].can_give_to(shares[usize::from(taker)])
            && stays_whole(RING.map(is_own));
        if moves {
            self.patch_of[cell as usize] = taker;
            shares[usize::from(giver)].cells -= 1;
            shares[usize::from(taker)].cells += 1;
        }
        moves
    }

    fn draw_again(&mut self, zone: u8) {
        if let Some(zone) = self.zones.get_mut(usize::from(zone)) {
            *zone = false;
        }
    }
}

/// Parts of a cell in which what a patch is due is counted.
const PARTS: u64 = 16;

/// Area of the release, two blocks, under which a piece of a zone is small.
const SMALL: u64 = 2 * (BLOCK * BLOCK) as u64;

/// Cells that a patch has to be due to be asked for half to twice as many: of fewer, rounding alone takes more.
const LEAST_DUE: u64 = 4;

/// The cells of a patch, and in [`PARTS`] of a cell those that it is due.
#[derive(Clone, Copy)]
struct Share {
    cells: u64,
    due: u64,
}

impl Share {
    /// The patch has cells, and half to twice those that it is due.
    const fn fits(self) -> bool {
        let cells = PARTS * self.cells;
        cells > 0 && (self.due < PARTS * LEAST_DUE || 2 * cells >= self.due && cells <= 2 * self.due)
    }

    /// It has five to fifteen eighths: a patch that was evened out is to stay so for a while.
    const fn is_even(self) -> bool {
        let cells = 8 * PARTS * self.cells;
        5 * self.due <= cells && cells <= 15 * self.due
    }

    const fn has_too_few(self) -> bool {
        PARTS * self.cells < self.due
    }

    /// With a cell less it still has more of what it is due than another one with a cell more.
    const fn can_give_to(self, other: Self) -> bool {
        self.cells > 1 && (self.cells - 1) * other.due > (other.cells + 1) * self.due
    }
}

#[cfg(test)]
mod tests {
    use super::{CarriedPatches, LastChart, NO_PATCH, Patch, Shape, ZonePiece};
    use crate::grid::{CellRect, NO_CELL, Span};

    /// The patches of a row of cells, whose zone has two blocks side by side, and whether its chart goes along. `0` and
    /// `1`: what lies under the cells; `n`: nothing; `.`: a cell without a zone.
    fn carried(row: &str) -> (String, bool) {
        let shape = Shape { width: row.len(), height: 1 };
        let number =
            |square: char| square.to_digit(2).and_then(|n| u16::try_from(n).ok()).unwrap_or(NO_PATCH);
        let patch = |x| Patch { zone: 0, rect: CellRect { x, y: 0, width: 8, height: 8 }, anchor: NO_CELL };
        let patches = [patch(0), patch(8)];
        let is_floor: Vec<bool> = row.chars().map(|square| square != '.').collect();
        let runs = Span::runs(&is_floor, shape.width).filter(|(floor, _)| *floor);
        let pieces: Vec<ZonePiece> = runs.map(|(_, span)| ZonePiece { zone: 0, set: vec![span] }).collect();
        let last = LastChart { patches: &patches, under: row.chars().map(number).collect() };
        let carried = CarriedPatches::of(last, shape, &pieces, 1);
        let shown = |&patch: &u16| char::from_digit(patch.into(), 2).unwrap_or('.');
        (carried.patch_of.iter().map(shown).collect(), carried.zones[0])
    }

    #[test]
    fn cells_without_a_patch_go_to_the_nearest_one() {
        assert_eq!(carried("00000nnnn1111111"), ("0000000111111111".to_owned(), true));
        assert_eq!(carried("0000000011110111"), ("0000000011111111".to_owned(), true), "a cell cut off");
    }

    #[test]
    fn a_patch_with_too_few_cells_takes_some() {
        assert_eq!(carried("0001111111111111"), ("0000011111111111".to_owned(), true));
        assert_eq!(carried("0000111111111111"), ("0000111111111111".to_owned(), true), "half of its due");
        assert_eq!(carried("11111111111110"), ("11111111100000".to_owned(), true));
    }

    #[test]
    fn a_chart_is_drawn_again_where_a_patch_or_a_piece_has_nothing_left() {
        assert!(!carried("1111111111111111").1, "a patch without cells");
        assert!(!carried("00000000.nnnn.11111111").1, "a piece without a patch");
        assert!(carried("000.1111111111111").1, "a small piece apart has a block, whatever it is due");
    }
}
