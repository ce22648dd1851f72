//! Keys on later maps: choices that come late, redaction that cannot be placed, and marks at their limits.

use geo_types::{Line, Rect};

use super::cases::FLOORS;
use super::choices::chosen;
use crate::MappedFloor;
use crate::atlas::ZoneId;
pub(super) use crate::drawings::{A, B, C, D, FLAT, home, named, of_cells, relettered};
use crate::grid::{BitGrid, Shape, Span, narrow};
use crate::home::{Home, KeepOut, RoomId, RoomKind};
use crate::key::known::{CellRun, Extent, MAX_MARKS, MarkId, MarkKind, MarkedCells, Sighted};
use crate::key::{AreaId, HouseKey, KeyError};
use crate::redact::Redaction;

/// Three rooms in a row.
pub(super) const ROW: &str = "
    #####################
    #aaaaaaa#bbbbb#ccccc#
    #aaAaaaa#bbbbb#ccccc#
    #aaaaaaabbbbbbbccccc#
    #aaaaaaabbbbbbbccccc#
    #aaaaaaabbbbbbbccccc#
    #aaaaaaa#bbbbb#ccccc#
    #####################
";

pub(super) const ELSEWHERE: &str = "
    #####################
    #aaaaaaaaaaaaabbbbbb#
    #aAaaaaaaaaaaabbbbbb#
    #aaaaaaaaaaaaabbbbbb#
    #####################
";

/// The flat, none of whose rooms has the number that it had.
pub(super) fn renumbered() -> String {
    relettered(FLAT, "abcd", "efgh")
}

/// A home in cells of half a metre, so that a room of three by three is large enough for one.
pub(super) fn large(drawing: &str, kinds: &[(char, RoomKind)]) -> Home {
    of_cells(0.5, 0.25, drawing, kinds)
}

/// The first key of a home, as a keeper makes it.
pub(super) fn first(home: &Home, redaction: &Redaction) -> HouseKey {
    let map = MappedFloor::new(home, redaction);
    map.key(&map.measured(), &FLOORS[0], 4)
}

pub(super) fn again(key: &HouseKey) -> HouseKey {
    HouseKey::from_secret_bytes(&key.to_secret_bytes()).unwrap()
}

/// Cells of a room.
pub(super) fn cells(home: &Home, room: u32) -> impl Iterator<Item = usize> + '_ {
    let id = move |cell: &usize| home.piece(home.labels[*cell]).is_some_and(|p| p.id == RoomId::new(room));
    (0..home.shape.len()).filter(id)
}

/// All cells of a room are redacted today, or none is.
pub(super) fn is_redacted(key: &HouseKey, home: &Home, room: u32) -> bool {
    let mut cells = cells(home, room).map(|cell| key.drive.redacted.has(cell)).collect::<Vec<_>>();
    cells.dedup();
    assert_eq!(cells.len(), 1, "a room is redacted as a whole");
    cells[0]
}

/// Charted cells of all zones that the robot gets to.
pub(super) fn served(key: &HouseKey) -> usize {
    (0..4).filter_map(|zone| key.lift_zone(ZoneId::of_index(zone)).ok()).map(|region| region.len()).sum()
}

pub(super) fn redacted_marks(key: &HouseKey) -> usize {
    key.marks().iter().filter(|mark| mark.kind == MarkKind::Redacted).count()
}

pub(super) fn rooms(numbers: &[u32]) -> Redaction {
    Redaction::none().rooms(numbers.iter().copied().map(RoomId::new))
}

pub(super) fn outline(from: (f64, f64), to: (f64, f64)) -> Redaction {
    Redaction::none().region(Rect::new(from, to).to_polygon()).unwrap()
}

pub(super) fn bedrooms() -> Redaction {
    Redaction::none().kinds([RoomKind::Bedroom])
}

/// Removes the oldest mark.
pub(super) fn remove_oldest(key: &mut HouseKey, home: &Home) {
    let mark = key.marks()[0].id;
    key.remove_mark(mark, home).unwrap();
}

/// A key that is made again once the owner has chosen has the maps that the old one knew, and can be stored.
#[test]
fn a_key_of_a_late_choice_is_read_again() {
    let old = first(&named(FLAT, &[A, B, C]), &bedrooms());
    assert!(old.is_undecided());
    let (old, refit) = old.refit(&named(ELSEWHERE, &[A, B]), &bedrooms());
    assert!(!refit.recognized);
    let today = named(FLAT, &[A, B, C, D]);
    let key = chosen(&old, &today, &bedrooms());
    let (next, refit) = key.refit(&named(ELSEWHERE, &[A, B]), &bedrooms());
    assert!(refit.recognized && again(&next) == next);
    assert_eq!(next.known.maps.len(), 2);
}

