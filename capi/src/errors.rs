//! Which status an error of the library has. Each error of today is named, so that none becomes "other" unseen.

use homeveil::grid::GridError;
use homeveil::home::HomeError;
use homeveil::keeper::{ConsentError, KeeperError, StoreError};
use homeveil::key::KeyError;
use homeveil::{AnonymizeError, BlobError};

use crate::status::homeveil_status;

impl From<GridError> for homeveil_status {
    fn from(error: GridError) -> Self {
        match error {
            GridError::Side => Self::GridSide,
            GridError::Cells => Self::GridCells,
            GridError::Resolution => Self::GridResolution,
            GridError::Length => Self::GridLength,
            GridError::Span => Self::Number,
            _ => Self::Other,
        }
    }
}

impl From<HomeError> for homeveil_status {
    fn from(error: HomeError) -> Self {
        match error {
            HomeError::Grid(error) => error.into(),
            HomeError::Footprint => Self::Footprint,
            HomeError::Rooms => Self::Rooms,
            HomeError::KeepOuts | HomeError::Corners => Self::KeepOuts,
            HomeError::RoomTwice | HomeError::RoomOutside | HomeError::RoomsOverlap => Self::RoomCells,
            HomeError::UnknownRoom => Self::UnknownRoom,
            HomeError::Unlabelled => Self::Unlabelled,
            HomeError::Position => Self::Position,
            HomeError::Origin => Self::Origin,
            HomeError::Dock => Self::Dock,
            HomeError::NoInside | HomeError::CrossesItself | HomeError::HolesOverlap => Self::Outline,
            HomeError::Strips => Self::Number,
            _ => Self::Other,
        }
    }
}

impl From<StoreError> for homeveil_status {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Failed => Self::Store,
            StoreError::InUse => Self::StoreInUse,
            StoreError::Changed => Self::StoreChanged,
            _ => Self::Other,
        }
    }
}

impl From<ConsentError> for homeveil_status {
    fn from(error: ConsentError) -> Self {
        match error {
            ConsentError::Text { .. }
            | ConsentError::Recipients
            | ConsentError::NoPurpose
            | ConsentError::Times => Self::ConsentRecord,
            ConsentError::Repeated => Self::ConsentRepeated,
            ConsentError::NotYet | ConsentError::TooEarly => Self::ConsentNotYet,
            ConsentError::Refused => Self::ConsentRefused,
            ConsentError::Unknown
            | ConsentError::Expired
            | ConsentError::Withdrawn
            | ConsentError::Purpose(_) => Self::Consent,
            _ => Self::Other,
        }
    }
}

impl From<KeeperError> for homeveil_status {
    fn from(error: KeeperError) -> Self {
        match error {
            KeeperError::Store(error) => error.into(),
            KeeperError::State(BlobError::Version)
            | KeeperError::HandOver(BlobError::Version)
            | KeeperError::Key(BlobError::Version) => Self::StateVersion,
            KeeperError::State(_) | KeeperError::HandOver(_) => Self::StateDamaged,
            KeeperError::StateLost => Self::StateLost,
            KeeperError::Policy => Self::EarlierPolicy,
            KeeperError::Occupied => Self::Occupied,
            KeeperError::Key(_) => Self::KeyDamaged,
            KeeperError::Queue(_) => Self::QueueDamaged,
            KeeperError::KeyRemade(_) | KeeperError::MarksLost => Self::KeyRemade,
            KeeperError::Consent(error) => error.into(),
            KeeperError::ClockJumped => Self::ClockJumped,
            KeeperError::Coins(_) | KeeperError::Anonymize(AnonymizeError::Coins(_)) => Self::Coins,
            KeeperError::Anonymize(AnonymizeError::Redact(error)) => error.into(),
            KeeperError::UnknownFloor | KeeperError::Anonymize(AnonymizeError::Floors) => Self::UnknownFloor,
            KeeperError::NotDrawn => Self::NotDrawn,
            KeeperError::NoKey => Self::NoKey,
            KeeperError::Follower => Self::Follower,
            KeeperError::NotOptedIn(_) => Self::NotOptedIn,
            KeeperError::UnknownCommand => Self::UnknownCommand,
            KeeperError::NotInRelease => Self::NotInRelease,
            KeeperError::NotRefitted => Self::NotRefitted,
            KeeperError::Closed(error) => error.into(),
            KeeperError::Tenths => Self::Number,
            _ => Self::Other,
        }
    }
}

impl From<KeyError> for homeveil_status {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Outside => Self::Outside,
            KeyError::UnknownZone => Self::UnknownZone,
            KeyError::UnknownArea => Self::UnknownArea,
            KeyError::Unreachable { .. } | KeyError::NoPath { .. } | KeyError::AreaUnreachable => {
                Self::Unreachable
            }
            KeyError::Pose | KeyError::OffMap => Self::Pose,
            KeyError::NoZone => Self::NoZone,
            KeyError::TooLong => Self::TooLong,
            KeyError::UnplacedBars | KeyError::UnplacedRedaction => Self::Unrecognized,
            KeyError::UnknownMark => Self::UnknownMark,
            KeyError::OtherMap => Self::OtherMap,
            KeyError::Home(error) => error.into(),
            KeyError::Nothing => Self::NothingToMark,
            KeyError::TooFar => Self::TooFar,
            KeyError::TooMany => Self::TooManyMarks,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    /// The errors that a status is made of, with the files that they stand in.
    const SOURCES: [(&str, &str); 7] = [
        ("GridError", include_str!("../../src/grid/occupancy.rs")),
        ("HomeError", include_str!("../../src/home/error.rs")),
        ("StoreError", include_str!("../../src/keeper/storage/store.rs")),
        ("ConsentError", include_str!("../../src/keeper/consent/error.rs")),
        ("KeeperError", include_str!("../../src/keeper/error.rs")),
        ("KeyError", include_str!("../../src/key/error.rs")),
        ("AnonymizeError", include_str!("../../src/anonymize.rs")),
    ];

    /// The compiler does not ask for it: the enums may grow.
    #[test]
    fn every_error_of_today_is_named_and_has_a_status_of_its_own_kind() {
        let own =
            include_str!("errors.rs").split("#[cfg(test)]").next().expect("what comes before the tests");
        let ends_a_name = |c: char| !c.is_alphanumeric();
        let mut count = 0;
        for (name, source) in SOURCES {
            let body = source.split(&format!("pub enum {name} {{\n")).nth(1).expect("the enum");
            let body = body.split("\n}").next().expect("its end");
            // What a feature alone brings that this library does not have.
            for variant in body.split("#[cfg(feature").next().into_iter().flat_map(str::lines) {
                let Some(variant) =
                    variant.strip_prefix("    ").filter(|it| it.starts_with(char::is_uppercase))
                else {
                    continue;
                };
                let variant = variant.split(ends_a_name).next().unwrap_or_default();
                let path = format!("{name}::{variant}");
                let mut places = own.match_indices(&path);
                let is_named = places.any(|(at, _)| own[at + path.len()..].starts_with(ends_a_name));
                assert!(is_named, "{path} would be HOMEVEIL_STATUS_OTHER");
                count += 1;
            }
        }
        assert!(count > 60, "{count}");
        let (given, rest) = (own.matches("Self::Other,").count(), own.matches("_ => Self::Other,").count());
        assert_eq!(given, rest, "only what does not exist yet is given it");
    }
}
