//! The ledger: what a keeper remembers over a restart.
//!
//! That is the consent, the product of the odds spent so far, and the record that the epoch's draw is a function of.
//! The ledger neither draws nor decides; the [`Keeper`](super::Keeper) replaces its state as a whole and stores it
//! before it acts on it.

mod state;

pub(super) use state::{Record, Role, State};
