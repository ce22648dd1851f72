//! What the owner asked to redact, so far as it has been placed.
//!
//! A redaction names rooms and regions of the map of its day. Once placed, it is a mark; asked again with a later map,
//! it must not be placed a second time: the same number may be another room, the same outline another place. So a known
//! map remembers what was placed on it. Kinds are remembered too, since a new kind counts for all rooms of the map,
//! while one that was asked for before counts only for floor that nobody had seen.
//!
//! Each known map has requests of its own. A number, an outline and a kind are asked for on each of them once: nobody
//! can say whether an owner who names room 5 upstairs means the room 5 that was placed downstairs, and what is redacted
//! without need can be released by hand, while what is not redacted is cleaned, and reported as cleaned.

use alloc::vec::Vec;

use sha2::{Digest, Sha256};
use zeroize::Zeroize;

use crate::blob::{BlobError, Reader, Writer, check};
use crate::grid::narrow;
use crate::home::{RoomId, RoomKind};
use crate::redact::Redaction;

/// Stood among the requests of a key whose owner had still to choose, before version 8 of its bytes.
const UNDECIDED: &[u8] = b"undecided";

/// The last mark that may be made because the owner has still to choose: a first key has at most
/// [`MAX_MARKS`](super::MAX_MARKS) marks, and those are made at most twice.
const MOST_TENTATIVE: u32 = 1 << 12;

/// Requests that have been placed, ascending. The first bytes of a digest stand for a request, as a number: they are
/// enough that no two of a household agree.
#[derive(Clone, Default, PartialEq, Eq, Zeroize)]
pub(in crate::key) struct Requests(Vec<u64>);

impl Requests {
    /// The part of a redaction that has not been placed.
    pub(in crate::key) fn new_in(&self, redaction: &Redaction) -> Redaction {
        let mut left = redaction.clone();
        left.kinds.retain(|&kind| !self.has(of_kind(kind as u32)));
        left.rooms.retain(|&room| !self.has(of_room(room)));
        left.regions.retain(|region| !self.has(of_region(region)));
        left.dead_ends &= !self.has(of(b"dead ends", &[]));
        left
    }

    /// A room of this number was placed, here or elsewhere.
    pub(in crate::key) fn has_room(&self, room: RoomId) -> bool {
        self.has(of_room(room)) || self.has(of_room_elsewhere(room))
    }

    /// All that was ever placed is kinds that a redaction asks for. Of a map of an earlier version nobody knows it.
    pub(in crate::key) fn are_kinds_of(&self, redaction: &Redaction) -> bool {
        self.are_kinds_among(redaction.kinds.iter().copied())
    }

    /// All that was ever placed is kinds, and was placed on the other map too.
    pub(super) fn are_kinds_of_map(&self, other: &Self) -> bool {
        self.are_kinds_among(RoomKind::ALL.into_iter().filter(|&kind| other.has(of_kind(kind as u32))))
    }

    fn are_kinds_among(&self, kinds: impl Iterator<Item = RoomKind>) -> bool {
        let kinds: Vec<u64> = kinds.map(|kind| of_kind(kind as u32)).collect();
        !self.0.is_empty() && self.0.iter().all(|request| kinds.contains(request))
    }

    /// All of a redaction has been placed. A room that is not here has its place on another known map: it is asked for
    /// once it is here, and means nothing until then.
    pub(in crate::key) fn place(&mut self, redaction: &Redaction, is_here: &dyn Fn(RoomId) -> bool) {
        let kinds = redaction.kinds.iter().map(|&kind| of_kind(kind as u32));
        let rooms = redaction.rooms.iter().map(|&room| {
            let own = of_room(room);
            if is_here(room) || self.has(own) { own } else { of_room_elsewhere(room) }
        });
        let rooms = rooms.collect::<Vec<_>>();
        let regions = redaction.regions.iter().map(of_region);
        let dead_ends = redaction.dead_ends.then(|| of(b"dead ends", &[]));
        self.0.extend(kinds.chain(rooms).chain(regions).chain(dead_ends));
        self.0.sort_unstable();
        self.0.dedup();
    }

    /// All that was placed on another map counts as placed here too.
    pub(in crate::key) fn take_over(&mut self, other: &Self) {
        self.0.extend(&other.0);
        self.0.sort_unstable();
        self.0.dedup();
    }

