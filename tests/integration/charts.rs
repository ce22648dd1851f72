//! Charts are smooth: what lies together on the release lies together in the home, on real maps and on made-up
//! homes full of furniture.

use homeveil::home::{Footprint, Home, RobotMap};
use homeveil::key::ChartQuality;
use homeveil::synth::{Change, HomeRecipe, Style, sample_home};
use homeveil::{Coins, Policy};
use nalgebra::{Isometry2, Point2};

use crate::props::{drawn, noisy};
use crate::real_maps;

/// The charts of homes under the default policy. Of these replayed coins one draws either plan at least.
fn charts(homes: &[Home]) -> Vec<ChartQuality> {
    let policy = noisy();
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

/// Charts that went along to a new map: the same but for directions, which are those of the day of the draw, and
/// neighbours: a few are lost where borders between patches get rough.
fn are_still_smooth(charts: &[ChartQuality]) {
    for chart in charts {
        assert!((chart.blocks_connected - 1.0).abs() < f64::EPSILON, "{chart}");
        assert!(chart.proportional > 0.98 && chart.spot_over_cleaning <= 1.8, "{chart}");
    }
    let third = mean(charts, |chart| chart.third_in_one_piece);
    assert!(third >= 0.95, "a third of a zone hangs together to {third:.3}");
    let neighbours = mean(charts, |chart| chart.neighbours_kept);
    assert!(neighbours >= 0.8, "{neighbours:.3} of the neighbours are kept");
}

/// A week of maps, each fitted to the key of the day before: furniture, a turn, another turn, and as it was.
#[test]
fn of_fitted_keys() {
    let (policy, mut charts) = (noisy(), Vec::new());
    let redaction = policy.redaction().keep_unlabelled();
    let furniture = |seed| Change::Furniture { blocks: 4, seed };
    let days: [&[Change]; 6] = [
        &[furniture(1)],
        &[Change::Turn { tenths: 300 }],
        &[furniture(2), Change::Turn { tenths: 1370 }],
        &[Change::QuarterTurn],
        &[furniture(3), Change::Shift { left: 20, below: 9 }],
        &[],
    ];
    for seed in 0..8 {
        let map = RobotMap::from_seed(seed << 30);
        let home = |changes: &[Change]| {
            let map = changes.iter().fold(map.clone(), |map, change| map.changed(*change));
            map.into_builder(Footprint::disc_m(0.17).unwrap()).build().unwrap()
        };
        let (_, mut key) = drawn(&home(&[]), &redaction, &policy, Coins::replayed(seed));
        for day in days {
            let (fitted, refit) = key.refit(&home(day), &redaction);
            key = fitted;
            charts.extend(refit.recognized.then(|| key.chart_quality()));
        }
    }
    assert!(charts.len() > 40, "{}", charts.len());
    are_still_smooth(&charts);
}

/// Where the map is shifted and turned by a quarter, every place of the release leads where it led; turned by an odd
/// angle, all but those at the border of a patch.
#[test]
fn places_of_the_release_stay_where_they_are() {
    let map = sample_home();
    let home = |map: &RobotMap| map.clone().into_builder(Footprint::disc_m(0.17).unwrap()).build().unwrap();
    let redaction = Policy::default().redaction();
    let (release, key) = drawn(&home(&map), &redaction, &noisy(), Coins::replayed(3));
    let places: Vec<_> = release.floors()[0]
        .zones()
        .iter()
        .filter_map(|zone| key.lift_zone(zone.id).ok())
        .flat_map(|region| region.points().collect::<Vec<_>>())
        .collect();
    let shifted = [Change::Shift { left: 37, below: 11 }, Change::QuarterTurn];
    let turned = [Change::Turn { tenths: 300 }];
    for (changes, least) in [(&shifted[..], 1.0), (&turned, 0.75)] {
        let moved = changes.iter().fold((map.clone(), places.clone()), |(map, places), &change| {
            let places = places.into_iter().map(map.places_after(change)).collect();
            (map.changed(change), places)
        });
        let (fitted, _) = key.refit(&home(&moved.0), &redaction);
        let pose = |at: &Point2<f64>| Isometry2::translation(at.x, at.y);
        let shown =
            places.iter().zip(&moved.1).map(|(own, at)| (key.project(pose(own)), fitted.project(pose(at))));
        let same = shown.filter(|(own, now)| own == now).count();
        #[expect(clippy::cast_precision_loss, reason = "some thousands of places")]
        let share = same as f64 / places.len() as f64;
        println!("{changes:?}: {share:.4} of the places");
        assert!(share >= least, "{changes:?}: {share}");
    }
}

#[test]
#[ignore = "takes maps of real homes: tests/README.md"]
fn of_real_maps() {
    are_smooth(&charts(&real_maps::homes()));
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
