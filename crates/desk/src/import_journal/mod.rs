//! Takes a clinic's own journal and patient list into ours: in small acts, so that the desk goes on working meanwhile.
//! A bad row is listed and stops no other.
//!
//! It can be repeated. A patient is recognised by the key of the program they come from, else by phone or e-mail and
//! name; a visit by its key, else by patient, start and provider. A new time under a known key moves the visit. Where a
//! patient has moved a visit here and the file still has the old time, the visit stays where it is.

mod marks;
mod people;
mod rooms;
#[cfg(test)]
mod tests;
mod visits;

use std::collections::BTreeSet;
use std::sync::Arc;

use kernel::{ClinicId, Timestamp};

use clinic::actors::{Actor, Origin};
use clinic::clinics::Clinic;
use clinic::staff::Right;

use crate::bot::facts;
use crate::import::{Contents, Finding, Imported, ImportedRow, Mapping, Reader, Table, Terms};
use crate::{ActError, Desk};

pub use rooms::NewNames;

/// Rows in one act: long enough to be quick, short enough that nobody at the desk waits for it.
const ROWS_AN_ACT: usize = 200;

/// What is to be taken in.
pub struct Journal {
    pub clinic: ClinicId,
    pub sheets: Vec<(Table, Mapping)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
    pub good: usize,
    pub bad: usize,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Taken {
    pub patients: Count,
    pub visits: Count,
    pub made: NewNames,
    /// Rows that were left out, in the order of the file.
    pub bad: Vec<Finding>,
    /// Rows that were taken and should be looked at.
    pub doubts: Vec<Finding>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    pub added: usize,
    pub moved: usize,
    pub changed: usize,
    /// Were there already, just so.
    pub known: usize,
}

/// What the file would bring. Nothing is written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Preview {
    /// The first rows of each sheet as they were understood.
    pub first: Vec<ImportedRow>,
    pub good: usize,
    /// Who and what the file names that the clinic does not have yet.
    pub made: NewNames,
    pub bad: Vec<Finding>,
    pub doubts: Vec<Finding>,
}

/// What one row did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Did {
    Added,
    Moved,
    Changed,
    Nothing,
}

impl Count {
    fn add(&mut self, did: Did) {
        match did {
            Did::Added => self.added += 1,
            Did::Moved => self.moved += 1,
            Did::Changed => self.changed += 1,
            Did::Nothing => self.known += 1,
        }
    }
}

impl Journal {
    /// Patients first: visits may know them by their key only.
    fn in_order(&self) -> Vec<&(Table, Mapping)> {
        let mut sheets: Vec<_> = self.sheets.iter().collect();
        sheets.sort_by_key(|(_, mapping)| match mapping.contents {
            Contents::Patients => 0,
            Contents::Visits => 1,
        });
        sheets
    }

    /// Every row as it reads, each sheet after the other.
    fn rows(&self, terms: &Terms, mut take: impl FnMut(Result<ImportedRow, Finding>)) {
        for (table, mapping) in self.in_order() {
            Reader::new(table, mapping, terms).rows().for_each(&mut take);
        }
    }
}

fn terms_of(clinic: &Clinic, now: Timestamp) -> Terms {
    Terms { zone: clinic.zone.clone(), region: clinic.region.clone(), locale: clinic.locale, today: now.date(&clinic.zone) }
}

/// Reads the journal against what the clinic has, and writes nothing.
pub async fn preview_journal(desk: &Desk, by: Actor, journal: &Journal, first: usize) -> Result<Preview, ActError> {
    by.may(Right::ImportJournal)?;
    let id = journal.clinic;
    let (clinic, known, now) = desk.look(move |tx, now| Ok((facts::clinic(tx, id)?, rooms::Known::of(tx, id)?, now))).await?;
    let mut preview = Preview::default();
    let mut names = rooms::Named::default();
    journal.rows(&terms_of(&clinic, now), |row| match row {
        Ok(mut row) => {
            preview.good += 1;
            preview.doubts.append(&mut row.doubts);
            names.note(&row);
            if preview.first.iter().filter(|shown| shown.sheet == row.sheet).count() < first {
                preview.first.push(row);
            }
        }
        Err(finding) => preview.bad.push(finding),
    });
    preview.made = known.missing(&names);
    Ok(preview)
}

/// Writes the good rows. `progress` hears after every act how far it is.
pub async fn import_journal(desk: &Desk, by: Actor, journal: &Journal, mut progress: impl FnMut(Progress)) -> Result<Taken, ActError> {
    by.may(Right::ImportJournal)?;
    let id = journal.clinic;
    let (clinic, now) = desk.look(move |tx, now| Ok((facts::clinic(tx, id)?, now))).await?;
    let terms = terms_of(&clinic, now);
    let mut taken = Taken::default();
    let total = journal.sheets.iter().map(|(table, _)| table.rows.len()).sum();
    let mut names = rooms::Named::default();
    journal.rows(&terms, |row| {
        if let Ok(row) = row {
            names.note(&row);
        }
    });
    let names = Arc::new(names);
    let order = journal.sheets.first().map_or(crate::import::NameOrder::of(clinic.locale), |(_, mapping)| mapping.names);
    let (known, made) = desk.act(by, Origin::Import, move |act| rooms::furnish(act, id, &names, order)).await?;
    taken.made = made;
    let context = Arc::new(Context { clinic, known });
    let mut seen = BTreeSet::new();
    let mut done = 0;
    let mut good = 0;
    for (table, mapping) in journal.in_order() {
        let reader = Reader::new(table, mapping, &terms);
        let mut rows = reader.rows();
        loop {
            let batch: Vec<_> = rows.by_ref().take(ROWS_AN_ACT).collect();
            if batch.is_empty() {
                break;
            }
            done += batch.len();
            let (readable, bad): (Vec<_>, Vec<_>) = batch.into_iter().partition(Result::is_ok);
            taken.bad.extend(bad.into_iter().filter_map(Result::err));
            let (once, twice): (Vec<_>, Vec<_>) = readable.into_iter().flatten().partition(|row| is_first(row, &mut seen));
            taken.bad.extend(twice.iter().map(|row| row.finding("import.key-twice")));
            good += once.len();
            let (once, context) = (Arc::new(once), Arc::clone(&context));
            let wrote = desk.act(by, Origin::Import, move |act| visits::take(act, &context, &once)).await?;
            good -= wrote.bad.len();
            wrote.join(&mut taken);
            progress(Progress { done, total, good, bad: taken.bad.len() });
        }
    }
    tracing::info!(rows = total, good, bad = taken.bad.len(), "a journal was imported");
    Ok(taken)
}

/// The same key of a visit in two rows of one file cannot be two visits.
fn is_first(row: &ImportedRow, seen: &mut BTreeSet<String>) -> bool {
    match &row.what {
        Imported::Visit(visit) => visit.key.clone().is_none_or(|key| seen.insert(key)),
        Imported::Patient(_) => true,
    }
}

/// What every row is read against.
struct Context {
    clinic: Clinic,
    known: rooms::Known,
}

impl Taken {
    /// Adds what one act wrote.
    fn join(self, all: &mut Self) {
        for (one, into) in [(self.patients, &mut all.patients), (self.visits, &mut all.visits)] {
            into.added += one.added;
            into.moved += one.moved;
            into.changed += one.changed;
            into.known += one.known;
        }
        all.bad.extend(self.bad);
        all.doubts.extend(self.doubts);
    }
}
