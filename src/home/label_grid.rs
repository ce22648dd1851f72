//! Homes from label grids: one number a cell, as many robots keep their maps.

use alloc::vec::Vec;

use super::{Footprint, Home, HomeBuilder, HomeError, MAX_ROOMS, Room, RoomId, RoomKind};
use crate::grid::sorted::ByKey;
use crate::grid::{Cell, OccupancyGrid, Span};

impl Home {
    /// A builder from a grid of labels, one a cell, row by row from the lower left: the number of a room, or another
    /// that `cell_of` gives a meaning. `kinds` gives kinds by label; those of labels that the grid does not have are
    /// passed over, and of a room that it has the same one may be said twice. Where the robot's rows come from above,
    /// turn them over: `labels.chunks(width).rev().flatten()`.
    ///
    /// # Errors
    /// The labels make no valid grid, there are more than [`MAX_ROOMS`] rooms, or a room has two kinds.
    ///
    /// # Complexity
    /// O(cells + runs · log rooms).
    ///
    /// ```
    /// use homeveil::grid::Cell;
    /// use homeveil::home::{Footprint, Home, RoomKind};
    /// use homeveil::nalgebra::Isometry2;
    /// // What this robot writes: 0 never seen, 1 floor of no room, 255 wall, all else the number of a room.
    /// let labels: [u8; 24] = [
    ///     255, 255, 255, 255, 255, 255,
    ///     255,  10,  10,   1,  11, 255,
    ///     255,  10,  10,   1,  11, 255,
    ///     255, 255, 255, 255,   0,   0,
    /// ];
    /// let cell_of = |label| match label {
    ///     0 => Some(Cell::Unknown),
    ///     1 => Some(Cell::Free),
    ///     255 => Some(Cell::Occupied),
    ///     _ => None,
    /// };
    /// let robot = Footprint::disc_m(0.17)?;
    /// let kinds = [(10, RoomKind::Kitchen), (11, RoomKind::Bedroom)];
    /// let home = Home::from_labels([6, 4], 0.5, robot, &labels, cell_of, &kinds)?
    ///     .origin(Isometry2::translation(-2.0, -3.0))    // the corner of the grid, in the frame of the robot's poses
    ///     .dock([-1.2, -2.2].into())                     // in the same frame
    ///     .build()?;
    /// assert_eq!(home.rooms()[0].kind(), Some(RoomKind::Kitchen));
    /// # Ok::<(), homeveil::home::HomeError>(())
    /// ```
    pub fn from_labels<L: Copy + PartialEq + Into<u32>>(
        [width, height]: [u32; 2],
        resolution_m: f64,
        footprint: Footprint,
        labels: &[L],
        cell_of: impl Fn(L) -> Option<Cell>,
        kinds: &[(L, RoomKind)],
    ) -> Result<HomeBuilder, HomeError> {
        let cells = labels.iter().map(|&label| cell_of(label).unwrap_or(Cell::Free)).collect();
        let grid = OccupancyGrid::new(width, height, resolution_m, cells)?;
        let mut rooms: ByKey<u32, Room> = ByKey::new();
        let mut has_two_kinds = false;
        for (label, run) in Span::runs(labels, grid.shape().width) {
            if cell_of(label).is_some() {
                continue;
            }
            let id: u32 = label.into();
            let room = rooms.or_insert_with(id, || {
                let mut of_room = kinds.iter().filter(|(other, _)| *other == label).map(|&(_, kind)| kind);
                let kind = of_room.next();
                has_two_kinds |= of_room.any(|other| Some(other) != kind);
                Room::new(RoomId::new(id), kind, Vec::new())
            });
            room.runs.push(run);
            if rooms.len() > MAX_ROOMS {
                return Err(HomeError::Rooms);
            }
        }
        if has_two_kinds {
            return Err(HomeError::RoomTwice);
        }
        Ok(Self::builder(grid, footprint).rooms(rooms.into_values()))
    }
}

#[cfg(test)]
mod tests {
    use crate::grid::{Cell, GridError};
    use crate::home::{Footprint, Home, HomeError, RoomKind};

    const LABELS: &str = "
        #########
        #aaa#bbb#
        #aaa..bb#
        #aaa#bbb?
        #########
    ";

    fn cell_of(label: u16) -> Option<Cell> {
        match u8::try_from(label).unwrap() {
            b'#' => Some(Cell::Occupied),
            b'.' => Some(Cell::Free),
            b'?' => Some(Cell::Unknown),
            _ => None,
        }
    }

    /// The labels of a drawing are its letters.
    fn labels() -> Vec<u16> {
        LABELS.lines().rev().flat_map(|row| row.trim().bytes()).map(u16::from).collect()
    }

