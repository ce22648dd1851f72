//! Rooms cut in halves, as an assignment asks for.
//!
//! A cut turns the cells of a part into two halves of equal count, each connected. Let D₁ be the cells where
//! the part touches what it keeps (doors to other parts, seams of earlier cuts, the dock), joined along
//! shortest paths into one connected set; let D₂ be where it touches the one neighbour that goes with the new
//! half, or else the extreme of the part towards the new half's zone. A straight line from wall to wall is
//! tried first, across the axis from D₁ to D₂, then across the other: it is what a person would draw, and it
//! serves where D₁ and D₂ lie on different sides of it. Else, with d₁ and d₂ the distances along the part and
//! f = d₁ − d₂, the lower half of the cells by f stays, the upper half goes.
//!
//! *Why the halves are connected.* A step of a shortest path to D₁ lowers d₁ by one and changes d₂ by at most
//! one, so f never rises on the way: a set {f ≤ θ} that holds D₁ is connected through it. Likewise f never
//! falls on the way to D₂, so {f ≥ θ} is connected through D₂. What this leaves open is settled afterwards:
//! cells with f = θ exactly, shared out by a fixed rule, and a D₁ so long that some of it lies above θ. Of
//! each side the largest piece stays and the others change sides, which leaves both connected; then single
//! cells at the seam change sides, each only where its eight neighbours show that the side it leaves stays in
//! one piece, until the halves are equal. On floor that is one cell wide (no robot's floor) the last step can
//! come to a stop before that.

use crate::atlas::Zone;
use crate::grid::{Cell, CellRect, Fixed, NO_CELL, Shape, narrow};
use crate::home::Home;
use crate::key::reach::poses::nearest;
use crate::key::zoning::seeds::portals;
use crate::merge::{Assignment, Cut};
use crate::redact::{Redacted, RedactedCells};

/// Contacts with the neighbour that goes with the new half count as one door when the gap between them is at
/// most this many cells.
const DOOR_GAP: u32 = 8;

/// No part.
pub(in crate::key) const NO_PART: u16 = 0;

/// The part of every cell: [`NO_PART`], or its number in the assignment plus one.
///
/// # Complexity
/// O(cells) for each cut.
pub(in crate::key) fn parts(
    home: &Home,
    kept: &Redacted,
    redacted: &RedactedCells,
    assignment: &Assignment,
    zones: &[Zone],
    dock: Option<(Fixed, Fixed)>,
) -> Vec<u16> {
    let part: Vec<u16> = kept
        .labels
        .iter()
        .zip(&home.cells)
        .zip(&redacted.cells)
        .map(|((&label, &cell), &redacted)| if cell == Cell::Free && !redacted { label } else { NO_PART })
        .collect();
    if assignment.cuts.is_empty() {
        return part;
    }
    let mut knife = Knife::new(home.shape, part, redacted);
    let rooms = kept.doors.len();
    for (i, &Cut { part, takes }) in assignment.cuts.iter().enumerate() {
        let new = rooms + i;
        let zone = |part: usize| zones.get(usize::from(*assignment.zone_of.get(part)?)).map(|zone| zone.rect);
        let towards = match (zone(part), zone(new)) {
            (Some(from), Some(to)) => assignment.symmetry.inverse().apply(step(from, to)),
            _ => (0, 0),
        };
        // A part keeps the dock through all its cuts, so of the root room it is always the first part.
        let dock = dock.filter(|_| kept.roots == [part]);
        knife.halve(label(part), takes.map(label), label(new), towards, dock);
    }
    knife.part
}

/// From the centre of one rectangle to that of another, doubled.
fn step(from: CellRect, to: CellRect) -> (i64, i64) {
    let centre = |r: CellRect| (i64::from(2 * r.x + r.width), i64::from(2 * r.y + r.height));
    let ((ax, ay), (bx, by)) = (centre(from), centre(to));
    (bx - ax, by - ay)
}

#[expect(clippy::cast_possible_truncation, reason = "there are at most some thousand rooms and few cuts")]
const fn label(part: usize) -> u16 {
    part as u16 + 1
}

/// The parts while they are cut.
pub(in crate::key) struct Knife {
    pub(in crate::key) shape: Shape,
    pub(in crate::key) part: Vec<u16>,
    /// Cells of parts that touch a redacted cluster, with the cluster's number, sorted.
    pub(in crate::key) portals: Vec<(u32, u32)>,
    /// Distances, or numbers of pieces; valid on the cells of the part at hand alone.
    pub(in crate::key) first: Vec<u32>,
    pub(in crate::key) second: Vec<u32>,
    pub(in crate::key) queue: Vec<u32>,
}

impl Knife {
    fn new(shape: Shape, part: Vec<u16>, redacted: &RedactedCells) -> Self {
        let portals = portals(shape, &part, redacted);
        let none = vec![NO_CELL; shape.len()];
        Self { shape, part, portals, first: none.clone(), second: none, queue: Vec::new() }
    }

