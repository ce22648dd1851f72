//! Removal of sensitive rooms.
mod redacted;
pub use redacted::Redacted;
