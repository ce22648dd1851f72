//! Structs that grow: a program compiled with an earlier header gives a shorter one.

use core::ptr;

use crate::status::homeveil_status;

/// A struct of C programs that begins with its own size.
///
/// # Safety
/// The type is `repr(C)`, its first field is the `usize` that is its size, and it has no field for which some bytes are
/// no value. A field that a later version adds lies past the struct's earlier end, padding counted.
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
    };
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

#[cfg(test)]
mod tests {
    use super::{Versioned, read};
    use crate::status::homeveil_status;

    #[repr(C)]
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Grown {
        size: usize,
        first: u16,
        // Six bytes of padding, which a later field must not take.
        later: u64,
        last: u16,
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
}
