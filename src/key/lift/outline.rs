//! Outlines of lifted regions, for apps that draw them.
//!
//! Takes the runs of a region and gives polygons in metres. Each connected part is united from its runs as
//! rectangles (`geo::unary_union`) and becomes one polygon with holes; parts that meet at a corner stay apart.
//! Uniting part by part matters: united all at once, the hole of one part may end up in its neighbour. The union
//! works in whole cells, where it is exact, and metres come last.
//!
//! A simplified outline drops corners by the method of Douglas and Peucker (1973), which may let edges cross. So the
//! tolerance is halved for a ring until the ring is simple, for a part until its rings do not overlap, and for all
//! parts until they do not. It is for drawing: what the robot cleans is always the cells.

use core::iter::successors;

use geo::orient::{Direction, Orient};
use geo::{CoordsIter, IsConvex, LinesIter, MapCoords, Simplify, Validation, unary_union};
use geo_types::{LineString, MultiPolygon, Polygon, Rect};

use crate::grid::components::Components;
use crate::grid::{MAX_SIDE, Shape, Span};
use crate::home::outline::cross;
use crate::key::Region;

/// Below this tolerance, in cells, simplification keeps every corner. A right-angled corner of an outline with
/// sides of a cell or more needs a strip of √½ cells, twice the tolerance, to vanish in.
const LEAST_TOLERANCE: f64 = 0.35;

/// Most corners of an outline that is simplified: each try compares edges with edges.
const MOST_CORNERS: usize = 1 << 12;

impl Region {
    /// Its outline in metres of the robot's frame: a polygon for each connected part, row by
    /// row, outer ring counterclockwise, holes clockwise.
    ///
    /// It is valid (`geo::Validation`), and it holds exactly the region's cells. Each edge lies on the border of
    /// a cell.
    ///
    /// # Complexity
    /// O(cells of the rows it spans + runs · log runs).
    ///
    /// ```
    /// use homeveil::home::{Footprint, Home};
    /// use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
    ///
    /// let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "
    ///     ###########
    ///     #aaaa#bbbb#
    ///     #aAaabbbbb#
    ///     #aaaabbbbb#
    ///     #aaaabbbbb#
    ///     ###########
    /// ", &[])?.build()?;
    /// let (redaction, policy) = (Redaction::none(), Policy::sealed());
    /// let (release, key) = anonymize(&home, &redaction, &policy, Grant::unaccounted(), &mut Coins::os())?;
    /// let region = key.lift_zone(release.floors()[0].dock().zone)?;
    /// let outline = region.outline();
    /// assert!(outline.iter().all(|part| part.exterior().is_closed()));
    /// assert!(region.outline_simplified(0.2).iter().count() == outline.iter().count());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn outline(&self) -> MultiPolygon {
        let turned = self.parts().orient(Direction::Default);
        turned.map_coords(|at| self.corner(libm::round(at.x), libm::round(at.y)))
    }

    /// Its outline with fewer corners: each corner that goes lies within `tolerance_m` metres of what is drawn. A
    /// part that would cross itself or another at that tolerance is drawn at a smaller one. It is valid too.
    ///
    /// A tolerance that is not above 0 changes nothing. One of two to three cells is usual, as the walls of a robot's
    /// map are about that rough.
    ///
    /// # Complexity
    /// As [`Region::outline`], and up to a dozen times O(corners²) in the worst case. A region with more than 4,096
    /// corners, which no zone of a home has that is not strewn with holes, is drawn with all of them.
    #[must_use]
    pub fn outline_simplified(&self, tolerance_m: f64) -> MultiPolygon {
        let exact = self.outline();
        if exact.coords_count() > MOST_CORNERS {
            return exact;
        }
        let (least, most) = (LEAST_TOLERANCE * self.resolution_m, f64::from(MAX_SIDE) * self.resolution_m);
        let halved = |tolerance: f64| {
            successors(Some(tolerance), |tolerance| Some(tolerance / 2.0)).take_while(move |&t| t > least)
        };
        let ring = |ring: &LineString, most: f64| {
            let tries = halved(most).map(|tolerance| ring.simplify(tolerance));
            tries.filter(|ring| ring.0.len() > 3).find(is_simple).unwrap_or_else(|| ring.clone())
        };
        let part = |part: &Polygon, most: f64| {
            let holes = |tolerance| part.interiors().iter().map(|hole| ring(hole, tolerance)).collect();
            let tries = halved(most).map(|t| Polygon::new(ring(part.exterior(), t), holes(t)));
            tries.filter(|part| !crosses(part)).find(Validation::is_valid).unwrap_or_else(|| part.clone())
        };
        halved(tolerance_m.clamp(0.0, most))
            .map(|tolerance| exact.iter().map(|polygon| part(polygon, tolerance)).collect())
            .filter(|parts: &MultiPolygon| !crosses(parts))
            .find(Validation::is_valid)
            .unwrap_or(exact)
    }

    /// Its outline in cells of the crop.
    fn parts(&self) -> MultiPolygon {
        let (Some(first), Some(last)) = (self.spans.first(), self.spans.last()) else {
            return MultiPolygon::new(Vec::new());
        };
        let (low, width) = (first.y, self.shape.width);
        let mut labels = vec![0; usize::from(last.y + 1 - low) * width];
        for span in &self.spans {
            labels[Span { y: span.y - low, ..*span }.cells(width)].fill(1);
        }
        let components = Components::of(&labels, Shape::of_rows(width, labels.len()));
        let mut runs: Vec<(u32, Span)> = components
            .runs
            .iter()
            .filter(|run| run.label == 1)
            .map(|run| (run.component, run.span))
            .collect();
        drop((labels, components));
        // Equal runs one over the other are one rectangle.
        runs.sort_unstable_by_key(|&(part, Span { y, start, end })| (part, start, end, y));
        let parts = runs.chunk_by(|a, b| a.0 == b.0);
        let rectangles = |part: &[(u32, Span)]| {
            let stacks = part.chunk_by(|(_, a), (_, b)| (a.start, a.end, a.y + 1) == (b.start, b.end, b.y));
            let rectangle = |stack: &[(u32, Span)]| {
                let (first, last) = (stack[0].1, stack[stack.len() - 1].1);
                let corner = |x: u16, y: u16| (f64::from(x), f64::from(low + y));
                Rect::new(corner(first.start, first.y), corner(first.end, last.y + 1)).to_polygon()
            };
            stacks.map(rectangle).collect::<Vec<_>>()
        };
        parts.flat_map(|part| unary_union(&rectangles(part))).collect()
    }
}

