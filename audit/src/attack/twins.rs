//! Twins: two homes that differ in what must not matter at all.
//!
//! The promise bounds everything by λ; on top, some things reach the release not at all (noninterference). A pair of
//! homes that differ in such a thing alone has the same law, and a test of one against the other the cap 0. An attacker
//! who is free to choose the pair looks through many for one whose laws differ. And as the library draws from nothing
//! else, equal coins give both of them the same bytes.

use geo_types::{Rect, coord};
use homeveil::Coins;
use homeveil::home::{KeepOut, RoomKind};

use super::apart::difference;
use crate::AuditError;
use crate::mechanism::Mechanism;
use crate::population::{Subject, Tiny, in_parallel};

/// Homes that are looked through.
const HOMES: u64 = 1000;

/// What twins differ in.
///
/// ```
/// assert!(homeveil_audit::attack::Twins::ALL.iter().all(|twins| !twins.name().is_empty()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Twins {
    /// A wall far outside.
    Outside,
    /// The rooms' numbers, and the order of the robot's list.
    Numbers,
    /// No-go areas.
    KeepOuts,
    /// A redacted room that leads nowhere, and none.
    DeadEnd,
    /// A redacted room between two others, and a door between them.
    Between,
    /// A piece of furniture in the middle of a room.
    Clutter,
    /// One is the other's mirror image.
    Mirrored,
    /// Where in its room the dock stands.
    Dock,
    /// The one is twice as large.
    Scale,
}

