//! What can go wrong.

use std::io;
use std::path::PathBuf;

use homeveil::atlas::CodebookError;
use homeveil::formats::MapFileError;
use homeveil::grid::GridError;
use homeveil::home::HomeError;
use homeveil::noise::{ChannelError, CoinError};
use homeveil::utility::MeasureError;
use homeveil::{AnonymizeError, OddsError, PolicyError};
use thiserror::Error;

/// Why there is no finding.
///
/// ```
/// assert!(homeveil_audit::AuditError::NoHomes.to_string().contains("no homes"));
/// ```
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AuditError {
    /// A home or a redaction was refused.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// Nothing was measured.
    #[error(transparent)]
    Measure(#[from] MeasureError),
    /// A codebook was refused.
    #[error(transparent)]
    Codebook(#[from] CodebookError),
    /// A grid was refused.
    #[error(transparent)]
    Grid(#[from] GridError),
    /// No release was drawn.
    #[error(transparent)]
    Anonymize(#[from] AnonymizeError),
    /// The coins failed.
    #[error(transparent)]
    Coins(#[from] CoinError),
    /// A channel was refused.
    #[error(transparent)]
    Channel(#[from] ChannelError),
    /// Odds were refused.
    #[error(transparent)]
    Odds(#[from] OddsError),
    /// A policy was refused.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// A map cannot be read.
    #[error("{}: {source}", file.display())]
    Map {
        /// The map's file.
        file: PathBuf,
        /// Why.
        source: MapFileError,
    },
    /// A file or a folder cannot be read or written.
    #[error("{}: {source}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Room polygons that are not what they must be.
    #[error("homes as room polygons must be JSON as the documentation of RoomPolygons says: {0}")]
    Polygons(#[from] serde_json::Error),
    /// A number that belongs to no plan.
    #[error("no plan of so many zones has this number")]
    NoPlan,
    /// There are no homes to learn from or to measure on.
    #[error("there are no homes in one of the halves: at least two maps are needed")]
    NoHomes,
    /// A gallery of no home, or of more than there are.
    #[error("a gallery must have at least one home, and no more than there are")]
    Gallery,
    /// No release is to be drawn.
    #[error("homes are told apart by at least one release of each")]
    NoDraws,
    /// An attacker could not learn.
    #[error("the attacker could not learn: {0}")]
    Learning(String),
}

impl AuditError {
    /// A file that cannot be read or written.
    pub(crate) fn file(file: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let file = file.into();
        move |source| Self::File { file, source }
    }
}
