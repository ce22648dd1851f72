//! N2 for clusters: a redacted cluster is doors between the rooms around it, pairwise.

use homeveil::Redaction;
use homeveil::home::{RoomId, RoomKind};
use homeveil::sketch::Sketch;
use proptest::prelude::*;

use super::noninterference::remains;
use super::{same, sketched};
use crate::strategies::{Cells, Drawing, Flat, Opening, Square, opening};

/// Least side of a room, in cells.
const LEAST: u32 = 6;

/// Two rooms side by side, a third across both, perhaps in two, perhaps a fourth on the far side.
///
/// ```text
/// cccccc#ddd   c and d are redacted (one cluster)
/// cccccc.ddd
/// #..#####.#
/// aaaa##bbbb   the wall between a and b has two niches, or, as many cells and as far up, a door
/// aaaa# bbbb
/// ###..#####
/// eeeeeeeeee
/// ```
#[derive(Clone, Debug)]
struct Bridge {
    flat: Flat,
    cluster: Vec<u8>,
    niches: Vec<(u32, u32)>,
    door: Vec<(u32, u32)>,
}

impl Bridge {
    fn painted(&self, cells: &[(u32, u32)]) -> Drawing {
        self.flat
            .draw()
            .repainted(|x, y, square| if cells.contains(&(x, y)) { Square::Room(0) } else { square })
    }
}

fn bridges() -> impl Strategy<Value = Bridge> {
    let sides = (LEAST..14_u32, LEAST..14_u32, 12_u32..20, LEAST..12_u32, LEAST..12_u32);
    (
        sides,
        any::<[(u8, u8); 6]>(),
        any::<u8>(),
        any::<bool>(),
        any::<bool>(),
        any::<[u8; 3]>(),
        0.1..=0.15_f64,
    )
        .prop_map(|((a, b, height, up, down), doors, middle, divided, below, dock, radius_m)| {
            let low = if below { down + 2 } else { 1 };
            let whole = a + b + 2;
            let mut rooms = vec![
                Cells { x: 1, y: low, width: a, height },
                Cells { x: a + 3, y: low, width: b, height },
                Cells { x: 1, y: low + height + 1, width: whole, height: up },
            ];
            let mut cluster = vec![2];
            if divided {
                rooms[2].width = a + 1;
                rooms.push(Cells { x: a + 3, width: b, ..rooms[2] });
                cluster.push(3);
            }
            let fourth = u8::try_from(rooms.len()).unwrap();
            if below {
                rooms.push(Cells { x: 1, y: 1, width: whole, height: down });
            }
            let mut pairs = vec![[0, 2], [1, if divided { 3 } else { 2 }]];
            if divided {
                pairs.push([2, 3]);
            }
            if below {
                pairs.push([0, fourth]);
                if doors[5].1 % 2 == 0 {
                    pairs.push([1, fourth]);
                }
            }
            let openings: Vec<Opening> = pairs
                .iter()
                .zip(doors)
                .map(|(&pair, (place, floor))| opening(&rooms, pair, place, floor % 3).unwrap())
                .collect();
            // Between the sixth row from below and the sixth from above.
            let middle = low + 5 + u32::from(middle) % (height - 10);
            let kinds =
                [RoomKind::Living, RoomKind::Hallway, RoomKind::Office, RoomKind::Other, RoomKind::Dining];
            let home = rooms[usize::from(dock[0] % 2)];
            Bridge {
                flat: Flat {
                    width: whole + 2,
                    height: rooms.iter().map(|room| room.y + room.height).max().unwrap() + 1,
                    ids: (1..).zip(kinds).take(rooms.len()).collect(),
                    doors: openings,
                    dock: Some((
                        home.x + u32::from(dock[1]) % home.width,
                        home.y + u32::from(dock[2]) % home.height,
                    )),
                    rooms,
                    blobs: Vec::new(),
                    barriers: Vec::new(),
                    radius_m,
                },
                cluster,
                niches: (middle - 5..=middle + 5).filter(|&y| y != middle).map(|y| (a + 1, y)).collect(),
                door: (middle - 2..=middle + 2).flat_map(|y| [(a + 1, y), (a + 2, y)]).collect(),
            }
        })
}

/// Three rooms around a hall, which is redacted and may be in two.
///
/// ```text
/// aaaaaaaaaaaaaaaaaa
/// aaaa##...####aaaaa
/// ####hhhhh#iiiii###   h and i are redacted (one cluster)
/// ####hhhhh.iiiii###
/// bbb#hhhhh.iiiii#cc
/// bbb.hhhhh.iiiii.cc   the walls between a, b and c, two cells thick, have two niches each, or, as many cells and
/// bbb.hhhhh#iiiii.cc   as far along, a door
/// bbb#############cc
/// bbbbbbbb##cccccccc
/// ```
#[derive(Clone, Debug)]
struct Hall {
    drawing: Drawing,
    cluster: Vec<u8>,
    /// Between the rooms around it.
    walls: [Wall; 3],
}

