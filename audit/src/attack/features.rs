//! Numbers read off what left.
//!
//! Metres are as shown; where what left has no true metres they are those that it claims. Shares and ratios are there
//! so that scale need not be known.

use homeveil::grid::{Cell, OccupancyGrid};

use crate::mechanism::Seen;

/// Regions whose sizes are told one by one, the largest first.
const REGIONS: usize = 6;

/// What the numbers are, in their order.
pub const NAMES: [&str; 33] = [
    "bytes",
    "regions",
    "regions_m2",
    "region_1_m2",
    "region_2_m2",
    "region_3_m2",
    "region_4_m2",
    "region_5_m2",
    "region_6_m2",
    "region_1_share",
    "region_2_share",
    "region_3_share",
    "region_4_share",
    "region_5_share",
    "region_6_share",
    "width_cells",
    "height_cells",
    "longer_side_m",
    "shorter_side_m",
    "aspect",
    "free_m2",
    "occupied_m2",
    "unknown_m2",
    "free_share",
    "occupied_share",
    "outline_m",
    "outline_over_root_of_free",
    "pieces_of_free",
    "widest_m",
    "mean_clearance_m",
    "mean_clearance_over_root_of_free",
    "longer_spread_m",
    "spread_aspect",
];

/// The numbers of what left; those of a map are 0 where there is none.
pub(super) fn of(seen: &Seen) -> Vec<f64> {
    let mut regions = seen.regions_m2.clone();
    regions.sort_by(|a, b| b.total_cmp(a));
    let whole: f64 = regions.iter().sum();
    let region = |index: usize| regions.get(index).copied().unwrap_or(0.0);
    let mut numbers = vec![seen.bytes.len() as f64, regions.len() as f64, whole];
    numbers.extend((0..REGIONS).map(region));
    numbers.extend((0..REGIONS).map(|index| region(index) / whole.max(f64::MIN_POSITIVE)));
    numbers.extend(seen.grid.as_ref().map_or([0.0; 18], of_grid));
    numbers
}

fn of_grid(grid: &OccupancyGrid) -> [f64; 18] {
    let cell_m = grid.resolution_m();
    let bounds = grid.known_bounds();
    let (wide, tall) =
        bounds.map_or((1.0, 1.0), |bounds| (f64::from(bounds.width), f64::from(bounds.height)));
    let count = |of: Cell| grid.cells().iter().filter(|&&cell| cell == of).count() as f64;
    let (free, occupied) = (count(Cell::Free), count(Cell::Occupied));
    let inside = wide * tall;
    let unknown = (inside - free - occupied).max(0.0);
    let outline = outline(grid);
    let root = free.sqrt().max(1.0);
    let (widest, mean) = clearance(grid);
    let [longer, shorter] = spreads(grid);
    [
        f64::from(grid.width()),
        f64::from(grid.height()),
        wide.max(tall) * cell_m,
        wide.min(tall) * cell_m,
        wide.max(tall) / wide.min(tall),
        free * cell_m * cell_m,
        occupied * cell_m * cell_m,
        unknown * cell_m * cell_m,
        free / inside,
        occupied / inside,
        outline * cell_m,
        outline / root,
        pieces(grid),
        widest * cell_m,
        mean * cell_m,
        mean / root,
        longer * cell_m,
        longer / shorter.max(0.5),
    ]
}

/// How far free cells lie from their middle along either axis, the larger first: standard deviations in cells, which a
/// laser's streaks through windows hardly move. Of walls where nothing is free.
fn spreads(grid: &OccupancyGrid) -> [f64; 2] {
    let wide = grid.width() as usize;
    let of = |kind: Cell| {
        let (mut count, mut sums, mut squares) = (0.0_f64, [0.0; 2], [0.0; 2]);
        for (at, _) in grid.cells().iter().enumerate().filter(|(_, cell)| **cell == kind) {
            count += 1.0;
            for (axis, place) in [at % wide, at / wide].into_iter().enumerate() {
                sums[axis] += place as f64;
                squares[axis] += (place * place) as f64;
            }
        }
        let spread = |axis: usize| (squares[axis] / count - (sums[axis] / count).powi(2)).max(0.0).sqrt();
        (count > 0.0).then(|| [spread(0), spread(1)])
    };
    let [x, y] = of(Cell::Free).or_else(|| of(Cell::Occupied)).unwrap_or([0.0; 2]);
    [x.max(y), x.min(y)]
}

