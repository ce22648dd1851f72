//! Why a command is refused.

use serde::Serialize;
use thiserror::Error;

use super::limits::{MAX_COMMAND_BYTES, MAX_GOALS, MAX_PATH, MAX_REPEATS};

/// Why a command is refused. The cloud could have known it; it says nothing about the home.
///
/// ```
/// use homeveil::keeper::{Command, CommandError};
/// assert_eq!(Command::from_json(b"{}"), Err(CommandError::Malformed));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CommandError {
    /// It is not the JSON of a command, or too long.
    #[error("a command must be JSON of at most {MAX_COMMAND_BYTES} bytes")]
    Malformed,
    /// A command of the client had this number not long ago.
    #[error("the client has used the number of this command before")]
    Repeated,
    /// As many commands as a device takes are not done yet.
    #[error("too many commands are not done yet")]
    Busy,
    /// No command of the number that is to be canceled is under way.
    #[error("no command of this client and number is under way")]
    UnknownCommand,
    /// No goal or too many, or no repeat or too many.
    #[error("a command must have 1 to {MAX_GOALS} goals, 1 to {MAX_REPEATS} times")]
    Goals,
    /// The release has no such floor.
    #[error("the release has no such floor")]
    UnknownFloor,
    /// The release has no such zone.
    #[error("the release has no such zone")]
    UnknownZone,
    /// The release has no such area.
    #[error("the release has no such area")]
    UnknownArea,
    /// A place lies outside the release.
    #[error("a place must lie in the release")]
    Outside,
    /// A path without places, or with too many.
    #[error("a path must have 1 to {MAX_PATH} places")]
    Path,
}
