//! What the release's doors are in the home.
//!
//! Takes the doors of the drawn plan and the zones of the home. Says of each door whether the robot can drive
//! through it ([`Passage`]), and which cells its passage has. A release draws doors that a home does not have:
//! these are *phantoms*. Two zones may also meet in the home where no door is drawn; a path may pass there, unless it
//! is to keep to the drawn doors.

use alloc::vec::Vec;

use zeroize::{DefaultIsZeroes, Zeroize};

use crate::atlas::Door;
use crate::grid::{BitGrid, Shape, narrow};
use crate::key::chart::Patch;
use crate::key::reach::drive::Drive;
use crate::key::reach::poses::Reach;
use crate::key::zoning::parts::{NO_PART, portals};
use crate::redact::RedactedCells;

/// What a drawn door is on the current map, as [`HouseKey::passages`](crate::HouseKey::passages) lists them.
///
/// ```
/// use homeveil::key::Passage;
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let (policy, redaction) = (Policy::default(), Redaction::none());
/// # let (_, key) = anonymize(&home, &redaction, &policy, Grant::unaccounted(), &mut Coins::replayed(1))?;
/// let detours = key.passages().iter().filter(|&&passage| passage != Passage::Open).count();
/// # let _ = detours;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Passage {
    /// The two zones meet where the robot can drive from one into the other.
    Open,
    /// They meet through redacted rooms alone: open where the owner lets the robot pass.
    Redacted,
    /// They do not meet, or the owner barred where they do: the door is drawn but absent. The robot gets from the one
    /// to the other through further zones.
    #[default]
    Phantom,
    /// It leads nowhere today: the robot does not get to one of the zones, which lies behind a shut door, a chair in a
    /// doorway or a keep-out, or has no floor. There is no detour.
    Unreachable,
}

impl DefaultIsZeroes for Passage {}

impl Passage {
    /// Its number in the key's bytes.
    pub(in crate::key) const fn code(self) -> u8 {
        match self {
            Self::Open => 0,
            Self::Redacted => 1,
            Self::Phantom => 2,
            Self::Unreachable => 3,
        }
    }

    pub(in crate::key) const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Open),
            1 => Some(Self::Redacted),
            2 => Some(Self::Phantom),
            3 => Some(Self::Unreachable),
            _ => None,
        }
    }
}

/// A drawn door as the key holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Zeroize)]
pub(in crate::key) struct DrawnDoor {
    /// Indices of its zones, the lower one first.
    pub(in crate::key) zones: [u8; 2],
    pub(in crate::key) passage: Passage,
}

impl DrawnDoor {
    /// A door of a plan, not known to be open.
    #[expect(clippy::cast_possible_truncation, reason = "a plan has at most six zones")]
    pub(in crate::key) fn phantom(door: &Door) -> Self {
        Self { zones: door.zones.map(|zone| zone.index() as u8), passage: Passage::Phantom }
    }
}

/// Finds what each of the drawn doors is, which are phantoms before.
///
/// # Complexity
/// O(cells), and again if rooms are redacted and some door is not open.
pub(in crate::key) fn find_passages(
    shape: Shape,
    doors: &mut [DrawnDoor],
    reach: &Reach,
    redacted: &RedactedCells,
    patch_of: &[u16],
    patches: &[Patch],
) {
    let zone = |cell: usize| patches.get(usize::from(patch_of[cell])).map(|patch| patch.zone);
    let pose_zone = |cell: usize| zone(cell).filter(|_| reach.poses.has(cell));
    each_step_between_zones(shape, patch_of, &pose_zone, &mut |pair, _| {
        doors.iter_mut().filter(|door| door.zones == pair).for_each(|door| door.passage = Passage::Open);
    });
    if doors.iter().any(|door| door.passage == Passage::Phantom) && redacted.cells.contains(&true) {
        // Of the redacted rooms too the robot passes only where it can be.
        let mut passed = redacted.clone();
        passed.cells.iter_mut().enumerate().for_each(|(cell, passed)| *passed &= reach.poses.has(cell));
        let zones: Vec<u16> = (0..shape.len())
            .map(|cell| pose_zone(cell).map_or(NO_PART, |zone| u16::from(zone) + 1))
            .collect();
        for cluster in portals(shape, &zones, &passed).chunk_by(|a, b| a.0 == b.0) {
            let touches =
                |zone: u8| cluster.iter().any(|&(_, cell)| zones[cell as usize] == u16::from(zone) + 1);
            for door in doors.iter_mut().filter(|door| door.passage == Passage::Phantom) {
                if door.zones.into_iter().all(touches) {
                    door.passage = Passage::Redacted;
                }
            }
        }
    }
}

/// For each door the cells of its passage, in pairs from zone to zone: the reachable poses of either zone next to
/// one of the other. `near` gives each cell's patch, or the nearest one.
///
/// # Complexity
/// O(cells).
pub(in crate::key) fn seams(
    shape: Shape,
    doors: &[DrawnDoor],
    drive: &Drive,
    near: &[u16],
    zone_of: impl Fn(usize) -> Option<u8>,
) -> Vec<Vec<[u32; 2]>> {
    let mut seams: Vec<Vec<[u32; 2]>> = vec![Vec::new(); doors.len()];
    let pose_zone = |cell: usize| zone_of(cell).filter(|_| drive.is_pose(cell));
    each_step_between_zones(shape, near, &pose_zone, &mut |pair, cells| {
        let own = doors.iter().zip(&mut seams).filter(|(door, _)| door.zones == pair);
        own.for_each(|(_, seam)| seam.push(cells));
    });
    seams
}

/// Calls `visit` with the zones, the lower one first, and the cells of each step to the right or up into another zone,
/// in the order of the cells that they lead from. A cell's zone is that of its patch, if it has one.
fn each_step_between_zones(
    shape: Shape,
    patch_of: &[u16],
    zone_of: &dyn Fn(usize) -> Option<u8>,
    visit: &mut dyn FnMut([u8; 2], [u32; 2]),
) {
    let mut step = |cell: usize, near: usize| {
        if let (Some(own), Some(other)) = (zone_of(cell), zone_of(near))
            && own != other
        {
            visit([own.min(other), own.max(other)], [narrow(cell), narrow(near)]);
        }
    };
    // Most cells lie inside a patch, as do those around them.
    let [right, above] = [1, shape.width].map(|later| BitGrid::alike(shape.width, patch_of, later));
    BitGrid::all(shape).each_but(&right.and(&above), |cell| {
        if !right.has(cell) && (cell + 1) % shape.width != 0 {
            step(cell, cell + 1);
        }
        if !above.has(cell) && cell + shape.width < shape.len() {
            step(cell, cell + shape.width);
        }
    });
}
