//! Tables over the files in `fixtures/whatsapp`.

use std::time::Duration;

use clinic::actors::Channel;
use clinic::conversations::Press;
use kernel::MessageId;

use super::Whatsapp;
use crate::meta::{SIGNATURE_HEADER, SIGNATURE_PREFIX};
use crate::signature::signature;
use crate::world::{self, MONDAY, button, file, plain, posted, reminder};
use crate::{
    Account, Became, Call, Connector, Event, Letter, Method, Outgoing, Reading, Sending, Settings, Trouble, Unreadable, Unwritable,
};

fn signed(body: &[u8]) -> String {
    format!("{SIGNATURE_PREFIX}{}", signature(&world::settings(&Whatsapp).secret("app_secret"), body))
}

fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    let shown = signed(body);
    Whatsapp.read_webhook(&world::settings(&Whatsapp), &posted(&[("X-Hub-Signature-256", shown.as_bytes())], "", body))
}

fn news(name: &str) -> Vec<u8> {
    file(Channel::Whatsapp, "arriving", name)
}

#[test]
fn what_a_patient_says_in_whatsapp_is_read() {
    let table: [(&str, &[&str]); 27] = [
        ("words.json", &["Можно прийти в 11?"]),
        ("words-in-reply.json", &["да"]),
        ("words-of-one-without-a-number.json", &["Добрый день"]),
        ("tap.json", &["[✅ Приду] v:1:yes"]),
        ("tap-in-a-list.json", &["[25 ноября, 10:30] v:1:3"]),
        ("tap-under-a-template.json", &["[Отменить] v:1:no"]),
        ("opened-by-link.json", &["opened with \"0123456789abcdef0123456789abcdef\""]),
        ("photo.json", &["Image \"вот снимок\" at 1150000000000007 image/jpeg"]),
        ("document.json", &["Document \"\" at 1150000000000008 снимок.pdfapplication/pdf"]),
        ("voice.json", &["Voice \"\" at 1150000000000009 audio/ogg; codecs=opus"]),
        ("place.json", &["Place \"47.5, 19.05\""]),
        ("contact.json", &["Other \"Вера +36 30 765 4321\""]),
        ("reaction.json", &["👍 to wamid.OUT01"]),
        ("reaction-taken-back.json", &[]),
        ("newer-than-this-program.json", &["Other \"\""]),
        ("system.json", &[]),
        ("several-at-once.json", &["раз", "два", "wamid.OUT01: Read"]),
        ("of-another-number.json", &[]),
        ("of-no-use.json", &[]),
        ("sent.json", &["wamid.OUT01: Sent"]),
        ("delivered.json", &["wamid.OUT01: Delivered"]),
        ("read.json", &["wamid.OUT01: Read"]),
        ("played.json", &["wamid.OUT01: Read"]),
        ("deleted-at-theirs.json", &[]),
        ("failed-nobody.json", &["wamid.OUT01: Failed { code: \"131026\", why: NoSuchRecipient }"]),
        ("failed-window-closed.json", &["wamid.OUT01: Failed { code: \"131047\", why: WindowClosed }"]),
        ("failed-held-back.json", &["wamid.OUT01: Failed { code: \"131049\", why: Policy }"]),
    ];
    world::expect_news(&Whatsapp, |body| read(body).unwrap(), &table);
}

#[test]
fn somebody_is_known_by_a_number_that_is_theirs_or_by_a_name_without_one() {
    let told = |name: &str| read(&news(name)).unwrap().arrivals.remove(0);
    let words = told("words-in-reply.json");
    assert_eq!((words.repeat_key.as_str(), words.at), ("wamid.HBgMQTAwMQ02", MONDAY));
    let Event::Message { from, phone, name, reply_to, .. } = words.event else { panic!("a message") };
    assert_eq!((from.to_string().as_str(), name.as_str()), ("whatsapp:36301234567", "Анна Орлова"));
    assert_eq!(phone.map(|phone| phone.e164().to_owned()).as_deref(), Some("+36301234567"));
    assert_eq!(reply_to.as_deref(), Some("wamid.OUT01"));
    let Event::Message { from, phone, name, .. } = told("words-of-one-without-a-number.json").event else { panic!("a message") };
    assert_eq!((from.to_string().as_str(), phone, name.as_str()), ("whatsapp:HU.9912345678901234", None, "Анна Орлова"));
    // written in milliseconds, as happens
    assert_eq!(told("read.json").at.as_millis(), 1_795_420_800_123);
}

