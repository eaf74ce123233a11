//! Every channel by both ways of a file, over answers as the providers give them.

use std::sync::Arc;

use clinic::actors::Channel;
use clinic::conversations::{Content, MediaFile};
use clinic::files::{MediaKind, WhyLost};
use serde_json::{Value, json};

use crate::files::Source;
use crate::world::{self, plain};
use crate::{Answer, Body, Bringing, Carried, Connector, Fetching, FilesOut, Letter, Method, NotSent, Outgoing, Unwritable, registry};

fn said(status: u16, body: &Value) -> Answer {
    Answer::Http { status, headers: Vec::new(), body: body.to_string().into_bytes() }
}

fn file(bytes: &[u8]) -> Answer {
    Answer::Http { status: 200, headers: Vec::new(), body: bytes.to_vec() }
}

fn leads(to: &str) -> Answer {
    Answer::Http { status: 302, headers: vec![("Location".to_owned(), to.to_owned())], body: Vec::new() }
}

/// All that stands in a letter, as text.
fn body(letter: &Letter) -> String {
    match letter {
        Letter::Mail(mail) => String::from_utf8_lossy(&mail.data).into_owned(),
        Letter::Http(http) => match &http.body {
            Body::Empty => String::new(),
            Body::Json(text) => text.clone(),
            Body::Form(fields) => fields.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&"),
            Body::Multipart(parts) => {
                let text = |part: &crate::Part| format!("{}={}", part.name, String::from_utf8_lossy(&part.content));
                parts.iter().map(text).collect::<Vec<_>>().join("&")
            }
        },
        Letter::MailCheck(_) | Letter::Mailbox(_) | Letter::Centre(_) | Letter::Exchange(_) | Letter::Internal { .. } => String::new(),
    }
}

fn header<'a>(letter: &'a Letter, name: &str) -> Option<&'a str> {
    let Letter::Http(http) = letter else { return None };
    http.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.expose())
}

fn connector(channel: Channel) -> &'static dyn Connector {
    registry().iter().copied().find(|connector| connector.channel() == channel).unwrap()
}

/// What is asked for, step by step, and what comes of the last answer.
fn fetched(channel: Channel, reference: &str, answers: &[Answer]) -> (Vec<String>, Fetching) {
    let connector = connector(channel);
    let settings = if channel == Channel::Sms { twilio() } else { world::settings(connector) };
    let mut asked = Vec::new();
    for many in 0..=answers.len() {
        match connector.fetch(&settings, &MediaFile::at(reference), &answers[..many]) {
            Fetching::Ask(letter) if many < answers.len() => asked.push(shown(&letter)),
            Fetching::Ask(letter) => return (asked, Fetching::Ask(letter)),
            done => return (asked, done),
        }
    }
    unreachable!("the last step is done above")
}

fn twilio() -> crate::Settings {
    let sms = connector(Channel::Sms);
    let mut typed = world::settings(sms).to_store();
    for (name, value) in [("provider", "twilio"), ("user", "AC0123"), ("server", "https://api.twilio.com")] {
        typed.insert(name.to_owned(), value.to_owned());
    }
    crate::Settings::read(sms.settings(), &typed, None).unwrap()
}

/// Whether it shows who we are, and where it goes; without the token of the account.
fn shown(letter: &Letter) -> String {
    let proof = if header(letter, "authorization").is_some() { "shows the token to " } else { "" };
    format!("{proof}{}", world::url(letter).replace(world::TOKEN, "<token>"))
}

