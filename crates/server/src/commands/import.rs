//! `caredesk import`: shows how a clinic's own journal was understood, asks, and takes it in.
//!
//! Names and numbers are shown on the terminal of whoever runs it, and nowhere else.

use std::fs::File;
use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use clinic::actors::Actor;
use clinic::clinics::Clinic;
use clinic::texts::Phrasebook;
use desk::import::{Contents, Field, Mapping, Table, tables};
use desk::{Desk, Journal, Taken, import_journal, preview_journal};
use kernel::{Locale, Refusal, search_key};

use super::import_shown::Shown;
use super::serve;
use crate::config::Config;

/// How many rows are shown as they were understood.
const FIRST: usize = 5;
/// One byte more than what is read is enough to refuse a file without reading all of it.
const MOST_BYTES: u64 = 50 * 1024 * 1024 + 1;

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// CSV, XLSX or calendar file
    file: PathBuf,
    /// Show what would be imported and write nothing
    #[arg(long)]
    preview: bool,
    /// Import without asking
    #[arg(long)]
    yes: bool,
    /// What to take from the file, where it is not what it looks like
    #[arg(long = "as", value_enum)]
    contents: Option<Wanted>,
    /// Say which column holds what, for example phone=Mobile; without a header the field is not read
    #[arg(long = "map", value_name = "FIELD=HEADER")]
    maps: Vec<String>,
    /// The clinic whose journal it is, where there are several
    #[arg(long, value_name = "NAME")]
    clinic: Option<String>,
    /// In which language to show it: en, ru, hu or fa; the clinic's own if not said
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<Locale>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Wanted {
    /// The patients only, also those of a journal
    Patients,
    /// A journal
    Visits,
}

/// Where the command shows and asks.
pub struct Terminal<'a> {
    pub out: &'a mut dyn Write,
    pub input: &'a mut dyn BufRead,
    pub person: Person,
}

/// Whether somebody sits there who can be asked and sees a line change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    Present,
    Absent,
}

/// On the terminal and the database of this machine.
pub async fn run_here(args: &ImportArgs, config: &Config) -> Result<()> {
    let (desk, _) = serve::open(config).await?;
    let person = if io::stdin().is_terminal() && io::stdout().is_terminal() { Person::Present } else { Person::Absent };
    let (mut out, mut input) = (io::stdout().lock(), io::stdin().lock());
    let done = run(args, &desk, &mut Terminal { out: &mut out, input: &mut input, person }).await;
    desk.store().clone().close().await;
    done.map(drop)
}

/// Shows, asks and imports. What came of it; none if nothing was written.
pub async fn run(args: &ImportArgs, desk: &Desk, terminal: &mut Terminal<'_>) -> Result<Option<Taken>> {
    let clinics = desk.look(|tx, _| Ok(store::clinics::clinics(tx)?)).await?;
    let spoken = args.language.or_else(|| clinics.first().map(|clinic| clinic.locale));
    let words = Phrasebook::of(spoken.unwrap_or_default());
    let said = |refusal: Refusal| anyhow::anyhow!(words.refusal(&refusal));
    let clinic = wanted_clinic(clinics, args.clinic.as_deref()).map_err(said)?;
    let words = Phrasebook::of(args.language.unwrap_or(clinic.locale));
    let said = |refusal: Refusal| anyhow::anyhow!(words.refusal(&refusal));
    let bytes = read(&args.file)?;
    let today = desk.now().date(&clinic.zone);
    let sheets = tables(&bytes).map_err(said)?.into_iter().map(|table| {
        let mapping = Mapping::propose(&table, clinic.locale, today);
        (table, mapping)
    });
    let sheets = corrected(sheets.collect(), args).map_err(said)?;
    let journal = Journal { clinic: clinic.id, sheets };

    let mut shown = Shown { words, clinic: &clinic, out: &mut *terminal.out };
    shown.file(&args.file, &journal)?;
    let preview = preview_journal(desk, Actor::Program, &journal, FIRST).await.map_err(|error| explained(words, error))?;
    shown.preview(&preview)?;
    if args.preview || preview.good == 0 {
        shown.say("import-nothing-written", &[])?;
        return Ok(None);
    }
    if !args.yes {
        if terminal.person == Person::Absent {
            shown.say("import-needs-yes", &[])?;
            return Ok(None);
        }
        shown.say("import-ask", &[])?;
        let mut answer = String::new();
        terminal.input.read_line(&mut answer)?;
        if !is_yes(words, &answer) {
            shown.say("import-nothing-written", &[])?;
            return Ok(None);
        }
    }
    let person = terminal.person;
    let mut broken: io::Result<()> = Ok(());
    let taken = import_journal(desk, Actor::Program, &journal, |progress| {
        if broken.is_ok() {
            broken = shown.progress(progress, person);
        }
    })
    .await
    .map_err(|error| explained(words, error))?;
    broken?;
    shown.taken(&taken, &preview)?;
    Ok(Some(taken))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES).read_to_end(&mut bytes).with_context(|| path.display().to_string())?;
    Ok(bytes)
}

