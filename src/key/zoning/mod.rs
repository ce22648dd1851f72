//! From rooms to zones: which zone of the release each cell of the home belongs to.
//!
//! An assignment gives rooms to zones, and asks for some rooms to be cut in halves first. `choice` chooses it, by the
//! distances in the home (`room_distances`), `halves` cuts the rooms, `seeds` says where the two halves of a room have
//! to lie, `floor` which cells there are to share out, furniture and keep-outs or not, and `zones` shares them out: by
//! the zones of the parts, then by distance where furniture or redacted rooms leave a zone in pieces. `bisection` cuts
//! cells in two connected parts, for halves of rooms and for charts. Plans and rooms are decided before, the cells of a
//! zone are divided after.

pub(super) mod bisection;
mod choice;
pub(super) mod floor;
pub(super) mod halves;
pub(super) mod parts;
mod room_distances;
mod seeds;
pub(super) mod zones;

pub(crate) use choice::Choice;
