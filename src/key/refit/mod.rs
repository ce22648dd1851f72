//! A new map under an old key.
//!
//! A release is drawn once, homes change. A refit takes a key and a new map and gives the key of that map, with the
//! zones, areas, redactions and bars of the old one. It never ranks plans again, and the release depends on none of it.
//!
//! 1. The map is looked up among the known maps (`known::recognize`, at any angle and shift).
//! 2. *Recognized*, every cell keeps the claims of the known cell under it (`known::claims`): its zone and areas, and
//!    whether it is redacted or barred. Cells that nobody claimed go to what is nearest along the floor (`fitted`). The
//!    rooms of the new map play a part only there: one of a redacted kind that nobody has seen before is redacted, the
//!    rest of a redacted room joins its mark (`unseen`), and areas grow within their rooms. Whatever an app merges,
//!    splits or renumbers, a cell stays in its zone and a redacted cell redacted. What today's map does not show (a
//!    shut room, a new cupboard) keeps its claims. Charts go along where they can (`last_chart`).
//! 3. *Not recognized*, nothing that is known changes, and today's key is made from the new map alone (`made_anew`).
//!    Where the owner had barred anything, or redacted anything but by kinds that all of the new map's rooms have, the
//!    key is *closed* (`known::closed`), also where that was on a map that nobody confirmed or that had to
//!    be given up since. (For kinds that were redacted on a map that nobody confirmed it is enough that all rooms
//!    without a kind are redacted on the new one.) It leads nowhere, until a map is recognized again or the owner says
//!    that this one belongs to the home ([`HouseKey::confirm_map`]).
//!
//! `today` lists what the owner chose, `marks` adds and removes it, between today's map and the known map's frame;
//! `outlined` marks what is no floor yet, `learned` says what is kept.
//! `decided` makes the key of an owner who chooses late.
//!
//! Claims go by cells and not by rooms, since rooms of two days need not be the same; each map gets them from a known
//! map's frame in one step, so nothing drifts. What it does not do: follow a home that was mirrored, or one that
//! changed so much that it is not recognized.
//!
//! [`HouseKey::confirm_map`]: crate::HouseKey::confirm_map

mod asked;
mod decided;
mod fitted;
mod last_chart;
mod learned;
mod made_anew;
mod marks;
mod outlined;
mod refit;
mod today;
mod unseen;

pub use refit::Refit;
