//! The record of what a household said.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::error::{ConsentError, MAX_CONSENT_TEXT, MAX_RECIPIENTS};
use super::purpose::{ConsentStatus, Purpose};
use crate::keeper::time::UnixTime;

/// What a household said, to whom, for what, and when. The keeper checks it when it is given
/// ([`ConsentRecord::check`]), so one that was read from JSON is checked as well.
///
/// ```
/// use homeveil::keeper::{ConsentRecord, Purpose, UnixTime};
/// let now = UnixTime::from_secs(1_790_000_000);
/// let record = ConsentRecord::given("c-2026-1", "Robot Maker GmbH", now, now.later_by_s(365 * 86_400))
///     .purpose(Purpose::RequestedServiceProvision)
///     .recipient("Robot Maker Cloud")
///     .notice("https://example.com/privacy", "2026-09")
///     .jurisdiction("EU");
/// record.check()?;
/// assert!(record.names(Purpose::RequestedServiceProvision));
/// assert!(!record.names(Purpose::SellDataToThirdParties));
/// # Ok::<(), homeveil::keeper::ConsentError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ConsentRecord {
    /// The record's id.
    pub record_id: String,
    /// Who decides on the data and is responsible for it.
    pub controller: String,
    /// Who else gets the release. All get the same bytes, so two of them who compare know that theirs are of one
    /// household.
    pub recipients: Vec<String>,
    /// What it allows.
    pub purposes: Vec<Purpose>,
    /// The notice that was shown: its address or name.
    pub notice: String,
    /// The version of the notice.
    pub notice_version: String,
    /// Which law applies; empty where it was not said.
    pub jurisdiction: String,
    /// It was refused and not given: for all purposes, whichever are named.
    pub refused: bool,
    /// When it was given or refused.
    pub given_at: UnixTime,
    /// When it ends: at this time it no longer holds. From then on an owner who refused may be asked again.
    pub expires_at: UnixTime,
    /// When it was withdrawn, if it was.
    pub withdrawn_at: Option<UnixTime>,
}

impl ConsentRecord {
    /// A consent given to a controller until a time. An id is used once: a consent given again has another.
    #[must_use]
    pub fn given(
        record_id: impl Into<String>,
        controller: impl Into<String>,
        given_at: UnixTime,
        expires_at: UnixTime,
    ) -> Self {
        Self {
            record_id: record_id.into(),
            controller: controller.into(),
            recipients: Vec::new(),
            purposes: Vec::new(),
            notice: String::new(),
            notice_version: String::new(),
            jurisdiction: String::new(),
            refused: false,
            given_at,
            expires_at,
            withdrawn_at: None,
        }
    }

    /// A consent refused, so that nobody asks again before its time. It ends the consent before it and counts for all
    /// purposes, whichever it names: to refuse one purpose, give a new consent without it.
    #[must_use]
    pub fn refused(
        record_id: impl Into<String>,
        controller: impl Into<String>,
        at: UnixTime,
        until: UnixTime,
    ) -> Self {
        Self { refused: true, ..Self::given(record_id, controller, at, until) }
    }

    /// Adds a purpose, by its name.
    #[must_use]
    pub fn purpose(mut self, purpose: Purpose) -> Self {
        if let Err(at) = self.purposes.binary_search(&purpose) {
            self.purposes.insert(at, purpose);
        }
        self
    }

    /// Adds someone who gets the release.
    #[must_use]
    pub fn recipient(mut self, recipient: impl Into<String>) -> Self {
        self.recipients.push(recipient.into());
        self
    }

    /// The notice that was shown: its address or name, and its version.
    #[must_use]
    pub fn notice(mut self, reference: impl Into<String>, version: impl Into<String>) -> Self {
        self.notice = reference.into();
        self.notice_version = version.into();
        self
    }

    /// Which law applies: a country or region such as `FR` or `EU`.
    #[must_use]
    pub fn jurisdiction(mut self, jurisdiction: impl Into<String>) -> Self {
        self.jurisdiction = jurisdiction.into();
        self
    }

