//! What the worst maps cost that were found so far: time on one thread and peak heap, for maps within every limit that
//! no robot makes.
//!
//! `cargo bench --bench worst_cases -- 1000` takes maps of 1000 × 1000 cells (the default), `-- 4096 mazes` the mazes
//! alone as large as a grid may be. Each is drawn for, its key is made and asked for all zones and a path, and the
//! same map turned by 30° is fitted to the key. Heap is counted above the labels that the caller holds.

mod drawn;

use std::hint::black_box;
use std::io::Write as _;
use std::time::Instant;

use drawn::{DRAWN, Drawn};
use homeveil::key::DoorCrossing;
use homeveil::nalgebra::{Isometry2, Point2};
use homeveil::navigate::Navigator;
use homeveil::segment::segment;
use homeveil::{Coins, Grant, Odds, Policy, Redaction, anonymize};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let side = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(1000).clamp(16, 4096);
    let named: Vec<&String> = arguments.iter().filter(|argument| argument.parse::<u32>().is_err()).collect();
    println!("{side} × {side} cells: seconds, and peak heap in bytes a cell");
    println!(
        "{:<32}{:>16}{:>16}{:>16}{:>16}{:>16}",
        "", "rooms found", "release and key", "zones", "path", "refit at 30°"
    );
    for (name, draw) in DRAWN {
        if named.is_empty() || named.iter().any(|part| name.contains(part.as_str())) {
            measure(name, &draw(side), side);
        }
    }
}

fn measure(name: &str, map: &Drawn, side: u32) {
    let cells = f64::from(side) * f64::from(side);
    let odds = Odds::new(64, 1).expect("a whole number");
    let policy = Policy::builder().odds(odds).odds_cap(odds).build().expect("a budget within its cap");
    print!("{name:<32}");
    let grid = map.grid();
    step(cells, || segment(&grid));
    drop(grid);
    let redaction = Redaction::none().keep_unlabelled();
    let (release, key) = step(cells, || {
        let drawn =
            anonymize(&map.home(), &redaction, &policy, Grant::unaccounted(), &mut Coins::replayed(7));
        drawn.expect("replayed coins do not fail")
    });
    let places = step(cells, || {
        let zones = release.floors()[0].zones().iter().filter_map(|zone| key.lift_zone(zone.id).ok());
        zones.filter_map(|region| region.points().next()).collect::<Vec<_>>()
    });
    step(cells, || {
        let at = |place: Point2<f64>| Isometry2::translation(place.x, place.y);
        let (&from, &to) = (places.first()?, places.last()?);
        let goal = key.project(at(to)).ok()?;
        key.lift_path(&mut Navigator::new(), at(from), &[goal], DoorCrossing::Avoid).ok()
    });
    let turned = map.turned();
    step(cells, || key.refit(&turned.home(), &redaction));
    println!();
}

/// Does it, and prints how long it took and how much heap at most.
fn step<T>(cells: f64, run: impl FnOnce() -> T) -> T {
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let start = Instant::now();
    let done = black_box(run());
    let seconds = start.elapsed().as_secs_f64();
    let bytes = HEAP.peak_usage().saturating_sub(before);
    let bytes = u32::try_from(bytes).map_or(f64::INFINITY, f64::from);
    print!("{seconds:>9.2} {:>6.1}", bytes / cells);
    std::io::stdout().flush().expect("somebody reads it");
    done
}
