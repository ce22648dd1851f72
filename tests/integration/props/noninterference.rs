//! N1 to N5: what two homes may differ in without any release telling, whatever the odds. Every partner home
//! is constructed.

use homeveil::home::{Footprint, Home, RoomId, RoomKind};
use homeveil::{Redaction, formats::read_valetudo};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::same;
use crate::strategies::{
    Barrier, Blob, Cells, Drawing, Flat, Opening, Square, blob, blob_choice, flats, opening, shared_wall,
};

/// How a room is picked for redacting.
#[derive(Clone, Copy, Debug)]
enum By {
    Id,
    Kind,
    Region,
}

fn selections() -> impl Strategy<Value = By> {
    prop_oneof![Just(By::Id), Just(By::Kind), Just(By::Region)]
}

/// Makes a room one that the redaction takes; gives the redaction of the home with it and of a home without.
fn redacting(flat: &mut Flat, room: u8, by: By) -> (Redaction, Redaction) {
    let (id, kind) = &mut flat.ids[usize::from(room)];
    match by {
        By::Id => (Redaction::none().rooms([RoomId::new(*id)]), Redaction::none()),
        By::Kind => {
            *kind = RoomKind::Bedroom;
            let redaction = homeveil::Policy::default().redaction();
            (redaction.clone(), redaction)
        }
        By::Region => {
            let drawing = flat.draw();
            let door_cells = flat
                .doors
                .iter()
                .filter(|door| door.floor == Square::Room(room))
                .flat_map(|door| &door.cells);
            let doors = door_cells.map(|&(x, y)| Cells { x, y, width: 1, height: 1 });
            let cells = doors.chain([flat.rooms[usize::from(room)]]);
            let all =
                |none: Redaction, cells: Cells| none.region(cells.polygon(drawing.resolution_m)).unwrap();
            (cells.fold(Redaction::none(), all), Redaction::none())
        }
    }
}

/// The region through the middles of the outermost cells of the drawing's first barrier.
fn through_middles(drawing: &Drawing) -> Redaction {
    let Cells { x, y, width, height } = drawing.barriers[0].cells();
    let (low, high) = (drawing.middle(x, y), drawing.middle(x + width - 1, y + height - 1));
    let region = geo_types::Rect::new((low.x, low.y), (high.x, high.y)).to_polygon();
    Redaction::none().region(region).unwrap()
}

/// What becomes of a room that is taken out of the partner home.
pub(crate) fn remains() -> impl Strategy<Value = Square> {
    prop_oneof![Just(Square::Wall), Just(Square::Unknown)]
}

const LEAST: u32 = 6;

/// Two rooms; in the first a closed rectangle of clutter stands free.
fn rings() -> impl Strategy<Value = Flat> {
    (16_u32..24, 16_u32..24, LEAST..12, any::<(u8, u8)>(), any::<bool>(), any::<bool>()).prop_map(
        |(a, height, b, (place, floor), gap, first)| {
            let rooms =
                vec![Cells { x: 1, y: 1, width: a, height }, Cells { x: a + 2, y: 1, width: b, height }];
            let (right, high) = (a - 2, height - 2);
            let edge = |&(x, y): &(u32, u32)| x == 3 || y == 3 || x == right || y == high;
            let cells = (3..=right).flat_map(|x| (3..=high).map(move |y| (x, y))).filter(edge);
            let whole: Vec<(u32, u32)> = cells.skip(usize::from(gap)).collect();
            Flat {
                width: a + b + 3,
                height: height + 2,
                doors: opening(&rooms, [0, 1], place, floor % 3).into_iter().collect(),
                dock: Some(if first { (2, 2) } else { (a + 3, 2) }),
                rooms,
                ids: vec![(1, RoomKind::Living), (2, RoomKind::Kitchen)],
                blobs: vec![Blob { cells: whole, cell: homeveil::grid::Cell::Occupied }],
                barriers: Vec::new(),
                radius_m: 0.1,
            }
        },
    )
}

