//! Codebooks: the few plans that a policy draws from.

use sha2::{Digest, Sha256};

use super::plan::{Atlas, Plan, PlanId};
use super::shipped::{SHIPPED, Shipped};
use crate::digest::hex;
use crate::odds::Odds;

/// λ from which on the codebook is the whole atlas.
const WHOLE_ATLAS: Odds = Odds::whole(1 << 20);

/// N plans, and how many of them a home prefers.
///
/// # Which plans are shipped
/// Paths: no zone has more than two doors. The sealed plans are chains: the doors lead from the dock's zone to a
/// second zone, from there to a third, and so on. On a chain the order in which a cloud visits the zones is the right
/// one in the home too; trees that branch behind the dock's zone cost a robot longer tours. From λ = 2 on, paths with
/// the dock's zone within join them, for homes whose dock stands in the middle. The example `design_codebooks` chooses
/// among chains and paths on random homes, and the example `tradeoff` measures what is kept of real ones.
///
/// # Sealed, or λ = 2?
/// A robot drives on both alike, and a vendor who needs navigation alone loses nothing with
/// [`Policy::sealed`](crate::Policy::sealed). With λ = 2, zones lie more often as in the home, which people see; that is
/// why it is the default. The two plans of λ = 2 stay the best until λ = 16: a greater budget takes the plan that suits
/// the home more often. Where a budget buys nothing (K = 2 and 3 below λ = 4, K = 6 below 8) the codebook is the sealed
/// plan, and the policy is sealed.
///
/// ```
/// # #[cfg(feature = "stages")] {
/// use homeveil::{Odds, atlas::Codebook};
/// let codebook = Codebook::of(4, Odds::new(2, 1).unwrap()).unwrap();
/// assert_eq!((codebook.plans().len(), codebook.preferred()), (2, 1));
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codebook {
    zones: u8,
    /// Ascending by number.
    plans: Vec<Plan>,
    preferred: u32,
    digest: String,
}

impl Codebook {
    /// The codebook for K zones and a budget: the one shipped for the greatest λ that is not above it, or
    /// from λ = 2²⁰ on all plans.
    ///
    /// Nothing for a K outside [`MIN_ZONES`](super::MIN_ZONES) to [`MAX_ZONES`](super::MAX_ZONES).
    ///
    /// # Complexity
    /// Microseconds for a shipped one; for the whole atlas see [`Atlas::plans`].
    #[must_use]
    pub fn of(zones: u8, odds: Odds) -> Option<Self> {
        let atlas = Atlas::of(zones)?;
        if odds >= WHOLE_ATLAS {
            let plans: Vec<PlanId> = atlas.plans();
            // About N / (1 + √λ), which at λ = 2²⁰ is N / 1025.
            let preferred = u32::try_from(plans.len() / 1025).ok()?.max(1);
            return Some(Self::build(&atlas, zones, &plans, preferred));
        }
        let entry = shipped_for(zones, odds)?;
        let plans: Vec<PlanId> = entry.plans.iter().copied().map(PlanId::new).collect();
        Some(Self::build(&atlas, zones, &plans, entry.preferred))
    }

    /// Whether the codebook for K zones and a budget below 2²⁰ is one plan, so that a release says nothing.
    pub(crate) fn is_constant(zones: u8, odds: Odds) -> bool {
        odds < WHOLE_ATLAS && shipped_for(zones, odds).is_some_and(|entry| entry.plans.len() == 1)
    }

    /// A codebook of one's own, for research and for designing new ones. Nothing if a number is no plan of K
    /// zones, if a plan comes twice, or if M is not between 1 and N.
    #[cfg(feature = "stages")]
    #[must_use]
    pub fn of_plans(zones: u8, plans: &[PlanId], preferred: u32) -> Option<Self> {
        let atlas = Atlas::of(zones)?;
        let mut sorted = plans.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let fits = sorted.len() == plans.len() && (1..=plans.len()).contains(&(preferred as usize));
        let book = fits.then(|| Self::build(&atlas, zones, &sorted, preferred))?;
        (book.plans.len() == plans.len()).then_some(book)
    }

    fn build(atlas: &Atlas, zones: u8, ids: &[PlanId], preferred: u32) -> Self {
        let plans: Vec<Plan> = ids.iter().filter_map(|&id| atlas.plan(id)).collect();
        let mut hash = Sha256::new();
        hash.update(b"homeveil codebook 1");
        hash.update([zones]);
        hash.update(preferred.to_le_bytes());
        for plan in &plans {
            hash.update(plan.id().get().to_le_bytes());
        }
        Self { zones, plans, preferred, digest: hex(hash) }
    }

    /// The number K of zones of each plan.
    #[cfg(feature = "stages")]
    #[must_use]
    pub const fn zones(&self) -> u8 {
        self.zones
    }

    /// The plans, by number.
    #[must_use]
    pub fn plans(&self) -> &[Plan] {
        &self.plans
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

/// The shipped codebook of the greatest λ that is not above the budget.
fn shipped_for(zones: u8, odds: Odds) -> Option<&'static Shipped> {
    let fits = |entry: &&Shipped| entry.zones == zones && Odds::whole(entry.odds) <= odds;
    SHIPPED.iter().filter(fits).max_by_key(|entry| entry.odds)
}

#[cfg(test)]
mod tests {
    use super::{Codebook, SHIPPED};
    use crate::atlas::PlanId;

    #[test]
    fn every_shipped_codebook_holds_plans_of_the_atlas_in_order() {
        for entry in SHIPPED {
            let plans: Vec<PlanId> = entry.plans.iter().copied().map(PlanId::new).collect();
            let book = Codebook::of_plans(entry.zones, &plans, entry.preferred).unwrap();
            assert!(plans.windows(2).all(|pair| pair[0] < pair[1]));
            assert_eq!(book.plans().len(), plans.len());
        }
    }
}
