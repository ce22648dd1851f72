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

/// Numbers along x, those alone that are on the plane.
const MARKS: [f64; 9] = [1.0, 1.01, 1.05, 1.1, 1.2, 1.4, 1.7, 2.0, 3.0];

/// Points by their numbers on a plane of x from 1 to `most` and y from 0 to 1, x by the root of what it is above 1:
/// most methods lie near 1, and a few far away. A number stands as near to its dot as there is room for it, and a line
/// leads there; those of dots on top of each other stand in a row.
pub(super) fn plane(points: &[Point], most: f64, x_name: &str, y_name: &str) -> String {
    let x = |value: f64| 44.0 + 420.0 * ((value - 1.0) / (most - 1.0)).clamp(0.0, 1.0).sqrt();
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
    }
    for value in MARKS.into_iter().filter(|value| *value <= most) {
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"20\" y2=\"292\"/><text x=\"{0:.1}\" y=\"310\" \
             text-anchor=\"middle\">{value}</text>",
            x(value)
        );
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
    for heap in heaps(&dots) {
        let (point, [x1, y1], [x2, y2]) = (&points[heap[0]], dots[heap[0]], circles[heap[0]]);
        let class = class(point);
        let _ = write!(
            svg,
            "<line class=\"{class}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>"
        );
    }
    for (point, [x, y]) in points.iter().zip(&dots) {
        let class = class(point);
        let _ = write!(svg, "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{DOT}\"/>");
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

/// Dots on top of each other, by their numbers: those that touch the first of their heap.
fn heaps(dots: &[[f64; 2]]) -> Vec<Vec<usize>> {
    let mut heaps: Vec<Vec<usize>> = Vec::new();
    for (number, dot) in dots.iter().enumerate() {
        match heaps.iter_mut().find(|heap| distance(dots[heap[0]], *dot) < 2.0 * DOT + 1.0) {
            Some(heap) => heap.push(number),
            None => heaps.push(vec![number]),
        }
    }
    heaps
}

/// For each dot the middle of its circle. Circles of a heap stand in a row, as near as there is a place where they hide
/// no dot and no other circle, and where no line that leads to a row passes a circle; in a throng lines may.
fn numbers_near(dots: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let [left, right, upper, lower] = BOUNDS;
    let apart = 2.0 * CIRCLE + 1.0;
    let mut circles: Vec<Option<[f64; 2]>> = vec![None; dots.len()];
    let mut lines: Vec<[[f64; 2]; 2]> = Vec::new();
    let mut heaps = heaps(dots);
    // From the right: there is most room, and what lies further left has to go round.
    heaps.sort_by(|a, b| dots[b[0]][0].total_cmp(&dots[a[0]][0]));
    for heap in heaps {
        let dot = dots[heap[0]];
        let rows = (0..70).flat_map(|ring| (0..64).map(move |turn| (ring, turn))).map(|(ring, turn)| {
            let far = 13.0 + 4.0 * f64::from(ring);
            // To the upper right first.
            let angle = (f64::from(turn) / 64.0 - 0.125) * core::f64::consts::TAU;
            let (first, step) =
                ([dot[0] + far * angle.cos(), dot[1] + far * angle.sin()], apart * angle.cos().signum());
            (0..heap.len()).map(|place| [first[0] + step * place as f64, first[1]]).collect::<Vec<_>>()
        });
        let is_clear = |at: &[f64; 2]| {
            (left..=right).contains(&at[0])
                && (upper..=lower).contains(&at[1])
                && circles.iter().flatten().all(|other| distance(*at, *other) >= apart)
                && dots.iter().all(|other| distance(*at, *other) > CIRCLE + DOT + 1.0)
        };
        let is_led = |row: &Vec<[f64; 2]>| {
            let line = [dot, row[0]];
            circles.iter().flatten().all(|other| from_line(*other, line) > CIRCLE + 1.0)
                && (0..dots.len())
                    .all(|other| heap.contains(&other) || from_line(dots[other], line) > DOT + 1.0)
                && row.iter().all(|at| lines.iter().all(|line| from_line(*at, *line) > CIRCLE + 1.0))
        };
        let free = rows.filter(|row| row.iter().all(is_clear));
        let row = free.clone().find(is_led).or_else(|| free.clone().next());
        let row = row.unwrap_or_else(|| vec![dot; heap.len()]);
        lines.push([dot, row[0]]);
        for (number, at) in heap.into_iter().zip(row) {
            circles[number] = Some(at);
        }
    }
    circles.into_iter().zip(dots).map(|(circle, dot)| circle.unwrap_or(*dot)).collect()
}

#[cfg(test)]
mod tests {
    use super::{BOUNDS, CIRCLE, DOT, distance, from_line, heaps, numbers_near};

    /// Twenty dots in one place, a throng of twenty, and those of a real report, whose lines pass no number.
    #[test]
    fn no_number_hides_another_or_a_dot() {
        let pile = vec![[44.0, 20.0]; 20];
        let throng =
            (0..20_u32).map(|n| [46.0 + f64::from(n * 7 % 40), 22.0 + f64::from(n * 11 % 27)]).collect();
        #[rustfmt::skip]
        let real = [
            [133, 292], [129, 292], [144, 281], [151, 265], [148, 168], [129, 291], [149, 77], [200, 39], [126, 292],
            [44, 20], [72, 61], [72, 20], [44, 20], [105, 66], [182, 30], [84, 22], [44, 20], [182, 25], [429, 292],
        ];
        let real = real.iter().map(|dot| dot.map(f64::from)).collect();
        for (dots, is_throng) in [(pile, false), (throng, true), (real, false)] {
            let circles = numbers_near(&dots);
            for (own, circle) in circles.iter().enumerate() {
                assert!((BOUNDS[0]..=BOUNDS[1]).contains(&circle[0]));
                assert!((BOUNDS[2]..=BOUNDS[3]).contains(&circle[1]));
                assert!(dots.iter().all(|dot| distance(*circle, *dot) > CIRCLE + DOT), "{circle:?}");
                for (other, far) in circles.iter().enumerate().filter(|(other, _)| *other != own) {
                    assert!(distance(*circle, *far) > 2.0 * CIRCLE, "{circle:?} {far:?}");
                    let heap = heaps(&dots).into_iter().find(|heap| heap.contains(&other)).unwrap();
                    let line = [dots[heap[0]], circles[heap[0]]];
                    let is_passed = from_line(*circle, line) <= CIRCLE && heap[0] != own;
                    assert!(is_throng || !is_passed, "a line passes {circle:?}");
                }
            }
        }
    }
}
