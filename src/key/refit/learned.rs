//! What a known map learns from a new one: floor that nobody had claimed, and how it looks.

use alloc::vec::Vec;

use crate::grid::{BitGrid, Cell, narrow};
use crate::home::Home;
use crate::key::HouseKey;
use crate::key::known::claims::{Claim, Claims};
use crate::key::known::registration::{CellScale, RigidTransform};
use crate::key::known::{Extent, KnownMap, MarkKind, Sighted};

/// Share of a known map above which a new one looks familiar, and nothing needs to be remembered of its looks.
pub(super) const FAMILIAR: f64 = 0.9;

impl HouseKey {
    /// The zones and areas of some cells of today's map, in the frame of the known map that a transform takes to it.
    pub(super) fn learned(
        &self,
        new: &BitGrid,
        transform: RigidTransform,
        scale: CellScale,
    ) -> Option<Claims> {
        let at = |cell: usize| self.shape.place(narrow(cell));
        let extent = new.iter().fold(Extent::NONE, |extent, cell| extent.and_cell(at(cell)));
        if extent == Extent::NONE {
            return None;
        }
        let mut today = Claims::of_marks(extent, &mut core::iter::empty());
        let mut add = |cell: usize, claim: Claim| {
            let (x, y) = at(cell);
            today.add_at(x, y, claim);
        };
        for cell in new.iter() {
            let zone = self.zone_at(cell).map_or(0, |zone| zone + 1);
            add(cell, Claim { zone, ..Claim::NONE });
        }
        for (area, spans) in (0..).zip(&self.areas) {
            let claim = Claim { areas: 1_u64.checked_shl(area).unwrap_or(0), ..Claim::NONE };
            let cells = spans.iter().flat_map(|span| span.cells(self.shape.width));
            cells.filter(|&cell| new.has(cell)).for_each(|cell| add(cell, claim));
        }
        today.in_frame(transform, scale)
    }
}

impl KnownMap {
    /// Adds claims of a new map's cells where the frame, of so many zones, has none. The frame's cells take those under
    /// their middles, as today's cells take theirs: none is left out in between.
    pub(super) fn learn(&mut self, learned: &Claims, zones: usize) {
        let mut frame = Claims::of(self, zones);
        let all = u64::MAX;
        let extent =
            new_places(&frame, learned, all).fold(Extent::NONE, |extent, (at, _)| extent.and_cell(at));
        let whole = frame.extent().and(extent);
        if extent == Extent::NONE || !whole.fits() {
            return;
        }
        for mark in &mut self.marks {
            let MarkKind::Area(area) = mark.kind else { continue };
            let bit = 1_u64.checked_shl(area.get()).unwrap_or(0);
            let own = || new_places(&frame, learned, bit);
            let extent = own().fold(Extent::NONE, |extent, (at, _)| extent.and_cell(at));
            if extent != Extent::NONE {
                // A table of its own: that of the frame lacks what is redacted of the area.
                let mut cells = Claims::of_marks(extent.and(mark.runs.extent()), core::iter::once(&*mark));
                own().for_each(|((x, y), claim)| cells.add_at(x, y, claim));
                mark.runs = cells.cells_of(|claim| claim != Claim::NONE);
            }
        }
        if whole != frame.extent() {
            frame = frame.widened(whole);
        }
        for (x, y, len, number) in learned.runs() {
            let claim = learned.numbered(number);
            for x in (x..).take(len).filter(|_| claim.zone != 0) {
                if is_free(&frame, (x, y)) {
                    frame.add_at(x, y, Claim { areas: 0, ..claim });
                }
            }
        }
        self.zones = frame.runs_of(Claim::zone_index);
    }

    /// Remembers how a new map looks, in the cells of the frame.
    pub(super) fn look_again(&mut self, home: &Home, transform: RigidTransform, scale: CellScale) {
        let shape = home.shape;
        let Extent { x, y } = Extent::of_sides(shape.width, shape.height).in_frame(transform, scale);
        if !(Extent { x, y }).fits() {
            return;
        }
        // Under the middle of a cell of the frame.
        let back = CellScale { old: scale.new, new: scale.old };
        let free = |x: i64, y: i64| {
            let (column, row) = transform.apply((back.to_old(x), back.to_old(y)));
            shape.cell(column, row).is_some_and(|cell| home.cells[cell] == Cell::Free)
        };
        let cells: Vec<bool> = (y.0..y.1)
            .flat_map(|row| (x.0..x.1).map(move |column| (column, row)))
            .map(|(column, row)| free(column, row))
            .collect();
        let width = usize::try_from(x.1 - x.0).unwrap_or(0);
        let narrow = |n: i64| i32::try_from(n).unwrap_or(0);
        self.last = Some(Sighted {
            left: narrow(x.0),
            low: narrow(y.0),
            free: BitGrid::of(width, &cells, |&free| free),
        });
    }
}

/// The places to which the frame gives no zone and a new map does, with what it gives: all of them, or those of areas.
fn new_places<'a>(
    frame: &'a Claims,
    learned: &'a Claims,
    areas: u64,
) -> impl Iterator<Item = ((i64, i64), Claim)> + 'a {
    let claimed = learned.runs().map(|(x, y, len, number)| (x, y, len, learned.numbered(number)));
    let wanted = claimed
        .filter(move |&(.., claim)| claim.zone != 0 && (areas == u64::MAX || claim.areas & areas != 0));
    let places = wanted.flat_map(|(x, y, len, claim)| (x..).take(len).map(move |x| ((x, y), claim)));
    places.filter(|&(at, _)| is_free(frame, at))
}

/// The frame gives a place no zone, and it is not redacted.
fn is_free(frame: &Claims, (x, y): (i64, i64)) -> bool {
    let own = frame.numbered(frame.number_at(x, y));
    own.zone == 0 && !own.redacted
}

#[cfg(test)]
mod tests {
    use super::{CellScale, RigidTransform};
    use crate::home::{Footprint, Home};
    use crate::key::known::KnownMap;

    /// A cell of the frame looks like the cell of a finer map under its middle.
    #[test]
    fn a_last_look_is_taken_from_the_middles_of_cells() {
        let home = |metres: f64, drawing: &str| {
            let footprint = Footprint::disc_m(0.1).unwrap();
            Home::from_drawing(metres, footprint, drawing, &[]).unwrap().build().unwrap()
        };
        let coarse = home(0.1, "aaaaaa\naAaaaa\n");
        // Every other cell of every other row.
        let fine = home(0.05, "#a#a#a#a#a#a\n############\n#a#A#a#a#a#a\n############\n");
        let mut map = KnownMap::of(&coarse, crate::grid::Symmetry::default(), &mut core::iter::empty());
        map.look_again(&fine, RigidTransform::NONE, CellScale { old: 0.1, new: 0.05 });
        let last = map.last.as_ref().unwrap();
        let free = |x: i32, y: i32| last.free.has_at(x - last.left, y - last.low);
        let seen: Vec<bool> =
            (0..2).flat_map(|y| (0..6).map(move |x| (x, y))).map(|(x, y)| free(x, y)).collect();
        assert_eq!(seen, [true; 12]);
    }
}
