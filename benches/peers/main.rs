//! Our side of `benches/peers/opencv.py`: hands out grids and times stages on them, as it is asked line by line.
//!
//! `next` gives the next grid: its name, width and height, and a byte a cell of its known part (0 unknown, 1 free, 2
//! occupied); or `end`. The others run something on it once and give nanoseconds: `segment` finds the rooms, `release`
//! goes from the bare map to the release of the default policy, and `ranked` to one at λ = 4, for which plans are
//! ranked.

use std::hint::black_box;
use std::io::{self, BufRead, Write};
use std::time::Instant;

use homeveil::grid::{Cell, OccupancyGrid};
use homeveil::home::{Footprint, Home};
use homeveil::segment::segment;
use homeveil::{Coins, Grant, Odds, Policy, Release, anonymize_sketches, redact, sketch};

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
    let sealed = Policy::default();
    let ranked = Policy::builder().odds(Odds::new(4, 1).expect("above 1")).build().expect("a valid policy");
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        match (line.as_str(), &current) {
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
            ("release" | "ranked", Some(grid)) => {
                let (grid, policy) = (grid.clone(), if line == "ranked" { &ranked } else { &sealed });
                writeln!(out, "{}", nanoseconds(|| release(grid, policy)))?;
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

/// From a bare map to the release.
fn release(grid: OccupancyGrid, policy: &Policy) -> Release {
    let robot = Footprint::disc_m(0.17).expect("a valid radius");
    let home = Home::builder(grid, robot).segmented().build().expect("the maps are valid");
    let redacted =
        redact::redact(&home, &policy.redaction().keep_unlabelled()).expect("rooms without kinds are kept");
    let (sketch, grant) = (sketch::Sketch::of(&redacted), Grant::unaccounted());
    anonymize_sketches(&[sketch], policy, grant, &mut Coins::replayed(7)).expect("replayed coins do not fail")
}
