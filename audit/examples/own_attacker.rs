//! An attacker of one's own: it draws a line through the size of the largest zone shown and what is true.
#![expect(clippy::print_stdout, reason = "an example")]
use homeveil_audit::attack::{Attacker, Evidence, Guess, Lesson};
use homeveil_audit::bench::{Audit, Bench, Options};
use homeveil_audit::{AuditError, mechanism::Plans, population::Made, report};

struct LargestZone;
struct Line(f64, f64);

fn largest(evidence: &Evidence) -> f64 {
    evidence.seen.regions_m2.iter().copied().fold(0.0, f64::max)
}

impl Attacker for LargestZone {
    fn name(&self) -> String {
        "largest zone".to_owned()
    }
    fn learn(&self, lessons: &[Lesson<'_>]) -> Result<Box<dyn Guess>, AuditError> {
        let sum = |of: fn(&Lesson<'_>) -> f64| lessons.iter().map(of).sum::<f64>();
        let (n, x, y) = (sum(|_| 1.0), sum(|own| largest(own.evidence)), sum(|own| own.truth));
        let (xx, xy) =
            (sum(|own| largest(own.evidence).powi(2)), sum(|own| largest(own.evidence) * own.truth));
        let slope = (n * xy - x * y) / (n * xx - x * x).max(1e-9);
        Ok(Box::new(Line((y - slope * x) / n, slope)))
    }
}

impl Guess for Line {
    fn of(&self, evidence: &Evidence) -> Result<f64, AuditError> {
        Ok(self.0 + self.1 * largest(evidence))
    }
}

fn main() -> Result<(), AuditError> {
    if std::env::args().any(|arg| arg == "--help") {
        println!("usage: own_attacker\n\nLets one attacker loose on forty made-up homes. No options.");
        return Ok(());
    }
    let found =
        Bench::of(&Made, Options::of_homes(40))?.attack(&Plans::default(), &[Box::new(LargestZone)])?;
    println!("{}", report::ours(&Audit::of_findings("made-up homes", found)));
    Ok(())
}
