//! Calls of providers, made by seed from the files of real ones: broken, oversized, forged, repeated, late and out of
//! order. None of them breaks the program, none that is wrongly signed is heard, and nothing counts twice.

mod broken;
mod doors;
mod forged;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Request};
use kernel::Chance;
use serde_json::Value;
use store::Engine;
use store::trial::{Room, contents};
use tower::ServiceExt;

use self::doors::{Door, Knock, open_doors};
use super::{Measure, Trial, tried};
use crate::world::{ANNA, DORA, EVERYBODY, VERA, World};

/// New calls of a round, and how many rounds one clinic lives through.
const FRESH: usize = 80;
const ROUNDS: usize = 5;
/// Of each fresh call four more are made.
const CALLS: Measure = Measure { name: "CAREDESK_TRIAL_CALLS", in_check: 20_000, each: (FRESH * ROUNDS * 5) as u64 };

const WORDS: [&str; 16] = [
    "yes",
    "confirm",
    "cancel",
    "another time",
    "I will be 10 minutes late",
    "2",
    "STOP",
    "START",
    "thank you",
    "My tooth hurts terribly, it is bleeding",
    "a person please",
    "Hello, how much is a crown?",
    "<script>alert(1)</script>",
    "\u{202e}reversed\u{200f}\u{feff}",
    "'; DROP TABLE visits; --",
    "{ $patient_name } {{phone}} %s %n",
];

#[test]
fn no_call_breaks_the_program_or_counts_twice_on_sqlite() {
    for seed in CALLS.seeds(80) {
        tried(calls(Engine::Sqlite, seed));
    }
}

#[test]
fn no_call_breaks_the_program_or_counts_twice_on_postgres() {
    for seed in CALLS.seeds(20) {
        tried(calls(Engine::Postgres, seed));
    }
}

async fn calls(engine: Engine, seed: u64) {
    let _trial = Trial { seed, engine };
    let room = Room::on(engine);
    let mut calls = Calls::begin(World::begin(room.store().await).await, seed).await;
    let mut before = Vec::new();
    for round in 0..ROUNDS {
        calls.a_week_goes_by(round).await;
        let mut fresh = Vec::new();
        for _ in 0..FRESH {
            fresh.push(calls.tells().await);
        }
        assert!(fresh.iter().any(|told| told.status == 200) && fresh.iter().any(|told| told.status == 400), "of every kind");
        calls.world.turn().await;
        calls.tells_again(&fresh, &before).await;
        before.extend(fresh);
    }
}

struct Calls {
    world: World,
    router: Router,
    doors: Vec<Door>,
    chance: Chance,
    updates: i64,
}

/// A call that was made, and what it was answered.
#[derive(Clone)]
struct Told {
    knock: Knock,
    door: usize,
    status: u16,
    /// Nothing of it was bent: what it says was kept.
    sound: bool,
}

enum Expected {
    Same(u16),
    Refused,
}

impl Calls {
    async fn begin(world: World, seed: u64) -> Self {
        let doors = open_doors(&world).await;
        let router = world.router();
        Self { world, router, doors, chance: Chance::from_seed(seed), updates: 10_000 }
    }

    /// Visits are booked and reminded of, so that there are questions to answer. All within the days for which a provider
    /// may repeat itself.
    async fn a_week_goes_by(&mut self, round: usize) {
        let weeks = ["2026-12-03", "2026-12-10", "2026-12-17", "2026-12-24", "2026-12-31"];
        let eves = ["2026-11-30", "2026-12-07", "2026-12-14", "2026-12-21", "2026-12-28"];
        let people = self.world.people.clone();
        for (patient, hour) in [(people.anna, "10:00"), (people.vera, "11:00"), (people.mira, "14:00")] {
            let slot = self.world.slot(&format!("{}T{hour}", weeks[round]));
            // somebody may have moved a visit to there
            let _ = self.world.books(patient, slot).await;
        }
        self.world.forward(&format!("{}T10:01", eves[round])).await;
    }

