//! An epoch's draw, before and after the coins.

use alloc::borrow::ToOwned;
use alloc::vec::Vec;

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::atlas::{Atlas, Codebook, PlanId};
use crate::blob::{BlobError, Reader, Writer, check};
use crate::draw::Preferences;
use crate::grid::narrow;
use crate::home::RoomKind;
use crate::keeper::error::KeeperError;
use crate::noise::{Channel, CoinSource, Coins, GrantKind};
use crate::odds::Odds;
use crate::policy::{MAX_FLOORS, Policy};
use crate::release::{Certificate, Release};

/// The draw of an epoch.
#[derive(Clone, PartialEq)]
pub(in crate::keeper) struct Draw {
    /// Its terms, which are known before any coin is tossed.
    certificate: Certificate,
    /// The number of areas of the release.
    areas: u32,
    /// The kinds of rooms that the policy redacted then.
    kinds: Vec<RoomKind>,
    /// What ties each floor's stored key to this draw.
    tags: Vec<[u8; 32]>,
    drawn: DrawState,
}

/// How far a draw has got.
#[derive(Clone, PartialEq)]
enum DrawState {
    /// It is charged and recorded, and not yet made.
    Not(DrawInputs),
    /// One plan for each floor.
    Plans(Vec<PlanId>),
}

/// What a draw is a function of.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
struct DrawInputs {
    seed: [u8; 32],
    /// The codebook's plans; `None` for the whole atlas.
    #[zeroize(skip)] // They are public.
    plans: Option<Vec<PlanId>>,
    preferences: Preferences,
}

/// What a draw is made under, besides the preferences.
pub(in crate::keeper) struct DrawTerms<'a> {
    pub(in crate::keeper) policy: &'a Policy,
    pub(in crate::keeper) epoch: u32,
    /// The odds of each floor: the policy's, or none.
    pub(in crate::keeper) odds: Odds,
    /// What the household has spent once this is drawn.
    pub(in crate::keeper) spent: Odds,
    pub(in crate::keeper) source: CoinSource,
    pub(in crate::keeper) seed: [u8; 32],
}

impl Draw {
    /// A draw to be made from a codebook.
    pub(in crate::keeper) fn recorded(
        terms: &DrawTerms<'_>,
        codebook: &Codebook,
        preferences: Preferences,
    ) -> Self {
        let &DrawTerms { policy, epoch, odds, spent, source, seed } = terms;
        let plans = (!codebook.is_whole_atlas())
            .then(|| codebook.plans().iter().map(crate::atlas::Plan::id).collect());
        Self {
            certificate: Certificate::new(policy, odds, codebook, spent, GrantKind::Keeper, source),
            areas: policy.areas(),
            kinds: policy.redacted_kinds().to_vec(),
            tags: (0..policy.floors()).map(|floor| tag(&seed, epoch, floor)).collect(),
            drawn: DrawState::Not(DrawInputs { seed, plans, preferences }),
        }
    }

    /// This draw made: a function of the record alone, so the same whenever it is asked for.
    ///
    /// # Errors
    /// The coins give no number, which with a seed of random bytes does not happen; or the record names a plan that
    /// there is not.
    pub(in crate::keeper) fn made(&self) -> Result<Self, KeeperError> {
        let DrawState::Not(record) = &self.drawn else { return Ok(self.clone()) };
        let Certificate { zones, plans, odds, coins: source, .. } = self.certificate;
        let mut coins = Coins::from_seed(record.seed, source);
        let drawn = record.preferences.draw(plans, odds, &mut coins)?;
        let all = match &record.plans {
            Some(plans) => plans.clone(),
            None => Atlas::of(zones).map(|atlas| atlas.plans()).unwrap_or_default(),
        };
        let drawn = drawn.into_iter().map(|plan| all.get(plan).copied()).collect::<Option<Vec<_>>>();
        let drawn = drawn.ok_or(KeeperError::State(BlobError::Content))?;
        let made = Self { drawn: DrawState::Plans(drawn), ..self.clone() };
        made.release().ok_or(KeeperError::State(BlobError::Content))?;
        Ok(made)
    }

    /// This draw as an earlier version of the library made it.
    pub(super) fn by(mut self, crate_version: &str) -> Self {
        crate_version.clone_into(&mut self.certificate.crate_version);
        self
    }

