//! A number that is somebody else's by now: the stranger reads nothing of the patient's, and the patient is reached elsewhere.

use std::time::Duration;

use channels::{Call, Method};
use clinic::actors::Channel;
use clinic::conversations::Counterpart;
use clinic::outbox::{Outbound, OutboundState};
use clinic::patients::{ContactPoint, ContactState, NotTheirs, Sureness};
use desk::{ContactNews, add_contact, code_for, link_conversation, tend_contact};
use insta::assert_snapshot;
use kernel::Locale;

use crate::world::{ANNA, Account, STRANGER, Trouble, VERA, World, told};

/// Of the account through which she was reminded.
async fn on_telegram(world: &World) -> ContactPoint {
    let contacts = world.contacts(world.people.vera).await;
    contacts.into_iter().find(|contact| contact.address == VERA.address()).unwrap()
}

#[test]
fn who_says_that_they_are_somebody_else_hears_no_more_and_the_patient_is_asked_elsewhere() {
    told(async |mut world| {
        world.book(world.people.vera, "2026-12-03T10:00").await;
        world.forward("2026-11-30T10:00").await;
        assert!(world.sent_briefly().contains("Vera on Telegram"));

        world.says(VERA, "Sorry, you have the wrong number").await;
        assert_snapshot!(world.sent_briefly(), @"Mon 30 Nov 10:00, vera@example.org by mail | Your visit: Thursday, 3 December, 10:00");
        let taken_off = on_telegram(&world).await;
        assert!(matches!(taken_off.state, ContactState::NotTheirs { why: NotTheirs::WrongPerson, .. }), "{:?}", taken_off.state);
        assert_snapshot!(world.tasks().await, @"decide Vera: task-reason-number-not-theirs");
        assert_snapshot!(world.journal().await, @"Thu 03 Dec 10:00 Vera: booked");

        // from now on they are somebody unknown: what they say marks nothing, and they are told nothing of hers
        world.says(VERA, "I confirm. Who is this?").await;
        assert_snapshot!(world.sent(), @r"
        Mon 30 Nov 10:00, Vera on Telegram
          So that we know who is writing, please share your number with the button below. Mosoly uses it only for your care.
          [Share my number]
        ");
        let address = VERA.address();
        let thread = world.desk.look(move |tx, _| Ok(store::conversations::with_unknown(tx, &address)?)).await.unwrap().unwrap();
        assert!(matches!(thread.with, Counterpart::Unknown { .. }));
        assert_snapshot!(world.journal().await, @"Thu 03 Dec 10:00 Vera: booked");
        world.forward("2026-12-02T12:00").await;
        assert!(!world.sent_briefly().contains("Telegram"), "{}", world.sent_briefly());

        // it was a slip of hers: the desk takes it back, and what had been proven is proven no longer
        let given_back = tend_contact(&world.desk, world.kata(), taken_off.id, ContactNews::Theirs).await.unwrap();
        assert_eq!((given_back.state, given_back.sureness), (ContactState::Open, Sureness::Unverified));
        assert!(!world.tasks().await.contains("number-not-theirs"), "{}", world.tasks().await);
    });
}

#[test]
fn the_desk_takes_a_number_off_in_every_language_of_whoever_has_it_now() {
    told(async |mut world| {
        let words = [(Locale::Ru, "Вы ошиблись номером"), (Locale::Hu, "Téves szám"), (Locale::Fa, "اشتباه گرفتید")];
        for (locale, said) in words {
            world.changed(world.people.vera, move |patient| patient.locale = locale).await;
            world.says(VERA, said).await;
            let contact = on_telegram(&world).await;
            assert!(matches!(contact.state, ContactState::NotTheirs { .. }), "{said}");
            tend_contact(&world.desk, world.kata(), contact.id, ContactNews::Theirs).await.unwrap();
        }
        world.sent();
        // the button at the desk; typed in once more, it is theirs again
        let number = add_contact(&world.desk, world.kata(), world.people.vera, "+36 30 123 4567".to_owned()).await.unwrap();
        let gone = tend_contact(&world.desk, world.kata(), number.id, ContactNews::NotTheirs).await.unwrap();
        assert!(matches!(gone.state, ContactState::NotTheirs { why: NotTheirs::ToldAtDesk, .. }));
        let again = add_contact(&world.desk, world.kata(), world.people.vera, "+36 30 123 4567".to_owned()).await.unwrap();
        assert_eq!((again.id, again.state), (number.id, ContactState::Open));
        assert_snapshot!(world.sent(), @"");
    });
}

#[test]
fn another_name_or_a_number_that_was_dead_for_weeks_asks_a_person() {
    told(async |mut world| {
        world.says(VERA, "Thank you!").await;
        let somebody = Account { name: "Pál", ..VERA };
        world.says(somebody, "Thank you!").await;
        assert_snapshot!(world.tasks().await, @"decide Vera: task-reason-doubt-renamed");
        let doubted = on_telegram(&world).await;
        assert_eq!((doubted.state, doubted.sureness), (ContactState::Open, Sureness::Unverified));
        // it is still her: the desk has asked
        tend_contact(&world.desk, world.kata(), doubted.id, ContactNews::Verified).await.unwrap();
        assert_snapshot!(world.tasks().await, @"");

        world.membership(ANNA, "kicked").await;
        world.pass(Duration::from_hours(50 * 24));
        world.says(ANNA, "I confirm").await;
        assert_snapshot!(world.tasks().await, @"decide Anna: task-reason-doubt-back-again");
        world.sent();
    });
}

#[test]
fn a_code_from_the_desk_ties_an_account_and_cannot_be_guessed() {
    told(async |mut world| {
        let code = code_for(&world.desk, world.kata(), world.people.boris).await.unwrap();
        let wrong = if code == "000000" { "000001" } else { "000000" };
        world.says(STRANGER, wrong).await;
        assert_eq!(world.contacts(world.people.boris).await.len(), 1);
        world.says(STRANGER, &format!("{} {}", &code[..3], &code[3..])).await;
        let contacts = world.contacts(world.people.boris).await;
        let tied = contacts.iter().find(|contact| contact.address == STRANGER.address()).unwrap();
        assert_eq!(tied.sureness, Sureness::Verified);
        assert!(world.sent().contains("Hello, Boris!"));

        // used up, overdue, or after five guesses: none ties anybody
        let other = Account { name: "Ödön", id: 598 };
        world.says(other, &code).await;
        let late = code_for(&world.desk, world.kata(), world.people.boris).await.unwrap();
        world.pass(Duration::from_mins(16));
        world.says(other, &late).await;
        for _ in 0..3 {
            world.says(other, wrong).await;
        }
        let fresh = code_for(&world.desk, world.kata(), world.people.boris).await.unwrap();
        world.says(other, &fresh).await;
        assert_eq!(world.contacts(world.people.boris).await.len(), contacts.len());
        world.sent();
    });
}

#[test]
fn a_mail_that_is_refused_because_there_is_no_such_mailbox_turns_the_address_at_once() {
    told(async |mut world| {
        let telegram = on_telegram(&world).await;
        tend_contact(&world.desk, world.kata(), telegram.id, ContactNews::OptedOut).await.unwrap();
        world.provider.fails(Trouble::NoSuchMailbox);
        world.book(world.people.vera, "2026-12-03T10:00").await;
        world.turn().await;
        let mail =
            world.contacts(world.people.vera).await.into_iter().find(|contact| contact.address.rest() == "vera@example.org").unwrap();
        assert!(matches!(mail.state, ContactState::Unreachable { .. }), "{:?}", mail.state);
        assert_snapshot!(world.sent(), @"");
    });
}

fn call(world: &World) -> Call<'static> {
    Call { method: Method::Post, tail: "", query: "", headers: &[], body: &[], received_at: world.desk.now() }
}

