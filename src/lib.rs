//! A robot vacuum knows the floor plan of the home it cleans. homeveil turns that private map into two things:
//!
//! * a [`Release`], public: a complete, valid, navigable occupancy grid with zones, doors and areas. It may
//!   leave the robot.
//! * a [`HouseKey`], private: the table that turns every place, zone and area of the release into real cells,
//!   and the robot's real pose into a place of the release. It stays on the robot.
//!
//! The cloud plans on the release, the robot drives on the key.
//!
//! **The promise.** For any two homes whatsoever and any release, the one home gives the release with at most
//! λ times the probability of the other (λ = 2 by default): whoever sees it, whatever they knew before, can
//! change their odds on anything about the home by at most a factor λ. This is local differential privacy
//! with the whole home as the record, ε = ln λ, δ = 0. And a policy has only a handful of possible releases,
//! the same for everyone: a release is no fingerprint of a household.
//!
//! ```
//! use homeveil::home::{Footprint, Home, RoomKind};
//! use homeveil::{Coins, Grant, Policy, anonymize};
//!
//! let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "
//!     ##################
//!     #kkkkkkkk#bbbbbbb#
//!     #kkkkkkkk#bbbbbbb#
//!     #kkkkkkkkkbbbbbbb#
//!     #kkkkkkkkkbbbbbbb#
//!     #kkkkkkkkkbbbbbbb#
//!     #LllllllllllllLll#
//!     #llllllllllllllll#
//!     #llllllllllllllll#
//!     ##################
//! ", &[('k', RoomKind::Kitchen), ('l', RoomKind::Living), ('b', RoomKind::Bedroom)])?.build()?;
//! let policy = Policy::default();
//! let (release, key) = anonymize(&home, &policy.redaction(), &policy, Grant::unaccounted(), &mut Coins::os())?;
//! let json = release.to_json();          // for the cloud
//! release.verify_under(&policy)?;        // what anyone who receives it can check
//! let zone = release.floors()[0].dock().zone;
//! let cells = key.lift_zone(zone)?;      // for the robot: what to clean when the cloud says "zone"
//! # let _ = (json, cells);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The way through
//! `grid → home → redact → sketch → merge → noise → release`, the [`atlas`] of public plans feeding `merge`
//! and `release`, the [`key`] built beside. A value only moves forward; each stage hands on a type that can
//! no longer hold what the stage removed. A device draws through its [`Keeper`], which does so once.
//!
//! | module | what it does |
//! | --- | --- |
//! | [`grid`] | occupancy grids: trinary cells, resolution, connected components, symmetries |
//! | [`home`] | the private map: rooms, kinds, dock, keep-outs, the robot's footprint |
//! | [`redact`] | removal of sensitive rooms |
//! | [`segment`] | rooms from bare walls, for maps that carry none |
//! | [`sketch`] | all that a release may depend on |
//! | [`atlas`] | all public plans, and the codebooks that policies draw from |
//! | [`merge`] | room merging: what it costs to see a home as a plan |
//! | [`noise`] | the channel: one draw over whole plans |
//! | [`release`] | the plan drawn, its certificate, JSON, checks |
//! | [`navigate`] | shortest ways for a footprint on any grid |
//! | [`key`] | from release to real cells and back |
//! | [`keeper`] | one draw an epoch, the ledger, consent, and what else may leave the device |
//! | [`utility`] | what the release costs the home, measured |
//! | `formats` | Valetudo maps in; `map_server`, Valetudo, SVG, PNG out (feature `formats`, on by default) |
//! | `synth` | made-up homes (feature `synth`, on by default) |
//!
//! # For firmware
//! `default-features = false` leaves out file formats, made-up homes and the keeper's folder of files (feature
//! `std-fs`, on by default, the only I/O of the library). The core does no I/O, starts no
//! threads, reads no clock, and uses no hash map; the same input and coins give the same bytes on every
//! machine. No public function panics on any input; errors are typed, and their texts name limits and fields
//! but never a value of the home.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(feature = "stages"),
    expect(unreachable_pub, reason = "the stages are public with the feature `stages` alone")
)]
#![deny(clippy::print_stdout, clippy::print_stderr)]

#[macro_use]
mod mutant;
#[macro_use]
mod staged;

mod anonymize;
pub mod atlas;
mod blob;
mod digest;
#[cfg(feature = "formats")]
pub mod formats;
pub mod grid;
pub mod home;
pub mod keeper;
pub mod key;
#[cfg(not(feature = "stages"))]
mod merge;
#[cfg(feature = "stages")]
pub mod merge;
pub mod navigate;
pub mod noise;
mod odds;
mod policy;
pub mod redact;
mod registration;
pub mod release;
pub mod segment;
#[cfg(not(feature = "stages"))]
mod sketch;
#[cfg(feature = "stages")]
pub mod sketch;
#[cfg(feature = "synth")]
pub mod synth;
#[cfg(feature = "evaluation")]
pub mod utility;

// Types of theirs are in signatures of this crate.
pub use {geo_types, nalgebra};

pub use anonymize::{AnonymizeError, MappedFloor, anonymize, anonymize_floors};
pub use blob::BlobError;
pub use keeper::Keeper;
pub use key::HouseKey;
pub use noise::{Coins, Grant};
pub use odds::{MAX_ODDS_TERM, Odds, OddsError};
pub use policy::{MAX_DONE_AFTER_S, MAX_FLOORS, MAX_POLICY_AREAS, OptIn, Policy, PolicyBuilder, PolicyError};
pub use redact::Redaction;
pub use release::Release;

#[cfg(homeveil_mutants)]
#[path = "../mutants/broken.rs"]
pub mod mutants;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
