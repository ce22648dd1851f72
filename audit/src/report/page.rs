//! For people: a page for the owner or a regulator first, tables after.

use std::fmt::Write as _;

use homeveil::grid::OccupancyGrid;

use super::html::{Bar, escaped, map};
use super::plane::{Point, plane};
use super::sections;
use super::table::{largest_gallery, strongest};
use crate::bench::{Audit, Finding, Measure};
use crate::mechanism::{Mechanism, Plans};

/// Maps of a home: what it is, and what leaves under each mechanism.
///
/// ```
/// let shown = homeveil_audit::report::Shown { home: "a flat".into(), maps: vec![] };
/// assert!(shown.maps.is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct Shown {
    /// What the home is called.
    pub home: String,
    /// Captions and maps.
    pub maps: Vec<(String, OccupancyGrid)>,
}

/// A page of its own: no scripts, no requests, good in print.
#[must_use]
pub fn page(audit: &Audit, shown: &[Shown]) -> String {
    let mut text = String::from(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <title>What attackers learn from maps of homes</title><style>",
    );
    text += include_str!("style.css");
    text += "</style></head><body>\n<h1>What attackers learn from maps of homes</h1>\n";
    // Writing to a string does not fail.
    let _ = writeln!(
        text,
        "<p>A robot vacuum's map shows how large a home is, how its rooms lie, and who lives there. homeveil gives the \
         cloud a public plan instead, drawn so that it says little about the home. This report attacks what leaves the \
         robot, and says what attackers got. Homes: {}; attackers learnt from {} and were measured on {} others.</p>",
        escaped(&audit.population),
        audit.learnt_from,
        audit.measured_on
    );
    text += &verdict(audit);
    text += "<p class=\"quiet\"><a href=\"#short\">In short</a> · <a href=\"#attackers\">What attackers get</a> · \
             <a href=\"#driving\">Privacy against driving</a> · <a href=\"#bound\">The declared bound</a> · \
             <a href=\"#criteria\">Three criteria</a> · <a href=\"#figures\">All figures</a></p>";
    text += &cards(audit);
    text += &sections::successes(audit);
    text += &driving(audit);
    text += &sections::epsilon(audit);
    text += &sections::criteria(audit);
    text += &sections::time_and_messages(audit);
    if !shown.is_empty() {
        text += "<h2>What leaves</h2><p>Each row is one home. The first picture is what the robot knows, the others are \
                 what the cloud would get. Maps are drawn as large as there is room for; homeveil's carry no true \
                 size. Unlike homes often get the same plan: at λ = 1 there is one for all, at λ = 2 there are two.</p>";
    }
    for home in shown {
        let _ = write!(text, "<h3>{}</h3><div class=\"maps\">", escaped(&home.home));
        for (caption, grid) in &home.maps {
            let _ =
                write!(text, "<figure>{}<figcaption>{}</figcaption></figure>", map(grid), escaped(caption));
        }
        text += "</div>";
    }
    text += &sections::tables(audit);
    text += "</body></html>\n";
    text
}

fn verdict(audit: &Audit) -> String {
    let capped = audit.findings.iter().filter(|finding| finding.cap().is_some()).count();
    let exceeded: Vec<&Finding> = audit.exceeded().collect();
    if exceeded.is_empty() {
        let lucky =
            audit.findings.iter().filter(|of| of.cap().is_some_and(|cap| of.value > cap + 1e-9)).count();
        return format!(
            "<div class=\"verdict\"><b>No cap is exceeded.</b> {capped} figures have a proved cap, and none is above it by \
             more than chance allows. ({lucky} lie above by chance, as figures of few homes do. Were all caps true, this \
             page would call one exceeded with a probability of one in a thousand.)</div>"
        );
    }
    let mut text = format!(
        "<div class=\"verdict bad\"><b>{} of {capped} caps are exceeded.</b> What is drawn is not what is promised:<ul>",
        exceeded.len()
    );
    for finding in exceeded.iter().take(12) {
        let _ = write!(
            text,
            "<li>{}: {}, {} = {:.3}, at least {:.3}, and the cap is {:.3}</li>",
            escaped(&finding.mechanism),
            escaped(&finding.about),
            finding.measure,
            finding.value,
            finding.lower.unwrap_or(f64::NAN),
            finding.cap().unwrap_or(f64::NAN)
        );
    }
    text + "</ul></div>"
}

