//! The keeper: one release an epoch, a ledger of the odds spent, and nothing without consent.
//!
//! Fresh noise every day would average out, and a release that followed the map would show doors closing. So a
//! household's [`Keeper`] draws once in an *epoch* and afterwards returns the same bytes, whatever the map is by then.
//! Only the key is fitted to today's map ([`HouseKey::refit`](crate::HouseKey::refit)).
//!
//! The first [`Keeper::on_map`] of an epoch writes to the [`Store`] twice. First a record, *before anything is drawn*:
//! the odds charged, a seed of 32 bytes, and which plans the home prefers. The draw is a function of that record and
//! nothing else, so a robot that loses power draws the same plans from it again; no pattern of power cuts lets two
//! different releases out. Then, before anything leaves, what was drawn: the plans and all that the certificate says.
//! From then on [`Keeper::release`] gives out just that, under any later version of this library and any later policy.
//! The keys are stored after the draw, and made again if a power cut comes between.
//!
//! Only an explicit call opens a new epoch ([`Keeper::new_epoch`]: the household moved, the key was lost), never a
//! change of the map. The odds of all epochs multiply, in exact integers, and the policy caps them. Where the cap
//! leaves nothing to pay with, the epoch is *sealed*: its release is the plan of λ = 1, which costs nothing and says
//! nothing. A release of several floors is charged for all floors of the policy, whatever the household has.
//!
//! Nothing is released without a [`ConsentRecord`] that is given, has not ended, and names the purpose asked for. Once
//! a release is drawn, a map fits the keys without one: by them nothing leaves. Consent and withdrawal are stored
//! before they are answered. Whatever else the device tells the cloud is built by an [`Outbox`], which sees the release
//! and the cloud's own commands and nothing of the home. What the owner can be told about all this is a [`Disclosure`],
//! and what was disclosed, a [`DisclosureLog`].
//!
//! The state is one blob: versioned, with a checksum, padded to a size class. A damaged one is an error and not a fresh
//! start. The keeper cannot notice a store that was rolled back to an older state: it would draw again, and forget a
//! withdrawal.

mod consent;
mod device;
mod disclosure;
mod epoch;
mod error;
mod floor_keys;
mod keeper;
mod kept_keys;
mod ledger;
mod log;
mod outbox;
mod storage;
#[cfg(test)]
mod tests;
mod time;
mod transfer;

pub use consent::{ConsentError, ConsentRecord, ConsentStatus, MAX_CONSENT_TEXT, MAX_RECIPIENTS, Purpose};
pub use device::Device;
pub use disclosure::{Disclosure, Language};
pub use error::KeeperError;
pub use keeper::Keeper;
pub use log::{Disclosed, DisclosureLog, LogEntry, MAX_LOG_RUNS};
pub use outbox::{
    Command, CommandError, CommandId, Failure, MAX_COMMAND_BYTES, MAX_GOALS, MAX_PATH, MAX_PENDING,
    MAX_REPEATS, Message, Order, Outbox, Received,
};
#[cfg(feature = "std-fs")]
pub use storage::DirectoryStore;
pub use storage::{MemoryStore, Slot, Store, StoreError};
pub use time::UnixTime;
