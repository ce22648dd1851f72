//! What an assignment costs, in thousandths of a phantom door.
//!
//! The weights are public and part of the version. The unit is a *phantom* door, which sends the robot on a detour.
//! Equally bad are floor cells drawn entirely in the wrong zones (areas cost their total variation, ½ Σ |share −
//! plan's share|) and a pair of zones drawn entirely in the wrong order (directions cost the share of room pairs that
//! lie so): both send a person to the wrong place. A *hidden* door costs a tenth: the cloud plans a longer path than
//! there is, and the robot still takes the short one. A cut room costs the robot nothing, but a person cleans it with
//! two commands instead of one. Where paths branch behind the dock, the doors leave *open in which order* to visit the
//! zones. The cloud then goes by the drawing, which is wrong about lengths, so each pair of zones left open costs two
//! hundredths. That is a constant of the plan and the same for all homes.
//!
//! Only cuts that a home with enough rooms would not need are charged. A home with fewer rooms than zones is cut as
//! often whatever the plan is; charging that would change no ranking and no release, but would hide in a constant what
//! a codebook gains.
//!
//! The weight of a cut decides between doors that are not there and rooms in pieces: below 600, homes are cut up for
//! little. The weight of an open order decides how much of a tour is given for zones that lie as in the home. The
//! example `design_codebooks` shows what other weights would choose.

/// What each disagreement costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Weights {
    /// A door of the plan whose zones do not touch in the home.
    pub(crate) phantom: u32,
    /// Two zones that touch in the home without a door in the plan.
    pub(crate) hidden: u32,
    /// A room cut in two although there were enough rooms.
    pub(crate) cut: u32,
    /// Areas that have nothing in common with the plan's (total variation 1).
    pub(crate) proportion: u32,
    /// A pair of zones that lies entirely in the wrong order.
    pub(crate) direction: u32,
    /// A pair of zones whose order the doors leave open.
    pub(crate) order: u32,
}

/// The weights of this version.
pub(crate) const WEIGHTS: Weights =
    Weights { phantom: 1000, hidden: 100, cut: 600, proportion: 1000, direction: 1000, order: 20 };

impl Weights {
    /// What the doors of a plan of K zones cost: `joined` of its K − 1 doors join zones that touch, and so many pairs
    /// of zones touch.
    pub(super) fn doors(&self, zones: usize, joined: u32, touching: u32) -> u32 {
        let doors = u32::try_from(zones).unwrap_or(1) - 1;
        let joined = joined.min(doors);
        (doors - joined) * self.phantom + (touching - joined) * self.hidden
    }
}
