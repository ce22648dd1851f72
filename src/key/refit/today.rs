//! Where the owner's marks lie on today's map, and cells of today's map in the marks' frame.

use alloc::vec::Vec;

use crate::grid::sorted::ByKey;
use crate::grid::{Shape, Span, narrow};
use crate::key::known::claims::{Claim, Claims};
use crate::key::known::registration::CellScale;
use crate::key::known::{CellRun, Extent, Mark, MarkId, MarkKind, MarkedCells, PackedRuns};
use crate::key::{HouseKey, Region};

/// Cells a side of the squares in which a long mark is carried to today's map.
const TILE: i64 = 32;

impl HouseKey {
    /// The owner's marks on today's map: what is redacted, barred, and bound to areas, each where it lies today, also
    /// where today's map shows nothing. What a redaction asked for has a mark for each room, and its outlines one for
    /// what they cover that is no floor yet.
    ///
    /// # Complexity
    /// For each mark O(n log n), n the cells of the squares of 32 cells a side that it touches.
    #[must_use]
    pub fn marks(&self) -> Vec<Mark> {
        (0..).map_while(|index| self.mark_at(index)).collect()
    }

    /// One of [`HouseKey::marks`], by its place in them; nothing past the last.
    ///
    /// # Complexity
    /// As [`HouseKey::marks`], of this one.
    #[must_use]
    pub fn mark_at(&self, index: usize) -> Option<Mark> {
        let (map, _) = self.known.today()?;
        let mark = map.marks.get(index)?;
        Some(Mark { id: mark.id, kind: mark.kind, region: self.region_of(mark) })
    }

    /// The cells of a mark, so far as they lie in some extent of the frame.
    pub(in crate::key) fn carried_to_today(&self, from: Extent, mark: &MarkedCells) -> Option<Claims> {
        let (map, transform) = self.known.today()?;
        let scale = CellScale { old: map.resolution_m, new: self.resolution_m };
        let to = from.under(transform, scale);
        let marked = || Claims::of_marks(from, core::iter::once(mark));
        to.fits().then(|| marked().carried(transform, scale, to))
    }

    /// Runs of today's cells that a mark covers, by a rule on its claims, row by row and counted from today's first
    /// cell; nothing where no grid would hold them. A long wall askew spans a whole map: it is carried in tiles.
    pub(super) fn runs_today(&self, mark: &MarkedCells, rule: fn(Claim) -> bool) -> Option<Vec<CellRun>> {
        self.runs_today_by(mark, &[rule])?.pop()
    }

    /// The same by each of some rules.
    pub(super) fn runs_today_by(
        &self,
        mark: &MarkedCells,
        rules: &[fn(Claim) -> bool],
    ) -> Option<Vec<Vec<CellRun>>> {
        let (map, transform) = self.known.today()?;
        let scale = CellScale { old: map.resolution_m, new: self.resolution_m };
        if !mark.runs.extent().under(transform, scale).fits() {
            return None;
        }
        let mut all = vec![Vec::new(); rules.len()];
        for tile in tiles(mark) {
            let Some(table) = self.carried_to_today(tile.runs.extent(), &tile) else { continue };
            for (runs, &rule) in all.iter_mut().zip(rules) {
                runs.extend(table.cells_of(rule).iter());
            }
        }
        // Tiles that grow overlap.
        Some(all.into_iter().map(CellRun::disjoint).collect())
    }

    /// Cells of a map in the frame of the known map that it is, or nothing where no grid would hold them. They are
    /// carried in tiles too: of a thousand rooms each may be as long as the map.
    ///
    /// # Complexity
    /// O(n log n), n the cells of the squares of 32 cells a side that they touch.
    pub(in crate::key) fn runs_in_frame(&self, shape: Shape, cells: &[usize]) -> Option<PackedRuns> {
        let mut today = Vec::new();
        for &cell in cells {
            let (x, y) = shape.place(narrow(cell));
            CellRun::extend(&mut today, x, y, 1, 0);
        }
        self.places_in_frame(MarkKind::Redacted, today)
    }

    /// The same of runs row by row, counted from the first cell of a map, that may lie outside it. They are carried as
    /// marks of this kind are.
    pub(super) fn places_in_frame(&self, kind: MarkKind, today: Vec<CellRun>) -> Option<PackedRuns> {
        let (map, transform) = self.known.today()?;
        let scale = CellScale { old: map.resolution_m, new: self.resolution_m };
        let cells = MarkedCells { id: MarkId::new(0), kind, runs: today.into_iter().collect() };
        let mut runs = Vec::new();
        for tile in tiles(&cells) {
            let table = Claims::of_marks(tile.runs.extent(), core::iter::once(&tile));
            runs.extend(table.in_frame(transform, scale)?.cells_of(|claim| claim != Claim::NONE).iter());
        }
        Some(PackedRuns::of(runs))
    }

    /// A mark in today's cells.
    fn region_of(&self, mark: &MarkedCells) -> Region {
        let runs = self.runs_today(mark, |claim| claim != Claim::NONE).unwrap_or_default();
        let extent = Extent::NONE.with(runs.iter().copied());
        let (left, low) = if runs.is_empty() { (0, 0) } else { (extent.x.0, extent.y.0) };
        let far = |low: i64, at: i64| usize::try_from(at - low).unwrap_or(0);
        let span = |run: &CellRun| {
            Span::of_row(far(low, run.y.into()), far(left, run.x.into()), far(left, run.end()))
        };
        let spans = runs.iter().map(span).collect();
        #[expect(clippy::cast_precision_loss, reason = "some thousands of cells")]
        let frame = self.frame.cropped([left, low].map(|low| low as f64 * self.resolution_m));
        Region::of_crop(extent.shape(), self.resolution_m, frame, spans)
    }
}

/// The parts of some runs in squares of so many cells a side, of those that hold any.
fn tiles(mark: &MarkedCells) -> Vec<MarkedCells> {
    let mut tiles: ByKey<(i64, i64), Vec<CellRun>> = ByKey::new();
    for run in mark.runs.iter() {
        let (mut x, end) = (i64::from(run.x), run.end());
        while x < end {
            let tile = (i64::from(run.y).div_euclid(TILE), x.div_euclid(TILE));
            let next = end.min((tile.1 + 1) * TILE);
            CellRun::extend(
                tiles.or_insert_with(tile, Vec::new),
                x,
                run.y.into(),
                usize::try_from(next - x).unwrap_or(0),
                0,
            );
            x = next;
        }
    }
    let (id, kind) = (mark.id, mark.kind);
    let mark = |runs: Vec<CellRun>| MarkedCells { id, kind, runs: runs.into_iter().collect() };
    tiles.into_values().map(mark).collect()
}
