//! The phone beside the desk, table by table.

use clinic::actors::Channel;
use clinic::conversations::{Button, MediaFile, MediaKind, Press, Said};

use super::{Did, KEY_HEADER, Sandbox, Tap};
use crate::world::{self, MONDAY, WEBHOOK_SECRET, anna, file, posted, reminder};
use crate::{Answer, Became, Call, Connector, Event, Letter, Method, Outgoing, Reading, Sending, Settings, Unreadable, Unwritable};

fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    Sandbox.read_webhook(&world::settings(&Sandbox), &posted(&[(KEY_HEADER, WEBHOOK_SECRET.as_bytes())], "", body))
}

#[test]
fn every_tap_of_the_phone_is_read() {
    let on = || "msg_1".to_owned();
    let said = |said, reply_to: Option<&str>| (Some(said), reply_to.map(str::to_owned));
    let reference = "kept:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned();
    let tooth = MediaFile { reference, name: "tooth.jpg".to_owned(), media_type: "image/jpeg".to_owned() };
    let table = [
        ("words.json", said(Said::Words("May I come an hour later?".to_owned()), None)),
        ("photo.json", said(Said::Media { kind: MediaKind::Image, caption: "The upper left one".to_owned(), file: Some(tooth) }, None)),
        ("press.json", said(Said::Pressed { data: "v:1:yes".to_owned(), label: "I will come".to_owned() }, Some("msg_1"))),
        ("react.json", said(Said::Reacted { to: on(), emoji: "👍".to_owned() }, Some("msg_1"))),
        ("edit.json", said(Said::Edited { of: "tap-words".to_owned(), words: "May I come at noon?".to_owned() }, None)),
        ("share-contact.json", said(Said::SharedContact { phone: "+36301234567".to_owned() }, None)),
        ("open.json", said(Said::Opened { token: "p_8Zk2mQ7xV".to_owned() }, None)),
        ("receive.json", (None, None)),
        ("read.json", (None, None)),
        ("block.json", (None, None)),
        ("unblock.json", (None, None)),
    ];
    for (name, (expected, answered)) in &table {
        let mut arrivals = read(&file(Channel::Sandbox, "arriving", name)).unwrap_or_else(|error| panic!("{name}: {error}")).arrivals;
        let arrival = arrivals.remove(0);
        assert_eq!((arrival.at, arrival.repeat_key), (MONDAY, format!("tap-{}", name.trim_end_matches(".json"))), "{name}");
        match arrival.event {
            Event::Message { from, name: called, said, reply_to, .. } => {
                assert!(Some(said) == *expected, "{name}");
                assert_eq!((from, called.as_str(), &reply_to), (anna(Channel::Sandbox), "Anna Orlova", answered), "{name}");
            }
            event => {
                let wanted = match *name {
                    "receive.json" => Event::report(on(), Became::Delivered),
                    "read.json" => Event::report(on(), Became::Read),
                    "block.json" => Event::Blocked { from: anna(Channel::Sandbox) },
                    _ => Event::Unblocked { from: anna(Channel::Sandbox) },
                };
                assert_eq!(event, wanted, "{name}");
            }
        }
    }
    world::expect_a_row_for_each_file(Channel::Sandbox, "arriving", &table.each_ref().map(|(name, _)| *name));
}

#[test]
fn what_the_phone_writes_is_what_is_read() {
    let did = Did::Press { on: "msg_1".to_owned(), data: "v:1:yes".to_owned(), label: "I will come".to_owned() };
    let tap = Tap { key: "tap-press".to_owned(), from: "7100200300".to_owned(), name: "Anna Orlova".to_owned(), locale: None, did };
    assert_eq!(read(&serde_json::to_vec(&tap).unwrap()), read(&file(Channel::Sandbox, "arriving", "press.json")));
    assert_eq!(format!("{tap:?} {:?}", tap.did), "Tap(tap-press) Did(***)");
}

#[test]
fn a_tap_of_another_form_or_without_the_key_is_refused() {
    let malformed = |at| Err(Unreadable::Malformed { at });
    let table = [
        ("{}", malformed("body")),
        (r#"{"key":"a","from":"anna"}"#, malformed("body")),
        (r#"{"key":"a","from":"anna","did":"dance"}"#, malformed("body")),
        (r#"{"key":"a","from":"anna","did":"block","more":1}"#, malformed("body")),
        (r#"{"key":"a","from":"anna","did":{"words":{"text":"x"},"read":{"on":"y"}}}"#, malformed("body")),
        (r#"{"key":"","from":"anna","did":"block"}"#, malformed("key")),
        (r#"{"key":"a","from":"two words","did":"block"}"#, malformed("from")),
    ];
    for (body, expected) in table {
        assert_eq!(read(body.as_bytes()), expected, "{body}");
    }
    let body = file(Channel::Sandbox, "arriving", "words.json");
    let with = |settings: &Settings, headers: &[(&str, &[u8])]| Sandbox.read_webhook(settings, &posted(headers, "", &body));
    let settings = world::settings(&Sandbox);
    let signed: [(&str, &[u8]); 1] = [(KEY_HEADER, WEBHOOK_SECRET.as_bytes())];
    let looked_at = Call { method: Method::Get, ..posted(&signed, "", &body) };
    assert_eq!(Sandbox.read_webhook(&settings, &looked_at), Err(Unreadable::NoWebhook));
    assert_eq!(with(&settings, &[]), Err(Unreadable::Unsigned));
    assert_eq!(with(&settings, &[(KEY_HEADER, b"")]), Err(Unreadable::Unsigned));
    assert_eq!(with(&settings, &[(KEY_HEADER, b"wrong")]), Err(Unreadable::BadSignature));
    assert_eq!(with(&Settings::default(), &[(KEY_HEADER, b"")]), Err(Unreadable::NoSecret));
}

#[test]
fn a_message_stays_in_the_program_and_is_accepted_at_once() {
    let message = reminder(Channel::Sandbox);
    let settings = world::settings(&Sandbox);
    let letters = Sandbox.write(&settings, &message).unwrap();
    let id = message.id.to_string();
    assert_eq!(letters, [Letter::Internal { id: id.clone() }]);
    assert_eq!(Sandbox.read_answer(&letters[0], &Answer::Internal { id: id.clone() }), Sending::Accepted { ids: vec![id] });
    assert_eq!(Sandbox.read_answer(&letters[0], &Answer::Broken), Sending::Uncertain);

    let elsewhere = Outgoing { to: anna(Channel::Telegram), ..reminder(Channel::Sandbox) };
    assert_eq!(Sandbox.write(&settings, &elsewhere), Err(Unwritable::WrongAddress));
    let mut silent = reminder(Channel::Sandbox);
    silent.content.text.clear();
    assert_eq!(Sandbox.write(&settings, &silent), Err(Unwritable::Empty));
    let mut crowded = reminder(Channel::Sandbox);
    crowded.content.buttons = vec![Button { label: "A".to_owned(), press: Press::ShareContact }; 13];
    assert_eq!(Sandbox.write(&settings, &crowded), Err(Unwritable::TooManyButtons { most: 12 }));
}
