//! From one robot of a household to another.
//!
//! A household has one ledger. Two robots that each kept their own would draw two releases of one home, and their odds
//! would multiply without anybody counting. So a robot hands over its whole state, and only one robot, the *lead*,
//! continues to spend. A second robot that [`Keeper::import`]s the state becomes a *follower*: it gives out the lead's
//! release, makes its own key from its own map, and is refused draws and new epochs. A robot that replaces another
//! [`Keeper::take_over`]s as lead.
//!
//! The vendor must hand the bytes from robot to robot (or through the owner's phone) encrypted, never through the cloud
//! in the clear; import again after the lead has opened a new epoch; pass a withdrawal on to all robots; and erase a
//! robot that was taken over. Nothing here can stop a second lead made from old bytes.

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::error::KeeperError;
use super::keeper::{Keeper, holds_a_household};
use super::kept_keys;
use super::ledger::{Draw, Role, State};
use super::outbox::Outbox;
use super::storage::{Slot, Store, StoreError};
use crate::blob::{BlobError, Envelope};
use crate::noise::Coins;
use crate::odds::Odds;
use crate::policy::Policy;

/// Large enough for the state and one key of the smallest size.
const ENVELOPE: Envelope = Envelope { magic: *b"HVHOUSE1", version: 1, least: 1 << 17 };

impl<S: Store> Keeper<S> {
    /// The whole household as bytes: consent, ledger, the epoch's record and the keys. As secret as the map. A device
    /// hands over by [`Device::export`](super::Device::export), which its log notes.
    ///
    /// # Complexity
    /// O(cells of all floors).
    #[must_use]
    pub fn export(&self) -> Zeroizing<Vec<u8>> {
        let mut parts = vec![self.state.to_bytes()];
        for (floor, own) in (0..).zip(&self.floors) {
            let key = own.key.as_ref().ok().zip(self.state.key_tag(floor));
            // What the owner marked in an earlier epoch, by a name that no draw has.
            let key = key.or_else(|| Some((own.earlier.as_ref()?, [0; 32])));
            parts.push(key.map(|(key, tag)| kept_keys::to_bytes(key, tag, own.untold)).unwrap_or_default());
        }
        ENVELOPE.seal(|out| parts.iter().for_each(|part| out.counted(part)))
    }

    /// A second robot's keeper on what the first one exported: the same release, and no draws of its own. A follower's
    /// store may be imported into again, with a later state; its own keys stay where the epoch does. A consent that was
    /// withdrawn or replaced on either robot counts on neither any more, and where the owner has withdrawn or refused,
    /// only one that was given after that counts. Where another consent counts than before, commands under way are
    /// given up. Where this robot's state was lost or is damaged, what the owner said here is not known, so that the
    /// owner is asked again.
    ///
    /// # Errors
    /// The bytes are damaged, of another version, or of version 3 and another policy; the store fails, or holds a
    /// household that is not a follower's, is ahead of the bytes, or has another draw of the same epoch. A robot that
    /// has drawn nothing yet is no household: what its owner said is merged.
    #[cfg(feature = "os-rng")]
    pub fn import(store: S, policy: Policy, bytes: &[u8]) -> Result<Self, KeeperError> {
        Self::import_with(store, policy, bytes, Coins::os())
    }

    /// As [`Keeper::import`], with a device's own coins, as for [`Keeper::open_with`].
    ///
    /// # Errors
    /// As [`Keeper::import`].
    pub fn import_with(store: S, policy: Policy, bytes: &[u8], coins: Coins) -> Result<Self, KeeperError> {
        Self::receive(store, policy, bytes, coins, Role::Follower)
    }

    /// The keeper of a robot that replaces the one that exported. That one must never draw again: erase it.
    ///
    /// # Errors
    /// As [`Keeper::import`]; the state of the store was lost or is damaged, which may have spent more.
    #[cfg(feature = "os-rng")]
    pub fn take_over(store: S, policy: Policy, bytes: &[u8]) -> Result<Self, KeeperError> {
        Self::take_over_with(store, policy, bytes, Coins::os())
    }

    /// As [`Keeper::take_over`], with a device's own coins, as for [`Keeper::open_with`].
    ///
    /// # Errors
    /// As [`Keeper::take_over`].
    pub fn take_over_with(store: S, policy: Policy, bytes: &[u8], coins: Coins) -> Result<Self, KeeperError> {
        Self::receive(store, policy, bytes, coins, Role::Lead)
    }

