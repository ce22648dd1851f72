//! All that a key knows of cells, as one table, while it is carried to another map.
//!
//! A home has few distinct claims (zones, redacted or not, barred or not, areas), so a cell holds the number of its
//! claim, and whole runs of cells move at once. Cells that the old map did not know have no claim.
//!
//! Zones and areas go by the middle of a cell. *Bars and redaction are carried so that never less is barred or
//! redacted*: where the new map's cells are turned by some degrees or have another size, a cell is barred if any part
//! of it may lie on a barred one. They so grow by up to a cell when they are carried into the frame, once more on each
//! day whose map lies askew, and once more where a late choice takes them over on such a day. The growth of a day is
//! gone with it: each map gets the marks from the frame. Under shifts and quarter turns they stay as they are.

use alloc::vec::Vec;

use zeroize::ZeroizeOnDrop;

use super::claim::Claim;
use crate::grid::{BitGrid, Fixed, Shape, Span, narrow};
use crate::key::known::registration::{CellScale, RigidTransform, signed};
use crate::key::known::{CellRun, Extent, KnownMap, MarkKind, MarkedCells, PackedRuns};

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
    /// The places of the list in the order of their claims.
    order: Vec<u16>,
    /// For each cell its place in the list.
    cells: Vec<u16>,
}

impl Claims {
    /// A table without claims over an extent, for so many zones.
    fn new(extent: Extent, zones: usize) -> Self {
        let Shape { width, height } = extent.shape();
        let (left, low) = (extent.x.0, extent.y.0);
        let plain = |flags: usize, zone: u8| Claim {
            zone,
            redacted: flags & 1 == 1,
            barred: flags & 2 == 2,
            ..Claim::NONE
        };
        let list = (0..PLAIN).flat_map(|flags| (0..).take(zones + 1).map(move |zone| plain(flags, zone)));
        let cells = vec![0; width * height];
        let mut claims = Self { left, low, width, height, list: Vec::new(), order: Vec::new(), cells };
        list.for_each(|claim| _ = claims.number(claim));
        claims
    }

    /// All that is claimed on a known map, of so many zones.
    pub(in crate::key) fn of(map: &KnownMap, zones: usize) -> Self {
        let mut claims = Self::new(map.extent(), zones);
        let mut cells = core::mem::take(&mut claims.cells);
        for run in &map.zones {
            if let Some(start) = claims.index(run.x.into(), run.y.into()) {
                cells[start..start + run.len as usize].fill(u16::from(run.value) + 1);
            }
        }
        claims.cells = cells;
        claims.mark_all(map.marks.iter());
        claims
    }

