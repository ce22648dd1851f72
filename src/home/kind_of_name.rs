//! The kind of a room that its name tells.
//!
//! Redaction works by kind ("no bedroom leaves the robot"), but robots store names that people typed.
//! [`RoomKind::from_name`] reads the kind from the name by one rule, the same for all languages of its table
//! (English, French, German, Spanish, Italian, Dutch, Polish):
//!
//! 1. *Fold.* Case and accents go, in composed and in combining spelling; whatever is no Latin letter (blank,
//!    digit, hyphen, apostrophe) ends a word. So `Küche`, `KUECHE 2` and `kuche_eg` meet the same entries.
//! 2. *Look up*, from the left, the longest stretch of whole words that is an entry of the table. Blanks and
//!    a last `s` don't matter: `living room`, `Living-Room` and `livingrooms` are one. What a longer entry
//!    took, a shorter one cannot have: `cuarto de baño` is a bathroom although `cuarto` alone is a bedroom.
//! 3. *Compounds.* A word that is no entry may end in one of a few long heads (`Elternschlafzimmer`), or be a
//!    short head with a modifier from a list (`Gästebad`, `BadOG`). What stands before the head counts as well
//!    where it tells a private kind (`Badküche`), and alone does so before a word for any room (`Kinderkammer`).
//!    Nothing else matches inside a word: `Badminton` is no bathroom.
//! 4. *Decide.* Of several kinds the most sensitive one counts: nursery, bedroom, bathroom, toilet, then the
//!    rest (`bedroom with bathroom` is a bedroom). A word for a child turns anything but a bathroom or a
//!    toilet into a nursery. A word for parents or guests makes a bedroom of anything but these and a hallway:
//!    `guest room / office` and `master with dressing` are bedrooms, `guest toilet` is a toilet.
//! 5. *Doubt.* A few words that people use for rooms of any kind, such as `sala`, `studio` or `attic`, tell
//!    theirs only where all other words are known: `sala de bany` may be a room in a language of no table.
//!
//! A name that tells nothing (`room1`, `Zimmer`, `pièce 3`, a person's name) gives no kind. That is
//! deliberate: a guess would let a private room through, with no kind the later stages ask the owner. The
//! table errs towards the private kinds for the same reason: `habitación`, which means any room or a bedroom,
//! is a bedroom.
//!
//! The name itself is looked at once and never kept.

use alloc::string::String;
use alloc::vec::Vec;

use super::RoomKind;
use super::kind_names::{
    ANY_ROOM, CHILDREN, FRONTS, HEADS, MODIFIERS, NAMES, NEUTRAL, SLEEPERS, TAILS, WIDE,
};

/// Longest name that is looked at, in bytes. No app lets people type more; a longer one tells nothing.
pub const MAX_NAME_BYTES: usize = 256;

/// Most words that an entry of the table is looked for in; the longest entries have four.
const MOST_WORDS: usize = 5;

impl RoomKind {
    /// The kind that a room's name tells, in any language of the table; `None` where it tells none.
    ///
    /// # Complexity
    /// O(words · table); names over [`MAX_NAME_BYTES`] bytes are not looked at.
    ///
    /// ```
    /// use homeveil::home::RoomKind;
    /// assert_eq!(RoomKind::from_name("Salle de bain"), Some(RoomKind::Bathroom));
    /// assert_eq!(RoomKind::from_name("Elternschlafzimmer 2"), Some(RoomKind::Bedroom));
    /// assert_eq!(RoomKind::from_name("room1"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        if name.len() > MAX_NAME_BYTES {
            return None;
        }
        let words = folded_words(name);
        let mut told = Told::default();
        let mut at = 0;
        while at < words.len() {
            let most = words.len().min(at + MOST_WORDS);
            let entry = (at + 1..=most).rev().find_map(|end| Some((meaning(&words[at..end].concat())?, end)));
            if let Some((meaning, end)) = entry {
                match meaning {
                    NameMeaning::Kind(kind) if end == at + 1 && is_wide(&words[at]) => {
                        told.wide = more_sensitive(told.wide, kind);
                    }
                    _ => told.add(meaning),
                }
                at = end;
                continue;
            }
            let meanings = compound(&words[at]);
            told.unknown |= meanings == [None; 2] && !is_neutral(&words[at]);
            meanings.into_iter().flatten().for_each(|meaning| told.add(meaning));
            at += 1;
        }
        told.kind()
    }
}

/// What the words of a name tell together.
#[derive(Default)]
struct Told {
    /// The most sensitive kind.
    kind: Option<RoomKind>,
    child: bool,
    sleeper: bool,
    /// A word that tells a kind only where all others are known.
    wide: Option<RoomKind>,
    /// There is a word that tells nothing.
    unknown: bool,
}

impl Told {
    fn add(&mut self, meaning: NameMeaning) {
        match meaning {
            NameMeaning::Kind(found) => self.kind = more_sensitive(self.kind, found),
            NameMeaning::Child => self.child = true,
            NameMeaning::Sleeper => self.sleeper = true,
        }
    }

