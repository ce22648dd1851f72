//! Kinds of rooms.

use core::fmt;

use serde::{Deserialize, Serialize};

/// What a room is used for, as far as redaction needs to know. Stored keys remember kinds by their numbers, which
/// therefore stay; a new kind takes the next one.
///
/// ```
/// use homeveil::home::RoomKind;
/// assert_eq!(RoomKind::from_name("Kinderzimmer"), Some(RoomKind::Nursery));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RoomKind {
    /// Where people sit together.
    Living = 0,
    /// Where food is made.
    Kitchen = 1,
    /// Where people eat.
    Dining = 2,
    /// A corridor, entrance or landing.
    Hallway = 3,
    /// Where people work.
    Office = 4,
    /// Where people sleep.
    Bedroom = 5,
    /// A child's room.
    Nursery = 6,
    /// A room with a bath or a shower.
    Bathroom = 7,
    /// A room with a toilet alone.
    Toilet = 8,
    /// A pantry, closet or storeroom.
    Storage = 9,
    /// Where clothes are washed.
    Laundry = 10,
    /// Where a car stands.
    Garage = 11,
    /// A balcony, terrace or winter garden.
    Balcony = 12,
    /// Any other room that was named as such.
    Other = 13,
}

impl RoomKind {
    /// All kinds, in order.
    pub const ALL: [Self; 14] = [
        Self::Living,
        Self::Kitchen,
        Self::Dining,
        Self::Hallway,
        Self::Office,
        Self::Bedroom,
        Self::Nursery,
        Self::Bathroom,
        Self::Toilet,
        Self::Storage,
        Self::Laundry,
        Self::Garage,
        Self::Balcony,
        Self::Other,
    ];

    /// The kind's English name, in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Living => "living",
            Self::Kitchen => "kitchen",
            Self::Dining => "dining",
            Self::Hallway => "hallway",
            Self::Office => "office",
            Self::Bedroom => "bedroom",
            Self::Nursery => "nursery",
            Self::Bathroom => "bathroom",
            Self::Toilet => "toilet",
            Self::Storage => "storage",
            Self::Laundry => "laundry",
            Self::Garage => "garage",
            Self::Balcony => "balcony",
            Self::Other => "other",
        }
    }

    /// The kind with exactly this [name](Self::name), as a command line takes it.
    ///
    /// ```
    /// use homeveil::home::RoomKind;
    /// assert_eq!(RoomKind::parse("nursery"), Some(RoomKind::Nursery));
    /// assert_eq!(RoomKind::parse("Kinderzimmer"), None);
    /// ```
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// How much a kind counts where a name tells several: the private ones most, then those that name a place
    /// best.
    pub(super) const fn sensitivity(self) -> u8 {
        match self {
            Self::Nursery => 13,
            Self::Bedroom => 12,
            Self::Bathroom => 11,
            Self::Toilet => 10,
            Self::Office => 9,
            Self::Living => 8,
            Self::Dining => 7,
            Self::Kitchen => 6,
            Self::Laundry => 5,
            Self::Storage => 4,
            Self::Garage => 3,
            Self::Balcony => 2,
            Self::Hallway => 1,
            Self::Other => 0,
        }
    }
}

impl fmt::Display for RoomKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::RoomKind;

    /// Stored keys remember kinds by these numbers.
    #[test]
    fn kinds_have_the_numbers_that_they_ever_had() {
        let numbers = RoomKind::ALL.map(|kind| (kind.name(), kind as u32));
        assert_eq!(
            numbers,
            [
                ("living", 0),
                ("kitchen", 1),
                ("dining", 2),
                ("hallway", 3),
                ("office", 4),
                ("bedroom", 5),
                ("nursery", 6),
                ("bathroom", 7),
                ("toilet", 8),
                ("storage", 9),
                ("laundry", 10),
                ("garage", 11),
                ("balcony", 12),
                ("other", 13),
            ]
        );
    }
}
