//! The free cells cut into basins, one around each local maximum of clearance (`watershed`): what each measures, and
//! where two of them touch, over open floor, through a doorway, or with a wall between them.

use alloc::vec::Vec;
use core::ops::Range;

use super::doorways::Doorway;
use super::outline::{behind_wall, outline};
use super::scale::{INNER_WALL_M, Scale, VAST_M, WALL_DEPTH_M};
use super::view::View;
use super::watershed::{BROAD, NONE, OpenFloor, clearance_of, number};
use crate::grid::bit_grid::each_apart;
use crate::grid::components::Components;
use crate::grid::on_cells::{CellNumbers, RowWindow};
use crate::grid::{BitGrid, Shift, narrow};

/// The cells around one summit.
#[derive(Clone, Copy, Default)]
pub(super) struct Basin {
    /// Squared clearance of the summit, in cells.
    pub(super) peak: u32,
    /// Number of cells.
    pub(super) area: u32,
    /// How many of them are broad.
    pub(super) broad: u32,
    /// Edges of the outline with a wall behind them.
    pub(super) walls: u32,
    /// Edges of the outline with none.
    pub(super) gaps: u32,
}

/// Two basins that touch.
#[derive(Clone, Copy)]
pub(super) struct Contact {
    /// The lower number first.
    pub(super) pair: [u32; 2],
    /// Squared clearance of the widest place between them.
    pub(super) saddle: u32,
    /// Number of edges that they share.
    pub(super) edges: u32,
    /// Number of edges of either that look at the other through a wall.
    pub(super) wall: u32,
    /// They touch in a doorway.
    pub(super) is_door: bool,
}

impl Contact {
    /// Adds another contact, if it is of the same pair.
    fn takes_in(&mut self, other: &Self) -> bool {
        let same = self.pair == other.pair && self.is_door == other.is_door;
        if same {
            self.saddle = self.saddle.max(other.saddle);
            self.edges += other.edges;
            self.wall += other.wall;
        }
        same
    }
}

/// All basins of a floor.
pub(super) struct Basins {
    /// In the order of their first cells.
    pub(super) list: Vec<Basin>,
    /// Each pair once, in order.
    pub(super) contacts: Vec<Contact>,
    floor: BitGrid,
    numbers: CellNumbers,
    /// The basin of each cell of the floor, or [`NONE`].
    of: Vec<u32>,
}

impl Basins {
    /// Cuts the floor, whose cells have these squared clearances, into basins, and opens the doorways again, which part
    /// them.
    ///
    /// # Complexity
    /// O(cells + stretches of wide floor · width of a door) time, eight bytes a cell of the floor.
    pub(super) fn of(
        view: &View,
        floor: BitGrid,
        heights: Vec<u32>,
        doorways: &[Doorway],
        scale: Scale,
    ) -> Self {
        let mut open = floor.clone();
        for &cell in doorways.iter().flat_map(|doorway| &doorway.cells) {
            open.take(cell);
        }
        let numbers = CellNumbers::of(&floor);
        let mut ground = OpenFloor { open, floor, numbers, heights };
        ground.mark_broad(scale);
        let vast = clearance_of(scale.cells(VAST_M));
        let mut list = Vec::new();
        let of = number(ground.link(vast), |summit| {
            let height = ground.heights[summit];
            list.push(Basin { peak: height & !BROAD, broad: height >> 31, ..Basin::default() });
        });
        let (contacts, newest) = (Vec::new(), vec![NONE; list.len()]);
        let inner_wall = scale.whole_cells(INNER_WALL_M);
        let mut measured =
            MeasuredBasins { view, scale, inner_wall, ground: &ground, of: &of, list, contacts, newest };
        measured.measure(vast);
        let MeasuredBasins { list, contacts, .. } = measured;
        let OpenFloor { floor, numbers, .. } = ground;
        let mut basins = Self { list, contacts, floor, numbers, of };
        basins.open(doorways);
        basins
    }

