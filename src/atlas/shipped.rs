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

pub(super) const SHIPPED: &[Shipped] = &[Shipped { zones: 2, odds: 1, favoured: 1, plans: &[] }];
