//! Tables over the files in `fixtures/telegram` and `fixtures/bale`.

use std::time::Duration;

use clinic::actors::Channel;
use clinic::conversations::{Attachment, Button, Content, MediaFile, MediaKind, Press, Said};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{BALE, TELEGRAM, Telegram};
use crate::world::{self, MONDAY, WEBHOOK_SECRET, file, http, posted, reminder};
use crate::{
    Account, Answer, Arrival, Body, Call, Connector, Event, Fetched, Letter, Method, NotSent, Outgoing, PollTrouble, Polled, Reach,
    Reading, Sending, Settings, Trouble, Unreadable, Unwritable,
};

fn read(telegram: &Telegram, body: &[u8]) -> Result<Reading, Unreadable> {
    let settings = world::settings(telegram);
    if telegram.channel() == Channel::Telegram {
        telegram.read_webhook(&settings, &posted(&[("X-Telegram-Bot-Api-Secret-Token", WEBHOOK_SECRET.as_bytes())], "", body))
    } else {
        telegram.read_webhook(&settings, &posted(&[], WEBHOOK_SECRET, body))
    }
}

fn arrivals(telegram: &Telegram, name: &str) -> Vec<Arrival> {
    read(telegram, &file(telegram.channel(), "arriving", name)).unwrap_or_else(|error| panic!("{name}: {error}")).arrivals
}

fn said(arrival: &Arrival) -> &Said {
    let Event::Message { said, .. } = &arrival.event else { panic!("no message: {arrival:?}") };
    said
}

fn words(text: &str) -> Said {
    Said::Words(text.to_owned())
}

fn media(kind: MediaKind, caption: &str) -> Said {
    Said::media(kind, caption)
}

fn stored(kind: MediaKind, caption: &str, reference: &str, media_type: &str) -> Said {
    let file = MediaFile { media_type: media_type.to_owned(), ..MediaFile::at(reference) };
    Said::Media { kind, caption: caption.to_owned(), file: Some(file) }
}

#[test]
fn what_a_patient_says_in_telegram_is_read() {
    let pressed = |data: &str, label: &str| Said::Pressed { data: data.to_owned(), label: label.to_owned() };
    let opened = |token: &str| Said::Opened { token: token.to_owned() };
    let table = [
        ("words.json", words("Здравствуйте, можно перенести на пятницу?")),
        ("words-in-reply.json", words("да")),
        ("opened-by-link.json", opened("p_8Zk2mQ7xV")),
        ("opened-alone.json", opened("")),
        ("contact-own.json", Said::SharedContact { phone: "+36301234567".to_owned() }),
        ("contact-of-another.json", media(MediaKind::Other, "Вера  +36307654321")),
        ("contact-of-nobody.json", media(MediaKind::Other, "Вера  +36307654321")),
        ("tap.json", pressed("v:1:yes", "✅ Приду")),
        ("tap-on-old-message.json", pressed("v:1:no", "")),
        ("reaction.json", Said::Reacted { to: "7100200300:420".to_owned(), emoji: "👍".to_owned() }),
        (
            "edited.json",
            Said::Edited {
                of: "7100200300:411".to_owned(), words: "Здравствуйте, можно перенести на четверг?".to_owned()
            },
        ),
        ("photo.json", stored(MediaKind::Image, "вот снимок", "AgAC1", "")),
        ("voice.json", stored(MediaKind::Voice, "", "AwAC1", "audio/ogg")),
        ("place.json", media(MediaKind::Place, "47.5, 19.05")),
        ("sticker.json", media(MediaKind::Sticker, "👌")),
        ("newer-than-this-program.json", media(MediaKind::Other, "")),
    ];
    for (name, expected) in &table {
        let arrivals = arrivals(&TELEGRAM, name);
        assert_eq!(arrivals.len(), 1, "{name}");
        assert!(said(&arrivals[0]) == expected, "{name}");
        let Event::Message { from, name: called, locale, .. } = &arrivals[0].event else { panic!("{name}") };
        assert_eq!((from, called.as_str(), locale.as_deref()), (&world::anna(Channel::Telegram), "Анна Орлова", Some("ru")), "{name}");
    }
    for name in ["reaction-taken-back.json", "pinned-remark.json", "in-a-group.json", "of-no-use.json"] {
        assert_eq!(arrivals(&TELEGRAM, name), [], "{name}");
    }
    let blocked = |name: &str| arrivals(&TELEGRAM, name).remove(0).event;
    let from = world::anna(Channel::Telegram);
    assert_eq!(blocked("blocked.json"), Event::Blocked { from: from.clone() });
    assert_eq!(blocked("unblocked.json"), Event::Unblocked { from });

    let mut rows: Vec<_> = table.iter().map(|(name, _)| *name).collect();
    rows.extend(["reaction-taken-back.json", "pinned-remark.json", "in-a-group.json", "of-no-use.json", "blocked.json", "unblocked.json"]);
    world::expect_a_row_for_each_file(Channel::Telegram, "arriving", &rows);
}