    /// Whether it names exactly this purpose.
    #[must_use]
    pub fn names(&self, purpose: Purpose) -> bool {
        self.purposes.contains(&purpose)
    }

    /// Its state at a time.
    #[must_use]
    pub fn status(&self, now: UnixTime) -> ConsentStatus {
        if self.withdrawn_at.is_some() {
            ConsentStatus::Withdrawn
        } else if now >= self.expires_at {
            // So does a refusal: the owner may be asked again.
            ConsentStatus::Expired
        } else if self.refused {
            ConsentStatus::Refused
        } else if now < self.given_at {
            ConsentStatus::Requested
        } else {
            ConsentStatus::Given
        }
    }

    /// Whether a purpose is allowed at a time.
    pub(in crate::keeper) fn permits(&self, purpose: Purpose, now: UnixTime) -> Result<(), ConsentError> {
        match self.status(now) {
            ConsentStatus::Given if self.names(purpose) => Ok(()),
            ConsentStatus::Given => Err(ConsentError::Purpose(purpose)),
            ConsentStatus::Expired => Err(ConsentError::Expired),
            ConsentStatus::Withdrawn => Err(ConsentError::Withdrawn),
            ConsentStatus::Refused => Err(ConsentError::Refused),
            ConsentStatus::Requested => Err(ConsentError::NotYet),
            ConsentStatus::Unknown => Err(ConsentError::Unknown),
        }
    }

    /// The record with each purpose once, in order: the form that is stored and compared.
    pub(in crate::keeper) fn in_order(mut self) -> Self {
        self.purposes = Purpose::ALL.into_iter().filter(|&purpose| self.names(purpose)).collect();
        self
    }

    /// Takes it back; a second time changes nothing.
    pub(in crate::keeper) fn withdraw(&mut self, now: UnixTime) {
        self.withdrawn_at.get_or_insert(now.max(self.given_at));
    }

    /// When the owner ended what was consented to, by taking it back or refusing.
    pub(in crate::keeper) fn ended_at(&self) -> Option<UnixTime> {
        self.withdrawn_at.or_else(|| self.refused.then_some(self.given_at))
    }

    /// This record and another one of the same id: a refusal or withdrawal counts, and else the purposes of both.
    /// `None` if they have none in common.
    pub(in crate::keeper) fn joined(mut self, other: &Self) -> Option<Self> {
        if self.refused || other.refused {
            return Some(if self.refused { self } else { other.clone() });
        }
        other.withdrawn_at.into_iter().for_each(|at| self.withdraw(at));
        if self.withdrawn_at.is_none() {
            self.purposes.retain(|&purpose| other.names(purpose));
        }
        (!self.purposes.is_empty()).then_some(self)
    }

    /// Checks the record.
    ///
    /// # Errors
    /// A text is missing or too long, there are too many recipients or no purpose, or it ends before it begins.
    pub fn check(&self) -> Result<(), ConsentError> {
        let fits = |text: &str| text.len() <= MAX_CONSENT_TEXT && !text.chars().any(char::is_control);
        let named = |text: &str| fits(text) && !text.is_empty();
        for (text, field) in [(&self.record_id, "record id"), (&self.controller, "controller")] {
            if !named(text) {
                return Err(ConsentError::Text { field });
            }
        }
        for (text, field) in [
            (&self.notice, "notice"),
            (&self.notice_version, "notice version"),
            (&self.jurisdiction, "jurisdiction"),
        ] {
            if !fits(text) {
                return Err(ConsentError::Text { field });
            }
        }
        if !self.recipients.iter().all(|recipient| named(recipient)) {
            return Err(ConsentError::Text { field: "recipient" });
        }
        if self.recipients.len() > MAX_RECIPIENTS {
            return Err(ConsentError::Recipients);
        }
        if self.purposes.is_empty() {
            return Err(ConsentError::NoPurpose);
        }
        if self.expires_at <= self.given_at {
            return Err(ConsentError::Times);
        }
        Ok(())
    }
}
