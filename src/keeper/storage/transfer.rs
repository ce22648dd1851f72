//! From one robot of a household to another.
//!
//! A household has one ledger. Two robots that each kept their own would draw two releases of one home, and their
//! odds would multiply without anybody counting. So what leaves a robot for another is the whole state, and only
//! one of the two, the *lead*, goes on spending: a second robot that [`Keeper::import`]s it becomes a *follower*,
//! which gives out the lead's release, makes its own key from its own map, and is refused draws and new epochs. A
//! robot that replaces another [`Keeper::take_over`]s as lead.
//!
//! What the vendor has to do: hand the bytes from robot to robot (or through the owner's phone) encrypted, never
//! through the cloud in the clear; import again after the lead has opened a new epoch; pass a withdrawal on to all
//! robots; and erase a robot that was taken over, since nothing here can stop a second lead made from old bytes.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::keys;
use super::store::{Slot, Store};
use crate::keeper::error::KeeperError;
use crate::keeper::keeper::Keeper;
use crate::keeper::ledger::{Role, State, counted, put, take};
use crate::policy::Policy;

const MAGIC: &[u8; 8] = b"HVHOUSE1";

impl<S: Store> Keeper<S> {
    /// The whole household as bytes: consent, ledger, the epoch's record and the keys. As secret as the map.
    ///
    /// # Complexity
    /// O(cells of all floors).
    #[must_use]
    pub fn export(&self) -> Zeroizing<Vec<u8>> {
        let mut parts = vec![self.state.to_bytes()];
        for (floor, key) in (0..).zip(&self.keys) {
            let key = key.as_ref().ok().and_then(|key| keys::to_bytes(key, self.state.key_tag(floor)));
            parts.push(key.unwrap_or_default());
        }
        let length: usize = parts.iter().map(|part| part.len() + 4).sum();
        let mut bytes = Zeroizing::new(Vec::with_capacity(length + 40));
        bytes.extend_from_slice(MAGIC);
        for part in &parts {
            put(&mut bytes, part);
        }
        let sum = Sha256::digest(bytes.as_slice());
        bytes.extend_from_slice(&sum);
        bytes
    }

    /// A second robot's keeper on what the first one exported: the same release, and no draws of its own. A
    /// follower's store may be imported into again, with a later state; a consent withdrawn there stays so.
    ///
    /// # Errors
    /// The bytes are damaged, of another version, or of another policy; the store fails, or holds a household
    /// that is not a follower's or is ahead of the bytes.
    pub fn import(store: S, policy: Policy, bytes: &[u8]) -> Result<Self, KeeperError> {
        Self::receive(store, policy, bytes, Role::Follower)
    }

    /// The keeper of a robot that replaces the one that exported. That one must never draw again: erase it.
    ///
    /// # Errors
    /// As [`Keeper::import`].
    pub fn take_over(store: S, policy: Policy, bytes: &[u8]) -> Result<Self, KeeperError> {
        Self::receive(store, policy, bytes, Role::Lead)
    }

    fn receive(mut store: S, policy: Policy, bytes: &[u8], role: Role) -> Result<Self, KeeperError> {
        let (state, blobs) = read(bytes).ok_or(KeeperError::State)?;
        if state.policy_digest != policy.digest() || state.floors != policy.floors() {
            return Err(KeeperError::Policy);
        }
        let mut state = State { role, ..state };
        if let Some(old) = store.load(Slot::State)?.map(Zeroizing::new) {
            let old = State::from_bytes(&old).ok_or(KeeperError::State)?;
            if old.policy_digest != state.policy_digest {
                return Err(KeeperError::Policy);
            }
            // The same again is a power cut's second try.
            if old != state && (old.role == Role::Lead || old.epoch > state.epoch || old.spent > state.spent)
            {
                return Err(KeeperError::Occupied);
            }
            if let (Some(old), Some(new)) = (old.consent, &mut state.consent)
                && old.record_id() == new.record_id()
                && let Some(at) = old.withdrawn_at()
            {
                new.withdraw(at);
            }
            state.clock = state.clock.max(old.clock);
        }
        store.save(Slot::State, &state.to_bytes())?;
        for (floor, blob) in (0..).zip(&blobs) {
            if !blob.is_empty() {
                store.save(Slot::Key { floor }, blob)?;
            }
        }
        Self::open(store, policy)
    }
}

/// The state and the keys' blobs of exported bytes.
fn read(bytes: &[u8]) -> Option<(State, Vec<Zeroizing<Vec<u8>>>)> {
    let (content, sum) = bytes.split_at_checked(bytes.len().checked_sub(32)?)?;
    let mut rest = content;
    if take(&mut rest, MAGIC.len())? != MAGIC || Sha256::digest(content)[..] != *sum {
        return None;
    }
    let state = State::from_bytes(counted(&mut rest)?)?;
    let blobs = (0..state.floors).map(|_| Some(Zeroizing::new(counted(&mut rest)?.to_vec())));
    let blobs = blobs.collect::<Option<Vec<_>>>()?;
    rest.is_empty().then_some((state, blobs))
}
