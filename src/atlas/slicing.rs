//! Slicing floorplans: all of them up to six rectangles, their pictures and their mirror images.

use alloc::vec::Vec;

use crate::grid::sorted::sorted;
use crate::grid::{Axis, CellRect, Symmetry};

/// A rectangle, or a cut of one into two or more that are not cut along the same axis again.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum SlicingNode {
    #[default]
    Leaf,
    Cut(Axis, Vec<SlicingNode>),
}

/// A slicing floorplan. Its rectangles are numbered as its tree is read: left to right, bottom to top, outer
/// cuts first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Layout(SlicingNode);

impl Layout {
    /// All layouts of this many rectangles, in a fixed order; 1, 2, 6, 22, 90, 394 for one to six (large
    /// Schröder numbers).
    pub(crate) fn all(zones: usize) -> Vec<Self> {
        sorted(nodes(zones, None), Ord::cmp).into_iter().map(Self).collect()
    }

    /// The rectangles for these areas, cuts rounded to whole cells half up.
    pub(crate) fn rects(&self, units: &[u8], width: u32, height: u32) -> Vec<CellRect> {
        let mut rects = Vec::with_capacity(units.len());
        place(&self.0, units, CellRect { x: 0, y: 0, width, height }, &mut rects);
        rects
    }

    /// Along which axis each pair of rectangles is kept apart, (0, 1), (0, 2), …, (1, 2), …. The lower number
    /// lies left of or below the other: rectangles are numbered along each cut.
    pub(crate) fn separations(&self) -> Vec<Axis> {
        let zones = leaves(&self.0);
        let mut axes = vec![Axis::X; zones * zones];
        separate(&self.0, 0, zones, &mut axes);
        (0..zones)
            .flat_map(|a| (a + 1..zones).map(move |b| (a, b)))
            .map(|(a, b)| axes[a * zones + b])
            .collect()
    }

    /// Its code.
    pub(crate) fn code(&self) -> LayoutCode {
        encode(&self.0, LayoutCode::default())
    }

    /// The layout's image, and for each of its rectangles which of ours it is.
    pub(crate) fn image(&self, symmetry: Symmetry) -> (Self, Vec<usize>) {
        let mut from = Vec::new();
        let mut next = 0;
        let node = reflect(&self.0, symmetry, &mut next, &mut from);
        (Self(node), from)
    }
}

/// A digit of a layout's code.
#[derive(Clone, Copy)]
pub(crate) enum LayoutDigit {
    /// A cut's last part is told.
    End,
    Rect,
    CutX,
    CutY,
}

impl LayoutDigit {
    pub(crate) const fn cut(axis: Axis) -> Self {
        match axis {
            Axis::X => Self::CutX,
            Axis::Y => Self::CutY,
        }
    }
}

/// A layout as one number: its rectangles and the beginnings and ends of its cuts as digits, as its tree is read. Six
/// rectangles take sixteen digits, of two bits; they stand at the upper end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LayoutCode {
    digits: u32,
    bits: u32,
}

impl LayoutCode {
    /// The code with this digit more.
    const fn then(self, digit: LayoutDigit) -> Self {
        Self { digits: self.digits | (digit as u32) << (30 - self.bits), bits: self.bits + 2 }
    }

    /// Its digits, from the first.
    pub(crate) fn digits(self) -> impl Iterator<Item = LayoutDigit> {
        use LayoutDigit::{CutX, CutY, End, Rect};
        let digit = move |bit: u32| [End, Rect, CutX, CutY][(self.digits >> (30 - bit) & 3) as usize];
        (0..self.bits).step_by(2).map(digit)
    }
}

fn encode(node: &SlicingNode, code: LayoutCode) -> LayoutCode {
    let SlicingNode::Cut(axis, parts) = node else { return code.then(LayoutDigit::Rect) };
    let begun = code.then(LayoutDigit::cut(*axis));
    parts.iter().fold(begun, |code, part| encode(part, code)).then(LayoutDigit::End)
}

fn nodes(leaves: usize, not: Option<Axis>) -> Vec<SlicingNode> {
    if leaves == 1 {
        return vec![SlicingNode::Leaf];
    }
    let mut all = Vec::new();
    for axis in [Axis::X, Axis::Y] {
        if Some(axis) != not {
            let mut parts = Vec::new();
            split(leaves, leaves, axis, &mut parts, &mut all);
        }
    }
    all
}

