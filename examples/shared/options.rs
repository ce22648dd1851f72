//! What `anonymize` and `navigate` can be asked for.

use std::path::PathBuf;
use std::str::FromStr;

use homeveil::home::{RoomId, RoomKind};
use homeveil::redact::Redaction;
use homeveil::{Odds, Policy};
use nalgebra::Point2;

use crate::Failure;

/// What to run again with, where rooms have no kind.
pub const CHOICES: &str = "\
Choose, and run again with
  --kind ID=KIND              for each room whose kind you know (kitchen, living, bedroom, bathroom, …)
  --redact-room ID            for each room to redact, whatever it is
  --unlabelled keep|redact    to keep or to redact the other rooms without a kind";

/// What is wrong with a room's number.
const NO_ROOM: &str = "a room is given by its whole number";

/// What was asked for.
#[derive(Debug)]
pub struct Options {
    /// The map's file; none is the sample home.
    pub map: Option<PathBuf>,
    /// The folder to write to.
    pub out: PathBuf,
    /// The policy.
    pub policy: Policy,
    /// What is to be redacted.
    pub redaction: Redaction,
    /// Kinds that the policy redacts and the list of `--redact` does not.
    pub kept_kinds: Vec<RoomKind>,
    /// Kinds that the owner gives to rooms.
    pub kinds: Vec<(RoomId, RoomKind)>,
    /// The seed of replayed coins.
    pub seed: Option<u64>,
    /// Metres a pixel of a map that is a picture alone.
    pub resolution_m: Option<f64>,
    /// Where the robot charges, in metres of the map's frame; without it, where the map says.
    pub dock: Option<Point2<f64>>,
}

impl Options {
    /// Reads the command line. An option that is not of `anonymize` is offered to `more`, which says whether it
    /// knows it.
    ///
    /// # Errors
    /// An option is not known, or its value does not fit.
    pub fn parse(
        mut args: lexopt::Parser,
        mut more: impl FnMut(&str, &mut lexopt::Parser) -> Result<bool, Failure>,
    ) -> Result<Self, Failure> {
        use lexopt::prelude::*;
        let (mut map, mut out, mut seed) = (None, PathBuf::from("out"), None);
        let (mut resolution_m, mut dock) = (None, None);
        let mut policy = Policy::builder();
        let mut redaction = Redaction::none();
        let mut redacted: Option<Vec<RoomKind>> = None;
        let mut kinds = Vec::new();
        while let Some(arg) = args.next()? {
            match arg {
                Long("out") => out = folder(&mut args)?,
                Long("zones") => {
                    policy = policy.zones(number(&mut args, "--zones", "a whole number, such as 4")?);
                }
                Long("odds") => {
                    let odds = odds(&mut args)?;
                    policy = policy.odds(odds).odds_cap(odds);
                }
                Long("redact") => {
                    let list_of_kinds = redacted.get_or_insert_default();
                    match args.value()?.string()?.as_str() {
                        "none" => {}
                        list => {
                            let names = list.split(',').map(str::trim).filter(|name| !name.is_empty());
                            let kinds: Vec<RoomKind> = names.map(kind).collect::<Result<_, _>>()?;
                            if kinds.is_empty() {
                                return Err("--redact: kinds of rooms, or none".into());
                            }
                            list_of_kinds.extend(kinds);
                        }
                    }
                }
                Long("kind") => {
                    let text = args.value()?.string()?;
                    let (room, name) = text.split_once('=').ok_or("a room's kind is given as ID=KIND")?;
                    let room = RoomId::new(room.trim().parse().map_err(|_| NO_ROOM)?);
                    let named = kind(name.trim())?;
                    if kinds.iter().any(|&(other, kind)| other == room && kind != named) {
                        return Err(format!("--kind: room {room} was given two kinds").into());
                    }
                    kinds.push((room, named));
                }
                Long("redact-room") => {
                    for number in args.value()?.string()?.split(',') {
                        let number = number.trim().parse().map_err(|_| NO_ROOM)?;
                        redaction = redaction.rooms([RoomId::new(number)]);
                    }
                }
                Long("dead-ends") => redaction = redaction.dead_ends(),
                Long("unlabelled") => {
                    redaction = match args.value()?.string()?.as_str() {
                        "keep" => redaction.keep_unlabelled(),
                        "redact" => redaction.redact_unlabelled(),
                        other => return Err(format!("'{other}' is neither keep nor redact").into()),
                    }
                }
                Long("resolution") => {
                    resolution_m = Some(number(&mut args, "--resolution", "metres a pixel, such as 0.05")?);
                }
                Long("dock") => dock = Some(place(&mut args)?),
                Long("seed") => seed = Some(number(&mut args, "--seed", "a whole number")?),
                Value(path) if map.is_none() => map = Some(path.into()),
                Long(name) => {
                    let name = name.to_owned();
                    if !more(&name, &mut args)? {
                        return Err(Long(&name).unexpected().into());
                    }
                }
                _ => return Err(arg.unexpected().into()),
            }
        }
        let policy = policy.build()?;
        let kept = |kind: &&RoomKind| redacted.as_ref().is_some_and(|redacted| !redacted.contains(kind));
        let kept_kinds = policy.redacted_kinds().iter().filter(kept).copied().collect();
        let redaction = redaction.kinds(redacted.unwrap_or_else(|| policy.redacted_kinds().to_vec()));
        Ok(Self { map, out, policy, redaction, kept_kinds, kinds, seed, resolution_m, dock })
    }
}

