//! Labels put in order: pieces, fragments and gaps.
//!
//! How large floor is counts with all that it encloses, whatever that is: furniture must not decide what is a room, nor
//! may a redacted room that lies within.

use alloc::vec::Vec;

use super::labels::{FIRST_ROOM, GAP, LOOSE, NO_FLOOR, PieceOrigin, RoomPiece};
use super::limits::MAX_ROOMS;
use super::room::{RoomId, RoomIds};
use crate::grid::components::{Component, Components};
use crate::grid::enclosure::Enclosures;
use crate::grid::{BitGrid, Shape, narrow};

/// Floor that the robot gave no number has numbers from here on. Robots count their rooms: the number after the
/// greatest on today's map is likely that of a room which is not on it, and an owner who names that room must not mean
/// this floor.
const FIRST_UNNAMED: u32 = 1 << 31;

/// Most pieces that a room becomes; on the real maps tried no room has two. A room has them to itself, so that no other
/// room decides which of its parts stay.
const MOST_PIECES: usize = 8;

/// The labels of the cells while they are put in order.
pub(crate) struct PieceLabels {
    pub(crate) shape: Shape,
    /// [`NO_FLOOR`], [`LOOSE`] or a room's.
    pub(crate) labels: Vec<u16>,
    pub(crate) pieces: Vec<RoomPiece>,
    /// How many cells without a label make a room.
    pub(crate) least_cells: f64,
    /// The rooms were found in the grid itself: cells without a label make none.
    pub(crate) found: bool,
}

impl PieceLabels {
    /// Adds a piece and gives its label.
    pub(crate) fn add(&mut self, piece: RoomPiece) -> u16 {
        self.pieces.push(piece);
        label_of(self.pieces.len() - 1)
    }

    /// Makes each piece connected, and rooms of free cells without one where they are broad and many. `known` says
    /// which room some cells were before, and `disc` is the robot's. The components are those of the labels.
    ///
    /// # Complexity
    /// O(cells · log cells) at most, mostly O(cells), and O(cells · radius / 64) where there are free cells without a
    /// room.
    pub(crate) fn settle(
        &mut self,
        components: Components,
        disc: &[u8],
        known: &dyn Fn(usize) -> Option<RoomPiece>,
    ) {
        let is_asked = self.depends_on_enclosures(&components);
        self.settle_with(components, is_asked, disc, known);
    }

    /// The same, where it is known whether anything depends on what components enclose.
    fn settle_with(
        &mut self,
        mut components: Components,
        is_asked: bool,
        disc: &[u8],
        known: &dyn Fn(usize) -> Option<RoomPiece>,
    ) {
        let mut parts = vec![0_u32; usize::from(FIRST_ROOM) + self.pieces.len()];
        for component in &components.list {
            parts[usize::from(component.label)] += 1;
        }
        let is_any_loose = parts[usize::from(LOOSE)] > 0;
        let enclosures = Enclosures::of(&components, |component| {
            let piece = component.label.checked_sub(FIRST_ROOM).map(|entry| self.pieces[usize::from(entry)]);
            // A region is as walls are.
            is_asked
                && piece.is_none_or(|piece| piece.origin != PieceOrigin::Region)
                && (is_any_loose || parts[usize::from(component.label)] > 1)
        });
        for (around, cells) in enclosures.holes() {
            components.list[around as usize].area += cells;
        }
        self.split(&components, &enclosures);
        if is_any_loose {
            self.settle_loose(&components, &enclosures, disc, known);
        }
    }

    fn is_large(&self, area: u32) -> bool {
        f64::from(area) >= self.least_cells
    }

    /// Whether anything depends on what components enclose. With all that it encloses, one is no larger than its
    /// bounds, and what encloses it has larger ones: mostly each room is one large part and some specks, and all other
    /// floor is specks, or lies in no room's bounds.
    fn depends_on_enclosures(&self, components: &Components) -> bool {
        let list = || components.list.iter().enumerate();
        // The area and the number of the largest part of each room.
        let mut largest = vec![(0_u32, 0); usize::from(FIRST_ROOM) + self.pieces.len()];
        for (number, component) in list() {
            let largest = &mut largest[usize::from(component.label)];
            if component.area > largest.0 {
                *largest = (component.area, number);
            }
        }
        let mut bounds = Vec::new();
        // Large floor without a room.
        let mut large: Vec<usize> = Vec::new();
        for (number, component) in list().filter(|(_, component)| component.label != NO_FLOOR) {
            let is_loose = component.label == LOOSE;
            let (area, main) = largest[usize::from(component.label)];
            if !is_loose && number == main {
                continue;
            }
            if bounds.is_empty() && (component.has_hole || is_loose && self.is_large(component.area)) {
                bounds = components.bounds();
            }
            let most = if component.has_hole { bounds[number].area() } else { component.area };
            if !self.is_large(most) && (is_loose || most < area) {
                continue;
            }
            // Of found rooms the floor without one makes none, so nothing is asked of what that encloses.
            if !is_loose || component.has_hole && !(self.found && self.is_large(component.area)) {
                return true;
            }
            large.push(number);
        }
        let rings: Vec<usize> = list().filter(|(_, ring)| ring.has_hole).map(|(number, _)| number).collect();
        let is_in = |number: &usize| rings.iter().any(|&ring| bounds[ring].surround(bounds[*number]));
        large.len() * rings.len() > components.list.len() || large.iter().any(is_in)
    }

