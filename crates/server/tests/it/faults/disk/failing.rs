//! Reads, writes and syncs that fail and a disk that is full, at the first call of an act, at the second, and so on: whoever
//! asked gets a clear error or what was asked for, nothing that was acknowledged is lost, and once the disk is well the
//! desk goes on as if nothing had been.

use std::path::Path;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use clinic::actors::{Actor, Origin};
use clinic::journal::Visit;
use clinic::outbox::OutboundState;
use clinic::staff::StaffMember;
use desk::ActError;
use kernel::{OrganisationId, SessionId};
use store::staff::NewSession;
use store::trial::is_sound;
use store::{Place, Store, StoreError};
use tower::ServiceExt;

use super::life::{Life, Tells, may_have_left};
use super::{Folder, built, has_failed, lived, part, temper};
use crate::pages::counter::Browser;
use crate::world::{SECRET, World};

/// How the disk fails at its N-th call.
const TEMPERS: [(&str, &str); 5] = [("read", "once"), ("write", "once"), ("full", "stays"), ("sync", "once"), ("sync", "stays")];
/// No act makes more calls.
const MOST_CALLS: u32 = 2_000;

/// What is done while the disk fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    /// A patient's message comes in by the provider's call.
    Inbound,
    /// The desk answers, and the message leaves.
    Send,
    Book,
    Mark,
    Note,
}

const IN_CHECK: [Deed; 2] = [Deed::Inbound, Deed::Send];
const ALL: [Deed; 5] = [Deed::Inbound, Deed::Send, Deed::Book, Deed::Mark, Deed::Note];

struct Trial {
    life: Life,
    router: Router,
    folder: std::path::PathBuf,
    number: u32,
    told: Vec<String>,
    failures: u32,
    doubts: u32,
    /// The visit that is to be marked.
    marks: Option<Visit>,
}

impl Trial {
    async fn begin(store: Store, folder: &Path) -> Self {
        let world = World::begin(store).await;
        let parts = web::Parts { desk: world.desk.clone(), wire: world.provider.clone(), public_url: None };
        let router = web::router(web::Site::new(parts));
        let mut life = Life::of(world, Tells::beside(folder));
        for number in 0..3 {
            life.round(number).await;
        }
        Self { life, router, folder: folder.to_owned(), number: 3, told: Vec::new(), failures: 0, doubts: 0, marks: None }
    }

    /// The deed with the disk failing at its first call, at its second, until it makes no more calls.
    async fn at_every_call(&mut self, deed: Deed, (of, how): (&str, &str)) {
        for call in 1..MOST_CALLS {
            self.number += 1;
            if deed == Deed::Mark {
                self.marks = Some(self.life.world.book(self.life.world.people.vera, &self.free_hour()).await);
            }
            temper(&self.folder, &format!("{of} {call} {how}"));
            match deed {
                Deed::Inbound => self.hear().await,
                Deed::Send => self.send().await,
                Deed::Book => self.book().await,
                Deed::Mark => self.mark().await,
                Deed::Note => self.note().await,
            }
            let failed = has_failed(&self.folder);
            temper(&self.folder, "well");
            if !failed {
                return;
            }
            self.failures += 1;
        }
        panic!("{deed:?} never ends its calls");
    }

    async fn hear(&mut self) {
        let (who, _) = self.life.who(self.number);
        let words = format!("Word {}", self.number);
        let update = self.life.world.message(who, i64::from(self.number), &words).to_string();
        let (status, headers) = self.call(&update).await;
        if status != StatusCode::OK {
            assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
            assert!(headers.contains_key("retry-after"), "{headers:?}");
        }
        self.is_well_again();
        if status != StatusCode::OK {
            let (again, _) = self.call(&update).await;
            assert_eq!(again, StatusCode::OK, "the provider calls again, and the disk is well");
        }
        self.settles().await;
        let heard = self.life.heard().await;
        assert_eq!(heard.iter().filter(|heard| **heard == words).count(), 1, "{words} was kept not once");
        self.told.push(format!("heard {words}"));
    }

    async fn call(&self, update: &str) -> (StatusCode, HeaderMap) {
        let path = format!("/hooks/telegram/{}", self.life.world.people.telegram);
        let request = Request::builder().method(Method::POST).uri(path).header("x-telegram-bot-api-secret-token", SECRET);
        let response = self.router.clone().oneshot(request.body(Body::from(update.to_owned())).unwrap()).await.unwrap();
        (response.status(), response.headers().clone())
    }

