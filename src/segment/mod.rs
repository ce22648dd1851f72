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
mod rooms;
mod scale;
#[cfg(feature = "evaluation")]
pub mod scoring;
#[cfg(test)]
mod tests;
mod view;

pub use params::SegmentParams;
pub use rooms::segment;
