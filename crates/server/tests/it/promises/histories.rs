//! Whole lives: random acts of patients and of the desk, and time that passes, against a plain book-keeping of what must be
//! true. Fifty patients live side by side, each with a dentist of their own, so that the loops work for all of them at
//! once; a life that goes wrong is lived again alone, and shorter, until nothing can be left out.

mod acts;
mod book;
mod holds;
mod lives;

use std::time::Duration;

use kernel::Chance;
use store::Engine;
use store::trial::Room;

use self::acts::Act;
use self::lives::Town;
use super::{Measure, Trial, tried};
use crate::world::World;

/// Side by side.
const LIVES: u64 = 50;
const TOWNS: Measure = Measure { name: "CAREDESK_TRIAL_LIVES", in_check: 2_000, each: LIVES };
const STEPS: usize = 6;

#[test]
fn every_life_goes_as_the_book_says_on_sqlite() {
    // one half after the other on a thread of its own
    let seeds: Vec<u64> = TOWNS.seeds(95).collect();
    let (some, others) = seeds.split_at(seeds.len() / 2);
    std::thread::scope(|scope| {
        for half in [some, others] {
            scope.spawn(|| half.iter().for_each(|seed| tried(town(Engine::Sqlite, *seed))));
        }
    });
}

#[test]
fn every_life_goes_as_the_book_says_on_postgres() {
    // other lives than on SQLite
    for seed in TOWNS.seeds(5) {
        tried(town(Engine::Postgres, 100_000 + seed));
    }
}

/// One patient's acts, step by step, and the number that names the life.
#[derive(Clone)]
struct Life {
    number: u64,
    steps: Vec<Vec<Act>>,
}

async fn town(engine: Engine, seed: u64) {
    let _trial = Trial { seed: seed % 100_000, engine };
    let lives: Vec<Life> =
        (0..LIVES).map(|number| Life { number, steps: acts::life(STEPS, &mut Chance::from_seed(seed * LIVES + number)) }).collect();
    let pace = acts::pace(STEPS, &mut Chance::from_seed(seed));
    let Some((number, fault)) = live(engine, &lives, &pace).await else { return };
    let alone = lives.into_iter().find(|life| life.number == number).expect("one of them");
    let (shorter, fault) = shortened(engine, alone, &pace, fault).await;
    let told: Vec<String> = shorter.steps.iter().zip(&pace).map(|(acts, pace)| format!("{acts:?}, then {pace:?}")).collect();
    panic!("life {number}: {fault}\nwhere this happened:\n{}", told.join("\n"));
}

/// The first life that did not go as the book says, and what was wrong.
async fn live(engine: Engine, lives: &[Life], pace: &[Duration]) -> Option<(u64, String)> {
    let room = Room::on(engine);
    let mut town = Town::settle(World::begin(room.store().await).await, lives).await;
    for (step, pace) in pace.iter().enumerate() {
        for (place, life) in lives.iter().enumerate() {
            for act in &life.steps[step] {
                town.happens(place, *act).await;
            }
        }
        town.time_passes(*pace).await;
        if let Some((place, fault)) = town.fault() {
            return Some((lives[place].number, format!("{fault} (step {step})")));
        }
    }
    town.comes_to_rest().await;
    town.fault().map(|(place, fault)| (lives[place].number, format!("{fault} (at the end)")))
}

/// The same life without every act that does not matter.
async fn shortened(engine: Engine, life: Life, pace: &[Duration], fault: String) -> (Life, String) {
    let Some((_, mut fault)) = live(engine, std::slice::from_ref(&life), pace).await else {
        return (life, format!("{fault}; alone all goes well"));
    };
    let mut short = life;
    for step in 0..short.steps.len() {
        let mut at = 0;
        while at < short.steps[step].len() {
            let mut shorter = short.clone();
            shorter.steps[step].remove(at);
            match live(engine, std::slice::from_ref(&shorter), pace).await {
                Some((_, same)) => (short, fault) = (shorter, same),
                None => at += 1,
            }
        }
    }
    (short, fault)
}
