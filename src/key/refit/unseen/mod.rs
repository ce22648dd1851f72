//! Floor that nobody has seen before, and whose it is.
//!
//! `new_floor` finds it on a recognized map, by what claims and rooms say (`floor_tables`), and decides each room of
//! it: redacted for its kind, joined to the redaction of its room (`owners`), or taken into the zones that it hangs on
//! (`hanging_on`). `shut` says on which days a map hides floor, so that kinds cannot be judged.

mod floor_tables;
mod hanging_on;
mod new_floor;
mod owners;
mod shut;

pub(super) use floor_tables::{Occasion, RoomClaims};
pub(super) use hanging_on::hanging_on;
pub(super) use new_floor::{NewFloor, unseen_parts};
pub(super) use owners::rooms_where;
pub(super) use shut::{asks_for_rooms_to_come, without_rooms_to_come};
