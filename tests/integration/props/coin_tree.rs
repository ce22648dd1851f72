//! All that the coins can give, replayed through the shipped code, with its exact probability.
//!
//! A run is given a script of numbers. Where the script ends, [`Coins::asked`] says below which bound the next
//! number was asked for, and the tree branches into each number below it. A run that ends without asking for more
//! is a leaf: its probability is the product of 1/bound over its draws. That holds however many numbers the code
//! draws and whatever it draws them for, so nothing of the code's inside is assumed. How a number below a bound
//! comes from random bytes is checked apart ([`words`](super::words)).

use std::collections::BTreeMap;

use homeveil::Coins;
use homeveil::noise::CoinError;

/// An exact probability.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    pub(crate) part: u128,
    pub(crate) of: u128,
}

impl Share {
    pub(crate) fn new(part: impl Into<u128>, of: impl Into<u128>) -> Self {
        Self { part: part.into(), of: of.into() }
    }

    fn plus(self, other: Self) -> Self {
        if self.of == other.of {
            return Self { part: self.part + other.part, of: self.of };
        }
        let product = |a: u128, b: u128| a.checked_mul(b).expect("few draws of few sides");
        let part = product(self.part, other.of) + product(other.part, self.of);
        let of = product(self.of, other.of);
        let (mut a, mut b) = (of, part);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Self { part: part / a, of: of / a }
    }

    /// At most `p/q` times another.
    pub(crate) fn is_within(self, [p, q]: [u32; 2], other: Self) -> bool {
        self.part * other.of * u128::from(q) <= other.part * self.of * u128::from(p)
    }
}

impl PartialEq for Share {
    fn eq(&self, other: &Self) -> bool {
        self.is_within([1, 1], *other) && other.is_within([1, 1], *self)
    }
}

/// For each outcome its probability, and the number of leaves.
pub(crate) fn law<T: Ord>(
    mut run: impl FnMut(&mut Coins) -> Result<T, CoinError>,
) -> (BTreeMap<T, Share>, u64) {
    let mut law: BTreeMap<T, Share> = BTreeMap::new();
    let mut leaves = 0;
    let mut open = vec![(Vec::new(), 1_u128)];
    while let Some((script, of)) = open.pop() {
        let mut coins = Coins::scripted(script.clone());
        match run(&mut coins) {
            Ok(outcome) => {
                // What is left of the script was drawn for nothing.
                assert_eq!(coins.asked().len(), script.len(), "every number was asked for");
                leaves += 1;
                let leaf = Share { part: 1, of };
                law.entry(outcome).and_modify(|share| *share = share.plus(leaf)).or_insert(leaf);
            }
            Err(error) => {
                assert_eq!((error, coins.asked().len()), (CoinError::Script, script.len() + 1));
                let bound = coins.asked()[script.len()];
                let of = of.checked_mul(bound.into()).expect("few draws of few sides");
                open.extend((0..bound).map(|next| (script.iter().copied().chain([next]).collect(), of)));
            }
        }
    }
    (law, leaves)
}

/// The worst ratio between two laws: the greatest P[outcome | one] / P[outcome | other] as a share pair, or nothing
/// where the other never gives an outcome of the one.
pub(crate) fn worst<T: Ord>(one: &BTreeMap<T, Share>, other: &BTreeMap<T, Share>) -> Option<Share> {
    let mut worst = Share { part: 1, of: 1 };
    for (outcome, share) in one {
        let against = other.get(outcome)?;
        let ratio = Share { part: share.part * against.of, of: share.of * against.part };
        if ratio.part * worst.of > worst.part * ratio.of {
            worst = ratio;
        }
    }
    Some(worst)
}

exact_laws! {
    fn a_tree_of_known_law(_config) {
        // A die of six sides; on a 0 a coin decides between two more outcomes.
        let (law, leaves) = law(|coins| Ok(match coins.below(6)? { 0 => 10 + coins.below(2)?, side => side }));
        assert_eq!(leaves, 7);
        assert_eq!(law[&10], Share::new(1_u8, 12_u8));
        assert_eq!(law[&5], Share::new(1_u8, 6_u8));
        assert_eq!(law.values().copied().reduce(Share::plus).unwrap(), Share::new(1_u8, 1_u8));
        leaves
    }
}
