//! Numbers and areas of rooms on the private picture, so that its owner can choose.
//!
//! A label stands on paper where its room is widest: at the cell that is farthest from all walls and other rooms, by
//! an exact distance transform. There most of it lies within its own room, whatever the room's shape; in the middle
//! of an L it would not. A room too narrow for both lines gets its number alone, and a narrower one a small number.
//! No label runs off the picture that has room on it.

use super::figures::{GLYPH_HEIGHT, text_width};
use super::palette::{UNKNOWN, WALL};
use super::pixels::Picture;
use crate::grid::distance::squared_distances;
use crate::grid::{BitGrid, narrow};
use crate::home::{FIRST_ROOM, Home, RoomId};

/// A dot of an area is this many times smaller than the picture's longer side, and one of a number half as small.
const DOTS: u32 = 256;

/// A room on the picture.
struct Label {
    id: RoomId,
    cells: u64,
    /// Its widest cell, and how far that is from what is not the room: the square, in cells.
    cell: usize,
    squared_radius: u32,
}

impl Picture {
    /// The picture of a home, from [`of_rooms`](Self::of_rooms) or [`of_home`](Self::of_home) and at any size, with
    /// each room's number (the robot's) and its square metres. For the owner alone.
    ///
    /// # Complexity
    /// O(cells + rooms² + pixels).
    #[must_use]
    pub fn room_labels(mut self, home: &Home) -> Self {
        let (width, height) = (self.width(), self.height());
        let dot = (width.max(height) / DOTS).max(1);
        for label in labels(home) {
            let number = label.id.to_string();
            let area = format!("{:.1} m²", home.area_m2(label.cells));
            // Twice the radius, in pixels: cells are squares, so that one axis is as good as the other.
            let columns = home.shape.width.max(1) as u64;
            let pixels = u64::from(label.squared_radius.isqrt()) * 2 * u64::from(width) / columns;
            let fits = |wide: u32, tall: u32| u64::from(wide.max(tall)) <= pixels;
            let large = fits(text_width(&number, 2 * dot), 2 * GLYPH_HEIGHT * dot);
            let lines = [(&number, if large { 2 * dot } else { dot }), (&area, dot)];
            let tall = (2 * GLYPH_HEIGHT + 2 + GLYPH_HEIGHT) * dot;
            let lines = if large && fits(0, tall) { &lines[..] } else { &lines[..1] };

            let at = |cell: usize, pixels: u32, cells: usize| {
                let middle = (2 * cell as u64 + 1) * u64::from(pixels) / (2 * cells.max(1) as u64);
                u32::try_from(middle).unwrap_or(u32::MAX)
            };
            let x = at(label.cell % home.shape.width, width, home.shape.width);
            let y = height.saturating_sub(at(label.cell / home.shape.width, height, home.shape.height));
            let tall = if lines.len() > 1 { tall } else { lines[0].1 * GLYPH_HEIGHT };
            let wide = lines.iter().map(|(text, dot)| text_width(text, *dot)).max().unwrap_or(0);
            let within = |middle: u32, length: u32, side: u32| {
                middle.saturating_sub(length / 2).min(side.saturating_sub(length + dot))
            };
            let (left, top) = (within(x, wide, width), within(y, tall, height));
            self.fill(
                left.saturating_sub(dot),
                top.saturating_sub(dot),
                wide + 2 * dot,
                tall + 2 * dot,
                UNKNOWN,
            );
            let mut line_top = top;
            for (text, dot) in lines {
                self.text(text, left + wide / 2, line_top, *dot, WALL);
                line_top += (GLYPH_HEIGHT + 1) * dot;
            }
        }
        self
    }
}

