//! Random floors of offices: rooms along corridors, where doors are wider than at home and many openings have none.
//!
//! A corridor of 1.4 to 2.4 m has rooms on both sides, and often a second corridor across its end: around the corner,
//! behind a fire door, or through an opening. One room in four has an opening of 1.3 to 2.6 m with at least 0.4 m of
//! wall on either side in place of a door, and some neighbours have a door to each other right behind their doors to
//! the corridor, so that what is left of the walls there stands free. The shares and ranges are chosen by us, not
//! measured.

use super::chance::{below, between};
use super::draw::HomeDrawing;
use super::furniture::{Furnishing, furnish};
use super::plan::{Opening, RIM, RectDm, Side, Space};
use crate::home::RobotMap;
use crate::home::RoomKind::{self, Hallway, Kitchen, Living, Office, Storage};
use crate::noise::{CoinError, Coins};

/// Decimetres of wall that an opening has at least on either side.
const JAMB: u32 = 4;

/// A floor while it is planned.
#[derive(Default)]
struct OfficePlan {
    kinds: Vec<RoomKind>,
    spaces: Vec<Space>,
    openings: Vec<Opening>,
}

impl OfficePlan {
    fn room(&mut self, kind: RoomKind, rect: RectDm) -> usize {
        self.kinds.push(kind);
        self.part(self.kinds.len() - 1, rect)
    }

    /// A space of a room, and its number.
    fn part(&mut self, room: usize, rect: RectDm) -> usize {
        self.spaces.push(Space { room, rect });
        self.spaces.len() - 1
    }

    /// A hole from `start` to `end` in the wall between two spaces; its cells belong to the second one's room.
    fn open(&mut self, [of, to]: [usize; 2], side: Side, (start, end): (u32, u32)) {
        self.openings.push(Opening {
            hole: self.spaces[of].rect.wall(side, start, end),
            sides: [(of, side), (to, side.opposite())],
            owner: self.spaces[to].room,
        });
    }

    /// A door between two neighbours in a row at this side of a corridor, near the corridor.
    fn join(&mut self, [before, own]: [usize; 2], side: Side, coins: &mut Coins) -> Result<(), CoinError> {
        let along = if matches!(side, Side::Low | Side::High) { Side::Right } else { Side::High };
        let (stem, door) = (below(coins, 7)?, between(coins, 8, 10)?);
        let rect = self.spaces[own].rect;
        let hole = match side {
            Side::High => (rect.low + stem, rect.low + stem + door),
            Side::Low => (rect.high - stem - door, rect.high - stem),
            Side::Right => (rect.left + stem, rect.left + stem + door),
            Side::Left => (rect.right - stem - door, rect.right - stem),
        };
        self.open([before, own], along, hole);
        Ok(())
    }

    /// Rooms side by side from `start` to `end` along a side of a corridor, `depth` deep.
    fn row(
        &mut self,
        corridor: usize,
        side: Side,
        (start, end): (u32, u32),
        depth: u32,
        coins: &mut Coins,
    ) -> Result<(), CoinError> {
        let strip = self.spaces[corridor].rect.wall(side, start, end);
        let place = |from: u32, to: u32| {
            let wall = strip.span(side.axis(), from, to);
            match side {
                Side::Low => RectDm::new(wall.left, wall.low - depth, wall.right, wall.low),
                Side::High => RectDm::new(wall.left, wall.high, wall.right, wall.high + depth),
                Side::Left => RectDm::new(wall.left - depth, wall.low, wall.left, wall.high),
                Side::Right => RectDm::new(wall.right, wall.low, wall.right + depth, wall.high),
            }
        };
        // The room before, if its door is at this end.
        let mut before: Option<usize> = None;
        let mut from = start;
        while from + 22 <= end {
            let mut to = from + between(coins, 22, 65)?;
            if to + 23 > end {
                to = end;
            }
            let wide = below(coins, 4)? == 0;
            let width = if wide { between(coins, 13, 26)? } else { between(coins, 8, 11)? };
            let width = width.min(to - from - 2 * JAMB);
            let kind = match (wide, to - from) {
                (true, _) => [Living, Kitchen][below(coins, 2)? as usize],
                (false, ..26) => Storage,
                _ => Office,
            };
            let own = self.room(kind, place(from, to));
            let slack = to - from - width - 2 * JAMB;
            let near = below(coins, slack.min(4) + 1)?;
            // Two rooms in a row have doors at the wall between them, and half of them one in it.
            let (offset, last) = match (before, below(coins, 3)?) {
                (Some(_), _) => (near, false),
                (None, 0) => (slack - near, to < end),
                _ => (below(coins, slack + 1)?, false),
            };
            let door = from + JAMB + offset;
            self.open([own, corridor], side.opposite(), (door, door + width));
            if let Some(neighbour) = before.take()
                && below(coins, 2)? == 0
            {
                self.join([neighbour, own], side, coins)?;
            }
            before = last.then_some(own);
            from = to + 1;
        }
        Ok(())
    }
}

impl RobotMap {
    /// A random floor of offices, with labelled rooms, in cells of 0.05 m. Corridors that go on around a corner are one
    /// room. The same coins give the same floor on every machine.
    ///
    /// ```
    /// use homeveil::Coins;
    /// use homeveil::home::RobotMap;
    /// use homeveil::synth::Furnishing;
    /// let floor = RobotMap::office(Furnishing::Bare, &mut Coins::replayed(1))?;
    /// assert!(floor.rooms.len() > 5);
    /// # Ok::<(), homeveil::noise::CoinError>(())
    /// ```
    ///
    /// # Errors
    /// The coins fail.
    ///
    /// # Complexity
    /// O(cells of the drawing + rooms²).
    pub fn office(furnishing: Furnishing, coins: &mut Coins) -> Result<Self, CoinError> {
        let (depth_low, depth_high) = (between(coins, 28, 60)?, between(coins, 28, 60)?);
        let (length, width) = (between(coins, 120, 320)?, between(coins, 14, 24)?);
        let low = RIM + depth_low + 1;
        let high = low + width;
        let right = RIM + length;
        let mut plan = OfficePlan::default();
        let corridor = plan.room(Hallway, RectDm::new(RIM, low, right, high));
        plan.row(corridor, Side::Low, (RIM, right), depth_low, coins)?;
        plan.row(corridor, Side::High, (RIM, right), depth_high, coins)?;
        let across = below(coins, 4)?;
        if across > 0 {
            let wide = between(coins, 14, 24)?;
            let (bottom, top) = (RIM, high + 1 + depth_high);
            let rect = RectDm::new(right + 1, bottom, right + 1 + wide, top);
            let room = if across == 1 {
                0
            } else {
                plan.kinds.push(Hallway);
                plan.kinds.len() - 1
            };
            let other = plan.part(room, rect);
            let hole = if across == 1 {
                (low, high)
            } else {
                // A fire door, or an opening.
                let door = if across == 2 { between(coins, 9, 11)? } else { between(coins, 9, width - 4)? };
                let start = low + (width - door) / 2;
                (start, start + door)
            };
            plan.open([corridor, other], Side::Right, hole);
            let depth = between(coins, 28, 60)?;
            plan.row(other, Side::Right, (bottom, top), depth, coins)?;
        }
        let OfficePlan { kinds, spaces, openings } = plan;
        let (furniture, dock) = furnish(furnishing, &spaces, &kinds, &openings, coins)?;
        Ok(HomeDrawing { kinds, spaces, openings, windows: Vec::new(), furniture, dock }.paint(2))
    }
}
