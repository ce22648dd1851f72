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
/// Paths: no zone has more than two doors. The sealed plans are chains, on which the doors lead from the dock's
/// zone to a second zone, from there to a third, and so on; from λ = 2 on, plans come in beside them on which
/// the dock's zone lies within the path, for homes whose dock stands in the middle. On a chain the order in which a
/// cloud visits the zones is the right one in the home too. Length of that tour over the best one (28 real
/// maps, K = 4, the three plans of each kind that are best for random homes): chains 1.01 to 1.03, paths with the
/// dock's zone within 1.09 to 1.11, trees that branch behind the dock's zone 1.19 to 1.20, stars about it 1.19 to
/// 1.32, a random order 1.53. The example `design_codebooks` chooses among chains and paths, on random homes.
///
/// # What they keep of real homes
/// Expectations over the draw, K = 4, the default policy's redaction, rooms found by
/// [`segment`](crate::segment), 28 real maps that nothing was designed on but that the cost's weights were
/// chosen with in view; the example `tradeoff` computes them for a directory of maps. Cost: of the assignment in
/// thousandths of a phantom door, and relative to λ = 1 (see [`merge`](crate::merge)). Tour as above. Doors that
/// are phantom, doors shut on the map, and floor in uncut rooms: of the 20 homes with at least K rooms.
/// Direction: mean cosine between pairs of zones; area: total variation of shares; hidden: passages that are
/// not drawn, per home.
///
/// | λ | N | M | cost | relative | tour | phantom | shut | uncut | direction | area | hidden |
/// | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
/// | 1 | 1 | 1 | 432 | 1 | 1.016 | 1.7 % | 1.7 % | 91 % | .75 | .23 | .11 |
/// | 2 | 2 | 1 | 387 | .90 | 1.030 | 1.1 % | 1.7 % | 92 % | .77 | .21 | .06 |
/// | 4 | 2 | 1 | 350 | .81 | 1.025 | 0.7 % | 1.0 % | 93 % | .77 | .20 | .04 |
/// | 8 | 2 | 1 | 325 | .75 | 1.022 | 0.4 % | 0.6 % | 93 % | .77 | .20 | .02 |
/// | 16 | 2 | 1 | 310 | .72 | 1.020 | 0.2 % | 0.3 % | 94 % | .77 | .19 | .01 |
/// | 64 | 12 | 2 | 226 | .52 | 1.030 | 0.1 % | 0.9 % | 96 % | .77 | .15 | .01 |
/// | 2²⁰ | 11,784 | 11 | 59 | .14 | 1.032 | 0 | 0 | 100 % | .77 | .06 | 0 |
///
/// The row of 2²⁰ is of the preferred plans alone, which is 99.9 % of the draw; that codebook is the atlas.
///
/// Cost relative to λ = 1 with other numbers of zones:
///
/// | λ | 2 | 4 | 8 | 16 | 64 |
/// | --- | --- | --- | --- | --- | --- |
/// | K = 2 | 1 | .93 | .75 | .69 | .35 |
/// | K = 3 | 1 | .92 | .84 | .79 | .48 |
/// | K = 5 | .79 | .71 | .66 | .58 | .52 |
/// | K = 6 | 1 | 1 | .81 | .76 | .72 |
///
/// On 1,000 random homes that nothing was designed on, K = 4: .84, .71, .62, .57, .38. Between samples of random
/// homes to design on, the figures of the real maps varied more than those of random ones (λ = 2: .88 to 1.02): 28
/// maps are few, and a sealed plan that happens to suit them leaves little to gain.
///
/// # Sealed, or λ = 2?
/// With four zones λ = 2 saves a tenth of the cost: directions, areas, hidden and phantom doors and uncut floor
/// are all a little better, tours a little worse. A robot drives on both alike, and a vendor who needs navigation
/// alone loses nothing with [`Policy::sealed`](crate::Policy::sealed); whoever shows the map to people gains by
/// λ = 2, which is why it is the default, and more by λ = 8. The two plans of λ = 2 stay the best until
/// λ = 16: a greater budget takes the plan that suits the home more often. Where a budget buys nothing (K = 2 and
/// 3 below λ = 4, K = 6 below 8) the codebook is the sealed plan, and the policy is sealed.
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
