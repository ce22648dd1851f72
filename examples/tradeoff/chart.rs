//! The measures against λ, a panel each; the steps of λ are drawn equally far apart, whatever their size.

use std::error::Error;
use std::path::Path;

use plotters::prelude::*;

use super::sweep::{HEAD, ODDS, Row};

/// Columns of the table that are drawn, by their place in [`Row::values`].
const PANELS: [usize; 6] = [1, 2, 4, 5, 6, 7];

/// Colours of K = 3 to 6.
const COLORS: [RGBColor; 4] =
    [RGBColor(58, 96, 160), RGBColor(190, 90, 30), RGBColor(20, 130, 90), RGBColor(116, 36, 92)];

pub(crate) fn draw(file: &Path, rows: &[Row]) -> Result<(), Box<dyn Error>> {
    let root = SVGBackend::new(file, (1080, 680)).into_drawing_area();
    root.fill(&WHITE)?;
    let first = rows.iter().map(|row| row.zones).min().unwrap_or(3);
    let last = rows.iter().map(|row| row.zones).max().unwrap_or(3);
    for (panel_number, (panel, column)) in root.split_evenly((2, 3)).iter().zip(PANELS).enumerate() {
        let values = || rows.iter().map(|row| row.values[column]);
        let (low, high) = (values().fold(f64::MAX, f64::min), values().fold(f64::MIN, f64::max));
        let margin = (high - low).max(0.01) * 0.1;
        let mut chart = ChartBuilder::on(panel)
            .caption(HEAD[column + 2].replace('_', " "), ("sans-serif", 18))
            .margin(12)
            .x_label_area_size(34)
            .y_label_area_size(52)
            .build_cartesian_2d(-0.2..steps(ODDS.len()) - 0.3, low - margin..high + margin)?;
        chart
            .configure_mesh()
            .light_line_style(TRANSPARENT)
            .x_desc("λ")
            .x_labels(ODDS.len())
            .x_label_formatter(&|&at| name(at))
            .y_labels(6)
            .draw()?;
        for zones in first..=last {
            let color = COLORS[usize::from(zones - first) % COLORS.len()];
            let own = rows.iter().filter(|row| row.zones == zones);
            let place = |lambda: u32| steps(ODDS.iter().position(|&odds| odds == lambda).unwrap_or(0));
            let points: Vec<(f64, f64)> = own.map(|row| (place(row.lambda), row.values[column])).collect();
            let line = LineSeries::new(points.iter().copied(), color.stroke_width(2)).point_size(3);
            let drawn = chart.draw_series(line)?;
            if panel_number == 0 {
                drawn
                    .label(format!("K = {zones}"))
                    .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], color.stroke_width(2)));
            }
        }
        if panel_number == 0 {
            chart
                .configure_series_labels()
                .position(SeriesLabelPosition::LowerLeft)
                .background_style(WHITE.mix(0.8))
                .draw()?;
        }
    }
    root.present()?;
    Ok(())
}

/// A number of steps as a place on the axis.
#[expect(clippy::cast_precision_loss, reason = "seven steps")]
const fn steps(count: usize) -> f64 {
    count as f64
}

/// The λ at a place on the axis, where there is one.
fn name(at: f64) -> String {
    let lambda = ODDS.iter().enumerate().find(|(step, _)| (steps(*step) - at).abs() < 0.01);
    lambda.map_or_else(String::new, |(_, lambda)| match lambda {
        1_048_576 => "2²⁰".to_owned(),
        lambda => lambda.to_string(),
    })
}
