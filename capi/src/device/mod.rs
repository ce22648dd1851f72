//! The device: one object that boots from its store, draws once an epoch, and answers the cloud.

mod commands;
mod consent;
mod floors;
mod marks;
mod messages;
mod object;
mod redaction;
mod refit;
mod texts;
