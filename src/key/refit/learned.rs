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
        let extent = Extent::of_cells(new.iter().map(at));
        if extent == Extent::NONE {
            return None;
        }
        let mut today = Claims::of_marks(extent, &mut core::iter::empty());
        for cell in new.iter() {
            let zone = self.zone_at(cell).map_or(0, |zone| zone + 1);
            today.add_at(at(cell), Claim { zone, ..Claim::NONE });
        }
        for (area, spans) in (0..).zip(&self.areas) {
            let cells = spans.iter().flat_map(|span| span.cells(self.shape.width));
            cells.filter(|&cell| new.has(cell)).for_each(|cell| today.add_at(at(cell), Claim::of_area(area)));
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
        let extent = Extent::of_cells(new_places(&frame, learned, all).map(|(at, _)| at));
        let whole = frame.extent().and(extent);
        if extent == Extent::NONE || !whole.fits() {
            return;
        }
        for mark in &mut self.marks {
            let MarkKind::Area(area) = mark.kind else { continue };
            let own = || new_places(&frame, learned, Claim::of_area(area.get()).areas);
            let extent = Extent::of_cells(own().map(|(at, _)| at));
            if extent != Extent::NONE {
                // A table of its own: that of the frame lacks what is redacted of the area.
                let mut cells = Claims::of_marks(extent.and(mark.runs.extent()), core::iter::once(&*mark));
                own().for_each(|(at, claim)| cells.add_at(at, claim));
                mark.runs = cells.cells_of(|claim| claim != Claim::NONE);
            }
        }
        if whole != frame.extent() {
            frame = frame.carried(RigidTransform::NONE, CellScale::ONE, whole);
        }
        for (x, y, len, number) in learned.runs() {
            let claim = learned.numbered(number);
            for x in (x..).take(len).filter(|_| claim.zone != 0) {
                if is_free(&frame, (x, y)) {
                    frame.add_at((x, y), Claim { areas: 0, ..claim });
                }
            }
        }
        self.zones = frame.runs_of(Claim::zone_index);
    }

    /// Remembers how a new map looks, in the cells of the frame.
    pub(super) fn look_again(&mut self, home: &Home, transform: RigidTransform, scale: CellScale) {
        let shape = home.shape;
        let extent = Extent::of(shape).in_frame(transform, scale);
        if !extent.fits() {
            return;
        }
        // Under the middle of a cell of the frame.
        let (Extent { x, y }, back) = (extent, scale.back());
        let free = |x: i64, y: i64| {
            let (column, row) = transform.apply((back.to_old(x), back.to_old(y)));
            shape.cell(column, row).is_some_and(|cell| home.cells[cell] == Cell::Free)
        };
        let cells: Vec<bool> = (y.0..y.1)
            .flat_map(|row| (x.0..x.1).map(move |column| (column, row)))
            .map(|(column, row)| free(column, row))
            .collect();
        let narrow = |n: i64| i32::try_from(n).unwrap_or(0);
        self.last = Some(Sighted {
            left: narrow(x.0),
            low: narrow(y.0),
            free: BitGrid::of(extent.shape().width, &cells, |&free| free),
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
    use crate::drawings::{home, of_cells};
    use crate::key::known::KnownMap;

    /// A cell of the frame looks like the cell of a finer map under its middle.
    #[test]
    fn a_last_look_is_taken_from_the_middles_of_cells() {
        let coarse = home("aaaaaa\naAaaaa\n");
        // Every other cell of every other row.
        let fine = "#a#a#a#a#a#a\n############\n#a#A#a#a#a#a\n############\n";
        let fine = of_cells(0.05, 0.1, fine, &[]);
        let mut map = KnownMap::of(&coarse, crate::grid::Symmetry::default(), &mut core::iter::empty());
        map.look_again(&fine, RigidTransform::NONE, CellScale { old: 0.1, new: 0.05 });
        let last = map.last.as_ref().unwrap();
        let free = |x: i32, y: i32| last.free.has_at(x - last.left, y - last.low);
        let seen: Vec<bool> =
            (0..2).flat_map(|y| (0..6).map(move |x| (x, y))).map(|(x, y)| free(x, y)).collect();
        assert_eq!(seen, [true; 12]);
    }
}
