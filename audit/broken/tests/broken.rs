//! Every broken variant that leaks is caught, and the report says so in red; what is not broken is not.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a test, for people"
)]

extern crate homeveil_audit_broken as homeveil_audit;

use std::sync::Mutex;

use homeveil::atlas::{Codebook, Plan, PlanId};
use homeveil::merge::rank;
use homeveil::mutants::{Mutant, with};
use homeveil::noise::Channel;
use homeveil::release::Caps;
use homeveil::sketch::Sketch;
use homeveil::{Coins, Odds};
use homeveil_audit::AuditError;
use homeveil_audit::attack::{Twins, difference};
use homeveil_audit::bench::{
    Audit, Finding, Measure, releases_beyond_the_ledger, releases_of_an_epoch, rival_homes, twin_homes,
};
use homeveil_audit::measure::Statistic;
use homeveil_audit::mechanism::{Household, Law, Limits, Mechanism, Plans, Seen};
use homeveil_audit::population::Subject;
use homeveil_audit::report;

/// What must notice, by what it is after.
#[derive(Clone, Copy)]
enum By {
    /// Rival homes, by so many releases.
    Rivals(u32),
    /// Rival homes, by so many draws of six plans, two of them preferred.
    Six(u32),
    /// Twins of this kind.
    Twins(Twins),
    /// A household.
    Household(Household),
    /// Nobody: the laws of twins of this kind are the same all the same.
    NotEvenTwins(Twins, &'static str),
    /// Nobody: nothing else leaves.
    Nothing(&'static str),
}

const CAUGHT: &[(Mutant, By)] = &[
    (Mutant::LambdaOffByOne, By::Rivals(4000)),
    (Mutant::BlindWeightMoved, By::Rivals(4000)),
    (Mutant::FirstPreferred, By::Six(2000)),
    (Mutant::BoundingBox, By::Twins(Twins::Outside)),
    (Mutant::RoomIdGap, By::Twins(Twins::Numbers)),
    (Mutant::RoomOrderKept, By::Twins(Twins::Numbers)),
    (Mutant::KeepOutsAsWalls, By::Twins(Twins::KeepOuts)),
    (Mutant::ClustersApart, By::Twins(Twins::Between)),
    (Mutant::RedactedFloorKept, By::Twins(Twins::DeadEnd)),
    (Mutant::ClutterKept, By::Twins(Twins::Clutter)),
    (Mutant::DockPose, By::Twins(Twins::Dock)),
    (Mutant::DrawnEveryDay, By::Household(Household::Days)),
    (Mutant::DrawnBeforeSaved, By::Household(Household::Restarts)),
    (Mutant::DrawnByUpdate, By::Household(Household::Updates)),
    (Mutant::CapUnchecked, By::Household(Household::Epochs)),
    (Mutant::RemainderBias, By::Nothing("the bias is below 2⁻⁶⁰")),
    (Mutant::SealedTossesCoin, By::Nothing("the coin decides nothing")),
    (
        Mutant::MirrorImagesApart,
        By::NotEvenTwins(Twins::Mirrored, "plans are compared in all eight images as well"),
    ),
    (Mutant::ScaleKept, By::NotEvenTwins(Twins::Scale, "plans are compared by shares of the floor as well")),
    (Mutant::EmptyHomeRanked, By::Nothing("homes with nothing to draw are still all alike")),
    (Mutant::RedactedInZones, By::Nothing("it is in the key, which stays on the robot")),
    (Mutant::DrawingNotCompared, By::Nothing("it is the receiver's check")),
    (Mutant::OptInUnchecked, By::Nothing("the audit's robots tell no more than a policy opts in to")),
    (
        Mutant::PairsForgotten,
        By::Nothing("no home that twins are made of has three rooms around a redacted one"),
    ),
];

/// The library under the least of these budgets under which it has several plans: a constant cannot leak.
fn plans() -> Plans {
    let home = Subject::new(homeveil::synth::sample_home()).unwrap();
    let several = |plans: &Plans| plans.law(&home).is_some_and(|law| law.len() > 1);
    [2, 4, 8, 64].into_iter().filter_map(Plans::of_odds).find(several).expect("some budget has several plans")
}

/// Six plans of the atlas, drawn through the library's channel with two of them preferred.
struct Six {
    codebook: Codebook,
    channel: Channel,
    /// What was ranked before: thousands of releases are of two homes.
    known: Mutex<Vec<(Sketch, Vec<usize>)>>,
}

impl Six {
    fn new() -> Self {
        let atlas = Codebook::of(4, Odds::new(1 << 20, 1).unwrap()).unwrap();
        let step = atlas.plans().len() / 6;
        let plans: Vec<PlanId> = atlas.plans().iter().step_by(step).take(6).map(Plan::id).collect();
        let channel = Channel::new(6, 2, Odds::new(4, 1).unwrap()).unwrap();
        Self { codebook: Codebook::of_plans(4, &plans, 2).unwrap(), channel, known: Mutex::default() }
    }

    fn preferred(&self, subject: &Subject) -> Vec<usize> {
        let (sketch, mut known) = (subject.sketch().unwrap(), self.known.lock().unwrap());
        if let Some((_, preferred)) = known.iter().rev().find(|(own, _)| own == sketch) {
            return preferred.clone();
        }
        let preferred = rank(sketch, &self.codebook).preferred(2);
        known.push((sketch.clone(), preferred.clone()));
        preferred
    }
}

impl Mechanism for Six {
    fn name(&self) -> String {
        "six plans, λ = 4".to_owned()
    }
    fn about(&self) -> String {
        "Two of six plans are preferred.".to_owned()
    }
    fn release(&self, subject: &Subject, coins: &mut Coins) -> Result<Seen, AuditError> {
        let plan = self.channel.draw(&self.preferred(subject), coins)?;
        Ok(Seen {
            bytes: vec![u8::try_from(plan).unwrap()],
            grid: None,
            regions_m2: Vec::new(),
            outcome: Some(plan),
        })
    }
    fn law(&self, subject: &Subject) -> Option<Law> {
        let preferred = self.preferred(subject);
        let share = |plan: usize| {
            let [weight, whole] = self.channel.probability(preferred.contains(&plan)).into();
            weight as f64 / whole as f64
        };
        Some((0..6).map(|plan| (plan, share(plan))).collect())
    }
    fn limits(&self) -> Limits {
        Limits {
            exact: Some(Caps::of_release(self.channel, 1)),
            general: Some(Caps::of_odds(self.channel.odds())),
        }
    }
}

/// A mechanism with a variant on, in whatever thread it is called.
struct Broken<'a>(Option<Mutant>, &'a dyn Mechanism);

impl Broken<'_> {
    fn run<T>(&self, work: impl FnOnce() -> T) -> T {
        match self.0 {
            Some(mutant) => with(mutant, work),
            None => work(),
        }
    }
}