    /// The claims of some marks, over this extent. A redaction has its number among them.
    pub(in crate::key) fn of_marks<'a>(extent: Extent, marks: impl Iterator<Item = &'a MarkedCells>) -> Self {
        let mut claims = Self::new(extent, 0);
        claims.mark_all(marks);
        claims
    }

    /// A table in which some cells have a claim, given by their columns and rows.
    #[cfg(test)]
    pub(in crate::key) fn of_cells(
        extent: Extent,
        claim: Claim,
        at: impl Iterator<Item = (i64, i64)>,
    ) -> Self {
        let mut claims = Self::new(extent, 0);
        let number = claims.number(claim);
        for (x, y) in at {
            if let Some(cell) = claims.index(x, y) {
                claims.cells[cell] = number;
            }
        }
        claims
    }

    fn mark_all<'a>(&mut self, marks: impl Iterator<Item = &'a MarkedCells>) {
        (1..=u16::MAX).zip(marks).for_each(|(number, mark)| self.mark(number, mark));
    }

    fn mark(&mut self, number: u16, mark: &MarkedCells) {
        let claim = match mark.kind {
            MarkKind::Redacted => Claim { redacted: true, mark: number, ..Claim::NONE },
            MarkKind::Barred => Claim { barred: true, ..Claim::NONE },
            MarkKind::Area(area) => Claim::of_area(area.get()),
        };
        let mut cells = core::mem::take(&mut self.cells);
        let mut last = None;
        for run in mark.runs.iter() {
            if let Some(start) = self.index(run.x.into(), run.y.into()) {
                self.add(&mut cells[start..start + run.len as usize], claim, &mut last);
            }
        }
        self.cells = cells;
    }

    /// Adds a claim to cells. Marks come in the order in which they were made, and an area leads into what was redacted
    /// before it was bound, not into what was redacted after. The last number that this claim was added to, and what
    /// came of it, is kept: along a mark most are the same.
    fn add(&mut self, cells: &mut [u16], claim: Claim, last: &mut Option<(u16, u16)>) {
        for cell in cells {
            let (from, to) = last.filter(|&(from, _)| from == *cell).unwrap_or_else(|| {
                let own = self.list[usize::from(*cell)];
                let own = if claim.is_hidden() { Claim { areas: 0, ..own } } else { own };
                (*cell, self.number(own.and(claim)))
            });
            *last = Some((from, to));
            *cell = to;
        }
    }

    /// The number of a cell of the table.
    fn index(&self, x: i64, y: i64) -> Option<usize> {
        let x = usize::try_from(x - self.left).ok().filter(|&x| x < self.width)?;
        let y = usize::try_from(y - self.low).ok().filter(|&y| y < self.height)?;
        Some(y * self.width + x)
    }

    /// The claims where a transform takes them, over an extent of the new map.
    ///
    /// # Complexity
    /// O(cells + claims · log claims).
    pub(in crate::key) fn carried(&self, transform: RigidTransform, scale: CellScale, to: Extent) -> Self {
        let mut carried = Self::new(to, 0);
        carried.list.clone_from(&self.list);
        carried.order.clone_from(&self.order);
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

    fn carry_turned(&self, transform: RigidTransform, scale: CellScale, carried: &mut Self) {
        let width = carried.width.max(1);
        let mut cells = core::mem::take(&mut carried.cells);
        let marks = self.each(|claim| u8::from(claim.redacted) | u8::from(claim.barred) << 1);
        let is_marked = self.cells.iter().any(|&cell| marks[usize::from(cell)] != 0);
        let plain: Vec<u16> = (0..self.list.len())
            .map(|number| carried.number(Claim { redacted: false, barred: false, ..self.list[number] }))
            .collect();
        // The number of each claim with marks, once it has one.
        let mut marked: Vec<[Option<u16>; PLAIN]> = vec![[None; PLAIN]; carried.list.len()];
        // Of a tile that a wall crosses askew little lies in the table's reach: a cell more to all sides, to be sure.
        let half = transform.half_width();
        let reach = |low: i64, side: usize| {
            let end = scale.to_new(low + signed(side)) + 2;
            Fixed::PARTS * (scale.to_new(low) - 1) - half..Fixed::PARTS * end + half
        };
        let (across, up) = (reach(self.left, self.width), reach(self.low, self.height));
        for (row, cells) in (carried.low..).zip(cells.chunks_exact_mut(width)) {
            let places = cells.iter_mut().zip(transform.row_back((carried.left, row)));
            for (cell, (x, y)) in places.filter(|(_, (x, y))| across.contains(x) && up.contains(y)) {
                let old = self.index(
                    scale.to_old(x.div_euclid(Fixed::PARTS)),
                    scale.to_old(y.div_euclid(Fixed::PARTS)),
                );
                *cell = old.map_or(0, |old| plain[usize::from(self.cells[old])]);
                if is_marked {
                    let flags = self.marks_around((x, y), half, scale, &marks);
                    let claim = carried.list[usize::from(*cell)];
                    let claim = Claim { redacted: flags & 1 == 1, barred: flags & 2 == 2, ..claim };
                    *cell = *marked[usize::from(*cell)][usize::from(flags)]
                        .get_or_insert_with(|| carried.number(claim));
                }
            }
        }
        carried.cells = cells;
    }

    /// The marks of the cells that a square around a place touches, in [`Fixed::PARTS`] of cells of the new size.
    fn marks_around(&self, (x, y): (i64, i64), half: i64, scale: CellScale, marks: &[u8]) -> u8 {
        let (columns, rows) = (scale.under(x - half, x + half), scale.under(y - half, y + half));
        let places = rows.flat_map(|y| columns.clone().map(move |x| (x, y)));
        let flags = |(x, y)| self.index(x, y).map_or(0, |cell| marks[usize::from(self.cells[cell])]);
        places.fold(0, |all, place| all | flags(place))
    }

    /// For each cell of the table, row by row, the number of its claim.
    pub(in crate::key) fn numbers(&self) -> &[u16] {
        &self.cells
    }

    /// Claims of a new map in the cells of the frame that a transform takes to it; nothing where no grid would hold
    /// them.
    pub(in crate::key) fn in_frame(&self, transform: RigidTransform, scale: CellScale) -> Option<Self> {
        let back = transform.inverse();
        let to = self.extent().under(back, CellScale::ONE);
        let turned = to.fits().then(|| self.carried(back, CellScale::ONE, to))?;
        if scale.is_one() {
            return Some(turned);
        }
        let to = to.under(RigidTransform::NONE, scale.back());
        to.fits().then(|| turned.carried(RigidTransform::NONE, scale.back(), to))
    }

    /// Runs of the cells to whose claims a rule gives a value.
    pub(in crate::key) fn runs_of(&self, value: impl Fn(Claim) -> Option<u8>) -> Vec<CellRun> {
        let values = self.each(value);
        let mut runs: Vec<CellRun> = Vec::new();
        for (x, y, len, number) in self.runs() {
            if let Some(value) = values[usize::from(number)] {
                CellRun::extend(&mut runs, x, y, len, value);
            }
        }
        runs
    }

    /// The cells whose claims are as a rule says.
    pub(in crate::key) fn cells_of(&self, rule: impl Fn(Claim) -> bool) -> PackedRuns {
        let is_of = self.each(rule);
        let runs = self.runs().filter(|&(.., number)| is_of[usize::from(number)]);
        let runs = runs.filter_map(|(x, y, len, _)| {
            let (x, y) = (i32::try_from(x).ok()?, i32::try_from(y).ok()?);
            Some(CellRun { x, y, len: narrow(len), value: 0 })
        });
        runs.collect()
    }

    /// The same as a grid of the table's cells.
    pub(in crate::key) fn grid_of(&self, rule: impl Fn(Claim) -> bool) -> BitGrid {
        let is_of = self.each(rule);
        BitGrid::of(self.width, &self.cells, |&number| is_of[usize::from(number)])
    }

    /// The number of the claim at a column and row; that of no claim outside the table.
    pub(in crate::key) fn number_at(&self, x: i64, y: i64) -> u16 {
        self.index(x, y).map_or(0, |cell| self.cells[cell])
    }

    /// Adds a claim at a column and row of the table.
    pub(in crate::key) fn add_at(&mut self, (x, y): (i64, i64), claim: Claim) {
        if let Some(cell) = self.index(x, y) {
            let own = self.numbered(self.cells[cell]);
            self.cells[cell] = self.number(own.and(claim));
        }
    }

    pub(in crate::key) const fn extent(&self) -> Extent {
        Extent {
            x: (self.left, self.left + signed(self.width)),
            y: (self.low, self.low + signed(self.height)),
        }
    }

    /// The claim of a number.
    pub(in crate::key) fn numbered(&self, number: u16) -> Claim {
        self.list[usize::from(number)]
    }

    /// Something of each claim, by its number.
    pub(in crate::key) fn each<T>(&self, of: impl Fn(Claim) -> T) -> Vec<T> {
        self.list.iter().map(|&claim| of(claim)).collect()
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
    /// O(log claims), and two bytes a claim are moved for a new one.
    fn number(&mut self, claim: Claim) -> u16 {
        let at = match self.order.binary_search_by(|&place| self.list[usize::from(place)].cmp(&claim)) {
            Ok(at) => return self.order[at],
            Err(at) => at,
        };
        match u16::try_from(self.list.len()) {
            Ok(number) => {
                self.list.push(claim);
                self.order.insert(at, number);
                number
            }
            // Areas with too many different overlaps are forgotten; all else is in the list from the beginning.
            Err(_) => self.number(Claim { areas: 0, mark: 0, ..claim }),
        }
    }
}

#[cfg(test)]
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "small tables")]
mod tests {
    use super::{CellScale, Claim, Claims, Extent, RigidTransform, signed};
    use proptest::prelude::*;

