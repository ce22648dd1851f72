//! The keeper's state, and its bytes.

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::draw::Draw;
use super::retired::Retired;
use crate::blob::{BlobError, Envelope, Reader, Writer, check};
use crate::keeper::consent::ConsentRecord;
use crate::keeper::time::{MOST_AHEAD_S, UnixTime};
use crate::odds::Odds;
use crate::policy::MAX_FLOORS;

/// The size class grows with the number of floors alone: texts of a consent, its predecessors and a draw fit into it.
pub(super) const fn envelope(version: u32, floors: u8) -> Envelope {
    Envelope { magic: *b"HVKEEPER", version, least: (8192 * (1 + floors as usize)).next_power_of_two() }
}

pub(super) const VERSION: u32 = 4;

/// Who may spend the household's odds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::keeper) enum Role {
    /// Draws, and opens epochs.
    Lead,
    /// Has what a lead drew.
    Follower,
}

impl Role {
    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, BlobError> {
        Ok(if from.bool()? { Self::Follower } else { Self::Lead })
    }
}

/// Which consent counts where two robots have one each.
enum Counts {
    Theirs,
    Own,
    /// They have the same id.
    Both,
    /// The owner is asked.
    Neither,
}

/// All that a keeper remembers.
#[derive(Clone, PartialEq)]
pub(in crate::keeper) struct State {
    /// The number of floors of the draw; before there is one, of the policy.
    pub(in crate::keeper) floors: u8,
    pub(in crate::keeper) role: Role,
    pub(in crate::keeper) epoch: u32,
    /// The product of the odds of all draws.
    pub(in crate::keeper) spent: Odds,
    /// The latest time seen since the consent was recorded.
    pub(in crate::keeper) clock: UnixTime,
    pub(in crate::keeper) consent: Option<ConsentRecord>,
    pub(in crate::keeper) retired: Retired,
    /// This epoch's draw, if it was begun.
    pub(in crate::keeper) draw: Option<Draw>,
}

impl State {
    pub(in crate::keeper) fn new(floors: u8) -> Self {
        Self {
            floors,
            role: Role::Lead,
            epoch: 0,
            spent: Odds::SEALED,
            clock: UnixTime::from_secs(0),
            consent: None,
            retired: Retired::default(),
            draw: None,
        }
    }

    /// Takes over what the owner said on this robot, whose state was `own`, into a state from another robot: a consent
    /// that was withdrawn or replaced on either of them does not count, nor does one that is no later than what ended
    /// the other. Where that leaves none, the owner is asked. The clock is that of the robots which have the consent
    /// that counts.
    pub(in crate::keeper) fn merge_consents(&mut self, own: &Self) {
        let counts = self.counts(own);
        let (theirs, own_record) = (self.consent.take(), own.consent.clone());
        let clock = self.clock.max(own.clock);
        // No later than the other one, whatever it says of itself.
        let given =
            |record: &Option<ConsentRecord>| record.as_ref().map_or(clock, |it| clock.max(it.given_at));
        let (with_theirs, with_own) = (given(&theirs), given(&own_record));
        // What a robot's clock showed before the record was given does not count against it.
        let gone;
        (self.consent, gone, self.clock) = match counts {
            Counts::Theirs => (theirs, [None, own_record], self.clock),
            Counts::Own => (own_record, [theirs, None], own.clock),
            Counts::Neither => (None, [theirs, own_record], clock),
            Counts::Both => {
                let joined = theirs.clone().zip(own_record).and_then(|(theirs, own)| theirs.joined(&own));
                let gone = if joined.is_some() { None } else { theirs };
                (joined, [gone, None], clock)
            }
        };
        self.retired.merge(&own.retired);
        for (record, bound) in gone.into_iter().zip([with_own, with_theirs]) {
            if let Some(record) = record {
                self.retired.add(&record, bound);
            }
        }
    }

