//! The trees of the styles: which rooms lie side by side.
//!
//! Takes a style and a list of rooms, gives a tree of cuts for `layout`. Each style has one idea: a hall with rooms on
//! both sides, an open living space, two wings, a loop around a core. Rooms are put into it by their kinds and areas,
//! and the coins choose among what the idea leaves open. The trees know no lengths: areas are wishes until `layout`
//! has made rectangles of them.

use super::layout::{Node, Part};
use super::room_list::{RoomList, Usual};
use super::style::Style;
use crate::grid::Axis;
use crate::home::RoomKind::{
    Bathroom, Bedroom, Dining, Hallway, Kitchen, Living, Nursery, Office, Storage, Toilet,
};
use crate::noise::{CoinError, Coins};
use crate::synth::chance::{between, index, shuffled};

/// Rooms below this many square decimetres lie two behind each other along a corridor.
const SMALL: u32 = 800;

/// A plan before it has a size.
pub(crate) struct Draft {
    pub(crate) tree: Node,
    /// Height over width of the whole, in per cent.
    pub(crate) ratio: u32,
    /// Most height in decimetres: two rooms and a corridor do not get deeper in a longer home.
    pub(crate) most_height: u32,
}

/// Draws the tree of a home of this style.
pub(crate) fn draft(style: Style, room_list: &RoomList, coins: &mut Coins) -> Result<Draft, CoinError> {
    let mut drafter = TreeDrafter { list: room_list, coins };
    let rooms = room_list.kinds.len();
    match style {
        _ if rooms == 1 && style != Style::Loop => {
            Ok(Draft { tree: drafter.space(0), ratio: drafter.between(65, 100)?, most_height: 200 })
        }
        Style::Studio => drafter.studio(),
        Style::Apartment if room_list.of(Hallway).is_empty() => {
            let tree = drafter.block(&(0..rooms).collect::<Vec<_>>(), 120, 100);
            Ok(Draft { tree, ratio: drafter.between(70, 95)?, most_height: 120 })
        }
        Style::Apartment => drafter.apartment(),
        Style::House => drafter.house(),
        Style::OpenPlan => drafter.open_plan(),
        Style::LShape => drafter.l_shape(),
        Style::Loop => drafter.ring(),
    }
}

struct TreeDrafter<'a> {
    list: &'a RoomList,
    coins: &'a mut Coins,
}

