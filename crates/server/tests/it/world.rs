//! The named world of the stories: a clinic in Budapest on a Monday at 09:00, its people, a Telegram bot and a mail
//! server that answer as the real ones do, and a clock that moves only when told to.

mod people;
mod provider;
mod seen;

use std::sync::Arc;
use std::time::Duration;

use channels::{Call, Method};
use clinic::actors::{Actor, Origin};
use clinic::journal::{Booking, Slot, Visit};
use clinic::patients::Patient;
use clinic::staff::Role;
use desk::loops::{Dispatcher, keep_house, next_due, run_due};
use desk::{ActError, Desk, Parts};
use kernel::{AccountId, Chance, HandClock, PatientId, Timestamp, Zone};
use serde_json::{Value, json};
use store::Store;

pub use people::{ANNA, Account, BORIS, DORA, EVERYBODY, People, STRANGER, VERA, account};
pub use provider::{Provider, Sent, Trouble};

pub const SECRET: &str = "a-secret-of-the-webhook";

pub struct World {
    pub desk: Desk,
    pub people: People,
    pub provider: Arc<Provider>,
    pub clock: Arc<HandClock>,
    pub dispatcher: Dispatcher,
    updates: i64,
    /// How many of the sent messages have been looked at.
    looked_at: usize,
}

/// Tells a story twice: on SQLite and on PostgreSQL. What is seen must be the same.
pub fn told(story: impl AsyncFn(World)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    insta::allow_duplicates! {
        runtime.block_on(store::trial::both(async |store| story(World::begin(store).await).await));
    }
}

impl World {
    pub async fn begin(store: Store) -> Self {
        Self::begin_in(store, "Europe/Budapest", "2026-11-23T09:00").await
    }

    /// The same clinic elsewhere in the world, at another time.
    pub async fn begin_in(store: Store, zone: &str, wall: &str) -> Self {
        let zone = Zone::named(zone).unwrap();
        let clock = Arc::new(HandClock::at(zone.at(wall.parse().unwrap())));
        let desk = Desk::new(Parts { store, clock: clock.clone(), chance: Chance::from_seed(23), node: "node-1".to_owned() });
        let people = People::settle_in(&desk, &zone).await;
        Self::around(desk, people, clock)
    }

    /// The same world in a program that was started anew, later on that Monday. Its lots must be others than before.
    pub async fn again(store: Store, wall: &str, seed: u64) -> Self {
        let zone = Zone::named("Europe/Budapest").unwrap();
        let clock = Arc::new(HandClock::at(zone.at(wall.parse().unwrap())));
        let desk = Desk::new(Parts { store, clock: clock.clone(), chance: Chance::from_seed(seed), node: format!("node-{seed}") });
        let people = People::known(&desk).await;
        Self::around(desk, people, clock)
    }

    fn around(desk: Desk, people: People, clock: Arc<HandClock>) -> Self {
        let zone = people.clinic.zone.clone();
        let provider = Arc::new(Provider::new(clock.clone(), zone));
        let dispatcher = Dispatcher::new(desk.clone(), provider.clone());
        Self { desk, people, provider, clock, dispatcher, updates: 1_000, looked_at: 0 }
    }

    /// The pages and hooks of this clinic.
    pub fn router(&self) -> axum::Router {
        self.router_of(&self.desk)
    }

    pub fn router_of(&self, desk: &Desk) -> axum::Router {
        web::router(web::Site::new(web::Parts { desk: desk.clone(), wire: self.provider.clone(), public_url: None }))
    }

    /// Another node on the same database.
    pub fn another_node(&self, store: Store, number: u64) -> Desk {
        Desk::new(Parts { store, clock: self.clock.clone(), chance: Chance::from_seed(23 + number), node: format!("node-{number}") })
    }

    /// An instant by the clinic's wall.
    pub fn at(&self, wall: &str) -> Timestamp {
        self.people.clinic.zone.at(wall.parse().unwrap())
    }

    pub fn kata(&self) -> Actor {
        Actor::Staff { id: self.people.kata, role: Role::Desk }
    }