    async fn send(&mut self) {
        let (number, words) = (self.number, format!("Answer {}", self.number));
        let written = clear(self.life.answer(number).await);
        self.leave().await;
        let is_there = |messages: &std::collections::HashMap<_, clinic::outbox::Outbound>| {
            messages.values().any(|message| message.content.text == words)
        };
        let kept = is_there(&self.life.messages().await);
        assert!(kept || written.is_none(), "{words} was acknowledged and is lost");
        if !kept {
            self.life.answer(number).await.expect("the disk is well again");
        }
        self.settles().await;
        let messages = self.life.messages().await;
        let message = messages.values().find(|message| message.content.text == words).expect("it is there");
        let left = self.life.world.provider.sent().iter().filter(|sent| sent.text == words).count();
        assert!(may_have_left(&message.state), "{words} left and stands as {:?}", message.state);
        assert_eq!(left, 1, "{words} left not once");
        self.doubts += u32::from(matches!(message.state, OutboundState::Uncertain { .. }));
        let what = if message.state.was_taken() { "kept" } else { "wrote" };
        self.told.push(format!("{what} {} {number}", message.id).trim_end_matches(&format!(" {number}")).to_owned());
    }

    /// What is due leaves; the disk gets well while the provider's answer is still to be kept.
    async fn leave(&self) {
        let dispatcher = &self.life.world.dispatcher;
        let mut leaving = Box::pin(async {
            clear(dispatcher.round().await);
            dispatcher.finish().await;
        });
        while tokio::time::timeout(Duration::from_millis(20), &mut leaving).await.is_err() {
            if has_failed(&self.folder) {
                // what waits for the disk goes on
                self.is_well_again();
                leaving.await;
                break;
            }
        }
        self.is_well_again();
    }

    async fn book(&mut self) {
        let wall = self.free_hour();
        let patient = self.life.world.people.anna;
        let booked = clear(self.life.book(patient, &wall).await);
        self.is_well_again();
        let visit = match booked {
            Some(visit) => visit,
            None => self.life.book(patient, &wall).await.expect("the hour is still free"),
        };
        self.told.push(format!("booked {visit}"));
        self.settles().await;
    }

    async fn mark(&mut self) {
        let visit = self.marks.take().expect("booked before the disk began to fail");
        let (desk, kata) = (self.life.world.desk.clone(), self.life.world.kata());
        let seen = desk::Seen { visit: visit.id, version: visit.version };
        let mark = || desk::mark_visit(&desk, kata, Origin::Desk, seen, desk::VisitMark::Confirm);
        let marked = clear(mark().await);
        self.is_well_again();
        if marked.is_none() {
            mark().await.expect("the visit stands as it was seen");
        }
        self.settles().await;
        assert!(self.life.world.visit(visit.id).await.confirmed().is_some());
    }

    async fn note(&mut self) {
        let conversation = self.life.world.conversation(self.life.world.people.dora).await.id;
        let (desk, kata, words) = (self.life.world.desk.clone(), self.life.world.kata(), format!("Note {}", self.number));
        let note = || desk::write_note(&desk, kata, conversation, words.clone());
        let written = clear(note().await);
        self.is_well_again();
        if written.is_none() {
            note().await.expect("the disk is well again");
        }
        let notes = desk.look(move |tx, _| Ok(store::conversations::notes_of(tx, conversation, "~", 5_000)?)).await.unwrap();
        assert_eq!(notes.iter().filter(|note| note.text == words).count(), 1);
    }

