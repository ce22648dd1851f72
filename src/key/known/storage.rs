//! Known maps as bytes, within those of their key.
//!
//! | part | content |
//! | --- | --- |
//! | library | number of today's map, strange maps in a row, number of the last mark (u32 each); 0, or 1 and the last mark of what may be meant (u32) while the owner has to choose; 1 bars + 2 redaction of maps given up (u8) |
//! | today | 0, or one more than the index of today's map (u8); its transform: steps (u16), pivot, shift (i32 each) |
//! | maps | their number (u8), for each: |
//! | frame | width, height (u32 each), resolution, corner x, y (f64 each), 0, or 1 and origin x, y, cosine and sine of its yaw (f64 each), symmetry (u8), confirmed (u8), seen (u32) |
//! | looks | set of the free cells of the first map; 0, or 1, left, low (i32), width, height (u32) and set of the last |
//! | zones | runs, each with the zone's index (u8) |
//! | marks | their number (u32), for each: number (u32), 0 redacted, 1 barred, 2 area (u8), area (u32), runs |
//! | requests | their number (count), each 8 bytes. Before version 8 they followed the number of the last mark, one list for all maps |

use alloc::vec::Vec;

use super::claim_run::{self, MAX_SPAN};
use super::library::{Here, KnownMaps, Lost, MOST_MAPS};
use super::map::{KnownMap, Sighted};
use super::mark::{MAX_MARKS, MarkId, MarkKind, MarkedCells};
use super::packed_runs::PackedRuns;
use super::requests::Requests;
use crate::blob::{BlobError, Reader, Writer, byte, check, read_cells, write_cells};
use crate::grid::{
    BitGrid, MAX_CELLS, MAX_RESOLUTION_M, MAX_SIDE, MIN_RESOLUTION_M, RobotFrame, Shape, Symmetry, narrow,
};
use crate::key::AreaId;
use crate::key::known::registration::RigidTransform;

/// Farthest that a transform takes a cell: more than two grids.
const FARTHEST: i64 = 1 << 22;

/// What a key has that its known maps have to fit.
pub(in crate::key) struct Limits {
    /// The version of the key's bytes.
    pub(in crate::key) version: u32,
    pub(in crate::key) zones: u8,
    pub(in crate::key) areas: u32,
}

impl KnownMaps {
    pub(in crate::key) fn write(&self, out: &mut Writer<'_>) {
        for number in [self.day, self.strange, self.next] {
            out.u32(number);
        }
        out.option(self.last_tentative, Writer::u32);
        out.u8(u8::from(self.lost.bars) | u8::from(self.lost.redaction) << 1);
        out.u8(self.here.map_or(0, |here| byte(here.map + 1)));
        if let Some(Here { transform, .. }) = self.here {
            let (steps, pivot, shift) = transform.parts();
            out.u16(steps.unsigned_abs());
            for n in [pivot.0, pivot.1, shift.0, shift.1] {
                out.i32(i32::try_from(n).unwrap_or(0));
            }
        }
        out.u8(byte(self.maps.len()));
        self.maps.iter().for_each(|map| map.write(out));
    }

    pub(in crate::key) fn read(from: &mut Reader<'_>, limits: &Limits) -> Result<Self, BlobError> {
        let (day, strange, next) = (from.u32()?, from.u32()?, from.u32()?);
        let (placed, tentative, lost) = if limits.version < 8 {
            let (placed, tentative) = Requests::read(from)?.without_undecided(next);
            (Some(placed), tentative, Lost::default())
        } else {
            let tentative = from.option(Reader::u32)?;
            // More than there are marks where an earlier version did not say it: in doubt they are all the owner's.
            let tentative = tentative.map(|last| if last > next { 0 } else { last });
            let lost = from.u8()?;
            check(lost < 4)?;
            (None, tentative, Lost { bars: lost & 1 != 0, redaction: lost & 2 != 0 })
        };
        let here = match usize::from(from.u8()?).checked_sub(1) {
            Some(map) => {
                let steps = from.u16()?;
                check(steps < RigidTransform::TURNS)?;
                let mut place = || {
                    let (x, y) = (i64::from(from.i32()?), i64::from(from.i32()?));
                    check(x.abs() <= FARTHEST && y.abs() <= FARTHEST).map(|()| (x, y))
                };
                let (pivot, shift) = (place()?, place()?);
                let transform = RigidTransform::new(i16::try_from(steps).unwrap_or(0), pivot, shift);
                Some(Here { map, transform })
            }
            None => None,
        };
        let count = usize::from(from.u8()?);
        check(count <= MOST_MAPS && here.is_none_or(|here| here.map < count))?;
        let maps = (0..count).map(|_| KnownMap::read(from, limits, next));
        let mut maps = maps.collect::<Result<Vec<_>, _>>()?;
        check(maps.iter().all(|map| map.seen <= day))?;
        // An earlier version did not say what was placed where: it counts on all maps that the owner calls the home's.
        if let Some(placed) = placed {
            for map in maps.iter_mut().filter(|map| map.confirmed) {
                map.requests.take_over(&placed);
            }
        }
        Ok(Self { maps, here, day, strange, next, last_tentative: tentative, lost })
    }
}