/// The odds λ = P/Q, or P for P/1.
///
/// # Errors
/// The value is no such fraction, or not from 1 on.
pub fn odds(args: &mut lexopt::Parser) -> Result<Odds, Failure> {
    let text = args.value()?.into_string().unwrap_or_default();
    let (p, q) = text.split_once('/').unwrap_or((&text, "1"));
    let [p, q] = [p, q].map(|part| part.trim().parse());
    let (Ok(p), Ok(q)) = (p, q) else {
        return Err(format!("--odds: '{text}' is no P/Q in whole numbers, such as 2/1").into());
    };
    Ok(Odds::new(p, q)?)
}

/// The value of an option that takes a number.
///
/// # Errors
/// The value is no such number; the error names the option and says what it takes.
pub fn number<T: FromStr>(args: &mut lexopt::Parser, option: &str, right: &str) -> Result<T, Failure> {
    let text = args.value()?.into_string().unwrap_or_default();
    Ok(text.trim().parse().map_err(|_| format!("{option}: '{text}' is not {right}"))?)
}

/// The folder to write to.
fn folder(args: &mut lexopt::Parser) -> Result<PathBuf, Failure> {
    let folder: PathBuf = args.value()?.into();
    if folder.as_os_str().is_empty() { Err("--out: a folder has a name".into()) } else { Ok(folder) }
}

/// A number of zones that a policy may have.
///
/// # Errors
/// The value is no such number.
pub fn zones(args: &mut lexopt::Parser) -> Result<u8, Failure> {
    let zones = number(args, "--zones", "a whole number, such as 4")?;
    Policy::builder().zones(zones).build()?;
    Ok(zones)
}

/// The kind of room of this name.
fn kind(name: &str) -> Result<RoomKind, Failure> {
    let unknown = || {
        let names: Vec<&str> = RoomKind::ALL.iter().map(|kind| kind.name()).collect();
        format!("'{name}' is no kind of room; kinds are {}", names.join(", "))
    };
    Ok(RoomKind::parse(name).ok_or_else(unknown)?)
}

/// A place X,Y in metres.
fn place(args: &mut lexopt::Parser) -> Result<Point2<f64>, Failure> {
    use lexopt::ValueExt as _;
    let text = args.value()?.string()?;
    let (x, y) = text.split_once(',').ok_or("a place is given as X,Y in metres of the map's frame")?;
    let metres = |text: &str| text.trim().parse().map_err(|_| "--dock: X,Y are two numbers of metres");
    Ok(Point2::new(metres(x)?, metres(y)?))
}
