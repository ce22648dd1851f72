//! What an outline covers that is no floor today.
//!
//! An owner draws an outline on a place, and some of that place may not be on today's map: a door is shut, or the robot
//! has not been there. An outline is placed once and its floor has marks room by room; all else that it covers has one
//! more mark, so that it holds when a later map shows floor there, as a bar does.

use alloc::vec::Vec;

use geo_types::{Coord, Polygon};

use crate::grid::raster::fill_polygons;
use crate::grid::{BitGrid, narrow};
use crate::home::{Home, NO_FLOOR, outline};
use crate::key::HouseKey;
use crate::key::known::registration::signed;
use crate::key::known::{CellRun, Extent, MarkKind, PackedRuns};

/// How far from today's map an outline counts at most, in metres: floor that is farther off belongs to another home,
/// and the frame of a known map must not grow past what can be recognized.
const FARTHEST_M: f64 = 20.0;

impl HouseKey {
    /// Marks what outlines cover and today's map does not show as floor.
    ///
    /// # Complexity
    /// O(cells covered + corners · rows).
    pub(in crate::key) fn mark_outlines(&mut self, home: &Home, regions: &[Polygon<f64>]) {
        let Some((map, _)) = self.known.today().filter(|_| !regions.is_empty()) else { return };
        let mut frame = map.extent();
        let Some(mut runs) = self.places_in_frame(MarkKind::Redacted, covered(home, regions)) else {
            return;
        };
        if !frame.and(runs.extent()).fits() {
            runs = within(frame, &runs);
        }
        // Where there is nothing to mark, or a full list holds no redaction that could take it, none is made.
        let _ = self.add_runs(&mut frame, MarkKind::Redacted, runs);
    }
}

/// The places that outlines cover, but for today's floor, row by row from today's first cell.
fn covered(home: &Home, regions: &[Polygon<f64>]) -> Vec<CellRun> {
    let metres = home.resolution_m;
    let on_crop = |region| outline::moved(region, |at| home.frame.corner_to_crop(at));
    let regions: Vec<Polygon<f64>> = regions.iter().map(on_crop).collect();
    let corners = || regions.iter().flat_map(|region| region.exterior().coords());
    let span = |of: fn(&Coord<f64>) -> f64, side: usize, far: i64| {
        let at = corners().map(|at| column(of(at) / metres));
        let (low, high) = at.fold((i64::MAX, i64::MIN), |(low, high), at| (low.min(at), high.max(at)));
        (low.max(-far), high.saturating_add(1).min(signed(side) + far))
    };
    let extent_up_to = |far: i64| Extent {
        x: span(|at| at.x, home.shape.width, far),
        y: span(|at| at.y, home.shape.height, far),
    };
    // As far as a grid reaches: on a large or fine map that is less.
    let far = column(FARTHEST_M / metres);
    let Some(extent) = (0..i64::BITS).map(|half| extent_up_to(far >> half)).find(|extent| extent.fits())
    else {
        return Vec::new();
    };
    let shape = extent.shape();
    if shape.width == 0 || shape.height == 0 {
        return Vec::new();
    }
    #[expect(clippy::cast_precision_loss, reason = "some thousands of cells")]
    let first = Coord { x: extent.x.0 as f64 * metres, y: extent.y.0 as f64 * metres };
    let regions: Vec<Polygon<f64>> =
        regions.iter().map(|region| outline::moved(region, |at| at - first)).collect();
    let mut cells = BitGrid::none(shape);
    fill_polygons(&regions.iter().collect::<Vec<_>>(), metres, shape, |cell| cells.insert(cell));
    let mut runs = Vec::new();
    cells.each(|cell| {
        let (x, y) = shape.place(narrow(cell));
        let (x, y) = (x + extent.x.0, y + extent.y.0);
        let is_floor = home.shape.cell(x, y).is_some_and(|cell| home.labels[cell] != NO_FLOOR);
        if !is_floor {
            CellRun::extend(&mut runs, x, y, 1, 0);
        }
    });
    runs
}

/// The column or row of a place, held within a million cells of the first.
#[expect(clippy::cast_possible_truncation, reason = "clamped before the cast")]
fn column(cells: f64) -> i64 {
    libm::floor(cells).clamp(-1e6, 1e6) as i64
}

/// The parts of runs that lie within an extent.
fn within(extent: Extent, runs: &PackedRuns) -> PackedRuns {
    let rows = runs.iter().filter(|run| (extent.y.0..extent.y.1).contains(&i64::from(run.y)));
    let mut left = Vec::new();
    for run in rows {
        let (x, end) = (extent.x.0.max(run.x.into()), extent.x.1.min(run.end()));
        if let Ok(len @ 1..) = usize::try_from(end - x) {
            CellRun::extend(&mut left, x, run.y.into(), len, 0);
        }
    }
    left.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use geo_types::Rect;

    use super::{Home, covered};
    use crate::grid::OccupancyGrid;
    use crate::home::Footprint;

    /// In small cells twenty metres around a home are more than a grid holds.
    #[test]
    fn an_outline_reaches_as_far_as_a_grid_does() {
        let grid = OccupancyGrid::new(1400, 800, 0.005, vec![crate::grid::Cell::Free; 1400 * 800]).unwrap();
        let home = Home::builder(grid, Footprint::disc_m(0.17).unwrap()).build().unwrap();
        for (to, least) in [((1e9, 2.0), 2000), ((8.0, 2.0), 200)] {
            let runs = covered(&home, &[Rect::new((3.5, -1e9), to).to_polygon()]);
            let near_it: u32 = runs.iter().filter(|run| run.y == 100).map(|run| run.len).sum();
            assert!(near_it >= least, "{near_it}");
        }
    }
}
