//! The search for the plans of a codebook.

/// Most plans of a codebook.
const MOST_PLANS: usize = 12;

/// A codebook found.
pub(crate) struct Design {
    /// Indices of the plans among the candidates.
    pub(crate) plans: Vec<usize>,
    /// How many of them a home favours.
    pub(crate) favoured: usize,
    /// Mean over the homes of the expected cost of a draw.
    pub(crate) cost: f64,
}

/// The best codebook found for homes with these costs of each candidate.
pub(crate) fn design(costs: &[Vec<u32>], odds: u32) -> Design {
    let mut best = Design { plans: Vec::new(), favoured: 1, cost: f64::INFINITY };
    let most = if odds == 1 { 1 } else { MOST_PLANS };
    for favoured in 1..=4 {
        let mut plans: Vec<usize> = Vec::new();
        while plans.len() < most {
            let (cost, plan) = improve(costs, odds, favoured, &plans, None);
            plans.push(plan);
            if plans.len() < favoured || (favoured > 1 && plans.len() <= favoured) {
                continue;
            }
            let cost = exchange(costs, odds, favoured, &mut plans).min(cost);
            if cost < best.cost - 0.5 {
                best = Design { plans: plans.clone(), favoured, cost };
            }
        }
        if odds == 1 {
            break;
        }
    }
    best
}

/// The plan that makes the codebook best when added, or put in the place of another.
fn improve(
    costs: &[Vec<u32>],
    odds: u32,
    favoured: usize,
    plans: &[usize],
    instead: Option<usize>,
) -> (f64, usize) {
    let mut tried: Vec<usize> = plans.to_vec();
    let place = instead.unwrap_or_else(|| {
        tried.push(0);
        tried.len() - 1
    });
    let mut best = (f64::INFINITY, 0);
    for plan in (0..costs[0].len()).filter(|plan| !plans.contains(plan)) {
        tried[place] = plan;
        let cost = expected(costs, odds, favoured, &tried);
        if cost < best.0 {
            best = (cost, plan);
        }
    }
    best
}

fn exchange(costs: &[Vec<u32>], odds: u32, favoured: usize, plans: &mut [usize]) -> f64 {
    let mut cost = expected(costs, odds, favoured, plans);
    for _ in 0..2 {
        for place in 0..plans.len() {
            let (other, plan) = improve(costs, odds, favoured, plans, Some(place));
            if other < cost {
                plans[place] = plan;
                cost = other;
            }
        }
    }
    cost
}

/// Mean over the homes of the expected cost of a draw.
fn expected(costs: &[Vec<u32>], odds: u32, favoured: usize, plans: &[usize]) -> f64 {
    let favoured = favoured.min(plans.len());
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let whole = number(plans.len()) + number(favoured) * f64::from(odds - 1);
    let total: f64 = costs
        .iter()
        .map(|home| {
            let mut own: Vec<u32> = plans.iter().map(|&plan| home[plan]).collect();
            own.sort_unstable();
            let sum: u32 = own.iter().sum();
            let best: u32 = own[..favoured].iter().sum();
            (f64::from(sum) + f64::from(odds - 1) * f64::from(best)) / whole
        })
        .sum();
    total / number(costs.len())
}
