//! What the owner does with a day's map.

use geo_types::{Coord, Rect};
use homeveil::home::{KeepOut, Room, RoomId};
use homeveil::key::{AreaId, KeyError, Mark, MarkKind};
use homeveil::{HouseKey, Redaction};
use nalgebra::Point2;

use super::day::Day;
use super::household::Household;
use super::marks::{Marks, OwnMark};
use super::tally::Tally;

impl Household {
    /// An edit of the owner's, as places of the day's map.
    pub(super) fn edit(&mut self, day: &mut Day, tally: &mut Tally) {
        let done = match self.dice.below(12) {
            0..3 => self.bar(day).then_some(&mut tally.barred),
            3..5 => self.redact(day).then_some(&mut tally.redacted),
            5..7 => self.remove(day).then_some(&mut tally.removed),
            7 | 8 => self.bind(day).then_some(&mut tally.bound),
            9 => {
                self.unbar(day);
                Some(&mut tally.unbarred)
            }
            _ => {
                self.confirm(day);
                Some(&mut tally.confirmed)
            }
        };
        let Some(done) = done else { return };
        *done += 1;
        tally.on_odd_days += u64::from(day.lost || day.storey != 0 || day.passing.is_odd());
    }

    fn with_key<T>(&mut self, edit: impl FnOnce(&mut HouseKey) -> T) -> T {
        self.keeper.edit_key(0, edit).unwrap()
    }

    fn listed(&self) -> Vec<Mark> {
        self.keeper.key().unwrap().marks()
    }

    /// A rectangle somewhere on the day's map.
    fn anywhere(&mut self, day: &Day) -> Rect {
        let grid = &day.map.grid;
        let (width, height) = (f64::from(grid.width()), f64::from(grid.height()));
        let corner = Coord { x: self.dice.metres(0.0, width), y: self.dice.metres(0.0, height) };
        let size = Coord { x: self.dice.metres(4.0, 24.0), y: self.dice.metres(4.0, 24.0) };
        Rect::new(corner * grid.resolution_m(), (corner + size) * grid.resolution_m())
    }

    fn bar(&mut self, day: &mut Day) -> bool {
        let before = self.listed();
        let cells = if self.dice.one_in(2) {
            let area = KeepOut::Area(self.anywhere(day).to_polygon());
            if self.with_key(|key| key.bar(&area)).is_err() {
                return false;
            }
            day.truth.under(&area)
        } else {
            let mut metres = || Coord { x: self.dice.metres(0.0, 9.6), y: self.dice.metres(0.0, 9.6) };
            let rect = Rect::new(metres(), metres());
            let region = self.keeper.key().unwrap().lift_rect(rect);
            if self.with_key(|key| key.bar_rect(rect)).is_err() {
                return false;
            }
            // Where the robot does not get to today more is barred than is lifted.
            region.map_or_else(|_| Vec::new(), |region| day.truth.cells(region.points()))
        };
        for &cell in &cells {
            day.truth.barred[cell] = true;
        }
        self.note_marks(day, &before, &cells, true, false);
        true
    }

    /// Redacts a room of the day's map by its number, or a part of its floor.
    fn redact(&mut self, day: &mut Day) -> bool {
        let before = self.listed();
        let rooms: Vec<RoomId> = day.map.rooms.iter().map(Room::id).collect();
        let room = self.dice.pick(&rooms).filter(|_| self.dice.one_in(2));
        let (asked, cells) = if let Some(room) = room {
            let own = day.map.rooms.iter().filter(|own| own.id() == room);
            (Redaction::none().rooms([room]), own.flat_map(|own| day.truth.floor_of(own)).collect::<Vec<_>>())
        } else {
            let region = self.anywhere(day).to_polygon();
            let cells = day.truth.under(&KeepOut::Area(region.clone()));
            let cells = cells.into_iter().filter(|&cell| day.truth.open[cell]).collect();
            (Redaction::none().region(region).unwrap(), cells)
        };
        if self.with_key(|key| key.redact(&day.home, &asked)).is_err() {
            return false;
        }
        for &cell in &cells {
            day.truth.hidden[cell] = true;
        }
        self.note_marks(day, &before, &cells, true, false);
        true
    }

    /// Takes up the marks that a key has and had not, of some cells of the day's map.
    fn note_marks(
        &mut self,
        day: &mut Day,
        before: &[Mark],
        cells: &[usize],
        by_owner: bool,
        leads_in: bool,
    ) {
        let listed = self.listed();
        let new = listed.iter().filter(|mark| before.iter().all(|old| old.id != mark.id));
        // Nobody can say where they lie on another map than a turned one, or one that was taken for another.
        let is_sure = day.marks.is_some() && !day.passing.is_turned();
        let marks: Vec<OwnMark> = new
            .map(|mark| {
                let places = cells.iter().map(|&cell| day.truth.middle(cell));
                let places: Vec<Point2<f64>> = places.filter(|&at| mark.region.contains(at)).collect();
                let places = if is_sure { places } else { Vec::new() };
                OwnMark { id: mark.id, kind: mark.kind, places, by_owner, leads_in }
            })
            .collect();
        day.marks.iter_mut().for_each(|own| own.own.extend(marks.iter().cloned()));
        self.storeys.0[day.storey].marks.own.extend(marks);
    }

