//! Basins.
use super::params::Lengths;
use super::view::View;
use crate::grid::Cell;
use crate::grid::distance::{Outside, squared_distances};

/// No floor.
pub(super) const NONE: u32 = u32::MAX;

#[derive(Clone, Copy, Debug)]
pub(super) struct Basin {
    pub(super) peak: u32,
    pub(super) area: u32,
    pub(super) at: u32,
    /// Cells in the opening.
    pub(super) broad: u32,
    /// Faces towards occupied and unknown cells.
    pub(super) walls: u32,
    pub(super) gaps: u32,
}

/// Two basins that touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Contact {
    pub(super) pair: [u32; 2],
    /// squared clearance of the widest place
    pub(super) saddle: u32,
    pub(super) cells: u32,
}

#[derive(Debug)]
pub(super) struct Basins {
    pub(super) list: Vec<Basin>,
    /// Basin of each cell.
    pub(super) of: Vec<u32>,
    pub(super) contacts: Vec<Contact>,
}

/// Passage width in cells.
pub(super) fn wide(squared: u32) -> f64 {
    (2.0 * f64::from(squared).sqrt() - 0.5).max(0.0)
}

fn find(parent: &mut [u32], mut cell: usize) -> usize {
    while parent[cell] as usize != cell {
        let up = parent[cell] as usize;
        parent[cell] = parent[up];
        cell = parent[cell] as usize;
    }
    cell
}

impl Basins {
    pub(super) fn of(view: &View, clearance: &[u32], lengths: &Lengths) -> Self {
        let (width, height) = (view.width, view.height);
        let half = (lengths.door + 0.5) / 2.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "x")]
        let core = (half * half).ceil() as u32;
        let vast = { let h = (lengths.hall + 0.5) / 2.0; (h * h).ceil() as u32 };
        let opened = squared_distances(|c| clearance[c] >= core, width, height, Outside::Nothing);
        let class = |c: usize| -> u8 {
            if clearance[c] == 0 { 0 } else if clearance[c] >= vast { 3 } else if opened[c] < core { 2 } else { 1 }
        };
        let classes: Vec<u8> = (0..clearance.len()).map(class).collect();
        drop(opened);
        let mut parent: Vec<u32> = vec![NONE; clearance.len()];
        let w = width as isize;
        let around = [-w - 1, -w, -w + 1, -1, 1, w - 1, w, w + 1];
        for y in 1..height - 1 {
            for x in 1..width - 1 {
                let c = y * width + x;
                match classes[c] {
                    0 => {}
                    3 => {
                        let (left, below) = (classes[c - 1] == 3, classes[c - width] == 3);
                        parent[c] = c as u32;
                        if left {
                            parent[c] = parent[c - 1];
                            if below && classes[c - width - 1] != 3 {
                                let (a, b) = (find(&mut parent, c - 1), find(&mut parent, c - width));
                                parent[a.max(b)] = a.min(b) as u32;
                            }
                        } else if below {
                            parent[c] = parent[c - width];
                        }
                    }
                    own => {
                        let mut best = c;
                        let mut most = clearance[c];
                        for step in around {
                            let n = c.wrapping_add_signed(step);
                            let alike = (classes[n] >= 2) == (own == 2) && classes[n] > 0;
                            if alike && (clearance[n] > most || (clearance[n] == most && n < best)) {
                                best = n;
                                most = clearance[n];
                            }
                        }
                        parent[c] = best as u32;
                    }
                }
            }
        }
        let mut list: Vec<Basin> = Vec::new();
        // Roots get numbers above the cells'.
        let mut number = vec![NONE; clearance.len()];
        for c in 0..parent.len() {
            if parent[c] == NONE { continue; }
            let root = find(&mut parent, c);
            if number[root] == NONE {
                number[root] = list.len() as u32;
                list.push(Basin { peak: 0, area: 0, at: root as u32, broad: 0, walls: 0, gaps: 0 });
            }
            number[c] = number[root];
            let b = &mut list[number[c] as usize];
            b.area += 1;
            b.broad += u32::from(classes[c] >= 2);
            if clearance[c] <= 1 {
                for step in [-1, 1, -w, w] {
                    let mut n = c.wrapping_add_signed(step);
                    if clearance[n] > 0 { continue; }
                    let mut wall = false;
                    for _ in 0..lengths.wall_reach {
                        if n >= clearance.len() || clearance[n] > 0 { break; }
                        if view.cells[n] == Cell::Occupied { wall = true; break; }
                        n = n.wrapping_add_signed(step);
                    }
                    if wall { b.walls += 1; } else { b.gaps += 1; }
                }
            }
            if clearance[c] > b.peak { b.peak = clearance[c]; b.at = c as u32; }
        }
        let of = number;
        let mut contacts: Vec<Contact> = Vec::new();
        for y in 1..height - 1 {
            for x in 1..width - 1 {
                let c = y * width + x;
                let a = of[c];
                if a == NONE { continue; }
                for n in [c + 1, c + width] {
                    let b = of[n];
                    if b == NONE || a == b { continue; }
                    let pair = [a.min(b), a.max(b)];
                    let saddle = clearance[c].min(clearance[n]);
                    match contacts.last_mut() {
                        Some(last) if last.pair == pair => { last.saddle = last.saddle.max(saddle); last.cells += 1; }
                        _ => contacts.push(Contact { pair, saddle, cells: 1 }),
                    }
                }
            }
        }
        contacts.sort_unstable();
        contacts.dedup_by(|b, a| a.pair == b.pair && { a.saddle = a.saddle.max(b.saddle); a.cells += b.cells; true });
        Self { list, of, contacts }
    }
}
