//! The plan of a random home: which rooms it has, where they lie, and where their doors and windows are.

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
