//! Flats, doors and clutter from random choices.

use core::ops::RangeInclusive;

use homeveil::grid::Cell;
use homeveil::home::RoomKind;
use proptest::collection::vec;
use proptest::prelude::*;

use super::drawing::{Barrier, Cells, Square};
use super::flat::{Blob, Flat, Opening};

/// Least side of a room, in cells: a door fits into it, and clutter that touches no wall.
const LEAST_ROOM: u32 = 6;

/// Least width of a door, in cells.
const LEAST_DOOR: u32 = 5;

/// Kinds that the default policy does not redact.
const OPEN_KINDS: [RoomKind; 6] = [
    RoomKind::Living,
    RoomKind::Kitchen,
    RoomKind::Dining,
    RoomKind::Hallway,
    RoomKind::Office,
    RoomKind::Other,
];

/// Random flats with this many rooms, or fewer where the cuts leave no space.
pub(crate) fn flats(rooms: RangeInclusive<usize>) -> impl Strategy<Value = Flat> {
    let cuts = rooms.start() - 1..=rooms.end() - 1;
    let shape = (13_u32..=34, LEAST_ROOM..=26, vec((any::<u8>(), any::<bool>(), any::<u8>()), cuts));
    let doors = vec((any::<u8>(), any::<u8>(), 0_u8..8), 24);
    let ids = vec((0_u32..9, 0..OPEN_KINDS.len()), *rooms.end());
    let dock = (0_u8..6, any::<u16>(), any::<u16>());
    let clutter = vec((any::<u8>(), blob_choice()), 0..4);
    let barriers = vec((any::<bool>(), any::<u16>(), any::<u16>(), 1_u32..6, 1_u32..6), 0..3);
    (shape, doors, ids, dock, clutter, barriers, 0.1..=0.15_f64).prop_map(
        |((width, height, cuts), doors, ids, dock, clutter, barriers, radius_m)| {
            // Space for the cuts.
            let more = u32::try_from(cuts.len()).unwrap();
            let (width, height) = (width.max(13 + 3 * more), height.max(LEAST_ROOM + 2 * more));
            let rooms = sliced(width, height, &cuts);
            let mut id = 0;
            let ids = ids[..rooms.len()]
                .iter()
                .map(|&(gap, kind)| {
                    id += gap + 1;
                    (id, OPEN_KINDS[kind])
                })
                .collect();
            let mut flat = Flat {
                width: width + 2,
                height: height + 2,
                doors: openings(&rooms, &doors),
                rooms,
                ids,
                dock: None,
                blobs: Vec::new(),
                barriers: Vec::new(),
                radius_m,
            };
            flat.dock = dock_of(&flat, dock);
            flat.blobs = clutter.into_iter().map(|(room, choice)| blob(&flat, room, &choice)).collect();
            for (area, x, y, across, up) in barriers {
                let (x, y) = (u32::from(x) % flat.width, u32::from(y) % flat.height);
                let (width, height) = (across.min(flat.width - x), up.min(flat.height - y));
                flat.barriers.push(if area {
                    Barrier::Area(Cells { x, y, width, height })
                } else if width > height {
                    Barrier::Wall(Cells { x, y, width, height: 1 })
                } else {
                    Barrier::Wall(Cells { x, y, width: 1, height })
                });
            }
            flat
        },
    )
}

/// The rooms of a slicing plan, with walls of one cell around and between them.
fn sliced(width: u32, height: u32, cuts: &[(u8, bool, u8)]) -> Vec<Cells> {
    let mut rooms = vec![Cells { x: 1, y: 1, width, height }];
    let fits = |side: u32| side > 2 * LEAST_ROOM;
    for &(pick, across, at) in cuts {
        let wide: Vec<usize> =
            (0..rooms.len()).filter(|&room| fits(rooms[room].width) || fits(rooms[room].height)).collect();
        let Some(&room) = wide.get(usize::from(pick) % wide.len().max(1)) else { break };
        let Cells { x, y, width, height } = rooms[room];
        // Every third cut is in the middle, so that rooms of one size are common.
        let place = |side: u32| {
            let spare = side - 2 * LEAST_ROOM;
            LEAST_ROOM + if at % 3 == 0 { (spare - 1) / 2 } else { u32::from(at) % spare }
        };
        if fits(width) && (across || !fits(height)) {
            let left = place(width);
            rooms[room].width = left;
            rooms.push(Cells { x: x + left + 1, y, width: width - left - 1, height });
        } else {
            let low = place(height);
            rooms[room].height = low;
            rooms.push(Cells { x, y: y + low + 1, width, height: height - low - 1 });
        }
    }
    rooms
}