/// The desk has believed that it is Anna who writes.
async fn linked_by_the_desk(world: &mut World) {
    world.says(STRANGER, "Good morning").await;
    let address = STRANGER.address();
    let thread = world.desk.look(move |tx, _| Ok(store::conversations::with_unknown(tx, &address)?)).await.unwrap().unwrap();
    link_conversation(&world.desk, world.kata(), thread.id, world.people.anna).await.unwrap();
    // what is her own she does not want to be written to
    let own = world.contacts(world.people.anna).await.into_iter().find(|contact| contact.address == ANNA.address()).unwrap();
    tend_contact(&world.desk, world.kata(), own.id, ContactNews::OptedOut).await.unwrap();
    add_contact(&world.desk, world.kata(), world.people.anna, "anna@example.org".to_owned()).await.unwrap();
    world.sent();
}

#[test]
fn one_tap_says_that_a_message_was_meant_for_somebody_else() {
    told(async |mut world| {
        linked_by_the_desk(&mut world).await;
        let linked = |contacts: Vec<ContactPoint>| contacts.into_iter().find(|known| known.address == STRANGER.address());
        // the choice stands once, under the first that the bot says there, and not where it is known who reads
        world.book(world.people.anna, "2026-12-03T10:00").await;
        world.book(world.people.vera, "2026-12-03T12:00").await;
        world.turn().await;
        let first = world.sent_briefly();
        assert!(first.contains("Zoltán on Telegram") && first.contains("Vera on Telegram"), "{first}");
        assert_eq!(first.matches("[Wrong person]").count(), 1, "{first}");
        world.forward("2026-11-30T10:00").await;
        let reminded = world.sent_briefly();
        assert!(reminded.contains("Zoltán on Telegram") && !reminded.contains("[Wrong person]"), "{reminded}");

        world.taps(STRANGER, "Wrong person").await;
        let contact = linked(world.contacts(world.people.anna).await).unwrap();
        assert!(matches!(contact.state, ContactState::NotTheirs { why: NotTheirs::WrongPerson, .. }), "{:?}", contact.state);
        // nothing is said to them, and she is asked where she reads
        let after = world.sent_briefly();
        assert!(after.contains("anna@example.org by mail") && !after.contains("Zoltán"), "{after}");
        assert_snapshot!(world.tasks().await, @"decide Anna: task-reason-number-not-theirs");
        // a second tap finds nobody there; the desk takes it back, and the choice is not offered again
        world.taps(STRANGER, "Wrong person").await;
        assert_snapshot!(world.tasks().await, @"decide Anna: task-reason-number-not-theirs");
        let given_back = tend_contact(&world.desk, world.kata(), contact.id, ContactNews::Theirs).await.unwrap();
        assert_eq!((given_back.state, given_back.sureness), (ContactState::Open, Sureness::Unverified));
        assert_snapshot!(world.tasks().await, @"");
        // who forwards the button says it of their own account alone
        let sent = world.provider.newest_with(STRANGER, "Wrong person").unwrap();
        world.taps_on(VERA, &sent, "Wrong person").await;
        assert_eq!(on_telegram(&world).await.state, ContactState::Open);
        assert_eq!(linked(world.contacts(world.people.anna).await).unwrap().state, ContactState::Open);
    });
}

