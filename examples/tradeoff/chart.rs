//! The measures against λ, a panel each.

use std::error::Error;
use std::path::Path;

use plotters::prelude::*;

use super::sweep::{HEAD, Row};

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
    for (panel, column) in root.split_evenly((2, 3)).iter().zip(PANELS) {
        let values = || rows.iter().map(|row| row.values[column]);
        let (low, high) = (values().fold(f64::MAX, f64::min), values().fold(f64::MIN, f64::max));
        let margin = (high - low).max(0.01) * 0.1;
        let mut chart = ChartBuilder::on(panel)
            .caption(HEAD[column + 2].replace('_', " "), ("sans-serif", 18))
            .margin(12)
            .x_label_area_size(34)
            .y_label_area_size(52)
            .build_cartesian_2d(0.0..20.0, low - margin..high + margin)?;
        chart
            .configure_mesh()
            .light_line_style(TRANSPARENT)
            .x_desc("log2 of the odds")
            .x_labels(6)
            .y_labels(6)
            .draw()?;
        for zones in first..=last {
            let color = COLORS[usize::from(zones - first) % COLORS.len()];
            let own = rows.iter().filter(|row| row.zones == zones);
            let points: Vec<(f64, f64)> =
                own.map(|row| (f64::from(row.lambda).log2(), row.values[column])).collect();
            chart.draw_series(LineSeries::new(points.iter().copied(), color.stroke_width(2)))?;
            chart.draw_series(points.iter().map(|&at| Circle::new(at, 3, color.filled())))?;
            if let Some(&(x, y)) = points.last() {
                let label = Text::new(
                    format!("K={zones}"),
                    (x - 1.6, y + margin / 3.0),
                    ("sans-serif", 12).into_font().color(&color),
                );
                chart.draw_series([label])?;
            }
        }
    }
    root.present()?;
    Ok(())
}
