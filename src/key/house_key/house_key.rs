//! The private key itself, and what can be asked of it without a lift.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use zeroize::ZeroizeOnDrop;

use crate::atlas::PlanId;
use crate::grid::{BitGrid, RobotFrame, Shape, Span, Symmetry};
use crate::key::chart::doors::{self, DrawnDoor, Passage};
use crate::key::chart::{Patch, ZoneTable};
use crate::key::known::{Closed, KnownMaps};
use crate::key::reach::drive::Drive;
use crate::key::reach::reached::Reached;

/// How this home's floor fits into the release. Private; see the [module](crate::key).
///
/// ```
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Coins, Grant, HouseKey, Policy, Redaction, anonymize};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let (policy, none) = (Policy::default(), Redaction::none());
/// let (release, key) = anonymize(&home, &none, &policy, Grant::unaccounted(), &mut Coins::os())?;
/// let zone = release.floors()[0].dock().zone;          // "clean that zone", says the cloud
/// assert!(key.lift_zone(zone)?.area_m2() > 0.0);       // the real cells
/// let stored = key.to_secret_bytes();
/// assert!(HouseKey::from_secret_bytes(&stored)? == key);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, ZeroizeOnDrop)]
pub struct HouseKey {
    /// The plan that the release draws.
    #[zeroize(skip)] // It is public.
    pub(in crate::key) plan: PlanId,
    pub(in crate::key) shape: Shape,
    pub(in crate::key) resolution_m: f64,
    /// Where the crop lies in the robot's frame.
    pub(in crate::key) frame: RobotFrame,
    /// Takes directions in the home to directions on the release.
    pub(in crate::key) symmetry: Symmetry,
    pub(in crate::key) zones: Vec<ZoneTable>,
    pub(in crate::key) doors: Vec<DrawnDoor>,
    /// For each door the cells of its passage, in pairs from zone to zone; found from the rest, not stored.
    pub(in crate::key) seams: Vec<Vec<[u32; 2]>>,
    pub(in crate::key) patches: Vec<Patch>,
    /// For each cell its patch, or the nearest one.
    pub(in crate::key) near: Vec<u16>,
    /// The cells that lie in the patch that `near` names.
    pub(in crate::key) charted: BitGrid,
    pub(in crate::key) uncharted: u32,
    /// Which zones the robot gets to on the current map, the owner's bars apart; found from the rest, not stored.
    pub(in crate::key) reached: Reached,
    /// The reachable poses, the redacted cells, and the owner's overlay.
    pub(in crate::key) drive: Drive,
    /// Charted and redacted cells bound to each area, in cells of the crop, ascending.
    pub(in crate::key) areas: Vec<Vec<Span>>,
    /// The maps that the key knows, and what is claimed on each.
    pub(in crate::key) known: KnownMaps,
    /// Why the key leads nowhere today.
    #[zeroize(skip)] // It names no place.
    pub(in crate::key) closed: Closed,
}

impl HouseKey {
    /// What each door of the release is on this home's map, in the order of
    /// [`Floor::doors`](crate::release::Floor::doors).
    ///
    /// # Complexity
    /// O(doors); O(cells) where the owner barred anything.
    #[must_use]
    pub fn passages(&self) -> Vec<Passage> {
        let reached = self.reached_today();
        let is_barred = self.drive.is_overlaid() && !self.closed.is_closed();
        let is_open = |pair: &[u32; 2]| pair.iter().all(|&cell| self.drive.is_open(cell as usize));
        let passage = |(door, seam): (&DrawnDoor, &Vec<[u32; 2]>)| match door.passage {
            _ if !door.zones.into_iter().all(|zone| reached.has(zone)) => Passage::Unreachable,
            Passage::Open if is_barred && !seam.iter().any(is_open) => Passage::Phantom,
            passage => passage,
        };
        self.doors.iter().zip(&self.seams).map(passage).collect()
    }