impl TreeDrafter<'_> {
    /// A number from `least` to `most`.
    fn between(&mut self, least: u32, most: u32) -> Result<u32, CoinError> {
        between(self.coins, least, most)
    }

    fn space(&self, room: usize) -> Node {
        self.share(room, 100)
    }

    /// A rectangle with so many per cent of a room's area.
    fn share(&self, room: usize, per_cent: u32) -> Node {
        let area = (self.list.areas[room] * per_cent / 100).max(1);
        Node::Space { room, area, least: self.list.kinds[room].least_side() }
    }

    /// The day rooms, and the others except halls.
    fn parted(&self) -> (Vec<usize>, Vec<usize>) {
        (0..self.list.kinds.len())
            .filter(|&room| self.list.kinds[room] != Hallway)
            .partition(|&room| self.list.kinds[room].is_day())
    }

    /// Rooms in a rectangle of roughly these sides, halved by area across its long side.
    fn block(&self, rooms: &[usize], width: u32, height: u32) -> Node {
        if rooms.len() < 2 {
            return rooms.first().map_or(Node::Void { area: 0 }, |&room| self.space(room));
        }
        let total: u32 = rooms.iter().map(|&room| self.list.areas[room]).sum();
        let mut first = 0;
        let mut count = 0;
        for &room in &rooms[..rooms.len() - 1] {
            let next = first + self.list.areas[room];
            if count > 0 && next.abs_diff(total / 2) > first.abs_diff(total / 2) {
                break;
            }
            first = next;
            count += 1;
        }
        let share = first * 100 / total.max(1);
        let (a, b) = rooms.split_at(count);
        let nodes = if width >= height {
            let cut = width * share / 100;
            (Axis::X, [self.block(a, cut, height), self.block(b, width - cut, height)])
        } else {
            let cut = height * share / 100;
            (Axis::Y, [self.block(a, width, cut), self.block(b, width, height - cut)])
        };
        Node::row(nodes.0, nodes.1)
    }

    /// Rooms along a corridor that runs along an axis, at the high or low side of it; small ones two behind
    /// each other.
    fn along(&mut self, corridor: Axis, rooms: &[usize], above: bool) -> Result<Node, CoinError> {
        let small = |room: &usize| self.list.areas[*room] < SMALL;
        let (mut little, large): (Vec<usize>, Vec<usize>) = rooms.iter().partition(|room| small(room));
        // The room at the corridor is the one that more people need.
        little.sort_by_key(|&room| match self.list.kinds[room] {
            Toilet => 0,
            Bathroom => 1,
            Storage => 3,
            _ => 2,
        });
        let mut bays: Vec<Node> = large.iter().map(|&room| self.space(room)).collect();
        let pairs = little.len() / 2;
        let mut singles: Vec<usize> = little[pairs..little.len() - pairs].to_vec();
        for n in 0..pairs {
            let (near, far) = (little[n], little[little.len() - 1 - n]);
            // Two rooms that both belong at the corridor stay there.
            if self.list.kinds[far] == Toilet {
                singles.extend([near, far]);
                continue;
            }
            let (near, far) = (self.space(near), self.space(far));
            bays.push(Node::row(corridor.other(), if above { [near, far] } else { [far, near] }));
        }
        bays.extend(singles.iter().map(|&room| self.space(room)));
        Ok(Node::row(corridor, shuffled(bays, self.coins)?))
    }

    /// A corridor along an axis with rooms on both sides.
    fn wing(&mut self, axis: Axis, hall: Option<usize>, mut rooms: Vec<usize>) -> Result<Node, CoinError> {
        rooms.sort_by_key(|&room| core::cmp::Reverse(self.list.areas[room]));
        let (mut low, mut high, mut balance) = (Vec::new(), Vec::new(), 0_i64);
        for room in rooms {
            let area = i64::from(self.list.areas[room]);
            if balance <= 0 {
                high.push(room);
                balance += area;
            } else {
                low.push(room);
                balance -= area;
            }
        }
        let mut parts = Vec::new();
        if !low.is_empty() {
            parts.push(Part { node: self.along(axis, &low, false)?, fixed: None });
        }
        if let Some(hall) = hall {
            parts.push(Part { node: self.space(hall), fixed: Some(self.between(12, 16)?) });
        }
        if !high.is_empty() {
            parts.push(Part { node: self.along(axis, &high, true)?, fixed: None });
        }
        Ok(Node::Row { axis: axis.other(), parts })
    }

    /// One room, a bath in its corner, a hall or a kitchenette next to the bath.
    fn studio(mut self) -> Result<Draft, CoinError> {
        let living = self.list.of(Living)[0];
        let mut service: Vec<Node> =
            (0..self.list.kinds.len()).filter(|&room| room != living).map(|room| self.space(room)).collect();
        let main = if service.len() == 1 {
            // An L: the room reaches around the bath.
            service.push(self.share(living, 15));
            self.share(living, 85)
        } else {
            self.space(living)
        };
        let tree = Node::row(Axis::X, [Node::row(Axis::Y, service), main]);
        Ok(Draft { tree, ratio: self.between(55, 85)?, most_height: 150 })
    }

    /// Three bands: day rooms above, the hall with small rooms next to it, bedrooms below.
    fn apartment(mut self) -> Result<Draft, CoinError> {
        let (mut day, mut rest) = self.parted();
        let hall = self.list.of(Hallway)[0];
        let wet = rest.iter().position(|&room| self.list.kinds[room] == Bathroom).map(|at| rest.remove(at));
        let small: Vec<usize> = rest
            .iter()
            .copied()
            .filter(|&room| matches!(self.list.kinds[room], Toilet | Storage))
            .take(1)
            .collect();
        rest.retain(|room| !small.contains(room));
        // An office or a nursery moves up when there are many rooms below.
        let movable = |room: &usize| matches!(self.list.kinds[*room], Office | Nursery | Bedroom);
        while rest.len() > day.len() + 1 {
            let Some(at) = rest.iter().rposition(movable) else { break };
            day.push(rest.remove(at));
        }
        if rest.is_empty() && day.len() > 1 {
            rest.extend(day.pop());
        }
        let mut band = vec![self.space(hall)];
        band.extend(small.iter().map(|&room| self.space(room)));
        let height = match wet {
            // One bedroom alone would be as wide as the home: the bath lies next to it, and the hall is a
            // corridor.
            Some(wet) if rest.len() < 2 => {
                rest.push(wet);
                self.between(12, 16)?
            }
            Some(wet) => {
                let at = index(self.coins, 2)? * band.len();
                band.insert(at, self.space(wet));
                self.between(17, 22)?
            }
            None => self.between(12, 16)?,
        };
        let mut parts = Vec::new();
        if !rest.is_empty() {
            parts.push(Part { node: self.along(Axis::X, &rest, false)?, fixed: None });
        }
        parts.push(Part { node: Node::row(Axis::X, band), fixed: Some(height) });
        let kitchen_first = self.coins.below(2)? == 0;
        if kitchen_first {
            day.reverse();
        }
        let above = day.iter().map(|&room| self.space(room));
        parts.push(Part { node: Node::row(Axis::X, above), fixed: None });
        Ok(Draft {
            tree: Node::Row { axis: Axis::Y, parts },
            ratio: self.between(75, 105)?,
            most_height: 130,
        })
    }

    /// Living rooms at the end, or in the middle, of corridors with rooms on both sides.
    fn house(mut self) -> Result<Draft, CoinError> {
        let (day, rest) = self.parted();
        let halls = self.list.of(Hallway);
        let (ratio, most_height) = (self.between(65, 95)?, self.between(85, 108)?);
        let block = self.high_day_block(&day, ratio, most_height)?;
        let tree = if let [first, second, ..] = halls[..] {
            let (left, right) = rest.iter().enumerate().partition::<Vec<_>, _>(|(n, _)| n % 2 == 0);
            let sides = [left, right].map(|side| side.into_iter().map(|(_, &room)| room).collect());
            self.between_wings([first, second], sides, block)?
        } else {
            let wing = self.wing(Axis::X, halls.first().copied(), rest)?;
            Node::row(Axis::X, [block, wing])
        };
        Ok(Draft { tree, ratio, most_height })
    }

    /// A block with a wing on each side of it.
    fn between_wings(
        &mut self,
        [first, second]: [usize; 2],
        [left, right]: [Vec<usize>; 2],
        block: Node,
    ) -> Result<Node, CoinError> {
        let left = self.wing(Axis::X, Some(first), left)?;
        let right = self.wing(Axis::X, Some(second), right)?;
        Ok(Node::row(Axis::X, [left, block, right]))
    }

    /// The rooms by day as a block that takes up the whole height of a home.
    fn high_day_block(&mut self, day: &[usize], ratio: u32, most_height: u32) -> Result<Node, CoinError> {
        let area: u32 = day.iter().map(|&room| self.list.areas[room]).sum();
        let height = (self.list.area() * ratio / 100).isqrt().min(most_height);
        self.day_block(day, area / height.max(1), height)
    }

    /// The rooms by day; a living room and dining corner may form an L around the kitchen.
    fn day_block(&mut self, day: &[usize], width: u32, height: u32) -> Result<Node, CoinError> {
        let kind = |kind| day.iter().copied().find(|&room| self.list.kinds[room] == kind);
        match (kind(Living), kind(Kitchen), kind(Dining)) {
            (Some(living), Some(kitchen), None) if day.len() == 2 && self.coins.below(3)? == 0 => {
                let across = if width >= height { Axis::X } else { Axis::Y };
                let corner = self.share(living, 35);
                let nook = Node::row(across.other(), [corner, self.space(kitchen)]);
                Ok(Node::row(across, [self.share(living, 65), nook]))
            }
            _ => Ok(self.block(day, width, height)),
        }
    }

    /// One large space by day; the other rooms next to it, along a corridor if they are many.
    fn open_plan(mut self) -> Result<Draft, CoinError> {
        let (day, rest) = self.parted();
        let halls = self.list.of(Hallway);
        let (ratio, most_height) = (self.between(65, 95)?, self.between(95, 115)?);
        let block = self.high_day_block(&day, ratio, most_height)?;
        let tree = match halls[..] {
            [first, second, ..] => {
                let (left, right) = rest.split_at(rest.len() / 2);
                self.between_wings([first, second], [left.to_vec(), right.to_vec()], block)?
            }
            [hall] => Node::row(Axis::X, [block, self.wing(Axis::X, Some(hall), rest)?]),
            [] => Node::row(Axis::X, [block, self.along(Axis::Y, &rest, true)?]),
        };
        Ok(Draft { tree, ratio, most_height })
    }

    /// The rooms by day in one wing, the others along the corridor of a second one at its end.
    fn l_shape(mut self) -> Result<Draft, CoinError> {
        let (mut day, mut rest) = self.parted();
        let halls = self.list.of(Hallway);
        // An office may lie with the living rooms.
        let office = rest.iter().position(|&room| self.list.kinds[room] == Office);
        if let Some(at) = office.filter(|_| rest.len() > 4) {
            day.push(rest.remove(at));
        }
        let second = if halls.len() > 1 { rest.split_off(rest.len() / 2) } else { Vec::new() };
        let upper = self.wing(Axis::Y, halls.first().copied(), rest)?;
        let (void, ratio) = (upper.area() * self.between(45, 110)? / 100, self.between(80, 120)?);
        let width = ((self.list.area() + void) * 100 / ratio).isqrt().max(1);
        let sum = |rooms: &[usize]| rooms.iter().map(|&room| self.list.areas[room]).sum::<u32>();
        let (by_day, others) = (sum(&day), sum(&second));
        let mut lower =
            self.day_block(&day, width * by_day / (by_day + others), (by_day + others) / width)?;
        if let (Some(&hall), false) = (halls.get(1), second.is_empty()) {
            lower = Node::row(Axis::X, [lower, self.wing(Axis::X, Some(hall), second)?]);
        }
        let tree = Node::row(Axis::Y, [lower, Node::row(Axis::X, [upper, Node::Void { area: void.max(1) }])]);
        Ok(Draft { tree, ratio, most_height: 320 })
    }

    /// Four rooms around a core, each with a door to the next; bedrooms next to the ring.
    fn ring(mut self) -> Result<Draft, CoinError> {
        let (day, mut rest) = self.parted();
        let mut halls = self.list.of(Hallway);
        let core = rest.iter().position(|&room| self.list.kinds[room] == Bathroom).map(|at| rest.remove(at));
        let mut core_rooms: Vec<usize> = core.into_iter().collect();
        let small = rest.iter().position(|&room| matches!(self.list.kinds[room], Toilet | Storage));
        if let Some(at) = small.filter(|_| rest.len() != 2) {
            core_rooms.push(rest.remove(at));
        }
        // Arms that no room is left for go to the living room, the largest.
        let mut arms = vec![halls.first().copied().unwrap_or(day[0])];
        arms.extend(day.iter().skip(usize::from(arms[0] == day[0])));
        let repeated: Vec<usize> = arms.clone();
        let mut times = vec![1; arms.len()];
        while arms.len() < 4 {
            let at = repeated.iter().position(|&room| self.list.kinds[room] == Living).unwrap_or(0);
            let place = arms.iter().position(|&room| room == repeated[at]).unwrap_or(0);
            arms.insert(place, repeated[at]);
            times[at] += 1;
        }
        let mut arms = arms.into_iter().map(|room| {
            let parts = repeated.iter().position(|&other| other == room).map_or(1, |at| times[at]);
            Box::new(self.share(room, 100 / parts))
        });
        let mut next = || arms.next().unwrap_or_else(|| Box::new(Node::Void { area: 1 }));
        // The hall, the first, lies on the left, where the bedrooms join.
        let (left, low, right, high) = (next(), next(), next(), next());
        drop(arms);
        let core = if core_rooms.is_empty() {
            Node::Void { area: 100 }
        } else {
            Node::row(Axis::X, core_rooms.iter().map(|&room| self.space(room)))
        };
        let ring = Node::Ring { arms: [low, right, high, left], core: Box::new(core) };
        let second = (halls.len() > 1).then(|| halls.remove(1));
        let tree = if rest.is_empty() {
            ring
        } else if second.is_some() {
            Node::row(Axis::X, [self.wing(Axis::X, second, rest)?, ring])
        } else if rest.len() == 1 {
            // Not as long as the ring: the outline has a corner there.
            let others = self.space(rest[0]);
            let void = Node::Void { area: others.area() * self.between(60, 120)? / 100 };
            Node::row(Axis::X, [Node::row(Axis::Y, [others, void]), ring])
        } else {
            Node::row(Axis::X, [self.along(Axis::Y, &rest, false)?, ring])
        };
        Ok(Draft { tree, ratio: self.between(65, 95)?, most_height: self.between(95, 120)? })
    }
}

#[cfg(test)]
mod tests {
    use super::super::layout::Node;
    use super::super::room_list::RoomList;
    use super::super::style::Style;
    use super::draft;
    use crate::noise::Coins;

    fn rooms(node: &Node, seen: &mut Vec<usize>) {
        match node {
            Node::Space { room, .. } => seen.push(*room),
            Node::Void { .. } => {}
            Node::Row { parts, .. } => {
                for part in parts {
                    rooms(&part.node, seen);
                }
            }
            Node::Ring { arms, core } => {
                for arm in arms {
                    rooms(arm, seen);
                }
                rooms(core, seen);
            }
        }
    }

    #[test]
    fn every_listed_room_has_a_place_in_the_tree() {
        for style in Style::ALL {
            for seed in 0..300 {
                let mut coins = Coins::replayed(seed);
                let count = usize::try_from(seed).unwrap() % 30 + 1;
                let room_list = RoomList::draw(style, count, &mut coins).unwrap();
                let mut seen = Vec::new();
                rooms(&draft(style, &room_list, &mut coins).unwrap().tree, &mut seen);
                seen.sort_unstable();
                seen.dedup();
                assert_eq!(seen, (0..count).collect::<Vec<_>>(), "{style:?} {seed}");
            }
        }
    }
}
