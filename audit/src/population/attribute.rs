//! What an attacker wants to know.

use homeveil::home::RoomKind;

use super::subject::Subject;

/// Something that is true of a home. Who the home is, is the linkers' question ([`Linker`](crate::attack::Linker)).
///
/// ```
/// use homeveil_audit::population::{Attribute, Half, Made, Population};
/// let flat = Made.subject(Half::Evaluation, 0)?;
/// assert!(Attribute::FreeArea.of(&flat) < 100.0);
/// assert!(Attribute::ALL.iter().all(|attribute| attribute.of(&flat).is_finite()));
/// # Ok::<(), homeveil_audit::AuditError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// Square metres of free floor.
    FreeArea,
    /// Number of rooms.
    Rooms,
    /// Number of bedrooms and nurseries.
    Bedrooms,
    /// Share of the largest room in the floor of all rooms.
    LargestShare,
    /// How well-off the people look: one point for every 10 m² of floor, for every room, and two for every bathroom.
    /// The weights are ours; a score that follows size stands for any other.
    Wealth,
    /// The longer side of the home's bounds over the shorter one.
    Aspect,
    /// Whether there is a nursery: 1 or 0.
    Nursery,
    /// Whether there is an office: 1 or 0.
    Office,
}

impl Attribute {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::FreeArea,
        Self::Rooms,
        Self::Bedrooms,
        Self::LargestShare,
        Self::Wealth,
        Self::Aspect,
        Self::Nursery,
        Self::Office,
    ];

    /// Its name, for a heading.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::FreeArea => "free area",
            Self::Rooms => "number of rooms",
            Self::Bedrooms => "number of bedrooms",
            Self::LargestShare => "share of the largest room",
            Self::Wealth => "wealth score",
            Self::Aspect => "aspect of the outline",
            Self::Nursery => "whether there is a nursery",
            Self::Office => "whether there is an office",
        }
    }

    /// Whether it is a yes or a no, which one tells apart, rather than a number, which one predicts.
    #[must_use]
    pub const fn is_yes_or_no(self) -> bool {
        matches!(self, Self::Nursery | Self::Office)
    }

    /// What is true of a home.
    #[must_use]
    pub fn of(self, subject: &Subject) -> f64 {
        let rooms = subject.rooms();
        let of_kind = |kinds: &[RoomKind]| {
            rooms.iter().filter(|room| room.kind.is_some_and(|kind| kinds.contains(&kind))).count() as f64
        };
        match self {
            Self::FreeArea => subject.free_m2(),
            Self::Rooms => rooms.len() as f64,
            Self::Bedrooms => of_kind(&[RoomKind::Bedroom, RoomKind::Nursery]),
            Self::LargestShare => {
                let whole: f64 = rooms.iter().map(|room| room.area_m2).sum();
                let largest = rooms.iter().map(|room| room.area_m2).fold(0.0, f64::max);
                if whole > 0.0 { largest / whole } else { 1.0 }
            }
            Self::Wealth => {
                subject.free_m2() / 10.0
                    + rooms.len() as f64
                    + 2.0 * of_kind(&[RoomKind::Bathroom, RoomKind::Toilet])
            }
            Self::Aspect => subject.aspect(),
            Self::Nursery => f64::from(of_kind(&[RoomKind::Nursery]) > 0.0),
            Self::Office => f64::from(of_kind(&[RoomKind::Office]) > 0.0),
        }
    }
}