/// Names that mean one kind, in several languages.
const NAMES: [(&str, [&str; 4]); 4] = [
    ("kitchen", ["Kitchen", "Küche", "cuisine 2", "La cocina"]),
    ("bedroom", ["bedroom", "Schlafzimmer", "Chambre des parents", "Dormitorio"]),
    ("bathroom", ["Bad", "salle de bain", "baño", "Bathroom 1"]),
    ("living", ["Wohnzimmer", "salon", "Living Room", "woonkamer"]),
];

/// A Valetudo map of the drawing. `dress` decides everything that must not matter: ids, names, version, order
/// of layers, canvas, and what else the file holds.
fn valetudo(drawing: &Drawing, dress: [u8; 8], keep_outs: &[Barrier]) -> Vec<u8> {
    let (left, top) = (10 + u32::from(dress[0]), 20 + u32::from(dress[1]));
    let place = |x: u32, y: u32| [left + x, top + drawing.height - 1 - y];
    let compressed = dress[2].is_multiple_of(2);
    let cells = |wanted: &dyn Fn(Square) -> bool| -> Vec<u32> {
        let all = (0..drawing.height).flat_map(|y| (0..drawing.width).map(move |x| (x, y)));
        let own = all.filter(|&(x, y)| wanted(drawing.at(x, y)));
        own.flat_map(|(x, y)| place(x, y).into_iter().chain(compressed.then_some(1))).collect()
    };
    let list = if compressed { "compressedPixels" } else { "pixels" };
    let mut layers = vec![
        json!({"type": "wall", "metaData": {"area": dress[3]}, list: cells(&|s| matches!(s, Square::Wall | Square::Clutter(_)))}),
        json!({"type": "floor", "metaData": {}, list: cells(&|s| s == Square::Loose)}),
    ];
    for (room, (id, _)) in (0..).zip(&drawing.rooms) {
        let (_, names) = NAMES[usize::from(room) % NAMES.len()];
        layers.push(json!({
            "type": "segment",
            "metaData": {
                "segmentId": (id + u32::from(dress[4])).to_string(),
                "name": names[usize::from(dress[5].wrapping_add(room)) % names.len()],
                "material": (["wood", "tile", "carpet"][usize::from(dress[6]) % 3]),
                "active": dress[6].is_multiple_of(2),
            },
            list: cells(&|s| s == Square::Room(room)),
        }));
    }
    if dress[3].is_multiple_of(2) {
        layers.reverse();
    }
    let centimetres = |x: u32, y: u32| place(x, y).map(|pixel| 5 * pixel + 2);
    let mut entities: Vec<Value> = Vec::new();
    if let Some((x, y)) = drawing.dock {
        entities.push(json!({"type": "charger_location", "points": centimetres(x, y)}));
    }
    for barrier in keep_outs {
        let Cells { x, y, width, height } = barrier.cells();
        let ([x0, y0], [x1, y1]) = (centimetres(x, y), centimetres(x + width - 1, y + height - 1));
        entities.push(match barrier {
            Barrier::Area(_) => {
                json!({"type": "no_go_area", "points": [x0, y0, x1 + 3, y0, x1 + 3, y1 + 3, x0, y1 + 3]})
            }
            Barrier::Wall(_) => json!({"type": "virtual_wall", "points": [x0, y0, x1, y1]}),
        });
    }
    if dress[7].is_multiple_of(2) {
        entities.push(json!({"type": "obstacle", "metaData": {"label": "pet waste", "image": dress[7]}, "points": [dress[0], dress[1]]}));
        entities.push(json!({"type": "path", "points": [dress[1], dress[2], dress[3], dress[4]]}));
        entities.push(json!({"type": "robot_position", "metaData": {"angle": dress[7]}, "points": [dress[5], dress[6]]}));
    }
    json!({
        "__class": "ValetudoMap",
        "metaData": {"version": if compressed { 2 } else { 1 }, "nonce": dress[7], "timestamp": dress[0], "vendorMapId": dress[1]},
        "size": {"x": 5120, "y": 5120},
        "pixelSize": 5,
        "layers": layers,
        "entities": entities,
    })
    .to_string()
    .into_bytes()
}

