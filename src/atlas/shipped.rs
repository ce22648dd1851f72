//! The codebooks that are shipped, as constants.
//!
//! Made by `cargo run --release --example design_codebooks`, which says how. The expected costs are those of
//! a draw, in thousandths of a phantom door (see [`merge`](crate::merge)): on the homes they were designed on,
//! and on as many others.

/// One shipped codebook.
#[derive(Debug)]
pub(super) struct Shipped {
    pub(super) zones: u8,
    /// The least λ it is for.
    pub(super) odds: u32,
    /// The number M of favoured plans.
    pub(super) favoured: u32,
    /// Numbers of the plans, ascending.
    pub(super) plans: &'static [u32],
}

/// By zones and odds.
pub(super) const SHIPPED: &[Shipped] = &[
    // Expected cost 107, on other homes 109.
    Shipped { zones: 2, odds: 1, favoured: 1, plans: &[11] },
    // Expected cost 99, on other homes 101.
    Shipped { zones: 2, odds: 2, favoured: 1, plans: &[11, 19] },
    // Expected cost 83, on other homes 83.
    Shipped { zones: 2, odds: 4, favoured: 1, plans: &[7, 15, 24] },
    // Expected cost 68, on other homes 67.
    Shipped { zones: 2, odds: 8, favoured: 1, plans: &[7, 15, 16] },
    // Expected cost 51, on other homes 52.
    Shipped { zones: 2, odds: 16, favoured: 1, plans: &[7, 8, 11, 15, 24] },
    // Expected cost 27, on other homes 27.
    Shipped { zones: 2, odds: 64, favoured: 1, plans: &[3, 4, 7, 11, 12, 15, 19, 24] },
    // Expected cost 209, on other homes 214.
    Shipped { zones: 3, odds: 1, favoured: 1, plans: &[2868] },
    // Expected cost 202, on other homes 206.
    Shipped { zones: 3, odds: 2, favoured: 1, plans: &[2679, 3057] },
    // Expected cost 188, on other homes 193.
    Shipped { zones: 3, odds: 4, favoured: 1, plans: &[2674, 2868, 3214] },
    // Expected cost 161, on other homes 166.
    Shipped { zones: 3, odds: 8, favoured: 1, plans: &[2213, 2674, 2868, 3192] },
    // Expected cost 134, on other homes 137.
    Shipped { zones: 3, odds: 16, favoured: 1, plans: &[2436, 2470, 2674, 3030, 3327] },
    // Expected cost 95, on other homes 95.
    Shipped {
        zones: 3,
        odds: 64,
        favoured: 1,
        plans: &[2139, 2193, 2209, 2470, 2674, 2868, 3230, 3327, 3489],
    },
    // Expected cost 428, on other homes 456.
    Shipped { zones: 4, odds: 1, favoured: 1, plans: &[186_525] },
    // Expected cost 384, on other homes 392.
    Shipped { zones: 4, odds: 2, favoured: 1, plans: &[193_693, 313_181] },
    // Expected cost 320, on other homes 330.
    Shipped { zones: 4, odds: 4, favoured: 1, plans: &[193_693, 313_181] },
    // Expected cost 272, on other homes 302.
    Shipped {
        zones: 4,
        odds: 8,
        favoured: 2,
        plans: &[156_655, 184_882, 186_269, 187_734, 193_330, 313_181],
    },
    // Expected cost 226, on other homes 254.
    Shipped {
        zones: 4,
        odds: 16,
        favoured: 2,
        plans: &[149_718, 156_460, 184_626, 186_269, 187_734, 193_622, 311_423, 320_258],
    },
    // Expected cost 166, on other homes 194.
    Shipped {
        zones: 4,
        odds: 64,
        favoured: 1,
        plans: &[140_588, 140_758, 186_269, 193_586, 193_622, 310_029, 311_423],
    },
    // Expected cost 649, on other homes 725.
    Shipped { zones: 5, odds: 1, favoured: 1, plans: &[482_322] },
    // Expected cost 598, on other homes 617.
    Shipped { zones: 5, odds: 2, favoured: 1, plans: &[526_072, 2_769_596] },
    // Expected cost 531, on other homes 541.
    Shipped { zones: 5, odds: 4, favoured: 1, plans: &[504_197, 2_769_596] },
    // Expected cost 456, on other homes 446.
    Shipped {
        zones: 5,
        odds: 8,
        favoured: 2,
        plans: &[410_599, 510_447, 1_604_608, 2_750_013, 2_768_846, 2_769_596, 2_769_974],
    },
    // Expected cost 392, on other homes 385.
    Shipped {
        zones: 5,
        odds: 16,
        favoured: 2,
        plans: &[410_599, 510_447, 1_604_608, 2_750_013, 2_768_846, 2_769_596, 2_769_974, 2_928_233],
    },
    // Expected cost 305, on other homes 327.
    Shipped {
        zones: 5,
        odds: 64,
        favoured: 1,
        plans: &[510_447, 525_788, 1_603_882, 1_604_608, 1_983_499, 2_770_063, 2_775_846, 2_928_233],
    },
    // Expected cost 2054, on other homes 1961.
    Shipped { zones: 6, odds: 1, favoured: 1, plans: &[101_579_360] },
    // Expected cost 1993, on other homes 1884.
    Shipped { zones: 6, odds: 2, favoured: 1, plans: &[101_579_360, 114_540_892] },
    // Expected cost 1932, on other homes 1817.
    Shipped { zones: 6, odds: 4, favoured: 1, plans: &[101_579_360, 114_540_892] },
    // Expected cost 1869, on other homes 1796.
    Shipped {
        zones: 6,
        odds: 8,
        favoured: 1,
        plans: &[101_579_278, 101_579_360, 101_588_098, 114_540_892, 114_564_232],
    },
    // Expected cost 1776, on other homes 1743.
    Shipped {
        zones: 6,
        odds: 16,
        favoured: 1,
        plans: &[13_262_576, 25_487_339, 101_579_278, 101_579_360, 101_588_098, 114_551_302, 114_564_232],
    },
    // Expected cost 1588, on other homes 1584.
    Shipped {
        zones: 6,
        odds: 64,
        favoured: 1,
        plans: &[
            13_262_576,
            13_263_148,
            25_486_468,
            25_487_339,
            29_509_011,
            101_579_278,
            101_588_098,
            114_540_892,
            114_543_969,
            114_564_232,
        ],
    },
];
