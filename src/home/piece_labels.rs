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

    /// The piece whose floor a label marks.
    fn entry(&self, label: u16) -> Option<usize> {
        label.checked_sub(FIRST_ROOM).map(usize::from).filter(|&entry| entry < self.pieces.len())
    }

    /// Makes each piece connected: its largest part keeps the label, other large parts (and others as large
    /// as the largest) become pieces, the rest fragments. Gives the components of the labels as they were before.
    ///
    /// # Complexity
    /// O(cells · log cells) at most, mostly O(cells).
    pub(crate) fn split_labels(&mut self) -> Components {
        let components = Components::of(&self.labels, self.shape);
        let mut largest = vec![(0_u32, u32::MAX); self.pieces.len()];
        for (number, component) in (0..).zip(&components.list) {
            if let Some(entry) = self.entry(component.label)
                && component.area > largest[entry].0
            {
                largest[entry] = (component.area, number);
            }
        }
        let mut parts = vec![0_u32; self.pieces.len()];
        for entry in components.list.iter().filter_map(|component| self.entry(component.label)) {
            parts[entry] += 1;
        }
        let enclosures = Enclosures::of(
            &components,
            |component| self.entry(component.label).is_some_and(|entry| parts[entry] > 1),
            |label| label >= FIRST_ROOM && label != GAP,
        );
        // Free cells within a ring of furniture belong to the furniture, and both to the room around, if no other room
        // is there.
        let enclosed = |inner: u32, outer: u32| {
            enclosures.has_alone(outer, inner, components.list[inner as usize].label)
        };
        // A part that encloses the largest takes its place.
        for (number, component) in (0..).zip(&components.list) {
            if let Some(entry) = self.entry(component.label)
                && enclosed(largest[entry].1, number)
            {
                largest[entry] = (component.area, number);
            }
        }
        let mut fragments: Vec<Option<u16>> = vec![None; self.pieces.len()];
        let mut relabelled: Vec<u16> = Vec::with_capacity(components.list.len());
        for (number, component) in (0..).zip(&components.list) {
            let Some(entry) = self.entry(component.label) else {
                relabelled.push(component.label);
                continue;
            };
            let piece = self.pieces[entry];
            let label = if largest[entry].1 == number || piece.fragment {
                component.label
            } else if (f64::from(component.area) >= self.least_cells || component.area == largest[entry].0)
                && self.pieces.len() < 4 * MAX_ROOMS
                && !enclosed(number, largest[entry].1)
            {
                self.add(piece)
            } else {
                *fragments[entry].get_or_insert_with(|| {
                    self.pieces.push(RoomPiece { fragment: true, ..piece });
                    label_of(self.pieces.len() - 1)
                })
            };
            relabelled.push(label);
        }
        for run in &components.runs {
            let label = relabelled[run.component as usize];
            if label != run.label {
                self.labels[run.cells(self.shape.width)].fill(label);
            }
        }
        components
    }

    /// Makes rooms of free cells without a room where they are broad and many, unless the rooms are `found` ones,
    /// and marks the small pieces as gaps. Takes the components of the labels.
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
            let mut made: Vec<Option<u16>> = vec![None; components.list.len()];
            let mut ids = self.unused_ids();
            for run in components.runs.iter().filter(|run| run.label != 0) {
                let component = run.component as usize;
                if is_large(&components.list[component])
                    && made[component].is_none()
                    && self.pieces.len() < 4 * MAX_ROOMS
                {
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

/// The label of the piece at an index.
#[expect(clippy::cast_possible_truncation, reason = "there are at most 8 times MAX_ROOMS pieces")]
const fn label_of(piece: usize) -> u16 {
    piece as u16 + FIRST_ROOM
}