laws! {
    many;

    fn n1_ids_and_the_order_of_rooms_change_nothing(flat in flats(1..=8), ids in vec(any::<u32>(), 8), seed: u64) {
        let drawing = flat.docked().draw();
        let other = drawing.renumbered(&ids);
        same((&drawing.home(), &Redaction::none()), (&other.home(), &Redaction::none()), seed)?;
    }

    /// As many rooms as homes rarely have, and more than zones.
    fn n1_and_n4_hold_with_many_rooms(flat in flats(9..=16), ids in vec(any::<u32>(), 16), symmetry in 0_u8..8, seed: u64) {
        let drawing = flat.docked().draw();
        let other = drawing.renumbered(&ids).turned(symmetry);
        same((&drawing.home(), &Redaction::none()), (&other.home(), &Redaction::none()), seed)?;
    }

    /// Without a dock the largest room takes its place; here two are equally large, and mostly none is larger.
    fn n1_ids_change_nothing_without_a_dock(flat in flats(2..=4), ids in vec(any::<u32>(), 8), seed: u64) {
        let mut flat = Flat { dock: None, ..flat.tight() };
        let side = flat.width;
        let cells_of = |room: &Cells| room.width * room.height;
        let (largest, first) = (0_u8..).zip(flat.rooms.clone()).max_by_key(|(_, room)| cells_of(room)).unwrap();
        // Doorways are floor of the others.
        let others = |door: &Opening| door.rooms.iter().copied().find(|room| *room != largest).unwrap();
        flat.doors.iter_mut().for_each(|door| door.floor = Square::Room(others(door)));
        let cells = |flat: &Flat, room: u8| flat.draw().squares.iter().filter(|&&square| square == Square::Room(room)).count();
        let rooms = u8::try_from(flat.rooms.len()).unwrap();
        flat.width += first.width + 1;
        flat.rooms.push(Cells { x: side, ..first });
        flat.ids.push((99, RoomKind::Other));
        for room in 0..rooms {
            // As far as they share a wall; between the two largest half of the doorway is of each.
            if room == largest {
                let wall = shared_wall(first, flat.rooms[usize::from(rooms)]);
                let halves = wall.chunks(3).take(2).zip([room, rooms]).filter(|_| wall.len() >= 6);
                flat.doors.extend(halves.map(|(cells, own)| Opening { rooms: [room, rooms], cells: cells.to_vec(), floor: Square::Room(own) }));
            } else {
                flat.doors.extend(opening(&flat.rooms, [room, rooms], 0, 0));
            }
        }
        prop_assert_eq!(cells(&flat.bare(), largest), cells(&flat.bare(), rooms));
        let drawing = flat.draw();
        let other = drawing.renumbered(&ids);
        same((&drawing.home(), &Redaction::none()), (&other.home(), &Redaction::none()), seed)?;
    }

    fn n1_keep_outs_change_nothing(flat in flats(1..=8), other in flats(1..=8), seed: u64) {
        let fenced = Flat { barriers: other.barriers, ..flat.clone() };
        let free = Flat { barriers: Vec::new(), ..flat.clone() };
        for one in [&free, &flat] {
            same((&one.draw().home(), &Redaction::none()), (&fenced.draw().home(), &Redaction::none()), seed)?;
        }
    }

    /// A wall is one cell thick here, so that the walls towards the outside can go missing altogether.
    fn n1_what_the_outside_is_made_of_changes_nothing(flat in flats(1..=8), pick in vec(any::<bool>(), 64), seed: u64) {
        let drawing = flat.draw();
        let (width, height) = (drawing.width, drawing.height);
        let other = drawing.shifted(1, 2, 3, 1).repainted(|x, y, square| {
            let outside = x <= 1 || y <= 2 || x >= width || y > height;
            let chosen = pick[((x * 7 + y * 13) % 64) as usize];
            match square {
                Square::Wall | Square::Unknown if outside => if chosen { Square::Wall } else { Square::Unknown },
                square => square,
            }
        });
        same((&drawing.home(), &Redaction::none()), (&other.home(), &Redaction::none()), seed)?;
    }

    fn n1_names_materials_paths_and_obstacles_in_a_file_change_nothing(
        flat in flats(1..=8),
        dress: [u8; 8],
        others: [u8; 8],
        seed: u64,
    ) {
        let drawing = flat.draw();
        let home = |dress, keep_outs: &[Barrier]| {
            let map = read_valetudo(&valetudo(&drawing, dress, keep_outs)).unwrap();
            map.into_builder(Footprint::disc_m(0.05).unwrap()).build().unwrap()
        };
        let redaction = homeveil::Policy::default().redaction();
        same((&home(dress, &flat.barriers), &redaction), (&home(others, &[]), &redaction), seed)?;
    }

    fn n2_a_redacted_dead_end_leaves_no_trace(
        flat in flats(2..=8),
        pick: u16,
        by in selections(),
        instead in remains(),
        seed: u64,
    ) {
        let (mut flat, end, _) = flat.with_dead_end(pick);
        let (redaction, none) = redacting(&mut flat, end, by);
        let without = flat.drawn_without(end, instead);
        same((&flat.draw().home(), &redaction), (&without.home(), &none), seed)?;
    }

    /// Strips of the unknown lie across other doors: which of them part the home is for the rooms that are left.
    fn n2_a_redacted_dead_end_does_not_decide_about_strips(
        flat in flats(3..=8),
        (pick, strips) in any::<(u16, u32)>(),
        by in selections(),
        instead in remains(),
        seed: u64,
    ) {
        let (flat, end, _) = flat.tight().with_dead_end(pick);
        let mut flat = flat.with_strips(strips, Some(end));
        let (redaction, none) = redacting(&mut flat, end, by);
        let without = flat.drawn_without(end, instead);
        same((&flat.draw().home(), &redaction), (&without.home(), &none), seed)?;
    }

    fn n2_the_dock_in_a_redacted_dead_end_stands_in_the_room_it_hangs_from(
        flat in flats(2..=8),
        pick: u16,
        by in selections(),
        (dx, dy) in any::<(u8, u8)>(),
        seed: u64,
    ) {
        let (mut flat, end, host) = flat.tight().with_dead_end(pick);
        let (redaction, _) = redacting(&mut flat, end, by);
        let docked = |room: u8| {
            let cells = flat.rooms[usize::from(room)];
            let dock = Some((cells.x + u32::from(dx) % cells.width, cells.y + u32::from(dy) % cells.height));
            Flat { dock, ..flat.clone() }.draw().home()
        };
        same((&docked(end), &redaction), (&docked(host), &redaction), seed)?;
    }

    fn n3_clutter_inside_a_room_changes_nothing(
        flat in flats(1..=8),
        room: u8,
        choice in blob_choice(),
        seed: u64,
    ) {
        let bare = Flat { blobs: Vec::new(), ..flat.tight() };
        let cluttered = Flat { blobs: vec![blob(&bare, room, &choice)], ..bare.clone() };
        same((&bare.draw().home(), &Redaction::none()), (&cluttered.draw().home(), &Redaction::none()), seed)?;
    }

    fn n3_clutter_of_two_sorts_changes_nothing(flat in flats(1..=8), other in vec((any::<u8>(), blob_choice()), 0..3), seed: u64) {
        let tight = flat.tight();
        let blobs = other.iter().map(|(room, choice)| blob(&tight, *room, choice)).collect();
        let other = Flat { blobs, ..tight.clone() };
        same((&tight.draw().home(), &Redaction::none()), (&other.draw().home(), &Redaction::none()), seed)?;
    }

    /// Where nobody said that it is a room, furniture does not decide whether it is one.
    fn n3_clutter_on_floor_without_a_room_changes_nothing(flat in flats(1..=8), room: u8, choice in blob_choice(), seed: u64) {
        let bare = flat.tight().docked().bare();
        let room = u8::try_from(usize::from(room) % bare.rooms.len()).unwrap();
        let cluttered = Flat { blobs: vec![blob(&bare, room, &choice)], ..bare.clone() };
        // Twice as large, so that it is a room however small it is.
        let [bare, cluttered] = [bare, cluttered].map(|flat| flat.draw().without_label(room).enlarged(2).home());
        same((&bare, &Redaction::none()), (&cluttered, &Redaction::none()), seed)?;
    }

    /// A doorway that belongs to no room goes to the larger of its two; how large they are is told without
    /// what stands in them.
    fn n3_clutter_does_not_decide_whose_a_doorway_is(flat in flats(2..=3), room: u8, choice in blob_choice(), seed: u64) {
        let mut bare = flat.bare();
        bare.doors.iter_mut().for_each(|door| door.floor = Square::Loose);
        let cluttered = Flat { blobs: vec![blob(&bare, room, &choice)], ..bare.clone() };
        same((&bare.draw().home(), &Redaction::none()), (&cluttered.draw().home(), &Redaction::none()), seed)?;
    }

    /// Furniture in a ring, with more than a square metre of floor inside.
    fn n3_a_ring_of_clutter_changes_nothing(flat in rings(), seed: u64) {
        let bare = flat.bare();
        same((&bare.draw().home(), &Redaction::none()), (&flat.draw().home(), &Redaction::none()), seed)?;
    }

    /// As above, where nobody said that it is a room.
    fn n3_a_ring_of_clutter_on_floor_without_a_room_changes_nothing(flat in rings(), seed: u64) {
        let [bare, cluttered] = [flat.bare(), flat].map(|flat| flat.draw().without_label(0).home());
        same((&bare, &Redaction::none()), (&cluttered, &Redaction::none()), seed)?;
    }

    fn n4_turns_change_nothing_with_strips(flat in flats(2..=8), strips: u32, symmetry in 1_u8..8, seed: u64) {
        let drawing = flat.docked().with_strips(strips, None).draw();
        same((&drawing.home(), &Redaction::none()), (&drawing.turned(symmetry).home(), &Redaction::none()), seed)?;
    }

    /// An edge of the region runs through the middles of cells, which rounding would put on one side or the other.
    fn n4_a_region_holds_the_same_cells_however_the_map_lies(
        flat in flats(1..=8),
        at: [u8; 4],
        (left, low, right, high) in (0_u32..9, 0_u32..9, 0_u32..9, 0_u32..9),
        symmetry in 0_u8..8,
        seed: u64,
    ) {
        let flat = flat.docked().bare();
        let from = |at: u8, side: u32| u32::from(at) % (side - 2);
        let (x, y) = (from(at[0], flat.width), from(at[1], flat.height));
        let (width, height) = (2 + from(at[2], flat.width - x), 2 + from(at[3], flat.height - y));
        let cells = Cells { x, y, width: width.min(flat.width - x), height: height.min(flat.height - y) };
        let drawing = Flat { barriers: vec![Barrier::Area(cells)], ..flat }.draw();
        let other = drawing.turned(symmetry).shifted(left, low, right, high);
        same((&drawing.home(), &through_middles(&drawing)), (&other.home(), &through_middles(&other)), seed)?;
    }

    fn n4_turns_mirror_images_and_shifts_change_nothing(
        flat in flats(1..=8),
        (left, low, right, high) in (0_u32..9, 0_u32..9, 0_u32..9, 0_u32..9),
        symmetry in 0_u8..8,
        seed: u64,
    ) {
        let drawing = flat.docked().draw();
        let other = drawing.turned(symmetry).shifted(left, low, right, high);
        same((&drawing.home(), &Redaction::none()), (&other.home(), &Redaction::none()), seed)?;
    }

    /// Which room the dock is in tells; where it stands there does not.
    fn n4_the_dock_may_stand_anywhere_in_its_room(flat in flats(1..=8), room: u8, at: [u8; 4], seed: u64) {
        let flat = flat.bare();
        let cells = flat.rooms[usize::from(room) % flat.rooms.len()];
        let docked = |x: u8, y: u8| {
            let dock = Some((cells.x + u32::from(x) % cells.width, cells.y + u32::from(y) % cells.height));
            Flat { dock, ..flat.clone() }.draw().home()
        };
        same((&docked(at[0], at[1]), &Redaction::none()), (&docked(at[2], at[3]), &Redaction::none()), seed)?;
    }

    /// A charger may be mapped inside a wall, as near to one room as to another.
    fn n4_turns_change_nothing_with_the_dock_in_a_wall(flat in flats(2..=6), (pick, at) in any::<(u8, u8)>(), symmetry in 1_u8..8, seed: u64) {
        let mut flat = flat;
        let rooms = flat.doors[usize::from(pick) % flat.doors.len()].rooms;
        let wall = shared_wall(flat.rooms[usize::from(rooms[0])], flat.rooms[usize::from(rooms[1])]);
        flat.dock = Some(wall[usize::from(at) % wall.len()]);
        let drawing = flat.draw();
        same((&drawing.home(), &Redaction::none()), (&drawing.turned(symmetry).home(), &Redaction::none()), seed)?;
    }

    fn n4_turns_change_nothing_with_rooms_redacted(flat in flats(2..=8), pick: u16, by in selections(), symmetry in 1_u8..8, seed: u64) {
        let mut flat = flat.docked();
        let room = u8::try_from(usize::from(pick) % flat.rooms.len()).unwrap();
        // A region has no mirror image here.
        let by = if matches!(by, By::Region) { By::Id } else { by };
        let (redaction, _) = redacting(&mut flat, room, by);
        let drawing = flat.draw();
        same((&drawing.home(), &redaction), (&drawing.turned(symmetry).home(), &redaction), seed)?;
    }

    fn n5_a_larger_home_changes_nothing(flat in flats(1..=8), k in 2_u32..=3, seed: u64) {
        let drawing = flat.tight().docked().draw();
        same((&drawing.home(), &Redaction::none()), (&drawing.enlarged(k).home(), &Redaction::none()), seed)?;
    }

    fn n5_the_resolution_changes_nothing(flat in flats(1..=8), resolution_m in prop_oneof![Just(0.08), Just(0.2), Just(0.15)], seed: u64) {
        let drawing = flat.tight().docked().draw();
        let other = Drawing { resolution_m, ..drawing.clone() };
        same((&drawing.home(), &Redaction::none()), (&other.home(), &Redaction::none()), seed)?;
    }
}