/// Sides between a free cell and one that is not.
fn outline(grid: &OccupancyGrid) -> f64 {
    let (wide, cells) = (grid.width() as usize, grid.cells());
    let differ = |a: usize, b: usize| u32::from((cells[a] == Cell::Free) != (cells[b] == Cell::Free));
    let along: u32 = (1..cells.len()).filter(|cell| cell % wide > 0).map(|cell| differ(cell - 1, cell)).sum();
    let across: u32 = (wide..cells.len()).map(|cell| differ(cell - wide, cell)).sum();
    f64::from(along + across)
}

/// Pieces of free cells that share sides, of at least sixteen cells.
fn pieces(grid: &OccupancyGrid) -> f64 {
    let (wide, tall) = (grid.width() as usize, grid.height() as usize);
    let mut open: Vec<bool> = grid.cells().iter().map(|&cell| cell == Cell::Free).collect();
    let (mut count, mut stack) = (0_u32, Vec::new());
    for start in 0..open.len() {
        if !open[start] {
            continue;
        }
        open[start] = false;
        stack.push(start);
        let mut size = 0_u32;
        while let Some(cell) = stack.pop() {
            size += 1;
            let (x, y) = (cell % wide, cell / wide);
            let near = [
                (x > 0).then(|| cell - 1),
                (x + 1 < wide).then(|| cell + 1),
                (y > 0).then(|| cell - wide),
                (y + 1 < tall).then(|| cell + wide),
            ];
            for next in near.into_iter().flatten() {
                if open[next] {
                    open[next] = false;
                    stack.push(next);
                }
            }
        }
        count += u32::from(size >= 16);
    }
    f64::from(count)
}

/// The greatest and the mean distance of a free cell from the nearest one that is not, in cells: by chamfers of 3 and
/// 4.
fn clearance(grid: &OccupancyGrid) -> (f64, f64) {
    let (wide, tall) = (grid.width() as usize, grid.height() as usize);
    // One cell more all around, which is not free.
    let row = wide + 2;
    let mut far = vec![0_u32; row * (tall + 2)];
    for (cell, _) in grid.cells().iter().enumerate().filter(|(_, cell)| **cell == Cell::Free) {
        far[(cell / wide + 1) * row + cell % wide + 1] = u32::MAX / 2;
    }
    let inner = || (1..=tall).flat_map(move |y| (1..=wide).map(move |x| y * row + x));
    for at in inner() {
        let near =
            (far[at - 1] + 3).min(far[at - row] + 3).min(far[at - row - 1] + 4).min(far[at - row + 1] + 4);
        far[at] = far[at].min(near);
    }
    for at in inner().rev() {
        let near =
            (far[at + 1] + 3).min(far[at + row] + 3).min(far[at + row + 1] + 4).min(far[at + row - 1] + 4);
        far[at] = far[at].min(near);
    }
    let free = far.iter().filter(|&&far| far > 0);
    let (count, sum, most) = free
        .fold((0_u32, 0.0, 0), |(count, sum, most), &far| (count + 1, sum + f64::from(far), most.max(far)));
    (f64::from(most) / 3.0, sum / 3.0 / f64::from(count.max(1)))
}

#[cfg(test)]
mod tests {
    use homeveil::grid::OccupancyGrid;

    use super::{NAMES, of};
    use crate::mechanism::Seen;

    #[test]
    fn numbers_are_what_their_names_say() {
        let grid = OccupancyGrid::from_drawing(
            0.5,
            "??????????\n?########?\n?#......#?\n?#......#?\n?#......#?\n?########?",
        )
        .unwrap();
        let numbers =
            of(&Seen { bytes: vec![0; 7], grid: Some(grid), regions_m2: vec![1.0, 3.0], outcome: None });
        assert_eq!(numbers.len(), NAMES.len());
        let named = |name: &str| numbers[NAMES.iter().position(|own| *own == name).unwrap()];
        for (name, value) in [
            ("bytes", 7.0),
            ("regions", 2.0),
            ("region_1_share", 0.75),
            ("longer_side_m", 4.0),
            ("shorter_side_m", 2.5),
            ("free_m2", 4.5),
            ("occupied_m2", 5.5),
            ("unknown_m2", 0.0),
            ("outline_m", 9.0),
            ("pieces_of_free", 1.0),
            ("widest_m", 1.0),
            ("longer_spread_m", 0.5 * (35.0_f64 / 12.0).sqrt()),
            ("spread_aspect", (35.0_f64 / 8.0).sqrt()),
        ] {
            assert!((named(name) - value).abs() < 1e-9, "{name}: {}", named(name));
        }
    }
}
