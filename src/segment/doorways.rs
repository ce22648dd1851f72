//! Doorways: chords whose line is wall.
//!
//! A person sees two rooms where a wall is open, and sees it the more surely the more of the line is wall. So each
//! chord has a width and the wall that it continues, and those are cut whose line is wall to a third or more
//! (`measures`), whatever their width up to [`DOORWAY_M`]. One on which the floor does not widen on both sides
//! within a wall's thickness is a piece of corridor. No two touch: next to a slanting wall there are several chords
//! side by side, and the narrowest is the doorway.
//!
//! Furniture that stands free is filled before, unless it is what two walls leave between their doors (`crossings`).

use alloc::vec::Vec;

use super::chord::{Chord, Chords, FINE, Ground};
use super::clutter::Holes;
use super::crossings::Crossings;
use super::measures::Measures;
use super::scale::{DOORWAY_M, LEAST_PASSAGE_M, Scale};
use super::view::View;
use crate::grid::distance::squared_distances;
use crate::grid::{BitGrid, narrow};

/// A doorway that is cut.
pub(super) struct Doorway {
    pub(super) chord: Chord,
    /// The floor that it takes.
    pub(super) cells: Vec<usize>,
    /// Squared clearance of a passage as wide.
    pub(super) saddle: u32,
}

/// A map's floor, its furniture filled, with the squared clearances of its cells in their order, and the doorways in
/// it, which are still floor.
///
/// # Complexity
/// O(cells + saddles · width of the widest doorway) time.
pub(super) fn find(view: &View, scale: Scale) -> (BitGrid, Vec<u32>, Vec<Doorway>) {
    let holes = Holes::of(view, scale);
    let measures = Measures::new(scale);
    let crossings = holes.crossings();
    let mut kept = Vec::new();
    if !crossings.is_empty() {
        let floor = holes.bare_floor(scale);
        let on = Crossings::on(Ground { floor: &floor, occupied: &view.occupied }, &measures);
        let is_kept = |&(_, outermost): &(_, _)| on.has(outermost);
        kept.extend(crossings.into_iter().filter(is_kept).map(|(component, _)| component));
    }
    let floor = holes.filled_floor(&kept, scale);
    drop(holes);
    let clearances = squared_distances(&floor);
    let doorways = on(Ground { floor: &floor, occupied: &view.occupied }, &clearances, scale, &measures);
    (floor, clearances, doorways)
}

/// The doorways of a floor, the narrowest first.
fn on(ground: Ground<'_>, clearances: &[u32], scale: Scale, measures: &Measures) -> Vec<Doorway> {
    let half = narrow(scale.whole_cells(DOORWAY_M / 2.0));
    // A chord may be a cell wider than its saddle.
    let narrowest = narrow(scale.whole_cells(LEAST_PASSAGE_M / 2.0)).saturating_sub(1).max(1);
    let mut chords = Chords::new(ground, clearances, narrowest..=half).all();
    chords.retain(|chord| measures.is_doorway(ground, chord));
    chords.sort_unstable_by_key(|chord| (chord.width, chord.ends));
    let shape = ground.floor.shape();
    let mut taken = BitGrid::none(shape);
    let mut doorways = Vec::new();
    for chord in chords {
        let cells = chord.cells(ground);
        if cells.iter().any(|&cell| taken.has(cell)) {
            continue;
        }
        for &cell in &cells {
            taken.insert(cell);
            shape.neighbours(cell).for_each(|near| taken.insert(near));
        }
        let squared = chord.width.pow(2) / (4 * FINE * FINE);
        let saddle = u32::try_from(squared).unwrap_or(u32::MAX).max(1);
        doorways.push(Doorway { chord, cells, saddle });
    }
    doorways
}
