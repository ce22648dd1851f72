//! Quantiles of the normal law.

/// The deviation that a normal law exceeds with this probability: Newton's method on the tail. It is infinite for 0,
/// and for what is no probability above 0.
pub(super) fn deviate(tail: f64) -> f64 {
    if tail.is_nan() || tail <= 0.0 {
        return f64::INFINITY;
    }
    if tail >= 0.5 {
        let other = 1.0 - tail;
        return if other >= 0.5 { 0.0 } else { -deviate(other) };
    }
    // Where it starts: below the root for every tail, so that Newton's steps on a convex tail go up to it.
    let mut z = 0.0_f64;
    for _ in 0..200 {
        let density = (-0.5 * z * z).exp() / (2.0 * core::f64::consts::PI).sqrt();
        let step = (upper_tail(z) - tail) / density;
        z += step;
        if step.abs() < 1e-13 * z.max(1.0) {
            break;
        }
    }
    z
}

/// The probability above z ≥ 0, by a continued fraction (Laplace), or by its series near 0.
fn upper_tail(z: f64) -> f64 {
    let density = (-0.5 * z * z).exp() / (2.0 * core::f64::consts::PI).sqrt();
    if z < 3.0 {
        // ½ − φ(z) (z + z³/3 + z⁵/15 + …).
        let (mut term, mut sum) = (z, z);
        for odd in (3..200).step_by(2) {
            term *= z * z / f64::from(odd);
            sum += term;
        }
        return 0.5 - density * sum;
    }
    let rest = (1..120).rev().fold(z, |rest, n| z + f64::from(n) / rest);
    density / rest
}

#[cfg(test)]
mod tests {
    use super::deviate;

    /// From tables.
    #[test]
    fn known_deviates() {
        for (tail, z) in [
            (0.25, 0.674_489_750_196),
            (0.025, 1.959_963_984_540),
            (1e-3, 3.090_232_306_168),
            (1e-6, 4.753_424_308_823),
            (1e-9, 5.997_807_015_008),
        ] {
            assert!((deviate(tail) - z).abs() < 1e-9, "{tail}: {}", deviate(tail));
        }
        assert!(deviate(0.5).abs() < 1e-12 && (deviate(0.975) + 1.959_963_984_540).abs() < 1e-9);
        assert!([0.0, -1.0, f64::NAN].map(deviate).iter().all(|far| far.is_infinite() && *far > 0.0));
        assert!(deviate(1.0).is_infinite() && deviate(1.0) < 0.0);
    }
}
