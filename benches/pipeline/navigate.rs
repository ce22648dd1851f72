//! Paths: planned on the release, lifted to the home; and places there and back.

use std::hint::black_box;

use criterion::{Criterion, criterion_group};
use homeveil::home::Footprint;
use homeveil::navigate::{FreeSpace, Navigator};
use nalgebra::{Isometry2, Point2};

use super::HEAP;
use super::homes;

fn navigate(criterion: &mut Criterion) {
    let (policy, redaction) = homes::choices();
    let footprint = Footprint::disc_m(0.17).expect("0.17 m is a valid radius");
    for input in homes::all() {
        let (release, key) = homes::release_and_key(&input.home(), &redaction, &policy, 1);
        let floor = &release.floors()[0];
        let space = FreeSpace::of(floor.grid(), footprint, &[]);
        let side = f64::from(release.floors()[0].grid().width()) * release.floors()[0].grid().resolution_m();
        let place =
            |i: u32| Point2::new(f64::from(i * 37 % 64) / 64.0 * side, f64::from(i * 23 % 61) / 61.0 * side);
        let drives: Vec<_> = (0..64)
            .filter_map(|i| {
                let from = key.lift_point(place(i)).ok()?;
                Some((Isometry2::translation(from.x, from.y), place(i + 29)))
            })
            .collect();
        let mut navigator = Navigator::new();
        let lift_all = |navigator: &mut Navigator| {
            drives.iter().filter(|&&(pose, to)| key.lift_path(navigator, pose, &[to]).is_ok()).count()
        };
        // Buffers that change places with one another have all grown after two rounds.
        lift_all(&mut navigator);
        lift_all(&mut navigator);
        // Used again, the tables do not grow; what is taken is the paths, and sets of cells in passing.
        let before = HEAP.current_usage();
        lift_all(&mut navigator);
        assert_eq!(HEAP.current_usage(), before, "a navigator used again keeps no more memory");

        let mut group = homes::group(criterion, "navigate", &input);
        group.throughput(criterion::Throughput::Elements(drives.len() as u64));
        group.bench_function(format!("plan/{}", input.name), |bencher| {
            bencher.iter(|| {
                for i in 0..64 {
                    let _ = black_box(navigator.path(&space, place(i), place(i + 29)));
                }
            });
        });
        group.bench_function(format!("lift_path/{}", input.name), |bencher| {
            bencher.iter(|| black_box(lift_all(&mut navigator)));
        });
        group.bench_function(format!("lift/{}", input.name), |bencher| {
            bencher.iter(|| drives.iter().filter(|(_, at)| black_box(key.lift_point(*at)).is_ok()).count());
        });
        group.bench_function(format!("project/{}", input.name), |bencher| {
            bencher.iter(|| drives.iter().filter(|(pose, _)| black_box(key.project(*pose)).is_ok()).count());
        });
    }
}

criterion_group!(benches, navigate);