/// A new kind on a map with a room that might be of it: that room is redacted until the owner chooses.
#[test]
fn a_kind_asked_for_later_redacts_all_that_may_be_meant() {
    let before = first(&named(FLAT, &[A, B, C]), &Redaction::none());
    let unsure = named(FLAT, &[A, ('b', RoomKind::Bedroom), C]);
    let (key, refit) = before.refit(&unsure, &bedrooms());
    assert!(refit.recognized && refit.undecided);
    assert_eq!([1, 2, 3, 4].map(|room| is_redacted(&key, &unsure, room)), [false, true, false, true]);
    assert_eq!(redacted_marks(&key), 1, "what has the kind has its place; the rest is asked for again");
    let is_meant = named(FLAT, &[A, ('b', RoomKind::Bedroom), C, ('d', RoomKind::Bedroom)]);
    let (key, refit) = key.refit(&is_meant, &bedrooms());
    assert!(!refit.undecided && is_redacted(&key, &is_meant, 4) && redacted_marks(&key) == 2);
    // Another end: it was none. What had the kind stays where it was.
    let (key, _) = before.refit(&unsure, &bedrooms());
    let is_other = named(FLAT, &[A, B, C, D]);
    let (key, refit) = key.refit(&is_other, &bedrooms());
    assert!(!refit.undecided && redacted_marks(&key) == 1);
    assert_eq!([1, 2, 3, 4].map(|room| is_redacted(&key, &is_other, room)), [false, true, false, false]);
}

/// The same on a map that is not recognized: what else is asked for is redacted there too.
#[test]
fn what_is_asked_for_later_is_redacted_on_a_strange_map() {
    let before = first(&named(FLAT, &[A, B, C, D]), &Redaction::none());
    let elsewhere = named(ELSEWHERE, &[A]);
    let (key, refit) = before.refit(&elsewhere, &bedrooms());
    assert!(!refit.recognized && refit.undecided && is_redacted(&key, &elsewhere, 2));
    let both = bedrooms().rooms([RoomId::new(1)]);
    let (key, refit) = before.refit(&elsewhere, &both);
    assert!(!refit.recognized && refit.undecided);
    assert_eq!([1, 2].map(|room| is_redacted(&key, &elsewhere, room)), [true; 2]);
}

/// A room that nobody has seen: which one was meant nobody can say, so the robot stays where it is. The one that is
/// there has its place.
#[test]
fn a_room_asked_for_later_that_is_not_there_leads_nowhere() {
    let today = named(FLAT, &[A, B, C, D]);
    let before = first(&today, &Redaction::none());
    let missing = rooms(&[2, 77]);
    let (key, refit) = before.refit(&today, &missing);
    assert!(refit.recognized && refit.undecided);
    assert_eq!((served(&key), redacted_marks(&key)), (0, 1));
    assert!((1..5).all(|room| is_redacted(&key, &today, room)));
    assert!(again(&key) == key);
    // No trace of the other once it is not asked for.
    let asked = rooms(&[2]);
    let (placed, refit) = key.refit(&today, &asked);
    assert!(!refit.undecided && is_redacted(&placed, &today, 2) && served(&placed) > 0);
    assert_eq!(served(&key.refit(&today, &Redaction::none()).0), served(&placed));
    assert!(served(&before.refit(&today, &asked).0) == served(&placed));
    // One that was placed has a place, whatever rooms later maps have.
    let renumbered = named(&renumbered(), &[]);
    let (later, refit) = placed.refit(&renumbered, &asked);
    assert!(refit.recognized && !refit.undecided && is_redacted(&later, &renumbered, 6));
    assert_eq!(served(&later), served(&placed));
    // On a map that nobody knows the key is closed.
    let elsewhere = named(ELSEWHERE, &[A, B]);
    let (key, refit) = before.refit(&elsewhere, &missing);
    assert!(!refit.recognized && refit.undecided && is_redacted(&key, &elsewhere, 2));
    assert_eq!(refit.open, Err(KeyError::UnplacedRedaction));
    assert!(key.check_open().is_err() && again(&key) == key);
    assert_eq!(served(&key.refit(&today, &asked).0), served(&placed));
}

/// What has been placed is not asked for again, though something else could not be judged on that day.
#[test]
fn a_room_placed_on_a_day_that_leaves_something_open_stays_placed() {
    let part = FLAT.replace('d', "#");
    let before = first(&named(&part, &[A, B, C]), &bedrooms());
    let asked = bedrooms().rooms([RoomId::new(2)]);
    let unsure = named(FLAT, &[A, B, C]);
    let (key, refit) = before.refit(&unsure, &asked);
    assert!(refit.recognized && refit.undecided && redacted_marks(&key) == 1);
    assert!(is_redacted(&key, &unsure, 2) && is_redacted(&key, &unsure, 4));
    let swapped = named(&relettered(FLAT, "bc", "cb"), &[A, B, C, D]);
    let (key, _) = key.refit(&swapped, &asked);
    assert_eq!([1, 2, 3, 4].map(|room| is_redacted(&key, &swapped, room)), [false, false, true, false]);
}

