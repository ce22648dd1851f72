//! How far a row goes on with the value that it begins with.

/// Number of equal values that a row begins with.
pub(super) fn stretch<T: Copy + PartialEq>(row: &[T]) -> usize {
    // So many are compared at once, without looking which.
    const LANES: usize = 8;
    let Some(&first) = row.first() else { return 0 };
    let equal = |chunk: &&[T; LANES]| **chunk == [first; LANES];
    let sure = LANES * row.as_chunks().0.iter().take_while(equal).count();
    sure + row[sure..].iter().position(|&other| other != first).unwrap_or(row.len() - sure)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::stretch;

    proptest! {
        #[test]
        fn a_stretch_ends_before_the_first_other_value(count in 0..200_usize, rest in prop::collection::vec(0..2_u16, 0..80)) {
            let mut row = vec![1; count];
            row.extend(rest);
            let expected = row.iter().take_while(|&&value| value == row[0]).count();
            prop_assert_eq!(stretch(&row), expected);
        }
    }
}
