//! Structs that grow: a program compiled with an earlier header gives a shorter one.

use core::ptr;

use crate::status::homeveil_status;

/// A struct of C programs that begins with its own size.
///
/// # Safety
/// The type is `repr(C)`, its first field is the `usize` that is its size, and it has no field for which some bytes are
/// no value. Its last field ends where the struct does, on every machine, so that a field that a later version adds
/// makes it longer: one that took padding would be read from programs that never wrote it.
pub(crate) unsafe trait Versioned: Copy {
    /// The sizes that are read: where a field begins, so that none is cut, and the whole.
    const SIZES: &'static [usize];

    /// What a field is worth that the caller's header does not have.
    fn unset() -> Self;
}

/// `versioned!(homeveil_x: fields after the size; what is unset)`: see [`Versioned`] for what must hold.
macro_rules! versioned {
    ($name:ident: $($field:ident),+; $unset:expr) => {
        // SAFETY: `repr(C)`, the size first; numbers, pointers and optional functions; C writes values of these alone.
        unsafe impl $crate::versioned::Versioned for $name {
            const SIZES: &'static [usize] = &[$(core::mem::offset_of!($name, $field)),+, size_of::<$name>()];

            fn unset() -> Self {
                $unset
            }
        }

        const _: () = {
            let ends = [$(
                core::mem::offset_of!($name, $field)
                    + $crate::versioned::size_of_field(|it: &$name| &it.$field)
            ),+];
            assert!(ends[ends.len() - 1] == size_of::<$name>(), "there is padding behind the last field");
        };
    };
}

/// How large the field is that a function leads to.
pub(crate) const fn size_of_field<T, F>(_: fn(&T) -> &F) -> usize {
    size_of::<F>()
}

/// `layout!(homeveil_x: field at offset, … ; size)`, in bytes where pointers have 64 bits: fails to compile where a
/// field moved, which would break every program that was compiled with an earlier header. A field that is added to a
/// struct with a size of its own goes to the end, and the number after the semicolon grows.
macro_rules! layout {
    ($name:ident: $($field:ident at $offset:literal),+; $size:literal) => {
        #[cfg(target_pointer_width = "64")]
        const _: () = {
            $(assert!(core::mem::offset_of!($name, $field) == $offset);)+
            assert!(size_of::<$name>() == $size);
        };
    };
}

/// The struct that a C program filled in, with what its header does not have yet unset. A size that this version does
/// not know, a longer one first of all, is refused: the fields in it might matter.
///
/// # Safety
/// The pointer is NULL or points to a struct that was filled in, as large as it states, that nobody changes in the
/// call.
pub(crate) unsafe fn read<T: Versioned>(pointer: *const T) -> Result<T, homeveil_status> {
    if pointer.is_null() {
        return Err(homeveil_status::Null);
    }
    // SAFETY: the size comes first and is there in every version.
    let size = unsafe { pointer.cast::<usize>().read() };
    if !T::SIZES.contains(&size) {
        return Err(homeveil_status::StructSize);
    }
    let mut whole = T::unset();
    // SAFETY: as many bytes as the caller's struct has, and no more than the whole; they end where a field begins.
    unsafe { ptr::copy_nonoverlapping(pointer.cast::<u8>(), (&raw mut whole).cast(), size) };
    Ok(whole)
}

/// Where a struct of results goes, as long as the caller's header has it. It is checked before anything is done.
pub(crate) struct Results<T> {
    place: *mut T,
    size: usize,
}

impl<T: Versioned> Results<T> {
    /// # Safety
    /// The pointer is NULL or points to a struct that states its size and is as large, that lives through the call and
    /// that nobody reads in it.
    pub(crate) unsafe fn at(place: *mut T) -> Result<Self, homeveil_status> {
        if place.is_null() {
            return Err(homeveil_status::Null);
        }
        // SAFETY: the size comes first and is there in every version.
        let size = unsafe { place.cast::<usize>().read() };
        if T::SIZES.contains(&size) { Ok(Self { place, size }) } else { Err(homeveil_status::StructSize) }
    }

    /// Writes the results that the caller's header has; its size stays.
    pub(crate) fn put(self, results: &T) {
        let first = size_of::<usize>();
        let (from, to) = (ptr::from_ref(results).cast::<u8>(), self.place.cast::<u8>());
        // SAFETY: behind the size, in the struct that is copied.
        let from = unsafe { from.add(first) };
        // SAFETY: behind the size, in the caller's struct.
        let to = unsafe { to.add(first) };
        // SAFETY: `at` promises memory of this size, and no version is longer than this one.
        unsafe { ptr::copy_nonoverlapping(from, to, self.size - first) };
    }
}

#[cfg(test)]
mod tests {
    use super::{Results, Versioned, read};
    use crate::status::homeveil_status;

    #[repr(C)]
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Grown {
        size: usize,
        first: u16,
        // Six bytes of padding, which a later field must not take.
        later: u64,
        last: u64,
    }

    versioned!(Grown: first, later, last; Grown { size: size_of::<Grown>(), first: 1, later: 2, last: 3 });

    #[test]
    fn fields_of_a_shorter_struct_are_read_and_the_others_unset() {
        let given = |size| Grown { size, first: 10, later: 20, last: 30 };
        let read = |size| {
            let given = given(size);
            // SAFETY: a whole struct.
            unsafe { read(&raw const given) }
        };
        assert_eq!(read(8), Ok(Grown { size: 8, first: 1, later: 2, last: 3 }));
        assert_eq!(read(16), Ok(Grown { size: 16, first: 10, later: 2, last: 3 }));
        assert_eq!(read(24), Ok(Grown { size: 24, first: 10, later: 20, last: 3 }));
        assert_eq!(read(32), Ok(given(32)));
        for wrong in [0, 7, 9, 12, 23, 25, 31, 33, usize::MAX] {
            assert_eq!(read(wrong), Err(homeveil_status::StructSize), "{wrong}");
        }
        assert_eq!(Grown::SIZES, [8, 16, 24, 32]);
    }

    #[test]
    fn results_go_as_far_as_the_callers_struct() {
        let results = Grown { size: 32, first: 10, later: 20, last: 30 };
        for (size, expected) in [(8, [1, 2, 3]), (16, [10, 2, 3]), (24, [10, 20, 3]), (32, [10, 20, 30])] {
            let mut place = Grown { size, first: 1, later: 2, last: 3 };
            // SAFETY: a whole struct.
            let to = unsafe { Results::at(&raw mut place) };
            to.expect("a size that there is").put(&results);
            assert_eq!((place.size, [place.first.into(), place.later, place.last]), (size, expected));
        }
        let mut wrong = Grown { size: 9, ..results };
        // SAFETY: a whole struct.
        assert!(unsafe { Results::at(&raw mut wrong) }.is_err());
    }
}
