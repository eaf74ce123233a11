//! A morning of the clinic on a disk that may lose its power, and what of it must be found afterwards.
//!
//! Before anybody outside relies on something it is told to the disk's record: a webhook that was answered, a visit that
//! was booked, a message that begins to leave, one that the provider has taken. Whatever had been told when the power
//! went must stand in what is left.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clinic::conversations::Said;
use clinic::gate::Timing;
use clinic::outbox::{Outbound, OutboundState};
use desk::{ActError, Answer};
use kernel::{ConversationId, MessageId, PatientId, VisitId};
use store::Store;

use super::appended;
use crate::world::{ANNA, Account, DORA, VERA, World};

/// Nobody waits longer for who was sending.
const LEASE: Duration = Duration::from_secs(40);

/// How many hours of Dr Gromov's day are booked.
const HOURS: [u32; 8] = [9, 10, 11, 12, 14, 15, 16, 17];
const EVERYTHING: u32 = 100_000;

pub struct Life {
    pub world: World,
    pub tells: Tells,
    kept: HashSet<MessageId>,
}

/// What somebody outside now relies on.
#[derive(Clone)]
pub struct Tells(Arc<Mutex<File>>);

impl Tells {
    pub fn beside(folder: &Path) -> Self {
        Self(Arc::new(Mutex::new(appended(&folder.join("told")))))
    }

    pub fn tell(&self, words: &str) {
        // one write: a line is told whole
        self.0.lock().unwrap().write_all(format!("{words}\n").as_bytes()).unwrap();
    }
}

impl Life {
    pub fn of(world: World, tells: Tells) -> Self {
        let leaving = tells.clone();
        world.provider.before(move |text| leaving.tell(&format!("leaves {}", text.lines().next().unwrap_or_default())));
        Self { world, tells, kept: HashSet::new() }
    }

    /// One piece of news, one visit, one answer of the desk, and everything that follows from them.
    pub async fn round(&mut self, number: u32) {
        let (who, patient) = self.who(number);
        let words = format!("Word {number}");
        let update = self.world.message(who, i64::from(number), &words);
        assert_eq!(self.world.webhook(&update).await, 200);
        self.tells.tell(&format!("heard {words}"));

        let hour = HOURS[number as usize % HOURS.len()];
        let day = 24 + number / 8;
        let (month, day) = if day <= 30 { (11, day) } else { (12, day - 30) };
        if let Ok(visit) = self.book(patient, &format!("2026-{month}-{day:02}T{hour:02}:00")).await {
            self.tells.tell(&format!("booked {visit}"));
        }

        let written = self.answer(number).await.unwrap();
        self.tells.tell(&format!("wrote {} {number}", written.id));
        for _ in 0..2 {
            self.world.pass(Duration::from_secs(1));
            self.world.turn().await;
        }
        for message in self.messages().await.into_values() {
            if message.state.was_taken() && self.kept.insert(message.id) {
                self.tells.tell(&format!("kept {}", message.id));
            }
        }
    }

    /// The desk writes to whoever has written in this round.
    pub async fn answer(&self, number: u32) -> Result<Outbound, ActError> {
        let (_, patient) = self.who(number);
        let seen = self.world.desk.look(move |tx, _| Ok(store::conversations::of_patient(tx, patient)?)).await?.unwrap();
        let answer = Answer {
            conversation: seen.id,
            seen: seen.version,
            text: format!("Answer {number}"),
            channel: None,
            timing: Timing::Insisted,
            files: Vec::new(),
        };
        desk::reply(&self.world.desk, self.world.kata(), answer).await
    }

    pub fn who(&self, number: u32) -> (Account, PatientId) {
        let people = &self.world.people;
        [(ANNA, people.anna), (VERA, people.vera), (DORA, people.dora)][number as usize % 3]
    }

    /// Sundays and Saturdays are refused like any day on which the clinic is closed.
    pub async fn book(&self, patient: PatientId, wall: &str) -> Result<VisitId, ActError> {
        let slot = self.world.slot(wall);
        let (clinic, service) = (self.world.people.clinic.id, self.world.people.service);
        let booking = clinic::journal::Booking { clinic, patient, service, slot, note: String::new(), external_key: None };
        Ok(desk::book_visit(&self.world.desk, self.world.kata(), clinic::actors::Origin::Desk, booking).await?.id)
    }

