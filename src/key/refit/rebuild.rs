//! Refit: the key follows a new map of the home.
//!
//! A release is drawn once, homes change. The new map is registered against the old one (`refit::recognize`). Every
//! cell keeps the zone, the areas, the redaction and the owner's edits of the old cell under it. Cells that nobody
//! claimed go to what is nearest along the floor. Zones are never ranked again, and the rooms of the new map play no
//! part: whatever an app merges or splits, a cell stays in its zone. Cells that today's map does not give (a shut
//! room, a new cupboard) are remembered and return with a map that gives them again.
//!
//! The release depends on none of this. Limits: where the registration fails, the refit fails with it, and the owner
//! sees which share of the old map was found again ([`Refit::map_overlap`]). After a move to another home, open a new
//! epoch instead.

use crate::atlas::ZoneId;
use crate::grid::{BitGrid, Cell, NO_CELL, Shape, Symmetry, narrow};
use crate::home::Home;
use crate::key::HouseKey;
use crate::key::build::Drawn;
use crate::key::lift::doors::{DrawnDoor, Passage};
use crate::key::lift::region::Runs;
use crate::key::reach::poses::Reach;
use crate::key::refit::claims::Claims;
use crate::key::refit::recognize::Carried;
use crate::key::refit::registration::RigidTransform;
use crate::key::refit::remembered::{self, Claim, Remembered};
use crate::key::refit::scale::signed;
use crate::key::zoning::{floor::floor_of_zones, zones};
use crate::redact::{RedactedCells, Redaction, redacted_cells};

/// Most keys with unplaced bars that one key keeps. Each takes an owner who bars something on a map that is not
/// recognized, and another such map; then the oldest is given up.
pub(in crate::key) const MOST_UNPLACED: usize = 4;

/// What a refit did, for the owner to see. Shares are between 0 and 1.
///
/// ```
/// use homeveil::home::{Footprint, Home};
/// use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
///
/// let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// let (redaction, policy) = (Redaction::none(), Policy::sealed());
/// let (_, key) = anonymize(&home, &redaction, &policy, Grant::unaccounted(), &mut Coins::os())?;
/// let (_, refit) = key.refit(&home, &redaction);
/// assert_eq!((refit.map_overlap, refit.zone_agreement), (1.0, 1.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Refit {
    /// The share of the old map's floor and walls that was found again on the new map.
    pub map_overlap: f64,
    /// The share of the cells to clean that belonged to a zone under the old key and stay in it.
    pub zone_agreement: f64,
    /// The zones that the robot does not get to today: behind a shut door, say. They keep their floor.
    pub unreachable: Vec<ZoneId>,
    /// The redaction could not be applied to the new map because kinds of rooms are missing. What was redacted before
    /// still is; new rooms are not.
    pub redaction_open: bool,
    /// The owner had barred places on the old map, and too little of that map was found again to place them. They are
    /// kept, and the key leads nowhere until they have a place ([`HouseKey::has_unplaced_bars`]).
    pub bars_unplaced: bool,
}

impl HouseKey {
    /// The key on a new map of the home, and what was done.
    ///
    /// The redaction is applied to the new map; what the old key redacted stays redacted too, wherever the rooms of
    /// the new map end.
    ///
    /// Every map has an answer. On a map that has nothing in common with the old one, all zones can be unreachable;
    /// [`Refit::map_overlap`] is then low.
    ///
    /// # Complexity
    /// That of the first key, and the registration's.
    #[must_use]
    pub fn refit(&self, home: &Home, redaction: &Redaction) -> (Self, Refit) {
        self.refit_as(home, redaction, None)
    }

    /// As [`HouseKey::refit`], but with the zones of a key that was built for this map: only areas, edits and what was
    /// redacted are carried over.
    pub(crate) fn refit_rebuilt(&self, home: &Home, redaction: &Redaction, rebuilt: &Self) -> Self {
        self.refit_as(home, redaction, Some(rebuilt)).0
    }

