//! The codebooks that are shipped, as constants.
//!
//! Made by `cargo run --release --example design_codebooks --features evaluation,stages`, which says how. The expected
//! costs are those of a draw, in thousandths of a tour (see [`merge`](crate::merge)), on the homes they were designed
//! on.

/// One shipped codebook.
#[derive(Debug)]
pub(super) struct Shipped {
    pub(super) zones: u8,
    /// The least λ it is for.
    pub(super) odds: u32,
    /// The number M of preferred plans.
    pub(super) preferred: u32,
    /// Numbers of the plans, ascending.
    pub(super) plans: &'static [u32],
}

/// All codebooks that were ever shipped, the first ones first and today's last: releases drawn from any of them are
/// still out, and states of keepers name them. None is ever taken away.
pub(super) const GENERATIONS: [&[Shipped]; 3] = [FIRST, SECOND, SHIPPED];

/// Today's, by zones and odds.
pub(super) const SHIPPED: &[Shipped] = &[
    // Expected cost 464.
    Shipped { zones: 2, odds: 1, preferred: 1, plans: &[24] },
    // Expected cost 458.
    Shipped { zones: 2, odds: 2, preferred: 1, plans: &[19, 24] },
    // Expected cost 443.
    Shipped { zones: 2, odds: 4, preferred: 1, plans: &[19, 20, 24] },
    // Expected cost 428.
    Shipped { zones: 2, odds: 8, preferred: 1, plans: &[16, 19, 24] },
    // Expected cost 416.
    Shipped { zones: 2, odds: 16, preferred: 1, plans: &[16, 19, 24] },
    // Expected cost 401.
    Shipped { zones: 2, odds: 64, preferred: 1, plans: &[16, 19, 20, 23, 24] },
    // Expected cost 527.
    Shipped { zones: 3, odds: 1, preferred: 1, plans: &[3214] },
    // Expected cost 526.
    Shipped { zones: 3, odds: 2, preferred: 1, plans: &[3057, 3214] },
    // Expected cost 510.
    Shipped { zones: 3, odds: 4, preferred: 1, plans: &[2868, 3230, 3322] },
    // Expected cost 487.
    Shipped { zones: 3, odds: 8, preferred: 1, plans: &[2841, 3214, 3230, 3430] },
    // Expected cost 467.
    Shipped { zones: 3, odds: 16, preferred: 1, plans: &[2841, 3214, 3338, 3484] },
    // Expected cost 429.
    Shipped {
        zones: 3,
        odds: 64,
        preferred: 1,
        plans: &[2841, 2884, 3160, 3176, 3192, 3214, 3333, 3430, 3446, 3538],
    },
    // Expected cost 616.
    Shipped { zones: 4, odds: 1, preferred: 1, plans: &[166_444] },
    // Expected cost 613.
    Shipped { zones: 4, odds: 2, preferred: 1, plans: &[166_444, 167_942] },
    // Expected cost 594.
    Shipped {
        zones: 4,
        odds: 4,
        preferred: 2,
        plans: &[166_444, 167_942, 168_710, 210_077, 296_826, 301_138],
    },
    // Expected cost 570.
    Shipped {
        zones: 4,
        odds: 8,
        preferred: 2,
        plans: &[166_444, 166_511, 167_942, 168_710, 210_077, 296_591, 299_346, 301_138],
    },
    // Expected cost 547.
    Shipped {
        zones: 4,
        odds: 16,
        preferred: 1,
        plans: &[166_444, 168_047, 168_710, 209_970, 296_826, 299_346],
    },
    // Expected cost 512.
    Shipped {
        zones: 4,
        odds: 64,
        preferred: 1,
        plans: &[166_444, 166_511, 168_040, 168_710, 168_815, 209_970, 296_461, 296_826, 304_210],
    },
    // Expected cost 685.
    Shipped { zones: 5, odds: 1, preferred: 1, plans: &[1_090_663] },
    // Expected cost 669.
    Shipped { zones: 5, odds: 2, preferred: 1, plans: &[1_090_663, 2_816_974] },
    // Expected cost 652.
    Shipped {
        zones: 5,
        odds: 4,
        preferred: 2,
        plans: &[1_090_663, 1_200_353, 2_816_974, 2_825_096, 2_826_188],
    },
    // Expected cost 632.
    Shipped { zones: 5, odds: 8, preferred: 1, plans: &[1_090_663, 1_202_047, 2_825_763, 2_826_188] },
    // Expected cost 612.
    Shipped { zones: 5, odds: 16, preferred: 1, plans: &[1_090_663, 1_202_047, 2_825_763, 2_826_188] },
    // Expected cost 588.
    Shipped {
        zones: 5,
        odds: 64,
        preferred: 1,
        plans: &[1_200_038, 2_075_993, 2_825_763, 2_826_188, 2_866_739, 2_872_892, 2_900_763, 2_944_822],
    },
    // Expected cost 775.
    Shipped { zones: 6, odds: 1, preferred: 1, plans: &[100_838_644] },
    // Expected cost 759.
    Shipped { zones: 6, odds: 2, preferred: 1, plans: &[100_838_644, 105_878_872] },
    // Expected cost 745.
    Shipped { zones: 6, odds: 4, preferred: 1, plans: &[100_838_644, 105_878_872] },
    // Expected cost 727.
    Shipped { zones: 6, odds: 8, preferred: 1, plans: &[95_050_907, 100_838_644, 103_308_256] },
    // Expected cost 711.
    Shipped {
        zones: 6,
        odds: 16,
        preferred: 1,
        plans: &[95_038_972, 100_838_644, 101_352_874, 105_878_872, 113_898_731],
    },
    // Expected cost 691.
    Shipped {
        zones: 6,
        odds: 64,
        preferred: 1,
        plans: &[95_038_972, 95_050_907, 100_838_644, 105_878_872, 113_898_731],
    },
];

