//! Time of a refit, next to that of a release and key of the same map in the same run.

use std::time::{Duration, Instant};
use std::{env, fs};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group};
use homeveil::HouseKey;
use homeveil::formats::{read_map_file, read_valetudo};
use homeveil::grid::CellRect;
use homeveil::home::{Footprint, Home, RobotMap};
use homeveil::segment::segment;
use homeveil::synth::{Change, sample_home};

use super::{homes, maps};

const SEED: u64 = 7;

/// Runs; the fastest counts: what else the machine does only ever adds.
const RUNS: u32 = 15;

/// The sample home, and the real maps where they are at hand; rooms are found where a map has none.
fn maps() -> Vec<(String, RobotMap)> {
    let mut maps = vec![("sample".to_owned(), sample_home())];
    for kind in ["valetudo", "ros", "neato"] {
        for path in maps::real_maps(kind) {
            let map = match path.extension().and_then(|ending| ending.to_str()) {
                Some("json") => fs::read(&path).ok().and_then(|bytes| read_valetudo(&bytes).ok()),
                Some("yaml") => read_map_file(&path, None).ok(),
                _ => None,
            };
            let Some(mut map) = map else { continue };
            if map.rooms.is_empty() {
                map.rooms = segment(&map.grid);
            }
            maps.push((format!("{kind}_{}", path.file_stem().unwrap_or_default().to_string_lossy()), map));
        }
    }
    maps
}

fn home(map: &RobotMap) -> Home {
    homes::home(map.clone().into_builder(Footprint::disc_m(0.17).expect("0.17 m is a valid radius")))
}

/// The length of a stored key.
fn bytes(key: &HouseKey) -> f64 {
    u32::try_from(key.to_secret_bytes().len()).map_or(f64::INFINITY, f64::from)
}

/// The fastest of some runs.
fn fastest(run: impl Fn()) -> Duration {
    let timed = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..RUNS).map(timed).min().unwrap_or_default()
}

/// A refit should take no longer than what it saves: release and key. The ratio is printed for each map and
/// what happened to it, and last how much longer the key's bytes are with two more maps.
fn refit(criterion: &mut Criterion) {
    // The table takes minutes: who asks for other benches does without.
    let filters: Vec<String> = env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    if !filters.is_empty() && !filters.iter().any(|filter| filter.contains("refit")) {
        return;
    }
    let (policy, redaction) = homes::choices();
    let furniture = Change::Furniture { blocks: 6, seed: 5 };
    let shift = Change::Shift { left: 37, below: 11 };
    let turn = |tenths| [Change::Turn { tenths }];
    let turns = [70, 300, 450, 1370, 2000].map(turn);
    let cases: [(&str, &[Change]); 10] = [
        ("same", &[]),
        ("shift", &[shift]),
        ("turn", &[Change::QuarterTurn]),
        ("7°", &turns[0]),
        ("30°", &turns[1]),
        ("45°", &turns[2]),
        ("137°", &turns[3]),
        ("200°", &turns[4]),
        ("blocks", &[furniture]),
        ("all", &[furniture, shift, Change::QuarterTurn]),
    ];
    eprint!("{:42}", "refit / release and key");
    for (name, _) in &cases {
        eprint!(" {name:>7}");
    }
    eprintln!(" {:>9}", "3 maps");
    let elsewhere = [21 << 10, 77 << 10].map(|seed| home(&RobotMap::from_seed(seed)));
    for (name, map) in maps() {
        let (_, key) = homes::release_and_key(&home(&map), &redaction, &policy, SEED);
        eprint!("{name:42}");
        for (_, changes) in cases {
            let after = home(&changes.iter().fold(map.clone(), |map, change| map.changed(*change)));
            let fitted = fastest(|| drop(key.refit(&after, &redaction)));
            let drawn = fastest(|| drop(homes::release_and_key(&after, &redaction, &policy, SEED)));
            eprint!(" {:7.2}", fitted.as_secs_f64() / drawn.as_secs_f64().max(1e-9));
        }
        // The bytes of a key that knows two more maps, over those of the first.
        let mut three = key.clone();
        for other in &elsewhere {
            three = three.refit(other, &redaction).0;
            three.confirm_map();
        }
        three = three.refit(&home(&map), &redaction).0;
        eprintln!(" {:>9.2}", bytes(&three) / bytes(&key).max(1.0));
        let CellRect { width, height, .. } =
            map.grid.known_bounds().expect("a map of a home has known cells");
        let home = home(&map);
        let mut group = criterion.benchmark_group("refit");
        group
            .sample_size(20)
            .warm_up_time(Duration::from_millis(200))
            .measurement_time(Duration::from_secs(1));
        group.throughput(Throughput::Elements(u64::from(width) * u64::from(height)));
        group.bench_function(BenchmarkId::from_parameter(&name), |b| b.iter(|| key.refit(&home, &redaction)));
        group.finish();
    }
}

criterion_group!(benches, refit);
