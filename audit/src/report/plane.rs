//! Points on a plane, each with a number next to it.

use std::fmt::Write as _;

use super::html::escaped;

/// Radius of a numbered circle, and of the dot that it belongs to.
const CIRCLE: f64 = 8.0;
const DOT: f64 = 3.5;

/// Where numbered circles may lie: left, right, upper and lower bound of their middles.
const BOUNDS: [f64; 4] = [54.0, 470.0, 24.0, 284.0];

/// A point of a plane, with intervals along both axes.
pub(super) struct Point {
    pub(super) x: [f64; 3],
    pub(super) y: [f64; 3],
    pub(super) is_ours: bool,
}

/// Points by their numbers on a plane of x from 1 to `most` and y from 0 to 1. A number stands as near to its dot as
/// there is room for it, and a line leads there.
pub(super) fn plane(points: &[Point], most: f64, x_name: &str, y_name: &str) -> String {
    let x = |value: f64| 44.0 + 420.0 * ((value - 1.0) / (most - 1.0)).clamp(0.0, 1.0);
    let y = |value: f64| 292.0 - 272.0 * value.clamp(0.0, 1.0);
    let mut svg = String::from("<svg class=\"plane\" viewBox=\"0 0 480 340\" role=\"img\">");
    for tenth in [0, 2, 4, 6, 8, 10] {
        let value = f64::from(tenth) / 10.0;
        // Writing to a string does not fail.
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"44\" x2=\"464\" y1=\"{0:.1}\" y2=\"{0:.1}\"/><text x=\"38\" y=\"{1:.1}\" \
             text-anchor=\"end\">{value}</text>",
            y(value),
            y(value) + 4.0,
        );
        let value = 1.0 + (most - 1.0) * value;
        let _ = write!(svg, "<text x=\"{:.1}\" y=\"310\" text-anchor=\"middle\">{value:.2}</text>", x(value));
    }
    let class = |point: &Point| if point.is_ours { "ours" } else { "other" };
    for point in points {
        let Point { x: [at, left, right], y: [level, low, high], .. } = *point;
        let _ = write!(
            svg,
            "<line class=\"interval {0}\" x1=\"{1:.1}\" x2=\"{2:.1}\" y1=\"{3:.1}\" y2=\"{3:.1}\"/>\
             <line class=\"interval {0}\" x1=\"{4:.1}\" x2=\"{4:.1}\" y1=\"{5:.1}\" y2=\"{6:.1}\"/>",
            class(point),
            x(left),
            x(right),
            y(level),
            x(at),
            y(low),
            y(high),
        );
    }
    let dots: Vec<[f64; 2]> = points.iter().map(|point| [x(point.x[0]), y(point.y[0])]).collect();
    let circles = numbers_near(&dots);
    for ((point, dot), circle) in points.iter().zip(&dots).zip(&circles) {
        let _ = write!(
            svg,
            "<line class=\"{0}\" x1=\"{1:.1}\" y1=\"{2:.1}\" x2=\"{3:.1}\" y2=\"{4:.1}\"/>\
             <circle class=\"{0}\" cx=\"{1:.1}\" cy=\"{2:.1}\" r=\"{DOT}\"/>",
            class(point),
            dot[0],
            dot[1],
            circle[0],
            circle[1],
        );
    }
    for ((number, point), circle) in (1..).zip(points).zip(&circles) {
        let _ = write!(
            svg,
            "<circle class=\"{}\" cx=\"{1:.1}\" cy=\"{2:.1}\" r=\"{CIRCLE}\"/>\
             <text class=\"number\" x=\"{1:.1}\" y=\"{3:.1}\" text-anchor=\"middle\">{number}</text>",
            class(point),
            circle[0],
            circle[1],
            circle[1] + 3.6,
        );
    }
    let _ = write!(
        svg,
        "<text x=\"254\" y=\"332\" text-anchor=\"middle\">{}</text><text x=\"4\" y=\"12\">{}</text></svg>",
        escaped(x_name),
        escaped(y_name)
    );
    svg
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// How far a place is from a line between two others.
fn from_line(at: [f64; 2], [one, other]: [[f64; 2]; 2]) -> f64 {
    let along = [other[0] - one[0], other[1] - one[1]];
    let square = along[0] * along[0] + along[1] * along[1];
    let share = ((at[0] - one[0]) * along[0] + (at[1] - one[1]) * along[1]) / square.max(f64::MIN_POSITIVE);
    let share = share.clamp(0.0, 1.0);
    distance(at, [one[0] + share * along[0], one[1] + share * along[1]])
}

