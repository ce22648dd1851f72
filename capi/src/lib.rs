//! homeveil as a C library.
//!
//! `homeveil.h` is generated of these sources and documents each function. The conventions are the same everywhere:
//!
//! * Objects are opaque and belong to whoever made them: each `homeveil_X_new`, `_open` or `_from_…` has one
//!   `homeveil_X_free`, which takes NULL. Text and bytes that the library makes are a `homeveil_bytes`.
//! * A function that can fail returns a `homeveil_status`. Its results are written to the last arguments, and only
//!   where the status is `HOMEVEIL_STATUS_OK`; the size of a grid also with `HOMEVEIL_STATUS_BUFFER_TOO_SMALL`. A
//!   pointer that must not be NULL is checked.
//! * Numbers of statuses and enums never change. Structs that may grow begin with their own size, so that a program
//!   compiled with an earlier header works with a later library (`versioned`): store, options of a device, consent,
//!   label map, refit and mark. Point, pose, room, run, grid and keep-out have no size and never change.
//! * No global state, no threads, no signal handlers. An object may move between threads; two threads must not be in
//!   one object at once.
//! * A panic, which would be a defect, does not cross the border: it becomes `HOMEVEIL_STATUS_PANIC`. Without the
//!   feature `std`, or built with `panic = "abort"`, it ends the program.
//!
//! This is the only package of the workspace with unsafe code.
#![cfg_attr(not(any(feature = "std", test)), no_std)]
#![expect(non_camel_case_types, reason = "the types have the names that C programs see")]

#[macro_use]
extern crate alloc;

#[cfg(not(any(feature = "std", test)))]
mod bare;
#[macro_use]
mod versioned;

mod border;
mod bytes;
mod coins;
mod device;
mod errors;
mod home;
#[cfg(any(not(feature = "std"), test))]
mod memory;
mod policy;
mod status;
mod store;
