//! Outlines that an owner draws: what is checked, and when.
//!
//! Takes a polygon in metres and says what is wrong with it. A polygon that crosses itself has no clear inside:
//! of a bow-tie drawn round two beds, an app may fill both halves and the library one. So whatever the owner
//! draws through the library is checked at once ([`KeepOut::check`], [`Redaction::region`],
//! [`HouseKey::bind_region`], [`HouseKey::bar`]), before anything depends on it.
//!
//! Keep-outs that come with a map are not checked. The robot already obeys them, and a home must not be lost over
//! an old drawing: [`HomeBuilder`](super::HomeBuilder) takes them by the even-odd rule and closes their edges.
//!
//! With the feature `geo` validity is that of simple features (OGC 06-103r4), by the crate `geo`. Without it,
//! only numbers and corners are checked, and outlines that cross themselves pass. Moving and counting are written
//! by hand, because they are needed without that feature as well.
//!
//! [`KeepOut::check`]: super::KeepOut::check
//! [`Redaction::region`]: crate::Redaction::region
//! [`HouseKey::bind_region`]: crate::HouseKey::bind_region
//! [`HouseKey::bar`]: crate::HouseKey::bar

use geo_types::{Coord, LineString, Polygon};

use super::error::HomeError;
use super::limits::MAX_OUTLINE_CORNERS;

/// Checks an outline that an owner draws.
///
/// # Complexity
/// O(corners²).
pub(crate) fn check(outline: &Polygon<f64>) -> Result<(), HomeError> {
    if corners(outline) > MAX_OUTLINE_CORNERS {
        return Err(HomeError::Corners);
    }
    if !is_finite(outline) {
        return Err(HomeError::Position);
    }
    // A ring ends with the corner it begins with.
    if rings(outline).any(|ring| ring.0.len() < 4) {
        return Err(HomeError::NoInside);
    }
    #[cfg(feature = "geo")]
    check_validity(outline)?;
    Ok(())
}

#[cfg(feature = "geo")]
fn check_validity(outline: &Polygon<f64>) -> Result<(), HomeError> {
    use geo::algorithm::validation::InvalidPolygon;
    use geo::{IsConvex, LinesIter, Validation};

    let tamed = tamed(outline);
    for ring in rings(&tamed) {
        if ring.0.is_empty() || ring.is_collinear() {
            return Err(HomeError::NoInside);
        }
        Polygon::new(ring.clone(), Vec::new()).check_validation().map_err(|error| match error {
            InvalidPolygon::TooFewPointsInRing(_) => HomeError::NoInside,
            _ => HomeError::CrossesItself,
        })?;
    }
    if cross(&tamed.lines_iter().collect::<Vec<_>>()) || !tamed.is_valid() {
        return Err(HomeError::HolesOverlap);
    }
    Ok(())
}

/// The outline with coordinates whose products are numbers: `geo` is exact then.
#[cfg(feature = "geo")]
fn tamed(outline: &Polygon<f64>) -> Polygon<f64> {
    const FAR_M: f64 = 1e60;
    const NEAR_M: f64 = 1e-60;
    let is_far = rings(outline).flat_map(|ring| &ring.0).any(|at| at.x.abs().max(at.y.abs()) > FAR_M);
    // A power of two, so that nothing is rounded.
    let scale = if is_far { f64::powi(2.0, -850) } else { 1.0 };
    let tame = |metres: f64| if (metres * scale).abs() < NEAR_M { 0.0 } else { metres * scale };
    moved(outline, |at| Coord { x: tame(at.x), y: tame(at.y) })
}

/// Whether two of the lines cross, other than at an end. Exact, unlike the points where they do: `geo` may panic
/// where it relates shapes whose edges cross, so this is asked before it does.
///
/// # Complexity
/// O(lines²), and O(lines · log lines) where few overlap along the x axis.
#[cfg(feature = "geo")]
pub(crate) fn cross(lines: &[geo_types::Line<f64>]) -> bool {
    use geo::line_intersection::{LineIntersection, line_intersection};
    let proper =
        |a, b| matches!(line_intersection(a, b), Some(LineIntersection::SinglePoint { is_proper: true, .. }));
    let low = |line: &geo_types::Line<f64>| (line.start.x.min(line.end.x), line.start.y.min(line.end.y));
    let high = |line: &geo_types::Line<f64>| (line.start.x.max(line.end.x), line.start.y.max(line.end.y));
    let mut lines = lines.to_vec();
    lines.sort_by(|a, b| low(a).0.total_cmp(&low(b).0));
    lines.iter().enumerate().any(|(n, a)| {
        let near = lines[n + 1..].iter().take_while(|b| low(b).0 <= high(a).0);
        near.filter(|b| low(b).1 <= high(a).1 && low(a).1 <= high(b).1).any(|&b| proper(*a, b))
    })
}

