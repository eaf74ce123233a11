//! Both interfaces of Asterisk, octet by octet.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::Secret;
use sha1::{Digest, Sha1};

use super::websocket::{Heard, Socket, written};
use super::*;

fn manner(dialect: Dialect) -> Manner {
    let (host, user, password) = ("127.0.0.1:8088".to_owned(), "clinic".to_owned(), Secret::new("open sesame"));
    Manner { dialect, host, user, password, nonce: [7; 16] }
}

fn said(steps: &[Step]) -> String {
    let said = steps.iter().filter_map(|step| if let Step::Say(octets) = step { Some(octets.as_slice()) } else { None });
    String::from_utf8_lossy(&said.collect::<Vec<_>>().concat()).into_owned()
}

fn let_in() -> Session {
    let (mut session, _) = Session::begin(&manner(Dialect::Ami));
    session.received(b"Asterisk Call Manager/5.0.2\r\n");
    session.received(b"Response: Success\r\nChallenge: 512834097\r\n\r\n");
    assert_eq!(
        session.received(b"Response: Success\r\nActionID: login\r\nMessage: Authentication accepted\r\n\r\n"),
        [Step::LetIn { name: "Asterisk Call Manager/5.0.2".to_owned() }]
    );
    session
}

#[test]
fn the_secret_itself_never_goes_over_the_wire() {
    let (mut session, steps) = Session::begin(&manner(Dialect::Ami));
    assert!(steps.is_empty());
    let asked = said(&session.received(b"Asterisk Call Manager/5.0.2\r\n"));
    assert!(asked.contains("Action: Challenge\r\n") && asked.ends_with("\r\n\r\n"), "{asked}");
    let signs_in = said(&session.received(b"Response: Success\r\nChallenge: 512834097\r\n\r\n"));
    assert!(signs_in.contains("Username: clinic\r\n") && !signs_in.contains("sesame"), "{signs_in}");
    // md5 of the challenge and the secret, made elsewhere
    assert!(signs_in.contains("Key: 1755526c6e673f6f9104987469a48fc8\r\n"), "{signs_in}");
    let refused = session.received(b"Response: Error\r\nMessage: Authentication failed\r\n\r\n");
    assert_eq!(refused, [Step::NotLetIn]);
}

#[test]
fn what_comes_in_pieces_is_put_together_and_what_is_no_exchange_ends_the_line() {
    let mut session = let_in();
    let news = "Event: Hangup\r\nUniqueid: 1\r\nLinkedid: 1\r\n\r\nEvent: VarSet\r\nUniqueid: 1\r\n\r\n";
    let mut told = Vec::new();
    for octet in news.bytes() {
        told.extend(session.received(&[octet]));
    }
    assert_eq!(told, [Step::Told("Event: Hangup\r\nUniqueid: 1\r\nLinkedid: 1".to_owned())]);
    let (mut other, _) = Session::begin(&manner(Dialect::Ami));
    assert_eq!(other.received(b"SSH-2.0-OpenSSH_9.2\r\n"), [Step::Over]);
    assert_eq!(session.received(&vec![b'x'; 70_000]), [Step::Over]);
}

#[test]
fn a_value_with_a_line_break_is_no_line_of_its_own() {
    let mut session = let_in();
    let originate = Originate {
        from: "PJSIP/101\r\nAction: Command".to_owned(),
        to: "36301234567".to_owned(),
        context: "from-internal".to_owned(),
        name: "caredesk-36301234567-x".to_owned(),
    };
    let asked = said(&session.originate(3, &originate).unwrap());
    assert_eq!(asked.lines().filter(|line| line.starts_with("Action:")).count(), 1, "{asked}");
    assert!(asked.contains("ActionID: ring-3\r\n") && asked.contains("ChannelId: caredesk-36301234567-x\r\n"), "{asked}");
    let taken = session.received(b"Response: Success\r\nActionID: ring-3\r\nMessage: Originate successfully queued\r\n\r\n");
    assert_eq!(taken, [Step::Answered { ticket: 3, taken: Ok(()) }]);
    let refused = session.received(b"Response: Error\r\nActionID: ring-3\r\nMessage: Permission denied\r\n\r\n");
    assert_eq!(refused, [Step::Answered { ticket: 3, taken: Err("Permission denied".to_owned()) }]);
}

/// A frame as a server writes it.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first];
    match u16::try_from(payload.len()) {
        Ok(short @ 0..126) => frame.push(u8::try_from(short).unwrap()),
        Ok(middle) => {
            frame.push(126);
            frame.extend(middle.to_be_bytes());
        }
        Err(_) => {
            frame.push(127);
            frame.extend(u64::try_from(payload.len()).unwrap().to_be_bytes());
        }
    }
    frame.extend(payload);
    frame
}

