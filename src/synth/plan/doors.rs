//! Doors and windows: which rooms lead to which, and where one sees out.
//!
//! Two rooms may have a door if the wall between them is long enough. A minimum spanning tree (Kruskal 1956) over
//! the reluctance to walk from one to the other connects all rooms: preferably by a hall, through a bedroom or a bath
//! only where nothing else leads on. Then some doors are added, such as a living room's second one to the kitchen.

use super::layout::Space;
use super::rect::{RectDm, Side};
use super::room_list::Usual;
use super::style::Style;
use crate::grid::{DisjointSets, narrow};
use crate::home::RoomKind::{
    self, Bathroom, Bedroom, Dining, Hallway, Kitchen, Laundry, Living, Office, Storage, Toilet,
};
use crate::noise::{CoinError, Coins};
use crate::synth::chance::{below, between};

/// Narrowest and widest door, 0.7 and 0.9 m.
const DOOR: (u32, u32) = (7, 9);

/// A frame on each side of a door: it never reaches into a corner.
const FRAME: u32 = 1;

/// Shortest wall between two rooms that a passage as wide as the wall makes sense in.
const LEAST_OPEN: u32 = 12;

/// A hole in the wall between two spaces.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opening {
    /// The wall that is not there, one decimetre thick.
    pub(crate) hole: RectDm,
    /// The spaces on both sides, each with the side that the hole lies on.
    pub(crate) sides: [(usize, Side); 2],
    /// The room that its cells belong to.
    pub(crate) owner: usize,
}

/// A wall between two spaces.
struct SharedWall {
    spaces: [usize; 2],
    /// The side of the first space.
    side: Side,
    start: u32,
    end: u32,
}

impl SharedWall {
    const fn length(&self) -> u32 {
        self.end - self.start
    }
}

/// Draws the openings of a home.
pub(crate) fn openings(
    style: Style,
    spaces: &[Space],
    kinds: &[RoomKind],
    coins: &mut Coins,
) -> Result<Vec<Opening>, CoinError> {
    let mut walls = contacts(spaces);
    let kinds_of = |wall: &SharedWall| wall.spaces.map(|space| kinds[spaces[space].room]);
    walls.sort_by_key(|wall| (reluctance(kinds_of(wall)), core::cmp::Reverse(wall.length())));
    // Kitchens open onto living rooms in every open plan, and in a quarter of the other homes: chosen by us, not
    // measured.
    let open_day = matches!(style, Style::OpenPlan | Style::Studio) || coins.below(4)? == 0;
    // Two rooms have one door to each other, except where a room takes part in a ring with several of its
    // rectangles.
    let ends = |wall: &SharedWall| match style {
        Style::Loop => wall.spaces,
        _ => wall.spaces.map(|space| spaces[space].room),
    };
    let mut connected = DisjointSets::new(narrow(spaces.len()));
    let mut join = |wall: &SharedWall| connected.union(narrow(wall.spaces[0]), narrow(wall.spaces[1]));
    let mut joined: Vec<[usize; 2]> = Vec::new();
    let mut openings = Vec::new();

    // First pairs without any wall, then the spanning tree, then the rest.
    for wall in &walls {
        let [a, b] = wall.spaces.map(|space| spaces[space].room);
        let day = open_day && kinds_of(wall).iter().all(Usual::is_day) && wall.length() >= LEAST_OPEN;
        if a == b || day {
            join(wall);
            let [a, b] = ends(wall);
            joined.push([a.min(b), a.max(b)]);
            openings.push(opening(wall, wall.start, wall.end, spaces, kinds));
        }
    }
    for pass in 0..2 {
        for wall in &walls {
            let [a, b] = ends(wall);
            let pair = [a.min(b), a.max(b)];
            let wanted = if pass == 0 {
                join(wall)
            } else {
                !joined.contains(&pair) && wants_another(style, kinds_of(wall), coins)?
            };
            if wanted {
                joined.push(pair);
                let (start, end) = door(wall, coins)?;
                openings.push(opening(wall, start, end, spaces, kinds));
            }
        }
    }
    Ok(openings)
}

