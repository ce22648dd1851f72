//! The chart of a key's last map, as it lies under a new one.

use crate::grid::{Fixed, Span};
use crate::home::Home;
use crate::key::HouseKey;
use crate::key::chart::{LastChart, NO_PATCH};
use crate::key::known::Recognized;
use crate::key::known::registration::{CellScale, RigidTransform};
use crate::key::zoning::zones::ZonePiece;

impl HouseKey {
    /// The chart of the key's last map under the zones of a new one, if both show the same known map in cells of the
    /// same size. A map that lies as the known one does is given none by one that was turned.
    ///
    /// # Complexity
    /// O(cells).
    pub(super) fn last_chart(
        &self,
        home: &Home,
        recognized: &Recognized,
        pieces: &[ZonePiece],
    ) -> Option<LastChart<'_>> {
        let here = self.known.here.filter(|here| here.map == recognized.map)?;
        if !(CellScale { old: self.resolution_m, new: home.resolution_m }).is_one() {
            return None;
        }
        let transform = recognized.transform.after(here.transform);
        if transform.straight_back().is_none() && recognized.transform.straight_back().is_some() {
            return None;
        }
        let mut under = vec![NO_PATCH; home.shape.len()];
        for piece in pieces {
            for &span in &piece.set {
                self.patches_under(span, piece.zone, transform, &mut under[span.cells(home.shape.width)]);
            }
        }
        Some(LastChart { patches: &self.patches, under })
    }

    /// The patches of a zone under a span of a new map.
    fn patches_under(&self, span: Span, zone: u8, transform: RigidTransform, under: &mut [u16]) {
        let patch_at = |(x, y): (i64, i64)| {
            let cell = self.shape.cell(x, y).filter(|&cell| self.is_charted(cell))?;
            let number = self.near[cell];
            self.patches.get(usize::from(number)).filter(|patch| patch.zone == zone).map(|_| number)
        };
        let first = (i64::from(span.start), i64::from(span.y));
        if let Some((dx, dy)) = transform.straight_back() {
            let (mut x, mut y) = transform.undo(first);
            for patch in under {
                *patch = patch_at((x, y)).unwrap_or(NO_PATCH);
                (x, y) = (x + dx, y + dy);
            }
        } else {
            for (patch, (x, y)) in under.iter_mut().zip(transform.row_back(first)) {
                let place = (x.div_euclid(Fixed::PARTS), y.div_euclid(Fixed::PARTS));
                *patch = patch_at(place).unwrap_or(NO_PATCH);
            }
        }
    }
}
