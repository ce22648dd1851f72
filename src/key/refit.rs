//! Refit: the key follows a map that was made anew.
//!
//! A release is drawn once, homes change. The new map is registered against the old one
//! ([`registration`](crate::registration)), every cell keeps the zone, the areas, the withholding and the
//! owner's edits that the cell under it had, and what nobody claimed goes to what is nearest along the floor.
//! Zones are never ranked again, and rooms' labels play no part: whatever an app merged or split, the floor
//! stays whose it was. Floor that today's map does not give (a shut room, a new cupboard) is remembered and
//! comes back with the map that gives it again.
//!
//! The release knows nothing of any of this.
//!
//! Limits: where the registration fails, so does all that hangs on it, and the owner is told what share of the
//! old map was found again ([`Refit::found`]). After a move to another home, open a new epoch instead.

use super::lattice::{Lattice, NO_CELL, narrow};
use super::reach::Reach;
use super::region::Runs;
use super::remembered::{Claim, Claims, Remembered, Rememberer};
use super::{Drawn, DrawnDoor, HouseKey, Passage, reach, zones};
use crate::atlas::ZoneId;
use crate::grid::{Cell, MAX_CELLS, MAX_SIDE, Symmetry};
use crate::home::Home;
use crate::redact::{Redaction, Withheld, withhold};
use crate::registration::{Landmarks, Motion, Plane, Registration, register};

/// What a refit did, for the owner to see. Shares are between 0 and 1.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Refit {
    /// The share of the old map's floor and walls that was found again on the new map.
    pub found: f64,
    /// The share of the floor to clean that was cleaned under the old key as well and kept its zone.
    pub kept: f64,
    /// The zones without any floor that the robot gets to today: a shut door, say.
    pub unreachable: Vec<ZoneId>,
    /// The redaction could not be applied to the new map, for want of kinds of rooms. What was withheld
    /// before still is; new rooms are not.
    pub redaction_open: bool,
}

impl HouseKey {
    /// The key on a new map of the home, and what was done.
    ///
    /// The redaction is applied to the new map; what the old key withheld stays withheld too, wherever the
    /// rooms of the new map begin and end.
    ///
    /// Total: every map has an answer. On one that has nothing in common with the old one, all zones can be
    /// unreachable; [`Refit::found`] is then low.
    ///
    /// # Complexity
    /// That of the key's first making, and the registration's.
    #[must_use]
    pub fn refit(&self, home: &Home, redaction: &Redaction) -> (Self, Refit) {
        self.refit_as(home, redaction, None)
    }

    /// As [`HouseKey::refit`], with the zones of a key that was made anew for this map in place of the old ones:
    /// areas, edits and what was withheld alone are carried over.
    pub(crate) fn refit_anew(&self, home: &Home, redaction: &Redaction, anew: &Self) -> Self {
        self.refit_as(home, redaction, Some(anew)).0
    }

    fn refit_as(&self, home: &Home, redaction: &Redaction, anew: Option<&Self>) -> (Self, Refit) {
        let lattice = reach::lattice(home);
        let resolved = withhold(home, redaction).ok().map(|(_, withheld)| withheld);
        let redaction_open = resolved.is_none();
        let mut withheld = resolved.unwrap_or_else(|| Withheld { cells: vec![false; lattice.len()] });

        let (claims, found) = self.carried_to(home, lattice);
        let here = claims.table.numbers(lattice);
        let claim_of = |claims: &Claims, cell: usize| claims.numbered(here[cell]);
        for (cell, withheld) in withheld.cells.iter_mut().enumerate() {
            *withheld |= home.cells[cell] == Cell::Free && claim_of(&claims.table, cell).withheld;
        }
        let reach = Reach::of(home);
        let is_floor = |cell: usize| reach.sweep[cell] && !withheld.cells[cell];
        let count = self.zones.len();
        let claimed = |cell: usize| {
            let old = || claim_of(&claims.table, cell).zone_index();
            anew.map_or_else(old, |anew| anew.zone_at(cell)).filter(|&zone| usize::from(zone) < count)
        };
        let before: Vec<u8> = (0..lattice.len())
            .map(|cell| if is_floor(cell) { claimed(cell).unwrap_or(zones::UNSET) } else { zones::OUTSIDE })
            .collect();
        let sources = sources(lattice, &before);
        let pieces = zones::settle(lattice, &reach.sweep, before.clone(), count, &[]);
        let doors = self.doors.iter().map(|door| DrawnDoor { passage: Passage::Phantom, ..*door });
        let drawn =
            Drawn { rects: self.zones.iter().map(|zone| zone.rect).collect(), doors: doors.collect() };
        let symmetry =
            anew.map_or_else(|| turned_back(claims.motion).then(self.symmetry), |anew| anew.symmetry);
        let mut key =
            Self::assemble(home, drawn, symmetry, pieces, reach, &withheld, narrow(self.areas.len()));

        let mut areas: Vec<Runs> = self.areas.iter().map(|_| Runs::new(lattice.width)).collect();
        let mut barred = vec![false; lattice.len()];
        let (mut floor, mut kept) = (0_u32, 0_u32);
        for cell in 0..lattice.len() {
            barred[cell] = claim_of(&claims.table, cell).barred;
            if !key.is_charted(cell) {
                continue;
            }
            floor += 1;
            kept += u32::from(key.zone_at(cell) == Some(before[cell]));
            let source = if sources[cell] == NO_CELL { cell } else { sources[cell] as usize };
            let bound = claim_of(&claims.table, source).areas;
            for (area, runs) in areas.iter_mut().enumerate().filter(|(area, _)| bound >> area & 1 == 1) {
                debug_assert!(area < 64);
                runs.push(cell);
            }
        }
        key.areas = areas.into_iter().map(|runs| runs.list).collect();
        key.remembered = key.not_held(&claims.table);
        if barred.contains(&true) {
            key.drive.bar(lattice, key.resolution_m, &barred);
        }
        let unreachable =
            (0..).take(count).filter(|zone| key.patches.iter().all(|patch| patch.zone != *zone));
        let refit = Refit {
            found,
            kept: if floor == 0 { 0.0 } else { f64::from(kept) / f64::from(floor) },
            unreachable: unreachable.map(ZoneId::of_index).collect(),
            redaction_open,
        };
        (key, refit)
    }

