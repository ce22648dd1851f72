//! All that a device may answer.

use alloc::string::String;

use nalgebra::Point2;
use serde::{Serialize, Serializer};

use super::command::{Command, CommandId, is_only_client};
use super::error::CommandError;
use crate::atlas::ZoneId;

/// What an [`Outbox`](super::Outbox) or a [`Device`](crate::keeper::Device) makes of bytes from the cloud.
///
/// ```
/// use homeveil::keeper::{Outbox, Received, UnixTime};
/// # use homeveil::home::{Footprint, Home};
/// # use homeveil::{Coins, Grant, Policy, Redaction, anonymize};
/// # let home = Home::from_drawing(0.1, Footprint::disc_m(0.1)?, "aaaabbbb\naAaabbbb\naaaabbbb", &[])?.build()?;
/// # let (policy, none) = (Policy::default(), Redaction::none());
/// # let (release, _) = anonymize(&home, &none, &policy, Grant::unaccounted(), &mut Coins::replayed(1))?;
/// let mut outbox = Outbox::new(&release, &policy);
/// let now = UnixTime::from_secs(1_767_225_600);
/// let Received { answer, command } = outbox.receive(br#"{"id":1,"goal":{"zone":1}}"#, now);
/// assert!(answer.is_accepted() && command.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// The answer, to be sent at once.
    pub answer: Message,
    /// The command, if the robot is to carry it out.
    pub command: Option<Command>,
}

/// What a device tells the cloud besides the release. Only an [`Outbox`](super::Outbox) makes one:
///
/// ```compile_fail,E0639
/// use homeveil::keeper::{CommandId, Message};
/// let message = Message::Done { client: 0, id: CommandId::new(1) };
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
        /// Whose. In JSON it is left out where it is 0.
        #[serde(skip_serializing_if = "is_only_client")]
        client: u32,
        /// Which one.
        id: CommandId,
    },
    /// The command will not be done.
    #[non_exhaustive]
    Rejected {
        /// Whose. In JSON it is left out where it is 0.
        #[serde(skip_serializing_if = "is_only_client")]
        client: u32,
        /// Which one, where it could be read.
        id: Option<CommandId>,
        /// Why.
        reason: CommandError,
    },
    /// The policy's time for a command is over. Whether the robot is ready, this does not say. To stop, pause, resume,
    /// dock and cancel this is the answer.
    #[non_exhaustive]
    Done {
        /// Whose. In JSON it is left out where it is 0.
        #[serde(skip_serializing_if = "is_only_client")]
        client: u32,
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
        /// Whose. In JSON it is left out where it is 0.
        #[serde(skip_serializing_if = "is_only_client")]
        client: u32,
        /// Which one.
        id: CommandId,
        /// How much, 0 to 10.
        tenths: u8,
    },
    /// Opt-in: a command is done, and how long it really took.
    #[non_exhaustive]
    Finished {
        /// Whose. In JSON it is left out where it is 0.
        #[serde(skip_serializing_if = "is_only_client")]
        client: u32,
        /// Which one.
        id: CommandId,
        /// Seconds.
        seconds: u32,
    },
    /// Opt-in: a command failed.
    #[non_exhaustive]
    Failed {
        /// Whose. In JSON it is left out where it is 0.
        #[serde(skip_serializing_if = "is_only_client")]
        client: u32,
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
        matches!(self, Self::Accepted { .. } | Self::Done { .. })
    }
}

fn point<S: Serializer>(at: &Point2<f64>, to: S) -> Result<S::Ok, S::Error> {
    [at.x, at.y].serialize(to)
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
