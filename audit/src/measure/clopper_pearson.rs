//! Exact confidence bounds of a probability from counts (Clopper & Pearson 1934, Biometrika 26).
//!
//! The lower bound at level α for k of n is the p at which k or more successes have probability α: the
//! regularized incomplete beta function I of p with parameters k and n − k + 1 is α. It is found by bisection.
//! I is a continued fraction (Lentz's method, Press et al., *Numerical Recipes*, 6.4) times a prefactor, which is
//! computed by the saddle-point expansion of Loader (2000, *Fast and accurate computation of binomial
//! probabilities*): differences of logarithms of factorials would lose most digits at large counts.

use core::f64::consts::PI;

/// Halvings of the interval at most. It shrinks until no number lies in it: after some 53 halvings where the bound is
/// near 1, more where it is small.
const HALVINGS: u32 = 1100;

/// Terms of the continued fraction at most; about √n are needed.
const MOST_TERMS: u32 = 1_000_000;

/// ln n! less Stirling's formula ½ ln(2πn) + n ln n − n, for n > 0.
fn stirling_rest(n: f64) -> f64 {
    // Below 16 by the recurrence: the rest of n follows from that of n + 1.
    if n < 16.0 {
        return stirling_rest(n + 1.0) + (n + 0.5) * (1.0 / n).ln_1p() - 1.0;
    }
    let square = n * n;
    (1.0 / 12.0
        - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / (1188.0 * square)) / square) / square)
            / square)
        / n
}

/// x ln(x/m) + m − x, without cancellation where x is near m.
fn deviance(x: f64, m: f64) -> f64 {
    let v = (x - m) / (x + m);
    if v.abs() >= 0.1 {
        return x * (x / m).ln() + m - x;
    }
    // (x − m)²/(x + m) + 2x (v³/3 + v⁵/5 + …).
    let mut sum = (x - m) * v;
    let mut power = 2.0 * x * v;
    for odd in (3..80).step_by(2) {
        power *= v * v;
        let next = sum + power / f64::from(odd);
        if next.to_bits() == sum.to_bits() {
            break;
        }
        sum = next;
    }
    sum
}

/// x^a (1 − x)^b / B(a, b), a, b > 0.
fn prefactor(a: f64, b: f64, x: f64) -> f64 {
    // B(a, b) by Stirling: the saddle point of the binomial with a + b trials.
    let n = a + b;
    let rest = stirling_rest(n) - stirling_rest(a) - stirling_rest(b);
    (rest - deviance(a, n * x) - deviance(b, n * (1.0 - x))).exp() * (a * b / (2.0 * PI * n)).sqrt()
}

/// The regularized incomplete beta function I of x with parameters a and b.
#[expect(clippy::many_single_char_names, reason = "the names of the literature")]
fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(b, a, 1.0 - x);
    }
    let away = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for term in 1..MOST_TERMS {
        let m = f64::from(term);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        let change = d * c;
        fraction *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    prefactor(a, b, x) * fraction / a
}

/// What is below the probability of an event with confidence 1 − `alpha`, when it happened `k` times in `n`. Nothing is
/// sure of no trials, nor with a confidence of 1: the bound is 0 then, and where no confidence is asked for it is 1.
pub(crate) fn lower(k: u32, n: u32, alpha: f64) -> f64 {
    let k = k.min(n);
    if k == 0 || alpha.is_nan() || alpha <= 0.0 {
        return 0.0;
    }
    if alpha >= 1.0 {
        return 1.0;
    }
    let (a, b) = (f64::from(k), f64::from(n - k) + 1.0);
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if incomplete_beta(a, b, middle) < alpha { low = middle } else { high = middle }
    }
    low
}

/// What is above it with confidence 1 − `alpha`.
pub(crate) fn upper(k: u32, n: u32, alpha: f64) -> f64 {
    1.0 - lower(n.saturating_sub(k), n, alpha)
}
