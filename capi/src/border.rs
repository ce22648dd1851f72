//! What crosses the border between C and Rust: pointers that are checked, and panics that are not let through.

use alloc::boxed::Box;
use core::slice;

use crate::status::homeveil_status;

/// What a body of a C function gives.
pub(crate) type Crossing = Result<(), homeveil_status>;

/// Runs the body of a C function. A panic becomes a status.
pub(crate) fn guarded(body: impl FnOnce() -> Crossing) -> homeveil_status {
    match caught(body) {
        Ok(()) => homeveil_status::Ok,
        Err(status) => status,
    }
}

#[cfg(feature = "std")]
fn caught(body: impl FnOnce() -> Crossing) -> Crossing {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    catch_unwind(AssertUnwindSafe(body)).unwrap_or(Err(homeveil_status::Panic))
}

/// Without the standard library a panic ends the program.
#[cfg(not(feature = "std"))]
fn caught(body: impl FnOnce() -> Crossing) -> Crossing {
    body()
}

/// What a pointer points to.
///
/// # Safety
/// It is NULL or points to a valid `T` that lives through the call and that nobody changes in it.
pub(crate) unsafe fn shared<'a, T>(pointer: *const T) -> Result<&'a T, homeveil_status> {
    // SAFETY: the caller's promise.
    unsafe { pointer.as_ref() }.ok_or(homeveil_status::Null)
}

/// What a pointer points to, to be changed.
///
/// # Safety
/// It is NULL or points to a valid `T` that lives through the call and that nobody else reads or changes in it.
pub(crate) unsafe fn unique<'a, T>(pointer: *mut T) -> Result<&'a mut T, homeveil_status> {
    // SAFETY: the caller's promise.
    unsafe { pointer.as_mut() }.ok_or(homeveil_status::Null)
}

/// A number of values in a row. NULL is an empty row if the number is zero.
///
/// # Safety
/// The pointer is NULL or points to as many valid values that live through the call and that nobody changes in it.
pub(crate) unsafe fn row<'a, T>(pointer: *const T, len: usize) -> Result<&'a [T], homeveil_status> {
    if len == 0 {
        return Ok(&[]);
    }
    if pointer.is_null() {
        return Err(homeveil_status::Null);
    }
    if len.checked_mul(size_of::<T>()).is_none_or(|bytes| isize::try_from(bytes).is_err()) {
        return Err(homeveil_status::Number);
    }
    // SAFETY: the caller's promise; not NULL, and no larger than memory can be.
    Ok(unsafe { slice::from_raw_parts(pointer, len) })
}

/// A place for a result. It is checked before anything is done, and written when all is.
pub(crate) struct Place<T>(*mut T);

impl<T> Place<T> {
    /// # Safety
    /// The pointer is NULL or points to memory for a `T` that lives through the call and that nobody reads in it.
    pub(crate) unsafe fn at(pointer: *mut T) -> Result<Self, homeveil_status> {
        if pointer.is_null() { Err(homeveil_status::Null) } else { Ok(Self(pointer)) }
    }

    /// Writes the result.
    pub(crate) fn put(self, value: T) {
        // SAFETY: `at` promises memory for it. What lies there is the caller's and is not dropped.
        unsafe { self.0.write(value) }
    }
}

impl<T> Place<*mut T> {
    /// Gives an object to the caller, who frees it with its own function.
    pub(crate) fn give(self, object: T) {
        self.put(Box::into_raw(Box::new(object)));
    }
}

/// Takes an object back and drops it; NULL is nothing to drop.
///
/// # Safety
/// The pointer is NULL or came from [`Place::give`] and was not freed before.
pub(crate) unsafe fn free<T>(pointer: *mut T) {
    if !pointer.is_null() {
        // SAFETY: the caller's promise: it was made by `Box::into_raw`, and nobody uses it any more.
        let object = unsafe { Box::from_raw(pointer) };
        // A panic in a destructor must not cross either; there is nobody to tell.
        let _ = guarded(|| {
            drop(object);
            Ok(())
        });
    }
}