/// Walls between spaces that are long enough for a door of the least width.
fn contacts(spaces: &[Space]) -> Vec<SharedWall> {
    let mut walls = Vec::new();
    for (b, second) in spaces.iter().enumerate() {
        for (a, first) in spaces[..b].iter().enumerate() {
            for side in Side::ALL {
                let (one, two) = (&first.rect, &second.rect);
                let axis = side.axis();
                let (start, end) = (one.start(axis).max(two.start(axis)), one.end(axis).min(two.end(axis)));
                if one.faces(side, two) && start + DOOR.0 + 2 * FRAME <= end {
                    walls.push(SharedWall { spaces: [a, b], side, start, end });
                }
            }
        }
    }
    walls
}

/// How little people like to walk from one room to the other directly.
const fn reluctance(kinds: [RoomKind; 2]) -> u8 {
    match kinds {
        [Hallway, _] | [_, Hallway] => 0,
        [Living | Dining | Kitchen, Living | Dining | Kitchen] => 1,
        [Kitchen | Laundry, Storage | Laundry] | [Storage | Laundry, Kitchen | Laundry] => 2,
        [Living | Dining, Bathroom | Toilet] | [Bathroom | Toilet, Living | Dining] => 4,
        [Living | Dining, _] | [_, Living | Dining] => 3,
        [Bathroom, Bedroom] | [Bedroom, Bathroom] => 5,
        [Office, _] | [_, Office] => 6,
        [Bathroom | Toilet, _] | [_, Bathroom | Toilet] => 8,
        _ => 7,
    }
}

/// Whether two rooms that are connected anyway get a door to each other.
fn wants_another(style: Style, kinds: [RoomKind; 2], coins: &mut Coins) -> Result<bool, CoinError> {
    let (of, out_of) = match kinds {
        // The ring is closed.
        [Living | Kitchen | Dining | Hallway, Living | Kitchen | Dining | Hallway]
            if style == Style::Loop =>
        {
            (1, 1)
        }
        [Living | Kitchen | Dining, Living | Kitchen | Dining | Hallway]
        | [Hallway, Living | Kitchen | Dining] => (1, 3),
        [Bedroom, Bathroom] | [Bathroom, Bedroom] | [Kitchen, Storage] | [Storage, Kitchen] => (1, 6),
        _ => return Ok(false),
    };
    Ok(coins.below(out_of)? < of)
}

/// Where in the wall the door is: two times in three near an end, where the open door leaf has a wall to stand
/// against.
fn door(wall: &SharedWall, coins: &mut Coins) -> Result<(u32, u32), CoinError> {
    let width = between(coins, DOOR.0, DOOR.1)?.min(wall.length() - 2 * FRAME);
    let slack = wall.length() - width - 2 * FRAME;
    let near = below(coins, slack.min(2) + 1)?;
    let offset = match below(coins, 3)? {
        0 => near,
        1 => slack - near,
        _ => below(coins, slack + 1)?,
    };
    let start = wall.start + FRAME + offset;
    Ok((start, start + width))
}

fn opening(wall: &SharedWall, start: u32, end: u32, spaces: &[Space], kinds: &[RoomKind]) -> Opening {
    let [a, b] = wall.spaces.map(|space| spaces[space].room);
    let hall_or_day = |room: usize| (kinds[room] != Hallway, !kinds[room].is_day(), room);
    Opening {
        hole: spaces[wall.spaces[0]].rect.wall(wall.side, start, end),
        sides: [(wall.spaces[0], wall.side), (wall.spaces[1], wall.side.opposite())],
        owner: if hall_or_day(a) <= hall_or_day(b) { a } else { b },
    }
}

