//! The texts for patients that come with the program, and what each may name.
//! To add one: a row here, its words in `patient-texts.ftl` of the four languages, and a subject for e-mail.

use kernel::Locale;

use super::phrasebook::source_of;
use super::placeholders::Placeholder::{
    self, Address, ClinicName, Date, DateTime, EmergencyNumber, MapUrl, Minutes, Opening, PatientName, Preparation, Provider, Service,
    Slots, Time, VisitUrl, VisitorName, Visits,
};

/// One shipped text. Whoever says it fills everything that it may name, as far as there is a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    pub key: &'static str,
    pub may_name: &'static [Placeholder],
}

const CLINIC: &[Placeholder] = &[PatientName, ClinicName, Address, MapUrl];
const VISIT: &[Placeholder] = &[PatientName, VisitorName, ClinicName, Provider, Date, Time, DateTime, Address, MapUrl, VisitUrl, Service];
const PREPARATION: &[Placeholder] =
    &[PatientName, VisitorName, ClinicName, Provider, Date, Time, DateTime, Address, MapUrl, VisitUrl, Service, Preparation];
const VISITS: &[Placeholder] = &[PatientName, ClinicName, Date, Address, MapUrl, Visits];
const OFFER: &[Placeholder] =
    &[PatientName, VisitorName, ClinicName, Provider, Date, Time, DateTime, Address, MapUrl, VisitUrl, Service, Slots];
const LATE: &[Placeholder] =
    &[PatientName, VisitorName, ClinicName, Provider, Date, Time, DateTime, Address, MapUrl, VisitUrl, Service, Minutes];
const PERSON: &[Placeholder] = &[PatientName, ClinicName, Opening];
const EMERGENCY: &[Placeholder] = &[PatientName, ClinicName, Opening, EmergencyNumber];

pub const SHIPPED: [Shipped; 39] = [
    Shipped { key: "welcome-hello", may_name: CLINIC },
    Shipped { key: "booked-details", may_name: VISIT },
    Shipped { key: "booked-preparation", may_name: PREPARATION },
    Shipped { key: "moved-details", may_name: VISIT },
    Shipped { key: "cancelled-details", may_name: VISIT },
    Shipped { key: "cancelled-sorry", may_name: VISIT },
    Shipped { key: "visit-reminder-ask", may_name: VISIT },
    Shipped { key: "visit-reminder-day-before", may_name: VISIT },
    Shipped { key: "visit-reminder-soon", may_name: VISIT },
    Shipped { key: "visit-reminder-several", may_name: VISITS },
    Shipped { key: "visit-reminder-thanks", may_name: VISIT },
    Shipped { key: "visit-reminder-thanks-several", may_name: VISITS },
    Shipped { key: "visit-reminder-slots", may_name: OFFER },
    Shipped { key: "visit-reminder-no-slots", may_name: PERSON },
    Shipped { key: "visit-reminder-slot-gone", may_name: VISIT },
    Shipped { key: "visit-reminder-moved", may_name: VISIT },
    Shipped { key: "visit-reminder-cancel-why", may_name: VISIT },
    Shipped { key: "visit-reminder-cancelled", may_name: VISIT },
    Shipped { key: "visit-reminder-new-date", may_name: OFFER },
    Shipped { key: "visit-reminder-kept", may_name: VISIT },
    Shipped { key: "running-late-how-much", may_name: VISIT },
    Shipped { key: "running-late-noted", may_name: LATE },
    Shipped { key: "running-late-too-late", may_name: LATE },
    Shipped { key: "no-show-missed-you", may_name: VISIT },
    Shipped { key: "no-show-again", may_name: VISIT },
    Shipped { key: "missed-call-sorry", may_name: PERSON },
    Shipped { key: "missed-call-closed", may_name: PERSON },
    Shipped { key: "handed-over", may_name: PERSON },
    Shipped { key: "handed-over-closed", may_name: PERSON },
    Shipped { key: "not-understood", may_name: PERSON },
    Shipped { key: "emergency-routed", may_name: EMERGENCY },
    Shipped { key: "stop-done", may_name: CLINIC },
    Shipped { key: "start-done", may_name: CLINIC },
    Shipped { key: "out-of-hours", may_name: PERSON },
    Shipped { key: "callback-noted", may_name: CLINIC },
    Shipped { key: "contact-linked", may_name: CLINIC },
    Shipped { key: "contact-ask", may_name: CLINIC },
    Shipped { key: "stale-button", may_name: VISIT },
    Shipped { key: "nothing-to-do", may_name: VISIT },
];

/// What the text with this key may name; a subject what its text may, a button nothing.
pub fn may_name(key: &str) -> Option<&'static [Placeholder]> {
    if key.starts_with("button-") {
        return Some(&[]);
    }
    Shipped::of(key.strip_prefix("subject-").unwrap_or(key)).map(|shipped| shipped.may_name)
}

impl Shipped {
    pub fn of(key: &str) -> Option<&'static Self> {
        SHIPPED.iter().find(|shipped| shipped.key == key)
    }

    /// Its words as they are written, for somebody who wants to change them.
    pub fn source(self, locale: Locale) -> String {
        source_of(self.key, locale).unwrap_or_default()
    }

    /// The key of its subject in an e-mail.
    pub fn subject(self) -> String {
        format!("subject-{}", self.key)
    }
}
