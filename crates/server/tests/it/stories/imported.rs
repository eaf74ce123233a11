//! From a clinic's own file to a mark in its journal: the practice program's export is taken in, a patient finds the bot
//! and shares their number, the reminder goes out over Telegram's own protocol, and the tap comes back.
//!
//! The Telegram on the other side is a test server that was not written here.

use std::sync::Arc;
use std::time::Duration;

use clinic::actors::{Actor, Channel, Origin};
use clinic::journal::VisitState;
use desk::import::{Mapping, tables};
use desk::loops::{Dispatcher, keep_house, next_due, poll_once, run_due};
use desk::wire::Network;
use desk::{Desk, FirstClinic, Journal, NewAccount, Owner, Parts, SetUp, connect_channel, import_journal, session, set_up, set_up_code};
use kernel::{AccountId, Chance, ClinicId, HandClock, Locale, PersonName, Secret, Timestamp, Zone};
use serde_json::json;
use store::Store;

use crate::telegram::{Account, Shown, Telegram};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/journal-budapest.csv");

struct Clinic {
    desk: Desk,
    clock: Arc<HandClock>,
    network: Arc<Network>,
    dispatcher: Dispatcher,
    telegram: Telegram,
    owner: Actor,
    id: ClinicId,
    zone: Zone,
    account: AccountId,
}

impl Clinic {
    /// Set up by its owner, with a bot of its own that fetches its messages.
    async fn open(store: Store, token: &str) -> Self {
        let zone = Zone::named("Europe/Budapest").unwrap();
        let clock = Arc::new(HandClock::at(zone.at("2026-11-23T08:30".parse().unwrap())));
        let desk = Desk::new(Parts { store, clock: clock.clone(), chance: Chance::from_seed(11), node: "node-1".to_owned() });
        let form = SetUp {
            code: set_up_code(&desk).await.unwrap().unwrap(),
            organisation: "Mosoly".to_owned(),
            clinic: FirstClinic {
                name: "Mosoly Fogászat".to_owned(),
                zone: zone.clone(),
                locale: Locale::Hu,
                address: "Budapest, Sólyom utca 7.".to_owned(),
                region: "HU".to_owned(),
                hours: "mon-fri 08:00-18:00".parse().unwrap(),
                public_url: None,
            },
            owner: Owner {
                name: PersonName::new("Dóra", "Kiss").unwrap(),
                email: "dora@mosoly.example".to_owned(),
                password: Secret::new("seven quiet molars"),
                locale: Locale::Hu,
            },
        };
        let signed_in = set_up(&desk, form).await.unwrap();
        let owner = session(&desk, &signed_in.token).await.unwrap().unwrap().actor;
        let id = desk.look(|tx, _| Ok(store::clinics::clinics(tx)?.remove(0).id)).await.unwrap();

        let telegram = Telegram::start();
        let network = Arc::new(Network::new());
        let typed = [("token", token), ("server", telegram.base_url.as_str())];
        let typed = typed.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let new = NewAccount { clinic: id, channel: Channel::Telegram, account: None, typed, public_url: None };
        let account = connect_channel(&desk, network.as_ref(), owner, new).await.unwrap();
        let dispatcher = Dispatcher::new(desk.clone(), network.clone());
        Self { desk, clock, network, dispatcher, telegram, owner, id, zone, account }
    }

    async fn take_in_the_sample(&self) -> desk::Taken {
        let bytes = std::fs::read(SAMPLE).unwrap();
        let today = self.desk.now().date(&self.zone);
        let sheets = tables(&bytes).unwrap().into_iter().map(|table| {
            let mapping = Mapping::propose(&table, Locale::Hu, today);
            (table, mapping)
        });
        let journal = Journal { clinic: self.id, sheets: sheets.collect() };
        import_journal(&self.desk, self.owner, &journal, |_| {}).await.unwrap()
    }

