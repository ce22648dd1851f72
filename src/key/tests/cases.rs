//! Laws of the key on random small homes.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "numbers of small homes"
)]

use std::sync::LazyLock;

use nalgebra::{Isometry2, Point2};
use proptest::prelude::*;

use crate::atlas::{Atlas, FRAME, ZoneId};
use crate::grid::raster::trace_wall;
use crate::grid::{Cell, CellRect, OccupancyGrid, Span, Symmetry};
use crate::grid::{Shape, narrow};
use crate::home::{FIRST_ROOM, Footprint, Home, KeepOut, Room, RoomId};
use crate::key::reach::poses::Reach;
use crate::key::zoning::halves;
use crate::key::zoning::zones::{self, OUTSIDE};
use crate::key::{AreaId, HouseKey, LiftError};
use crate::merge::{Assignment, Cut};
use crate::redact::{Redacted, RedactedCells};
use crate::release::Floor;

/// Some drawn plans of four zones.
pub(in crate::key) static FLOORS: LazyLock<Vec<Floor>> = LazyLock::new(|| {
    let atlas = Atlas::of(4).unwrap();
    atlas.plans().iter().step_by(311).map(|&id| Floor::draw(&atlas.plan(id).unwrap())).collect()
});

/// All that a key is built from.
#[derive(Debug)]
pub(in crate::key) struct Case {
    pub(in crate::key) home: Home,
    pub(in crate::key) kept: Redacted,
    pub(in crate::key) redacted: RedactedCells,
    pub(in crate::key) assignment: Assignment,
    pub(in crate::key) floor: Floor,
}

impl Case {
    pub(in crate::key) fn shape(&self) -> Shape {
        Shape { width: self.home.shape.width, height: self.home.shape.height }
    }

    pub(in crate::key) fn key(&self) -> HouseKey {
        HouseKey::build(&self.home, &self.kept, &self.redacted, &self.assignment, &self.floor, 4)
    }

    pub(in crate::key) fn parts(&self) -> Vec<u16> {
        let (home, floor) = (&self.home, &self.floor);
        let dock = crate::key::reach::poses::dock_place(home);
        halves::parts(home, &self.kept, &self.redacted, &self.assignment, floor.zones(), dock)
    }

    /// C, and T as cells.
    pub(in crate::key) fn reach(&self) -> (Vec<bool>, Vec<bool>) {
        let reach = Reach::of(&self.home);
        let t = reach.coverage.iter().zip(&self.redacted.cells).map(|(&s, &w)| s && !w).collect();
        (reach.poses, t)
    }
}

