//! Tables over the files in `fixtures/viber`.

use std::time::Duration;

use clinic::actors::Channel;
use clinic::conversations::Press;

use super::{SIGNATURE_HEADER, Viber};
use crate::signature::signature;
use crate::world::{self, button, file, plain, posted, reminder};
use crate::{Account, Call, Connector, Event, Method, Outgoing, Reach, Reading, Reply, Sending, Settings, Trouble, Unreadable, Unwritable};

fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let settings = world::settings(&Viber);
    let signed = signature(&settings.secret("token"), body);
    Viber.read_webhook(&settings, &posted(&[("X-Viber-Content-Signature", signed.as_bytes())], "", body))
}

#[test]
fn what_a_patient_says_in_viber_is_read() {
    let anna = "viber:a1B2c3D4e5F6g7H8i9J0kQ==";
    let (blocks, allows) = (format!("{anna} blocks"), format!("{anna} allows"));
    let opened = "opened with \"p_8Zk2mQ7xV\"";
    let table: [(&str, &[&str]); 20] = [
        ("words.json", &["Mikor van időpontom?"]),
        ("tap.json", &["[✅ Приду] v:1:yes"]),
        ("first-tap.json", &[opened]),
        ("first-words.json", &[opened, "Добрый день"]),
        ("photo.json", &["Image \"вот снимок\" at https://media.example.test/1.jpg 1.jpg"]),
        ("document.json", &["Document \"\" at https://media.example.test/xray.pdf xray.pdf"]),
        ("video.json", &["Video \"\" at https://media.example.test/1.mp4"]),
        ("place.json", &["Place \"47.5, 19.05\""]),
        ("sticker.json", &["Sticker \"\""]),
        ("page.json", &["https://example.test/clinic"]),
        ("contact.json", &["Other \"Вера 36307654321\""]),
        ("newer-than-this-program.json", &["Other \"\""]),
        ("opened-by-link.json", &[]),
        ("opened-by-a-subscriber.json", &[opened]),
        ("unblocked.json", &[&allows]),
        ("blocked.json", &[&blocks]),
        ("delivered.json", &["5900112233445566800: Delivered"]),
        ("read.json", &["5900112233445566800: Read"]),
        ("failed.json", &["5900112233445566801: Failed { code: \"failed\", why: Other }"]),
        ("webhook-set.json", &[]),
    ];
    world::expect_news(&Viber, |body| read(body).unwrap(), &table);

    let words = read(&file(Channel::Viber, "arriving", "words.json")).unwrap().arrivals.remove(0);
    assert_eq!((words.repeat_key.as_str(), words.at.as_millis()), ("message:5900112233445566778", 1_795_420_800_123));
    let Event::Message { provider_key, from, name, locale, .. } = words.event else { panic!("a message") };
    assert_eq!((provider_key.as_str(), from, name.as_str()), ("5900112233445566778", world::anna(Channel::Viber), "Анна Орлова"));
    assert_eq!(locale.as_deref(), Some("hu"));
}

#[test]
fn whoever_opens_the_chat_is_asked_for_one_tap_in_the_answer_to_the_call_itself() {
    let asked = read(&file(Channel::Viber, "arriving", "opened-by-link.json")).unwrap().reply;
    assert_eq!((asked.status, asked.media_type), (200, "application/json"));
    let said: serde_json::Value = serde_json::from_str(&asked.body).unwrap();
    assert_eq!(said, world::leaving(Channel::Viber, "welcome.json"));
    // every other call is answered with nothing at all
    assert_eq!(read(&file(Channel::Viber, "arriving", "words.json")).unwrap().reply, Reply::ok());
}

#[test]
fn a_call_that_cannot_prove_itself_is_not_read() {
    let body = file(Channel::Viber, "arriving", "words.json");
    let settings = world::settings(&Viber);
    let good = signature(&settings.secret("token"), &body);
    let headers = [(SIGNATURE_HEADER, good.as_bytes())];
    let looked_at = Call { method: Method::Get, ..posted(&headers, "", &body) };
    assert_eq!(Viber.read_webhook(&settings, &looked_at), Err(Unreadable::NoWebhook));
    let (upper, prefixed) = (good.to_uppercase(), format!("sha256={good}"));
    for (shown, expected) in [
        ("", Unreadable::Unsigned),
        ("wrong", Unreadable::BadSignature),
        (&upper, Unreadable::BadSignature),
        (&prefixed, Unreadable::BadSignature),
        (&good[..63], Unreadable::BadSignature),
    ] {
        let headers = [(SIGNATURE_HEADER, shown.as_bytes())];
        assert_eq!(Viber.read_webhook(&settings, &posted(&headers, "", &body)), Err(expected), "{shown}");
    }
    let spaced = [&body[..], b" "].concat();
    assert_eq!(Viber.read_webhook(&settings, &posted(&headers, "", &spaced)), Err(Unreadable::BadSignature));
    assert_eq!(Viber.read_webhook(&Settings::default(), &posted(&headers, "", &body)), Err(Unreadable::NoSecret));
    for malformed in ["", "[]", "{\"event\":7}", "{\"event\":\"message\",\"message_token\":1}", "{\"event\":\"delivered\"}"] {
        assert!(matches!(read(malformed.as_bytes()), Err(Unreadable::Malformed { .. })), "{malformed}");
    }
}

