//! Races of what patients write and tap, told to several nodes at once.

use desk::{ActError, Desk};
use futures_util::future::{join, join_all};
use kernel::PatientId;
use serde_json::{Value, json};

use super::rivals::{ACCOUNTS, MANY, Rivals};
use crate::world::Account;

impl Rivals {
    /// A provider that repeats itself tells every node the same.
    pub async fn telling_one_thing(&mut self) {
        let update = self.words(ACCOUNTS[3], "Hello, where do I park?");
        let told = (0..MANY).map(|at| self.told(at, &update));
        assert_eq!(join_all(told).await, [200; MANY]);
        assert_eq!(self.heard_from(self.patients[3]).await, 1, "one message is kept");
    }

    /// The first words of a stranger, all at once.
    pub async fn beginning_one_conversation(&mut self) {
        let stranger = Account { name: "Zoltan", id: 900_000 + self.number() };
        let updates: Vec<Value> = (0..MANY).map(|number| self.words(stranger, &format!("Hello {number}"))).collect();
        let told = updates.iter().enumerate().map(|(at, update)| self.told(at, update));
        assert_eq!(join_all(told).await, [200; MANY]);
        let address = stranger.address();
        let kept = self.world.desk.look(move |tx, _| {
            let thread = store::conversations::with_unknown(tx, &address)?.expect("a conversation");
            Ok(store::conversations::inbound_of(tx, thread.id, store::conversations::NEWEST, 100)?.len())
        });
        assert_eq!(kept.await.unwrap(), MANY, "every word is kept");
    }

    /// Somebody writes many short messages, and each is told to another node.
    pub async fn writing_to_one_conversation(&mut self) {
        let updates: Vec<Value> = (0..MANY * 3).map(|number| self.words(ACCOUNTS[4], &format!("And then {number}"))).collect();
        let told = updates.iter().enumerate().map(|(at, update)| self.told(at, update));
        assert_eq!(join_all(told).await, [200; MANY * 3]);
        assert_eq!(self.heard_from(self.patients[4]).await, MANY * 3, "every word is kept");
    }

    /// A stranger writes on while several people at the desk say who it is.
    pub async fn saying_who_a_stranger_is(&mut self) {
        let stranger = Account { name: "Zoltan", id: 900_000 + self.number() };
        let first = self.words(stranger, "It is me, Hugo");
        assert_eq!(self.told(0, &first).await, 200);
        let address = stranger.address();
        let thread =
            self.world.desk.look(move |tx, _| Ok(store::conversations::with_unknown(tx, &address)?)).await.unwrap().expect("a thread");
        let (hugo, kata) = (self.patients[MANY - 1], self.world.kata());
        let before = self.heard_from(hugo).await;
        let updates: Vec<Value> = (0..MANY).map(|number| self.words(stranger, &format!("Hello {number}"))).collect();
        let nodes: Vec<Desk> = (0..3).map(|_| self.node()).collect();
        let told = join_all(updates.iter().enumerate().map(|(at, update)| self.told(at, update)));
        let linked = join_all(nodes.iter().map(|node| desk::link_conversation(node, kata, thread.id, hugo)));
        let (told, linked) = join(told, linked).await;
        assert_eq!(told, [200; MANY]);
        // whoever comes second finds no such thread any more
        let refused =
            |outcome: &Result<_, ActError>| matches!(outcome, Err(ActError::Refused(refusal)) if refusal.code() == "thing.not-found");
        assert!(linked.iter().any(Result::is_ok) && linked.iter().all(|outcome| outcome.is_ok() || refused(outcome)), "{linked:?}");
        assert_eq!(self.heard_from(hugo).await, before + MANY + 1, "every word is in one thread");
    }

    /// Four patients want another time and are offered the same ones. Whoever loses is offered others, and they race
    /// again. A fifth one taps on all times at once.
    pub async fn for_the_same_offers(&mut self) {
        for (number, hour) in ["09:00", "10:00", "11:00", "12:00", "14:00"].iter().enumerate() {
            self.world.book(self.patients[MANY + number], &format!("2026-11-27T{hour}")).await;
        }
        self.world.forward("2026-11-24T10:01").await;
        for account in &ACCOUNTS[MANY..MANY + 4] {
            self.world.taps(*account, "Another time").await;
        }
        let mut racing: Vec<usize> = (MANY..MANY + 4).collect();
        while racing.len() > 1 {
            racing = self.race_for_an_offer(&racing).await;
        }
        self.world.taps(ACCOUNTS[MANY + 4], "Another time").await;
        self.tap_all_at_once(MANY + 4).await;
    }

