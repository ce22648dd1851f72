//! Random small homes, and keys of them.
#![expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "numbers of small homes")]

use std::sync::LazyLock;

use nalgebra::{Isometry2, Point2};
use proptest::prelude::*;

use crate::atlas::Atlas;
use crate::grid::{Cell, OccupancyGrid, Span, Symmetry, narrow};
use crate::home::{FIRST_ROOM, Footprint, Home, KeepOut, Room, RoomId};
use crate::key::HouseKey;
use crate::key::reach::poses::{Reach, dock_place};
use crate::key::zoning::{
    floor::{ZoneFloor, floor_of_zones},
    halves,
};
use crate::merge::{Assignment, Halving};
use crate::redact::{Redacted, RedactedCells, RoomGraph};
use crate::release::Floor;

/// Some drawn plans of four zones.
pub(super) static FLOORS: LazyLock<Vec<Floor>> = LazyLock::new(|| {
    let atlas = Atlas::of(4).unwrap();
    atlas.plans().iter().step_by(311).map(|&id| Floor::draw(&atlas.plan(id).unwrap())).collect()
});

/// All that a key is built from.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) home: Home,
    pub(super) kept: Redacted,
    pub(super) redacted: RedactedCells,
    pub(super) assignment: Assignment,
    pub(super) floor: Floor,
}

impl Case {
    pub(super) fn key(&self) -> HouseKey {
        let measured = (&self.kept, &self.redacted);
        HouseKey::build(&self.home, measured, &self.assignment, None, &self.floor, 4)
    }

    pub(super) fn parts(&self) -> Vec<u16> {
        let (home, floor) = (&self.home, &self.floor);
        let dock = dock_place(home);
        halves::parts(home, &self.kept, &self.redacted, &self.assignment, floor.zones(), dock)
    }

    /// Today's reach.
    pub(super) fn today(&self) -> Reach {
        Reach::of_home(&self.home, &self.kept, &self.redacted)
    }

    /// The floor that zones share out.
    pub(super) fn floor_of_zones(&self) -> ZoneFloor {
        let parts = self.parts();
        floor_of_zones(&self.home, &self.today(), &self.redacted, &|cell| parts[cell])
    }

    /// The reachable poses, and the serviced floor.
    pub(super) fn reach(&self) -> (Vec<bool>, Vec<bool>) {
        let reach = self.today();
        let serviced = |cell: usize| reach.coverage.has(cell) && !self.redacted.cells[cell];
        (reach.poses.to_flags(), (0..self.home.shape.len()).map(serviced).collect())
    }
}

/// A case of a home, the rooms redacted, and the rest of the assignment: cuts and zones by any numbers, taken modulo
/// what there is.
pub(super) fn case(
    home: Home,
    gone_rooms: &[RoomId],
    cuts: &[(u8, Option<u8>)],
    zones: &[u8],
    symmetry: usize,
    plan: usize,
) -> Case {
    let gone = |label: u16| home.piece(label).is_some_and(|piece| gone_rooms.contains(&piece.id));
    let own: Vec<u16> = (FIRST_ROOM..)
        .zip(&home.pieces)
        .filter(|(label, piece)| !gone(*label) && !piece.fragment)
        .map(|(label, _)| label)
        .collect();
    let number = |label: u16| own.iter().position(|&k| k == label);
    let labels: Vec<u16> =
        home.labels.iter().map(|&label| number(label).map_or(0, |room| room as u16 + 1)).collect();
    let redacted = RedactedCells { cells: home.labels.iter().map(|&label| gone(label)).collect() };
    let rooms = own.len();
    let mut assignment =
        Assignment { symmetry: Symmetry::ALL[symmetry % 8], cuts: Vec::new(), zone_of: Vec::new() };
    for (i, &(part, takes)) in cuts.iter().enumerate().filter(|_| rooms > 0) {
        let parts = rooms + i;
        let part = usize::from(part) % parts;
        let takes = takes.map(|takes| usize::from(takes) % parts).filter(|&takes| takes != part);
        assignment.cuts.push(Halving { part, takes });
    }
    assignment.zone_of = (0..rooms + assignment.cuts.len()).map(|i| zones[i % zones.len()] % 4).collect();
    let kept = Redacted {
        shape: home.shape,
        labels,
        sums: Vec::new(),
        doors: RoomGraph::of(rooms, |_| {}),
        roots: if rooms > 0 { vec![0] } else { Vec::new() },
        ends: vec![rooms],
    };
    Case { home, kept, redacted, assignment, floor: FLOORS[plan % FLOORS.len()].clone() }
}

