//! Paths drawn on pictures: planned on a release, driven in the home.

use nalgebra::Point2;

use super::palette::{PATH, UNKNOWN};
use super::pixels::Picture;
#[cfg(feature = "evaluation")]
use crate::atlas::FRAME;
#[cfg(feature = "evaluation")]
use crate::grid::GridError;
use crate::home::{Home, HomeError};
use crate::key::{HouseKey, LiftedPath};
#[cfg(feature = "evaluation")]
use crate::navigate::Path;
use crate::redact::Redaction;
#[cfg(feature = "evaluation")]
use crate::release::Floor;

/// A path is drawn this many times thinner than the picture's longer side.
const THIN: u32 = 200;

impl Picture {
    /// A floor as [`Picture::of_floor`] paints it, with a path planned on its grid: a line with a ring where it
    /// starts and a dot where it ends.
    ///
    /// # Errors
    /// As [`Picture::of_floor`].
    ///
    /// # Complexity
    /// O(pixels).
    #[cfg(feature = "evaluation")]
    pub fn of_plan(floor: &Floor, scale: u32, path: &Path) -> Result<Self, GridError> {
        let mut picture = Self::of_floor(floor, scale)?;
        let pixels = f64::from(scale) / FRAME.resolution;
        let points: Vec<Point2<f64>> = path.points().map(|at| at * pixels).collect();
        picture.line(&points);
        Ok(picture)
    }

    /// The private map as [`Picture::of_home`] paints it, brought to a size as by [`Picture::fit`], with a path
    /// that the robot drives. For the owner alone.
    ///
    /// # Errors
    /// As [`Picture::of_home`].
    ///
    /// # Complexity
    /// As [`Picture::of_home`], and O(pixels).
    pub fn of_drive(
        home: &Home,
        redaction: &Redaction,
        key: &HouseKey,
        path: &LiftedPath,
        max_side: u32,
    ) -> Result<Self, HomeError> {
        let mut picture = Self::of_home(home, redaction, key)?.fit(max_side);
        let columns = u32::try_from(home.shape.width).unwrap_or(u32::MAX);
        let pixels = f64::from(picture.width()) / f64::from(columns.max(1)) / home.resolution_m;
        let points: Vec<Point2<f64>> = path.points().map(|at| home.frame.to_crop(at) * pixels).collect();
        picture.line(&points);
        Ok(picture)
    }

    /// Draws a path in pixels from the lower left corner.
    fn line(&mut self, points: &[Point2<f64>]) {
        let thick = f64::from(self.width().max(self.height()) / THIN).max(1.0);
        for (color, radius) in [(UNKNOWN, 0.9 * thick), (PATH, 0.5 * thick)] {
            for pair in points.windows(2) {
                let along = pair[1] - pair[0];
                let (mut done, length) = (0.0, along.norm());
                while done < length {
                    self.dot(pair[0] + along * (done / length), radius, color);
                    done += 0.5;
                }
            }
        }
        for (at, rings) in [
            (points.first(), &[(UNKNOWN, 2.2), (PATH, 1.8), (UNKNOWN, 1.0)][..]),
            (points.last(), &[(UNKNOWN, 2.2), (PATH, 1.8)]),
        ] {
            for (color, radius) in rings {
                if let Some(&at) = at {
                    self.dot(at, radius * thick, *color);
                }
            }
        }
    }

    /// A disc around a point in pixels from the lower left corner, clipped to the picture.
    fn dot(&mut self, at: Point2<f64>, radius: f64, color: super::palette::Rgb) {
        let (x, y) = (at.x, f64::from(self.height()) - at.y);
        let mut row = (y - radius).floor().max(0.0);
        while row <= (y + radius).min(f64::from(self.height()) - 1.0) {
            let off = row + 0.5 - y;
            let half = (radius * radius - off * off).max(0.0).sqrt();
            let (left, right) = ((x - half).round().max(0.0), (x + half).round().max(0.0));
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "not negative, and clipped to the picture"
            )]
            self.fill(left as u32, row as u32, (right - left) as u32, 1, color);
            row += 1.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use nalgebra::Point2;

    use super::super::palette::{PATH, UNKNOWN};
    use super::super::pixels::Picture;

    #[test]
    fn a_path_is_a_line_with_a_ring_and_a_dot_and_may_leave_the_picture() {
        let paper = [1, 2, 3];
        let mut picture = Picture::new(400, 400, paper).unwrap();
        picture.line(&[Point2::new(100.0, 100.0), Point2::new(100.0, 300.0), Point2::new(300.0, 300.0)]);
        // Rows are counted from above.
        assert_eq!(picture.get(100, 200), Some(PATH));
        assert_eq!(picture.get(200, 100), Some(PATH));
        assert_eq!(picture.get(100, 300), Some(UNKNOWN), "the middle of the ring");
        assert_eq!(picture.get(300, 100), Some(PATH), "the dot");
        assert_eq!(picture.get(110, 200), Some(paper));
        picture.line(&[Point2::new(-50.0, 900.0), Point2::new(500.0, -3.0)]);
        picture.line(&[]);
    }
}