    // --- what the desk does

    /// The desk books an hour with Dr Gromov in chair 2.
    pub async fn book(&self, patient: PatientId, starts: &str) -> Visit {
        self.book_slot(patient, self.slot(starts)).await
    }

    pub async fn book_slot(&self, patient: PatientId, slot: Slot) -> Visit {
        self.books(patient, slot).await.unwrap()
    }

    /// Somebody at the desk tries to.
    pub async fn books(&self, patient: PatientId, slot: Slot) -> Result<Visit, ActError> {
        desk::book_visit(&self.desk, self.kata(), Origin::Desk, self.booking(patient, slot)).await
    }

    pub fn booking(&self, patient: PatientId, slot: Slot) -> Booking {
        Booking { clinic: self.people.clinic.id, patient, service: self.people.service, slot, note: String::new(), external_key: None }
    }

    pub fn slot(&self, starts: &str) -> Slot {
        let starts_at = self.at(starts);
        Slot { provider: self.people.gromov, chair: Some(self.people.chair), starts_at, ends_at: starts_at + Duration::from_hours(1) }
    }

    /// The card says something else.
    pub async fn changed(&self, patient: PatientId, change: impl Fn(&mut Patient) + Send + Sync + 'static) {
        let change = move |act: &mut desk::Act<'_, '_>| {
            let mut patient = store::patients::find(act.tx, patient)?.expect("somebody whom we know");
            change(&mut patient);
            Ok(store::patients::save(act.tx, &patient)?)
        };
        self.desk.act(Actor::Program, Origin::Program, change).await.unwrap();
    }

    /// The clinic has a contract for text messages.
    pub async fn texts(&self) -> AccountId {
        let people = self.people.clone();
        let signed = self.desk.act(Actor::Program, Origin::Program, move |act| {
            let account = people::texts(&people, AccountId::new(act.now, &mut act.chance), act.now);
            store::accounts::save(act.tx, &account)?;
            Ok(account.id)
        });
        signed.await.unwrap()
    }

    /// The clinic has an address that patients can reach.
    pub async fn opens_pages(&self) {
        let open = |act: &mut desk::Act<'_, '_>| {
            for clinic in store::clinics::clinics(act.tx)? {
                let public_url = Some("https://desk.mosoly.example".to_owned());
                store::clinics::save_clinic(act.tx, &clinic::clinics::Clinic { public_url, ..clinic })?;
            }
            Ok(())
        };
        self.desk.act(Actor::Program, Origin::Program, open).await.unwrap();
    }

    pub async fn lives_in(&self, patient: PatientId, zone: &'static str) {
        self.changed(patient, |patient| patient.zone = Some(Zone::named(zone).unwrap())).await;
    }

    // --- time

    pub fn pass(&self, span: Duration) {
        self.clock.forward(span);
    }

    pub async fn forward_a_second(&mut self) {
        self.turn().await;
        self.clock.forward(Duration::from_secs(1));
    }

    /// Time passes until then; everything that comes due on the way happens at its own moment.
    pub async fn forward(&mut self, wall: &str) {
        self.forward_to(self.at(wall)).await;
    }

    pub async fn forward_to(&mut self, until: Timestamp) {
        loop {
            self.turn().await;
            let now = self.desk.now();
            match next_due(&self.desk).await.unwrap() {
                // what is due and did not go waits for the channel's pace
                Some(due) if due <= until => self.clock.set(due.max(now + Duration::from_secs(1)).min(until)),
                _ => break,
            }
            if self.desk.now() >= until {
                break;
            }
        }
        self.clock.set(until);
        self.turn().await;
    }

    /// Everything that is due happens, and the clock stands.
    pub async fn turn(&self) {
        for _ in 0..50 {
            keep_house(&self.desk).await.unwrap();
            let done = run_due(&self.desk).await.unwrap() + self.dispatcher.round().await.unwrap();
            self.dispatcher.finish().await;
            if done == 0 {
                return;
            }
        }
        panic!("the loops never come to rest");
    }

    // --- what patients do, through the real webhook

