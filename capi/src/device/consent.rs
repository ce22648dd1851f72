//! Consent: given, withdrawn, looked up.

use core::ffi::{CStr, c_char};

use homeveil::keeper::{ConsentRecord, ConsentStatus, MAX_RECIPIENTS, Purpose};

use super::object::{Stored, at, homeveil_device, on_device};
use crate::border::{Place, row};
use crate::status::homeveil_status;
use crate::versioned::read;

/// What the owner consented to. Start from `homeveil_consent_default`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct homeveil_consent {
    /// `sizeof(homeveil_consent)` of the program that fills it in.
    pub size: usize,
    /// The record's id, as a C string in UTF-8. A consent that is given again has another one.
    pub id: *const c_char,
    /// Who answers for the data, as a C string in UTF-8.
    pub controller: *const c_char,
    /// When it begins, in seconds since 1970.
    pub from_s: u64,
    /// When it ends.
    pub until_s: u64,
    /// Purposes: a sum of `HOMEVEIL_PURPOSE_…`. The service that the household asked for must be one of them for a
    /// device to work.
    pub purposes: u32,
    /// Not 0 where the owner refused: `HOMEVEIL_STATUS_CONSENT_REFUSED` until `until_s`, so that nobody asks again
    /// before that, and `HOMEVEIL_STATUS_CONSENT` from then on. A refusal ends the consent before it and counts for all
    /// purposes, whichever it names: to refuse one purpose, give a new consent without it.
    pub refused: i32,
    /// Who else gets the release, as C strings in UTF-8; NULL where nobody does.
    pub recipients: *const *const c_char,
    /// Their number.
    pub recipients_len: usize,
    /// The notice that was shown, its address or name, as a C string in UTF-8; NULL where none was.
    pub notice: *const c_char,
    /// The version of the notice; NULL where it has none.
    pub notice_version: *const c_char,
}

/// The service that the household asked for: planning on the map, showing it in the app.
pub const HOMEVEIL_PURPOSE_REQUESTED_SERVICE: u32 = 1;
/// Making the service better for the household or its provider.
pub const HOMEVEIL_PURPOSE_SERVICE_OPTIMISATION: u32 = 2;
/// Fitting the service to this household.
pub const HOMEVEIL_PURPOSE_SERVICE_PERSONALISATION: u32 = 4;
/// Making products and services better.
pub const HOMEVEIL_PURPOSE_IMPROVEMENT: u32 = 8;
/// Research and development.
pub const HOMEVEIL_PURPOSE_RESEARCH_AND_DEVELOPMENT: u32 = 16;
/// Research by or with a university.
pub const HOMEVEIL_PURPOSE_ACADEMIC_RESEARCH: u32 = 32;

const PURPOSES: [(u32, Purpose); 6] = [
    (HOMEVEIL_PURPOSE_REQUESTED_SERVICE, Purpose::RequestedServiceProvision),
    (HOMEVEIL_PURPOSE_SERVICE_OPTIMISATION, Purpose::ServiceOptimisation),
    (HOMEVEIL_PURPOSE_SERVICE_PERSONALISATION, Purpose::ServicePersonalisation),
    (HOMEVEIL_PURPOSE_IMPROVEMENT, Purpose::ImproveExistingProductsAndServices),
    (HOMEVEIL_PURPOSE_RESEARCH_AND_DEVELOPMENT, Purpose::ResearchAndDevelopment),
    (HOMEVEIL_PURPOSE_ACADEMIC_RESEARCH, Purpose::AcademicResearch),
];

versioned!(
    homeveil_consent: id, controller, from_s, until_s, purposes, refused, recipients, recipients_len, notice,
    notice_version;
    homeveil_consent_default()
);
layout!(
    homeveil_consent: size at 0, id at 8, controller at 16, from_s at 24, until_s at 32, purposes at 40,
    refused at 44, recipients at 48, recipients_len at 56, notice at 64, notice_version at 72; 80
);

/// A consent to the requested service, without texts and times, as every program starts to fill one in.
#[unsafe(no_mangle)]
pub extern "C" fn homeveil_consent_default() -> homeveil_consent {
    homeveil_consent {
        size: size_of::<homeveil_consent>(),
        id: core::ptr::null(),
        controller: core::ptr::null(),
        from_s: 0,
        until_s: 0,
        purposes: HOMEVEIL_PURPOSE_REQUESTED_SERVICE,
        refused: 0,
        recipients: core::ptr::null(),
        recipients_len: 0,
        notice: core::ptr::null(),
        notice_version: core::ptr::null(),
    }
}

/// The purpose of a number of the header; of none, and of a sum of several, nothing.
pub(super) fn purpose_of(number: u32) -> Option<Purpose> {
    PURPOSES.iter().find(|(bit, _)| *bit == number).map(|&(_, purpose)| purpose)
}

