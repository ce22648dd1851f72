//! The keys of a household's floors: made, fitted to the map of today, edited, and what the owner is told of them.

use alloc::vec::Vec;

use super::error::KeeperError;
use super::keeper::{Keeper, OwnFloor};
use super::kept_keys;
use super::ledger::Draw;
use super::storage::{Slot, Store};
use crate::anonymize::{AnonymizeError, MappedFloor, MeasuredFloor};
use crate::home::HomeError;
use crate::key::{HouseKey, MarkId, Refit};
use crate::measured::Measured;
use crate::redact::Redaction;
use crate::release::Floor;

impl<S: Store> Keeper<S> {
    /// What the owner is to be told of a floor's latest map.
    ///
    /// # Errors
    /// As [`Keeper::key_of`] where there is no key. Of several the first: [`KeeperError::Store`]: its key works, but
    /// could not be stored, and what the owner bars would be forgotten at power-off. [`KeeperError::Anonymize`]: what
    /// is to be redacted is refused, and says what to choose; until then all that may be meant is redacted. Where the
    /// key was new it says so after a restart too, of rooms without a kind whatever it was; where it was fitted to a
    /// later map, from the next map on. [`KeeperError::Closed`]: the key leads nowhere on that map, and says why.
    /// [`KeeperError::KeyRemade`] and [`KeeperError::MarksLost`]: the key was made without what the owner had marked;
    /// that is told, also after restarts and new epochs, until the owner marks something or
    /// [`Keeper::acknowledge_key`] is called.
    pub fn check_floor(&self, floor: u8) -> Result<(), KeeperError> {
        let key = self.key_of(floor)?;
        let own = self.own_floor(floor)?;
        own.stored?;
        let undecided = key.is_undecided().then_some(HomeError::Unlabelled);
        own.refused.or(undecided).map_or(Ok(()), |refused| Err(AnonymizeError::from(refused)))?;
        key.check_open().map_err(KeeperError::Closed)?;
        own.untold.map_or(Ok(()), Err)
    }

    /// The owner has been told that a floor's key was made without what was marked ([`KeeperError::KeyRemade`],
    /// [`KeeperError::MarksLost`]), and has nothing to mark: [`Keeper::check_floor`] says it no longer.
    ///
    /// # Errors
    /// As [`Keeper::key_of`]; the store fails, and it is still said.
    pub fn acknowledge_key(&mut self, floor: u8) -> Result<(), KeeperError> {
        let key = self.key_of(floor)?.clone();
        match self.own_floor(floor)?.untold {
            Some(_) => self.adopt_key(floor, key, None),
            None => Ok(()),
        }
    }

    /// What fitting a floor's key to its latest map did, since the keeper was opened.
    ///
    /// # Errors
    /// As [`Keeper::key_of`]; or there is no refit: the key was made new, or no map has come since the keeper was
    /// opened.
    pub fn refit_of(&self, floor: u8) -> Result<&Refit, KeeperError> {
        self.key_of(floor)?;
        self.own_floor(floor)?.refit.as_ref().ok_or(KeeperError::NotRefitted)
    }

    /// The key of a policy with one floor, of the first floor where there are more.
    ///
    /// # Errors
    /// As [`Keeper::key_of`].
    pub fn key(&self) -> Result<&HouseKey, KeeperError> {
        self.key_of(0)
    }

    /// The key of a floor, from 0.
    ///
    /// # Errors
    /// There is no such floor; its map has not come in this epoch; the stored key is damaged, or of a later version of
    /// this library, and is then not written over; or it could not be read, which is tried again with the next map.
    pub fn key_of(&self, floor: u8) -> Result<&HouseKey, KeeperError> {
        self.own_floor(floor)?.key.as_ref().map_err(|&error| error)
    }

    fn own_floor(&self, floor: u8) -> Result<&OwnFloor, KeeperError> {
        self.floors.get(usize::from(floor)).ok_or(KeeperError::UnknownFloor)
    }

    /// Changes a floor's key, to bind its areas, and stores it; the key stays as it was where that fails. An edit that
    /// changes nothing, because it is refused, say, stores nothing.
    ///
    /// # Errors
    /// As [`Keeper::key_of`]; the store fails.
    pub fn edit_key<T>(
        &mut self,
        floor: u8,
        edit: impl FnOnce(&mut HouseKey) -> T,
    ) -> Result<T, KeeperError> {
        let old = self.key_of(floor)?;
        let mut key = old.clone();
        let result = edit(&mut key);
        let bytes = |key| kept_keys::to_bytes(key, [0; 32], None);
        if bytes(&key) != bytes(old) {
            let untold = self.own_floor(floor)?.untold.filter(|_| !has_new_mark(old, &key));
            self.adopt_key(floor, key, untold)?;
        }
        Ok(result)
    }

    /// Loads the keys again that could not be read before.
    pub(super) fn load_keys_again(&mut self) {
        let areas = self.policy.areas();
        for (floor, own) in (0..).zip(&mut self.floors) {
            if matches!(own.key, Err(KeeperError::Store(_)))
                && let Ok(kept) = kept_keys::load_floor(&mut self.store, &self.state, floor)
            {
                *own = OwnFloor::new(kept);
                own.key.iter_mut().for_each(|key| key.allow_areas(areas));
            }
        }
    }

