//! What a robot is asked to do, in the terms of the release alone.

use geo_types::Rect;
use nalgebra::Point2;
use serde::{Deserialize, Serialize};

use crate::atlas::ZoneId;
use crate::key::AreaId;

/// What the cloud asks for: it knows the release and nothing else. Lengths and places are in metres of the
/// release, (0, 0) in its lower left corner.
///
/// As JSON an object of one field that names the goal, so `{"zone":2}`, `{"area":3}`, `{"spot":[1.0,2.5]}`,
/// `{"rect":{"min":[0.0,0.0],"max":[1.0,2.0]}}`, `{"drive":[4.0,2.0]}` or `{"path":[[1.0,2.5],[4.0,2.0]]}`.
///
/// ```
/// use homeveil::key::Goal;
/// use homeveil::atlas::ZoneId;
/// let goal = Goal::Zone(ZoneId::new(2));
/// assert_eq!(serde_json::to_string(&goal)?, r#"{"zone":2}"#);
/// assert_eq!(serde_json::from_str::<Goal>(r#"{"drive":[4.0,2.0]}"#)?, Goal::Drive([4.0, 2.0].into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Goal {
    /// Clean a zone.
    Zone(ZoneId),
    /// Clean an area; nothing where the owner has not bound it.
    Area(AreaId),
    /// Clean about a place.
    Spot(#[serde(with = "point")] Point2<f64>),
    /// Clean what a rectangle covers.
    Rect(#[serde(with = "rectangle")] Rect<f64>),
    /// Drive to a place.
    Drive(#[serde(with = "point")] Point2<f64>),
    /// Drive through places in their order.
    Path(#[serde(with = "points")] Vec<Point2<f64>>),
}

mod point {
    use nalgebra::Point2;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in crate::key) fn serialize<S: Serializer>(at: &Point2<f64>, to: S) -> Result<S::Ok, S::Error> {
        [at.x, at.y].serialize(to)
    }

    pub(in crate::key) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Point2<f64>, D::Error> {
        <[f64; 2]>::deserialize(from).map(Into::into)
    }
}

mod points {
    use nalgebra::Point2;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(in crate::key) fn serialize<S: Serializer>(path: &[Point2<f64>], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(path.iter().map(|at| [at.x, at.y]))
    }

    pub(in crate::key) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Vec<Point2<f64>>, D::Error> {
        Ok(<Vec<[f64; 2]>>::deserialize(from)?.into_iter().map(Into::into).collect())
    }
}

mod rectangle {
    use geo_types::{Coord, Rect};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Corners {
        min: [f64; 2],
        max: [f64; 2],
    }

    pub(in crate::key) fn serialize<S: Serializer>(rect: &Rect<f64>, to: S) -> Result<S::Ok, S::Error> {
        Corners { min: [rect.min().x, rect.min().y], max: [rect.max().x, rect.max().y] }.serialize(to)
    }

    pub(in crate::key) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Rect<f64>, D::Error> {
        let corner = |[x, y]: [f64; 2]| Coord { x, y };
        Corners::deserialize(from).map(|corners| Rect::new(corner(corners.min), corner(corners.max)))
    }
}
