//! What left and what is true, for other tools.

use std::fmt::Write as _;

use super::run::Bench;
use crate::AuditError;
use crate::attack::{Evidence, features};
use crate::mechanism::Mechanism;
use crate::population::{Attribute, Subject};

impl Bench {
    /// A table of all releases as CSV: mechanism, half, number of the home, number of the release where there are few,
    /// then what is true of the home, then the features of what left. As private as the homes.
    ///
    /// # Errors
    /// A home is refused, or the coins fail.
    pub fn export(&self, mechanisms: &[Box<dyn Mechanism>]) -> Result<String, AuditError> {
        let mut text = String::from("mechanism,half,home,release");
        for attribute in Attribute::ALL {
            let _ = write!(text, ",true {}", attribute.name());
        }
        for feature in features::NAMES {
            let _ = write!(text, ",{feature}");
        }
        text.push('\n');
        for mechanism in mechanisms {
            let left = self.left(mechanism.as_ref())?;
            let mut add = |half: &str, homes: &[Subject], of: &[Evidence]| {
                for (number, (home, evidence)) in homes.iter().zip(of).enumerate() {
                    let release =
                        evidence.seen.outcome.map_or_else(String::new, |outcome| outcome.to_string());
                    // Names have commas in them.
                    let _ = write!(text, "\"{}\",{half},{number},{release}", mechanism.name());
                    let truths = Attribute::ALL.iter().map(|attribute| attribute.of(home));
                    for value in truths.chain(evidence.features.iter().copied()) {
                        let _ = write!(text, ",{value}");
                    }
                    text.push('\n');
                }
            };
            add("design", &self.design, &left.design);
            add("evaluation", &self.evaluation, &left.evaluation);
        }
        Ok(text)
    }
}
