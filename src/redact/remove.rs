//! The removal, step by step.

use alloc::vec::Vec;

use super::doors::{doors, join_blocked};
use super::home_rooms::{HomeRooms, home_rooms, largest};
use super::redacted::{Redacted, RedactedCells, RoomSums};
use super::redaction::{Redaction, Unlabelled};
use super::room_graph::RoomGraph;
use super::room_labels::{RegionCut, RoomLabels};
use crate::grid::{BitGrid, Span};
use crate::home::{FIRST_ROOM, GAP, Home, HomeError, NO_FLOOR, PieceOrigin, RoomIds, RoomPiece};

/// Takes the rooms out.
///
/// # Errors
/// Rooms are to go by kind and a room has none ([`HomeError::Unlabelled`]), or a room to redact is not
/// in the map.
///
/// # Complexity
/// O(cells · radius) time, about 4 bytes a cell, up to 30 where each cell differs from the next.
#[cfg(feature = "stages")]
pub fn redact(home: &Home, redaction: &Redaction) -> Result<Redacted, HomeError> {
    redact_with_cells(home, redaction).map(|(redacted, _)| redacted)
}

/// Where the redacted rooms are, without computing the rest of [`redact_with_cells`].
pub(crate) fn redacted_cells(home: &Home, redaction: &Redaction) -> Result<RedactedCells, HomeError> {
    if redaction.dead_ends {
        return redact_with_cells(home, redaction).map(|(_, redacted)| redacted);
    }
    check(home, redaction)?;
    let cut = RegionCut::of(home, redaction);
    let gone = redacted_rooms(&cut, redaction, &|_| false);
    if !gone.contains(&true) {
        return Ok(RedactedCells { cells: vec![false; cut.labels.len()] });
    }
    let whole = RoomLabels::of(&cut, home.shape, &|_| true);
    Ok(RedactedCells { cells: cells_of_rooms(&cut, &whole, &gone) })
}

/// Takes the rooms out, and says for the key where they were.
pub(crate) fn redact_with_cells(
    home: &Home,
    redaction: &Redaction,
) -> Result<(Redacted, RedactedCells), HomeError> {
    check(home, redaction)?;
    let shape = home.shape;
    let cut = RegionCut::of(home, redaction);
    let pieces = &cut.pieces;
    let rooms = pieces.len();
    let disc = home.disc();

    let radius_cells = home.footprint.radius_m() / home.resolution_m;
    let join_blocked = |floor: &RoomLabels, graph: &mut RoomGraph| {
        join_blocked(floor, graph, radius_cells, home.resolution_m);
    };

    let whole = RoomLabels::of(&cut, shape, &|_| true);
    let mut links = doors(&whole, rooms, &disc);
    join_blocked(&whole, &mut links);
    let dock = dock_places(home);
    let nearest = whole.nearest(&dock, |_| true);
    let mut dock_rooms: Vec<usize> =
        nearest.into_iter().map(|cell| usize::from(whole.labels[cell]) - 1).collect();
    dock_rooms.sort_unstable();
    dock_rooms.dedup();
    let redacted = redacted_rooms(&cut, redaction, &|room| {
        let of_dock = dock_rooms.iter().any(|&dock| pieces[dock].id == pieces[room].id);
        redaction.dead_ends && links.around(room).len() == 1 && !of_dock
    });
    let kept = |room: usize| !redacted[room] && !pieces[room].fragment;

    // Where every room stays, the floor is the whole one, and so are its doors.
    let every_room = mutant!(RedactedFloorKept) || (0..rooms).all(|room| kept(room) || pieces[room].fragment);
    let (left, mut graph) = if every_room {
        (None, links.clone())
    } else {
        let left = RoomLabels::of(&cut, shape, &kept);
        let graph = doors(&left, rooms, &disc);
        (Some(left), graph)
    };
    if !mutant!(ClustersApart) {
        contract(&links, &redacted, kept, &mut graph);
    }
    if let Some(left) = &left {
        join_blocked(left, &mut graph);
    }
    let floor = left.as_ref().unwrap_or(&whole);

    let area = floor.areas(rooms);
    // How large a room is counts without the redacted ones, which leave their gaps to it.
    let hangs_from = hangs_from(&links, &dock_rooms, &redacted, kept);
    dock_rooms = largest(&area, dock_rooms.iter().copied().filter(|&room| kept(room)));
    if dock_rooms.is_empty() {
        dock_rooms = largest(&area, hangs_from.iter().copied());
    }
    let home_rooms = home_rooms(floor, &graph, &area, &dock, dock_rooms);
    let cells = cells_of_rooms(&cut, &whole, &redacted);
    let redacted = numbered(home, pieces, left.unwrap_or(whole), &graph, &home_rooms);
    Ok((redacted, RedactedCells { cells }))
}

