//! One space while furniture is put into it: what may stand where, so that a lane stays open.
//!
//! A piece is put down on trial. It stays only if a square of [`LANE`], wider than a robot, still slides from each
//! door to each other one and to the dock, and there is no place where the square fits but cannot get to. So
//! wherever the furniture lands, the robot drives through every door and to everything that is wide enough for it.

use crate::noise::{CoinError, Coins};
use crate::synth::chance::below;
use crate::synth::plan::{Axis, Opening, RectDm, Side, Space};

/// Width of the lane that stays open, 0.5 m: a robot of 0.35 m with room to turn.
pub(crate) const LANE: u32 = 5;

/// Free depth before a door, 0.6 m.
const BEFORE_DOOR: u32 = 6;

/// Side of the free square around the dock, 0.6 m.
const DOCK_ZONE: u32 = 6;

/// A piece of furniture, or a keep-out in its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Furniture {
    pub(crate) place: RectDm,
    pub(crate) make: Make,
}

/// How a piece stands on the floor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Make {
    /// As a block.
    Block,
    /// With a leg at each corner.
    Legs,
    /// Not at all, but the robot must not go there.
    NoGo,
    /// Not at all, but the robot must not cross the line before this side's wall.
    Line(Side),
}

/// The furniture of a space, and what limits it.
pub(crate) struct Placement {
    rect: RectDm,
    width: usize,
    /// Decimetres that nothing more may be put on.
    taken: Vec<bool>,
    /// Decimetres that stop the robot.
    solid: Vec<bool>,
    /// Lower left corners of squares of a lane's width that must stay in reach.
    musts: Vec<(u32, u32)>,
    pub(crate) furniture: Vec<Furniture>,
}

impl Placement {
    /// An empty space, with the places that its openings keep free.
    pub(crate) fn new(index: usize, space: &Space, openings: &[Opening]) -> Self {
        let rect = space.rect;
        let count = rect.area() as usize;
        let mut placement = Self {
            rect,
            width: (rect.right - rect.left) as usize,
            taken: vec![false; count],
            solid: vec![false; count],
            musts: Vec::new(),
            furniture: Vec::new(),
        };
        for opening in openings {
            for (_, side) in opening.sides.iter().filter(|(space, _)| *space == index) {
                let axis = side.axis();
                let (start, end) = (opening.hole.start(axis), opening.hole.end(axis));
                let zone = rect.along(*side, start, end, BEFORE_DOOR);
                placement.mark(&zone);
                let middle = start + (end - start - LANE) / 2;
                let must = rect.along(*side, middle, middle + LANE, LANE);
                placement.musts.push((must.left, must.low));
            }
        }
        placement
    }

    pub(crate) const fn area(&self) -> u32 {
        self.rect.area()
    }

    pub(crate) const fn side(&self, side: Side) -> u32 {
        self.rect.length(side.axis())
    }

    fn indices(&self, rect: &RectDm) -> impl Iterator<Item = usize> + use<> {
        let (own, width, rect) = (self.rect, self.width, *rect);
        (rect.low..rect.high).flat_map(move |y| {
            let row = (y - own.low) as usize * width;
            row + (rect.left - own.left) as usize..row + (rect.right - own.left) as usize
        })
    }

    fn mark(&mut self, zone: &RectDm) {
        self.indices(zone).for_each(|at| self.taken[at] = true);
    }

    /// Chooses a place for the dock at a wall and keeps it free; gives its middle.
    pub(crate) fn dock(&mut self, coins: &mut Coins) -> Result<(u32, u32), CoinError> {
        let mut zone = None;
        for _ in 0..12 {
            let side = Side::ALL[below(coins, 4)? as usize];
            let start = self.rect.start(side.axis()) + below(coins, self.side(side) - DOCK_ZONE + 1)?;
            let place = self.rect.along(side, start, start + DOCK_ZONE, DOCK_ZONE);
            let free = self.indices(&place).all(|at| !self.taken[at]);
            if free {
                zone = Some(place);
                break;
            }
        }
        // A hall full of doors: the middle of its lower wall.
        let zone = zone.unwrap_or_else(|| {
            let start = self.rect.left + (self.rect.right - self.rect.left - DOCK_ZONE) / 2;
            self.rect.along(Side::Low, start, start + DOCK_ZONE, DOCK_ZONE)
        });
        self.mark(&zone);
        self.musts.push((zone.left, zone.low));
        Ok((zone.left + DOCK_ZONE / 2, zone.low + DOCK_ZONE / 2))
    }