    /// The basin of a cell, or [`NONE`].
    pub(super) fn at(&self, cell: usize) -> u32 {
        if self.floor.has(cell) { self.of[self.numbers.number(&self.floor, cell)] } else { NONE }
    }

    /// The components of what is labelled by the number of the basin, on those of some cells that are floor.
    ///
    /// # Complexity
    /// O(cells) time, 16 bytes a run.
    pub(super) fn components(&self, label_of: &[u16], cells: &BitGrid) -> Components {
        let mut labelled = self.floor.clone();
        labelled.keep(cells, Shift::Up(0));
        let shape = labelled.shape();
        let label = |basin: u32| label_of.get(basin as usize).copied().unwrap_or(0);
        Components::of_runs(shape, |y, add| {
            let row = shape.row(y);
            for run in labelled.runs_in(row.clone()) {
                let basins = &self.of[self.numbers.numbers(&self.floor, &run)];
                let mut x = run.start - row.start;
                for same in basins.chunk_by(|&one, &other| one == other || label(one) == label(other)) {
                    add(x..x + same.len(), label(same[0]));
                    x += same.len();
                }
            }
        })
    }

    /// Adds the contacts through doorways, and gives their cells to a basin next to them.
    fn open(&mut self, doorways: &[Doorway]) {
        let shape = self.floor.shape();
        for doorway in doorways {
            // The basins next to it, and on which side.
            let [[ax, ay], [bx, by]] = doorway.chord.ends;
            let mut sides: [Vec<u32>; 2] = [Vec::new(), Vec::new()];
            let mut own = Vec::with_capacity(doorway.cells.len());
            for &cell in &doorway.cells {
                let mut first = NONE;
                for near in shape.neighbours(cell) {
                    let basin = self.at(near);
                    if basin == NONE {
                        continue;
                    }
                    let (x, y) = shape.place(narrow(near));
                    let turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
                    if turn != 0 {
                        sides[usize::from(turn > 0)].push(basin);
                    }
                    first = first.min(basin);
                }
                own.push(first);
            }
            for side in &mut sides {
                side.sort_unstable();
            }
            let mut pairs = Vec::new();
            for one in sides[0].chunk_by(PartialEq::eq) {
                for other in sides[1].chunk_by(PartialEq::eq).filter(|other| other[0] != one[0]) {
                    let pair = [one[0].min(other[0]), one[0].max(other[0])];
                    let edges = narrow(one.len().min(other.len()));
                    pairs.push(Contact { pair, saddle: doorway.saddle, edges, wall: 0, is_door: true });
                }
            }
            self.contacts.append(&mut pairs);
            for (&cell, basin) in doorway.cells.iter().zip(own) {
                if basin != NONE {
                    self.of[self.numbers.number(&self.floor, cell)] = basin;
                    self.list[basin as usize].area += 1;
                }
            }
        }
        self.contacts.sort_unstable_by_key(|contact| (contact.pair, contact.is_door));
        self.contacts.dedup_by(|later, kept| kept.takes_in(later));
    }
}

/// What basins measure and where they touch, while it is filled in.
struct MeasuredBasins<'a> {
    view: &'a View,
    scale: Scale,
    /// The thickest wall, in cells.
    inner_wall: usize,
    ground: &'a OpenFloor,
    /// The basin of each cell of the floor, or [`NONE`].
    of: &'a [u32],
    /// At first each with its peak, and with 1 or 0 in place of its number of broad cells: all are of one sort.
    list: Vec<Basin>,
    contacts: Vec<Contact>,
    /// The newest contact of each basin, as the lower one of a pair, or [`NONE`].
    newest: Vec<u32>,
}

