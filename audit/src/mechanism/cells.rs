//! What is done to the cells of a map.

use homeveil::Coins;
use homeveil::grid::{Cell, CellRect, OccupancyGrid};
use homeveil::noise::CoinError;

use crate::AuditError;

/// A uniform number, above 0 and at most 1.
pub(super) fn uniform(coins: &mut Coins) -> Result<f64, CoinError> {
    Ok((coins.below(1 << 53)? + 1) as f64 / (1_u64 << 53) as f64)
}

/// As bytes: a PGM picture, with the metres a cell.
pub(super) fn bytes(grid: &OccupancyGrid) -> Vec<u8> {
    let mut bytes =
        format!("P5 {} {} 255 {}\n", grid.width(), grid.height(), grid.resolution_m()).into_bytes();
    bytes.extend(grid.cells().iter().map(|cell| match cell {
        Cell::Free => 254,
        Cell::Occupied => 0,
        Cell::Unknown => 205_u8,
    }));
    bytes
}

/// The known part, whose lower left corner is at these cells.
pub(super) fn cropped(grid: &OccupancyGrid) -> Result<(OccupancyGrid, [u32; 2]), AuditError> {
    let bounds = grid.known_bounds().unwrap_or(CellRect { x: 0, y: 0, width: 1, height: 1 });
    let cells = (bounds.y..bounds.y + bounds.height)
        .flat_map(|y| (bounds.x..bounds.x + bounds.width).map(move |x| grid.get(x, y).unwrap_or_default()));
    let cropped = OccupancyGrid::new(bounds.width, bounds.height, grid.resolution_m(), cells.collect())?;
    Ok((cropped, [bounds.x, bounds.y]))
}

/// Drawn in so many cells, each by the cells below it: occupied where at least an eighth of them are, free where most
/// of the others are, else unknown.
pub(super) fn resampled(
    grid: &OccupancyGrid,
    [width, height]: [u32; 2],
    resolution_m: f64,
) -> Result<OccupancyGrid, AuditError> {
    let edge = |n: u32, of: u32, all: u32| {
        u32::try_from(u64::from(n) * u64::from(all) / u64::from(of)).unwrap_or(all)
    };
    let mut cells = Vec::with_capacity(width as usize * height as usize);
    for y in 0..height {
        let (low, high) = (edge(y, height, grid.height()), edge(y + 1, height, grid.height()));
        for x in 0..width {
            let (left, right) = (edge(x, width, grid.width()), edge(x + 1, width, grid.width()));
            let mut counts = [0_u32; 3];
            for row in low..high.max(low + 1) {
                for column in left..right.max(left + 1) {
                    counts[grid.get(column, row).unwrap_or_default() as usize] += 1;
                }
            }
            let [unknown, free, occupied] = counts;
            let all = unknown + free + occupied;
            cells.push(if 8 * occupied >= all && occupied > 0 {
                Cell::Occupied
            } else if free >= unknown {
                Cell::Free
            } else {
                Cell::Unknown
            });
        }
    }
    Ok(OccupancyGrid::new(width, height, resolution_m, cells)?)
}

/// Every wall cell moved by up to so many cells along both axes; where it stood is free.
pub(super) fn jittered(
    grid: &OccupancyGrid,
    by: u32,
    coins: &mut Coins,
) -> Result<OccupancyGrid, AuditError> {
    let mut cells = grid.cells().to_vec();
    let is_wall = |&cell: &usize| grid.cells()[cell] == Cell::Occupied;
    let walls: Vec<usize> = (0..cells.len()).filter(is_wall).collect();
    for &wall in &walls {
        cells[wall] = Cell::Free;
    }
    let wide = grid.width() as usize;
    for wall in walls {
        let mut at = |at: usize, most: u32| -> Result<usize, CoinError> {
            let step = coins.below(u64::from(2 * by + 1))?;
            Ok((at + usize::try_from(step).unwrap_or(0)).saturating_sub(by as usize).min(most as usize - 1))
        };
        let (x, y) = (at(wall % wide, grid.width())?, at(wall / wide, grid.height())?);
        cells[y * wide + x] = Cell::Occupied;
    }
    Ok(OccupancyGrid::new(grid.width(), grid.height(), grid.resolution_m(), cells)?)
}