#[test]
fn a_number_at_which_nothing_arrives_for_weeks_is_asked_about_and_one_that_blocks_is_not() {
    told(async |mut world| {
        let account = world.texts().await;
        let telegram = on_telegram(&world).await;
        tend_contact(&world.desk, world.kata(), telegram.id, ContactNews::OptedOut).await.unwrap();
        world.changed(world.people.vera, |patient| patient.preferred_channel = Some(Channel::Sms)).await;
        let number: kernel::Address = "tel:+36301234567".parse().unwrap();
        add_contact(&world.desk, world.kata(), world.people.dora, "+36 30 765 4321".to_owned()).await.unwrap();
        world.changed(world.people.dora, |patient| patient.preferred_channel = Some(Channel::Sms)).await;
        let proven = world.contacts(world.people.vera).await.into_iter().find(|contact| contact.address == number).unwrap();
        tend_contact(&world.desk, world.kata(), proven.id, ContactNews::Verified).await.unwrap();
        // every text to her is taken and comes back later: the telephone is switched off
        for (place, day) in ["2026-12-07", "2026-12-08", "2026-12-16"].iter().enumerate() {
            world.forward(&format!("{}T09:00", ["2026-11-24", "2026-11-27", "2026-12-02"][place])).await;
            world.book(world.people.vera, &format!("{day}T10:00")).await;
            world.book(world.people.dora, &format!("{day}T12:00")).await;
            world.turn().await;
            let outbox = world.outbox(world.people.vera).await;
            let there = |message: &&Outbound| message.route.as_ref().is_some_and(|route| route.account == account);
            let Some(OutboundState::Accepted { provider_key, .. }) = outbox.iter().rev().find(there).map(|sent| sent.state.clone()) else {
                panic!("{}", world.why(world.people.vera).await)
            };
            // 3: its time has run out
            let body = format!("id={provider_key}&phone=36301234567&status=3");
            let call = Call { tail: "a-word-of-ours", body: body.as_bytes(), ..call(&world) };
            assert_eq!(world.answers(account, &call).await.unwrap(), 200);
            world.turn().await;
            let contact = world.contacts(world.people.vera).await.into_iter().find(|contact| contact.address == number).unwrap();
            let expected = if place < 2 { Sureness::Verified } else { Sureness::Unverified };
            assert_eq!((contact.state, contact.sureness), (ContactState::Open, expected), "{day}");
        }
        assert!(world.tasks().await.contains("decide Vera: task-reason-doubt-nothing-arrives"), "{}", world.tasks().await);
        // she has told the desk that it is hers
        tend_contact(&world.desk, world.kata(), proven.id, ContactNews::Verified).await.unwrap();
        assert!(!world.tasks().await.contains("doubt"), "{}", world.tasks().await);

        // whoever blocks the bot reads there
        world.provider.fails(Trouble::Blocked);
        world.book(world.people.anna, "2026-12-18T15:00").await;
        world.turn().await;
        assert!(!world.tasks().await.contains("Anna: task-reason-doubt"), "{}", world.tasks().await);
    });
}