    /// The claims of this key in the cells of a new map, and what share of the old map was found on it.
    fn carried_to(&self, home: &Home, lattice: Lattice) -> (Carried, f64) {
        let scale = Scale { old: self.resolution_m, new: home.resolution_m };
        let old = self.claims();
        let (width, height) = (scale.cells(self.lattice.width), scale.cells(self.lattice.height));
        let column_of: Vec<i64> = (0..width).map(|x| scale.to_old(signed(x))).collect();
        let inside = |at: i64, side: usize| usize::try_from(at).ok().filter(|&at| at < side);
        let old_floor = || {
            if scale.is_one() {
                return Plane::unpacked(width, height, self.floor.words());
            }
            let old = |x: usize, y: usize| {
                let y = inside(scale.to_old(signed(y)), self.lattice.height)?;
                Some(y * self.lattice.width + inside(column_of[x], self.lattice.width)?)
            };
            Plane::by(width, height, |x, y| old(x, y).is_some_and(|cell| self.floor.has(cell)))
        };
        // A map of so much coarser cells that the old one does not fit into theirs has nothing to be found on.
        let registration = (width.saturating_mul(height) <= MAX_CELLS).then(|| {
            let new = |x: usize, y: usize| home.cells[y * lattice.width + x] == Cell::Free;
            let new = Landmarks::new(Plane::by(lattice.width, lattice.height, new));
            let guess = [0, 1].map(|axis| scale.cells_between(home.corner_m[axis], self.corner_m[axis]));
            register(&Landmarks::new(old_floor()), new, guess.into())
        });
        let registration = registration.flatten();
        let motion = registration.map_or_else(Motion::default, |registration| registration.motion);
        let found = registration
            .map_or(0.0, |Registration { found: [found, all], .. }| f64::from(found) / f64::from(all.max(1)));

        // All places that an old claim can come to, and the new map.
        let (mut x, mut y) = ((0, signed(lattice.width)), (0, signed(lattice.height)));
        let ends = |low: i64, side: usize| [scale.to_new(low), scale.to_new(low + signed(side)) + 1];
        for column in ends(old.left, old.width) {
            for row in ends(old.low, old.height) {
                let (column, row) = motion.apply((column, row));
                x = (x.0.min(column - 1), x.1.max(column + 2));
                y = (y.0.min(row - 1), y.1.max(row + 2));
            }
        }
        if (x.1 - x.0).saturating_mul(y.1 - y.0) > signed(MAX_CELLS) {
            (x, y) = ((0, signed(lattice.width)), (0, signed(lattice.height)));
        }
        let mut table = Claims::new(x, y);
        let back = motion.undoing();
        for row in y.0..y.1 {
            for column in x.0..x.1 {
                let (from_x, from_y) = back.undo((column, row));
                let claim = old.at(scale.to_old(from_x), scale.to_old(from_y));
                if claim != Claim::NONE {
                    table.set(column, row, claim);
                }
            }
        }
        (Carried { table, motion }, found)
    }

