//! Two homes told apart by many releases of each, and what that proves of ε.
//!
//! From a first sample of each home, and from nothing else, the releases, and what [`Mechanism::summary`] says of them,
//! are ordered by their likelihood ratio, and two events are chosen: the one with the greatest difference of
//! probabilities, and the one with the greatest ratio. On a second sample their probabilities get exact bounds. This is
//! how a mechanism's ε is bounded from below without knowing how it works (after LDP-Auditor, Arcolezi & Gambs, PETS
//! 2024; the events are those of Neyman and Pearson).

use std::collections::{BTreeMap, BTreeSet};

use homeveil::Coins;

use crate::AuditError;
use crate::measure::Statistic;
use crate::mechanism::{Law, Mechanism};
use crate::population::{Subject, Tiny, in_parallel};

/// Homes that rivals are looked for among.
const HOMES: u64 = 120;

/// How far two laws are apart: the greatest difference of the probabilities of any event.
#[must_use]
pub fn difference(one: &Law, other: &Law) -> f64 {
    let of: BTreeMap<usize, f64> = other.iter().copied().collect();
    one.iter().map(|(release, share)| (share - of.get(release).copied().unwrap_or(0.0)).max(0.0)).sum()
}

/// Two small homes whose laws under a mechanism are as far apart as any of some hundred; of several such pairs the one
/// with most rooms, as cutting rooms into zones takes longest. The first two where it tells no law.
///
/// # Errors
/// A home is refused.
pub fn rivals(mechanism: &dyn Mechanism) -> Result<[Subject; 2], AuditError> {
    SmallHomes::new()?.rivals(mechanism)
}

/// The small homes that rivals are looked for among; what was computed of them serves the next mechanism too.
pub(crate) struct SmallHomes(Vec<Subject>);

impl SmallHomes {
    pub(crate) fn new() -> Result<Self, AuditError> {
        let seeds: Vec<u64> = (0..HOMES).collect();
        let homes = in_parallel(&seeds, |&seed| Tiny::random(seed)?.subject());
        Ok(Self(homes.into_iter().collect::<Result<_, _>>()?))
    }

    pub(crate) fn rivals(&self, mechanism: &dyn Mechanism) -> Result<[Subject; 2], AuditError> {
        // Without a law there is nothing to choose by.
        let tells = self.0.first().is_some_and(|home| mechanism.law(home).is_some());
        let laws = in_parallel(if tells { self.0.as_slice() } else { &[] }, |home| mechanism.law(home));
        let (mut best, mut most) = ((0.0, [0, 1]), 0);
        for ((one, a), home) in (0..).zip(&laws).zip(&self.0) {
            let earlier = (0..).zip(&laws).zip(&self.0).take(usize::try_from(one).unwrap_or(0));
            for ((other, b), rival) in earlier {
                let (Some(a), Some(b)) = (a, b) else { continue };
                let (differs, rooms) = (difference(a, b), home.rooms().len() + rival.rooms().len());
                if differs > best.0 + 1e-9 || (differs > best.0 - 1e-9 && differs > 1e-9 && rooms > most) {
                    (best, most) = ((differs, [one, other]), rooms);
                }
            }
        }
        let [one, other] = best.1;
        Ok([Tiny::random(one)?.subject()?, Tiny::random(other)?.subject()?])
    }
}

/// What an attacker who knows both homes proves from so many releases of each.
///
/// ```
/// use homeveil_audit::attack::{rivals, Apart};
/// use homeveil_audit::mechanism::Plans;
/// let plans = Plans::default();
/// let found = Apart::by_sampling(&plans, &rivals(&plans)?, 4000)?;
/// assert!(found.epsilon.lower(0.001) < 2_f64.ln() && found.epsilon.lower(0.001) > 0.5);
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Apart {
    /// True less false positive rate of the best test.
    pub advantage: Statistic,
    /// The logarithm of the greatest ratio of probabilities.
    pub epsilon: Statistic,
}

type Counts = BTreeMap<Vec<u8>, u32>;

/// Counted by all bytes, and by their summary where there is one.
type Views = [Counts; 2];

