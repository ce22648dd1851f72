//! A mechanism of one's own: a codebook of other plans, drawn through the library's channel.
#![expect(clippy::print_stdout, reason = "an example")]
use homeveil::atlas::{Codebook, PlanId};
use homeveil::{Coins, Odds, merge::rank, noise::Channel, release::Caps};
use homeveil_audit::bench::{Audit, Bench, Options, rival_homes};
use homeveil_audit::mechanism::{Law, Limits, Mechanism, Plans, Seen, drive};
use homeveil_audit::{AuditError, population::Made, population::Subject, report};
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
        Ok(Seen { bytes: plan.to_string().into(), grid: None, regions_m2: vec![], outcome: Some(plan) })
    }
    fn law(&self, home: &Subject) -> Option<Law> {
        let own = rank(home.sketch().ok()?, &self.0).preferred(1);
        Some((0..3).map(|plan| (plan, if own.contains(&plan) { 0.6 } else { 0.2 })).collect())
    }
    fn limits(&self) -> Limits {
        Limits { exact: Some(Caps::of_release(self.1, 1)), general: Some(Caps::of_odds(self.1.odds())) }
    }
    fn tour(&self, home: &Subject) -> Result<Option<f64>, AuditError> {
        drive::by_law(home, &self.0, &self.law(home).ok_or(AuditError::NoPlan)?)
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    if std::env::args().any(|arg| arg == "--help") {
        println!("usage: own_mechanism\n\nMeasures a mechanism against its own law. No options.");
        return Ok(());
    }
    let plans = Codebook::of_plans(4, &[142_598, 184_989, 311_645].map(PlanId::new), 1);
    let mine = Mine(plans?, Channel::new(3, 1, Odds::new(3, 1)?)?);
    println!("{}", report::ours(&Audit::of_findings("rival homes", rival_homes(&mine, 5000)?)));
    let bench = Bench::of(&Made, Options { homes: 20, driven: 20, draws: 0 })?;
    println!("tours over the best ones: {:?}, ours {:?}", bench.tour(&mine)?, bench.tour(&Plans::default())?);
    Ok(())
}