fn opens() -> Vec<u8> {
    let key = STANDARD.encode([7; 16]);
    let accept = STANDARD.encode(Sha1::digest(format!("{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
    format!("HTTP/1.1 101 Switching Protocols\r\nServer: Asterisk/20.5.0\r\nSec-WebSocket-Accept: {accept}\r\n\r\n").into_bytes()
}

#[test]
fn a_websocket_is_opened_kept_and_closed_as_the_standard_says() {
    // RFC 6455, section 1.3: its key is this nonce in base 64, and this its answer
    let mut socket = Socket::begin(*b"the sample nonce");
    let sample = b"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    assert_eq!(socket.received(sample), [Heard::Open { server: String::new() }]);
    assert_eq!(Socket::begin([1; 16]).received(sample), [Heard::Closed]);
    assert_eq!(Socket::begin([1; 16]).received(b"HTTP/1.1 401 Unauthorized\r\n\r\n"), [Heard::Refused(401)]);

    let text = |text: &str| Heard::Text(text.to_owned());
    let long = "x".repeat(70_000);
    let table: Vec<(&str, Vec<u8>, Vec<Heard>)> = vec![
        ("short", frame(0x81, b"{}"), vec![text("{}")]),
        ("middle", frame(0x81, &[b'y'; 300]), vec![text(&"y".repeat(300))]),
        ("long", frame(0x81, long.as_bytes()), vec![text(&long)]),
        ("two at once", [frame(0x81, b"a"), frame(0x81, b"b")].concat(), vec![text("a"), text("b")]),
        (
            "in parts, with a ping between",
            [frame(0x01, b"a"), frame(0x89, b"p"), frame(0x80, b"b")].concat(),
            vec![Heard::Ping(b"p".to_vec()), text("ab")],
        ),
        ("closed", frame(0x88, b""), vec![Heard::Closed]),
        ("masked by the server", vec![0x81, 0x81, 1, 2, 3, 4, b'a'], vec![Heard::Closed]),
        ("binary", frame(0x82, b"a"), vec![Heard::Closed]),
        ("no text", frame(0x81, &[0xFF]), vec![Heard::Closed]),
        ("an extension", frame(0xC1, b"a"), vec![Heard::Closed]),
        ("a part without a beginning", frame(0x80, b"a"), vec![Heard::Closed]),
        ("too long", [vec![0x81, 127], u64::MAX.to_be_bytes().to_vec()].concat(), vec![Heard::Closed]),
    ];
    for (name, octets, expected) in table {
        for step in [1, 7, octets.len()] {
            let mut socket = Socket::begin([7; 16]);
            socket.received(&opens());
            let mut heard = Vec::new();
            for piece in octets.chunks(step) {
                heard.extend(socket.received(piece));
                if heard.contains(&Heard::Closed) {
                    break;
                }
            }
            assert_eq!(heard, expected, "{name} by {step}");
        }
    }
    let ours = written(0x9, b"caredesk");
    assert_eq!((ours[0], ours[1], ours.len()), (0x89, 0x80 | 8, 14));
}

#[test]
fn over_ari_the_legs_of_colleagues_are_passed_over() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/telephone/line/ari-events.json");
    let events = std::fs::read_to_string(path).unwrap();
    let (mut session, steps) = Session::begin(&manner(Dialect::Ari));
    let asked = said(&steps);
    assert!(asked.starts_with("GET /ari/events?app=caredesk&subscribeAll=true HTTP/1.1\r\n"), "{asked}");
    assert!(asked.contains("Authorization: Basic Y2xpbmljOm9wZW4gc2VzYW1l\r\n"), "{asked}");
    assert_eq!(session.received(&opens()), [Step::LetIn { name: "Asterisk/20.5.0".to_owned() }]);
    let mut told = Vec::new();
    for event in events.lines() {
        told.extend(session.received(&frame(0x81, event.as_bytes())));
    }
    let kinds: Vec<_> = told
        .iter()
        .map(|step| {
            let Step::Told(text) = step else { panic!("{step:?}") };
            serde_json::from_str::<serde_json::Value>(text).unwrap()["type"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(kinds, ["ChannelCreated", "Dial", "ChannelDestroyed", "StasisStart", "ChannelDestroyed"]);
    assert!(matches!(session.received(&frame(0x89, b"hi")).as_slice(), [Step::Say(pong)] if pong[0] == 0x8A));
    assert_eq!(session.received(&frame(0x81, b"not json")), []);
    let (mut refused, _) = Session::begin(&manner(Dialect::Ari));
    assert_eq!(refused.received(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"), [Step::NotLetIn]);
}
