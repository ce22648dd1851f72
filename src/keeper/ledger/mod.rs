//! The ledger: what a keeper remembers over a restart.
//!
//! That is the consent, the product of the odds spent so far, and the epoch's draw: first as the inputs that it is a
//! function of, then as the plans that were drawn. The ledger neither decides nor stores; the
//! [`Keeper`](super::Keeper) replaces its state as a whole and stores it before it acts on it.
//!
//! What was drawn stands. The state names the drawn plans, which are numbers of the atlas and never shift, and all that
//! the certificate says. So a later version of the library, whatever codebooks it ships and whatever policy it is
//! given, gives the same bytes, and never draws again for the epoch.
//!
//! States of earlier versions are read too, see [`earlier`].

mod draw;
mod earlier;
mod retired;
mod state;

pub(super) use draw::{Draw, DrawTerms};
pub(super) use retired::Retired;
pub(super) use state::{Role, State};