#[test]
fn a_message_keeps_its_keys_its_time_and_what_it_answers() {
    let arrival = arrivals(&TELEGRAM, "words-in-reply.json").remove(0);
    assert_eq!((arrival.repeat_key.as_str(), arrival.at.as_seconds(), arrival.handle), ("905100102", 1_795_421_212, None));
    let Event::Message { provider_key, reply_to, .. } = arrival.event else { panic!("a message") };
    assert_eq!((provider_key.as_str(), reply_to.as_deref()), ("7100200300:412", Some("7100200300:409")));

    let tap = arrivals(&TELEGRAM, "tap.json").remove(0);
    assert_eq!((tap.at, tap.handle.as_deref()), (MONDAY, Some("30494018250111223344")));
    let Event::Message { provider_key, reply_to, .. } = &tap.event else { panic!("a message") };
    assert_eq!((provider_key.as_str(), reply_to.as_deref()), ("tap:30494018250111223344", Some("7100200300:420")));
    let courtesy = TELEGRAM.after(&world::settings(&TELEGRAM), &tap);
    assert_eq!(courtesy.iter().map(world::json).collect::<Vec<_>>(), [expected(Channel::Telegram, "tap-answered.json")]);
    assert!(world::url(&courtesy[0]).ends_with("/answerCallbackQuery"));
    assert_eq!(TELEGRAM.after(&world::settings(&TELEGRAM), &arrivals(&TELEGRAM, "words.json")[0]), []);
}

#[test]
fn bale_is_read_with_the_secret_in_its_path() {
    assert!(said(&arrivals(&BALE, "words.json")[0]) == &words("سلام، نوبت من چه ساعتی است؟"));
    let tap = arrivals(&BALE, "tap.json").remove(0);
    assert!(said(&tap) == &Said::Pressed { data: "v:1:yes".to_owned(), label: "می‌آیم".to_owned() });
    let Event::Message { from, .. } = tap.event else { panic!("a message") };
    assert_eq!(from.to_string(), "bale:7100200300");
    let photo = arrivals(&BALE, "photo.json").remove(0);
    assert!(matches!(said(&photo), Said::Media { kind: MediaKind::Image, caption, file: Some(_) } if caption == "این هم عکس"));
    let answer = arrivals(&BALE, "words-in-reply.json").remove(0);
    assert!(matches!(&answer.event, Event::Message { reply_to: Some(id), .. } if id == "7100200300:91"));
    let rows = ["words.json", "tap.json", "photo.json", "words-in-reply.json"];
    world::expect_a_row_for_each_file(Channel::Bale, "arriving", &rows);
}

type Headers<'a> = &'a [(&'a str, &'a [u8])];

