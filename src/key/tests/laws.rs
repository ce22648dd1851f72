//! Laws of the key on random small homes.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "numbers of small homes"
)]

use nalgebra::Point2;
use proptest::prelude::*;

use crate::atlas::{FRAME, ZoneId};
use crate::blob::sealed_again;
use crate::grid::raster::trace_wall;
use crate::grid::{Cell, CellRect, NO_CELL, Shape, narrow};
use crate::home::{KeepOut, RoomId};
use crate::key::known::MAX_MARKS;
use crate::key::tests::cases::{areas_of, cases, pose};
use crate::key::tests::later_maps::{first, rooms};
use crate::key::zoning::zones::{self, OUTSIDE};
use crate::key::{AreaId, HouseKey, KeyError};
use crate::redact::Redaction;

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
                inside(to) && !core::mem::replace(&mut seen[to], true)
            });
        }
    }
    count
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// The reachable poses are a whole piece of the cells where the disc covers neither obstacle nor keep-out, by the
    /// definition of both.
    #[test]
    fn reachable_poses_are_a_piece_of_clear_floor(case in cases()) {
        let (home, shape) = (&case.home, case.home.shape);
        let mut blocked: Vec<bool> = home.cells.iter().map(|&cell| cell != Cell::Free).collect();
        for keep_out in &home.keep_outs {
            if let KeepOut::Wall(wall) = keep_out {
                trace_wall(wall, home.resolution_m, shape, |cell| blocked[cell] = true);
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
        let (poses, _) = case.reach();
        prop_assert_eq!(pieces(shape, |cell| poses[cell]), usize::from(clear.contains(&true)));
        for cell in 0..shape.len() {
            prop_assert!(clear[cell] || !poses[cell]);
            let next_to = shape.neighbours(cell).any(|near| poses[near]);
            prop_assert!(!(clear[cell] && next_to) || poses[cell], "the poses end where clear floor goes on");
        }
    }

    /// Every cell of the floor of zones, which holds all that is swept and not redacted, lies in exactly one patch, no
    /// other cell in any, and every patch is one piece of floor. What hangs on redacted rooms alone may be in none.
    #[test]
    fn patches_tile_the_floor_of_zones(case in cases()) {
        let key = case.key();
        let (_, serviced) = case.reach();
        prop_assert_eq!(key.uncharted_cells(), 0);
        let floor = case.floor_of_zones().cells.to_flags();
        let parts = case.parts();
        let mut queue: Vec<u32> =
            (0..narrow(floor.len())).filter(|&cell| parts[cell as usize] > 0 && floor[cell as usize]).collect();
        let any_part = !queue.is_empty();
        let mut zoned = vec![false; floor.len()];
        for &cell in &queue {
            zoned[cell as usize] = true;
        }
        case.home.shape.flood(&mut queue, |_, to| floor[to] && !core::mem::replace(&mut zoned[to], true));
        let is_floor = |cell: u32| floor[cell as usize];
        let by_redacted = |cell: u32| case.home.shape.neighbours(cell as usize).any(|near| case.redacted.cells[near]);
        let mut queue: Vec<u32> =
            (0..narrow(floor.len())).filter(|&cell| is_floor(cell) && by_redacted(cell)).collect();
        let mut hangs = vec![false; floor.len()];
        for &cell in &queue {
            hangs[cell as usize] = true;
        }
        case.home.shape.flood(&mut queue, |_, to| floor[to] && !core::mem::replace(&mut hangs[to], true));
        for (cell, &floor) in floor.iter().enumerate() {
            prop_assert!(floor || !serviced[cell]);
            prop_assert!(!floor || case.home.cells[cell] == Cell::Free && !case.redacted.cells[cell]);
            prop_assert!(!key.is_charted(cell) || floor && any_part);
            prop_assert!(key.is_charted(cell) || !zoned[cell], "floor that hangs together with a part");
            prop_assert!(key.is_charted(cell) || !(floor && any_part) || hangs[cell]);
        }
        let mut patches: Vec<u16> = (0..floor.len()).filter(|&cell| key.is_charted(cell)).map(|cell| key.near[cell]).collect();
        patches.sort_unstable();
        patches.dedup();
        prop_assert_eq!(patches.len(), key.patches.len(), "no patch is empty");
        for patch in patches {
            let own = |cell: usize| key.is_charted(cell) && key.near[cell] == patch;
            prop_assert_eq!(pieces(case.home.shape, own), 1);
        }
    }

    /// In a zone of one piece, patches that are due four cells or more have half to twice their due; one odd corner
    /// and a tenth may differ, since some shapes can't be cut so that both sides are connected.
    #[test]
    fn patches_are_proportional(case in cases()) {
        let key = case.key();
        let areas = areas_of(&key);
        for (number, zone) in (0_u8..).zip(&key.zones) {
            let own = || key.patches.iter().zip(&areas).filter(|(patch, _)| patch.zone == number);
            if pieces(case.home.shape, |cell| key.zone_at(cell) == Some(number)) != 1 {
                continue;
            }
            let cells: u32 = own().map(|(_, area)| *area).sum();
            let due = |rect: CellRect| f64::from(cells) * f64::from(rect.area()) / f64::from(zone.rect.area());
            let large = || own().filter(|(patch, _)| due(patch.rect) >= 4.0);
            let odd = large().filter(|(patch, area)| !(0.5..=2.0).contains(&(f64::from(**area) / due(patch.rect)))).count();
            prop_assert!(odd * 10 <= large().count() + 10, "{} of {}", odd, large().count());
        }
    }

    /// A connected part is cut in connected halves of equal size; where it is one cell wide somewhere, of nearly equal
    /// size: a star of three such arms has no equal halves.
    #[test]
    fn halves_are_equal_and_connected(case in cases()) {
        let shape = case.home.shape;
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

    /// Each cell of the serviced floor has a zone, a piece of a zone is connected, and no two pieces of one zone touch.
    #[test]
    fn pieces_of_zones_are_connected(case in cases()) {
        let shape = case.home.shape;
        let reach = case.today();
        let parts = case.parts();
        let floor = case.floor_of_zones();
        let zones = zones::of_parts(&floor.cells, &parts, &case.assignment.zone_of, 4);
        let pieces_of = zones::settle(shape, &reach.coverage, &floor.core, zones, 4, &case.assignment.halved_zones());
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

    /// A patch's anchor is a reachable pose in it if there is one, and otherwise the nearest one along its zone, or
    /// along the serviced floor if the zone leads to none.
    #[test]
    fn patches_are_lifted_to_the_nearest_place(case in cases()) {
        let key = case.key();
        let (poses, serviced) = case.reach();
        for (number, patch) in (0_u16..).zip(&key.patches) {
            let distances = |inside: &dyn Fn(usize) -> bool| {
                let mut far = vec![u32::MAX; serviced.len()];
                let own = |cell: &u32| key.is_charted(*cell as usize) && key.near[*cell as usize] == number;
                let mut queue: Vec<u32> = (0..narrow(serviced.len())).filter(own).collect();
                for &cell in &queue {
                    far[cell as usize] = 0;
                }
                case.home.shape.flood(&mut queue, |from, to| {
                    let enter = inside(to) && far[to] == u32::MAX;
                    if enter {
                        far[to] = far[from] + 1;
                    }
                    enter
                });
                far
            };
            let standing = || (0..serviced.len()).filter(|&cell| poses[cell] && serviced[cell]);
            let in_zone = |cell: usize| key.zone_at(cell) == Some(patch.zone);
            let far = distances(&in_zone);
            if let Some(least) = standing().map(|cell| far[cell]).min().filter(|&least| least < u32::MAX) {
                prop_assert!(in_zone(patch.anchor as usize), "lifted out of its zone");
                prop_assert_eq!(far[patch.anchor as usize], least);
                continue;
            }
            let far = distances(&|cell| serviced[cell]);
            let swept = (0..serviced.len()).any(|cell| serviced[cell] && far[cell] == 0);
            match standing().map(|cell| far[cell]).min() {
                Some(least) if swept => prop_assert_eq!(far[patch.anchor as usize], least),
                _ if patch.anchor == NO_CELL => prop_assert!(!standing().any(in_zone)),
                _ => prop_assert!(in_zone(patch.anchor as usize) || !standing().any(in_zone)),
            }
        }
    }

    /// A pose in a patch is shown in its rectangle, and what is shown there lifts to the patch's place.
    #[test]
    fn a_pose_projected_lifts_to_its_own_patch(case in cases()) {
        let key = case.key();
        let swept = case.today().coverage.to_flags();
        for cell in 0..key.near.len() {
            let pose = pose(key.centre(cell));
            let Ok(shown) = key.project(pose) else {
                prop_assert!(key.patches.is_empty());
                continue;
            };
            let patch = &key.patches[usize::from(key.near[cell])];
            let (x, y) = ((shown.x / FRAME.resolution) as u32, (shown.y / FRAME.resolution) as u32);
            prop_assert!(patch.rect.contains(x, y));
            prop_assert_eq!(case.floor.grid().get(x, y), Some(Cell::Free));
            prop_assert_eq!(key.locate(pose), Ok(ZoneId::of_index(patch.zone)));
            if patch.anchor != NO_CELL && key.reached.has(patch.zone) {
                prop_assert_eq!(key.lift_point(shown), Ok(key.centre(patch.anchor as usize)));
            }
            let rect = patch.rect;
            let metres = |n: u32| f64::from(n) * FRAME.resolution;
            let whole = geo_types::Rect::new((metres(rect.x), metres(rect.y)), (metres(rect.x + rect.width), metres(rect.y + rect.height)));
            if cell % 97 == 0 {
                let clean = |c: usize| key.is_charted(c) && swept[c] && key.reached.has(patch.zone);
                let own = (0..key.near.len()).filter(|&c| clean(c) && key.near[c] == key.near[cell]).count();
                match key.lift_rect(whole) {
                    Ok(region) => {
                        prop_assert_eq!(region.contains(key.centre(cell)), clean(cell));
                        prop_assert_eq!(region.len(), own);
                    }
                    Err(error) => {
                        prop_assert_eq!(error, KeyError::Unreachable { zone: ZoneId::of_index(patch.zone) });
                        prop_assert_eq!(own, 0);
                    }
                }
            }
        }
    }

    /// Hostile bytes with a good checksum are refused or make a key that works without panicking.
    #[test]
    fn hostile_bytes_never_panic(
        case in cases(), changes in prop::collection::vec((any::<usize>(), any::<u8>()), 1..6),
    ) {
        // A key that knows a map, with marks of all kinds.
        let mut key = first(&case.home, &rooms(&[case.home.pieces[0].id.get()]));
        let far = geo_types::Line::new((0.1, -0.3), (0.9, 1.4));
        prop_assert!(key.bar(&KeepOut::Wall(far)).is_ok());
        let all: Vec<RoomId> = case.home.pieces.iter().map(|piece| piece.id).collect();
        prop_assert!(key.bind_rooms(AreaId::new(1), &case.home, &all).is_ok());
        let mut bytes = key.to_secret_bytes().to_vec();
        let content = bytes.len() - 32;
        let used = bytes[..content].iter().rposition(|&byte| byte != 0).unwrap() + 2;
        for (at, to) in changes {
            bytes[16 + at % (used - 16)] = to;
        }
        sealed_again(&mut bytes);
        if let Ok(key) = HouseKey::from_secret_bytes(&bytes) {
            prop_assert!(key.to_secret_bytes()[..] == bytes, "one encoding a key");
            for zone in 0..5 {
                let _ = key.lift_zone(ZoneId::of_index(zone));
            }
            let _ = key.lift_point(Point2::new(1.0, 2.0));
            let _ = key.project(pose(Point2::new(1.0, 2.0)));
            let (next, _) = key.refit(&case.home, &Redaction::none());
            prop_assert!(next.marks().len() <= MAX_MARKS);
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
