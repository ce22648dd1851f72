//! The key itself: the tables that it is, how they are made and how they are stored.
//!
//! `build` takes a home, an assignment and the floor that the robot gets to, lets `reach`, `zoning` and `chart` make
//! the tables, and puts them into a `house_key`, which answers what the other rooms ask of it. `storage` writes it and
//! reads it: what follows from the rest is not stored but found again, and what does not fit together is refused.
//! Nothing here lifts, fits or draws.

pub(super) mod build;
mod house_key;
mod storage;

pub use house_key::HouseKey;
