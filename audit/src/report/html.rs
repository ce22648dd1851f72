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
