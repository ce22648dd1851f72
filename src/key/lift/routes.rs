//! Paths on the release as paths in the home.
//!
//! A path planned on the release says where to end, and which doors it would pass. A goal is a place and not a row of
//! doors. So the path that is lifted leads from the pose to the real place of the end, by the cheapest
//! path along the reachable poses of the current map, pulled taut ([`navigate`](crate::navigate)): also through a real
//! door that is not drawn, where that is shorter. Of the drawn doors it tells which are not there.
//!
//! Whoever wants the doors passed in the drawn order asks for that by name (`…_by_doors`): the path then goes past a
//! cell of each door's passage. Between passages the robot may leave the zone it is drawn in: zones are a drawing, and
//! a shorter path through another zone is still shorter. One search covers cells and passages, so the whole path is
//! cheapest and not each leg of it.
//!
//! A drawn path may go from zone to zone where no door is drawn. It is then taken through the doors that join the two.

use alloc::vec::Vec;

use nalgebra::{Isometry2, Point2};
use zeroize::ZeroizeOnDrop;

use crate::atlas::ZoneId;
use crate::grid::narrow;
use crate::key::lift::legs::{PathLegs, Stuck, lay_open, off_ground};
use crate::key::lift::points::frame_cell;
use crate::key::{HouseKey, KeyError};
use crate::navigate::{Navigator, OPEN, nearest};

/// A path in the home, as a polyline in metres of the robot's frame. Private, like the key.
///
/// ```
/// use homeveil::navigate::Navigator;
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let (policy, redaction) = (Policy::default(), Redaction::none());
/// # let (_, key) = anonymize(&home, &redaction, &policy, Grant::unaccounted(), &mut Coins::replayed(1))?;
/// let pose = nalgebra::Isometry2::translation(0.25, 0.25);
/// let here = [key.project(pose)?];
/// let path = key.lift_path(&mut Navigator::new(), pose, &here)?;
/// assert!(path.length_m() < 1.0 && path.detours().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, ZeroizeOnDrop)]
pub struct LiftedPath {
    points: Vec<[f64; 2]>,
    #[zeroize(skip)] // Zones of the release.
    detours: Vec<[ZoneId; 2]>,
}

impl LiftedPath {
    /// The corners in order, the first at or next to the pose and the last at the end: the middle of a reachable pose
    /// each.
    #[must_use]
    pub fn points(&self) -> impl ExactSizeIterator<Item = Point2<f64>> + '_ {
        self.points.iter().map(|&at| Point2::from(at))
    }

    /// Its length in metres.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.points().zip(self.points().skip(1)).map(|(from, to)| nalgebra::distance(&from, &to)).sum()
    }

    /// The doors that the drawn path passes and the robot cannot, in their order, each by its zones: they are drawn but
    /// absent, or cannot be reached today.
    #[must_use]
    pub fn detours(&self) -> &[[ZoneId; 2]] {
        &self.detours
    }
}

/// How a route is lifted.
#[derive(Clone, Copy)]
struct Lift {
    /// Through the drawn doors in their order.
    by_doors: bool,
    /// Past every place, and not to the last alone.
    past_all: bool,
}

impl HouseKey {
    /// The real path of a path on the release: from the robot's pose to where its last point lifts to, along the
    /// shortest path of cells, pulled taut. Without any point the path stays where the robot is.
    ///
    /// `route` is in metres of the release, as [`Navigator::path`] plans it on the release's grid from where
    /// [`HouseKey::project`] shows the pose.
    ///
    /// # Errors
    /// The key leads nowhere today ([`HouseKey::check_open`] says why); the pose is off the map; a point lies outside
    /// the release; the end's zone has no floor cells; or no path leads to it on the current map.
    ///
    /// # Complexity
    /// O(cells).
    pub fn lift_path(
        &self,
        navigator: &mut Navigator,
        pose: Isometry2<f64>,
        route: &[Point2<f64>],
    ) -> Result<LiftedPath, KeyError> {
        self.lift_legs(navigator, pose, route, Lift { by_doors: false, past_all: false })
    }

    /// As [`HouseKey::lift_path`], through the passages of the doors that the drawn path passes, in their order, where
    /// the robot can. A door that is open through redacted rooms alone has no passage that is known: a robot that may
    /// drive through them does so where that is the shortest path, and such a door is no detour for it.
    ///
    /// # Errors
    /// As [`HouseKey::lift_path`]. Or the path is too long to be found in bounded time: through thousands of doors.
    ///
    /// # Complexity
    /// O(cells · doors) at most, mostly O(cells), for each seven doors, and no more than for seven once about sixteen
    /// million cells were looked at.
    pub fn lift_path_by_doors(
        &self,
        navigator: &mut Navigator,
        pose: Isometry2<f64>,
        route: &[Point2<f64>],
    ) -> Result<LiftedPath, KeyError> {
        self.lift_legs(navigator, pose, route, Lift { by_doors: true, past_all: false })
    }

