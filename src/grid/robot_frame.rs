//! Where a grid lies in the frame in which the robot gives its poses.
//!
//! The origin is the one of `nav_msgs/OccupancyGrid`: the pose of the grid's lower left corner, its rows along the
//! pose's x axis. Sine and cosine of the yaw are the caller's; none is computed here, where the result would depend on
//! the machine.

use geo_types::Coord;
use nalgebra::{Isometry2, Point2};
use zeroize::Zeroize;

/// Farthest that a grid's origin may lie from zero, in metres along each axis. Geographic coordinates fit, and
/// neighbouring cells still have different positions.
pub const MAX_ORIGIN_M: f64 = 1e8;

/// Farther than any map, in metres: a place beyond it is taken to lie there, so that no turn makes it endless.
const FAR_M: f64 = 1e30;

/// Where a crop of a grid lies in the robot's frame.
#[derive(Clone, Copy, PartialEq, Zeroize)]
pub(crate) struct RobotFrame {
    /// Lower left corner of the crop in metres of the grid.
    pub(crate) corner_m: [f64; 2],
    /// Lower left corner of the grid in metres of the robot's frame.
    origin_m: [f64; 2],
    /// The direction of the grid's rows in the robot's frame: cosine and sine.
    along: [f64; 2],
}

impl RobotFrame {
    /// The frame of the grid itself.
    pub(crate) const GRID: Self = Self { corner_m: [0.0; 2], origin_m: [0.0; 2], along: [1.0, 0.0] };

    /// The same crop of a grid that lies nowhere else.
    pub(crate) const fn of_grid(self) -> Self {
        Self { corner_m: self.corner_m, ..Self::GRID }
    }

    /// The whole grid, whose lower left corner has this pose.
    pub(crate) fn of_origin(origin: Isometry2<f64>) -> Self {
        let at = origin.translation.vector;
        Self { corner_m: [0.0; 2], origin_m: [at.x, at.y], along: [origin.rotation.re, origin.rotation.im] }
    }

    /// The numbers are those of a pose within [`MAX_ORIGIN_M`].
    pub(crate) fn is_valid(&self) -> bool {
        let [cos, sin] = self.along;
        let is_turn = (cos * cos + sin * sin - 1.0).abs() < 1e-9;
        is_turn && self.origin_m.iter().all(|metres| metres.abs() <= MAX_ORIGIN_M)
    }

    /// The same for the part of the crop whose corner lies at these metres of it.
    pub(crate) fn cropped(self, [x, y]: [f64; 2]) -> Self {
        Self { corner_m: [self.corner_m[0] + x, self.corner_m[1] + y], ..self }
    }

    /// The origin and the direction of the rows, to be stored.
    pub(crate) const fn numbers(&self) -> [f64; 4] {
        [self.origin_m[0], self.origin_m[1], self.along[0], self.along[1]]
    }

    /// What [`RobotFrame::numbers`] gave, for a crop with this corner.
    pub(crate) const fn of_numbers(corner_m: [f64; 2], [x, y, cos, sin]: [f64; 4]) -> Self {
        Self { corner_m, origin_m: [x, y], along: [cos, sin] }
    }

    /// The metres of the crop for a place in the robot's frame.
    pub(crate) fn to_crop(self, at: Point2<f64>) -> Point2<f64> {
        let [x, y] = [at.x - self.origin_m[0], at.y - self.origin_m[1]].map(|v| v.clamp(-FAR_M, FAR_M));
        let [cos, sin] = self.along;
        Point2::new(cos * x + sin * y - self.corner_m[0], cos * y - sin * x - self.corner_m[1])
    }

    /// The place in the robot's frame for metres of the crop.
    pub(crate) fn out_of_crop(self, at: Point2<f64>) -> Point2<f64> {
        let ([cos, sin], x, y) = (self.along, at.x + self.corner_m[0], at.y + self.corner_m[1]);
        Point2::new(cos * x - sin * y + self.origin_m[0], sin * x + cos * y + self.origin_m[1])
    }

