//! Room merging: how well a home can be seen as each of the public plans, and how.
//!
//! A *assignment* of a plan merges the rooms of a [`Sketch`](crate::sketch::Sketch) into exactly K zones, each connected over
//! doors, one for each of the plan's, the dock's room in the plan's root; rooms may be cut into halves of
//! equal area for it, and the home may be turned and mirrored. Its cost counts in thousandths what a robot
//! or a person would mind: doors that are drawn and do not exist (*phantom*), passages that exist and are not
//! drawn (*hidden*), cut rooms, areas and directions that disagree with the plan. [`rank`] gives for every
//! plan of a codebook the cost of its best assignment, and nothing else of the home goes on from here, so no
//! tie among assignments can leak.
//!
//! # How the best is found
//! Every way to merge the rooms into K connected zones is visited (`partition`), with the cuts of
//! `parts`, and for every plan and every way to match zones with rectangles the cost is computed from
//! tables; the symmetry is chosen within. This is exact while there are at most 14 rooms and at
//! most 20,000 ways to merge them. Beyond, the smallest room is first merged with the smallest
//! of its neighbours, again and again (a rule on the canonical sketch, so still a function of it). Homes with
//! fewer than K rooms have their largest part cut until there are K; others may have one room cut that holds
//! at least a K-th of the floor.
//!
//! All arithmetic is in integers. Areas are compared by cross-multiplication; a home scaled by any factor
//! ranks alike.

mod assignment;
pub(crate) mod cost;
mod partition;
mod parts;
mod rank;

pub(crate) use assignment::{Assignment, Cut};
#[cfg(feature = "stages")]
pub use rank::Ranking;
pub(crate) use rank::assign;
pub use rank::rank;
#[cfg(feature = "evaluation")]
pub(crate) use rank::{Terms, assess};
