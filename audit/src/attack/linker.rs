//! Which home of a gallery a release is of.

use std::collections::BTreeMap;
use std::ops::Range;

use homeveil::Coins;

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
        let score = |home: &Option<Descriptor>| match (&images, home) {
            (Some(images), Some(home)) => {
                -f64::from(images.iter().map(|image| image.differs(home)).min().unwrap_or(u32::MAX))
            }
            // Where no picture left, homes that leave none fit as well as can be said.
            (None, None) => 0.0,
            _ => f64::NEG_INFINITY,
        };
        self.0[homes].iter().map(score).collect()
    }
}

/// How many homes were looked for, and how many of them found. [`gallery_scores`] counts them.
///
/// ```
/// let linked = homeveil_audit::attack::Linked { first: 3, among_five: 8, homes: 10 };
/// assert!(linked.first <= linked.among_five);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Linked {
    /// Homes that fit best of their gallery.
    pub first: u32,
    /// Homes among the best five.
    pub among_five: u32,
    /// Homes that were looked for.
    pub homes: u32,
}

/// How many of the homes are among the best 1 and among the best 5 of a gallery: `evidence` holds what left each home,
/// and the homes make up galleries of `size` by their numbers. Those that are left over make none and are not looked
/// for: a gallery that shared homes with another one would count them twice. Ties are broken by lot.
///
/// # Errors
/// A gallery of no home is asked for, or of more than there are; the coins fail.
pub fn gallery_scores(
    fits: &dyn Fits,
    evidence: &[Evidence],
    size: usize,
    coins: &mut Coins,
) -> Result<Linked, AuditError> {
    if !(1..=evidence.len()).contains(&size) {
        return Err(AuditError::Gallery);
    }
    let homes: Vec<usize> = (0..evidence.len() / size * size).collect();
    let places = in_parallel(&homes, |&home| {
        let first = home / size * size;
        let scores = fits.scores(&evidence[home], first..first + size);
        let own = scores[home - first];
        let better = scores.iter().filter(|&&score| score > own).count();
        let equal = scores.iter().filter(|&&score| score.to_bits() == own.to_bits()).count();
        (better, equal)
    });
    let homes = u32::try_from(homes.len()).unwrap_or(u32::MAX);
    let mut found = Linked { first: 0, among_five: 0, homes };
    for (better, equal) in places {
        let place = better as u64 + coins.below(equal as u64)?;
        found.first += u32::from(place < 1);
        found.among_five += u32::from(place < 5);
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

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use homeveil::Coins;
    use homeveil::grid::{Cell, OccupancyGrid};

    use super::{Descriptor, Evidence, Fits, Linked, Pictures, gallery_scores};
    use crate::AuditError;
    use crate::mechanism::Seen;

    fn left(grid: Option<OccupancyGrid>) -> Evidence {
        Evidence::of(Seen { bytes: Vec::new(), grid, regions_m2: Vec::new(), outcome: None })
    }

    /// A home fits the better the higher its number.
    struct Last;

    impl Fits for Last {
        fn scores(&self, _: &Evidence, homes: Range<usize>) -> Vec<f64> {
            homes.map(|home| home as f64).collect()
        }
    }

    /// Of 25 homes two galleries of ten are whole: in each one home is first, and five among five.
    #[test]
    fn whole_galleries_alone_are_looked_through() {
        let evidence: Vec<Evidence> = (0..25).map(|_| left(None)).collect();
        let scores = |size| gallery_scores(&Last, &evidence, size, &mut Coins::replayed(1));
        assert_eq!(scores(10).unwrap(), Linked { first: 2, among_five: 10, homes: 20 });
        assert_eq!(scores(25).unwrap(), Linked { first: 1, among_five: 5, homes: 25 });
        for wrong in [0, 26, usize::MAX] {
            assert!(matches!(scores(wrong), Err(AuditError::Gallery)), "{wrong}");
        }
    }

    /// A home that leaves no picture fits no picture.
    #[test]
    fn a_home_without_a_picture_fits_none() {
        let square = |side: u32| {
            let cells = (0..400)
                .map(|cell| if cell % 20 < side && cell / 20 < side { Cell::Free } else { Cell::Unknown });
            OccupancyGrid::new(20, 20, 0.05, cells.collect()).unwrap()
        };
        let narrow = OccupancyGrid::new(20, 1, 0.05, vec![Cell::Free; 20]).unwrap();
        let fits = Pictures(vec![None, Descriptor::of(&narrow)]);
        let scores = fits.scores(&left(Some(square(9))), 0..2);
        assert!(scores[0] < scores[1], "{scores:?}");
        let scores = fits.scores(&left(None), 0..2);
        assert!(scores[0] > scores[1], "{scores:?}");
    }
}
