//! Which rooms a home has, and how large they would like to be.
//!
//! The ranges of areas below are chosen by us, not measured, so that the public figures that we know lie inside: living
//! rooms of British homes built since 2010 have 17.1 m² on average and those of the 1970s 24.9 m², main bedrooms since
//! 2010 have 13.4 m², kitchens had 12.3 m² in the 1930s, the least of any decade (LABC Warranty 2018, 10,000 homes a
//! decade); England's space standard asks for 7.5 m² and a width of 2.15 m in a single bedroom, for 11.5 m² and 2.75 m
//! in a double one (DCLG 2015, "Technical housing standards: nationally described space standard"); the average German
//! home has 92 m² (Destatis, end of 2022). For halls, baths, toilets, offices and store rooms we know no public average
//! and chose what is usual. Within a range an area is the mean of two uniform draws, so the middle is likelier than the
//! ends. Garages and balconies are left out: a vacuum robot seldom has them on its map.

use super::layout::LEAST_SIDE;
use super::style::Style;
use crate::home::RoomKind::{
    self, Bathroom, Bedroom, Dining, Hallway, Kitchen, Laundry, Living, Nursery, Office, Storage, Toilet,
};
use crate::noise::{CoinError, Coins};
use crate::synth::chance::{between, shuffled};

/// Rooms that one corridor serves before a home gets a second one: chosen by us, not measured.
const ROOMS_OF_A_CORRIDOR: usize = 10;

/// The rooms of a home, the most important first.
pub(crate) struct RoomList {
    pub(crate) kinds: Vec<RoomKind>,
    /// Their areas in square decimetres, as wished for.
    pub(crate) areas: Vec<u32>,
}

impl RoomList {
    pub(crate) fn draw(style: Style, rooms: usize, coins: &mut Coins) -> Result<Self, CoinError> {
        let mut kinds: Vec<RoomKind> = match style {
            Style::Studio => [vec![Living, Bathroom], shuffled(vec![Kitchen, Hallway], coins)?].concat(),
            Style::Apartment => {
                [vec![Living, Bathroom], shuffled(vec![Bedroom, Kitchen], coins)?, vec![Hallway]].concat()
            }
            Style::House | Style::LShape => vec![Living, Bathroom, Hallway, Bedroom, Kitchen],
            Style::OpenPlan => vec![Living, Bathroom, Kitchen, Bedroom],
            Style::Loop => vec![Living, Bathroom, Kitchen, Hallway, Dining, Bedroom],
        };
        // The next rooms are drawn in tiers: a second bedroom or a toilet comes before a second bath.
        let next = if coins.below(2)? == 0 { Bedroom } else { Nursery };
        let dining = if style == Style::Loop { Office } else { Dining };
        let tiers = [
            vec![next, Toilet, Office],
            vec![dining, Storage, Bathroom, Nursery],
            vec![Laundry, Bedroom, Office, Storage],
        ];
        for tier in tiers {
            kinds.extend(shuffled(tier, coins)?);
        }
        while kinds.len() < rooms {
            kinds.extend(shuffled(vec![Bedroom, Bathroom, Nursery, Office, Storage, Bedroom], coins)?);
        }
        kinds.truncate(rooms);
        // A corridor of their own for the many rooms of a large home, in place of the last ones.
        let day = kinds.iter().filter(|kind| kind.is_day()).count();
        let corridors = (rooms - day).div_ceil(ROOMS_OF_A_CORRIDOR).min(2);
        let halls = match style {
            Style::OpenPlan if rooms - day > 4 => corridors,
            Style::House | Style::LShape | Style::Loop if rooms - day > ROOMS_OF_A_CORRIDOR => corridors,
            Style::Loop if rooms - day > 6 => 2,
            _ => 0,
        };
        while rooms > 6 && kinds.iter().filter(|kind| **kind == Hallway).count() < halls {
            kinds.pop();
            kinds.insert(5, Hallway);
        }
        Self::sized(kinds, coins)
    }

    /// These rooms, with usual areas.
    pub(crate) fn sized(kinds: Vec<RoomKind>, coins: &mut Coins) -> Result<Self, CoinError> {
        let areas = kinds.iter().map(|kind| kind.draw_area(coins)).collect::<Result<_, _>>()?;
        Ok(Self { kinds, areas })
    }

    /// The rooms of a kind, by their number.
    pub(crate) fn of(&self, kind: RoomKind) -> Vec<usize> {
        (0..self.kinds.len()).filter(|&room| self.kinds[room] == kind).collect()
    }

    /// Square decimetres of all rooms together, as wished for.
    pub(crate) fn area(&self) -> u32 {
        self.areas.iter().sum()
    }
}

/// What the plan and the furniture need to know of a kind of room.
pub(crate) trait Usual {
    /// People spend the day there together: such rooms may open onto one another without a door.
    fn is_day(&self) -> bool;
    /// Least side in decimetres.
    fn least_side(&self) -> u32;
    /// An area in square decimetres.
    fn draw_area(&self, coins: &mut Coins) -> Result<u32, CoinError>;
}

impl Usual for RoomKind {
    fn is_day(&self) -> bool {
        matches!(self, Living | Kitchen | Dining)
    }

    fn least_side(&self) -> u32 {
        match self {
            Living | Bedroom => 26,
            Dining => 24,
            Nursery | Office => 21,
            Kitchen => 19,
            Bathroom => 16,
            Laundry => 14,
            _ => LEAST_SIDE,
        }
    }

    fn draw_area(&self, coins: &mut Coins) -> Result<u32, CoinError> {
        let (least, most) = match self {
            Living => (1600, 3000),
            Kitchen => (800, 1700),
            Dining => (900, 1600),
            Hallway => (500, 900),
            Office => (700, 1400),
            Bedroom => (1050, 1850),
            Nursery => (750, 1400),
            Bathroom => (400, 850),
            Toilet => (150, 260),
            Storage => (180, 450),
            Laundry => (350, 700),
            _ => (600, 1200),
        };
        let mut draw = || between(coins, least, most);
        Ok(u32::midpoint(draw()?, draw()?))
    }
}

#[cfg(test)]
mod tests {
    use super::super::style::Style;
    use super::{RoomList, Usual};
    use crate::home::RoomKind::{Bathroom, Hallway, Living};
    use crate::noise::Coins;

    #[test]
    fn every_home_has_a_living_room_and_all_but_the_smallest_a_bath() {
        for seed in 0..200 {
            for style in Style::ALL {
                let mut coins = Coins::replayed(seed);
                let rooms = usize::try_from(seed).unwrap() % 30 + 1;
                let room_list = RoomList::draw(style, rooms, &mut coins).unwrap();
                assert_eq!(room_list.kinds.len(), rooms);
                assert_eq!(room_list.of(Living).len(), 1);
                assert!(rooms < 2 || !room_list.of(Bathroom).is_empty());
                assert!(rooms < 17 || style == Style::Studio || !room_list.of(Hallway).is_empty());
            }
        }
    }

    #[test]
    fn usual_areas_hold_the_published_averages() {
        let mut coins = Coins::replayed(1);
        let mut mean = |kind: crate::home::RoomKind| {
            (0..2000).map(|_| kind.draw_area(&mut coins).unwrap()).sum::<u32>() / 2000
        };
        assert!((1710..=2490).contains(&mean(Living)), "between new British homes and those of the 1970s");
        assert!((1150..=1500).contains(&mean(crate::home::RoomKind::Bedroom)), "around 13.4 m²");
    }
}
