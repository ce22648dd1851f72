//! Limits of a policy.

/// Most areas of a release.
pub const MAX_POLICY_AREAS: u32 = 64;

/// Most floors of a release.
pub const MAX_FLOORS: u8 = 8;

/// Longest time from a command to "done", in seconds, however much it asks for: a day.
pub const MAX_DONE_AFTER_S: u32 = 86_400;
