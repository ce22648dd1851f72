//! Codebooks: the few plans that a policy draws from.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use once_cell::race::OnceBox;
use sha2::{Digest, Sha256};

use super::atlas::Atlas;
#[cfg(feature = "stages")]
use super::error::CodebookError;
use super::plan::{MIN_ZONES, Plan, PlanId};
use super::shipped::{GENERATIONS, SHIPPED, Shipped};
use crate::digest::hex;
use crate::odds::Odds;

/// λ from which on the codebook is the whole atlas.
const WHOLE_ATLAS: Odds = Odds::whole(1 << 20);

/// N plans, and how many of them a home prefers.
///
/// # Which plans are shipped
/// Chains: the doors lead from the dock's zone to a second zone, from there to a third, and so on. So there is one
/// short order to visit the zones in, on the release and in the home, whatever the home's own doors are: any home can
/// be seen as a chain, if need be by cutting a room. On trees that branch behind the dock's zone the order that is
/// shortest on the release is a tenth longer in the home. The example `design_codebooks` chooses among chains on
/// made-up homes, and the example `tradeoff` measures what is kept of others (`docs/measurements.md`).
///
/// The sealed plan is the one that costs least in the mean; the codebooks for greater budgets hold plans that suit
/// different homes, chosen for each budget as those whose draws cost least in the mean. Below λ = 2 the codebook is the
/// sealed plan, and the policy is sealed.
///
/// # What is λ > 1 for?
/// For driving nothing: on homes that nothing was chosen by, no λ drives better than the sealed plan in all that
/// counts, since the key fits whatever was drawn to the home (`docs/measurements.md`). So the default policy is sealed.
/// With greater λ the picture is more like the home's: the areas of its zones surely at λ = 64.
///
/// ```
/// # #[cfg(feature = "stages")] {
/// use homeveil::{Odds, atlas::Codebook};
/// let codebook = Codebook::of(4, Odds::new(2, 1).unwrap()).unwrap();
/// assert_eq!((codebook.plans().len(), codebook.preferred()), (2, 1));
/// # }
/// ```
#[derive(Clone)]
pub struct Codebook {
    zones: u8,
    /// All plans of K zones: the codebook from λ = 2²⁰ on.
    whole: bool,
    /// The number N of plans.
    count: u32,
    /// Ascending by number; of the whole atlas not before they are asked for.
    plans: OnceBox<Vec<Plan>>,
    preferred: u32,
    digest: String,
}

/// Digests of the whole atlas as a codebook, from [`MIN_ZONES`] on, so that nobody lists it to check a release.
const WHOLE_DIGESTS: [&str; 5] = [
    "c596f410ad10eb6fa7aae0bc775d05b6aebf6a7589aeff2ed8ab15467d62f03e",
    "51e31536a4543b06c0b7f5282822f682e0b3b5b2a597d6e644a461e4b3d944d3",
    "7361d7362f966183f206eaae2ed052603a337e581fd423f9a37536011ff30b81",
    "bc37749b88f936330b7607f9e19a7e4027eeb21f6325f445c82d1b3bfadee473",
    "252756641a49579abb28df08dcab4f88909feb43941124127a366fa5f4a3acfc",
];

impl Codebook {
    /// The codebook for K zones and a budget: the one shipped for the greatest λ that is not above it, or
    /// from λ = 2²⁰ on all plans.
    ///
    /// `None` for a K outside [`MIN_ZONES`](super::MIN_ZONES) to [`MAX_ZONES`](super::MAX_ZONES).
    ///
    /// # Complexity
    /// O(plans) of a codebook that lists its plans. The whole atlas is listed when it is asked for.
    #[must_use]
    pub fn of(zones: u8, odds: Odds) -> Option<Self> {
        Self::of_generation(SHIPPED, zones, odds)
    }