/// A home of this drawing, 0.1 m a cell.
fn home_of(radius_m: f64, drawing: &str) -> Home {
    Home::from_drawing(0.1, Footprint::disc_m(radius_m).unwrap(), drawing, &[]).unwrap().build().unwrap()
}

/// Room r, which a drawing calls by its letter.
fn without_r() -> Redaction {
    Redaction::none().rooms([RoomId::new(18)])
}

exact_laws! {
    /// Neither does r make room a a place large enough to be parted from b, nor does it join the two.
    fn n2_a_redacted_room_does_not_decide_about_a_strip_next_to_it(_config) {
        let wall = |width: usize| format!("{}\n", "#".repeat(width));
        let in_a_row = wall(26) + &"#bbbbbbbbbb aaaaarrrrrrrr#\n".repeat(5) + &wall(26);
        let below = wall(22) + &"#aaaaaaaaaa bbbbbbbbb#\n".repeat(8) + &"#rrrrrrrrrrrrrrrrrrrr#\n".repeat(8) + &wall(22);
        for drawing in [in_a_row, below] {
            let without = drawing.replace('r', "#");
            same((&home_of(0.17, &drawing), &without_r()), (&home_of(0.17, &without), &Redaction::none()), 1).unwrap();
        }
        2
    }

    /// The doorway of r belongs to neither of its rooms, and c is nearer to the dock, behind a wall.
    fn n2_the_dock_of_a_redacted_room_is_behind_its_door(_config) {
        let with = "
            ###############
            #rrrrrr#bbbbbb#
            #rrrrrr.bbbbbb#
            #rrrrrr.bbbbbb#
            #rrrrrr.bbbbbb#
            #rrrrrr.bbbbbb#
            #Rrrrrr#bbbbbb#
            ########ccccc##
            #ccccccccccccc#
            #ccccccccccccc#
            #ccccccccccccc#
            #ccccccccccccc#
            #ccccccccccccc#
            ###############
        ";
        let without = with.replace('R', "r").replace("r#bbbbbb#", "r#Bbbbbb#").replace('r', "#");
        same((&home_of(0.1, with), &without_r()), (&home_of(0.1, &without), &Redaction::none()), 1).unwrap();
        1
    }

    /// Floor without a room, two cells deep, along r: it is swept with r alone.
    fn n2_a_redacted_room_does_not_make_a_slit_next_to_it_broad(_config) {
        let wall = format!("#{}#\n", "#".repeat(60));
        let rows = |letter: &str, count: usize| format!("#{}#\n", letter.repeat(60)).repeat(count);
        let door = format!("#{}bbbbb#\n", "#".repeat(55));
        let with = [&wall, &rows("r", 10), &rows(".", 2), &door, &rows("b", 12), &wall].map(String::as_str).concat();
        let without = with.replace('r', "#");
        same((&home_of(0.15, &with), &without_r()), (&home_of(0.15, &without), &Redaction::none()), 1).unwrap();
        1
    }

    /// The dock is as near to a as to d, which are equally large without the doorway to b. Once b is gone, the doorway
    /// is floor of a.
    fn n2_a_redacted_dead_end_does_not_say_whose_the_dock_is(_config) {
        let with = "
            ###########################
            #bbbbbbbbbbbbbbbbbbbbbbbbb#
            #bbbbbbbbbbbbbbbbbbbbbbbbb#
            #bbbbbbbbbbbbbbbbbbbbbbbbb#
            #.....#####################
            #aaaaaa#dddddd#ccccccccccc#
            #aaaaaa.dddddd.ccccccccccc#
            #aaaaaa.dddddd.ccccccccccc#
            #aaaaaa.dddddd.ccccccccccc#
            #aaaaaa.dddddd.ccccccccccc#
            #aaaaaa.dddddd.ccccccccccc#
            ###########################
        ";
        let home = |drawing: &str| {
            let home = Home::from_drawing(0.1, Footprint::disc_m(0.1).unwrap(), drawing, &[]).unwrap();
            home.dock([0.75, 0.05].into()).build().unwrap()
        };
        let redaction = Redaction::none().rooms([RoomId::new(2)]);
        same((&home(with), &redaction), (&home(&with.replace('b', "#")), &Redaction::none()), 1).unwrap();
        1
    }


    /// The rooms are equally large; with clutter in one of them the doorway between them still belongs to neither.
    fn n3_clutter_does_not_open_a_door(_config) {
        let home = |second_row: &str| {
            let drawing = format!(
                "
                ###############
                #aaaaaa#bbbbbb#
                {second_row}
                #Aaaaaa.bbbbbb#
                #aaaaaa.bbbbbb#
                #aaaaaa.bbbbbb#
                #aaaaaa.bbbbbb#
                ###############
                "
            );
            Home::from_drawing(0.1, Footprint::disc_m(0.1).unwrap(), &drawing, &[]).unwrap().build().unwrap()
        };
        let none = Redaction::none();
        same((&home("#aaaaaa.bbbbbb#"), &none), (&home("#aaaaaa.bb##bb#"), &none), 1).unwrap();
        1
    }
}
