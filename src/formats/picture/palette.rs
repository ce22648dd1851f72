//! The colours of pictures, in sRGB.
//!
//! The zones' colours were found by search: light enough for dark figures, muted enough for large areas, and as
//! far apart in CIELAB as such colours can be, for full colour vision and under the simulated dichromacies of
//! Machado, Oliveira & Fernandes (2009, IEEE TVCG 15(6)). The tests state the distances. No meaning rests on
//! colour alone: zones also carry their numbers.

use crate::atlas::ZoneId;

/// A colour: red, green, blue.
pub(crate) type Rgb = [u8; 3];

/// Walls, and the figures on the zones.
pub(crate) const WALL: Rgb = [58, 54, 56];

/// Occupied cells with occupied cells all around: the inside of furniture and thick walls.
pub(crate) const SOLID: Rgb = [176, 168, 164];

/// Paper: unknown cells, and the background.
pub(crate) const UNKNOWN: Rgb = [246, 241, 232];

/// Free cells that belong to no zone.
pub(crate) const UNCHARTED: Rgb = [217, 211, 202];

/// The darker stripes of [`redacted`].
pub(crate) const REDACTED: Rgb = [104, 99, 102];

/// The lighter stripes of [`redacted`].
pub(crate) const REDACTED_STRIPE: Rgb = [136, 130, 133];

/// The dock's mark.
pub(crate) const DOCK: Rgb = [116, 36, 92];

/// A path planned or driven; with paper-coloured edges, so that it stands out from every zone.
pub(crate) const PATH: Rgb = [178, 24, 43];

/// What is drawn on the dock's mark.
pub(crate) const DOCK_SIGN: Rgb = [255, 255, 255];

const ZONES: [Rgb; 6] =
    [[130, 172, 216], [233, 157, 108], [250, 225, 154], [77, 184, 148], [251, 192, 204], [130, 230, 242]];

/// Width of a stripe in redacted rooms, in cells; half of a period.
const STRIPE_CELLS: u32 = 3;

/// The colour of a zone. There are six, as many as a plan can have zones; higher numbers start over.
pub(crate) const fn zone_color(zone: ZoneId) -> Rgb {
    ZONES[zone.index() % ZONES.len()]
}

/// The colour of a cell of a room that was redacted: slanting stripes, which no zone has.
pub(crate) const fn redacted(x: u32, y: u32) -> Rgb {
    let period = 2 * STRIPE_CELLS;
    if (x % period + y % period) % period < STRIPE_CELLS { REDACTED } else { REDACTED_STRIPE }
}

/// The colour of a cell that a no-go area or a virtual wall keeps the robot out of: darker, with thin stripes that lean
/// to the left and not to the right.
pub(crate) const fn kept_out(x: u32, y: u32, color: Rgb) -> Rgb {
    if x.wrapping_sub(y).is_multiple_of(2 * STRIPE_CELLS) { WALL } else { darker(darker(color)) }
}

pub(crate) const fn darker([red, green, blue]: Rgb) -> Rgb {
    [red - red / 4, green - green / 4, blue - blue / 4]
}

#[cfg(test)]
mod tests {
    use super::{
        DOCK, DOCK_SIGN, REDACTED, REDACTED_STRIPE, Rgb, UNCHARTED, UNKNOWN, WALL, redacted, zone_color,
    };
    use crate::atlas::{MAX_ZONES, ZoneId};

    type Matrix = [[f64; 3]; 3];

    const FULL: Matrix = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    /// Protanopia, deuteranopia and tritanopia, on linear sRGB: Machado et al. 2009, severity 1.
    #[rustfmt::skip]
    const DICHROMACIES: [Matrix; 3] = [
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ];
    /// Linear sRGB to XYZ over the white point D65.
    const XYZ: Matrix = [
        [0.412_456_4 / 0.950_47, 0.357_576_1 / 0.950_47, 0.180_437_5 / 0.950_47],
        [0.212_672_9, 0.715_152_2, 0.072_175_0],
        [0.019_333_9 / 1.088_83, 0.119_192_0 / 1.088_83, 0.950_304_1 / 1.088_83],
    ];

    fn times(matrix: &Matrix, v: [f64; 3]) -> [f64; 3] {
        matrix.map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum())
    }

    fn linear(color: Rgb) -> [f64; 3] {
        color.map(|v| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// Relative luminance.
    fn luminance(color: Rgb) -> f64 {
        times(&XYZ, linear(color))[1]
    }

    /// Lightness and the two axes of colour of CIELAB, as this vision has it.
    fn lab(color: Rgb, vision: &Matrix) -> [f64; 3] {
        let seen = times(vision, linear(color)).map(|v| v.clamp(0.0, 1.0));
        let [x, y, z] =
            times(&XYZ, seen).map(|v| if v > 0.008_856 { v.cbrt() } else { 7.787 * v + 16.0 / 116.0 });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    /// Least distance between the first zones' colours.
    fn least_distance(zones: u8, vision: &Matrix) -> f64 {
        let labs: Vec<[f64; 3]> =
            (0..zones).map(|zone| lab(zone_color(ZoneId::of_index(zone)), vision)).collect();
        let mut least = f64::INFINITY;
        for (n, a) in labs.iter().enumerate() {
            for b in &labs[..n] {
                let square: f64 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
                least = least.min(square.sqrt());
            }
        }
        least
    }

    #[test]
    fn zones_can_be_told_apart_with_and_without_full_colour_vision() {
        for (zones, full, dichromat) in [(4, 30.0, 17.0), (MAX_ZONES, 30.0, 11.0)] {
            assert!(least_distance(zones, &FULL) > full);
            assert!(DICHROMACIES.iter().all(|vision| least_distance(zones, vision) > dichromat));
        }
    }

    #[test]
    fn figures_can_be_read_on_every_zone() {
        for zone in (0..MAX_ZONES).map(ZoneId::of_index) {
            let contrast = (luminance(zone_color(zone)) + 0.05) / (luminance(WALL) + 0.05);
            assert!(contrast > 4.85, "zone {zone}: {contrast}");
        }
    }

    #[test]
    fn every_meaning_has_a_colour_of_its_own() {
        let mut colors = vec![DOCK, DOCK_SIGN, UNCHARTED, UNKNOWN, WALL, REDACTED, REDACTED_STRIPE];
        colors.extend((0..MAX_ZONES).map(|zone| zone_color(ZoneId::of_index(zone))));
        let count = colors.len();
        colors.sort_unstable();
        colors.dedup();
        assert_eq!(colors.len(), count);
    }

    #[test]
    fn stripes_run_aslant_and_join_at_the_seams() {
        for (x, y) in (0..12).flat_map(|x| (1..12).map(move |y| (x, y))) {
            assert_eq!(redacted(x, y), redacted(x + 1, y - 1));
        }
        assert_eq!(redacted(u32::MAX, u32::MAX), redacted(3, 3));
    }
}