    /// Whose consent counts where this state is another robot's.
    fn counts(&self, own: &Self) -> Counts {
        let (theirs, own_record) = match (&self.consent, &own.consent) {
            (Some(theirs), Some(own)) if theirs.record_id == own.record_id => return Counts::Both,
            (theirs, own) => (theirs.as_ref(), own.as_ref()),
        };
        let counts = |record: Option<&ConsentRecord>, other: Option<&ConsentRecord>, retired: &Retired| {
            let end = other.and_then(ConsentRecord::ended_at);
            record.is_some_and(|it| !retired.has(it) && end.is_none_or(|end| it.given_at > end))
        };
        let does_theirs = counts(theirs, own_record, &own.retired);
        let does_own = counts(own_record, theirs, &self.retired);
        let end = |record: Option<&ConsentRecord>| record.and_then(ConsentRecord::ended_at);
        match (does_theirs, does_own) {
            (false, true) => Counts::Own,
            (true, true) if end(theirs).is_some() || self.is_later(theirs, own) => Counts::Own,
            (true, _) => Counts::Theirs,
            // What the owner ended stays ended.
            (false, false) if end(own_record).is_some() && end(own_record) >= end(theirs) => Counts::Own,
            (false, false) if end(theirs).is_some() => Counts::Theirs,
            (false, false) => Counts::Neither,
        }
    }

    /// Whether the consent of this robot is later than another robot's, and not one that is dated ahead of all times
    /// that either of them knows.
    fn is_later(&self, theirs: Option<&ConsentRecord>, own: &Self) -> bool {
        let given = |record: Option<&ConsentRecord>| record.map(|record| record.given_at);
        let known = self.clock.max(own.clock).max(given(theirs).unwrap_or_default());
        let latest = known.later_by_s(MOST_AHEAD_S);
        given(own.consent.as_ref()).is_some_and(|own| Some(own) > given(theirs) && own <= latest)
    }

    /// The consent no longer counts, and the owner is asked.
    pub(in crate::keeper) fn forget_consent(&mut self) {
        if let Some(record) = self.consent.take() {
            self.retired.add(&record, self.clock);
        }
    }

    /// What ties a floor's stored key to the draw that it was made for: `None` if nothing was drawn.
    pub(in crate::keeper) fn key_tag(&self, floor: u8) -> Option<[u8; 32]> {
        self.draw.as_ref()?.tag(floor)
    }

    pub(in crate::keeper) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let consent = self.consent.as_ref().map(serde_json::to_vec).transpose();
        let consent = consent.expect("texts, numbers and lists of them always serialize").unwrap_or_default();
        envelope(VERSION, self.floors).seal(|out| self.write(&consent, out))
    }

    fn write(&self, consent: &[u8], out: &mut Writer<'_>) {
        // First, as the size class depends on it.
        out.u8(self.floors);
        out.u8((self.role == Role::Follower).into());
        out.u32(self.epoch);
        out.odds(self.spent);
        out.u64(self.clock.secs());
        out.counted(consent);
        self.retired.write(out);
        out.option(self.draw.as_ref(), |out, draw| draw.write(out));
    }

    /// The state of bytes of this version.
    pub(in crate::keeper) fn from_bytes(bytes: &[u8]) -> Result<Self, BlobError> {
        let floors = bytes.get(Envelope::HEAD_BYTES).copied().unwrap_or_default();
        envelope(VERSION, floors).open(bytes, Self::read)
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, BlobError> {
        let floors = read_floors(from)?;
        let role = Role::read(from)?;
        let epoch = from.u32()?;
        // A ledger that began again under a policy whose odds were not in lowest terms took them as they were.
        let spent = from.odds()?;
        let spent = spent.times(Odds::SEALED).unwrap_or(spent);
        let clock = UnixTime::read(from)?;
        let consent = read_consent(from)?;
        let retired = Retired::read(from)?;
        let draw = from.option(Draw::read)?;
        check(draw.as_ref().is_none_or(|draw| draw.floors() == floors))?;
        Ok(Self { floors, role, epoch, spent, clock, consent, retired, draw })
    }
}

pub(super) fn read_floors(from: &mut Reader<'_>) -> Result<u8, BlobError> {
    let floors = from.u8()?;
    check((1..=MAX_FLOORS).contains(&floors))?;
    Ok(floors)
}

/// A consent as counted JSON; `None` if there is none.
pub(super) fn read_consent(from: &mut Reader<'_>) -> Result<Option<ConsentRecord>, BlobError> {
    let consent: Option<ConsentRecord> = match from.counted()? {
        [] => None,
        json => Some(serde_json::from_slice(json).map_err(|_| BlobError::Content)?),
    };
    check(consent.as_ref().is_none_or(|consent| consent.check().is_ok()))?;
    Ok(consent.map(ConsentRecord::in_order))
}