    /// Makes each piece connected: its largest part keeps the label, other large parts (and others as large
    /// as the largest) become pieces, the rest fragments. A part that another one of the same label encloses is a
    /// fragment: free cells within a ring of furniture belong to the furniture, and both to the room around. Of more
    /// large parts than a room may have pieces the largest become pieces, and of equally large ones all or none.
    fn split(&mut self, components: &Components, enclosures: &Enclosures) {
        let entries = self.pieces.len();
        let entry_of = |component: &Component| component.label.checked_sub(FIRST_ROOM).map(usize::from);
        let mut largest = vec![0_u32; entries];
        for component in &components.list {
            if let Some(entry) = entry_of(component) {
                largest[entry] = largest[entry].max(component.area);
            }
        }
        let mut sizes: Vec<Sizes> = self.pieces.iter().map(|piece| Sizes::of_parts(piece.origin)).collect();
        // Whether each component may be a piece.
        let mut may = vec![false; components.list.len()];
        for (number, component) in (0..).zip(&components.list) {
            let Some(entry) = entry_of(component) else { continue };
            let area = component.area;
            if (self.is_large(area) || area == largest[entry])
                && !enclosures.is_in_own(component.label, number)
            {
                may[number as usize] = true;
                sizes[entry].add(area);
            }
        }
        let mut kept = vec![false; entries];
        let mut fragments: Vec<Option<u16>> = vec![None; entries];
        let mut relabelled: Vec<u16> = Vec::with_capacity(components.list.len());
        for (component, may) in components.list.iter().zip(may) {
            let Some(entry) = entry_of(component) else {
                relabelled.push(component.label);
                continue;
            };
            let (piece, area) = (self.pieces[entry], component.area);
            let is_piece = may && sizes[entry].has(area);
            let is_first = is_piece && area == largest[entry] && !core::mem::replace(&mut kept[entry], true);
            relabelled.push(if is_first {
                component.label
            } else if is_piece {
                self.add(piece)
            } else {
                *fragments[entry].get_or_insert_with(|| {
                    self.pieces.push(RoomPiece { fragment: true, ..piece });
                    label_of(self.pieces.len() - 1)
                })
            });
        }
        for run in &components.runs {
            let label = relabelled[run.component as usize];
            if label != run.label {
                self.labels[run.cells(self.shape.width)].fill(label);
            }
        }
    }

    /// Makes rooms of free cells without a room where they are broad and many, unless the rooms are found ones, and
    /// marks the small pieces as gaps, and what a room or other floor encloses. Of more than a home may have rooms the
    /// largest become rooms, of equally large ones all or none.
    ///
    /// Broad is what the robot can sweep without leaving it: rays and slits stay without a room. What rooms are next to
    /// it plays no part, as they may be redacted.
    fn settle_loose(
        &mut self,
        components: &Components,
        enclosures: &Enclosures,
        disc: &[u8],
        known: &dyn Fn(usize) -> Option<RoomPiece>,
    ) {
        let (width, list) = (self.shape.width, &components.list);
        let is_large = |number: u32| {
            let component = list[number as usize];
            component.label == LOOSE && self.is_large(component.area) && enclosures.hull(number).is_none()
        };
        // With what it encloses.
        let is_in_large: Vec<bool> = (0..narrow(list.len()))
            .map(|number| is_large(enclosures.hull(number).unwrap_or(number)))
            .collect();
        let mut loose = BitGrid::none(self.shape);
        let mut gaps = Vec::new();
        for run in &components.runs {
            if is_in_large[run.component as usize] {
                loose.insert_all(run.cells(width));
            }
            if run.label == LOOSE && !is_large(run.component) {
                gaps.push(run.cells(width));
            }
        }
        for cells in gaps {
            self.labels[cells].fill(GAP);
        }
        if self.found || loose.is_empty() {
            return;
        }
        let broad = loose.eroded(disc).dilated(disc);
        loose.remove(&broad);
        let components = Components::of_sets(&[&broad, &loose]);
        let mut sizes = Sizes::of_at_most(MAX_ROOMS);
        for component in components.list.iter().filter(|component| component.label == 1) {
            if self.is_large(component.area) {
                sizes.add(component.area);
            }
        }
        let is_room = |component: &Component| {
            component.label == 1 && self.is_large(component.area) && sizes.has(component.area)
        };
        let is_room: Vec<bool> = components.list.iter().map(is_room).collect();
        let mut made: Vec<Option<u16>> = vec![None; components.list.len()];
        let runs = || components.runs.iter().filter(|run| run.label != 0);
        for run in runs().filter(|run| is_room[run.component as usize]) {
            let made = &mut made[run.component as usize];
            if made.is_none() {
                *made = run.cells(width).find_map(&known).map(|piece| self.add(piece));
            }
        }
        let mut ids = self.unused_ids();
        for run in runs() {
            let component = run.component as usize;
            if is_room[component] && made[component].is_none() {
                let id = ids.next().unwrap_or(RoomId::new(FIRST_UNNAMED));
                made[component] = Some(self.add(RoomPiece::new(id, None, PieceOrigin::Loose)));
            }
            let is_ray = run.label == 2 && self.is_large(components.list[component].area);
            let label = if is_ray { LOOSE } else { made[component].unwrap_or(GAP) };
            for own in self.labels[run.cells(width)].iter_mut().filter(|own| **own == LOOSE) {
                *own = label;
            }
        }
    }

