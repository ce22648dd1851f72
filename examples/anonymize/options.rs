//! The command line.

use std::error::Error;
use std::ffi::OsString;
use std::path::PathBuf;

use homeveil::home::{RoomId, RoomKind};
use homeveil::redact::{Redaction, Unlabelled};
use homeveil::{Odds, Policy};

/// What was asked for.
pub(crate) struct Options {
    pub(crate) map: Option<PathBuf>,
    pub(crate) out: PathBuf,
    pub(crate) policy: Policy,
    pub(crate) redaction: Redaction,
    pub(crate) seed: Option<u64>,
}

impl Options {
    pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Self, Box<dyn Error>> {
        use lexopt::prelude::*;
        let (mut map, mut out, mut seed) = (None, PathBuf::from("out"), None);
        let mut policy = Policy::builder();
        let mut redaction = Redaction::none();
        let mut kinds: Option<Vec<RoomKind>> = None;
        let mut args = lexopt::Parser::from_args(args);
        while let Some(arg) = args.next()? {
            match arg {
                Long("out") => out = args.value()?.into(),
                Long("zones") => policy = policy.zones(args.value()?.parse()?),
                Long("odds") => {
                    let text = args.value()?.string()?;
                    let (p, q) = text.split_once('/').unwrap_or((&text, "1"));
                    let odds = Odds::new(p.parse()?, q.parse()?)?;
                    policy = policy.odds(odds).odds_cap(odds);
                }
                Long("redact") => {
                    for name in args.value()?.string()?.split(',').filter(|name| !name.is_empty()) {
                        let kind = RoomKind::parse(name).ok_or_else(|| {
                            let names: Vec<&str> = RoomKind::ALL.iter().map(|kind| kind.name()).collect();
                            format!("'{name}' is no kind of room; kinds are {}", names.join(", "))
                        })?;
                        kinds.get_or_insert_default().push(kind);
                    }
                }
                Long("redact-room") => redaction = redaction.rooms([RoomId::new(args.value()?.parse()?)]),
                Long("dead-ends") => redaction = redaction.dead_ends(),
                Long("keep-unlabelled") => redaction = redaction.unlabelled(Unlabelled::Keep),
                Long("seed") => seed = Some(args.value()?.parse()?),
                Value(path) if map.is_none() => map = Some(path.into()),
                _ => return Err(arg.unexpected().into()),
            }
        }
        let policy = policy.build()?;
        let redaction = redaction.kinds(kinds.unwrap_or_else(|| policy.redacted_kinds().to_vec()));
        Ok(Self { map, out, policy, redaction, seed })
    }
}
