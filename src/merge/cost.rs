//! What a realization costs, in thousandths.
//!
//! The weights are public and part of the policy. A phantom door sends the robot on a detour, so it weighs
//! most; a hidden one only makes the cloud plan a longer way than there is. A cut room is harmless to driving
//! but a person would not draw it so. Areas cost their total variation (½ Σ |share − plan's share|),
//! directions the share of room pairs that lie the wrong way round.

/// A door of the plan whose zones do not touch in the home.
pub(crate) const PHANTOM: u32 = 600;

/// Two zones that touch in the home without a door in the plan.
pub(crate) const HIDDEN: u32 = 150;

/// A room cut in two.
pub(crate) const CUT: u32 = 700;

/// Areas that have nothing in common with the plan's (total variation 1).
pub(crate) const PROPORTION: u32 = 2000;

/// A pair of zones that lies entirely the wrong way round.
pub(crate) const DIRECTION: u32 = 150;
