//! The key as bytes, for the robot's own storage.
//!
//! The content below lies in the [envelope](crate::blob) `HVKEY`, version 8, of 64 KiB at least. A *count* is a LEB128
//! varint. A *set* of cells is written as counts of cells in turn outside and inside it; the first may be 0. A cell
//! that does not exist has all bits set. One key has one encoding, and everything that is read is checked.
//!
//! | part | content |
//! | --- | --- |
//! | map | plan, width, height, uncharted cells (u32 each), resolution, corner x, y, origin x, y, cosine and sine of its yaw (f64 each) |
//! | zones | their number (u8), each rectangle: x, y, width, height (u16 each) |
//! | doors | their number (u8), for each: its zones (two u8), 0 open, 1 redacted, 2 phantom, 3 unreachable (u8) |
//! | patches | their number (u16), for each: zone (u8), rectangle (four u16), anchor pose (u32) |
//! | cells | runs over all cells: patch (u16), count = 2 · length + (1 if charted) |
//! | drive | radius (f64), cell nearest to the dock (u32); sets of reachable poses, redacted cells, barred cells |
//! | directions | symmetry (u8) |
//! | areas | their number (u32), for each: count of runs; for each: counts of cells since the last and in it |
//! | closed | 1 bars without a place + 2 redaction without one + 4 a room that no map has (u8) |
//! | known | the known maps, as `known::storage` says |

use alloc::vec::Vec;

use zeroize::Zeroizing;

use crate::atlas::{FRAME, MAX_ZONES, MIN_ZONES, Plan, PlanId};
use crate::blob::{BlobError, Envelope, Reader, Writer, byte, check};
use crate::grid::{BitGrid, CellRect, MAX_CELLS, MAX_SIDE, NO_CELL, Shape, Span, Symmetry, narrow};
use crate::key::HouseKey;
use crate::key::chart::doors::{DrawnDoor, Passage};
use crate::key::chart::{BLOCK, NO_PATCH, Patch};
use crate::key::house_key::build::{DrawnPlan, KeyCells};
use crate::key::known::{Closed, KnownMaps, Limits, read_frame};
use crate::key::reach::drive::Drive;
use crate::policy::MAX_POLICY_AREAS;

const ENVELOPE: Envelope =
    Envelope { magic: *b"HVKEY\0\0\0", version: HouseKey::VERSION, least: HouseKey::LEAST_BYTES };

impl HouseKey {
    /// Version of what [`HouseKey::write`] writes.
    pub(crate) const VERSION: u32 = 8;

    /// The first version that is read. Before version 6 a key had no frame of the robot: it was that of the grid.
    /// Before version 7 its known maps had none. Before version 8 its known maps had no requests of their own.
    pub(crate) const FIRST_VERSION: u32 = 5;

    /// Smallest size of a stored key: that of all but the largest homes.
    pub(crate) const LEAST_BYTES: usize = 1 << 16;

    /// The key as bytes, wiped when dropped. They are as secret as the map itself.
    ///
    /// # Complexity
    /// O(cells), twice.
    #[must_use]
    pub fn to_secret_bytes(&self) -> Zeroizing<Vec<u8>> {
        ENVELOPE.seal(|out| self.write(out))
    }

    /// The key of bytes that [`HouseKey::to_secret_bytes`] gave.
    ///
    /// # Errors
    /// The bytes are no key, of another version, damaged, or their content does not fit together. No bytes
    /// make it panic or take more memory than a key of the largest grid with all the maps that it may know.
    ///
    /// # Complexity
    /// O(bytes + cells).
    pub fn from_secret_bytes(bytes: &[u8]) -> Result<Self, BlobError> {
        ENVELOPE.open_since(Self::FIRST_VERSION, bytes, Self::read)
    }

    /// Writes the content of a stored key.
    pub(crate) fn write(&self, out: &mut Writer<'_>) {
        for number in [self.plan.get(), narrow(self.shape.width), narrow(self.shape.height), self.uncharted] {
            out.u32(number);
        }
        let numbers = [self.resolution_m].into_iter().chain(self.frame.corner_m).chain(self.frame.numbers());
        numbers.for_each(|number| out.f64(number));
        out.u8(byte(self.zones.len()));
        for zone in &self.zones {
            write_rect(out, zone.rect);
        }
        out.u8(byte(self.doors.len()));
        for door in &self.doors {
            out.bytes(&door.zones);
            out.u8(door.passage.code());
        }
        out.u16(short(narrow(self.patches.len())));
        for patch in &self.patches {
            out.u8(patch.zone);
            write_rect(out, patch.rect);
            out.u32(patch.anchor);
        }
        let mut cell = 0;
        while cell < self.near.len() {
            let (patch, charted) = (self.near[cell], self.is_charted(cell));
            let same = |&other: &usize| self.near[other] == patch && self.is_charted(other) == charted;
            let len = (cell..self.near.len()).take_while(same).count();
            out.u16(patch);
            out.count(2 * narrow(len) + u32::from(charted));
            cell += len;
        }
        self.drive.write(out);
        out.u8(byte(self.symmetry.index()));
        out.u32(narrow(self.areas.len()));
        for spans in &self.areas {
            out.count(narrow(spans.len()));
            let mut end = 0;
            for cells in spans.iter().map(|span| span.cells(self.shape.width)) {
                out.count(narrow(cells.start - end));
                out.count(narrow(cells.len()));
                end = cells.end;
            }
        }
        let Closed { bars, redaction, room } = self.closed;
        out.u8(u8::from(bars) | u8::from(redaction) << 1 | u8::from(room) << 2);
        self.known.write(out);
    }