    fn kind(mut self) -> Option<RoomKind> {
        if let Some(wide) = self.wide.filter(|_| !self.unknown) {
            self.kind = more_sensitive(self.kind, wide);
        }
        match self.kind {
            Some(RoomKind::Bathroom | RoomKind::Toilet) => self.kind,
            _ if self.child => Some(RoomKind::Nursery),
            Some(RoomKind::Nursery | RoomKind::Hallway) => self.kind,
            _ if self.sleeper => Some(RoomKind::Bedroom),
            _ => self.kind,
        }
    }
}

fn more_sensitive(one: Option<RoomKind>, other: RoomKind) -> Option<RoomKind> {
    one.into_iter().chain([other]).max_by_key(|kind| kind.sensitivity())
}

/// What an entry of the table tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NameMeaning {
    Kind(RoomKind),
    Child,
    Sleeper,
}

/// The entry that a stretch of words, written without blanks, is.
fn meaning(stretch: &str) -> Option<NameMeaning> {
    let is = |entry: &&str| {
        let joined = || entry.bytes().filter(|&letter| letter != b' ');
        let singular = stretch.strip_suffix('s').unwrap_or(stretch);
        joined().eq(stretch.bytes()) || joined().eq(singular.bytes())
    };
    let kind = NAMES.iter().find(|(_, entries)| entries.iter().any(&is));
    if let Some((kind, _)) = kind {
        Some(NameMeaning::Kind(*kind))
    } else if CHILDREN.iter().any(&is) {
        Some(NameMeaning::Child)
    } else if SLEEPERS.iter().any(is) {
        Some(NameMeaning::Sleeper)
    } else {
        None
    }
}

/// What a word tells that ends in a long head, or is a short head with one modifier before or behind it: the kind of
/// the head, and a private one that the rest tells. Before a word for any room the rest alone tells one.
fn compound(word: &str) -> [Option<NameMeaning>; 2] {
    let word = word.strip_suffix('s').filter(|singular| !singular.ends_with('s')).unwrap_or(word);
    let first = |entries: &[&str]| entries.iter().find_map(|tail| word.strip_suffix(tail));
    if let Some((kind, rest)) = TAILS.iter().find_map(|(kind, tails)| Some((kind, first(tails)?))) {
        return [Some(NameMeaning::Kind(*kind)), private(rest)];
    }
    let modifier = |entries: &[&str]| {
        let rests = entries.iter().flat_map(|head| [word.strip_suffix(head), word.strip_prefix(head)]);
        rests.flatten().find(|rest| MODIFIERS.contains(rest))
    };
    if let Some((kind, rest)) = HEADS.iter().find_map(|(kind, heads)| Some((kind, modifier(heads)?))) {
        return [Some(NameMeaning::Kind(*kind)), private(rest)];
    }
    [first(ANY_ROOM).and_then(private), None]
}

/// The private room that the front of a compound tells.
fn private(front: &str) -> Option<NameMeaning> {
    let is_private = |meaning: &NameMeaning| match meaning {
        NameMeaning::Kind(kind) => kind.sensitivity() >= RoomKind::Toilet.sensitivity(),
        NameMeaning::Child | NameMeaning::Sleeper => true,
    };
    let stem = |(kind, stems): &(RoomKind, &[&str])| {
        let is_there = stems.iter().any(|stem| front.starts_with(stem) || front.ends_with(stem));
        is_there.then_some(NameMeaning::Kind(*kind))
    };
    meaning(front).filter(is_private).or_else(|| FRONTS.iter().find_map(stem))
}

/// An entry that tells its kind only where all other words are known.
fn is_wide(word: &str) -> bool {
    WIDE.contains(&word) || word.strip_suffix('s').is_some_and(|singular| WIDE.contains(&singular))
}

/// A word that makes no other kind of a room.
fn is_neutral(word: &str) -> bool {
    word.len() == 1 || NEUTRAL.contains(&word) || MODIFIERS.contains(&word)
}

/// The words of a name in the letters a to z.
fn folded_words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars().flat_map(char::to_lowercase) {
        let Some(word) = words.last_mut() else { break };
        match letter {
            'a'..='z' => word.push(letter),
            // Combining marks, as in names typed on Apple devices: the letter they mark is already there.
            '\u{300}'..='\u{36f}' => {}
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' => word.push('a'),
            'æ' => word.push_str("ae"),
            'ç' | 'ć' | 'č' => word.push('c'),
            'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' => word.push('e'),
            'ì' | 'í' | 'î' | 'ï' => word.push('i'),
            'ł' => word.push('l'),
            'ñ' | 'ń' => word.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => word.push('o'),
            'œ' => word.push_str("oe"),
            'ß' => word.push_str("ss"),
            'ś' | 'š' => word.push('s'),
            'ù' | 'ú' | 'û' | 'ü' => word.push('u'),
            'ý' | 'ÿ' => word.push('y'),
            'ź' | 'ż' | 'ž' => word.push('z'),
            _ if word.is_empty() => {}
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests;
