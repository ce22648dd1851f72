//! All measures of one home, as a table and as JSON.

use std::fmt;

use homeveil::home::Home;
use homeveil::utility::{GraphMeasures, MeasureError, PathMeasures, Stretch, graph_measures, path_measures};
use homeveil::{HouseKey, Redaction, Release};
use homeveil_examples::Failure;
use serde_json::{Value, json};

/// The same pairs in every run.
const SEED: u64 = 1;

pub(crate) struct Measures {
    pub(crate) paths: PathMeasures,
    graph: Option<GraphMeasures>,
}

impl Measures {
    pub(crate) fn of(
        home: &Home,
        redaction: &Redaction,
        release: &Release,
        key: &HouseKey,
        pairs: u32,
    ) -> Result<Self, Failure> {
        Ok(Self {
            paths: path_measures(home, redaction, release, key, pairs, SEED)?,
            graph: match graph_measures(home, redaction, release, key) {
                Err(MeasureError::NothingToDraw) => None,
                graph => Some(graph?),
            },
        })
    }

    pub(crate) fn to_json(&self) -> Value {
        let paths = &self.paths;
        let stretch = |of: &Stretch| {
            json!({
                "paths": of.values().len(), "over_1_05": of.share_over(1.05), "over_1_5": of.share_over(1.5),
                "median": finite(of.quantile(0.5)), "p95": finite(of.quantile(0.95)), "most": finite(of.most()),
            })
        };
        json!({
            "paths": {
                "pairs": paths.pairs, "planned": paths.planned, "reachable": paths.reachable,
                "lifted": paths.lifted, "collisions": paths.collisions,
                "keep_outs_crossed": paths.keep_outs_crossed, "redacted_entered": paths.redacted_entered,
                "coverage": paths.coverage,
                "known_coverage": paths.known_coverage, "stretch": stretch(&paths.stretch),
                "phantom_stretch": stretch(&paths.phantom_stretch), "by_doors": stretch(&paths.by_doors),
            },
            "charts": {
                "blocks_connected": paths.charts.blocks_connected,
                "third_in_one_piece": paths.charts.third_in_one_piece,
                "proportional": paths.charts.proportional,
                "neighbours_kept": paths.charts.neighbours_kept,
                "directions": paths.charts.directions,
                "spot_over_cleaning": paths.charts.spot_over_cleaning,
            },
            "graph": self.graph.map(|graph| json!({
                "rooms": graph.rooms, "doors": graph.doors, "phantom_doors": graph.phantom_doors,
                "shut_doors": graph.shut_doors, "hidden_doors": graph.hidden_doors,
                "uncut_area": graph.uncut_area, "direction_agreement": graph.direction_agreement,
                "proportion_error": graph.proportion_error, "tour_planned": graph.tour.planned,
                "tour_random": graph.tour.random, "zones_unreached": graph.tour.unreached, "cost": graph.cost,
            })),
        })
    }
}

/// JSON has no infinity: a path that could not be driven is null.
fn finite(value: f64) -> Option<f64> {
    Some(value).filter(|value| value.is_finite())
}

impl fmt::Display for Measures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paths = &self.paths;
        writeln!(f, "For the owner's eyes only: these figures describe the home.\n\nPaths")?;
        let mut count = |name: &str, of: u32, all: u32| writeln!(f, "  {name:<44}{of:>6} of {all}");
        count("planned on the release", paths.planned, paths.pairs)?;
        count("with a real path", paths.reachable, paths.pairs)?;
        count("lifted", paths.lifted, paths.pairs)?;
        count("lifted paths that touch an obstacle", paths.collisions, paths.lifted)?;
        count("lifted paths that touch a keep-out", paths.keep_outs_crossed, paths.lifted)?;
        count("lifted paths that enter a redacted room", paths.redacted_entered, paths.lifted)?;
        writeln!(f, "  {:<44}{:>6}  >1.5   p95    most   paths", "length over the shortest", ">1.05")?;
        for (name, of) in [
            ("  as driven", &paths.stretch),
            ("  as driven, where a door is phantom", &paths.phantom_stretch),
            ("  by the drawn doors in their order", &paths.by_doors),
        ] {
            let (late, most, count) = (of.quantile(0.95), of.most(), of.values().len());
            let shares = [1.05, 1.5].map(|bound| format!("{:.1} %", 100.0 * of.share_over(bound)));
            let [over, far_over] = shares;
            writeln!(f, "  {name:<44}{over:>6} {far_over:>6} {late:.3} {most:.3} {count:>6}")?;
        }
        writeln!(f, "  {:<44}{:>6.3}", "swept cells in exactly one zone, share", paths.coverage)?;
        writeln!(f, "  {:<44}{:>6.3}", "known floor that zones clean, share", paths.known_coverage)?;
        writeln!(f, "\nCharts\n  {}", paths.charts)?;
        let Some(graph) = self.graph else { return writeln!(f, "\nThere is nothing of the home to draw.") };
        writeln!(f, "\nZones against rooms")?;
        let phantom = format!("{} of {}", graph.phantom_doors, graph.doors);
        let rows: [(&str, String); 11] = [
            ("rooms kept", graph.rooms.to_string()),
            ("phantom doors, by the graph of rooms", phantom),
            ("doors drawn that are shut", graph.shut_doors.to_string()),
            ("doors not drawn", graph.hidden_doors.to_string()),
            ("floor cells in rooms that are not cut, share", format!("{:.3}", graph.uncut_area)),
            ("agreement of directions, cosine", format!("{:.3}", graph.direction_agreement)),
            ("error of proportions", format!("{:.3}", graph.proportion_error)),
            ("tour in the planned order over the best", format!("{:.3}", graph.tour.planned)),
            ("tour in a random order over the best", format!("{:.3}", graph.tour.random)),
            ("zones that the robot cannot get to", graph.tour.unreached.to_string()),
            ("cost of the assignment", format!("{:.3}", graph.cost / 1000.0)),
        ];
        rows.iter().try_for_each(|(name, value)| writeln!(f, "  {name:<44}{value:>6}"))
    }
}
