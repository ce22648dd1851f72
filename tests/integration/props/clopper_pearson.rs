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

/// What is below the probability of an event with confidence 1 − `alpha`, when it happened `k` times in `n`.
pub(crate) fn lower(k: u32, n: u32, alpha: f64) -> f64 {
    assert!(k <= n && n > 0 && alpha > 0.0 && alpha < 1.0);
    if k == 0 {
        return 0.0;
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
    1.0 - lower(n - k, n, alpha)
}

/// k, n, α, lower bound, upper bound. Made with
/// `python3 -c "from scipy.stats import beta as B; [print(k, n, a, repr(float(B.ppf(a, k, n-k+1)) if k else 0.0), repr(float(B.isf(a, k+1, n-k)) if k < n else 1.0)) for k, n, a in CASES]"`
/// (scipy 1.17.1), and up to n = 100 found to agree to 10⁻¹² with bisection on the binomial's own sum, by mpmath at 40 digits.
#[expect(clippy::unreadable_literal, reason = "as they were printed")]
const KNOWN: &[(u32, u32, f64, f64, f64)] = &[
    (0, 1, 0.05, 0.0, 0.95),
    (1, 1, 0.05, 0.05, 1.0),
    (1, 2, 0.05, 0.02532056551910361, 0.9746794344808963),
    (3, 10, 0.05, 0.08726443391415033, 0.6066242161054123),
    (10, 10, 0.05, 0.7411344491069477, 1.0),
    (0, 100, 0.05, 0.0, 0.029513049607039932),
    (50, 100, 0.05, 0.41362171463091174, 0.5863782853690882),
    (1, 1_000, 0.05, 5.129197890901781e-05, 0.004734993575499778),
    (250, 1_000, 0.05, 0.2275434796716092, 0.2735536313237202),
    (999, 1_000, 0.05, 0.9952650064245002, 0.999948708021091),
    (2_500, 10_000, 0.05, 0.24288201484054156, 0.2572257723524398),
    (5_012, 10_000, 0.05, 0.4929262696999948, 0.5094732135300039),
    (24_999, 100_000, 0.05, 0.2477380962228363, 0.2522526192440556),
    (1, 1_000_000, 0.05, 5.1293293072049535e-08, 4.743855638214236e-06),
    (500_000, 1_000_000, 0.05, 0.4991770739494771, 0.5008229260505229),
    (250_123, 1_000_000, 0.05, 0.24941067572253106, 0.2508363932139061),
    (999_999, 1_000_000, 0.05, 0.9999952561443618, 0.9999999487067069),
    (1, 100_000_000, 0.05, 5.129329437439552e-10, 4.743864424711484e-08),
    (25_000_000, 100_000_000, 0.05, 0.2499287760922606, 0.25007123459383374),
    (50_004_321, 100_000_000, 0.05, 0.499960962318798, 0.500125457679355),
    (99_999_999, 100_000_000, 0.05, 0.9999999525613558, 0.9999999994870671),
    (0, 100_000_000, 0.05, 0.0, 2.9957322286819324e-08),
    (0, 1, 1e-9, 0.0, 0.999999999),
    (1, 1, 1e-9, 1e-09, 1.0),
    (1, 2, 1e-9, 5.00000000125e-10, 0.9999999995),
    (3, 10, 1e-9, 0.00020281203929570454, 0.9735997424438957),
    (10, 10, 1e-9, 0.1258925411794167, 1.0),
    (0, 100, 1e-9, 0.0, 0.18716948383590076),
    (50, 100, 1e-9, 0.22185056955905888, 0.7781494304409411),
    (1, 1_000, 1e-9, 1.0000000004995001e-12, 0.02366716440835988),
    (250, 1_000, 1e-9, 0.1740828942096762, 0.3380388929749581),
    (999, 1_000, 1e-9, 0.9763328355916401, 0.999999999999),
    (2_500, 10_000, 1e-9, 0.22460809275000343, 0.27660970862951845),
    (5_012, 10_000, 1e-9, 0.47118594908019645, 0.5312082073687746),
    (24_999, 100_000, 1e-9, 0.24183375822441236, 0.25826792063682324),
    (1, 1_000_000, 1e-9, 1.0000000004999996e-15, 2.393945328218574e-05),
    (500_000, 1_000_000, 1e-9, 0.49700062422456665, 0.5029993757754334),
    (250_123, 1_000_000, 1e-9, 0.2475310455790268, 0.25272710965164735),
    (999_999, 1_000_000, 1e-9, 0.9999760605467178, 0.999999999999999),
    (1, 100_000_000, 1e-9, 1.0000000005000001e-17, 2.3939725114751896e-07),
    (25_000_000, 100_000_000, 1e-9, 0.24974034314946106, 0.2502597784329506),
    (50_004_321, 100_000_000, 1e-9, 0.4997433146675837, 0.500343105311402),
    (99_999_999, 100_000_000, 1e-9, 0.9999997606027489, 1.0),
    (0, 100_000_000, 1e-9, 0.0, 2.0723263689677826e-07),
];

exact_laws! {
    fn confidence_bounds_are_the_known_ones(_config) {
        for &(k, n, alpha, least, most) in KNOWN {
            let (low, high) = (lower(k, n, alpha), upper(k, n, alpha));
            assert!((low - least).abs() < 1e-9 && (low - least).abs() <= 1e-6 * least, "{k} of {n} at {alpha}: {low} {least}");
            assert!((high - most).abs() < 1e-9, "{k} of {n} at {alpha}: {high} {most}");
        }
        KNOWN.len() as u64
    }

    /// Its own definition, by adding up the binomial law, at small n.
    fn the_tail_at_a_confidence_bound_is_alpha(_config) {
        let mut visited = 0;
        for n in [1_u32, 2, 5, 12, 30] {
            for k in 1..=n {
                for alpha in [0.05, 1e-4] {
                    let p = lower(k, n, alpha);
                    let mut choose = 1.0;
                    let mut tail = 0.0;
                    for i in 0..=n {
                        if i >= k {
                            tail += choose * p.powi(i.cast_signed()) * (1.0 - p).powi((n - i).cast_signed());
                        }
                        choose *= f64::from(n - i) / f64::from(i + 1);
                    }
                    assert!((tail / alpha - 1.0).abs() < 1e-9, "{k} of {n}");
                    visited += 1;
                }
            }
        }
        visited
    }
}
