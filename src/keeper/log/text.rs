//! The log in words and as JSON.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Display;

use serde::Serialize;

use super::entry::{Disclosed, LogEntry};
use super::log::{DisclosureLog, NotedConsent};
use crate::keeper::disclosure::{Language, Text};
use crate::keeper::time::UnixTime;

impl DisclosureLog {
    /// The log as text: headings, and lists with a hyphen, one line each. Times are in UTC.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let mut text = Text::new(language);
        text.heading("log");
        if self.kinds.iter().all(|kind| kind.total == 0) {
            text.line("log.nothing", &[]);
            return text.finish();
        }
        for (what, kind) in Disclosed::ALL.iter().zip(&self.kinds).filter(|(_, kind)| kind.total > 0) {
            let name = text.words(&format!("log.{what:?}"));
            let all: &[(_, &dyn Display)] =
                &[("count", &kind.total), ("first", &kind.first), ("last", &kind.last), ("what", &name)];
            text.line("log.all", all);
        }
        text.heading("log.runs");
        for entry in self.entries() {
            entry.line(&mut text);
        }
        if !self.consents.is_empty() {
            text.heading("log.consents");
        }
        for NotedConsent { number, record_id, controller, recipients, purposes } in &self.consents {
            let purposes = text.purposes(purposes);
            let mut names = vec![controller.as_str()];
            names.extend(recipients.iter().map(String::as_str));
            // What others wrote stands last, so that nothing is filled in there.
            let values: &[(_, &dyn Display)] =
                &[("number", number), ("purposes", &purposes), ("names", &names.join(", "))];
            text.line("log.consent", values);
            text.line("log.record", &[("id", record_id)]);
        }
        text.finish()
    }

    /// The log as JSON, for the owner: `totals` by kind, `entries`, and the `consents` that entries name by number.
    /// Times are in seconds since 1970.
    ///
    /// # Panics
    /// Never: every field is a number, a name or a text.
    #[must_use]
    pub fn to_json(&self) -> String {
        let totals = Disclosed::ALL.iter().zip(&self.kinds).filter(|(_, kind)| kind.total > 0);
        let json = Json {
            totals: totals
                .map(|(&what, kind)| Total { what, count: kind.total, first: kind.first, last: kind.last })
                .collect(),
            entries: self.entries(),
            consents: self.consents.iter().collect(),
        };
        serde_json::to_string(&json).expect("numbers, names and texts always serialize")
    }
}

#[derive(Serialize)]
struct Json<'a> {
    totals: Vec<Total>,
    entries: Vec<&'a LogEntry>,
    consents: Vec<&'a NotedConsent>,
}

#[derive(Serialize)]
struct Total {
    what: Disclosed,
    count: u64,
    first: UnixTime,
    last: UnixTime,
}

impl LogEntry {
    fn line(&self, text: &mut Text) {
        let name = text.words(&format!("log.{:?}", self.what));
        let key = match self.count {
            1 => "log.once",
            _ if self.first == self.last => "log.several",
            _ => "log.run",
        };
        let mut values: Vec<(&str, &dyn Display)> =
            vec![("first", &self.first), ("last", &self.last), ("count", &self.count), ("what", &name)];
        let mut more = String::new();
        if let (Some(epoch), Some(spent)) = (self.epoch, self.spent) {
            more += &text.filled("log.spent", &[("epoch", &epoch), ("spent", &spent)]);
        }
        if let Some(consent) = self.consent {
            more += &text.filled("log.under", &[("number", &consent)]);
        }
        values.push(("more", &more));
        text.line(key, &values);
    }
}
