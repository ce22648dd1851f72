//! Twins: two homes that differ in what must not matter at all.
//!
//! The promise bounds everything by λ; on top, some things reach the release not at all (noninterference). A pair of
//! homes that differ in such a thing alone has the same law, and a test of one against the other the cap 0. An attacker
//! who is free to choose the pair looks through many for one whose laws differ.

use geo_types::{Rect, coord};
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
        self.worst_among(&TwinHomes::new()?, mechanism)
    }

    /// The same where the homes are there already.
    pub(crate) fn worst_among(
        self,
        homes: &TwinHomes,
        mechanism: &dyn Mechanism,
    ) -> Result<Option<[Subject; 2]>, AuditError> {
        let pairs = in_parallel(&homes.0, |(home, own)| -> Result<Option<(f64, [Subject; 2])>, AuditError> {
            let Some([one, other]) = self.pair(home.clone()) else { return Ok(None) };
            let pair = [one.subject()?, other.subject()?].map(|of| of.sharing_rankings(own));
            let (Some(one), Some(other)) = (mechanism.law(&pair[0]), mechanism.law(&pair[1])) else {
                return Ok(None);
            };
            Ok(Some((difference(&one, &other), pair)))
        });
        let mut worst: Option<(f64, [Subject; 2])> = None;
        for pair in pairs {
            if let Some((differs, pair)) = pair?
                && worst.as_ref().is_none_or(|(most, _)| differs > *most)
            {
                worst = Some((differs, pair));
            }
        }
        Ok(worst.map(|(_, pair)| pair))
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
    use super::{TwinHomes, Twins};
    use crate::attack::apart::difference;
    use crate::mechanism::{Mechanism, Plans};

    /// On the library as it is no law differs, for any pair that was looked at, under two budgets.
    #[test]
    fn twins_have_the_same_law() {
        let homes = TwinHomes::new().unwrap();
        for plans in [Plans::default(), Plans::of_odds(64).unwrap()] {
            for twins in Twins::ALL {
                let [one, other] =
                    twins.worst_among(&homes, &plans).unwrap().expect("some homes have such a twin");
                let differs = difference(&plans.law(&one).unwrap(), &plans.law(&other).unwrap());
                assert!(differs < 1e-12, "{twins:?} at {}: {differs}", plans.name());
            }
        }
    }
}
