//! Looks whether everything is in order, changes nothing, and ends with a code that says whether something is not.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clinic::staff::Role;
use clinic::texts::Phrasebook;
use kernel::{Clock, Locale, Timestamp};
use store::{Engine, Place, Store, StoreError};
use tokio::net::TcpListener;

use crate::clock::WallClock;
use crate::config::{Config, Stored};

/// No machine that is right shows a time before this program was written.
const WRITTEN_AT: Timestamp = Timestamp::from_seconds(1_793_491_200);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Finding {
    Good,
    /// Works, but somebody should know.
    Note,
    Bad,
}

#[derive(Default)]
struct Report {
    lines: Vec<(Finding, &'static str, String)>,
}

pub async fn run(named: Option<PathBuf>) -> ExitCode {
    let mut report = Report::default();
    match Config::load(named) {
        Ok(config) => examine(&config, &mut report).await,
        Err(error) => report.add(Finding::Bad, "configuration", format!("{error:#}")),
    }
    println!("{}", report.text());
    report.exit_code()
}

async fn examine(config: &Config, report: &mut Report) {
    report.add(Finding::Good, "configuration", "read".to_owned());
    report.clock(WallClock.now());
    report.languages();
    report.public_url(config);
    report.listening(config).await;
    report.database(&config.place).await;
}

impl Report {
    fn add(&mut self, finding: Finding, of: &'static str, said: String) {
        self.lines.push((finding, of, said));
    }

    fn clock(&mut self, now: Timestamp) {
        let finding = if now < WRITTEN_AT { Finding::Bad } else { Finding::Good };
        self.add(finding, "clock", format!("{now}"));
    }

    fn languages(&mut self) {
        let silent: Vec<_> =
            Locale::ALL.into_iter().filter(|locale| !Role::ALL.iter().all(|role| Phrasebook::of(*locale).has(&role.key()))).collect();
        if silent.is_empty() {
            let names: Vec<_> = Locale::ALL.iter().map(ToString::to_string).collect();
            self.add(Finding::Good, "languages", names.join(", "));
        } else {
            self.add(Finding::Bad, "languages", format!("no words for {silent:?}: this program was not built whole"));
        }
    }

    fn public_url(&mut self, config: &Config) {
        let (finding, said) = match config.public_url.as_deref() {
            None => (Finding::Note, "none: patients get no links, and providers cannot call in".to_owned()),
            Some(url) if url.starts_with("https://") => (Finding::Good, url.to_owned()),
            Some(url) => (Finding::Note, format!("{url} is readable by everybody on the way; use https")),
        };
        self.add(finding, "public address", said);
    }

    async fn listening(&mut self, config: &Config) {
        let (finding, said) = match TcpListener::bind(config.listen).await {
            Ok(_) => (Finding::Good, format!("{} is free", config.listen)),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                (Finding::Note, format!("{} is taken, probably by a desk that runs", config.listen))
            }
            Err(error) => (Finding::Bad, format!("{}: {error}", config.listen)),
        };
        self.add(finding, "listening", said);
    }

    async fn database(&mut self, stored: &Stored) {
        let place = stored.place();
        if let Place::File(file) = &place
            && !file.exists()
        {
            let (finding, said) = missing(file);
            return self.add(finding, "database", said);
        }
        match look_into(&place).await {
            Ok(said) => self.add(Finding::Good, "database", said),
            Err(error) => self.add(Finding::Bad, "database", error.to_string()),
        }
    }

    fn text(&self) -> String {
        let sign = |finding| match finding {
            Finding::Good => "good",
            Finding::Note => "note",
            Finding::Bad => "BAD ",
        };
        let lines: Vec<_> = self.lines.iter().map(|(finding, of, said)| format!("{}  {of:<16}{said}", sign(*finding))).collect();
        lines.join("\n")
    }

    fn exit_code(&self) -> ExitCode {
        let bad = self.lines.iter().any(|(finding, ..)| *finding == Finding::Bad);
        if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}

/// The first start makes it.
fn missing(file: &Path) -> (Finding, String) {
    let folder = file.parent().unwrap_or(Path::new("."));
    match std::fs::metadata(folder) {
        Ok(there) if there.permissions().readonly() => (Finding::Bad, format!("{} cannot be written to", folder.display())),
        Ok(there) if !there.is_dir() => (Finding::Bad, format!("{} is not a folder", folder.display())),
        Ok(_) | Err(_) => (Finding::Note, format!("{} is not there yet: the first start makes it", file.display())),
    }
}

/// Opening it asserts its settings (a log that survives a power cut, foreign keys) and the version of its tables.
async fn look_into(place: &Place) -> Result<String, StoreError> {
    let store = Store::open(place, WallClock.now().as_millis()).await?;
    let engine = match store.engine() {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    };
    let seen = store.read(|tx| {
        let there = store::clinics::organisation(tx)?.is_some();
        let staff = store::staff::all(tx)?.iter().filter(|member| member.can_sign_in()).count();
        Ok::<_, StoreError>((there, store::clinics::clinics(tx)?.len(), staff))
    });
    let seen = seen.await;
    store.close().await;
    Ok(match seen? {
        (true, clinics, staff) => format!("{engine}, clinics: {clinics}, people who can sign in: {staff}"),
        (false, ..) => format!("{engine}, nothing is set up yet"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bad_finding_makes_the_whole_bad() {
        let mut report = Report::default();
        report.languages();
        report.clock(WRITTEN_AT);
        report.add(Finding::Note, "listening", "taken".to_owned());
        assert_eq!(report.exit_code(), ExitCode::SUCCESS);
        report.clock(Timestamp::from_seconds(0));
        assert_eq!(report.exit_code(), ExitCode::FAILURE);
        assert!(report.text().ends_with("BAD   clock           1970-01-01T00:00:00Z"), "{}", report.text());
        assert!(report.text().starts_with("good  languages       en, "), "{}", report.text());
    }
}
