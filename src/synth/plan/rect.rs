//! Rectangles on the decimetre lattice that homes are drawn on.

use crate::grid::Axis;

/// A side of a rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Low,
    Right,
    High,
    Left,
}

impl Side {
    pub(crate) const ALL: [Self; 4] = [Self::Low, Self::Right, Self::High, Self::Left];

    /// The four sides in turn, from the one with this number on.
    pub(crate) fn from_number(first: u32) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().cycle().skip(first as usize).take(4)
    }

    /// The axis that the side runs along.
    pub(crate) const fn axis(self) -> Axis {
        match self {
            Self::Low | Self::High => Axis::X,
            Self::Right | Self::Left => Axis::Y,
        }
    }

    pub(crate) const fn opposite(self) -> Self {
        match self {
            Self::Low => Self::High,
            Self::Right => Self::Left,
            Self::High => Self::Low,
            Self::Left => Self::Right,
        }
    }
}

/// The square decimetres from `left` to `right` and from `low` to `high`, which are excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RectDm {
    pub(crate) left: u32,
    pub(crate) low: u32,
    pub(crate) right: u32,
    pub(crate) high: u32,
}

impl RectDm {
    pub(crate) const fn new(left: u32, low: u32, right: u32, high: u32) -> Self {
        Self { left, low, right, high }
    }

    pub(crate) const fn length(&self, axis: Axis) -> u32 {
        match axis {
            Axis::X => self.right - self.left,
            Axis::Y => self.high - self.low,
        }
    }

    pub(crate) const fn start(&self, axis: Axis) -> u32 {
        match axis {
            Axis::X => self.left,
            Axis::Y => self.low,
        }
    }

    pub(crate) const fn end(&self, axis: Axis) -> u32 {
        match axis {
            Axis::X => self.right,
            Axis::Y => self.high,
        }
    }

    /// The rectangle from `start` to `end` along `axis` and as this one across it.
    pub(crate) const fn span(&self, axis: Axis, start: u32, end: u32) -> Self {
        match axis {
            Axis::X => Self { left: start, right: end, ..*self },
            Axis::Y => Self { low: start, high: end, ..*self },
        }
    }

    pub(crate) const fn area(&self) -> u32 {
        (self.right - self.left) * (self.high - self.low)
    }

    /// They have a point in common.
    #[cfg(test)]
    pub(crate) const fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.low < other.high && other.low < self.high
    }

    /// It lies within the other.
    pub(crate) const fn within(&self, other: &Self) -> bool {
        other.left <= self.left
            && self.right <= other.right
            && other.low <= self.low
            && self.high <= other.high
    }

    /// The stretch from `start` to `end` of a side, `depth` deep into the rectangle.
    pub(crate) const fn along(&self, side: Side, start: u32, end: u32, depth: u32) -> Self {
        match side {
            Side::Low => Self::new(start, self.low, end, self.low + depth),
            Side::High => Self::new(start, self.high.saturating_sub(depth), end, self.high),
            Side::Left => Self::new(self.left, start, self.left + depth, end),
            Side::Right => Self::new(self.right.saturating_sub(depth), start, self.right, end),
        }
    }

    /// The other rectangle lies behind this side, one wall away.
    pub(crate) const fn faces(&self, side: Side, other: &Self) -> bool {
        match side {
            Side::Low => other.high + 1 == self.low,
            Side::High => self.high + 1 == other.low,
            Side::Left => other.right + 1 == self.left,
            Side::Right => self.right + 1 == other.left,
        }
    }

    /// The stretch from `start` to `end` of the wall, one decimetre thick, outside a side.
    pub(crate) const fn wall(&self, side: Side, start: u32, end: u32) -> Self {
        match side {
            Side::Low => Self::new(start, self.low - 1, end, self.low),
            Side::High => Self::new(start, self.high, end, self.high + 1),
            Side::Left => Self::new(self.left - 1, start, self.left, end),
            Side::Right => Self::new(self.right, start, self.right + 1, end),
        }
    }

    /// One more decimetre on each side.
    pub(crate) const fn grown(&self) -> Self {
        Self::new(self.left - 1, self.low - 1, self.right + 1, self.high + 1)
    }

    /// x and y exchanged.
    pub(crate) const fn turned(&self) -> Self {
        Self::new(self.low, self.left, self.high, self.right)
    }

    /// The mirror image in a frame of this width.
    pub(crate) const fn mirrored(&self, width: u32) -> Self {
        Self::new(width - self.right, self.low, width - self.left, self.high)
    }
}