/// For each dot the middle of its circle: the nearest place where it hides no dot and no other circle, and where the
/// line to it passes none.
fn numbers_near(dots: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut circles: Vec<[f64; 2]> = Vec::new();
    for (own, &dot) in dots.iter().enumerate() {
        let [left, right, upper, lower] = BOUNDS;
        let places = (0..40).flat_map(|ring| {
            let far = 13.0 + 6.0 * f64::from(ring);
            (0..32).map(move |turn| {
                // To the upper right first.
                let angle = (f64::from(turn) / 32.0 - 0.125) * core::f64::consts::TAU;
                [dot[0] + far * angle.cos(), dot[1] + far * angle.sin()]
            })
        });
        let is_inside = |at: &[f64; 2]| (left..=right).contains(&at[0]) && (upper..=lower).contains(&at[1]);
        let is_clear = |at: &[f64; 2]| {
            circles.iter().all(|other| distance(*at, *other) >= 2.0 * CIRCLE + 1.0)
                && dots.iter().all(|other| distance(*at, *other) >= CIRCLE + DOT + 1.0)
        };
        let is_led = |at: &[f64; 2]| {
            let line = [dot, *at];
            circles.iter().all(|other| from_line(*other, line) >= CIRCLE + 1.0)
                && dots.iter().enumerate().all(|(number, other)| {
                    // Dots on top of each other have lines that begin alike.
                    number == own || distance(*other, dot) < 2.0 * DOT || from_line(*other, line) >= DOT + 1.0
                })
                // Nor may the lines of others pass this circle.
                && circles.iter().zip(dots).all(|(circle, dot)| from_line(*at, [*dot, *circle]) >= CIRCLE + 1.0)
        };
        let free = || places.clone().filter(is_inside).filter(is_clear);
        circles.push(free().find(is_led).or_else(|| free().next()).unwrap_or(dot));
    }
    circles
}

#[cfg(test)]
mod tests {
    use super::{BOUNDS, CIRCLE, DOT, distance, from_line, numbers_near};

    /// Twenty dots in one place, twenty in a heap, and some along the edges.
    #[test]
    fn no_number_hides_another_or_a_dot() {
        let pile = vec![[44.0, 20.0]; 20];
        let heap =
            (0..20_u32).map(|n| [46.0 + f64::from(n * 7 % 40), 22.0 + f64::from(n * 11 % 27)]).collect();
        let edges = vec![[44.0, 292.0], [464.0, 292.0], [464.0, 20.0], [45.0, 291.0], [250.0, 292.0]];
        for dots in [pile, heap, edges] {
            let circles = numbers_near(&dots);
            for (own, circle) in circles.iter().enumerate() {
                assert!(
                    (BOUNDS[0]..=BOUNDS[1]).contains(&circle[0])
                        && (BOUNDS[2]..=BOUNDS[3]).contains(&circle[1])
                );
                assert!(dots.iter().all(|dot| distance(*circle, *dot) > CIRCLE + DOT), "{circle:?}");
                for (other, far) in circles.iter().enumerate().filter(|(other, _)| *other != own) {
                    assert!(distance(*circle, *far) > 2.0 * CIRCLE, "{circle:?} {far:?}");
                    assert!(from_line(*circle, [dots[other], *far]) > CIRCLE, "a line passes {circle:?}");
                }
            }
        }
    }
}
