//! Refit: the key follows a map that was made anew.
//!
//! A release is drawn once, homes change. The new map is registered against the old one
//! ([`registration`](crate::registration)), every cell keeps the zone, the areas, the redacting and the
//! owner's edits that the cell under it had, and what nobody claimed goes to what is nearest along the floor.
//! Zones are never ranked again, and rooms' labels play no part: whatever an app merged or split, the floor
//! stays whose it was. Floor that today's map does not give (a shut room, a new cupboard) is remembered and
//! comes back with the map that gives it again.
//!
//! The release knows nothing of any of this.
//!
//! Limits: where the registration fails, so does all that hangs on it, and the owner is told what share of the
//! old map was found again ([`Refit::map_overlap`]). After a move to another home, open a new epoch instead.

use crate::atlas::ZoneId;
use crate::grid::{BitGrid, Cell, MAX_CELLS, NO_CELL, Shape, Symmetry, narrow};
use crate::home::Home;
use crate::key::build::Drawn;
use crate::key::lift::passages::DrawnDoor;
use crate::key::lift::region::Runs;
use crate::key::reach::poses::Reach;
use crate::key::refit::claims::{Claims, Scale, signed};
use crate::key::refit::remembered::{Claim, Remembered, Rememberer};
use crate::key::zoning::zones;
use crate::key::{HouseKey, Passage};
use crate::redact::{RedactedCells, Redaction, redacted_cells};
use crate::registration::{EXPLAINED, Registration, RigidTransform, ScanFeatures, register};

/// Keys with bars that found no place that one key keeps at most. Each more takes an owner who bars something on
/// a map that is not recognized, and one such map again; the oldest is then given up.
pub(in crate::key) const MOST_UNPLACED: usize = 4;

/// Share of the old map, in hundredths, that has to be found again for places on it to count as found. Of maps of
/// unlike homes the best transform explains .43 in the mean and .52 in nine of ten; of a home with a room shut,
/// seldom less than .6.
const SURE: u32 = 60;

/// What a refit did, for the owner to see. Shares are between 0 and 1.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Refit {
    /// The share of the old map's floor and walls that was found again on the new map.
    pub map_overlap: f64,
    /// The share of the floor to clean that was cleaned under the old key as well and kept its zone.
    pub zone_agreement: f64,
    /// The zones without any floor that the robot gets to today: a shut door, say.
    pub unreachable: Vec<ZoneId>,
    /// The redaction could not be applied to the new map, for want of kinds of rooms. What was redacted
    /// before still is; new rooms are not.
    pub redaction_open: bool,
    /// The owner had barred places on the old map, of which too little was found again to say where they are
    /// now. They are kept, and the key leads nowhere until they have a place again
    /// ([`HouseKey::has_unplaced_bars`]).
    pub bars_unplaced: bool,
}

impl HouseKey {
    /// The key on a new map of the home, and what was done.
    ///
    /// The redaction is applied to the new map; what the old key redacted stays redacted too, wherever the
    /// rooms of the new map begin and end.
    ///
    /// Total: every map has an answer. On one that has nothing in common with the old one, all zones can be
    /// unreachable; [`Refit::map_overlap`] is then low.
    ///
    /// # Complexity
    /// That of the key's first making, and the registration's.
    #[must_use]
    pub fn refit(&self, home: &Home, redaction: &Redaction) -> (Self, Refit) {
        self.refit_as(home, redaction, None)
    }

    /// As [`HouseKey::refit`], with the zones of a key that was made anew for this map in place of the old ones:
    /// areas, edits and what was redacted alone are carried over.
    pub(crate) fn refit_anew(&self, home: &Home, redaction: &Redaction, anew: &Self) -> Self {
        self.refit_as(home, redaction, Some(anew)).0
    }

    fn refit_as(&self, home: &Home, redaction: &Redaction, anew: Option<&Self>) -> (Self, Refit) {
        let mut carried = self.carried_to(home);
        let mut unplaced = self.unplaced.clone();
        // The key whose bars have no place may know today's map, even where the one after it does not.
        let older = self.unplaced.as_deref().map(|older| (older, older.carried_to(home)));
        let older = older.filter(|(_, carried)| carried.is_sure());
        let (mut key, mut refit) = if let Some((older, mut recognized)) = older {
            unplaced.clone_from(&older.unplaced);
            let placed = carried.is_sure() && recognized.table.take_bars(&carried.table);
            if self.has_bars() && !placed {
                let mut own = self.clone();
                own.unplaced = unplaced;
                unplaced = Some(Box::new(own));
            }
            older.fitted(home, redaction, anew, recognized)
        } else {
            if self.has_bars() && !carried.is_sure() {
                unplaced = Some(Box::new(self.clone()));
                carried.table.drop_bars();
            }
            self.fitted(home, redaction, anew, carried)
        };
        let mut oldest = &mut unplaced;
        for _ in 0..MOST_UNPLACED {
            let Some(key) = oldest else { break };
            oldest = &mut key.unplaced;
        }
        *oldest = None;
        if unplaced.is_some() {
            key.unplaced = unplaced;
            key.drive.close();
            refit.bars_unplaced = true;
        }
        (key, refit)
    }

