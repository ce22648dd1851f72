//! Rooms from bare walls, for maps that carry none.
//!
//! [`segment`] takes an occupancy grid and gives its rooms as runs of free cells. A person sees rooms in a map without
//! labels because of the doors: places where a wall is open and the free space opens again behind it. `segment` looks
//! for the same, in six steps:
//!
//! 1. **Clutter** (`clutter`): furniture that stands free is filled, so that a table does not look like a wall with
//!    two doorways. Pieces of wall stay, with furniture at them too, and what two walls leave between their doorways
//!    (`crossings`).
//! 2. **Doorways** (`chord`, `jambs`, `doorways`): the narrowest places of the free space, as straight segments, of up
//!    to 2.8 m. One is cut where the wall on both sides goes on in its line for at least half its width; what is wider
//!    needs more wall.
//! 3. **Clearance** (`grid::distance`): an exact Euclidean distance transform gives each cell's distance to the
//!    nearest wall.
//! 4. **Basins** (`basins`, `watershed`): the free space is cut at the narrow places of that clearance, by a watershed,
//!    and at the mouths of corridors, by a morphological opening as wide as a door. They find the doors next to which
//!    furniture hides the wall.
//! 5. **Merging** (`merging`): two basins become one region unless a doorway is between them, or a passage as narrow
//!    as one, or an opening much narrower than both. A region too small or too narrow for a room joins the neighbour it
//!    is most open to, through a doorway only where nothing else is open. A passage with no thin wall next to it leads
//!    past a piece of furniture: a small region behind it is no room, and no large one either where the passage has
//!    half of the width.
//! 6. **Outside**: what a laser saw through a window ends in the unknown and not at walls. Such regions never merge
//!    with rooms, and none of them is a room. Where that leaves no room at all, the robot marks hardly any
//!    walls, and the unknown counts as wall.
//!
//! Watersheds of the distance transform are the classic method (Bormann, Jordan, Li, Hampp & Hägele 2016, "Room
//! segmentation: survey, implementation, and analysis"). Merging by the width of passages against the regions they
//! join is what MAORIS does with its ripples (Mielle, Magnusson & Lilienthal 2018, arXiv 1709.09899). That walls line
//! up says more than how wide a passage is: it is what ROSE² goes by (Luperto, Kucner, Tassi, Magnusson & Amigoni
//! 2022), here without directions that hold for the whole home. The opening keeps a corridor apart from the room that
//! it runs into without a door. Telling the outside by its outline needs no ray casting and no knowledge of where the
//! robot was.
//!
//! Widths and areas are in metres (`scale`), so maps of 0.02 to 0.10 m a cell have the same rooms up to a
//! cell's width. A mirrored, turned or shifted map has the mirrored, turned or shifted rooms, to the cell; a map that
//! is its own mirror image has them up to that symmetry. Distances and directions are integers, and the few comparisons
//! of widths and areas use only the correctly rounded operations of IEEE 754, so every machine finds the same rooms.
//!
//! It does not divide an open plan where nothing narrows (a kitchen in a living room is one room with it), and it
//! takes a gap between two pieces of furniture that both touch walls for a door. `scoring` (feature `evaluation`)
//! measures how well it does.

mod basins;
#[cfg(test)]
mod basins_tests;
mod chord;
mod clutter;
mod crossings;
#[cfg(test)]
mod doorway_tests;
mod doorways;
#[cfg(test)]
mod free_wall_tests;
mod jambs;
#[cfg(test)]
mod laws;
mod measures;
mod merging;
#[cfg(test)]
mod merging_tests;
mod outline;
mod rooms;
mod scale;
#[cfg(feature = "evaluation")]
pub mod scoring;
#[cfg(test)]
mod tests;
mod view;
mod watershed;

pub use rooms::segment;
