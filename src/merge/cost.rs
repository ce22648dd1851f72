//! What a realization costs, in thousandths.
//!
//! The weights are public and part of the version. A phantom door sends the robot on a detour, so it weighs
//! most; a hidden one only makes the cloud plan a longer way than there is. A cut room is harmless to driving
//! but a person would not draw it so. Areas cost their total variation (½ Σ |share − plan's share|),
//! directions the share of room pairs that lie the wrong way round.
//!
//! Only cuts that rooms enough would have spared are charged. A home with fewer rooms than zones is cut as
//! often whatever the plan is; charging that would change no ranking and no release, but would hide in a
//! constant what a codebook gains.

/// What each disagreement costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Weights {
    /// A door of the plan whose zones do not touch in the home.
    pub(crate) phantom: u32,
    /// Two zones that touch in the home without a door in the plan.
    pub(crate) hidden: u32,
    /// A room cut in two although there were rooms enough.
    pub(crate) cut: u32,
    /// Areas that have nothing in common with the plan's (total variation 1).
    pub(crate) proportion: u32,
    /// A pair of zones that lies entirely the wrong way round.
    pub(crate) direction: u32,
}

/// The weights of this version. The phantom door is the unit; as bad as one is a third of the floor drawn in
/// the wrong zone, or a pair of zones drawn entirely the wrong way round: both send a person to the wrong place.
pub(crate) const WEIGHTS: Weights =
    Weights { phantom: 1000, hidden: 100, cut: 600, proportion: 3000, direction: 1000 };
