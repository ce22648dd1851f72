//! Purposes and states of a consent, by the names of the Data Privacy Vocabulary.

use core::fmt;

use serde::{Deserialize, Serialize};

/// What a release is for: purposes of the Data Privacy Vocabulary, by its names.
///
/// ```
/// use homeveil::keeper::Purpose;
/// assert_eq!(Purpose::SellDataToThirdParties.to_string(), "SellDataToThirdParties");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Purpose {
    /// The service that the household asked for: planning on the map, showing it in the app.
    RequestedServiceProvision,
    /// Making the service better for the household or its provider.
    ServiceOptimisation,
    /// Fitting the service to this household.
    ServicePersonalisation,
    /// Making products and services better.
    ImproveExistingProductsAndServices,
    /// Research and development.
    ResearchAndDevelopment,
    /// Research by or with a university.
    AcademicResearch,
    /// Research for profit.
    CommercialResearch,
    /// Marketing.
    Marketing,
    /// Advertising aimed at the household by what is known about it.
    TargetedAdvertising,
    /// Selling what the data says.
    SellInsightsFromData,
    /// Selling the data.
    SellDataToThirdParties,
}

impl Purpose {
    /// All of them, in order.
    pub const ALL: [Self; 11] = [
        Self::RequestedServiceProvision,
        Self::ServiceOptimisation,
        Self::ServicePersonalisation,
        Self::ImproveExistingProductsAndServices,
        Self::ResearchAndDevelopment,
        Self::AcademicResearch,
        Self::CommercialResearch,
        Self::Marketing,
        Self::TargetedAdvertising,
        Self::SellInsightsFromData,
        Self::SellDataToThirdParties,
    ];
}

/// The vocabulary's name.
impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// The state of a consent: states of the Data Privacy Vocabulary, which names them `ConsentGiven` and so on, as
/// does the JSON.
///
/// ```
/// use homeveil::keeper::{ConsentRecord, ConsentStatus, UnixTime};
/// let at = UnixTime::from_secs;
/// let record = ConsentRecord::given("c-1", "Robot Maker", at(100), at(200));
/// assert_eq!(record.status(at(150)), ConsentStatus::Given);
/// assert_eq!(record.status(at(200)), ConsentStatus::Expired);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum ConsentStatus {
    /// There is no record.
    #[serde(rename = "ConsentUnknown")]
    Unknown,
    /// It was asked for, and there is no answer yet; or it begins later.
    #[serde(rename = "ConsentRequested")]
    Requested,
    /// It was refused.
    #[serde(rename = "ConsentRefused")]
    Refused,
    /// It was given and holds.
    #[serde(rename = "ConsentGiven")]
    Given,
    /// Its time is over.
    #[serde(rename = "ConsentExpired")]
    Expired,
    /// It was taken back.
    #[serde(rename = "ConsentWithdrawn")]
    Withdrawn,
}