fn wanted_clinic(mut clinics: Vec<Clinic>, name: Option<&str>) -> Result<Clinic, Refusal> {
    if let Some(name) = name {
        let key = search_key::of(name);
        let named = clinics.into_iter().find(|clinic| search_key::of(&clinic.name) == key);
        return named.ok_or_else(|| Refusal::new("import.no-such-clinic").with("clinic", name));
    }
    match clinics.len() {
        0 => Err(Refusal::new("import.no-clinic-yet")),
        1 => Ok(clinics.remove(0)),
        _ => Err(Refusal::new("import.which-clinic")),
    }
}

/// The proposed mapping with what the person says instead. A sheet that cannot be read is left out while another can.
fn corrected(mut sheets: Vec<(Table, Mapping)>, args: &ImportArgs) -> Result<Vec<(Table, Mapping)>, Refusal> {
    for map in &args.maps {
        let (field, header) = map.split_once('=').ok_or_else(|| Refusal::new("import.map-unclear").with("text", map.as_str()))?;
        let field = Field::named(field.trim()).ok_or_else(|| Refusal::new("import.no-such-field").with("field", field.trim()))?;
        let mut refused = None;
        let mut understood = false;
        for (_, mapping) in &mut sheets {
            match mapping.clone().told(field, Some(header)) {
                Ok(told) => (*mapping, understood) = (told, true),
                Err(refusal) => refused = Some(refusal),
            }
        }
        if let Some(refusal) = refused.filter(|_| !understood) {
            return Err(refusal);
        }
    }
    let contents = args.contents.map(|wanted| match wanted {
        Wanted::Patients => Contents::Patients,
        Wanted::Visits => Contents::Visits,
    });
    let sheets = sheets.into_iter().map(|(table, mapping)| match contents {
        Some(contents) => (table, mapping.read_as(contents)),
        None => (table, mapping),
    });
    let (readable, others): (Vec<_>, Vec<_>) = sheets.partition(|(_, mapping)| mapping.check().is_ok());
    match others.first() {
        Some((_, mapping)) if readable.is_empty() => mapping.check().map(|()| readable),
        _ => Ok(readable),
    }
}

fn is_yes(words: &Phrasebook, answer: &str) -> bool {
    let answer = search_key::of(answer);
    words.say_plain("import-yes", &[]).split_whitespace().any(|yes| search_key::of(yes) == answer)
}