    const SIDE: usize = 12;

    fn table(cells: &[u8]) -> Claims {
        let mut claims = Claims::new(Extent { x: (-2, 10), y: (3, 15) }, 3);
        let claim = |cell: u8| Claim {
            zone: cell % 4,
            redacted: cell & 4 != 0,
            barred: cell & 8 != 0,
            areas: u64::from(cell / 16),
            mark: 0,
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
        let mut claims = Claims::new(Extent { x: (0, 1), y: (0, 1) }, 3);
        let first = claims.list.len();
        let of = |areas: u64| Claim { zone: 2, redacted: areas % 2 == 1, areas, ..Claim::NONE };
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
        for claim in claims.list.clone().into_iter().take(first) {
            let number = usize::from(claims.number(claim));
            assert_eq!(claims.list.iter().position(|&other| other == claim), Some(number));
        }
    }

    proptest! {
        /// Every cell gets the claim of the cell under its middle; marks cover all that they covered.
        #[test]
        fn claims_go_where_the_transform_takes_them(
            cells in prop::collection::vec(0..64_u8, SIDE * SIDE), quarters in 0..4_u8,
            steps in prop_oneof![Just(0_i16), -360..=360_i16], shift in (-9..9_i64, -9..9_i64),
            new in prop_oneof![Just(0.05), Just(0.04), Just(0.07)],
        ) {
            let old = table(&cells);
            let transform = RigidTransform::new((720 * i16::from(quarters) + steps).rem_euclid(2880), (4, 7), shift);
            let scale = CellScale { old: 0.05, new };
            let carried = old.carried(transform, scale, Extent { x: (-30, 30), y: (-30, 30) });
            let exact = steps == 0 && scale.is_one();
            for (x, y) in (-30..30).flat_map(|x| (-30..30).map(move |y| (x, y))) {
                let (from_x, from_y) = transform.undo((x, y));
                let from = at(&old, scale.to_old(from_x), scale.to_old(from_y));
                let to = at(&carried, x, y);
                let bare = |claim| Claim { barred: false, redacted: false, ..claim };
                prop_assert_eq!(bare(to), bare(from));
                prop_assert!(to.barred == from.barred || to.barred && !exact);
                prop_assert!(to.redacted == from.redacted || to.redacted && !exact);
            }
            // Forwards, in the plane: wherever a point of a barred cell goes, the cell there is barred.
            let angle = (f64::from(quarters) + f64::from(steps) / 720.0) * core::f64::consts::FRAC_PI_2;
            let (sin, cos) = angle.sin_cos();
            let ratio = scale.old / scale.new;
            for cell in 0..SIDE * SIDE {
                let from = old.numbered(old.cells[cell]);
                for (dx, dy) in [(0.1, 0.1), (0.9, 0.1), (0.5, 0.5), (0.1, 0.9), (0.9, 0.9)] {
                    let x = ((signed(cell % SIDE) + old.left) as f64 + dx) * ratio - 4.5;
                    let y = ((signed(cell / SIDE) + old.low) as f64 + dy) * ratio - 7.5;
                    let to = (cos * x - sin * y + 0.5, sin * x + cos * y + 0.5);
                    let to = (to.0.floor() as i64 + shift.0, to.1.floor() as i64 + shift.1);
                    let to = at(&carried, to.0, to.1);
                    prop_assert!(to.barred >= from.barred && to.redacted >= from.redacted);
                }
            }
        }
    }
}