    /// The zones that the robot gets to today, with what the owner barred: from those that it would get to without bars
    /// the ones where it cleans enough of what the bars leave.
    ///
    /// # Complexity
    /// O(1); O(cells) where the owner barred anything.
    pub(in crate::key) fn reached_today(&self) -> Cow<'_, Reached> {
        if !self.drive.is_overlaid() || self.closed.is_closed() {
            return Cow::Borrowed(&self.reached);
        }
        let mut left = self.charted.clone();
        left.remove(&self.drive.barred);
        Cow::Owned(self.reached_of(self.reached.zones(), &left, self.drive.cleanable()))
    }

    fn reached_of(&self, may_be: &[bool], charted: &BitGrid, covered: &BitGrid) -> Reached {
        let width = self.shape.width;
        let runs = self.runs_near().map(|(zone, span)| (zone, span.cells(width)));
        Reached::of(self.shape, may_be, charted, covered, runs, |cell| self.zone_at(cell))
    }

    /// The longest runs of cells with patches of one zone nearest to them, row by row, and the zone.
    fn runs_near(&self) -> impl Iterator<Item = (u8, Span)> {
        let runs = Span::runs(&self.near, self.shape.width);
        let zone = |(patch, span)| Some((self.patches.get(usize::from(patch))?.zone, span));
        let mut runs = runs.filter_map(zone).peekable();
        core::iter::from_fn(move || {
            let (zone, mut span) = runs.next()?;
            while let Some((_, next)) =
                runs.next_if(|&(other, next)| other == zone && (next.y, next.start) == (span.y, span.end))
            {
                span.end = next.end;
            }
            Some((zone, span))
        })
    }

    /// The cells of all zones in runs, row by row.
    pub(in crate::key) fn zone_runs(&self) -> impl Iterator<Item = (u8, Span)> {
        self.runs_near().flat_map(|(zone, span)| {
            let row = usize::from(span.y) * self.shape.width;
            let charted = self.charted.runs_in(span.cells(self.shape.width));
            charted.map(move |run| (zone, Span::of_row(span.y.into(), run.start - row, run.end - row)))
        })
    }

    /// Number of cells of the home's floor that belong to no zone, because the zone's floor is in
    /// more pieces than its rectangle has blocks. For the owner to see; on the maps of homes it is 0.
    #[must_use]
    pub const fn uncharted_cells(&self) -> u32 {
        self.uncharted
    }

    /// What takes directions in the home to directions on the release.
    #[cfg(feature = "evaluation")]
    pub(crate) const fn symmetry(&self) -> Symmetry {
        self.symmetry
    }

    /// The index of the zone of a cell of the crop, if it lies in one.
    pub(crate) fn zone_at(&self, cell: usize) -> Option<u8> {
        let patch = self.near.get(cell).filter(|_| self.is_charted(cell))?;
        self.patches.get(usize::from(*patch)).map(|patch| patch.zone)
    }

    /// The cell lies in the patch that `near` names.
    pub(in crate::key) fn is_charted(&self, cell: usize) -> bool {
        self.charted.has(cell)
    }

    /// Finds what is not stored, once all else is known: the passages of the doors, and the zones reached.
    ///
    /// # Complexity
    /// O(cells).
    pub(in crate::key) fn find_rest(&mut self) {
        self.seams =
            doors::seams(self.shape, &self.doors, &self.drive, &self.near, |cell| self.zone_at(cell));
        self.reached = self.reached_of(&vec![true; self.zones.len()], &self.charted, self.drive.coverage());
    }

    /// Says of doors to zones that are not reached that they lead nowhere.
    pub(in crate::key) fn close_doors(&mut self) {
        let reached = &self.reached;
        for door in self.doors.iter_mut().filter(|door| !door.zones.into_iter().all(|zone| reached.has(zone)))
        {
            door.passage = Passage::Unreachable;
        }
    }
}

private_debug!(HouseKey);