    /// Reads what [`HouseKey::write`] wrote, in this version or an earlier one.
    pub(crate) fn read(from: &mut Reader<'_>, version: u32) -> Result<Self, BlobError> {
        let plan = PlanId::new(from.u32()?);
        let (width, height, uncharted) = (from.u32()?, from.u32()?, from.u32()?);
        check(width <= MAX_SIDE && height <= MAX_SIDE && (width == 0) == (height == 0))?;
        let shape = Shape { width: width as usize, height: height as usize };
        check(shape.len() <= MAX_CELLS && uncharted as usize <= shape.len())?;
        let (resolution_m, frame) = read_frame(from, |_| Ok(version >= 6))?;
        let rects = read_zones(from)?;
        // They are those of the plan, which a map that is not known is given once more.
        let drawn = Plan::decode(byte(rects.len()), plan).ok_or(BlobError::Content)?.zones();
        check(drawn.iter().map(|zone| zone.rect).eq(rects.iter().copied()))?;
        let doors = read_doors(from, rects.len())?;
        let patches = read_patches(from, &rects, shape)?;
        let (near, charted) = read_near(from, shape, patches.len())?;
        let drive = Drive::read(from, shape, resolution_m, frame)?;
        // What lifts rely on: no patch leads into a redacted room, and every anchor pose is one outside.
        check(charted.and(&drive.redacted).is_empty())?;
        let stands = |cell: usize| drive.is_pose(cell) && !drive.redacted.has(cell);
        check(patches.iter().all(|patch| patch.anchor == NO_CELL || stands(patch.anchor as usize)))?;
        let symmetry = Symmetry::ALL.get(usize::from(from.u8()?)).copied().ok_or(BlobError::Content)?;
        let drawn = DrawnPlan { plan, rects, doors };
        let cells = KeyCells { near, charted, uncharted, drive };
        let mut key = Self::from_tables(drawn, (shape, resolution_m, frame), symmetry, patches, cells);
        key.areas = read_areas(from, &key)?;
        let closed = from.u8()?;
        check(closed < if version < 8 { 4 } else { 8 })?;
        key.closed = Closed { bars: closed & 1 != 0, redaction: closed & 2 != 0, room: closed & 4 != 0 };
        let limits = Limits { version, zones: byte(key.zones.len()), areas: key.areas() };
        key.known = KnownMaps::read(from, &limits)?;
        if key.closed.is_closed() {
            key.drive.close();
        }
        Ok(key)
    }
}

/// Rectangles that tile the frame.
fn read_zones(from: &mut Reader<'_>) -> Result<Vec<CellRect>, BlobError> {
    let count = from.u8()?;
    check((MIN_ZONES..=MAX_ZONES).contains(&count))?;
    let rects = (0..count).map(|_| read_rect(from)).collect::<Result<Vec<CellRect>, _>>()?;
    let frame = CellRect { x: 0, y: 0, width: FRAME.width, height: FRAME.height };
    check(rects.iter().all(|rect| holds(frame, *rect)))?;
    check(rects.iter().map(CellRect::area).sum::<u32>() == frame.area())?;
    let apart = |a: &CellRect, b: &CellRect| {
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
    };
    check(rects.iter().enumerate().all(|(i, a)| rects[..i].iter().all(|b| apart(a, b))))?;
    Ok(rects)
}

/// Doors between zones that there are, in order.
fn read_doors(from: &mut Reader<'_>, zones: usize) -> Result<Vec<DrawnDoor>, BlobError> {
    let count = from.u8()?;
    let mut doors: Vec<DrawnDoor> = Vec::new();
    for _ in 0..count {
        let zones_of = [from.u8()?, from.u8()?];
        let passage = Passage::from_code(from.u8()?).ok_or(BlobError::Content)?;
        check(zones_of[0] < zones_of[1] && usize::from(zones_of[1]) < zones)?;
        check(doors.last().is_none_or(|last| last.zones < zones_of))?;
        doors.push(DrawnDoor { zones: zones_of, passage });
    }
    Ok(doors)
}

