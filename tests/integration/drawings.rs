//! Homes drawn by hand that several files look at.

use homeveil::home::{Footprint, Home, HomeBuilder};

/// Four rooms, each open to the ones next to it.
pub(crate) const FOUR_ROOMS: &str = "
    ##############
    #aaaaaabbbbbb#
    #aAaaaabbbbbb#
    #aaaaaabbbbbb#
    #ccccccdddddd#
    #ccccccdddddd#
    #ccccccdddddd#
    ##############
";

/// Two rooms, and a doorway of five cells between them.
pub(crate) const TWO_ROOMS: &str = "
    #####################
    #aaaaaaaaa#bbbbbbbbb#
    #aaaaaaaaa#bbbbbbbbb#
    #aaaaaaaaabbbbbbbbbb#
    #Aaaaaaaaabbbbbbbbbb#
    #aaaaaaaaabbbbbbbbbb#
    #aaaaaaaaabbbbbbbbbb#
    #aaaaaaaaabbbbbbbbbb#
    #aaaaaaaaa#bbbbbb####
    #####################
";

/// A home in cells of 0.1 m, and a robot of three of them.
pub(crate) fn builder(drawing: &str) -> HomeBuilder {
    Home::from_drawing(0.1, Footprint::disc_m(0.1).unwrap(), drawing, &[]).unwrap()
}

/// The same, built.
pub(crate) fn home(drawing: &str) -> Home {
    builder(drawing).build().unwrap()
}