    /// Everybody taps the time that most of them were offered. Gives back those who lost.
    async fn race_for_an_offer(&mut self, racing: &[usize]) -> Vec<usize> {
        let offers: Vec<_> =
            racing.iter().map(|number| self.world.provider.newest_with(ACCOUNTS[*number], "A person, please").unwrap()).collect();
        let has = |label: &String| offers.iter().filter(|offer| offer.data_of(label).is_some()).count();
        let times =
            offers.iter().flat_map(|offer| &offer.buttons).filter(|(_, data)| data.contains(".slot-")).map(|(label, _)| label.clone());
        let label = times.max_by_key(|label| (has(label), label.clone())).expect("something was offered");
        let (mut taps, mut tapped) = (Vec::new(), Vec::new());
        for (number, offer) in racing.iter().zip(&offers) {
            let Some(data) = offer.data_of(&label) else { continue };
            let mut update = self.world.tap(ACCOUNTS[*number], offer, &data);
            let name = self.number();
            (update["update_id"], update["callback_query"]["id"]) = (name.into(), format!("tap{name}").into());
            taps.push(update);
            tapped.push(*number);
        }
        let before = self.moves(&tapped).await;
        let sent = self.world.provider.sent().len();
        let start = self.chance.below(MANY);
        let told = taps.iter().enumerate().map(|(at, update)| self.told(start + at, update));
        assert!(join_all(told).await.into_iter().all(|status| status == 200));
        self.settles().await;
        let after = self.moves(&tapped).await;
        let winners: Vec<usize> =
            tapped.iter().zip(before.iter().zip(&after)).filter(|(_, (before, after))| before < after).map(|(number, _)| *number).collect();
        assert_eq!(winners.len(), 1, "one of {tapped:?} has {label}");
        let said = self.world.provider.sent().split_off(sent);
        for number in &tapped {
            let own = said
                .iter()
                .filter(|said| said.chat == Some(ACCOUNTS[*number].id))
                .map(|said| said.text.as_str())
                .collect::<Vec<_>>()
                .join("\n");
            let told = if winners.contains(number) { "the visit has been moved" } else { "somebody has just taken that time" };
            assert!(own.contains(told), "{number} of {tapped:?} is told: {own}");
        }
        racing.iter().filter(|number| !winners.contains(number)).copied().collect()
    }

    /// One patient, three times, at once: the visit moves once.
    async fn tap_all_at_once(&mut self, number: usize) {
        let offer = self.world.provider.newest_with(ACCOUNTS[number], "A person, please").unwrap();
        let times: Vec<String> = offer.buttons.iter().filter(|(_, data)| data.contains(".slot-")).map(|(_, data)| data.clone()).collect();
        let mut taps = Vec::new();
        for data in times.iter().chain(&times) {
            let mut update = self.world.tap(ACCOUNTS[number], &offer, data);
            let name = self.number();
            (update["update_id"], update["callback_query"]["id"]) = (name.into(), format!("tap{name}").into());
            taps.push(update);
        }
        let before = self.moves(&[number]).await[0];
        let told = taps.iter().enumerate().map(|(at, update)| self.told(at, update));
        assert!(join_all(told).await.into_iter().all(|status| status == 200));
        self.settles().await;
        assert_eq!(self.moves(&[number]).await[0], before + 1, "an offer is answered once");
    }

    /// What was said goes out at the pace of the messenger.
    async fn settles(&mut self) {
        for _ in 0..4 {
            self.world.forward_a_second().await;
        }
    }

    /// How often the visits of these patients have been moved.
    async fn moves(&self, numbers: &[usize]) -> Vec<usize> {
        let journal = self.journal().await;
        let moves =
            |patient: PatientId| journal.iter().filter(move |visit| visit.patient == patient && visit.state.name() == "moved").count();
        numbers.iter().map(|number| moves(self.patients[*number])).collect()
    }

    fn words(&mut self, who: Account, text: &str) -> Value {
        let number = self.number();
        let message = json!({ "message_id": number, "from": who.user(), "chat": who.chat(), "date": 1_795_420_800, "text": text });
        json!({ "update_id": number, "message": message })
    }

    async fn heard_from(&self, patient: PatientId) -> usize {
        let heard = self.world.desk.look(move |tx, _| {
            let Some(thread) = store::conversations::of_patient(tx, patient)? else { return Ok(0) };
            Ok(store::conversations::inbound_of(tx, thread.id, store::conversations::NEWEST, 100)?.len())
        });
        heard.await.unwrap()
    }
}
