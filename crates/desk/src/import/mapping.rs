//! Which column holds what. We propose it from the headers and from what the values look like; a person may correct it.

use std::collections::BTreeSet;

use kernel::{Date, Locale, Refusal};

use super::days::{self, DayOrder, Years};
use super::fields::{self, Field};
use super::looks;
use super::names::NameOrder;
use super::table::Table;

#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    pub contents: Contents,
    /// One for each column of the table.
    pub columns: Vec<Column>,
    pub names: NameOrder,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contents {
    Patients,
    Visits,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub header: String,
    /// None: the column is not read.
    pub field: Option<Field>,
    pub confidence: Confidence,
}

impl Confidence {
    /// The key of its word.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Guessed => "import-confidence-guessed",
            Self::Likely => "import-confidence-likely",
            Self::Sure => "import-confidence-sure",
            Self::Told => "import-confidence-told",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Seen from the values alone: please look at it.
    Guessed,
    Likely,
    Sure,
    /// A person said so.
    Told,
}

/// What a column is judged by.
const VALUES_LOOKED_AT: usize = 200;
/// A person this much younger than a dentist's patient can be is a visit, not a birth.
const BORN_BEFORE_YEARS: i16 = 1;

impl Mapping {
    pub fn propose(table: &Table, locale: Locale, today: Date) -> Self {
        let seen: Vec<Looks> = (0..table.headers.len()).map(|column| Looks::of(table, column)).collect();
        let mut claims: Vec<Option<Claim>> =
            table.headers.iter().zip(&seen).map(|(header, looks)| Claim::by_header(header, looks)).collect();
        names_in_parts(&mut claims, &seen);
        let mut taken = settle(&mut claims, &seen);
        by_values(&mut claims, &mut taken, &seen, today);
        let contents = if taken.contains(&Field::Start) || taken.contains(&Field::Date) { Contents::Visits } else { Contents::Patients };
        bare_numbers(table, &mut claims, &seen, contents, &mut taken);
        let spoken = claims.iter().flatten().find(|claim| claim.field == Field::FullName).and_then(|claim| claim.locale);
        // English headers come from programs that are used in every country.
        let names = NameOrder::of(spoken.filter(|spoken| *spoken != Locale::En).unwrap_or(locale));
        let columns = table.headers.iter().zip(claims).map(|(header, claim)| Column {
            header: header.clone(),
            field: claim.map(|claim| claim.field),
            confidence: claim.map_or(Confidence::Sure, |claim| claim.confidence),
        });
        Self { contents, columns: columns.collect(), names }
    }

    /// What a person says instead: this field stands under that header. No header: the field is not read.
    pub fn told(mut self, field: Field, header: Option<&str>) -> Result<Self, Refusal> {
        let wanted = header.map(str::trim).filter(|header| !header.is_empty());
        let at = wanted.map(|wanted| self.column_under(wanted).ok_or_else(|| no_such_header(wanted))).transpose()?;
        for column in self.columns.iter_mut().filter(|column| column.field == Some(field)) {
            column.field = None;
        }
        if let Some(at) = at {
            let column = &mut self.columns[at];
            (column.field, column.confidence) = (Some(field), Confidence::Told);
        }
        let visits = self.column(Field::Start).or_else(|| self.column(Field::Date)).is_some();
        self.contents = if visits { Contents::Visits } else { Contents::Patients };
        Ok(self)
    }

    /// Reads the table as a list of patients or as a journal, whatever it looks like.
    #[must_use]
    pub fn read_as(self, contents: Contents) -> Self {
        Self { contents, ..self }
    }

    /// Whether enough is known to read rows: whose they are and, of visits, when.
    pub fn check(&self) -> Result<(), Refusal> {
        let has = |field| self.column(field).is_some();
        let named = has(Field::FullName) || has(Field::Given) || has(Field::Family);
        let whose = named || self.contents == Contents::Visits && has(Field::PatientKey);
        if !whose {
            return Err(Refusal::new("import.no-patient-column"));
        }
        let timed = has(Field::Start) || has(Field::Time);
        if self.contents == Contents::Visits && !timed {
            return Err(Refusal::new("import.no-time-column"));
        }
        Ok(())
    }

    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| column.field == Some(field))
    }

    fn column_under(&self, header: &str) -> Option<usize> {
        let key = kernel::search_key::of(header);
        let exact = self.columns.iter().position(|column| column.header == header);
        exact.or_else(|| self.columns.iter().position(|column| kernel::search_key::of(&column.header) == key))
    }
}