    /// The codebook for K zones and a budget that was shipped first: what a keeper's state of version 3 or before was
    /// drawn from.
    pub(crate) fn first_shipped(zones: u8, odds: Odds) -> Option<Self> {
        Self::of_generation(GENERATIONS[0], zones, odds)
    }

    /// The codebook for K zones and a budget that has this digest: today's, or one that was shipped before. A release
    /// outlives the codebook that it was drawn from.
    ///
    /// # Complexity
    /// As [`Codebook::of`], for each generation of codebooks.
    pub(crate) fn with_digest(zones: u8, odds: Odds, digest: &str) -> Option<Self> {
        let mut books =
            GENERATIONS.iter().rev().filter_map(|shipped| Self::of_generation(shipped, zones, odds));
        books.find(|book| book.digest == digest)
    }

    fn of_generation(shipped: &[Shipped], zones: u8, odds: Odds) -> Option<Self> {
        if odds >= WHOLE_ATLAS {
            let count = Atlas::count(zones)?;
            let digest = WHOLE_DIGESTS.get(usize::from(zones - MIN_ZONES))?;
            return Some(Self {
                zones,
                whole: true,
                count,
                plans: OnceBox::new(),
                preferred: preferred_of_atlas(count),
                digest: (*digest).to_owned(),
            });
        }
        let entry = shipped_for(shipped, zones, odds)?;
        let plans: Vec<PlanId> = entry.plans.iter().copied().map(PlanId::new).collect();
        Self::listed(zones, &plans, entry.preferred)
    }

    /// Whether the codebook for K zones and a budget below 2²⁰ is one plan, so that a release says nothing.
    pub(crate) fn is_constant(zones: u8, odds: Odds) -> bool {
        odds < WHOLE_ATLAS && shipped_for(SHIPPED, zones, odds).is_some_and(|entry| entry.plans.len() == 1)
    }

    /// A codebook of one's own, for research and for designing new ones.
    ///
    /// # Errors
    /// A number is no plan of K zones, a plan comes twice, or M is not between 1 and N.
    #[cfg(feature = "stages")]
    pub fn of_plans(zones: u8, plans: &[PlanId], preferred: u32) -> Result<Self, CodebookError> {
        let mut sorted = plans.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        if sorted.len() != plans.len() {
            return Err(CodebookError::Twice);
        }
        if !(1..=plans.len()).contains(&(preferred as usize)) {
            return Err(CodebookError::Preferred);
        }
        Self::listed(zones, &sorted, preferred).ok_or(CodebookError::NoPlan { zones })
    }

    /// A codebook of these plans, ascending; `None` if a number is no plan of K zones.
    fn listed(zones: u8, ids: &[PlanId], preferred: u32) -> Option<Self> {
        let plans = Atlas::of(zones)?.decoded(ids)?;
        let digest = digest(zones, preferred, &plans);
        let count = u32::try_from(plans.len()).ok()?;
        Some(Self {
            zones,
            whole: false,
            count,
            plans: OnceBox::with_value(Box::new(plans)),
            preferred,
            digest,
        })
    }

    /// The number K of zones of each plan.
    #[cfg(feature = "stages")]
    #[must_use]
    pub const fn zones(&self) -> u8 {
        self.zones
    }

    /// The number N of plans.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// The plans, by number.
    ///
    /// # Complexity
    /// O(plans) time and memory. The whole atlas is listed at the first call; of six zones it takes megabytes.
    /// [`Codebook::count`] and [`Codebook::holds`] list nothing.
    #[must_use]
    pub fn plans(&self) -> &[Plan] {
        self.plans.get_or_init(|| Box::new(Atlas::of(self.zones).map_or_else(Vec::new, |atlas| atlas.all())))
    }

    /// Whether a plan of the atlas, of as many zones, is one of its plans.
    ///
    /// # Complexity
    /// O(log N), also for the whole atlas.
    #[must_use]
    pub fn holds(&self, plan: &Plan) -> bool {
        if self.whole {
            // A plan is one of the atlas wherever it comes from.
            plan.zone_count() == usize::from(self.zones)
        } else {
            self.plans().binary_search_by_key(&plan.id(), Plan::id).is_ok_and(|at| self.plans()[at] == *plan)
        }
    }