/// The first page: what an owner would ask.
fn cards(audit: &Audit) -> String {
    let k = largest_gallery(audit).unwrap_or(10);
    let questions: [(&str, &str, Measure); 3] = [
        ("How large is the home?", "free area", Measure::RSquared),
        ("How well-off are its people?", "wealth score", Measure::RSquared),
        ("Whose home is it?", "who it is", Measure::Top { t: 1, k }),
    ];
    let plans = Plans::default();
    let default = plans.name();
    if audit.mechanisms.iter().all(|mechanism| mechanism.name != default) {
        return String::new();
    }
    let mut text = format!(
        "<h2 id=\"short\">In short</h2><p>λ says how much a release may tell: whoever sees it can change their odds on \
         anything about the home by a factor λ at most. By default λ = 1: every home gets the same plan, and there is nothing \
         to learn from it. Here the plan is drawn for the home, at λ = {}, next to the map as it is. The dark mark is the most \
         that any attacker can ever get, by proof.</p><div class=\"cards\">",
        plans.policy().odds()
    );
    for (question, about, measure) in questions {
        let found = |name: &str| strongest(audit, name, Some(about), |own| own == measure);
        let (Some(ours), Some(raw)) = (found(&default), found("raw map")) else { continue };
        let percent = |value: f64| 100.0 * value.max(0.0);
        // What is the most is not rounded down.
        let cap = percent_up(ours.cap().unwrap_or(1.0));
        let sentence = match measure {
            Measure::RSquared => format!(
                "The best attacker explains {:.1} % of the differences between homes, and none can explain more than \
                 {cap} %. From the map itself it explains {:.0} %.",
                percent(ours.value),
                percent(raw.value)
            ),
            _ => format!(
                "Among {k} homes the best attacker picks the right one in {:.2} % of the cases; by lot it would be \
                 {:.2} %, and more than {cap} % is impossible. By the map itself it picks it in {:.0} %.",
                percent(ours.value),
                100.0 / f64::from(k),
                percent(raw.value)
            ),
        };
        let _ = write!(text, "<div class=\"card\"><h3>{question}</h3>");
        text += &sections::line(&ours.mechanism, ours);
        text += &sections::line("the map itself", raw);
        let _ = write!(text, "<p>{sentence}</p></div>");
    }
    let tour = audit.mechanisms.iter().find(|mechanism| mechanism.name == default).and_then(|own| own.tour);
    if let Some([mean, low, high]) = tour {
        let more = |tour: f64| 100.0 * (tour - 1.0);
        let _ = write!(
            text,
            "<div class=\"card\"><h3>What does it cost?</h3><p>To visit all zones in the order that the cloud plans, the \
             robot drives {:.0} % more than on the best tour (between {:.0} and {:.0} %, 95 % confidence). To a single \
             zone it drives no detour, unless only a redacted room leads there.</p></div>",
            more(mean),
            more(low),
            more(high)
        );
    }
    text += &authority(audit, &default);
    text + "</div>"
}

/// A share in percent, to the next hundredth above; one that is whole hundredths but for rounding stays so.
fn percent_up(share: f64) -> f64 {
    ((1e4 * share - 1e-9).ceil() / 100.0).clamp(0.0, 100.0) + 0.0
}

/// The three criteria in words; nothing where they were not measured.
fn authority(audit: &Audit, name: &str) -> String {
    let of = |criterion: &str| {
        let own = audit.criteria.iter().find(|own| own.mechanism == name && own.criterion == criterion)?;
        let percent = |[k, n]: [u32; 2]| 100.0 * f64::from(k) / f64::from(n);
        Some(format!("{:.0} % ({:.0} %)", percent(own.attack), percent(own.control)))
    };
    let (Some(singled), Some(linked), Some(inferred)) =
        (of("singling out"), of("linkability"), of("inference"))
    else {
        return String::new();
    };
    format!(
        "<div class=\"card\"><h3>What would an authority ask?</h3><p>With a home's own release the attacker singles out \
         {singled} of the homes, finds the other release of a home among ten in {linked}, and states the floor area within a \
         tenth in {inferred}. In brackets: with another home's release, which says what is true of homes in general. Only \
         what the own release adds comes from it.</p></div>"
    )
}

/// Privacy against driving cost.
fn driving(audit: &Audit) -> String {
    let mut points = Vec::new();
    let mut legend = String::new();
    for mechanism in &audit.mechanisms {
        let found =
            strongest(audit, &mechanism.name, Some("free area"), |measure| measure == Measure::RSquared);
        let (Some(tour), Some(found)) = (mechanism.tour, found) else { continue };
        let [low, high] = found.interval;
        points.push(Point {
            x: tour,
            y: [found.value, low, high],
            is_ours: mechanism.name.starts_with("homeveil"),
        });
        let _ = write!(
            legend,
            "<li>{}: R² {:.2}, tours {:.2}<br><span class=\"quiet\">{}</span></li>",
            escaped(&mechanism.name),
            found.value.max(0.0),
            tour[0],
            escaped(&mechanism.about)
        );
    }
    if points.is_empty() {
        return String::new();
    }
    let most = points.iter().map(|point| point.x[2]).fold(1.2, f64::max);
    format!(
        "<h2 id=\"driving\">Privacy against driving</h2><p>Lower is more private, further left is cheaper to drive: a good method lies at \
         the lower left. Green is homeveil, brown is everything else. Each dot is a method; its number stands next to it and is that of the \
         list; where dots lie on top of each other, their numbers stand in a row. Pale lines are intervals of 95 %. The scale of tours is drawn out at its left end, \
         where most methods lie.</p><div class=\"scroll\">{}</div><ol class=\"legend\">\
         {legend}</ol>",
        plane(
            &points,
            most,
            "length of a tour of all zones over the best one",
            "what is learnt of the home's area (R²)"
        )
    )
}

/// A finding as a bar.
pub(super) fn bar(finding: &Finding) -> Bar {
    // A coin has the chance ½: what is more than that is the attacker's.
    let share = |value: f64| if finding.measure == Measure::Auc { 2.0 * value - 1.0 } else { value };
    Bar {
        value: share(finding.value),
        interval: finding.interval.map(share),
        cap: finding.cap().map(share),
        exceeds: finding.exceeds,
    }
}

#[cfg(test)]
mod tests {
    use super::percent_up;

    #[test]
    fn what_is_the_most_is_rounded_up() {
        let written =
            [1.0 / 9.0, 2.0 / 101.0, 0.0, 0.5, 0.1 + 0.2, 1.0, 2.0].map(|cap| percent_up(cap).to_string());
        assert_eq!(written, ["11.12", "1.99", "0", "50", "30", "100", "100"]);
    }
}
