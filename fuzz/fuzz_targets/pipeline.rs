//! Any home: grid, rooms, dock, keep-outs, redaction, policy; through segmentation, release and key.
#![no_main]

use arbitrary::{Arbitrary, Unstructured};
use geo_types::{Coord, Line, LineString, Polygon};
use homeveil::atlas::Codebook;
use homeveil::grid::{Cell, OccupancyGrid, Span};
use homeveil::home::{Footprint, Home, KeepOut, Room, RoomId, RoomKind};
use homeveil::segment::segment;
use homeveil::{Odds, Policy, Redaction};
use libfuzzer_sys::fuzz_target;
use nalgebra::Point2;

#[derive(Arbitrary, Debug)]
struct Input {
    width: u8,
    resolution: u8,
    radius: u8,
    /// Two bits a cell.
    cells: Vec<u8>,
    rooms: Vec<RawRoom>,
    dock: Option<[Place; 2]>,
    areas: Vec<Vec<[Place; 2]>>,
    walls: Vec<[Place; 4]>,
    kinds: u16,
    redacted: Vec<u8>,
    regions: Vec<Vec<[Place; 2]>>,
    dead_ends: bool,
    redact_unlabelled: bool,
    segmented: bool,
    zones: u8,
    odds: (u8, u8),
    seed: u8,
}

#[derive(Arbitrary, Debug)]
struct RawRoom {
    id: u8,
    kind: u8,
    runs: Vec<[u8; 3]>,
}

/// A coordinate in metres: mostly near the home, now and then any number.
#[derive(Clone, Copy, Debug)]
struct Place(f64);

impl<'a> Arbitrary<'a> for Place {
    fn arbitrary(from: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        Ok(Self(match u8::arbitrary(from)? {
            0..=239 => f64::from(i8::arbitrary(from)?) / 10.0,
            _ => f64::arbitrary(from)?,
        }))
    }
}

const MOST_CELLS: usize = 1600;

fn outline(corners: &[[Place; 2]]) -> Polygon<f64> {
    let corners = corners.iter().map(|[x, y]| Coord { x: x.0, y: y.0 });
    Polygon::new(corners.collect::<LineString<f64>>(), Vec::new())
}

/// Every room is connected floor, and no cell is in two.
fn check_segments(grid: &OccupancyGrid, rooms: &[Room]) {
    let mut taken = vec![false; grid.cells().len()];
    for run in rooms.iter().flat_map(Room::runs) {
        for x in run.x..run.x + run.len {
            assert_eq!(grid.get(x, run.y), Some(Cell::Free));
            let cell = &mut taken[(run.y * grid.width() + x) as usize];
            assert!(!core::mem::replace(cell, true), "a cell in two rooms");
        }
    }
}

fuzz_target!(|input: Input| {
    let width = u32::from(input.width).clamp(1, 64);
    let cells: Vec<Cell> = input
        .cells
        .iter()
        .flat_map(|byte| [byte & 3, byte >> 2 & 3, byte >> 4 & 3, byte >> 6])
        .take(MOST_CELLS)
        .map(|code| [Cell::Free, Cell::Occupied, Cell::Unknown, Cell::Free][usize::from(code)])
        .collect();
    let height = u32::try_from(cells.len()).expect("a few cells") / width;
    let cells = cells[..(width * height) as usize].to_vec();
    let resolution_m = [0.05, 0.1, 0.02, 0.5, 0.005][usize::from(input.resolution) % 5];
    let Ok(grid) = OccupancyGrid::new(width, height, resolution_m, cells) else { return };
    check_segments(&grid, &segment(&grid));

    let robot = Footprint::disc_m([0.17, 0.02, 0.1, 1.0][usize::from(input.radius) % 4]).expect("a radius");
    let rooms = input.rooms.iter().map(|room| {
        let kind = RoomKind::ALL.get(usize::from(room.kind)).copied();
        let runs = room.runs.iter().map(|&[x, y, len]| Span::new(x.into(), y.into(), len.into()).unwrap());
        Room::new(RoomId::new(room.id.into()), kind, runs.collect())
    });
    let point = |[x, y]: [Place; 2]| Coord { x: x.0, y: y.0 };
    let walls =
        input.walls.iter().map(|&[a, b, c, d]| KeepOut::Wall(Line::new(point([a, b]), point([c, d]))));
    let mut builder = Home::builder(grid, robot)
        .rooms(rooms)
        .keep_out(input.areas.iter().map(|area| KeepOut::Area(outline(area))))
        .keep_out(walls);
    if let Some([x, y]) = input.dock {
        builder = builder.dock(Point2::new(x.0, y.0));
    }
    if input.segmented {
        builder = builder.segmented();
    }
    let Ok(home) = builder.build() else { return };

    let present = home.rooms();
    let mut redaction = Redaction::none()
        .kinds(
            RoomKind::ALL
                .iter()
                .enumerate()
                .filter(|(n, _)| input.kinds >> (n % 16) & 1 == 1)
                .map(|(_, kind)| *kind),
        )
        .rooms(
            input.redacted.iter().filter_map(|&n| Some(present.get(usize::from(n))?.id())).collect::<Vec<_>>(),
        );
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
    let (_, mut key) = homeveil_fuzz::check(&home, &redaction, &policy, input.seed.into());
    let ids: Vec<RoomId> = present.iter().map(|(id, _)| *id).collect();
    let _ = key.bind_rooms(homeveil::key::AreaId::new(0), &home, &ids);
    for (n, region) in (1..).zip(&input.regions) {
        let _ = key.bind_region(homeveil::key::AreaId::new(n), &outline(region));
    }
    homeveil_fuzz::ask(&key);
});
