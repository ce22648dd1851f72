//! The floor that zones share out.
//!
//! Zones are to outlast the day on which they are given out. What stands in a doorway then, or a virtual wall across
//! it, makes the floor behind *unreachable today*; it must not make it nobody's. So the floor of zones is more than
//! the coverage. It takes the home, today's reach and which cells are floor of the home, and gives:
//!
//! * the coverage, whatever room it is in,
//! * what the robot could sweep of the home from wherever it can stand, keep-outs or not,
//! * free cells of the home that hang together with these: corners, the floor under a table.
//!
//! The first two are the *core*, which is shared out first; what cannot be swept goes along with the core next to it.
//! Redacted cells are never part of it. Specks that hang together with nothing the robot can sweep are not either.

use alloc::vec::Vec;

use crate::grid::{BitGrid, Cell};
use crate::home::Home;
use crate::key::reach::poses::Reach;
use crate::redact::RedactedCells;

/// The floor of zones.
pub(in crate::key) struct ZoneFloor {
    /// All of it.
    pub(in crate::key) cells: Vec<bool>,
    /// What the robot sweeps, or could sweep from somewhere.
    pub(in crate::key) core: Vec<bool>,
}

/// The floor of zones. `owner` is what a free cell of the home belongs to (a part of a room, a zone), and 0 for all
/// other cells: what cannot be swept is taken along cells of one owner.
///
/// # Complexity
/// O(cells · radius).
pub(in crate::key) fn floor_of_zones(
    home: &Home,
    reach: &Reach,
    redacted: &RedactedCells,
    owner: &dyn Fn(usize) -> u16,
) -> ZoneFloor {
    let (shape, disc) = (home.shape, home.disc());
    let free = BitGrid::of(shape.width, &home.cells, |&cell| cell == Cell::Free);
    let swept = free.eroded(&disc).dilated(&disc);
    let is_core = |cell: usize| {
        (swept.has(cell) && owner(cell) != 0 || reach.coverage.has(cell)) && !redacted.cells[cell]
    };
    let core: Vec<bool> = (0..shape.len()).map(is_core).collect();
    let mut floor = core.clone();
    let takes = |floor: &[bool], from: usize, to: usize| {
        !floor[to] && owner(to) != 0 && owner(to) == owner(from) && !redacted.cells[to]
    };
    let rest = BitGrid::of_rule(shape, |cell| !floor[cell] && owner(cell) != 0 && !redacted.cells[cell]);
    let mut queue = BitGrid::of(shape.width, &floor, |&floor| floor).next_to(&rest).cells();
    queue.retain(|&cell| shape.neighbours(cell as usize).any(|near| takes(&floor, cell as usize, near)));
    shape.flood(&mut queue, |from, to| {
        let enter = takes(&floor, from, to);
        floor[to] |= enter;
        enter
    });
    ZoneFloor { cells: floor, core }
}
