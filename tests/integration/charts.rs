//! Charts are smooth: what lies together on the release lies together in the home, on real maps and on made-up
//! homes full of furniture.

use homeveil::home::{Footprint, Home};
use homeveil::key::ChartQuality;
use homeveil::synth::{HomeRecipe, Style};
use homeveil::{Coins, Policy};

use crate::props::drawn;
use crate::real_maps;

/// The charts of homes under the default policy. Of these replayed coins one draws either plan at least.
fn charts(homes: &[Home]) -> Vec<ChartQuality> {
    let policy = Policy::default();
    let redaction = policy.redaction().keep_unlabelled();
    let quality = |home, seed| drawn(home, &redaction, &policy, Coins::replayed(seed)).1.chart_quality();
    homes.iter().flat_map(|home| (0..4).map(move |seed| quality(home, seed))).collect()
}

fn mean(charts: &[ChartQuality], figure: impl Fn(&ChartQuality) -> f64) -> f64 {
    charts.iter().map(&figure).sum::<f64>() / charts.iter().map(|_| 1.0).sum::<f64>()
}

/// Every block is one piece of floor of about its due, a third of a zone hangs together to 95 hundredths in
/// the mean, and a spot of a metre takes at most 1.8 times its due in the median.
fn are_smooth(charts: &[ChartQuality]) {
    for chart in charts {
        assert!((chart.blocks_connected - 1.0).abs() < f64::EPSILON, "{chart}");
        assert!(chart.proportional > 0.98, "{chart}");
        assert!(chart.spot_over_cleaning <= 1.8, "{chart}");
    }
    let third = mean(charts, |chart| chart.third_in_one_piece);
    assert!(third >= 0.95, "a third of a zone hangs together to {third:.3}");
    let proportional = mean(charts, |chart| chart.proportional);
    assert!(proportional > 0.999, "{proportional:.4} of the patches are proportional");
    let neighbours = mean(charts, |chart| chart.neighbours_kept);
    assert!(neighbours >= 0.85, "{neighbours:.3} of the neighbours are kept");
    let directions = mean(charts, |chart| chart.directions);
    assert!(directions >= 0.8, "directions agree to {directions:.3}");
}

#[test]
fn of_real_maps() {
    let homes = real_maps::homes();
    if !homes.is_empty() {
        are_smooth(&charts(&homes));
    }
}

#[test]
fn of_made_up_homes() {
    let homes: Vec<Home> = (0..16)
        .map(|seed| {
            let style = Style::ALL[usize::try_from(seed).unwrap() % Style::ALL.len()];
            let recipe = HomeRecipe::new(style).rooms(4..=10);
            let home = recipe.draw(&mut Coins::replayed(seed)).unwrap();
            home.into_builder(Footprint::disc_m(0.17).unwrap()).build().unwrap()
        })
        .collect();
    are_smooth(&charts(&homes));
}
