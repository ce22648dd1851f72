//! Room merging: how well a home can be seen as each of the public plans, and how.
//!
//! [`rank`] takes a [`Sketch`](crate::sketch::Sketch) and a codebook and gives for every plan the cost of its best
//! assignment. An *assignment* of a plan merges the rooms into exactly K zones, one for each of the plan's, each
//! connected over doors, with the dock's room in the plan's root. Rooms may be cut into halves of equal area for it,
//! and the home may be turned and mirrored. The cost counts in thousandths what a robot or a person would mind
//! (`cost`): doors that are drawn and do not exist (*phantom*), passages that exist and are not drawn (*hidden*), cut
//! rooms, and areas and directions that disagree with the plan. Only the costs leave this stage, so no tie among
//! assignments can leak; the assignment itself goes to the key alone.
//!
//! # How the best is found
//! Every merging of the rooms into K connected zones is visited (`partition`), with the cuts of `parts`, and for every one
//! every plan that it can be the best for (`search`). This is exact up to 14 rooms and 20,000 mergings. Beyond, the
//! smallest room is first merged with the smallest of its neighbours, again and again: a rule on the canonical sketch, so
//! the result is still a function of the sketch. Homes with fewer than K rooms have their largest part cut until there are
//! K; others may have one room cut that holds at least a K-th of the area.
//!
//! All arithmetic is in integers. Areas are compared by cross-multiplication, so a home scaled by any factor ranks alike.

mod assignment;
mod bound;
mod catalogue;
pub(crate) mod cost;
mod matching;
mod merged;
mod partition;
mod parts;
mod rank;
mod search;
#[cfg(test)]
mod tests;

pub(crate) use assignment::{Assignment, Halving};
#[cfg(feature = "stages")]
pub use rank::Ranking;
pub(crate) use rank::assign;
pub use rank::rank;
#[cfg(feature = "evaluation")]
pub(crate) use rank::{Terms, assess};
