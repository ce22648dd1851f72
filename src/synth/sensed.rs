//! The map that a robot's sensor would leave of a made-up home.
//!
//! Nobody ever sees the true plan. A robot stops at many poses, and its laser measures the first thing in each
//! direction. So a map has one layer of cells instead of a wall, shadows behind furniture, and rays that leave
//! through windows. This module simulates just that: rays from poses that the robot reaches from its dock, every
//! [`STEP_CM`] along both axes, [`REACH_CM`] far. Cells that the robot drives over are free too. Then come faults
//! that no ray explains: single wall cells that are missing or doubled, and specks. Their shares are not measured but
//! chosen by eye and not fitted to real maps.
//!
//! Left out: drift and double walls, rotated maps, carpets taken for steps, moving people, glass that is sometimes
//! seen.

use nalgebra::Point2;

use super::chance::below;
use crate::grid::standable::disc_rows;
use crate::grid::{BitGrid, Cell, MAX_CELLS, MAX_SIDE, OccupancyGrid, Shape, narrow};
use crate::home::{RobotMap, Room};
use crate::noise::{CoinError, Coins};

/// Radius of the robot that makes the map, in metres.
const RADIUS_M: f64 = 0.17;

/// Distance between the poses where the laser turns, in centimetres.
const STEP_CM: u32 = 90;

/// How far the laser sees, in centimetres.
const REACH_CM: u32 = 500;

/// How far a ray counts beyond a window, in centimetres. The grid has a rim of this width for it.
const OUTSIDE_CM: u32 = 250;

/// One ray in so many passes a window: curtains and panes stop the others.
const PASSES: u32 = 50;

/// One cell of wall in so many is missing.
const GAPS: u32 = 60;

/// One cell of wall in so many has a second one next to it.
const ROUGH: u32 = 15;

/// One free cell in so many is a speck.
const SPECKS: u32 = 1500;

/// A home as a sensor saw it, and the truth to score against.
///
/// ```
/// use homeveil::Coins;
/// use homeveil::synth::{SensedHome, sample_home};
///
/// let seen: SensedHome = sample_home().as_sensed(&mut Coins::replayed(7))?;
/// assert!(seen.map.grid.width() > sample_home().grid.width());
/// # Ok::<(), homeveil::noise::CoinError>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct SensedHome {
    /// What the sensor saw, with the home's dock and keep-outs, and without rooms.
    pub map: RobotMap,
    /// The true rooms in cells of this grid, for scoring alone.
    pub truth: Vec<Room>,
}

private_debug!(SensedHome);

impl RobotMap {
    /// The same home as the sensor of a robot sees it: without room labels, with gaps in walls, specks, unknown cells
    /// behind furniture and rays out of windows. The grid has a rim around the home for the rays. The robot starts at
    /// its dock, without one in the lower left corner.
    ///
    /// # Errors
    /// The coins fail.
    ///
    /// # Panics
    /// Never: the rim is left out if the grid would get too large with it.
    ///
    /// # Complexity
    /// O(poses · directions · reach).
    ///
    /// [`SensedHome`] has an example.
    pub fn as_sensed(&self, coins: &mut Coins) -> Result<SensedHome, CoinError> {
        let mut scan = Scan::new(self);
        let poses = scan.reached(self.dock.unwrap_or_default());
        scan.drive(&poses);
        scan.look(&poses, coins)?;
        scan.wear(coins)?;
        let resolution_m = self.grid.resolution_m();
        let rim = narrow(scan.rim);
        let shift_m = f64::from(rim) * resolution_m;
        let grid =
            OccupancyGrid::new(narrow(scan.shape.width), narrow(scan.shape.height), resolution_m, scan.seen)
                .expect("the rim keeps the grid within the limits");
        let dock = self.dock.map(|dock| Point2::new(dock.x + shift_m, dock.y + shift_m));
        let keep_outs = self.keep_outs.iter().map(|k| k.moved(|at| at + [shift_m; 2].into())).collect();
        Ok(SensedHome {
            map: RobotMap::new(grid, Vec::new(), dock, keep_outs),
            truth: self.rooms_moved(rim, rim),
        })
    }
}

/// The truth with a rim around it, and the cells seen so far.
struct Scan {
    shape: Shape,
    rim: usize,
    /// Cells a metre.
    per_metre: usize,
    truth: Vec<Cell>,
    window: Vec<bool>,
    seen: Vec<Cell>,
}

impl Scan {
    fn new(home: &RobotMap) -> Self {
        let per_metre = cells_of_a_metre(home.grid.resolution_m());
        let (inner, rows) = (home.grid.width() as usize, home.grid.height() as usize);
        let fits = |rim: &usize| {
            let (width, height) = (inner + 2 * rim, rows + 2 * rim);
            width.max(height) <= MAX_SIDE as usize && width * height <= MAX_CELLS
        };
        let rim = Some(OUTSIDE_CM as usize * per_metre / 100).filter(fits).unwrap_or(0);
        let (width, height) = (inner + 2 * rim, rows + 2 * rim);
        let mut truth = vec![Cell::Unknown; width * height];
        for (y, row) in home.grid.cells().chunks_exact(inner).enumerate() {
            let start = (y + rim) * width + rim;
            truth[start..start + inner].copy_from_slice(row);
        }
        let mut window = vec![false; width * height];
        for &at in &home.windows {
            if let Some(window) = window.get_mut((at / inner + rim) * width + at % inner + rim) {
                *window = true;
            }
        }
        let shape = Shape::new(width, height);
        Self { shape, rim, per_metre, truth, window, seen: vec![Cell::Unknown; width * height] }
    }