    /// The numbers that no room has, and that no robot which counts its rooms gives one, in order.
    fn unused_ids(&self) -> impl Iterator<Item = RoomId> + use<> {
        let taken = RoomIds::of(self.pieces.iter().map(|piece| piece.id));
        (FIRST_UNNAMED..=u32::MAX).map(RoomId::new).filter(move |&id| !taken.has(id))
    }
}

/// The greatest of some areas, as many as decide which of them are among so many.
struct Sizes {
    most: usize,
    /// At most one more, descending.
    greatest: Vec<u32>,
}

impl Sizes {
    /// For the parts of a room. All redacted regions together are one room, which has as many pieces as a home has
    /// rooms.
    const fn of_parts(origin: PieceOrigin) -> Self {
        Self::of_at_most(if matches!(origin, PieceOrigin::Region) { MAX_ROOMS } else { MOST_PIECES })
    }

    const fn of_at_most(most: usize) -> Self {
        Self { most, greatest: Vec::new() }
    }

    fn add(&mut self, area: u32) {
        let place = self.greatest.partition_point(|&other| other >= area);
        if place <= self.most {
            self.greatest.truncate(self.most);
            self.greatest.insert(place, area);
        }
    }

    /// The area is among the greatest, with all that equal it.
    fn has(&self, area: u32) -> bool {
        self.greatest.get(self.most).is_none_or(|&next| area > next)
    }
}

/// The label of the piece at an index.
#[expect(clippy::cast_possible_truncation, reason = "there are at most 40 times MAX_ROOMS pieces")]
const fn label_of(piece: usize) -> u16 {
    piece as u16 + FIRST_ROOM
}

#[cfg(test)]
mod tests {
    use super::{Components, FIRST_ROOM, LOOSE, PieceLabels, PieceOrigin, RoomId, RoomPiece, Shape};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        /// Whatever is skipped decides nothing.
        #[test]
        fn what_is_enclosed_is_asked_for_where_it_matters(
            width in 3..14_usize, cells in prop::collection::vec(0..12_u16, 9..170), found in prop::bool::ANY,
            least in 1..20_u8, many in 0..3_u16,
        ) {
            // Mostly floor of one kind, so that there are rings.
            let label = |cell: u16| match cell {
                0..3 => cell,
                3 => FIRST_ROOM + 1,
                _ => [FIRST_ROOM, LOOSE, 0][usize::from(many)],
            };
            let labels: Vec<u16> = cells.into_iter().map(label).collect();
            let shape = Shape::of_rows(width, labels.len());
            let pieces = [PieceOrigin::Given, PieceOrigin::Region].map(|it| RoomPiece::new(RoomId::new(7), None, it));
            let settled = |is_asked: bool| {
                let mut floor = PieceLabels {
                    shape,
                    labels: labels[..shape.len()].to_vec(),
                    pieces: pieces.to_vec(),
                    least_cells: least.into(),
                    found,
                };
                let components = Components::of(&floor.labels, shape);
                let is_asked = is_asked || floor.depends_on_enclosures(&components);
                floor.settle_with(components, is_asked, &[0], &|_| None);
                (floor.labels, floor.pieces.iter().map(|piece| piece.fragment).collect::<Vec<_>>())
            };
            prop_assert_eq!(settled(false), settled(true));
        }
    }
}