#[test]
fn a_file_is_fetched_from_the_providers_own_machines() {
    let path = said(200, &json!({ "ok": true, "result": { "file_id": "AgAC", "file_path": "photos/file_7.jpg" } }));
    let place = said(200, &json!({ "url": "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", "file_size": 5 }));
    for (channel, reference, answers, asked) in [
        (
            Channel::Telegram,
            "AgAC",
            vec![path.clone(), file(b"photo")],
            vec!["https://api.telegram.org/bot<token>/getFile", "https://api.telegram.org/file/bot<token>/photos/file_7.jpg"],
        ),
        (
            Channel::Bale,
            "AgAC",
            vec![path, file(b"photo")],
            vec!["https://tapi.bale.ai/bot<token>/getFile", "https://tapi.bale.ai/file/bot<token>/photos/file_7.jpg"],
        ),
        (
            Channel::Whatsapp,
            "1003383421387256",
            vec![place, file(b"photo")],
            vec![
                "shows the token to https://graph.facebook.com/v25.0/1003383421387256?phone_number_id=206500000000002",
                "shows the token to https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1",
            ],
        ),
        (
            Channel::Messenger,
            "https://scontent.xx.fbcdn.net/v/photo.jpg?oh=1",
            vec![file(b"photo")],
            vec!["https://scontent.xx.fbcdn.net/v/photo.jpg?oh=1"],
        ),
        (
            Channel::Vk,
            "https://vk.com/doc1_2?hash=3",
            vec![leads("https://psv4.userapi.com/s/plan.pdf"), file(b"photo")],
            vec!["https://vk.com/doc1_2?hash=3", "https://psv4.userapi.com/s/plan.pdf"],
        ),
        (Channel::Max, "https://i.oneme.ru/i?r=1", vec![file(b"photo")], vec!["https://i.oneme.ru/i?r=1"]),
        (Channel::Viber, "https://dl-media.viber.com/1/share", vec![file(b"photo")], vec!["https://dl-media.viber.com/1/share"]),
        (
            Channel::Sms,
            "https://api.twilio.com/2010-04-01/Accounts/AC0123/Messages/MM1/Media/ME1",
            vec![leads("https://mms.twiliocdn.com/AC0123/1"), file(b"photo")],
            vec![
                "shows the token to https://api.twilio.com/2010-04-01/Accounts/AC0123/Messages/MM1/Media/ME1",
                // where an answer leads, nobody is shown who we are
                "https://mms.twiliocdn.com/AC0123/1",
            ],
        ),
    ] {
        assert_eq!(
            fetched(channel, reference, &answers),
            (asked.into_iter().map(str::to_owned).collect(), Fetching::Here(b"photo".to_vec()))
        );
    }
}

#[test]
fn what_cannot_be_fetched_is_told_apart_from_what_can_later() {
    let not_ok = |code: u16, description: &str| said(code, &json!({ "ok": false, "error_code": code, "description": description }));
    let meta = |code: i64| said(400, &json!({ "error": { "code": code } }));
    let gone = || Fetching::Lost(WhyLost::Gone);
    let later = |seconds| Fetching::Later(std::time::Duration::from_secs(seconds));
    let url = "https://i.oneme.ru/i?r=1";
    let status = |status: u16| Answer::Http { status, headers: Vec::new(), body: Vec::new() };
    let escaped = said(200, &json!({ "ok": true, "result": { "file_path": "../../etc/passwd" } }));
    let elsewhere = said(200, &json!({ "url": "https://lookaside.fbsbx.com.evil.example/1" }));
    let large = said(200, &json!({ "url": "https://lookaside.fbsbx.com/1", "file_size": 90_000_000 }));
    for (channel, reference, answers, becomes) in [
        (Channel::Telegram, "AgAC", vec![not_ok(400, "Bad Request: file is too big")], Fetching::Lost(WhyLost::TooLarge)),
        (Channel::Telegram, "AgAC", vec![not_ok(400, "Bad Request: wrong file_id")], gone()),
        (Channel::Telegram, "AgAC", vec![not_ok(429, "Too Many Requests")], later(5)),
        (Channel::Telegram, "AgAC", vec![escaped], gone()),
        (Channel::Telegram, "AgAC", vec![Answer::NotSent(NotSent::Refused)], later(30)),
        (Channel::Whatsapp, "1003383421387256", vec![meta(100)], gone()),
        (Channel::Whatsapp, "1003383421387256", vec![meta(4)], later(30)),
        (Channel::Whatsapp, "1003383421387256", vec![elsewhere], Fetching::Lost(WhyLost::Elsewhere)),
        (Channel::Whatsapp, "1003383421387256", vec![large], Fetching::Lost(WhyLost::TooLarge)),
        (Channel::Whatsapp, "../me", vec![], gone()),
        (Channel::Max, url, vec![status(404)], gone()),
        (Channel::Max, url, vec![status(413)], Fetching::Lost(WhyLost::TooLarge)),
        (Channel::Max, url, vec![status(503)], later(10)),
        (Channel::Max, url, vec![Answer::Broken], later(10)),
        (Channel::Max, url, vec![status(200)], Fetching::Lost(WhyLost::Unreadable)),
        (Channel::Max, url, vec![leads("http://i.oneme.ru/readable")], Fetching::Lost(WhyLost::Elsewhere)),
        (Channel::Max, url, vec![leads("/1"), leads("/2"), leads("/3"), leads("/4")], gone()),
        (Channel::Email, "anything", vec![], gone()),
        (Channel::Sandbox, "https://i.oneme.ru/i?r=1", vec![], gone()),
    ] {
        assert_eq!(fetched(channel, reference, &answers).1, becomes, "{channel:?} {answers:?}");
    }
}