    fn receive(
        mut store: S,
        policy: Policy,
        bytes: &[u8],
        coins: Coins,
        role: Role,
    ) -> Result<Self, KeeperError> {
        let (state, blobs) = read(bytes, &policy)?;
        let mut state = State { role, ..state };
        let old = match store.load(Slot::State)?.map(Zeroizing::new) {
            Some(old) => State::of_any_version(&old, &policy).map(|(old, _)| Some(old)),
            None if holds_a_household(&mut store)? => Err(KeeperError::StateLost),
            None => Ok(None),
        };
        match old {
            // Keys must not lie there without a state, which a power cut would leave them.
            Ok(None) => store.save(Slot::State, &State::new(policy.floors()).to_bytes())?,
            Ok(Some(old)) => {
                // The bytes are of before the draw of this epoch, or of another one that nobody has paid for.
                let is_redrawn = old.draw.is_some()
                    && (old.epoch, old.spent) == (state.epoch, state.spent)
                    && old.key_tag(0) != state.key_tag(0);
                let is_ahead = old.epoch > state.epoch || old.spent > state.spent || is_redrawn;
                // A robot that has drawn nothing has a consent and a clock at most.
                let is_fresh = old.draw.is_none() && old.epoch == 0 && old.spent == Odds::SEALED;
                state.merge_consents(&old);
                // The same again is a power cut's second try.
                if old != state && !is_fresh && (old.role == Role::Lead || is_ahead) {
                    return Err(KeeperError::Occupied);
                }
                let id = |state: &State| state.consent.as_ref().map(|record| record.record_id.clone());
                if id(&old) != id(&state) {
                    give_up_commands(&mut store, &policy, &old)?;
                }
            }
            Err(error) => {
                let is_gone = match error {
                    KeeperError::State(damage) => damage != BlobError::Version,
                    error => error == KeeperError::StateLost,
                };
                if !is_gone || role == Role::Lead {
                    return Err(error);
                }
                // A follower spends nothing, so nothing is lost but what the owner said here: that is asked again.
                state.forget_consent();
            }
        }
        save_keys(&mut store, &state, &blobs)?;
        // Last: a cut before it leaves keys of another draw, whose marks the next try or the next map takes over.
        store.save(Slot::State, &state.to_bytes())?;
        Self::open_with(store, policy, coins)
    }
}

/// Gives up the stored commands of a state: they came under a consent that counts no longer. Their numbers stay used.
fn give_up_commands(store: &mut impl Store, policy: &Policy, state: &State) -> Result<(), KeeperError> {
    let Some(release) = state.draw.as_ref().and_then(Draw::release) else { return Ok(()) };
    let Some(bytes) = store.load(Slot::Queue)?.map(Zeroizing::new) else { return Ok(()) };
    // In place of a damaged one an empty one begins.
    if let Ok(mut outbox) = Outbox::of_draw(&release, policy, state.key_tag(0)).with(&bytes) {
        outbox.clear();
        store.save(Slot::Queue, &outbox.to_bytes())?;
    }
    Ok(())
}

/// Stores the keys that came with a state. A robot that has a key for its draw already has fitted it to its own maps,
/// and its owner has drawn on it.
fn save_keys(store: &mut impl Store, state: &State, blobs: &[Zeroizing<Vec<u8>>]) -> Result<(), StoreError> {
    for (floor, blob) in (0..).zip(blobs) {
        let own = store.load(Slot::Key { floor })?.map(Zeroizing::new);
        let kept = |blob: &[u8]| kept_keys::from_bytes(blob, state.key_tag(floor));
        let has_own = own.is_some_and(|own| {
            let own = kept(&own);
            own.key.is_ok() || own.earlier.is_some() && kept(blob).key.is_err()
        });
        if !(blob.is_empty() || has_own) {
            store.save(Slot::Key { floor }, blob)?;
        }
    }
    Ok(())
}

/// The stored key of each floor; empty where there is none.
type Blobs = Vec<Zeroizing<Vec<u8>>>;

/// The state and the keys' blobs of exported bytes.
fn read(bytes: &[u8], policy: &Policy) -> Result<(State, Blobs), KeeperError> {
    let parts = ENVELOPE.open(bytes, |from| {
        let state = Zeroizing::new(from.counted()?.to_vec());
        let mut blobs = Blobs::new();
        while !from.is_empty() {
            blobs.push(Zeroizing::new(from.counted()?.to_vec()));
        }
        Ok((state, blobs))
    });
    let (state, blobs) = parts.map_err(KeeperError::HandOver)?;
    let (state, _) = State::of_any_version(&state, policy).map_err(|error| match error {
        KeeperError::State(error) => KeeperError::HandOver(error),
        other => other,
    })?;
    if blobs.len() == usize::from(state.floors) {
        Ok((state, blobs))
    } else {
        Err(KeeperError::HandOver(BlobError::Content))
    }
}
