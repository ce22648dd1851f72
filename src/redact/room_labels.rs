//! Labels during redaction: pieces with the regions cut out, and the rooms made of them.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::clutter::{areas, fill_clutter, fill_gaps};
use super::redaction::Redaction;
use crate::grid::components::{Components, Run};
use crate::grid::raster::fill_polygons;
use crate::grid::sorted::ByKey;
use crate::grid::{BitGrid, Borders, Shape, narrow};
use crate::home::outline;
use crate::home::{
    FIRST_ROOM, GAP, Home, LEAST_ROOM_M2, LOOSE, NO_FLOOR, PieceLabels, PieceOrigin, RoomId, RoomPiece,
};

/// A home's labels, with the redacted regions as pieces of their own.
pub(super) struct RegionCut<'a> {
    /// As [`Home`] has them, for `pieces`.
    pub(super) labels: Cow<'a, [u16]>,
    pub(super) pieces: Cow<'a, [RoomPiece]>,
}

impl<'a> RegionCut<'a> {
    /// Cuts the regions out, and decides on what is left as if they were walls: which parts of rooms and which free
    /// cells are pieces. Without any, nothing is copied.
    pub(super) fn of(home: &'a Home, redaction: &Redaction) -> Self {
        if redaction.regions.is_empty() && redaction.cells.is_empty() {
            let labels =
                mutant!(KeepOutsAsWalls, Cow::from(&home.labels), crate::mutants::walled(home).into());
            return Self { labels, pieces: Cow::from(&home.pieces) };
        }
        // As the home was given: one label a room, and none for the floor that nobody gave one.
        let mut rooms: ByKey<RoomId, u16> = ByKey::new();
        let given = |(label, piece): (u16, &RoomPiece)| match piece.origin {
            PieceOrigin::Loose => LOOSE,
            _ => *rooms.or_insert_with(piece.id, || label),
        };
        let given: Vec<u16> = (FIRST_ROOM..).zip(&home.pieces).map(given).collect();
        let as_given = |&label: &u16| match label {
            NO_FLOOR | LOOSE => label,
            GAP => LOOSE,
            _ => given[usize::from(label - FIRST_ROOM)],
        };
        let mut floor = PieceLabels {
            shape: home.shape,
            labels: home.labels.iter().map(as_given).collect(),
            pieces: home.pieces.clone(),
            least_cells: LEAST_ROOM_M2 / (home.resolution_m * home.resolution_m),
            found: home.found,
        };
        let region = floor.add(RoomPiece::new(RoomId::new(u32::MAX), None, PieceOrigin::Region));
        let regions: Vec<_> = redaction
            .regions
            .iter()
            .map(|region| outline::moved(region, |at| home.frame.corner_to_crop(at)))
            .collect();
        let regions: Vec<_> = regions.iter().collect();
        let mut cut = |cell: usize| {
            if floor.labels[cell] != NO_FLOOR {
                floor.labels[cell] = region;
            }
        };
        redaction.cells.iter().for_each(|&cell| cut(cell));
        fill_polygons(&regions, home.resolution_m, home.shape, cut);
        let known = |cell: usize| {
            home.piece(home.labels[cell]).copied().filter(|piece| piece.origin == PieceOrigin::Loose)
        };
        floor.settle(Components::of(&floor.labels, home.shape), &home.disc(), &known);
        Self { labels: floor.labels.into(), pieces: floor.pieces.into() }
    }
}

/// The cells of the rooms that stay, with gaps given to them and clutter filled.
pub(super) struct RoomLabels {
    pub(super) shape: Shape,
    /// 0 for none, i + 1 for room i.
    pub(super) labels: Vec<u16>,
    /// Runs of the labels; two of one label may touch.
    pub(super) runs: Components,
    /// Cells of gaps between rooms that are as much the one's as the other's: they belong to none, and a door may lead
    /// over them.
    pub(super) shared: Vec<usize>,
    /// Where rooms meet.
    pub(super) borders: Borders,
}