impl MeasuredBasins<'_> {
    fn measure(&mut self, vast: u32) {
        let OpenFloor { open, floor, numbers, .. } = self.ground;
        let (shape, of) = (open.shape(), self.of);
        let mut owners: RowWindow<u32, 2> = RowWindow::new(shape.width, NONE);
        for y in 0..shape.height {
            owners.advance(open, y, |run, out| out.copy_from_slice(&of[numbers.numbers(floor, &run)]));
            // The row below is measured. The outermost rows have no floor.
            let Some(row) = y.checked_sub(1).map(|y| shape.row(y)) else { continue };
            let [own, above] = owners.rows();
            for run in open.runs_in(row.clone()) {
                let (start, end) = (run.start - row.start, run.end - row.start);
                self.measure_run(run, &own[start..=end], &above[start..end], vast);
            }
        }
        self.count_outlines();
        self.contacts.sort_unstable_by_key(|contact| (contact.pair, contact.is_door));
        self.contacts.dedup_by(|later, kept| kept.takes_in(later));
        for basin in &mut self.list {
            basin.broad *= basin.area;
        }
    }

    /// Measures the basins of a run of floor, given those of its cells and of the one after it, and of the cells above.
    fn measure_run(&mut self, run: Range<usize>, own: &[u32], above: &[u32], vast: u32) {
        let OpenFloor { open, floor, numbers, heights } = self.ground;
        let heights = &heights[numbers.numbers(floor, &run)];
        let mut first = 0;
        each_apart(own, &own[1..], |last| {
            let cells = core::mem::replace(&mut first, last + 1)..last + 1;
            let basin = &mut self.list[own[last] as usize];
            basin.area += narrow(cells.len());
            // Vast cells are linked to the first of them, and not to the highest.
            if basin.peak >= vast {
                let most = heights[cells].iter().map(|height| height & !BROAD).max();
                basin.peak = basin.peak.max(most.unwrap_or(0));
            }
            self.look(own[last], run.start + last, 1, own[last + 1]);
        });
        let width = open.shape().width;
        each_apart(own, above, |at| self.look(own[at], run.start + at, width, above[at]));
    }

    /// Counts the edges of the floor that look at walls and at the unknown.
    fn count_outlines(&mut self) {
        let OpenFloor { open, floor, numbers, .. } = self.ground;
        let mut rest = BitGrid::all(floor.shape());
        rest.remove(floor);
        let wall_depth = self.scale.whole_cells(WALL_DEPTH_M);
        open.next_to(&rest).each(|cell| {
            let (walls, gaps) = outline(self.view, open, cell, wall_depth);
            let basin = &mut self.list[self.of[numbers.number(floor, cell)] as usize];
            basin.walls += walls;
            basin.gaps += gaps;
        });
    }

    /// Looks from a cell of a basin at the next one by a step to the right or upwards, and past a wall there.
    fn look(&mut self, own: u32, cell: usize, step: usize, mut other: u32) {
        let OpenFloor { open, floor, numbers, heights } = self.ground;
        let mut contact = Contact { pair: [own; 2], saddle: 0, edges: 0, wall: 0, is_door: false };
        if other != NONE {
            let height = |cell: usize| heights[numbers.number(floor, cell)] & !BROAD;
            contact.saddle = height(cell).min(height(cell + step));
            contact.edges = 1;
        } else if let Some(far) = behind_wall(self.view, open, cell + step, step, self.inner_wall) {
            contact.wall = 1;
            other = self.of[numbers.number(floor, far)];
        } else {
            return;
        }
        if other != own {
            contact.pair = [own.min(other), own.max(other)];
            self.add(contact);
        }
    }

    /// Adds a contact to the newest one of its lower basin if that is of the same pair, or else to the list.
    fn add(&mut self, contact: Contact) {
        let newest = &mut self.newest[contact.pair[0] as usize];
        if !self.contacts.get_mut(*newest as usize).is_some_and(|newest| newest.takes_in(&contact)) {
            *newest = narrow(self.contacts.len());
            self.contacts.push(contact);
        }
    }
}
