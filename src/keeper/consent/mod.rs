//! Consent: without it nothing leaves.
//!
//! A [`ConsentRecord`] holds those fields of ISO/IEC TS 27560:2023 that a device can know: record id, controller,
//! recipients, purposes, the notice shown and its version, jurisdiction, its state, and when it was given, ends and was
//! withdrawn. The person is the household, so there is no field for who gave it. Purposes and states have the names of
//! the W3C Data Privacy Vocabulary, version 2 (`https://w3id.org/dpv`).
//!
//! A consent covers a purpose only by its name. The vocabulary's wider terms imply nothing here, so selling data and
//! targeted advertising are refused unless the record names exactly them.
//!
//! The caller supplies the time. A clock that is set back does not revive an expired consent: the latest time that the
//! keeper has seen counts, and it is stored before an expiry is reported. So a clock that ran ahead may end a consent
//! early, and one that is behind the time of giving refuses. A time more than a month ahead is believed when another
//! one, an hour later or more, says that it is past: until then it refuses what it must and ends nothing. What a clock
//! showed before a record was given does not count against it.

mod error;
mod purpose;
mod record;

pub use error::{ConsentError, MAX_CONSENT_TEXT, MAX_RECIPIENTS};
pub use purpose::{ConsentStatus, Purpose};
pub use record::ConsentRecord;
