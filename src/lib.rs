//! A robot vacuum knows the floor plan of the home it cleans. homeveil turns that private map into two things:
//!
//! * a [`Release`], public: a complete, valid, navigable occupancy grid with zones, doors and areas. It may
//!   leave the robot.
//! * a [`HouseKey`], private: the table that turns every place, zone and area of the release into real cells,
//!   and the robot's real pose into a place of the release. It stays on the robot.
//!
//! The cloud plans on the release, the robot drives on the key.
//!
//! **The promise.** For any two homes and any release, the one home gives the release with at most λ times the
//! probability of the other. Whoever sees the release, whatever they knew before, can change their odds on
//! anything about the home by at most a factor λ. This is local differential privacy with the whole home as the
//! record, ε = ln λ, δ = 0. By default λ = 1: one constant release, the same bytes for every home. Below λ = 2²⁰ a
//! floor is one of ten public plans at most, the same for everyone: a release of one floor is no fingerprint of a
//! household. From λ = 2²⁰ on, which is for research, a floor of four zones or more is one of thousands.
//!
//! A [`Device`](keeper::Device) is all of that for a robot, in one object that boots from its storage: it draws once an
//! epoch, counts the odds spent, keeps the key, answers the cloud, notes what was disclosed, and lets nothing out
//! without consent:
//!
//! ```
//! use homeveil::home::{Footprint, Home, RoomKind};
//! use homeveil::keeper::{ConsentRecord, Device, MemoryStore, Received, UnixTime};
//! use homeveil::key::Task;
//! use homeveil::Policy;
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
//! let policy = Policy::default();                     // public: 4 zones, λ = 1, bedrooms and bathrooms redacted
//! let mut device = Device::open(MemoryStore::default(), policy.clone())?;
//! let now = UnixTime::from_secs(1_790_000_000);
//! let consent = ConsentRecord::given("c-1", "Robot Maker", now, now.later_by_s(31_536_000));
//! device.consent(consent.purpose(Device::<MemoryStore>::PURPOSE), now)?;
//!
//! let redaction = device.keeper().redaction();        // private: the owner may add rooms
//! device.on_map(&home, &redaction, now)?;             // the first map of a household is drawn for
//! let release = device.release(now)?;                 // and that is given out, the same bytes ever after
//! release.verify_under(&policy)?;                     // what anyone who receives it can check
//!
//! // The cloud knows the release and nothing else; the robot knows what that means at home.
//! let Received { answer, command } = device.on_command(br#"{"id":1,"goal":{"zone":1}}"#, now)?;
//! assert_eq!(answer.to_json(), r#"{"accepted":{"id":1}}"#);
//! let pose = homeveil::nalgebra::Isometry2::translation(0.15, 0.35); // in the frame of the robot's map
//! if let Some(command) = command { // None: it was rejected, and `answer` says why
//!     for task in device.tasks(&command, pose, now)? {
//!         if let Task::Clean(cells) = task? {
//!             println!("{:.1} m² to clean", cells.area_m2());
//!         }
//!     }
//! }
//! assert!(device.on_tick(now.later_by_s(2700))?[0].to_json().contains("done")); // however long it took
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`anonymize()`] is the same draw without a keeper, for research and tests: nobody counts.
//!
//! # Modules
//! `grid → home → redact → sketch → merge → noise → release`, with the atlas of public plans feeding `merge`
//! and `release`, and the [`key`] built from what the stages leave behind. A value only moves forward; each
//! stage returns a type that can no longer hold what the stage removed.
//!
//! | module | what it does |
//! | --- | --- |
//! | [`grid`] | occupancy grids: trinary cells, resolution, runs and rectangles of cells |
//! | [`home`] | the private map: rooms, kinds, dock, keep-outs, the robot's footprint |
//! | [`segment`] | rooms from bare walls, for maps that have none |
//! | [`redact`] | removal of sensitive rooms |
//! | [`atlas`] | zones, doors and frame of a release; with `stages` all public plans and codebooks |
//! | [`noise`] | coins and grants; with `stages` the channel: one draw over whole plans |
//! | [`release`] | the plan drawn, its certificate, JSON, checks |
//! | [`key`] | from release to real cells and back |
//! | [`keeper`] | one draw an epoch, the ledger, consent, and what else may leave the device |
//! | `formats` | Valetudo and `map_server` maps and bare pictures in; `map_server`, Valetudo, SVG, PNG out |
//! | `synth` | a made-up home; with `evaluation` random ones, and what happens to a map over the weeks |
//! | [`navigate`] | where a key looks for paths; with `evaluation` shortest paths for a footprint on any grid |
//! | `utility`, `segment::scoring` | what a release costs the home, and how good found rooms are |
//! | `sketch`, `merge` | all that a release may depend on, and what it costs to see a home as a plan |
//!
//! # Errors
//! Each stage has its own error type, and its texts say what would be right. **No error goes to the cloud**: whether
//! one occurs may depend on the home. Who acts:
//!
//! | error | who | what to do |
//! | --- | --- | --- |
//! | [`KeeperError::Consent`](keeper::KeeperError::Consent), [`HomeError::Unlabelled`](home::HomeError::Unlabelled), an outline that crosses itself | the owner | decide, choose, draw again |
//! | [`KeyError`](key::KeyError) of a goal | the owner | be told; the cloud hears "done" at its time all the same |
//! | [`KeyError::UnplacedRedaction`](key::KeyError::UnplacedRedaction), [`UnplacedBars`](key::KeyError::UnplacedBars) | the owner | confirm the new map, or wait for one that is recognized |
//! | [`StoreError`](keeper::StoreError), [`CoinError`](noise::CoinError), [`ClockJumped`](keeper::KeeperError::ClockJumped) | the device | call again later: nothing is drawn twice |
//! | [`NotDrawn`](keeper::KeeperError::NotDrawn), [`NoKey`](keeper::KeeperError::NoKey), [`Key`](keeper::KeeperError::Key) | the device | give the keeper the floor's map |
//! | [`State`](keeper::KeeperError::State), [`StateLost`](keeper::KeeperError::StateLost) | the vendor, with the owner | restore a copy. **Never start over by yourself**: that draws again, under a ledger that has forgotten what was spent |
//! | [`Follower`](keeper::KeeperError::Follower), [`Occupied`](keeper::KeeperError::Occupied), [`HandOver`](keeper::KeeperError::HandOver) | the robots of the household | let the lead draw, export and import again |
//! | [`GridError`](grid::GridError), `MapFileError`, [`PolicyError`], [`NotOptedIn`](keeper::KeeperError::NotOptedIn), all others | the developer | a limit that was passed, or a call that makes no sense |
//! | [`ReleaseError`](release::ReleaseError) | whoever receives a release | do not use it |
//!
//! # Features
//! On by default: `formats`, `geo` (outlines of regions; without it, outlines that cross themselves pass unnoticed),
//! `os-rng` (coins from the operating system), `std` (Rust's standard library; `formats`, `geo`, `std-fs` and
//! `evaluation` take it), `std-fs` (the keeper's folder of files; `formats` reads map files, and nothing else does I/O)
//! and `synth`. Not on by default: `evaluation`, which measures, and `stages`, which opens the stages to research on
//! mechanisms.
//!
//! Firmware takes `default-features = false`: the core takes `core` and `alloc` alone, does no I/O, starts no threads,
//! reads no clock, and uses no hash map; the same input and coins give the same bytes on every machine. A panic
//! on any input is a defect, and none is known. Errors are typed, and their texts name limits and fields but never a
//! value of the home.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(not(any(feature = "std", test)), no_std)]
#![cfg_attr(
    not(feature = "stages"),
    expect(unreachable_pub, reason = "the stages are public with the feature `stages` alone")
)]
#![deny(clippy::print_stdout, clippy::print_stderr)]
#![expect(
    clippy::module_inception,
    reason = "a module is named after its main type, and so is that type's private file"
)]

// `vec!` and `format!`, with `std` and without.
#[macro_use]
extern crate alloc;

#[macro_use]
mod mutant;
#[macro_use]
mod number;
#[macro_use]
mod private_debug;
#[macro_use]
mod staged;

mod anonymize;
pub mod atlas;
mod blob;
mod digest;
mod draw;
#[cfg(test)]
mod drawings;
#[cfg(feature = "formats")]
pub mod formats;
pub mod grid;
pub mod home;
pub mod keeper;
pub mod key;
mod measured;
#[cfg(not(feature = "stages"))]
mod merge;
#[cfg(feature = "stages")]
pub mod merge;
pub mod navigate;
pub mod noise;
mod odds;
mod policy;
pub mod redact;
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
#[cfg(feature = "stages")]
pub use anonymize::{anonymize_preferred, anonymize_sketches};
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
