//! The table of scores.

use std::fmt::{self, Display, Formatter};

use homeveil::grid::OccupancyGrid;
use homeveil::home::Room;
use homeveil::segment::scoring::{Mask, score};

/// The scores of one map, or their sums over several.
#[derive(Clone, Copy, Default)]
pub(crate) struct Scores {
    maps: usize,
    /// Maps whose rooms are known.
    scored: usize,
    known: usize,
    found: usize,
    /// Recall and precision in the cells of the true rooms, then in those of both, intersection over union, MCC.
    shares: [f64; 6],
    exact: usize,
    splits: usize,
    merges: usize,
}

impl Scores {
    /// The scores of the rooms found on a map, whose truth may be empty: not known.
    pub(crate) fn of(grid: &OccupancyGrid, truth: &[Room], found: &[Room]) -> Self {
        if truth.is_empty() {
            return Self { maps: 1, found: found.len(), ..Self::default() };
        }
        let full = score(grid, truth, found, Mask::Truth);
        let both = score(grid, truth, found, Mask::Both);
        Self {
            maps: 1,
            scored: 1,
            known: full.rooms[0],
            found: full.rooms[1],
            shares: [full.recall, full.precision, both.recall, both.precision, full.iou, both.mcc],
            exact: usize::from(full.is_exact_count()),
            splits: full.splits,
            merges: full.merges,
        }
    }

    /// Adds the scores of another map.
    pub(crate) fn add(&mut self, other: &Self) {
        self.maps += other.maps;
        self.scored += other.scored;
        self.known += other.known;
        self.found += other.found;
        self.shares.iter_mut().zip(other.shares).for_each(|(sum, share)| *sum += share);
        self.exact += other.exact;
        self.splits += other.splits;
        self.merges += other.merges;
    }
}

impl Display for Scores {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { maps, scored, known, found, shares, exact, splits, merges } = self;
        if *scored == 0 {
            return write!(f, "{maps:4}   –  {found:5}");
        }
        #[expect(clippy::cast_precision_loss, reason = "a number of maps")]
        let mean = shares.map(|sum| sum / *scored as f64);
        write!(f, "{maps:4} {known:5} {found:5}")?;
        mean.iter().try_for_each(|share| write!(f, "  {share:.3}"))?;
        write!(f, "  {exact:5} {splits:6} {merges:6}")
    }
}

/// A line each.
pub(crate) struct Table {
    what: &'static str,
    lines: Vec<(String, Scores)>,
}

impl Table {
    pub(crate) const fn new(what: &'static str) -> Self {
        Self { what, lines: Vec::new() }
    }

    pub(crate) fn add(&mut self, name: &str, scores: Scores) {
        self.lines.push((name.to_owned(), scores));
    }

    /// Adds a line of all: sums, and means over the maps whose rooms are known.
    pub(crate) fn mean(&mut self) {
        let mut all = Scores::default();
        self.lines.iter().for_each(|(_, scores)| all.add(scores));
        self.add("all", all);
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let wide =
            self.lines.iter().map(|line| line.0.chars().count()).max().unwrap_or(0).max(self.what.len());
        let heads = "maps known found R true P true R both P both    IoU    MCC  exact splits merges";
        writeln!(f, "{:wide$} {heads}", self.what)?;
        self.lines.iter().try_for_each(|(name, scores)| writeln!(f, "{name:wide$} {scores}"))
    }
}