    /// Stores a key and what the owner is still to be told of it, and only then adopts them.
    fn adopt_key(
        &mut self,
        floor: u8,
        key: HouseKey,
        untold: Option<KeeperError>,
    ) -> Result<(), KeeperError> {
        self.save_key(floor, &key, untold)?;
        if let Some(own) = self.floors.get_mut(usize::from(floor)) {
            (own.key, own.untold, own.stored) = (Ok(key), untold, Ok(()));
        }
        Ok(())
    }

    /// Makes the key of a floor, or fits the one there is to the map of today, and stores it. Whatever the map is, one
    /// key is stored: how often the store is written may not depend on the map.
    pub(super) fn fit_key(
        &mut self,
        floor: u8,
        map: MappedFloor<'_>,
        carried: Option<(Redaction, HouseKey)>,
        measured: Option<MeasuredFloor>,
        drawn: &Floor,
    ) {
        // As many as the release and the outbox have: a policy of fewer takes none from what was drawn.
        let drawn_areas = self.state.draw.as_ref().map_or(0, Draw::areas);
        let areas = self.policy.areas().max(drawn_areas);
        let Some(own) = self.floors.get_mut(usize::from(floor)) else { return };
        let (key, refit, refused) = match own.key.as_ref() {
            // It is there, or may be, with what the owner marked.
            Err(missing) if missing.is_unread() => return,
            Err(missing) => {
                let earlier = own.earlier.take();
                let (made, refused) = made(earlier.as_ref(), map, carried, measured, drawn, areas);
                let (key, has_all) = made;
                own.untold = match missing {
                    KeeperError::Key(damage) => Some(KeeperError::KeyRemade(*damage)),
                    _ => (!has_all).then_some(KeeperError::MarksLost).or(own.untold),
                };
                (key, None, refused)
            }
            Ok(old) => {
                let (chosen, refused) = chosen(old, map, measured, drawn, areas);
                if let Some(key) = chosen {
                    (key, None, refused)
                } else {
                    let (key, refit) = old.refit(map.home, map.redaction);
                    let refused = refused.or_else(|| refit.undecided.then(|| map.to_choose()));
                    (key, Some(refit), refused)
                }
            }
        };
        (own.refit, own.refused) = (refit, refused);
        let untold = own.untold;
        let stored = self.save_key(floor, &key, untold);
        if let Some(own) = self.floors.get_mut(usize::from(floor)) {
            (own.key, own.stored) = (Ok(key), stored);
        }
    }

    fn save_key(
        &mut self,
        floor: u8,
        key: &HouseKey,
        untold: Option<KeeperError>,
    ) -> Result<(), KeeperError> {
        let tag = self.state.key_tag(floor).ok_or(KeeperError::NoKey)?;
        Ok(self.store.save(Slot::Key { floor }, &kept_keys::to_bytes(key, tag, untold))?)
    }
}

/// Whether the owner has marked something since.
fn has_new_mark(old: &HouseKey, key: &HouseKey) -> bool {
    let known: Vec<MarkId> = old.marks().iter().map(|mark| mark.id).collect();
    key.marks().iter().any(|mark| !known.contains(&mark.id))
}

/// The first key of an epoch and whether it has what the owner marked in an earlier one; and why the owner has to
/// choose, if so.
fn made(
    earlier: Option<&HouseKey>,
    map: MappedFloor<'_>,
    carried: Option<(Redaction, HouseKey)>,
    measured: Option<MeasuredFloor>,
    drawn: &Floor,
    areas: u32,
) -> ((HouseKey, bool), Option<HomeError>) {
    let Some((asked, fitted)) = carried else {
        let measured = measured.unwrap_or_else(|| map.measured());
        let has_all = earlier.is_none_or(|earlier| !earlier.has_marks_besides(map.redaction));
        return ((map.key(&measured, drawn, areas), has_all), measured.refused);
    };
    // Parts of rooms that were redacted before come with their marks.
    let today = MappedFloor::new(map.home, &asked);
    let is_todays = |floor: &Measured| floor.redaction.cells.is_empty();
    let measured = measured.filter(|it| it.floor.as_ref().is_none_or(is_todays));
    let measured = measured.unwrap_or_else(|| today.measured());
    let key = today.key(&measured, drawn, areas);
    let marked = key.clone().with_marks_of_earlier(fitted, map.home, map.redaction);
    let has_all = marked.is_some();
    ((marked.unwrap_or(key), has_all), measured.refused)
}

/// The key of an owner who had still to choose what is redacted and now has, with the bars, areas and redactions of the
/// one that there is; and why the owner has still to choose, if so.
fn chosen(
    old: &HouseKey,
    map: MappedFloor<'_>,
    measured: Option<MeasuredFloor>,
    drawn: &Floor,
    areas: u32,
) -> (Option<HouseKey>, Option<HomeError>) {
    if !old.is_undecided() {
        return (None, None);
    }
    // Found first: what comes next is a whole refit.
    if old.is_undecided_on(map.home, map.redaction) {
        return (None, Some(HomeError::Unlabelled));
    }
    let measured = || measured.unwrap_or_else(|| map.measured());
    if !old.knows_a_map() {
        let measured = measured();
        let key = measured.refused.is_none().then(|| map.key(&measured, drawn, areas));
        return (key, measured.refused);
    }
    let Some((asked, fitted)) = old.asked_by_owner(map.home, map.redaction) else {
        return (None, measured().refused);
    };
    let today = MappedFloor::new(map.home, &asked);
    let measured = today.measured();
    if measured.refused.is_some() {
        return (None, measured.refused);
    }
    let key = today.key(&measured, drawn, areas);
    (key.with_marks_of(fitted, map.home, map.redaction), None)
}
