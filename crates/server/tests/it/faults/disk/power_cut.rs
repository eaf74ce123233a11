//! The power goes: what was acknowledged is on the disk.
//!
//! A clinic lives a few hours in three programs, one after the other: the first is killed, the second has a sync that
//! fails and is killed with it, the third ends in good order. Then the power is cut at many instants of all that.

use std::path::Path;

use kernel::Chance;
use store::sown::{FAULT, Fault, sown};
use store::trial::is_sound;
use store::{Place, Store};

use super::life::{Life, Tells, found};
use super::platter::{Platter, Record};
use super::{Folder, RECORD, built, lived, part, temper};
use crate::world::World;

/// Cut as often in `./check`; as often as `CAREDESK_TRIAL_CUTS` says in the long form.
const CUTS: usize = 300;
/// In so many states the desk is also let work on, for what it might send again.
const WORKED_ON: usize = 10;
const DATABASE: &str = "clinic.db";

/// What each program does: its number, rounds, how it ends.
const PROGRAMS: [(u64, u32, &str); 3] = [(0, 12, "killed"), (1, 10, "failed sync"), (2, 14, "in order")];

fn cuts() -> usize {
    std::env::var("CAREDESK_TRIAL_CUTS").map_or(CUTS, |cuts| cuts.parse().expect("a number of cuts"))
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// One of the programs, in a process of its own.
async fn live(part: &str, folder: &Path) {
    let number: usize = part.parse().unwrap();
    let (seed, rounds, ending) = PROGRAMS[number];
    let store = Store::open(&Place::File(folder.join(DATABASE)), 0).await.unwrap();
    let world = match seed {
        0 => World::begin(store.clone()).await,
        seed => World::again(store.clone(), &format!("2026-11-23T{}:00", 9 + seed), 23 + seed).await,
    };
    let mut life = Life::of(world, Tells::beside(folder));
    let first = PROGRAMS[..number].iter().map(|(_, rounds, _)| rounds).sum::<u32>();
    for round in first..first + rounds {
        life.round(round).await;
    }
    match ending {
        "in order" => {
            drop(life);
            store.close().await;
        }
        "failed sync" => {
            temper(folder, "sync 1 stays");
            let refused = life.answer(900 + first).await.is_err();
            assert_eq!(refused, !sown(Fault::SynchronousNormal), "what no sync made sure of was acknowledged");
        }
        _ => {}
    }
    // as if killed: nothing is closed
    std::process::exit(0);
}

/// The record of all programs.
fn recorded(test: &str, fault: Option<Fault>, folder: &Folder) -> Record {
    let (library, data) = (built(folder), folder.inside("data"));
    let record = folder.0.join("record");
    for number in 0..PROGRAMS.len() {
        let fault = fault.map_or_else(String::new, |fault| format!("{fault:?}"));
        let output = lived(test, &number.to_string(), &library, &data, &[(RECORD, record.as_os_str()), (FAULT, fault.as_ref())]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    Record::read(&record)
}

/// What is done with a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    Look,
    /// What had begun to leave must not leave again.
    WorkOn,
}

/// What was found wrong in a state: the words of SQLite, or what was told and is gone.
async fn wrong_in(state: &Path, told: &[&str], then: Then) -> Option<String> {
    let store = match Store::open(&Place::File(state.join(DATABASE)), 0).await {
        Ok(store) => store,
        Err(error) => return Some(format!("cannot be opened: {error}")),
    };
    let wrong = wrong_with(&store, told, then).await;
    store.close().await;
    wrong
}

async fn wrong_with(store: &Store, told: &[&str], then: Then) -> Option<String> {
    if let Err(words) = is_sound(store).await {
        return Some(format!("damaged: {words}"));
    }
    let Some(life) = found(store.clone(), 99).await else {
        return told.first().map(|first| format!("nothing is left, and there was: {first}"));
    };
    let mut lost = life.lost(told).await;
    if then == Then::WorkOn {
        lost.extend(life.sent_twice(told).await.into_iter().map(|number| format!("sent twice: {number}")));
    }
    (!lost.is_empty()).then(|| lost.join(", "))
}

/// Cuts the power so many times, spread over the record, and says what was wrong, each with its instant.
fn cut(record: &Record, cuts: usize, folder: &Folder) -> Vec<String> {
    let instants = record.instants();
    let mut chance = Chance::from_seed(300);
    let mut places: Vec<usize> = (0..cuts).map(|_| instants[chance.below(instants.len())]).collect();
    places.sort_unstable();
    let runtime = runtime();
    let mut platter = Platter::empty(record, chance.fork());
    let mut wrong = Vec::new();
    for (number, place) in places.into_iter().enumerate() {
        platter.play(place);
        let state = folder.inside("state");
        platter.cut_off(&state, chance.fork());
        let then = if number % WORKED_ON == 0 { Then::WorkOn } else { Then::Look };
        let found = runtime.block_on(wrong_in(&state, platter.told(), then));
        wrong.extend(found.map(|words| format!("cut {number} at {place}: {words}")));
    }
    wrong
}

#[test]
fn what_was_acknowledged_outlives_the_power() {
    if let Some((part, folder)) = part() {
        return runtime().block_on(live(&part, &folder));
    }
    let folder = Folder::new("power");
    let record = recorded("faults::disk::power_cut::what_was_acknowledged_outlives_the_power", None, &folder);
    let wrong = cut(&record, cuts(), &folder);
    assert!(wrong.is_empty(), "{} of {} states:\n{}", wrong.len(), cuts(), wrong.join("\n"));
}

/// The trial above can fail: with the fault, something that was acknowledged is lost in this many of twenty states.
fn expect_caught(fault: Fault, test: &str, at_least: usize) {
    if let Some((part, folder)) = part() {
        return runtime().block_on(live(&part, &folder));
    }
    let folder = Folder::new(test);
    let record = recorded(&format!("faults::disk::power_cut::{test}"), Some(fault), &folder);
    let wrong = cut(&record, 20, &folder);
    let lost = wrong.iter().filter(|words| !words.contains("damaged") && !words.contains("opened")).count();
    println!("{fault:?}: {lost} of 20 states had lost something");
    assert!(lost >= at_least, "only {lost} of 20 states had lost something: the trial sees nothing");
}

#[test]
fn a_store_that_answers_before_it_syncs_is_caught() {
    expect_caught(Fault::SynchronousNormal, "a_store_that_answers_before_it_syncs_is_caught", 5);
}

#[test]
fn a_start_that_goes_on_behind_a_failed_sync_is_caught() {
    expect_caught(Fault::LogGoneOnWith, "a_start_that_goes_on_behind_a_failed_sync_is_caught", 1);
}
