//! The demo clinic: the same from the same seed, without a double booking, and alive when its clock is pushed.

use std::collections::BTreeMap;
use std::time::Duration;

use caredesk::demo::furnishing::{Plan, Wishes};
use caredesk::demo::{Demo, open, opens_at};
use clinic::conversations::ConversationState;
use clinic::journal::{Visit, VisitState};
use clinic::outbox::OutboundState;
use desk::ActError;
use kernel::{Clock, Locale, Timestamp};
use store::Store;
use store::trial::Room;

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

fn wishes(seed: u64) -> Wishes {
    Wishes { patients: 300, past_days: 60, lived_days: 1, ..caredesk::demo::wishes(seed, Locale::En, None) }
}

async fn demo(seed: u64) -> Demo {
    let store: Store = Room::on(store::Engine::Sqlite).store().await;
    open(store, wishes(seed)).await.expect("the demo opens")
}

async fn visits(demo: &Demo, from: Timestamp, until: Timestamp) -> Vec<Visit> {
    let clinic = demo.premises.clinic.id;
    let found = demo.life.desk.look(move |tx, _| Ok::<_, ActError>(store::visits::between(tx, clinic, from, until)?)).await;
    found.expect("the journal is read")
}

/// Everything that happened to the visits of the coming days, by name.
async fn happened(demo: &Demo, since: Timestamp) -> BTreeMap<&'static str, usize> {
    let clinic = demo.premises.clinic.id;
    let marks = demo.life.desk.look(move |tx, _| Ok::<_, ActError>(store::happenings::marks(tx, clinic, "~", 5_000)?)).await;
    let mut counted = BTreeMap::new();
    for recorded in marks.expect("the stream is read").iter().filter(|recorded| recorded.at > since) {
        *counted.entry(recorded.what.name()).or_default() += 1;
    }
    counted
}

fn as_text(plan: &Plan) -> String {
    let people: Vec<_> = plan.people.iter().map(|person| (&person.patient, &person.contacts)).collect();
    let (past, told, coming) = (&plan.history.past, &plan.history.told, &plan.history.coming);
    serde_json::to_string(&(people, past, told, coming)).expect("plain data")
}

#[test]
fn the_same_seed_makes_the_same_clinic_and_another_seed_another() {
    let (one, again, other) = (Plan::of(&wishes(7)), Plan::of(&wishes(7)), Plan::of(&wishes(8)));
    assert!(as_text(&one) == as_text(&again), "the same seed made two different clinics");
    assert!(as_text(&one) != as_text(&other), "two seeds made the same clinic");
}

#[test]
fn nobody_is_in_two_places_at_once_in_two_years() {
    let plan = Plan::of(&caredesk::demo::wishes(7, Locale::En, None));
    let all = plan.history.past.iter().chain(&plan.history.coming);
    let taken: Vec<&Visit> = all.filter(|visit| visit.state.takes_time()).collect();
    let whose: [fn(&Visit) -> String; 3] = [
        |visit| visit.provider.to_string(),
        |visit| visit.chair.map(|chair| chair.to_string()).unwrap_or_default(),
        |visit| visit.patient.to_string(),
    ];
    for owner in whose {
        let mut by_owner: BTreeMap<String, Vec<&Visit>> = BTreeMap::new();
        for visit in &taken {
            by_owner.entry(owner(visit)).or_default().push(visit);
        }
        for visits in by_owner.values_mut() {
            visits.sort_by_key(|visit| visit.starts_at);
            for pair in visits.windows(2) {
                assert!(pair[0].ends_at <= pair[1].starts_at, "{:?} meets {:?}", pair[0], pair[1]);
            }
        }
    }
    let many = plan.history.past.len();
    assert!((18_000..30_000).contains(&many), "{many} visits in two years");
}

#[test]
fn visits_lie_within_the_shifts_of_those_who_treat_and_while_the_clinic_is_open() {
    let plan = Plan::of(&wishes(7));
    let clinic = &plan.premises.clinic;
    for visit in plan.history.past.iter().chain(&plan.history.coming).filter(|visit| visit.state.takes_time()) {
        let provider = plan.premises.providers.iter().find(|provider| provider.id == visit.provider).expect("a provider");
        let last = visit.ends_at - Duration::from_mins(1);
        for moment in [visit.starts_at, last] {
            assert!(provider.is_on_shift(moment, &clinic.zone) && clinic.is_open(moment), "{visit:?}");
        }
    }
}

#[test]
fn children_are_spoken_for_and_four_languages_are_spoken() {
    let plan = Plan::of(&Wishes { patients: 2_000, ..wishes(7) });
    let today = opens_at().date(&plan.premises.clinic.zone);
    let mut by_language: BTreeMap<Locale, usize> = BTreeMap::new();
    let mut children = 0;
    for person in &plan.people {
        *by_language.entry(person.patient.locale).or_default() += 1;
        if let Some(guardian) = person.patient.guardian {
            let guardian = plan.people.iter().find(|other| other.patient.id == guardian).expect("the guardian is a patient too");
            assert!(!guardian.patient.is_minor(today) && guardian.patient.guardian.is_none());
            children += 1;
        }
    }
    assert_eq!(by_language.len(), 4);
    assert!(by_language.values().all(|many| *many > 100), "{by_language:?}");
    assert!(children > 60, "{children} children");
}

