//! Our side of `benches/peers/opencv.py`: hands out grids and times stages on them, as it is asked line by line.
//!
//! `next` gives the next grid: its name, width and height, and a byte a cell of its known part (0 unknown, 1 free, 2
//! occupied); or `end`. `segment` and `release` run that stage on it once and give nanoseconds: finding the rooms, and
//! from the bare map to what the release is drawn from.

use std::hint::black_box;
use std::io::{self, BufRead, Write};
use std::time::Instant;

use homeveil::grid::{Cell, OccupancyGrid};
use homeveil::home::{Footprint, Home};
use homeveil::segment::segment;
use homeveil::{Policy, merge, redact, sketch};

#[path = "../pipeline/maps.rs"]
mod maps;

fn main() -> io::Result<()> {
    // `cargo bench` asks for nothing.
    if std::env::args().nth(1).as_deref() != Some("serve") {
        return Ok(());
    }
    let made_up = [512, 1024, 2048, 4096].map(|side| (format!("made-up {side}²"), maps::tiled(side)));
    let mut grids = made_up.into_iter().chain(maps::bare());
    let mut current: Option<OccupancyGrid> = None;
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        match (line?.as_str(), &current) {
            ("next", _) => {
                let Some((name, grid)) = grids.next() else {
                    writeln!(out, "end")?;
                    break;
                };
                let bounds = grid.known_bounds().expect("a map has known cells");
                writeln!(out, "{}\t{}\t{}", name, bounds.width, bounds.height)?;
                for y in bounds.y..bounds.y + bounds.height {
                    let row = (bounds.x..bounds.x + bounds.width).map(|x| match grid.get(x, y) {
                        Some(Cell::Free) => 1,
                        Some(Cell::Occupied) => 2,
                        _ => 0,
                    });
                    out.write_all(&row.collect::<Vec<u8>>())?;
                }
                current = Some(grid);
            }
            ("segment", Some(grid)) => writeln!(out, "{}", nanoseconds(|| segment(grid)))?,
            ("release", Some(grid)) => {
                let grid = grid.clone();
                writeln!(out, "{}", nanoseconds(|| preferred(grid)))?;
            }
            _ => break,
        }
        out.flush()?;
    }
    Ok(())
}

fn nanoseconds<T>(run: impl FnOnce() -> T) -> u128 {
    let start = Instant::now();
    let result = black_box(run());
    let taken = start.elapsed().as_nanos();
    drop(result);
    taken
}

/// From a bare map to the preferred plans.
fn preferred(grid: OccupancyGrid) -> Vec<usize> {
    let policy = Policy::default();
    let codebook = policy.codebook();
    let robot = Footprint::disc_m(0.17).expect("a valid radius");
    let home = Home::builder(grid, robot).segmented().build().expect("the maps are valid");
    let redacted =
        redact::redact(&home, &policy.redaction().keep_unlabelled()).expect("rooms without kinds are kept");
    merge::rank(&sketch::Sketch::of(&redacted), &codebook).preferred(codebook.preferred())
}
