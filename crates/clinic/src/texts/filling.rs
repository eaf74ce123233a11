//! What is put into the placeholders of a text: typed values, written as the reader's language writes them.

use std::collections::BTreeMap;

use kernel::{Arg, Locale, PersonName, Timestamp, Zone, format};

use super::phrasebook::{Fences, Phrasebook, fenced};
use super::placeholders::{Absence, Kind, Placeholder};
use crate::clinics::Clinic;

/// Stands for a value that there is not, until the lines are counted. Unicode promises it to nobody, and no value keeps it.
pub(super) const NOTHING: char = '\u{F8FE}';

/// A free time, as it is offered.
#[derive(Clone, PartialEq)]
pub struct SlotLine {
    pub starts_at: Timestamp,
    /// As patients hear of them: 'Dr Gromov'.
    pub provider: Option<String>,
}

/// One of several visits.
#[derive(Clone, PartialEq)]
pub struct VisitLine {
    pub starts_at: Timestamp,
    pub visitor: PersonName,
    pub provider: Option<String>,
}

/// The values of one text, in the zone of the clinic.
#[derive(Clone)]
pub struct Filling {
    zone: Zone,
    values: BTreeMap<Placeholder, Value>,
}

#[derive(Clone)]
enum Value {
    /// How the reader is greeted.
    Greeted(PersonName),
    Named(PersonName),
    Words(String),
    Date(Timestamp),
    Time(Timestamp),
    Moment(Timestamp),
    Number(i64),
    Slots(Vec<SlotLine>),
    Visits(Vec<VisitLine>),
}

impl Filling {
    /// What every text of the clinic may need.
    pub fn of(clinic: &Clinic) -> Self {
        Self { zone: clinic.zone.clone(), values: BTreeMap::new() }
            .words(Placeholder::ClinicName, &clinic.name)
            .words(Placeholder::Address, &clinic.address)
            .words(Placeholder::MapUrl, clinic.map_url.as_deref().unwrap_or_default())
            .words(Placeholder::EmergencyNumber, emergency_number(&clinic.region))
    }

    /// Who reads it.
    #[must_use]
    pub fn patient(self, name: &PersonName) -> Self {
        self.with(Placeholder::PatientName, Value::Greeted(name.clone()))
    }

    /// For whom the visit is, where that is not the reader.
    #[must_use]
    pub fn visitor(self, name: &PersonName) -> Self {
        self.with(Placeholder::VisitorName, Value::Named(name.clone()))
    }

    /// As patients hear of them: 'Dr Gromov'.
    #[must_use]
    pub fn provider(self, title: &str) -> Self {
        self.words(Placeholder::Provider, title)
    }

    #[must_use]
    pub fn visit_at(self, starts_at: Timestamp) -> Self {
        self.with(Placeholder::Date, Value::Date(starts_at))
            .with(Placeholder::Time, Value::Time(starts_at))
            .with(Placeholder::DateTime, Value::Moment(starts_at))
    }

    #[must_use]
    pub fn visit_url(self, url: &str) -> Self {
        self.words(Placeholder::VisitUrl, url)
    }

    #[must_use]
    pub fn service(self, name: &str) -> Self {
        self.words(Placeholder::Service, name)
    }

    #[must_use]
    pub fn preparation(self, words: &str) -> Self {
        self.words(Placeholder::Preparation, words)
    }

    #[must_use]
    pub fn slots(self, slots: Vec<SlotLine>) -> Self {
        self.with(Placeholder::Slots, Value::Slots(slots))
    }

    #[must_use]
    pub fn visits(self, visits: Vec<VisitLine>) -> Self {
        self.with(Placeholder::Visits, Value::Visits(visits))
    }

    #[must_use]
    pub fn minutes(self, minutes: u32) -> Self {
        self.with(Placeholder::Minutes, Value::Number(i64::from(minutes)))
    }

    /// By when a person answers.
    #[must_use]
    pub fn opening(self, at: Timestamp) -> Self {
        self.with(Placeholder::Opening, Value::Moment(at))
    }

    /// What there is a value for, by the name of its placeholder, as the reader's language writes it.
    pub fn said(&self, locale: Locale) -> BTreeMap<String, String> {
        let written = self.values.iter().filter_map(|(placeholder, value)| {
            let written = self.written(value, locale, Fences::None)?;
            let text = match written {
                Arg::Text(text) => text,
                Arg::Number(number) => format::digits(&number.to_string(), locale),
            };
            (placeholder.kind() != Kind::Lines).then(|| (placeholder.name().to_owned(), text))
        });
        written.collect()
    }

    fn words(self, placeholder: Placeholder, words: &str) -> Self {
        self.with(placeholder, Value::Words(words.to_owned()))
    }

