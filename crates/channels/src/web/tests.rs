//! The chat on the website, table by table.

use clinic::actors::Channel;
use clinic::conversations::{Button, Press};
use kernel::{Address, Locale, Scheme};

use super::{KEY_HEADER, Look, Shade, Side, Web};
use crate::world::{self, MONDAY, WEBHOOK_SECRET, anna, file, posted, reminder};
use crate::{Answer, Call, Connector, Event, Letter, Method, Outgoing, Reading, Sending, Settings, Unreadable, Unwritable};

fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    Web.read_webhook(&world::settings(&Web), &posted(&[(KEY_HEADER, WEBHOOK_SECRET.as_bytes())], "", body))
}

#[test]
fn what_a_visitor_does_is_read() {
    world::expect_news(
        &Web,
        |body| read(body).unwrap(),
        &[
            ("words.json", &["Do you have time on Friday?"]),
            (
                "photo.json",
                &[
                    "Image \"The upper left one\" at kept:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 tooth.jpgimage/jpeg",
                ],
            ),
            ("press.json", &["[I will come] v:1:yes"]),
            ("receive.json", &["msg_1: Delivered"]),
            ("read.json", &["msg_1: Read"]),
        ],
    );
    let arrival = read(&file(Channel::Web, "arriving", "words.json")).unwrap().arrivals.remove(0);
    assert_eq!((arrival.at, arrival.repeat_key.as_str()), (MONDAY, "visit-words"));
    assert!(matches!(arrival.event, Event::Message { from, phone: None, .. } if from == anna(Channel::Web)));
}

#[test]
fn a_browser_proves_nothing_and_news_without_the_key_is_refused() {
    let malformed = |at| Err(Unreadable::Malformed { at });
    for (did, expected) in [
        (r#"{"share_contact":{"phone":"+36301234567"}}"#, malformed("did")),
        (r#"{"open":{"token":"t"}}"#, malformed("did")),
        (r#"{"react":{"on":"msg_1","emoji":"x"}}"#, malformed("did")),
        (r#"{"edit":{"of":"a","text":"b"}}"#, malformed("did")),
        (r#""block""#, malformed("did")),
        (r#""unblock""#, malformed("did")),
        (r#""dance""#, malformed("body")),
    ] {
        assert_eq!(read(format!(r#"{{"key":"a","from":"vst_1","did":{did}}}"#).as_bytes()), expected, "{did}");
    }
    let body = file(Channel::Web, "arriving", "words.json");
    let with = |settings: &Settings, headers: &[(&str, &[u8])]| Web.read_webhook(settings, &posted(headers, "", &body));
    let settings = world::settings(&Web);
    let signed: [(&str, &[u8]); 1] = [(KEY_HEADER, WEBHOOK_SECRET.as_bytes())];
    let looked_at = Call { method: Method::Get, ..posted(&signed, "", &body) };
    assert_eq!(Web.read_webhook(&settings, &looked_at), Err(Unreadable::NoWebhook));
    assert_eq!(with(&settings, &[]), Err(Unreadable::Unsigned));
    assert_eq!(with(&settings, &[(KEY_HEADER, b"wrong")]), Err(Unreadable::BadSignature));
    assert_eq!(with(&Settings::default(), &[(KEY_HEADER, b"")]), Err(Unreadable::NoSecret));
}

#[test]
fn a_message_stays_in_the_program_until_the_browser_fetches_it() {
    let message = reminder(Channel::Web);
    let settings = world::settings(&Web);
    let id = message.id.to_string();
    let letters = Web.write(&settings, &message).unwrap();
    assert_eq!(letters, [Letter::Internal { id: id.clone() }]);
    assert_eq!(Web.read_answer(&letters[0], &Answer::Internal { id: id.clone() }), Sending::Accepted { ids: vec![format!("web:{id}")] });
    assert_eq!(Web.read_answer(&letters[0], &Answer::Broken), Sending::Uncertain);

    let changed = |change: fn(&mut Outgoing)| {
        let mut message = reminder(Channel::Web);
        change(&mut message);
        Web.write(&settings, &message)
    };
    let share = || Button { label: "Number".to_owned(), press: Press::Answer("x".repeat(65)) };
    assert_eq!(changed(|message| message.content.text.clear()), Err(Unwritable::Empty));
    assert_eq!(changed(|message| message.to = Address::new(Scheme::Sandbox, "anna").expect("an address")), Err(Unwritable::WrongAddress));
    let mut long = reminder(Channel::Web);
    long.content.buttons = vec![share()];
    assert_eq!(Web.write(&settings, &long), Err(Unwritable::ButtonData { most: 64 }));
}

#[test]
fn websites_are_read_as_browsers_name_them() {
    for (typed, expected) in [
        ("https://smile.example", Some(vec!["https://smile.example"])),
        (
            "https://Smile.example/contact?x=1, https://www.smile.example:443",
            Some(vec!["https://smile.example", "https://www.smile.example"]),
        ),
        ("https://smile.example:8443", Some(vec!["https://smile.example:8443"])),
        ("https://клиника.рф", Some(vec!["https://xn--80apagcdp.xn--p1ai"])),
        ("http://localhost:8000 http://127.0.0.1:1", Some(vec!["http://localhost:8000", "http://127.0.0.1:1"])),
        ("", None),
        ("*", None),
        ("null", None),
        ("smile.example", None),
        ("http://smile.example", None),
        ("https://user@smile.example", None),
        ("https://smile.example, javascript:alert(1)", None),
    ] {
        let expected = expected.map(|known| known.into_iter().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(super::look::origins(typed), expected, "{typed}");
    }
}

#[test]
fn every_colour_is_written_on_readably() {
    for (colour, ink) in
        [("#0f6b66", "#ffffff"), ("#ffd400", "#000000"), ("#FFFFFF", "#000000"), ("#000000", "#ffffff"), ("#777777", "#000000")]
    {
        let look = Look::of(&world::with(&Web, "colour", colour)).unwrap();
        assert_eq!((look.colour.as_str(), look.ink), (colour.to_ascii_lowercase().as_str(), ink));
    }
    for colour in ["red", "#fff", "#12345g", "0f6b66", "#0f6b66; x"] {
        assert!(Web.check_settings(&world::with(&Web, "colour", colour)).is_err_and(|fault| fault.field == "colour"), "{colour}");
    }
    let look = Look::of(&world::with(&Web, "greeting_fa", "سلام")).unwrap();
    assert_eq!((look.greeting(Locale::Fa), look.greeting(Locale::En)), (Some("سلام"), None));
    assert_eq!((look.side, look.shade), (Side::End, Shade::Auto));
}