/// The cells of a mark are the same by their runs and by their middles, also where it reaches out of the map.
#[test]
fn marks_that_reach_out_of_the_map_have_one_place() {
    let mut key = first(&home(FLAT), &Redaction::none());
    for (from, to) in
        [((-0.55, 0.25), (0.55, 0.25)), ((0.35, -0.75), (0.35, 0.25)), ((-0.95, -0.95), (-0.35, -0.35))]
    {
        key.bar(&KeepOut::Wall(Line::new(from, to))).unwrap();
    }
    for mark in key.marks() {
        let cells = |run: Span| run.columns().map(move |x| [x, run.y()].map(i64::from));
        let by_runs: Vec<[i64; 2]> = mark.region.runs().flat_map(cells).collect();
        #[expect(clippy::cast_possible_truncation, reason = "a small home")]
        let by_middles: Vec<[i64; 2]> =
            mark.region.points().map(|at| [at.x, at.y].map(|metres| (metres / 0.1).floor() as i64)).collect();
        let in_grid: Vec<[i64; 2]> =
            by_middles.iter().copied().filter(|cell| cell.iter().all(|&at| at >= 0)).collect();
        assert_eq!(by_runs, in_grid);
        assert!(by_middles.len() > in_grid.len());
    }
}

/// A mark of one cell far from all others.
fn far(id: u32, kind: MarkKind) -> MarkedCells {
    let x = i32::try_from(id).unwrap();
    MarkedCells {
        id: MarkId::new(id),
        kind,
        runs: [CellRun { x: -x, y: -5, len: 1, value: 0 }].into_iter().collect(),
    }
}

/// A key with as many marks as there may be, of one cell each.
pub(super) fn full(home: &Home) -> HouseKey {
    let mut key = first(home, &Redaction::none());
    key.known.next = narrow(MAX_MARKS);
    key.known.today_mut().unwrap().marks =
        (1..=key.known.next).map(|id| far(id, MarkKind::Redacted)).collect();
    again(&key)
}

/// What is redacted is never lost: the last mark of a full list takes it, keeps what it had and its number.
#[test]
fn a_full_list_of_marks_loses_nothing() {
    let home = home(FLAT);
    let mut key = full(&home);
    let marks = |key: &HouseKey| {
        let (today, _) = key.known.today().unwrap();
        let marks = today.marks.iter().map(|mark| (mark.id, mark.runs.iter().collect::<Vec<_>>()));
        marks.collect::<Vec<_>>()
    };
    let before = marks(&key);
    key.redact(&home, &rooms(&[2])).unwrap();
    let after = marks(&key);
    let ids = |marks: &[(MarkId, Vec<CellRun>)]| marks.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    assert_eq!(ids(&after), ids(&before));
    let len = |runs: &[CellRun]| runs.iter().map(|run| run.len as usize).sum::<usize>();
    let (last, own) = (after.last().unwrap(), before.last().unwrap());
    assert_eq!(len(&last.1), 1 + cells(&home, 2).count());
    assert!(last.1.contains(&own.1[0]) && after[..MAX_MARKS - 1] == before[..MAX_MARKS - 1]);
    assert!(is_redacted(&key, &home, 2) && again(&key) == key);
}

/// Nothing is said to be bound or barred that would be gone on the next day.
#[test]
fn a_full_list_of_marks_refuses_areas_and_bars() {
    let home = home(FLAT);
    let (mut key, area) = (full(&home), AreaId::new(1));
    let before = key.clone();
    assert_eq!(key.bind_rooms(area, &home, &[RoomId::new(2)]), Err(KeyError::TooMany));
    let wall = KeepOut::Wall(Line::new((0.55, 0.25), (0.75, 0.25)));
    assert_eq!(key.bar(&wall), Err(KeyError::TooMany));
    assert!(key == before);
    // An area that has a mark keeps it where a new one finds no place, and takes its place where it does.
    key.known.today_mut().unwrap().marks.truncate(MAX_MARKS - 1);
    key.bind_rooms(area, &home, &[RoomId::new(2)]).unwrap();
    key.bind_rooms(area, &home, &[RoomId::new(3)]).unwrap();
    let bound = key.lift_area(area).unwrap();
    let (next, _) = key.refit(&home, &Redaction::none());
    assert!(next.lift_area(area).unwrap() == bound);
    let mut plain = first(&home, &Redaction::none());
    plain.bind_rooms(area, &home, &[RoomId::new(3)]).unwrap();
    assert!(plain.lift_area(area).unwrap() == bound);
}

/// The longest extent that a key may know is read again, and a longer one fits none.
#[test]
fn the_longest_extent_is_read_again() {
    let longest = i64::from(u16::MAX);
    for (width, height) in [(longest, 2), (2, longest)] {
        assert!(Extent { x: (-5, width - 5), y: (0, height) }.fits());
        let mut key = first(&home(FLAT), &Redaction::none());
        let shape =
            Shape { width: usize::try_from(width).unwrap(), height: usize::try_from(height).unwrap() };
        key.known.maps[0].last = Some(Sighted { left: -5, low: 0, free: BitGrid::none(shape) });
        assert!(again(&key) == key, "{width} by {height}");
    }
    assert!(!Extent { x: (0, longest + 1), y: (0, 1) }.fits());
}
