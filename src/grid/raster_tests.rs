//! The raster against the geometry of `geo`.

use geo::{Distance, Euclidean, Intersects};
use geo_types::{Coord, Line, LineString, Point, Polygon, Rect};
use proptest::prelude::*;

use super::raster::{fill_polygon, trace_wall};
use super::shape::Shape;

const SIDE: usize = 12;

fn square(cell: usize) -> Rect {
    let [x, y] = [cell % SIDE, cell / SIDE].map(|n| f64::from(crate::grid::narrow(n)));
    Rect::new((x, y), (x + 1.0, y + 1.0))
}

/// Places on the quarters of cells, in the grid and around it.
fn places(count: core::ops::Range<usize>) -> impl Strategy<Value = Vec<Coord>> {
    let place = (-8_i32..56, -8_i32..56);
    let quarters = |(x, y)| Coord { x: f64::from(x) / 4.0, y: f64::from(y) / 4.0 };
    prop::collection::vec(place.prop_map(quarters), count)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_polygon_fills_the_cells_whose_centre_is_in_it_or_on_its_edge(corners in places(3..7)) {
        let outline = Polygon::new(LineString::new(corners), Vec::new());
        prop_assume!(crate::home::outline::check(&outline).is_ok());
        let mut filled = [false; SIDE * SIDE];
        fill_polygon(&outline, 1.0, Shape::new(SIDE, SIDE), |cell| filled[cell] = true);
        for (cell, filled) in filled.into_iter().enumerate() {
            let centre = Point::from(square(cell).center());
            prop_assert_eq!(filled, outline.intersects(&centre));
        }
    }

    #[test]
    fn a_wall_covers_the_cells_that_it_touches(ends in places(2..3)) {
        let wall = Line::new(ends[0], ends[1]);
        let mut covered = [false; SIDE * SIDE];
        trace_wall(&wall, 1.0, Shape::new(SIDE, SIDE), |cell| covered[cell] = true);
        for (cell, covered) in covered.into_iter().enumerate() {
            prop_assert!(covered || !wall.intersects(&square(cell)));
            prop_assert!(!covered || Euclidean.distance(&wall, &square(cell).to_polygon()) < 1e-5);
        }
    }
}
