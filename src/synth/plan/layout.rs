//! From a tree of cuts to rooms as rectangles.
//!
//! A home is a rectangle cut again and again (a slicing floor plan, Otten 1982). Two additions go beyond slicing: an
//! empty part makes an L, and four arms around a core, like a pinwheel, make a loop. All lengths are whole
//! decimetres, and every cut leaves one decimetre of wall. The parts of a row begin in one line, so on both sides of
//! every cut the first two rooms face each other over at least [`LEAST_SIDE`], which is wide enough for a door.
//! So every home drawn here can be connected.

use super::rect::RectDm;
use crate::grid::Axis;

/// Decimetres of outer wall and unknown cells around the outermost rooms.
pub(crate) const RIM: u32 = 4;

/// Least side of a room, 1.2 m: room for a door of 0.9 m with its frame.
pub(crate) const LEAST_SIDE: u32 = 12;

/// A part of the plan before it has a place.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    /// A room, or one of the rectangles of an L-shaped one.
    Space { room: usize, area: u32, least: u32 },
    /// Not part of the home.
    Void { area: u32 },
    /// Parts side by side along an axis, from its low end.
    Row { axis: Axis, parts: Vec<Part> },
    /// Arms, each one space, around a core: at its low side, then counterclockwise. Each begins where the one
    /// before it ends.
    Ring { arms: [Box<Node>; 4], core: Box<Node> },
}

/// A part of a row, with its length where that does not follow from areas.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) node: Node,
    pub(crate) fixed: Option<u32>,
}

/// A room, or one of the rectangles of an L-shaped one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Space {
    pub(crate) room: usize,
    pub(crate) rect: RectDm,
}

impl Node {
    /// Parts side by side, their lengths in proportion to their areas.
    pub(crate) fn row(axis: Axis, nodes: impl IntoIterator<Item = Self>) -> Self {
        Self::Row { axis, parts: nodes.into_iter().map(|node| Part { node, fixed: None }).collect() }
    }

    /// The area wished for, in square decimetres.
    pub(crate) fn area(&self) -> u32 {
        match self {
            Self::Space { area, .. } | Self::Void { area } => *area,
            Self::Row { parts, .. } => parts.iter().map(|part| part.node.area()).sum(),
            Self::Ring { arms, core } => arms.iter().map(|arm| arm.area()).sum::<u32>() + core.area(),
        }
    }

    /// Shortest length along an axis that gives every room its least side.
    pub(crate) fn least(&self, along: Axis) -> u32 {
        match self {
            Self::Space { least, .. } => *least,
            Self::Void { .. } => 0,
            Self::Row { axis, parts } if *axis == along => {
                parts.iter().map(|part| part.least(along) + 1).sum::<u32>().saturating_sub(1)
            }
            Self::Row { parts, .. } => parts.iter().map(|part| part.node.least(along)).max().unwrap_or(0),
            Self::Ring { arms: [low, right, high, left], core } => {
                let (before, after) = match along {
                    Axis::X => (left, right),
                    Axis::Y => (low, high),
                };
                before.least(along) + core.least(along) + after.least(along) + 2
            }
        }
    }

    /// Places the rooms in a rectangle that is at least as large as the node's [`Node::least`] sides.
    pub(crate) fn place(&self, rect: RectDm, spaces: &mut Vec<Space>) {
        match self {
            Self::Space { room, .. } => spaces.push(Space { room: *room, rect }),
            Self::Void { .. } => {}
            Self::Row { axis, parts } => {
                let mut start = rect.start(*axis);
                for (part, length) in parts.iter().zip(lengths(parts, *axis, rect.length(*axis))) {
                    part.node.place(rect.span(*axis, start, start + length), spaces);
                    start += length + 1;
                }
            }
            Self::Ring { arms: [low, right, high, left], core } => {
                let whole = self.area().max(1);
                let [(x1, x2), (y1, y2)] =
                    [(Axis::X, left, right), (Axis::Y, low, high)].map(|(axis, a, b)| {
                        let (start, length) = (rect.start(axis), rect.length(axis) - 2);
                        // The core has the proportions of the whole.
                        let part = (u64::from(core.area()) * 10_000 / u64::from(whole)).isqrt();
                        let inner = u64::from(length) * part / 100;
                        let spare = length - a.least(axis) - b.least(axis);
                        let inner = u32::try_from(inner).unwrap_or(spare).clamp(core.least(axis), spare);
                        let arms = a.area() + b.area();
                        let first = u64::from(length - inner) * u64::from(a.area()) / u64::from(arms.max(1));
                        let most = length - inner - b.least(axis);
                        let first = u32::try_from(first).unwrap_or(most).clamp(a.least(axis), most);
                        (start + first, start + first + 1 + inner)
                    });
                low.place(RectDm::new(rect.left, rect.low, x2, y1), spaces);
                right.place(RectDm::new(x2 + 1, rect.low, rect.right, y2), spaces);
                high.place(RectDm::new(x1 + 1, y2 + 1, rect.right, rect.high), spaces);
                left.place(RectDm::new(rect.left, y1 + 1, x1, rect.high), spaces);
                core.place(RectDm::new(x1 + 1, y1 + 1, x2, y2), spaces);
            }
        }
    }
}