    async fn answered(&self, knock: &Knock) -> u16 {
        let mut request = Request::builder().method(&knock.method).uri(&knock.path).body(Body::from(knock.body.clone())).unwrap();
        for (name, value) in &knock.headers {
            request.headers_mut().append(*name, HeaderValue::from_bytes(value).unwrap());
        }
        self.router.clone().oneshot(request).await.unwrap().status().as_u16()
    }

    /// A call as its provider could make it, or nearly.
    async fn tells(&mut self) -> Told {
        let door = self.chance.below(doors::OPEN);
        let (body, sound) = self.body(door);
        let knock = self.doors[door].knock(body);
        let status = self.answered(&knock).await;
        assert!(matches!(status, 200 | 400 | 413), "{status} to {knock:?}");
        assert!(!sound || status == 200, "{status} to a sound call: {knock:?}");
        Told { knock, door, status, sound }
    }

    fn body(&mut self, door: usize) -> (Vec<u8>, bool) {
        let files = self.doors[door].said.clone();
        let mut said = self.chance.pick(&files).clone();
        self.updates += 1;
        self.comes_from_somebody(&mut said);
        if self.chance.percent(40) {
            return (said.to_string().into_bytes(), true);
        }
        for _ in 0..=self.chance.below(3) {
            broken::bend(&mut said, &files, &mut self.chance);
        }
        let text = said.to_string().into_bytes();
        let text = if self.chance.percent(60) { text } else { broken::damage(text, &mut self.chance) };
        (text, false)
    }

    /// From one of our patients or a stranger, new, with words or a button that mean something here.
    fn comes_from_somebody(&mut self, said: &mut Value) {
        let who = if self.chance.percent(70) { *self.chance.pick(&[ANNA, VERA, DORA]) } else { *self.chance.pick(&EVERYBODY) };
        let words = *self.chance.pick(&WORDS);
        let buttons: Vec<String> =
            self.world.provider.sent_to(who).into_iter().rev().take(4).flat_map(|sent| sent.buttons).map(|(_, data)| data).collect();
        let data = if buttons.is_empty() { "confirm".to_owned() } else { self.chance.pick(&buttons).clone() };
        let number = self.updates;
        doors::each_field(said, &mut |name, value| match name {
            "update_id" => *value = number.into(),
            "key" => *value = format!("tap-{number}").into(),
            "from" if value.is_string() => *value = who.id.to_string().into(),
            "chat" if value["type"] == "private" => value["id"] = who.id.into(),
            "from" | "user" if value["id"].is_i64() => value["id"] = who.id.into(),
            "text" if value.is_string() => *value = words.into(),
            "data" if value.is_string() => *value = data.as_str().into(),
            _ => {}
        });
    }

    /// Everything that was told is told again, in another order, late, with other contents under the same name, and by
    /// those who do not have the key. The database stays as it is.
    async fn tells_again(&mut self, fresh: &[Told], before: &[Told]) {
        let mut again: Vec<(Knock, Expected)> = Vec::new();
        for told in fresh {
            again.push((told.knock.clone(), Expected::Same(told.status)));
            let second = if told.sound { forged::twin(&told.knock, &mut self.chance) } else { told.knock.clone() };
            again.push((second, Expected::Same(told.status)));
            again.push((forged::near_miss(&told.knock, told.door, &self.doors, &mut self.chance), Expected::Refused));
            let late = if before.is_empty() { told } else { self.chance.pick(before) };
            again.push((late.knock.clone(), Expected::Same(late.status)));
        }
        for place in (1..again.len()).rev() {
            again.swap(place, self.chance.below(place + 1));
        }
        let stands = contents(self.world.desk.store()).await;
        for (knock, expected) in &again {
            let status = self.answered(knock).await;
            match expected {
                Expected::Same(same) => assert_eq!(status, *same, "told again: {knock:?}"),
                Expected::Refused => assert!(matches!(status, 401 | 404 | 413), "{status} to a forged call: {knock:?}"),
            }
        }
        assert_eq!(contents(self.world.desk.store()).await, stands, "what was told again or forged has changed something");
    }
}
