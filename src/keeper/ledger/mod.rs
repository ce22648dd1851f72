//! The ledger: what a keeper remembers. Consent, the odds spent so far, and the record of the epoch's draw.

mod state;

pub(super) use state::{Record, Role, State};
