//! The furniture of rooms of each kind.
//!
//! Sizes are in decimetres and are those of common furniture: beds 0.9 to 1.8 m wide and 2 m long, counters and
//! wardrobes 0.6 m deep, sofas 0.9 m, bookcases 0.3 m. A room gets the pieces of its kind one after the other, large
//! ones first. A piece that finds no place in a few tries is left out, so small rooms have fewer. Beds, sofas and
//! cupboards are blocks, tables and chairs have legs.

use core::ops::RangeInclusive;

use super::placement::{Furniture, Make, Placement};
use crate::home::RoomKind::{
    self, Bathroom, Bedroom, Dining, Hallway, Kitchen, Laundry, Living, Nursery, Office, Storage, Toilet,
};
use crate::noise::{CoinError, Coins};
use crate::synth::chance::{below, between};
use crate::synth::plan::{Axis, Opening, RectDm, Side, Space};

/// Depth of a kitchen counter and of a wardrobe.
const COUNTER: u32 = 6;

/// Whether there is furniture.
///
/// ```
/// use homeveil::synth::Furnishing;
/// assert_eq!(Furnishing::default(), Furnishing::Furnished);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Furnishing {
    /// The usual furniture of rooms of each kind, with keep-outs at some of it.
    #[default]
    Furnished,
    /// Only walls and doors.
    Bare,
}

/// Furnishes a home and finds a place for the dock; gives the furniture and the dock's place, in decimetres.
pub(crate) fn furnish(
    furnishing: Furnishing,
    spaces: &[Space],
    kinds: &[RoomKind],
    openings: &[Opening],
    coins: &mut Coins,
) -> Result<(Vec<Furniture>, (u32, u32)), CoinError> {
    // Two docks in three stand in the hall where there is one: chosen by us, not measured.
    let with = |kind: RoomKind| spaces.iter().position(|space| kinds[space.room] == kind);
    let home = if below(coins, 3)? > 0 { with(Hallway) } else { None };
    let home = home.or_else(|| with(Living)).unwrap_or(0);
    let mut dock = (0, 0);
    let mut furniture = Vec::new();
    for (index, space) in spaces.iter().enumerate() {
        let mut room = Placement::new(index, space, openings);
        if index == home {
            dock = room.dock(coins)?;
        }
        if furnishing == Furnishing::Furnished {
            let kind = kinds[space.room];
            let area = |space: &Space| space.rect.area();
            let main = spaces
                .iter()
                .filter(|other| other.room == space.room)
                .all(|other| area(other) <= area(space));
            let has = |kind: RoomKind| kinds.contains(&kind);
            let mut fitter = Fitter {
                room,
                coins,
                sleeps: !has(Bedroom) && !has(Nursery),
                cooks: !has(Kitchen),
                dines: !has(Dining),
            };
            if main || kind == Living && fitter.dines {
                fitter.fit(kind, main)?;
            }
            room = fitter.room;
        }
        furniture.append(&mut room.furniture);
    }
    Ok((furniture, dock))
}

struct Fitter<'a> {
    room: Placement,
    coins: &'a mut Coins,
    /// The living room has a bed.
    sleeps: bool,
    /// The living room has a counter.
    cooks: bool,
    /// The living room has a dining table.
    dines: bool,
}

