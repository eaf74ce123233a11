//! What comes in twice, late, out of order, from the wrong hands, or broken.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::world::{ANNA, SECRET, STRANGER, VERA, told};

#[test]
fn a_tap_that_is_told_twice_or_late_counts_once() {
    told(async |mut world| {
        let visit = world.book(world.people.anna, "2026-12-03T10:00").await;
        world.forward("2026-11-30T10:00").await;
        world.sent();
        let reminder = world.provider.newest_with(ANNA, "Confirm").unwrap();
        let mut update = world.tap(ANNA, &reminder, &reminder.data_of("Confirm").unwrap());
        update["update_id"] = 7_000.into();
        for _ in 0..3 {
            assert_eq!(world.webhook(&update).await, 200);
            world.forward_a_second().await;
        }
        assert_eq!(world.sent().matches("it is confirmed").count(), 1);
        let version = world.visit(visit.id).await.version;
        // a second tap of the same button is another update, and no news
        world.taps_on(ANNA, &reminder, "Confirm").await;
        assert_snapshot!(world.sent(), @"");
        assert_eq!(world.visit(visit.id).await.version, version);
    });
}

#[test]
fn answers_out_of_order_end_in_one_state_that_the_patient_was_told() {
    told(async |mut world| {
        world.book(world.people.anna, "2026-12-03T10:00").await;
        world.forward("2026-11-30T10:00").await;
        let reminder = world.provider.newest_with(ANNA, "Confirm").unwrap();
        world.sent();
        // 'Another time' was tapped first, but 'Confirm' arrives first
        let mut later = world.tap(ANNA, &reminder, &reminder.data_of("Confirm").unwrap());
        let mut earlier = world.tap(ANNA, &reminder, &reminder.data_of("Another time").unwrap());
        (earlier["update_id"], later["update_id"]) = (7_001.into(), 7_002.into());
        assert_eq!(world.webhook(&later).await, 200);
        world.forward_a_second().await;
        assert_eq!(world.webhook(&earlier).await, 200);
        world.forward("2026-11-30T10:01").await;
        assert_snapshot!(world.journal().await, @"Thu 03 Dec 10:00 Anna: confirmed by Anna through telegram");
        assert_snapshot!(world.sent_briefly(), @r"
        Mon 30 Nov 10:00, Anna on Telegram | Thank you, it is confirmed: Thursday, 3 December, 10:00.
        Mon 30 Nov 10:00, Anna on Telegram | Of course. These times are free: | [2 Dec, 10:00] [3 Dec, 12:00] [4 Dec, 10:00] [More times] [A person, please]
        ");
    });
}

#[test]
fn two_taps_at_once_move_the_run_once() {
    told(async |mut world| {
        world.book(world.people.anna, "2026-12-03T10:00").await;
        world.forward("2026-11-30T10:00").await;
        let reminder = world.provider.newest_with(ANNA, "Confirm").unwrap();
        world.sent();
        let mut first = world.tap(ANNA, &reminder, &reminder.data_of("Confirm").unwrap());
        let mut second = first.clone();
        (first["update_id"], second["update_id"]) = (7_003.into(), 7_004.into());
        let answers = futures_util::future::join(world.webhook(&first), world.webhook(&second)).await;
        assert_eq!(answers, (200, 200));
        world.forward("2026-11-30T10:01").await;
        assert_eq!(world.sent().matches("it is confirmed").count(), 1);
    });
}

#[test]
fn the_first_words_of_somebody_that_arrive_at_once_are_one_conversation() {
    told(async |world| {
        let message = |id: i64, who: crate::world::Account| {
            let message = json!({ "message_id": id, "from": who.user(), "chat": who.chat(), "date": 1_795_000_000, "text": "Hello" });
            json!({ "update_id": id, "message": message })
        };
        for who in [ANNA, STRANGER] {
            let (one, two) = (message(8_000 + who.id, who), message(9_000 + who.id, who));
            let answers = futures_util::future::join(world.webhook(&one), world.webhook(&two)).await;
            assert_eq!(answers, (200, 200));
        }
        assert_eq!(world.inbox().await.lines().count(), 2);
    });
}

#[test]
fn a_button_of_another_patient_does_nothing() {
    told(async |mut world| {
        let annas = world.book(world.people.anna, "2026-12-03T10:00").await;
        let veras = world.book(world.people.vera, "2026-12-03T11:00").await;
        world.forward("2026-11-30T10:00").await;
        let reminder = world.provider.newest_with(ANNA, "Confirm").unwrap();
        world.sent();
        world.taps_on(VERA, &reminder, "Confirm").await;
        world.taps_on(STRANGER, &reminder, "Cancel the visit").await;
        for data in ["", "confirm", "msg_00000000000000000000000000.confirm", "x.y.z", "'; DROP TABLE visits; --"] {
            let update = world.tap(VERA, &reminder, data);
            world.told_by_telegram(update).await;
        }
        assert_snapshot!(world.sent(), @"");
        assert_snapshot!(world.journal().await, @r"
        Thu 03 Dec 10:00 Anna: booked
        Thu 03 Dec 11:00 Vera: booked
        ");
        assert_eq!((world.visit(annas.id).await.version, world.visit(veras.id).await.version), (1, 1));
        assert_snapshot!(world.tasks().await, @"");
        // Vera's own question is still open
        world.taps(VERA, "Confirm").await;
        assert_snapshot!(world.journal().await, @r"
        Thu 03 Dec 10:00 Anna: booked
        Thu 03 Dec 11:00 Vera: confirmed by Vera through telegram
        ");
    });
}

#[test]
fn a_thumb_up_confirms() {
    told(async |mut world| {
        world.book(world.people.anna, "2026-12-03T10:00").await;
        world.forward("2026-11-30T10:00").await;
        let reminder = world.provider.newest_with(ANNA, "Confirm").unwrap();
        world.sent();
        world.reacts(ANNA, &reminder, "👍").await;
        assert_snapshot!(world.sent_briefly(), @"Mon 30 Nov 10:00, Anna on Telegram | Thank you, it is confirmed: Thursday, 3 December, 10:00.");
        assert_snapshot!(world.journal().await, @"Thu 03 Dec 10:00 Anna: confirmed by Anna through telegram");
        // under the thanks it means nothing more
        let thanks = world.provider.sent_to(ANNA).pop().unwrap();
        world.reacts(ANNA, &thanks, "👍").await;
        assert_snapshot!(world.sent_briefly(), @"");
    });
}

#[test]
fn what_is_unsigned_or_broken_is_refused_and_changes_nothing() {
    told(async |mut world| {
        world.book(world.people.anna, "2026-12-03T10:00").await;
        world.forward("2026-11-30T10:00").await;
        world.sent();
        let telegram = world.people.telegram;
        let good = json!({ "update_id": 1, "message": { "message_id": 1, "from": ANNA.user(), "chat": ANNA.chat(), "date": 0, "text": "cancel" } });
        let good = good.to_string();
        for (name, secret, body, status) in [
            ("unsigned", None, good.as_str(), 401),
            ("wrongly signed", Some("another-secret"), &good, 401),
            ("empty secret", Some(""), &good, 401),
            ("no JSON", Some(SECRET), "{\"update_id\": ", 400),
            ("empty", Some(SECRET), "", 400),
            ("wrong types", Some(SECRET), "{\"update_id\": \"one\", \"message\": 7}", 400),
            ("a list", Some(SECRET), "[]", 400),
            ("nothing that we know", Some(SECRET), "{\"update_id\": 5}", 200),
        ] {
            assert_eq!(world.called(telegram, secret, body.as_bytes()).await, status, "{name}");
        }
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(world.called(telegram, Some(SECRET), deep.as_bytes()).await, 400);
        assert_eq!(world.called(telegram, Some(SECRET), &[0xff, 0xfe, 0x00]).await, 400);
        // an account that there is not
        let unknown = kernel::AccountId::new(world.desk.now(), &mut kernel::Chance::from_seed(1));
        assert_eq!(world.called(unknown, Some(SECRET), good.as_bytes()).await, 404);
        world.turn().await;
        assert_snapshot!(world.sent(), @"");
        assert_snapshot!(world.journal().await, @"Thu 03 Dec 10:00 Anna: booked");
    });
}

#[test]
fn script_and_control_characters_in_names_and_words_stay_words() {
    told(async |mut world| {
        let evil = "<script>alert(1)</script>\u{0}\u{202e}{ $clinic_name } '; DROP TABLE visits; --";
        let mut user: Value = STRANGER.user();
        user["first_name"] = evil.into();
        world
            .told_by_telegram(json!({ "message": {
            "message_id": 5, "from": user, "chat": STRANGER.chat(), "date": 1_795_000_000, "text": evil,
        } }))
            .await;
        world.says(ANNA, evil).await;
        world.says(ANNA, &"й".repeat(4_096)).await;
        assert_eq!(world.inbox().await.lines().count(), 2);
        let sent = world.sent();
        assert!(!sent.contains("script") && !sent.contains("DROP"), "nothing of it is said back: {sent}");
    });
}
