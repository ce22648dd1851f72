//! Kinds of rooms, and the names people give them.

/// What a room is used for, as far as redaction needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RoomKind {
    /// Where people sit together.
    Living,
    /// Where food is made.
    Kitchen,
    /// Where people eat.
    Dining,
    /// A corridor, entrance or landing.
    Hallway,
    /// Where people work.
    Office,
    /// Where people sleep.
    Bedroom,
    /// A child's room.
    Nursery,
    /// A room with a bath or a shower.
    Bathroom,
    /// A room with a toilet alone.
    Toilet,
    /// A pantry, closet or storeroom.
    Storage,
    /// Where clothes are washed.
    Laundry,
    /// Where a car stands.
    Garage,
    /// A balcony, terrace or winter garden.
    Balcony,
    /// Any other room that was named as such.
    Other,
}
