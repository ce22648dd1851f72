//! Functions, and methods of public types, that take or give a stage's types.

/// `staged! { fn … }` is a function or a method that is public with the feature `stages`, and the crate's own without
/// it.
macro_rules! staged {
    ($(#[$attribute:meta])* fn $($method:tt)*) => {
        $(#[$attribute])*
        #[cfg(feature = "stages")]
        pub fn $($method)*

        $(#[$attribute])*
        #[cfg(not(feature = "stages"))]
        pub(crate) fn $($method)*
    };
}
