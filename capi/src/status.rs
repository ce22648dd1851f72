//! Why a call did not do what it was asked.

use core::ffi::{CStr, c_char};

/// What became of a call. The numbers never change; later versions may add some.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum homeveil_status {
    /// Done.
    Ok = 0,
    /// An argument that must not be NULL is NULL.
    Null = 1,
    /// A defect of the library. The object that was called must be freed and not be used again.
    Panic = 2,
    /// The size that a struct states is that of no header the library knows.
    StructSize = 3,
    /// A text is not UTF-8.
    Utf8 = 4,
    /// A number stands for nothing that the library knows, or a length is larger than memory.
    Number = 5,
    /// The library was built without what the call needs.
    NotBuilt = 6,
    /// The buffer is too small; the length that is needed was written.
    BufferTooSmall = 7,
    /// A kind of error that a later library brought and this header does not know.
    Other = 8,

    /// Width or height of the grid is 0 or over 16384.
    GridSide = 100,
    /// The grid has too many cells.
    GridCells = 101,
    /// The resolution is no length that robots map with.
    GridResolution = 102,
    /// The number of labels is not width times height.
    GridLength = 103,
    /// The robot's radius is out of range.
    Footprint = 110,
    /// There are too many rooms.
    Rooms = 111,
    /// There are too many keep-outs, or they have too many corners.
    KeepOuts = 112,
    /// The map has no such room.
    UnknownRoom = 113,
    /// A position is not finite.
    Position = 114,
    /// The grid's origin is no pose within range.
    Origin = 115,
    /// The dock is far from free floor.
    Dock = 116,
    /// An outline has no inside, crosses itself or has overlapping holes.
    Outline = 117,
    /// The rooms of the map contradict one another.
    RoomCells = 118,
    /// The file is not a map that is read.
    MapFile = 119,

    /// The policy is not JSON.
    PolicyJson = 200,
    /// The policy's fields or values are not those of a policy.
    Policy = 201,

    /// The storage failed: try again once it works.
    Store = 300,
    /// The storage is in use by another device object.
    StoreInUse = 301,
    /// The storage was changed by another program.
    StoreChanged = 302,
    /// The stored state is damaged. Restore it from a copy.
    StateDamaged = 303,
    /// There are keys, commands or a log and no state: the ledger was lost.
    StateLost = 304,
    /// The storage holds a household already.
    Occupied = 305,
    /// The stored key is damaged; the next map makes it again, without what the owner had marked.
    KeyDamaged = 306,
    /// Not given by this version: where the stored queue is damaged, an empty one begins.
    QueueDamaged = 307,
    /// The state must be opened once with the policy that it was drawn under.
    EarlierPolicy = 308,
    /// The key is made again, without what the owner had barred, bound and redacted by number or outline: the stored
    /// one was damaged, or a new epoch was opened and its first map was not recognized.
    KeyRemade = 309,
    /// The stored state, or a floor's key, is of a later version of the library. It is not damaged, and is not written
    /// over.
    StateVersion = 310,

    /// The owner has not consented, or consent was withdrawn, has ended, or does not name the purpose: ask the owner.
    Consent = 320,
    /// The consent's record is not valid: a text is missing or too long, it names no purpose or more than 16
    /// recipients, or it ends before it begins.
    ConsentRecord = 321,
    /// A consent that is given again must have an id of its own.
    ConsentRepeated = 322,
    /// The clock has jumped past the end of the consent. One such time is not believed: check it and call again.
    ClockJumped = 323,
    /// The consent begins later than now. Check the clock, which has lost the time if it shows a year long past, and
    /// call again: there is nothing to ask the owner. A consent that is to follow one that is in force is given once it
    /// begins.
    ConsentNotYet = 324,
    /// The owner has refused, until a time that is not over: do not ask again before that.
    ConsentRefused = 325,

    /// The source of randomness failed. Nothing was drawn.
    Coins = 340,
    /// Nothing is drawn in this epoch yet: give the device a map first.
    NotDrawn = 341,
    /// The floor has no key yet: give the device its map first.
    NoKey = 342,
    /// The policy, the release or the device has no such floor.
    UnknownFloor = 343,
    /// This robot follows another one of the household. No function of this version makes it one: a Rust program did.
    Follower = 344,
    /// The owner has to choose what becomes of rooms without a kind.
    Unlabelled = 345,
    /// The policy must opt in before the device may tell this.
    NotOptedIn = 346,
    /// No such command is under way.
    UnknownCommand = 347,
    /// Not given by this version: the release has no such zone or place.
    NotInRelease = 348,
    /// The floor's key was not fitted to another map since the device was opened: it is new, or no map has come.
    NotRefitted = 349,

    /// A goal of `homeveil_device_resolve` is outside the release, or not finite; the cloud's are rejected.
    Outside = 400,
    /// The release has no such zone: the command is of an earlier epoch.
    UnknownZone = 401,
    /// The key has no such area.
    UnknownArea = 402,
    /// The robot does not get there today.
    Unreachable = 403,
    /// The pose is off the map, or where the robot cannot stand.
    Pose = 404,
    /// Not given by this version: no zone has floor on this map.
    NoZone = 405,
    /// The path would take too long to find.
    TooLong = 406,
    /// Today's map is not recognized, and what the owner barred or redacted has no certain place on it; or a room is to
    /// be redacted by a number that no map has had: give the map with another redaction.
    Unrecognized = 407,
    /// The text is not the JSON of a goal.
    Goal = 408,
    /// The map has no such mark.
    UnknownMark = 420,
    /// The map must be the one that the key was fitted to last.
    OtherMap = 421,
    /// There is nothing to mark at this place.
    NothingToMark = 422,
    /// The place is far from the map.
    TooFar = 423,
    /// There are too many marks.
    TooManyMarks = 424,
}