    fn with(mut self, placeholder: Placeholder, value: Value) -> Self {
        self.values.insert(placeholder, value);
        self
    }

    /// Each value in the reader's language; what may be absent and is, is marked.
    pub(super) fn args(&self, locale: Locale, fences: Fences) -> Vec<(&'static str, Arg)> {
        Placeholder::all()
            .filter_map(|placeholder| {
                let written = self.values.get(&placeholder).and_then(|value| self.written(value, locale, fences));
                let arg = match (written, placeholder.absence()) {
                    (Some(arg), _) => arg,
                    (None, Absence::DropsLine) => Arg::Text(NOTHING.to_string()),
                    (None, Absence::Impossible) => return None,
                };
                Some((placeholder.name(), arg))
            })
            .collect()
    }

    fn written(&self, value: &Value, locale: Locale, fences: Fences) -> Option<Arg> {
        let words = match value {
            Value::Number(number) => return Some(Arg::Number(*number)),
            Value::Greeted(name) => greeted(name, locale),
            Value::Named(name) => name.given().to_owned(),
            Value::Words(words) => clean(words),
            Value::Date(at) => format::date_long(at.date(&self.zone), locale),
            Value::Time(at) => format::time(at.in_zone(&self.zone).time(), locale),
            Value::Moment(at) => format::moment(*at, &self.zone, locale),
            Value::Slots(slots) => return lines(slots.iter().enumerate().map(|(place, slot)| self.slot_line(place, slot, locale, fences))),
            Value::Visits(visits) => return lines(visits.iter().map(|visit| self.visit_line(visit, locale, fences))),
        };
        (!words.trim().is_empty()).then(|| Arg::Text(in_fences(&words, locale, fences)))
    }

    fn slot_line(&self, place: usize, slot: &SlotLine, locale: Locale, fences: Fences) -> String {
        let mut args = vec![
            ("place", Arg::Number(i64::try_from(place + 1).unwrap_or(i64::MAX))),
            (Placeholder::DateTime.name(), Arg::Text(format::moment(slot.starts_at, &self.zone, locale))),
        ];
        let key = with_provider("line-slot", slot.provider.as_deref(), &mut args, |words| in_fences(words, locale, fences));
        Phrasebook::of(locale).spoken(key, &args, Fences::None).0
    }

    fn visit_line(&self, visit: &VisitLine, locale: Locale, fences: Fences) -> String {
        let mut args = vec![
            (Placeholder::Time.name(), Arg::Text(format::time(visit.starts_at.in_zone(&self.zone).time(), locale))),
            (Placeholder::VisitorName.name(), Arg::Text(in_fences(visit.visitor.given(), locale, fences))),
        ];
        let key = with_provider("line-visit", visit.provider.as_deref(), &mut args, |words| in_fences(words, locale, fences));
        Phrasebook::of(locale).spoken(key, &args, Fences::None).0
    }
}

/// Which line it is: with the provider's title, or alone.
fn with_provider(
    line: &'static str,
    provider: Option<&str>,
    args: &mut Vec<(&'static str, Arg)>,
    fence: impl Fn(&str) -> String,
) -> &'static str {
    match (provider, line) {
        (Some(title), _) => {
            args.push((Placeholder::Provider.name(), Arg::Text(fence(&clean(title)))));
            line
        }
        (None, "line-slot") => "line-slot-alone",
        (None, _) => "line-visit-alone",
    }
}

fn lines(lines: impl Iterator<Item = String>) -> Option<Arg> {
    let joined = lines.collect::<Vec<_>>().join("\n");
    (!joined.is_empty()).then_some(Arg::Text(joined))
}

/// Hungarian and Persian are polite with the whole name, English and Russian greet by the given one.
fn greeted(name: &PersonName, locale: Locale) -> String {
    match locale {
        Locale::En | Locale::Ru => name.given().to_owned(),
        Locale::Hu | Locale::Fa => name.full(locale),
    }
}

/// A fence holds up to the end of a line, so each line gets its own.
fn in_fences(words: &str, locale: Locale, fences: Fences) -> String {
    match fences {
        Fences::None => words.to_owned(),
        Fences::Raised => words.lines().map(|line| fenced(line, locale.direction())).collect::<Vec<_>>().join("\n"),
    }
}

/// Without what would break a line or hide one.
fn clean(words: &str) -> String {
    words.trim().chars().filter(|letter| *letter == '\n' || !(letter.is_control() || *letter == NOTHING)).collect()
}

/// What a patient in danger dials, by the region of the clinic.
fn emergency_number(region: &str) -> &'static str {
    match region {
        "US" | "CA" => "911",
        "GB" => "999",
        "AU" => "000",
        "NZ" => "111",
        // The ambulance; 112 is answered only in mobile networks.
        "IR" => "115",
        // The European Union, Russia and most other countries.
        _ => "112",
    }
}
