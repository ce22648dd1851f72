//! The key on a map that was recognized.
//!
//! Takes the old key, the new map, and where the map lies in a known map's frame. The claims of that frame are carried
//! to the new map's cells (`claims`), what is newly redacted is decided (`new_floor`), the floor is shared out by the
//! claims, and the key is assembled as a first one is (`key::build`), with the old chart where it fits. Then the known
//! map learns: floor that nobody had claimed gets the claims that it was given today, and where the home has changed
//! much, its look is remembered next to the first. Floor that the map does not show keeps its claims.
//!
//! Floor without a claim takes the zone of what is nearest, and that floor's areas where both are of one room, or of
//! none. What is nearest to something else takes the areas that most of its own room has: a room that nobody has seen,
//! or that was released, is not the kitchen next to it.

use alloc::vec::Vec;

use super::asked::rooms_of;
use super::learned::FAMILIAR;
use super::refit::Refit;
use super::unseen::{NewFloor, Occasion, asks_for_rooms_to_come, hanging_on, without_rooms_to_come};
use crate::grid::sorted::ByKey;
use crate::grid::{BitGrid, Cell, NO_CELL, Shape, Span, Symmetry, by_rank, narrow};
use crate::home::{Home, RoomId};
use crate::key::HouseKey;
use crate::key::chart::doors::{DrawnDoor, Passage};
use crate::key::house_key::build::{DrawnPlan, Zoned};
use crate::key::known::claims::{Claim, Claims};
use crate::key::known::region::Runs;
use crate::key::known::registration::{CellScale, RigidTransform};
use crate::key::known::{Closed, Extent, Recognized};
use crate::key::reach::poses::Reach;
use crate::key::zoning::floor::floor_of_zones;
use crate::key::zoning::zones::{self, ZonePiece};
use crate::redact::{RedactedCells, Redaction};

/// The floor of a new map, shared out.
struct SharedOut {
    reach: Reach,
    /// The zone of each cell by what was claimed, before pieces were settled.
    before: Vec<u8>,
    /// For cells without a claim those that they follow.
    sources: Vec<u32>,
    pieces: Vec<ZonePiece>,
}

/// What the cells of a new map took over.
struct TakenOver {
    /// Cells of zones that nobody had claimed.
    new: BitGrid,
    /// Share of the cells to clean that stayed in their zone.
    agreement: f64,
}

impl TakenOver {
    /// Of the new cells those that are learned. Single cells along walls come and go with every map; what is a cell
    /// wider all around is floor, and so is what the owner released.
    fn broad(&self, occasion: &Occasion<'_>) -> BitGrid {
        let mut broad = self.new.opened();
        self.new.iter().filter(|&cell| occasion.frees(cell)).for_each(|cell| broad.insert(cell));
        broad
    }
}

impl HouseKey {
    /// The key on a map that was recognized: what was claimed is carried there, the rest follows.
    pub(in crate::key) fn fitted(
        &self,
        home: &Home,
        redaction: &Redaction,
        recognized: &Recognized,
    ) -> (Self, Refit) {
        self.fitted_with(home, redaction, recognized, None)
    }