    async fn threads(&self) -> Vec<ConversationId> {
        let people = &self.world.people;
        let patients = [people.anna, people.vera, people.dora];
        let threads = self.world.desk.look(move |tx, _| {
            let mut threads = Vec::new();
            for patient in patients {
                threads.extend(store::conversations::of_patient(tx, patient)?.map(|thread| thread.id));
            }
            Ok(threads)
        });
        threads.await.unwrap()
    }

    /// Every message that was decided on.
    pub async fn messages(&self) -> HashMap<MessageId, Outbound> {
        let threads = self.threads().await;
        let read = self.world.desk.look(move |tx, _| {
            let mut messages = HashMap::new();
            for thread in threads {
                let of = store::outbound::of_conversation(tx, thread, store::conversations::NEWEST, EVERYTHING)?;
                messages.extend(of.into_iter().map(|message| (message.id, message)));
            }
            Ok(messages)
        });
        read.await.unwrap()
    }

    /// Everything that patients wrote, once for each time it was kept.
    pub async fn heard(&self) -> Vec<String> {
        let threads = self.threads().await;
        let read = self.world.desk.look(move |tx, _| {
            let mut heard = Vec::new();
            for thread in threads {
                let of = store::conversations::inbound_of(tx, thread, store::conversations::NEWEST, EVERYTHING)?;
                heard.extend(of.into_iter().filter_map(|inbound| match inbound.said {
                    Said::Words(words) => Some(words),
                    _ => None,
                }));
            }
            Ok(heard)
        });
        read.await.unwrap()
    }

    /// What was told and is not there.
    pub async fn lost(&self, told: &[&str]) -> Vec<String> {
        let heard: HashSet<String> = self.heard().await.into_iter().collect();
        let messages = self.messages().await;
        let numbered: HashMap<&str, &Outbound> =
            messages.values().filter_map(|message| Some((message.content.text.lines().next()?, message))).collect();
        let visits = self.visits().await;
        let mut lost = Vec::new();
        for line in told {
            let (what, words) = line.split_once(' ').unwrap();
            let is_there = match what {
                "heard" => heard.contains(words),
                "booked" => visits.contains(&words.parse().unwrap()),
                "wrote" => messages.contains_key(&words.split_once(' ').unwrap().0.parse().unwrap()),
                // the intent stood on the disk before the first byte left
                "leaves" if words.starts_with("Answer ") => numbered.get(words).is_some_and(|message| may_have_left(&message.state)),
                "leaves" => true,
                "kept" => messages.get(&words.parse().unwrap()).is_some_and(|message| message.state.was_taken()),
                other => panic!("{other} is not told"),
            };
            if !is_there {
                lost.push((*line).to_owned());
            }
        }
        lost
    }

    async fn visits(&self) -> HashSet<VisitId> {
        let (clinic, from, until) = (self.world.people.clinic.id, self.world.at("2026-01-01T00:00"), self.world.at("2028-01-01T00:00"));
        let visits = self.world.desk.look(move |tx, _| Ok(store::visits::between(tx, clinic, from, until)?)).await.unwrap();
        visits.iter().map(|visit| visit.id).collect()
    }

    /// The desk works on; whatever had begun to leave before must not leave again.
    pub async fn sent_twice(&self, told: &[&str]) -> Vec<String> {
        self.world.pass(LEASE);
        for _ in 0..4 {
            self.world.turn().await;
            self.world.pass(Duration::from_secs(1));
        }
        let left: HashSet<&str> = told.iter().filter_map(|line| line.strip_prefix("leaves Answer ")).collect();
        let sent = self.world.provider.sent();
        let again = sent.iter().filter_map(|sent| sent.text.strip_prefix("Answer ")).filter(|number| left.contains(number));
        again.map(str::to_owned).collect()
    }
}

/// Has it been handed to the wire, or may it have been?
pub fn may_have_left(state: &OutboundState) -> bool {
    match state {
        OutboundState::Sending { .. } | OutboundState::Uncertain { .. } => true,
        state => state.was_taken(),
    }
}

/// What stands in a store that was found after a power cut.
pub async fn found(store: Store, seed: u64) -> Option<Life> {
    let is_settled = store.read(|tx| Ok::<_, store::StoreError>(!store::clinics::clinics(tx)?.is_empty())).await.unwrap();
    if !is_settled {
        return None;
    }
    let world = World::again(store, "2026-11-23T16:00", seed).await;
    Some(Life { world, tells: Tells::beside(&std::env::temp_dir()), kept: HashSet::new() })
}