/// Draws the windows in the outer walls, at most one in each side of a space.
pub(crate) fn windows(
    spaces: &[Space],
    kinds: &[RoomKind],
    coins: &mut Coins,
) -> Result<Vec<RectDm>, CoinError> {
    let mut windows = Vec::new();
    for space in spaces {
        for side in Side::ALL {
            let Some((start, end)) = outer_stretch(space, side, spaces) else { continue };
            let small = matches!(kinds[space.room], Hallway | Bathroom | Toilet | Storage | Laundry);
            if coins.below(if small { 3 } else { 5 })? < if small { 2 } else { 1 } {
                continue;
            }
            let (least, most) = if small { (5, 9) } else { (9, 22) };
            let most = (end - start).saturating_sub(4).min(most);
            if most < least {
                continue;
            }
            let width = between(coins, least, most)?;
            let start = start + (end - start - width) / 2;
            windows.push(space.rect.wall(side, start, start + width));
        }
    }
    Ok(windows)
}

/// The longest stretch of a side that no other space lies behind.
fn outer_stretch(space: &Space, side: Side, spaces: &[Space]) -> Option<(u32, u32)> {
    let axis = side.axis();
    let (low, high) = (space.rect.start(axis), space.rect.end(axis));
    let mut behind: Vec<(u32, u32)> = spaces
        .iter()
        .filter(|other| space.rect.faces(side, &other.rect))
        .map(|other| (other.rect.start(axis), other.rect.end(axis)))
        .filter(|&(start, end)| start < high && low < end)
        .collect();
    behind.sort_unstable();
    behind.push((high, high));
    let mut from = low;
    let mut longest = None;
    for (start, end) in behind {
        let length = start.saturating_sub(from);
        if longest.is_none_or(|(a, b)| b - a < length) && length > 0 {
            longest = Some((from, start));
        }
        from = from.max(end);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::super::rect::{RectDm, Side};
    use super::super::style::Style;
    use super::{Space, openings, outer_stretch};
    use crate::home::RoomKind::{Bedroom, Hallway, Kitchen, Living};
    use crate::noise::Coins;

    /// A hall below, three rooms above it side by side.
    fn spaces() -> Vec<Space> {
        [
            RectDm::new(0, 0, 92, 14),
            RectDm::new(0, 15, 30, 50),
            RectDm::new(31, 15, 61, 50),
            RectDm::new(62, 15, 92, 50),
        ]
        .into_iter()
        .enumerate()
        .map(|(room, rect)| Space { room, rect })
        .collect()
    }

    #[test]
    fn a_hall_leads_everywhere() {
        let kinds = [Hallway, Bedroom, Bedroom, Bedroom];
        for seed in 0..50 {
            let openings = openings(Style::House, &spaces(), &kinds, &mut Coins::replayed(seed)).unwrap();
            assert_eq!(openings.len(), 3);
            for opening in openings {
                assert_eq!(opening.owner, 0);
                assert!(opening.sides.contains(&(0, Side::High)));
                assert!((7..=9).contains(&(opening.hole.right - opening.hole.left)));
                assert_eq!((opening.hole.low, opening.hole.high), (14, 15));
            }
        }
    }

    #[test]
    fn an_open_plan_has_no_wall_between_kitchen_and_living_room() {
        let kinds = [Hallway, Kitchen, Living, Bedroom];
        let openings = openings(Style::OpenPlan, &spaces(), &kinds, &mut Coins::replayed(1)).unwrap();
        assert!(openings.iter().any(|opening| opening.hole == RectDm::new(30, 15, 31, 50)));
    }

    #[test]
    fn outer_walls_are_where_nothing_lies_behind() {
        let mut spaces = spaces();
        assert_eq!(outer_stretch(&spaces[0], Side::High, &spaces), Some((30, 31)));
        assert_eq!(outer_stretch(&spaces[1], Side::High, &spaces), Some((0, 30)));
        spaces.remove(2);
        assert_eq!(outer_stretch(&spaces[0], Side::High, &spaces), Some((30, 62)));
    }
}