#[test]
fn a_report_brings_our_own_id_back() {
    let id = world::message_id(7);
    let body = String::from_utf8(news("sent.json")).unwrap().replace("@ours", &id.to_string());
    let Event::Report { message, ours, became } = read(body.as_bytes()).unwrap().arrivals.remove(0).event else { panic!("a report") };
    assert_eq!((message.as_str(), ours, became), ("wamid.OUT01", Some(id), Became::Sent));
}

#[test]
fn the_owner_confirms_the_address_with_our_word() {
    let settings = world::settings(&Whatsapp);
    let asked = |query: &str| {
        let call = Call { method: Method::Get, tail: "", query, headers: &[], body: b"", received_at: MONDAY };
        Whatsapp.read_webhook(&settings, &call)
    };
    let good = "hub.mode=subscribe&hub.verify_token=wh_6Jp2-Zs9_A&hub.challenge=1158201444";
    assert_eq!(asked(good).unwrap().reply.body, "1158201444");
    for (query, expected) in [
        ("", Unreadable::NoWebhook),
        ("hub.mode=unsubscribe&hub.verify_token=wh_6Jp2-Zs9_A&hub.challenge=1", Unreadable::NoWebhook),
        ("hub.mode=subscribe&hub.challenge=1", Unreadable::Unsigned),
        ("hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1", Unreadable::BadSignature),
        ("hub.mode=subscribe&hub.verify_token=wh_6Jp2-Zs9_A", Unreadable::Malformed { at: "hub.challenge" }),
        ("hub.mode=subscribe&hub.verify_token=wh_6Jp2-Zs9_A&hub.challenge=%3Cscript%3E", Unreadable::Malformed { at: "hub.challenge" }),
    ] {
        assert_eq!(asked(query), Err(expected), "{query}");
    }
}

#[test]
fn a_call_that_cannot_prove_itself_is_not_read() {
    let body = news("words.json");
    let settings = world::settings(&Whatsapp);
    let good = signed(&body);
    let (bare, upper, short) = (good[7..].to_owned(), good.to_uppercase(), good[..70].to_owned());
    for (shown, expected) in [
        ("", Unreadable::Unsigned),
        ("sha256=", Unreadable::BadSignature),
        (&bare, Unreadable::BadSignature),
        (&upper, Unreadable::BadSignature),
        (&short, Unreadable::BadSignature),
    ] {
        let headers = [(SIGNATURE_HEADER, shown.as_bytes())];
        assert_eq!(Whatsapp.read_webhook(&settings, &posted(&headers, "", &body)), Err(expected), "{shown}");
    }
    let headers = [(SIGNATURE_HEADER, good.as_bytes())];
    assert_eq!(Whatsapp.read_webhook(&Settings::default(), &posted(&headers, "", &body)), Err(Unreadable::NoSecret));
    for malformed in ["", "[]", "{}", "{\"entry\":7}"] {
        assert!(matches!(read(malformed.as_bytes()), Err(Unreadable::Malformed { .. })), "{malformed}");
    }
    let nameless = String::from_utf8(body).unwrap().replace("wamid.HBgMQTAwMQ01", "");
    assert_eq!(read(nameless.as_bytes()), Err(Unreadable::Malformed { at: "id" }));
}

fn expect_written(settings: &Settings, message: &Outgoing, name: &str) {
    let letters = Whatsapp.write(settings, message).unwrap();
    let mut written: Vec<_> = letters.iter().map(world::json).collect();
    assert_eq!(written[0]["biz_opaque_callback_data"].as_str().and_then(|id| id.parse::<MessageId>().ok()), Some(message.id), "{name}");
    written[0]["biz_opaque_callback_data"] = "@ours".into();
    assert_eq!(written, [world::leaving(Channel::Whatsapp, name)], "{name}");
    assert_eq!(world::url(&letters[0]), "https://graph.facebook.com/v25.0/206500000000002/messages");
    let Letter::Http(letter) = &letters[0] else { panic!("over HTTP") };
    assert_eq!(letter.headers[0].1.expose(), format!("Bearer {}", world::TOKEN));
}

#[test]
fn a_message_is_written_as_whatsapp_reads_it() {
    let settings = world::settings(&Whatsapp);
    expect_written(&settings, &reminder(Channel::Whatsapp), "reminder.json");
    let mut times = plain(Channel::Whatsapp, "Свободно:");
    let labels = ["25 ноября, 10:30", "25 ноября, 12:00", "Другой день, пожалуйста, на неделе", "Человек"];
    let row = |(at, label): (usize, &&str)| button(label, Press::Answer(format!("s:{}", at + 1)));
    times.content.buttons = labels.iter().enumerate().map(row).collect();
    expect_written(&settings, &times, "free-times.json");
    let hidden = Outgoing {
        to: "whatsapp:HU.9912345678901234".parse().unwrap(),
        reply_to: Some("wamid.HBgMQTAwMQ03".to_owned()),
        ..plain(Channel::Whatsapp, "Ждём вас.")
    };
    expect_written(&settings, &hidden, "answer-in-thread.json");
    let long = plain(Channel::Whatsapp, &"Слово. ".repeat(900));
    assert_eq!(Whatsapp.write(&settings, &long).unwrap().len(), 2);
}

