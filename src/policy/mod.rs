//! The policy: what a vendor chooses once, in public, for a whole fleet.
//!
//! A [`Policy`] says how many zones a release has, which odds λ it may spend, which kinds of rooms are redacted unless
//! the owner says otherwise, and what a device may tell the cloud. It knows nothing of any home: a policy chosen for
//! one home would itself reveal something about it. [`PolicyBuilder::build`] is the only way to one, also from JSON, so
//! a policy is always valid. Its digest stands in every release, so anyone can check that a fleet shares one policy.

mod builder;
mod choices;
mod error;
mod limits;
mod opt_in;
mod policy;
#[cfg(test)]
mod tests;
mod times;

pub use builder::PolicyBuilder;
pub use error::PolicyError;
pub use limits::{MAX_DONE_AFTER_S, MAX_FLOORS, MAX_POLICY_AREAS};
pub use opt_in::OptIn;
pub use policy::Policy;
