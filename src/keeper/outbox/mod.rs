//! The outbox: all that a device tells the cloud besides the release.
//!
//! A map that reveals nothing is of no use if the robot's messages reveal the rest: how long a room takes is its size,
//! and a command that fails at noon is a door that is shut at noon. So an [`Outbox`] is made from the release, the
//! policy and the cloud's own commands, and never sees the home, the key or the robot. It answers a command with
//! "accepted", or with "rejected" where the release does not have what the command names. "Done" follows after a time
//! that the policy fixes for each thing that the command asks for, counted from when it was accepted, whatever else is
//! under way. Stop, pause, resume, dock and cancel are done at once. Progress, errors and shut doors go to the owner,
//! over another channel.
//!
//! So two homes with the same release that get the same commands at the same times answer with the same bytes. For
//! that the robot must send its answers at once, ask [`Outbox::due`] at [`Outbox::next_due`] however busy it is, and do
//! everything else over a channel that the cloud does not see. A device that is off cannot answer: that much shows.
//!
//! Anything more is an [`OptIn`](crate::OptIn) of the policy, by name. Each has a method here that is refused without
//! it. The queue is in memory; [`Outbox::to_bytes`] and [`Outbox::restored`] carry it over a restart.

mod command;
mod error;
mod limits;
mod message;
mod outbox;
mod queue;
mod saved;
#[cfg(test)]
mod tests;

pub use command::{Command, CommandId, Order};
pub use error::CommandError;
pub use limits::{MAX_COMMAND_BYTES, MAX_GOALS, MAX_PATH, MAX_PENDING, MAX_REPEATS};
pub use message::{Failure, Message, Received};
pub use outbox::Outbox;
