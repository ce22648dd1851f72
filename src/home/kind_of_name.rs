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
//!    short head with a modifier from a list (`Gästebad`, `BadOG`). Nothing else matches inside a word:
//!    `Badminton` is no bathroom.
//! 4. *Decide.* Of several kinds the most sensitive one counts: nursery, bedroom, bathroom, toilet, then the
//!    rest (`bedroom with bathroom` is a bedroom). A word for a child turns anything but a bathroom or a
//!    toilet into a nursery; a word for parents or guests makes a bedroom where no other word tells anything.
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
use super::kind_names::{CHILDREN, HEADS, MODIFIERS, NAMES, SLEEPERS, TAILS};

/// Longest name that is looked at, in bytes. No app lets people type more; a longer one tells nothing.
pub const MAX_NAME_BYTES: usize = 256;

/// Most words that an entry of the table is looked for in; the longest entries have four.
const MOST_WORDS: usize = 5;

impl RoomKind {
    /// The kind that a room's name tells, in any language of the table; nothing where it tells none.
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
        let mut kind: Option<Self> = None;
        let (mut child, mut sleeper) = (false, false);
        let mut at = 0;
        while at < words.len() {
            let most = words.len().min(at + MOST_WORDS);
            let entry = (at + 1..=most)
                .rev()
                .find_map(|end| Some((meaning(&words[at..end].concat())?, end)))
                .or_else(|| Some((NameMeaning::Kind(compound(&words[at])?), at + 1)));
            let Some((meaning, end)) = entry else {
                at += 1;
                continue;
            };
            match meaning {
                NameMeaning::Kind(found) => {
                    kind = kind.into_iter().chain([found]).max_by_key(|kind| kind.sensitivity());
                }
                NameMeaning::Child => child = true,
                NameMeaning::Sleeper => sleeper = true,
            }
            at = end;
        }
        match kind {
            Some(Self::Bathroom | Self::Toilet) => kind,
            _ if child => Some(Self::Nursery),
            None if sleeper => Some(Self::Bedroom),
            _ => kind,
        }
    }
}

/// What an entry of the table tells.
#[derive(Clone, Copy)]
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

/// The kind of a word that ends in a long head, or is a short head with one modifier before or behind it.
fn compound(word: &str) -> Option<RoomKind> {
    let word = word.strip_suffix('s').filter(|singular| !singular.ends_with('s')).unwrap_or(word);
    let tail = |entries: &[&str]| entries.iter().any(|tail| word.ends_with(tail));
    let head = |entries: &[&str]| {
        entries.iter().any(|head| {
            let rests = [word.strip_suffix(head), word.strip_prefix(head)];
            rests.into_iter().flatten().any(|rest| MODIFIERS.contains(&rest))
        })
    };
    let found =
        TAILS.iter().find(|(_, tails)| tail(tails)).or_else(|| HEADS.iter().find(|(_, heads)| head(heads)));
    found.map(|(kind, _)| *kind)
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
