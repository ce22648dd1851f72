//! Legs of a path: from where the robot is, through the passages of some doors, to a cell.
//!
//! Redacted rooms are walls, or cells to drive on like any other where the owner lets the robot pass. A robot that
//! must not be in the redacted room it is in leaves it first and does not come back. A passage that is absent or cannot
//! be reached today becomes a detour, as long as the end can be reached.

use alloc::vec::Vec;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::atlas::ZoneId;
use crate::grid::{NO_CELL, narrow};
use crate::key::HouseKey;
use crate::key::chart::doors::Passage;
use crate::navigate::{MAX_PASSAGES, MarkedGround, Navigator, OPEN};

/// Most cells that a path may have looked at before a search for its next leg: about a second of one core. A path
/// through a whole home past 128 places, there and back between far corners, stays below on all maps tried.
const MOST_LOOKED: u64 = 1 << 24;

/// Why a path goes no farther.
pub(super) enum Stuck {
    /// No path leads on.
    NoPath,
    /// So much was looked at that the rest is not searched.
    TooLong,
}

/// A path so far.
#[derive(ZeroizeOnDrop)]
pub(super) struct PathLegs<'a> {
    #[zeroize(skip)] // The caller's.
    key: &'a HouseKey,
    #[zeroize(skip)] // The caller's choice, no secret.
    passes_redacted: bool,
    /// What the navigator had looked at before.
    #[zeroize(skip)]
    looked_before: u64,
    /// The navigator's ground is that of the poses that the robot may take.
    #[zeroize(skip)]
    laid: bool,
    /// The cell that it has reached.
    at: u32,
    /// Its corners.
    pub(super) cells: Vec<u32>,
    /// The doors drawn and not passed.
    #[zeroize(skip)] // Zones of the release.
    pub(super) detours: Vec<[ZoneId; 2]>,
}

impl<'a> PathLegs<'a> {
    pub(super) fn from(key: &'a HouseKey, navigator: &Navigator, start: u32) -> Self {
        Self {
            key,
            passes_redacted: navigator.passes_redacted,
            looked_before: navigator.looked(),
            laid: false,
            at: start,
            cells: vec![start],
            detours: Vec::new(),
        }
    }

    /// Drives on through doors to a cell, if a path leads there.
    pub(super) fn reach(
        &mut self,
        navigator: &mut Navigator,
        doors: &[usize],
        end: u32,
    ) -> Result<(), Stuck> {
        self.check_looked(navigator)?;
        self.leave_redacted(navigator, end)?;
        self.drive(navigator, doors, end)
    }

    /// More may be looked at.
    const fn check_looked(&self, navigator: &Navigator) -> Result<(), Stuck> {
        if navigator.looked() - self.looked_before > MOST_LOOKED { Err(Stuck::TooLong) } else { Ok(()) }
    }

    /// Notes the doors that the drawn path passes and the robot cannot, after it has driven on without them.
    pub(super) fn note_absent(&mut self, navigator: &Navigator, doors: &[usize]) {
        for &door in doors {
            if !self.seam(door).any(|pair| is_step(&navigator.ground, pair)) {
                self.note(door);
            }
        }
    }

    /// Notes a door that is not passed, unless it leads through a redacted room that the robot may drive through.
    fn note(&mut self, door: usize) {
        let drawn = self.key.doors[door];
        if drawn.passage != Passage::Redacted || !self.passes_redacted {
            self.detours.push(drawn.zones.map(ZoneId::of_index));
        }
    }

    /// The robot may drive here.
    fn is_open(&self, cell: usize) -> bool {
        let drive = &self.key.drive;
        drive.is_open(cell) && (self.passes_redacted || !drive.redacted.has(cell))
    }

    /// Leaves the redacted room that the robot is in, if it must not be in one: for the pose outside that is nearest
    /// along straight steps over redacted cells and from which the end can be reached.
    fn leave_redacted(&mut self, navigator: &mut Navigator, end: u32) -> Result<(), Stuck> {
        if self.is_open(self.at as usize) {
            return Ok(());
        }
        let shape = self.key.shape;
        let mut joined = vec![false; shape.len()];
        joined[end as usize] = true;
        shape.flood(&mut vec![end], |_, to| self.is_open(to) && !core::mem::replace(&mut joined[to], true));
        let mut seen = vec![false; shape.len()];
        seen[self.at as usize] = true;
        let mut exit = NO_CELL;
        shape.flood(&mut vec![self.at], |_, to| {
            if exit == NO_CELL && joined[to] {
                exit = narrow(to);
            }
            let enter = exit == NO_CELL && self.key.drive.is_open(to) && !self.is_open(to) && !seen[to];
            seen[to] |= enter;
            enter
        });
        joined.zeroize();
        if exit == NO_CELL {
            seen.zeroize();
            return Err(Stuck::NoPath);
        }
        self.laid = false;
        lay(self.key, &mut navigator.ground, |cell| seen[cell] || cell == exit as usize);
        seen.zeroize();
        self.go(navigator, exit, 0).map_err(|_| Stuck::NoPath)
    }

