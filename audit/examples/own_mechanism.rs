//! A mechanism of one's own: a codebook of other plans, drawn through the library's channel.
#![expect(clippy::print_stdout, reason = "an example")]
use homeveil::atlas::{Codebook, PlanId};
use homeveil::release::{Caps, Floor};
use homeveil::{Coins, Odds, merge::rank, noise::Channel};
use homeveil_audit::bench::{Audit, rival_homes};
use homeveil_audit::mechanism::{Law, Limits, Mechanism, Seen};
use homeveil_audit::{AuditError, population::Subject, report};

struct Mine(Codebook, Channel);

impl Mechanism for Mine {
    fn name(&self) -> String {
        "mine, λ = 3".to_owned()
    }
    fn about(&self) -> String {
        "Three plans of my choice.".to_owned()
    }
    fn release(&self, home: &Subject, coins: &mut Coins) -> Result<Seen, AuditError> {
        let plan = self.1.draw(&rank(home.sketch()?, &self.0).preferred(1), coins)?;
        let bytes = Floor::draw(&self.0.plans()[plan]).plan().to_string().into_bytes();
        Ok(Seen { bytes, grid: None, regions_m2: Vec::new(), outcome: Some(plan) })
    }
    fn law(&self, home: &Subject) -> Option<Law> {
        let own = rank(home.sketch().ok()?, &self.0).preferred(1);
        Some((0..3).map(|plan| (plan, if own.contains(&plan) { 0.6 } else { 0.2 })).collect())
    }
    fn limits(&self) -> Limits {
        Limits { exact: Some(Caps::of_release(self.1, 1)), general: Some(Caps::of_odds(self.1.odds())) }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let plans = [142_598, 184_989, 311_645].map(PlanId::new);
    let codebook = Codebook::of_plans(4, &plans, 1).ok_or("not plans of four zones")?;
    let found = rival_homes(&Mine(codebook, Channel::new(3, 1, Odds::new(3, 1)?)?), 5000)?;
    println!("{}", report::ours(&Audit::of_findings("rival homes", found)));
    Ok(())
}