#[test]
fn after_a_day_only_the_approved_text_is_written() {
    let with_template = world::with(&Whatsapp, "template", "care_message");
    let without = world::settings(&Whatsapp);
    let day = Duration::from_hours(24);
    for (heard, is_open) in [(None, false), (Some(MONDAY - day), false), (Some(MONDAY - Duration::from_secs(86_399)), true)] {
        let message = Outgoing { last_heard_at: heard, ..reminder(Channel::Whatsapp) };
        if is_open {
            expect_written(&with_template, &message, "reminder.json");
        } else {
            expect_written(&with_template, &message, "reminder-after-the-window.json");
            assert_eq!(Whatsapp.write(&without, &message), Err(Unwritable::NeedsTemplate));
        }
    }
    assert_eq!((Whatsapp.has_template(&with_template), Whatsapp.has_template(&without)), (true, false));
    // a gap is neither empty nor broken into lines
    let mut nameless = Outgoing { name: String::new(), last_heard_at: None, ..reminder(Channel::Whatsapp) };
    nameless.content.text = format!("Раз\n\tдва   три {}", "й".repeat(2_000));
    let written = world::json(&Whatsapp.write(&with_template, &nameless).unwrap()[0]);
    let value = |at: usize| written["template"]["components"][0]["parameters"][at]["text"].as_str().unwrap().to_owned();
    assert_eq!(value(0), "…");
    assert!(value(1).starts_with("Раз два три ") && value(1).chars().count() == 900);
    assert_eq!(Whatsapp.check_settings(&world::with(&Whatsapp, "template", "Care Message")).unwrap_err().field, "template");
}

#[test]
fn whatsapp_says_who_we_are_and_a_link_carries_our_token_in_the_first_words() {
    let known = Whatsapp.read_check(&world::answer(Channel::Whatsapp, "200-who-we-are.json")).unwrap();
    assert_eq!(known, Account { name: "Smile Dental".to_owned(), handle: "36301110000".to_owned() });
    assert_eq!(Whatsapp.read_check(&world::answer(Channel::Whatsapp, "401-wrong-token.json")), Err(Trouble::Unauthorized));
    let token = "0123456789abcdef0123456789abcdef";
    assert_eq!(Whatsapp.opening_link(&known, token), Some(format!("https://wa.me/36301110000?text=%23{token}")));
    assert_eq!(Whatsapp.opening_link(&known, "<script>"), None);
}

#[test]
fn every_answer_of_whatsapp_has_its_outcome() {
    let refused = |code: &str, why| Sending::Refused { code: code.to_owned(), why };
    let broken = |code: &str, why| Sending::AccountBroken { code: code.to_owned(), why };
    let later = |seconds, why| Sending::Later { after: Duration::from_secs(seconds), why };
    let table = [
        ("200-sent.json", Sending::Accepted { ids: vec!["wamid.OUT01".to_owned()] }),
        ("401-wrong-token.json", broken("190", Trouble::Unauthorized)),
        ("401-other-machine.html", broken("401", Trouble::Unauthorized)),
        ("403-no-rights.json", broken("10", Trouble::Policy)),
        ("403-locked.json", broken("131031", Trouble::Policy)),
        ("400-no-money.json", broken("131042", Trouble::Other)),
        ("400-too-fast.json", later(30, Trouble::TooFast)),
        ("400-one-patient-too-fast.json", later(6, Trouble::TooFast)),
        ("400-low-quality.json", later(7_200, Trouble::TooFast)),
        ("400-its-own-trouble.json", later(30, Trouble::Overloaded)),
        ("503-unavailable.json", later(30, Trouble::Overloaded)),
        ("400-window-closed.json", refused("131047", Trouble::WindowClosed)),
        ("400-nobody.json", refused("131026", Trouble::NoSuchRecipient)),
        ("400-template-in-no-such-language.json", refused("132001", Trouble::Policy)),
        ("400-template-paused.json", refused("132015", Trouble::Policy)),
        ("400-wants-no-advertising.json", refused("131050", Trouble::Policy)),
        ("400-bad-parameter.json", refused("131009", Trouble::Other)),
        ("200-half.json", Sending::Uncertain),
        ("502-other-machine.html", Sending::Uncertain),
    ];
    world::expect_outcomes(&Whatsapp, &table, &["200-who-we-are.json"]);
}