#[tokio::test]
async fn a_clinic_in_the_middle_of_its_morning_lives_on_when_its_clock_is_pushed() {
    let demo = demo(7).await;
    assert_eq!(demo.life.clock.now(), opens_at());
    let (morning, evening) = (opens_at() - HOUR * 2, opens_at() + HOUR * 12);
    let today = visits(&demo, morning, evening).await;
    assert!(today.iter().any(|visit| matches!(visit.state, VisitState::InChair { .. } | VisitState::Arrived { .. })), "nobody is here");
    assert!(today.iter().any(|visit| matches!(visit.state, VisitState::Confirmed { .. })), "nobody has confirmed");

    demo.life.push_to(opens_at() + DAY, |_| {}).await.expect("a day goes by");
    assert_eq!(demo.life.clock.now(), opens_at() + DAY);
    let counted = happened(&demo, opens_at()).await;
    let many = |name: &str| counted.get(name).copied().unwrap_or(0);
    assert!(many("visit_confirmed") >= 10, "{counted:?}");
    assert!(many("visit_moved") >= 1, "{counted:?}");
    assert!(many("visit_completed") >= 20, "{counted:?}");
    let yesterday = visits(&demo, morning, evening).await;
    assert_eq!(yesterday.iter().filter(|visit| visit.state.is_ahead()).count(), 0, "visits of yesterday that nobody has marked");
    expect_a_hand_over(&demo).await;
    let clinic = demo.premises.clinic.id;
    let going = demo.life.desk.look(move |tx, now| {
        let (late, sending) = (store::outbound::late(tx, now, 1)?, store::outbound::lease_over(tx, now + DAY, 1)?);
        let doubtful = |held: &store::outbound::HeldUp| matches!(held.message.state, OutboundState::Uncertain { .. });
        let doubts = store::outbound::held_up(tx, clinic, now - 2 * DAY, 500)?.iter().filter(|held| doubtful(held)).count();
        Ok::<_, ActError>((late.len(), sending.len(), doubts))
    });
    assert_eq!(going.await.expect("the outbox is read"), (0, 0, 0), "late, on its way, in doubt");
}

/// What the bot did not understand waits at the desk, with the run that asked and its way until then.
async fn expect_a_hand_over(demo: &Demo) {
    let clinic = demo.premises.clinic.id;
    let tasks = demo.life.desk.look(move |tx, now| Ok::<_, ActError>(store::tasks::open(tx, clinic, now + DAY, 500)?)).await;
    let handed_over = tasks.expect("tasks are read").into_iter().find(|task| task.reason == "task-reason-unclear" && task.run.is_some());
    let task = handed_over.expect("somebody asked what only a person can answer");
    let (run, conversation) = (task.run.expect("found by it"), task.conversation.expect("it has a thread"));
    let read = demo.life.desk.look(move |tx, _| {
        let conversation = store::conversations::find(tx, conversation)?.expect("the thread is there");
        Ok::<_, ActError>((conversation.state, store::runs::trace(tx, run)?))
    });
    let (state, trace) = read.await.expect("the thread is read");
    assert!(matches!(state, ConversationState::Waiting { .. }), "{state:?}");
    assert!(trace.len() >= 2, "{trace:?}");
}

#[tokio::test]
async fn the_same_push_over_the_same_clinic_gives_the_same_morning() {
    let mut journals = Vec::new();
    for demo in [demo(11).await, demo(11).await] {
        demo.life.push_to(opens_at() + HOUR * 4, |_| {}).await.expect("some hours go by");
        let mut journal: Vec<_> = visits(&demo, opens_at() - DAY, opens_at() + DAY * 14)
            .await
            .iter()
            .map(|visit| format!("{} {:?} {} {}", visit.starts_at, visit.provider, visit.patient, visit.state.name()))
            .collect();
        journal.sort();
        journals.push(journal);
    }
    assert_eq!(journals[0], journals[1]);
}

#[tokio::test]
async fn a_patient_whose_telephone_the_visitor_holds_stays_silent() {
    let demo = demo(7).await;
    for number in 0..300 {
        demo.life.patients.hand_over(&format!("phone-{number:04}"));
    }
    demo.life.push_to(opens_at() + HOUR * 4, |_| {}).await.expect("a morning goes by");
    let counted = happened(&demo, opens_at()).await;
    assert_eq!(counted.get("visit_confirmed"), None, "{counted:?}");
    assert_eq!(counted.get("visit_moved"), None, "{counted:?}");
}