    /// The same; after an edit, some cells are redacted today although nothing says so any more.
    pub(super) fn fitted_with(
        &self,
        home: &Home,
        redaction: &Redaction,
        recognized: &Recognized,
        edited: Option<&[bool]>,
    ) -> (Self, Refit) {
        let count = self.zones.len();
        let &Recognized { map: number, transform, .. } = recognized;
        let map = &self.known.maps[number];
        let scale = CellScale { old: map.resolution_m, new: home.resolution_m };
        let claims = Claims::of(map, count).carried(transform, scale, Extent::of(home.shape));
        let asked = self.known.asked(Some(number), home, redaction);
        let occasion = match edited {
            Some(unmarked) => Occasion::Edit { freed: self.freed(&claims, unmarked) },
            None => Occasion::Map { known: map, scale, tentative: self.known.last_tentative.unwrap_or(0) },
        };
        let mut floor = NewFloor::of(home, &claims, &occasion, redaction, &asked);
        let unmarked = edited.unwrap_or_default();
        floor.redacted.iter_mut().zip(unmarked).for_each(|(cell, &unmarked)| *cell |= unmarked);

        // A map on which nothing could be shared out is given the plan when it can be.
        let first = if map.zones.is_empty() { self.planned_for(home, &floor.redacted) } else { None };
        let mut shared = share_out(home, &claims, count, first.as_ref(), &mut floor);
        let symmetry =
            first.as_ref().map_or_else(|| turned_back(transform).then(map.symmetry), |first| first.symmetry);
        let pieces = core::mem::take(&mut shared.pieces);
        let last = if first.is_none() { self.last_chart(home, recognized, &pieces) } else { None };
        let zoned = Zoned { symmetry, pieces, last };
        let SharedOut { reach, before, sources, .. } = shared;
        let redacted = RedactedCells { cells: core::mem::take(&mut floor.redacted) };
        let mut key = Self::assemble(home, self.drawn(), zoned, reach, &redacted, narrow(self.areas.len()));
        let taken = key.take_over(home, &claims, (&before, &sources), &floor.marked);
        key.drive.bar(key.resolution_m, claims.grid_of(|claim| claim.barred));

        key.known = self.known.clone();
        key.known.is_here(number, transform);
        if first.is_some() {
            key.known.maps[number].symmetry = turned_back(transform.inverse()).then(symmetry);
        }
        key.remember(home, recognized, scale, &taken.broad(&occasion));
        key.mark_new(home, &floor, &asked, recognized);
        key.closed = Closed::on(&key.known, home, redaction);
        key.open_again();
        let refit = key.report(true, recognized.share(), taken.agreement, floor.undecided);
        (key, refit)
    }

    /// Of what was redacted what an edit has freed: no claim redacts it any more, and it is not among the cells that
    /// stay redacted without one.
    fn freed(&self, claims: &Claims, unmarked: &[bool]) -> BitGrid {
        let mut freed = self.drive.redacted.clone();
        freed.remove(&claims.grid_of(|claim| claim.redacted));
        freed.remove(&BitGrid::of(self.shape.width, unmarked, |&unmarked| unmarked));
        freed
    }

    /// The known map remembers what today's map, which it is, shows of it: where it lies, its new floor, and its looks.
    fn remember(&mut self, home: &Home, recognized: &Recognized, scale: CellScale, new: &BitGrid) {
        let transform = recognized.transform;
        let learned = self.learned(new, transform, scale);
        let map = &mut self.known.maps[recognized.map];
        if !recognized.is_contested {
            map.is_seen_in(home, transform);
        }
        if let Some(learned) = learned {
            map.learn(&learned, self.zones.len());
        }
        if !recognized.is_part && recognized.share() < FAMILIAR {
            map.look_again(home, transform, scale);
        }
    }

    /// Marks what is newly redacted, and remembers what of the redaction has been placed.
    fn mark_new(&mut self, home: &Home, floor: &NewFloor, asked: &Redaction, recognized: &Recognized) {
        self.widen_marks(home, &floor.joined);
        let is_marked = self.mark_cells(home, &floor.marked).is_ok();
        self.mark_outlines(home, &asked.regions);
        if is_marked {
            // A room that today's map does not show may be of a kind that is asked for: it is asked for again.
            let is_for_all = asks_for_rooms_to_come(asked);
            let is_shut = is_for_all && (recognized.is_part || self.hides_floor(home));
            let shown = is_shut.then(|| without_rooms_to_come(&floor.placed));
            let rooms = rooms_of(home);
            let requests = &mut self.known.maps[recognized.map].requests;
            requests.place(shown.as_ref().unwrap_or(&floor.placed), &|room| rooms.has(room));
        }
    }

