//! The measures against λ over all homes, a panel each, with the intervals of those that have one. The steps of λ are
//! drawn equally far apart, whatever their size.

use std::error::Error;

use plotters::coord::Shift;
use plotters::prelude::*;

use super::homes::ODDS;
use super::table::{ALL, COLUMNS, Row};

/// Columns of the table that are drawn, by name: means, shares and the worst.
const PANELS: [&str; 8] =
    ["tour", "tour>1.05", "tour_p95", "tour_max", "doors>1.05", "doors_p95", "phantom", "uncut"];

/// Colours of K = 2 to 6.
const COLORS: [RGBColor; 5] = [
    RGBColor(110, 110, 110),
    RGBColor(58, 96, 160),
    RGBColor(190, 90, 30),
    RGBColor(20, 130, 90),
    RGBColor(116, 36, 92),
];

pub(crate) fn drawn(rows: &[Row]) -> Result<String, Box<dyn Error>> {
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, (1440, 680)).into_drawing_area();
    // The error borrows what is drawn on.
    draw(&area, rows).map_err(|error| error.to_string())?;
    drop(area);
    Ok(svg)
}

fn draw<'a>(root: &DrawingArea<SVGBackend<'a>, Shift>, rows: &[Row]) -> Result<(), Box<dyn Error + 'a>> {
    root.fill(&WHITE)?;
    let rows: Vec<&Row> = rows.iter().filter(|row| row.group == ALL).collect();
    let first = rows.iter().map(|row| row.zones).min().unwrap_or(3);
    let last = rows.iter().map(|row| row.zones).max().unwrap_or(3);
    for (panel, name_of_column) in root.split_evenly((2, 4)).iter().zip(PANELS) {
        let Some(column) = COLUMNS.iter().position(|column| column.name == name_of_column) else { continue };
        let ends = |row: &&Row| {
            let (value, interval) = row.values[column];
            interval
                .into_iter()
                .flatten()
                .chain([value])
                .filter(|value| value.is_finite())
                .collect::<Vec<_>>()
        };
        let values = || rows.iter().flat_map(ends);
        if values().next().is_none() {
            // No finite value: nothing to draw.
            continue;
        }
        let (low, high) = (values().fold(f64::MAX, f64::min), values().fold(f64::MIN, f64::max));
        let margin = (high - low).max(0.01) * 0.1;
        let mut chart = ChartBuilder::on(panel)
            .caption(name_of_column.replace('_', " "), ("sans-serif", 18))
            .margin(12)
            .x_label_area_size(34)
            .y_label_area_size(52)
            .build_cartesian_2d(-0.3..steps(ODDS.len()) - 0.3, low - margin..high + margin)?;
        chart
            .configure_mesh()
            .light_line_style(TRANSPARENT)
            .x_desc("λ")
            .x_labels(ODDS.len())
            .x_label_formatter(&|&at| name(at))
            .y_labels(6)
            .draw()?;
        for zones in first..=last {
            let color = COLORS[usize::from(zones - 2) % COLORS.len()];
            let own: Vec<&&Row> = rows.iter().filter(|row| row.zones == zones).collect();
            // Apart, so that intervals do not hide one another.
            let shift = 0.06 * (f64::from(zones) - 4.0);
            let place =
                |row: &Row| steps(ODDS.iter().position(|&odds| odds == row.lambda).unwrap_or(0)) + shift;
            for row in &own {
                if let (_, Some([low, high])) = row.values[column] {
                    let bar = [(place(row), low), (place(row), high)];
                    chart.draw_series([PathElement::new(bar, color.stroke_width(1))])?;
                }
            }
            let points =
                own.iter().map(|row| (place(row), row.values[column].0)).filter(|at| at.1.is_finite());
            let line = LineSeries::new(points, color.stroke_width(2)).point_size(3);
            let drawn = chart.draw_series(line)?;
            if name_of_column == PANELS[0] {
                drawn
                    .label(format!("K = {zones}"))
                    .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], color.stroke_width(2)));
            }
        }
        if name_of_column == PANELS[0] {
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