/// Those of the second version, by whose costs merged rooms were free.
const SECOND: &[Shipped] = &[
    // Expected cost 310.
    Shipped { zones: 2, odds: 1, preferred: 1, plans: &[24] },
    // Expected cost 299.
    Shipped { zones: 2, odds: 2, preferred: 1, plans: &[19, 24] },
    // Expected cost 286.
    Shipped { zones: 2, odds: 4, preferred: 1, plans: &[19, 24] },
    // Expected cost 277.
    Shipped { zones: 2, odds: 8, preferred: 1, plans: &[19, 24] },
    // Expected cost 272.
    Shipped { zones: 2, odds: 16, preferred: 1, plans: &[19, 24] },
    // Expected cost 246.
    Shipped { zones: 2, odds: 64, preferred: 1, plans: &[16, 19, 20, 23, 24] },
    // Expected cost 435.
    Shipped { zones: 3, odds: 1, preferred: 1, plans: &[3214] },
    // Expected cost 412.
    Shipped { zones: 3, odds: 2, preferred: 1, plans: &[3214, 3538] },
    // Expected cost 393.
    Shipped { zones: 3, odds: 4, preferred: 1, plans: &[3214, 3538] },
    // Expected cost 380.
    Shipped { zones: 3, odds: 8, preferred: 1, plans: &[3214, 3538] },
    // Expected cost 373.
    Shipped { zones: 3, odds: 16, preferred: 1, plans: &[3214, 3538] },
    // Expected cost 332.
    Shipped { zones: 3, odds: 64, preferred: 1, plans: &[2841, 3025, 3192, 3214, 3333, 3430, 3446, 3538] },
    // Expected cost 504.
    Shipped { zones: 4, odds: 1, preferred: 1, plans: &[168_710] },
    // Expected cost 494.
    Shipped { zones: 4, odds: 2, preferred: 1, plans: &[166_444, 168_710] },
    // Expected cost 482.
    Shipped { zones: 4, odds: 4, preferred: 1, plans: &[166_444, 168_710] },
    // Expected cost 474.
    Shipped { zones: 4, odds: 8, preferred: 1, plans: &[166_444, 168_710] },
    // Expected cost 469.
    Shipped { zones: 4, odds: 16, preferred: 1, plans: &[166_444, 168_710] },
    // Expected cost 436.
    Shipped {
        zones: 4,
        odds: 64,
        preferred: 1,
        plans: &[166_444, 168_040, 168_710, 168_815, 209_970, 296_461, 296_826],
    },
    // Expected cost 610.
    Shipped { zones: 5, odds: 1, preferred: 1, plans: &[1_090_663] },
    // Expected cost 609.
    Shipped { zones: 5, odds: 2, preferred: 1, plans: &[1_200_353, 2_872_947] },
    // Expected cost 606.
    Shipped { zones: 5, odds: 4, preferred: 1, plans: &[1_200_353, 2_872_947] },
    // Expected cost 605.
    Shipped { zones: 5, odds: 8, preferred: 1, plans: &[1_200_353, 2_872_947] },
    // Expected cost 604.
    Shipped { zones: 5, odds: 16, preferred: 1, plans: &[1_200_353, 2_872_947] },
    // Expected cost 550.
    Shipped {
        zones: 5,
        odds: 64,
        preferred: 1,
        plans: &[
            872_947, 1_200_038, 2_791_388, 2_791_813, 2_825_096, 2_826_188, 2_866_697, 2_866_933, 2_871_957,
            2_872_947,
        ],
    },
    // Expected cost 779.
    Shipped { zones: 6, odds: 1, preferred: 1, plans: &[105_878_872] },
    // Expected cost 779.
    Shipped { zones: 6, odds: 2, preferred: 1, plans: &[105_878_872] },
    // Expected cost 779.
    Shipped { zones: 6, odds: 4, preferred: 1, plans: &[105_878_872] },
    // Expected cost 734.
    Shipped { zones: 6, odds: 8, preferred: 1, plans: &[100_838_644, 101_352_874, 103_308_256] },
    // Expected cost 720.
    Shipped { zones: 6, odds: 16, preferred: 1, plans: &[100_838_644, 101_352_874, 103_308_256] },
    // Expected cost 707.
    Shipped { zones: 6, odds: 64, preferred: 1, plans: &[100_838_644, 101_352_874, 103_308_256] },
];

