//! A calendar file (RFC 5545): one row for each VEVENT, under headers of our own.
//!
//! Calendars have no field for a patient: programs write `Anna Kovács - filling` into the summary and the phone into the
//! description. STATUS:CONFIRMED says that the event is definite, not that the patient has confirmed.

use kernel::{Refusal, format};

use super::table::{Line, MOST_ROWS, too_many_rows};

const HEADERS: [&str; 11] = ["Visit id", "Start", "End", "Duration", "Patient", "Phone", "Email", "Provider", "Service", "Status", "Note"];

/// In a summary they part the patient from the service.
const PARTS: [&str; 5] = [" - ", " – ", " — ", " | ", ": "];
const SHORTEST_PHONE: usize = 9;
const LONGEST_PHONE: usize = 15;

pub(super) fn is_calendar(text: &str) -> bool {
    text.trim_start().get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR"))
}

#[derive(Default)]
struct Event {
    line: u64,
    uid: String,
    start: String,
    end: String,
    duration: String,
    summary: String,
    description: String,
    attendee: String,
    email: String,
    phone: String,
    organizer: String,
    location: String,
    categories: String,
    status: String,
    repeats: String,
    /// Of one event of a series that was changed alone.
    recurrence: String,
}

pub(super) fn lines(text: &str) -> Result<Vec<Line>, Refusal> {
    let mut rows = vec![Line { number: 1, cells: HEADERS.map(str::to_owned).to_vec() }];
    let mut calendar_name = String::new();
    let mut event: Option<Event> = None;
    // An alarm inside an event has a description and attendees of its own.
    let mut nested = 0_u32;
    for (number, line) in unfolded(text) {
        let Some(property) = property(&line) else { continue };
        match (property.name.as_str(), property.value.to_ascii_uppercase().as_str()) {
            ("BEGIN", "VEVENT") => event = Some(Event { line: number, ..Event::default() }),
            ("END", "VEVENT") => {
                rows.extend(event.take().map(|event| row(&event, &calendar_name)));
                if rows.len() > MOST_ROWS + 1 {
                    return Err(too_many_rows());
                }
            }
            ("BEGIN", _) => nested += u32::from(event.is_some()),
            ("END", _) => nested = nested.saturating_sub(1),
            ("X-WR-CALNAME", _) => calendar_name = unescaped(&property.value),
            _ if nested == 0 => {
                if let Some(event) = event.as_mut() {
                    event.take(&property);
                }
            }
            _ => {}
        }
    }
    Ok(rows)
}

struct Property {
    name: String,
    parameters: Vec<(String, String)>,
    value: String,
}

impl Property {
    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Event {
    fn take(&mut self, property: &Property) {
        match property.name.as_str() {
            "UID" => self.uid.clone_from(&property.value),
            "DTSTART" => self.start = moment(property),
            "DTEND" => self.end = moment(property),
            "DURATION" => self.duration.clone_from(&property.value),
            "SUMMARY" => self.summary = unescaped(&property.value),
            "DESCRIPTION" => self.description = unescaped(&property.value),
            "LOCATION" => self.location = unescaped(&property.value),
            "CATEGORIES" => self.categories = unescaped(&property.value),
            "STATUS" if property.value.eq_ignore_ascii_case("CANCELLED") => "cancelled".clone_into(&mut self.status),
            "RRULE" | "RDATE" => self.repeats.clone_from(&property.value),
            "RECURRENCE-ID" => self.recurrence.clone_from(&property.value),
            "ATTENDEE" if self.attendee.is_empty() => {
                property.parameter("CN").unwrap_or_default().clone_into(&mut self.attendee);
                match scheme(&property.value) {
                    Some(("mailto", address)) => address.clone_into(&mut self.email),
                    Some(("tel", number)) => number.clone_into(&mut self.phone),
                    _ => {}
                }
            }
            "ORGANIZER" => property.parameter("CN").unwrap_or_default().clone_into(&mut self.organizer),
            _ => {}
        }
    }
}

fn scheme(value: &str) -> Option<(&'static str, &str)> {
    let (scheme, rest) = value.split_once(':')?;
    let known = ["mailto", "tel"].into_iter().find(|known| scheme.eq_ignore_ascii_case(known))?;
    Some((known, rest))
}

fn row(event: &Event, calendar_name: &str) -> Line {
    let (patient, service) = if event.attendee.is_empty() {
        let part = PARTS.iter().find_map(|part| event.summary.split_once(part));
        part.map_or((event.summary.as_str(), event.categories.as_str()), |(patient, service)| (patient.trim(), service.trim()))
    } else {
        (event.attendee.as_str(), if event.categories.is_empty() { event.summary.as_str() } else { event.categories.as_str() })
    };
    let phone = Some(event.phone.clone()).filter(|phone| !phone.is_empty()).or_else(|| phone_in(&event.description)).unwrap_or_default();
    let provider = if event.organizer.is_empty() { calendar_name } else { &event.organizer };
    let uid = if event.recurrence.is_empty() { event.uid.clone() } else { format!("{}/{}", event.uid, event.recurrence) };
    // A series has one start and many visits: its day must not be read as the only one.
    let start = if event.repeats.is_empty() { event.start.clone() } else { format!("{} {}", event.start, event.repeats) };
    let cells = [
        uid.as_str(),
        &start,
        &event.end,
        &event.duration,
        patient,
        &phone,
        &event.email,
        provider,
        service,
        &event.status,
        &event.location,
    ];
    Line { number: event.line, cells: cells.map(str::to_owned).to_vec() }
}

/// The first run of digits and their usual punctuation that is long enough to be dialled.
fn phone_in(text: &str) -> Option<String> {
    let text = format::ascii_digits(text);
    let runs = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '+' | ' ' | '(' | ')' | '-' | '/')));
    let digits = |run: &str| run.bytes().filter(u8::is_ascii_digit).count();
    runs.map(str::trim).find(|run| (SHORTEST_PHONE..=LONGEST_PHONE).contains(&digits(run))).map(str::to_owned)
}

