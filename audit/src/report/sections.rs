//! The sections of the page.

use std::fmt::Write as _;

use super::html::escaped;
use super::page::bar;
use super::table::{largest_gallery, strongest};
use crate::attack::Twins;
use crate::bench::{Audit, Finding, Measure};

/// A line of a chart: a name, a bar, a figure.
pub(super) fn line(name: &str, finding: &Finding) -> String {
    format!(
        "<div class=\"line{}\"><span>{}</span>{}<b>{:.3}</b></div>",
        if finding.exceeds { " bad" } else { "" },
        escaped(name),
        bar(finding).svg(),
        // No minus in front of a zero.
        finding.value.max(0.0),
    )
}

/// Attack success for each mechanism, question by question.
pub(super) fn successes(audit: &Audit) -> String {
    let k = largest_gallery(audit).unwrap_or(10);
    let mut text = String::from(
        "<h2 id=\"attackers\">What attackers get</h2><p>One line for each method: of all attackers the one whose interval \
         begins highest, as a bar from nothing to everything. A bar of a chance begins at ½, which is a coin's. The thin line \
         is an interval of 95 %, the dark mark the proved cap. Methods without a mark have no proof; the \
         <a href=\"#driving\">list below</a> says what each does.</p>",
    );
    for (about, measure, what) in [
        (
            "free area",
            Measure::RSquared,
            "Share of the differences in floor area that the attacker explains.",
        ),
        ("number of rooms", Measure::RSquared, "Share of the differences in the number of rooms."),
        ("number of bedrooms", Measure::RSquared, "Share of the differences in the number of bedrooms."),
        (
            "share of the largest room",
            Measure::RSquared,
            "Share of the differences in how large the largest room is.",
        ),
        (
            "wealth score",
            Measure::RSquared,
            "Share of the differences in a score of area, rooms and bathrooms.",
        ),
        (
            "aspect of the outline",
            Measure::RSquared,
            "Share of the differences in how long and narrow homes are.",
        ),
        (
            "whether there is a nursery",
            Measure::Auc,
            "Chance that a home with a nursery looks more like one; ½ is a coin.",
        ),
        (
            "whether there is an office",
            Measure::Auc,
            "Chance that a home with an office looks more like one; ½ is a coin.",
        ),
        (
            "who it is",
            Measure::Top { t: 1, k },
            "How often the attacker finds the home in a gallery of true maps.",
        ),
    ] {
        let lines: String = audit
            .mechanisms
            .iter()
            .filter_map(|own| {
                Some(line(&own.name, strongest(audit, &own.name, Some(about), |of| of == measure)?))
            })
            .collect();
        if !lines.is_empty() {
            let _ =
                write!(text, "<h3>{} ({measure})</h3><p class=\"quiet\">{what}</p>{lines}", escaped(about));
        }
    }
    text
}

/// What is proved of ε from samples.
pub(super) fn epsilon(audit: &Audit) -> String {
    let mut rows = String::new();
    for finding in audit.findings.iter().filter(|finding| finding.measure == Measure::Epsilon) {
        let class = if finding.exceeds { " bad" } else { "" };
        let declared = finding.cap().map_or_else(|| "none".to_owned(), |cap| format!("{cap:.3}"));
        let _ = write!(
            rows,
            "<tr><td>{}</td><td class=\"n{class}\">{:.3}</td><td class=\"n\">{declared}</td></tr>",
            escaped(&finding.mechanism),
            finding.lower.unwrap_or_else(|| finding.statistic.lower(1e-3)).max(0.0),
        );
    }
    format!(
        "<h2 id=\"bound\">Is the declared bound true?</h2><p>Two homes are chosen that the method should find hardest to keep apart; many \
         releases of each are drawn and counted. The counts prove that ε, the logarithm of the factor by which odds can \
         change, is at least the first number. It must not be above the declared one. Where nearly every release is a new \
         one, counting proves nothing, and the first number is 0.</p><div class=\"scroll\"><table><tr>\
         <th>method</th><th class=\"n\">ε is at least</th><th class=\"n\">declared</th></tr>{rows}</table></div>"
    )
}

/// The three criteria.
pub(super) fn criteria(audit: &Audit) -> String {
    let mut text = String::from(
        "<h2 id=\"criteria\">Three criteria of the data protection authorities</h2><p>Opinion 05/2014 asks whether one can single out \
         somebody, link records about them, or infer something about them. Each cell says how often the attacker succeeds \
         with the home's own release, how often with another home's (what is true of homes in general), how often without \
         any, and the risk: what the own release adds, of what could be added.</p>",
    );
    for (criterion, what) in [
        ("singling out", "The attacker states a condition that the home meets and no other one does."),
        ("linkability", "Two recipients have a release each; the attacker finds the other one among ten."),
        ("inference", "The attacker states the floor area within a tenth."),
    ] {
        let mut rows = String::new();
        for own in audit.criteria.iter().filter(|own| own.criterion == criterion) {
            let percent = |[k, n]: [u32; 2]| 100.0 * f64::from(k) / f64::from(n);
            let about = format!("{criterion}, gain over the control");
            let exceeds = audit
                .findings
                .iter()
                .any(|of| of.mechanism == own.mechanism && of.about == about && of.exceeds);
            let _ = write!(
                rows,
                "<tr><td>{}</td><td class=\"n{}\">{:.3}</td><td class=\"n\">{:.1} %</td><td class=\"n\">{:.1} %</td>\
                 <td class=\"n\">{:.1} %</td></tr>",
                escaped(&own.mechanism),
                if exceeds { " bad" } else { "" },
                own.risk,
                percent(own.attack),
                percent(own.control),
                percent(own.naive),
            );
        }
        let _ = write!(
            text,
            "<h3>{criterion}</h3><p class=\"quiet\">{what}</p><div class=\"scroll\"><table><tr><th>method</th>\
             <th class=\"n\">risk</th><th class=\"n\">own release</th><th class=\"n\">another's</th>\
             <th class=\"n\">none</th></tr>{rows}</table></div>"
        );
    }
    text
}

