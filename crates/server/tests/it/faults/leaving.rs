//! Patients who do not want to hear from us any more, must not, or cannot, while messages for them wait.

use clinic::actors::{Actor, Origin};
use clinic::patients::Standing;
use clinic::staff::Role;
use desk::{Act, ActError, ContactNews, tend_contact};
use kernel::Chance;
use serde_json::json;
use std::time::Duration;
use store::Engine;
use store::trial::{Crossing, Room};

use super::crowd::Member;
use super::moods::{Mood, Weather};
use super::office::{Office, on_both};
use crate::world::SECRET;

/// How somebody leaves.
#[derive(Debug, Clone, Copy)]
enum Leaving {
    SaysStop,
    TellsTheDesk,
    IsRefused,
    Dies,
}

const WAYS: [Leaving; 4] = [Leaving::SaysStop, Leaving::TellsTheDesk, Leaving::IsRefused, Leaving::Dies];

#[test]
fn nothing_is_sent_to_whoever_has_left_while_it_waited() {
    on_both(async |store| {
        let weather = Weather { seed: 8, troubled: 30, moods: &[Mood::TooFast, Mood::TakesInSilence], turned_away: 0 };
        let mut office = Office::open(store, weather, 30).await;
        office.decide(90).await;
        let mut chance = Chance::from_seed(9);
        let mut staying = office.crowd.members.clone();
        for left in 0..16 {
            office.turn().await;
            let member = staying.swap_remove(chance.below(staying.len()));
            leave(&office, member, WAYS[left % WAYS.len()], left).await;
            office.clock.forward(Duration::from_millis(1));
            let now = office.desk.now();
            office.rules.ended.insert(member.chat, now);
        }
        office.settle().await;
        office.judge().await.expect_kept_promises();
        let went = office.messenger.shown().len();
        assert!((30..85).contains(&went), "{went} of 90 went: some before their patient left, and all of those who stayed");
    });
}

async fn leave(office: &Office, member: Member, way: Leaving, number: usize) {
    match way {
        Leaving::SaysStop => says_stop(office, member, number).await,
        Leaving::TellsTheDesk => {
            let kata = Actor::Staff { id: office.crowd.people.kata, role: Role::Desk };
            tend_contact(&office.desk, kata, member.contact, ContactNews::OptedOut).await.unwrap();
        }
        Leaving::IsRefused => stands(office, member, Standing::Refused).await,
        Leaving::Dies => stands(office, member, Standing::Deceased).await,
    }
}

async fn stands(office: &Office, member: Member, standing: Standing) {
    let change = move |act: &mut Act<'_, '_>| -> Result<(), ActError> {
        let mut patient = store::patients::find(act.tx, member.patient)?.expect("one of the crowd");
        patient.standing = standing;
        Ok(store::patients::save(act.tx, &patient)?)
    };
    office.desk.act(Actor::Program, Origin::Program, change).await.unwrap();
}

async fn says_stop(office: &Office, member: Member, number: usize) {
    let (chat, at) = (json!({ "id": member.chat, "type": "private" }), office.desk.now());
    let from = json!({ "id": member.chat, "is_bot": false, "first_name": "Anna", "language_code": "en" });
    let message = json!({ "message_id": number, "from": from, "chat": chat, "date": at.as_seconds(), "text": "STOP" });
    let update = json!({ "update_id": number, "message": message }).to_string();
    let headers: [(&str, &[u8]); 1] = [("X-Telegram-Bot-Api-Secret-Token", SECRET.as_bytes())];
    let call =
        channels::Call { method: channels::Method::Post, tail: "", query: "", headers: &headers, body: update.as_bytes(), received_at: at };
    let received = desk::receive_call(&office.desk, office.crowd.people.telegram, &call).await.unwrap();
    assert_eq!(received.reply.status, 200);
}

/// The claim has read that the patient may be written to, and waits to write its intents; the opt-out is faster.
#[test]
fn an_opt_out_that_commits_while_its_message_is_being_claimed_is_heard() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let room = Room::on(Engine::Postgres);
    runtime.block_on(async {
        let mut office = Office::open(room.store().await, Weather::FAIR, 3).await;
        office.decide(3).await;
        let (_, claiming) = office.node("claiming");
        let leaving = office.crowd.members[1];
        let crossing = Crossing::on(&room);
        let holding = crossing.hold_the_outbox_until_opted_out(&leaving.contact.to_string());
        let claim = tokio::spawn(async move {
            claiming.round().await.unwrap();
            claiming.finish().await;
        });
        crossing.until_a_claim_waits();
        leave(&office, leaving, Leaving::TellsTheDesk, 0).await;
        holding.join().unwrap();
        claim.await.unwrap();
        office.settle().await;
        let shown = office.messenger.shown();
        assert!(!shown.iter().any(|shown| shown.chat == leaving.chat), "somebody who had left was written to");
        assert_eq!(shown.len(), 2, "and the others were");
        office.judge().await.expect_kept_promises();
    });
}
