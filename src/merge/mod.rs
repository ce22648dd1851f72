//! Room merging: how well a home can be seen as each of the public plans, and how.
//!
//! [`rank`] takes a [`Sketch`](crate::sketch::Sketch) and a codebook and gives for every plan the cost of its best
//! assignment. An *assignment* of a plan merges the rooms into exactly K zones, one for each of the plan's, each
//! connected over doors, with the dock's room in the plan's root. Rooms may be cut into halves of equal area for it,
//! and the home may be turned and mirrored. The cost counts what it takes to use the plan in this home (`cost`): a
//! longer tour, doors that are drawn and do not exist (*phantom*), cut rooms, floor that is cleaned with the room that
//! was asked for, and areas and directions that disagree with the plan, all in tours driven. Only the costs leave this
//! stage, so no tie among assignments can leak; the assignment itself goes to the key alone, which knows how far rooms
//! are from one another (`distances`).
//!
//! # How the best is found
//! Every merging of the rooms into K connected zones is visited (`partition`), with the cuts of `parts`, and for every
//! one every plan that it can be the best for (`search`). This is exact up to 14 rooms and 20,000 mergings. Beyond, the
//! smallest room is first merged with the smallest of its neighbours, again and again: a rule on the canonical sketch,
//! so the result is still a function of the sketch. Homes of fewer rooms than zones are cut until there are enough
//! parts. For what the doors do not allow a cut often does, so these may be cut once more, unless the zones are six;
//! homes of up to two rooms more than zones may be cut once or, for up to four zones, twice.
//!
//! All arithmetic is in integers. Areas are compared by cross-multiplication, so a home scaled by any factor ranks
//! alike.

mod assignment;
mod bound;
mod catalogue;
mod coarsen;
pub(crate) mod cost;
mod distances;
mod matching;
mod merged;
mod partition;
mod parts;
mod rank;
mod search;
#[cfg(test)]
mod tests;

pub(crate) use assignment::{Assignment, Halving};
pub(crate) use distances::RoomDistances;
#[cfg(not(feature = "stages"))]
pub(crate) use rank::Ranking;
#[cfg(feature = "stages")]
pub use rank::Ranking;
#[cfg(feature = "evaluation")]
pub(crate) use rank::Terms;
pub use rank::rank;
pub(crate) use rank::{Found, assignments, rank_first};
