//! The search for the plans of a codebook.
//!
//! A home prefers the best M of a codebook's N plans. Its draw then has the expected cost
//! (Σ costs + (λ − 1) · Σ of the M least) / (N + M (λ − 1)). That is added up over homes, in integers, and
//! made small by local search: plans are added one by one, each the one that helps most, and after each
//! addition every plan is exchanged for the one that helps most, until nothing helps. One pass over the
//! candidates takes one step a home and plan, as the sums of least costs are kept. All starts are fixed,
//! ties go to the lower index: the same costs give the same codebook on every machine.

use std::cmp::Ordering;

/// Budgets that codebooks are shipped for.
pub(crate) const ODDS: [u32; 6] = [1, 2, 4, 8, 16, 64];

/// Most plans of a codebook: few enough to look at.
pub(crate) const MOST_PLANS: usize = 12;

/// Most plans that a home prefers.
pub(crate) const MOST_PREFERRED: usize = 3;

/// Rounds of exchanges; the search seldom needs more than three.
const MOST_ROUNDS: usize = 8;

/// Costs of plans in homes, plan by plan.
pub(crate) struct Table {
    homes: usize,
    costs: Vec<u32>,
}

impl Table {
    /// From the costs of all plans in each home.
    pub(crate) fn of(homes: &[Vec<u32>]) -> Self {
        let plans = homes.first().map_or(0, Vec::len);
        let costs = (0..plans).flat_map(|plan| homes.iter().map(move |home| home[plan])).collect();
        Self { homes: homes.len(), costs }
    }

    fn plans(&self) -> usize {
        self.costs.len().checked_div(self.homes).unwrap_or(0)
    }

    fn plan(&self, plan: usize) -> &[u32] {
        &self.costs[plan * self.homes..][..self.homes]
    }
}

/// A codebook found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Design {
    /// Indices of the plans among the candidates, ascending.
    pub(crate) plans: Vec<usize>,
    /// How many of them a home prefers.
    pub(crate) preferred: usize,
    /// Expected cost of a draw, added up over the homes.
    pub(crate) cost: Ratio,
}

/// A fraction of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ratio {
    above: u64,
    below: u64,
}

impl Ratio {
    fn is_less(self, other: Self) -> bool {
        let product = |a: u64, b: u64| u128::from(a) * u128::from(b);
        product(self.above, other.below).cmp(&product(other.above, self.below)) == Ordering::Less
    }

    /// The fraction as a number, for measuring.
    #[cfg(test)]
    #[expect(clippy::cast_precision_loss, reason = "for measuring")]
    pub(crate) fn value(self) -> f64 {
        self.above as f64 / self.below as f64
    }

    /// The fraction over a number, rounded half up.
    pub(crate) const fn over(self, count: usize) -> u64 {
        let below = self.below * count as u64;
        (2 * self.above + below) / (2 * below)
    }
}

/// The best codebooks found for these budgets, which must ascend. The one for the budget before is among those that are
/// tried, and in no home does it cost more under a greater budget, so the costs never rise.
pub(crate) fn designs(table: &Table, budgets: &[u32]) -> Vec<Design> {
    let mut found: Vec<Design> = Vec::new();
    for &odds in budgets {
        let best = design(table, odds, found.last());
        found.push(best);
    }
    found
}

fn design(table: &Table, odds: u32, before: Option<&Design>) -> Design {
    let mut best: Option<Design> = None;
    let mut offer = |plans: &[usize], preferred: usize| {
        let cost = expected(table, odds, preferred, plans);
        if best.as_ref().is_none_or(|best| cost.is_less(best.cost)) {
            let mut plans = plans.to_vec();
            plans.sort_unstable();
            best = Some(Design { plans, preferred, cost });
        }
    };
    if let Some(before) = before {
        offer(&before.plans, before.preferred);
    }
    let most = if odds == 1 { 1 } else { MOST_PLANS };
    for preferred in 1..=MOST_PREFERRED.min(most) {
        // Three starts: from nothing, from the last budget's codebook, and from the plan that is worst for
        // the homes that the best single plan suits best.
        let mut starts = vec![Vec::new()];
        if let Some(before) = before {
            starts.push(before.plans.clone());
            starts.push(opposite(table).into_iter().collect());
        }
        for mut plans in starts {
            while plans.len() < most {
                let state = State::of(table, preferred, &plans);
                let Some(plan) = state.best_to_add(table, odds, &plans) else { break };
                plans.push(plan);
                // A home that prefers more than half of the plans prefers none.
                if plans.len() == 1 && odds > 1 || plans.len() < 2 * preferred - usize::from(odds == 1) {
                    continue;
                }
                exchange(table, odds, preferred, &mut plans);
                offer(&plans, preferred);
            }
        }
    }
    best.unwrap_or(Design { plans: Vec::new(), preferred: 1, cost: Ratio { above: 0, below: 1 } })
}

