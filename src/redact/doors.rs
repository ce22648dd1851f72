//! The graph of rooms: which two have a passage that the robot fits through.
//!
//! Two rooms have a door where the robot's disc can stand on either side of their border, or can go over a gap between
//! them that is neither's. Rooms that are apart by that rule are looked at once more, for *blocked doors*: something
//! stands in the doorway while the map is made, and leaves no room for the robot next to it. Such a door counts where
//! nothing else joins the two sides, so it never changes how rooms hang together that hang together anyway.

use alloc::vec::Vec;

use super::room_graph::RoomGraph;
use super::room_labels::RoomLabels;
use crate::grid::BitGrid;
use crate::grid::sorted::sort_short;
use crate::grid::standable::disc_rows;

/// The widest doorway, in metres: what stands free in one is no longer.
const DOORWAY_M: f64 = 1.2;

/// The rooms with the doors between them.
///
/// # Complexity
/// O(cells · radius).
pub(crate) fn doors(floor: &RoomLabels, rooms: usize, disc: &[u8]) -> RoomGraph {
    RoomGraph::of(rooms, |join| passages(floor, &floor.shared, disc, join))
}

/// Adds the blocked doors between rooms that the graph leaves apart: without what stands free between rooms and fits
/// into a doorway, a disc of half the robot's radius passes, rounded up to whole cells. So a gap counts that is at
/// least half as wide as the robot.
///
/// # Complexity
/// O(cells · radius) where rooms are apart, O(rooms + doors) elsewhere.
pub(crate) fn join_blocked(floor: &RoomLabels, graph: &mut RoomGraph, radius_cells: f64, cell_m: f64) {
    let areas = floor.areas(graph.len());
    let groups = graph.groups(&|room| areas[room] > 0);
    if groups.iter().flatten().max().is_none_or(|&last| last == 0) {
        return;
    }
    let mut over = floor.shared.clone();
    over.extend(standing_free(floor, DOORWAY_M / cell_m + 1e-6));
    let half = disc_rows(libm::ceil(radius_cells / 2.0).min(radius_cells));
    let blocked = RoomGraph::of(graph.len(), |join| {
        passages(floor, &over, &half, &mut |a, b| {
            if groups[usize::from(a)] != groups[usize::from(b)] {
                join(a, b);
            }
        });
    });
    graph.add(blocked);
}

/// Calls `visit` with the rooms of each passage for a disc, which may stand on cells of rooms and `over` some others.
fn passages(floor: &RoomLabels, over: &[usize], disc: &[u8], visit: &mut dyn FnMut(u16, u16)) {
    let mut open = BitGrid::of_cells(floor.shape, over.iter().copied());
    let mut stand = open.clone();
    for (run, _) in floor.of_rooms() {
        stand.insert_all(run.cells(floor.shape.width));
    }
    stand = stand.eroded(disc);
    floor.borders.each(|a, b| {
        if stand.has(a)
            && stand.has(b)
            && let (Some(one), Some(other)) = (floor.labels[a].checked_sub(1), floor.labels[b].checked_sub(1))
        {
            visit(one, other);
        }
    });
    for &start in over {
        // The rooms that a piece of these cells leads to.
        let mut met: Vec<u16> = Vec::new();
        let mut next = vec![start];
        while let Some(cell) = next.pop() {
            if !stand.has(cell) || !open.take(cell) {
                continue;
            }
            for near in floor.shape.neighbours(cell).filter(|&near| stand.has(near)) {
                match floor.labels[near].checked_sub(1) {
                    Some(room) => met.push(room),
                    None => next.push(near),
                }
            }
        }
        sort_short(&mut met);
        met.dedup();
        for (i, &a) in met.iter().enumerate() {
            met[i + 1..].iter().for_each(|&b| visit(a, b));
        }
    }
}

/// The cells of what stands free between rooms and is at most so long.
fn standing_free(floor: &RoomLabels, longest: f64) -> impl Iterator<Item = usize> + '_ {
    let bounds = floor.runs.bounds();
    let list = &floor.runs.list;
    let free = move |component: u32| {
        let component = component as usize;
        list[component].label == 0
            && !list[component].at_edge
            && f64::from(bounds[component].longer_side()) <= longest
    };
    let runs = floor.runs.runs.iter().filter(move |run| run.label == 0 && free(run.component));
    runs.flat_map(|run| run.cells(floor.shape.width))
}
