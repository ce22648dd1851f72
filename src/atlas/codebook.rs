//! Codebooks: the few plans that a policy draws from.

use sha2::{Digest, Sha256};

use super::plan::{Atlas, Plan, PlanId};
use super::shipped::{SHIPPED, Shipped};
use crate::digest::hex;
use crate::odds::Odds;

/// λ from which on the codebook is the whole atlas.
const WHOLE_ATLAS: Odds = Odds::whole(1 << 20);

/// N plans, and how many of them a home favours.
///
/// # Which plans are shipped
/// Chains: the doors lead from the dock's zone to a second zone, from there to a third, and so on. On such a
/// plan the order in which a cloud visits the zones is the right one in the home too. Length of that tour over
/// the best one (28 real maps, K = 4, one plan for all homes): chains from the dock's zone 1.01 to 1.03, chains
/// with the dock's zone inside 1.09, stars about the dock's zone 1.22 to 1.36, a random order 1.53. On random
/// homes chains have 1.02 to 1.04. The example `design_codebooks` chooses among them, on random homes.
///
/// # What they keep of real homes
/// Expectations over the draw, K = 4, the default policy's redaction, rooms found by
/// [`segment`](crate::segment). Cost: of the realization in thousandths of a phantom door, and relative to
/// λ = 1 (see [`merge`](crate::merge)). Tour as above. Doors that are phantom, doors shut on the map, and floor
/// in uncut rooms: of the 20 homes with at least K rooms. Direction: mean cosine between pairs of zones; area:
/// total variation of shares; hidden: passages that are not drawn, per home.
///
/// | λ | N | M | cost | relative | tour | phantom | shut | uncut | direction | area | hidden |
/// | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
/// | 1 | 1 | 1 | 739 | 1 | 1.026 | 0 | 1.7 % | 90 % | .78 | .19 | .07 |
/// | 2 | 2 | 1 | 724 | .98 | 1.040 | 0.6 % | 2.2 % | 89 % | .74 | .17 | .11 |
/// | 4 | 6 | 2 | 690 | .93 | 1.040 | 0.3 % | 1.8 % | 88 % | .74 | .16 | .10 |
/// | 8 | 8 | 2 | 621 | .84 | 1.036 | 0.2 % | 1.9 % | 90 % | .76 | .14 | .12 |
/// | 16 | 12 | 2 | 587 | .79 | 1.032 | 0.2 % | 1.8 % | 89 % | .76 | .13 | .10 |
/// | 64 | 12 | 1 | 476 | .64 | 1.044 | 0.1 % | 0.3 % | 91 % | .74 | .12 | .14 |
/// | 2²⁰ | 11,784 | 11 | 129 | .17 | 1.056 | 0 | 0 | 100 % | .78 | .06 | 0 |
///
/// For λ = 2²⁰ all but the cost is of the favoured plans alone, which is 99.9 % of the draw; that codebook is
/// the atlas, not chains.
///
/// Cost relative to λ = 1 with other numbers of zones:
///
/// | λ | 2 | 4 | 8 | 16 | 64 |
/// | --- | --- | --- | --- | --- | --- |
/// | K = 3 | .91 | .86 | .71 | .63 | .47 |
/// | K = 5 | .91 | .91 | .86 | .84 | .74 |
/// | K = 6 | .87 | .83 | .79 | not measured | not measured |
///
/// So with four zones λ = 2 buys little: two hundredths of the cost, and nothing that a robot would notice.
/// From λ = 8 on the release begins to follow the home. With two zones the codebook for λ = 2 is the sealed plan itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codebook {
    zones: u8,
    /// Ascending by number.
    plans: Vec<Plan>,
    favoured: u32,
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
            let favoured = u32::try_from(plans.len() / 1025).ok()?.max(1);
            return Some(Self::build(&atlas, zones, &plans, favoured));
        }
        let entry = shipped_for(zones, odds)?;
        let plans: Vec<PlanId> = entry.plans.iter().copied().map(PlanId::new).collect();
        Some(Self::build(&atlas, zones, &plans, entry.favoured))
    }

    /// Whether the codebook for K zones and a budget below 2²⁰ is one plan, so that a release says nothing.
    pub(crate) fn is_constant(zones: u8, odds: Odds) -> bool {
        odds < WHOLE_ATLAS && shipped_for(zones, odds).is_some_and(|entry| entry.plans.len() == 1)
    }

    /// A codebook of one's own, for research and for designing new ones. Nothing if a number is no plan of K
    /// zones, if a plan comes twice, or if M is not between 1 and N.
    #[must_use]
    pub fn of_plans(zones: u8, plans: &[PlanId], favoured: u32) -> Option<Self> {
        let atlas = Atlas::of(zones)?;
        let mut sorted = plans.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let fits = sorted.len() == plans.len() && (1..=plans.len()).contains(&(favoured as usize));
        let book = fits.then(|| Self::build(&atlas, zones, &sorted, favoured))?;
        (book.plans.len() == plans.len()).then_some(book)
    }

    fn build(atlas: &Atlas, zones: u8, ids: &[PlanId], favoured: u32) -> Self {
        let plans: Vec<Plan> = ids.iter().filter_map(|&id| atlas.plan(id)).collect();
        let mut hash = Sha256::new();
        hash.update(b"homeveil codebook 1");
        hash.update([zones]);
        hash.update(favoured.to_le_bytes());
        for plan in &plans {
            hash.update(plan.id().get().to_le_bytes());
        }
        Self { zones, plans, favoured, digest: hex(hash) }
    }

    /// The number K of zones of each plan.
    #[must_use]
    pub const fn zones(&self) -> u8 {
        self.zones
    }

    /// The plans, by number.
    #[must_use]
    pub fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// The number M of plans that a home favours.
    #[must_use]
    pub const fn favoured(&self) -> u32 {
        self.favoured
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
            let book = Codebook::of_plans(entry.zones, &plans, entry.favoured).unwrap();
            assert!(plans.windows(2).all(|pair| pair[0] < pair[1]));
            assert_eq!(book.plans().len(), plans.len());
        }
    }
}
