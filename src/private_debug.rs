//! `Debug` of private types.

/// `private_debug!(Type, …)` implements a `Debug` that prints the types' names and nothing of their values.
macro_rules! private_debug {
    ($($name:ident $(<$lifetime:lifetime>)?),+) => {$(
        impl core::fmt::Debug for $name $(<$lifetime>)? {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}