#[test]
fn a_call_that_cannot_prove_itself_is_not_read() {
    let body = file(Channel::Telegram, "arriving", "words.json");
    let header = "x-telegram-bot-api-secret-token";
    let settings = world::settings(&TELEGRAM);
    let longer = format!("{WEBHOOK_SECRET}x");
    let signed: Headers<'_> = &[(header, WEBHOOK_SECRET.as_bytes())];
    let looked_at = Call { method: Method::Get, ..posted(signed, "", &body) };
    assert_eq!(TELEGRAM.read_webhook(&settings, &looked_at), Err(Unreadable::NoWebhook), "a GET changes nothing");
    let table: [(Headers<'_>, Unreadable); 6] = [
        (&[], Unreadable::Unsigned),
        (&[(header, b"")], Unreadable::Unsigned),
        (&[(header, b"wrong")], Unreadable::BadSignature),
        (&[(header, longer.as_bytes())], Unreadable::BadSignature),
        (&[(header, &[0xFF, 0xFE])], Unreadable::BadSignature),
        (&[("authorization", WEBHOOK_SECRET.as_bytes())], Unreadable::Unsigned),
    ];
    for (headers, expected) in table {
        assert_eq!(TELEGRAM.read_webhook(&settings, &posted(headers, "", &body)), Err(expected), "{headers:?}");
    }
    for tail in ["", "wrong", &longer] {
        let headers: [(&str, &[u8]); 1] = [(header, WEBHOOK_SECRET.as_bytes())];
        let call = posted(&headers, tail, &body);
        let expected = if tail.is_empty() { Unreadable::Unsigned } else { Unreadable::BadSignature };
        assert_eq!(BALE.read_webhook(&world::settings(&BALE), &call), Err(expected), "{tail}");
    }
    // Without a secret nobody can prove anything, not even with an empty one.
    for headers in [&[][..], &[(header, &b""[..])], &[(header, WEBHOOK_SECRET.as_bytes())]] {
        assert_eq!(TELEGRAM.read_webhook(&Settings::default(), &posted(headers, "", &body)), Err(Unreadable::NoSecret));
    }
}

#[test]
fn a_body_of_the_wrong_form_is_refused() {
    for body in [
        "",
        "null",
        "[]",
        "{}",
        "{\"update_id\":1.5}",
        "{\"update_id\":\"1\"}",
        "{\"update_id\":1,\"message\":{}}",
        "{\"update_id\":1,\"message\":{\"message_id\":1,\"date\":1,\"chat\":{\"id\":1,\"type\":\"private\"},\"text\":5}}",
        "{\"update_id\":1,",
    ] {
        assert_eq!(read(&TELEGRAM, body.as_bytes()), Err(Unreadable::Malformed { at: "update" }), "{body}");
    }
    let large = "{\"update_id\":9007199254740993,\"message\":{\"message_id\":1,\"date\":-5,\"chat\":{\"id\":4503599627370495,\"type\":\"private\"},\"from\":{\"id\":4503599627370495},\"text\":\"x\"}}";
    let arrival = read(&TELEGRAM, large.as_bytes()).unwrap().arrivals.remove(0);
    assert_eq!(arrival.repeat_key, "9007199254740993");
    let Event::Message { from, .. } = arrival.event else { panic!("a message") };
    assert_eq!(from.rest(), "4503599627370495");
}

fn expected(channel: Channel, name: &str) -> Value {
    serde_json::from_slice(&file(channel, "leaving", name)).unwrap()
}

fn written(telegram: &Telegram, message: &Outgoing) -> Vec<Letter> {
    telegram.write(&world::settings(telegram), message).unwrap()
}

fn plain(channel: Channel, text: &str) -> Outgoing {
    Outgoing { content: Content { text: text.to_owned(), ..Content::default() }, ..reminder(channel) }
}

fn button(label: &str, press: Press) -> Button {
    Button { label: label.to_owned(), press }
}

#[test]
fn a_message_is_written_as_the_provider_reads_it() {
    let in_thread = |channel| Outgoing { reply_to: Some("7100200300:411".to_owned()), ..plain(channel, "Ждём вас.") };
    let mut contact = plain(Channel::Telegram, "Поделитесь, пожалуйста, номером телефона.");
    contact.content.buttons = vec![
        button("Отправить номер", Press::ShareContact),
        button("Не сейчас", Press::Answer("later".to_owned())),
        button("Зачем это нужно", Press::Link("https://desk.example.test/why".to_owned())),
    ];
    let table: [(&Telegram, Outgoing, &str); 5] = [
        (&TELEGRAM, reminder(Channel::Telegram), "reminder.json"),
        (&TELEGRAM, contact, "share-contact.json"),
        (&TELEGRAM, in_thread(Channel::Telegram), "answer-in-thread.json"),
        (&BALE, reminder(Channel::Bale), "reminder.json"),
        (&BALE, in_thread(Channel::Bale), "answer-in-thread.json"),
    ];
    for (telegram, message, name) in table {
        let letters = written(telegram, &message);
        assert_eq!(letters.iter().map(world::json).collect::<Vec<_>>(), [expected(telegram.channel(), name)], "{name}");
        let server = if telegram.channel() == Channel::Bale { "https://tapi.bale.ai" } else { "https://api.telegram.org" };
        assert_eq!(world::url(&letters[0]), format!("{server}/bot{}/sendMessage", world::TOKEN));
    }
}

#[test]
fn the_provider_is_told_how_to_reach_us() {
    let settings = world::settings(&TELEGRAM);
    let url = |channel: &str| Reach::Webhook { url: format!("https://desk.example.test/hooks/{channel}/acc_1") };
    let webhook = TELEGRAM.set_up(&settings, &url("telegram"));
    assert_eq!(world::json(&webhook[0]), expected(Channel::Telegram, "webhook.json"));
    let bale = BALE.set_up(&world::settings(&BALE), &url("bale"));
    assert_eq!(world::json(&bale[0]), expected(Channel::Bale, "webhook.json"));
    let polling = TELEGRAM.set_up(&settings, &Reach::Polling);
    assert!(world::url(&polling[0]).ends_with("/deleteWebhook"));
    let poll = TELEGRAM.poll(&settings, Some("905100133")).unwrap();
    assert_eq!(world::json(&poll), expected(Channel::Telegram, "poll.json"));
    assert_eq!(world::json(&TELEGRAM.poll(&settings, None).unwrap()).get("offset"), None);

    let rows = ["reminder.json", "share-contact.json", "answer-in-thread.json", "webhook.json", "poll.json", "tap-answered.json"];
    world::expect_a_row_for_each_file(Channel::Telegram, "leaving", &rows);
    world::expect_a_row_for_each_file(Channel::Bale, "leaving", &["reminder.json", "answer-in-thread.json", "webhook.json"]);
}

#[test]
fn a_long_text_becomes_several_letters_with_the_buttons_under_the_last() {
    let mut message = reminder(Channel::Telegram);
    message.content.text = "Слово за словом. ".repeat(500);
    let letters: Vec<_> = written(&TELEGRAM, &message).iter().map(world::json).collect();
    assert_eq!(letters.len(), 3);
    assert_eq!(letters.iter().map(|letter| letter.get("reply_markup").is_some()).collect::<Vec<_>>(), [false, false, true]);
    message.content.text = "x".repeat(30_000);
    assert_eq!(TELEGRAM.write(&world::settings(&TELEGRAM), &message), Err(Unwritable::TooLong));
}

#[test]
fn a_calendar_file_travels_in_one_letter_with_its_text() {
    let mut message = reminder(Channel::Telegram);
    let calendar = Attachment { name: "visit.ics".to_owned(), media_type: "text/calendar".to_owned(), text: "BEGIN:VCALENDAR".to_owned() };
    message.content.attachments = vec![calendar];
    let letters = written(&TELEGRAM, &message);
    let [Letter::Http(letter)] = letters.as_slice() else { panic!("one letter") };
    let Body::Multipart(parts) = &letter.body else { panic!("multipart") };
    assert_eq!(parts.iter().map(|part| part.name).collect::<Vec<_>>(), ["chat_id", "caption", "reply_markup", "document"]);
    assert_eq!(parts[3].file, Some(("visit.ics".to_owned(), "text/calendar".to_owned())));
    assert!(letter.url.expose().ends_with("/sendDocument"));

    // A text longer than a caption goes before it.
    message.content.text = "Слово за словом. ".repeat(100);
    let urls: Vec<_> =
        written(&TELEGRAM, &message).iter().map(|letter| world::url(letter).rsplit('/').next().unwrap().to_owned()).collect();
    assert_eq!(urls, ["sendMessage", "sendDocument"]);
}

#[test]
fn what_cannot_be_shown_as_it_is_meant_is_not_written() {
    let pressed = |press| {
        let mut message = plain(Channel::Telegram, "Text");
        message.content.buttons = vec![button("Label", press)];
        message
    };
    let elsewhere = Outgoing { to: world::anna(Channel::Bale), ..plain(Channel::Telegram, "Text") };
    let no_number = Outgoing { to: "telegram:anna".parse().unwrap(), ..plain(Channel::Telegram, "Text") };
    let table = [
        (plain(Channel::Telegram, " \n "), Unwritable::Empty),
        (elsewhere, Unwritable::WrongAddress),
        (no_number, Unwritable::WrongAddress),
        (pressed(Press::Answer("ж".repeat(33))), Unwritable::ButtonData { most: 64 }),
        (pressed(Press::Answer(String::new())), Unwritable::ButtonData { most: 64 }),
        (pressed(Press::Link("javascript:alert(1)".to_owned())), Unwritable::ButtonLink),
    ];
    for (message, expected) in table {
        assert_eq!(TELEGRAM.write(&world::settings(&TELEGRAM), &message), Err(expected));
    }
}

#[test]
fn an_answer_tells_what_to_do_next() {
    let refused = |code: &str, why| Sending::Refused { code: code.to_owned(), why };
    let broken = |code: &str, why| Sending::AccountBroken { code: code.to_owned(), why };
    let accepted = |ids: &[&str]| Sending::Accepted { ids: ids.iter().map(|id| (*id).to_owned()).collect() };
    let later = |seconds| Sending::Later { after: Duration::from_secs(seconds), why: Trouble::TooFast };
    let telegram = [
        ("200-sent.json", accepted(&["7100200300:420"])),
        ("200-done.json", accepted(&[])),
        ("200-half.json", Sending::Uncertain),
        ("200-other-machine.html", Sending::Uncertain),
        ("429-too-fast.json", later(17)),
        ("403-blocked.json", Sending::Stopped),
        ("403-deactivated.json", Sending::Stopped),
        ("403-never-opened.json", refused("403", Trouble::NeverOpened)),
        ("400-chat-not-found.json", refused("400", Trouble::NoSuchRecipient)),
        ("400-not-modified.json", accepted(&[])),
        ("400-tap-too-old.json", accepted(&[])),
        ("400-too-long.json", refused("400", Trouble::TooLong)),
        ("400-button-invalid.json", refused("400", Trouble::Other)),
        ("400-bad-webhook.json", refused("400", Trouble::WebhookRefused)),
        ("401-unauthorized.json", broken("401", Trouble::Unauthorized)),
        ("404-not-found.json", broken("404", Trouble::WrongServer)),
        ("409-polled-elsewhere.json", refused("409", Trouble::PolledElsewhere)),
        ("409-webhook-active.json", refused("409", Trouble::PolledElsewhere)),
        ("500-internal.json", Sending::Uncertain),
        ("502-other-machine.html", Sending::Uncertain),
    ];
    let bale = [
        ("200-sent.json", accepted(&["7100200300:91"])),
        ("429-too-fast.json", later(5)),
        ("429-in-plain-words.txt", later(5)),
        ("403-blocked.json", Sending::Stopped),
        ("400-chat-not-found.json", refused("400", Trouble::NoSuchRecipient)),
    ];
    for (table, telegram) in [(&telegram[..], &TELEGRAM), (&bale[..], &BALE)] {
        let letter = written(telegram, &reminder(telegram.channel())).remove(0);
        for (name, expected) in table {
            assert_eq!(telegram.read_answer(&letter, &world::answer(telegram.channel(), name)), *expected, "{name}");
        }
    }
    let names = |table: &[(&'static str, Sending)]| table.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    let questions = ["200-who-we-are.json", "200-polled.json", "200-polled-nothing.json"];
    world::expect_a_row_for_each_file(Channel::Telegram, "answers", &[names(&telegram), questions.to_vec()].concat());
    world::expect_a_row_for_each_file(Channel::Bale, "answers", &names(&bale));
}

#[test]
fn only_what_is_known_not_to_have_arrived_is_sent_again() {
    let letter = written(&TELEGRAM, &reminder(Channel::Telegram)).remove(0);
    let header = |value: &str| Answer::Http {
        status: 429,
        headers: vec![("Retry-After".to_owned(), value.to_owned())],
        body: b"slow down".to_vec(),
    };
    let later = |seconds, why| Sending::Later { after: Duration::from_secs(seconds), why };
    let table = [
        (Answer::Broken, Sending::Uncertain),
        (Answer::NotSent(NotSent::NoSuchHost), later(30, Trouble::NoSuchHost)),
        (Answer::NotSent(NotSent::Refused), later(30, Trouble::Refused)),
        (Answer::NotSent(NotSent::Tls), later(30, Trouble::Tls)),
        (header("9"), later(9, Trouble::TooFast)),
        (header("Wed, 21 Oct 2026 07:28:00 GMT"), later(5, Trouble::TooFast)),
        (header("18446744073709551615"), later(86_400, Trouble::TooFast)),
        (http(200, b""), Sending::Uncertain),
        (http(200, b"{\"ok\":false}"), Sending::Uncertain),
        (http(500, b"{\"ok\":true}"), Sending::Uncertain),
        (http(302, b""), Sending::AccountBroken { code: "302".to_owned(), why: Trouble::WrongServer }),
        (http(413, b"<html>"), Sending::Refused { code: "413".to_owned(), why: Trouble::TooLong }),
    ];
    for (answer, expected) in table {
        assert_eq!(TELEGRAM.read_answer(&letter, &answer), expected, "{answer:?}");
    }
}

fn fetched(answer: &Answer) -> Result<Polled, PollTrouble> {
    TELEGRAM.read_poll(&world::settings(&TELEGRAM), &Fetched { cursor: None, answer, received_at: MONDAY })
}

#[test]
fn a_poll_brings_what_is_new_and_passes_over_what_it_cannot_read() {
    let answer = |name: &str| world::answer(Channel::Telegram, name);
    let polled = fetched(&answer("200-polled.json")).unwrap();
    assert_eq!((polled.arrivals.len(), polled.unread, polled.cursor.as_deref()), (2, 1, Some("905100133")));
    let nothing = Polled { arrivals: Vec::new(), unread: 0, cursor: None };
    assert_eq!(fetched(&answer("200-polled-nothing.json")), Ok(nothing));

    let later = |seconds, why| PollTrouble::Later { after: Duration::from_secs(seconds), why };
    let table = [
        (answer("409-webhook-active.json"), PollTrouble::WebhookActive),
        (answer("409-polled-elsewhere.json"), later(30, Trouble::PolledElsewhere)),
        (answer("401-unauthorized.json"), PollTrouble::AccountBroken { why: Trouble::Unauthorized }),
        (answer("404-not-found.json"), PollTrouble::AccountBroken { why: Trouble::WrongServer }),
        (answer("429-too-fast.json"), later(17, Trouble::TooFast)),
        (answer("200-half.json"), later(5, Trouble::StrangeAnswer)),
        (answer("502-other-machine.html"), later(5, Trouble::Overloaded)),
        (http(200, b"{\"ok\":true,\"result\":[{\"message\":{}}]}"), later(5, Trouble::StrangeAnswer)),
        (Answer::Broken, later(5, Trouble::Overloaded)),
        (Answer::NotSent(NotSent::Refused), later(30, Trouble::Refused)),
    ];
    for (answer, expected) in table {
        assert_eq!(fetched(&answer), Err(expected), "{answer:?}");
    }
}

#[test]
fn the_bot_is_known_by_its_name_and_opened_by_a_link() {
    let account = TELEGRAM.read_check(&world::answer(Channel::Telegram, "200-who-we-are.json")).unwrap();
    assert_eq!(account, Account { name: "Smile Dental".to_owned(), handle: "smile_dental_bot".to_owned() });
    assert_eq!(TELEGRAM.read_check(&world::answer(Channel::Telegram, "401-unauthorized.json")), Err(Trouble::Unauthorized));
    assert_eq!(TELEGRAM.read_check(&http(200, b"{\"ok\":true,\"result\":{}}")), Err(Trouble::StrangeAnswer));

    let link = |telegram: &Telegram, token: &str| telegram.opening_link(&account, token);
    assert_eq!(link(&TELEGRAM, "p_8Zk2mQ7xV").as_deref(), Some("https://t.me/smile_dental_bot?start=p_8Zk2mQ7xV"));
    assert_eq!(link(&BALE, "p_8Zk2mQ7xV").as_deref(), Some("https://ble.ir/smile_dental_bot?start=p_8Zk2mQ7xV"));
    for token in ["", "a b", "a&b", "ключ", &"x".repeat(65)] {
        assert_eq!(link(&TELEGRAM, token), None, "{token}");
    }
}

#[test]
fn a_token_of_another_form_is_not_taken() {
    for token in
        ["abc", "1:short", "12/../34:AAtrialtrialtrialtrial", "6100000001:AAtrial trial trial trial", "6100000001:AAtrialtrial?trialtrial"]
    {
        assert!(TELEGRAM.check_settings(&world::with(&TELEGRAM, "token", token)).is_err(), "{token}");
    }
    assert!(TELEGRAM.check_settings(&world::with(&TELEGRAM, "webhook_secret", "two words")).is_err());
}

#[test]
fn another_server_can_be_named() {
    let settings = world::with(&TELEGRAM, "server", "http://127.0.0.1:8081/");
    let letter = TELEGRAM.check(&settings).unwrap();
    assert_eq!(world::url(&letter), format!("http://127.0.0.1:8081/bot{}/getMe", world::TOKEN));
}

#[test]
fn a_letter_does_not_print_the_token_or_the_words() {
    let letters = written(&TELEGRAM, &reminder(Channel::Telegram));
    let arrivals = arrivals(&TELEGRAM, "words.json");
    let sent = TELEGRAM.read_answer(&letters[0], &world::answer(Channel::Telegram, "200-sent.json"));
    let printed = format!("{letters:?} {arrivals:?} {sent:?} {:?} {:?}", world::settings(&TELEGRAM), reminder(Channel::Telegram));
    assert!(printed.contains("https://api.telegram.org/***"), "{printed}");
    for hidden in [world::TOKEN, "AAtrial", WEBHOOK_SECRET, "7100200300", "Анна", "24 ноября", "пятницу"] {
        assert!(!printed.contains(hidden), "{hidden} in {printed}");
    }
}

fn keys(letter: &Value) -> Vec<Value> {
    letter["reply_markup"]["inline_keyboard"].as_array().into_iter().flatten().flat_map(|row| row.as_array().unwrap().clone()).collect()
}

proptest! {
    #[test]
    fn no_button_brings_back_more_than_64_bytes(data in proptest::collection::vec("\\PC{0,40}", 0..6), label in "\\PC{0,90}") {
        let mut message = plain(Channel::Telegram, "Text");
        message.content.buttons = data.iter().map(|data| button(&label, Press::Answer(data.clone()))).collect();
        if let Ok(letters) = TELEGRAM.write(&world::settings(&TELEGRAM), &message) {
            let keys = keys(&world::json(&letters[0]));
            prop_assert_eq!(keys.len(), data.len());
            for key in keys {
                prop_assert!((1..=64).contains(&key["callback_data"].as_str().unwrap().len()));
                prop_assert!((1..=64).contains(&key["text"].as_str().unwrap().chars().count()));
            }
        } else {
            let fits = |data: &String| (1..=64).contains(&data.len());
            prop_assert!(label.trim().is_empty() || !data.iter().all(fits));
        }
    }

    #[test]
    fn an_update_with_anything_in_any_place_is_read_or_refused(key in 0_usize..12, number in any::<i64>(), text in "\\PC{0,30}") {
        let names = ["update_id", "message_id", "date", "chat", "from", "text", "contact", "photo", "location", "edit_date", "sticker", "caption"];
        for value in [json!(number), json!(text), json!(null), json!([number]), json!({ "id": number, "type": "private", "emoji": text })] {
            let mut update = json!({ "update_id": 1, "message": {
                "message_id": 2, "date": 3, "chat": { "id": 4, "type": "private" }, "from": { "id": 4 }, "text": "x",
            } });
            let place = if key == 0 { &mut update } else { &mut update["message"] };
            place[names[key]] = value;
            let read = read(&TELEGRAM, update.to_string().as_bytes());
            let refused = Err(Unreadable::Malformed { at: "update" });
            prop_assert!(read == refused || read.is_ok_and(|reading| reading.arrivals.len() <= 1));
        }
    }
}