impl RoomLabels {
    /// Labels the rooms that stay; fragments are no rooms.
    ///
    /// # Complexity
    /// O(cells).
    pub(super) fn of(cut: &RegionCut<'_>, shape: Shape, stays: &dyn Fn(usize) -> bool) -> Self {
        let stays: Vec<bool> =
            (0..).zip(cut.pieces.iter()).map(|(i, piece)| !piece.fragment && stays(i)).collect();
        let label_of = |label: u16| match label.checked_sub(FIRST_ROOM) {
            Some(room) if stays.get(usize::from(room)) == Some(&true) => room + 1,
            _ => u16::from(label == GAP) * GAP,
        };
        let width = shape.width;
        let mut starts = BitGrid::label_starts(&cut.labels, width);
        let mut runs = Components::of_starts(&starts, &|cell| label_of(cut.labels[cell]));
        let mut labels = vec![0_u16; cut.labels.len()];
        let mut gaps: Vec<u32> = Vec::new();
        for run in runs.runs.iter().filter(|run| run.label != 0) {
            let cells = run.cells(width);
            if run.label == GAP {
                gaps.extend(narrow(cells.start)..narrow(cells.end));
            }
            labels[cells].fill(run.label);
        }
        let mut shared = Vec::new();
        if !gaps.is_empty() {
            fill_gaps(&mut labels, shape, &gaps, &areas(&runs));
            shared = self::shared(&labels, shape, &gaps);
            // A gap is no clutter of the room around it.
            for &cell in &shared {
                labels[cell] = GAP;
            }
            for run in runs.runs.iter().filter(|run| run.label == GAP) {
                let cells = run.cells(width);
                starts.insert_all(cells.start..(cells.end + 1).min(labels.len()));
            }
            drop(runs);
            runs = Components::of_starts(&starts, &|cell| labels[cell]);
        }
        let borders = fill_clutter(&mut labels, shape, &mut runs);
        runs.runs.iter_mut().filter(|run| run.label == GAP).for_each(|run| run.label = 0);
        for &cell in &shared {
            labels[cell] = 0;
        }
        Self { shape, labels, runs, shared, borders }
    }

    /// The runs of rooms' cells.
    pub(super) fn of_rooms(&self) -> impl Iterator<Item = (&Run, usize)> {
        self.runs.runs.iter().filter_map(|run| Some((run, usize::from(run.label.checked_sub(1)?))))
    }

    /// Number of cells of each room.
    pub(super) fn areas(&self, rooms: usize) -> Vec<u32> {
        let mut areas = vec![0; rooms];
        for (run, room) in self.of_rooms() {
            areas[room] += run.len();
        }
        areas
    }

    /// The cells of the rooms wanted that are nearest to some columns and rows, all of the equally near ones, in order.
    pub(super) fn nearest(&self, places: &[(i64, i64)], wanted: impl Fn(usize) -> bool) -> Vec<usize> {
        let runs = self.of_rooms().filter(|&(_, room)| wanted(room));
        let runs_and_places = runs.flat_map(|(run, _)| places.iter().map(move |&place| (run, place)));
        let ranked = runs_and_places.map(|(run, (x, y))| {
            let column = x.clamp(run.span.start.into(), i64::from(run.span.end) - 1);
            let far = (column - x).pow(2) + (i64::from(run.span.y) - y).pow(2);
            let ahead = usize::try_from(column - i64::from(run.span.start)).unwrap_or(0);
            (far, run.cells(self.shape.width).start + ahead)
        });
        let mut nearest = Vec::new();
        let mut least = None;
        for (rank, cell) in ranked {
            if least.is_none_or(|least| rank < least) {
                least = Some(rank);
                nearest.clear();
            }
            if least == Some(rank) {
                nearest.push(cell);
            }
        }
        nearest.sort_unstable();
        nearest.dedup();
        nearest
    }
}

/// The gap cells that were given to no room and hang together with one.
fn shared(labels: &[u16], shape: Shape, gaps: &[u32]) -> Vec<usize> {
    let gaps = || gaps.iter().map(|&cell| cell as usize).filter(|&cell| labels[cell] == 0);
    let mut open = BitGrid::of_cells(shape, gaps());
    let mut next: Vec<usize> =
        gaps().filter(|&cell| shape.neighbours(cell).any(|near| labels[near] != 0)).collect();
    let mut shared = Vec::new();
    while let Some(cell) = next.pop() {
        if open.take(cell) {
            shared.push(cell);
            next.extend(shape.neighbours(cell).filter(|&near| open.has(near)));
        }
    }
    shared.sort_unstable();
    shared
}
