//! The disclosure: what a release contains, what it cannot tell, and what is not covered.
//!
//! An owner who is asked for consent should be told in figures that hold and in words that can be read. All
//! figures follow from the policy, none from the home, so the disclosure is the same for a whole fleet but for the
//! household's own consent, and can be shown before anything is drawn. Figures are rounded against us: caps up,
//! the probability of not having looked down. Two sets are given, one for the release at hand and one for all
//! that the ledger's cap allows over a robot's life.

mod figures;
mod text;

pub use figures::{CapPercents, Disclosure, NotCovered};
pub use text::Language;
