//! All that a key knows of cells, as one table, while it is carried to another map.
//!
//! A home has few distinct claims (zones, redacted or not, barred or not, areas), so a cell holds the number of its
//! claim, and whole runs of cells move at once. Cells that the old map did not know have no claim.
//!
//! Zones, areas and redaction go by the middle of a cell. *Bars are carried so that never less is barred*: where the
//! new map's cells are turned by some degrees or have another size, a cell is barred if any part of it may lie on a
//! barred one. Each time, a bar may grow by up to a cell; under shifts and quarter turns it stays as it is.

use std::collections::BTreeMap;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::grid::{Fixed, Shape, Span};
use crate::key::HouseKey;
use crate::key::refit::registration::RigidTransform;
use crate::key::refit::remembered::Claim;
use crate::key::refit::scale::{Scale, signed};

/// Kinds of claims without areas for each zone, and for no zone: redacted or not, barred or not.
const PLAIN: usize = 4;

/// A table of claims.
#[derive(Clone, ZeroizeOnDrop)]
pub(in crate::key) struct Claims {
    /// Column and row of the first cell from the crop's lower left corner.
    pub(in crate::key) left: i64,
    pub(in crate::key) low: i64,
    pub(in crate::key) width: usize,
    pub(in crate::key) height: usize,
    /// Distinct claims; first all of those without areas, beginning with none.
    list: Vec<Claim>,
    /// Where each claim stands in the list, first of all where it stands twice.
    #[zeroize(skip)] // It names no cell.
    places: BTreeMap<Claim, u16>,
    /// For each cell its place in the list.
    cells: Vec<u16>,
}

impl Claims {
    /// A table without claims over columns `x.0..x.1` and rows `y.0..y.1`, for so many zones.
    fn new(x: (i64, i64), y: (i64, i64), zones: usize) -> Self {
        let side = |(from, to): (i64, i64)| usize::try_from(to - from).unwrap_or(0);
        let (width, height) = (side(x), side(y));
        let plain = |flags: usize, zone: u8| Claim {
            zone,
            redacted: flags & 1 == 1,
            barred: flags & 2 == 2,
            areas: 0,
        };
        let list = (0..PLAIN).flat_map(|flags| (0..).take(zones + 1).map(move |zone| plain(flags, zone)));
        let list: Vec<Claim> = list.collect();
        let places = places(&list);
        Self { left: x.0, low: y.0, width, height, list, places, cells: vec![0; width * height] }
    }

    /// All that a key knows of cells, those outside the crop included.
    pub(in crate::key) fn of(key: &HouseKey) -> Self {
        let shape = key.shape;
        let (mut x, mut y) = ((0, signed(shape.width)), (0, signed(shape.height)));
        for run in &key.remembered {
            x = (x.0.min(run.x.into()), x.1.max(run.end()));
            y = (y.0.min(run.y.into()), y.1.max(i64::from(run.y) + 1));
        }
        let mut claims = Self::new(x, y, key.zones.len());
        let mut crop = claims.of_crop(key);
        for (area, spans) in key.areas.iter().enumerate() {
            let bound = Claim { areas: 1 << area, ..Claim::NONE };
            for span in spans {
                claims.add(&mut crop[span.cells(shape.width)], bound);
            }
        }
        for (row, crop) in (0..).zip(crop.chunks_exact(shape.width.max(1))) {
            if let Some(start) = claims.index(0, row) {
                claims.cells[start..start + crop.len()].copy_from_slice(crop);
            }
        }
        crop.zeroize();
        let mut cells = core::mem::take(&mut claims.cells);
        for run in &key.remembered {
            if let Some(start) = claims.index(run.x.into(), run.y.into()) {
                claims.add(&mut cells[start..start + run.len as usize], run.claim);
            }
        }
        claims.cells = cells;
        claims
    }

    /// The numbers of the claims without areas of a key's crop.
    fn of_crop(&self, key: &HouseKey) -> Vec<u16> {
        let step = self.list.len() / PLAIN;
        let zone_of: Vec<usize> = key.patches.iter().map(|patch| usize::from(patch.zone) + 1).collect();
        let mut crop = vec![0; key.shape.len()];
        let words = key.charted.words().iter().zip(key.drive.redacted.words()).zip(key.drive.barred.words());
        let cells = crop.chunks_mut(64).zip(key.near.chunks(64));
        for ((cells, near), ((&charted, &redacted), &barred)) in cells.zip(words) {
            if charted | redacted | barred == 0 {
                continue;
            }
            for (bit, (cell, &patch)) in cells.iter_mut().zip(near).enumerate() {
                let of = |word: u64| usize::from(word >> bit & 1 == 1);
                let zone = zone_of.get(usize::from(patch)).map_or(0, |zone| zone * of(charted));
                *cell = narrow(zone + step * (of(redacted) + 2 * of(barred)));
            }
        }
        crop
    }