impl KnownMap {
    fn write(&self, out: &mut Writer<'_>) {
        write_shape(self.shape(), out);
        for number in [self.resolution_m].into_iter().chain(self.frame.corner_m) {
            out.f64(number);
        }
        out.u8(self.is_framed.into());
        if self.is_framed {
            self.frame.numbers().into_iter().for_each(|number| out.f64(number));
        }
        out.u8(byte(self.symmetry.index()));
        out.u8(self.confirmed.into());
        out.u32(self.seen);
        write_cells(&self.first, out);
        out.option(self.last.as_ref(), |out, Sighted { left, low, free }| {
            out.i32(*left);
            out.i32(*low);
            write_shape(free.shape(), out);
            write_cells(free, out);
        });
        claim_run::write(&self.zones, out);
        out.u32(narrow(self.marks.len()));
        for mark in &self.marks {
            out.u32(mark.id.get());
            let (kind, area) = match mark.kind {
                MarkKind::Redacted => (0, 0),
                MarkKind::Barred => (1, 0),
                MarkKind::Area(area) => (2, area.get()),
            };
            out.u8(kind);
            out.u32(area);
            out.count(mark.runs.len());
            out.bytes(mark.runs.bytes());
        }
        self.requests.write(out);
    }

    fn read(from: &mut Reader<'_>, limits: &Limits, next: u32) -> Result<Self, BlobError> {
        let shape = read_shape(from)?;
        // Before version 7 a known map had no place in the robot's frame.
        let mut is_framed = false;
        let (resolution_m, frame) = read_frame(from, |from| {
            is_framed = limits.version >= 7 && from.bool()?;
            Ok(is_framed)
        })?;
        let symmetry = Symmetry::ALL.get(usize::from(from.u8()?)).copied().ok_or(BlobError::Content)?;
        let (confirmed, seen) = (from.bool()?, from.u32()?);
        let first = read_cells(from, shape)?;
        let last = from.option(read_last)?;
        let zones = claim_run::read(from, limits.zones)?;
        let count = from.u32()?;
        check(count as usize <= MAX_MARKS)?;
        let mut marks: Vec<MarkedCells> = Vec::new();
        for _ in 0..count {
            let id = from.u32()?;
            check(id <= next && marks.last().is_none_or(|last| last.id.get() < id))?;
            let (kind, area) = (from.u8()?, from.u32()?);
            check(if kind == 2 { area < limits.areas } else { area == 0 })?;
            let kind = match kind {
                0 => MarkKind::Redacted,
                1 => MarkKind::Barred,
                2 => MarkKind::Area(AreaId::new(area)),
                _ => return Err(BlobError::Content),
            };
            let runs: PackedRuns = claim_run::read(from, 0)?.into_iter().collect();
            check(!runs.is_empty())?;
            marks.push(MarkedCells { id: MarkId::new(id), kind, runs });
        }
        let requests = if limits.version >= 8 { Requests::read(from)? } else { Requests::default() };
        let map = Self {
            resolution_m,
            frame,
            is_framed,
            symmetry,
            first,
            last,
            zones,
            marks,
            requests,
            confirmed,
            seen,
        };
        check(map.extent().fits())?;
        Ok(map)
    }
}

/// The resolution of a map and where it lies in the robot's frame; as its grid, where nothing says it.
pub(in crate::key) fn read_frame(
    from: &mut Reader<'_>,
    says_it: impl FnOnce(&mut Reader<'_>) -> Result<bool, BlobError>,
) -> Result<(f64, RobotFrame), BlobError> {
    let (resolution_m, corner_m) = (from.f64()?, [from.f64()?, from.f64()?]);
    check((MIN_RESOLUTION_M..=MAX_RESOLUTION_M).contains(&resolution_m))?;
    let farthest = f64::from(MAX_SIDE) * resolution_m;
    check(corner_m.iter().all(|corner| (0.0..=farthest).contains(corner)))?;
    let numbers = if says_it(from)? {
        [from.f64()?, from.f64()?, from.f64()?, from.f64()?]
    } else {
        RobotFrame::GRID.numbers()
    };
    let frame = RobotFrame::of_numbers(corner_m, numbers);
    check(frame.is_valid())?;
    Ok((resolution_m, frame))
}

fn read_last(from: &mut Reader<'_>) -> Result<Sighted, BlobError> {
    let (left, low) = (from.i32()?, from.i32()?);
    let shape = read_shape(from)?;
    let free: BitGrid = read_cells(from, shape)?;
    let far = |at: i32| i64::from(at).abs() <= FARTHEST;
    check(far(left) && far(low))?;
    Ok(Sighted { left, low, free })
}

fn write_shape(shape: Shape, out: &mut Writer<'_>) {
    out.u32(narrow(shape.width));
    out.u32(narrow(shape.height));
}

fn read_shape(from: &mut Reader<'_>) -> Result<Shape, BlobError> {
    let (width, height) = (from.u32()?, from.u32()?);
    check(width <= MAX_SPAN && height <= MAX_SPAN && (width == 0) == (height == 0))?;
    let shape = Shape { width: width as usize, height: height as usize };
    check(shape.len() <= MAX_CELLS)?;
    Ok(shape)
}
