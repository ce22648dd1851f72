//! What the release's doors are in the home.

use crate::atlas::{Door, ZoneId};
use crate::grid::{NO_CELL, Shape, narrow};
use crate::key::HouseKey;
use crate::key::chart::Patch;
use crate::key::reach::poses::Reach;
use crate::key::zoning::parts::{NO_PART, portals};
use crate::redact::RedactedCells;

/// What a drawn door is on the current map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Passage {
    /// The two zones meet where the robot can drive from one into the other.
    Open,
    /// They meet through redacted rooms alone: open where the owner lets the robot pass, a detour otherwise.
    Redacted,
    /// They do not meet: the door is drawn and not there. The robot takes a detour through other zones.
    Phantom,
}

impl Passage {
    /// Its number in the key's bytes.
    pub(in crate::key) const fn code(self) -> u8 {
        match self {
            Self::Open => 0,
            Self::Redacted => 1,
            Self::Phantom => 2,
        }
    }

    pub(in crate::key) const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Open),
            1 => Some(Self::Redacted),
            2 => Some(Self::Phantom),
            _ => None,
        }
    }
}

/// A drawn door, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::key) struct DrawnDoor {
    pub(in crate::key) zones: [u8; 2],
    pub(in crate::key) passage: Passage,
}

/// Finds what each of the drawn doors is; they come as phantoms.
///
/// # Complexity
/// O(cells), and again if rooms are redacted and some door is not open.
pub(in crate::key) fn passages(
    shape: Shape,
    mut found: Vec<DrawnDoor>,
    reach: &Reach,
    redacted: &RedactedCells,
    patch_of: &[u16],
    patches: &[Patch],
) -> Vec<DrawnDoor> {
    let zone = |cell: usize| patches.get(usize::from(patch_of[cell])).map(|patch| patch.zone);
    for cell in 0..shape.len() {
        let Some(own) = zone(cell).filter(|_| reach.poses[cell]) else { continue };
        for near in shape.around(narrow(cell)) {
            let near = near as usize;
            if near > cell && near < shape.len() && reach.poses[near] {
                let Some(other) = zone(near).filter(|&other| other != own) else { continue };
                let pair = [own.min(other), own.max(other)];
                found
                    .iter_mut()
                    .filter(|door| door.zones == pair)
                    .for_each(|door| door.passage = Passage::Open);
            }
        }
    }
    if found.iter().any(|door| door.passage == Passage::Phantom) && redacted.cells.contains(&true) {
        let zones: Vec<u16> =
            (0..shape.len()).map(|cell| zone(cell).map_or(NO_PART, |zone| u16::from(zone) + 1)).collect();
        for cluster in portals(shape, &zones, redacted).chunk_by(|a, b| a.0 == b.0) {
            let around =
                |zone: u8| cluster.iter().any(|&(_, cell)| zones[cell as usize] == u16::from(zone) + 1);
            for door in found.iter_mut().filter(|door| door.passage == Passage::Phantom) {
                if door.zones.into_iter().all(around) {
                    door.passage = Passage::Redacted;
                }
            }
        }
    }
    found
}

impl HouseKey {
    /// Finds for each door the cells of its passage: those of C of either zone that lie beside the other one.
    ///
    /// # Complexity
    /// O(cells).
    pub(in crate::key) fn find_seams(&mut self) {
        let mut seams: Vec<Vec<[u32; 2]>> = vec![Vec::new(); self.doors.len()];
        let shape = self.shape;
        self.drive.each_stand(|cell| {
            let Some(own) = self.zone_at(cell) else { return };
            let cell = narrow(cell);
            let right_and_up = {
                let [_, right, _, up] = shape.around(cell);
                [right, up]
            };
            for near in right_and_up.into_iter().filter(|&near| near != NO_CELL) {
                if !self.drive.is_stand(near as usize) {
                    continue;
                }
                let Some(other) = self.zone_at(near as usize).filter(|&other| other != own) else { continue };
                let pair = [own.min(other), own.max(other)];
                for (_, seam) in self.doors.iter().zip(&mut seams).filter(|(door, _)| door.zones == pair) {
                    seam.push([cell, near]);
                }
            }
        });
        self.seams = seams;
    }
}

/// The index of a zone of a plan.
#[expect(clippy::cast_possible_truncation, reason = "a plan has at most six zones")]
const fn index(zone: ZoneId) -> u8 {
    zone.index() as u8
}

/// The doors of a floor where nothing is known to be open.
pub(in crate::key) fn phantoms(doors: &[Door]) -> Vec<DrawnDoor> {
    doors.iter().map(|door| DrawnDoor { zones: door.zones.map(index), passage: Passage::Phantom }).collect()
}