/// The rooms by their numbers, each where it is widest.
fn labels(home: &Home) -> Vec<Label> {
    let shape = home.shape;
    let room_of = |cell: usize| home.piece(home.labels[cell]).map(|piece| piece.id);
    let room_near = |cell: usize, dx: i64, dy: i64| {
        let (x, y) = shape.place(narrow(cell));
        shape.cell(x + dx, y + dy).and_then(room_of)
    };
    let is_border = |cell: usize| {
        let room = room_of(cell);
        room.is_none()
            || [(1, 0), (-1, 0), (0, 1), (0, -1)].iter().any(|&(dx, dy)| room_near(cell, dx, dy) != room)
    };
    let inside = BitGrid::of_rule(shape, |cell| !is_border(cell));
    let mut distances = vec![0; shape.len()];
    let mut squared = squared_distances(&inside).into_iter();
    inside.each(|cell| distances[cell] = squared.next().unwrap_or(0));

    let mut labels: Vec<Label> = Vec::new();
    let of_piece: Vec<usize> = home
        .pieces
        .iter()
        .map(|piece| {
            labels.iter().position(|label| label.id == piece.id).unwrap_or_else(|| {
                labels.push(Label { id: piece.id, cells: 0, cell: 0, squared_radius: 0 });
                labels.len() - 1
            })
        })
        .collect();
    for (cell, label) in home.labels.iter().enumerate() {
        let Some(&at) = label.checked_sub(FIRST_ROOM).and_then(|piece| of_piece.get(usize::from(piece)))
        else {
            continue;
        };
        let label = &mut labels[at];
        if label.cells == 0 || distances[cell] > label.squared_radius {
            (label.cell, label.squared_radius) = (cell, distances[cell]);
        }
        label.cells += 1;
    }
    labels.retain(|label| label.cells > 0);
    labels.sort_unstable_by_key(|label| label.id);
    labels
}

#[cfg(test)]
mod tests {
    use super::{Picture, UNKNOWN, WALL, labels};
    use crate::drawings::of_cells;
    use crate::grid::narrow;
    use crate::home::{Footprint, Home};
    use crate::synth;

    const DRAWING: &str = "
        ################
        #aaaaaaaaaa#bbb#
        #aaaaaaaaaa#bbb#
        #aaaaaaaaaa#bbb#
        #aaaaaaaaaa#bbb#
        #aa#####aaaabbb#
        #aa#   #aaaabbb#
        #aa#   #########
        #aa#   #       #
        ####   #       #
    ";

    fn home() -> Home {
        of_cells(0.1, 0.05, DRAWING, &[])
    }

    #[test]
    fn a_label_stands_where_its_room_is_widest() {
        let home = home();
        let labels = labels(&home);
        let rooms = home.rooms();
        assert_eq!(labels.len(), rooms.len());
        for (label, room) in labels.iter().zip(&rooms) {
            assert_eq!(label.id, room.id());
            let cells: u64 = room.runs().iter().map(|run| u64::from(run.len())).sum();
            assert_eq!(label.cells, cells);
            let (x, y) = (label.cell % home.shape.width, label.cell / home.shape.width);
            assert!(
                room.runs().iter().any(|run| run.y() as usize == y && run.columns().contains(&narrow(x)))
            );
        }
    }

    #[test]
    fn every_room_has_a_number_and_a_large_one_its_area() {
        let home = synth::sample_home().into_builder(Footprint::disc_m(0.17).unwrap()).build().unwrap();
        let plain = Picture::of_rooms(&home).fit(768);
        let labelled = plain.clone().room_labels(&home);
        assert_eq!((plain.width(), plain.height()), (labelled.width(), labelled.height()));
        let (width, height) = (u64::from(plain.width()), u64::from(plain.height()));
        for label in labels(&home) {
            let (x, y) = (label.cell % home.shape.width, label.cell / home.shape.width);
            let x = (2 * x as u64 + 1) * width / (2 * home.shape.width as u64);
            let y = height - (2 * y as u64 + 1) * height / (2 * home.shape.height as u64);
            let around = |dx: u64, dy: u64| {
                labelled.get(u32::try_from(x + dx - 8).unwrap(), u32::try_from(y + dy - 8).unwrap()).unwrap()
            };
            let seen: Vec<_> = (0..16).flat_map(|dx| (0..16).map(move |dy| around(dx, dy))).collect();
            assert!(seen.contains(&WALL) && seen.contains(&UNKNOWN), "{}", label.id);
        }
    }

    /// Every size and every home has a picture, with whatever of the labels has room on it.
    #[test]
    fn labels_are_clipped() {
        for side in [1, 2, 7, 16, 100, 5000] {
            let picture = Picture::of_rooms(&home()).fit(side).room_labels(&home());
            assert!(picture.width().max(picture.height()) <= side);
        }
        let empty = of_cells(0.1, 0.05, "#", &[]);
        assert_eq!(Picture::of_rooms(&empty).room_labels(&empty), Picture::of_rooms(&empty));
    }
}
