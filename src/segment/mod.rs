//! Proto.
mod basins;
mod clutter;
mod merging;
mod params;
mod view;

use crate::grid::distance::{Outside, squared_distances};
use crate::grid::{Cell, OccupancyGrid};
use crate::home::{CellRun, Room, RoomId};
pub use params::SegmentParams;
use params::Lengths;
use basins::{Basins, NONE};

/// Proto.
pub fn segment(grid: &OccupancyGrid, params: &SegmentParams) -> Vec<Room> {
    let Some(view) = view::View::canonical(grid) else { return Vec::new() };
    let lengths = Lengths::new(params, grid.resolution_m());
    let floor = clutter::floor(&view, &lengths);
    let clearance = squared_distances(|c| !floor[c], view.width, view.height, Outside::Sites);
    let basins = Basins::of(&view, &clearance, &lengths);
    let mut merged = merging::merge(&basins, &lengths);
    let mut labels = vec![0u16; grid.cells().len()];
    let mut ids = vec![0u16; basins.list.len()];
    let mut n = 0;
    for c in 0..view.cells.len() {
        if view.cells[c] == Cell::Free && basins.of[c] != NONE {
            let m = merged.find(basins.of[c]) as usize;
            let region = &merged.regions[m];
            if (region.area as f64) < lengths.least_room || basins::wide(region.peak) < lengths.narrow { continue; }
            if ids[m] == 0 {
                n += 1; ids[m] = n;
                if std::env::var("SHOW").is_ok() {
                let r = grid.resolution_m();
                println!("  {n:3} area {:6.2} width {:5.2} broad {:.2} walled {:.2} ({} {}) at {:?}", region.area as f64 * r * r, basins::wide(region.peak) * r, region.broad as f64 / region.area as f64, region.walls as f64 / (region.walls + region.gaps).max(1) as f64, region.walls, region.gaps, (view.in_grid(c) % grid.width() as usize, view.in_grid(c) / grid.width() as usize));
                }
            }
            labels[view.in_grid(c)] = ids[m];
        }
    }
    let mut rooms: Vec<Room> = (1..=n).map(|i| Room::new(RoomId::new(u32::from(i)), None, vec![])).collect();
    for y in 0..grid.height() {
        let mut x = 0;
        while x < grid.width() {
            let l = labels[(y * grid.width() + x) as usize];
            let s = x;
            while x < grid.width() && labels[(y * grid.width() + x) as usize] == l { x += 1; }
            if l > 0 { rooms[l as usize - 1].runs.push(CellRun { x: s, y, len: x - s }); }
        }
    }
    rooms
}
