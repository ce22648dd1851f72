//! What an assignment costs, in thousandths of a phantom door.
//!
//! The weights are public and part of the version. A *phantom* door sends the robot on a detour; it is the
//! unit. As bad as one is floor drawn entirely in the wrong zones (areas cost their total variation,
//! ½ Σ |share − plan's share|) or a pair of zones drawn entirely the wrong way round (directions cost the
//! share of room pairs that lie so): both send a person to the wrong place. A *hidden* door costs a tenth: the
//! cloud plans a longer way than there is, and the robot still takes the short one. A cut room costs the
//! robot nothing, but a person cleans it with two commands instead of one. Where ways part behind the dock, the
//! doors leave *open in which order* to visit zones; the cloud then goes by the drawing, which is wrong about
//! lengths, so every pair of zones left open costs two hundredths. That is a constant of the plan and the
//! same for all homes.
//!
//! Only cuts that rooms enough would have spared are charged. A home with fewer rooms than zones is cut as
//! often whatever the plan is; charging that would change no ranking and no release, but would hide in a
//! constant what a codebook gains.
//!
//! How much a cut costs decides between doors that are not there and rooms in pieces. Measured with the best
//! sealed plan for each weight (K = 4; every fourth path is a candidate, 200 random homes to design on): share of
//! drawn doors that are phantom, and of floor in uncut rooms, in homes that have K rooms or more (57 of 100
//! other random homes, 20 of 28 real maps); and the tour over the best one, on all real maps.
//!
//! | cut | phantom, random | uncut, random | phantom, real | uncut, real | tour, real |
//! | --- | --- | --- | --- | --- | --- |
//! | 0 | 4.1 % | 76 % | 0 | 70 % | 1.02 |
//! | 100 | 4.1 % | 80 % | 1.7 % | 81 % | 1.02 |
//! | 300 | 4.7 % | 83 % | 1.7 % | 81 % | 1.04 |
//! | 600 | 1.8 % | 97 % | 1.7 % | 91 % | 1.11 |
//! | 800 | 2.9 % | 98 % | 1.7 % | 93 % | 1.12 |
//! | 2000 | 4.7 % | 100 % | 6.7 % | 100 % | 1.11 |
//! | 600, as shipped | 5.3 % | 88 % | 1.7 % | 91 % | 1.02 |
//!
//! Below 600 real homes are cut up for little. From 600 on, so few homes to design on want a plan on which ways
//! part at the dock; on the thousand of the shipped codebooks the best sealed plan is a chain.
//!
//! How much an open order costs decides how much of a tour is given for zones that lie as in the home. The same
//! candidates, 300 homes; cost is relative to λ = 1, on real maps:
//!
//! | order | tour, λ = 1 | tour, λ = 2 | cost, λ = 2 |
//! | --- | --- | --- | --- |
//! | 0 | 1.12 | 1.06 | .97 |
//! | 10 | 1.04 | 1.06 | .92 |
//! | 20 | 1.04 | 1.06 | .94 |
//! | 40 | 1.04 | 1.06 | .96 |
//!
//! Proportions cost a third of what they did when plans were chains alone: then areas were all that plans
//! differed in, and they are what two or three plans can do least about.

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
    /// A pair of zones whose order the doors leave open.
    pub(crate) order: u32,
}

/// The weights of this version.
pub(crate) const WEIGHTS: Weights =
    Weights { phantom: 1000, hidden: 100, cut: 600, proportion: 1000, direction: 1000, order: 20 };
