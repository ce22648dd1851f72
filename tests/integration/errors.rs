//! Errors that wrap others say each thing once: nothing in a chain of sources repeats what stands above it.

use std::error::Error;

use homeveil::formats::MapFileError;
use homeveil::grid::GridError;
use homeveil::home::HomeError;
use homeveil::keeper::{ConsentError, KeeperError, StoreError};
use homeveil::noise::{ChannelError, CoinError};
use homeveil::{AnonymizeError, BlobError};

/// The texts from an error down to its last source.
fn chain(error: &(dyn Error + 'static)) -> Vec<String> {
    std::iter::successors(Some(error), |&error| error.source()).map(ToString::to_string).collect()
}

#[test]
fn no_error_says_what_its_source_says() {
    let redact = AnonymizeError::from(HomeError::Unlabelled);
    let wrapped: [(&(dyn Error + 'static), usize); 13] = [
        (&redact, 1),
        (&AnonymizeError::from(CoinError::Entropy), 1),
        (&ChannelError::from(CoinError::Script), 1),
        (&KeeperError::from(redact), 1),
        (&KeeperError::from(StoreError::Failed), 1),
        (&KeeperError::from(ConsentError::Expired), 1),
        (&KeeperError::State(BlobError::Checksum), 2),
        (&KeeperError::HandOver(BlobError::Length), 2),
        (&KeeperError::Key(BlobError::Version), 2),
        (&KeeperError::Queue(BlobError::Content), 2),
        (&MapFileError::from(GridError::Resolution), 1),
        (&MapFileError::from(GridError::Cells), 1),
        (&MapFileError::Picture { picture: "a.pgm".to_owned(), error: MapFileError::Truncated.into() }, 2),
    ];
    for (error, links) in wrapped {
        let texts = chain(error);
        assert_eq!(texts.len(), links, "{texts:?}");
        assert!(texts.windows(2).all(|pair| !pair[0].contains(&pair[1])), "{texts:?}");
    }
}
