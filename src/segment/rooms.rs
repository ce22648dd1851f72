//! The six steps, one after the other.

use alloc::vec::Vec;
use core::cmp::Reverse;

use super::basins::Basins;
use super::doorways;
use super::merging::MapRegions;
use super::scale::Scale;
use super::view::View;
use crate::grid::components::{Components, Run};
use crate::grid::{OccupancyGrid, Span};
use crate::home::{HomeBuilder, MAX_ROOMS, Room, RoomId};

/// Finds the rooms of a map. Their ids are 1, 2, … and their kinds unknown.
///
/// Every room is one connected piece of free cells, and no cell is in two. Free cells that are too few, too narrow
/// or outside are in none. If there are more than [`MAX_ROOMS`] rooms, the largest are given.
///
/// # Complexity
/// O(cells between the bounds of what is known) time; 8 bytes for each cell of the floor, 2 for each between the
/// bounds, up to 30 for each run of equal cells and some 200 for each basin. A maze has a basin for a handful of cells.
///
/// [`HomeBuilder::segmented`] has an example.
#[must_use]
pub fn segment(grid: &OccupancyGrid) -> Vec<Room> {
    let Some(mut view) = View::canonical(grid) else { return Vec::new() };
    let scale = Scale::new(grid.resolution_m());
    let mut basins = basins_of(&view, scale);
    let mut ids = number_rooms(&basins, scale);
    // Nothing has walls around it: the robot does not mark them.
    if ids.iter().all(|&id| id == 0) {
        view.close();
        basins = basins_of(&view, scale);
        ids = number_rooms(&basins, scale);
    }
    let parts = basins.components(&ids, &view.free);
    drop(basins);

    let mut rooms: Vec<Vec<Span>> = Vec::new();
    view.runs_in_grid(largest_parts(&parts), |run, label| {
        let room = usize::from(label) - 1;
        if rooms.len() <= room {
            rooms.resize(room + 1, Vec::new());
        }
        rooms[room].push(run);
    });
    // A region of nothing but furniture has no floor.
    rooms.retain(|runs| !runs.is_empty());
    (1..).zip(rooms).map(|(id, runs)| Room::new(RoomId::new(id), None, runs)).collect()
}

impl HomeBuilder {
    /// Finds the rooms of the map ([`segment`]) if none was given; with rooms it does nothing.
    ///
    /// Free cells outside the rooms found (laser streaks, slits) become no room. If no room is found, the map is
    /// left as it is, and every large piece of free cells becomes a room.
    ///
    /// ```
    /// use homeveil::grid::OccupancyGrid;
    /// use homeveil::home::{Footprint, Home};
    /// let grid = OccupancyGrid::from_drawing(0.25, "
    ///     ####################
    ///     #........#.........#
    ///     #........#.........#
    ///     #..................#
    ///     #..................#
    ///     #........#.........#
    ///     ####################
    /// ")?;
    /// let bare = Home::builder(grid, Footprint::disc_m(0.17)?);
    /// assert_eq!(bare.clone().build()?.rooms().len(), 1);
    /// assert_eq!(bare.segmented().build()?.rooms().len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn segmented(self) -> Self {
        let Some(rooms) = self.bare_grid().map(segment) else { return self };
        self.found_rooms(rooms)
    }
}

/// The basins of a map, and the doorways between them.
fn basins_of(view: &View, scale: Scale) -> Basins {
    let (floor, clearances, doorways) = doorways::find(view, scale);
    Basins::of(view, floor, clearances, &doorways, scale)
}

/// The number of the room of each basin: from 1 in the order of their first basins, 0 for what is no room.
fn number_rooms(basins: &Basins, scale: Scale) -> Vec<u16> {
    let mut regions = MapRegions::of(basins, scale);
    let regions_of: Vec<u32> = (0..).take(basins.list.len()).map(|basin| regions.find(basin)).collect();
    let mut numbers = vec![0_u16; basins.list.len()];
    let mut rooms: Vec<(Reverse<u64>, usize, u32)> = Vec::new();
    for (first, &region) in regions_of.iter().enumerate() {
        // The mark says that the region has been looked at.
        if numbers[region as usize] == 0 {
            numbers[region as usize] = 1;
            rooms.extend(regions.room(region).map(|area| (Reverse(area), first, region)));
        }
    }
    numbers.fill(0);
    if rooms.len() > MAX_ROOMS {
        rooms.sort_unstable();
        rooms.truncate(MAX_ROOMS);
        rooms.sort_unstable_by_key(|&(_, first, _)| first);
    }
    for (number, &(_, _, region)) in (1..).zip(&rooms) {
        numbers[region as usize] = number;
    }
    regions_of.iter().map(|&region| numbers[region as usize]).collect()
}

/// The runs of every room's largest part, of equally large ones the first, so that every room is connected. A room has
/// parts where it went on through furniture.
fn largest_parts(components: &Components) -> impl Iterator<Item = &Run> {
    let mut largest = vec![(0_u32, u32::MAX); MAX_ROOMS + 1];
    for (number, part) in (0..).zip(&components.list) {
        let kept = &mut largest[usize::from(part.label)];
        if part.area > kept.0 {
            *kept = (part.area, number);
        }
    }
    let is_kept = move |run: &&Run| run.label != 0 && largest[usize::from(run.label)].1 == run.component;
    components.runs.iter().filter(is_kept)
}
