//! How much of a path is still ahead, at least.
//!
//! A* is as fast as its estimate is good. On a path through passages the distance to the end says little: the next
//! passage may lie in the other direction. A path from a place still has to reach the next passage, from it the one
//! after, and so on to the end; none of these legs is shorter than the gap between the rectangles around the two.
//! Sum of legs and plain distance are both never more than the true rest, and neither falls by
//! more than a step costs, so the greater of the two is an estimate that A* stays exact with.
//!
//! Past a passage the sum may rise at once, by no more than it takes to cross the passage's rectangle: the
//! queue has buckets for that.

use super::cost::{DIAGONAL, MAX_PASSAGES, across, octile};
use super::space::MarkedGround;

/// The least rectangle around the cells of a passage, all bounds inside.
#[derive(Clone, Copy)]
struct PassageRect {
    low: (i64, i64),
    high: (i64, i64),
}

impl PassageRect {
    /// Cost of the cheapest path between two rectangles where nothing is in between.
    fn gap(self, other: Self) -> u32 {
        let gap =
            |low: i64, high: i64, own_low: i64, own_high: i64| (low - own_high).max(own_low - high).max(0);
        let dx = gap(other.low.0, other.high.0, self.low.0, self.high.0);
        let dy = gap(other.low.1, other.high.1, self.low.1, self.high.1);
        across(dx.cast_unsigned(), dy.cast_unsigned())
    }

    const fn around(at: (i64, i64)) -> Self {
        Self { low: at, high: at }
    }
}

/// What the rest of a path costs at least.
pub(super) struct Ahead {
    goal: (i64, i64),
    /// For each passage its rectangle and what is left past it; nothing for one without cells, and past the last.
    legs: [Option<(PassageRect, u32)>; MAX_PASSAGES],
    /// How far an estimate may rise beyond a step.
    jump: u32,
}

impl Ahead {
    /// For paths to this cell through so many passages.
    pub(super) fn of(ground: &MarkedGround, end: u32, passages: u8) -> Self {
        let goal = ground.place(end);
        let (mut legs, mut jump) = ([None; MAX_PASSAGES], 0_u32);
        let found = bounds(ground, passages);
        let (mut left, mut next) = (0, PassageRect::around(goal));
        for (leg, bounds) in legs.iter_mut().zip(found).take(usize::from(passages)).rev() {
            let Some(own) = bounds else { continue };
            left += own.gap(next);
            next = own;
            jump = jump.saturating_add(octile(own.low, own.high));
            *leg = Some((own, left));
        }
        Self { goal, legs, jump }
    }

    /// At a place with so many passages behind.
    #[inline]
    pub(super) fn least(&self, at: (i64, i64), behind: u8) -> u32 {
        let direct = octile(at, self.goal);
        match self.legs.get(usize::from(behind)) {
            Some(Some((bounds, left))) => direct.max(bounds.gap(PassageRect::around(at)) + left),
            _ => direct,
        }
    }

    /// Buckets that the queue needs, a power of two: an estimate never falls along a path and rises by at most
    /// twice a diagonal step and the jump.
    pub(super) const fn ring(&self) -> usize {
        (self.jump as usize + 3 * DIAGONAL as usize).next_power_of_two()
    }
}

/// The rectangles around the passages.
fn bounds(ground: &MarkedGround, passages: u8) -> [Option<PassageRect>; MAX_PASSAGES] {
    let mut found: [Option<PassageRect>; MAX_PASSAGES] = [None; MAX_PASSAGES];
    if passages == 0 {
        return found;
    }
    for &cell in &ground.marked {
        let ((x, y), marks) = (ground.place(cell), ground.at(cell as usize));
        for (number, found) in
            found.iter_mut().enumerate().filter(|(number, _)| marks >> (number + 1) & 1 == 1)
        {
            debug_assert!(number < MAX_PASSAGES, "a bit each");
            let own = found.get_or_insert(PassageRect::around((x, y)));
            own.low = (own.low.0.min(x), own.low.1.min(y));
            own.high = (own.high.0.max(x), own.high.1.max(y));
        }
    }
    found
}
