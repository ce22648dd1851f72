//! Where the code can be broken on purpose.
//!
//! A test that cannot fail proves nothing. So at some places of this crate stands `mutant!(Name)`: constant
//! false, and gone before the compiler is done. The package `mutants`, which is never published, compiles the
//! very same sources with the cfg `homeveil_mutants`; there the same place asks a switch, and the laws of the
//! promise are seen to fail on each broken variant. No feature of this package can turn one on.

/// `mutant!(Name)` is false. `mutant!(Name, right, broken)` is what is right.
#[cfg(not(homeveil_mutants))]
macro_rules! mutant {
    ($name:ident) => {
        false
    };
    ($name:ident, $right:expr, $broken:expr) => {
        $right
    };
}

/// `mutant!(Name)` is whether the variant is on; `mutant!(Name, right, broken)` chooses.
#[cfg(homeveil_mutants)]
macro_rules! mutant {
    ($name:ident) => {
        crate::mutants::is_on(crate::mutants::Mutant::$name)
    };
    ($name:ident, $right:expr, $broken:expr) => {
        if crate::mutants::is_on(crate::mutants::Mutant::$name) { $broken } else { $right }
    };
}
