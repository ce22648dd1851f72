//! The broken variants, and the switch. Part of `homeveil-mutants` only.

use std::cell::Cell;

use crate::grid::raster::{fill_polygon, trace_wall};
use crate::home::{Home, KeepOut, NO_FLOOR};
use crate::odds::Odds;

macro_rules! mutants {
    ($($(#[doc = $what:literal])* $name:ident,)*) => {
        /// One fault in the code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Mutant {
            $($(#[doc = $what])* $name,)*
        }

        impl Mutant {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// What is broken.
            #[must_use]
            pub fn what(self) -> String {
                match self {
                    $(Self::$name => concat!($($what),*).trim().to_owned(),)*
                }
            }
        }
    };
}

mutants! {
    /// `r % n` without rejection: some numbers are likelier
    RemainderBias,
    /// p is one too large in the draw
    LambdaOffByOne,
    /// one weight of the blind part goes to another plan
    BlindWeightMoved,
    /// the first preferred plan is drawn for all of them
    FirstPreferred,
    /// λ = 1 tosses a coin
    SealedTossesCoin,
    /// rooms measured with the width of the map
    BoundingBox,
    /// a high room id shows
    RoomIdGap,
    /// rooms keep the order of the robot's list
    RoomOrderKept,
    /// keep-outs are walls when doors are looked for
    KeepOutsAsWalls,
    /// clusters of redacted rooms are not contracted
    ClustersApart,
    /// of the rooms around a redacted cluster, two alone are joined
    PairsForgotten,
    /// redacted rooms' floor stays for the doors of the others
    RedactedFloorKept,
    /// clutter is not filled
    ClutterKept,
    /// canonical over four of the eight symmetries
    MirrorImagesApart,
    /// the cell of the dock shows
    DockPose,
    /// areas are not divided by their greatest common divisor
    ScaleKept,
    /// an empty home is ranked like any other
    EmptyHomeRanked,
    /// redacted cells are given to zones
    RedactedInZones,
    /// the keeper draws again at each call
    DrawnEveryDay,
    /// the keeper draws before it saves
    DrawnBeforeSaved,
    /// an update with other codebooks draws the epoch again
    DrawnByUpdate,
    /// the ledger's cap is not looked at
    CapUnchecked,
    /// nobody asks whether a policy opts in to a message
    OptInUnchecked,
    /// `verify` does not compare the drawing
    DrawingNotCompared,
}

thread_local! {
    static ON: Cell<Option<Mutant>> = const { Cell::new(None) };
}

/// Runs something with a variant on, in this thread.
pub fn with<T>(mutant: Mutant, run: impl FnOnce() -> T) -> T {
    /// Turns it off, also when the run panics.
    struct Off;
    impl Drop for Off {
        fn drop(&mut self) {
            ON.set(None);
        }
    }
    ON.set(Some(mutant));
    let _off = Off;
    run()
}

/// Whether a variant is on in this thread.
pub(crate) fn is_on(mutant: Mutant) -> bool {
    ON.get() == Some(mutant)
}

/// λ with a p one larger.
pub(crate) fn louder(odds: Odds) -> Odds {
    Odds::new(odds.p() + 1, odds.q()).unwrap_or(odds)
}

/// Two rooms of all.
pub(crate) fn first_two(mut rooms: Vec<u16>) -> Vec<u16> {
    rooms.sort_unstable();
    rooms.dedup();
    rooms.truncate(2);
    rooms
}

/// The labels of a home whose keep-outs are no floor.
pub(crate) fn walled(home: &Home) -> Vec<u16> {
    let mut labels = home.labels.clone();
    for keep_out in &home.keep_outs {
        match keep_out {
            KeepOut::Area(area) => {
                fill_polygon(area, home.resolution_m, home.shape, |cell| labels[cell] = NO_FLOOR);
            }
            KeepOut::Wall(wall) => {
                trace_wall(wall, home.resolution_m, home.shape, |cell| labels[cell] = NO_FLOOR);
            }
        }
    }
    labels
}