impl Apart {
    /// Draws, chooses the events on an eighth as many draws more, and counts.
    ///
    /// # Errors
    /// A home is refused, no release is to be drawn, or the coins fail.
    pub fn by_sampling(
        mechanism: &dyn Mechanism,
        homes: &[Subject; 2],
        draws: u32,
    ) -> Result<Self, AuditError> {
        if draws == 0 {
            return Err(AuditError::NoDraws);
        }
        let jobs = [(0, draws / 8 + 1, 11), (1, draws / 8 + 1, 12), (0, draws, 13), (1, draws, 14)];
        let samples = in_parallel(&jobs, |&(home, draws, seed)| -> Result<[Views; 2], AuditError> {
            let mut coins = Coins::replayed(seed);
            let mut halves = [(); 2].map(|()| Views::default());
            for (_, half) in (0..draws).zip([0, 1].into_iter().cycle()) {
                let seen = mechanism.release(&homes[home], &mut coins)?;
                let summary = mechanism.summary(&seen);
                for (counts, bytes) in halves[half].iter_mut().zip([Some(seen.bytes), summary]) {
                    if let Some(bytes) = bytes {
                        *counts.entry(bytes).or_default() += 1;
                    }
                }
            }
            Ok(halves)
        });
        let samples = samples.into_iter().collect::<Result<Vec<_>, _>>()?;
        let known = [&samples[0], &samples[1]];
        let counted = [both(&samples[2]), both(&samples[3])];
        let difference =
            |[a, n]: [u32; 2], [b, m]: [u32; 2]| f64::from(a) / f64::from(n) - f64::from(b) / f64::from(m);
        let [yes, no] = Event::chosen(known, difference).count(counted.each_ref());
        let advantage = Statistic::Difference { one: yes, other: no };
        // Which event is worst, at the level of one deviation; whether that is proved, the second sample says.
        let ratio = |one: [u32; 2], other: [u32; 2]| Statistic::LogRatio { one, other }.lower(0.3);
        let [yes, no] = Event::chosen(known, ratio).count(counted.each_ref());
        Ok(Self { advantage, epsilon: Statistic::LogRatio { one: yes, other: no } })
    }
}

/// A sample whose halves are put together.
fn both([one, other]: &[Views; 2]) -> Views {
    let mut all = one.clone();
    for (all, other) in all.iter_mut().zip(other) {
        for (bytes, count) in other {
            *all.entry(bytes.clone()).or_default() += count;
        }
    }
    all
}

/// Releases that one home gives more often than the other.
struct Event {
    /// By their bytes, or by their summaries.
    releases: BTreeSet<Vec<u8>>,
    /// 0 or 1: which of the two.
    view: usize,
    swapped: bool,
}

impl Event {
    /// The event that scores most. Whether it is one of all bytes or of summaries is decided on halves, learnt on one
    /// and scored on the other: of very many releases each half has its own, which look as if they told everything.
    fn chosen(known: [&[Views; 2]; 2], score: impl Fn([u32; 2], [u32; 2]) -> f64) -> Self {
        let [learnt, tried] = [0, 1].map(|half: usize| known.map(|home| &home[half]));
        let scored = |view: usize| {
            let event = Self::worst(view, learnt, &score);
            let [yes, no] = event.count(tried);
            score(yes, no)
        };
        let is_told = known.iter().all(|home| !home[0][1].is_empty() && !home[1][1].is_empty());
        let view = usize::from(is_told && scored(1) > scored(0));
        let all = known.map(both);
        Self::worst(view, all.each_ref(), &score)
    }

    /// How often it comes, of all of the home that it is more of, and of all of the other.
    fn count(&self, homes: [&Views; 2]) -> [[u32; 2]; 2] {
        let mut counts = homes.map(|views| {
            let sample = &views[self.view];
            let hits =
                sample.iter().filter(|(bytes, _)| self.releases.contains(*bytes)).map(|(_, count)| count);
            [hits.sum(), sample.values().sum::<u32>()]
        });
        if self.swapped {
            counts.reverse();
        }
        counts
    }

    /// The first so many releases by their ratio, for the number and the direction that score most.
    fn worst(view: usize, homes: [&Views; 2], score: impl Fn([u32; 2], [u32; 2]) -> f64) -> Self {
        let [one, other] = homes.map(|views| &views[view]);
        let [n, m] = [one, other].map(|sample| sample.values().sum::<u32>());
        let mut best: Option<(f64, Self)> = None;
        for swapped in [false, true] {
            let ((one, n), (other, m)) =
                if swapped { ((other, m), (one, n)) } else { ((one, n), (other, m)) };
            let of = |sample: &Counts, bytes: &Vec<u8>| sample.get(bytes).copied().unwrap_or(0);
            let mut order: Vec<(u32, u32, &Vec<u8>)> =
                one.keys().map(|bytes| (of(one, bytes), of(other, bytes), bytes)).collect();
            // By descending ratio, one added to both against divisions by zero.
            order.sort_by_key(|(a, b, _)| std::cmp::Reverse(u64::from(a + 1) * (1 << 32) / u64::from(b + 1)));
            let (mut a, mut b, mut most) = (0, 0, (f64::NEG_INFINITY, 0));
            for (length, (own, others, _)) in (1..).zip(&order) {
                a += own;
                b += others;
                let scored = score([a, n], [b, m]);
                if scored > most.0 {
                    most = (scored, length);
                }
            }
            if best.as_ref().is_none_or(|(score, _)| most.0 > *score) {
                let releases = order.iter().take(most.1).map(|(.., bytes)| (*bytes).clone()).collect();
                best = Some((most.0, Self { releases, view, swapped }));
            }
        }
        best.map_or_else(|| Self { releases: BTreeSet::new(), view, swapped: false }, |(_, event)| event)
    }
}