    /// Drives on through doors to a cell, from where the robot may be: seven doors at a time. A path through more is a
    /// row of paths, each up to the nearest cell of its last passage.
    fn drive(&mut self, navigator: &mut Navigator, mut doors: &[usize], end: u32) -> Result<(), Stuck> {
        loop {
            self.check_looked(navigator)?;
            let (now, later) = doors.split_at(doors.len().min(MAX_PASSAGES));
            let open = self.mark_all(navigator, now);
            #[expect(clippy::cast_possible_truncation, reason = "at most seven passages")]
            let passages = open.len() as u8;
            let target = match later {
                [] => Some(end),
                _ => self.passage_cell(&navigator.ground, passages),
            };
            // Without a passage among these doors, the next ones follow from here.
            let passed = match target.map_or(Ok(()), |target| self.go(navigator, target, passages)) {
                Ok(()) if later.is_empty() => return Ok(()),
                Ok(()) => {
                    doors = later;
                    continue;
                }
                Err(passed) => usize::from(passed),
            };
            // A passage that cannot be reached: the end perhaps can.
            navigator.ground.unmark();
            self.go(navigator, end, 0).map_err(|_| Stuck::NoPath)?;
            let missed = open.into_iter().skip(passed).chain(later.iter().copied());
            self.detours.extend(missed.map(|door| self.key.doors[door].zones.map(ZoneId::of_index)));
            return Ok(());
        }
    }

    /// Marks the passages of some doors on the ground, in their order, notes the doors that are not there, and gives
    /// the others.
    fn mark_all(&mut self, navigator: &mut Navigator, doors: &[usize]) -> Vec<usize> {
        if core::mem::replace(&mut self.laid, true) {
            navigator.ground.unmark();
        } else {
            lay_open(self.key, &mut navigator.ground, self.passes_redacted);
        }
        let mut open: Vec<usize> = Vec::new();
        navigator.add_cells(doors.iter().map(|&door| self.key.seams[door].len()).sum());
        for &door in doors {
            if self.mark(&mut navigator.ground, door, open.len()) {
                open.push(door);
            } else {
                self.note(door);
            }
        }
        open
    }

    /// The cell of the last of some passages that lies nearest to where the robot is.
    fn passage_cell(&self, ground: &MarkedGround, passages: u8) -> Option<u32> {
        let at = ground.place(to_ground(self.key, self.at));
        let away = |cell: u32| {
            let (x, y) = ground.place(cell);
            (x - at.0).pow(2) + (y - at.1).pow(2)
        };
        let marked = ground.marked.iter().copied();
        let passage = marked.filter(|&cell| passages > 0 && ground.at(cell as usize) >> passages & 1 == 1);
        passage.min_by_key(|&cell| (away(cell), cell)).map(|cell| off_ground(ground, cell))
    }

    /// The cells on the ground of each step through a door's passage, if the door is there.
    fn seam(&self, door: usize) -> impl Iterator<Item = [u32; 2]> + use<'a> {
        let key = self.key;
        let is_there = key.doors[door].passage == Passage::Open;
        let pairs = key.seams[door].iter().filter(move |_| is_there);
        pairs.map(move |&pair| pair.map(|cell| to_ground(key, cell)))
    }

    /// Marks the cells of a door's passage. Says whether there are any.
    fn mark(&self, ground: &mut MarkedGround, door: usize, number: usize) -> bool {
        let mut any = false;
        for pair in self.seam(door) {
            if !is_step(ground, pair) {
                continue;
            }
            for cell in pair {
                ground.mark(cell, number);
            }
            any = true;
        }
        any
    }

    /// Drives to a cell over the navigator's ground, or else says how many of the passages it could pass.
    fn go(&mut self, navigator: &mut Navigator, to: u32, passages: u8) -> Result<(), u8> {
        let ground = core::mem::take(&mut navigator.ground);
        let found =
            navigator.search(&ground, to_ground(self.key, self.at), to_ground(self.key, to), passages);
        if found.is_ok() {
            navigator.pull(&ground);
            let corners = navigator.corners.iter().skip(1);
            self.cells.extend(corners.map(|corner| off_ground(&ground, corner.cell)));
            self.at = to;
        }
        navigator.ground = ground;
        found.map(drop)
    }
}

/// The robot may take both cells of a step.
fn is_step(ground: &MarkedGround, pair: [u32; 2]) -> bool {
    pair.into_iter().all(|cell| ground.at(cell as usize) & OPEN != 0)
}

/// Makes ground of the poses that the robot may take, in time that grows with their number.
pub(super) fn lay_open(key: &HouseKey, ground: &mut MarkedGround, passes_redacted: bool) {
    let width = key.shape.width;
    ground.reset(key.shape);
    // A row of the ground has one cell more than one of the crop.
    let (mut row, mut end) = (0, width);
    key.drive.each_open(passes_redacted, |cell| {
        while cell >= end {
            row += 1;
            end += width;
        }
        if let Some(mark) = ground.marks.get_mut(cell + row) {
            *mark = OPEN;
        }
    });
}

/// Makes ground of the cells that are wanted.
fn lay(key: &HouseKey, ground: &mut MarkedGround, wanted: impl Fn(usize) -> bool) {
    let width = key.shape.width;
    ground.reset(key.shape);
    for (y, row) in ground.marks.chunks_exact_mut(width + 1).enumerate() {
        for (x, mark) in row[..width].iter_mut().enumerate() {
            *mark = u8::from(wanted(y * width + x)) * OPEN;
        }
    }
}

/// The number of a cell on the ground.
const fn to_ground(key: &HouseKey, cell: u32) -> u32 {
    cell + cell / narrow(key.shape.width)
}

/// The cell of the crop of a cell of the ground.
pub(super) const fn off_ground(ground: &MarkedGround, cell: u32) -> u32 {
    cell - cell / narrow(ground.stride)
}