/// Rooms by slicing a rectangle, a door gap in every wall, furniture strewn about.
fn slice(
    width: usize,
    height: usize,
    choices: &[u8],
    furniture: &[(usize, usize, usize, usize)],
) -> Vec<u16> {
    let mut cells = vec![0_u16; width * height];
    let mut choices = choices.iter().copied().map(usize::from).cycle();
    let mut stack = vec![(1, 1, width - 2, height - 2, 3)];
    let mut next = 1;
    let mut doors: Vec<(usize, usize, usize, usize)> = Vec::new();
    while let Some((x, y, w, h, depth)) = stack.pop() {
        let wide = w >= h;
        let side = if wide { w } else { h };
        let choice = choices.next().unwrap();
        if depth == 0 || side < 13 || choice % 7 == 0 {
            for row in y..y + h {
                cells[row * width + x..row * width + x + w].fill(next);
            }
            next += 1;
            continue;
        }
        let at = 5 + choice % (side - 11);
        let place = choices.next().unwrap();
        if wide {
            doors.push((x + at, y + place % (h - 4), 1, 4));
            stack.push((x, y, at, h, depth - 1));
            stack.push((x + at + 1, y, w - at - 1, h, depth - 1));
        } else {
            doors.push((x + place % (w - 4), y + at, 4, 1));
            stack.push((x, y, w, at, depth - 1));
            stack.push((x, y + at + 1, w, h - at - 1, depth - 1));
        }
    }
    for (x, y, w, h) in doors {
        for row in y..y + h {
            for column in x..x + w {
                // A door's cells go to the room next to it.
                let room = if w == 1 { row * width + column - 1 } else { (row - 1) * width + column };
                cells[row * width + column] = cells[room];
            }
        }
    }
    for &(x, y, w, h) in furniture {
        for row in y % height..(y % height + h).min(height) {
            let from = row * width + x % width;
            cells[from..from + w.min(width - x % width)].fill(0);
        }
    }
    cells
}

/// A home of room numbers, 0 for walls.
fn home_of(
    cells: &[u16],
    width: usize,
    resolution_m: f64,
    radius_m: f64,
    dock: Option<usize>,
    keep_outs: Vec<KeepOut>,
) -> Home {
    let grid = OccupancyGrid::new(
        narrow(width),
        narrow(cells.len() / width),
        resolution_m,
        cells.iter().map(|&room| if room > 0 { Cell::Free } else { Cell::Occupied }).collect(),
    )
    .unwrap();
    let most = cells.iter().copied().max().unwrap();
    let rooms = (1..=most).map(|room| {
        let own = (0..cells.len()).filter(|&cell| cells[cell] == room);
        let run = |cell: usize| Span::new(narrow(cell % width), narrow(cell / width), 1).unwrap();
        Room::new(RoomId::new(u32::from(room)), None, own.map(run).collect())
    });
    let builder = Home::builder(grid, Footprint::disc_m(radius_m).unwrap()).rooms(rooms).keep_out(keep_outs);
    match dock {
        Some(cell) => {
            let metres = |n: usize| (n as f64 + 0.5) * resolution_m;
            builder.dock(Point2::new(metres(cell % width), metres(cell / width))).build().unwrap()
        }
        None => builder.build().unwrap(),
    }
}

prop_compose! {
    pub(super) fn cases()(
        (width, height) in (14_usize..64, 14_usize..64),
        choices in prop::collection::vec(any::<u8>(), 24),
        furniture in prop::collection::vec((0_usize..64, 0_usize..64, 1_usize..9, 1_usize..9), 0..8),
        radius in 0.05_f64..0.25,
        dock in prop::option::of(any::<prop::sample::Index>()),
        wall in prop::option::weighted(0.3, (0.0_f64..6.0, 0.0_f64..6.0, 0.0_f64..6.0, 0.0_f64..6.0)),
        redact in prop::collection::vec(1_u32..9, 0..3),
        cuts in prop::collection::vec((any::<u8>(), prop::option::of(any::<u8>())), 0..5),
        zones in prop::collection::vec(0_u8..4, 12),
        (symmetry, plan) in (0_usize..8, any::<u16>()),
    ) -> Case {
        let cells = slice(width, height, &choices, &furniture);
        let dock = dock.map(|dock| dock.index(cells.len()));
        let keep_outs = wall.map(|(a, b, c, d)| KeepOut::Wall(geo_types::Line::new((a, b), (c, d))));
        let home = home_of(&cells, width, 0.1, radius, dock, keep_outs.into_iter().collect());
        let redact: Vec<RoomId> = redact.into_iter().map(RoomId::new).collect();
        case(home, &redact, &cuts, &zones, symmetry, usize::from(plan))
    }
}

pub(super) fn pose(at: Point2<f64>) -> Isometry2<f64> {
    Isometry2::new(at.coords, 0.7)
}

/// Cells of each patch.
pub(super) fn areas_of(key: &HouseKey) -> Vec<u32> {
    let mut area = vec![0_u32; key.patches.len()];
    for cell in (0..key.near.len()).filter(|&cell| key.is_charted(cell)) {
        area[usize::from(key.near[cell])] += 1;
    }
    area
}
