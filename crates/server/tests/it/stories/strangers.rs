//! People whom the clinic does not know yet, and how they become known.

use std::time::Duration;

use clinic::actors::{Channel, Origin};
use clinic::conversations::{Conversation, Counterpart};
use clinic::gate::Timing;
use clinic::patients::Sureness;
use desk::{ActError, Answer, add_contact, link_patient};
use insta::assert_snapshot;
use kernel::{ConversationId, PatientId};
use serde_json::json;

use crate::world::{ANNA, Account, BORIS, STRANGER, World, told};

#[test]
fn an_unknown_sender_is_asked_for_their_number_and_waits_at_the_desk() {
    told(async |mut world| {
        world.says(STRANGER, "Good morning, how much is a crown?").await;
        assert_snapshot!(world.sent(), @r"
        Mon 23 Nov 09:00, Zoltán on Telegram
          So that we know who is writing, please share your number with the button below. Mosoly uses it only for your care.
          [Share my number]
        ");
        assert_snapshot!(world.inbox().await, @"an unknown sender: waits for a person");
        world.says(STRANGER, "Hello?").await;
        assert_snapshot!(world.sent(), @"");
        // somebody else's card proves nothing
        world.writes(STRANGER, json!({ "contact": { "phone_number": "+36301234567", "first_name": "Vera", "user_id": 503 } })).await;
        assert_snapshot!(world.sent(), @"");
        assert_snapshot!(world.inbox().await, @"an unknown sender: waits for a person");
    });
}

#[test]
fn a_shared_number_that_is_the_senders_own_ties_the_account_to_its_patient() {
    told(async |mut world| {
        let contact = add_contact(&world.desk, world.kata(), world.people.anna, "+36 20 555 0199".to_owned()).await.unwrap();
        assert_eq!(contact.sureness, Sureness::Unverified);
        world.says(STRANGER, "It is me, Anna, on my new telephone").await;
        world.sent();
        world.writes(STRANGER, json!({ "contact": { "phone_number": "36205550199", "first_name": "Anna", "user_id": STRANGER.id } })).await;
        assert_snapshot!(world.sent(), @r#"
        Mon 23 Nov 09:00, Zoltán on Telegram
          Hello, Anna!
          Thank you for writing to Mosoly. You can reach us here at any hour.
          Our assistant program answers first; one tap on "A person, please" brings you to our team.
          Where we are: 1052 Budapest, Petőfi Sándor utca 7.
        "#);
        let tied = world.contacts(world.people.anna).await.into_iter().filter(|contact| contact.channel() == Channel::Telegram);
        assert_eq!(tied.map(|contact| contact.sureness).collect::<Vec<_>>(), [Sureness::Verified; 2]);
        // what they wrote before has no answer yet
        assert_snapshot!(world.inbox().await, @"Anna: waits for a person");
        world.book(world.people.anna, "2026-12-03T10:00").await;
        world.turn().await;
        assert_snapshot!(world.sent_briefly(), @"Mon 23 Nov 09:00, Zoltán on Telegram | The visit to Mosoly is booked:");
    });
}

/// How somebody unknown becomes known.
#[derive(Clone, Copy)]
enum Known {
    DeskSaysSo,
    ShareTheirNumber,
    OpenALink,
}

#[test]
fn who_waits_for_a_person_still_waits_once_it_is_known_who_they_are_however_that_came() {
    told(async |mut world| {
        let ways =
            [(world.people.anna, Known::DeskSaysSo), (world.people.vera, Known::ShareTheirNumber), (world.people.boris, Known::OpenALink)];
        for (number, (patient, way)) in (0..).zip(ways) {
            let someone = Account { name: "Zoltán", id: 700 + number };
            let (thread, page) = own_thread(&world, patient).await;
            world.says(someone, "How much is a crown?").await;
            world.pass(Duration::from_mins(20));
            becomes_known(&mut world, someone, patient, way).await;
            let joined = world.conversation(patient).await;
            assert_eq!(joined.id, thread);
            let waits = joined.waiting_since().map(|(since, _)| world.desk.now().since(since));
            assert_eq!(waits.map(|waits| waits.as_secs() / 60), Some(20), "since they wrote");
            let listed =
                world.desk.look(move |tx, now| Ok(store::conversations::list(tx, joined.clinic, now + Duration::from_hours(1), 9)?)).await;
            let of_thread = listed.unwrap().into_iter().filter(|listed| listed.conversation.id == thread).map(|listed| listed.preview);
            let preview = of_thread.collect::<String>();
            assert!(!preview.contains("From the desk"), "the list shows what is new: {preview}");
            // whoever has the thread open as it was before is told to look again
            let answer = Answer {
                conversation: thread,
                seen: page,
                text: "Hello".to_owned(),
                channel: None,
                timing: Timing::Polite,
                files: Vec::new(),
            };
            let refused = desk::reply(&world.desk, world.kata(), answer).await.unwrap_err();
            assert!(matches!(refused, ActError::Refused(refusal) if refusal.code() == "conversation.changed-meanwhile"));
        }
    });
}

/// The desk has written before: the thread and its version.
async fn own_thread(world: &World, patient: PatientId) -> (ConversationId, i64) {
    let clinic = world.people.clinic.id;
    let kata = world.kata();
    let begun = world.desk.act(kata, Origin::Desk, move |act| {
        let id = ConversationId::new(act.now, &mut act.chance);
        let thread = if let Some(thread) = store::conversations::of_patient(act.tx, patient)? {
            thread
        } else {
            let thread = Conversation::begin(id, clinic, Counterpart::Patient(patient), act.now);
            store::conversations::add(act.tx, &thread)?;
            thread
        };
        store::conversations::set_preview(act.tx, thread.id, "From the desk")?;
        Ok((thread.id, thread.version))
    });
    begun.await.unwrap()
}

async fn becomes_known(world: &mut World, someone: Account, patient: PatientId, way: Known) {
    match way {
        Known::DeskSaysSo => {
            let address = someone.address();
            let unknown = world.desk.look(move |tx, _| Ok(store::conversations::with_unknown(tx, &address)?)).await.unwrap().unwrap();
            desk::link_conversation(&world.desk, world.kata(), unknown.id, patient).await.unwrap();
        }
        Known::ShareTheirNumber => {
            add_contact(&world.desk, world.kata(), patient, "+36 20 555 0177".to_owned()).await.unwrap();
            world
                .writes(someone, json!({ "contact": { "phone_number": "36205550177", "first_name": "Zoltán", "user_id": someone.id } }))
                .await;
        }
        Known::OpenALink => {
            let link = link_patient(&world.desk, world.kata(), patient, world.people.telegram).await.unwrap().unwrap();
            let token = link.split_once("?start=").unwrap().1.to_owned();
            world.says(someone, &format!("/start {token}")).await;
        }
    }
}

#[test]
fn a_deep_link_ties_an_account_once() {
    told(async |mut world| {
        let link = link_patient(&world.desk, world.kata(), world.people.boris, world.people.telegram).await.unwrap().unwrap();
        let token = link.split_once("?start=").unwrap().1.to_owned();
        world.says(STRANGER, &format!("/start {token}")).await;
        assert_snapshot!(world.sent(), @r#"
        Mon 23 Nov 09:00, Zoltán on Telegram
          Hello, Boris!
          Thank you for writing to Mosoly. You can reach us here at any hour.
          Our assistant program answers first; one tap on "A person, please" brings you to our team.
          Where we are: 1052 Budapest, Petőfi Sándor utca 7.
        "#);
        let known = world.contacts(world.people.boris).await.len();
        assert_eq!(known, 2);
        // forwarded to somebody else, the link is used up
        world.says(ANNA, &format!("/start {token}")).await;
        assert_eq!(world.contacts(world.people.boris).await.len(), known);
        assert_snapshot!(world.sent(), @"");
        assert_eq!(world.contacts(world.people.anna).await.len(), 1);
    });
}

#[test]
fn an_emergency_of_somebody_unknown_is_routed_too() {
    told(async |mut world| {
        world.says(STRANGER, "I have a terrible toothache and my face is swollen").await;
        assert_snapshot!(world.sent(), @r"
        Mon 23 Nov 09:00, Zoltán on Telegram
          Your message has been passed on to our team as urgent.
          A person answers you here by: Monday, 23 November, 09:15
          If there is bleeding that does not stop, trouble breathing or swallowing, or a fast growing swelling, do not wait for our answer: dial the emergency number 112 now.
        ");
        assert_snapshot!(world.inbox().await, @"an unknown sender: waits for a person at once");
    });
}

#[test]
fn somebody_unknown_who_wants_silence_gets_it() {
    told(async |mut world| {
        world.says(STRANGER, "STOP").await;
        assert_snapshot!(world.sent(), @"");
        world.says(BORIS, "STOP").await;
        assert_snapshot!(world.sent(), @"");
    });
}