#[test]
fn no_other_way_to_write_a_host_is_the_providers() {
    let card = connector(Channel::Messenger).card();
    let source = Source { card, server: "https://graph.facebook.com/v25.0", authority: "" };
    for own in [
        "https://fbcdn.net/a",
        "https://scontent.xx.fbcdn.net/a",
        "https://SCONTENT.FBCDN.NET/a",
        "https://graph.facebook.com/a",
        "https://fbcdn.net:443/a",
    ] {
        assert!(source.letter(Method::Get, own).is_some(), "{own}");
    }
    for foreign in [
        "http://scontent.fbcdn.net/a",
        "https://fbcdn.net.evil.example/a",
        "https://evilfbcdn.net/a",
        "https://fbcdn.net@evil.example/a",
        "https://evil.example/fbcdn.net",
        "https://evil.example#.fbcdn.net",
        "https://evil.example\\.fbcdn.net/a",
        "https://scontent.fbcdn.net./a",
        "https://scontent.fbcdn.net:8443/a",
        "https://user:secret@scontent.fbcdn.net/a",
        "https://graph.facebook.com:8443/a",
        "https://127.0.0.1/a",
        "https://127.1/a",
        "https://0x7f000001/a",
        "https://2130706433/a",
        "https://017700000001/a",
        "https://[::1]/a",
        "https://[::ffff:127.0.0.1]/a",
        "https://169.254.169.254/latest",
        "https://localhost/a",
        "https://ｆｂｃｄｎ.net.evil.example/a",
        "https://fbcdn。net.evil.example/a",
        "file:///etc/passwd",
        "ftp://fbcdn.net/a",
        "data:image/png;base64,AA==",
        "//fbcdn.net/a",
        "fbcdn.net/a",
        "",
    ] {
        assert!(source.letter(Method::Get, foreign).is_none(), "{foreign}");
    }
}

fn picture(kind: MediaKind) -> Carried {
    let (name, media_type) = if kind == MediaKind::Image { ("scan.jpg", "image/jpeg") } else { ("plan.pdf", "application/pdf") };
    let content = Arc::new(b"bytes of it".to_vec());
    Carried {
        name: name.to_owned(),
        media_type,
        kind,
        bytes: 11,
        content,
        handle: None,
        link: Some("https://desk.example.test/files/k9d2".to_owned()),
    }
}

fn with_file(channel: Channel, text: &str, kind: MediaKind) -> Outgoing {
    Outgoing { file: Some(picture(kind)), ..plain(channel, text) }
}

/// Brings the file there over these answers; what it is called then, and what was asked.
fn brought(channel: Channel, message: &Outgoing, answers: &[Answer]) -> (Vec<String>, Result<Option<String>, Bringing>) {
    let connector = connector(channel);
    let settings = world::settings(connector);
    let mut asked = Vec::new();
    for many in 0..=answers.len() {
        match connector.bring(&settings, message, &answers[..many]) {
            Bringing::Ask(letter) => {
                let file = matches!(&*letter, Letter::Http(http) if matches!(&http.body, Body::Multipart(parts) if parts.iter().any(|part| part.file.is_some())));
                asked.push(format!("{}{}", if file { "the file to " } else { "" }, shown(&letter)));
            }
            Bringing::Needless => return (asked, Ok(None)),
            Bringing::Brought(handle) => return (asked, Ok(Some(handle))),
            not @ Bringing::Not(_) => return (asked, Err(not)),
        }
    }
    panic!("{channel:?} asks on: {asked:?}")
}