impl Mechanism for Broken<'_> {
    fn name(&self) -> String {
        self.1.name()
    }
    fn about(&self) -> String {
        self.1.about()
    }
    fn release(&self, subject: &Subject, coins: &mut Coins) -> Result<Seen, AuditError> {
        self.run(|| self.1.release(subject, coins))
    }
    fn law(&self, subject: &Subject) -> Option<Law> {
        self.run(|| self.1.law(subject))
    }
    fn law_is_of_a_part(&self) -> bool {
        self.1.law_is_of_a_part()
    }
    fn summary(&self, seen: &Seen) -> Option<Vec<u8>> {
        self.run(|| self.1.summary(seen))
    }
    fn limits(&self) -> Limits {
        self.1.limits()
    }
}

/// Draws of twins and lives of households: as many as a whole report has at least.
const OF_TWINS: u32 = 2000;
const OF_HOUSEHOLDS: u32 = 400;

/// Figures with a cap of a whole report, and more. What is found must stand out among so many.
const FAMILY: usize = 600;

/// What was found, and whether the page is red: among as many figures as a whole report holds against their caps.
fn audited(mut findings: Vec<Finding>) -> (bool, String) {
    let other = Finding::new("another", "somebody", "else", Measure::Advantage, Statistic::Exact(0.0));
    findings.resize(FAMILY.max(findings.len()), other.capped_at(1.0));
    let audit = Audit::of_findings("homes broken on purpose", findings);
    let page = report::page(&audit, &[]);
    let is_red = audit.exceeded().next().is_some();
    assert_eq!(page.contains("class=\"verdict bad\""), is_red);
    assert_eq!(report::ours(&audit).contains("EXCEEDED"), is_red);
    (is_red, report::ours(&audit))
}

