//! Newtypes of numbers: ids that cannot be taken for one another.

/// The greatest number that divides both; the other where one is 0.
pub(crate) const fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// `number! { /// What it numbers. Name(u32) }` is a public newtype of a number, written as the number alone.
macro_rules! number {
    ($(#[$attribute:meta])* $name:ident($of:ty)) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($of);

        impl $name {
            /// From its number. Whether there is one of this number is for others to say.
            #[must_use]
            pub const fn new(number: $of) -> Self {
                Self(number)
            }

            /// The number.
            #[must_use]
            pub const fn get(self) -> $of {
                self.0
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}
