//! Tables over the files in `fixtures/max`.

use std::time::Duration;

use clinic::actors::Channel;
use clinic::conversations::Press;

use super::{Max, SECRET_HEADER};
use crate::world::{self, MONDAY, WEBHOOK_SECRET, button, file, plain, posted, reminder};
use crate::{
    Account, Call, Connector, Event, Fetched, Letter, Method, Outgoing, PollTrouble, Polled, Reach, Reading, Sending, Settings, Trouble,
    Unreadable, Unwritable,
};

fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    Max.read_webhook(&world::settings(&Max), &posted(&[("X-Max-Bot-Api-Secret", WEBHOOK_SECRET.as_bytes())], "", body))
}

#[test]
fn what_a_patient_says_in_max_is_read() {
    let mid = "mid.0000000005470f8b019ab0c1d2e3f4a5";
    let (edited, deleted) = (format!("{mid} is now: Добрый день, уже не болит"), format!("{mid} is gone"));
    let table: [(&str, &[&str]); 22] = [
        ("words.json", &["Добрый день, болит зуб"]),
        ("words-in-reply.json", &["да"]),
        ("contact-own.json", &["own number +36301234567"]),
        ("contact-of-another.json", &["Other \"+36301234567\""]),
        ("contact-with-a-broken-seal.json", &["Other \"+36301234567\""]),
        ("photo.json", &["Image \"вот снимок\" at https://i.example.test/1.webp"]),
        ("two-photos.json", &["Image \"вот снимок\" at https://i.example.test/1.webp", "Image \"\" at https://i.example.test/2.webp"]),
        ("document.json", &["Document \"\" at https://fd.example.test/2 снимок.pdf"]),
        ("voice.json", &["Voice \"\" at https://a.example.test/3"]),
        ("place.json", &["Place \"53.2, 50.15\""]),
        ("sticker.json", &["Sticker \"\" at https://s.example.test/4"]),
        ("tap.json", &["[✅ Приду] v:1:yes"]),
        ("tap-on-old-message.json", &["[] v:1:no"]),
        ("opened-by-link.json", &["opened with \"p_8Zk2mQ7xV\""]),
        ("opened-alone.json", &["opened with \"\""]),
        ("edited.json", &[&edited]),
        ("deleted.json", &[&deleted]),
        ("stopped.json", &["max:55100200 blocks"]),
        ("removed.json", &["max:55100200 blocks"]),
        ("in-a-group.json", &[]),
        ("from-a-bot.json", &[]),
        ("of-no-use.json", &[]),
    ];
    world::expect_news(&Max, |body| read(body).unwrap(), &table);

    let words = read(&file(Channel::Max, "arriving", "words-in-reply.json")).unwrap().arrivals.remove(0);
    assert_eq!(words.at.as_millis(), 1_795_420_800_123);
    let Event::Message { provider_key, from, name, locale, reply_to, .. } = &words.event else { panic!("a message") };
    assert_eq!((from, name.as_str(), locale.as_deref()), (&world::anna(Channel::Max), "Анна Орлова", Some("ru")));
    assert_eq!(provider_key, "mid.0000000005470f8b019ab0c1d2e3f4a6");
    assert_eq!(reply_to.as_deref(), Some("mid.0000000005470f8b019ab0c1d2e3f4a1"));

    let tap = read(&file(Channel::Max, "arriving", "tap.json")).unwrap().arrivals.remove(0);
    let courtesy = Max.after(&world::settings(&Max), &tap);
    assert_eq!(world::json(&courtesy[0]), world::leaving(Channel::Max, "tap-answered.json"));
    assert_eq!(world::url(&courtesy[0]), "https://platform-api2.max.ru/answers?callback_id=f9LHodD0cOL+Callback%2F01");
}

#[test]
fn a_call_that_cannot_prove_itself_is_not_read() {
    let body = file(Channel::Max, "arriving", "words.json");
    let settings = world::settings(&Max);
    let longer = format!("{WEBHOOK_SECRET}x");
    for (shown, expected) in [("", Unreadable::Unsigned), ("wrong", Unreadable::BadSignature), (longer.as_str(), Unreadable::BadSignature)]
    {
        let headers = [(SECRET_HEADER, shown.as_bytes())];
        assert_eq!(Max.read_webhook(&settings, &posted(&headers, "", &body)), Err(expected), "{shown}");
    }
    let headers = [(SECRET_HEADER, WEBHOOK_SECRET.as_bytes())];
    let looked_at = Call { method: Method::Get, ..posted(&headers, "", &body) };
    assert_eq!(Max.read_webhook(&settings, &looked_at), Err(Unreadable::NoWebhook));
    assert_eq!(Max.read_webhook(&Settings::default(), &posted(&headers, "", &body)), Err(Unreadable::NoSecret));
    for malformed in
        ["", "[]", "{}", "{\"update_type\":\"message_created\",\"timestamp\":1}", "{\"update_type\":\"bot_started\",\"timestamp\":1}"]
    {
        assert!(matches!(read(malformed.as_bytes()), Err(Unreadable::Malformed { .. })), "{malformed}");
    }
}