impl Twins {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Outside,
        Self::Numbers,
        Self::KeepOuts,
        Self::DeadEnd,
        Self::Between,
        Self::Clutter,
        Self::Mirrored,
        Self::Dock,
        Self::Scale,
    ];

    /// What differs, in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Outside => "a wall far outside",
            Self::Numbers => "numbers and order of the rooms",
            Self::KeepOuts => "no-go areas",
            Self::DeadEnd => "a redacted room that leads nowhere",
            Self::Between => "a redacted room in place of a door",
            Self::Clutter => "a piece of furniture",
            Self::Mirrored => "a mirrored home",
            Self::Dock => "the place of the dock in its room",
            Self::Scale => "the size of everything",
        }
    }

    /// The pair whose laws differ most; the first one where none do.
    ///
    /// # Errors
    /// A home is refused.
    pub fn worst(self, mechanism: &dyn Mechanism) -> Result<Option<[Subject; 2]>, AuditError> {
        Ok(self.compared(&TwinHomes::new()?, mechanism)?.map(|twins| twins.worst))
    }

    /// What differs, where the homes are there already. Nothing where none has such a twin, or where the mechanism
    /// tells no law.
    pub(crate) fn compared(
        self,
        homes: &TwinHomes,
        mechanism: &dyn Mechanism,
    ) -> Result<Option<ComparedTwins>, AuditError> {
        let numbered: Vec<(u64, &(Tiny, Subject))> = (0..).zip(&homes.0).collect();
        let pairs = in_parallel(&numbered, |&(number, (home, own))| -> Result<_, AuditError> {
            let Some([one, other]) = self.pair(home.clone()) else { return Ok(None) };
            let pair = [one.subject()?, other.subject()?].map(|of| of.sharing_rankings(own));
            let (Some(one), Some(other)) = (mechanism.law(&pair[0]), mechanism.law(&pair[1])) else {
                return Ok(None);
            };
            let bytes = |home| -> Result<Vec<u8>, AuditError> {
                Ok(mechanism.release(home, &mut Coins::replayed(number))?.bytes)
            };
            let are_unlike = bytes(&pair[0])? != bytes(&pair[1])?;
            Ok(Some((difference(&one, &other), are_unlike, pair)))
        });
        let (mut count, mut unlike, mut worst) = (0_u32, 0_u32, None::<(f64, [Subject; 2])>);
        for pair in pairs {
            let Some((differs, are_unlike, pair)) = pair? else { continue };
            count += 1;
            unlike += u32::from(are_unlike);
            if worst.as_ref().is_none_or(|(most, _)| differs > *most) {
                worst = Some((differs, pair));
            }
        }
        let share = f64::from(unlike) / f64::from(count.max(1));
        Ok(worst.map(|(difference, worst)| ComparedTwins { worst, difference, unlike: share }))
    }

    /// A home and its twin; nothing where this home has none.
    fn pair(self, home: Tiny) -> Option<[Tiny; 2]> {
        let mut twin = home.clone();
        match self {
            Self::Outside => return Some([home.grown(4, 3), outside(&home)]),
            Self::Numbers => {
                let count = twin.rooms.len();
                twin.rooms.reverse();
                for (number, room) in (0..).zip(&mut twin.rooms) {
                    room.0 = 1000 - 17 * number;
                }
                for room in twin.room.iter_mut().flatten() {
                    *room = count - 1 - *room;
                }
            }
            Self::KeepOuts => {
                // Across the middle of the home, whatever doors are there.
                let (wide, tall) = (home.width as f64 * 0.5, home.height as f64 * 0.5);
                let area = Rect::new(coord! { x: wide / 3.0, y: 0.0 }, coord! { x: wide / 2.0, y: tall });
                twin.keep_outs.push(KeepOut::Area(area.to_polygon()));
            }
            Self::DeadEnd => {
                let is_end = |&room: &usize| {
                    home.rooms[room].1 == RoomKind::Bedroom && home.neighbours(room).len() == 1
                };
                let gone = (0..home.rooms.len()).find(is_end)?;
                twin.room.iter_mut().filter(|room| **room == Some(gone)).for_each(|room| *room = None);
            }
            Self::Between => return between(&home),
            Self::Clutter => {
                let inner = |&cell: &usize| {
                    home.room[cell].is_some_and(|room| home.rooms[room].1 != RoomKind::Bedroom)
                        && cell != home.dock
                        && home.around(cell).count() == 4
                        // Far from other rooms, so that the room does not fall into parts.
                        && home.around(cell).flat_map(|near| home.around(near).chain([near])).all(|near| {
                            home.room[near] == home.room[cell] && near != home.dock
                        })
                };
                twin.occupied.push((0..home.room.len()).find(inner)?);
            }
            Self::Mirrored => {
                for (cell, room) in twin.room.iter_mut().enumerate() {
                    *room = home.room[cell / home.width * home.width + home.width - 1 - cell % home.width];
                }
                twin.dock = home.dock / home.width * home.width + home.width - 1 - home.dock % home.width;
            }
            Self::Dock => {
                let own =
                    |&cell: &usize| home.room[cell] == home.room[home.dock] && (cell + home.dock) % 2 == 1;
                twin.dock = (0..home.room.len())
                    .filter(|cell| cell / home.width == home.dock / home.width)
                    .find(own)?;
            }
            Self::Scale => {
                twin = Tiny { width: 2 * home.width, height: 2 * home.height, ..home.clone() };
                let half = |cell: usize| cell / twin.width / 2 * home.width + cell % twin.width / 2;
                twin.room = (0..4 * home.room.len()).map(|cell| home.room[half(cell)]).collect();
                twin.dock = 2 * (home.dock / home.width) * twin.width + 2 * (home.dock % home.width);
            }
        }
        Some([home, twin])
    }
}

/// What a mechanism makes of the twins of many homes.
pub(crate) struct ComparedTwins {
    /// The pair whose laws differ most; the first one where none do.
    pub(crate) worst: [Subject; 2],
    /// How far their laws are apart.
    pub(crate) difference: f64,
    /// Share of all pairs whose releases by equal coins differ.
    pub(crate) unlike: f64,
}

/// The homes that twins are made of, and what was computed of their sketches.
pub(crate) struct TwinHomes(Vec<(Tiny, Subject)>);

impl TwinHomes {
    pub(crate) fn new() -> Result<Self, AuditError> {
        let seeds: Vec<u64> = (0..HOMES).collect();
        let homes = in_parallel(&seeds, |&seed| -> Result<(Tiny, Subject), AuditError> {
            let home = Tiny::random(seed)?;
            let subject = home.subject()?;
            Ok((home, subject))
        });
        Ok(Self(homes.into_iter().collect::<Result<_, _>>()?))
    }
}

/// A home and the same with a wall in the corner of a larger canvas.
fn outside(home: &Tiny) -> Tiny {
    let mut twin = home.grown(4, 3);
    twin.occupied.push(0);
    twin
}

