//! Grids of nothing, of one thing, of one cell, of too much; resolutions that are none.

use homeveil::grid::CellRect;
use homeveil::grid::{Cell, GridError, OccupancyGrid};
use homeveil::home::{Home, HomeError};
use homeveil::segment::segment;
use homeveil::{Coins, Redaction};

use super::{Input, Row, robot};
use crate::props::{drawn, noisy};

/// Sides in cells of the grids here: 3-digit primes, which no limit is.
pub(super) const SIDES: (u32, u32) = (151, 107);

fn grid(width: u32, height: u32, cell: impl Fn(u32, u32) -> Cell) -> Input {
    let cells = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| cell(x, y));
    Input::Grid { width, height, resolution_m: 0.05, cells: cells.collect() }
}

pub(super) fn rows() -> Vec<Row> {
    let (width, height) = SIDES;
    let sized = |width, height, cells| Input::Grid { width, height, resolution_m: 0.05, cells };
    let mut rows = vec![
        Row::bad("no cell", sized(0, 0, Vec::new()), GridError::Side),
        Row::bad("no row", sized(width, 0, Vec::new()), GridError::Side),
        Row::bad("too wide", sized(16_385, 1, vec![Cell::Free; 16_385]), GridError::Side),
        Row::bad(
            "sides whose product overflows",
            sized(u32::MAX, u32::MAX, vec![Cell::Free]),
            GridError::Side,
        ),
        Row::bad("a cell less", sized(width, height, vec![Cell::Free; 151 * 107 - 1]), GridError::Length),
        Row::bad("a cell more", sized(width, height, vec![Cell::Free; 151 * 107 + 1]), GridError::Length),
        Row::bad("no cells at all", sized(width, height, Vec::new()), GridError::Length),
        Row::bad("known all over", sized(4096, 4097, vec![Cell::Occupied; 4096 * 4097]), GridError::Cells),
        Row::good("all unknown", grid(width, height, |_, _| Cell::Unknown)),
        Row::good("all free", grid(width, height, |_, _| Cell::Free)),
        Row::good("all occupied", grid(width, height, |_, _| Cell::Occupied)),
        Row::good("one cell, unknown", grid(1, 1, |_, _| Cell::Unknown)),
        Row::good("one cell, free", grid(1, 1, |_, _| Cell::Free)),
        Row::good("one cell, occupied", grid(1, 1, |_, _| Cell::Occupied)),
        Row::good("one row", grid(width, 1, |_, _| Cell::Free)),
        Row::good("one column", grid(1, height, |_, _| Cell::Free)),
        Row::good(
            "a chessboard",
            grid(width, height, |x, y| [Cell::Free, Cell::Occupied][((x + y) % 2) as usize]),
        ),
        Row::good("stripes", grid(width, height, |_, y| [Cell::Free, Cell::Unknown][(y % 2) as usize])),
    ];
    for around in [Cell::Unknown, Cell::Occupied] {
        let free = move |x, y| if (x, y) == (71, 53) { Cell::Free } else { around };
        rows.push(Row::good(format!("one free cell, {around:?} around"), grid(width, height, free)));
    }
    let not_one = [0.0, -0.0, -0.05, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, 1e300, 0.501];
    let tiny = [f64::MIN_POSITIVE, f64::MIN_POSITIVE / 8.0, 5e-324, 0.0049];
    for resolution_m in not_one.into_iter().chain(tiny) {
        let cells = vec![Cell::Free; 151 * 107];
        let name = format!("resolution {resolution_m:e}");
        rows.push(Row::bad(&name, Input::Grid { width, height, resolution_m, cells }, GridError::Resolution));
        let drawing = Input::Drawing(resolution_m, "aaaa\naAaa".to_owned());
        rows.push(Row::bad(format!("drawing, {name}"), drawing, HomeError::Grid(GridError::Resolution)));
    }
    for resolution_m in [0.005, 0.5] {
        let cells = vec![Cell::Free; 151 * 107];
        let name = format!("resolution {resolution_m} at the limit");
        rows.push(Row::good(name, Input::Grid { width, height, resolution_m, cells }));
    }
    for (name, drawing, expected) in [
        ("drawing of nothing", String::new(), Err(GridError::Side)),
        ("drawing of blanks", " \n\t\n  ".to_owned(), Err(GridError::Side)),
        ("drawing of a letter", "z".to_owned(), Ok(())),
        ("drawing of capitals", "ABCDEFGHIJKLMNOPQRSTUVWXYZ\n".repeat(9), Ok(())),
        ("drawing in other letters", "éàüß…\u{3000}\u{feff}aa\n  ëA\n".to_owned(), Ok(())),
        ("drawing too wide", "a".repeat(16_385), Err(GridError::Side)),
        ("drawing too high", "a\n".repeat(16_385), Err(GridError::Side)),
    ] {
        let input = Input::Drawing(0.1, drawing);
        rows.push(match expected {
            Ok(()) => Row::good(name, input),
            Err(error) => Row::bad(name, input, HomeError::Grid(error)),
        });
    }
    rows
}

/// The grid of a robot that keeps a canvas of 819 m a side: what is made of it is as large as what is known.
#[test]
fn a_vast_canvas_costs_what_is_known_of_it() {
    const SIDE: u32 = 16_384;
    let vast = |free: &[(u32, u32)]| {
        let mut cells = vec![Cell::Unknown; (SIDE * SIDE) as usize];
        for &(x, y) in free {
            cells[(y * SIDE + x) as usize] = Cell::Free;
        }
        OccupancyGrid::new(SIDE, SIDE, 0.05, cells)
    };
    // A room of 101 × 97 cells near the far corner.
    let room: Vec<(u32, u32)> =
        (16_200..16_297).flat_map(|y| (16_100..16_201).map(move |x| (x, y))).collect();
    let grid = vast(&room).unwrap();
    assert_eq!(grid.known_bounds(), Some(CellRect { x: 16_100, y: 16_200, width: 101, height: 97 }));
    let _ = segment(&grid);
    let home = Home::builder(grid, robot()).build().unwrap();
    let (release, key) = drawn(&home, &Redaction::none(), &noisy(), Coins::replayed(5));
    assert!(release.verify().is_ok());
    let zone = release.floors()[0].dock().zone;
    let run = key.lift_zone(zone).unwrap().runs().next().unwrap();
    assert!((16_100..16_201).contains(&run.x()) && (16_200..16_297).contains(&run.y()));
    // One number a cell of the canvas would be half a gigabyte.
    assert_eq!(key.to_secret_bytes().len(), 1 << 16);
    // Two cells in opposite corners make all of it known.
    assert_eq!(vast(&[(0, 0), (SIDE - 1, SIDE - 1)]).err(), Some(GridError::Cells));
    assert!(vast(&[]).is_ok_and(|grid| grid.known_bounds().is_none()));
}
