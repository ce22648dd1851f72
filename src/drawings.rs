//! Homes drawn by hand, for tests.

use crate::home::{Footprint, Home, HomeBuilder, RoomKind};

/// Four rooms, each open to the ones next to it.
pub(crate) const FLAT: &str = "
    ##############
    #aaaaaabbbbbb#
    #aAaaaabbbbbb#
    #aaaaaabbbbbb#
    #ccccccdddddd#
    #ccccccdddddd#
    #ccccccdddddd#
    ##############
";

/// The same drawing, whose rooms have the letters of `to` in place of those of `from`, and so other numbers.
pub(crate) fn relettered(drawing: &str, from: &str, to: &str) -> String {
    let letter = |c: char| {
        let at = from.chars().position(|old| old == c.to_ascii_lowercase());
        let new = at.and_then(|at| to.chars().nth(at));
        new.map_or(c, |new| if c.is_ascii_uppercase() { new.to_ascii_uppercase() } else { new })
    };
    drawing.chars().map(letter).collect()
}

pub(crate) const A: (char, RoomKind) = ('a', RoomKind::Living);
pub(crate) const B: (char, RoomKind) = ('b', RoomKind::Kitchen);
pub(crate) const C: (char, RoomKind) = ('c', RoomKind::Dining);
pub(crate) const D: (char, RoomKind) = ('d', RoomKind::Hallway);

/// Begins a home in cells of 0.1 m, and a robot of three of them.
pub(crate) fn builder(drawing: &str, kinds: &[(char, RoomKind)]) -> HomeBuilder {
    Home::from_drawing(0.1, Footprint::disc_m(0.1).unwrap(), drawing, kinds).unwrap()
}

/// The same, built.
pub(crate) fn named(drawing: &str, kinds: &[(char, RoomKind)]) -> Home {
    builder(drawing, kinds).build().unwrap()
}

/// The same, whose rooms have no kinds.
pub(crate) fn home(drawing: &str) -> Home {
    named(drawing, &[])
}

/// A home in cells of this size, and a robot of this radius.
pub(crate) fn of_cells(resolution_m: f64, radius_m: f64, drawing: &str, kinds: &[(char, RoomKind)]) -> Home {
    let footprint = Footprint::disc_m(radius_m).unwrap();
    Home::from_drawing(resolution_m, footprint, drawing, kinds).unwrap().build().unwrap()
}