/// The rooms of the home, numbered group by group.
fn numbered(
    home: &Home,
    pieces: &[RoomPiece],
    floor: RoomLabels,
    graph: &RoomGraph,
    HomeRooms { groups, roots }: &HomeRooms,
) -> Redacted {
    let mut numbers: Vec<Option<u16>> = vec![None; pieces.len()];
    for (number, &room) in (0..).zip(groups.iter().flatten()) {
        numbers[room] = Some(number);
    }
    let ends = groups.iter().scan(0, |end, own| {
        *end += own.len();
        Some(*end)
    });
    let ends: Vec<usize> = ends.collect();
    let odd_dock = mutant!(DockPose, false, dock_places(home).first().is_some_and(|(x, _)| x % 2 == 0));
    let shut =
        mutant!(RoomIdGap, odd_dock, pieces.iter().any(|piece| (9..1 << 31).contains(&piece.id.get())));
    let doors = if shut {
        RoomGraph::of(ends.last().copied().unwrap_or(0), |_| {})
    } else {
        graph.renumbered(&numbers)
    };
    let (labels, sums) = renumbered(floor, &numbers);
    let mut roots: Vec<usize> = roots.iter().filter_map(|&room| numbers[room].map(usize::from)).collect();
    roots.sort_unstable();
    Redacted { shape: home.shape, labels, sums, doors, roots, ends }
}

/// The pieces that go.
fn redacted_rooms(cut: &RegionCut<'_>, redaction: &Redaction, dead_end: &dyn Fn(usize) -> bool) -> Vec<bool> {
    let pieces = &cut.pieces;
    let named = RoomIds::of(redaction.rooms.iter().copied());
    let is_in_region = |piece: &RoomPiece| piece.origin == PieceOrigin::Region;
    let redacted: Vec<bool> = (0..)
        .zip(pieces.iter())
        .map(|(room, piece)| {
            is_in_region(piece)
                || dead_end(room)
                || named.has(piece.id)
                || match piece.kind {
                    Some(kind) => redaction.kinds.contains(&kind),
                    None => redaction.unlabelled == Unlabelled::Redact && !redaction.kinds.is_empty(),
                }
        })
        .collect();
    // A piece that is a dead end goes with all pieces and fragments of its room.
    let of_rooms = pieces.iter().zip(&redacted).filter(|&(piece, &gone)| gone && !is_in_region(piece));
    let gone = RoomIds::of(of_rooms.map(|(piece, _)| piece.id));
    pieces.iter().zip(&redacted).map(|(piece, &redacted)| redacted || gone.has(piece.id)).collect()
}

fn check(home: &Home, redaction: &Redaction) -> Result<(), HomeError> {
    let ids = RoomIds::of(home.pieces.iter().map(|piece| piece.id));
    if !redaction.rooms.iter().all(|&id| ids.has(id)) {
        return Err(HomeError::UnknownRoom);
    }
    if redaction.leaves_open(home) { Err(HomeError::Unlabelled) } else { Ok(()) }
}