    fn forget(&mut self, day: &mut Day, is_gone: impl Fn(&OwnMark) -> bool) {
        day.marks.iter_mut().for_each(|marks| marks.own.retain(|mark| !is_gone(mark)));
        self.storeys.0[day.storey].marks.own.retain(|mark| !is_gone(mark));
    }

    /// Removes any mark of the day's map but the last: storeys are told apart by their marks.
    fn remove(&mut self, day: &mut Day) -> bool {
        let listed = self.listed();
        let numbers: Vec<usize> = (0..listed.len()).collect();
        let Some(mark) = self.dice.pick(&numbers).map(|number| &listed[number]) else { return false };
        let own = &self.storeys.0[day.storey].marks.own;
        if own.iter().all(|own| own.id == mark.id) {
            return false;
        }
        let removed = self.with_key(|key| key.remove_mark(mark.id, &day.home));
        assert_eq!(removed, Ok(()), "{}: a mark that is listed", day.story());
        let others = || listed.iter().filter(|other| other.id != mark.id && other.kind == mark.kind);
        for cell in day.truth.cells(mark.region.points()) {
            let at = day.truth.middle(cell);
            let is_free = !others().any(|other| other.region.contains(at));
            match mark.kind {
                MarkKind::Redacted => day.truth.hidden[cell] &= !is_free,
                MarkKind::Barred => day.truth.barred[cell] &= !is_free,
                _ => {}
            }
        }
        self.forget(day, |own| own.id == mark.id);
        if mark.kind == MarkKind::Redacted {
            let storey = &mut self.storeys.0[day.storey].marks;
            let all = day.marks.iter_mut().chain([storey]).flat_map(|marks| &mut marks.own);
            all.for_each(|own| own.leads_in = false);
        }
        true
    }

    /// Binds an area to a room of the day's map, redacted or not, or to nothing.
    fn bind(&mut self, day: &mut Day) -> bool {
        let area = AreaId::new(u32::try_from(self.dice.below(self.policy.areas().into())).unwrap());
        let own = |mark: &OwnMark| mark.kind == MarkKind::Area(area);
        // Storeys are told apart by their marks: each keeps one.
        let keeps_one = |marks: &Marks| marks.own.is_empty() || !marks.own.iter().all(own);
        let has_others = !self.storeys.0[day.storey].marks.own.iter().all(own);
        let is_kept = has_others && self.storeys.0.iter().all(|storey| keeps_one(&storey.marks));
        if self.dice.one_in(6) && is_kept {
            self.with_key(|key| key.unbind(area));
            // On all maps, as bars.
            self.at_home.iter_mut().for_each(|key| key.unbind(area));
            self.forget(day, own);
            self.storeys.0.iter_mut().for_each(|storey| storey.marks.own.retain(|mark| !own(mark)));
            return true;
        }
        let rooms: Vec<RoomId> = day.map.rooms.iter().map(Room::id).collect();
        let Some(room) = self.dice.pick(&rooms) else { return false };
        let before = self.listed();
        if self.with_key(|key| key.bind_rooms(area, &day.home, &[room])).is_err() {
            return false;
        }
        let rooms = day.map.rooms.iter().filter(|own| own.id() == room);
        let cells: Vec<usize> = rooms.flat_map(|room| day.truth.floor_of(room)).collect();
        self.forget(day, own);
        let leads_in = !cells.is_empty() && cells.iter().all(|&cell| day.truth.hidden[cell]);
        self.note_marks(day, &before, &cells, false, leads_in);
        true
    }

    fn unbar(&mut self, day: &mut Day) {
        self.with_key(HouseKey::unbar);
        // The key of before the odd days is to be as if they had not been, but for this.
        self.at_home.iter_mut().for_each(HouseKey::unbar);
        day.truth.barred.fill(false);
        let is_bar = |mark: &OwnMark| mark.kind == MarkKind::Barred;
        day.marks.iter_mut().for_each(|marks| marks.own.retain(|mark| !is_bar(mark)));
        self.storeys.0.iter_mut().for_each(|storey| storey.marks.own.retain(|mark| !is_bar(mark)));
    }

    fn confirm(&mut self, day: &Day) {
        self.with_key(HouseKey::confirm_map);
        self.storeys.0[day.storey].confirmed = true;
        let open = self.keeper.key().unwrap().check_open();
        assert_eq!(open, Ok::<(), KeyError>(()), "{}: confirmed, and not open", day.story());
    }
}