    /// What the patient has said comes in, and what it brings about goes out.
    async fn turn(&self) {
        poll_once(&self.desk, self.network.as_ref(), self.account).await.unwrap();
        while run_due(&self.desk).await.unwrap() + self.dispatcher.round().await.unwrap() > 0 {
            self.dispatcher.finish().await;
        }
        keep_house(&self.desk).await.unwrap();
    }

    /// Time passes; everything that comes due on the way happens at its own moment.
    async fn forward(&self, wall: &str) {
        let until = self.at(wall);
        loop {
            let next = next_due(&self.desk).await.unwrap().map_or(until, |due| due.min(until));
            self.clock.set(next.max(self.desk.now()));
            while run_due(&self.desk).await.unwrap() + self.dispatcher.round().await.unwrap() > 0 {
                self.dispatcher.finish().await;
            }
            keep_house(&self.desk).await.unwrap();
            if self.desk.now() >= until {
                return;
            }
            self.clock.forward(Duration::from_secs(1));
        }
    }

    fn at(&self, wall: &str) -> Timestamp {
        self.zone.at(wall.parse().unwrap())
    }
}

fn question(shown: Vec<Shown>) -> Shown {
    shown.into_iter().find(|shown| shown.buttons.len() == 4).expect("a question with four answers")
}

#[tokio::test]
async fn a_row_of_the_old_program_comes_back_as_a_mark_in_the_journal() {
    store::trial::both(async |store| {
        let patient = Account { token: "1000007:the-bot-of-mosoly", id: 907, first_name: "Zsófia" };
        let clinic = Clinic::open(store, patient.token).await;
        let taken = clinic.take_in_the_sample().await;
        assert_eq!((taken.visits.added, taken.bad.len()), (44, 5), "{:?}", taken.bad);
        assert_eq!(clinic.take_in_the_sample().await.visits.known, 44, "taking it in again makes no doubles");

        // the patient finds the bot and is asked for their number; it is the one of the file
        let seconds = |clinic: &Clinic| clinic.desk.now().as_seconds();
        clinic.telegram.write(&patient, seconds(&clinic), "Jó napot kívánok");
        clinic.turn().await;
        assert_eq!(clinic.telegram.look(&patient).len(), 1, "an unknown sender is asked who writes");
        let own = json!({ "contact": { "phone_number": "36200001085", "first_name": patient.first_name, "user_id": patient.id } });
        clinic.telegram.send(&patient, seconds(&clinic), &own);
        clinic.turn().await;

        clinic.forward("2026-11-27T10:00").await;
        let asked = question(clinic.telegram.look(&patient));
        clinic.telegram.tap(&patient, &asked, "Visszaigazolom");
        clinic.turn().await;

        let (day, next) = (clinic.at("2026-11-30T00:00"), clinic.at("2026-11-30T23:59"));
        let id = clinic.id;
        let visits = clinic.desk.look(move |tx, _| Ok(store::visits::between(tx, id, day, next)?)).await.unwrap();
        let visit = visits.into_iter().find(|visit| visit.external_key.as_deref() == Some("20261036")).unwrap();
        let VisitState::Confirmed { mark } = visit.state else { panic!("{:?}", visit.state) };
        assert_eq!((mark.by, mark.through), (Actor::Patient(visit.patient), Origin::Channel(Channel::Telegram)));

        // and every step says why
        let runs = clinic.desk.look(move |tx, _| Ok(store::runs::of_visit(tx, visit.id)?)).await.unwrap();
        let reminder = runs.into_iter().map(|kept| kept.run).find(|run| run.playbook == "visit-reminder").unwrap();
        let trace = clinic.desk.look(move |tx, _| Ok(store::runs::trace(tx, reminder.id)?)).await.unwrap();
        let told: Vec<String> = trace.into_iter().map(|(_, line)| format!("{}: {}", line.step, line.what)).collect();
        let steps =
            [": started", "three-days: waiting", "three-days: asked", "three-days: answered", "confirm: marked", "thanks: said", ": ended"];
        assert_eq!(told, steps);
    })
    .await;
}
