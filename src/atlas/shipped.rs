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
    // Expected cost 98, on other homes 97.
    Shipped { zones: 2, odds: 1, favoured: 1, plans: &[7] },
    // Expected cost 98, on other homes 97.
    Shipped { zones: 2, odds: 2, favoured: 1, plans: &[7] },
    // Expected cost 86, on other homes 83.
    Shipped { zones: 2, odds: 4, favoured: 1, plans: &[7, 11] },
    // Expected cost 71, on other homes 67.
    Shipped { zones: 2, odds: 8, favoured: 1, plans: &[3, 7, 11] },
    // Expected cost 58, on other homes 57.
    Shipped { zones: 2, odds: 16, favoured: 1, plans: &[3, 7, 11, 15] },
    // Expected cost 40, on other homes 41.
    Shipped { zones: 2, odds: 64, favoured: 1, plans: &[3, 7, 11, 15, 19] },
    // Expected cost 401, on other homes 397.
    Shipped { zones: 3, odds: 1, favoured: 1, plans: &[3192] },
    // Expected cost 381, on other homes 383.
    Shipped { zones: 3, odds: 2, favoured: 1, plans: &[3030, 3327] },
    // Expected cost 351, on other homes 354.
    Shipped { zones: 3, odds: 4, favoured: 1, plans: &[3030, 3327] },
    // Expected cost 317, on other homes 317.
    Shipped { zones: 3, odds: 8, favoured: 2, plans: &[2868, 3030, 3052, 3165, 3192, 3327, 3430, 3489] },
    // Expected cost 278, on other homes 288.
    Shipped { zones: 3, odds: 16, favoured: 1, plans: &[2182, 3030, 3052, 3327, 3489] },
    // Expected cost 213, on other homes 227.
    Shipped {
        zones: 3,
        odds: 64,
        favoured: 1,
        plans: &[2182, 2447, 2868, 2879, 3003, 3030, 3165, 3187, 3300, 3327, 3430, 3489],
    },
    // Expected cost 804, on other homes 794.
    Shipped { zones: 4, odds: 1, favoured: 1, plans: &[164_140] },
    // Expected cost 785, on other homes 770.
    Shipped { zones: 4, odds: 2, favoured: 1, plans: &[164_140, 187_549] },
    // Expected cost 747, on other homes 719.
    Shipped {
        zones: 4,
        odds: 4,
        favoured: 2,
        plans: &[161_580, 164_140, 178_333, 187_549, 207_410, 208_946],
    },
    // Expected cost 701, on other homes 674.
    Shipped {
        zones: 4,
        odds: 8,
        favoured: 2,
        plans: &[161_580, 163_884, 164_140, 167_980, 186_525, 207_410, 208_946, 313_426],
    },
    // Expected cost 650, on other homes 634.
    Shipped {
        zones: 4,
        odds: 16,
        favoured: 2,
        plans: &[
            154_924, 161_542, 161_580, 166_444, 167_980, 178_333, 184_733, 188_573, 207_410, 210_226,
            313_210, 313_426,
        ],
    },
    // Expected cost 559, on other homes 558.
    Shipped {
        zones: 4,
        odds: 64,
        favoured: 1,
        plans: &[
            44_922, 50_287, 56_175, 149_804, 160_300, 161_542, 164_140, 166_444, 179_869, 209_458, 210_994,
            312_146,
        ],
    },
    // Expected cost 1436, on other homes 1317.
    Shipped { zones: 5, odds: 1, favoured: 1, plans: &[1_592_108] },
    // Expected cost 1383, on other homes 1299.
    Shipped { zones: 5, odds: 2, favoured: 1, plans: &[482_322, 1_592_108] },
    // Expected cost 1310, on other homes 1244.
    Shipped {
        zones: 5,
        odds: 4,
        favoured: 2,
        plans: &[482_322, 1_482_721, 1_592_108, 1_620_233, 2_005_172, 2_943_858],
    },
    // Expected cost 1239, on other homes 1168.
    Shipped {
        zones: 5,
        odds: 8,
        favoured: 2,
        plans: &[482_322, 1_187_853, 1_482_721, 1_592_108, 1_620_233, 2_005_172, 2_943_858],
    },
    // Expected cost 1173, on other homes 1134.
    Shipped {
        zones: 5,
        odds: 16,
        favoured: 2,
        plans: &[
            1_090_663, 1_175_047, 1_187_853, 1_592_108, 1_620_233, 1_994_678, 2_005_172, 2_888_263,
            2_934_483, 2_943_858,
        ],
    },
    // Expected cost 1057, on other homes 1052.
    Shipped {
        zones: 5,
        odds: 64,
        favoured: 1,
        plans: &[
            1_090_663, 1_190_978, 1_460_846, 1_592_108, 1_620_233, 1_694_513, 1_994_678, 2_035_228,
            2_062_547, 2_547_868, 2_888_263,
        ],
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