/// The text of each status, and the list of all of them: one that is left out does not compile.
macro_rules! texts {
    ($($status:ident => $text:literal,)*) => {
        impl homeveil_status {
            /// What it says, for people: the text of [`homeveil_status_text`].
            const fn text(self) -> &'static CStr {
                match self {
                    $(Self::$status => $text,)*
                }
            }

            /// All of them, so that a number of C can be looked up without trusting it.
            const ALL: &'static [Self] = &[$(Self::$status),*];
        }
    };
}

texts! {
    Ok => c"done",
    Null => c"an argument that must not be NULL is NULL",
    Panic => c"a defect of the library: free the object and do not use it again",
    StructSize => c"the size that a struct states is that of no header the library knows",
    Utf8 => c"a text must be UTF-8",
    Number => c"a number stands for nothing that the library knows",
    NotBuilt => c"the library was built without what the call needs",
    BufferTooSmall => c"the buffer is too small: the length that is needed was written",
    Other => c"an error that this header does not know",
    GridSide => c"width and height of a grid must be between 1 and 16384",
    GridCells => c"the grid has too many cells",
    GridResolution => c"the resolution must be between 0.005 and 0.5 metres a cell",
    GridLength => c"the number of labels must be width times height",
    Footprint => c"the robot's radius is out of range",
    Rooms => c"the map has too many rooms",
    KeepOuts => c"there are too many keep-outs, or they have too many corners",
    UnknownRoom => c"the map has no such room",
    Position => c"positions must be given in finite metres",
    Origin => c"the grid's origin must be a pose of finite numbers within range",
    Dock => c"the dock must lie near free floor, in the same frame as the grid's origin",
    Outline => c"an outline must have an inside and must not cross itself",
    RoomCells =>
        c"each room may be named once and have one kind, each cell belong to one room at most, inside the grid",
    MapFile => c"the file is not a map that is read",
    PolicyJson => c"the policy must be JSON",
    Policy => c"the policy's fields and values must be those of a policy",
    Store => c"the storage failed: try again once it works",
    StoreInUse => c"the storage is in use: a household has one device at a time",
    StoreChanged => c"the storage was changed by another program",
    StateDamaged => c"the stored state cannot be read: restore it from a copy",
    StateLost =>
        c"the storage holds keys, commands or a log, and no state: restore it, or start over by the call for it",
    Occupied => c"the storage holds a household already",
    KeyDamaged => c"the stored key cannot be read: give the floor's map to make it again",
    QueueDamaged => c"the stored queue cannot be used: an empty one begins",
    KeyRemade =>
        c"the key is made again without what was marked: redact and bar the places, bind the areas once more",
    StateVersion => c"what is stored is of a later version: update the library to read it",
    EarlierPolicy => c"open the state once with the policy that it was drawn under",
    Consent => c"the owner has not consented to this, or not any more: ask the owner",
    ConsentRecord =>
        c"a consent needs its texts, a purpose, 16 recipients at most, and an end after its beginning",
    ConsentRepeated => c"a consent that is given again must have an id of its own",
    ClockJumped => c"the clock has jumped past the end of the consent: check it and call again",
    ConsentNotYet => c"the consent begins later than now: check the clock and call again",
    ConsentRefused => c"the owner has refused consent: do not ask again before the refusal ends",
    Coins => c"the source of randomness failed: nothing was drawn, try again once it works",
    NotDrawn => c"nothing is drawn in this epoch yet: give the device a map first",
    NoKey => c"the floor has no key yet: give the device its map first",
    UnknownFloor => c"there is no such floor",
    Follower => c"this robot follows another one of the household",
    Unlabelled => c"the owner has to choose what becomes of rooms without a kind",
    NotOptedIn => c"the policy must opt in before the device may tell this",
    UnknownCommand => c"no such command is under way",
    NotInRelease => c"the release has no such zone or place",
    NotRefitted => c"the key was not fitted to another map since the device was opened: give it one",
    Outside => c"a place must lie in the release",
    UnknownZone => c"the release has no such zone",
    UnknownArea => c"the key has no such area",
    Unreachable => c"the robot does not get there today",
    Pose => c"the pose is off the map, or where the robot cannot stand",
    NoZone => c"no zone has floor on this map",
    TooLong => c"the path is too long: name fewer places",
    Unrecognized => c"today's map is not recognized, and barred or redacted places have no certain place",
    Goal => c"the text must be the JSON of a goal",
    UnknownMark => c"the map has no such mark",
    OtherMap => c"the map must be the one that the device was given last",
    NothingToMark => c"there is nothing to mark at this place",
    TooFar => c"the place is far from the map",
    TooManyMarks => c"there are too many marks: remove some",
}