    /// Before version 8 a key had one set of requests. It also held whether the owner had still to choose, and the last
    /// mark that was made for that reason, of so many numbers given. Where an earlier version did not say, none was: in
    /// doubt all marks are the owner's.
    ///
    /// # Complexity
    /// O(numbers), up to some thousands.
    pub(super) fn without_undecided(mut self, next: u32) -> (Self, Option<u32>) {
        let whether = of(UNDECIDED, &[]);
        let is_undecided = self.has(whether);
        let number = |last: u32| of(UNDECIDED, &last.to_le_bytes());
        let most = next.min(MOST_TENTATIVE);
        let last = if is_undecided { (0..=most).find(|&last| self.has(number(last))) } else { None };
        self.0.retain(|&request| request != whether && last.is_none_or(|last| request != number(last)));
        (self, is_undecided.then_some(last.unwrap_or(0)))
    }

    fn has(&self, request: u64) -> bool {
        self.0.binary_search(&request).is_ok()
    }

    pub(super) fn write(&self, out: &mut Writer<'_>) {
        out.count(narrow(self.0.len()));
        self.0.iter().for_each(|request| out.bytes(&request.to_be_bytes()));
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, BlobError> {
        let count = from.count()?;
        let mut requests: Vec<u64> = Vec::new();
        for _ in 0..count {
            let request = u64::from_be_bytes(from.array()?);
            check(requests.last().is_none_or(|last| *last < request))?;
            requests.push(request);
        }
        Ok(Self(requests))
    }
}

fn of_kind(kind: u32) -> u64 {
    of(b"kind", &kind.to_le_bytes())
}

fn of_room(room: RoomId) -> u64 {
    of(b"room", &room.get().to_le_bytes())
}

fn of_room_elsewhere(room: RoomId) -> u64 {
    of(b"elsewhere", &room.get().to_le_bytes())
}

fn of_region(region: &geo_types::Polygon<f64>) -> u64 {
    let rings = core::iter::once(region.exterior()).chain(region.interiors());
    let mut bytes = Vec::new();
    for ring in rings {
        // Of one width on all machines: what is stored is read on others.
        bytes.extend((ring.0.len() as u64).to_le_bytes());
        bytes.extend(ring.0.iter().flat_map(|at| [at.x.to_le_bytes(), at.y.to_le_bytes()]).flatten());
    }
    of(b"region", &bytes)
}

fn of(what: &[u8], value: &[u8]) -> u64 {
    let digest = Sha256::new().chain_update(what).chain_update([0]).chain_update(value).finalize();
    digest.first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
}

#[cfg(test)]
mod tests {
    use super::Requests;
    use crate::home::{RoomId, RoomKind};
    use crate::redact::Redaction;
    use geo_types::Rect;

    /// Where an earlier version did not say which marks may be the owner's, all of them are, however many there are.
    #[test]
    fn in_doubt_all_marks_are_the_owners() {
        let whether = super::of(super::UNDECIDED, &[]);
        let number = |last: u32| super::of(super::UNDECIDED, &last.to_le_bytes());
        let read = |mut requests: Vec<u64>, next: u32| {
            requests.sort_unstable();
            let (left, tentative) = Requests(requests).without_undecided(next);
            assert!(left.0.is_empty());
            tentative
        };
        assert_eq!(read(vec![whether], 9), Some(0));
        assert_eq!(read(vec![whether], u32::MAX), Some(0));
        assert_eq!(read(vec![whether, number(5)], u32::MAX), Some(5));
        assert_eq!(read(Vec::new(), 9), None);
    }

    /// What stands for each request in stored keys, whatever the machine.
    #[test]
    fn requests_are_stored_as_they_ever_were() {
        let number = |redaction: Redaction| {
            let mut requests = Requests::default();
            requests.place(&redaction, &|_| true);
            requests.0
        };
        let none = Redaction::none;
        let region = Rect::new((0.5, -1.25), (2.0, 3.0)).to_polygon();
        let stored = [
            none().kinds([RoomKind::Living]),
            none().kinds([RoomKind::Bedroom]),
            none().kinds([RoomKind::Other]),
            none().rooms([RoomId::new(7)]),
            none().region(region).unwrap(),
            none().dead_ends(),
        ];
        assert_eq!(
            stored.map(number),
            [
                vec![0xe99b_4af5_e3ef_f6e5],
                vec![0x3796_4030_4e56_cec3],
                vec![0x67f9_d42d_286e_b060],
                vec![0xdf06_0a89_6abb_e640],
                vec![0x78d9_9aac_3a80_dd7b],
                vec![0x8e8f_6b34_dee9_50a4],
            ]
        );
    }
}