#[test]
fn a_file_is_brought_to_the_provider_before_a_message_names_it() {
    let upload = |url: &str| said(200, &json!({ "response": { "upload_url": url } }));
    let photo = said(200, &json!({ "server": 7, "photo": "[{}]", "hash": "ab" }));
    let saved = said(200, &json!({ "response": [{ "id": 5, "owner_id": -210, "access_key": "k1" }] }));
    let document = said(200, &json!({ "response": { "type": "doc", "doc": { "id": 6, "owner_id": 155 } } }));
    let place = said(200, &json!({ "url": "https://iu.oneme.ru/upload?sig=1" }));
    let (image, paper) = (MediaKind::Image, MediaKind::Document);
    for (channel, kind, answers, handle, last) in [
        (
            Channel::Whatsapp,
            image,
            vec![said(200, &json!({ "id": "77" }))],
            Some("77"),
            "the file to shows the token to https://graph.facebook.com/v25.0/206500000000002/media",
        ),
        (
            Channel::Messenger,
            paper,
            vec![said(200, &json!({ "attachment_id": "88" }))],
            Some("88"),
            "the file to https://graph.facebook.com/v25.0/me/message_attachments?access_token=6100000001%3AAAtrialtrialtrialtrialtrialtrialtri",
        ),
        (
            Channel::Vk,
            image,
            vec![upload("https://pu.vk.com/c1/ss2"), photo, saved],
            Some("photo-210_5_k1"),
            "https://api.vk.com/method/photos.saveMessagesPhoto",
        ),
        (
            Channel::Vk,
            paper,
            vec![upload("https://lu.userapi.com/up"), said(200, &json!({ "file": "f|1" })), document],
            Some("doc155_6"),
            "https://api.vk.com/method/docs.save",
        ),
        (
            Channel::Max,
            image,
            vec![place.clone(), said(200, &json!({ "photos": { "1": { "token": "t1" } } }))],
            Some("t1"),
            "the file to https://iu.oneme.ru/upload?sig=1",
        ),
        (
            Channel::Max,
            paper,
            vec![place, said(200, &json!({ "token": "t2" }))],
            Some("t2"),
            "the file to https://iu.oneme.ru/upload?sig=1",
        ),
    ] {
        let message = with_file(channel, "Here it is.", kind);
        let (asked, came) = brought(channel, &message, &answers);
        assert_eq!(came, Ok(handle.map(str::to_owned)), "{channel:?}");
        assert_eq!(asked.last().map(String::as_str), Some(last));
    }
    for connector in registry() {
        let needs = [Channel::Whatsapp, Channel::Messenger, Channel::Vk, Channel::Max].contains(&connector.channel());
        let message = plain(connector.channel(), "Words alone.");
        assert_eq!(connector.bring(&world::settings(*connector), &message, &[]), Bringing::Needless);
        if !needs {
            let message = with_file(connector.channel(), "x", MediaKind::Image);
            assert_eq!(connector.bring(&world::settings(*connector), &message, &[]), Bringing::Needless, "{:?}", connector.channel());
        }
    }
}