/// Two rooms with a redacted one between them, and the same two with a door in its place; the rooms' middles stay in
/// their order, and further rooms hang from them.
fn between(home: &Tiny) -> Option<[Tiny; 2]> {
    // The home is cut along a column; cells left of it move on, with a redacted column in between.
    let column = home.width / 2;
    if home.rooms.iter().any(|(_, kind)| *kind == RoomKind::Bedroom) {
        return None;
    }
    // One room on either side of the cut: what lies there is joined pairwise, by the redacted room or as it is.
    let next_to =
        |x: usize| (0..home.height).filter_map(|y| home.room[y * home.width + x]).collect::<Vec<_>>();
    let (left, right) = (next_to(column - 1), next_to(column));
    let (one, other) = (*left.first()?, *right.first()?);
    let is_cut = left.iter().all(|&room| room == one)
        && right.iter().all(|&room| room == other)
        && one != other
        && home.room.iter().enumerate().all(|(cell, room)| {
            let is_left = cell % home.width < column;
            (*room != Some(one) || is_left) && (*room != Some(other) || !is_left)
        });
    if !is_cut {
        return None;
    }
    let width = home.width + 1;
    let from = |x: usize| if x < column { Some(x) } else { x.checked_sub(1).filter(|_| x > column) };
    let mut twin = Tiny { width, ..home.clone() };
    twin.rooms.push((77, RoomKind::Bedroom));
    let gone = home.rooms.len();
    twin.room = (0..width * home.height)
        .map(|cell| from(cell % width).map_or(Some(gone), |x| home.room[cell / width * home.width + x]))
        .collect();
    let (x, y) = (home.dock % home.width, home.dock / home.width);
    twin.dock = y * width + x + usize::from(x >= column);
    Some([home.clone(), twin])
}

impl Tiny {
    /// The same on a canvas with so many more unknown columns on the left and rows below.
    fn grown(&self, left: usize, below: usize) -> Self {
        let (width, height) = (self.width + left, self.height + below);
        let place = |cell: usize| (cell / self.width + below) * width + cell % self.width + left;
        let mut room = vec![None; width * height];
        for (cell, own) in self.room.iter().enumerate() {
            room[place(cell)] = *own;
        }
        let occupied = self.occupied.iter().map(|&cell| place(cell)).collect();
        Self { width, height, room, occupied, dock: place(self.dock), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use homeveil::Coins;

    use super::{TwinHomes, Twins};
    use crate::AuditError;
    use crate::mechanism::{Law, Mechanism, Plans, Seen};
    use crate::population::Subject;

    /// On the library as it is no law differs, for any pair that was looked at, under two budgets, nor any byte.
    #[test]
    fn twins_have_the_same_law() {
        let homes = TwinHomes::new().unwrap();
        for plans in [Plans::default(), Plans::of_odds(64).unwrap()] {
            for twins in Twins::ALL {
                let found = twins.compared(&homes, &plans).unwrap().expect("some homes have such a twin");
                assert!(found.difference < 1e-12, "{twins:?} at {}: {}", plans.name(), found.difference);
                assert!(found.unlike <= 0.0, "{twins:?} at {}: {} of the bytes", plans.name(), found.unlike);
            }
        }
    }

    /// The library with the first room's number on top: it is in no law.
    struct Numbered;

    impl Mechanism for Numbered {
        fn name(&self) -> String {
            "numbered".to_owned()
        }
        fn about(&self) -> String {
            "A number is put on top.".to_owned()
        }
        fn release(&self, subject: &Subject, coins: &mut Coins) -> Result<Seen, AuditError> {
            let mut seen = Plans::default().release(subject, coins)?;
            seen.bytes.extend(
                subject.listed().first().map(|room| format!("{:?}", room.id())).unwrap_or_default().bytes(),
            );
            Ok(seen)
        }
        fn law(&self, subject: &Subject) -> Option<Law> {
            Plans::default().law(subject)
        }
    }

    /// What no law says is seen in the bytes.
    #[test]
    fn a_number_in_the_bytes_is_seen() {
        let homes = TwinHomes::new().unwrap();
        let found = Twins::Numbers.compared(&homes, &Numbered).unwrap().unwrap();
        assert!(found.difference < 1e-12 && found.unlike > 0.9, "{}", found.unlike);
        let found = Twins::Dock.compared(&homes, &Numbered).unwrap().unwrap();
        assert!(found.unlike <= 0.0);
    }
}