    /// Puts a piece down if it fits and leaves the lanes open.
    pub(crate) fn put(&mut self, place: RectDm, make: Make) -> bool {
        if !place.within(&self.rect) || self.indices(&place).any(|at| self.taken[at]) {
            return false;
        }
        let solid: Vec<usize> = match make {
            Make::Block | Make::NoGo | Make::Line(_) => self.indices(&place).collect(),
            Make::Legs => {
                let [xs, ys] = [[place.left, place.right - 1], [place.low, place.high - 1]];
                xs.into_iter()
                    .flat_map(|x| ys.map(|y| RectDm::new(x, y, x + 1, y + 1)))
                    .flat_map(|leg| self.indices(&leg))
                    .collect()
            }
        };
        for &at in &solid {
            self.solid[at] = true;
        }
        if !self.lanes_are_open() {
            for &at in &solid {
                self.solid[at] = false;
            }
            return false;
        }
        self.mark(&place);
        self.furniture.push(Furniture { place, make });
        true
    }

    /// The square of a lane reaches all that it must, and every place where it fits.
    fn lanes_are_open(&self) -> bool {
        let (width, height) = (self.width, self.solid.len() / self.width);
        let lane = LANE as usize;
        // Rows, then columns: the number of free decimetres in a line up to each one. A whole lane is open.
        let mut run = vec![0_u32; self.solid.len()];
        for (line, solid) in run.chunks_exact_mut(width).zip(self.solid.chunks_exact(width)) {
            let mut free = 0;
            for (r, &solid) in line.iter_mut().zip(solid) {
                free = if solid { 0 } else { free + 1 };
                *r = free;
            }
        }
        let mut open = vec![false; self.solid.len()];
        let mut column = vec![0_u32; width];
        for y in 0..height {
            for (x, rows) in column.iter_mut().enumerate().skip(lane - 1) {
                *rows = if run[y * width + x] >= LANE { *rows + 1 } else { 0 };
                if *rows >= LANE {
                    open[(y + 1 - lane) * width + x + 1 - lane] = true;
                }
            }
        }
        let start = self.musts.first().map(|&must| self.at(must)).or_else(|| open.iter().position(|&o| o));
        let Some(start) = start.filter(|&start| open[start]) else { return false };
        let mut stack = vec![start];
        open[start] = false;
        let mut reached = vec![false; if self.musts.len() > 1 { open.len() } else { 0 }];
        while let Some(at) = stack.pop() {
            if let Some(reached) = reached.get_mut(at) {
                *reached = true;
            }
            // The last lane's width of every row and of the columns is never open, so no step wraps round.
            for next in [at.wrapping_sub(1), at + 1, at.wrapping_sub(width), at + width] {
                if open.get(next) == Some(&true) {
                    open[next] = false;
                    stack.push(next);
                }
            }
        }
        !open.contains(&true) && self.musts.iter().skip(1).all(|&must| reached[self.at(must)])
    }

    const fn at(&self, (x, y): (u32, u32)) -> usize {
        (y - self.rect.low) as usize * self.width + (x - self.rect.left) as usize
    }

    /// Against one wall: preferably in a corner, else somewhere along it.
    pub(crate) fn at_side(
        &mut self,
        side: Side,
        (along, depth): (u32, u32),
        make: Make,
        coins: &mut Coins,
    ) -> Result<Option<RectDm>, CoinError> {
        let Some(slack) = self.side(side).checked_sub(along) else { return Ok(None) };
        let across = if side.axis() == Axis::X { Side::Left } else { Side::Low };
        if depth + LANE > self.side(across) {
            return Ok(None);
        }
        let corners = if below(coins, 2)? == 0 { [0, slack] } else { [slack, 0] };
        let offsets = [corners[0], corners[1], below(coins, slack + 1)?, below(coins, slack + 1)?, slack / 2];
        let start = self.rect.start(side.axis());
        Ok(offsets.into_iter().find_map(|offset| self.put_at(side, start + offset, (along, depth), make)))
    }

    /// Against a wall, from `start` on along its axis.
    fn put_at(&mut self, side: Side, start: u32, (along, depth): (u32, u32), make: Make) -> Option<RectDm> {
        let place = self.rect.along(side, start, start + along, depth);
        self.put(place, make).then_some(place)
    }

    /// Against any wall; gives the wall too.
    pub(crate) fn at_wall(
        &mut self,
        size: (u32, u32),
        make: Make,
        coins: &mut Coins,
    ) -> Result<Option<(RectDm, Side)>, CoinError> {
        for wall in Side::from_number(below(coins, 4)?) {
            if let Some(place) = self.at_side(wall, size, make, coins)? {
                return Ok(Some((place, wall)));
            }
        }
        Ok(None)
    }

