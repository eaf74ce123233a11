//! The sample journals are taken in, twice, and then as the clinic's program and the patients change them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use kernel::{Chance, Clock, HandClock, Interval, Locale, OrganisationId, QuietHours, Time, Zone};
use store::Store;

use clinic::journal::{Move, Visit, VisitState};

use super::*;
use crate::Parts;
use crate::import::tables;

const BUDAPEST: &[u8] = include_bytes!("../../../../samples/journal-budapest.csv");
const ISFAHAN: &[u8] = include_bytes!("../../../../samples/journal-isfahan.xlsx");
const SAMARA: &[u8] = include_bytes!("../../../../samples/journal-samara.csv");

struct World {
    desk: Desk,
    clock: Arc<HandClock>,
    clinic: Clinic,
}

impl World {
    /// The day before the journals begin.
    async fn new(store: Store, zone: &str, region: &str, locale: Locale) -> Self {
        let zone = Zone::named(zone).unwrap();
        let clock = Arc::new(HandClock::at(zone.at("2026-11-22T10:00".parse().unwrap())));
        let mut chance = Chance::from_seed(26);
        let now = clock.now();
        let clinic = Clinic {
            id: ClinicId::new(now, &mut chance),
            name: "Mosoly".to_owned(),
            zone,
            locale,
            address: "Petőfi Sándor utca 7.".to_owned(),
            map_url: None,
            region: region.to_owned(),
            hours: "mon-sat 08:00-20:00".parse().unwrap(),
            exceptions: BTreeMap::<kernel::Date, Vec<Interval>>::new(),
            quiet_hours: QuietHours { from: Time::constant(20, 0, 0, 0), until: Time::constant(8, 0, 0, 0) },
            daily_cap: 1,
            public_url: None,
        };
        let organisation = OrganisationId::new(now, &mut chance);
        let desk = Desk::new(Parts { store, clock: Arc::clone(&clock) as Arc<dyn Clock>, chance, node: "one".to_owned() });
        let saved = clinic.clone();
        desk.act(Actor::Program, Origin::Program, move |act| {
            store::clinics::add_organisation(act.tx, organisation, "Mosoly", act.now)?;
            Ok(store::clinics::save_clinic(act.tx, &saved)?)
        })
        .await
        .unwrap();
        Self { desk, clock, clinic }
    }

    fn journal(&self, bytes: &[u8]) -> Journal {
        let today = self.clock.now().date(&self.clinic.zone);
        let sheets = tables(bytes).unwrap().into_iter().map(|table| {
            let mapping = Mapping::propose(&table, self.clinic.locale, today);
            (table, mapping)
        });
        Journal { clinic: self.clinic.id, sheets: sheets.collect() }
    }

    async fn import(&self, bytes: &[u8]) -> Taken {
        import_journal(&self.desk, Actor::Program, &self.journal(bytes), |_| ()).await.unwrap()
    }

    async fn visit(&self, key: &'static str) -> Visit {
        let clinic = self.clinic.id;
        self.desk.look(move |tx, _| Ok(store::visits::by_external_key(tx, clinic, key)?)).await.unwrap().unwrap()
    }

    /// How many runs of a playbook there are.
    async fn runs(&self, playbook: &'static str) -> usize {
        let clinic = self.clinic.id;
        self.desk.look(move |tx, _| Ok(store::runs::recent(tx, clinic, playbook, 500)?)).await.unwrap().len()
    }
}

fn count(added: usize, moved: usize, changed: usize, known: usize) -> Count {
    Count { added, moved, changed, known }
}

fn rules(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule.code()).collect()
}