impl Part {
    fn least(&self, axis: Axis) -> u32 {
        self.fixed.unwrap_or(0).max(self.node.least(axis))
    }
}

/// Lengths of the parts of a row: in proportion to their areas where that keeps every part's least length.
fn lengths(parts: &[Part], axis: Axis, length: u32) -> Vec<u32> {
    let walls = u32::try_from(parts.len().saturating_sub(1)).unwrap_or(0);
    let mut rest = length.saturating_sub(walls);
    let mut settled: Vec<Option<u32>> =
        parts.iter().map(|part| part.fixed.map(|_| part.least(axis))).collect();
    rest = rest.saturating_sub(settled.iter().flatten().sum());
    loop {
        let open: u64 = parts.iter().zip(&settled).filter(|(_, s)| s.is_none()).map(|(p, _)| weight(p)).sum();
        let small = parts.iter().zip(&settled).position(|(part, settled)| {
            settled.is_none() && u64::from(rest) * weight(part) / open.max(1) < u64::from(part.least(axis))
        });
        let Some(small) = small else {
            let mut seen = 0;
            let mut end = 0;
            return parts
                .iter()
                .zip(settled)
                .map(|(part, settled)| {
                    settled.unwrap_or_else(|| {
                        seen += weight(part);
                        let start = end;
                        end = u32::try_from(u64::from(rest) * seen / open.max(1)).unwrap_or(rest);
                        end - start
                    })
                })
                .collect();
        };
        let least = parts[small].least(axis);
        settled[small] = Some(least);
        rest = rest.saturating_sub(least);
    }
}

fn weight(part: &Part) -> u64 {
    u64::from(part.node.area())
}

#[cfg(test)]
mod tests {
    use super::super::rect::RectDm;
    use super::{Node, Part, Space};
    use crate::grid::Axis;

    fn space(room: usize, area: u32) -> Node {
        Node::Space { room, area, least: 12 }
    }

    fn placed(node: &Node, width: u32, height: u32) -> Vec<Space> {
        let mut spaces = Vec::new();
        node.place(RectDm::new(0, 0, width, height), &mut spaces);
        spaces
    }

    #[test]
    fn a_row_shares_its_length_by_area_and_leaves_walls() {
        let row = Node::row(Axis::X, [space(0, 100), space(1, 300)]);
        let floors: Vec<RectDm> = placed(&row, 81, 30).iter().map(|space| space.rect).collect();
        assert_eq!(floors, [RectDm::new(0, 0, 20, 30), RectDm::new(21, 0, 81, 30)]);
    }

    #[test]
    fn no_part_falls_below_its_least_length_and_a_fixed_one_keeps_it() {
        let parts = vec![
            Part { node: space(0, 1), fixed: None },
            Part { node: space(1, 500), fixed: Some(14) },
            Part { node: space(2, 900), fixed: None },
        ];
        let row = Node::Row { axis: Axis::Y, parts };
        assert_eq!(row.least(Axis::Y), 12 + 1 + 14 + 1 + 12);
        let lengths: Vec<u32> = placed(&row, 20, 60).iter().map(|space| space.rect.length(Axis::Y)).collect();
        assert_eq!(lengths, [12, 14, 32]);
    }

    #[test]
    fn a_ring_winds_round_its_core() {
        let ring = Node::Ring {
            arms: [1, 2, 3, 4].map(|room| Box::new(space(room, 200))),
            core: Box::new(space(0, 100)),
        };
        for (width, height) in [(ring.least(Axis::X), ring.least(Axis::Y)), (70, 90), (200, 50)] {
            let spaces = placed(&ring, width, height);
            assert_eq!(spaces.len(), 5);
            for (n, a) in spaces.iter().enumerate() {
                assert!(a.rect.length(Axis::X) >= 12 && a.rect.length(Axis::Y) >= 12, "{a:?}");
                assert!(spaces[..n].iter().all(|b| !a.rect.meets(&b.rect)));
            }
        }
    }

    #[test]
    fn a_void_leaves_a_corner_free() {
        let node = Node::row(Axis::X, [space(0, 100), Node::Void { area: 100 }]);
        assert_eq!(placed(&node, 41, 20).len(), 1);
    }
}
