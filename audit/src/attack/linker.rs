//! Which home of a gallery a release is of.

use std::collections::BTreeMap;
use std::ops::Range;

use homeveil::Coins;
use homeveil::noise::CoinError;

use super::descriptor::Descriptor;
use super::{Evidence, Fits, Linker};
use crate::AuditError;
use crate::mechanism::{Law, Mechanism, Seen};
use crate::population::{Subject, in_parallel};

/// Links by the exact probability that each home gives to what left. Where a mechanism has a
/// [`Law`](crate::mechanism::Law) no linker is better; where it has none, this one only guesses.
#[derive(Clone, Copy, Debug)]
pub struct Likelihood;

struct Laws(Vec<BTreeMap<usize, f64>>);

impl Linker for Likelihood {
    fn name(&self) -> String {
        "linkage by likelihood".to_owned()
    }

    fn study(&self, gallery: &[Subject], mechanism: &dyn Mechanism) -> Result<Box<dyn Fits>, AuditError> {
        Ok(Self::by(&in_parallel(gallery, |home| mechanism.law(home).unwrap_or_default())))
    }
}

impl Likelihood {
    /// By laws that are known already.
    pub(crate) fn by(laws: &[Law]) -> Box<dyn Fits> {
        Box::new(Laws(laws.iter().map(|law| law.iter().copied().collect()).collect()))
    }
}

impl Fits for Laws {
    fn scores(&self, evidence: &Evidence, homes: Range<usize>) -> Vec<f64> {
        let of = |law: &BTreeMap<usize, f64>| evidence.seen.outcome.and_then(|own| law.get(&own)).copied();
        self.0[homes].iter().map(|law| of(law).unwrap_or(0.0)).collect()
    }
}

/// What leaves a home of the gallery is tried so often, at most; once where nothing is drawn.
const TRIES: u64 = 4;

/// Links by the picture. It does to every home of the gallery what the mechanism does, some times, with coins of its
/// own, and compares what left with the mean picture, all drawn at one size, in the best of eight turned and mirrored
/// images: where a home lies, how large it is and which side is up are not used.
#[derive(Clone, Copy, Debug)]
pub struct Shape;

struct Pictures(Vec<Option<Descriptor>>);

impl Linker for Shape {
    fn name(&self) -> String {
        "linkage by shape".to_owned()
    }

    fn study(&self, gallery: &[Subject], mechanism: &dyn Mechanism) -> Result<Box<dyn Fits>, AuditError> {
        let numbered: Vec<(u64, &Subject)> = (0..).zip(gallery).collect();
        let picture = |&(number, home): &(u64, &Subject)| -> Result<Option<Descriptor>, AuditError> {
            let mut seen: Vec<Seen> = Vec::new();
            for time in 0..TRIES {
                // Not the seeds that the homes' own releases are drawn with.
                let mut coins = Coins::replayed(0x5eed_0000_0000_0000 | time << 40 | number);
                let next = mechanism.release(home, &mut coins)?;
                if seen.first().is_some_and(|first| first.bytes == next.bytes) {
                    break;
                }
                seen.push(next);
            }
            let pictures: Vec<Descriptor> =
                seen.iter().filter_map(|seen| seen.grid.as_ref().and_then(Descriptor::of)).collect();
            Ok(Descriptor::mean(&pictures))
        };
        let pictures = in_parallel(&numbered, picture).into_iter().collect::<Result<_, AuditError>>();
        Ok(Box::new(Pictures(pictures?)))
    }
}

impl Fits for Pictures {
    fn scores(&self, evidence: &Evidence, homes: Range<usize>) -> Vec<f64> {
        let images = evidence.seen.grid.as_ref().and_then(Descriptor::of).map(|picture| picture.images());
        let score = |home: &Option<Descriptor>| {
            let (images, home) = (images.as_ref()?, home.as_ref()?);
            images.iter().map(|image| image.differs(home)).min().map(|least| -f64::from(least))
        };
        self.0[homes].iter().map(|home| score(home).unwrap_or(0.0)).collect()
    }
}

/// How many of the homes are among the best 1 and among the best 5 of a gallery: `evidence` holds what left each home,
/// and home number i is looked for among the `size` homes that i and its neighbours by number make up. Ties are broken
/// by lot.
///
/// # Errors
/// The coins fail.
pub fn gallery_scores(
    fits: &dyn Fits,
    evidence: &[Evidence],
    size: usize,
    coins: &mut Coins,
) -> Result<[u32; 2], CoinError> {
    let homes: Vec<usize> = (0..evidence.len()).collect();
    let places = in_parallel(&homes, |&home| {
        // The last gallery begins earlier rather than being smaller.
        let first = (home / size * size).min(evidence.len() - size);
        let scores = fits.scores(&evidence[home], first..first + size);
        let own = scores[home - first];
        let better = scores.iter().filter(|&&score| score > own).count();
        let equal = scores.iter().filter(|&&score| score.to_bits() == own.to_bits()).count();
        (better, equal)
    });
    let mut found = [0, 0];
    for (better, equal) in places {
        let place = better as u64 + coins.below(equal as u64)?;
        found[0] += u32::from(place < 1);
        found[1] += u32::from(place < 5);
    }
    Ok(found)
}

/// What left, as a picture to compare with others that left.
#[derive(Clone)]
pub(crate) struct Pictured {
    bytes: Vec<u8>,
    images: Option<[Descriptor; 8]>,
}

impl Pictured {
    pub(crate) fn of(seen: &Seen) -> Self {
        let picture = seen.grid.as_ref().and_then(Descriptor::of);
        Self { bytes: seen.bytes.clone(), images: picture.map(|picture| picture.images()) }
    }

    /// How much it is like another one: the higher the better.
    pub(crate) fn like(&self, other: &Self) -> f64 {
        match (&self.images, &other.images) {
            _ if self.bytes == other.bytes => 0.0,
            (Some(own), Some(other)) => {
                -f64::from(own.iter().map(|image| image.differs(&other[0])).min().unwrap_or(u32::MAX))
            }
            _ => f64::NEG_INFINITY,
        }
    }
}