    /// Adds a claim to cells.
    fn add(&mut self, cells: &mut [u16], claim: Claim) {
        let mut last = None;
        for cell in cells {
            let (from, to) = last
                .filter(|&(from, _)| from == *cell)
                .unwrap_or_else(|| (*cell, self.number(self.list[usize::from(*cell)].and(claim))));
            last = Some((from, to));
            *cell = to;
        }
    }

    /// The number of a cell of the table.
    fn index(&self, x: i64, y: i64) -> Option<usize> {
        let x = usize::try_from(x - self.left).ok().filter(|&x| x < self.width)?;
        let y = usize::try_from(y - self.low).ok().filter(|&y| y < self.height)?;
        Some(y * self.width + x)
    }

    /// The claims where a transform takes them, over columns `x.0..x.1` and rows `y.0..y.1` of the new map.
    ///
    /// # Complexity
    /// O(cells + claims · log claims).
    pub(in crate::key) fn carried(
        &self,
        transform: RigidTransform,
        scale: Scale,
        x: (i64, i64),
        y: (i64, i64),
    ) -> Self {
        let mut carried = Self::new(x, y, 0);
        carried.list.clone_from(&self.list);
        carried.places.clone_from(&self.places);
        match transform.straight_back().filter(|_| scale.is_one()) {
            Some(step) => self.carry_straight(transform, step, &mut carried),
            None => self.carry_turned(transform, scale, &mut carried),
        }
        carried
    }

    /// Under quarter turns a row of the new map is a row or a column of the old one.
    fn carry_straight(&self, transform: RigidTransform, (dx, dy): (i64, i64), carried: &mut Self) {
        let width = carried.width.max(1);
        // Of a row's places those that come from inside the old table along one axis.
        let within = |from: i64, step: i64, side: usize| match step {
            0 if usize::try_from(from).is_ok_and(|from| from < side) => (0, i64::MAX),
            0 => (0, 0),
            1 => (-from, signed(side) - from),
            _ => (from + 1 - signed(side), from + 1),
        };
        for (row, cells) in (carried.low..).zip(carried.cells.chunks_exact_mut(width)) {
            let (x, y) = transform.undo((carried.left, row));
            let (x, y) = (x - self.left, y - self.low);
            let (across, up) = (within(x, dx, self.width), within(y, dy, self.height));
            let first = across.0.max(up.0).max(0);
            let end = across.1.min(up.1).min(signed(width));
            if first >= end {
                continue;
            }
            let (first, end) = (usize::try_from(first).unwrap_or(0), usize::try_from(end).unwrap_or(0));
            let place = |n: usize| (y + dy * signed(n)) * signed(self.width) + x + dx * signed(n);
            let Ok(start) = usize::try_from(place(first)) else { continue };
            let cells = &mut cells[first..end];
            let stride = if dx == 0 { self.width } else { 1 };
            if dx + dy > 0 {
                let old = self.cells[start..].iter().step_by(stride);
                cells.iter_mut().zip(old).for_each(|(cell, old)| *cell = *old);
            } else {
                let old = self.cells[..=start].iter().rev().step_by(stride);
                cells.iter_mut().zip(old).for_each(|(cell, old)| *cell = *old);
            }
        }
    }

    fn carry_turned(&self, transform: RigidTransform, scale: Scale, carried: &mut Self) {
        let width = carried.width.max(1);
        let mut cells = core::mem::take(&mut carried.cells);
        let has_bars = self.cells.iter().any(|&cell| self.numbered(cell).barred);
        let unbarred: Vec<u16> = (0..self.list.len())
            .map(|number| carried.number(Claim { barred: false, ..self.list[number] }))
            .collect();
        // The number of each claim with a bar, once it has one.
        let mut barred: Vec<Option<u16>> = vec![None; carried.list.len()];
        for (row, cells) in (carried.low..).zip(cells.chunks_exact_mut(width)) {
            for (cell, (x, y)) in cells.iter_mut().zip(transform.row_back((carried.left, row))) {
                let old = self.index(
                    scale.to_old(x.div_euclid(Fixed::PARTS)),
                    scale.to_old(y.div_euclid(Fixed::PARTS)),
                );
                *cell = old.map_or(0, |old| unbarred[usize::from(self.cells[old])]);
                if has_bars && self.is_barred_around((x, y), transform.half_width(), scale) {
                    let claim = Claim { barred: true, ..carried.list[usize::from(*cell)] };
                    *cell = *barred[usize::from(*cell)].get_or_insert_with(|| carried.number(claim));
                }
            }
        }
        carried.cells = cells;
    }

