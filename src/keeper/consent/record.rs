//! The record of what a household said.

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
pub struct ConsentRecord {
    record_id: String,
    controller: String,
    recipients: Vec<String>,
    purposes: Vec<Purpose>,
    notice: String,
    notice_version: String,
    jurisdiction: String,
    refused: bool,
    given_at: UnixTime,
    expires_at: UnixTime,
    withdrawn_at: Option<UnixTime>,
}

impl ConsentRecord {
    /// A consent given to a controller until a time. An id is used once: a consent given again has another.
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

    /// A consent refused, so that nobody asks again before its time.
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
        self.purposes.push(purpose);
        self.purposes.sort_unstable();
        self.purposes.dedup();
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

    /// The record's id.
    #[must_use]
    pub fn record_id(&self) -> &str {
        &self.record_id
    }

    /// Who decides on the data and is responsible for it.
    #[must_use]
    pub fn controller(&self) -> &str {
        &self.controller
    }

    /// Who else gets the release. All get the same bytes, so two of them who compare know that theirs are of one
    /// household.
    #[must_use]
    pub fn recipients(&self) -> &[String] {
        &self.recipients
    }

    /// What it allows.
    #[must_use]
    pub fn purposes(&self) -> &[Purpose] {
        &self.purposes
    }

    /// The notice that was shown, and its version.
    #[must_use]
    pub fn notice_shown(&self) -> [&str; 2] {
        [&self.notice, &self.notice_version]
    }

    /// Which law applies; empty where it was not said.
    #[must_use]
    pub fn applicable_law(&self) -> &str {
        &self.jurisdiction
    }

    /// When it was given or refused.
    #[must_use]
    pub const fn given_at(&self) -> UnixTime {
        self.given_at
    }

    /// When it ends: at this time it no longer holds.
    #[must_use]
    pub const fn expires_at(&self) -> UnixTime {
        self.expires_at
    }

    /// When it was withdrawn, if it was.
    #[must_use]
    pub const fn withdrawn_at(&self) -> Option<UnixTime> {
        self.withdrawn_at
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
        } else if self.refused {
            ConsentStatus::Refused
        } else if now >= self.expires_at {
            ConsentStatus::Expired
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

    /// Takes it back; a second time changes nothing.
    pub(in crate::keeper) fn withdraw(&mut self, now: UnixTime) {
        self.withdrawn_at.get_or_insert(now.max(self.given_at));
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