fn explained(words: &Phrasebook, error: desk::ActError) -> anyhow::Error {
    match error {
        desk::ActError::Refused(refusal) => anyhow::anyhow!(words.refusal(&refusal)),
        desk::ActError::Store(error) => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::Cursor;
    use std::sync::Arc;

    use clap::Parser;
    use clinic::actors::Origin;
    use desk::Parts;
    use kernel::{Chance, ClinicId, Clock, HandClock, Locale, OrganisationId, QuietHours, Time, Zone};
    use store::{Place, Store};

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: ImportArgs,
    }

    async fn desk(zone: &str, region: &str, locale: Locale) -> Desk {
        let zone = Zone::named(zone).unwrap();
        let clock = HandClock::at(zone.at("2026-11-22T10:00".parse().unwrap()));
        let (now, mut chance) = (clock.now(), Chance::from_seed(7));
        let clinic = Clinic {
            id: ClinicId::new(now, &mut chance),
            name: "Mosoly".to_owned(),
            zone,
            locale,
            address: String::new(),
            map_url: None,
            region: region.to_owned(),
            hours: "mon-sat 08:00-20:00".parse().unwrap(),
            exceptions: BTreeMap::new(),
            quiet_hours: QuietHours { from: Time::constant(20, 0, 0, 0), until: Time::constant(8, 0, 0, 0) },
            daily_cap: 1,
            public_url: None,
        };
        let organisation = OrganisationId::new(now, &mut chance);
        let store = Store::open(&Place::Memory, now.as_millis()).await.unwrap();
        let desk = Desk::new(Parts { store, clock: Arc::new(clock), chance, node: "one".to_owned() });
        let made = desk.act(Actor::Program, Origin::Program, move |act| {
            store::clinics::add_organisation(act.tx, organisation, "Mosoly", act.now)?;
            Ok(store::clinics::save_clinic(act.tx, &clinic)?)
        });
        made.await.unwrap();
        desk
    }

    async fn imported(desk: &Desk, arguments: &[&str], answer: &str, person: Person) -> (String, Result<Option<Taken>>) {
        let file = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples").join(name).display().to_string();
        let arguments = std::iter::once("import".to_owned())
            .chain(arguments.iter().map(|argument| if argument.starts_with("journal-") { file(argument) } else { (*argument).to_owned() }));
        let line = Line::try_parse_from(arguments).unwrap();
        let mut out = Vec::new();
        let mut input = Cursor::new(answer.as_bytes().to_vec());
        let mut terminal = Terminal { out: &mut out, input: &mut input, person };
        let taken = run(&line.args, desk, &mut terminal).await;
        (String::from_utf8(out).unwrap(), taken)
    }

    #[tokio::test]
    async fn nothing_is_written_before_somebody_says_yes() {
        let desk = desk("Europe/Budapest", "HU", Locale::Hu).await;
        for (arguments, answer, person) in [
            (&["journal-budapest.csv", "--preview"][..], "igen\n", Person::Present),
            (&["journal-budapest.csv"], "nem\n", Person::Present),
            (&["journal-budapest.csv"], "", Person::Present),
            (&["journal-budapest.csv"], "igen\n", Person::Absent),
        ] {
            let (shown, taken) = imported(&desk, arguments, answer, person).await;
            assert_eq!(taken.unwrap(), None, "{shown}");
        }
        let (shown, taken) = imported(&desk, &["journal-budapest.csv"], "Igen\n", Person::Present).await;
        assert_eq!(taken.unwrap().unwrap().visits.added, 44, "{shown}");
        assert!(shown.contains("Telefonszám → telefon (biztos)"), "{shown}");
        assert!(shown.contains("26. sor, „Kezdés”: Ilyen időt az óra nem mutat. [99:99]"), "{shown}");
        assert_eq!(shown.matches("Ilyen időt az óra nem mutat.").count(), 1, "{shown}");
    }

    #[tokio::test]
    async fn a_workbook_is_shown_in_the_clinics_language() {
        let desk = desk("Asia/Tehran", "IR", Locale::Fa).await;
        let (shown, taken) = imported(&desk, &["journal-isfahan.xlsx", "--yes"], "", Person::Absent).await;
        assert_eq!(taken.unwrap().unwrap().visits.added, 38, "{shown}");
        assert!(shown.contains("بیماران") && shown.contains("آذر"), "{shown}");
        assert!(!shown.contains('⟨'), "{shown}");
    }

    #[tokio::test]
    async fn a_person_may_correct_the_columns_and_take_the_patients_only() {
        let desk = desk("Europe/Samara", "RU", Locale::Ru).await;
        let (shown, taken) = imported(&desk, &["journal-samara.csv", "--as", "patients", "--yes"], "", Person::Absent).await;
        let taken = taken.unwrap().unwrap();
        assert_eq!((taken.patients.added, taken.patients.changed, taken.visits.added), (33, 0, 0), "{shown}");
        for (map, sentence) in [
            ("phone=Факс", "нет столбца «Факс»"),
            ("fax=Телефон", "не поле"),
            ("Телефон", "поле=заголовок"),
            ("time=", "Столбец со временем приёма не найден"),
        ] {
            let (_, refused) = imported(&desk, &["journal-samara.csv", "--map", map], "", Person::Absent).await;
            assert!(refused.unwrap_err().to_string().contains(sentence), "{map}");
        }
        let (_, refused) = imported(&desk, &["journal-samara.csv", "--clinic", "Nowhere"], "", Person::Absent).await;
        assert!(refused.unwrap_err().to_string().contains("Nowhere"));
    }
}
