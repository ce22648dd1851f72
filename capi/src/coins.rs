//! Randomness: the operating system's, or a callback of the vendor's.

use core::ffi::c_void;

use homeveil::Coins;
use homeveil::noise::CoinError;

use crate::status::homeveil_status;

/// Fills a buffer with random bytes that nobody can predict. Returns 0, or another number where it failed. It runs
/// inside a call of the library's and must not call the library on the same device, throw, or `longjmp`. Whoever moves
/// the device to another thread moves the context with it.
pub type homeveil_fill =
    Option<unsafe extern "C" fn(context: *mut c_void, buffer: *mut u8, len: usize) -> i32>;

/// A context of the vendor's that goes where the device goes.
struct Context(*mut c_void);

// SAFETY: the header says that whoever moves a device to another thread moves the contexts of its callbacks with it.
unsafe impl Send for Context {}

impl Context {
    /// As a method, so that a closure takes the whole and not the pointer in it.
    const fn pointer(&self) -> *mut c_void {
        self.0
    }
}

/// Coins of a callback, or the operating system's where there is none.
pub(crate) fn coins(fill: homeveil_fill, context: *mut c_void) -> Result<Coins, homeveil_status> {
    let Some(fill) = fill else { return of_the_system() };
    let context = Context(context);
    Ok(Coins::from_entropy(move |buffer| {
        // SAFETY: the vendor's own callback, with a buffer of the length stated.
        match unsafe { fill(context.pointer(), buffer.as_mut_ptr(), buffer.len()) } {
            0 => Ok(()),
            _ => Err(CoinError::Entropy),
        }
    }))
}

#[cfg(feature = "os-rng")]
#[expect(clippy::unnecessary_wraps, reason = "without the operating system's coins there are none")]
fn of_the_system() -> Result<Coins, homeveil_status> {
    Ok(Coins::os())
}

#[cfg(not(feature = "os-rng"))]
fn of_the_system() -> Result<Coins, homeveil_status> {
    Err(homeveil_status::NotBuilt)
}