    /// As [`HouseKey::lift_path`], but past the real place of every point of the route and not of its last alone.
    ///
    /// # Errors
    /// As [`HouseKey::lift_path`], for any of the points. Or the path is too long to be found in bounded time: through
    /// a maze, or again and again from one end of a very large map to the other.
    ///
    /// # Complexity
    /// O(cells) for each point, and no more than for one point once about sixteen million cells were looked at.
    pub fn lift_route(
        &self,
        navigator: &mut Navigator,
        pose: Isometry2<f64>,
        places: &[Point2<f64>],
    ) -> Result<LiftedPath, KeyError> {
        self.lift_legs(navigator, pose, places, Lift { by_doors: false, past_all: true })
    }

    /// As [`HouseKey::lift_route`], through the passages of the doors that the drawn route passes, in their order,
    /// where the robot can.
    ///
    /// # Errors
    /// As [`HouseKey::lift_route`].
    ///
    /// # Complexity
    /// O(cells · doors) for each seven doors, and no more than for seven once about sixteen million cells were looked
    /// at.
    pub fn lift_route_by_doors(
        &self,
        navigator: &mut Navigator,
        pose: Isometry2<f64>,
        places: &[Point2<f64>],
    ) -> Result<LiftedPath, KeyError> {
        self.lift_legs(navigator, pose, places, Lift { by_doors: true, past_all: true })
    }

    fn lift_legs(
        &self,
        navigator: &mut Navigator,
        pose: Isometry2<f64>,
        route: &[Point2<f64>],
        lift: Lift,
    ) -> Result<LiftedPath, KeyError> {
        self.check_open()?;
        let mut zone = self.patch_of_pose(pose).map_err(|_| KeyError::Pose)?.zone;
        let start = self.start(navigator, pose).ok_or(KeyError::Pose)?;
        let mut legs = PathLegs::from(self, navigator, start);
        let reached = self.reached_today();
        let mut last: Option<(i64, i64)> = None;
        let mut doors: Vec<usize> = Vec::new();
        for (number, &point) in (1..).zip(route) {
            let (x, y) = frame_cell(point)?;
            let to = (i64::from(x), i64::from(y));
            self.doors_along(last.unwrap_or(to), to, &mut zone, &mut doors);
            last = Some(to);
            if lift.past_all || number == route.len() {
                let end = self.lift_cell(point, &reached)?;
                if self.patches[usize::from(self.patch_of_place(point)?)].anchor != end {
                    // Another cell than its own was looked for, maybe among all.
                    navigator.add_cells(self.shape.len());
                }
                let through = if lift.by_doors { &doors[..] } else { &[] };
                legs.reach(navigator, through, end).map_err(|stuck| match stuck {
                    Stuck::NoPath => KeyError::NoPath { zone: ZoneId::of_index(zone) },
                    Stuck::TooLong => KeyError::TooLong,
                })?;
                if !lift.by_doors {
                    legs.note_absent(navigator, &doors);
                }
                doors.clear();
            }
        }
        let points = legs.cells.iter().map(|&cell| self.centre(cell as usize).into()).collect();
        Ok(LiftedPath { points, detours: core::mem::take(&mut legs.detours) })
    }

    /// The cell nearest to a pose where the robot may be.
    fn start(&self, navigator: &mut Navigator, pose: Isometry2<f64>) -> Option<u32> {
        let at = self.frame.to_crop(pose.translation.vector.into());
        // Mostly the robot is where it can stand: no ground need be laid to find that.
        let own = self.shape.cell_at(at, self.resolution_m).filter(|&own| self.drive.is_open(own));
        if let Some(own) = own {
            return Some(narrow(own));
        }
        lay_open(self, &mut navigator.ground, true);
        let cell = nearest(&navigator.ground, at, self.resolution_m, |mark| mark & OPEN != 0)?;
        Some(off_ground(&navigator.ground, cell))
    }

    /// Adds the doors that a straight piece of a route goes through, and moves on the zone it is in.
    fn doors_along(&self, from: (i64, i64), to: (i64, i64), zone: &mut u8, doors: &mut Vec<usize>) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let steps = dx.abs() + dy.abs();
        for step in 0..=steps {
            let on = |from: i64, by: i64| from + (2 * by * step + steps).div_euclid((2 * steps).max(1));
            let Some(next) = self.zone_of_place(on(from.0, dx), on(from.1, dy)) else { continue };
            if next != *zone {
                self.doors_between(*zone, next, doors);
                *zone = next;
            }
        }
    }

    /// Adds the drawn doors from one zone to another in their order, by the fewest doors.
    fn doors_between(&self, from: u8, to: u8, doors: &mut Vec<usize>) {
        // The door that leads on towards `to`, found from there outwards.
        let mut towards: Vec<Option<usize>> = vec![None; self.zones.len()];
        let mut queue = vec![to];
        let mut next = 0;
        while let Some(&zone) = queue.get(next) {
            next += 1;
            for (number, door) in self.doors.iter().enumerate() {
                let [a, b] = door.zones;
                let beyond = if a == zone {
                    b
                } else if b == zone {
                    a
                } else {
                    continue;
                };
                if beyond != to && towards[usize::from(beyond)].is_none() {
                    towards[usize::from(beyond)] = Some(number);
                    queue.push(beyond);
                }
            }
        }
        let mut zone = from;
        while let Some(door) = towards[usize::from(zone)] {
            doors.push(door);
            let [a, b] = self.doors[door].zones;
            zone = if a == zone { b } else { a };
        }
    }
}

private_debug!(LiftedPath);