/// The outer ring and the holes.
pub(crate) fn rings(outline: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    core::iter::once(outline.exterior()).chain(outline.interiors())
}

/// How many corners an outline has, over all rings.
pub(crate) fn corners(outline: &Polygon<f64>) -> usize {
    // A ring ends with the corner it begins with.
    rings(outline).map(|ring| ring.0.len().saturating_sub(1)).sum()
}

/// All coordinates of an outline are numbers.
pub(crate) fn is_finite(outline: &Polygon<f64>) -> bool {
    rings(outline).flat_map(|ring| &ring.0).all(is_number)
}

/// Both coordinates are numbers.
pub(crate) const fn is_number(at: &Coord<f64>) -> bool {
    at.x.is_finite() && at.y.is_finite()
}

/// The outline with every corner moved.
pub(crate) fn moved(outline: &Polygon<f64>, to: impl Fn(Coord<f64>) -> Coord<f64>) -> Polygon<f64> {
    let ring = |ring: &LineString<f64>| ring.coords().map(|&at| to(at)).collect();
    Polygon::new(ring(outline.exterior()), outline.interiors().iter().map(ring).collect())
}

#[cfg(all(test, feature = "geo"))]
mod tests {
    use super::{HomeError, check};
    use geo_types::{Coord, LineString, Polygon};
    use proptest::prelude::*;

    /// A ring is simple: no two edges have a point in common but a corner that follows one another's.
    fn is_simple(corners: &[(i64, i64)]) -> bool {
        let count = corners.len();
        let side = |a: (i64, i64), b: (i64, i64), c: (i64, i64)| {
            ((b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)).signum()
        };
        let on = |a: (i64, i64), b: (i64, i64), c: (i64, i64)| {
            side(a, b, c) == 0
                && (a.0.min(b.0)..=a.0.max(b.0)).contains(&c.0)
                && (a.1.min(b.1)..=a.1.max(b.1)).contains(&c.1)
        };
        (0..count).all(|first| {
            let (a, b, next) = (corners[first], corners[(first + 1) % count], corners[(first + 2) % count]);
            // The next edge leads on, not back.
            !on(a, b, next)
                && !on(b, next, a)
                && (first + 2..count).filter(|other| (other + 1) % count != first).all(|other| {
                    let (c, d) = (corners[other], corners[(other + 1) % count]);
                    let apart = side(a, b, c) * side(a, b, d) > 0 || side(c, d, a) * side(c, d, b) > 0;
                    let touch = on(a, b, c) || on(a, b, d) || on(c, d, a) || on(c, d, b);
                    !touch && (apart || side(a, b, c) == 0 || side(a, b, d) == 0)
                })
        })
    }

    fn ring<T: Copy>(corners: &[(T, T)]) -> LineString
    where
        f64: From<T>,
    {
        corners.iter().map(|&(x, y)| Coord { x: f64::from(x), y: f64::from(y) }).collect()
    }

    fn wild() -> impl Strategy<Value = f64> {
        let most = [f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, 1e60, 1e61, -1e154, 1e200, 0.1, -0.0];
        prop_oneof![(-4..5_i8).prop_map(f64::from), prop::sample::select(most.to_vec())]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        #[test]
        fn outlines_pass_that_are_simple(corners in prop::collection::vec((0..6_i32, 0..6_i32), 3..7)) {
            let mut distinct: Vec<(i64, i64)> = corners.iter().map(|&(x, y)| (x.into(), y.into())).collect();
            distinct.dedup();
            while distinct.len() > 1 && distinct.first() == distinct.last() {
                distinct.pop();
            }
            let simple = distinct.len() > 2 && is_simple(&distinct);
            let checked = check(&Polygon::new(ring(&corners), Vec::new()));
            prop_assert_eq!(checked.is_ok(), simple, "{:?}", checked);
            let most = f64::powi(2.0, 1020);
            let far: Vec<_> = corners.iter().map(|&(x, y)| (f64::from(x) * most, f64::from(y) * most)).collect();
            prop_assert_eq!(check(&Polygon::new(ring(&far), Vec::new())), checked, "however far away");
        }

        #[test]
        fn no_outline_panics(rings in prop::collection::vec(prop::collection::vec((wild(), wild()), 0..7), 1..5)) {
            let mut rings = rings.iter().map(|corners| ring(corners));
            let outline = Polygon::new(rings.next().unwrap(), rings.collect());
            prop_assert_ne!(check(&outline), Err(HomeError::Position));
        }
    }
}