    /// How far a cell of the crop lies along the axes of the robot's frame, in 2²⁰ths of a cell from where the crop's
    /// first cell lies: an order of cells that no turn of the grid changes.
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "at most 2¹⁶ cells")]
    pub(crate) fn along_axes(self, (x, y): (i64, i64)) -> (i64, i64) {
        let ([cos, sin], x, y) = (self.along, x as f64, y as f64);
        let fine = |cells: f64| libm::round(cells * f64::from(1 << 20)) as i64;
        (fine(cos * x - sin * y), fine(sin * x + cos * y))
    }

    /// The cosine and sine by which directions of the crop are turned against those of another one.
    pub(crate) fn turn_to(self, other: Self) -> [f64; 2] {
        let ([a, b], [c, d]) = (self.along, other.along);
        [a * c + b * d, b * c - a * d]
    }

    /// The frame of another crop with this corner. Its directions are turned by a cosine and sine against those of this
    /// one, and `place` in it is `own` in this one.
    pub(crate) fn of_crop(
        self,
        corner_m: [f64; 2],
        turn: [f64; 2],
        place: Point2<f64>,
        own: Point2<f64>,
    ) -> Self {
        let ([a, b], [c, d], at) = (self.along, turn, self.out_of_crop(own));
        let (cos, sin) = (a * c - b * d, a * d + b * c);
        let length = libm::sqrt(cos * cos + sin * sin);
        let frame = Self { corner_m, origin_m: [0.0; 2], along: [cos / length, sin / length] };
        let from = at - frame.out_of_crop(place);
        Self { origin_m: [from.x, from.y], ..frame }
    }

    /// As [`RobotFrame::to_crop`], a corner of an outline.
    pub(crate) fn corner_to_crop(self, at: Coord<f64>) -> Coord<f64> {
        let at = self.to_crop(Point2::new(at.x, at.y));
        Coord { x: at.x, y: at.y }
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_ORIGIN_M, RobotFrame};
    use crate::grid::Shape;
    use core::f64::consts::FRAC_PI_2;
    use nalgebra::{Isometry2, Point2};
    use proptest::prelude::*;

    #[test]
    fn an_origin_is_the_pose_of_the_lower_left_corner() {
        // The rows of the grid run up in the robot's frame: its cells lie to the left of the corner.
        let frame = RobotFrame::of_origin(Isometry2::new([10.0, 20.0].into(), FRAC_PI_2));
        let at = frame.cropped([1.0, 0.0]).out_of_crop(Point2::new(2.0, 0.5));
        assert!((at - Point2::new(9.5, 23.0)).norm() < 1e-12);
        assert!(frame.is_valid());
        let endless = frame.to_crop(Point2::new(f64::MAX, f64::NEG_INFINITY));
        assert!(endless.x.is_finite() && endless.y.is_finite());
        for [x, yaw] in [[2.0 * MAX_ORIGIN_M, 0.0], [f64::NAN, 0.0], [0.0, f64::NAN], [0.0, f64::INFINITY]] {
            assert!(!RobotFrame::of_origin(Isometry2::new([x, 0.0].into(), yaw)).is_valid(), "{x} {yaw}");
        }
    }

    proptest! {
        #[test]
        fn cells_become_poses_and_cells_again(
            (x, y, yaw) in (-1e4..1e4, -1e4..1e4, -7.0..7.0), corner in [0.0..9.0, 0.0..9.0],
            side in 1..50_usize, resolution in 0.005..0.5, quarters in 0..4_u8,
        ) {
            let (shape, origin) = (Shape::new(side, side + 3), Isometry2::new([x, y].into(), yaw));
            let frame = RobotFrame::of_origin(origin).cropped(corner);
            // Turning the robot's frame by quarters turns all places, and no cell.
            let turn = Isometry2::rotation(f64::from(quarters) * FRAC_PI_2);
            let turned = RobotFrame::of_origin(turn * origin).cropped(corner);
            for cell in 0..shape.len() {
                let middle = shape.centre(cell, resolution);
                let at = frame.out_of_crop(middle);
                prop_assert_eq!(shape.cell_at(frame.to_crop(at), resolution), Some(cell));
                prop_assert_eq!(shape.cell_at(turned.to_crop(turn * at), resolution), Some(cell));
                prop_assert!((turned.out_of_crop(middle) - turn * at).norm() < 1e-9);
            }
        }

        #[test]
        fn a_crop_has_its_frame_from_another_one_and_the_turn_between_them(
            (x, y, yaw) in (-1e4..1e4, -1e4..1e4, -7.0..7.0), turn in -7.0..7.0_f64, corner in [0.0..9.0, 0.0..9.0],
            place in [0.0..9.0, 0.0..9.0], own in [0.0..9.0, 0.0..9.0],
        ) {
            let frame = RobotFrame::of_origin(Isometry2::new([x, y].into(), yaw)).cropped([3.0, 1.0]);
            let (place, own) = (Point2::from(place), Point2::from(own));
            let [cos, sin] = [turn.cos(), turn.sin()];
            let other = frame.of_crop(corner, [cos * 1.000_001, sin], place, own);
            prop_assert!(other.is_valid());
            prop_assert!((other.out_of_crop(place) - frame.out_of_crop(own)).norm() < 1e-9);
            let [c, s] = other.turn_to(frame);
            prop_assert!((c - cos).abs() < 1e-5 && (s - sin).abs() < 1e-5);
        }

        #[test]
        fn without_an_origin_not_a_bit_changes(x in -1e9..1e9, y in -1e9..1e9, corner in [0.0..9.0, 0.0..9.0]) {
            let (frame, at) = (RobotFrame::GRID.cropped(corner), Point2::new(x, y));
            prop_assert_eq!(frame.to_crop(at), Point2::new(x - corner[0], y - corner[1]));
            prop_assert_eq!(frame.out_of_crop(at), Point2::new(x + corner[0], y + corner[1]));
        }
    }
}
