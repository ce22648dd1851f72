//! The keeper, call by call.

mod consent;
mod epochs;
mod floors;
mod household;
mod power_cuts;