    /// Cuts part `p`, whose upper half becomes part `new`.
    fn halve(
        &mut self,
        p: u16,
        takes: Option<u16>,
        new: u16,
        towards: (i64, i64),
        dock: Option<(Fixed, Fixed)>,
    ) {
        let count = self.part.iter().filter(|part| **part == p).count();
        if count < 2 {
            return;
        }
        let mut cells: Vec<u32> = Vec::with_capacity(count);
        cells.extend((0..).zip(&self.part).filter(|(_, part)| **part == p).map(|(cell, _)| cell));
        self.queue.clear();
        self.queue.reserve_exact(count);
        let (mut keeps, gives) = self.contacts(p, takes, &cells);
        keeps.extend(dock.and_then(|dock| nearest(self.shape, &cells, dock)));
        let mut low = self.join(p, &cells, keeps, u32::MAX);
        let mut high = self.join(p, &cells, gives, DOOR_GAP);
        let towards = if towards == (0, 0) { self.longer_side(&cells) } else { towards };
        if high.is_empty() {
            self.measure(p, &cells, &low, true);
            high.extend(self.extreme(&cells, towards, !low.is_empty()));
        }
        if low.is_empty() {
            self.measure(p, &cells, &high, true);
            low.extend(self.extreme(&cells, (-towards.0, -towards.1), true));
        }
        let keep = cells.len() - cells.len() / 2;
        let towards = direction(self.shape, &low, &high);
        if !self.cut_straight(p, new, &mut cells, keep, towards, (&low, &high)) {
            self.measure(p, &cells, &low, true);
            self.measure(p, &cells, &high, false);
            self.cut(new, &cells, keep, towards);
            self.gather(&cells, p, new);
            self.gather(&cells, new, p);
        }
        // Seeds stay where they belong, unless the halves would stay unequal for it.
        self.balance(&cells, p, new, keep, (&low, &high));
        self.balance(&cells, p, new, keep, (&[], &[]));
    }

    /// Cuts along a straight line across the axis that the direction runs along most, or else across the
    /// other. Says whether the seeds stayed where they belong and the halves are about equal once stray
    /// pieces changed sides; if not, nothing is cut.
    fn cut_straight(
        &mut self,
        p: u16,
        new: u16,
        cells: &mut [u32],
        keep: usize,
        (dx, dy): (i64, i64),
        (low, high): (&[u32], &[u32]),
    ) -> bool {
        let axes = if dx.abs() >= dy.abs() { [(dx, 0), (0, dy)] } else { [(0, dy), (dx, 0)] };
        for (dx, dy) in axes.into_iter().filter(|axis| *axis != (0, 0)) {
            let shape = self.shape;
            cells.select_nth_unstable_by_key(keep, |&cell| {
                let (x, y) = shape.place(cell);
                (dx.signum() * x + dy.signum() * y, cell)
            });
            for &cell in &cells[keep..] {
                self.part[cell as usize] = new;
            }
            cells.sort_unstable();
            self.gather(cells, p, new);
            self.gather(cells, new, p);
            let own = cells.iter().filter(|&&cell| self.part[cell as usize] == p).count();
            let stay = |seeds: &[u32], part: u16| seeds.iter().all(|&cell| self.part[cell as usize] == part);
            if own.abs_diff(keep) <= cells.len() / 16 && stay(low, p) && stay(high, new) {
                return true;
            }
            for &cell in &*cells {
                self.part[cell as usize] = p;
            }
        }
        false
    }

    /// Distances along the part from a set, in the first table or the second.
    fn measure(&mut self, p: u16, cells: &[u32], from: &[u32], first: bool) {
        let table = if first { &mut self.first } else { &mut self.second };
        for &cell in cells {
            table[cell as usize] = NO_CELL;
        }
        for &cell in from {
            table[cell as usize] = 0;
        }
        self.queue.clear();
        self.queue.extend(from);
        let part = &self.part;
        self.shape.flood(&mut self.queue, |from, to| {
            let enter = part[to] == p && table[to] == NO_CELL;
            if enter {
                table[to] = table[from] + 1;
            }
            enter
        });
    }

    /// Gives all but the `keep` lowest cells by f to the new part; cells of one f are in order along the
    /// direction, then as they are numbered.
    fn cut(&mut self, new: u16, cells: &[u32], keep: usize, (dx, dy): (i64, i64)) {
        let known = |far: u32| far != NO_CELL;
        let most = cells
            .iter()
            .flat_map(|&cell| [self.first[cell as usize], self.second[cell as usize]])
            .filter(|&far| known(far))
            .max()
            .unwrap_or(0);
        // A cell that one of the sets can't reach lies farther from it than all others.
        let level = |cell: u32| {
            let (a, b) = (self.first[cell as usize].min(most + 1), self.second[cell as usize].min(most + 1));
            (a + most + 1 - b) as usize
        };
        let mut count = vec![0_u32; 2 * most as usize + 3];
        for &cell in cells {
            count[level(cell)] += 1;
        }
        let (mut threshold, mut below) = (0, 0);
        while below + count[threshold] as usize <= keep && threshold + 1 < count.len() {
            below += count[threshold] as usize;
            threshold += 1;
        }
        let ties = &mut self.queue;
        ties.clear();
        for &cell in cells {
            let f = level(cell);
            if f == threshold {
                ties.push(cell);
            } else if f > threshold {
                self.part[cell as usize] = new;
            }
        }
        ties.sort_unstable_by_key(|&cell| {
            let (x, y) = self.shape.place(cell);
            (dx * x + dy * y, cell)
        });
        for &cell in ties.iter().skip(keep - below) {
            self.part[cell as usize] = new;
        }
    }