/// Those of the first version. The costs are in thousandths of a phantom door, also on as many other homes.
const FIRST: &[Shipped] = &[
    // Expected cost 109, on other homes 102.
    Shipped { zones: 2, odds: 1, preferred: 1, plans: &[11] },
    // Expected cost 109, on other homes 102.
    Shipped { zones: 2, odds: 2, preferred: 1, plans: &[11] },
    // Expected cost 83, on other homes 81.
    Shipped { zones: 2, odds: 4, preferred: 2, plans: &[7, 11, 15, 20, 24] },
    // Expected cost 70, on other homes 67.
    Shipped { zones: 2, odds: 8, preferred: 2, plans: &[7, 11, 15, 20, 24] },
    // Expected cost 52, on other homes 51.
    Shipped { zones: 2, odds: 16, preferred: 1, plans: &[7, 8, 11, 15, 24] },
    // Expected cost 27, on other homes 28.
    Shipped { zones: 2, odds: 64, preferred: 1, plans: &[3, 4, 7, 11, 15, 16, 19, 24] },
    // Expected cost 213, on other homes 223.
    Shipped { zones: 3, odds: 1, preferred: 1, plans: &[3057] },
    // Expected cost 213, on other homes 223.
    Shipped { zones: 3, odds: 2, preferred: 1, plans: &[3057] },
    // Expected cost 189, on other homes 189.
    Shipped { zones: 3, odds: 4, preferred: 1, plans: &[2679, 2888, 3057] },
    // Expected cost 158, on other homes 159.
    Shipped { zones: 3, odds: 8, preferred: 1, plans: &[2679, 2888, 3057] },
    // Expected cost 138, on other homes 138.
    Shipped { zones: 3, odds: 16, preferred: 1, plans: &[2679, 2888, 3057] },
    // Expected cost 89, on other homes 91.
    Shipped {
        zones: 3,
        odds: 64,
        preferred: 1,
        plans: &[2139, 2186, 2193, 2674, 2841, 2890, 3192, 3226, 3327],
    },
    // Expected cost 452, on other homes 487.
    Shipped { zones: 4, odds: 1, preferred: 1, plans: &[193_693] },
    // Expected cost 387, on other homes 408.
    Shipped { zones: 4, odds: 2, preferred: 1, plans: &[184_989, 311_645] },
    // Expected cost 323, on other homes 345.
    Shipped { zones: 4, odds: 4, preferred: 1, plans: &[184_989, 311_645] },
    // Expected cost 280, on other homes 303.
    Shipped { zones: 4, odds: 8, preferred: 1, plans: &[184_989, 311_645] },
    // Expected cost 255, on other homes 278.
    Shipped { zones: 4, odds: 16, preferred: 1, plans: &[184_989, 311_645] },
    // Expected cost 175, on other homes 186.
    Shipped {
        zones: 4,
        odds: 64,
        preferred: 2,
        plans: &[
            142_598, 149_718, 151_407, 156_460, 186_269, 187_734, 188_502, 199_103, 309_773, 310_202,
            311_418, 320_258,
        ],
    },
    // Expected cost 714, on other homes 743.
    Shipped { zones: 5, odds: 1, preferred: 1, plans: &[2_769_513] },
    // Expected cost 634, on other homes 655.
    Shipped { zones: 5, odds: 2, preferred: 1, plans: &[2_775_846, 2_929_197] },
    // Expected cost 563, on other homes 578.
    Shipped { zones: 5, odds: 4, preferred: 1, plans: &[2_775_846, 2_929_197] },
    // Expected cost 516, on other homes 527.
    Shipped { zones: 5, odds: 8, preferred: 1, plans: &[2_775_846, 2_929_197] },
    // Expected cost 421, on other homes 448.
    Shipped { zones: 5, odds: 16, preferred: 1, plans: &[410_599, 1_604_608, 2_775_846, 2_928_233] },
    // Expected cost 353, on other homes 378.
    Shipped { zones: 5, odds: 64, preferred: 1, plans: &[410_599, 1_604_608, 2_775_846, 2_928_233] },
    // Expected cost 860, on other homes 930.
    Shipped { zones: 6, odds: 1, preferred: 1, plans: &[102_748_804] },
    // Expected cost 860, on other homes 930.
    Shipped { zones: 6, odds: 2, preferred: 1, plans: &[102_748_804] },
    // Expected cost 860, on other homes 930.
    Shipped { zones: 6, odds: 4, preferred: 1, plans: &[102_748_804] },
    // Expected cost 691, on other homes 746.
    Shipped { zones: 6, odds: 8, preferred: 1, plans: &[68_313_819, 102_746_517, 102_748_804, 102_760_919] },
    // Expected cost 605, on other homes 666.
    Shipped { zones: 6, odds: 16, preferred: 1, plans: &[68_313_819, 102_746_517, 102_748_804, 102_760_919] },
    // Expected cost 520, on other homes 587.
    Shipped { zones: 6, odds: 64, preferred: 1, plans: &[68_313_819, 102_746_517, 102_748_804, 102_760_919] },
];
