//! Noise: one integer draw over whole plans.
//!
//! It takes the plans that a home prefers and gives one plan of the codebook, with exact probabilities.
//!
//! A [`Channel`] over N plans takes the M that a home prefers and draws one plan: with λ = p/q and D = N·q +
//! M·(p − q), it draws one uniform number r below D. If r < N·q, the plan is number ⌊r / q⌋, *whatever the home*; else
//! it is the home's preferred plan number ⌊(r − N·q) / (p − q)⌋. So a preferred plan has probability p/D, any
//! other q/D, and D is the same for every home.
//!
//! This is randomized response (Warner 1965, JASA 60) in its subset form (Ye & Barg 2018, IEEE Trans. Inf.
//! Theory 64; Acharya, Sun & Zhang 2019, AISTATS), drawn over whole plans at once: mechanisms of two levels
//! are optimal under the odds bound (Kairouz, Oh & Viswanath 2014, NIPS), and one draw loses less than splitting λ
//! over tree, areas and layout.
//!
//! # Privacy
//! *Neighbouring*: any two homes whatsoever. *Spent*: λ, once for each draw. *Law*: above, exactly. For homes
//! h, h′ and every plan r: P[r | h] ≤ (p/D) = λ · (q/D) ≤ λ · P[r | h′]. With probability γ = N·q/D the plan
//! was drawn without looking at the home. *Not protected*: homes drawn twice under fresh coins; the keeper prevents
//! that.

mod channel;
mod coins;
mod fraction;
mod grant;

#[cfg(not(feature = "stages"))]
pub(crate) use channel::Channel;
#[cfg(feature = "stages")]
pub use channel::{Channel, ChannelError, MAX_PLANS};
pub(crate) use coins::CoinSource;
pub use coins::{CoinError, Coins};
pub use fraction::Fraction;
pub use grant::Grant;
pub(crate) use grant::GrantKind;