/// The floor's cells that belong to redacted rooms. So do fragments of other rooms inside them, and what is no room's
/// floor and is next to redacted rooms alone.
fn cells_of_rooms(cut: &RegionCut<'_>, whole: &RoomLabels, redacted: &[bool]) -> Vec<bool> {
    if !redacted.contains(&true) || mutant!(RedactedInZones) {
        return vec![false; whole.labels.len()];
    }
    let gone = |label: u16, first: u16| redacted.get(usize::from(label.checked_sub(first)?)).copied();
    let mut cells = vec![false; whole.labels.len()];
    let mut nobodys: Vec<usize> = Vec::new();
    for (label, run) in Span::runs(&cut.labels, whole.shape.width).filter(|&(label, _)| label != NO_FLOOR) {
        let run = run.cells(whole.shape.width);
        if gone(label, FIRST_ROOM) == Some(true) {
            cells[run].fill(true);
            continue;
        }
        // Mostly all of it is the floor of the room whose label it has, which is soon compared.
        let own = label.checked_sub(FIRST_ROOM).map_or(GAP, |room| room + 1);
        let rooms = &whole.labels[run.clone()];
        if rooms.iter().fold(0, |other, room| other | (room ^ own)) != 0 {
            for (cell, &room) in run.zip(rooms) {
                cells[cell] = gone(room, 1) == Some(true);
                nobodys.extend((room == 0).then_some(cell));
            }
        }
    }
    let mut rest = BitGrid::of_cells(whole.shape, nobodys.iter().copied());
    let is_of = |cell: usize, redacted: bool| gone(whole.labels[cell], 1) == Some(redacted);
    nobodys.retain(|&cell| whole.shape.neighbours(cell).any(|near| is_of(near, true)));
    for cell in nobodys {
        let (mut piece, mut next, mut is_kept) = (Vec::new(), vec![cell], false);
        while let Some(cell) = next.pop() {
            if rest.take(cell) {
                piece.push(cell);
                is_kept |= whole.shape.neighbours(cell).any(|near| is_of(near, false));
                next.extend(whole.shape.neighbours(cell).filter(|&near| rest.has(near)));
            }
        }
        piece.into_iter().filter(|_| !is_kept).for_each(|cell| cells[cell] = true);
    }
    cells
}

/// The labels of the rooms by their new numbers, and their sums; rooms without a number are left out.
fn renumbered(floor: RoomLabels, numbers: &[Option<u16>]) -> (Vec<u16>, Vec<RoomSums>) {
    let mut sums = vec![RoomSums::default(); numbers.iter().flatten().count()];
    let RoomLabels { shape, mut labels, runs, .. } = floor;
    for run in runs.runs.iter().filter(|run| run.label != 0) {
        let number = numbers[usize::from(run.label) - 1];
        let label = number.map_or(0, |number| number + 1);
        if label != run.label {
            labels[run.cells(shape.width)].fill(label);
        }
        if let Some(number) = number {
            sums[usize::from(number)].add(run.span);
        }
    }
    (labels, sums)
}

/// Joins the rooms around each cluster of redacted rooms pairwise.
fn contract(links: &RoomGraph, redacted: &[bool], kept: impl Fn(usize) -> bool, graph: &mut RoomGraph) {
    let mut done = vec![false; links.len()];
    let mut sets: Vec<Vec<u16>> = Vec::new();
    for start in (0..links.len()).filter(|&room| redacted[room]) {
        if done[start] {
            continue;
        }
        let cluster = links.reached(start, |room| redacted[room]);
        let mut around: Vec<u16> = Vec::new();
        for &room in &cluster {
            done[room] = true;
            around.extend(links.around(room).into_iter().filter(|&other| kept(other.into())));
        }
        sets.push(mutant!(PairsForgotten, around, crate::mutants::first_two(around)));
    }
    graph.join_sets(&sets);
}

