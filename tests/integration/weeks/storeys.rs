//! The storeys that a robot gets to see: the home, the one above, and maps that show nothing that comes back.

use homeveil::key::MarkKind;

use super::household::Passing;
use super::marks::Marks;

/// What the map of a storey shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// The home, in metres of the map that lasts.
    Home,
    /// Another home, always the same map.
    Other(u64),
    /// Something in metres that no later map has.
    Gone,
}

impl Shown {
    /// What a map of a day shows, if nobody knows it.
    pub(super) const fn by(passing: &Passing) -> Self {
        match passing {
            Passing::Elsewhere(seed) => Self::Other(*seed),
            Passing::Changed(_) => Self::Gone,
        }
    }
}

/// A map that the key has known, whether it still does or not.
pub(super) struct Storey {
    pub(super) shown: Shown,
    pub(super) marks: Marks,
    /// It is the home as drawn, or the owner said that it belongs to it.
    pub(super) confirmed: bool,
}

/// All of them, the home first.
#[derive(Default)]
pub(super) struct Storeys(pub(super) Vec<Storey>);

impl Storeys {
    /// The one with a mark of these.
    pub(super) fn with_marks(&self, marks: &[homeveil::key::Mark]) -> Option<usize> {
        self.0.iter().position(|storey| marks.iter().any(|mark| storey.marks.knows(mark.id)))
    }

    /// Takes a new one up.
    pub(super) fn add(&mut self, shown: Shown, marks: Marks) -> usize {
        self.0.push(Storey { shown, marks, confirmed: self.0.is_empty() });
        self.0.len() - 1
    }

    /// Nobody can say where on today's storey lies what the owner put on another one.
    pub(super) fn must_close(&self, today: usize) -> bool {
        let others = || self.0.iter().enumerate().filter(|(other, _)| *other != today);
        let unplaced = |storey: &Storey| {
            storey.marks.has(MarkKind::Barred) || storey.marks.own.iter().any(|mark| mark.by_owner)
        };
        !self.0[today].confirmed && others().any(|(_, storey)| unplaced(storey))
    }
}
