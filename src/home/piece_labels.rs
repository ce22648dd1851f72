//! Labels put in order: pieces, fragments and gaps.

use alloc::vec::Vec;

use super::labels::{FIRST_ROOM, GAP, LOOSE, NO_FLOOR, RoomPiece};
use super::limits::MAX_ROOMS;
use super::room::RoomId;
use crate::grid::components::{Component, Components};
use crate::grid::enclosure::Enclosures;
use crate::grid::{BitGrid, Shape, Shift};

/// Floor that the robot gave no number has numbers from here on. Robots count their rooms: the number after the
/// greatest on today's map is likely that of a room which is not on it, and an owner who names that room must not mean
/// this floor.
const FIRST_UNNAMED: u32 = 1 << 31;

/// Most pieces that a room becomes; on the real maps tried no room has two. A room has them to itself, so that no other
/// room decides which of its parts stay.
const MOST_PIECES: usize = 8;

/// The number of redacted regions. All of them together are one room, which has as many pieces as a home has rooms.
pub(crate) const OF_REGIONS: RoomId = RoomId::new(u32::MAX);

/// The labels of the cells while they are put in order.
pub(crate) struct PieceLabels {
    pub(crate) shape: Shape,
    pub(crate) labels: Vec<u16>,
    pub(crate) pieces: Vec<RoomPiece>,
    /// How many cells without a label make a room.
    pub(crate) least_cells: f64,
}

impl PieceLabels {
    /// Adds a piece and gives its label.
    pub(crate) fn add(&mut self, piece: RoomPiece) -> u16 {
        self.pieces.push(piece);
        label_of(self.pieces.len() - 1)
    }

    /// Makes each piece connected: its largest part keeps the label, other large parts (and others as large
    /// as the largest) become pieces, the rest fragments. A part is as large as it is with what it alone encloses, and
    /// other parts in there are fragments: free cells within a ring of furniture belong to the furniture, and both to
    /// the room around. Of more large parts than a room may have pieces the largest become pieces, and of equally large
    /// ones all or none. Gives the components of the labels as they were before.
    ///
    /// # Complexity
    /// O(cells · log cells) at most, mostly O(cells).
    pub(crate) fn split_labels(&mut self) -> Components {
        let mut components = Components::of(&self.labels, self.shape);
        let entries = self.pieces.len();
        let entry_of =
            |label: u16| label.checked_sub(FIRST_ROOM).map(usize::from).filter(|&entry| entry < entries);
        let mut parts = vec![0_u32; entries];
        for entry in components.list.iter().filter_map(|component| entry_of(component.label)) {
            parts[entry] += 1;
        }
        let enclosures = Enclosures::of(
            &components,
            |component| entry_of(component.label).is_some_and(|entry| parts[entry] > 1),
            |label| label >= FIRST_ROOM && label != GAP,
        );
        for (around, cells) in enclosures.holes() {
            components.list[around as usize].area += cells;
        }
        let mut largest = vec![0_u32; entries];
        for component in &components.list {
            if let Some(entry) = entry_of(component.label) {
                largest[entry] = largest[entry].max(component.area);
            }
        }
        let least_cells = self.least_cells;
        let is_large = |entry: usize, number: u32, area: u32| {
            (f64::from(area) >= least_cells || area == largest[entry]) && enclosures.hull(number).is_none()
        };
        let (room_of, mut sizes) = self.rooms();
        for (number, component) in (0..).zip(&components.list) {
            if let Some(entry) = entry_of(component.label)
                && !self.pieces[entry].fragment
                && is_large(entry, number, component.area)
            {
                sizes[room_of[entry]].add(component.area);
            }
        }
        let mut kept = vec![false; entries];
        let mut fragments: Vec<Option<u16>> = vec![None; entries];
        let mut relabelled: Vec<u16> = Vec::with_capacity(components.list.len());
        for (number, component) in (0..).zip(&components.list) {
            let Some(entry) = entry_of(component.label).filter(|&entry| !self.pieces[entry].fragment) else {
                relabelled.push(component.label);
                continue;
            };
            let (piece, area) = (self.pieces[entry], component.area);
            let is_piece = is_large(entry, number, area) && sizes[room_of[entry]].has(area);
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
        components
    }

    /// For each piece which room it is of, and the sizes of the parts of each room.
    fn rooms(&self) -> (Vec<usize>, Vec<Sizes>) {
        let mut ids: Vec<u32> = self.pieces.iter().map(|piece| piece.id.get()).collect();
        ids.sort_unstable();
        ids.dedup();
        let room_of =
            self.pieces.iter().map(|piece| ids.partition_point(|&id| id < piece.id.get())).collect();
        let most = |id: u32| if id == OF_REGIONS.get() { MAX_ROOMS } else { MOST_PIECES };
        (room_of, ids.into_iter().map(|id| Sizes::of_at_most(most(id))).collect())
    }

    /// Makes rooms of free cells without a room where they are broad and many, unless the rooms are `found` ones,
    /// and marks the small pieces as gaps. Of more than a home may have rooms the largest become rooms, of equally
    /// large ones all or none. Takes the components of the labels.
    pub(super) fn settle_loose(&mut self, components: Components, disc: &[u8], found: bool) {
        let least_cells = self.least_cells;
        let is_large = |component: &Component| f64::from(component.area) >= least_cells;
        let mut any_large = false;
        for run in components.runs.iter().filter(|run| run.label == LOOSE) {
            if is_large(&components.list[run.component as usize]) {
                any_large = true;
            } else {
                self.labels[run.cells(self.shape.width)].fill(GAP);
            }
        }
        drop(components);
        if !found && any_large {
            // Of the large ones only what the robot can sweep: rays and slits stay without a room.
            let cells_with =
                |holds: fn(u16) -> bool| BitGrid::of(self.shape.width, &self.labels, |&own| holds(own));
            let swept = cells_with(|label| label != NO_FLOOR).eroded(disc).dilated(disc);
            let mut broad = cells_with(|label| label == LOOSE);
            broad.keep(&swept, Shift::Up(0));
            let components = Components::of_sets(&[&broad]);
            let mut sizes = Sizes::of_at_most(MAX_ROOMS);
            let large =
                components.list.iter().filter(|component| component.label != 0 && is_large(component));
            large.for_each(|component| sizes.add(component.area));
            let mut made: Vec<Option<u16>> = vec![None; components.list.len()];
            let mut ids = self.unused_ids();
            for run in components.runs.iter().filter(|run| run.label != 0) {
                let component = run.component as usize;
                let is_room =
                    is_large(&components.list[component]) && sizes.has(components.list[component].area);
                if is_room && made[component].is_none() {
                    let id = ids.next().unwrap_or(RoomId::new(FIRST_UNNAMED));
                    made[component] = Some(self.add(RoomPiece { id, kind: None, fragment: false }));
                }
                self.labels[run.cells(self.shape.width)].fill(made[component].unwrap_or(GAP));
            }
        }
    }

    /// The numbers that no room has, and that no robot which counts its rooms gives one, in order. The greatest of all
    /// is that of redacted regions.
    fn unused_ids(&self) -> impl Iterator<Item = RoomId> + use<> {
        let mut taken: Vec<u32> = self.pieces.iter().map(|piece| piece.id.get()).collect();
        taken.sort_unstable();
        (FIRST_UNNAMED..u32::MAX).filter(move |id| taken.binary_search(id).is_err()).map(RoomId::new)
    }
}

/// The greatest of some areas, as many as decide which of them are among so many.
struct Sizes {
    most: usize,
    /// At most one more, descending.
    greatest: Vec<u32>,
}

impl Sizes {
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