    fn fitted(
        &self,
        home: &Home,
        redaction: &Redaction,
        anew: Option<&Self>,
        carried: Carried,
    ) -> (Self, Refit) {
        let shape = home.shape;
        let Carried { table: claims, transform, found } = carried;
        let here = claims.numbers(shape);
        let resolved = redacted_cells(home, redaction).ok();
        let redaction_open = resolved.is_none();
        let mut redacted = resolved.unwrap_or_else(|| RedactedCells { cells: vec![false; shape.len()] });
        let was_redacted = claims.each(|claim| claim.redacted);
        for ((redacted, &claim), &cell) in redacted.cells.iter_mut().zip(&here).zip(&home.cells) {
            *redacted |= was_redacted[usize::from(claim)] && cell == Cell::Free;
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
        let floor = reach.coverage.iter().zip(&redacted.cells).map(|(&swept, &redacted)| swept && !redacted);
        let before: Vec<u8> = floor
            .zip(here.iter().enumerate())
            .map(|(is_floor, (cell, &claim))| if is_floor { claimed(cell, claim) } else { zones::OUTSIDE })
            .collect();
        let sources = sources(shape, &before);
        let pieces = zones::settle(shape, &reach.coverage, before.clone(), count, &[]);
        let doors = self.doors.iter().map(|door| DrawnDoor { passage: Passage::Phantom, ..*door });
        let drawn =
            Drawn { rects: self.zones.iter().map(|zone| zone.rect).collect(), doors: doors.collect() };
        let symmetry = anew.map_or_else(|| turned_back(transform).then(self.symmetry), |anew| anew.symmetry);
        let mut key =
            Self::assemble(home, drawn, symmetry, pieces, reach, &redacted, narrow(self.areas.len()));

        let mut areas: Vec<Runs> = self.areas.iter().map(|_| Runs::new(shape.width)).collect();
        let areas_of = claims.each(|claim| claim.areas);
        let (mut floor, mut kept) = (0_u32, 0_u32);
        key.charted.each(|cell| {
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
        key.areas = areas.into_iter().map(|runs| runs.list).collect();
        key.remembered = key.not_held(&claims);
        let was_barred = claims.each(|claim| claim.barred);
        if here.iter().any(|&claim| was_barred[usize::from(claim)]) {
            let barred: Vec<bool> = here.iter().map(|&claim| was_barred[usize::from(claim)]).collect();
            key.drive.bar(shape, key.resolution_m, &barred);
        }
        let unreachable =
            (0..).take(count).filter(|zone| key.patches.iter().all(|patch| patch.zone != *zone));
        let refit = Refit {
            map_overlap: f64::from(found[0]) / f64::from(found[1].max(1)),
            zone_agreement: if floor == 0 { 0.0 } else { f64::from(kept) / f64::from(floor) },
            unreachable: unreachable.map(ZoneId::of_index).collect(),
            redaction_open,
            bars_unplaced: false,
        };
        (key, refit)
    }

    /// The claims of this key in the cells of a new map.
    fn carried_to(&self, home: &Home) -> Carried {
        let shape = home.shape;
        let scale = Scale { old: self.resolution_m, new: home.resolution_m };
        let old = Claims::of(self);
        let (transform, found) = self
            .registered(home, scale, &old)
            .map_or((RigidTransform::default(), [0, 1]), |Registration { transform, found }| {
                (transform, found)
            });

        // All places that an old claim can come to, and the new map.
        let (mut x, mut y) = ((0, signed(shape.width)), (0, signed(shape.height)));
        let ends = |low: i64, side: usize| [scale.to_new(low), scale.to_new(low + signed(side)) + 1];
        for column in ends(old.left, old.width) {
            for row in ends(old.low, old.height) {
                let (column, row) = transform.apply((column, row));
                x = (x.0.min(column - 1), x.1.max(column + 2));
                y = (y.0.min(row - 1), y.1.max(row + 2));
            }
        }
        if (x.1 - x.0).saturating_mul(y.1 - y.0) > signed(MAX_CELLS) {
            (x, y) = ((0, signed(shape.width)), (0, signed(shape.height)));
        }
        Carried { table: old.carried(transform, scale, x, y), transform, found }
    }

    /// Where the map of this key lies on a new one.
    ///
    /// Where that explains too little, all floor that the key remembers is looked for as well: rooms that were
    /// shut when the old map was made may be most of the new one. The better explained of the two transforms wins.
    fn registered(&self, home: &Home, scale: Scale, old: &Claims) -> Option<Registration> {
        let crop = ((0, signed(self.shape.width)), (0, signed(self.shape.height)));
        let today = self.registered_by(home, scale, crop, None);
        if self.remembered.is_empty() || today.is_some_and(|today| today.explains(EXPLAINED)) {
            return today;
        }
        let all = ((old.left, old.left + signed(old.width)), (old.low, old.low + signed(old.height)));
        let ever = self.registered_by(home, scale, all, Some(old));
        match (today, ever) {
            (Some(today), Some(ever)) => Some(if ever.is_better_than(&today) { ever } else { today }),
            (today, ever) => today.or(ever),
        }
    }

    /// Where the floor in columns `x.0..x.1` and rows `y.0..y.1` of this map lies on a new one, with what is
    /// remembered of older maps if it is given.
    fn registered_by(
        &self,
        home: &Home,
        scale: Scale,
        (x, y): ((i64, i64), (i64, i64)),
        older: Option<&Claims>,
    ) -> Option<Registration> {
        let ends =
            |(from, to): (i64, i64)| (scale.to_new(from), scale.to_new(to) + i64::from(!scale.is_one()));
        let (x, y) = (ends(x), ends(y));
        let side = |(from, to): (i64, i64)| usize::try_from(to - from).unwrap_or(0);
        let (width, height) = (side(x), side(y));
        // A map of so much coarser cells that the old one does not fit into theirs has nothing to be found on.
        if width.saturating_mul(height) > MAX_CELLS {
            return None;
        }
        let is_floor = |x: i64, y: i64| {
            older.is_some_and(|older| older.was_floor(x, y))
                || self.shape.cell(x, y).is_some_and(|cell| self.floor.has(cell))
        };
        let old = if scale.is_one() && older.is_none() {
            self.floor.clone()
        } else {
            let columns: Vec<i64> = (x.0..x.1).map(|x| scale.to_old(x)).collect();
            let mut floor = Vec::with_capacity(width * height);
            for row in (y.0..y.1).map(|y| scale.to_old(y)) {
                floor.extend(columns.iter().map(|&column| is_floor(column, row)));
            }
            BitGrid::of(width, &floor, |&floor| floor)
        };
        let new = ScanFeatures::new(BitGrid::of(home.shape.width, &home.cells, |&cell| cell == Cell::Free));
        let guess = [(0, x.0), (1, y.0)]
            .map(|(axis, from)| from + scale.cells_between(home.corner_m[axis], self.corner_m[axis]));
        Some(register(&ScanFeatures::new(old), new, guess.into())?.counted_from((x.0, y.0)))
    }

    /// What this key's tables do not hold of the claims.
    fn not_held(&self, claims: &Claims) -> Vec<Remembered> {
        let mut left = Rememberer::default();
        for (x, y, len, number) in claims.runs() {
            let claim = claims.numbered(number);
            let row = self.shape.cell(0, y);
            for x in x..x + signed(len) {
                let mut claim = claim;
                let column = usize::try_from(x).ok().filter(|&x| x < self.shape.width);
                if let (Some(row), Some(column)) = (row, column) {
                    let cell = row + column;
                    if self.is_charted(cell) {
                        continue;
                    }
                    claim.redacted &= !self.drive.redacted.has(cell);
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
    transform: RigidTransform,
    /// ScanFeatures of the old map found on the new one, and all of them.
    found: [u32; 2],
}

impl Carried {
    /// Enough was found again to say where things are.
    const fn is_sure(&self) -> bool {
        100 * self.found[0] >= SURE * self.found[1]
    }
}

/// Directions of the new map as directions of the old one.
const fn turned_back(transform: RigidTransform) -> Symmetry {
    let (swap, flip_x, flip_y) = match transform.quarters() {
        0 => (false, false, false),
        1 => (true, false, true),
        2 => (false, true, true),
        _ => (true, true, false),
    };
    Symmetry { swap, flip_x, flip_y }
}

/// For cells without a zone the cell with one that is nearest along the floor, of equally near ones that of the
/// lowest zone. Nothing where every cell has one.
fn sources(shape: Shape, before: &[u8]) -> Vec<u32> {
    if !before.contains(&zones::UNSET) {
        return Vec::new();
    }
    let mut source = vec![NO_CELL; shape.len()];
    let mut queue: Vec<u32> = (0..narrow(shape.len()))
        .filter(|&cell| before[cell as usize] < zones::UNSET)
        .filter(|&cell| {
            shape.around(cell).iter().any(|&near| before.get(near as usize) == Some(&zones::UNSET))
        })
        .collect();
    queue.sort_by_key(|&cell| before[cell as usize]);
    for &cell in &queue {
        source[cell as usize] = cell;
    }
    shape.flood(&mut queue, |from, to| {
        let enter = before[to] == zones::UNSET && source[to] == NO_CELL;
        if enter {
            source[to] = source[from];
        }
        enter
    });
    source
}
