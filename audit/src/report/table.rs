//! For the terminal.

use std::fmt::Write as _;

use crate::bench::{Audit, Finding, Measure};

/// By what is sure: of two findings that which has the higher lower end of its interval. A figure of three homes is
/// often high, and says little.
fn surer(a: &Finding, b: &Finding) -> std::cmp::Ordering {
    a.interval[0].total_cmp(&b.interval[0]).then(a.value.total_cmp(&b.value))
}

/// The strongest finding of a mechanism about something, of a measure that fits.
pub(super) fn strongest<'a>(
    audit: &'a Audit,
    mechanism: &str,
    about: Option<&str>,
    fits: impl Fn(Measure) -> bool,
) -> Option<&'a Finding> {
    let of = |finding: &&Finding| {
        finding.mechanism == mechanism
            && about.is_none_or(|about| finding.about == about)
            && fits(finding.measure)
    };
    audit.findings.iter().filter(of).max_by(|a, b| surer(a, b))
}

/// The largest gallery of a mechanism's findings.
pub(super) fn largest_gallery(audit: &Audit) -> Option<u32> {
    let size = |finding: &Finding| if let Measure::Top { k, .. } = finding.measure { Some(k) } else { None };
    audit.findings.iter().filter(|finding| finding.attacker != "Bayes, exact").filter_map(size).max()
}

/// A line for each mechanism: what the best attacker gets, and what the robot drives.
#[must_use]
pub fn overview(audit: &Audit) -> String {
    let k = largest_gallery(audit).unwrap_or(0);
    let mut text = format!(
        "{}: {} to learn from, {} to measure on\n\n{:<30} {:>9} {:>9} {:>9} {:>14} {:>7}\n",
        audit.population,
        audit.learnt_from,
        audit.measured_on,
        "",
        "area, R²",
        "wealth, R²",
        "office",
        format!("1st of {k}"),
        "tour",
    );
    for mechanism in &audit.mechanisms {
        let value = |about: &str, fits: &dyn Fn(Measure) -> bool| {
            let found = strongest(audit, &mechanism.name, Some(about), fits);
            found.map_or_else(|| "–".to_owned(), |found| format!("{:.3}", found.value))
        };
        let tour = mechanism.tour.map_or_else(|| "–".to_owned(), |[mean, ..]| format!("{mean:.3}"));
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "{:<30} {:>9} {:>10} {:>9} {:>14} {:>7}",
            mechanism.name,
            value("free area", &|measure| measure == Measure::RSquared),
            value("wealth score", &|measure| measure == Measure::RSquared),
            value("whether there is an office", &|measure| measure == Measure::Auc),
            value("who it is", &|measure| measure == Measure::Top { t: 1, k }),
            tour,
        );
    }
    text
}

/// For every mechanism with caps and every measure the finding that attains most, its interval, and both caps.
#[must_use]
pub fn ours(audit: &Audit) -> String {
    let mut text = format!(
        "{:<42} {:<14} {:>8} {:>18} {:>10} {:>12}  {}\n",
        "", "", "found", "95 %", "exact cap", "general cap", "by whom, about what"
    );
    let mut names: Vec<&str> = Vec::new();
    for finding in &audit.findings {
        if !names.contains(&finding.mechanism.as_str()) {
            names.push(&finding.mechanism);
        }
    }
    for name in names {
        let capped = || audit.findings.iter().filter(|of| of.mechanism == name && of.cap().is_some());
        let mut measures: Vec<Measure> = capped().map(|finding| finding.measure).collect();
        measures.sort();
        measures.dedup();
        for measure in measures {
            let of = capped().filter(|finding| finding.measure == measure);
            let Some(most) = of.max_by(|a, b| a.exceeds.cmp(&b.exceeds).then(surer(a, b))) else { continue };
            let cap = |cap: Option<f64>| cap.map_or_else(String::new, |cap| format!("{cap:.4}"));
            let _ = writeln!(
                text,
                "{:<42} {:<14} {:>8.4} {:>18} {:>10} {:>12}  {}, {}{}",
                name,
                measure,
                most.value,
                format!("{:.4} to {:.4}", most.interval[0], most.interval[1]),
                cap(most.exact_cap),
                cap(most.general_cap),
                most.attacker,
                most.about,
                if most.exceeds { "  EXCEEDED" } else { "" },
            );
        }
    }
    let exceeded = audit.exceeded().count();
    let _ = writeln!(
        text,
        "\n{} findings have a cap; {}",
        audit.findings.iter().filter(|finding| finding.cap().is_some()).count(),
        if exceeded == 0 {
            "no lower bound is above its cap (Holm, family-wise 0.001); a single figure may be, by chance"
                .to_owned()
        } else {
            format!("{exceeded} EXCEED IT (Holm, family-wise 0.001)")
        }
    );
    text
}
