//! Rows of a table become patients and visits, or say by line, column and rule why they cannot.

use std::sync::Arc;

use kernel::{Address, Date, Locale, PersonName, Phone, Refusal, Scheme, Timestamp, Zone};

use super::days::{self, DayOrder, Years};
use super::fields::Field;
use super::mapping::{Contents, Mapping};
use super::table::{Line, Table};
use super::words::{self, Said, Status};
use super::{keys, looks, names, times};

/// What the clinic takes for granted in its own files.
#[derive(Debug, Clone)]
pub struct Terms {
    pub zone: Zone,
    /// Where a phone number without a country is read.
    pub region: String,
    pub locale: Locale,
    pub today: Date,
}

#[derive(Clone, PartialEq)]
pub struct ImportedRow {
    /// The sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    pub line: u64,
    pub what: Imported,
    /// Read, but something about it should be looked at.
    pub doubts: Vec<Finding>,
}

#[derive(Clone, PartialEq)]
pub enum Imported {
    Patient(Box<ImportedPatient>),
    Visit(Box<ImportedVisit>),
}

#[derive(Clone, PartialEq)]
pub struct ImportedPatient {
    /// The program's own, or made of what the row says.
    pub key: String,
    pub name: PersonName,
    pub born_on: Option<Date>,
    pub locale: Option<Locale>,
    pub phone: Option<Phone>,
    pub email: Option<Address>,
    pub guardian: Option<ImportedGuardian>,
    pub marketing: Option<Marketing>,
    pub note: String,
}

#[derive(Clone, PartialEq)]
pub struct ImportedGuardian {
    pub key: String,
    pub name: PersonName,
    pub phone: Phone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marketing {
    Agreed,
    Declined,
}

#[derive(Clone, PartialEq)]
pub struct ImportedVisit {
    /// The program's own; none where the visit is recognised by patient, start and provider.
    pub key: Option<String>,
    pub whose: Whose,
    pub starts_at: Timestamp,
    /// None: as long as its service takes.
    pub ends_at: Option<Timestamp>,
    pub provider: Option<String>,
    pub chair: Option<String>,
    pub service: Option<String>,
    /// None: the file does not say.
    pub status: Option<Status>,
    pub note: String,
}

#[derive(Clone, PartialEq)]
pub enum Whose {
    /// The row has the patient's key and nothing else about them.
    Keyed(String),
    Written(Box<ImportedPatient>),
}

/// What is wrong, or should be looked at, in one row.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    pub line: u64,
    /// The header of the column that the rule is about.
    pub column: Option<String>,
    pub rule: Refusal,
    /// What stands there, as a shape without letters and digits of its own.
    pub shape: Box<str>,
}

/// Visits further away are slips of a digit.
const YEARS_BACK: i16 = 40;
const YEARS_AHEAD: i16 = 5;
const NOTE_CHARACTERS: usize = 2_000;
const NAME_CHARACTERS: usize = 80;

impl ImportedRow {
    /// Something about the whole row.
    pub(crate) fn finding(&self, code: &'static str) -> Finding {
        self.refused(Refusal::new(code))
    }

    pub(crate) fn refused(&self, rule: Refusal) -> Finding {
        Finding { sheet: self.sheet.clone(), line: self.line, column: None, rule, shape: Box::default() }
    }
}

/// Reads the rows of one table.
pub struct Reader<'a> {
    table: &'a Table,
    mapping: &'a Mapping,
    terms: &'a Terms,
    sheet: Option<Arc<str>>,
    visit_days: DayOrder,
    births: DayOrder,
    /// Cells from this column on belong to no header.
    width: usize,
}

impl<'a> Reader<'a> {
    pub fn new(table: &'a Table, mapping: &'a Mapping, terms: &'a Terms) -> Self {
        let column = |field: Field| {
            let at = mapping.column(field);
            table.rows.iter().filter_map(move |line| at.map(|at| Table::cell(line, at)))
        };
        let starts: Vec<String> = column(Field::Start).filter_map(|cell| times::moment_parts(cell).map(|(day, _)| day)).collect();
        let visit_days = days::order(starts.iter().map(String::as_str).chain(column(Field::Date)), &terms.region);
        let births = days::order(column(Field::BornOn), &terms.region);
        let written = table.headers.iter().rposition(|header| !header.is_empty()).map_or(0, |last| last + 1);
        let beyond = |line: &&Line| line.cells.iter().skip(written).any(|cell| !cell.trim().is_empty());
        // A column without a header that most rows use is a column, not a slip.
        let used = table.rows.iter().filter(beyond).count() * 2 > table.rows.len();
        let sheet = table.name.as_deref().map(Arc::from);
        Self { table, mapping, terms, sheet, visit_days, births, width: if used { usize::MAX } else { written } }
    }

