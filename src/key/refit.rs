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

use super::claims::{Claims, Scale, signed};
use super::drive::each_bit;
use super::lattice::{Lattice, NO_CELL, narrow};
use super::reach::Reach;
use super::region::Runs;
use super::remembered::{Claim, Remembered, Rememberer};
use super::{Drawn, DrawnDoor, HouseKey, Passage, reach, zones};
use crate::atlas::ZoneId;
use crate::grid::{Cell, MAX_CELLS, Symmetry};
use crate::home::Home;
use crate::redact::{Redaction, Withheld, withheld_floor};
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
        let carried = self.carried_to(home);
        self.fitted(home, redaction, anew, carried)
    }

    fn fitted(
        &self,
        home: &Home,
        redaction: &Redaction,
        anew: Option<&Self>,
        carried: Carried,
    ) -> (Self, Refit) {
        let lattice = reach::lattice(home);
        let Carried { table: claims, motion, found } = carried;
        let here = claims.numbers(lattice);
        let resolved = withheld_floor(home, redaction).ok();
        let redaction_open = resolved.is_none();
        let mut withheld = resolved.unwrap_or_else(|| Withheld { cells: vec![false; lattice.len()] });
        let was_withheld = claims.each(|claim| claim.withheld);
        for ((withheld, &claim), &cell) in withheld.cells.iter_mut().zip(&here).zip(&home.cells) {
            *withheld |= was_withheld[usize::from(claim)] && cell == Cell::Free;
        }

        let reach = Reach::of(home);
        let count = self.zones.len();
        let zone_of = claims.each(|claim| claim.zone_index().unwrap_or(zones::UNSET));
        let claimed = |cell: usize, claim: u16| match anew {
            None => zone_of[usize::from(claim)],
            Some(anew) => {
                anew.zone_at(cell).filter(|&zone| usize::from(zone) < count).unwrap_or(zones::UNSET)
            }
        };
        let floor = reach.sweep.iter().zip(&withheld.cells).map(|(&swept, &withheld)| swept && !withheld);
        let before: Vec<u8> = floor
            .zip(here.iter().enumerate())
            .map(|(is_floor, (cell, &claim))| if is_floor { claimed(cell, claim) } else { zones::OUTSIDE })
            .collect();
        let sources = sources(lattice, &before);
        let pieces = zones::settle(lattice, &reach.sweep, before.clone(), count, &[]);
        let doors = self.doors.iter().map(|door| DrawnDoor { passage: Passage::Phantom, ..*door });
        let drawn =
            Drawn { rects: self.zones.iter().map(|zone| zone.rect).collect(), doors: doors.collect() };
        let symmetry = anew.map_or_else(|| turned_back(motion).then(self.symmetry), |anew| anew.symmetry);
        let mut key =
            Self::assemble(home, drawn, symmetry, pieces, reach, &withheld, narrow(self.areas.len()));

        let mut areas: Vec<Runs> = self.areas.iter().map(|_| Runs::new(lattice.width)).collect();
        let areas_of = claims.each(|claim| claim.areas);
        let (mut floor, mut kept) = (0_u32, 0_u32);
        for (number, &word) in key.charted.iter().enumerate() {
            each_bit(number, word, &mut |cell| {
                floor += 1;
                kept += u32::from(key.patches[usize::from(key.near[cell])].zone == before[cell]);
                let source = sources.get(cell).map_or(NO_CELL, |&source| source);
                let source = if source == NO_CELL { cell } else { source as usize };
                let mut bound = areas_of[usize::from(here[source])];
                while bound != 0 {
                    if let Some(runs) = areas.get_mut(bound.trailing_zeros() as usize) {
                        runs.push(cell);
                    }
                    bound &= bound - 1;
                }
            });
        }
        key.areas = areas.into_iter().map(|runs| runs.list).collect();
        key.remembered = key.not_held(&claims);
        let was_barred = claims.each(|claim| claim.barred);
        if here.iter().any(|&claim| was_barred[usize::from(claim)]) {
            let barred: Vec<bool> = here.iter().map(|&claim| was_barred[usize::from(claim)]).collect();
            key.drive.bar(lattice, key.resolution_m, &barred);
        }
        let unreachable =
            (0..).take(count).filter(|zone| key.patches.iter().all(|patch| patch.zone != *zone));
        let refit = Refit {
            found: f64::from(found[0]) / f64::from(found[1].max(1)),
            kept: if floor == 0 { 0.0 } else { f64::from(kept) / f64::from(floor) },
            unreachable: unreachable.map(ZoneId::of_index).collect(),
            redaction_open,
        };
        (key, refit)
    }

    /// The claims of this key in the cells of a new map.
    fn carried_to(&self, home: &Home) -> Carried {
        let lattice = reach::lattice(home);
        let scale = Scale { old: self.resolution_m, new: home.resolution_m };
        let old = Claims::of(self);
        let (width, height) = (scale.cells(self.lattice.width), scale.cells(self.lattice.height));
        let registration = self.registered(home, scale, width, height);
        let (motion, found) = registration
            .map_or((Motion::default(), [0, 1]), |Registration { motion, found }| (motion, found));

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
        Carried { table: old.carried(motion, scale, x, y), motion, found }
    }

    /// Where the map of this key lies on a new one. Both are given in cells of the new size.
    fn registered(&self, home: &Home, scale: Scale, width: usize, height: usize) -> Option<Registration> {
        // A map of so much coarser cells that the old one does not fit into theirs has nothing to be found on.
        if width.saturating_mul(height) > MAX_CELLS {
            return None;
        }
        let old = if scale.is_one() {
            Plane::unpacked(width, height, self.floor.words())
        } else {
            let columns: Vec<i64> = (0..width).map(|x| scale.to_old(signed(x))).collect();
            let mut floor = Vec::with_capacity(width * height);
            for y in 0..height {
                let row = scale.to_old(signed(y));
                let cells = columns.iter().map(|&column| self.lattice.cell(column, row));
                floor.extend(cells.map(|cell| cell.is_some_and(|cell| self.floor.has(cell))));
            }
            Plane::of(width, &floor, |&floor| floor)
        };
        let new = Landmarks::new(Plane::of(home.width, &home.cells, |&cell| cell == Cell::Free));
        let guess = [0, 1].map(|axis| scale.cells_between(home.corner_m[axis], self.corner_m[axis]));
        register(&Landmarks::new(old), new, guess.into())
    }

    /// What this key's tables do not hold of the claims.
    fn not_held(&self, claims: &Claims) -> Vec<Remembered> {
        let mut left = Rememberer::default();
        for (x, y, len, number) in claims.runs() {
            let claim = claims.numbered(number);
            let row = self.lattice.cell(0, y);
            for x in x..x + signed(len) {
                let mut claim = claim;
                let column = usize::try_from(x).ok().filter(|&x| x < self.lattice.width);
                if let (Some(row), Some(column)) = (row, column) {
                    let cell = row + column;
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
    /// Landmarks of the old map found on the new one, and all of them.
    found: [u32; 2],
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
/// lowest zone. Nothing where every cell has one.
fn sources(lattice: Lattice, before: &[u8]) -> Vec<u32> {
    if !before.contains(&zones::UNSET) {
        return Vec::new();
    }
    let mut source = vec![NO_CELL; lattice.len()];
    let mut queue: Vec<u32> = (0..narrow(lattice.len()))
        .filter(|&cell| before[cell as usize] < zones::UNSET)
        .filter(|&cell| {
            lattice.around(cell).iter().any(|&near| before.get(near as usize) == Some(&zones::UNSET))
        })
        .collect();
    queue.sort_by_key(|&cell| before[cell as usize]);
    for &cell in &queue {
        source[cell as usize] = cell;
    }
    lattice.spread(&mut queue, |from, to| {
        let enter = before[to] == zones::UNSET && source[to] == NO_CELL;
        if enter {
            source[to] = source[from];
        }
        enter
    });
    source
}
