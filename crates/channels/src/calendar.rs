//! The calendar file of a visit, as RFC 5545 and 5546 want it: sent with a mail, and fetched from the visit page.
//!
//! It speaks for the clinic and says nothing of the treatment: calendars are shared with families and employers.
//! A moved visit keeps its UID and counts its SEQUENCE up, so that calendars move the entry instead of adding one.

use icalendar::{Calendar, Component, Event, EventLike, Property};
use kernel::{Address, Timestamp, Zone};

/// What a calendar needs to know of a visit.
#[derive(Clone, PartialEq)]
pub struct CalendarVisit {
    /// The id of the visit that was booked first; it stays when the visit is moved.
    pub chain: String,
    /// How often it was moved, cancelled included: only a higher number replaces an entry.
    pub changes: u32,
    pub standing: Standing,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// When this was written.
    pub at: Timestamp,
    /// What the entry is called, in the patient's language: `Smile Dental`, without what is done there.
    pub title: String,
    /// Where it is, as a patient reads it.
    pub place: String,
    /// The page on which the visit can be answered.
    pub page: Option<String>,
    /// Who invites whom, when it travels by mail. None: a file to be fetched.
    pub parties: Option<Parties>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Stands,
    Cancelled,
}

#[derive(Clone, PartialEq)]
pub struct Parties {
    /// The clinic's name and mail address.
    pub clinic: (String, Address),
    /// The patient's.
    pub patient: (String, Address),
}

/// The media type of an invitation that stands in a mail.
pub fn media_type(visit: &CalendarVisit) -> String {
    format!("text/calendar; charset=utf-8; method={}", method(visit))
}

/// The file, with CRLF line ends and folded lines.
pub fn invitation(visit: &CalendarVisit) -> String {
    let mut event = Event::new();
    event.uid(&bare(&visit.chain));
    event.sequence(visit.changes);
    event.summary(&bare(&visit.title));
    event.location(&bare(&visit.place));
    event.add_property("DTSTAMP", utc(visit.at));
    event.add_property("DTSTART", utc(visit.starts_at));
    event.add_property("DTEND", utc(visit.ends_at));
    event.add_property("STATUS", if visit.standing == Standing::Cancelled { "CANCELLED" } else { "CONFIRMED" });
    if let Some(page) = visit.page.as_deref().filter(|page| crate::card::is_link(page)) {
        event.add_property("URL", page);
    }
    if let Some(Parties { clinic, patient }) = &visit.parties {
        event.append_property(person("ORGANIZER", clinic).done());
        let mut guest = person("ATTENDEE", patient);
        guest.add_parameter("PARTSTAT", "NEEDS-ACTION").add_parameter("RSVP", "TRUE");
        event.append_property(guest.done());
    }
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//Caredesk//Visits//EN"));
    calendar.append_property(("METHOD", method(visit)));
    calendar.push(event.done());
    calendar.to_string()
}

const fn method(visit: &CalendarVisit) -> &'static str {
    match (&visit.parties, visit.standing) {
        (None, _) => "PUBLISH",
        (Some(_), Standing::Stands) => "REQUEST",
        (Some(_), Standing::Cancelled) => "CANCEL",
    }
}

fn person(role: &str, (name, address): &(String, Address)) -> Property {
    let mut property = Property::new(role, format!("mailto:{}", address.rest()));
    // A quotation mark cannot stand in a parameter, not even escaped.
    let name = bare(name).replace('"', "'");
    if !name.is_empty() {
        property.add_parameter("CN", &name);
    }
    property
}

fn utc(at: Timestamp) -> String {
    at.in_zone(&Zone::utc()).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// On one line, without the characters that no text holds.
fn bare(text: &str) -> String {
    text.split(|c: char| c.is_control()).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::world::{MONDAY, anna};

    fn visit() -> CalendarVisit {
        CalendarVisit {
            chain: "vis_01k9xm2c9ef8zr0a5y3f4n1t7q".to_owned(),
            changes: 0,
            standing: Standing::Stands,
            starts_at: Timestamp::from_seconds(1_795_512_600),
            ends_at: Timestamp::from_seconds(1_795_514_400),
            at: MONDAY,
            title: "Smile Dental".to_owned(),
            place: "Лесная, 5; вход со двора, домофон 12, второй этаж".to_owned(),
            page: Some("https://desk.example.test/v/k9d2".to_owned()),
            parties: Some(Parties {
                clinic: ("Smile Dental, \"Budapest\"".to_owned(), "mailto:hello@smile.example".parse().unwrap()),
                patient: ("Anna Orlova".to_owned(), anna(clinic::actors::Channel::Email)),
            }),
        }
    }

    /// The files have the line ends of this repository.
    fn file(name: &str) -> String {
        let bytes = crate::world::file(clinic::actors::Channel::Email, "leaving", name);
        String::from_utf8(bytes).unwrap().replace('\n', "\r\n")
    }

    #[test]
    fn an_invitation_a_move_a_cancellation_and_a_file_to_fetch_are_written() {
        let moved = CalendarVisit { changes: 1, starts_at: visit().starts_at + std::time::Duration::from_hours(1), ..visit() };
        let cancelled = CalendarVisit { changes: 2, standing: Standing::Cancelled, ..visit() };
        let fetched = CalendarVisit { parties: None, ..visit() };
        let table = [
            (visit(), "invitation.ics", "REQUEST"),
            (moved, "invitation-moved.ics", "REQUEST"),
            (cancelled, "invitation-cancelled.ics", "CANCEL"),
            (fetched, "visit-to-fetch.ics", "PUBLISH"),
        ];
        for (visit, name, method) in table {
            assert_eq!(invitation(&visit), file(name), "{name}");
            assert_eq!(media_type(&visit), format!("text/calendar; charset=utf-8; method={method}"));
        }
    }

    proptest! {
        #[test]
        fn no_text_can_add_a_line_of_its_own(title in "[\\PC\r\n\0\t\"\\\\;,:]{0,120}", name in "[\\PC\r\n\"]{0,60}") {
            let mut visit = CalendarVisit { title, ..visit() };
            visit.parties.as_mut().unwrap().patient.0 = name;
            let file = invitation(&visit);
            // The last line of a folded text may have one byte more than the 75 that RFC 5545 wishes for.
            prop_assert!(file.split("\r\n").all(|line| line.len() <= 76 && !line.contains(['\r', '\n', '\0'])));
            let unfolded = file.replace("\r\n ", "");
            let names: Vec<_> = unfolded.lines().map(|line| line.split([':', ';']).next().unwrap()).collect();
            prop_assert_eq!(names, ["BEGIN", "VERSION", "PRODID", "METHOD", "BEGIN", "ATTENDEE", "DTEND", "DTSTAMP", "DTSTART", "LOCATION",
                "ORGANIZER", "SEQUENCE", "STATUS", "SUMMARY", "UID", "URL", "END", "END"]);
        }
    }
}
