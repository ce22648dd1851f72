//! The plan of a random home: which rooms it has, where they lie, and where their doors and windows are.
//!
//! Takes a recipe's wishes and coins. `room_list` draws the rooms and the areas they would like, `trees` the tree of
//! cuts of the home's style (`style`) that says which lie side by side, `layout` makes rectangles of it on a lattice of
//! decimetres (`rect`), and `doors` connects all rooms and opens windows. Every tree can be laid out and every layout
//! connected, so only a home that comes out larger than asked for is drawn again, with a room less. Rooms are
//! rectangles or L-shaped; nothing is slanted or round.

mod doors;
mod layout;
mod rect;
mod room_list;
mod style;
mod trees;

pub(crate) use crate::grid::Axis;
pub(crate) use doors::{Opening, openings, windows};
pub(crate) use layout::{RIM, Space};
pub(crate) use rect::{RectDm, Side};
pub(crate) use room_list::RoomList;
pub use style::{MOST_ROOMS, Style};
pub(crate) use trees::{Draft, draft};
