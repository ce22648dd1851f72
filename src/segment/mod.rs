//! Rooms from bare walls, for maps that carry none.
//!
//! [`segment`] takes an occupancy grid and gives its rooms as runs of free cells. A person sees rooms in a map without
//! labels because of the doors: places where the free space gets as narrow as a door and opens again. `segment` looks
//! for the same, in five steps, each linear in the number of cells:
//!
//! 1. **Clutter** (`clutter`): furniture that stands free is filled, so that a table does not look like a wall with
//!    two doorways.
//! 2. **Clearance** (`grid::distance`): an exact Euclidean distance transform gives each cell's distance to the
//!    nearest wall.
//! 3. **Basins** (`basins`): the free space is cut at the narrow places of that clearance, by a watershed, and at the
//!    mouths of corridors, by a morphological opening as wide as a door.
//! 4. **Merging** (`merging`): two basins become one region unless the passage between them is a doorway, or an
//!    opening much narrower than both. A region too small or too narrow for a room joins the neighbour it is most open
//!    to. A doorway is a gap in a thin wall: a small region whose passage has no such wall next to it is the floor
//!    next to a bed, and no room.
//! 5. **Outside**: what a laser saw through a window ends in the unknown and not at walls. Such regions never merge
//!    with rooms, and none of them is a room.
//!
//! Watersheds of the distance transform are the classic method (Bormann, Jordan, Li, Hampp & Hägele 2016, "Room
//! segmentation: survey, implementation, and analysis"). Merging by the width of passages against the regions they
//! join is what MAORIS does with its ripples (Mielle, Magnusson & Lilienthal 2018, arXiv 1709.09899). The opening
//! keeps a corridor apart from the room that it runs into without a door. Telling the outside by its outline needs no
//! ray casting and no knowledge of where the robot was.
//!
//! Widths and areas are in metres (`scale`), so maps of 0.02 to 0.10 m a cell have the same rooms up to a
//! cell's width. A mirrored, turned or shifted map has the mirrored, turned or shifted rooms, to the cell; a map that
//! is its own mirror image has them up to that symmetry. Distances are integers, and the few comparisons of widths
//! use only the correctly rounded operations of IEEE 754, so every machine finds the same rooms.
//!
//! It does not divide an open plan where nothing narrows (a kitchen in a living room is one room with it), and it
//! takes a gap between two pieces of furniture that both touch walls for a door. `scoring` (feature `evaluation`) measures how well it does.

mod basins;
mod clutter;
#[cfg(test)]
mod laws;
mod merging;
#[cfg(test)]
mod merging_tests;
mod rooms;
mod scale;
#[cfg(feature = "evaluation")]
pub mod scoring;
#[cfg(test)]
mod tests;
mod view;

pub use rooms::segment;