/// A case of a home, the rooms redacted, and the rest of the assignment: cuts and zones by whatever numbers,
/// taken modulo what there is.
pub(in crate::key) fn case(
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
        assignment.cuts.push(Cut { part, takes });
    }
    assignment.zone_of = (0..rooms + assignment.cuts.len()).map(|i| zones[i % zones.len()] % 4).collect();
    let kept = Redacted {
        width: home.shape.width,
        labels,
        doors: vec![Vec::new(); rooms],
        roots: if rooms > 0 { vec![0] } else { Vec::new() },
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
                // A door's floor goes to the room beside it.
                let beside = if w == 1 { row * width + column - 1 } else { (row - 1) * width + column };
                cells[row * width + column] = cells[beside];
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
    fn cases()(
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

/// Some square of 2 × 2 cells of one part holds the cell.
fn in_a_square(shape: Shape, parts: &[u16], cell: usize) -> bool {
    let (x, y) = (cell % shape.width, cell / shape.width);
    let part = |x: usize, y: usize| (x < shape.width && y < shape.height).then(|| parts[y * shape.width + x]);
    [(x, y), (x.wrapping_sub(1), y), (x, y.wrapping_sub(1)), (x.wrapping_sub(1), y.wrapping_sub(1))]
        .into_iter()
        .any(|(x, y)| {
            let (right, up) = (x.wrapping_add(1), y.wrapping_add(1));
            [(x, y), (right, y), (x, up), (right, up)]
                .into_iter()
                .all(|(x, y)| part(x, y) == Some(parts[cell]))
        })
}

/// Number of connected pieces of the cells that are in a set.
fn pieces(shape: Shape, inside: impl Fn(usize) -> bool) -> usize {
    let mut seen = vec![false; shape.len()];
    let mut count = 0;
    for seed in 0..shape.len() {
        if inside(seed) && !seen[seed] {
            count += 1;
            seen[seed] = true;
            shape.flood(&mut vec![narrow(seed)], |_, to| {
                let enter = inside(to) && !seen[to];
                seen[to] |= enter;
                enter
            });
        }
    }
    count
}

pub(in crate::key) fn pose(at: Point2<f64>) -> Isometry2<f64> {
    Isometry2::new(at.coords, 0.7)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// C is a whole piece of the floor where the disc covers neither obstacle nor keep-out, by the definition
    /// of both.
    #[test]
    fn c_is_a_piece_of_clear_floor(case in cases()) {
        let (home, shape) = (&case.home, case.shape());
        let mut blocked: Vec<bool> = home.cells.iter().map(|&cell| cell != Cell::Free).collect();
        for keep_out in &home.keep_outs {
            if let KeepOut::Wall(wall) = keep_out {
                trace_wall(wall, home.resolution_m, shape.width, shape.height, |cell| blocked[cell] = true);
            }
        }
        let radius = home.footprint.radius_m() / home.resolution_m;
        let clear: Vec<bool> = (0..narrow(shape.len()))
            .map(|cell| {
                let (x, y) = shape.place(cell);
                let reach = radius.floor() as i64;
                let covered = (-reach..=reach).flat_map(|dx| (-reach..=reach).map(move |dy| (dx, dy)));
                covered.filter(|&(dx, dy)| ((dx * dx + dy * dy) as f64) <= radius * radius).all(|(dx, dy)| {
                    let (x, y) = (usize::try_from(x + dx), usize::try_from(y + dy));
                    matches!((x, y), (Ok(x), Ok(y)) if x < shape.width && y < shape.height
                        && !blocked[y * shape.width + x])
                })
            })
            .collect();
        let (c, _) = case.reach();
        prop_assert_eq!(pieces(shape, |cell| c[cell]), usize::from(clear.contains(&true)));
        for cell in 0..shape.len() {
            prop_assert!(clear[cell] || !c[cell]);
            let beside = shape.around(narrow(cell)).into_iter().any(|near| c.get(near as usize) == Some(&true));
            prop_assert!(!(clear[cell] && beside) || c[cell], "C ends where clear floor goes on");
        }
    }

    /// Every swept cell that is not redacted lies in exactly one patch, no other cell in any, and every patch
    /// is one piece of floor.
    #[test]
    fn patches_tile_what_the_robot_sweeps(case in cases()) {
        let key = case.key();
        let (_, t) = case.reach();
        prop_assert_eq!(key.uncharted_cells(), 0);
        let rooms = !case.kept.doors.is_empty();
        let any_part = case.parts().iter().zip(&t).any(|(&part, &t)| part > 0 && t);
        for (cell, &t) in t.iter().enumerate() {
            prop_assert_eq!(key.is_charted(cell), t && rooms && any_part);
        }
        let mut patches: Vec<u16> = (0..t.len()).filter(|&cell| key.is_charted(cell)).map(|cell| key.near[cell]).collect();
        patches.sort_unstable();
        patches.dedup();
        prop_assert_eq!(patches.len(), key.patches.len(), "no patch is empty");
        for patch in patches {
            let own = |cell: usize| key.is_charted(cell) && key.near[cell] == patch;
            prop_assert_eq!(pieces(case.shape(), own), 1);
        }
    }

    /// In a zone of one piece, patches that deserve four cells or more are of half to twice the size they
    /// deserve; one odd corner and a tenth are let pass, since some shapes can't be cut so that both sides
    /// are connected.
    #[test]
    fn patches_are_proportional(case in cases()) {
        let key = case.key();
        let areas = areas_of(&key);
        for (number, zone) in (0_u8..).zip(&key.zones) {
            let own = || key.patches.iter().zip(&areas).filter(|(patch, _)| patch.zone == number);
            let zone_of = |cell: usize| key.patches[usize::from(key.near[cell])].zone;
            if pieces(case.shape(), |cell| key.is_charted(cell) && zone_of(cell) == number) != 1 {
                continue;
            }
            let cells: u32 = own().map(|(_, area)| *area).sum();
            let due = |rect: CellRect| f64::from(cells) * f64::from(rect.area()) / f64::from(zone.rect.area());
            let large = || own().filter(|(patch, _)| due(patch.rect) >= 4.0);
            let odd = large().filter(|(patch, area)| !(0.5..=2.0).contains(&(f64::from(**area) / due(patch.rect)))).count();
            prop_assert!(odd * 10 <= large().count() + 10, "{} of {}", odd, large().count());
        }
    }

    /// A connected part is cut in connected halves of equal size; where it is one cell wide somewhere, nearly
    /// equal will do: a star of three such arms has no equal halves.
    #[test]
    fn halves_are_equal_and_connected(case in cases()) {
        let shape = case.shape();
        let mut cuts = case.assignment.cuts.clone();
        let rooms = case.kept.doors.len();
        let mut case = case;
        while let Some(cut) = cuts.pop() {
            let after = case.parts();
            case.assignment.cuts.pop();
            let before = case.parts();
            let new = (rooms + cuts.len()) as u16 + 1;
            let old = cut.part as u16 + 1;
            let count = |parts: &[u16], part: u16| parts.iter().filter(|&&p| p == part).count();
            prop_assert_eq!(count(&before, old), count(&after, old) + count(&after, new));
            for (before, after) in before.iter().zip(&after) {
                prop_assert!(before == after || (*before == old && *after == new));
            }
            if pieces(shape, |cell| before[cell] == old) == 1 && count(&before, old) > 1 {
                prop_assert_eq!(pieces(shape, |cell| after[cell] == old), 1);
                prop_assert_eq!(pieces(shape, |cell| after[cell] == new), 1);
                let whole = count(&before, old);
                let missed = count(&after, old).abs_diff(whole.div_ceil(2));
                let thin = || (0..shape.len()).any(|cell| before[cell] == old && !in_a_square(shape, &before, cell));
                prop_assert!(missed == 0 || (thin() && missed * 3 <= whole), "{missed} of {whole}");
            }
        }
    }

    /// Each cell of T has a zone, a piece of a zone is connected, and no two pieces of one zone touch.
    #[test]
    fn pieces_of_zones_are_connected(case in cases()) {
        let shape = case.shape();
        let reach = Reach::of(&case.home);
        let parts = case.parts();
        let zones = zones::of_parts(&reach, &case.redacted, &parts, &case.assignment.zone_of, 4);
        let pieces_of = zones::settle(shape, &reach.coverage, zones, 4, &case.assignment.halved_zones());
        let mut zone = vec![OUTSIDE; shape.len()];
        let mut count = [0; 4];
        for piece in &pieces_of {
            count[usize::from(piece.zone)] += 1;
            for span in &piece.set {
                zone[span.cells(shape.width)].fill(piece.zone);
            }
        }
        for number in 0..4_u8 {
            prop_assert_eq!(pieces(shape, |cell| zone[cell] == number), count[usize::from(number)]);
        }
    }

    /// Every block of a zone with floor lifts to a cell of C outside redacted rooms, or the zone says that it
    /// is unreachable.
    #[test]
    fn lifted_points_are_where_the_robot_can_stand(case in cases()) {
        let key = case.key();
        let (c, t) = case.reach();
        for y in (0..FRAME.height).step_by(4) {
            for x in (0..FRAME.width).step_by(4) {
                let metres = |n: u32| (f64::from(n) + 0.5) * FRAME.resolution;
                match key.lift_point(Point2::new(metres(x), metres(y))) {
                    Ok(at) => {
                        let column = ((at.x - case.home.corner_m[0]) / case.home.resolution_m).floor() as usize;
                        let row = ((at.y - case.home.corner_m[1]) / case.home.resolution_m).floor() as usize;
                        let cell = row * case.home.shape.width + column;
                        prop_assert!(c[cell] && t[cell]);
                        prop_assert_eq!(key.centre(cell), at);
                    }
                    Err(LiftError::Unreachable { zone }) => {
                        let stand = (0..t.len()).any(|cell| c[cell] && t[cell]);
                        prop_assert!(key.lift_zone(zone).is_err() || !stand);
                    }
                    Err(other) => prop_assert!(false, "{other}"),
                }
            }
        }
    }

    /// A patch is lifted into itself where the robot can stand in it, and otherwise to the nearest such place
    /// along its zone, or along T if the zone leads to none.
    #[test]
    fn patches_are_lifted_to_the_nearest_place(case in cases()) {
        let key = case.key();
        let (c, t) = case.reach();
        for (number, patch) in (0_u16..).zip(&key.patches) {
            let distances = |inside: &dyn Fn(usize) -> bool| {
                let mut far = vec![u32::MAX; t.len()];
                let own = |cell: &u32| key.is_charted(*cell as usize) && key.near[*cell as usize] == number;
                let mut queue: Vec<u32> = (0..narrow(t.len())).filter(own).collect();
                for &cell in &queue {
                    far[cell as usize] = 0;
                }
                case.shape().flood(&mut queue, |from, to| {
                    let enter = inside(to) && far[to] == u32::MAX;
                    if enter {
                        far[to] = far[from] + 1;
                    }
                    enter
                });
                far
            };
            let stands = || (0..t.len()).filter(|&cell| c[cell] && t[cell]);
            let in_zone = |cell: usize| {
                t[cell] && key.is_charted(cell) && key.patches[usize::from(key.near[cell])].zone == patch.zone
            };
            let far = distances(&in_zone);
            if let Some(least) = stands().map(|cell| far[cell]).min().filter(|&least| least < u32::MAX) {
                prop_assert!(in_zone(patch.stand as usize), "lifted out of its zone");
                prop_assert_eq!(far[patch.stand as usize], least);
                continue;
            }
            let far = distances(&|cell| t[cell]);
            if let Some(least) = stands().map(|cell| far[cell]).min() {
                prop_assert_eq!(far[patch.stand as usize], least);
            } else {
                prop_assert_eq!(patch.stand, crate::grid::NO_CELL);
            }
        }
    }

    /// A pose in a patch is shown in its rectangle, and what is shown there lifts to the patch's place.
    #[test]
    fn a_pose_projected_lifts_to_its_own_patch(case in cases()) {
        let key = case.key();
        for cell in 0..key.near.len() {
            let pose = pose(key.centre(cell));
            let Some(shown) = key.project(pose) else {
                prop_assert!(key.patches.is_empty());
                continue;
            };
            let patch = &key.patches[usize::from(key.near[cell])];
            let (x, y) = ((shown.x / FRAME.resolution) as u32, (shown.y / FRAME.resolution) as u32);
            prop_assert!(patch.rect.contains(x, y));
            prop_assert_eq!(case.floor.grid().get(x, y), Some(Cell::Free));
            prop_assert_eq!(key.locate(pose), Some(ZoneId::of_index(patch.zone)));
            if patch.stand != crate::grid::NO_CELL {
                prop_assert_eq!(key.lift_point(shown), Ok(key.centre(patch.stand as usize)));
            }
            let rect = patch.rect;
            let metres = |n: u32| f64::from(n) * FRAME.resolution;
            let whole = geo_types::Rect::new((metres(rect.x), metres(rect.y)), (metres(rect.x + rect.width), metres(rect.y + rect.height)));
            if cell % 97 == 0 {
                let region = key.lift_rect(whole).unwrap();
                prop_assert_eq!(region.contains(key.centre(cell)), key.is_charted(cell));
                prop_assert_eq!(region.len(), (0..key.near.len()).filter(|&c| key.is_charted(c) && key.near[c] == key.near[cell]).count());
            }
        }
    }

    /// The bytes of a key give it back; one byte changed gives an error.
    #[test]
    fn bytes_round_trip(case in cases(), at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let mut key = case.key();
        for (area, room) in (0..).zip(1..3) {
            let _ = key.bind_rooms(AreaId::new(area), &case.home, &[RoomId::new(room)]);
        }
        let bytes = key.to_secret_bytes();
        prop_assert!(bytes.len().is_power_of_two());
        prop_assert!(HouseKey::from_secret_bytes(&bytes).unwrap() == key);
        let mut broken = bytes.to_vec();
        let at = at.index(broken.len());
        if broken[at] != to {
            broken[at] = to;
            prop_assert!(HouseKey::from_secret_bytes(&broken).is_err());
        }
    }

    /// Hostile bytes with a good checksum are refused or make a key that works without panicking.
    #[test]
    fn hostile_bytes_never_panic(case in cases(), changes in prop::collection::vec((0_usize..3000, any::<u8>()), 1..6)) {
        use sha2::{Digest, Sha256};
        let mut bytes = case.key().to_secret_bytes().to_vec();
        for (at, to) in changes {
            bytes[16 + at] = to;
        }
        let content = bytes.len() - 32;
        let sum = Sha256::digest(&bytes[..content]);
        bytes[content..].copy_from_slice(sum.as_slice());
        if let Ok(key) = HouseKey::from_secret_bytes(&bytes) {
            prop_assert!(key.to_secret_bytes()[..] == bytes, "one encoding a key");
            for zone in 0..5 {
                let _ = key.lift_zone(ZoneId::of_index(zone));
            }
            let _ = key.lift_point(Point2::new(1.0, 2.0));
            let _ = key.project(pose(Point2::new(1.0, 2.0)));
        }
    }

    #[test]
    fn random_bytes_are_refused(mut bytes in prop::collection::vec(any::<u8>(), 0..300), pad in any::<bool>()) {
        if pad {
            bytes.resize(1 << 16, 0);
        }
        prop_assert!(HouseKey::from_secret_bytes(&bytes).is_err());
    }
}

/// Cells of each patch.
pub(in crate::key) fn areas_of(key: &HouseKey) -> Vec<u32> {
    let mut area = vec![0_u32; key.patches.len()];
    for cell in (0..key.near.len()).filter(|&cell| key.is_charted(cell)) {
        area[usize::from(key.near[cell])] += 1;
    }
    area
}
