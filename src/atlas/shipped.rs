//! The codebooks that are shipped, as constants.
//!
//! Made by `cargo run --release --example design_codebooks -- --homes 300` (for five zones 80 homes, for six 50), which says how. The
//! expected costs are those of a draw on the homes they were designed on, in thousandths (see [`cost`](crate::merge)).

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
    // Expected cost 1631.
    Shipped { zones: 5, odds: 1, favoured: 1, plans: &[2_768_763] },
    // Expected cost 1601.
    Shipped { zones: 5, odds: 2, favoured: 1, plans: &[1_985_158, 2_769_596] },
    Shipped { zones: 5, odds: 4, favoured: 1, plans: &[814_072, 2_742_968] },
    Shipped { zones: 5, odds: 8, favoured: 1, plans: &[795_312, 814_058, 1_182_812] },
    Shipped { zones: 5, odds: 16, favoured: 1, plans: &[792_187, 795_312, 814_058, 1_676_562, 2_742_593] },
    Shipped {
        zones: 5,
        odds: 64,
        favoured: 1,
        plans: &[410_468, 792_187, 795_312, 1_182_653, 1_676_562, 2_742_563, 2_742_968, 2_815_636],
    },
    Shipped { zones: 6, odds: 1, favoured: 1, plans: &[23_621_932] },
    Shipped { zones: 6, odds: 2, favoured: 1, plans: &[9_950_169, 23_629_708] },
    Shipped { zones: 6, odds: 4, favoured: 1, plans: &[9_950_169, 23_629_708, 32_677_862] },
    Shipped { zones: 6, odds: 8, favoured: 1, plans: &[9_950_169, 32_677_862, 57_600_244] },
    Shipped { zones: 6, odds: 16, favoured: 1, plans: &[23_629_708, 32_677_790, 32_677_862, 57_600_244] },
    Shipped {
        zones: 6,
        odds: 64,
        favoured: 1,
        plans: &[
            9_480_499, 9_949_749, 9_950_169, 9_951_213, 9_951_466, 10_694_097, 23_629_708, 32_677_790,
            32_677_862,
        ],
    },
];
