//! How a number below a bound comes from random bytes: the rejection loop under every draw.
//!
//! Claim: of the 2⁶⁴ words that eight random bytes can be, exactly the first ⌊2⁶⁴/n⌋ · n are taken, a word w as
//! w mod n; the others are passed over, and the next eight bytes are asked for. Then each number below n has
//! exactly ⌊2⁶⁴/n⌋ words: no bias at all. The claim is compared with the shipped loop at the words where it could
//! go wrong, in 128-bit arithmetic that shares nothing with it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use homeveil::Coins;
use homeveil::atlas::Codebook;
use homeveil::noise::Channel;

use super::channel::shipped;

/// Coins whose next words are these two.
struct Words {
    next: Arc<[AtomicU64; 2]>,
    coins: Coins,
}

impl Words {
    fn new() -> Self {
        let next = Arc::new([AtomicU64::new(0), AtomicU64::new(0)]);
        let source = Arc::clone(&next);
        let coins = Coins::from_entropy(move |bytes| {
            let word = source[0].swap(source[1].load(Ordering::Relaxed), Ordering::Relaxed);
            bytes.copy_from_slice(&word.to_le_bytes());
            Ok(())
        });
        Self { next, coins }
    }

    /// The number below n that comes of a word. After it comes a word that gives the next number, so that one can
    /// tell which of the two was taken.
    fn compare(&mut self, word: u64, n: u64) {
        let next = ((u128::from(word) + 1) % u128::from(n)).try_into().unwrap();
        self.next[0].store(word, Ordering::Relaxed);
        self.next[1].store(next, Ordering::Relaxed);
        let number = self.coins.below(n).unwrap();
        assert_eq!(number, expected(word, n).unwrap_or(next), "word {word} below {n}");
    }
}

/// What must come of a word: a number, or nothing.
fn expected(word: u64, n: u64) -> Option<u64> {
    let (word, n) = (u128::from(word), u128::from(n));
    (word < (1 << 64) / n * n).then(|| u64::try_from(word % n).unwrap())
}

/// The bounds asked for by all shipped codebooks, and others: small ones, powers of two and their neighbours.
fn bounds() -> Vec<u64> {
    let mut bounds: Vec<u64> = (2..=300).collect();
    for bit in 8..64 {
        bounds.extend([(1 << bit) - 1, 1 << bit, (1 << bit) + 1]);
    }
    bounds.extend([u64::MAX / 2 + 2, u64::MAX / 3, u64::MAX / 3 + 2, u64::MAX - 1, u64::MAX]);
    bounds.extend(shipped().iter().filter_map(|policy| {
        let book: Codebook = policy.codebook();
        let plans = u32::try_from(book.plans().len()).unwrap();
        Some(Channel::new(plans, book.preferred(), policy.odds()).ok()?.denominator())
            .filter(|&sides| sides > 1)
    }));
    bounds.sort_unstable();
    bounds.dedup();
    bounds
}

exact_laws! {
    /// The words at every edge: both ends, both sides of the last whole multiple, of the first multiples, of every
    /// power of two.
    fn words_past_the_last_whole_multiple_are_drawn_again(_config) {
        let mut words = Words::new();
        let mut visited = 0;
        for n in bounds() {
            let limit = u64::try_from((1_u128 << 64) / u128::from(n) * u128::from(n) - 1).unwrap();
            let edges = [0, n, n.saturating_mul(2), limit - limit % n, limit, u64::MAX];
            let powers = (0..64).map(|bit| 1_u64 << bit);
            for edge in edges.into_iter().chain(powers) {
                for word in [edge.wrapping_sub(2), edge.wrapping_sub(1), edge, edge.wrapping_add(1), edge.wrapping_add(2)] {
                    words.compare(word, n);
                    visited += 1;
                }
            }
        }
        visited
    }

    /// All words in which one byte, or two neighbouring ones, are anything, the rest all zeros or all ones.
    fn words_of_every_byte_pattern_give_what_they_must(config) {
        let mut words = Words::new();
        let mut visited = 0;
        let some = [3, 4, 7, 10, 41, 255, 257, 1_048_977, (1 << 33) + 1, u64::MAX / 2 + 2, u64::MAX - 1];
        let step = if config.cases < 256 { 97 } else { 1 };
        for n in some {
            for rest in [0, u64::MAX] {
                for byte in 0..7 {
                    for pattern in (0..=u64::from(u16::MAX)).step_by(step) {
                        let hole = !(u64::from(u16::MAX) << (8 * byte));
                        words.compare((rest & hole) | (pattern << (8 * byte)), n);
                        visited += 1;
                    }
                }
            }
        }
        visited
    }
}