    /// At the middle of a wall, or as near to it as there is room.
    pub(crate) fn at_middle(&mut self, side: Side, extent: (u32, u32), make: Make) -> Option<RectDm> {
        let slack = self.side(side).checked_sub(extent.0)?;
        let (start, middle) = (self.rect.start(side.axis()), slack / 2);
        let offsets = (0..=middle).step_by(2).flat_map(|off| [middle + off, middle - off]);
        offsets.into_iter().find_map(|offset| self.put_at(side, start + offset.min(slack), extent, make))
    }

    /// Next to a piece at the same wall, on one side of it or the other.
    pub(crate) fn next_to(
        &mut self,
        piece: RectDm,
        side: Side,
        extent: (u32, u32),
        make: Make,
    ) -> Option<RectDm> {
        let (start, end) = (piece.start(side.axis()), piece.end(side.axis()));
        let starts = [start.checked_sub(extent.0), Some(end)];
        starts.into_iter().flatten().find_map(|start| self.put_at(side, start, extent, make))
    }

    /// In front of a piece that stands at a wall, in the middle of it.
    pub(crate) fn before(
        &mut self,
        piece: RectDm,
        side: Side,
        gap: u32,
        (along, depth): (u32, u32),
        make: Make,
    ) -> Option<RectDm> {
        let axis = side.axis();
        let start = (piece.start(axis) + piece.end(axis)).checked_sub(along)? / 2;
        let (low, high) = (piece.start(axis.other()), piece.end(axis.other()));
        let near = match side {
            Side::Low | Side::Left => high + gap,
            Side::High | Side::Right => low.checked_sub(gap + depth)?,
        };
        let place = piece.span(axis, start, start + along).span(axis.other(), near, near + depth);
        self.put(place, make).then_some(place)
    }

    /// Away from the walls, at least `margin` from every wall.
    pub(crate) fn standing(
        &mut self,
        (width, height): (u32, u32),
        margin: u32,
        make: Make,
        coins: &mut Coins,
    ) -> Result<Option<RectDm>, CoinError> {
        let slack = |length: u32, size: u32| length.checked_sub(size + 2 * margin);
        let (Some(x), Some(y)) = (slack(self.side(Side::Low), width), slack(self.side(Side::Left), height))
        else {
            return Ok(None);
        };
        for _ in 0..6 {
            let left = self.rect.left + margin + below(coins, x + 1)?;
            let low = self.rect.low + margin + below(coins, y + 1)?;
            let place = RectDm::new(left, low, left + width, low + height);
            if self.put(place, make) {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::{Make, Placement};
    use crate::synth::plan::{Opening, RectDm, Side, Space};

    /// A room of 2 × 3 m with a door at the left end of its low side and one in the middle of its high side.
    fn room() -> Placement {
        let space = Space { room: 0, rect: RectDm::new(10, 10, 30, 40) };
        let door = |hole, side| Opening { hole, sides: [(0, side), (1, Side::Low)], owner: 0 };
        let openings =
            [door(RectDm::new(11, 9, 19, 10), Side::Low), door(RectDm::new(16, 40, 24, 41), Side::High)];
        Placement::new(0, &space, &openings)
    }

    #[test]
    fn nothing_stands_before_a_door() {
        assert!(!room().put(RectDm::new(18, 15, 22, 17), Make::Block));
        assert!(room().put(RectDm::new(20, 10, 30, 17), Make::Block));
    }

    #[test]
    fn nothing_bars_the_path_from_door_to_door() {
        let mut room = room();
        assert!(!room.put(RectDm::new(10, 20, 26, 24), Make::Block), "0.4 m are left");
        assert!(room.put(RectDm::new(10, 20, 25, 24), Make::Block), "0.5 m are left");
    }

    #[test]
    fn nothing_shuts_off_a_place_wide_enough_for_a_robot() {
        let mut room = room();
        assert!(room.put(RectDm::new(20, 10, 22, 15), Make::Block));
        assert!(!room.put(RectDm::new(22, 15, 30, 17), Make::Block), "the corner below it would be lost");
        assert!(!room.put(RectDm::new(0, 0, 5, 5), Make::Block), "outside");
    }

    #[test]
    fn a_table_leaves_the_cells_between_its_legs() {
        let mut room = room();
        assert!(room.put(RectDm::new(12, 20, 28, 30), Make::Legs));
        assert!(!room.put(RectDm::new(14, 22, 16, 24), Make::Block), "nothing else stands under it");
    }
}