/// What must notice does, with the variant on, and stays quiet without it.
fn is_caught(by: By, mutant: Option<Mutant>) -> (bool, String) {
    match by {
        By::Rivals(draws) => audited(rival_homes(&Broken(mutant, &plans()), draws).unwrap()),
        By::Six(draws) => audited(rival_homes(&Broken(mutant, &Six::new()), draws).unwrap()),
        By::Twins(twins) => {
            let plans = plans();
            let found = twin_homes(&Broken(mutant, &plans), &[twins], OF_TWINS).unwrap();
            // Each of the three sees it alone: the laws, the bytes, and the releases that were drawn.
            let [laws, bytes, drawn] = found.try_into().expect("some homes have such a twin");
            let [laws, bytes, drawn] = [laws, bytes, drawn].map(|found| audited(vec![found]));
            assert_eq!([laws.0, bytes.0], [drawn.0; 2], "{}{}{}", laws.1, bytes.1, drawn.1);
            drawn
        }
        By::Household(household) => {
            let broken = Broken(mutant, &household);
            let mut found = rival_homes(&broken, OF_HOUSEHOLDS).unwrap();
            found.push(if household.is_of_one_epoch() {
                releases_of_an_epoch(&broken).unwrap()
            } else {
                releases_beyond_the_ledger(&broken, Household::PAID).unwrap()
            });
            audited(found)
        }
        By::NotEvenTwins(twins, why) => {
            let plans = plans();
            let broken = Broken(mutant, &plans);
            let homes = twins.worst(&broken).unwrap().expect("some homes have such a twin");
            let [one, other] = homes.each_ref().map(|home| broken.law(home).unwrap());
            (difference(&one, &other) > 0.0, why.to_owned())
        }
        By::Nothing(why) => (false, why.to_owned()),
    }
}

#[test]
fn every_variant_that_leaks_is_caught() {
    let mut wrong = Vec::new();
    for &mutant in Mutant::ALL {
        let (_, by) = CAUGHT.iter().find(|(own, _)| *own == mutant).expect("every variant has a line");
        let leaks = !matches!(by, By::Nothing(_) | By::NotEvenTwins(..));
        let (caught, found) = is_caught(*by, Some(mutant));
        let words = match (leaks, caught) {
            (true, true) => "caught",
            (true, false) => "MISSED",
            (false, true) => "LEAKS, and was thought not to",
            (false, false) => found.as_str(),
        };
        println!("{}: {words}", mutant.what());
        if caught != leaks {
            wrong.push(format!("{}: {words}\n{found}", mutant.what()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The very same attackers, with as many releases, find nothing in code that is not broken.
#[test]
fn what_is_not_broken_is_not_caught() {
    // Two pairs of variants have the same attacker.
    let others =
        |(mutant, _): &&(Mutant, By)| !matches!(mutant, Mutant::BlindWeightMoved | Mutant::RoomOrderKept);
    for (_, by) in CAUGHT.iter().filter(others) {
        let (is_red, found) = is_caught(*by, None);
        assert!(!is_red, "{found}");
    }
}