    /// Whether it is drawn, so that there is a release.
    pub(in crate::keeper) const fn is_made(&self) -> bool {
        matches!(self.drawn, DrawState::Plans(_))
    }

    /// The release, once it is drawn.
    pub(in crate::keeper) fn release(&self) -> Option<Release> {
        let DrawState::Plans(plans) = &self.drawn else { return None };
        Release::of_plans(plans, self.areas, self.certificate.clone())
    }

    pub(in crate::keeper) const fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    pub(in crate::keeper) const fn areas(&self) -> u32 {
        self.areas
    }

    pub(in crate::keeper) const fn floors(&self) -> u8 {
        self.certificate.floors
    }

    pub(in crate::keeper) fn kinds(&self) -> &[RoomKind] {
        &self.kinds
    }

    pub(in crate::keeper) fn tag(&self, floor: u8) -> Option<[u8; 32]> {
        self.tags.get(usize::from(floor)).copied()
    }

    #[cfg(homeveil_mutants)]
    pub(in crate::keeper) fn codebook_digest(&self) -> &str {
        &self.certificate.codebook_digest
    }

    #[cfg(test)]
    pub(in crate::keeper) const fn seed(&self) -> Option<[u8; 32]> {
        if let DrawState::Not(record) = &self.drawn { Some(record.seed) } else { None }
    }

    pub(super) fn write(&self, out: &mut Writer<'_>) {
        self.certificate.write(out);
        out.u32(self.areas);
        let kinds = serde_json::to_vec(&self.kinds).expect("a list of names always serializes");
        out.counted(&kinds);
        self.tags.iter().for_each(|tag| out.bytes(tag));
        match &self.drawn {
            DrawState::Plans(plans) => {
                out.u8(0);
                for plan in plans {
                    out.u32(plan.get());
                }
            }
            DrawState::Not(DrawInputs { seed, plans, preferences }) => {
                out.u8(if plans.is_some() { 1 } else { 2 });
                out.bytes(seed);
                plans.iter().flatten().for_each(|plan| out.u32(plan.get()));
                preferences.floors.iter().flatten().for_each(|&plan| out.u32(narrow(plan)));
            }
        }
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, BlobError> {
        let certificate = Certificate::read(from)?;
        let floors = certificate.floors;
        check((1..=MAX_FLOORS).contains(&floors))?;
        let areas = from.u32()?;
        let kinds = serde_json::from_slice(from.counted()?).map_err(|_| BlobError::Content)?;
        let tags = (0..floors).map(|_| from.array()).collect::<Result<_, _>>()?;
        let plans = |from: &mut Reader<'_>, count: u32| {
            (0..count).map(|_| Ok(PlanId::new(from.u32()?))).collect::<Result<Vec<_>, BlobError>>()
        };
        let drawn = match from.u8()? {
            0 => DrawState::Plans(plans(from, floors.into())?),
            listed @ (1 | 2) => {
                let seed = from.array()?;
                let mut record =
                    DrawInputs { seed, plans: None, preferences: Preferences { floors: Vec::new() } };
                if listed == 1 {
                    record.plans = Some(plans(from, certificate.plans)?);
                }
                for _ in 0..floors {
                    let preferred = (0..certificate.preferred).map(|_| Ok(from.u32()? as usize));
                    let preferred = preferred.collect::<Result<Vec<_>, BlobError>>()?;
                    let limit = certificate.plans as usize;
                    check(
                        preferred.is_sorted_by(|a, b| a < b) && preferred.iter().all(|&plan| plan < limit),
                    )?;
                    record.preferences.floors.push(preferred);
                }
                let preferred = certificate.preferred;
                check(Channel::new(certificate.plans, preferred, certificate.odds).is_ok())?;
                DrawState::Not(record)
            }
            _ => return Err(BlobError::Content),
        };
        let draw = Self { certificate, areas, kinds, tags, drawn };
        // A plan that there is not would be noticed only when the release is asked for.
        check(matches!(draw.drawn, DrawState::Not(_)) || draw.release().is_some())?;
        Ok(draw)
    }
}

/// What ties a floor's stored key to the draw with this seed.
fn tag(seed: &[u8; 32], epoch: u32, floor: u8) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"homeveil key of a draw");
    hash.update(seed);
    hash.update(epoch.to_le_bytes());
    hash.update([floor]);
    hash.finalize().into()
}

private_debug!(Draw, DrawState, DrawInputs);