    /// Whether it is that of λ = 2²⁰: so many plans that only the preferred ones are looked for.
    pub(crate) const fn is_whole_atlas(&self) -> bool {
        self.whole
    }

    /// The number M of plans that a home prefers.
    #[must_use]
    pub const fn preferred(&self) -> u32 {
        self.preferred
    }

    /// SHA-256 over K, M and the plans' numbers, as lower-case hexadecimal digits.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

/// Without the plans, which need not be listed yet.
impl fmt::Debug for Codebook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Codebook");
        shown.field("zones", &self.zones).field("count", &self.count).field("preferred", &self.preferred);
        shown.field("digest", &self.digest).finish_non_exhaustive()
    }
}

/// Equal plans under an equal M.
impl PartialEq for Codebook {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest
    }
}

impl Eq for Codebook {}

/// The number M for the whole atlas: about N / (1 + √λ), which at λ = 2²⁰ is N / 1025.
const fn preferred_of_atlas(count: u32) -> u32 {
    if count < 2050 { 1 } else { count / 1025 }
}

fn digest(zones: u8, preferred: u32, plans: &[Plan]) -> String {
    let mut hash = Sha256::new();
    hash.update(b"homeveil codebook 1");
    hash.update([zones]);
    hash.update(preferred.to_le_bytes());
    for plan in plans {
        hash.update(plan.id().get().to_le_bytes());
    }
    hex(hash)
}

/// The shipped codebook of the greatest λ that is not above the budget.
fn shipped_for(shipped: &[Shipped], zones: u8, odds: Odds) -> Option<&Shipped> {
    let fits = |entry: &&Shipped| entry.zones == zones && Odds::whole(entry.odds) <= odds;
    shipped.iter().filter(fits).max_by_key(|entry| entry.odds)
}

#[cfg(test)]
mod tests {
    use super::{Codebook, GENERATIONS, WHOLE_ATLAS, digest, preferred_of_atlas};
    use crate::atlas::atlas::Atlas;
    use crate::atlas::{MAX_ZONES, MIN_ZONES, PlanId};

    #[test]
    fn every_shipped_codebook_holds_plans_of_the_atlas_in_order() {
        for entry in GENERATIONS.iter().copied().flatten() {
            let plans: Vec<PlanId> = entry.plans.iter().copied().map(PlanId::new).collect();
            let book = Codebook::of_plans(entry.zones, &plans, entry.preferred).unwrap();
            assert!(plans.windows(2).all(|pair| pair[0] < pair[1]));
            assert_eq!(book.plans().len(), plans.len());
        }
    }

    /// What is known of the whole atlas without listing it is what a list gives.
    #[test]
    fn the_whole_atlas_is_as_its_list_says() {
        for zones in MIN_ZONES..=MAX_ZONES {
            let book = Codebook::of(zones, WHOLE_ATLAS).unwrap();
            let atlas = Atlas::of(zones).unwrap();
            let all = atlas.all();
            assert_eq!(
                (book.count() as usize, book.preferred() as usize),
                (all.len(), (all.len() / 1025).max(1))
            );
            assert_eq!(book.digest(), digest(zones, preferred_of_atlas(book.count()), &all), "{zones} zones");
            assert!(book.is_whole_atlas() && book.plans() == all);
            let other =
                Atlas::of(if zones == MIN_ZONES { MAX_ZONES } else { MIN_ZONES }).unwrap().all().remove(0);
            assert!(!book.holds(&other));
            for plan in all.iter().step_by(all.len() / 300 + 1) {
                assert!(book.holds(plan) && atlas.plan(plan.id()).as_ref() == Some(plan));
            }
        }
    }
}
