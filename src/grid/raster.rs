//! Which cells a polygon or a wall covers.
//!
//! Written by hand and not with `geo`: a release depends on it, so a cell must come out the same on every machine, and
//! it is part of firmware. `geo` checks it in tests.

use alloc::vec::Vec;
use core::ops::Range;

use geo_types::{Coord, Line, LineString, Polygon};

use super::shape::{Shape, middle_of, narrow};
use super::sorted::{sort, sort_number_pairs};

/// Calls `cover` with every cell whose centre lies inside the polygon or on its outline (even-odd over all rings).
///
/// As [`fill_polygons`] does for one.
pub(crate) fn fill_polygon(
    polygon: &Polygon<f64>,
    resolution_m: f64,
    shape: Shape,
    cover: impl FnMut(usize),
) {
    fill_polygons(&[polygon], resolution_m, shape, cover);
}

/// Calls `cover` once with every cell whose centre lies inside any of the polygons or on its outline (even-odd over all
/// rings of each), row by row.
///
/// As [`cover_spans`], which is one function in the program, and not one for each thing to do with a cell.
pub(crate) fn fill_polygons(
    polygons: &[&Polygon<f64>],
    resolution_m: f64,
    shape: Shape,
    mut cover: impl FnMut(usize),
) {
    cover_spans(polygons, resolution_m, shape, &mut |cells| cells.for_each(&mut cover));
}

/// Calls `cover` with the cells whose centres lie inside any of the polygons or on its outline, span by span.
///
/// On the outline is what is within a hair of it, so that neither rounding nor the side from which a map is seen
/// decides about an edge that runs through centres. Each row is looked at a little below its middle and a little above.
///
/// Coordinates are in metres from the grid's lower left corner; what lies outside the grid is passed over.
/// One sweep goes over all polygons together and looks in each row at the edges alone that cross it (Wylie,
/// Romney, Evans & Erdahl 1967, the active edge table). So neither corners far from a row cost anything
/// there, nor does a cell that many polygons cover come more than once.
///
/// # Complexity
/// O(corners · log corners + crossings · log crossings in a row + cells covered), where an edge has a
/// crossing in each row of the grid that it passes.
fn cover_spans(
    polygons: &[&Polygon<f64>],
    resolution_m: f64,
    shape: Shape,
    cover: &mut dyn FnMut(Range<usize>),
) {
    let Shape { width, height } = shape;
    let mut edges: Vec<Edge> = Vec::new();
    for (number, polygon) in polygons.iter().enumerate() {
        let rings = core::iter::once(polygon.exterior()).chain(polygon.interiors());
        let of_polygon = rings.flat_map(LineString::lines).map(|line| Edge { polygon: number, line, x: 0.0 });
        // A level edge crosses no row.
        edges.extend(of_polygon.filter(|edge| edge.low() < edge.high()));
    }
    // A sweep upwards meets the lowest end first.
    let mut coming: Vec<u32> = (0..narrow(edges.len())).collect();
    let of = |edges: &[Edge], edge: u32| edges[edge as usize];
    sort(&mut coming, &|a, b| of(&edges, a).low().total_cmp(&of(&edges, b).low()));
    let mut coming = coming.into_iter().peekable();
    let mut active: Vec<u32> = Vec::new();
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for y in 0..height {
        if active.is_empty() && coming.peek().is_none() {
            break;
        }
        spans.clear();
        for aside in [-ROW_HAIR, ROW_HAIR] {
            let scan = middle_of(narrow(y), resolution_m) + aside * resolution_m;
            while let Some(edge) = coming.next_if(|&edge| of(&edges, edge).low() <= scan) {
                active.push(edge);
            }
            active.retain(|&edge| of(&edges, edge).high() > scan);
            for &edge in &active {
                let edge = &mut edges[edge as usize];
                edge.x = crossing(edge.line.start, edge.line.end, scan);
            }
            // Mostly they are in order, as in the row before.
            sort(&mut active, &|a, b| {
                let (a, b) = (of(&edges, a), of(&edges, b));
                a.polygon.cmp(&b.polygon).then(a.x.total_cmp(&b.x))
            });
            // A ring crosses a row as often upwards as downwards, so a pair is of one polygon.
            spans.extend(active.chunks_exact(2).map(|pair| {
                let [from, to] = [pair[0], pair[1]].map(|edge| of(&edges, edge).x / resolution_m - 0.5);
                (
                    narrow(clamp(libm::ceil(from - HAIR), width)),
                    narrow(clamp(libm::floor(to + HAIR) + 1.0, width)),
                )
            }));
        }
        sort_number_pairs(&mut spans);
        let mut next = 0;
        for &(from, to) in &spans {
            let (from, to) = (from as usize, to as usize);
            cover(y * width + from.max(next)..y * width + to);
            next = next.max(to);
        }
    }
}

/// An edge of a polygon.
#[derive(Clone, Copy)]
struct Edge {
    polygon: usize,
    line: Line<f64>,
    /// Where it crosses the current row.
    x: f64,
}

