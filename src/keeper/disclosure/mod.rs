//! The disclosure: what a release contains, what it cannot reveal, and what is not covered.
//!
//! An owner who is asked for consent should be told figures that hold, in words that can be read. All figures follow
//! from the policy and none from the home. So the disclosure is the same for a whole fleet, except for the household's
//! own consent, and can be shown before anything is drawn. Figures are rounded against us: caps are
//! rounded up, the probability that the map was drawn without looking at the home is rounded down. There are two sets:
//! one for this release, and one for all that the ledger's cap allows over a robot's life.

mod figures;
mod text;

pub use figures::Disclosure;
pub use text::Language;
pub(super) use text::Text;
