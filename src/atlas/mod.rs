//! The public plans: every schematic floor plan that a release can be.
//!
//! A [`Plan`] is a slicing floorplan of K rectangles (a rectangle cut by straight lines from side to side,
//! again and again), the rectangles' areas in sixteenths of the whole, and a rooted spanning tree of
//! rectangles that share a wall: each edge of the tree is a door at the middle of the shared wall, the root
//! is the zone of the dock. Plans that are mirror images or turns of one another count once, by the least of
//! their numbers.
//!
//! The *atlas* is the set of all plans that can be drawn in the constant [`Frame`]: every zone at least a
//! metre wide, every door 0.8 m with a wall at both sides. It is enumerated by code, the same on every
//! machine. A plan's [`PlanId`] packs layout, areas and tree as the digits of one number, so a plan is
//! decoded, checked and drawn without the rest of the atlas, and the numbers never shift: not every number is
//! a plan ([`Plan::decode`] says which are).
//!
//! | zones | layouts | areas | plans |
//! | --- | --- | --- | --- |
//! | 2 | 2 | 13 | 13 |
//! | 3 | 6 | 66 | 402 |
//! | 4 | 22 | 165 | 11,784 |
//! | 5 | 90 | 35 | 39,865 |
//! | 6 | 394 | 21 | 433,361 |
//!
//! A [`Codebook`] is the few plans that a policy draws from. Slicing floorplans with doors on shared walls
//! are the area-universal layouts of Eppstein, Mumford, Speckmann & Verbeek (2012, SIAM J. Comput. 41(3))
//! where one-sided; the others keep the walls of their tree only for some areas, which is why each plan is
//! checked and not each layout.

mod atlas;
mod codebook;
mod drawing;
#[cfg(feature = "stages")]
mod error;
mod frame;
mod order;
mod plan;
mod shipped;
mod slicing;
mod tree;

#[cfg(not(feature = "stages"))]
pub(crate) use atlas::Atlas;
#[cfg(feature = "stages")]
pub use atlas::Atlas;
#[cfg(feature = "stages")]
pub use codebook::Codebook;
#[cfg(not(feature = "stages"))]
pub(crate) use codebook::Codebook;
#[cfg(feature = "stages")]
pub use error::CodebookError;
pub use frame::{DOOR_CELLS, Dock, Door, Zone, ZoneId};
#[cfg(feature = "stages")]
pub use frame::{FRAME, Frame};
#[cfg(not(feature = "stages"))]
pub(crate) use frame::{FRAME, Frame};
pub(crate) use order::{Legs, least_ahead, members};
pub use plan::{MAX_ZONES, MIN_ZONES};
#[cfg(not(feature = "stages"))]
pub(crate) use plan::{Plan, PlanId};
#[cfg(feature = "stages")]
pub use plan::{Plan, PlanId};
pub(crate) use slicing::LayoutDigit;
pub(crate) use tree::edge_bit;