    #[test]
    fn a_grid_of_labels_is_the_drawing_of_it() {
        let robot = Footprint::disc_m(0.1).unwrap();
        let kinds = [('b', RoomKind::Bedroom)];
        let drawn = Home::from_drawing(0.5, robot, LABELS, &kinds).unwrap().build().unwrap();
        let kinds = [(u16::from(b'b'), RoomKind::Bedroom), (7, RoomKind::Kitchen)];
        let home =
            Home::from_labels([9, 5], 0.5, robot, &labels(), cell_of, &kinds).unwrap().build().unwrap();
        assert!(home.labels == drawn.labels && home.cells == drawn.cells && home.shape == drawn.shape);
        let rooms = home.rooms();
        let rooms: Vec<_> = rooms.iter().map(|room| (room.id().get(), room.kind())).collect();
        assert_eq!(rooms, [(u32::from(b'a'), None), (u32::from(b'b'), Some(RoomKind::Bedroom))]);
    }

    /// One of them may be to be redacted, and nobody can say which one counts.
    #[test]
    fn a_room_of_two_kinds_is_refused_whatever_their_order() {
        let robot = Footprint::disc_m(0.1).unwrap();
        let kind_of_b = |kinds: &[RoomKind]| {
            let kinds: Vec<_> = kinds.iter().map(|&kind| (u16::from(b'b'), kind)).collect();
            let home = Home::from_labels([9, 5], 0.5, robot, &labels(), cell_of, &kinds)?.build()?;
            Ok(home.rooms()[1].kind())
        };
        let (bedroom, living) = (RoomKind::Bedroom, RoomKind::Living);
        assert_eq!(kind_of_b(&[living, bedroom]), Err(HomeError::RoomTwice));
        assert_eq!(kind_of_b(&[bedroom, living, bedroom]), Err(HomeError::RoomTwice));
        assert_eq!(
            kind_of_b(&[bedroom, bedroom]),
            Ok(Some(bedroom)),
            "the same said twice is no contradiction"
        );
        // A room that is not on the grid is passed over.
        let absent = [(7, bedroom), (7, living)];
        assert!(Home::from_labels([9, 5], 0.5, robot, &labels(), cell_of, &absent).is_ok());
    }

    /// A robot may number its rooms as it likes; the floor that it gave no number gets one of its own, which a
    /// robot that counts its rooms gives to none of them.
    #[test]
    fn floor_without_a_room_gets_a_number_that_no_room_has() {
        let robot = Footprint::disc_m(0.1).unwrap();
        let numbers = |ids: [u32; 2]| {
            let drawing = LABELS.replace("aaa", "...").replace("bbb", "aaa");
            let grid = crate::grid::OccupancyGrid::from_drawing(0.5, &drawing.replace('a', ".")).unwrap();
            let run = |x, id: u32| {
                let runs =
                    vec![crate::grid::Span::new(x, 1, 1).unwrap(), crate::grid::Span::new(x, 2, 1).unwrap()];
                crate::home::Room::new(crate::home::RoomId::new(id), None, runs)
            };
            let home = Home::builder(grid, robot).rooms([run(5, ids[0]), run(7, ids[1])]).build().unwrap();
            home.rooms().iter().map(|room| room.id().get()).collect::<Vec<_>>()
        };
        let first = 1 << 31;
        for (ids, new) in [
            ([4, 9], first),
            ([u32::MAX, 0], first),
            ([first, 1], first + 1),
            ([u32::MAX - 1, 1], first),
            ([u32::MAX - 1, first], first + 1),
        ] {
            let all = numbers(ids);
            assert!(all.contains(&new) && ids.iter().all(|id| all.contains(id)), "{all:?}");
            assert_eq!(all.iter().filter(|&&id| id == new).count(), 1, "{all:?}");
        }
    }

    #[test]
    fn labels_that_do_not_fill_the_grid_and_too_many_rooms_are_refused() {
        let robot = Footprint::disc_m(0.1).unwrap();
        let from = |sides, labels: &[u16]| Home::from_labels(sides, 0.5, robot, labels, |_| None, &[]).err();
        assert_eq!(from([9, 4], &labels()), Some(HomeError::Grid(GridError::Length)));
        assert_eq!(from([0, 5], &labels()), Some(HomeError::Grid(GridError::Side)));
        let many: Vec<u16> = (0..1001).collect();
        assert_eq!(from([1001, 1], &many), Some(HomeError::Rooms));
        assert_eq!(from([1000, 1], &many[1..]), None);
    }
}
