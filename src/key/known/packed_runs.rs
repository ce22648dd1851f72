//! The runs of a mark as few bytes: three or four for a run, a quarter of the run itself.
//!
//! An owner may bind 64 areas that overlap, on a map whose every row is cut in hundreds of runs. Those lists are then
//! the longest part of a key.

use alloc::vec::Vec;

use zeroize::{Zeroize, ZeroizeOnDrop};

use super::claim_run::{CellRun, Extent, signed, unsigned};
use crate::blob::{Reader, Writer};

/// Runs of cells that are in a set, row by row, as long as they can be.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub(in crate::key) struct PackedRuns {
    /// For each run LEB128 varints: rows and columns as signed steps from the last one, and its length.
    bytes: Vec<u8>,
    count: u32,
    extent: Extent,
}

impl PackedRuns {
    /// The same cells as those of some runs, each once.
    pub(in crate::key) fn of(runs: Vec<CellRun>) -> Self {
        CellRun::disjoint(runs).into_iter().collect()
    }

    pub(in crate::key) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Number of runs.
    pub(in crate::key) const fn len(&self) -> u32 {
        self.count
    }

    /// What they span.
    pub(in crate::key) const fn extent(&self) -> Extent {
        self.extent
    }

    /// Whether some cell is in both.
    ///
    /// # Complexity
    /// O(runs of both).
    pub(in crate::key) fn meet(&self, other: &Self) -> bool {
        let (mut one, mut two) = (self.iter().peekable(), other.iter().peekable());
        while let (Some(a), Some(b)) = (one.peek(), two.peek()) {
            if a.y == b.y && i64::from(a.x) < b.end() && i64::from(b.x) < a.end() {
                return true;
            }
            if (a.y, a.end()) < (b.y, b.end()) {
                one.next()
            } else {
                two.next()
            };
        }
        false
    }

    /// The runs without their number, as they are stored.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The runs again.
    pub(in crate::key) fn iter(&self) -> impl Iterator<Item = CellRun> + '_ {
        let (mut left, mut x, mut y) = (Reader::new(&self.bytes), 0_i64, 0_i64);
        core::iter::from_fn(move || {
            let step = signed(left.count().ok()?);
            y += step;
            x = if step == 0 { x } else { 0 } + signed(left.count().ok()?);
            let len = left.count().ok()?;
            let run = CellRun { x: i32::try_from(x).ok()?, y: i32::try_from(y).ok()?, len, value: 0 };
            x = run.end();
            Some(run)
        })
    }
}

impl FromIterator<CellRun> for PackedRuns {
    /// Of runs row by row; those that touch are put together, whatever their values.
    fn from_iter<T: IntoIterator<Item = CellRun>>(runs: T) -> Self {
        let mut packed = Self { bytes: Vec::new(), count: 0, extent: Extent::NONE };
        let (mut x, mut y) = (0_i64, 0_i64);
        let mut pack = |run: CellRun| {
            let step = i64::from(run.y) - y;
            x = if step == 0 { x } else { 0 };
            for number in [unsigned(step), unsigned(i64::from(run.x) - x), run.len] {
                Writer::to(&mut packed.bytes).count(number);
            }
            packed.count += 1;
            packed.extent = packed.extent.with(core::iter::once(run));
            (x, y) = (run.end(), run.y.into());
        };
        let mut last: Option<CellRun> = None;
        for run in runs {
            match &mut last {
                Some(last) if last.y == run.y && last.end() == i64::from(run.x) => last.len += run.len,
                _ => last.replace(CellRun { value: 0, ..run }).into_iter().for_each(&mut pack),
            }
        }
        last.into_iter().for_each(pack);
        packed.bytes.shrink_to_fit();
        packed
    }
}

#[cfg(test)]
mod tests {
    use super::{CellRun, PackedRuns};
    use proptest::prelude::*;

    proptest! {
        /// What is packed comes back, put together where runs touch, and takes few bytes.
        #[test]
        fn runs_come_back(steps in proptest::collection::vec((0..3_i32, -70_000..70_000_i32, 1..300_u32), 0..60)) {
            let mut runs: Vec<CellRun> = Vec::new();
            let (mut x, mut y) = (-5, -7);
            for (up, along, len) in steps {
                (x, y) = if up == 0 { (x + along.rem_euclid(9), y) } else { (along, y + up) };
                runs.push(CellRun { x, y, len, value: 3 });
                x += i32::try_from(len).unwrap();
            }
            let packed: PackedRuns = runs.iter().copied().collect();
            let mut whole: Vec<CellRun> = Vec::new();
            for run in &runs {
                CellRun::extend(&mut whole, run.x.into(), run.y.into(), run.len as usize, 0);
            }
            prop_assert!(packed.iter().eq(whole.iter().copied()));
            prop_assert_eq!(packed.len() as usize, whole.len());
            prop_assert_eq!(packed.is_empty(), runs.is_empty());
            prop_assert!(packed.extent() == super::Extent::NONE.with(whole.iter().copied()));
            prop_assert!(packed.bytes.len() <= 6 * whole.len());
            // With a run below, on and above one of them, left of it, within it and right of it.
            for (run, at) in whole.first().into_iter().chain(whole.last()).flat_map(|run| (0..9).map(move |at| (run, at))) {
                let len = i32::try_from(run.len).unwrap();
                let one = CellRun { x: run.x + len * (at % 3 - 1), y: run.y + at / 3 - 1, len: run.len, value: 0 };
                let cells = |run: &CellRun| (i64::from(run.x)..run.end()).map(|x| (run.y, x)).collect::<Vec<_>>();
                let met = whole.iter().any(|run| cells(run).iter().any(|cell| cells(&one).contains(cell)));
                prop_assert_eq!(packed.meet(&core::iter::once(one).collect()), met);
            }
        }
    }
}