    /// Takes over the areas that are claimed. Charted cells without a claim follow their sources in the same room. No
    /// area leads into what is marked today.
    fn take_over(
        &mut self,
        home: &Home,
        claims: &Claims,
        (before, sources): (&[u8], &[u32]),
        marked: &[bool],
    ) -> TakenOver {
        let here = claims.numbers();
        let areas_of = claims.each(|claim| claim.areas);
        let is_hidden = claims.each(Claim::is_hidden);
        let is_claimed = claims.each(|claim| claim.zone != 0);
        let room_of = |cell: usize| home.piece(home.labels[cell]).map(|piece| piece.id);
        let areas_of_rooms =
            if sources.is_empty() { Vec::new() } else { areas_of_rooms(home, here, &areas_of, &is_claimed) };
        let bound = |cell: usize| {
            let claim = usize::from(here[cell]);
            if self.charted.has(cell) {
                // Floor that was released has areas of its own.
                let source = sources.get(cell).filter(|&&source| source != NO_CELL && areas_of[claim] == 0);
                let Some(&source) = source else { return areas_of[claim] };
                let source = source as usize;
                let is_of_one = match (room_of(cell), room_of(source)) {
                    (Some(own), Some(other)) => own == other,
                    _ => true,
                };
                let of_room = || areas_of_rooms.get(home.piece_index(cell)?).copied();
                return if is_of_one { areas_of[usize::from(here[source])] } else { of_room().unwrap_or(0) };
            }
            // Into a redacted room leads what was bound to it, and nothing else.
            let leads_in = is_hidden[claim] && self.drive.redacted.has(cell) && !marked[cell];
            if leads_in { areas_of[claim] } else { 0 }
        };
        // Counted first: lists of 64 areas that grow would take twice what they need.
        let (cells, width) = (self.shape.len(), self.shape.width);
        let mut runs = vec![0; self.areas.len()];
        let mut before_it = 0;
        for cell in 0..cells {
            let own = bound(cell);
            let begun = if cell.is_multiple_of(width) { own } else { own & !before_it };
            each_area(begun, |area| runs.get_mut(area).into_iter().for_each(|count| *count += 1));
            before_it = own;
        }
        let mut areas: Vec<Runs> = runs.into_iter().map(|count| Runs::of(width, count)).collect();
        let (mut all, mut kept, mut new) = (0_u32, 0_u32, BitGrid::none(self.shape));
        for cell in 0..cells {
            let own = bound(cell);
            each_area(own, |area| areas.get_mut(area).into_iter().for_each(|runs| runs.push(cell)));
            if self.charted.has(cell) {
                let zone = self.patches[usize::from(self.near[cell])].zone;
                all += 1;
                kept += u32::from(zone == before[cell]);
                if !is_claimed[usize::from(here[cell])] {
                    new.insert(cell);
                }
            }
        }
        self.areas = areas.into_iter().map(|runs| runs.list).collect();
        TakenOver { new, agreement: f64::from(kept) / f64::from(all.max(1)) }
    }

    /// What the release draws, all doors not yet found.
    pub(super) fn drawn(&self) -> DrawnPlan {
        let doors = self.doors.iter().map(|door| DrawnDoor { passage: Passage::Phantom, ..*door });
        DrawnPlan {
            plan: self.plan,
            rects: self.zones.iter().map(|zone| zone.rect).collect(),
            doors: doors.collect(),
        }
    }
}

/// For each piece the areas that most of its room's claimed floor belongs to.
fn areas_of_rooms(home: &Home, here: &[u16], areas_of: &[u64], is_claimed: &[bool]) -> Vec<u64> {
    if areas_of.iter().all(|&areas| areas == 0) {
        return Vec::new();
    }
    let mut rooms: ByKey<RoomId, (u32, [u32; 64])> = ByKey::new();
    for (label, span) in Span::runs(&home.labels, home.shape.width) {
        let Some(piece) = home.piece(label) else { continue };
        let (all, own) = rooms.or_insert_with(piece.id, || (0, [0; 64]));
        for &claim in
            here[span.cells(home.shape.width)].iter().filter(|&&claim| is_claimed[usize::from(claim)])
        {
            *all += 1;
            each_area(areas_of[usize::from(claim)], |area| own[area] += 1);
        }
    }
    let mostly = |(all, own): &(u32, [u32; 64])| {
        (0..64).filter(|&area| 2 * own[area] > *all).fold(0, |areas, area| areas | 1_u64 << area)
    };
    home.pieces.iter().map(|piece| rooms.get(&piece.id).map_or(0, mostly)).collect()
}

