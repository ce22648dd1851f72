//! Limits of what the cloud may ask for.

/// Longest JSON of a command.
pub const MAX_COMMAND_BYTES: usize = 1 << 14;

/// Most places of a path.
pub const MAX_PATH: usize = 128;

/// Most goals of a command.
pub const MAX_GOALS: usize = 64;

/// Most repeats of a command.
pub const MAX_REPEATS: u8 = 10;

/// Most commands that are accepted and not yet done.
pub const MAX_PENDING: usize = 16;
