//! The disclosure log: what was disclosed about a household, to whom, and when.
//!
//! A [`Disclosure`](super::Disclosure) says what may leave, before anything does. The [`DisclosureLog`] says what did:
//! releases with their epoch, the odds spent and the consent that they went out under; consents given, refused and
//! withdrawn; commands received; answers sent; and whatever else the policy opted in to. It answers the owner's
//! question "what was disclosed about me?" as text and as JSON, and it is for the owner alone. It holds times, counts
//! and the names in consents, and nothing of the home: no zone, no place, no content of a command.
//!
//! **Bounded.** Things of one kind within an hour are one entry, a *run*, with the first time, the last and how many.
//! Of each kind the latest [`MAX_LOG_RUNS`] runs are kept, each kind by itself, so a live position that is sent all day
//! pushes out no consent. How many of a kind there ever were, and the first and last time, are never dropped. The names
//! of the latest consents are kept as far as they have room. The stored log is always one size, 16 KiB: a device with a
//! few commands a day writes some hundred kilobytes a day for it.
//!
//! **Stored** by the device in a slot of its own ([`Slot::Log`](super::Slot::Log)), before what is noted leaves. Where
//! a run of live reports grows every second, [`DisclosureLog::note`] asks for a save once a minute at most; a power cut
//! then takes a minute's count of them, and nothing else. A log that is missing or damaged stops no release: a new one
//! begins, and says so itself.

mod entry;
mod log;
mod saved;
#[cfg(test)]
mod tests;
mod text;

pub use entry::{Disclosed, LogEntry};
pub use log::{DisclosureLog, MAX_LOG_RUNS};