/// No edge of the ring meets another but its neighbours, at their common corners.
fn is_simple(ring: &LineString) -> bool {
    !ring.is_collinear() && Polygon::new(ring.clone(), Vec::new()).is_valid()
}

/// Whether two edges cross.
fn crosses<'a>(shape: &'a impl LinesIter<'a, Scalar = f64>) -> bool {
    cross(&shape.lines_iter().collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::Region;
    use crate::grid::{RobotFrame, Shape};
    use crate::key::known::region::Runs;
    use geo::{
        Area, BoundingRect, Contains, CoordsIter, Distance, Euclidean, LinesIter, Validation, Winding,
    };
    use geo_types::{MultiPolygon, Point};
    use nalgebra::Point2;
    use proptest::prelude::*;

    /// The region of the `#` of a drawing, top row first.
    fn drawn(drawing: &str) -> Region {
        let rows: Vec<&str> = drawing.split_whitespace().rev().collect();
        let cells: Vec<bool> = rows.iter().flat_map(|row| row.chars()).map(|c| c == '#').collect();
        region(&cells, rows[0].len(), 0.5, [0.0, 0.0])
    }

    fn region(cells: &[bool], width: usize, resolution_m: f64, corner_m: [f64; 2]) -> Region {
        let mut runs = Runs::new(width);
        (0..cells.len()).filter(|&cell| cells[cell]).for_each(|cell| runs.push(cell));
        Region {
            shape: Shape::of_rows(width, cells.len()),
            resolution_m,
            frame: RobotFrame::GRID.cropped(corner_m),
            spans: runs.list,
        }
    }

    /// Regions from specks to nearly all of a grid, somewhere in metres.
    fn regions() -> impl Strategy<Value = Region> {
        let grid = (1..20_usize, 1..20_usize, 0.05..0.95);
        let place = (prop::sample::select(vec![0.05, 0.1, 0.0739, 0.5]), 0..3000_u16, 0..3000_u16);
        (grid, place).prop_flat_map(|((width, height, share), (resolution, left, low))| {
            let cells = prop::collection::vec(prop::bool::weighted(share), width * height);
            let corner = [left, low].map(|cells| f64::from(cells) * resolution);
            cells.prop_map(move |cells| region(&cells, width, resolution, corner))
        })
    }

    fn holds(outline: &MultiPolygon, at: Point2<f64>) -> bool {
        outline.contains(&Point::new(at.x, at.y))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        #[test]
        fn an_outline_holds_the_cells_of_its_region_and_no_other(region in regions()) {
            let outline = region.outline();
            prop_assert!(outline.is_valid());
            prop_assert!((outline.unsigned_area() - region.area_m2()).abs() < 1e-9 * region.area_m2().max(1.0));
            prop_assert_eq!(outline.bounding_rect(), region.bounding());
            for cell in 0..region.shape.len() {
                let at = region.centre(cell);
                prop_assert_eq!(holds(&outline, at), region.contains(at));
            }
            for part in &outline {
                prop_assert!(part.exterior().is_ccw() && part.interiors().iter().all(Winding::is_cw));
            }
        }

        #[test]
        fn a_simplified_outline_is_valid_and_near(region in regions(), cells in 0.0..6.0) {
            let tolerance = cells * region.resolution_m;
            let (exact, simplified) = (region.outline(), region.outline_simplified(tolerance));
            prop_assert!(simplified.is_valid());
            prop_assert_eq!(simplified.0.len(), exact.0.len());
            prop_assert!(simplified.coords_count() <= exact.coords_count());
            for at in exact.coords_iter().map(Point::from) {
                let far = simplified.lines_iter().map(|line| Euclidean.distance(&at, &line)).fold(f64::MAX, f64::min);
                prop_assert!(far <= tolerance + 1e-9);
            }
        }
    }

    #[test]
    fn tolerances_that_are_none_keep_every_corner() {
        let stairs = drawn("#... ##.. ###. ####");
        assert_eq!(stairs.outline().coords_count(), 11);
        for tolerance in [0.0, -1.0, f64::NAN, f64::NEG_INFINITY, 0.17] {
            assert_eq!(stairs.outline_simplified(tolerance), stairs.outline());
        }
        for tolerance in [0.36, 0.5, 1e300, f64::INFINITY] {
            assert!(stairs.outline_simplified(tolerance).coords_count() < 8);
        }
        assert_eq!(drawn("...").outline(), MultiPolygon::new(Vec::new()));
        assert_eq!(drawn("...").outline_simplified(1.0), MultiPolygon::new(Vec::new()));
    }

    /// United all at once, a hole of the outer part went to the inner one.
    #[test]
    fn parts_that_meet_at_corners_keep_their_holes() {
        let rows = ".####### ###..### ..###### #.#.##.. ##.#.##. .##.##.# .######.";
        let outline = drawn(rows).outline();
        assert!(outline.is_valid());
        let holes: Vec<usize> = outline.iter().map(|part| part.interiors().len()).collect();
        assert_eq!(holes, [2, 0, 0]);
    }

    /// So many corners would have to be compared pair by pair.
    #[test]
    fn outlines_of_very_many_corners_are_not_simplified() {
        let cells: Vec<bool> =
            (0..201 * 201).map(|cell| cell / 201 % 2 == 0 || cell % 201 % 2 == 0).collect();
        let region = region(&cells, 201, 0.05, [0.0, 0.0]);
        assert_eq!(region.outline().0[0].interiors().len(), 10_000);
        assert_eq!(region.outline_simplified(0.2), region.outline());
    }

    /// The widest grid there may be: a union in 32-bit numbers still gives whole cells.
    #[test]
    fn outlines_of_the_widest_grids_are_exact() {
        let width = 16_384;
        let mut runs = Runs::new(width);
        let rows = (0..1024).flat_map(|row| [row * width + row % 3, row * width + width - 1 - row % 2]);
        rows.for_each(|cell| runs.push(cell));
        let region = Region {
            shape: Shape::new(width, 1024),
            resolution_m: 0.05,
            frame: RobotFrame::GRID,
            spans: runs.list,
        };
        let outline = region.parts();
        assert!(outline.coords_iter().all(|at| at.x.fract() == 0.0 && at.y.fract() == 0.0));
        assert!((outline.unsigned_area() - 2048.0).abs() < 1e-9);
    }
}
