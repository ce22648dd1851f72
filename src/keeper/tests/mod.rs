//! The keeper, call by call.

mod consent;
mod devices;
mod epochs;
mod floors;
mod household;
mod marks;
mod power_cuts;
mod robots;
mod two_keepers;
