//! The codebooks that are shipped, as constants.

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

pub(super) const SHIPPED: &[Shipped] = &[
    Shipped { zones: 2, odds: 1, favoured: 1, plans: &[7] },
    Shipped { zones: 2, odds: 2, favoured: 1, plans: &[3, 7] },
    Shipped { zones: 2, odds: 4, favoured: 1, plans: &[3, 7] },
    Shipped { zones: 2, odds: 8, favoured: 1, plans: &[3, 7, 11] },
    Shipped { zones: 2, odds: 16, favoured: 1, plans: &[3, 7, 11] },
    Shipped { zones: 2, odds: 64, favoured: 1, plans: &[3, 7, 11] },
    Shipped { zones: 3, odds: 1, favoured: 1, plans: &[2105] },
    Shipped { zones: 3, odds: 2, favoured: 1, plans: &[1862, 2105] },
    Shipped { zones: 3, odds: 4, favoured: 1, plans: &[1835, 2159] },
    Shipped { zones: 3, odds: 8, favoured: 1, plans: &[1862, 2105, 2159] },
    Shipped { zones: 3, odds: 16, favoured: 1, plans: &[1808, 2105, 2159, 2375] },
    Shipped { zones: 3, odds: 64, favoured: 1, plans: &[1808, 1862, 2132, 2159, 2645, 3225, 3483] },
    Shipped { zones: 4, odds: 1, favoured: 1, plans: &[298_495] },
    Shipped { zones: 4, odds: 2, favoured: 1, plans: &[90282, 179_797] },
    Shipped { zones: 4, odds: 4, favoured: 1, plans: &[90282, 179_797, 298_367] },
    Shipped { zones: 4, odds: 8, favoured: 1, plans: &[90282, 140_783, 179_797] },
    Shipped {
        zones: 4,
        odds: 16,
        favoured: 2,
        plans: &[90282, 99242, 140_783, 179_797, 183_994, 295_935, 299_946],
    },
    Shipped {
        zones: 4,
        odds: 64,
        favoured: 1,
        plans: &[53589, 90282, 99242, 140_783, 179_797, 195_754, 299_946, 311_453],
    },
];