fn no_such_header(header: &str) -> Refusal {
    Refusal::new("import.no-such-header").with("header", header)
}

/// What the values of a column look like, in shares of those that are not blank.
struct Looks {
    values: Vec<String>,
    phones: f64,
    emails: f64,
    days: f64,
    moments: f64,
    times: f64,
    names: f64,
    letters: f64,
    several_words: f64,
}

impl Looks {
    fn of(table: &Table, column: usize) -> Self {
        let filled = table.rows.iter().map(|line| Table::cell(line, column)).filter(|cell| !cell.is_empty());
        let values: Vec<String> = filled.take(VALUES_LOOKED_AT).map(str::to_owned).collect();
        #[expect(clippy::cast_precision_loss, reason = "at most 200")]
        let share = |looks: fn(&str) -> bool| values.iter().filter(|value| looks(value)).count() as f64 / values.len().max(1) as f64;
        Self {
            phones: share(looks::phone),
            emails: share(looks::email),
            days: share(looks::day),
            moments: share(looks::day_and_time),
            times: share(looks::time),
            names: share(looks::name),
            letters: share(|value| value.chars().any(char::is_alphabetic)),
            several_words: share(|value| value.split_whitespace().count() > 1),
            values,
        }
    }

    /// How much the values speak for a field; none for a field whose values can be anything.
    fn speak_for(&self, field: Field) -> Option<f64> {
        match field {
            _ if self.values.is_empty() => None,
            Field::Phone | Field::GuardianPhone => Some(self.phones),
            Field::Email => Some(self.emails),
            Field::BornOn | Field::Date => Some(self.days),
            Field::Start => Some(self.moments),
            Field::Time => Some(self.times),
            Field::FullName | Field::Family | Field::Given | Field::GuardianName | Field::Provider => Some(self.letters),
            Field::End => Some(self.times.max(self.moments)),
            Field::PatientKey
            | Field::Language
            | Field::Marketing
            | Field::VisitKey
            | Field::Minutes
            | Field::Chair
            | Field::Service
            | Field::Status
            | Field::Note => None,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Claim {
    field: Field,
    confidence: Confidence,
    locale: Option<Locale>,
}

impl Claim {
    fn by_header(header: &str, looks: &Looks) -> Option<Self> {
        if fields::is_bare_number(header) {
            return None;
        }
        let (known, confidence) = match fields::known(header) {
            Some(known) => (known, Confidence::Sure),
            None => (fields::contained(header)?, Confidence::Likely),
        };
        let field = match known.field {
            Field::Start | Field::Time | Field::Date if looks.moments >= 0.5 => Field::Start,
            Field::Start | Field::Time if looks.times >= 0.5 => Field::Time,
            Field::Start | Field::Time if looks.days >= 0.5 => Field::Date,
            // A start is a start even if each of its values is broken; without a day it can only be a time.
            Field::FullName if !looks.values.is_empty() && looks.letters < 0.2 => Field::PatientKey,
            other => other,
        };
        let doubted = looks.speak_for(field).is_some_and(|share| share < 0.5);
        let confidence = if doubted { Confidence::Guessed } else { confidence };
        Some(Self { field, confidence, locale: Some(known.locale) })
    }
}

/// 'Name' beside a family name is the given name; a given name of several words without a family beside it is the whole.
fn names_in_parts(claims: &mut [Option<Claim>], looks: &[Looks]) {
    let has_family = claims.iter().flatten().any(|claim| claim.field == Field::Family);
    for (claim, looks) in claims.iter_mut().zip(looks) {
        let Some(claim) = claim else { continue };
        match claim.field {
            Field::FullName if has_family && looks.several_words < 0.5 => claim.field = Field::Given,
            Field::Given if !has_family && looks.several_words >= 0.5 => claim.field = Field::FullName,
            _ => {}
        }
    }
}

/// Of several columns that claim a field the surest keeps it, then the one whose values speak for it, then the first.
fn settle(claims: &mut [Option<Claim>], looks: &[Looks]) -> BTreeSet<Field> {
    let mut taken = BTreeSet::new();
    for field in Field::ALL {
        let rank = |at: usize, claim: &Claim| (claim.confidence, looks[at].speak_for(field).map_or(50, percent), usize::MAX - at);
        let claiming =
            claims.iter().enumerate().filter_map(|(at, claim)| claim.filter(|claim| claim.field == field).map(|claim| (at, claim)));
        let Some((best, _)) = claiming.max_by_key(|(at, claim)| rank(*at, claim)) else { continue };
        for (at, claim) in claims.iter_mut().enumerate() {
            if at != best && claim.is_some_and(|claim| claim.field == field) {
                *claim = None;
            }
        }
        taken.insert(field);
    }
    taken
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is between 0 and 1")]
fn percent(share: f64) -> u32 {
    (share * 100.0) as u32
}

/// Columns whose headers say nothing are taken for what their values look like, if nothing else is.
fn by_values(claims: &mut [Option<Claim>], taken: &mut BTreeSet<Field>, looks: &[Looks], today: Date) {
    for (claim, looks) in claims.iter_mut().zip(looks) {
        if claim.is_some() || looks.values.is_empty() {
            continue;
        }
        let named = [Field::FullName, Field::Given, Field::Family].iter().any(|field| taken.contains(field));
        let guess = if looks.phones >= 0.6 {
            Some(Field::Phone)
        } else if looks.emails >= 0.6 {
            Some(Field::Email)
        } else if looks.moments >= 0.6 {
            Some(Field::Start)
        } else if looks.days >= 0.6 {
            Some(if looks_like_births(&looks.values, today) { Field::BornOn } else { Field::Date })
        } else if looks.times >= 0.6 && !taken.contains(&Field::Start) {
            Some(Field::Time)
        } else if looks.names >= 0.7 && !named {
            Some(Field::FullName)
        } else {
            None
        };
        let free = |field: &Field| match field {
            Field::Date => !taken.contains(&Field::Date) && !taken.contains(&Field::Start),
            other => !taken.contains(other),
        };
        if let Some(field) = guess.filter(free) {
            taken.insert(field);
            *claim = Some(Claim { field, confidence: Confidence::Guessed, locale: None });
        }
    }
}

fn looks_like_births(values: &[String], today: Date) -> bool {
    let days = values.iter().filter_map(|value| days::day(value, DayOrder::DayFirst, Years::OfBirths, today).ok());
    let (old, all) = days.fold((0, 0), |(old, all), day| (old + usize::from(day.year() < today.year() - BORN_BEFORE_YEARS), all + 1));
    old * 2 > all
}

/// 'No.' and 'ID' are the key of a visit or of a patient, unless they only count the lines: the next export would
/// count them anew.
fn bare_numbers(table: &Table, claims: &mut [Option<Claim>], looks: &[Looks], contents: Contents, taken: &mut BTreeSet<Field>) {
    let field = match contents {
        Contents::Visits => Field::VisitKey,
        Contents::Patients => Field::PatientKey,
    };
    if taken.contains(&field) {
        return;
    }
    for (at, _) in table.headers.iter().enumerate().filter(|(_, header)| fields::is_bare_number(header)) {
        let values = &looks[at].values;
        let counts =
            (1..).zip(values).all(|(number, value)| kernel::format::ascii_digits(value).trim_end_matches('.') == number.to_string());
        let distinct: BTreeSet<_> = values.iter().collect();
        let tells_apart = distinct.len() == values.len() && values.len() == table.rows.len().min(VALUES_LOOKED_AT);
        if claims[at].is_none() && !counts && tells_apart {
            claims[at] = Some(Claim { field, confidence: Confidence::Likely, locale: None });
            taken.insert(field);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::tables;

    fn today() -> Date {
        Date::new(2026, 11, 22).unwrap()
    }

    fn proposed(text: &str, locale: Locale) -> Mapping {
        Mapping::propose(&tables(text.as_bytes()).unwrap()[0], locale, today())
    }

    fn fields(mapping: &Mapping) -> Vec<Option<&'static str>> {
        mapping.columns.iter().map(|column| column.field.map(Field::name)).collect()
    }

    #[test]
    fn headers_of_four_languages_are_understood() {
        let table = [
            (
                "Appointment ID,Patient Name,Mobile,Start,Duration,Provider,Treatment,Status\n7,Anna Smith,(202) 555-0173,11/25/2026 9:30 AM,30,Dr Gromov,Filling,Scheduled\n",
                [
                    Some("visit-id"),
                    Some("name"),
                    Some("phone"),
                    Some("start"),
                    Some("minutes"),
                    Some("provider"),
                    Some("service"),
                    Some("status"),
                ],
                NameOrder::GivenFirst,
            ),
            (
                "№ записи;ФИО пациента;Телефон;Дата;Время;Врач;Услуга;Статус\n7;Петрова Анна;+79000000001;25.11.2026;9:30;Громов;Пломба;записан\n",
                [
                    Some("visit-id"),
                    Some("name"),
                    Some("phone"),
                    Some("date"),
                    Some("time"),
                    Some("provider"),
                    Some("service"),
                    Some("status"),
                ],
                NameOrder::FamilyFirst,
            ),
            (
                "Páciens neve;Telefonszám;Dátum;Kezdés;Perc;Orvos;Kezelés;Megjegyzés\nKovács Anna;06 30 123 4567;2026.11.25.;9:30;30;Dr. Gróf;Tömés;x\n",
                [Some("name"), Some("phone"), Some("date"), Some("time"), Some("minutes"), Some("provider"), Some("service"), Some("note")],
                NameOrder::FamilyFirst,
            ),
            (
                "شماره پرونده,نام,نام خانوادگی,موبایل,تاریخ,ساعت,پزشک,وضعیت\n7,مریم,کریمی,۰۹۱۲۱۲۳۴۵۶۷,۱۴۰۵/۰۹/۰۴,۹:۳۰,دکتر رضایی,رزرو\n",
                [
                    Some("patient-id"),
                    Some("given"),
                    Some("family"),
                    Some("phone"),
                    Some("date"),
                    Some("time"),
                    Some("provider"),
                    Some("status"),
                ],
                NameOrder::GivenThenFamilies,
            ),
        ];
        for (text, expected, names) in table {
            let locale = if names == NameOrder::GivenThenFamilies { Locale::Fa } else { Locale::En };
            let mapping = proposed(text, locale);
            assert_eq!(fields(&mapping), expected, "{text}");
            assert_eq!((mapping.names, mapping.contents), (names, Contents::Visits));
            assert!(mapping.columns.iter().all(|column| column.confidence == Confidence::Sure), "{mapping:?}");
            assert_eq!(mapping.check(), Ok(()));
        }
    }

    #[test]
    fn columns_without_headers_are_known_by_their_values() {
        let mapping = proposed(
            "Kovács Anna;06 30 123 4567;1985.02.03.;2026.11.25.;9:30\nNagy Béla;06 30 123 4568;1990.02.03.;2026.11.25.;10:00\n",
            Locale::Hu,
        );
        assert_eq!(fields(&mapping), [Some("name"), Some("phone"), Some("born"), Some("date"), Some("time")]);
        assert!(mapping.columns.iter().all(|column| column.confidence == Confidence::Guessed));
    }

    #[test]
    fn a_column_that_counts_the_lines_is_no_key() {
        let counted = proposed("№,Пациент,Начало\n1,Анна Петрова,25.11.2026 9:30\n2,Вера Ёлкина,25.11.2026 10:00\n", Locale::Ru);
        assert_eq!(fields(&counted), [None, Some("name"), Some("start")]);
        let keyed = proposed("ID,Пациент,Начало\n1041,Анна Петрова,25.11.2026 9:30\n1052,Вера Ёлкина,25.11.2026 10:00\n", Locale::Ru);
        assert_eq!(fields(&keyed), [Some("visit-id"), Some("name"), Some("start")]);
        let list = proposed("ID;Фамилия;Имя\n1041;Петрова;Анна\n1052;Ёлкина;Вера\n", Locale::Ru);
        assert_eq!((fields(&list), list.contents), (vec![Some("patient-id"), Some("family"), Some("given")], Contents::Patients));
    }

    #[test]
    fn the_surest_column_keeps_a_field_and_doubt_is_shown() {
        let mapping = proposed("Patient,Phone,Mobile phone (work),Start\nAnna Smith,none,(202) 555-0173,2026-11-25 09:30\n", Locale::En);
        assert_eq!(fields(&mapping), [Some("name"), None, Some("phone"), Some("start")]);
        let doubtful = proposed("Patient,Phone,Start\nAnna Smith,none,2026-11-25 09:30\n", Locale::En);
        assert_eq!((doubtful.columns[1].field, doubtful.columns[1].confidence), (Some(Field::Phone), Confidence::Guessed));
    }

    #[test]
    fn a_person_may_say_what_a_column_holds() {
        let mapping = proposed("Who,Nummer,When\nAnna Smith,x1,2026-11-25 09:30\n", Locale::En);
        let mapping = mapping.told(Field::VisitKey, Some("nummer")).unwrap();
        assert_eq!(fields(&mapping), [Some("name"), Some("visit-id"), Some("start")]);
        assert_eq!(mapping.clone().told(Field::Note, Some("Remarks")).unwrap_err().code(), "import.no-such-header");
        let mapping = mapping.told(Field::Start, None).unwrap();
        assert_eq!(mapping.contents, Contents::Patients);
        assert_eq!(mapping.told(Field::FullName, None).unwrap().check().unwrap_err().code(), "import.no-patient-column");
    }
}
