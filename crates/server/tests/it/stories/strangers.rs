//! People whom the clinic does not know yet, and how they become known.

use clinic::actors::Channel;
use clinic::patients::Sureness;
use desk::{add_contact, link_patient};
use insta::assert_snapshot;
use serde_json::json;

use crate::world::{ANNA, BORIS, STRANGER, told};

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
        assert_snapshot!(world.inbox().await, @"Anna: the bot's");
        world.book(world.people.anna, "2026-12-03T10:00").await;
        world.turn().await;
        assert_snapshot!(world.sent_briefly(), @"Mon 23 Nov 09:00, Zoltán on Telegram | The visit to Mosoly is booked:");
    });
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
