//! What a keeper may do, as a plain list of what was said and what has left.

use std::collections::{BTreeMap, BTreeSet};

use homeveil::keeper::{CommandId, ConsentError, ConsentRecord, KeeperError, Message, Purpose};
use homeveil::{Odds, Release};
use proptest::prelude::*;

/// A consent as the model remembers it.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "what may have become of it, one by one")]
pub(super) struct Consent {
    id: String,
    purposes: Vec<Purpose>,
    given: u64,
    ends: u64,
    refused: bool,
    withdrawn: bool,
    /// It was said to have expired.
    dead: bool,
    /// A look at the clock may have stored that it has expired.
    maybe_dead: bool,
    /// The latest time since it was recorded.
    seen: u64,
}

impl Consent {
    fn of(record: &ConsentRecord, refused: bool) -> Self {
        Self {
            id: record.record_id.clone(),
            purposes: record.purposes.clone(),
            given: record.given_at.secs(),
            ends: record.expires_at.secs(),
            refused,
            withdrawn: false,
            dead: false,
            maybe_dead: false,
            seen: 0,
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    /// What the running keeper goes by.
    own: Option<Consent>,
    /// What may be stored: a failed save may have taken effect or not.
    stored: Vec<Option<Consent>>,
    /// What left in each epoch.
    released: BTreeMap<u32, String>,
    /// The odds of what left.
    paid: BTreeMap<u32, Odds>,
    /// The commands that were accepted or done at once, by client and number.
    accepted: BTreeSet<(u32, CommandId)>,
    /// There was no room for the queue, so that a restart may have forgotten numbers.
    forgetful: bool,
}

impl Model {
    pub(super) fn new() -> Self {
        Self { stored: vec![None], ..Self::default() }
    }

    /// A call that saves: where it went well, nothing else is stored.
    pub(super) fn saved(&mut self, result: Result<(), KeeperError>) {
        match result {
            Ok(()) => self.stored = vec![self.own.clone()],
            Err(KeeperError::Store(_)) => self.stored.push(self.own.clone()),
            Err(_) => {}
        }
    }

    pub(super) fn consented(
        &mut self,
        record: &ConsentRecord,
        refused: bool,
        result: Result<(), KeeperError>,
    ) {
        let new = Consent::of(record, refused);
        match result {
            // The same record again says nothing new.
            Ok(()) if self.own.as_ref().is_some_and(|own| own.id == new.id) => {}
            Ok(()) => {
                self.own = Some(new);
                self.saved(Ok(()));
            }
            Err(KeeperError::Store(_)) => self.stored.push(Some(new)),
            Err(_) => {}
        }
    }

    pub(super) fn withdrew(&mut self, result: Result<(), KeeperError>) {
        // A refusal stays one.
        if let Some(own) = self.own.as_mut().filter(|own| !own.refused) {
            own.withdrawn = true;
        }
        self.saved(result);
    }

    /// After a restart the keeper goes by something that may have been stored.
    pub(super) fn restarted(&mut self, record: Option<&ConsentRecord>) -> Result<(), TestCaseError> {
        let fits = |may: &Option<Consent>| match (may, record) {
            (None, None) => true,
            (Some(may), Some(record)) => {
                may.id == record.record_id && may.withdrawn == record.withdrawn_at.is_some()
            }
            _ => false,
        };
        self.stored.retain(fits);
        prop_assert!(!self.stored.is_empty(), "a consent or its withdrawal was lost: {:?}", record);
        // What was certainly stored as expired stays so; else the latest time may have been lost.
        let dead = self.stored.iter().all(|may| may.as_ref().is_some_and(|may| may.dead));
        self.own = self.stored.last().cloned().flatten();
        if let Some(own) = &mut self.own {
            own.dead = dead;
        }
        Ok(())
    }

    /// A release was asked for; `left` is what came of it.
    pub(super) fn asked(
        &mut self,
        purpose: Purpose,
        now: u64,
        epoch: u32,
        left: &Result<String, KeeperError>,
    ) -> Result<(), TestCaseError> {
        let [holds, surely] = self.consent_holds(purpose, now);
        match left {
            Ok(json) => {
                prop_assert!(holds, "released for {purpose:?} at {now} under {:?}", self.own);
                let first = self.released.entry(epoch).or_insert_with(|| json.clone());
                prop_assert!(first == json, "two releases in epoch {epoch}");
                let release = Release::from_json(json.as_bytes()).unwrap();
                let terms = release.certificate();
                let of_release = terms.odds.power(terms.floors).unwrap();
                self.paid.insert(epoch, of_release);
                self.stored.push(self.own.clone());
            }
            Err(error @ (KeeperError::Consent(_) | KeeperError::ClockJumped)) => {
                prop_assert!(!surely, "{error} under {:?} at {now}", self.own);
                self.refused(*error);
            }
            Err(KeeperError::Store(_)) => self.stored.push(self.own.clone()),
            // A save that failed while the map came: nothing was drawn.
            Err(KeeperError::NotDrawn) => {
                prop_assert!(!self.released.contains_key(&epoch), "what has left is gone");
                self.stored.push(self.own.clone());
            }
            Err(error) => prop_assert!(false, "cut off: {error}"),
        }
        Ok(())
    }

    /// Whether the consent may hold at a time, and whether it certainly does.
    fn consent_holds(&mut self, purpose: Purpose, now: u64) -> [bool; 2] {
        let Some(own) = &mut self.own else { return [false; 2] };
        own.seen = own.seen.max(now);
        let named = !own.withdrawn && !own.refused && !own.dead && own.purposes.contains(&purpose);
        let holds = named && now < own.ends && own.seen >= own.given;
        [holds, holds && !own.maybe_dead && own.seen < own.ends && now >= own.given]
    }

    /// The clock was looked at, and may have been stored.
    pub(super) fn saw(&mut self, now: u64) {
        self.consent_holds(Purpose::RequestedServiceProvision, now);
        self.stored.push(self.own.clone());
        let over = self.own.as_ref().filter(|own| own.seen >= own.ends).map(|own| own.id.clone());
        let all = self.stored.iter_mut().chain([&mut self.own]).flatten();
        all.filter(|may| Some(&may.id) == over.as_ref()).for_each(|may| may.maybe_dead = true);
    }

    fn refused(&mut self, error: KeeperError) {
        if error == KeeperError::Consent(ConsentError::Expired) {
            // It was stored before it was said.
            let id = self.own.as_ref().map(|own| own.id.clone());
            let all = self.stored.iter_mut().chain([&mut self.own]).flatten();
            all.filter(|may| Some(&may.id) == id.as_ref()).for_each(|may| may.dead = true);
        }
        self.stored.push(self.own.clone());
    }

    /// A command came; why it was not answered, if it was not.
    pub(super) fn heard(&mut self, now: u64, refused: Option<KeeperError>) -> Result<(), TestCaseError> {
        let [holds, surely] = self.consent_holds(Purpose::RequestedServiceProvision, now);
        match refused {
            None => {
                prop_assert!(holds, "a command at {now} under {:?}", self.own);
                self.stored.push(self.own.clone());
            }
            Some(error) => {
                prop_assert!(!surely, "{error} under {:?} at {now}", self.own);
                self.refused(error);
            }
        }
        Ok(())
    }

    /// A message left at a time.
    pub(super) fn told(&mut self, message: &Message, now: u64) -> Result<(), TestCaseError> {
        let [holds, _] = self.consent_holds(Purpose::RequestedServiceProvision, now);
        prop_assert!(holds, "{message:?} at {now} under {:?}", self.own);
        if let Message::Accepted { client, id, .. } = message {
            let is_new = self.accepted.insert((*client, *id));
            prop_assert!(is_new || self.forgetful, "{message:?} twice");
        }
        Ok(())
    }

    /// From now on a restart may forget numbers.
    pub(super) const fn forgets(&mut self) {
        self.forgetful = true;
    }

    /// What has left another robot of the household has left.
    pub(super) fn left_elsewhere(&mut self, other: Self) {
        (self.released, self.paid) = (other.released, other.paid);
    }

    /// Something has left in this epoch: its record is made.
    pub(super) fn has_released(&self, epoch: u32) -> bool {
        self.released.contains_key(&epoch)
    }

    pub(super) fn release_of(&self, epoch: u32) -> Option<&String> {
        self.released.get(&epoch)
    }

    /// The product of the odds of all that has left.
    pub(super) fn spent(&self) -> Odds {
        self.paid.values().try_fold(Odds::SEALED, |spent, &odds| spent.times(odds)).unwrap()
    }
}