    pub fn rows(&self) -> impl Iterator<Item = Result<ImportedRow, Finding>> {
        self.table.rows.iter().map(|line| self.row(line))
    }

    fn row(&self, line: &Line) -> Result<ImportedRow, Finding> {
        let mut row = Row { reader: self, line, doubts: Vec::new() };
        if line.cells.iter().skip(self.width).any(|cell| !cell.trim().is_empty()) {
            return Err(row.finding(None, Refusal::new("import.row-too-wide")));
        }
        let what = match self.mapping.contents {
            Contents::Patients => Imported::Patient(Box::new(row.patient()?)),
            Contents::Visits => Imported::Visit(Box::new(row.visit()?)),
        };
        Ok(ImportedRow { sheet: self.sheet.clone(), line: line.number, what, doubts: row.doubts })
    }
}

struct Row<'a> {
    reader: &'a Reader<'a>,
    line: &'a Line,
    doubts: Vec<Finding>,
}

impl<'a> Row<'a> {
    fn cell(&self, field: Field) -> &'a str {
        self.reader.mapping.column(field).map_or("", |column| Table::cell(self.line, column))
    }

    fn finding(&self, field: Option<Field>, rule: Refusal) -> Finding {
        let column = field.and_then(|field| self.reader.mapping.column(field)).map(|at| self.reader.mapping.columns[at].header.clone());
        let shape = field.map(|field| looks::shape(self.cell(field)).into()).unwrap_or_default();
        Finding { sheet: self.reader.sheet.clone(), line: self.line.number, column, rule, shape }
    }

    fn bad(&self, field: Field) -> impl Fn(Refusal) -> Finding {
        move |rule| self.finding(Some(field), rule)
    }

    fn doubt(&mut self, field: Field, code: &'static str) {
        let finding = self.finding(Some(field), Refusal::new(code));
        self.doubts.push(finding);
    }

    fn key(&self, field: Field) -> Result<Option<String>, Finding> {
        let key = kernel::format::ascii_digits(self.cell(field));
        if key.chars().count() > keys::LONGEST {
            return Err(self.finding(Some(field), Refusal::new("import.key-too-long")));
        }
        if keys::is_made(&key) {
            return Err(self.finding(Some(field), Refusal::new("import.key-unreadable")));
        }
        Ok(Some(key).filter(|key| !key.is_empty()))
    }

    fn patient(&mut self) -> Result<ImportedPatient, Finding> {
        let given_key = self.key(Field::PatientKey)?;
        let name = self.name()?;
        let born_on = self.born_on()?;
        let mut phone = self.phone(Field::Phone)?;
        let email = self.email()?;
        let guardian = self.guardian()?;
        if guardian.is_some() && guardian.as_ref().map(|guardian| &guardian.phone) == phone.as_ref() {
            // The number is the guardian's: a message for the child goes there anyway.
            phone = None;
        }
        let apart = phone
            .as_ref()
            .map(|phone| phone.e164().to_owned())
            .or_else(|| guardian.as_ref().map(|guardian| guardian.phone.e164().to_owned()))
            .or_else(|| email.as_ref().map(ToString::to_string))
            .or_else(|| born_on.map(|day| day.to_string()));
        let key = match (given_key, apart) {
            (Some(key), _) => key,
            (None, Some(apart)) => keys::of_patient(&name, &apart),
            (None, None) => return Err(self.finding(Some(Field::Phone), Refusal::new("import.nothing-apart"))),
        };
        if phone.is_none() && email.is_none() && guardian.is_none() {
            self.doubt(Field::Phone, "import.no-contact");
        }
        let locale = words::language(self.cell(Field::Language));
        if locale.is_none() && !self.cell(Field::Language).is_empty() {
            self.doubt(Field::Language, "import.language-unknown");
        }
        let marketing = words::yes_or_no(self.cell(Field::Marketing)).map(|said| match said {
            Said::Yes => Marketing::Agreed,
            Said::No => Marketing::Declined,
        });
        // The comments of a journal are about its visits, also when only its patients are taken.
        let journal = [Field::Start, Field::Date].iter().any(|field| self.reader.mapping.column(*field).is_some());
        let note = if journal { String::new() } else { self.note() };
        Ok(ImportedPatient { key, name, born_on, locale, phone, email, guardian, marketing, note })
    }

    fn name(&self) -> Result<PersonName, Finding> {
        let (given, family, full) = (self.cell(Field::Given), self.cell(Field::Family), self.cell(Field::FullName));
        let parts = !given.is_empty() || !family.is_empty();
        let (field, name) = if parts {
            (Field::Family, names::whole(given, family))
        } else {
            (Field::FullName, names::split(full, self.reader.mapping.names))
        };
        let name = name.map_err(self.bad(field))?;
        // A number in the place of a name is a row that has shifted, or a line of sums.
        let letters = name.given().chars().chain(name.family().chars()).any(char::is_alphabetic);
        if letters { Ok(name) } else { Err(self.finding(Some(field), Refusal::new("import.name-unreadable"))) }
    }

    fn born_on(&self) -> Result<Option<Date>, Finding> {
        let text = self.cell(Field::BornOn);
        if text.is_empty() {
            return Ok(None);
        }
        // Some programs write a birth as midnight of its day.
        let day = times::moment_parts(text).map_or_else(|| text.to_owned(), |(day, _)| day);
        let today = self.reader.terms.today;
        let born_on = days::day(&day, self.reader.births, Years::OfBirths, today).map_err(self.bad(Field::BornOn))?;
        if born_on > today || born_on.year() < 1900 {
            return Err(self.finding(Some(Field::BornOn), Refusal::new("import.born-impossible")));
        }
        Ok(Some(born_on))
    }

    fn phone(&self, field: Field) -> Result<Option<Phone>, Finding> {
        let text = self.cell(field);
        if text.is_empty() || matches!(text, "-" | "–" | "—") {
            return Ok(None);
        }
        let region = &self.reader.terms.region;
        let dialled = |part: &str| {
            let part: String = part.chars().filter(|c| !c.is_alphabetic()).collect();
            Phone::parse(&part, region).ok()
        };
        // Two numbers in one cell: the first that can be dialled.
        let read = dialled(text).or_else(|| text.split([',', ';', '/', '\n']).find_map(dialled));
        read.map(Some).ok_or_else(|| self.finding(Some(field), Refusal::new("import.phone-unreadable")))
    }

    fn email(&self) -> Result<Option<Address>, Finding> {
        let text = self.cell(Field::Email);
        if text.is_empty() || matches!(text, "-" | "–" | "—") {
            return Ok(None);
        }
        let address = Address::new(Scheme::Mailto, text).ok().filter(|_| looks::email(text));
        address.map(Some).ok_or_else(|| self.finding(Some(Field::Email), Refusal::new("import.email-unreadable")))
    }

    fn guardian(&mut self) -> Result<Option<ImportedGuardian>, Finding> {
        let text = self.cell(Field::GuardianName);
        let phone = self.phone(Field::GuardianPhone)?;
        match (text.is_empty(), phone) {
            (true, None) => Ok(None),
            (true, Some(_)) => {
                self.doubt(Field::GuardianPhone, "import.guardian-unnamed");
                Ok(None)
            }
            (false, None) => {
                self.doubt(Field::GuardianName, "import.guardian-unreachable");
                Ok(None)
            }
            (false, Some(phone)) => {
                let name = names::split(text, self.reader.mapping.names).map_err(self.bad(Field::GuardianName))?;
                Ok(Some(ImportedGuardian { key: keys::of_patient(&name, phone.e164()), name, phone }))
            }
        }
    }

    fn visit(&mut self) -> Result<ImportedVisit, Finding> {
        let whose = self.whose()?;
        let (starts_at, until) = self.start()?;
        let ends_at = self.end(starts_at, until)?;
        let status = match self.cell(Field::Status) {
            "" => None,
            text => Some(Status::read(text).ok_or_else(|| self.finding(Some(Field::Status), Refusal::new("import.status-unknown")))?),
        };
        let key = self.key(Field::VisitKey)?;
        let named = |field: Field| {
            let text = self.cell(field).split_whitespace().collect::<Vec<_>>().join(" ");
            let text: String = text.chars().filter(|c| !c.is_control()).take(NAME_CHARACTERS).collect();
            Some(text).filter(|text| !text.is_empty())
        };
        let (provider, chair, service) = (named(Field::Provider), named(Field::Chair), named(Field::Service));
        Ok(ImportedVisit { key, whose, starts_at, ends_at, provider, chair, service, status, note: self.note() })
    }

    fn whose(&mut self) -> Result<Whose, Finding> {
        let nameless = [Field::FullName, Field::Given, Field::Family].iter().all(|field| self.cell(*field).is_empty());
        match self.key(Field::PatientKey)? {
            Some(key) if nameless => Ok(Whose::Keyed(key)),
            _ => self.patient().map(Box::new).map(Whose::Written),
        }
    }

    fn start(&self) -> Result<(Timestamp, Option<Timestamp>), Finding> {
        let terms = self.reader.terms;
        let (start, date, time) = (self.cell(Field::Start), self.cell(Field::Date), self.cell(Field::Time));
        let (field, read) = if start.is_empty() {
            let day_at = |field| if date.is_empty() { Err((field, Refusal::new("import.day-missing"))) } else { Ok(()) };
            let read = day_at(Field::Date).and_then(|()| self.day_and_time(date, time));
            match read {
                Ok(read) => (Field::Date, Ok(read)),
                Err((field, rule)) => (field, Err(rule)),
            }
        } else {
            (Field::Start, times::moment(start, self.reader.visit_days, terms.today, &terms.zone))
        };
        let (starts_at, until) = read.map_err(self.bad(field))?;
        let years = i32::from(starts_at.date(&terms.zone).year()) - i32::from(terms.today.year());
        if !(-i32::from(YEARS_BACK)..=i32::from(YEARS_AHEAD)).contains(&years) {
            return Err(self.finding(Some(field), Refusal::new("import.day-far")));
        }
        Ok((starts_at, until))
    }

    fn day_and_time(&self, date: &str, time: &str) -> Result<(Timestamp, Option<Timestamp>), (Field, Refusal)> {
        let terms = self.reader.terms;
        // Spreadsheets often keep a day as its midnight.
        let bare = times::moment_parts(date).map_or_else(|| date.to_owned(), |(day, _)| day);
        let day = days::day(&bare, self.reader.visit_days, Years::OfVisits, terms.today).map_err(|rule| (Field::Date, rule))?;
        // A time may stand as a moment of another day: the day of the column counts.
        let time = times::moment_parts(time).map_or_else(|| time.to_owned(), |(_, time)| time);
        let span = times::span(&time).map_err(|rule| (Field::Time, rule))?;
        let span = span.ok_or((Field::Time, Refusal::new("import.time-missing")))?;
        let at = |time| terms.zone.at(day.to_datetime(time));
        Ok((at(span.from), span.until.map(at)))
    }

    fn end(&self, starts_at: Timestamp, until: Option<Timestamp>) -> Result<Option<Timestamp>, Finding> {
        let terms = self.reader.terms;
        let text = self.cell(Field::End);
        let (field, ends_at) = if !text.is_empty() {
            let read = if times::moment_parts(text).is_some() {
                times::moment(text, self.reader.visit_days, terms.today, &terms.zone).map(|(at, _)| at)
            } else {
                let day = starts_at.date(&terms.zone);
                let span = times::span(text).and_then(|span| span.ok_or_else(|| Refusal::new("import.time-unreadable")));
                span.map(|span| terms.zone.at(day.to_datetime(span.from)))
            };
            (Field::End, Some(read.map_err(self.bad(Field::End))?))
        } else if let Some(minutes) = times::minutes(self.cell(Field::Minutes)).map_err(self.bad(Field::Minutes))? {
            (Field::Minutes, Some(starts_at + std::time::Duration::from_secs(u64::from(minutes) * 60)))
        } else {
            (if self.cell(Field::Time).is_empty() { Field::Start } else { Field::Time }, until)
        };
        let longest = std::time::Duration::from_secs(u64::from(times::LONGEST_MINUTES) * 60);
        match ends_at {
            Some(ends_at) if ends_at <= starts_at => Err(self.finding(Some(field), Refusal::new("import.ends-before-start"))),
            Some(ends_at) if ends_at.since(starts_at) > longest => {
                Err(self.finding(Some(field), Refusal::new("import.minutes-range").with("most", times::LONGEST_MINUTES)))
            }
            other => Ok(other),
        }
    }

    fn note(&mut self) -> String {
        let note = self.cell(Field::Note);
        if note.chars().count() > NOTE_CHARACTERS {
            self.doubt(Field::Note, "import.note-cut");
        }
        note.chars().filter(|c| !c.is_control() || *c == '\n').take(NOTE_CHARACTERS).collect()
    }
}

/// Patients and their words are not for logs.
impl std::fmt::Debug for ImportedRow {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = match self.what {
            Imported::Patient(_) => "patient",
            Imported::Visit(_) => "visit",
        };
        write!(out, "ImportedRow(line {}, {kind}, {} doubts)", self.line, self.doubts.len())
    }
}
