//! Ways of the release as ways in the home.
//!
//! A way planned on the release says, to the robot, which doors to go through in which order and where to end.
//! That is what is lifted: from the pose's cell of C to the end's, past a cell of each drawn door's passage in
//! the drawn order, by the cheapest way along cells of the current map, pulled taut
//! ([`navigate`](crate::navigate)). Between passages the robot may use all of C and not only the zone it is
//! drawn in: zones are a drawing, and where the shortest way cuts through another one it is still the shortest
//! way. The search is one over cells and passages behind, so the whole way is cheapest, not each leg of it.
//!
//! * A *phantom* door asks for no passage. The next one, or the end, is come to by a detour, and the path says so;
//!   so it is with a door whose passage cannot be come to today, as long as the end can.
//! * *RedactedCells* rooms are walls. Where the owner lets the robot pass they are floor like any other. A pose inside
//!   one leaves it by the exit nearest along its floor from which the end can be come to, and does not come back.
//! * The drawn way may go from zone to zone where no door is drawn: it is then taken through the doors that join
//!   the two.

use core::fmt;

use nalgebra::{Isometry2, Point2};
use zeroize::Zeroize;

use crate::atlas::{FRAME, ZoneId};
use crate::grid::{NO_CELL, narrow};
use crate::key::lift::points::frame_cell;
use crate::key::{HouseKey, LiftError, Passage};
use crate::navigate::{Ground, MAX_PASSAGES, Navigator, OPEN, nearest};

/// Whether the robot may drive through redacted rooms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DoorCrossing {
    /// They are walls.
    #[default]
    Avoid,
    /// They are floor to drive on. Nothing in them is cleaned, and no path ends there.
    ThroughRedacted,
}

/// A way in the home, as a polyline in metres of the grid that the home was built from. Private, like the key.
#[derive(Clone, PartialEq)]
pub struct LiftedPath {
    points: Vec<[f64; 2]>,
    detours: Vec<[ZoneId; 2]>,
}

impl LiftedPath {
    /// The corners in order, the first at or beside the pose and the last at the end: the middle of a cell of
    /// C each.
    #[must_use]
    pub fn points(&self) -> impl ExactSizeIterator<Item = Point2<f64>> + '_ {
        self.points.iter().map(|&at| Point2::from(at))
    }

    /// Its length in metres.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        let step = |pair: &[[f64; 2]]| {
            let (dx, dy) = (pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]);
            (dx * dx + dy * dy).sqrt()
        };
        self.points.windows(2).map(step).sum()
    }

    /// The doors that the drawn way goes through and this one does not, in their order, each by its zones: they
    /// are drawn and not there, or cannot be come to today.
    #[must_use]
    pub fn detours(&self) -> &[[ZoneId; 2]] {
        &self.detours
    }
}

impl HouseKey {
    /// The real way of a way on the release: from the robot's pose through the passages of the doors that the
    /// way goes through, to where its last point lifts to. With no point at all the way is where the robot is.
    ///
    /// `route` is in metres of the release, as [`Navigator::path`] plans it on the release's grid from where
    /// [`HouseKey::project`] shows the pose.
    ///
    /// # Errors
    /// The pose is off the map; a point lies outside the release; the end's zone has no floor; or there is no
    /// way to it on the current map.
    ///
    /// # Complexity
    /// O(cells · doors) at most, mostly O(cells), for each seven doors.
    pub fn lift_path(
        &self,
        navigator: &mut Navigator,
        pose: Isometry2<f64>,
        route: &[Point2<f64>],
        passing: DoorCrossing,
    ) -> Result<LiftedPath, LiftError> {
        self.lift_legs(navigator, pose, route, passing, false)
    }

    /// As [`HouseKey::lift_path`], but past the real place of every point of the route and not of its last
    /// alone.
    ///
    /// # Errors
    /// As [`HouseKey::lift_path`], of whichever point.
    ///
    /// # Complexity
    /// O(cells · doors) for each point.
    pub fn lift_route_by_doors(
        &self,
        navigator: &mut Navigator,
        pose: Isometry2<f64>,
        places: &[Point2<f64>],
        passing: DoorCrossing,
    ) -> Result<LiftedPath, LiftError> {
        self.lift_legs(navigator, pose, places, passing, true)
    }

