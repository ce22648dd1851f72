//! What the cloud asks of a device, and all that a device may answer.

use nalgebra::Point2;
use serde::{Deserialize, Serialize, Serializer};
use thiserror::Error;

use crate::atlas::ZoneId;
use crate::key::Goal;

/// Longest JSON of a command.
pub const MAX_COMMAND_BYTES: usize = 1 << 14;

/// Most places of a path.
pub const MAX_PATH: usize = 128;

number! {
    /// The cloud's number of a command. Numbers ascend.
    ///
    /// ```
    /// use homeveil::keeper::CommandId;
    /// assert!(CommandId::new(7) < CommandId::new(8));
    /// ```
    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    CommandId(u64)
}

/// What the cloud asks for, in the terms of the release.
///
/// ```
/// use homeveil::keeper::Command;
/// use homeveil::key::Goal;
/// let command = Command::from_json(br#"{"id":7,"floor":0,"goal":{"zone":2}}"#)?;
/// assert_eq!(command.id.get(), 7);
/// # Ok::<(), homeveil::keeper::CommandError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// Its number, above those of all commands before.
    pub id: CommandId,
    /// The floor of the release, from 0.
    pub floor: u8,
    /// What to do there.
    pub goal: Goal,
}

impl Command {
    /// Reads a command. Whether the release has what it names is not yet checked: see
    /// [`Outbox::handle_command`](super::Outbox::handle_command).
    ///
    /// # Errors
    /// The text is longer than [`MAX_COMMAND_BYTES`] or not the JSON of a command.
    pub fn from_json(json: &[u8]) -> Result<Self, CommandError> {
        if json.len() > MAX_COMMAND_BYTES {
            return Err(CommandError::Malformed);
        }
        serde_json::from_slice(json).map_err(|_| CommandError::Malformed)
    }
}

/// What a device tells the cloud besides the release. Only an [`Outbox`](super::Outbox) makes one:
///
/// ```compile_fail,E0639
/// use homeveil::keeper::{CommandId, Message};
/// let message = Message::Done { id: CommandId::new(1) };
/// ```
///
/// Neither a message nor a release can be made from what is private:
///
/// ```compile_fail,E0277
/// fn leak(home: homeveil::home::Home) -> homeveil::keeper::Message { home.into() }
/// ```
/// ```compile_fail,E0277
/// fn leak(key: homeveil::HouseKey) -> homeveil::keeper::Message { key.into() }
/// ```
/// ```compile_fail,E0277
/// fn leak(redacted: homeveil::redact::Redacted) -> homeveil::keeper::Message { redacted.into() }
/// ```
/// ```compile_fail,E0277
/// fn leak(home: homeveil::home::Home) -> homeveil::Release { home.into() }
/// ```
/// ```compile_fail,E0277
/// fn leak(key: homeveil::HouseKey) -> homeveil::Release { key.into() }
/// ```
/// ```compile_fail,E0277
/// fn leak(redacted: homeveil::redact::Redacted) -> homeveil::Release { redacted.into() }
/// ```
///
/// nor can what is private be written as JSON:
///
/// ```compile_fail,E0277
/// fn leak(home: &homeveil::home::Home) -> String { serde_json::to_string(home).unwrap() }
/// ```
/// ```compile_fail,E0277
/// fn leak(key: &homeveil::HouseKey) -> String { serde_json::to_string(key).unwrap() }
/// ```
///
/// and a message cannot be read back in:
///
/// ```compile_fail,E0277
/// let message: homeveil::keeper::Message = serde_json::from_str("{}").unwrap();
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Message {
    /// The command will be done.
    #[non_exhaustive]
    Accepted {
        /// Which one.
        id: CommandId,
    },
    /// The command will not be done.
    #[non_exhaustive]
    Rejected {
        /// Which one, where it could be read.
        id: Option<CommandId>,
        /// Why.
        reason: CommandError,
    },
    /// The policy's time for a command is over. Whether the robot is ready, this does not say.
    #[non_exhaustive]
    Done {
        /// Which one.
        id: CommandId,
    },
    /// Opt-in: the zone that the robot is in.
    #[non_exhaustive]
    Zone {
        /// The floor.
        floor: u8,
        /// The zone of the release.
        zone: ZoneId,
    },
    /// Opt-in: how much of a command is done.
    #[non_exhaustive]
    Progress {
        /// Which one.
        id: CommandId,
        /// How much, 0 to 10.
        tenths: u8,
    },
    /// Opt-in: a command is done, and how long it really took.
    #[non_exhaustive]
    Finished {
        /// Which one.
        id: CommandId,
        /// Seconds.
        seconds: u32,
    },
    /// Opt-in: a command failed.
    #[non_exhaustive]
    Failed {
        /// Which one.
        id: CommandId,
        /// Why.
        failure: Failure,
    },
    /// Opt-in: where the robot is.
    #[non_exhaustive]
    Pose {
        /// The floor.
        floor: u8,
        /// Metres of the release.
        #[serde(serialize_with = "point")]
        at: Point2<f64>,
    },
}

impl Message {
    /// The message as JSON, for example `{"accepted":{"id":7}}`.
    ///
    /// # Panics
    /// Never: every field is a number or a name.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("numbers and names always serialize")
    }

    /// Whether the robot is to do the command that this answers.
    #[must_use]
    pub const fn is_accepted(&self) -> bool {
        matches!(self, Self::Accepted { .. })
    }
}

fn point<S: Serializer>(at: &Point2<f64>, to: S) -> Result<S::Ok, S::Error> {
    [at.x, at.y].serialize(to)
}

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
    /// Its number is not above that of the last one accepted.
    #[error("the number of a command must be above that of the last one")]
    Repeated,
    /// As many commands as a device takes are not done yet.
    #[error("too many commands are not done yet")]
    Busy,
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

/// Why a command failed, for the opt-in [`Failure`](crate::OptIn::Failure).
///
/// ```
/// use homeveil::keeper::Failure;
/// assert_eq!(serde_json::to_string(&Failure::Unreachable)?, r#""unreachable""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Failure {
    /// The robot could not get there; for example, a door was shut.
    Unreachable,
    /// The robot was stuck, lifted or out of power.
    Stopped,
    /// Nothing is bound to the area.
    Unbound,
}