#[tokio::test]
async fn a_journal_is_taken_in_once_however_often_it_is_read() {
    store::trial::both(async |store| {
        let world = World::new(store, "Europe/Budapest", "HU", Locale::Hu).await;
        let preview = preview_journal(&world.desk, Actor::Program, &world.journal(BUDAPEST), 5).await.unwrap();
        assert_eq!((preview.good, preview.bad.len(), preview.first.len()), (44, 5, 5));
        assert_eq!((preview.made.providers.len(), preview.made.chairs.len(), preview.made.services.len()), (4, 4, 6));

        let mut heard = Vec::new();
        let first = import_journal(&world.desk, Actor::Program, &world.journal(BUDAPEST), |progress| heard.push(progress)).await.unwrap();
        assert_eq!(heard, [Progress { done: 49, total: 49, good: 44, bad: 5 }]);
        assert_eq!((first.patients.added, first.visits, first.bad.len()), (34, count(44, 0, 0, 0), 5));
        assert_eq!(first.made, preview.made);
        assert_eq!(rules(&first.doubts), [""; 0]);

        let again = world.import(BUDAPEST).await;
        assert_eq!((again.patients, again.visits), (count(0, 0, 0, 44), count(0, 0, 0, 44)));
        assert_eq!((again.made, again.bad), (NewNames::default(), first.bad));
    })
    .await;
}

#[tokio::test]
async fn an_imported_visit_will_be_reminded_of_but_nobody_is_told_that_it_was_booked() {
    store::trial::both(async |store| {
        let world = World::new(store, "Europe/Budapest", "HU", Locale::Hu).await;
        world.import(BUDAPEST).await;
        // Of 44 visits 9 are confirmed and 2 cancelled.
        assert_eq!((world.runs("visit-reminder").await, world.runs("booked").await, world.runs("welcome").await), (33, 0, 0));
        assert!(matches!(world.visit("20261072").await.state, VisitState::Booked));
    })
    .await;
}

#[tokio::test]
async fn a_new_time_in_the_file_moves_the_visit_and_keeps_its_identity() {
    store::trial::both(async |store| {
        let world = World::new(store, "Europe/Budapest", "HU", Locale::Hu).await;
        world.import(BUDAPEST).await;
        let before = world.visit("20261072").await;
        let text = String::from_utf8(BUDAPEST.to_vec()).unwrap();
        let line = text.lines().find(|line| line.starts_with("20261072;")).unwrap();
        let later = text.replace(line, &line.replace(";9:30;", ";7:30;"));
        let taken = world.import(later.as_bytes()).await;
        assert_eq!(taken.visits, count(0, 1, 0, 43));
        let after = world.visit("20261072").await;
        assert_eq!((after.chain, after.moves), (before.id, 1));
        assert_eq!(before.starts_at.since(after.starts_at), Duration::from_hours(2));
        // And back: it was the file that had moved it.
        assert_eq!(world.import(BUDAPEST).await.visits, count(0, 1, 0, 43));
        let cancelled = text.replace(line, &line.replace(";Foglalt;", ";Lemondva;"));
        assert_eq!(world.import(cancelled.as_bytes()).await.visits, count(0, 0, 1, 43));
        assert!(matches!(world.visit("20261072").await.state, VisitState::Cancelled { .. }));
        assert_eq!(rules(&world.import(later.as_bytes()).await.doubts), ["import.visit-closed"]);
    })
    .await;
}

#[tokio::test]
async fn what_a_patient_has_moved_here_is_not_moved_back_by_an_old_file() {
    store::trial::both(async |store| {
        let world = World::new(store, "Europe/Budapest", "HU", Locale::Hu).await;
        world.import(BUDAPEST).await;
        let visit = world.visit("20261072").await;
        let (by, id) = (Actor::Patient(visit.patient), visit.id);
        world
            .desk
            .act(by, Origin::VisitPage, move |act| {
                let visit = facts::visit(act.tx, id)?;
                let (before, slot) = (visit.version, visit.slot());
                let day = Duration::from_hours(24 * 7);
                let slot = clinic::journal::Slot { starts_at: slot.starts_at + day, ends_at: slot.ends_at + day, ..slot };
                let id = kernel::VisitId::new(act.now, &mut act.chance);
                let (old, new, what) = visit.move_to(Move { id, slot }, by, Origin::VisitPage, act.now)?;
                store::visits::change(act.tx, &old, before)?;
                store::visits::add(act.tx, &new)?;
                act.happened(new.clinic, Some(new.patient), what);
                Ok(())
            })
            .await
            .unwrap();
        let taken = world.import(BUDAPEST).await;
        assert_eq!((taken.visits, rules(&taken.doubts)), (count(0, 0, 0, 44), vec!["import.moved-here"]));
        let after = world.visit("20261072").await;
        assert_eq!((after.chain, after.moves, after.starts_at.since(visit.starts_at)), (id, 1, Duration::from_hours(24 * 7)));
    })
    .await;
}