/// # Safety
/// The pointer is NULL or a C string.
unsafe fn text<'a>(pointer: *const c_char) -> Result<&'a str, homeveil_status> {
    if pointer.is_null() {
        return Err(homeveil_status::Null);
    }
    // SAFETY: not NULL; the caller's promise.
    unsafe { CStr::from_ptr(pointer) }.to_str().map_err(|_| homeveil_status::Utf8)
}

/// # Safety
/// The pointer is NULL or a C string.
unsafe fn text_or_none<'a>(pointer: *const c_char) -> Result<&'a str, homeveil_status> {
    // SAFETY: the caller's promise.
    if pointer.is_null() { Ok("") } else { unsafe { text(pointer) } }
}

/// The owner gives consent, or refuses it. Giving the same again changes nothing. A consent takes the place of the one
/// before at once: one that begins later than now while another is in force is not recorded, and the status is
/// `HOMEVEIL_STATUS_CONSENT_NOT_YET`. Give it once it begins. A refusal has an id of its own, as every record has: with
/// that of the consent in force it is not recorded (`HOMEVEIL_STATUS_CONSENT_REPEATED`).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_consent(
    device: *mut homeveil_device,
    consent: *const homeveil_consent,
    now_s: u64,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or a struct that was filled in, as all functions demand.
        let consent = unsafe { read(consent) }?;
        let known = PURPOSES.iter().fold(0, |sum, (bit, _)| sum | bit);
        if consent.purposes & !known != 0 {
            return Err(homeveil_status::Number);
        }
        // SAFETY: NULL or a C string, as all functions demand.
        let id = unsafe { text(consent.id) }?;
        // SAFETY: NULL or a C string, as all functions demand.
        let controller = unsafe { text(consent.controller) }?;
        let record = ConsentRecord::given(id, controller, at(consent.from_s), at(consent.until_s));
        let named = PURPOSES.iter().filter(|(bit, _)| consent.purposes & bit != 0);
        let mut record = named.fold(record, |record, &(_, purpose)| record.purpose(purpose));
        // First: nothing is read that no record holds.
        if consent.recipients_len > MAX_RECIPIENTS {
            return Err(homeveil_status::ConsentRecord);
        }
        // SAFETY: NULL or as many pointers, as all functions demand.
        for &recipient in unsafe { row(consent.recipients, consent.recipients_len) }? {
            // SAFETY: NULL or a C string, as all functions demand.
            record = record.recipient(unsafe { text(recipient) }?);
        }
        // SAFETY: NULL or a C string, as all functions demand.
        let notice = unsafe { text_or_none(consent.notice) }?;
        // SAFETY: NULL or a C string, as all functions demand.
        record = record.notice(notice, unsafe { text_or_none(consent.notice_version) }?);
        record.refused = consent.refused != 0;
        Ok(device.consent(record, at(now_s))?)
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}

/// The owner withdraws consent: no release, command or message any more, at once and, where this is
/// `HOMEVEIL_STATUS_OK`, after every power cut. With `HOMEVEIL_STATUS_STORE` a power cut would bring the consent back:
/// call it again until it is OK. With `HOMEVEIL_STATUS_STORE_CHANGED` open the device again, and withdraw again. With
/// `HOMEVEIL_STATUS_CONSENT` there is none to withdraw, and with
/// `HOMEVEIL_STATUS_CONSENT_REFUSED` the owner has refused: the refusal stands, and nobody asks again before it ends.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_withdraw(
    device: *mut homeveil_device,
    now_s: u64,
) -> homeveil_status {
    // SAFETY: as all functions demand.
    unsafe { on_device(device, |device| Ok(device.withdraw(at(now_s))?)) }
}

/// Writes 1 if a consent, for whatever purpose, holds at this time, else 0, also where the clock is wrong. Whether to
/// ask the owner says `homeveil_device_release_json`: with `HOMEVEIL_STATUS_CONSENT`, and not with
/// `HOMEVEIL_STATUS_CONSENT_REFUSED`, `HOMEVEIL_STATUS_CONSENT_NOT_YET` or `HOMEVEIL_STATUS_CLOCK_JUMPED`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn homeveil_device_has_consent(
    device: *mut homeveil_device,
    now_s: u64,
    has_consent: *mut i32,
) -> homeveil_status {
    let body = |device: &mut Stored| {
        // SAFETY: NULL or memory for a number, as all functions demand of their results.
        let place = unsafe { Place::at(has_consent) }?;
        let status = device.keeper().consent_status(at(now_s));
        place.put(i32::from(status == ConsentStatus::Given));
        Ok(())
    };
    // SAFETY: as all functions demand.
    unsafe { on_device(device, body) }
}
