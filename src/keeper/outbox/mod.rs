//! The outbox: all that a device tells the cloud besides the release.
//!
//! A map that tells nothing is of no use if the robot's messages tell the rest: how long a room takes is its size,
//! and a command that fails at noon is a door that is shut at noon. So an [`Outbox`] is made of the release, the
//! policy and the cloud's own commands, and never sees the home, the key or the robot. A command is answered
//! "accepted" or, where the release does not have what it names, "rejected"; "done" follows after a time that the
//! policy fixes, the commands one after another. Progress, errors and shut doors go to the owner, by another way.
//!
//! Two homes with the same release that get the same commands at the same times thus answer the same bytes. For
//! that the robot has to send what it is given at once, ask [`Outbox::due`] at [`Outbox::next_due`] however busy it
//! is, and do everything else over a way that the cloud does not see. When the device is off it cannot answer:
//! that much shows.
//!
//! Anything more is an [`OptIn`](crate::OptIn) of the policy, by name; each has a method here that is refused without it. The
//! queue is in memory; [`Outbox::to_bytes`] and [`Outbox::restored`] take it over a restart.

mod message;
mod queue;
mod saved;

pub use message::{Command, CommandId, Failure, MAX_COMMAND_BYTES, MAX_PATH, Message, Reason, Tenths};
pub use queue::{MAX_PENDING, Outbox, OutboxError};