#[test]
fn a_message_is_written_as_viber_reads_it() {
    let settings = world::settings(&Viber);
    let message = reminder(Channel::Viber);
    let letters = Viber.write(&settings, &message).unwrap();
    let mut written = world::json(&letters[0]);
    let tracked: serde_json::Value = serde_json::from_str(written["tracking_data"].as_str().unwrap()).unwrap();
    assert_eq!(tracked["taps"]["🔁 Другое время"], "v:1:move");
    assert_eq!(tracked["id"], message.id.to_string());
    written["tracking_data"] = "@tracking".into();
    assert_eq!(written, world::leaving(Channel::Viber, "reminder.json"));
    assert_eq!((letters.len(), world::url(&letters[0])), (1, "https://chatapi.viber.com/pa/send_message"));

    let long = plain(Channel::Viber, &"Слово. ".repeat(1_500));
    assert_eq!(Viber.write(&settings, &long).unwrap().len(), 2);
    let mut asks = plain(Channel::Viber, "Ваш номер?");
    asks.content.buttons = vec![button("Отправить номер", Press::ShareContact)];
    assert!(world::json(&Viber.write(&settings, &asks).unwrap()[0])["keyboard"].is_null(), "a shared card proves nothing here");

    let mut too_much = plain(Channel::Viber, "x");
    too_much.content.buttons = vec![button("x", Press::Answer("d".repeat(65)))];
    let foreign = Outgoing { to: world::anna(Channel::Telegram), ..plain(Channel::Viber, "x") };
    for (message, expected) in [
        (plain(Channel::Viber, " "), Unwritable::Empty),
        (plain(Channel::Viber, &"й".repeat(40_000)), Unwritable::TooLong),
        (too_much, Unwritable::ButtonData { most: 64 }),
        (foreign, Unwritable::WrongAddress),
    ] {
        assert_eq!(Viber.write(&settings, &message), Err(expected));
    }
}

#[test]
fn viber_is_told_where_to_call_and_says_who_we_are() {
    let settings = world::settings(&Viber);
    let set = Viber.set_up(&settings, &Reach::Webhook { url: "https://desk.example.test/hooks/viber/acc_1".to_owned() });
    assert_eq!(world::json(&set[0]), world::leaving(Channel::Viber, "webhook.json"));
    let known = Viber.read_check(&world::answer(Channel::Viber, "200-who-we-are.json")).unwrap();
    assert_eq!(known, Account { name: "Smile Dental".to_owned(), handle: "smiledental".to_owned() });
    assert_eq!(Viber.opening_link(&known, "p_8Zk2mQ7xV").as_deref(), Some("viber://pa?chatURI=smiledental&context=p_8Zk2mQ7xV"));
    assert_eq!(Viber.opening_link(&known, "p&x"), None);
    assert_eq!(Viber.read_check(&world::answer(Channel::Viber, "200-wrong-token.json")), Err(Trouble::Unauthorized));
    let long = world::with(&Viber, "sender_name", &"Клиника ".repeat(5));
    assert_eq!(Viber.check_settings(&long).unwrap_err().field, "sender_name");
}

#[test]
fn every_answer_of_viber_has_its_outcome() {
    let refused = |code: &str, why| Sending::Refused { code: code.to_owned(), why };
    let broken = |code: &str, why| Sending::AccountBroken { code: code.to_owned(), why };
    let table = [
        ("200-sent.json", Sending::Accepted { ids: vec!["5900112233445566800".to_owned()] }),
        ("200-wrong-token.json", broken("2", Trouble::Unauthorized)),
        ("200-bad-data.json", refused("3", Trouble::Other)),
        ("200-bad-url.json", refused("1", Trouble::WebhookRefused)),
        ("200-not-registered.json", refused("5", Trouble::NoSuchRecipient)),
        ("200-not-subscribed.json", refused("6", Trouble::NeverOpened)),
        ("200-bot-blocked.json", broken("7", Trouble::Policy)),
        ("200-no-webhook.json", broken("10", Trouble::WebhookRefused)),
        ("200-no-device.json", refused("11", Trouble::NoSuchRecipient)),
        ("200-too-fast.json", Sending::Later { after: Duration::from_secs(10), why: Trouble::TooFast }),
        ("200-country.json", refused("21", Trouble::Policy)),
        ("200-no-balance.json", broken("24", Trouble::Other)),
        ("200-newer-than-this-program.json", refused("99", Trouble::Other)),
        ("200-half.json", Sending::Uncertain),
        ("502-other-machine.html", Sending::Uncertain),
    ];
    world::expect_outcomes(&Viber, &table, &["200-who-we-are.json"]);
}