    /// Gives all pieces of a part but its largest (ties: the one with the lowest cell) to another.
    fn gather(&mut self, cells: &[u32], part: u16, other: u16) {
        let own = &self.part;
        let number = &mut self.second;
        for &cell in cells {
            number[cell as usize] = NO_CELL;
        }
        let mut sizes: Vec<usize> = Vec::new();
        for &seed in cells {
            if own[seed as usize] != part || number[seed as usize] != NO_CELL {
                continue;
            }
            let piece = narrow(sizes.len());
            number[seed as usize] = piece;
            self.queue.clear();
            self.queue.push(seed);
            self.shape.flood(&mut self.queue, |_, to| {
                let enter = own[to] == part && number[to] == NO_CELL;
                if enter {
                    number[to] = piece;
                }
                enter
            });
            sizes.push(self.queue.len());
        }
        let most = sizes.iter().copied().max().unwrap_or(0);
        let main = (0..).zip(&sizes).find(|(_, size)| **size == most).map_or(0, |(piece, _)| piece);
        if sizes.len() > 1 {
            for &cell in cells {
                if self.part[cell as usize] == part && self.second[cell as usize] != main {
                    self.part[cell as usize] = other;
                }
            }
        }
    }

    /// Moves single cells at the seam until part `p` has `keep` cells. Of the two lists of cells the first
    /// stays in `p`, the second in `new`.
    fn balance(&mut self, cells: &[u32], p: u16, new: u16, keep: usize, stay: (&[u32], &[u32])) {
        let own = cells.iter().filter(|&&cell| self.part[cell as usize] == p).count();
        let (giver, taker, seeds) = if own > keep { (p, new, stay.0) } else { (new, p, stay.1) };
        let mut excess = own.abs_diff(keep);
        if excess == 0 {
            return;
        }
        // Round after round over all cells: a list of cells at the seam would grow past the memory that is
        // there anyway.
        let mut moved = true;
        while moved {
            moved = false;
            for &cell in cells {
                let at_seam = || {
                    self.shape.around(cell).iter().any(|&near| self.part.get(near as usize) == Some(&taker))
                };
                if excess == 0 {
                    return;
                }
                if self.part[cell as usize] == giver
                    && at_seam()
                    && seeds.binary_search(&cell).is_err()
                    && stays_whole(self.ring(cell, giver))
                {
                    self.part[cell as usize] = taker;
                    excess -= 1;
                    moved = true;
                }
            }
        }
    }

    /// The eight neighbours of a cell, around, beginning with an edge, and whether each belongs to the part.
    fn ring(&self, cell: u32, part: u16) -> [bool; 8] {
        let (x, y) = self.shape.place(cell);
        [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)].map(|(dx, dy)| {
            let (x, y) = (usize::try_from(x + dx), usize::try_from(y + dy));
            match (x, y) {
                (Ok(x), Ok(y)) if x < self.shape.width && y < self.shape.height => {
                    self.part[y * self.shape.width + x] == part
                }
                _ => false,
            }
        })
    }
}

/// Whether a set stays connected without a cell, by the cell's eight neighbours (edges at even places): those
/// by an edge that belong to the set must hang together around the cell.
fn stays_whole(ring: [bool; 8]) -> bool {
    // Going round, a gap after an edge neighbour ends a stretch; corners alone begin none.
    let stretches =
        (0..8).step_by(2).filter(|&i| ring[i] && !(ring[(i + 1) % 8] && ring[(i + 2) % 8])).count();
    let edges = (0..8).step_by(2).filter(|&i| ring[i]).count();
    edges > 0 && stretches <= 1
}

/// From the middle of one set to that of another, in sixteenths of a cell.
fn direction(shape: Shape, from: &[u32], to: &[u32]) -> (i64, i64) {
    let middle = |cells: &[u32]| {
        let count = i64::from(narrow(cells.len())).max(1);
        let sum = cells.iter().map(|&cell| shape.place(cell)).fold((0, 0), |s, p| (s.0 + p.0, s.1 + p.1));
        (16 * sum.0 / count, 16 * sum.1 / count)
    };
    let (from, to) = (middle(from), middle(to));
    (to.0 - from.0, to.1 - from.1)
}
