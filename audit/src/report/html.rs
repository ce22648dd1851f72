//! Bits of HTML and SVG.

use std::fmt::Write as _;

use homeveil::grid::{Cell, OccupancyGrid};

/// Text as HTML shows it.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A bar from 0 to 1: the figure, its interval, and the cap as a mark.
#[derive(Clone, Copy)]
pub(super) struct Bar {
    pub(super) value: f64,
    pub(super) interval: [f64; 2],
    pub(super) cap: Option<f64>,
    pub(super) exceeds: bool,
}

impl Bar {
    /// As an SVG that stretches to the width there is.
    pub(super) fn svg(&self) -> String {
        let at = |value: f64| 1000.0 * value.clamp(0.0, 1.0);
        let color = if self.exceeds { "bad" } else { "bar" };
        let [low, high] = self.interval.map(at);
        let cap = self.cap.map_or_else(String::new, |cap| {
            format!(
                "<rect class=\"cap\" x=\"{:.1}\" y=\"0\" width=\"4\" height=\"24\"/>",
                (at(cap) - 2.0).clamp(0.0, 996.0)
            )
        });
        format!(
            "<svg class=\"row\" viewBox=\"0 0 1000 24\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
             <rect class=\"rail\" x=\"0\" y=\"5\" width=\"1000\" height=\"14\"/>\
             <rect class=\"{color}\" x=\"0\" y=\"5\" width=\"{:.1}\" height=\"14\"/>\
             <rect class=\"interval\" x=\"{low:.1}\" y=\"11\" width=\"{:.1}\" height=\"2\"/>{cap}</svg>",
            at(self.value),
            (high - low).max(1.0),
        )
    }
}

/// A map, one rectangle for each run of cells.
pub(super) fn map(grid: &OccupancyGrid) -> String {
    let Some(bounds) = grid.known_bounds() else { return String::from("<p>no map</p>") };
    let mut paths = [String::new(), String::new()];
    for y in 0..bounds.height {
        let row = |x: u32| grid.get(bounds.x + x, bounds.y + y).unwrap_or_default();
        let mut x = 0;
        while x < bounds.width {
            let cell = row(x);
            let mut end = x + 1;
            while end < bounds.width && row(end) == cell {
                end += 1;
            }
            let path = match cell {
                Cell::Free => Some(&mut paths[0]),
                Cell::Occupied => Some(&mut paths[1]),
                Cell::Unknown => None,
            };
            if let Some(path) = path {
                // Rows count from below.
                let _ = write!(path, "M{x} {}h{}v1h-{}z", bounds.height - 1 - y, end - x, end - x);
            }
            x = end;
        }
    }
    let [free, occupied] = paths;
    format!(
        "<svg class=\"map\" viewBox=\"0 0 {} {}\" shape-rendering=\"crispEdges\"><path class=\"free\" d=\"{free}\"/>\
         <path class=\"occupied\" d=\"{occupied}\"/></svg>",
        bounds.width, bounds.height
    )
}

/// A point of a plane, with intervals along both axes.
pub(super) struct Point {
    pub(super) x: [f64; 3],
    pub(super) y: [f64; 3],
    pub(super) is_ours: bool,
}

/// Points by their numbers on a plane of x from 1 to `most` and y from 0 to 1.
pub(super) fn plane(points: &[Point], most: f64, x_name: &str, y_name: &str) -> String {
    let x = |value: f64| 44.0 + 420.0 * ((value - 1.0) / (most - 1.0)).clamp(0.0, 1.0);
    let y = |value: f64| 292.0 - 272.0 * value.clamp(0.0, 1.0);
    let mut svg = String::from("<svg class=\"plane\" viewBox=\"0 0 480 340\" role=\"img\">");
    for tenth in [0, 2, 4, 6, 8, 10] {
        let value = f64::from(tenth) / 10.0;
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
    for (number, Point { x: [at, left, right], y: [level, low, high], is_ours }) in (1..).zip(points) {
        let class = if *is_ours { "ours" } else { "other" };
        let _ = write!(
            svg,
            "<line class=\"{class}\" x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{2:.1}\" y2=\"{2:.1}\"/>\
             <line class=\"{class}\" x1=\"{3:.1}\" x2=\"{3:.1}\" y1=\"{4:.1}\" y2=\"{5:.1}\"/>\
             <circle class=\"{class}\" cx=\"{3:.1}\" cy=\"{2:.1}\" r=\"8\"/>\
             <text class=\"number\" x=\"{3:.1}\" y=\"{6:.1}\" text-anchor=\"middle\">{number}</text>",
            x(*left),
            x(*right),
            y(*level),
            x(*at),
            y(*low),
            y(*high),
            y(*level) + 4.0,
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

#[cfg(test)]
mod tests {
    use homeveil::grid::OccupancyGrid;

    use super::{Bar, escaped, map};

    #[test]
    fn what_is_drawn_is_what_is_there() {
        assert_eq!(escaped("<a & \"b\">"), "&lt;a &amp; &quot;b&quot;&gt;");
        let svg = map(&OccupancyGrid::from_drawing(0.1, "?#\n..").unwrap());
        assert!(
            svg.contains("viewBox=\"0 0 2 2\"")
                && svg.contains("d=\"M0 1h2v1h-2z\"")
                && svg.contains("d=\"M1 0h1v1h-1z\"")
        );
        let bar = Bar { value: 0.5, interval: [0.4, 0.6], cap: Some(0.3), exceeds: true }.svg();
        assert!(bar.contains("class=\"bad\"") && bar.contains("width=\"500.0\""));
    }
}
