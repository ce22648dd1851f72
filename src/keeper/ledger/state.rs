//! The keeper's state, and its bytes.

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::draw::Draw;
use super::retired::Retired;
use crate::blob::{BlobError, Envelope, Reader, Writer, check};
use crate::keeper::consent::ConsentRecord;
use crate::keeper::time::UnixTime;
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
    /// that was withdrawn or replaced on either of them does not count. Where that leaves none, the owner is asked. The
    /// clock is that of the robots which have the consent that counts.
    pub(in crate::keeper) fn merge_consents(&mut self, own: &Self) {
        let (theirs, own_record) = (self.consent.take(), own.consent.clone());
        let clock = self.clock.max(own.clock);
        let counts = |record: &ConsentRecord, elsewhere: &Retired| !elsewhere.has(record);
        self.consent = match (theirs.clone(), &own_record) {
            (Some(mut theirs), Some(same)) if theirs.record_id == same.record_id => {
                same.withdrawn_at.into_iter().for_each(|at| theirs.withdraw(at));
                Some(theirs)
            }
            (theirs, own_record) => theirs
                .filter(|theirs| counts(theirs, &own.retired))
                .or_else(|| own_record.clone().filter(|record| counts(record, &self.retired))),
        };
        self.retired.merge(&own.retired);
        let in_force = self.consent.as_ref().map(|record| record.record_id.clone());
        let has_it = |record: Option<&ConsentRecord>| record.map(|it| &it.record_id) == in_force.as_ref();
        // What a robot's clock showed before the record was given does not count against it.
        self.clock = match [theirs.as_ref(), own_record.as_ref()].map(has_it) {
            [true, false] => self.clock,
            [false, true] => own.clock,
            [true, true] | [false, false] => clock,
        };
        // No later than the other one, whatever it says of itself.
        let given =
            |record: &Option<ConsentRecord>| record.as_ref().map_or(clock, |it| clock.max(it.given_at));
        let (theirs, own) = ((theirs.clone(), given(&own_record)), (own_record, given(&theirs)));
        for (record, bound) in [theirs, own] {
            if let Some(record) = record.filter(|record| in_force.as_ref() != Some(&record.record_id)) {
                self.retired.add(&record, bound);
            }
        }
    }

    /// The consent no longer counts, and the owner is asked.
    pub(in crate::keeper) fn forget_consent(&mut self) {
        if let Some(record) = self.consent.take() {
            self.retired.add(&record, self.clock);
        }
    }

    /// What ties a floor's stored key to the draw that it was made for: nothing where nothing was drawn.
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
        out.u8(self.draw.is_some().into());
        self.draw.iter().for_each(|draw| draw.write(out));
    }

    /// The state of bytes of this version.
    pub(in crate::keeper) fn from_bytes(bytes: &[u8]) -> Result<Self, BlobError> {
        let floors = bytes.get(Envelope::HEAD_BYTES).copied().unwrap_or_default();
        envelope(VERSION, floors).open(bytes, Self::read)
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, BlobError> {
        let floors = from.u8()?;
        check((1..=MAX_FLOORS).contains(&floors))?;
        let role = if from.bool()? { Role::Follower } else { Role::Lead };
        let epoch = from.u32()?;
        // A ledger that began again under a policy whose odds were not in lowest terms took them as they were.
        let spent = from.odds()?;
        let spent = spent.times(Odds::SEALED).unwrap_or(spent);
        let clock = UnixTime::from_secs(from.u64()?);
        let consent = read_consent(from)?;
        let retired = Retired::read(from)?;
        let draw = if from.bool()? { Some(Draw::read(from)?) } else { None };
        check(draw.as_ref().is_none_or(|draw| draw.floors() == floors))?;
        Ok(Self { floors, role, epoch, spent, clock, consent, retired, draw })
    }
}

/// A consent as counted JSON; nothing where there is none.
pub(super) fn read_consent(from: &mut Reader<'_>) -> Result<Option<ConsentRecord>, BlobError> {
    let consent: Option<ConsentRecord> = match from.counted()? {
        [] => None,
        json => Some(serde_json::from_slice(json).map_err(|_| BlobError::Content)?),
    };
    check(consent.as_ref().is_none_or(|consent| consent.check().is_ok()))?;
    Ok(consent.map(ConsentRecord::in_order))
}