    /// A square around a place, in [`Fixed::PARTS`] of cells of the new size, touches a barred cell.
    fn is_barred_around(&self, (x, y): (i64, i64), half: i64, scale: Scale) -> bool {
        let (columns, rows) = (scale.under(x - half, x + half), scale.under(y - half, y + half));
        rows.flat_map(|y| columns.clone().map(move |x| (x, y)))
            .any(|(x, y)| self.index(x, y).is_some_and(|cell| self.numbered(self.cells[cell]).barred))
    }

    /// The numbers of the claims on a crop's cells, row by row.
    pub(in crate::key) fn numbers(&self, shape: Shape) -> Vec<u16> {
        let mut numbers = vec![0; shape.len()];
        let skipped = usize::try_from(self.left).unwrap_or(0).min(shape.width);
        for (y, row) in (0..).zip(numbers.chunks_exact_mut(shape.width.max(1))) {
            let row = &mut row[skipped..];
            let Some(start) = self.index(signed(skipped), y) else { continue };
            let end = (start / self.width + 1) * self.width;
            row.iter_mut().zip(&self.cells[start..end]).for_each(|(number, cell)| *number = *cell);
        }
        numbers
    }

    /// The claim of a number.
    pub(in crate::key) fn numbered(&self, number: u16) -> Claim {
        self.list[usize::from(number)]
    }

    /// Something of each claim, by its number.
    pub(in crate::key) fn each<T>(&self, of: impl Fn(Claim) -> T) -> Vec<T> {
        self.list.iter().map(|&claim| of(claim)).collect()
    }

    /// Bars the cells that are barred in another table of the same map; whether they all lie in this one.
    pub(in crate::key) fn take_bars(&mut self, other: &Self) -> bool {
        let mut cells = core::mem::take(&mut self.cells);
        let mut all = true;
        for (x, y, len, _) in other.runs().filter(|run| other.numbered(run.3).barred) {
            for x in x..x + signed(len) {
                let place = self.index(x, y);
                all &= place.is_some();
                if let Some(place) = place {
                    self.add(&mut cells[place..=place], Claim { barred: true, ..Claim::NONE });
                }
            }
        }
        self.cells = cells;
        all
    }

    /// Forgets all bars.
    pub(in crate::key) fn drop_bars(&mut self) {
        self.list.iter_mut().for_each(|claim| claim.barred = false);
        self.places = places(&self.list);
    }

    /// The cell was free once: it has a zone, or is redacted.
    pub(in crate::key) fn was_free(&self, x: i64, y: i64) -> bool {
        self.index(x, y).is_some_and(|cell| {
            let claim = self.numbered(self.cells[cell]);
            claim.zone != 0 || claim.redacted
        })
    }

    /// Rows of the table, from the lowest, as runs of cells of one claim: first column, length, number.
    pub(in crate::key) fn runs(&self) -> impl Iterator<Item = (i64, i64, usize, u16)> + '_ {
        let of_claims = Span::runs(&self.cells, self.width).filter(|&(number, _)| number != 0);
        of_claims.map(|(number, run)| {
            (self.left + i64::from(run.start), self.low + i64::from(run.y), run.len() as usize, number)
        })
    }

    /// The number of a claim, which is put into the list if it is new.
    ///
    /// # Complexity
    /// O(log claims).
    fn number(&mut self, claim: Claim) -> u16 {
        if let Some(&number) = self.places.get(&claim) {
            return number;
        }
        match u16::try_from(self.list.len()) {
            Ok(number) => {
                self.list.push(claim);
                self.places.insert(claim, number);
                number
            }
            // Areas with too many different overlaps are forgotten; all else is in the list from the beginning.
            Err(_) => self.number(Claim { areas: 0, ..claim }),
        }
    }
}

/// Where each claim of a list stands first.
fn places(list: &[Claim]) -> BTreeMap<Claim, u16> {
    let mut places = BTreeMap::new();
    for (number, &claim) in (0..=u16::MAX).zip(list) {
        places.entry(claim).or_insert(number);
    }
    places
}

