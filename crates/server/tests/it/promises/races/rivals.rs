//! Those who race: a dozen patients, two dentists with two chairs, and the nodes at which they are heard.

use std::fmt::Debug;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request};
use clinic::actors::{Actor, Origin};
use clinic::journal::{Slot, Visit};
use clinic::services::Chair;
use desk::{ActError, Desk};
use kernel::{ChairId, Chance, PatientId, StaffId, Timestamp};
use serde_json::Value;
use store::trial::Room;
use tower::ServiceExt;

use crate::world::{Account, SECRET, World};

pub const MANY: usize = 8;
pub const HOUR: Duration = Duration::from_hours(1);

/// More than race at once: whoever is offered times has no other visits.
pub const ACCOUNTS: [Account; MANY + 5] = [
    Account { name: "Ada", id: 701 },
    Account { name: "Bela", id: 702 },
    Account { name: "Cili", id: 703 },
    Account { name: "Denes", id: 704 },
    Account { name: "Emma", id: 705 },
    Account { name: "Feri", id: 706 },
    Account { name: "Gizi", id: 707 },
    Account { name: "Hugo", id: 708 },
    Account { name: "Ilka", id: 709 },
    Account { name: "Jeno", id: 710 },
    Account { name: "Kati", id: 711 },
    Account { name: "Lajos", id: 712 },
    Account { name: "Mari", id: 713 },
];

pub struct Rivals {
    pub world: World,
    pub nodes: Vec<Desk>,
    pub routers: Vec<Router>,
    pub patients: Vec<PatientId>,
    pub lind: StaffId,
    pub other_chair: ChairId,
    pub chance: Chance,
    days: i64,
    updates: i64,
}

impl Rivals {
    pub async fn meet(room: &Room, nodes: u64, seed: u64) -> Self {
        let world = World::begin(room.store().await).await;
        let mut desks = vec![world.desk.clone()];
        for number in 2..=nodes {
            desks.push(world.another_node(room.store().await, number));
        }
        let routers = desks.iter().map(|desk| world.router_of(desk)).collect();
        let mut patients = Vec::new();
        for account in ACCOUNTS {
            patients.push(world.people.moves_in(&world.desk, account).await);
        }
        let (clinic, gromov) = (world.people.clinic.id, world.people.gromov);
        let moved_in = world.desk.act(Actor::Program, Origin::Program, move |act| {
            let (lind, chair) = (StaffId::new(act.now, &mut act.chance), ChairId::new(act.now, &mut act.chance));
            let like = store::staff::find(act.tx, gromov)?.expect("Dr Gromov works here");
            store::staff::save(act.tx, &clinic::staff::StaffMember { id: lind, title: "Dr Lind".to_owned(), ..like })?;
            store::clinics::save_chair(act.tx, &Chair { id: chair, clinic, name: "3".to_owned() })?;
            Ok((lind, chair))
        });
        let (lind, other_chair) = moved_in.await.unwrap();
        let chance = Chance::from_seed(seed);
        Self { world, nodes: desks, routers, patients, lind, other_chair, chance, days: 0, updates: 50_000 }
    }

    /// The next Monday to which nothing has happened yet, at an hour.
    pub fn next_monday(&mut self, hour: &str) -> Timestamp {
        self.days += 7;
        self.world.at(&format!("2026-11-30T{hour}")) + Duration::from_hours(24) * u32::try_from(self.days).unwrap()
    }

    pub fn slot(&self, starts_at: Timestamp) -> Slot {
        Slot { provider: self.world.people.gromov, chair: Some(self.world.people.chair), starts_at, ends_at: starts_at + HOUR }
    }

    /// Each rival has a node; no two races begin at the same one.
    pub fn node(&mut self) -> Desk {
        self.chance.pick(&self.nodes).clone()
    }

    /// One of a few slots that all share a quarter of an hour.
    pub fn overlapping(&mut self, starts_at: Timestamp) -> Slot {
        let later = Duration::from_mins(15) * u32::try_from(self.chance.below(4)).unwrap();
        self.slot(starts_at + later)
    }

    /// Telegram tells this to one of the nodes.
    pub async fn told(&self, at: usize, update: &Value) -> u16 {
        let path = format!("/hooks/telegram/{}", self.world.people.telegram);
        let request = Request::builder().method(Method::POST).uri(path).header("x-telegram-bot-api-secret-token", SECRET);
        let request = request.body(Body::from(update.to_string())).unwrap();
        self.routers[at % self.routers.len()].clone().oneshot(request).await.unwrap().status().as_u16()
    }

    /// The next number of an update.
    pub fn number(&mut self) -> i64 {
        self.updates += 1;
        self.updates
    }

    pub async fn journal(&self) -> Vec<Visit> {
        let (clinic, from, until) = (self.world.people.clinic.id, self.world.at("2026-01-01T00:00"), self.world.at("2028-01-01T00:00"));
        self.world.desk.look(move |tx, _| Ok(store::visits::between(tx, clinic, from, until)?)).await.unwrap()
    }
}

/// Every pair of visits that would need one dentist or one chair at the same time.
pub fn overlaps(journal: &[Visit]) -> Vec<String> {
    let stands = |visit: &&Visit| !matches!(visit.state.name(), "cancelled" | "moved" | "no_show");
    let standing: Vec<&Visit> = journal.iter().filter(stands).collect();
    let mut found = Vec::new();
    for (at, one) in standing.iter().enumerate() {
        for other in &standing[at + 1..] {
            let at_once = one.starts_at < other.ends_at && other.starts_at < one.ends_at;
            let share_a_chair = one.chair.is_some() && one.chair == other.chair;
            if at_once && (one.provider == other.provider || share_a_chair) {
                found.push(format!("{one:?} and {other:?}"));
            }
        }
    }
    found
}

/// One has it; each of the others is told by one of these codes why not.
pub fn one_wins<T: Debug>(what: &str, outcomes: Vec<Result<T, ActError>>, codes: &[&str]) -> T {
    let mut winners = Vec::new();
    for outcome in outcomes {
        match outcome {
            Ok(won) => winners.push(won),
            Err(ActError::Refused(refusal)) => assert!(codes.contains(&refusal.code()), "{what}: told {}", refusal.code()),
            Err(error @ ActError::Store(_)) => panic!("{what}: told {error}"),
        }
    }
    assert_eq!(winners.len(), 1, "{what}: {winners:?}");
    winners.pop().unwrap()
}