#[tokio::test]
async fn a_file_without_keys_brings_no_doubles_and_its_past_is_over() {
    store::trial::both(async |store| {
        let world = World::new(store, "Europe/Samara", "RU", Locale::Ru).await;
        let first = world.import(SAMARA).await;
        assert_eq!((first.visits, first.bad.len()), (count(40, 0, 0, 0), 6));
        assert_eq!(world.import(SAMARA).await.visits, count(0, 0, 0, 40));

        let past = "Пациент;Телефон;Начало;Врач;Статус\n\
            Зимина Рита;8 900 000-90-01;02.11.2026 10:00;Громов;\n\
            Зимина Рита;8 900 000-90-01;03.11.2026 10:00;Громов;неявка\n\
            Зимина Рита;8 900 000-90-01;29.11.2026 10:00;Громов;завершён\n\
            Зимина Рита;8 900 000-90-01;29.11.2026 10:10;Громов;\n";
        let taken = world.import(past.as_bytes()).await;
        assert_eq!((taken.patients.added, taken.visits.added), (1, 4));
        assert_eq!(rules(&taken.doubts), ["import.status-too-early", "import.overlaps"]);
        assert_eq!(taken.made.providers, [""; 0]);
        assert_eq!((world.runs("no-show").await, world.runs("booked").await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_workbook_brings_its_patients_before_its_visits() {
    store::trial::both(async |store| {
        let world = World::new(store, "Asia/Tehran", "IR", Locale::Fa).await;
        let taken = world.import(ISFAHAN).await;
        assert_eq!((taken.patients.added, taken.visits.added), (28, 38));
        let unknown = taken.bad.iter().find(|finding| finding.rule.code() == "import.patient-unknown").unwrap();
        assert_eq!((unknown.line, unknown.sheet.as_deref()), (8, Some("نوبت\u{200c}ها")));
        let again = world.import(ISFAHAN).await;
        assert_eq!((again.patients.added, again.visits), (0, count(0, 0, 0, 38)));
        let clinic = world.clinic.id;
        let child = world.desk.look(move |tx, _| Ok(store::patients::by_external_key(tx, clinic, "3118")?)).await.unwrap().unwrap();
        assert!(child.guardian.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_list_of_patients_with_keys_joins_those_whom_a_journal_brought() {
    store::trial::both(async |store| {
        let world = World::new(store, "Europe/Budapest", "HU", Locale::Hu).await;
        let journal = "Páciens;Telefon;Kezdés;Orvos\nKovács Anna;06 20 000 1001;2026.11.25. 9:30;Dr. Gróf Máté\n";
        assert_eq!(world.import(journal.as_bytes()).await.patients, count(1, 0, 0, 0));
        let list = "Kartonszám;Név;Telefon;Született;Hírlevél\n77;Kovács Anna;+36200001001;1985.02.03.;igen\n78;Kovács Béla;+36200001001;1983.01.01.;nem\n";
        assert_eq!(world.import(list.as_bytes()).await.patients, count(1, 0, 1, 0));
        assert_eq!(world.import(list.as_bytes()).await.patients, count(0, 0, 0, 2));
        assert_eq!(world.import(journal.as_bytes()).await.patients, count(0, 0, 0, 1));
        let clinic = world.clinic.id;
        let (contacts, consents) = world
            .desk
            .look(move |tx, _| {
                let anna = store::patients::by_external_key(tx, clinic, "77")?.ok_or_else(ActError::not_found)?;
                Ok((store::patients::contacts(tx, anna.id)?, store::patients::consents(tx, anna.id)?))
            })
            .await
            .unwrap();
        assert_eq!((contacts.len(), contacts[0].sureness), (1, clinic::patients::Sureness::Shared));
        assert_eq!((consents.len(), consents[0].proof.as_str()), (1, "import, line 2"));
    })
    .await;
}