/// `20261125T093000Z`, with `[Zone]` behind it when the file names one.
fn moment(property: &Property) -> String {
    let zone = property.parameter("TZID").map(|zone| format!("[{zone}]")).unwrap_or_default();
    format!("{}{zone}", property.value.trim())
}

/// Lines that begin with a space or a tab go on with the line before.
fn unfolded(text: &str) -> Vec<(u64, String)> {
    let mut lines: Vec<(u64, String)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, before))) => before.push_str(rest),
            _ => lines.push((number, line.to_owned())),
        }
    }
    lines
}

fn property(line: &str) -> Option<Property> {
    // A colon inside quotes belongs to a parameter.
    let mut quoted = false;
    let colon = line.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == ':' && !quoted
    })?;
    let (head, value) = (&line[..colon.0], &line[colon.0 + 1..]);
    let mut parts = head.split(';');
    let name = parts.next()?.trim().to_ascii_uppercase();
    let parameters =
        parts.filter_map(|part| part.split_once('=')).map(|(name, value)| (name.to_ascii_uppercase(), value.trim_matches('"').to_owned()));
    Some(Property { name, parameters: parameters.collect(), value: value.to_owned() })
}

fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(c) = letters.next() {
        match c {
            '\\' => match letters.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            _ => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOURNAL: &str = "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Dr Gromov\r\nBEGIN:VEVENT\r\nUID:7@smile\r\n\
        DTSTART;TZID=Europe/Budapest:20261125T093000\r\nDTEND;TZID=\"Europe/Budapest\":20261125T101500\r\n\
        SUMMARY:Anna Kov\r\n ács – filling\\, left\r\nDESCRIPTION:Tel: +36 30 123 4567\\nallergic\r\nSTATUS:CONFIRMED\r\n\
        BEGIN:VALARM\r\nDESCRIPTION:alarm\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:8@smile\r\nDTSTART:20261125T120000Z\r\n\
        DURATION:PT45M\r\nSUMMARY:Check-up\r\nATTENDEE;CN=\"Boris: Ltd\":mailto:boris@example.org\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    #[test]
    fn an_event_becomes_a_row() {
        assert!(is_calendar(JOURNAL) && !is_calendar("Patient,Phone\n"));
        let rows = lines(JOURNAL).unwrap();
        let anna = [
            "7@smile",
            "20261125T093000[Europe/Budapest]",
            "20261125T101500[Europe/Budapest]",
            "",
            "Anna Kovács",
            "+36 30 123 4567",
            "",
            "Dr Gromov",
            "filling, left",
            "",
            "",
        ];
        assert_eq!((rows[1].number, rows[1].cells.as_slice()), (3, anna.map(str::to_owned).as_slice()));
        let boris =
            ["8@smile", "20261125T120000Z", "", "PT45M", "Boris: Ltd", "", "boris@example.org", "Dr Gromov", "Check-up", "cancelled", ""];
        assert_eq!(rows[2].cells, boris);
    }

    #[test]
    fn a_series_keeps_its_rule_so_that_it_is_not_read_as_one_visit() {
        let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261125T093000\nRRULE:FREQ=WEEKLY\nSUMMARY:Mira\nEND:VEVENT\nEND:VCALENDAR\n";
        assert_eq!(lines(text).unwrap()[1].cells[1], "20261125T093000 FREQ=WEEKLY");
    }
}
