//! Tables over the files in `fixtures/messenger`.

use std::time::Duration;

use clinic::actors::Channel;

use super::Messenger;
use crate::meta::{SIGNATURE_HEADER, SIGNATURE_PREFIX};
use crate::signature::signature;
use crate::world::{self, file, plain, posted, reminder};
use crate::{Account, Connector, Event, Reading, Sending, Settings, Trouble, Unreadable};

fn signed(body: &[u8]) -> String {
    format!("{SIGNATURE_PREFIX}{}", signature(&world::settings(&Messenger).secret("app_secret"), body))
}

fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let shown = signed(body);
    Messenger.read_webhook(&world::settings(&Messenger), &posted(&[(SIGNATURE_HEADER, shown.as_bytes())], "", body))
}

#[test]
fn what_a_patient_says_in_messenger_is_read() {
    let opened = "opened with \"p_8Zk2mQ7xV\"";
    let until = format!("messenger:8800000000000042 has read until {}", kernel::Timestamp::from_millis(1_795_420_800_100));
    let table: [(&str, &[&str]); 22] = [
        ("words.json", &["Вы ставите импланты?"]),
        ("words-in-reply.json", &["да"]),
        ("tap.json", &["[✅ Приду] v:1:yes"]),
        ("tap-on-a-card.json", &["[Перенести] v:1:move"]),
        ("opened-by-link.json", &[opened]),
        ("opened-alone.json", &["opened with \"\""]),
        ("opened-again-by-link.json", &[opened]),
        ("photo.json", &["Image \"\" at https://scontent.example.test/1.jpg"]),
        ("two-files.json", &["Image \"\" at https://scontent.example.test/1.jpg", "Document \"\" at https://cdn.example.test/2.pdf"]),
        ("sticker.json", &["Sticker \"\" at https://scontent.example.test/s.png"]),
        ("document.json", &["Document \"\" at https://cdn.example.test/2.pdf"]),
        ("voice.json", &["Voice \"\" at https://cdn.example.test/3.mp4"]),
        ("place.json", &["Place \"47.5, 19.05\""]),
        ("page.json", &["https://example.test"]),
        ("reaction.json", &["❤ to m_Out0001"]),
        ("reaction-taken-back.json", &[]),
        ("deleted.json", &["m_AbCdEf01 is gone"]),
        ("delivered.json", &["m_Out0001: Delivered", "m_Out0002: Delivered"]),
        ("read.json", &[&until]),
        ("echo.json", &[]),
        ("of-another-page.json", &[]),
        ("of-no-use.json", &[]),
    ];
    world::expect_news(&Messenger, |body| read(body).unwrap(), &table);
    let words = read(&file(Channel::Messenger, "arriving", "words-in-reply.json")).unwrap().arrivals.remove(0);
    assert_eq!((words.repeat_key.as_str(), words.at.as_millis()), ("m_AbCdEf02", 1_795_420_800_100));
    let Event::Message { from, reply_to, phone, .. } = words.event else { panic!("a message") };
    assert_eq!((from, reply_to.as_deref(), phone), (world::anna(Channel::Messenger), Some("m_Out0001"), None));
}

#[test]
fn a_call_that_cannot_prove_itself_is_not_read() {
    let body = file(Channel::Messenger, "arriving", "words.json");
    let settings = world::settings(&Messenger);
    let good = signed(&body);
    let bare = good[7..].to_owned();
    for (shown, expected) in [("", Unreadable::Unsigned), ("sha256=00", Unreadable::BadSignature), (&bare, Unreadable::BadSignature)] {
        let headers = [(SIGNATURE_HEADER, shown.as_bytes())];
        assert_eq!(Messenger.read_webhook(&settings, &posted(&headers, "", &body)), Err(expected), "{shown}");
    }
    let headers = [(SIGNATURE_HEADER, good.as_bytes())];
    assert_eq!(Messenger.read_webhook(&Settings::default(), &posted(&headers, "", &body)), Err(Unreadable::NoSecret));
    for malformed in ["", "[]", "{}"] {
        assert!(matches!(read(malformed.as_bytes()), Err(Unreadable::Malformed { .. })), "{malformed}");
    }
}

#[test]
fn a_message_is_written_as_messenger_reads_it() {
    let settings = world::settings(&Messenger);
    let letters = Messenger.write(&settings, &reminder(Channel::Messenger)).unwrap();
    assert_eq!(letters.iter().map(world::json).collect::<Vec<_>>(), [world::leaving(Channel::Messenger, "reminder.json")]);
    let address = "https://graph.facebook.com/v25.0/me/messages?access_token=6100000001%3AAAtrialtrialtrialtrialtrialtrialtri";
    assert_eq!(world::url(&letters[0]), address);
    let long = plain(Channel::Messenger, &"Слово. ".repeat(500));
    assert_eq!(Messenger.write(&settings, &long).unwrap().len(), 2);
}

#[test]
fn messenger_says_who_we_are_and_a_link_opens_the_chat() {
    let known = Messenger.read_check(&world::answer(Channel::Messenger, "200-who-we-are.json")).unwrap();
    assert_eq!(known, Account { name: "Smile Dental".to_owned(), handle: "smiledental".to_owned() });
    assert_eq!(Messenger.read_check(&world::answer(Channel::Messenger, "401-wrong-token.json")), Err(Trouble::Unauthorized));
    assert_eq!(Messenger.opening_link(&known, "p_8Zk2mQ7xV").as_deref(), Some("https://m.me/smiledental?ref=p_8Zk2mQ7xV"));
}

#[test]
fn every_answer_of_messenger_has_its_outcome() {
    let refused = |code: &str, why| Sending::Refused { code: code.to_owned(), why };
    let broken = |code: &str, why| Sending::AccountBroken { code: code.to_owned(), why };
    let later = |seconds, why| Sending::Later { after: Duration::from_secs(seconds), why };
    let table = [
        ("200-sent.json", Sending::Accepted { ids: vec!["m_Out0001".to_owned()] }),
        ("400-window-closed.json", refused("10", Trouble::WindowClosed)),
        ("400-restricted-for-now.json", later(3_600, Trouble::Policy)),
        ("403-no-rights.json", broken("10", Trouble::Policy)),
        ("400-gone.json", Sending::Stopped),
        ("400-nobody.json", refused("100", Trouble::NoSuchRecipient)),
        ("400-bad-parameter.json", refused("100", Trouble::Other)),
        ("401-wrong-token.json", broken("190", Trouble::Unauthorized)),
        ("400-too-fast.json", later(30, Trouble::TooFast)),
        ("500-its-own-trouble.json", Sending::Uncertain),
        ("400-locked.json", broken("368", Trouble::Policy)),
        ("200-half.json", Sending::Uncertain),
        ("502-other-machine.html", Sending::Uncertain),
    ];
    world::expect_outcomes(&Messenger, &table, &["200-who-we-are.json"]);
}
