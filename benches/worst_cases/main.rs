//! What the worst maps cost that were found so far: processor time of one thread and peak heap, for maps within every
//! limit that no robot makes.
//!
//! `cargo bench --bench worst_cases -- 1000` takes maps of 1000 × 1000 cells (the default), `-- 4096 mazes` the mazes
//! alone as large as a grid may be. Each is drawn for, its key is made and asked for all zones and a path; the owner
//! binds 64 areas that overlap and bars an outline of many corners; and the same map turned by 30° is fitted to the
//! key. Heap is counted above the labels that the caller holds.
//!
//! `benches/worst_cases.sh` counts the instructions of all of it at two sizes.

mod drawn;

use std::hint::black_box;
use std::io::Write as _;
use std::sync::LazyLock;
use std::time::Instant;

use drawn::{DRAWN, Drawn, REDACTED, WIDE};
use homeveil::geo_types::{Polygon, Rect, coord};
use homeveil::home::KeepOut;
use homeveil::key::AreaId;
use homeveil::nalgebra::{Isometry2, Point2};
use homeveil::navigate::Navigator;
use homeveil::segment::segment;
use homeveil::{Coins, Grant, Odds, Policy, Redaction, anonymize};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// As many as a policy may have.
const AREAS: u32 = 64;

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let side = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(1000).clamp(16, 4096);
    let named: Vec<&String> = arguments.iter().filter(|argument| argument.parse::<u32>().is_err()).collect();
    println!("{side} × {side} cells: seconds, and peak heap in bytes a cell");
    println!(
        "{:<32}{:>16}{:>16}{:>16}{:>16}{:>16}{:>16}",
        "", "rooms found", "release and key", "zones", "path", "marks", "refit at 30°"
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
    let policy = Policy::builder().odds(odds).odds_cap(odds).areas(AREAS);
    let policy = policy.build().expect("a budget within its cap");
    print!("{name:<32}");
    let (resolution_m, radius_m) = if name == WIDE { (0.005, 1.0) } else { (0.05, 0.17) };
    let grid = map.grid(resolution_m);
    step(cells, || segment(&grid));
    drop(grid);
    let redaction = Redaction::none().keep_unlabelled();
    let redaction = redaction.rooms(map.rooms().into_iter().skip(1).filter(|_| name == REDACTED));
    let (release, mut key) = step(cells, || {
        let drawn = anonymize(
            &map.home(resolution_m, radius_m),
            &redaction,
            &policy,
            Grant::unaccounted(),
            &mut Coins::replayed(7),
        );
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
        key.lift_path(&mut Navigator::new(), at(from), &[goal]).ok()
    });
    step(cells, || {
        // Where there is no floor nothing is bound.
        for area in 0..AREAS {
            let _ = key.bind_region(AreaId::new(area), &square(side, area, resolution_m));
        }
        key.bar(&KeepOut::Area(comb(side, resolution_m))).expect("an outline that does not cross itself")
    });
    let turned = map.turned();
    step(cells, || key.refit(&turned.home(resolution_m, radius_m), &redaction));
    println!();
}

/// A quarter of the map, each a little farther on.
fn square(side: u32, number: u32, resolution_m: f64) -> Polygon {
    let metres = |cells: u32| resolution_m * f64::from(cells);
    let corner = |at: u32| coord! { x: metres(side * (at % 8) / 16), y: metres(side * (at / 8) / 16) };
    let low = corner(number);
    Rect::new(low, low + coord! { x: metres(side / 2), y: metres(side / 2) }).to_polygon()
}

/// Teeth of a cell each over the upper half of the map, four corners a tooth: 2000 corners at most, as an outline may
/// have no more than twice as many.
fn comb(side: u32, resolution_m: f64) -> Polygon {
    let metres = |cells: u32| resolution_m * f64::from(cells);
    let high = metres(side - 2);
    let mut corners = vec![(metres(1), high)];
    let step = 2 * side.div_ceil(1000);
    for tooth in (1..side - step).step_by(step as usize) {
        let (left, right) = (metres(tooth), metres(tooth + 1));
        let low = metres(side / 2 + tooth % 5);
        let under = high - resolution_m / 5.0;
        corners.extend([(left, low), (right, low), (right, under), (metres(tooth + step), under)]);
    }
    corners.push((metres(side - 1), high));
    Polygon::new(corners.into(), Vec::new())
}

/// Seconds that this thread has run, where the system says it, else those of a clock.
fn seconds() -> f64 {
    static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat");
    let nanoseconds = stat.ok().and_then(|stat| stat.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| BEGIN.elapsed().as_secs_f64(), |it| it / 1e9)
}

/// Does it, and prints how long it took and how much heap at most.
fn step<T>(cells: f64, run: impl FnOnce() -> T) -> T {
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let start = seconds();
    let done = black_box(run());
    let seconds = seconds() - start;
    let bytes = HEAP.peak_usage().saturating_sub(before);
    let bytes = u32::try_from(bytes).map_or(f64::INFINITY, f64::from);
    print!("{seconds:>9.2} {:>6.1}", bytes / cells);
    std::io::stdout().flush().expect("somebody reads it");
    done
}