/// The cells of the wall between two rooms that touch both.
pub(crate) fn shared_wall(a: Cells, b: Cells) -> Vec<(u32, u32)> {
    let overlap = |a: u32, a_len: u32, b: u32, b_len: u32| a.max(b)..(a + a_len).min(b + b_len);
    let ys = || overlap(a.y, a.height, b.y, b.height);
    let xs = || overlap(a.x, a.width, b.x, b.width);
    if a.x + a.width + 1 == b.x {
        ys().map(|y| (b.x - 1, y)).collect()
    } else if b.x + b.width + 1 == a.x {
        ys().map(|y| (a.x - 1, y)).collect()
    } else if a.y + a.height + 1 == b.y {
        xs().map(|x| (x, b.y - 1)).collect()
    } else if b.y + b.height + 1 == a.y {
        xs().map(|x| (x, a.y - 1)).collect()
    } else {
        Vec::new()
    }
}

/// A door in the wall between two rooms, `choice`: its place and width, and what its cells are.
pub(crate) fn opening(rooms: &[Cells], [a, b]: [u8; 2], place: u8, floor: u8) -> Option<Opening> {
    let wall = shared_wall(rooms[usize::from(a)], rooms[usize::from(b)]);
    let most = u32::try_from(wall.len()).unwrap();
    let width = (LEAST_DOOR + u32::from(place) % 3).min(most);
    (width >= LEAST_DOOR).then(|| {
        let from = (u32::from(place) / 3 % (most - width + 1)) as usize;
        let floor = match floor % 4 {
            0 | 1 => Square::Room(a),
            2 => Square::Room(b),
            _ => Square::Loose,
        };
        Opening { rooms: [a, b], cells: wall[from..from + width as usize].to_vec(), floor }
    })
}

/// Doors that connect what can be connected, and some more.
fn openings(rooms: &[Cells], choices: &[(u8, u8, u8)]) -> Vec<Opening> {
    let count = u8::try_from(rooms.len()).unwrap();
    let mut pairs: Vec<([u8; 2], (u8, u8, u8))> = (0..count)
        .flat_map(|a| (a + 1..count).map(move |b| [a, b]))
        .zip(choices.iter().copied().cycle())
        .collect();
    pairs.sort_by_key(|(_, (key, ..))| *key);
    let mut group: Vec<usize> = (0..rooms.len()).collect();
    let mut doors = Vec::new();
    for (pair, (_, place, floor)) in pairs {
        let [a, b] = pair.map(|room| group[usize::from(room)]);
        if a == b && floor < 6 {
            continue;
        }
        if let Some(opening) = opening(rooms, pair, place, floor) {
            doors.push(opening);
            group.iter_mut().filter(|g| **g == b).for_each(|g| *g = a);
        }
    }
    doors
}

/// Nowhere, on any cell at all, or (mostly) on a cell of a room.
fn dock_of(flat: &Flat, (place, x, y): (u8, u16, u16)) -> Option<(u32, u32)> {
    let inside = |cells: Cells| (cells.x + u32::from(x) % cells.width, cells.y + u32::from(y) % cells.height);
    match place {
        4 => None,
        5 => Some(inside(Cells { x: 0, y: 0, width: flat.width, height: flat.height })),
        _ => Some(inside(flat.rooms[usize::from(x) % flat.rooms.len()])),
    }
}

/// Where a blob begins, its steps, and what it is.
pub(crate) type BlobChoice = (u8, u8, Vec<u8>, bool);

/// Choices of blobs of at most 26 cells. A closed ring of as many encloses less than 1 m².
pub(crate) fn blob_choice() -> impl Strategy<Value = BlobChoice> {
    (any::<u8>(), any::<u8>(), vec(0_u8..8, 0..26), any::<bool>())
}

/// The blob of a choice.
pub(crate) fn blob(flat: &Flat, room: u8, (x, y, steps, seen): &BlobChoice) -> Blob {
    let room = flat.rooms[usize::from(room) % flat.rooms.len()];
    let (left, right) = (room.x + 1, room.x + room.width - 2);
    let (low, high) = (room.y + 1, room.y + room.height - 2);
    let mut at = (left + u32::from(*x) % (right - left + 1), low + u32::from(*y) % (high - low + 1));
    let mut cells = vec![at];
    for step in steps {
        let (dx, dy) =
            [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)][usize::from(*step)];
        at = (
            at.0.saturating_add_signed(dx).clamp(left, right),
            at.1.saturating_add_signed(dy).clamp(low, high),
        );
        cells.push(at);
    }
    Blob { cells, cell: if *seen { Cell::Occupied } else { Cell::Unknown } }
}