    /// The poses that the robot reaches from the dock.
    fn reached(&self, dock: Point2<f64>) -> BitGrid {
        let disc = disc_rows(RADIUS_M * f64::from(narrow(self.per_metre)));
        let free = BitGrid::of(self.shape.width, &self.truth, |&cell| cell == Cell::Free);
        let mut open = free.eroded(&disc);
        let centimetres = |metres: f64| Some((metres * 100.0).round()).filter(|cm| (0.0..1e6).contains(cm));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between zero and a million"
        )]
        let column =
            |metres: f64| centimetres(metres).map_or(0, |cm| cm as usize * self.per_metre / 100 + self.rim);
        let (x, y) = (column(dock.x), column(dock.y));
        let near = |&at: &usize| {
            (at % self.shape.width).abs_diff(x).pow(2) + (at / self.shape.width).abs_diff(y).pow(2)
        };
        let start = open.iter().min_by_key(near);
        let mut left = open.clone();
        if let Some(start) = start {
            left.take(start);
        }
        self.shape.flood(&mut start.into_iter().map(narrow).collect(), |_, to| left.take(to));
        open.remove(&left);
        open
    }

    /// Cells that the robot drives over are free.
    fn drive(&mut self, poses: &BitGrid) {
        let disc = disc_rows(RADIUS_M * f64::from(narrow(self.per_metre)));
        poses.dilated(&disc).each(|cell| self.seen[cell] = Cell::Free);
    }

    /// Turns the laser at poses a step apart.
    fn look(&mut self, poses: &BitGrid, coins: &mut Coins) -> Result<(), CoinError> {
        let step = (STEP_CM as usize * self.per_metre / 100).max(1);
        let reach = i64::from(REACH_CM) * i64::from(narrow(self.per_metre)) / 100;
        let offset = below(coins, narrow(step))? as usize;
        for y in (offset..self.shape.height).step_by(step) {
            for x in (offset..self.shape.width).step_by(step) {
                if !poses.has(y * self.shape.width + x) {
                    continue;
                }
                // Once around the square of cells at the laser's reach.
                for n in -reach..reach {
                    for aim in [(n, -reach), (reach, n), (-n, reach), (-reach, -n)] {
                        self.ray((x, y), aim, coins)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Follows a ray until something stops it. Each step is one of a cell's length along the longer axis
    /// (Bresenham 1965).
    fn ray(&mut self, start: (usize, usize), aim: (i64, i64), coins: &mut Coins) -> Result<(), CoinError> {
        let reach = aim.0.abs().max(aim.1.abs());
        let (mut x, mut y) = start;
        let mut due = (reach, reach);
        let mut beyond: Option<usize> = None;
        for _ in 0..reach {
            advance(&mut x, &mut due.0, aim.0, reach);
            advance(&mut y, &mut due.1, aim.1, reach);
            if x >= self.shape.width || y >= self.shape.height {
                break;
            }
            let at = y * self.shape.width + x;
            match (self.truth[at], &mut beyond) {
                (Cell::Free, None) => self.seen[at] = Cell::Free,
                (Cell::Occupied, None) if self.window[at] && below(coins, PASSES)? == 0 => {
                    beyond = Some(below(coins, narrow(self.rim) + 1)? as usize);
                    self.seen[at] = Cell::Free;
                }
                (Cell::Occupied, None) => {
                    self.seen[at] = Cell::Occupied;
                    break;
                }
                (truth, Some(left)) if *left > 0 && (truth == Cell::Unknown || self.window[at]) => {
                    *left -= 1;
                    self.seen[at] = Cell::Free;
                }
                _ => break,
            }
        }
        Ok(())
    }

    /// Gaps, roughness, specks.
    fn wear(&mut self, coins: &mut Coins) -> Result<(), CoinError> {
        let clean = self.seen.clone();
        for (at, seen) in clean.iter().enumerate() {
            match seen {
                Cell::Occupied => {
                    if below(coins, GAPS)? == 0 {
                        self.seen[at] = if below(coins, 2)? == 0 { Cell::Free } else { Cell::Unknown };
                    }
                    if below(coins, ROUGH)? == 0 {
                        let towards = below(coins, 4)? as usize;
                        if let Some(near) = self.shape.neighbours(at).nth(towards) {
                            self.seen[near] = Cell::Occupied;
                        }
                    }
                }
                Cell::Free if below(coins, SPECKS)? == 0 => self.seen[at] = Cell::Occupied,
                _ => {}
            }
        }
        Ok(())
    }
}

/// Takes a coordinate one step further along a ray when the axis' share of the reach is due.
const fn advance(at: &mut usize, due: &mut i64, aim: i64, reach: i64) {
    *due += 2 * aim.abs();
    if *due >= 2 * reach {
        *due -= 2 * reach;
        *at = if aim > 0 { *at + 1 } else { at.wrapping_sub(1) };
    }
}

/// Cells in a metre, for a side that is a whole part of a decimetre.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "grids have 2 to 200 cells a metre"
)]
fn cells_of_a_metre(resolution_m: f64) -> usize {
    (1.0 / resolution_m).round() as usize
}
