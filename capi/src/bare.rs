//! What Rust's standard library brings where it is linked: memory, and an end where a defect is found.

use core::panic::PanicInfo;

use crate::memory::CMemory;

#[global_allocator]
static MEMORY: CMemory = CMemory;

// SAFETY: a function of the C library, as C99 declares it.
unsafe extern "C" {
    safe fn abort() -> !;
}

/// A defect of the library, or memory that ran out. Nobody could be told: the program ends, and the robot restarts from
/// its store.
#[panic_handler]
fn end(_: &PanicInfo<'_>) -> ! {
    abort()
}

/// `core` and `alloc` as they come are compiled for unwinding and name this function. Nothing unwinds, so nobody calls
/// it.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {
    abort()
}
