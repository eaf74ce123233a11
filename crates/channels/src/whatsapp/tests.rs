//! Tables over the files in `fixtures/whatsapp`.

use std::time::Duration;

use clinic::actors::Channel;
use clinic::conversations::Press;
use clinic::templates::{Filled, FilledButton, Gap, State, Template, TemplateName, Value};
use kernel::MessageId;

use super::Whatsapp;
use crate::meta::{SIGNATURE_HEADER, SIGNATURE_PREFIX};
use crate::signature::signature;
use crate::world::{self, MONDAY, button, file, plain, posted, reminder};
use crate::{
    Account, Answer, Became, Browsing, Call, Connector, Event, Letter, Method, Outgoing, Reading, Sending, Settings, Trouble, Unreadable,
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
    let table: [(&str, &[&str]); 32] = [
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
        ("template-approved.json", &["visit_reminder/ru of 2026-11-23T08:00:00Z: State(Approved)"]),
        ("template-rejected.json", &["spring_offer/ru of 2026-11-23T08:00:00Z: State(Rejected { why: \"PROMOTIONAL\" })"]),
        ("template-of-low-quality.json", &["care_message/hu of 2026-11-23T08:00:00Z: Quality(Low)"]),
        ("template-taken-for-advertising.json", &["care_message/hu of 2026-11-23T08:00:00Z: Category(Marketing)"]),
        ("template-of-another-account.json", &[]),
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

/// A message that an approved text says.
fn by_an_approved_text(approved: Filled) -> Outgoing {
    Outgoing { approved: Some(approved), ..reminder(Channel::Whatsapp) }
}

#[test]
fn where_the_window_has_closed_the_approved_text_is_written() {
    let settings = world::with(&Whatsapp, "template", "care_message");
    expect_written(&settings, &by_an_approved_text(world::approved()), "reminder-after-the-window.json");
    let value = |name: Option<&str>, text: &str| Value { name: name.map(str::to_owned), text: text.to_owned() };
    let filled = Filled {
        of: TemplateName { name: "visit_reminder".to_owned(), language: "ru".to_owned() },
        header: vec![value(None, "Smile Dental")],
        body: vec![value(Some("name"), "Анна"), value(Some("day"), "вторник, 24 ноября")],
        buttons: vec![
            FilledButton::Answer { place: 0, brings: "v:1:yes".to_owned() },
            FilledButton::Link { place: 1, tail: "k9d2".to_owned() },
        ],
    };
    expect_written(&settings, &by_an_approved_text(filled), "reminder-by-its-own-template.json");
    assert_eq!((Whatsapp.general_template(&settings), Whatsapp.general_template(&world::settings(&Whatsapp))), ("care_message", ""));
    assert_eq!(Whatsapp.check_settings(&world::with(&Whatsapp, "template", "Care Message")).unwrap_err().field, "template");
}

#[test]
fn all_texts_that_are_approved_are_fetched_page_by_page() {
    let settings = world::settings(&Whatsapp);
    let asked = |so_far: &[Answer]| match Whatsapp.browse(&settings, so_far, MONDAY) {
        Browsing::Ask(letter) => world::url(&letter).to_owned(),
        other => panic!("{other:?}"),
    };
    let first = "https://graph.facebook.com/v25.0/106500000000003/message_templates?fields=name%2Clanguage%2Ccategory%2Cstatus%2Crejected_reason%2Cquality_score%2Ccomponents&limit=50";
    assert_eq!(asked(&[]), first);
    let mut so_far = vec![world::answer(Channel::Whatsapp, "200-templates.json")];
    assert_eq!(asked(&so_far), format!("{first}&after=MjQZD"), "the address that Meta names is not believed");
    so_far.push(world::answer(Channel::Whatsapp, "200-templates-last.json"));
    let Browsing::Found(found) = Whatsapp.browse(&settings, &so_far, MONDAY) else { panic!("all of them") };
    let read: Vec<_> = found
        .iter()
        .map(|template| {
            let gaps: Vec<_> = template.gaps().iter().map(Gap::key).collect();
            let Template { category, state, quality, buttons, .. } = template;
            format!("{} {category:?} {state:?} {quality:?} [{}] {} buttons", template.called(), gaps.join(" "), buttons.len())
        })
        .collect();
    let expected = [
        "visit_reminder/ru Utility Approved High [header-1 body-name body-day link-1] 3 buttons",
        "visit_reminder/en_US Utility Pending Unknown [body-1 body-2] 0 buttons",
        "spring_offer/ru Marketing Rejected { why: \"PROMOTIONAL\" } Unknown [] 1 buttons",
        "care_message/hu Utility Paused Low [body-1 body-2] 0 buttons",
        "newer_than_this_program/ru Marketing Disabled Medium [] 1 buttons",
    ];
    assert_eq!(read, expected);
    assert!(!found[2].can_be_filled() && !found[4].can_be_filled() && found[0].can_be_filled());
    let wrong = |name: &str| Whatsapp.browse(&settings, &[world::answer(Channel::Whatsapp, name)], MONDAY);
    assert_eq!(wrong("401-wrong-token.json"), Browsing::Failed(Trouble::Unauthorized));
    assert_eq!(wrong("200-half.json"), Browsing::Failed(Trouble::StrangeAnswer));
    assert_eq!(wrong("503-unavailable.json"), Browsing::Failed(Trouble::Overloaded));
    let without = world::with(&Whatsapp, "business_account_id", "");
    assert_eq!(Whatsapp.browse(&without, &[], MONDAY), Browsing::Needless);
}

#[test]
fn a_refusal_of_an_approved_text_says_what_has_become_of_it() {
    let table = [("132015", Some(State::Paused)), ("132016", Some(State::Disabled)), ("132001", Some(State::Disabled)), ("131026", None)];
    for (code, expected) in table {
        assert_eq!(Whatsapp.turned_by(code), expected, "{code}");
    }
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
    world::expect_outcomes(&Whatsapp, &table, &["200-who-we-are.json", "200-templates.json", "200-templates-last.json"]);
}
