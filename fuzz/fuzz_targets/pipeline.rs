//! Any home: grid, rooms, dock, keep-outs, redaction, policy; through segmentation, release and key. Its mirror image
//! has the same release.
#![no_main]

use arbitrary::Arbitrary;
use homeveil::atlas::Codebook;
use homeveil::grid::{Cell, OccupancyGrid};
use homeveil::home::{Room, RoomId, RoomKind};
use homeveil::key::AreaId;
use homeveil::segment::segment;
use homeveil::{Odds, Policy, Redaction};
use homeveil_fuzz::raw::{Place, RawHome, outline};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input {
    home: RawHome,
    kinds: u16,
    redacted: Vec<u8>,
    regions: Vec<Vec<[Place; 2]>>,
    dead_ends: bool,
    redact_unlabelled: bool,
    zones: u8,
    odds: (u8, u8),
    seed: u8,
}

/// Every room is connected floor, and no cell is in two.
fn check_segments(grid: &OccupancyGrid, rooms: &[Room]) {
    let mut taken = vec![false; grid.cells().len()];
    for run in rooms.iter().flat_map(Room::runs) {
        for x in run.columns() {
            assert_eq!(grid.get(x, run.y()), Some(Cell::Free));
            let cell = &mut taken[(run.y() * grid.width() + x) as usize];
            assert!(!core::mem::replace(cell, true), "a cell in two rooms");
        }
    }
}

fuzz_target!(|input: Input| {
    if let Some(grid) = input.home.grid() {
        check_segments(&grid, &segment(&grid));
    }
    let Some(home) = input.home.build() else { return };
    let present: Vec<RoomId> = home.rooms().iter().map(Room::id).collect();
    let kinds = RoomKind::ALL.iter().enumerate().filter(|(n, _)| input.kinds >> (n % 16) & 1 == 1);
    let redacted = input.redacted.iter().filter_map(|&n| present.get(usize::from(n)).copied());
    let mut redaction =
        Redaction::none().kinds(kinds.map(|(_, kind)| *kind)).rooms(redacted.collect::<Vec<_>>());
    redaction =
        if input.redact_unlabelled { redaction.redact_unlabelled() } else { redaction.keep_unlabelled() };
    for region in &input.regions {
        redaction = redaction.clone().region(outline(region)).unwrap_or(redaction);
    }
    if input.dead_ends {
        redaction = redaction.dead_ends();
    }
    let (p, q) = (u32::from(input.odds.0).max(1), u32::from(input.odds.1).max(1));
    let Ok(odds) = Odds::new(p.max(q), p.min(q)) else { return };
    let zones = 2 + input.zones % 5;
    assert!(Codebook::of(zones, odds).is_some());
    let policy = Policy::builder().zones(zones).odds(odds).odds_cap(odds).build().expect("a good policy");
    let (release, mut key) = homeveil_fuzz::check(&home, &redaction, &policy, input.seed.into());
    // A region has no mirror image here.
    if input.regions.is_empty()
        && let Some(mirrored) = input.home.build_mirrored()
    {
        let (other, _) = homeveil_fuzz::check(&mirrored, &redaction, &policy, input.seed.into());
        assert!(other == release, "a mirror image has the same release");
    }
    let _ = key.bind_rooms(AreaId::new(0), &home, &present);
    for (n, region) in (1..).zip(&input.regions) {
        let _ = key.bind_region(AreaId::new(n), &outline(region));
    }
    homeveil_fuzz::ask(&key);
});