/// The plan whose costs run most against those of the plan that is best on average.
fn opposite(table: &Table) -> Option<usize> {
    let total = |plan: usize| table.plan(plan).iter().copied().map(u64::from).sum::<u64>();
    let one = (0..table.plans()).min_by_key(|&plan| total(plan))?;
    let gain = |plan: usize| -> u64 {
        table
            .plan(plan)
            .iter()
            .zip(table.plan(one))
            .map(|(&own, &one)| u64::from(one.saturating_sub(own)))
            .sum()
    };
    (0..table.plans()).max_by_key(|&plan| (gain(plan), std::cmp::Reverse(plan)))
}

/// What adding a plan to a codebook is computed from.
struct State {
    preferred: usize,
    count: usize,
    sum: u64,
    /// Sum of each home's M least costs.
    least: u64,
    /// For each home the M-th least cost.
    worst: Vec<u32>,
}

impl State {
    fn of(table: &Table, preferred: usize, plans: &[usize]) -> Self {
        let mut state =
            Self { preferred, count: plans.len(), sum: 0, least: 0, worst: Vec::with_capacity(table.homes) };
        let mut own = Vec::with_capacity(plans.len());
        for home in 0..table.homes {
            own.clear();
            own.extend(plans.iter().map(|&plan| table.plan(plan)[home]));
            own.sort_unstable();
            state.sum += own.iter().copied().map(u64::from).sum::<u64>();
            state.least += own.iter().take(preferred).copied().map(u64::from).sum::<u64>();
            // While there are fewer than M, any plan is taken in.
            state.worst.push(if own.len() < preferred { u32::MAX } else { own[preferred - 1] });
        }
        state
    }

    /// The expected cost with one plan more.
    fn with(&self, table: &Table, odds: u32, plan: usize) -> Ratio {
        let (mut sum, mut least) = (self.sum, self.least);
        for (&cost, &worst) in table.plan(plan).iter().zip(&self.worst) {
            sum += u64::from(cost);
            if worst == u32::MAX {
                least += u64::from(cost);
            } else {
                least -= u64::from(worst.saturating_sub(cost));
            }
        }
        law(sum, least, self.count + 1, self.preferred, odds)
    }

    fn best_to_add(&self, table: &Table, odds: u32, plans: &[usize]) -> Option<usize> {
        let mut best: Option<(Ratio, usize)> = None;
        for plan in (0..table.plans()).filter(|plan| !plans.contains(plan)) {
            let cost = self.with(table, odds, plan);
            if best.is_none_or(|(least, _)| cost.is_less(least)) {
                best = Some((cost, plan));
            }
        }
        best.map(|(_, plan)| plan)
    }
}

/// Exchanges plans one by one until that helps no more.
fn exchange(table: &Table, odds: u32, preferred: usize, plans: &mut [usize]) {
    let mut cost = expected(table, odds, preferred, plans);
    for _ in 0..MOST_ROUNDS {
        let before = cost;
        for place in 0..plans.len() {
            let mut others = plans.to_vec();
            let own = others.remove(place);
            let state = State::of(table, preferred, &others);
            let Some(plan) = state.best_to_add(table, odds, &others) else { continue };
            let other = state.with(table, odds, plan);
            if plan != own && other.is_less(cost) {
                plans[place] = plan;
                cost = other;
            }
        }
        if cost == before {
            return;
        }
    }
}

/// The expected cost of a draw from a codebook, added up over the homes.
pub(crate) fn expected(table: &Table, odds: u32, preferred: usize, plans: &[usize]) -> Ratio {
    let state = State::of(table, preferred, plans);
    law(state.sum, state.least, plans.len(), preferred, odds)
}

fn law(sum: u64, least: u64, plans: usize, preferred: usize, odds: u32) -> Ratio {
    let more = u64::from(odds - 1);
    Ratio { above: sum + more * least, below: plans as u64 + preferred as u64 * more }
}
