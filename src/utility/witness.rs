//! What a driven path touches, told by the map's own cells alone.
//!
//! Takes a path and looks at it every quarter of a cell, with the footprint's disc laid over the map. Neither the
//! search that found the path nor the key has a part in it, so that a fault of theirs does not hide itself.

use nalgebra::Point2;

use crate::grid::{Cell, narrow};
use crate::home::Home;
use crate::home::keep_out::cover_all;

/// How often per cell a driven path is looked at.
const STEPS_A_CELL: f64 = 4.0;

/// Looks at paths without knowing how they were found.
pub(super) struct Witness<'a> {
    home: &'a Home,
    redacted: Vec<bool>,
    barred: Vec<bool>,
    /// Offsets of the footprint's cells.
    disc: Vec<(i64, i64)>,
    /// What the footprint around a cell touches, for cells that were looked at.
    known: Vec<Option<[bool; 2]>>,
}

impl<'a> Witness<'a> {
    pub(super) fn of(home: &'a Home, redacted: Vec<bool>) -> Self {
        let mut barred = vec![false; home.cells.len()];
        cover_all(&home.keep_outs, home.resolution_m, home.shape, |cell| barred[cell] = true);
        let radius = home.footprint.radius_m() / home.resolution_m;
        #[expect(clippy::cast_possible_truncation, reason = "a footprint is some cells wide")]
        let reach = radius.ceil() as i16;
        let disc = (-reach..=reach).flat_map(|dy| (-reach..=reach).map(move |dx| (dx, dy)));
        let inside = |&(dx, dy): &(i16, i16)| {
            f64::from(dx) * f64::from(dx) + f64::from(dy) * f64::from(dy) <= radius * radius
        };
        let disc = disc.filter(inside).map(|(dx, dy)| (i64::from(dx), i64::from(dy))).collect();
        Self { home, redacted, barred, disc, known: vec![None; home.cells.len()] }
    }

    /// Whether a path, in metres of the crop, touches what is not free, a keep-out, and a redacted room.
    pub(super) fn harm(&mut self, path: &[Point2<f64>]) -> [bool; 3] {
        let mut harm = [false; 3];
        let step_m = self.home.resolution_m / STEPS_A_CELL;
        for (at, &from) in path.iter().enumerate() {
            let along = path.get(at + 1).map_or_else(nalgebra::Vector2::zeros, |to| to - from);
            let length = along.norm();
            let mut gone = 0.0;
            loop {
                let share = if length > 0.0 { gone / length } else { 0.0 };
                match self.home.shape.cell_at(from + along * share, self.home.resolution_m) {
                    Some(cell) => {
                        let [collision, keep_out] = self.touched(cell);
                        harm[0] |= collision;
                        harm[1] |= keep_out;
                        harm[2] |= self.redacted[cell];
                    }
                    None => harm[0] = true,
                }
                gone += step_m;
                if gone >= length {
                    break;
                }
            }
        }
        harm
    }

    /// What the footprint touches around the middle of a cell: what is not free, and a keep-out.
    fn touched(&mut self, cell: usize) -> [bool; 2] {
        if let Some(known) = self.known[cell] {
            return known;
        }
        let (x, y) = self.home.shape.place(narrow(cell));
        let mut touched = [false; 2];
        for &(dx, dy) in &self.disc {
            match self.home.shape.cell(x + dx, y + dy) {
                Some(near) => {
                    touched[0] |= self.home.cells[near] != Cell::Free;
                    touched[1] |= self.barred[near];
                }
                None => touched[0] = true,
            }
        }
        self.known[cell] = Some(touched);
        touched
    }
}

#[cfg(test)]
mod tests {
    use nalgebra::Point2;

    use super::Witness;
    use crate::drawings::home;
    use crate::home::KeepOut;

    #[test]
    fn walls_keep_outs_and_redacted_rooms_are_seen() {
        let flat = "
            ############
            #aaaa#bbbbb#
            #aAaabbbbbb#
            #aaaabbbbbb#
            #aaaabbbbbb#
            #aaaa#bbbbb#
            ############
        ";
        let mut home = home(flat);
        let wall = geo_types::Line::new((0.75, 0.05), (0.75, 0.35));
        home.keep_outs = vec![KeepOut::Wall(wall)];
        let mut redacted = vec![false; home.cells.len()];
        redacted[3 * home.shape.width + 3] = true;
        let mut witness = Witness::of(&home, redacted);
        let row = |y: f64, from: f64, to: f64| [Point2::new(from, y), Point2::new(to, y)];
        assert_eq!(witness.harm(&row(0.25, 0.15, 0.25)), [true, false, false], "next to the outer wall");
        assert_eq!(witness.harm(&row(0.35, 0.25, 0.26)), [false, false, false]);
        assert_eq!(witness.harm(&row(0.35, 0.25, 0.45)), [false, false, true]);
        assert_eq!(witness.harm(&row(0.35, 0.55, 0.95)), [false, true, false]);
        assert_eq!(witness.harm(&[Point2::new(0.35, 0.35)]), [false, false, true], "of one point");
        assert_eq!(witness.harm(&row(-0.35, 0.2, 0.3)), [true, false, false], "off the map");
    }
}