/// A wall two cells thick, and whose floor its niches or its door are.
#[derive(Clone, Debug)]
struct Wall {
    room: Square,
    niches: Vec<(u32, u32)>,
    door: Vec<(u32, u32)>,
}

impl Hall {
    /// With doors in some of the walls, and niches in the others.
    fn with(&self, doors: [bool; 3]) -> Drawing {
        self.drawing.repainted(|x, y, square| {
            let own = |(wall, door): &(&Wall, bool)| {
                if *door { &wall.door } else { &wall.niches }.contains(&(x, y))
            };
            self.walls.iter().zip(doors).find(own).map_or(square, |(wall, _)| wall.room)
        })
    }

    /// The cells of the cluster.
    fn cluster_cells(&self) -> Vec<(u32, u32)> {
        let Drawing { width, height, .. } = self.drawing;
        let cells = Cells { x: 0, y: 0, width, height };
        cells.iter().filter(|&(x, y)| self.is_in_cluster(x, y)).collect()
    }

    fn is_in_cluster(&self, x: u32, y: u32) -> bool {
        matches!(self.drawing.at(x, y), Square::Room(room) if self.cluster.contains(&room))
    }

    /// All around a cell is the cluster's too, two cells deep.
    fn is_amid(&self, x: u32, y: u32) -> bool {
        (Cells { x: x - 2, y: y - 2, width: 5, height: 5 }).iter().all(|(x, y)| self.is_in_cluster(x, y))
    }

    fn redaction(&self) -> Redaction {
        Redaction::none()
            .rooms(self.cluster.iter().map(|&room| RoomId::new(self.drawing.rooms[usize::from(room)].0)))
    }

    /// With something else in place of the cluster's floor.
    fn removed(&self, drawing: &Drawing, instead: Square) -> Drawing {
        drawing.repainted(|_, _, square| match square {
            Square::Room(room) if self.cluster.contains(&room) => instead,
            square => square,
        })
    }
}

fn halls() -> impl Strategy<Value = Hall> {
    let sides = (14_u32..20, 0_u32..6, 22_u32..28, LEAST..10, 0_u32..3);
    let doors = (any::<[u8; 3]>(), any::<[bool; 4]>());
    (sides, doors, any::<bool>(), any::<[u8; 3]>(), 0.1..=0.15_f64).prop_map(
        |((hall_x, more, low, up, aside), (places, floors), divided, dock, radius_m)| {
            // The hall's columns are `hall_x` to `hall_x + 10`, its rows `low - 8` to `low + 1`. The wall between b and
            // c is below it, that of a at `low` and the row above.
            let between = hall_x + 4 + aside;
            let right = hall_x + 24 + more;
            let [a, b, c] = [
                Cells { x: 1, y: low + 2, width: right, height: up },
                Cells { x: 1, y: 1, width: between - 1, height: low - 1 },
                Cells { x: between + 2, y: 1, width: right - between - 1, height: low - 1 },
            ];
            let (width, height) = (right + 2, low + up + 3);
            let mut squares = vec![Square::Wall; (width * height) as usize];
            let mut paint = |cells: Cells, square: Square| {
                cells.iter().for_each(|(x, y)| squares[(y * width + x) as usize] = square);
            };
            for (room, cells) in (0..).zip([a, b, c]) {
                paint(cells, Square::Room(room));
            }
            paint(Cells { x: hall_x - 1, y: low - 9, width: 13, height: 12 }, Square::Wall);
            paint(Cells { x: hall_x, y: low - 8, width: 11, height: 10 }, Square::Room(3));
            let second = if divided { 4 } else { 3 };
            if divided {
                paint(Cells { x: hall_x + 5, y: low - 8, width: 1, height: 10 }, Square::Wall);
                paint(Cells { x: hall_x + 6, y: low - 8, width: 5, height: 10 }, Square::Room(4));
            }
            let across = Cells { x: hall_x + 5, y: low - 6, width: 1, height: 5 };
            let openings = [
                (Cells { x: hall_x, y: low + 2, width: 5, height: 1 }, 0, 3),
                (Cells { x: hall_x - 1, y: low - 7, width: 1, height: 5 }, 1, 3),
                (Cells { x: hall_x + 11, y: low - 7, width: 1, height: 5 }, 2, second),
                (across, 3, second),
            ];
            for ((cells, outer, inner), from_outside) in openings.into_iter().zip(floors) {
                paint(cells, Square::Room(if from_outside { outer } else { inner }));
            }
            let place = |choice: u8, from: u32, to: u32| from + u32::from(choice) % (to - from + 1);
            let around = |middle: u32| (middle - 5..=middle + 5).filter(move |&at| at != middle);
            let flat = |middle: u32| Wall {
                room: Square::Room(0),
                niches: around(middle).map(|x| (x, low + 1)).collect(),
                door: (middle - 2..=middle + 2).flat_map(|x| [(x, low), (x, low + 1)]).collect(),
            };
            let upright = |middle: u32| Wall {
                room: Square::Room(1),
                niches: around(middle).map(|y| (between, y)).collect(),
                door: (middle - 2..=middle + 2).flat_map(|y| [(between, y), (between + 1, y)]).collect(),
            };
            let home = [a, b, c][usize::from(dock[0]) % 3];
            let inside =
                (home.x + u32::from(dock[1]) % home.width, home.y + u32::from(dock[2]) % home.height);
            let is_room = |square| matches!(square, Square::Room(0..=2));
            let kinds =
                [RoomKind::Living, RoomKind::Hallway, RoomKind::Office, RoomKind::Other, RoomKind::Dining];
            Hall {
                walls: [
                    flat(place(places[0], 6, hall_x - 8)),
                    flat(place(places[1], hall_x + 18, right - 5)),
                    upright(place(places[2], 6, low - 16)),
                ],
                cluster: if divided { vec![3, 4] } else { vec![3] },
                drawing: Drawing {
                    width,
                    height,
                    dock: Some(inside)
                        .filter(|&(x, y)| is_room(squares[(y * width + x) as usize]))
                        .or(Some((1, 1))),
                    squares,
                    rooms: (1..).zip(kinds).take(if divided { 5 } else { 4 }).collect(),
                    barriers: Vec::new(),
                    resolution_m: 0.1,
                    radius_m,
                },
            }
        },
    )
}