/// Calls `visit` with the number of each area of a set.
fn each_area(mut areas: u64, mut visit: impl FnMut(usize)) {
    while areas != 0 {
        visit(areas.trailing_zeros() as usize);
        areas &= areas - 1;
    }
}

/// Shares out the floor of a new map by what is claimed there, or by a first key of it. What is redacted grows into
/// floor without a claim next to it.
fn share_out(
    home: &Home,
    claims: &Claims,
    count: usize,
    first: Option<&HouseKey>,
    floor: &mut NewFloor,
) -> SharedOut {
    let shape = home.shape;
    let zone_of = claims.each(|claim| claim.zone_index().unwrap_or(zones::UNSET));
    let here = claims.numbers();
    let zone = |cell: usize| match first {
        Some(first) => first.zone_at(cell).unwrap_or(zones::UNSET),
        None => zone_of[usize::from(here[cell])],
    };
    // Floor that has a zone keeps it, also where the robot cannot get to it today.
    let owner = |cell: usize| match zone(cell) {
        zone if zone < zones::UNSET && home.cells[cell] == Cell::Free => u16::from(zone) + 1,
        _ => 0,
    };
    let reach = Reach::of(home, &|cell| owner(cell) != 0, &|cell| floor.redacted[cell]);
    let hanging = hanging_on(home, |cell| {
        !reach.coverage.has(cell) && !floor.redacted[cell] && zone(cell) >= zones::UNSET
    });
    let owner = |cell: usize| if hanging.has(cell) { u16::MAX } else { owner(cell) };
    let whole = floor_of_zones(home, &reach, &RedactedCells { cells: floor.redacted.clone() }, &owner);
    let mut before: Vec<u8> = (0..shape.len())
        .map(|cell| if whole.cells.has(cell) { zone(cell) } else { zones::OUTSIDE })
        .collect();
    floor.spread(shape, &mut before);
    let areas_of = claims.each(|claim| claim.areas);
    let sources = sources(shape, &before, |cell| areas_of[usize::from(here[cell])]);
    let pieces = zones::settle(shape, &reach.coverage, &whole.core, before.clone(), count, &[]);
    // Not asked again, and the chart that comes next takes the most memory.
    floor.unseen = Vec::new();
    SharedOut { reach, before, sources, pieces }
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
/// zone, and in this that of the fewest areas, by their numbers. Empty where every cell has a zone.
fn sources(shape: Shape, before: &[u8], areas_of: impl Fn(usize) -> u64) -> Vec<u32> {
    if !before.contains(&zones::UNSET) {
        return Vec::new();
    }
    let waiting = BitGrid::of(shape.width, before, |&zone| zone == zones::UNSET);
    let mut queue = BitGrid::of(shape.width, before, |&zone| zone < zones::UNSET).next_to(&waiting).cells();
    let mut sets: Vec<u64> = queue.iter().map(|&cell| areas_of(cell as usize)).collect();
    sets.sort_unstable();
    sets.dedup();
    by_rank(&mut queue, |cell| {
        let set = sets.binary_search(&areas_of(cell)).unwrap_or(0);
        narrow(usize::from(before[cell]) * sets.len() + set)
    });
    shape.nearest_along(queue, |cell| before[cell] == zones::UNSET)
}

#[cfg(test)]
mod tests {
    use super::{Shape, sources, zones};

    /// Between two areas of one zone, or next to one of them alone, neither side comes first.
    #[test]
    fn which_areas_new_floor_follows_does_not_change_as_the_map_is_turned() {
        let shape = Shape { width: 3, height: 1 };
        let before = [0, zones::UNSET, 0];
        for areas in [[2, 0, 0], [2, 0, 4], [6, 0, 2]] {
            let of_source = |areas: [u64; 3]| {
                let source = sources(shape, &before, |cell| areas[cell])[1];
                areas[source as usize]
            };
            let [left, new, right] = areas;
            assert_eq!(of_source(areas), of_source([right, new, left]));
            assert_eq!(of_source(areas), left.min(right));
        }
    }
}