/// Extends `parts` by all sequences of parts that have `rest` leaves.
fn split(rest: usize, whole: usize, axis: Axis, parts: &mut Vec<SlicingNode>, all: &mut Vec<SlicingNode>) {
    if rest == 0 {
        all.push(SlicingNode::Cut(axis, parts.clone()));
        return;
    }
    for leaves in (1..=rest).filter(|&leaves| leaves < whole) {
        for node in nodes(leaves, Some(axis)) {
            parts.push(node);
            split(rest - leaves, whole, axis, parts, all);
            parts.pop();
        }
    }
}

fn leaves(node: &SlicingNode) -> usize {
    match node {
        SlicingNode::Leaf => 1,
        SlicingNode::Cut(_, parts) => parts.iter().map(leaves).sum(),
    }
}

fn place(node: &SlicingNode, units: &[u8], rect: CellRect, rects: &mut Vec<CellRect>) {
    let SlicingNode::Cut(axis, parts) = node else {
        rects.push(rect);
        return;
    };
    let sum = |units: &[u8]| units.iter().copied().map(u32::from).sum::<u32>();
    let total = sum(units);
    let side = if *axis == Axis::X { rect.width } else { rect.height };
    let (mut behind, mut passed, mut from) = (units, 0, 0);
    for child in parts {
        let (own, others) = behind.split_at(leaves(child));
        behind = others;
        passed += sum(own);
        let to = (2 * passed * side + total) / (2 * total);
        let inner = match axis {
            Axis::X => CellRect { x: rect.x + from, width: to - from, ..rect },
            Axis::Y => CellRect { y: rect.y + from, height: to - from, ..rect },
        };
        place(child, own, inner, rects);
        from = to;
    }
}

fn separate(node: &SlicingNode, first: usize, zones: usize, axes: &mut [Axis]) {
    let SlicingNode::Cut(along, parts) = node else { return };
    let end = first + leaves(node);
    let mut from = first;
    for node in parts {
        let to = from + leaves(node);
        for a in from..to {
            for b in to..end {
                axes[a * zones + b] = *along;
            }
        }
        separate(node, from, zones, axes);
        from = to;
    }
}

fn reflect(node: &SlicingNode, symmetry: Symmetry, next: &mut usize, from: &mut Vec<usize>) -> SlicingNode {
    let SlicingNode::Cut(axis, parts) = node else {
        from.push(*next);
        *next += 1;
        return SlicingNode::Leaf;
    };
    let axis = if symmetry.swap { axis.other() } else { *axis };
    let mut images: Vec<(SlicingNode, Vec<usize>)> = parts
        .iter()
        .map(|part| {
            let mut own = Vec::new();
            (reflect(part, symmetry, next, &mut own), own)
        })
        .collect();
    if match axis {
        Axis::X => symmetry.flip_x,
        Axis::Y => symmetry.flip_y,
    } {
        images.reverse();
    }
    let mut nodes = Vec::with_capacity(images.len());
    for (image, own) in images {
        nodes.push(image);
        from.extend(own);
    }
    SlicingNode::Cut(axis, nodes)
}

#[cfg(test)]
mod tests {
    use super::Layout;
    use crate::grid::Symmetry;

    #[test]
    fn there_are_as_many_as_schroeder_counts() {
        for (zones, count) in [(1, 1), (2, 2), (3, 6), (4, 22), (5, 90), (6, 394)] {
            let all = Layout::all(zones);
            assert_eq!(all.len(), count);
            assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "each comes once");
            let codes: std::collections::BTreeSet<super::LayoutCode> = all.iter().map(Layout::code).collect();
            assert_eq!(codes.len(), count);
        }
    }

    #[test]
    fn an_image_of_the_layout_is_the_layout_of_the_image() {
        for layout in Layout::all(4) {
            let units = [2, 4, 4, 6];
            // Sides that every nested cut divides without rounding.
            let side = 2 * 3 * 4 * 5 * 7 * 16;
            let rects = layout.rects(&units, side, side);
            for symmetry in Symmetry::ALL {
                let (image, from) = layout.image(symmetry);
                let moved: Vec<u8> = from.iter().map(|&leaf| units[leaf]).collect();
                for (rect, &leaf) in image.rects(&moved, side, side).iter().zip(&from) {
                    // Compare centres, doubled, from the middle of the frame.
                    let centre = |r: &crate::grid::CellRect| {
                        (
                            i64::from(2 * r.x + r.width) - i64::from(side),
                            i64::from(2 * r.y + r.height) - i64::from(side),
                        )
                    };
                    assert_eq!(centre(rect), symmetry.apply(centre(&rects[leaf])));
                }
            }
        }
    }
}