/// Patches by zone whose rectangles tile those of all zones that have any, in whole blocks.
fn read_patches(from: &mut Reader<'_>, rects: &[CellRect], shape: Shape) -> Result<Vec<Patch>, BlobError> {
    let count = from.u16()?;
    let mut patches: Vec<Patch> = Vec::new();
    let mut taken = vec![false; (FRAME.width * FRAME.height) as usize];
    let mut covered = vec![0; rects.len()];
    for _ in 0..count {
        let patch = Patch { zone: from.u8()?, rect: read_rect(from)?, anchor: from.u32()? };
        let zone = rects.get(usize::from(patch.zone)).copied().ok_or(BlobError::Content)?;
        check(patch.anchor == NO_CELL || (patch.anchor as usize) < shape.len())?;
        check(patches.last().is_none_or(|last| last.zone <= patch.zone))?;
        let rect = patch.rect;
        check(holds(zone, rect))?;
        let whole =
            |edge: u32, first: u32, last: u32| edge.is_multiple_of(BLOCK) || edge == first || edge == last;
        check(whole(rect.x, zone.x, NO_CELL) && whole(rect.x + rect.width, NO_CELL, zone.x + zone.width))?;
        check(whole(rect.y, zone.y, NO_CELL) && whole(rect.y + rect.height, NO_CELL, zone.y + zone.height))?;
        for y in rect.y..rect.y + rect.height {
            let row = (y * FRAME.width) as usize;
            let cells = &mut taken[row + rect.x as usize..row + (rect.x + rect.width) as usize];
            check(!cells.contains(&true))?;
            cells.fill(true);
        }
        covered[usize::from(patch.zone)] += rect.area();
        patches.push(patch);
    }
    check(rects.iter().zip(&covered).all(|(rect, &covered)| covered == 0 || covered == rect.area()))?;
    Ok(patches)
}

/// The nearest patch of every cell and the bits of those that lie in theirs.
fn read_near(from: &mut Reader<'_>, shape: Shape, patches: usize) -> Result<(Vec<u16>, BitGrid), BlobError> {
    // Counted before anything is allocated.
    let mut ahead = from.clone();
    let mut total = 0;
    let mut last = None;
    while total < shape.len() {
        let patch = ahead.u16()?;
        let run = ahead.count()?;
        let fits =
            if patch == NO_PATCH { patches == 0 && run % 2 == 0 } else { usize::from(patch) < patches };
        // A run is as long as it can be.
        check(fits && run > 1 && last.replace((patch, run % 2)) != Some((patch, run % 2)))?;
        total += (run / 2) as usize;
    }
    check(total == shape.len())?;
    let mut near = Vec::with_capacity(total);
    let mut charted = BitGrid::none(shape);
    while near.len() < total {
        let patch = from.u16()?;
        let run = from.count()?;
        let end = near.len() + (run / 2) as usize;
        if run % 2 == 1 {
            charted.insert_all(near.len()..end);
        }
        near.resize(end, patch);
    }
    Ok((near, charted))
}

/// Areas of charted cells, and of redacted ones that the owner bound.
fn read_areas(from: &mut Reader<'_>, key: &HouseKey) -> Result<Vec<Vec<Span>>, BlobError> {
    let count = from.u32()?;
    check(count <= MAX_POLICY_AREAS)?;
    let mut areas = Vec::new();
    for _ in 0..count {
        let mut spans: Vec<Span> = Vec::new();
        let (width, mut end) = (key.shape.width, 0_u32);
        for _ in 0..from.count()? {
            let first = end.checked_add(from.count()?).ok_or(BlobError::Content)?;
            let len = from.count()?;
            end = first.checked_add(len).ok_or(BlobError::Content)?;
            check(len > 0 && end as usize <= key.shape.len())?;
            let cells = first as usize..end as usize;
            let (y, x) = (cells.start / width, cells.start % width);
            let may_be_bound = |cell: usize| key.is_charted(cell) || key.drive.redacted.has(cell);
            check(x + cells.len() <= width && cells.clone().all(may_be_bound))?;
            check(spans.last().is_none_or(|last| last.cells(width).end < cells.start || x == 0))?;
            spans.push(Span::of_row(y, x, x + cells.len()));
        }
        areas.push(spans);
    }
    Ok(areas)
}

/// The second rectangle has cells, all of them in the first.
const fn holds(outer: CellRect, inner: CellRect) -> bool {
    inner.width > 0
        && inner.height > 0
        && inner.x >= outer.x
        && inner.y >= outer.y
        && inner.x + inner.width <= outer.x + outer.width
        && inner.y + inner.height <= outer.y + outer.height
}

fn write_rect(out: &mut Writer<'_>, rect: CellRect) {
    for number in [rect.x, rect.y, rect.width, rect.height] {
        out.u16(short(number));
    }
}

fn read_rect(from: &mut Reader<'_>) -> Result<CellRect, BlobError> {
    let mut side = || from.u16().map(u32::from);
    Ok(CellRect { x: side()?, y: side()?, width: side()?, height: side()? })
}

/// The low two bytes of a number below 2¹⁶.
const fn short(n: u32) -> u16 {
    let [a, b, ..] = n.to_le_bytes();
    u16::from_le_bytes([a, b])
}
