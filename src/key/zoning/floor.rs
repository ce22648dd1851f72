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

use crate::grid::{BitGrid, Cell};
use crate::home::Home;
use crate::key::reach::poses::Reach;
use crate::redact::RedactedCells;

/// The floor of zones.
pub(in crate::key) struct ZoneFloor {
    /// All of it.
    pub(in crate::key) cells: BitGrid,
    /// What the robot sweeps, or could sweep from somewhere.
    pub(in crate::key) core: BitGrid,
}

/// The floor of zones. `owned` are the cells that belong to something; `owner` is what a free cell of the home belongs
/// to (a part of a room, a zone), and 0 for all other cells: what cannot be swept is taken along cells of one owner.
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
    let mut rest = free.clone();
    free.each(|cell| {
        if owner(cell) == 0 {
            rest.take(cell);
        }
    });
    let mut core = free.eroded(&disc).dilated(&disc).and(&rest);
    core.add(&reach.coverage);
    let redacted = redacted.to_set(shape.width);
    core.remove(&redacted);
    rest.remove(&core);
    rest.remove(&redacted);
    let takes = |rest: &BitGrid, from: usize, to: usize| rest.has(to) && owner(to) == owner(from);
    let mut queue = core.next_to(&rest).cells();
    queue.retain(|&cell| shape.neighbours(cell as usize).any(|near| takes(&rest, cell as usize, near)));
    let mut floor = core.clone();
    shape.flood(&mut queue, |from, to| {
        let enter = takes(&rest, from, to);
        if enter {
            rest.take(to);
            floor.insert(to);
        }
        enter
    });
    ZoneFloor { cells: floor, core }
}