impl Edge {
    const fn low(&self) -> f64 {
        self.line.start.y.min(self.line.end.y)
    }

    const fn high(&self) -> f64 {
        self.line.start.y.max(self.line.end.y)
    }
}

/// How near to a border between two cells a wall is on both of them, and how near to a polygon's edge a centre is on
/// it, in cells: rounding stays far below, and no drawing is finer.
const HAIR: f64 = 1e-6;

/// How far from the middle of a row its cells are looked at, in cells: so little that an edge through a centre passes
/// within a [`HAIR`] of it there, unless it runs along the row but for a hundredth.
const ROW_HAIR: f64 = HAIR / 100.0;

/// Calls `cover` with every cell that the segment passes through, and with the cells on both sides of a border
/// that it runs along. Walls are drawn in whole cells often enough, and on which side of the border rounding
/// puts them would change with the frame.
///
/// # Complexity
/// O(cells of the segment's bounding rows · columns it passes in each).
pub(crate) fn trace_wall(wall: &Line<f64>, resolution_m: f64, shape: Shape, mut cover: impl FnMut(usize)) {
    let Shape { width, height } = shape;
    let (a, b) = if wall.start.y <= wall.end.y { (wall.start, wall.end) } else { (wall.end, wall.start) };
    // In cells; what is beyond all numbers then is held at the last one.
    let cells = |metres: f64| (metres / resolution_m).clamp(-f64::MAX, f64::MAX);
    let (ax, ay, bx, by) = (cells(a.x), cells(a.y), cells(b.x), cells(b.y));
    let misses = by < -HAIR || ay > f64::from(narrow(height)) + HAIR;
    if misses || shape.len() == 0 {
        return;
    }
    for y in cell_at(ay - HAIR, height)..=cell_at(by + HAIR, height) {
        let low = (f64::from(narrow(y)) - HAIR).clamp(ay, by);
        let high = (f64::from(narrow(y)) + 1.0 + HAIR).clamp(ay, by);
        let (from, to) = (Coord { x: ax, y: ay }, Coord { x: bx, y: by });
        let at = |v: f64| if by > ay { crossing(from, to, v) } else { ax };
        let (from, to) = if by > ay { (at(low), at(high)) } else { (ax, bx) };
        let (from, to) = (from.min(to) - HAIR, from.max(to) + HAIR);
        if to < 0.0 || from >= f64::from(narrow(width)) {
            continue;
        }
        (cell_at(from, width)..=cell_at(to, width)).for_each(|x| cover(y * width + x));
    }
}

/// Where the segment from `a` to `b`, which ends on either side of `y`, crosses it.
fn crossing(a: Coord<f64>, b: Coord<f64>, y: f64) -> f64 {
    let across = b.x - a.x;
    let up = b.y - a.y;
    if across.is_finite() && up.is_finite() {
        return a.x + (y - a.y) / up * across;
    }
    // So long that a difference overflows: half of everything does not.
    let share = (y / 2.0 - a.y / 2.0) / (b.y / 2.0 - a.y / 2.0);
    a.x * (1.0 - share) + b.x * share
}

/// The column or row that holds this coordinate, clamped to the grid.
fn cell_at(coordinate: f64, side: usize) -> usize {
    clamp(libm::floor(coordinate), side.saturating_sub(1))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the grid before the cast"
)]
fn clamp(value: f64, most: usize) -> usize {
    value.clamp(0.0, f64::from(narrow(most))) as usize
}

#[cfg(test)]
mod tests {
    use super::{Shape, fill_polygon, fill_polygons, trace_wall};
    use geo_types::{Coord, Line, LineString, Polygon, polygon};
    use proptest::prelude::*;

    /// The definition: a little below the cell's centre or above it, a ray to the right crosses the outline an odd
    /// number of times, or the outline is next to it.
    fn holds(polygon: &Polygon<f64>, x: usize, y: usize) -> bool {
        let (x, y) = (f64::from(super::narrow(x)) + 0.5, f64::from(super::narrow(y)) + 0.5);
        let rings = core::iter::once(polygon.exterior()).chain(polygon.interiors());
        let lines: Vec<Line<f64>> = rings.flat_map(LineString::lines).collect();
        [y - super::ROW_HAIR, y + super::ROW_HAIR].into_iter().any(|y| {
            let crosses = |line: &&Line<f64>| (line.start.y <= y) != (line.end.y <= y);
            let at: Vec<f64> =
                lines.iter().filter(crosses).map(|line| super::crossing(line.start, line.end, y)).collect();
            at.iter().filter(|&&at| at > x).count() % 2 == 1
                || at.iter().any(|at| (at - x).abs() <= super::HAIR)
        })
    }