    fn lift_legs(
        &self,
        navigator: &mut Navigator,
        pose: Isometry2<f64>,
        route: &[Point2<f64>],
        passing: DoorCrossing,
        visit_all: bool,
    ) -> Result<LiftedPath, LiftError> {
        let mut zone = self.locate(pose).map(zone_index).ok_or(LiftError::Pose)?;
        let start = self.start(navigator, pose).ok_or(LiftError::Pose)?;
        let mut drawn = Drawn { key: self, passing, at: start, cells: vec![start], detours: Vec::new() };
        let mut last: Option<(i64, i64)> = None;
        let mut doors: Vec<usize> = Vec::new();
        for (number, &point) in (1..).zip(route) {
            let x = i64::from(frame_cell(point.x, FRAME.width)?);
            let y = i64::from(frame_cell(point.y, FRAME.height)?);
            self.doors_along(last.unwrap_or((x, y)), (x, y), &mut zone, &mut doors);
            last = Some((x, y));
            if visit_all || number == route.len() {
                let end = self.lift_cell(point)?;
                drawn.leave_redacted(navigator, end, ZoneId::of_index(zone))?;
                drawn.drive(navigator, &doors, end, ZoneId::of_index(zone))?;
                doors.clear();
            }
        }
        let points = drawn.cells.iter().map(|&cell| self.centre(cell as usize).into()).collect();
        Ok(LiftedPath { points, detours: core::mem::take(&mut drawn.detours) })
    }

    /// The cell of C nearest to a pose.
    fn start(&self, navigator: &mut Navigator, pose: Isometry2<f64>) -> Option<u32> {
        let at = pose.translation.vector;
        let at = Point2::new(at.x - self.corner_m[0], at.y - self.corner_m[1]);
        // Mostly the robot is where it can stand: no ground need be laid to find that.
        if let Some(own) = self.lattice_cell(at).filter(|&own| self.drive.is_open(own as usize)) {
            return Some(own);
        }
        self.lay_open(&mut navigator.ground, DoorCrossing::ThroughRedacted);
        let cell = nearest(&navigator.ground, at, self.resolution_m, |mark| mark & OPEN != 0)?;
        Some(off_ground(&navigator.ground, cell))
    }

    /// The cell of the crop that holds a point, in metres from its corner.
    fn lattice_cell(&self, at: Point2<f64>) -> Option<u32> {
        let index = |metres: f64, side: usize| {
            let cells = (metres / self.resolution_m).floor();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and the side"
            )]
            (cells >= 0.0 && cells < f64::from(narrow(side))).then_some(cells as u32)
        };
        let (x, y) = (index(at.x, self.shape.width)?, index(at.y, self.shape.height)?);
        Some(y * narrow(self.shape.width) + x)
    }

    /// Makes ground of the cells of C that the robot may drive on, in time that grows with these cells.
    fn lay_open(&self, ground: &mut Ground, passing: DoorCrossing) {
        let width = self.shape.width;
        ground.reset(width, self.shape.height);
        // A row of the ground has one cell more than one of the crop.
        let (mut row, mut end) = (0, width);
        self.drive.each_open(passing == DoorCrossing::ThroughRedacted, |cell| {
            while cell >= end {
                row += 1;
                end += width;
            }
            if let Some(mark) = ground.marks.get_mut(cell + row) {
                *mark = OPEN;
            }
        });
    }

    /// Makes ground of the cells of C that are wanted.
    fn lay(&self, ground: &mut Ground, wanted: impl Fn(usize) -> bool) {
        let width = self.shape.width;
        ground.reset(width, self.shape.height);
        for (y, row) in ground.marks.chunks_exact_mut(width + 1).enumerate() {
            for (x, mark) in row[..width].iter_mut().enumerate() {
                *mark = u8::from(wanted(y * width + x)) * OPEN;
            }
        }
    }

    /// The number on the ground of a cell.
    const fn to_ground(&self, cell: u32) -> u32 {
        cell + cell / narrow(self.shape.width)
    }

    /// Adds the doors that a straight piece of a way goes through, and moves on the zone it is in.
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

/// A way being driven.
struct Drawn<'a> {
    key: &'a HouseKey,
    passing: DoorCrossing,
    /// The cell it has come to.
    at: u32,
    /// Its corners.
    cells: Vec<u32>,
    detours: Vec<[ZoneId; 2]>,
}