#[test]
fn a_file_that_was_not_brought_there_has_not_left_and_never_stands_in_doubt() {
    for channel in [Channel::Whatsapp, Channel::Messenger, Channel::Vk, Channel::Max] {
        let message = with_file(channel, "Here it is.", MediaKind::Image);
        for answer in [Answer::Broken, said(500, &json!({})), file(b"<html>"), Answer::NotSent(NotSent::Tls), said(200, &json!({}))] {
            let (_, came) = brought(channel, &message, std::slice::from_ref(&answer));
            let Err(Bringing::Not(sending)) = came else { panic!("{channel:?} {answer:?}: {came:?}") };
            assert!(!matches!(sending, crate::Sending::Uncertain | crate::Sending::Accepted { .. }), "{channel:?} {answer:?}: {sending:?}");
        }
    }
    // an answer in the provider's name leads a patient's file nowhere else
    for (channel, place) in [
        (Channel::Vk, json!({ "response": { "upload_url": "https://vk.com.evil.example/up" } })),
        (Channel::Max, json!({ "url": "http://10.0.0.1/up" })),
    ] {
        let (asked, came) = brought(channel, &with_file(channel, "x", MediaKind::Image), &[said(200, &place)]);
        assert!(matches!(came, Err(Bringing::Not(crate::Sending::Refused { .. }))) && asked.len() == 1, "{channel:?} {asked:?}");
    }
}

#[test]
fn each_channel_sends_a_file_as_it_takes_one() {
    let write = |channel: Channel, message: &Outgoing| connector(channel).write(&world::settings(connector(channel)), message);
    // nothing at all is written over the telephone
    for connector in registry().iter().filter(|connector| connector.channel() != Channel::Telephone) {
        let channel = connector.channel();
        for (kind, words) in [(MediaKind::Image, "Here it is."), (MediaKind::Document, "Here it is."), (MediaKind::Image, "")] {
            let mut message = with_file(channel, words, kind);
            message.file.as_mut().unwrap().handle = Some("handle-7".to_owned());
            let letters = write(channel, &message);
            match connector.card().files.out {
                FilesOut::Never => assert_eq!(letters, Err(Unwritable::Attachment), "{channel:?}"),
                FilesOut::Beside | FilesOut::ByLink => {
                    let letters = letters.unwrap_or_else(|error| panic!("{channel:?} {kind:?}: {error}"));
                    // words and file in one letter arrive whole or not at all
                    let most = if channel == Channel::Messenger && !words.is_empty() { 2 } else { 1 };
                    let most = if channel == Channel::Viber && kind == MediaKind::Document { 2 } else { most };
                    assert_eq!(letters.len(), most, "{channel:?} {kind:?} {words:?}");
                    let last = letters.last().unwrap();
                    let sign = match channel {
                        Channel::Telegram | Channel::Bale => "bytes of it",
                        Channel::Email => "Ynl0ZXMgb2YgaXQ=",
                        Channel::Viber | Channel::Sms => "files/k9d2",
                        Channel::Sandbox | Channel::Web => "",
                        _ => "handle-7",
                    };
                    assert!(body(last).contains(sign), "{channel:?}: {}", body(last));
                }
            }
        }
        let mut vast = with_file(channel, "x", MediaKind::Document);
        vast.file.as_mut().unwrap().bytes = 900_000_000;
        assert_eq!(write(channel, &vast), Err(Unwritable::Attachment), "{channel:?}");
    }
    for channel in [Channel::Viber, Channel::Sms] {
        let mut message = with_file(channel, "x", MediaKind::Image);
        message.file.as_mut().unwrap().link = None;
        assert_eq!(write(channel, &message), Err(Unwritable::Attachment), "without a public address");
    }
    let photo = with_file(Channel::Telegram, "Look", MediaKind::Image);
    let letters = write(Channel::Telegram, &photo).unwrap();
    assert!(world::url(&letters[0]).ends_with("/sendPhoto") && body(&letters[0]).contains("Look"));
    let mut large = photo.clone();
    large.file.as_mut().unwrap().bytes = 11_000_000;
    assert!(world::url(&write(Channel::Telegram, &large).unwrap()[0]).ends_with("/sendDocument"), "too large to be shown");
    let long = Outgoing { content: Content { text: "Слово. ".repeat(200), ..Content::default() }, ..photo };
    assert_eq!(write(Channel::Telegram, &long).unwrap().len(), 2, "more words than stand under a picture");
    let mut closed = with_file(Channel::Whatsapp, "x", MediaKind::Image);
    closed.approved = Some(world::approved());
    assert_eq!(write(Channel::Whatsapp, &closed), Err(Unwritable::NeedsTemplate));
}
