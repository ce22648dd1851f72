//! The codebooks that are shipped, as constants.
//!
//! Made by `cargo run --release --example design_codebooks`, which says how. The expected costs are those of
//! a draw on the homes they were designed on, in thousandths (see [`merge`](crate::merge)).

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
    // Expected cost 227.
    Shipped { zones: 2, odds: 1, favoured: 1, plans: &[15] },
    // Expected cost 217.
    Shipped { zones: 2, odds: 2, favoured: 1, plans: &[11, 15, 19] },
    // Expected cost 191.
    Shipped { zones: 2, odds: 4, favoured: 1, plans: &[11, 15, 24] },
    // Expected cost 166.
    Shipped { zones: 2, odds: 8, favoured: 1, plans: &[11, 15, 19, 24] },
    // Expected cost 146.
    Shipped { zones: 2, odds: 16, favoured: 1, plans: &[11, 15, 19, 24] },
    // Expected cost 123.
    Shipped { zones: 2, odds: 64, favoured: 1, plans: &[7, 11, 15, 19, 24] },
    // Expected cost 573.
    Shipped { zones: 3, odds: 1, favoured: 1, plans: &[2888] },
    // Expected cost 559.
    Shipped { zones: 3, odds: 2, favoured: 1, plans: &[2645, 3077] },
    // Expected cost 529.
    Shipped { zones: 3, odds: 4, favoured: 1, plans: &[2645, 2888, 3226] },
    // Expected cost 497.
    Shipped { zones: 3, odds: 8, favoured: 1, plans: &[2645, 2674, 2888, 3226] },
    // Expected cost 464.
    Shipped { zones: 3, odds: 16, favoured: 1, plans: &[2402, 2672, 2674, 3226] },
    // Expected cost 414.
    Shipped { zones: 3, odds: 64, favoured: 1, plans: &[1835, 2402, 2436, 2672, 2868, 2902, 3212, 3226] },
    // Expected cost 995.
    Shipped { zones: 4, odds: 1, favoured: 1, plans: &[151_382] },
    // Expected cost 979.
    Shipped { zones: 4, odds: 2, favoured: 1, plans: &[58_205, 58_239, 151_382] },
    // Expected cost 959.
    Shipped { zones: 4, odds: 4, favoured: 1, plans: &[67_933, 67_967, 151_382] },
    // Expected cost 937.
    Shipped { zones: 4, odds: 8, favoured: 1, plans: &[59_485, 68_970, 141_162, 151_382] },
    // Expected cost 901.
    Shipped {
        zones: 4,
        odds: 16,
        favoured: 2,
        plans: &[
            56_413, 58_197, 58_239, 59_485, 68_970, 141_162, 141_167, 141_226, 151_382, 151_407, 303_709,
        ],
    },
    // Expected cost 835.
    Shipped {
        zones: 4,
        odds: 64,
        favoured: 1,
        plans: &[53_077, 56_447, 58_197, 59_485, 72_042, 141_162, 151_382, 151_407, 184_762],
    },
    // Expected cost 1568.
    Shipped { zones: 5, odds: 1, favoured: 1, plans: &[2_818_763] },
    // Expected cost 1525.
    Shipped { zones: 5, odds: 2, favoured: 1, plans: &[125_968, 1_985_158] },
    // Expected cost 1481.
    Shipped { zones: 5, odds: 4, favoured: 1, plans: &[125_968, 1_985_158] },
    // Expected cost 1451.
    Shipped { zones: 5, odds: 8, favoured: 1, plans: &[125_968, 363_331, 1_985_158] },
    // Expected cost 1416.
    Shipped { zones: 5, odds: 16, favoured: 1, plans: &[125_968, 1_985_158, 2_770_718, 2_818_828] },
    // Expected cost 1337.
    Shipped {
        zones: 5,
        odds: 64,
        favoured: 1,
        plans: &[125_968, 1_345_093, 1_346_718, 1_982_033, 1_985_418, 2_539_062, 2_768_753, 2_819_889],
    },
    // Expected cost 2496.
    Shipped { zones: 6, odds: 1, favoured: 1, plans: &[103_217_241] },
    // Expected cost 2476.
    Shipped { zones: 6, odds: 2, favoured: 1, plans: &[29_140_030, 103_217_241] },
    // Expected cost 2428.
    Shipped { zones: 6, odds: 4, favoured: 1, plans: &[26_047_180, 29_140_030, 103_217_241] },
    // Expected cost 2360.
    Shipped { zones: 6, odds: 8, favoured: 1, plans: &[9_855_562, 9_857_902, 29_140_030, 36_869_385] },
    // Expected cost 2289.
    Shipped {
        zones: 6,
        odds: 16,
        favoured: 2,
        plans: &[
            9_855_562,
            9_857_902,
            26_047_936,
            29_124_501,
            29_140_030,
            36_882_345,
            42_054_604,
            42_072_837,
            103_227_177,
        ],
    },
    // Expected cost 2179.
    Shipped {
        zones: 6,
        odds: 64,
        favoured: 1,
        plans: &[9_855_562, 26_047_936, 29_124_501, 36_882_345, 42_054_604, 42_072_837, 103_217_241],
    },
];
