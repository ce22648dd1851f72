//! The disclosure in words.
//!
//! The words of each language are in a file of their own, `key = text`, for translators. `{name}` in a text is filled
//! in.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt::Display;

use super::figures::{CapPercents, Disclosure, NOT_COVERED};
use crate::keeper::consent::Purpose;
use crate::odds::Odds;

/// A language of the disclosure.
///
/// ```
/// use homeveil::Policy;
/// use homeveil::keeper::{Disclosure, Language, UnixTime};
/// let disclosure = Disclosure::of(&Policy::sealed(), None, UnixTime::default());
/// assert!(disclosure.text(Language::French).starts_with("CE QUI QUITTE VOTRE ROBOT"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
}

impl Language {
    /// All words of the disclosure.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::English => include_str!("english.txt"),
            Self::French => include_str!("french.txt"),
        }
    }
}

impl Disclosure {
    /// The disclosure as text: headings, paragraphs, and lists with a hyphen; one line each.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let mut text = Text::new(language);
        self.leaves(&mut text);
        self.cannot_tell(&mut text);
        text.heading("besides");
        for opt_in in &self.opt_ins {
            text.line(&format!("opt-in.{opt_in:?}"), &[]);
        }
        if self.opt_ins.is_empty() {
            text.line("nothing-besides", &[]);
        }
        text.heading("not-covered");
        for name in NOT_COVERED {
            text.line(&format!("gap.{name}"), &[]);
        }
        self.consented(&mut text);
        text.finish()
    }

    fn leaves(&self, text: &mut Text) {
        let suffix = if self.floors == 1 { "" } else { "-floors" };
        text.heading("leaves");
        let drawn: &[(_, &dyn Display)] =
            &[("floors", &self.floors), ("zones", &self.zones), ("areas", &self.areas)];
        text.line(&format!("drawn{suffix}"), drawn);
        if self.plans == 1 {
            text.line("one-plan", &[]);
        } else {
            text.line("plans", &[("plans", &self.plans)]);
            text.line(&format!("blind{suffix}"), &[("blind", &text.percent(self.blind_percent))]);
        }
        text.line("stays", &[]);
        let [spot, area, zone, all] =
            [self.spot_s, self.area_s, self.zone_s, self.all_s].map(|seconds| seconds.div_ceil(60));
        text.line("answered", &[("spot", &spot), ("area", &area), ("zone", &zone), ("all", &all)]);
    }

    fn cannot_tell(&self, text: &mut Text) {
        text.heading("cannot-tell");
        if self.life.odds == Odds::SEALED {
            return text.line("nothing", &[]);
        }
        let caps = [("factor", &self.release), ("life", &self.life)];
        for (key, caps) in caps.into_iter().filter(|(_, caps)| caps.odds > Odds::SEALED) {
            text.line(key, &[("factor", &caps.odds)]);
            let caps = CapPercents::of(caps);
            text.line("even", &[("half", &text.percent(50.0)), ("even", &text.percent(caps.even_guess))]);
            text.line("rare", &[("one", &text.percent(1.0)), ("rare", &text.percent(caps.rare_guess))]);
            text.line("ten", &[("ten", &text.percent(caps.ten_of_hundred)), ("luck", &text.percent(10.0))]);
            text.line("explained", &[("explained", &text.percent(caps.r_squared))]);
            let (advantage, auc) = (text.percent(caps.advantage), text.percent(caps.auc));
            text.line("advantage", &[("advantage", &advantage), ("auc", &auc)]);
        }
    }

    fn consented(&self, text: &mut Text) {
        text.heading("consent");
        text.line(&format!("status.{:?}", self.consent_status), &[]);
        if let Some(consent) = &self.consent {
            // What others wrote comes last, so that nothing is filled in there.
            let asked: &[(_, &dyn Display)] = &[
                ("from", &consent.given_at),
                ("until", &consent.expires_at),
                ("controller", &consent.controller),
            ];
            text.line("asked", asked);
            text.line("for", &[("purposes", &text.purposes(&consent.purposes))]);
            if !consent.recipients.is_empty() {
                text.line("recipients", &[("recipients", &consent.recipients.join(", "))]);
            }
            if let Some(at) = consent.withdrawn_at {
                text.line("withdrawn", &[("at", &at)]);
            }
        }
        text.line("withdraw", &[]);
    }
}

/// A text that is being written.
pub(in crate::keeper) struct Text {
    language: Language,
    out: String,
}

impl Text {
    pub(in crate::keeper) const fn new(language: Language) -> Self {
        Self { language, out: String::new() }
    }

    pub(in crate::keeper) fn finish(self) -> String {
        self.out
    }

    /// The words of a key.
    pub(in crate::keeper) fn words(&self, key: &str) -> &'static str {
        let found = |line: &'static str| line.strip_prefix(key)?.strip_prefix(" = ");
        let words = self.language.words().lines().find_map(found);
        words.expect("both languages have all keys, which the tests ask for")
    }

    /// The words of a key with these values filled in, one after another.
    pub(in crate::keeper) fn filled(&self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        let fill = |line: String, (name, value): &(&str, &dyn Display)| {
            line.replace(&format!("{{{name}}}"), &value.to_string())
        };
        values.iter().fold(self.words(key).to_owned(), fill)
    }

    /// A line with these values filled in.
    pub(in crate::keeper) fn line(&mut self, key: &str, values: &[(&str, &dyn Display)]) {
        self.out += &self.filled(key, values);
        self.out.push('\n');
    }

    /// The words for purposes, one after another.
    pub(in crate::keeper) fn purposes(&self, purposes: &[Purpose]) -> String {
        let words: Vec<&str> =
            purposes.iter().map(|purpose| self.words(&format!("purpose.{purpose}"))).collect();
        words.join(if self.language == Language::French { " ; " } else { "; " })
    }

    pub(in crate::keeper) fn heading(&mut self, key: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.line(key, &[]);
    }

    /// A figure with at most one digit after the point.
    fn percent(&self, percent: f64) -> String {
        let figure = format!("{percent:.1}");
        let figure = figure.strip_suffix(".0").unwrap_or(&figure);
        match self.language {
            Language::English => format!("{figure}%"),
            Language::French => format!("{}\u{a0}%", figure.replace('.', ",")),
        }
    }
}