impl Fitter<'_> {
    /// A number from `least` to `most`.
    fn between(&mut self, least: u32, most: u32) -> Result<u32, CoinError> {
        between(self.coins, least, most)
    }

    /// The sides in turn, from a random one on.
    fn sides(&mut self) -> Result<impl Iterator<Item = Side> + use<>, CoinError> {
        Ok(Side::from_number(below(self.coins, 4)?))
    }

    fn chance(&mut self, one_in: u32) -> Result<bool, CoinError> {
        Ok(below(self.coins, one_in)? == 0)
    }

    /// Puts the pieces of a kind of room into it; into a second rectangle of a room, a table.
    fn fit(&mut self, kind: RoomKind, main: bool) -> Result<(), CoinError> {
        match kind {
            Living if !main => self.table(4),
            Living => self.living(),
            Kitchen => self.kitchen(),
            Dining => {
                self.table(6)?;
                self.wall(12..=18, 4)?;
                self.plants(1)
            }
            Hallway => {
                self.wall(8..=14, 4)?;
                self.wall(6..=10, 3)
            }
            Office => self.office(),
            Bedroom => self.bedroom(),
            Nursery => self.nursery(),
            Bathroom => self.bathroom(),
            Toilet => {
                self.bowl()?;
                self.wall(4..=4, 3)
            }
            Storage => {
                self.wall(9..=16, 4)?;
                self.wall(6..=12, 4)?;
                self.clutter(2, 4)
            }
            Laundry => {
                if let Some((washer, side)) = self.room.at_wall((6, 6), Make::Block, self.coins)? {
                    self.room.next_to(washer, side, (6, 6), Make::Block);
                }
                self.wall(8..=14, 4)?;
                self.clutter(1, 5)
            }
            _ => self.clutter(2, 4),
        }
    }

    /// A cupboard, shelf or board against some wall.
    fn wall(&mut self, along: RangeInclusive<u32>, depth: u32) -> Result<(), CoinError> {
        let along = self.between(*along.start(), *along.end())?;
        self.room.at_wall((along, depth), Make::Block, self.coins).map(drop)
    }

    /// Up to so many small things somewhere in the room, each side up to so long.
    fn clutter(&mut self, most: u32, size: u32) -> Result<(), CoinError> {
        for _ in 0..self.between(0, most)? {
            let size = (self.between(1, size)?, self.between(1, size)?);
            if self.chance(2)? {
                self.room.at_wall(size, Make::Block, self.coins)?;
            } else {
                self.room.standing(size, 6, Make::Block, self.coins)?;
            }
        }
        Ok(())
    }

    /// Pots in corners.
    fn plants(&mut self, most: u32) -> Result<(), CoinError> {
        for _ in 0..self.between(0, most)? {
            let side = self.between(2, 4)?;
            self.room.at_wall((side, side), Make::Block, self.coins)?;
        }
        Ok(())
    }

    /// A table away from the walls with up to so many chairs, some under it, some pulled out a little.
    fn table(&mut self, chairs: u32) -> Result<(), CoinError> {
        let long = if chairs > 4 { self.between(14, 19)? } else { self.between(8, 13)? };
        let wide = self.between(8, 9)?;
        let across = self.room.side(Side::Left) > self.room.side(Side::Low);
        let size = if across { (wide, long) } else { (long, wide) };
        let mut table = self.room.standing(size, 9, Make::Legs, self.coins)?;
        if table.is_none() {
            table = self.room.standing(size, 5, Make::Legs, self.coins)?;
        }
        let Some(table) = table else { return Ok(()) };
        let axis = if across { Axis::Y } else { Axis::X };
        for n in 0..chairs / 2 {
            let seat = long * (2 * n + 1) / (chairs / 2 * 2);
            let start = (table.start(axis) + seat).saturating_sub(2);
            for high in [false, true] {
                let away = self.between(0, 2)?;
                let edge = if high {
                    table.end(axis.other()) + away
                } else {
                    table.start(axis.other()).saturating_sub(4 + away)
                };
                let place = table.span(axis, start, start + 4).span(axis.other(), edge, edge + 4);
                self.room.put(place, Make::Legs);
            }
        }
        Ok(())
    }

    fn living(&mut self) -> Result<(), CoinError> {
        if self.cooks {
            self.counter(15..=22)?;
        }
        if self.sleeps {
            self.bed(12..=14)?;
        }
        let seats = self.between(16, 25)?;
        for side in self.sides()? {
            let Some(sofa) = self.room.at_middle(side, (seats, 9), Make::Block) else { continue };
            // The short side of a corner sofa, or a coffee table and an armchair.
            if self.chance(3)? && self.room.area() > 1800 {
                let long = self.between(15, 18)?;
                self.room.next_to(sofa, side, (8, long), Make::Block);
            } else if self.chance(2)? {
                self.room.next_to(sofa, side, (8, 8), Make::Block);
            }
            self.room.before(sofa, side, 4, (10, 6), Make::Legs);
            let board = (self.between(12, 18)?, 4);
            self.room.at_middle(side.opposite(), board, Make::Block);
            break;
        }
        if self.dines && self.room.area() > 2000 {
            self.table(4)?;
        }
        for _ in 0..=self.room.area() / 1500 {
            self.wall(8..=20, 3)?;
        }
        self.plants(3)?;
        if self.chance(5)? {
            self.line()?;
        }
        self.clutter(2, 3)
    }

    /// A counter along as much of a wall as there is, within these lengths.
    fn counter(&mut self, lengths: RangeInclusive<u32>) -> Result<Option<(RectDm, Side)>, CoinError> {
        let mut sides: Vec<Side> = self.sides()?.collect();
        // Preferably a long wall.
        sides.sort_by_key(|&side| core::cmp::Reverse(self.room.side(side)));
        for along in lengths.clone().rev().step_by(4) {
            for &side in &sides {
                if let Some(place) = self.room.at_side(side, (along, COUNTER), Make::Block, self.coins)? {
                    return Ok(Some((place, side)));
                }
            }
        }
        Ok(None)
    }

    fn kitchen(&mut self) -> Result<(), CoinError> {
        if let Some((counter, side)) = self.counter(12..=42)? {
            self.room.next_to(counter, side, (COUNTER, COUNTER), Make::Block);
        }
        if self.room.area() > 700 {
            self.counter(8..=24)?;
        }
        if self.room.area() > 1000 {
            self.table(if self.room.area() > 1500 { 6 } else { 4 })?;
        }
        if self.chance(3)? {
            // The bowls of a cat or a dog.
            self.room.at_wall((5, 3), Make::NoGo, self.coins)?;
        }
        self.clutter(1, 3)
    }

    fn bed(&mut self, widths: RangeInclusive<u32>) -> Result<(), CoinError> {
        let width = self.between(*widths.start(), *widths.end())?;
        for side in self.sides()? {
            let bed = if width < 14 {
                self.room.at_side(side, (width, 20), Make::Block, self.coins)?
            } else {
                self.room.at_middle(side, (width, 20), Make::Block)
            };
            if let Some(bed) = bed {
                self.room.next_to(bed, side, (4, 4), Make::Block);
                if width >= 14 {
                    self.room.next_to(bed, side, (4, 4), Make::Block);
                }
                return Ok(());
            }
        }
        // A narrow room: the bed lengthwise in a corner.
        self.room.at_wall((20, width.min(14)), Make::Block, self.coins).map(drop)
    }

    fn bedroom(&mut self) -> Result<(), CoinError> {
        self.bed(14..=18)?;
        self.wall(15..=26, COUNTER)?;
        self.wall(8..=12, 4)?;
        if self.room.area() > 1500 {
            self.wall(8..=8, 8)?;
        }
        self.plants(1)?;
        self.clutter(1, 3)
    }

    fn nursery(&mut self) -> Result<(), CoinError> {
        self.bed(8..=9)?;
        self.wall(10..=18, 5)?;
        if self.room.area() > 900 {
            self.room.standing((7, 6), 6, Make::Legs, self.coins)?;
        }
        self.wall(6..=9, 4)?;
        self.clutter(5, 3)
    }

    fn office(&mut self) -> Result<(), CoinError> {
        let desk = (self.between(12, 18)?, 8);
        if let Some((desk, side)) = self.room.at_wall(desk, Make::Legs, self.coins)? {
            self.room.before(desk, side, 1, (5, 5), Make::Legs);
        }
        self.wall(9..=20, 3)?;
        self.wall(6..=12, 4)?;
        if self.chance(4)? {
            self.line()?;
        }
        self.clutter(2, 4)
    }

    fn bowl(&mut self) -> Result<(), CoinError> {
        self.sides()?.any(|side| self.room.at_middle(side, (4, 6), Make::Block).is_some());
        Ok(())
    }

    fn bathroom(&mut self) -> Result<(), CoinError> {
        if self.room.area() > 450 && self.chance(2)? {
            self.room.at_wall((17, 7), Make::Block, self.coins)?;
        } else {
            self.room.at_wall((9, 9), Make::Block, self.coins)?;
        }
        self.bowl()?;
        self.wall(6..=10, 5)?;
        if self.room.area() > 500 {
            self.wall(6..=6, 6)?;
        }
        Ok(())
    }

    /// A virtual wall before loose cables.
    fn line(&mut self) -> Result<(), CoinError> {
        let along = self.between(8, 14)?;
        for side in self.sides()? {
            if self.room.at_side(side, (along, 2), Make::Line(side), self.coins)?.is_some() {
                break;
            }
        }
        Ok(())
    }
}
