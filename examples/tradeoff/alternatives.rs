//! What else might be done with a map.

use std::error::Error;

use homeveil::Coins;
use homeveil::grid::{Cell, OccupancyGrid};
use homeveil::home::Footprint;
use homeveil::navigate::{FreeSpace, Navigator};
use homeveil_examples::{Progress, RADIUS_M};
use nalgebra::Point2;

use super::homes::{Input, ODDS};

/// Paths for each home and alternative.
const PAIRS: usize = 40;

/// Sides of coarser cells, in cells of the home. Homes are mapped at 0.05 m mostly.
const COARSER: [u32; 3] = [2, 5, 10];

pub(crate) const HEAD: [&str; 3] = ["instead", "planned", "driven"];

pub(crate) struct Row {
    name: String,
    planned: f64,
    driven: f64,
}

impl Row {
    pub(crate) fn cells(&self) -> Vec<String> {
        vec![self.name.clone(), format!("{:.3}", self.planned), format!("{:.3}", self.driven)]
    }
}

pub(crate) fn rows(homes: &[Input], bar: &Progress) -> Result<Vec<Row>, Box<dyn Error>> {
    let coarse = COARSER.map(|times| format!("cells {times} times as large"));
    let noisy = ODDS.map(|lambda| format!("noise on each cell at λ = {lambda}"));
    let named = |name| Row { name, planned: 0.0, driven: 0.0 };
    let mut rows: Vec<Row> = coarse.into_iter().chain(noisy).map(named).collect();
    let mut all = 0.0;
    for input in homes {
        let mut coins = Coins::replayed(1);
        let pairs = pairs(input, &mut coins)?;
        let footprint = Footprint::disc_m(RADIUS_M)?;
        let mut altered = Vec::new();
        for times in COARSER {
            let grid = coarser(&input.grid, times)?;
            // The robot is smaller than a cell: it is taken for a point.
            altered.push(
                grid.map(|grid| FreeSpace::of(&grid, Footprint::disc_m(0.03).unwrap_or(footprint), &[])),
            );
        }
        for lambda in ODDS {
            altered.push(Some(FreeSpace::of(&noisier(&input.grid, lambda, &mut coins)?, footprint, &[])));
        }
        let real = FreeSpace::of(&input.grid, footprint, &input.keep_outs);
        let mut navigator = Navigator::new();
        for (row, space) in rows.iter_mut().zip(&altered) {
            for &(from, to) in &pairs {
                let Some(path) = space.as_ref().and_then(|space| navigator.path(space, from, to).ok()) else {
                    continue;
                };
                row.planned += 1.0;
                // From the real place to the real place, along the corners planned between.
                let between: Vec<Point2<f64>> = path.points().collect();
                let inner = between.get(1..between.len() - 1).unwrap_or(&[]);
                let corners: Vec<Point2<f64>> = [&[from], inner, &[to]].concat();
                row.driven += if drives(&real, &corners) { 1.0 } else { 0.0 };
            }
        }
        all += pairs.iter().fold(0.0, |count, _| count + 1.0);
        bar.inc(1);
    }
    for row in &mut rows {
        row.planned /= f64::max(all, 1.0);
        row.driven /= f64::max(all, 1.0);
    }
    Ok(rows)
}

/// Two places, in metres.
type Pair = (Point2<f64>, Point2<f64>);

/// Pairs of places that a real path joins.
fn pairs(input: &Input, coins: &mut Coins) -> Result<Vec<Pair>, Box<dyn Error>> {
    let real = FreeSpace::of(&input.grid, Footprint::disc_m(RADIUS_M)?, &input.keep_outs);
    let (grid, mut navigator, mut pairs) = (&input.grid, Navigator::new(), Vec::new());
    let place = |coins: &mut Coins| -> Result<Point2<f64>, Box<dyn Error>> {
        let mut at =
            |side: u32| Ok::<f64, Box<dyn Error>>(f64::from(u32::try_from(coins.below(side.into())?)?));
        let (x, y) = (at(grid.width())?, at(grid.height())?);
        Ok(Point2::new(x + 0.5, y + 0.5) * grid.resolution_m())
    };
    for _ in 0..100 * PAIRS {
        let (from, to) = (place(coins)?, place(coins)?);
        if real.contains(from) && real.contains(to) && navigator.path(&real, from, to).is_ok() {
            pairs.push((from, to));
        }
        if pairs.len() == PAIRS {
            break;
        }
    }
    Ok(pairs)
}

/// The real robot can drive this polyline, looked at every centimetre.
fn drives(real: &FreeSpace, corners: &[Point2<f64>]) -> bool {
    corners.windows(2).all(|pair| {
        let along = pair[1] - pair[0];
        let mut gone = 0.0;
        while gone < along.norm() {
            if !real.contains(pair[0] + along * (gone / along.norm())) {
                return false;
            }
            gone += 0.01;
        }
        true
    })
}

/// A grid of larger cells, free where at least half is. Nothing where they would be too large for a grid.
fn coarser(grid: &OccupancyGrid, times: u32) -> Result<Option<OccupancyGrid>, Box<dyn Error>> {
    if grid.resolution_m() * f64::from(times) > 0.5 {
        return Ok(None);
    }
    let (width, height) = (grid.width().div_ceil(times), grid.height().div_ceil(times));
    let inside = |x: u32, y: u32| (0..times).flat_map(move |dy| (0..times).map(move |dx| (x + dx, y + dy)));
    let mut cells = Vec::new();
    for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x * times, y * times))) {
        let free = inside(x, y).filter(|&(x, y)| grid.get(x, y) == Some(Cell::Free)).count();
        let half = u32::try_from(free)? * 2 >= times * times;
        cells.push(if half { 0 } else { 100 });
    }
    Ok(Some(OccupancyGrid::from_ros(width, height, grid.resolution_m() * f64::from(times), &cells)?))
}

/// Each known cell told truly with probability λ/(λ + 1).
fn noisier(grid: &OccupancyGrid, lambda: u32, coins: &mut Coins) -> Result<OccupancyGrid, Box<dyn Error>> {
    let mut cells = Vec::with_capacity(grid.cells().len());
    for &cell in grid.cells() {
        let truly = cell == Cell::Unknown || coins.below(u64::from(lambda) + 1)? < u64::from(lambda);
        cells.push(match cell {
            Cell::Unknown => -1,
            Cell::Free => {
                if truly {
                    0
                } else {
                    100
                }
            }
            Cell::Occupied => {
                if truly {
                    100
                } else {
                    0
                }
            }
        });
    }
    Ok(OccupancyGrid::from_ros(grid.width(), grid.height(), grid.resolution_m(), &cells)?)
}