laws! {
    many;

    fn n2_a_redacted_cluster_is_a_door_between_the_rooms_around_it(bridge in bridges(), instead in remains(), seed: u64) {
        let ids = bridge.cluster.iter().map(|&room| RoomId::new(bridge.flat.ids[usize::from(room)].0));
        let redaction = Redaction::none().rooms(ids);
        let with = bridge.painted(&bridge.niches);
        let without = bridge.painted(&bridge.door).repainted(|_, _, square| match square {
            Square::Room(room) if bridge.cluster.contains(&room) => instead,
            square => square,
        });
        same((&with.home(), &redaction), (&without.home(), &Redaction::none()), seed)?;
        // The niches are no door: without the cluster the two rooms are apart, or a detour apart.
        let apart = bridge.painted(&bridge.niches).repainted(|_, _, square| match square {
            Square::Room(room) if bridge.cluster.contains(&room) => instead,
            square => square,
        });
        prop_assert!(bare(&apart) != bare(&without));
    }

    /// Nor does what stands there: the dock's room is one of those around, whichever is the largest.
    fn n2_where_in_a_redacted_cluster_the_dock_stands_changes_nothing(
        hall in halls(),
        at in any::<[(u8, u8); 2]>(),
        choice in any::<(u8, u8, u8, u8)>(),
        seed: u64,
    ) {
        let inside = hall.cluster_cells();
        let of = |(a, b): (u8, u8)| inside[(usize::from(a) * 256 + usize::from(b)) % inside.len()];
        let home = |at: (u32, u32)| Drawing { dock: Some(at), ..hall.with([false; 3]) };
        let (one, other) = (home(of(at[0])), home(of(at[1])));
        let cupboard = of((choice.0, choice.1));
        let other = other.repainted(|x, y, square| {
            let is_in = Cells { x: cupboard.0, y: cupboard.1, width: 2, height: 2 }.contains(x, y);
            if is_in && hall.is_amid(x, y) { Square::Clutter(homeveil::grid::Cell::Occupied) } else { square }
        });
        same((&one.home(), &hall.redaction()), (&other.home(), &hall.redaction()), seed)?;
    }

    fn n2_a_redacted_cluster_joins_three_rooms_around_it_pairwise(hall in halls(), instead in remains(), seed: u64) {
        let without = |doors| hall.removed(&hall.with(doors), instead);
        let all = without([true; 3]);
        same((&hall.with([false; 3]).home(), &hall.redaction()), (&all.home(), &Redaction::none()), seed)?;
        // Each of the three doors tells.
        for closed in 0..3 {
            prop_assert!(bare(&without([0, 1, 2].map(|wall| wall != closed))) != bare(&all));
        }
    }
}

/// The sketch of a home in which nothing is redacted.
fn bare(drawing: &Drawing) -> Sketch {
    sketched(&drawing.home(), &Redaction::none())
}
