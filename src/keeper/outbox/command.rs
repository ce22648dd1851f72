//! What the cloud asks of a device.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::error::CommandError;
use super::limits::MAX_COMMAND_BYTES;
use crate::key::Goal;

number! {
    /// A client's number of a command. A client uses each once; other clients have numbers of their own.
    ///
    /// ```
    /// use homeveil::keeper::CommandId;
    /// assert_eq!(CommandId::new(7).to_string(), "7");
    /// ```
    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    CommandId(u64)
}

/// What the cloud asks for, in the terms of the release.
///
/// As JSON an object with the number of the command, and of the client if there are several, and one of `goal`, `goals`
/// and `order`:
///
/// ```
/// use homeveil::keeper::{Command, Order};
/// let command = Command::from_json(br#"{"id":7,"goal":{"zone":2}}"#)?;
/// assert_eq!((command.client, command.id.get()), (0, 7));
/// for json in [
///     r#"{"client":1,"id":1,"goals":[{"zone":2},{"area":3},{"spot":[1.0,2.5]}],"repeats":2}"#,
///     r#"{"client":1,"id":2,"floor":1,"goal":"all"}"#,
///     r#"{"client":1,"id":3,"order":"pause"}"#,      // stop, pause, resume, dock
///     r#"{"client":1,"id":4,"order":{"cancel":2}}"#,
/// ] {
///     let command = Command::from_json(json.as_bytes())?;
///     assert_eq!(serde_json::to_string(&command)?, json);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Command {
    /// The number that the cloud has given to whoever asks, an app or a voice assistant; 0 where there is one alone.
    pub client: u32,
    /// The client's number of the command.
    pub id: CommandId,
    /// What to do.
    pub order: Order,
}

/// What a command is about.
///
/// ```
/// use homeveil::keeper::Order;
/// use homeveil::key::{AreaId, Goal};
/// let order = Order::Go { floor: 0, goals: vec![Goal::Area(AreaId::new(3))], repeats: 1 };
/// assert_ne!(order, Order::Dock);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Order {
    /// Clean or go somewhere.
    Go {
        /// The floor of the release, from 0.
        floor: u8,
        /// What to do there, in this order.
        goals: Vec<Goal>,
        /// How often.
        repeats: u8,
    },
    /// Give up all commands and stay.
    Stop,
    /// Stay until "resume". All times stand still. With nothing under way it changes nothing, and with the last command
    /// under way it ends.
    Pause,
    /// Go on after "pause".
    Resume,
    /// Give up all commands and go to the dock.
    Dock,
    /// Give up one command of the same client.
    Cancel(CommandId),
}

impl Command {
    /// Reads a command. Whether the release has what it names is not yet checked: see
    /// [`Outbox::handle_command`](super::Outbox::handle_command).
    ///
    /// # Errors
    /// The text is longer than [`MAX_COMMAND_BYTES`](super::MAX_COMMAND_BYTES) or not the JSON of a command.
    pub fn from_json(json: &[u8]) -> Result<Self, CommandError> {
        if json.len() > MAX_COMMAND_BYTES {
            return Err(CommandError::Malformed);
        }
        serde_json::from_slice(json).map_err(|_| CommandError::Malformed)
    }
}

/// A command as JSON has it.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    #[serde(default, skip_serializing_if = "is_only_client")]
    client: u32,
    id: Option<CommandId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    floor: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    goal: Option<Goal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    goals: Option<Vec<Goal>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeats: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<Control>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Control {
    Stop,
    Pause,
    Resume,
    Dock,
    Cancel(CommandId),
}

/// Clients have numbers where there are several.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
pub(super) const fn is_only_client(client: &u32) -> bool {
    *client == 0
}

impl TryFrom<Wire> for Command {
    type Error = CommandError;

    fn try_from(wire: Wire) -> Result<Self, CommandError> {
        let go = |goals| Order::Go {
            floor: wire.floor.unwrap_or_default(),
            goals,
            repeats: wire.repeats.unwrap_or(1),
        };
        let order = match (wire.goal, wire.goals, wire.order) {
            (Some(goal), None, None) => go(vec![goal]),
            (None, Some(goals), None) => go(goals),
            (None, None, Some(order)) if wire.floor.is_none() && wire.repeats.is_none() => match order {
                Control::Stop => Order::Stop,
                Control::Pause => Order::Pause,
                Control::Resume => Order::Resume,
                Control::Dock => Order::Dock,
                Control::Cancel(id) => Order::Cancel(id),
            },
            _ => return Err(CommandError::Malformed),
        };
        Ok(Self { client: wire.client, id: wire.id.ok_or(CommandError::Malformed)?, order })
    }
}

impl From<Command> for Wire {
    fn from(Command { client, id, order }: Command) -> Self {
        let wire = Self { client, id: Some(id), ..Self::default() };
        match order {
            Order::Go { floor, mut goals, repeats } => {
                let goal = if goals.len() == 1 { goals.pop() } else { None };
                let (floor, repeats) = (Some(floor).filter(|&n| n > 0), Some(repeats).filter(|&n| n != 1));
                let goals = if goal.is_none() { Some(goals) } else { None };
                Self { floor, goal, goals, repeats, ..wire }
            }
            Order::Stop => Self { order: Some(Control::Stop), ..wire },
            Order::Pause => Self { order: Some(Control::Pause), ..wire },
            Order::Resume => Self { order: Some(Control::Resume), ..wire },
            Order::Dock => Self { order: Some(Control::Dock), ..wire },
            Order::Cancel(id) => Self { order: Some(Control::Cancel(id)), ..wire },
        }
    }
}
