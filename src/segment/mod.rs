//! Rooms from bare walls, for maps that carry none.
//!
//! A map of a home without labels is floor, walls and clutter, and a person sees rooms in it because of the
//! doors: places where the floor gets as narrow as a door and opens again. [`segment`] goes the same way, in
//! five steps, each linear in the number of cells:
//!
//! 1. **clutter**: furniture that stands free is filled, so that a table does not look like a wall with two
//!    doorways;
//! 2. **clearance**: an exact Euclidean distance transform gives every cell's distance to the nearest wall;
//! 3. **basins**: the floor is cut at the narrow places of that clearance, by a watershed, and at the mouths
//!    of corridors, by a morphological opening as wide as a door;
//! 4. **merging**: two basins are one region unless the passage between them is a doorway, or an opening much
//!    narrower than both; what is too small or too narrow for a room goes to the neighbour it is most open
//!    to. A doorway is a gap in a wall, and a wall is thin: a small region whose passage has no thin wall
//!    beside it, with the one region on this side and the other behind it, lies beside a bed and is no room;
//! 5. **outside**: what a laser saw through a window ends in the unknown and not at walls. Such regions never
//!    merge with rooms, and none of them is one.
//!
//! Watersheds of the distance transform are the classic for this (Bormann, Jordan, Li, Hampp & Hägele 2016,
//! "Room segmentation: survey, implementation, and analysis", compare four families), and merging by the
//! width of passages against the regions they join is what MAORIS does with its ripples (Mielle, Magnusson &
//! Lilienthal 2018, arXiv 1709.09899). The opening is what keeps a corridor apart from the room that it runs
//! into without a door; telling the outside by its outline needs no ray casting and no knowledge of where the
//! robot was.
//!
//! Widths and areas are in metres ([`SegmentParams`]), so that maps of 0.02 to 0.10 m a cell have the same
//! rooms up to a cell's width. The rooms of a mirrored, turned or shifted map are the mirrored, turned or
//! shifted rooms, to the cell, unless the map is its own mirror image, and then up to that symmetry.
//! Distances are integers; the few comparisons of widths use only the correctly rounded operations of IEEE
//! 754, so every machine finds the same rooms.
//!
//! What it does not do: part an open plan where nothing narrows (a kitchen in a living room is one room with
//! it), or see that a gap between two pieces of furniture that both touch walls is no door.
//!
//! How well it does, with the scores of [`scoring`] and rooms that meet over more than 1.2 m counted as one:
//! mean one-to-one intersection over union .86 with the robots' own segments, averaged over nine real maps,
//! segments without walls around them left out; recall and precision .997 and .993 on ninety made-up homes
//! without furniture, .94 and .97 with (pixels labelled in both). A home's map takes 1 to 20 ms on a desktop core,
//! 4096 × 4096 cells of homes about 0.7 s.

mod basins;
mod clutter;
mod merging;
#[cfg(test)]
mod merging_tests;
mod params;
#[cfg(feature = "evaluation")]
pub mod scoring;
#[cfg(test)]
mod tests;
mod view;

use core::cmp::Reverse;

use basins::{Basins, NONE};
use merging::Regions;
use params::Scale;
pub use params::SegmentParams;
use view::View;

use crate::grid::components::Components;
use crate::grid::{Cell, OccupancyGrid, Span};
use crate::home::{HomeBuilder, MAX_ROOMS, Room, RoomId};

/// Finds the rooms of a map. Their ids are 1, 2, … and their kinds unknown.
///
/// Every room is one connected piece of free cells, and no cell is in two. Floor that is too small, too
/// narrow or outside is in none. Where there are more than [`MAX_ROOMS`] rooms the largest are given.
///
/// # Complexity
/// O(cells between the bounds of what is known) time, and at most 20 bytes for each of those cells.
///
/// ```
/// use homeveil::grid::OccupancyGrid;
/// use homeveil::segment::{SegmentParams, segment};
/// let grid = OccupancyGrid::from_drawing(0.25, "
///     ####################
///     #........#.........#
///     #........#.........#
///     #........#.........#
///     #..................#
///     #..................#
///     #........#.........#
///     ####################
/// ")?;
/// assert_eq!(segment(&grid, &SegmentParams::default()).len(), 2);
/// # Ok::<(), homeveil::grid::GridError>(())
/// ```
#[must_use]
pub fn segment(grid: &OccupancyGrid, params: &SegmentParams) -> Vec<Room> {
    let Some(view) = View::canonical(grid) else { return Vec::new() };
    let scale = Scale::new(params, grid.resolution_m());
    let floor = clutter::floor(&view, &scale);
    let basins = Basins::of(&view, &floor, &scale);
    drop(floor);
    let ids = number_rooms(&basins, &scale);
    let mut labels: Vec<u16> = basins
        .of
        .iter()
        .zip(&view.cells)
        .map(|(&basin, &cell)| if cell == Cell::Free && basin != NONE { ids[basin as usize] } else { 0 })
        .collect();
    drop(basins);
    keep_largest_parts(&mut labels, view.width);

    let mut rooms: Vec<Vec<Span>> = Vec::new();
    view.runs_in_grid(&labels, |x, y, len, label| {
        let room = usize::from(label) - 1;
        if rooms.len() <= room {
            rooms.resize(room + 1, Vec::new());
        }
        rooms[room].push(Span::of_row(y as usize, x as usize, (x + len) as usize));
    });
    // A region of nothing but furniture has no floor.
    rooms.retain(|runs| !runs.is_empty());
    (1..).zip(rooms).map(|(id, runs)| Room::new(RoomId::new(id), None, runs)).collect()
}

impl HomeBuilder {
    /// Finds the rooms of the map ([`segment`]) where none was given; with rooms it does nothing.
    ///
    /// Floor that is in no room found (laser streaks, slits) becomes no room. A map in which none is found is
    /// left as it is, so that every large piece of floor becomes a room.
    ///
    /// ```
    /// use homeveil::grid::OccupancyGrid;
    /// use homeveil::home::{Footprint, Home};
    /// use homeveil::segment::SegmentParams;
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
    /// assert_eq!(bare.segmented(&SegmentParams::default()).build()?.rooms().len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn segmented(self, params: &SegmentParams) -> Self {
        let Some(rooms) = self.bare_grid().map(|grid| segment(grid, params)) else { return self };
        self.found_rooms(rooms)
    }
}

/// The number of the room of each basin: from 1 in the order of their first basins, 0 for what is no room.
fn number_rooms(basins: &Basins, scale: &Scale) -> Vec<u16> {
    let mut regions = Regions::of(basins, scale);
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

/// Makes every room connected: the largest of its parts stays, of equally large ones the first. Parts come
/// about where a room went on through furniture.
fn keep_largest_parts(labels: &mut [u16], width: usize) {
    let components = Components::of(labels, width);
    let mut largest = vec![(0_u32, u32::MAX); MAX_ROOMS + 1];
    for (number, part) in (0..).zip(&components.list) {
        let kept = &mut largest[usize::from(part.label)];
        if part.area > kept.0 {
            *kept = (part.area, number);
        }
    }
    for run in &components.runs {
        if run.label != 0 && largest[usize::from(run.label)].1 != run.component {
            labels[run.cells(width)].fill(0);
        }
    }
}