    /// Whoever works at the desk is told what has happened to the disk, and has a way on.
    async fn pages_say_so(&self) {
        let world = &self.life.world;
        let (token, kata) = (world.desk.chance().token(), world.people.kata);
        let hash = desk::token_hash(&token);
        let signed_in = world.desk.act(Actor::Program, Origin::Program, move |act| {
            let (created_at, expires_at) = (act.now, act.now + Duration::from_hours(12));
            let session = SessionId::new(act.now, &mut act.chance);
            let organisation = OrganisationId::new(act.now, &mut act.chance);
            store::clinics::add_organisation(act.tx, organisation, "Mosoly", act.now)?;
            let member = store::staff::find(act.tx, kata)?.expect("she works here");
            store::staff::save(act.tx, &StaffMember { email: Some("kata@mosoly.example".to_owned()), ..member })?;
            Ok(store::staff::add_session(act.tx, &hash, NewSession { id: session, staff: kata, created_at, expires_at })?)
        });
        signed_in.await.unwrap();
        let mut browser = Browser::signed_in(self.router.clone(), token);
        let note = format!("/inbox/{}/note", world.conversation(world.people.anna).await.id);
        let words = [("text", "Prefers the morning")];
        for (tempered, code, said) in
            [("full 1 stays", "page.disk-full", "disk"), ("sync 1 stays", "page.unsure", "look whether it is there")]
        {
            temper(&self.folder, tempered);
            let refused = browser.post(&note, &words).await;
            assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE, "{}", refused.body);
            assert!(refused.headers.contains_key("retry-after"), "{:?}", refused.headers);
            assert!(refused.body.contains(code) && refused.text().contains(said), "{}", refused.body);
            assert!(!refused.all("a.button.main", "href").is_empty(), "{}", refused.body);
            let today = browser.get("/today").await;
            let told = today.texts(".concern").join(" ");
            assert!(told.contains("Nothing can be saved"), "{told}");

            temper(&self.folder, "well");
            assert_eq!(browser.post(&note, &words).await.status, StatusCode::SEE_OTHER);
            assert_eq!(browser.get("/today").await.texts(".concern"), Vec::<String>::new());
        }
    }

    /// An hour that nobody has booked, on a working day.
    fn free_hour(&self) -> String {
        let (day, hour) = (self.number / 8, [9, 10, 11, 12, 14, 15, 16, 17][self.number as usize % 8]);
        let (week, weekday) = (day / 5, day % 5);
        let date: kernel::Date = "2027-01-04".parse().unwrap();
        let date = (0..week * 7 + weekday).fold(date, |date, _| date.tomorrow().unwrap());
        format!("{date}T{hour:02}:00")
    }

    /// Whether it failed is looked at before the next temper.
    fn is_well_again(&self) {
        let failed = has_failed(&self.folder);
        temper(&self.folder, "well");
        if failed {
            std::fs::write(self.folder.join("failed"), "").unwrap();
        }
    }

    /// What is due happens: nothing of it may fail now.
    async fn settles(&self) {
        for _ in 0..2 {
            self.life.world.pass(Duration::from_secs(40));
            self.life.world.turn().await;
        }
    }
}

/// What was asked for, or a clear error.
#[track_caller]
fn clear<T>(done: Result<T, ActError>) -> Option<T> {
    match done {
        Ok(value) => Some(value),
        Err(ActError::Store(StoreError::Unavailable { .. } | StoreError::Full)) => None,
        Err(error) => panic!("not a clear error: {error}"),
    }
}

/// All of it, in a process of its own.
async fn fail(deeds: &[Deed], folder: &Path) {
    let place = Place::File(folder.join("clinic.db"));
    let store = Store::open(&place, 0).await.unwrap();
    let mut trial = Trial::begin(store.clone(), folder).await;
    for deed in deeds {
        for tempered in TEMPERS {
            let (before, doubts) = (trial.failures, trial.doubts);
            trial.at_every_call(*deed, tempered).await;
            println!("{deed:?} {tempered:?}: {} failures, {} doubts", trial.failures - before, trial.doubts - doubts);
        }
    }
    trial.pages_say_so().await;
    let Trial { life, told, failures, doubts, .. } = trial;
    assert_eq!(doubts, 0, "what became of a message was not kept once the disk was well");
    drop(life);
    store.close().await;

    let store = Store::open(&place, 0).await.unwrap();
    assert_eq!(is_sound(&store).await, Ok(()));
    let life = super::life::found(store, 99).await.expect("a clinic");
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    assert_eq!(life.lost(&told).await, Vec::<String>::new());
    assert!(failures >= 20, "the disk has hardly failed: {failures}");
}

#[test]
fn a_disk_that_fails_at_any_call_costs_nothing_that_was_acknowledged() {
    let deeds = if std::env::var_os("CAREDESK_TRIAL_DISK").is_some() { &ALL[..] } else { &IN_CHECK[..] };
    if let Some((_, folder)) = part() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        return runtime.block_on(fail(deeds, &folder));
    }
    let folder = Folder::new("failing");
    let (library, data) = (built(&folder), folder.inside("data"));
    let name = "faults::disk::failing::a_disk_that_fails_at_any_call_costs_nothing_that_was_acknowledged";
    let output = lived(name, "all", &library, &data, &[]);
    let (said, faults) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    println!("{said}");
    assert!(output.status.success(), "{said}\n{faults}");
    assert!(!faults.contains("panicked"), "{faults}");
}