    /// Rings of up to nine corners on the quarters of cells, so that edges meet centres and one another.
    fn some_polygon() -> impl Strategy<Value = Polygon<f64>> {
        let corner = (-12_i32..60, -12_i32..60);
        let ring = prop::collection::vec(corner, 0..10).prop_map(|corners| {
            let corner = |(x, y)| Coord { x: f64::from(x) / 4.0, y: f64::from(y) / 4.0 };
            corners.into_iter().map(corner).collect::<LineString<f64>>()
        });
        (ring.clone(), prop::collection::vec(ring, 0..3)).prop_map(|(out, within)| Polygon::new(out, within))
    }

    proptest! {
        #[test]
        fn cells_of_any_polygons_are_covered_once(
            polygons in prop::collection::vec(some_polygon(), 0..6), width in 1..13_usize, height in 1..13_usize,
        ) {
            let mut covered = Vec::new();
            let all: Vec<_> = polygons.iter().collect();
            fill_polygons(&all, 1.0, Shape::new(width, height), |cell| covered.push(cell));
            let inside = |cell: &usize| all.iter().any(|polygon| holds(polygon, cell % width, cell / width));
            prop_assert_eq!(covered, (0..width * height).filter(inside).collect::<Vec<_>>());
        }
    }

    /// Differences of such coordinates are infinite; a keep-out must not be lost for that.
    #[test]
    fn enormous_polygons_and_walls_cover_what_they_hold() {
        const MOST: f64 = f64::MAX;
        for most in [1e300, MOST] {
            let cover = |polygon: &Polygon<f64>| {
                let mut covered = 0;
                fill_polygon(polygon, 0.05, Shape::new(4, 3), |_| covered += 1);
                covered
            };
            let square =
                polygon![(x: -most, y: -most), (x: most, y: -most), (x: most, y: most), (x: -most, y: most)];
            assert_eq!(cover(&square), 12);
            let rhomb =
                polygon![(x: -most, y: 0.0), (x: 0.0, y: -most), (x: most, y: 0.0), (x: 0.0, y: most)];
            assert_eq!(cover(&rhomb), 12);
            let triangle = polygon![(x: -most, y: -most), (x: most, y: -most), (x: 0.0, y: most)];
            assert_eq!(cover(&triangle), 12);
            let up = Line::new(Coord { x: 0.12, y: -most }, Coord { x: 0.12, y: most });
            let mut cells = Vec::new();
            trace_wall(&up, 0.05, Shape::new(4, 3), |cell| cells.push(cell));
            assert_eq!(cells, [2, 6, 10]);
            for (start, end) in [((-most, -most), (most, most)), ((most, most), (-most, -most))] {
                let mut cells = Vec::new();
                let line = Line::new(Coord::from(start), Coord::from(end));
                trace_wall(&line, 0.05, Shape::new(4, 3), |cell| cells.push(cell));
                assert!((0..3).all(|y| cells.iter().any(|cell| cell / 4 == y)), "no gap to drive through");
            }
        }
    }

    /// As walls below: an edge that runs through centres is on them in any frame, and from either side.
    #[test]
    fn edges_through_centres_cover_them_in_any_frame() {
        for cell in 1..150_u32 {
            for corner in 0..cell {
                let at = |side: u32| (f64::from(side) + 0.5) * 0.05 - f64::from(corner) * 0.05;
                let (low, high) = (at(cell), at(cell + 3));
                let square =
                    polygon![(x: low, y: low), (x: high, y: low), (x: high, y: high), (x: low, y: high)];
                let mut covered = Vec::new();
                fill_polygon(&square, 0.05, Shape::new(160, 160), |cell| covered.push(cell));
                let sides = || (cell - corner) as usize..(cell - corner) as usize + 4;
                let expected: Vec<usize> = sides().flat_map(|y| sides().map(move |x| y * 160 + x)).collect();
                assert_eq!(covered, expected, "{cell}, {corner}");
            }
        }
    }

    /// Metres of a canvas are not those of a crop: rounding puts a wall on one side of the border or the other.
    #[test]
    fn a_wall_along_a_border_covers_both_sides_in_any_frame() {
        for cell in 1..150_u32 {
            for corner in 0..cell {
                let at = f64::from(cell) * 0.05 - f64::from(corner) * 0.05;
                let border = (cell - corner) as usize;
                let mut sides = [[false; 151]; 2];
                let ends = [(at, 0.12), (at, 0.12 + f64::from(corner) * 1e-15)];
                for (down, sides) in sides.iter_mut().enumerate() {
                    let flip = |(x, y): (f64, f64)| if down == 1 { (y, x) } else { (x, y) };
                    let line = Line::new(Coord::from(flip(ends[0])), Coord::from(flip(ends[1])));
                    let (width, height) = if down == 1 { (3, 151) } else { (151, 3) };
                    trace_wall(&line, 0.05, Shape::new(width, height), |cell| {
                        sides[if down == 1 { cell / width } else { cell % width }] = true;
                    });
                    let covered: Vec<usize> = (0..151).filter(|&side| sides[side]).collect();
                    assert_eq!(covered, [border - 1, border], "{cell}, {corner}");
                }
            }
        }
    }
}