    fn refit_as(&self, home: &Home, redaction: &Redaction, rebuilt: Option<&Self>) -> (Self, Refit) {
        let mut carried = self.carried_to(home);
        let mut unplaced = self.unplaced.clone();
        // An older key whose bars have no place may recognize today's map where this one does not.
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
            older.fitted(home, redaction, rebuilt, recognized)
        } else {
            if self.has_bars() && !carried.is_sure() {
                unplaced = Some(Box::new(self.clone()));
                carried.table.drop_bars();
            }
            self.fitted(home, redaction, rebuilt, carried)
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
        rebuilt: Option<&Self>,
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

        let count = self.zones.len();
        let zone_of = claims.each(|claim| claim.zone_index().unwrap_or(zones::UNSET));
        let claimed = |cell: usize, claim: u16| match rebuilt {
            None => zone_of[usize::from(claim)],
            Some(rebuilt) => {
                rebuilt.zone_at(cell).filter(|&zone| usize::from(zone) < count).unwrap_or(zones::UNSET)
            }
        };
        // Floor that has a zone keeps it, also where the robot cannot get to it today.
        let owner = |cell: usize| match claimed(cell, here[cell]) {
            zone if zone < zones::UNSET && home.cells[cell] == Cell::Free => u16::from(zone) + 1,
            _ => 0,
        };
        let reach = Reach::of(home, |cell| owner(cell) != 0);
        let floor = floor_of_zones(home, &reach, &redacted, owner);
        let before: Vec<u8> = floor
            .cells
            .iter()
            .zip(here.iter().enumerate())
            .map(|(&floor, (cell, &claim))| if floor { claimed(cell, claim) } else { zones::OUTSIDE })
            .collect();
        let sources = sources(shape, &before);
        let pieces = zones::settle(shape, &reach.coverage, &floor.core, before.clone(), count, &[]);
        drop(floor);
        let doors = self.doors.iter().map(|door| DrawnDoor { passage: Passage::Phantom, ..*door });
        let drawn =
            Drawn { rects: self.zones.iter().map(|zone| zone.rect).collect(), doors: doors.collect() };
        let symmetry =
            rebuilt.map_or_else(|| turned_back(transform).then(self.symmetry), |rebuilt| rebuilt.symmetry);
        let mut key =
            Self::assemble(home, drawn, symmetry, pieces, reach, &redacted, narrow(self.areas.len()));

        let mut areas: Vec<Runs> = self.areas.iter().map(|_| Runs::new(shape.width)).collect();
        let areas_of = claims.each(|claim| claim.areas);
        let (mut all, mut kept) = (0_u32, 0_u32);
        key.charted.each(|cell| {
            all += 1;
            kept += u32::from(key.patches[usize::from(key.near[cell])].zone == before[cell]);
            let source = sources.get(cell).filter(|&&source| source != NO_CELL);
            let source = source.map_or(cell, |&source| source as usize);
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
        let barred = BitGrid::of(shape.width, &here, |&claim| was_barred[usize::from(claim)]);
        key.drive.bar(key.resolution_m, barred);
        let unreachable = (0..).take(count).filter(|&zone| !key.reached.has(zone));
        let refit = Refit {
            map_overlap: f64::from(found[0]) / f64::from(found[1].max(1)),
            zone_agreement: f64::from(kept) / f64::from(all.max(1)),
            unreachable: unreachable.map(ZoneId::of_index).collect(),
            redaction_open,
            bars_unplaced: false,
        };
        (key, refit)
    }

    /// What this key's tables do not hold of the claims.
    fn not_held(&self, claims: &Claims) -> Vec<Remembered> {
        let mut left = Vec::new();
        for (x, y, len, number) in claims.runs() {
            let claim = claims.numbered(number);
            for x in x..x + signed(len) {
                let mut claim = claim;
                if let Some(cell) = self.shape.cell(x, y) {
                    if self.is_charted(cell) {
                        continue;
                    }
                    claim.redacted &= !self.drive.redacted.has(cell);
                    claim.barred = false;
                }
                if claim != Claim::NONE {
                    remembered::push(&mut left, x, y, claim);
                }
            }
        }
        left
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

/// For each cell without a zone, the nearest cell with one along the floor; of equally near ones that of the lowest
/// zone. Empty where every cell has a zone.
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