    pub async fn says(&mut self, who: Account, words: &str) {
        self.writes(who, json!({ "text": words })).await;
    }

    /// A message with more than words: `{"contact": {..}}`.
    pub async fn writes(&mut self, who: Account, content: Value) {
        let mut message = json!({ "message_id": self.updates, "from": who.user(), "chat": who.chat(), "date": self.seconds() });
        message.as_object_mut().unwrap().extend(content.as_object().unwrap().clone());
        self.told_by_telegram(json!({ "message": message })).await;
    }

    /// Taps a button of the newest message that has one with these words.
    pub async fn taps(&mut self, who: Account, label: &str) {
        let sent = self.provider.newest_with(who, label).unwrap_or_else(|| panic!("no button {label:?} for {}", who.name));
        self.taps_on(who, &sent, label).await;
    }

    pub async fn taps_on(&mut self, who: Account, sent: &Sent, label: &str) {
        let data = sent.data_of(label).unwrap_or_else(|| panic!("no button {label:?} in {sent:?}"));
        let update = self.tap(who, sent, &data);
        self.told_by_telegram(update).await;
    }

    pub fn tap(&self, who: Account, sent: &Sent, data: &str) -> Value {
        let on = json!({ "message_id": sent.message_id, "chat": who.chat(), "date": self.seconds(), "text": sent.text });
        json!({ "callback_query": { "id": format!("tap{}", self.updates), "from": who.user(), "message": on, "data": data } })
    }

    pub async fn reacts(&mut self, who: Account, sent: &Sent, emoji: &str) {
        let reaction = json!({
            "chat": who.chat(), "message_id": sent.message_id, "user": who.user(), "date": self.seconds(),
            "old_reaction": [], "new_reaction": [{ "type": "emoji", "emoji": emoji }],
        });
        self.told_by_telegram(json!({ "message_reaction": reaction })).await;
    }

    /// A new update, taken, and everything that follows from it at once.
    pub async fn told_by_telegram(&mut self, mut update: Value) {
        self.updates += 1;
        update["update_id"] = self.updates.into();
        assert_eq!(self.webhook(&update).await, 200);
        // the pace of Telegram: a message a second to one person
        for _ in 0..3 {
            self.turn().await;
            self.clock.forward(Duration::from_secs(1));
        }
    }

    /// Telegram's news that somebody has blocked the bot, or come back.
    pub async fn membership(&mut self, who: Account, status: &str) {
        let changed = json!({ "chat": who.chat(), "from": who.user(), "date": self.seconds(), "new_chat_member": { "status": status } });
        self.told_by_telegram(json!({ "my_chat_member": changed })).await;
    }

    /// A message of somebody, as the provider tells it.
    pub fn message(&self, who: Account, number: i64, words: &str) -> Value {
        let message = json!({ "message_id": number, "from": who.user(), "chat": who.chat(), "date": self.seconds(), "text": words });
        json!({ "update_id": number, "message": message })
    }

    /// The provider calls; what it is answered.
    pub async fn webhook(&self, update: &Value) -> u16 {
        self.called(self.people.telegram, Some(SECRET), update.to_string().as_bytes()).await
    }

    pub async fn called(&self, account: AccountId, secret: Option<&str>, body: &[u8]) -> u16 {
        let header = secret.map(|secret| ("X-Telegram-Bot-Api-Secret-Token", secret.as_bytes()));
        let headers: Vec<(&str, &[u8])> = header.into_iter().collect();
        let call = Call { method: Method::Post, tail: "", query: "", headers: &headers, body, received_at: self.desk.now() };
        self.answers(account, &call).await.unwrap()
    }

    /// A call as it is, which may find the database away.
    pub async fn answers(&self, account: AccountId, call: &Call<'_>) -> Result<u16, ActError> {
        let received = desk::receive_call(&self.desk, account, call).await?;
        for letter in &received.letters {
            desk::wire::Wire::carry(self.provider.as_ref(), letter).await;
        }
        Ok(received.reply.status)
    }

    fn seconds(&self) -> i64 {
        self.desk.now().as_millis() / 1000
    }
}