    /// All that this key knows of cells, those outside the crop included.
    fn claims(&self) -> Claims {
        let (mut x, mut y) = ((0, signed(self.lattice.width)), (0, signed(self.lattice.height)));
        for run in &self.remembered {
            x = (x.0.min(run.x.into()), x.1.max(i64::from(run.x) + i64::from(run.len)));
            y = (y.0.min(run.y.into()), y.1.max(i64::from(run.y) + 1));
        }
        let mut claims = Claims::new(x, y);
        for cell in 0..self.lattice.len() {
            let claim = Claim {
                zone: self.zone_at(cell).map_or(0, |zone| zone + 1),
                withheld: self.drive.withheld.has(cell),
                barred: self.drive.barred.has(cell),
                areas: 0,
            };
            if claim != Claim::NONE {
                let (x, y) = self.lattice.place(narrow(cell));
                claims.set(x, y, claim);
            }
        }
        for (area, runs) in self.areas.iter().enumerate() {
            for cell in runs.iter().flat_map(|&[first, len]| first..first + len) {
                let (x, y) = self.lattice.place(cell);
                let bound = Claim { areas: 1 << area, ..Claim::NONE };
                claims.set(x, y, claims.at(x, y).and(bound));
            }
        }
        for run in &self.remembered {
            for column in 0..i64::from(run.len) {
                let (x, y) = (i64::from(run.x) + column, i64::from(run.y));
                claims.set(x, y, claims.at(x, y).and(run.claim));
            }
        }
        claims
    }

    /// What this key's tables do not hold of the claims.
    fn not_held(&self, claims: &Claims) -> Vec<Remembered> {
        let mut left = Rememberer::default();
        for y in claims.low..claims.low + signed(claims.height) {
            for x in claims.left..claims.left + signed(claims.width) {
                let mut claim = claims.at(x, y);
                if claim == Claim::NONE {
                    continue;
                }
                if let Some(cell) = self.lattice.cell(x, y) {
                    if self.is_charted(cell) {
                        continue;
                    }
                    claim.withheld &= !self.drive.withheld.has(cell);
                    claim.barred = false;
                }
                if claim != Claim::NONE {
                    left.push(x, y, claim);
                }
            }
        }
        left.list
    }
}

/// Claims on the new map, and how they came there.
struct Carried {
    table: Claims,
    motion: Motion,
}

/// Cells of two maps, where they are not of one size.
#[derive(Clone, Copy)]
struct Scale {
    old: f64,
    new: f64,
}

impl Scale {
    const fn is_one(self) -> bool {
        self.old.to_bits() == self.new.to_bits()
    }

    /// The old cell under the middle of a cell of the new size.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "some thousands of cells"
    )]
    fn to_old(self, at: i64) -> i64 {
        if self.is_one() { at } else { ((at as f64 + 0.5) * self.new / self.old).floor() as i64 }
    }

    /// A cell of the new size that holds the lower end of an old one.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "some thousands of cells"
    )]
    fn to_new(self, at: i64) -> i64 {
        if self.is_one() { at } else { (at as f64 * self.old / self.new).floor() as i64 }
    }

    /// How many cells of the new size one coordinate is past another, nearly.
    fn cells_between(self, from_m: f64, to_m: f64) -> i64 {
        reach::fine((to_m - from_m) / self.new).div_euclid(reach::FINE)
    }

    /// A side of the old map in cells of the new size.
    fn cells(self, side: usize) -> usize {
        if self.is_one() {
            return side;
        }
        usize::try_from(self.to_new(signed(side)) + 1).unwrap_or(0).min(4 * MAX_SIDE as usize)
    }
}

#[expect(clippy::cast_possible_wrap, reason = "a side or number of cells of a grid")]
const fn signed(n: usize) -> i64 {
    n as i64
}

/// Directions of the new map as directions of the old one.
const fn turned_back(motion: Motion) -> Symmetry {
    let (swap, flip_x, flip_y) = match motion.quarters() {
        0 => (false, false, false),
        1 => (true, false, true),
        2 => (false, true, true),
        _ => (true, true, false),
    };
    Symmetry { swap, flip_x, flip_y }
}

/// For cells without a zone the cell with one that is nearest along the floor, of equally near ones that of the
/// lowest zone.
fn sources(lattice: Lattice, zones: &[u8]) -> Vec<u32> {
    let mut source = vec![NO_CELL; lattice.len()];
    let mut queue: Vec<u32> = (0..narrow(lattice.len()))
        .filter(|&cell| zones[cell as usize] < zones::UNSET)
        .filter(|&cell| {
            lattice.around(cell).iter().any(|&near| zones.get(near as usize) == Some(&zones::UNSET))
        })
        .collect();
    queue.sort_by_key(|&cell| zones[cell as usize]);
    for &cell in &queue {
        source[cell as usize] = cell;
    }
    lattice.spread(&mut queue, |from, to| {
        let enter = zones[to] == zones::UNSET && source[to] == NO_CELL;
        if enter {
            source[to] = source[from];
        }
        enter
    });
    source
}