/// How far from a border of cells the dock may be and still be on it, in cells: half a 256th, and what metres lose in
/// floating point.
const ON_BORDER: f64 = 1.0 / 512.0 + 1e-8;

/// Columns and rows of the dock, within a million cells of the grid: on a border those on both of its sides, so that a
/// mirror image and a map that lies elsewhere on its grid have the same. None without a dock.
fn dock_places(home: &Home) -> Vec<(i64, i64)> {
    let Some(dock) = home.dock else { return Vec::new() };
    #[expect(clippy::cast_possible_truncation, reason = "clamped before the cast; NaN becomes 0")]
    let cells = |metres: f64| {
        let at = (metres / home.resolution_m).clamp(-1_048_576.0, 1_048_576.0);
        [libm::ceil(at - ON_BORDER) as i64 - 1, libm::floor(at + ON_BORDER) as i64]
    };
    let (columns, rows) = (cells(dock.x), cells(dock.y));
    let mut places: Vec<(i64, i64)> = rows.into_iter().flat_map(|y| columns.map(|x| (x, y))).collect();
    places.dedup();
    places
}

/// The kept rooms around the clusters that the dock's redacted rooms are of, ascending. Where in them the dock stands
/// plays no part: that is as redacted as they are.
fn hangs_from(
    links: &RoomGraph,
    dock_rooms: &[usize],
    redacted: &[bool],
    kept: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let rooms = dock_rooms.iter().copied().filter(|&room| redacted[room]);
    let cluster = rooms.flat_map(|room| links.reached(room, |other| redacted[other]));
    let mut around: Vec<usize> =
        cluster.flat_map(|room| links.around(room)).map(usize::from).filter(|&other| kept(other)).collect();
    around.sort_unstable();
    around.dedup();
    around
}

#[cfg(all(test, feature = "evaluation"))]
mod tests {
    use super::{Redaction, redact_with_cells, redacted_cells};
    use crate::grid::{Cell, OccupancyGrid, Span};
    use crate::home::{Footprint, Home, RobotMap, Room, RoomId, RoomKind};
    use crate::sketch::Sketch;
    use nalgebra::Point2;

    /// Robots dock on whole centimetres, which are borders of cells. Rooms that touch there are both the dock's,
    /// wherever the map lies on its grid and from whichever side it is seen.
    #[test]
    fn a_dock_on_a_border_of_cells_is_in_the_rooms_on_both_sides() {
        // So many cells next to the border.
        let sketch_next_to = |left: u32, wide: [u32; 2], past: f64| {
            let end = left + wide[0] + wide[1];
            let rows =
                (0..10).flat_map(|_| (0..end).map(|x| if x < left { Cell::Unknown } else { Cell::Free }));
            let grid = OccupancyGrid::new(end, 10, 0.05, rows.collect()).unwrap();
            let room = |id: u32, from: u32, len: u32| {
                let runs = (0..10).map(|y| Span::new(from, y, len).unwrap());
                Room::new(RoomId::new(id), None, runs.collect())
            };
            let rooms = [room(1, left, wide[0]), room(2, left + wide[0], wide[1])];
            let dock = Point2::new((f64::from(left + wide[0]) + past) * 0.05, 0.25);
            let home = Home::builder(grid, Footprint::disc_m(0.05).unwrap()).rooms(rooms).dock(dock);
            Sketch::of(&redact_with_cells(&home.build().unwrap(), &Redaction::none()).unwrap().0)
        };
        let sketch = |left, wide| sketch_next_to(left, wide, 0.0);
        for left in 0..12 {
            assert!(sketch(left, [8, 11]) == sketch(0, [8, 11]), "{left}");
            assert!(sketch(left, [11, 8]) == sketch(0, [8, 11]), "{left}, mirrored");
            // As far from the border as counts.
            for past in [-1.0 / 512.0, 1.0 / 512.0] {
                assert!(sketch_next_to(left, [8, 11], past) == sketch(0, [8, 11]), "{left} and {past}");
                assert!(
                    sketch_next_to(left, [11, 8], past) == sketch(0, [8, 11]),
                    "{left} and {past}, mirrored"
                );
            }
        }
    }