/// The walls alone, each cell moved by planar Laplace noise (Andrés et al. 2013, CCS): the direction is uniform, the
/// distance has density ε² r e^(−εr), as the sum of two exponential ones has.
pub(super) fn walls_with_laplace(
    grid: &OccupancyGrid,
    epsilon_per_m: f64,
    coins: &mut Coins,
) -> Result<OccupancyGrid, AuditError> {
    let (wide, tall) = (i64::from(grid.width()), i64::from(grid.height()));
    let mut cells = vec![Cell::Unknown; grid.cells().len()];
    for (wall, _) in (0_i64..).zip(grid.cells()).filter(|(_, cell)| **cell == Cell::Occupied) {
        let turn = uniform(coins)? * core::f64::consts::TAU;
        let far = -(uniform(coins)?.ln() + uniform(coins)?.ln()) / epsilon_per_m / grid.resolution_m();
        #[expect(clippy::cast_possible_truncation, reason = "saturates, and is clamped")]
        let step = |along: f64| (far * along).round() as i64;
        let x = (wall % wide).saturating_add(step(turn.cos())).clamp(0, wide - 1);
        let y = (wall / wide).saturating_add(step(turn.sin())).clamp(0, tall - 1);
        if let Some(cell) = usize::try_from(y * wide + x).ok().and_then(|cell| cells.get_mut(cell)) {
            *cell = Cell::Occupied;
        }
    }
    Ok(OccupancyGrid::new(grid.width(), grid.height(), grid.resolution_m(), cells)?)
}

/// Every known cell told truly with probability λ/(λ + 1), and else as the opposite (Warner 1965): λ bounds what is
/// learnt of one cell, and nothing of the whole.
pub(super) fn flipped(
    grid: &OccupancyGrid,
    lambda: u64,
    coins: &mut Coins,
) -> Result<OccupancyGrid, AuditError> {
    let flip = |cell: &Cell| -> Result<Cell, CoinError> {
        Ok(match (cell, *cell != Cell::Unknown && coins.below(lambda + 1)? == 0) {
            (Cell::Free, true) => Cell::Occupied,
            (Cell::Occupied, true) => Cell::Free,
            _ => *cell,
        })
    };
    let cells = grid.cells().iter().map(flip_once(flip)).collect::<Result<Vec<_>, _>>()?;
    Ok(OccupancyGrid::new(grid.width(), grid.height(), grid.resolution_m(), cells)?)
}

/// A closure that changes what it holds, as one for an iterator.
fn flip_once<'a, T: 'a, U>(work: impl FnMut(&'a T) -> U) -> impl FnMut(&'a T) -> U {
    work
}

#[cfg(test)]
mod tests {
    use homeveil::Coins;
    use homeveil::grid::{Cell, OccupancyGrid};

    use super::{cropped, flipped, jittered, resampled, walls_with_laplace};

    fn count(grid: &OccupancyGrid, of: Cell) -> usize {
        grid.cells().iter().filter(|&&cell| cell == of).count()
    }

    #[test]
    fn cells_are_cropped_and_drawn_coarser() {
        let grid =
            OccupancyGrid::from_drawing(0.1, "??????\n?....?\n?....?\n?####?\n?####?\n??????").unwrap();
        let (small, corner) = cropped(&grid).unwrap();
        assert_eq!((small.width(), small.height(), corner), (4, 4, [1, 1]));
        let coarse = resampled(&small, [2, 2], 0.2).unwrap();
        assert!(coarse == OccupancyGrid::from_drawing(0.2, "..\n##").unwrap());
    }

    /// Of many walls the mean distance is 2/ε, and one cell in λ + 1 is flipped.
    #[test]
    fn noise_is_as_large_as_it_should_be() {
        let mut coins = Coins::replayed(1);
        let mut far = 0.0;
        for _ in 0..2000 {
            let mut cells = vec![Cell::Unknown; 101 * 101];
            cells[50 * 101 + 50] = Cell::Occupied;
            let grid = OccupancyGrid::new(101, 101, 0.1, cells).unwrap();
            let moved = walls_with_laplace(&grid, 2.0, &mut coins).unwrap();
            let at = moved.cells().iter().position(|&cell| cell == Cell::Occupied).unwrap();
            far += (at as f64 % 101.0 - 50.0).hypot((at / 101) as f64 - 50.0) * 0.1;
        }
        assert!((far / 2000.0 - 1.0).abs() < 0.05, "{}", far / 2000.0);
        let grid = OccupancyGrid::new(100, 100, 0.1, vec![Cell::Free; 10_000]).unwrap();
        let flips = count(&flipped(&grid, 2, &mut coins).unwrap(), Cell::Occupied);
        assert!((3150..3520).contains(&flips), "{flips}");
        let walls = OccupancyGrid::from_drawing(0.1, "..........\n..#####...\n..........\n").unwrap();
        assert!((1..=5).contains(&count(&jittered(&walls, 1, &mut coins).unwrap(), Cell::Occupied)));
    }
}