/// The number of a claim without areas.
#[expect(clippy::cast_possible_truncation, reason = "some dozens")]
const fn narrow(n: usize) -> u16 {
    n as u16
}

#[cfg(test)]
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "small tables")]
mod tests {
    use super::{Claim, Claims, RigidTransform, Scale, signed};
    use proptest::prelude::*;

    const SIDE: usize = 12;

    fn table(cells: &[u8]) -> Claims {
        let mut claims = Claims::new((-2, 10), (3, 15), 3);
        let claim = |cell: u8| Claim {
            zone: cell % 4,
            redacted: cell & 4 != 0,
            barred: cell & 8 != 0,
            areas: u64::from(cell / 16),
        };
        claims.cells = cells.iter().map(|&cell| claims.number(claim(cell))).collect();
        claims
    }

    fn at(claims: &Claims, x: i64, y: i64) -> Claim {
        claims.index(x, y).map_or(Claim::NONE, |cell| claims.numbered(claims.cells[cell]))
    }

    /// As many claims as there are numbers, and more: each keeps its number, and the rest keep all but their areas.
    #[test]
    fn claims_keep_their_numbers_up_to_the_last_one() {
        let mut claims = Claims::new((0, 1), (0, 1), 3);
        let first = claims.list.len();
        let of = |areas: u64| Claim { zone: 2, redacted: areas % 2 == 1, areas, barred: false };
        let numbered = (1..=70_000).map(|areas| usize::from(claims.number(of(areas)))).collect::<Vec<_>>();
        for (areas, &number) in (1..).zip(&numbered) {
            let claim = of(areas);
            let kept = first + usize::try_from(areas).unwrap() <= 1 << 16;
            assert_eq!(claims.list[number], if kept { claim } else { Claim { areas: 0, ..claim } });
            assert_eq!(usize::from(claims.number(claim)), number);
        }
        // The place in the list, as one would look for it.
        let number = claims.list.iter().position(|&other| other == of(40_000));
        assert_eq!(number, Some(numbered[39_999]));
        claims.drop_bars();
        for claim in claims.list.clone().into_iter().take(first) {
            let number = usize::from(claims.number(claim));
            assert_eq!(claims.list.iter().position(|&other| other == claim), Some(number));
        }
    }

    proptest! {
        /// Every cell gets the claim of the cell under its middle; and bars cover all that they covered.
        #[test]
        fn claims_go_where_the_transform_takes_them(
            cells in prop::collection::vec(0..64_u8, SIDE * SIDE), quarters in 0..4_u8,
            steps in prop_oneof![Just(0_i8), -88..=88_i8], shift in (-9..9_i64, -9..9_i64),
            new in prop_oneof![Just(0.05), Just(0.04), Just(0.07)],
        ) {
            let old = table(&cells);
            let transform = RigidTransform::new(quarters, steps, (4, 7), shift);
            let scale = Scale { old: 0.05, new };
            let carried = old.carried(transform, scale, (-30, 30), (-30, 30));
            let exact = steps == 0 && scale.is_one();
            for (x, y) in (-30..30).flat_map(|x| (-30..30).map(move |y| (x, y))) {
                let (from_x, from_y) = transform.undo((x, y));
                let from = at(&old, scale.to_old(from_x), scale.to_old(from_y));
                let to = at(&carried, x, y);
                prop_assert_eq!(Claim { barred: false, ..to }, Claim { barred: false, ..from });
                prop_assert!(to.barred == from.barred || to.barred && !exact);
            }
            // Forwards, in the plane: wherever a point of a barred cell goes, the cell there is barred.
            let angle = f64::from(quarters) * core::f64::consts::FRAC_PI_2
                + 2.0 * (f64::from(steps) / 916.0).atan();
            let (sin, cos) = angle.sin_cos();
            let ratio = scale.old / scale.new;
            for cell in (0..SIDE * SIDE).filter(|&cell| old.numbered(old.cells[cell]).barred) {
                for (dx, dy) in [(0.1, 0.1), (0.9, 0.1), (0.5, 0.5), (0.1, 0.9), (0.9, 0.9)] {
                    let x = ((signed(cell % SIDE) + old.left) as f64 + dx) * ratio - 4.5;
                    let y = ((signed(cell / SIDE) + old.low) as f64 + dy) * ratio - 7.5;
                    let to = (cos * x - sin * y + 0.5, sin * x + cos * y + 0.5);
                    let to = (to.0.floor() as i64 + shift.0, to.1.floor() as i64 + shift.1);
                    prop_assert!(at(&carried, to.0, to.1).barred);
                }
            }
        }
    }
}
