//! What `caredesk import` shows: the columns, the first rows, the bad ones with their rule, how far it is, what it wrote.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use clinic::clinics::Clinic;
use clinic::texts::Phrasebook;
use desk::import::{Column, Finding, Imported, ImportedPatient, ImportedRow, ImportedVisit, Whose};
use desk::{Count, Journal, NewNames, Preview, Progress, Taken};
use kernel::{Arg, format};

use super::import::Person;

/// A longer list helps nobody on a screen; the file itself has to be looked at.
const FINDINGS: usize = 500;

pub(super) struct Shown<'a> {
    pub words: &'static Phrasebook,
    pub clinic: &'a Clinic,
    pub out: &'a mut dyn Write,
}

impl Shown<'_> {
    pub fn say(&mut self, key: &str, args: &[(&str, Arg)]) -> io::Result<()> {
        writeln!(self.out, "{}", safe(&self.words.say(key, args)))
    }

    pub fn file(&mut self, path: &Path, journal: &Journal) -> io::Result<()> {
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let rows = journal.sheets.iter().map(|(table, _)| table.rows.len()).sum();
        self.say("import-file", &[("name", name.into()), ("rows", number(rows))])?;
        for (table, mapping) in &journal.sheets {
            writeln!(self.out)?;
            if let Some(sheet) = &table.name {
                self.say("import-sheet", &[("sheet", sheet.as_str().into()), ("rows", number(table.rows.len()))])?;
            }
            self.say("import-columns", &[])?;
            for (at, column) in mapping.columns.iter().enumerate() {
                let line = self.column(at, column);
                self.indented(&line)?;
            }
        }
        writeln!(self.out)
    }

    fn column(&self, at: usize, column: &Column) -> String {
        let header = if column.header.is_empty() {
            self.words.say("import-column-blank", &[("number", number(at + 1))])
        } else {
            column.header.clone()
        };
        match column.field {
            None => self.words.say("import-column-unread", &[("header", header.into())]),
            Some(field) => {
                let field = self.words.say(&field.key(), &[]);
                let confidence = self.words.say(column.confidence.key(), &[]);
                self.words.say("import-column", &[("header", header.into()), ("field", field.into()), ("confidence", confidence.into())])
            }
        }
    }

    pub fn preview(&mut self, preview: &Preview) -> io::Result<()> {
        if !preview.first.is_empty() {
            self.say("import-first", &[])?;
            for row in &preview.first {
                let line = self.row(row);
                self.indented(&line)?;
            }
            writeln!(self.out)?;
        }
        self.new_names(&preview.made)?;
        self.say("import-good", &[("rows", number(preview.good))])?;
        self.findings("import-bad", &preview.bad)?;
        self.findings("import-doubts", &preview.doubts)
    }

    fn row(&self, row: &ImportedRow) -> String {
        let line = ("line", Arg::Number(i64::try_from(row.line).unwrap_or(i64::MAX)));
        match &row.what {
            Imported::Patient(patient) => {
                let contact = contact(patient).unwrap_or_else(|| self.unsaid());
                let born = patient.born_on.map_or_else(|| self.unsaid(), |day| format::date_with_year(day, self.words.locale()));
                let patient = patient.name.full(self.words.locale());
                self.words
                    .say("import-row-patient", &[line, ("patient", patient.into()), ("contact", contact.into()), ("born", born.into())])
            }
            Imported::Visit(visit) => self.visit(line, visit),
        }
    }

    fn visit(&self, line: (&'static str, Arg), visit: &ImportedVisit) -> String {
        let patient = match &visit.whose {
            Whose::Keyed(key) => self.words.say("import-keyed", &[("key", key.as_str().into())]),
            Whose::Written(patient) => {
                let name = patient.name.full(self.words.locale());
                contact(patient).map_or_else(|| name.clone(), |contact| format!("{name}, {contact}"))
            }
        };
        let when = format::moment(visit.starts_at, &self.clinic.zone, self.words.locale());
        let or_unsaid = |text: &Option<String>| text.clone().unwrap_or_else(|| self.unsaid());
        let status = visit.status.map_or_else(|| self.unsaid(), |status| self.words.say(status.key(), &[]));
        let args = [
            line,
            ("patient", patient.into()),
            ("when", when.into()),
            ("provider", or_unsaid(&visit.provider).into()),
            ("service", or_unsaid(&visit.service).into()),
            ("status", status.into()),
        ];
        self.words.say("import-row-visit", &args)
    }

    fn unsaid(&self) -> String {
        self.words.say("import-unsaid", &[])
    }

    fn new_names(&mut self, made: &NewNames) -> io::Result<()> {
        let lists =
            [("import-new-providers", &made.providers), ("import-new-chairs", &made.chairs), ("import-new-services", &made.services)];
        for (key, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
            self.say(key, &[("names", names.join(" · ").into())])?;
        }
        Ok(())
    }

    fn findings(&mut self, title: &str, findings: &[Finding]) -> io::Result<()> {
        if findings.is_empty() {
            return Ok(());
        }
        self.say(title, &[("rows", number(findings.len()))])?;
        for finding in findings.iter().take(FINDINGS) {
            let line = self.finding(finding);
            self.indented(&line)?;
        }
        if findings.len() > FINDINGS {
            self.say("import-more", &[("rows", number(findings.len() - FINDINGS))])?;
        }
        Ok(())
    }

    fn finding(&self, finding: &Finding) -> String {
        let line = ("line", Arg::Number(i64::try_from(finding.line).unwrap_or(i64::MAX)));
        let rule = ("rule", Arg::Text(self.words.refusal(&finding.rule)));
        let said = match &finding.column {
            Some(column) => self.words.say("import-finding", &[line, ("column", column.as_str().into()), rule]),
            None => self.words.say("import-finding-row", &[line, rule]),
        };
        let said = match &finding.sheet {
            Some(sheet) => self.words.say("import-finding-sheet", &[("sheet", Arg::Text(sheet.to_string())), ("finding", said.into())]),
            None => said,
        };
        if finding.shape.is_empty() { said } else { format!("{said} [{}]", finding.shape) }
    }

    /// One line that changes where somebody looks at it; nothing in a log.
    pub fn progress(&mut self, progress: Progress, person: Person) -> io::Result<()> {
        if person == Person::Absent {
            return Ok(());
        }
        let args = [
            ("done", number(progress.done)),
            ("total", number(progress.total)),
            ("good", number(progress.good)),
            ("bad", number(progress.bad)),
        ];
        let end = if progress.done == progress.total { "\n" } else { "" };
        write!(self.out, "\r{}{end}", self.words.say("import-progress", &args))?;
        self.out.flush()
    }

    /// What was written, and what came to light only then.
    pub fn taken(&mut self, taken: &Taken, preview: &Preview) -> io::Result<()> {
        self.say("import-done-patients", &counted(taken.patients))?;
        self.say("import-done-visits", &counted(taken.visits))?;
        let only_now = |now: &[Finding], before: &[Finding]| {
            let before: BTreeSet<_> = before.iter().map(place).collect();
            now.iter().filter(|finding| !before.contains(&place(finding))).cloned().collect::<Vec<_>>()
        };
        self.findings("import-bad", &only_now(&taken.bad, &preview.bad))?;
        self.findings("import-doubts", &only_now(&taken.doubts, &preview.doubts))
    }

    fn indented(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "  {}", safe(line))
    }
}

fn place(finding: &Finding) -> (Option<&str>, u64, &'static str) {
    (finding.sheet.as_deref(), finding.line, finding.rule.code())
}

fn counted(count: Count) -> [(&'static str, Arg); 4] {
    [("added", number(count.added)), ("moved", number(count.moved)), ("changed", number(count.changed)), ("known", number(count.known))]
}

fn contact(patient: &ImportedPatient) -> Option<String> {
    let phone = patient.phone.as_ref().or(patient.guardian.as_ref().map(|guardian| &guardian.phone));
    phone.map(kernel::Phone::international).or_else(|| patient.email.as_ref().map(|email| email.rest().to_owned()))
}

fn number(count: usize) -> Arg {
    Arg::Number(i64::try_from(count).unwrap_or(i64::MAX))
}

/// A cell of a file could carry orders to the terminal.
fn safe(line: &str) -> String {
    line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