/// What a status says, in English: a constant text that is never freed. Any number has one.
#[unsafe(no_mangle)]
pub extern "C" fn homeveil_status_text(status: i32) -> *const c_char {
    let known = homeveil_status::ALL.iter().find(|known| **known as i32 == status);
    known.map_or(c"no status of this library", |known| known.text()).as_ptr()
}

/// The version of the library, such as "0.1.0": a constant text that is never freed.
#[unsafe(no_mangle)]
pub extern "C" fn homeveil_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

#[cfg(test)]
mod tests {
    use core::ffi::CStr;

    use homeveil::grid::MAX_SIDE;

    use super::{homeveil_status, homeveil_status_text};

    /// What a C program gets for a number.
    fn text_of(status: i32) -> &'static CStr {
        // SAFETY: a constant C string.
        unsafe { CStr::from_ptr(homeveil_status_text(status)) }
    }

    #[test]
    fn every_status_of_the_header_has_a_text_of_its_own() {
        let header = include_str!("../include/homeveil.h");
        let numbers = header.lines().filter_map(|line| {
            let (_, number) = line.trim().strip_prefix("HOMEVEIL_STATUS_")?.split_once(" = ")?;
            number.trim_end_matches(',').parse::<i32>().ok()
        });
        let mut texts: Vec<&CStr> = numbers.map(text_of).chain([text_of(-1)]).collect();
        let count = texts.len();
        assert_eq!(count, homeveil_status::ALL.len() + 1);
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), count, "two say the same, or one has no text");
    }

    #[test]
    fn every_number_has_one_status_and_texts_state_the_limits_of_today() {
        for &status in homeveil_status::ALL {
            let same = homeveil_status::ALL.iter().filter(|other| **other as i32 == status as i32);
            assert_eq!(same.count(), 1, "{status:?}");
        }
        let sides = homeveil_status::GridSide.text().to_string_lossy();
        assert!(sides.ends_with(&format!("between 1 and {MAX_SIDE}")), "{sides}");
    }
}