/// Days, messages, sizes, times, and homes that must be alike.
pub(super) fn time_and_messages(audit: &Audit) -> String {
    let of = |fits: &dyn Fn(&Finding) -> bool| -> String {
        audit
            .findings
            .iter()
            .filter(|finding| fits(finding))
            .map(|finding| {
                let name = if finding.attacker.starts_with("messages") || finding.attacker.starts_with("time")
                {
                    finding.attacker.clone()
                } else if finding.cap() == Some(0.0) && finding.measure == Measure::Advantage {
                    finding.about.clone()
                } else if finding.attacker == "equal coins" {
                    format!("{}: bytes", finding.about)
                } else if finding.attacker == "names and texts" {
                    format!("{}: names", finding.mechanism)
                } else {
                    finding.mechanism.clone()
                };
                line(&name, finding)
            })
            .collect()
    };
    let is_of_twins = |about: &str| Twins::ALL.iter().any(|twins| twins.name() == about);
    let twins = of(&|finding| {
        is_of_twins(&finding.about) && ["Bayes, exact", "equal coins"].contains(&finding.attacker.as_str())
    });
    let epochs = of(&|finding| finding.measure == Measure::Unlike && !is_of_twins(&finding.about));
    let mut text = String::new();
    for (heading, what, lines) in [
        (
            "What the messages give away",
            "The cloud asks for every zone in turn and notes the robot's answers and when they come; the figure is the share \
             of the differences in floor area that this explains. Without an opt-in, answers come from a clock. Every opt-in \
             is outside the promise, and this is what it costs.",
            of(&|finding| finding.attacker.starts_with("messages")),
        ),
        (
            "From one day to the next",
            "Chance that a home in which a door was shut since yesterday is told from one in which none was; ½ is a coin. A \
             keeper gives out the same bytes every day.",
            of(&|finding| finding.attacker == "change from day to day"),
        ),
        (
            "Sizes, names and times",
            "Share of the differences in floor area that the number of bytes alone explains, or the names and texts in what \
             left, or how long a call takes.",
            of(&|finding| {
                ["number of bytes", "names and texts"].contains(&finding.attacker.as_str())
                    || finding.attacker.starts_with("time")
            }),
        ),
        (
            "What must not matter at all",
            "Two homes that differ in this alone, a thousand pairs: how well an attacker who knows the method tells the worst \
             pair apart (0: not at all), and in which share of the pairs the same coins give different bytes. The cap is 0, \
             nothing here is chance, and red is a leak. That releases of the worst pair were drawn and told apart as well \
             is among all figures, below.",
            twins,
        ),
        (
            "One release in an epoch",
            "Share of a keeper's lives in which the home's release ever changes before a new epoch. The cap is 0.",
            epochs,
        ),
    ] {
        if !lines.is_empty() {
            let _ = write!(text, "<h2>{heading}</h2><p>{what}</p>{lines}");
        }
    }
    text
}

/// All findings.
pub(super) fn tables(audit: &Audit) -> String {
    let mut text = String::from(
        "<div class=\"tables\"><h2 id=\"figures\">All figures</h2><p>Each method unfolds; all of it is in audit.json too. Lower bounds hold for all figures with a cap at once (Holm 1979, \
         family-wise level 0.001); intervals are for one figure each, 95 %. The exact cap is that of the method's own channel, \
         the general cap that of every method with its λ.</p>",
    );
    let mut names: Vec<&str> = audit.findings.iter().map(|finding| finding.mechanism.as_str()).collect();
    names.dedup();
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    for name in names {
        let about = audit.mechanisms.iter().find(|own| own.name == name).map_or("", |own| own.about.as_str());
        let _ = write!(
            text,
            "<details><summary>{}</summary><p class=\"quiet\">{}</p><div class=\"scroll\"><table><tr><th>about</th><th>attacker</th>\
             <th>measure</th><th class=\"n\">found</th><th class=\"n\">95 %</th><th class=\"n\">at least</th>\
             <th class=\"n\">exact cap</th><th class=\"n\">general cap</th></tr>",
            escaped(name),
            escaped(about)
        );
        for finding in audit.findings.iter().filter(|finding| finding.mechanism == name) {
            let number =
                |number: Option<f64>| number.map_or_else(|| "–".to_owned(), |number| format!("{number:.4}"));
            let class = if finding.exceeds { " bad" } else { "" };
            let _ = write!(
                text,
                "<tr><td>{}</td><td>{}</td><td>{}</td><td class=\"n{class}\">{:.4}{}</td><td class=\"n\">{:.4} to {:.4}</td>\
                 <td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
                escaped(&finding.about),
                escaped(&finding.attacker),
                finding.measure,
                finding.value,
                if finding.exceeds { " EXCEEDED" } else { "" },
                finding.interval[0],
                finding.interval[1],
                number(finding.lower),
                number(finding.exact_cap),
                number(finding.general_cap),
            );
        }
        text += "</table></div></details>";
    }
    text + "</div>"
}