#[test]
fn a_message_is_written_as_max_reads_it() {
    let settings = world::settings(&Max);
    let mut asks = plain(Channel::Max, "Поделитесь, пожалуйста, номером.");
    asks.content.buttons = vec![button("Отправить номер", Press::ShareContact)];
    let mid = "mid.0000000005470f8b019ab0c1d2e3f4a5".to_owned();
    let in_thread = Outgoing { reply_to: Some(mid), ..plain(Channel::Max, "Ждём вас.") };
    for (message, name) in [(reminder(Channel::Max), "reminder.json"), (asks, "share-contact.json"), (in_thread, "answer-in-thread.json")] {
        let letters = Max.write(&settings, &message).unwrap();
        assert_eq!(letters.iter().map(world::json).collect::<Vec<_>>(), [world::leaving(Channel::Max, name)], "{name}");
        assert_eq!(world::url(&letters[0]), "https://platform-api2.max.ru/messages?user_id=55100200&disable_link_preview=true");
    }
    assert_eq!(Max.write(&settings, &plain(Channel::Max, &"Слово. ".repeat(900))).unwrap().len(), 2);
    let nobody = Outgoing { to: "max:anna".parse().unwrap(), ..plain(Channel::Max, "x") };
    assert_eq!(Max.write(&settings, &nobody), Err(Unwritable::WrongAddress));
}

#[test]
fn an_authority_of_its_own_goes_along_with_every_letter() {
    let certificate = format!("-----BEGIN CERTIFICATE-----\r\n{}\r\n-----END CERTIFICATE-----", "QUJD".repeat(20));
    let settings = world::with(&Max, "authority", &certificate);
    let letters = [Max.write(&settings, &reminder(Channel::Max)).unwrap().remove(0), Max.check(&settings).unwrap()];
    for letter in letters.into_iter().chain(Max.poll(&settings, None)) {
        let Letter::Http(letter) = letter else { panic!("over HTTP") };
        assert_eq!(letter.authority, certificate);
    }
    let mut typed = world::settings(&Max).to_store();
    for wrong in [
        "hello",
        "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----",
        &format!("{certificate}<script>"),
        &format!("x{certificate}"),
    ] {
        typed.insert("authority".to_owned(), wrong.to_owned());
        assert!(Settings::read(Max.settings(), &typed, None).is_err(), "{wrong}");
    }
}

#[test]
fn news_is_fetched_and_goes_on_from_its_marker() {
    let settings = world::settings(&Max);
    let fetch = |name: &str| {
        let answer = world::answer(Channel::Max, name);
        Max.read_poll(&settings, &Fetched { cursor: None, answer: &answer, received_at: MONDAY })
    };
    assert!(world::url(&Max.poll(&settings, Some("42")).unwrap()).ends_with("&marker=42"));
    let Polled { arrivals, unread, cursor } = fetch("200-polled.json").unwrap();
    assert_eq!((world::told(&arrivals), unread, cursor.as_deref()), (vec!["Добрый день, болит зуб".to_owned()], 1, Some("42")));
    assert_eq!(fetch("200-polled-nothing.json").unwrap().cursor, None);
    assert_eq!(fetch("401-wrong-token.json"), Err(PollTrouble::AccountBroken { why: Trouble::Unauthorized }));
    assert!(matches!(fetch("200-half.json"), Err(PollTrouble::Later { .. })));
}

#[test]
fn max_is_told_where_to_call_and_says_who_we_are() {
    let settings = world::settings(&Max);
    let set = Max.set_up(&settings, &Reach::Webhook { url: "https://desk.example.test/hooks/max/acc_1".to_owned() });
    assert_eq!(world::json(&set[0]), world::leaving(Channel::Max, "webhook.json"));
    assert_eq!(Max.set_up(&settings, &Reach::Polling), []);
    let known = Max.read_check(&world::answer(Channel::Max, "200-who-we-are.json")).unwrap();
    assert_eq!(known, Account { name: "Smile Dental".to_owned(), handle: "smile_dental_bot".to_owned() });
    assert_eq!(Max.read_check(&world::answer(Channel::Max, "401-wrong-token.json")), Err(Trouble::Unauthorized));
    assert_eq!(Max.opening_link(&known, "p_8Zk2mQ7xV").as_deref(), Some("https://max.ru/smile_dental_bot?start=p_8Zk2mQ7xV"));
}

#[test]
fn every_answer_of_max_has_its_outcome() {
    let refused = |code: &str, why| Sending::Refused { code: code.to_owned(), why };
    let later = |why| Sending::Later { after: Duration::from_secs(5), why };
    let table = [
        ("200-sent.json", Sending::Accepted { ids: vec!["mid.0000000005470f8b019ab0c1d2e3f4a2".to_owned()] }),
        ("200-done.json", Sending::Accepted { ids: Vec::new() }),
        ("200-not-done.json", refused("success", Trouble::WebhookRefused)),
        ("401-wrong-token.json", Sending::AccountBroken { code: "verify.token".to_owned(), why: Trouble::Unauthorized }),
        ("403-stopped.json", Sending::Stopped),
        ("404-nobody.json", refused("not.found", Trouble::NoSuchRecipient)),
        ("400-not-ready.json", later(Trouble::Overloaded)),
        ("400-bad.json", refused("proto.payload", Trouble::Other)),
        ("429-too-fast.json", later(Trouble::TooFast)),
        ("503-its-own-trouble.json", later(Trouble::Overloaded)),
        ("503-other-machine.html", Sending::Uncertain),
        ("500-other-machine.html", Sending::Uncertain),
        ("200-half.json", Sending::Uncertain),
    ];
    world::expect_outcomes(&Max, &table, &["200-who-we-are.json", "200-polled.json", "200-polled-nothing.json"]);
}
