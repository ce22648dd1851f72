//! Consent: without it nothing leaves.
//!
//! A [`ConsentRecord`] holds those fields of ISO/IEC TS 27560:2023 that a device can know: record id, controller,
//! recipients, purposes, the notice shown and its version, jurisdiction, the times it was given, ends and was
//! withdrawn, and its state. The person is the household, so there is no field for whom it is from. Purposes and
//! states bear the names of the W3C Data Privacy Vocabulary, version 2 (`https://w3id.org/dpv`).
//!
//! A purpose is consented to by its name and in no other way: the vocabulary's wider terms imply nothing here, so
//! selling data and targeted advertising are refused unless the record names exactly them.
//!
//! Time comes from the caller. A clock set back does not bring an expired consent back: the latest time that the
//! keeper has seen counts, and it is stored before an expiry is reported. A clock that ran ahead may thus end a
//! consent early, and one that runs behind the time of giving refuses; what a clock showed before a record does not
//! count against it.

mod error;
mod purpose;
mod record;

pub use error::{ConsentError, MAX_CONSENT_TEXT, MAX_RECIPIENTS};
pub use purpose::{ConsentStatus, Purpose};
pub use record::{ConsentBuilder, ConsentRecord};