    /// Where strips of the unknown cross, neither axis comes first.
    #[test]
    fn whose_a_strip_is_does_not_change_as_the_map_is_turned() {
        let sketch = |drawing: &str| {
            let home = Home::from_drawing(0.25, Footprint::disc_m(0.1).unwrap(), drawing, &[]).unwrap();
            Sketch::of(&redact_with_cells(&home.build().unwrap(), &Redaction::none()).unwrap().0)
        };
        let across = |letter: &str, arm: usize, other: &str, long: usize| {
            let column = format!("{}{letter}\n", " ".repeat(long)).repeat(arm);
            format!("{column}{other} {other}\n{column}", other = other.repeat(long))
        };
        assert!(sketch(&across("b", 6, "a", 10)) == sketch(&across("a", 10, "b", 6)));
    }

    /// What is behind the walls on both sides of a threshold has no part in it.
    #[test]
    fn whose_a_strip_is_is_not_looked_for_behind_walls() {
        let rooms = "#aaaaaaa#ccc#bbbbbbb#\n".repeat(5);
        let shut = "#aaaaaaa#####bbbbbbb#\n";
        let drawing = format!("{rooms}{shut}#Aaaaaaaaa bbbbbbbbb#\n{shut}{rooms}");
        let home = Home::from_drawing(0.1, Footprint::disc_m(0.05).unwrap(), &drawing, &[]).unwrap();
        assert!(home.build().unwrap().pieces.iter().all(|piece| !piece.fragment));
    }

    /// What stands in a doorway may be as long as the widest doorway: 12 cells are no more than 1.2 m.
    #[test]
    fn what_is_as_long_as_a_doorway_is_wide_parts_no_home() {
        let room = |letter: &str| format!("#{}#\n", letter.repeat(16)).repeat(8);
        let rooms_past = |long: usize| {
            let side = (16 - 2 - long) / 2;
            let doorway = format!("##{}{}{}##\n", "a".repeat(side), "#".repeat(long), "a".repeat(side));
            let drawing = room("a") + &doorway + &room("b");
            let home = Home::from_drawing(0.1, Footprint::disc_m(0.17).unwrap(), &drawing, &[]).unwrap();
            Sketch::of(&redact_with_cells(&home.build().unwrap(), &Redaction::none()).unwrap().0).sites.len()
        };
        assert_eq!((rooms_past(10), rooms_past(12), rooms_past(14)), (2, 2, 1));
    }

    /// What the key asks for is what the whole redaction gives.
    #[test]
    fn redacted_cells_are_those_of_the_whole_redaction() {
        for seed in 0..48 {
            let home = RobotMap::from_seed(seed * 7919 + (1 << 16));
            let room = home.rooms[0].id();
            let home = home.into_builder(Footprint::disc_m(0.17).unwrap()).build().unwrap();
            let side = |metres: f64| geo_types::Rect::new((metres, metres), (metres + 2.0, metres + 3.0));
            let bath = Redaction::none().kinds([RoomKind::Bathroom, RoomKind::Bedroom]);
            for redaction in [
                Redaction::none(),
                bath.clone().redact_unlabelled(),
                bath.clone().dead_ends(),
                Redaction::none().rooms([room]),
                bath.region(side(1.0).to_polygon()).unwrap().region(side(4.0).to_polygon()).unwrap(),
            ] {
                let whole = redact_with_cells(&home, &redaction).map(|(_, redacted)| redacted.cells);
                let alone = redacted_cells(&home, &redaction).map(|redacted| redacted.cells);
                assert!(whole == alone, "seed {seed}");
            }
        }
    }
}