impl Drawn<'_> {
    /// The robot may drive here.
    fn is_open(&self, cell: usize) -> bool {
        let drive = &self.key.drive;
        drive.is_open(cell) && (self.passing == DoorCrossing::ThroughRedacted || !drive.redacted.has(cell))
    }

    /// Leaves the redacted room that the robot is in, if it must not be in one: for the cell outside, nearest
    /// along straight steps over redacted floor, from which the end can be come to.
    fn leave_redacted(&mut self, navigator: &mut Navigator, end: u32, zone: ZoneId) -> Result<(), LiftError> {
        if self.is_open(self.at as usize) {
            return Ok(());
        }
        let shape = self.key.shape;
        let mut joined = vec![false; shape.len()];
        joined[end as usize] = true;
        shape.flood(&mut vec![end], |_, to| {
            let enter = self.is_open(to) && !joined[to];
            joined[to] |= enter;
            enter
        });
        let mut seen = vec![false; shape.len()];
        seen[self.at as usize] = true;
        let mut exit = NO_CELL;
        shape.flood(&mut vec![self.at], |_, to| {
            if exit == NO_CELL && joined[to] {
                exit = narrow(to);
            }
            let enter = exit == NO_CELL && self.key.drive.is_open(to) && !self.is_open(to) && !seen[to];
            seen[to] |= enter;
            enter
        });
        joined.zeroize();
        if exit == NO_CELL {
            seen.zeroize();
            return Err(LiftError::NoWay { zone });
        }
        self.key.lay(&mut navigator.ground, |cell| seen[cell] || cell == exit as usize);
        seen.zeroize();
        self.go(navigator, exit, 0).map_err(|()| LiftError::NoWay { zone })
    }

    /// Drives on to a cell through doors.
    fn drive(
        &mut self,
        navigator: &mut Navigator,
        doors: &[usize],
        end: u32,
        zone: ZoneId,
    ) -> Result<(), LiftError> {
        // Seven doors at a time: a way through more than that is a row of ways, each up to the nearest cell of
        // its last passage.
        let (now, later) = doors.split_at(doors.len().min(MAX_PASSAGES));
        self.key.lay_open(&mut navigator.ground, self.passing);
        let mut open: Vec<usize> = Vec::new();
        for &door in now {
            if self.key.doors[door].passage == Passage::Open
                && self.mark(&mut navigator.ground, door, open.len())
            {
                open.push(door);
            } else if self.key.doors[door].passage != Passage::Redacted || self.passing == DoorCrossing::Avoid
            {
                self.detours.push(self.key.doors[door].zones.map(ZoneId::of_index));
            }
        }
        #[expect(clippy::cast_possible_truncation, reason = "at most seven passages")]
        let passages = open.len() as u8;
        if !later.is_empty() {
            let Some(target) = self.passage_cell(&navigator.ground, passages) else {
                return self.drive(navigator, later, end, zone);
            };
            if self.go(navigator, target, passages).is_ok() {
                return self.drive(navigator, later, end, zone);
            }
        } else if self.go(navigator, end, passages).is_ok() {
            return Ok(());
        }
        // A passage that cannot be come to: the end perhaps can.
        for mark in &mut navigator.ground.marks {
            *mark &= OPEN;
        }
        self.go(navigator, end, 0).map_err(|()| LiftError::NoWay { zone })?;
        let missed = open.into_iter().chain(later.iter().copied());
        self.detours.extend(missed.map(|door| self.key.doors[door].zones.map(ZoneId::of_index)));
        Ok(())
    }

    /// The cell of the last of some passages that lies nearest to where the robot is.
    fn passage_cell(&self, ground: &Ground, passages: u8) -> Option<u32> {
        let at = ground.place(self.key.to_ground(self.at));
        let away = |cell: usize| {
            let (x, y) = ground.place(narrow(cell));
            (x - at.0).pow(2) + (y - at.1).pow(2)
        };
        let passage =
            (0..ground.marks.len()).filter(|&cell| passages > 0 && ground.at(cell) >> passages & 1 == 1);
        passage.min_by_key(|&cell| (away(cell), cell)).map(|cell| off_ground(ground, narrow(cell)))
    }

    /// Marks the cells of a door's passage: those of either zone that lie beside the other one. Says whether
    /// there are any.
    fn mark(&self, ground: &mut Ground, door: usize, number: usize) -> bool {
        let bit = 2 << number;
        let mut any = false;
        for pair in &self.key.seams[door] {
            let pair = pair.map(|cell| self.key.to_ground(cell) as usize);
            if pair.into_iter().all(|cell| ground.at(cell) & OPEN != 0) {
                for cell in pair {
                    ground.marks[cell] |= bit;
                }
                any = true;
            }
        }
        any
    }

    /// Drives to a cell over the navigator's ground.
    fn go(&mut self, navigator: &mut Navigator, to: u32, passages: u8) -> Result<(), ()> {
        let ground = core::mem::take(&mut navigator.ground);
        let found = navigator.search(&ground, self.key.to_ground(self.at), self.key.to_ground(to), passages);
        if found.is_ok() {
            navigator.pull(&ground);
            let corners = navigator.corners.iter().skip(1);
            self.cells.extend(corners.map(|corner| off_ground(&ground, corner.cell)));
            self.at = to;
        }
        navigator.ground = ground;
        found.map(drop).map_err(drop)
    }
}

/// The cell of the crop of a cell of the ground.
const fn off_ground(ground: &Ground, cell: u32) -> u32 {
    cell - cell / narrow(ground.stride)
}

/// The index of a zone.
#[expect(clippy::cast_possible_truncation, reason = "a plan has at most six zones")]
pub(in crate::key) const fn zone_index(zone: ZoneId) -> u8 {
    zone.index() as u8
}

/// Prints no geometry.
impl fmt::Debug for LiftedPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiftedPath").finish_non_exhaustive()
    }
}

impl Drop for LiftedPath {
    fn drop(&mut self) {
        self.points.zeroize();
    }
}

impl Drop for Drawn<'_> {
    fn drop(&mut self) {
        self.cells.zeroize();
        self.at.zeroize();
    }
}
