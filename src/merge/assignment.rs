//! How a home becomes a plan: which rooms make which zone.

use alloc::vec::Vec;

use crate::grid::Symmetry;
use crate::sketch::Survey;

/// A room, or an earlier part of one, cut into two halves of equal area.
///
/// The part keeps its number and, with it, all its doors and contacts but one at most; the new half gets the
/// next number. The two halves always touch.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Halving {
    /// The part that is cut.
    pub(crate) part: usize,
    /// A neighbour of it whose door (or contact) goes with the new half.
    pub(crate) takes: Option<usize>,
}

private_debug!(Halving);

/// How a home is seen as a plan: rooms cut and merged into the plan's zones, and the home turned.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Assignment {
    /// Takes directions in the home to directions in the plan.
    pub(crate) symmetry: Symmetry,
    /// In the order they are made.
    pub(crate) cuts: Vec<Halving>,
    /// Zone of each part: first the kept rooms in their order, then the new half of each cut.
    pub(crate) zone_of: Vec<u8>,
}

private_debug!(Assignment);

impl Assignment {
    /// The zones that hold a half of a room.
    pub(crate) fn halved_zones(&self) -> Vec<u8> {
        let rooms = self.zone_of.len() - self.cuts.len();
        let halves = self.cuts.iter().enumerate().flat_map(|(i, cut)| [cut.part, rooms + i]);
        halves.filter_map(|part| self.zone_of.get(part).copied()).collect()
    }

    /// The same in terms of the home that a sketch was taken of.
    pub(crate) fn in_home(&self, survey: &Survey) -> Self {
        let rooms = survey.rooms.len();
        let part = |part: usize| survey.rooms.get(part).copied().unwrap_or(part);
        let mut zone_of = self.zone_of.clone();
        for (room, &zone) in self.zone_of.iter().enumerate().take(rooms) {
            zone_of[survey.rooms[room]] = zone;
        }
        Self {
            symmetry: survey.symmetry.then(self.symmetry),
            cuts: self
                .cuts
                .iter()
                .map(|cut| Halving { part: part(cut.part), takes: cut.takes.map(part) })
                .collect(),
            zone_of,
        }
    }
}
