//! Tables over the files in `fixtures/telephone`; a file is named by its provider.

use clinic::actors::Channel;
use kernel::{Secret, Timestamp};

use super::*;
use crate::trial::{Knock, ways};
use crate::world::{self, MONDAY, answer, dial, expect_a_row_for_each_file, file, leaving, posted, told};
use crate::{Body, HttpLetter, Method, Reading};

pub const TWILIO: &str = "AC0123456789abcdef0123456789abcdef";
pub const HOOK: &str = "https://desk.example.test/hooks/telephone/acc";
pub const SECRET: &str = world::WEBHOOK_SECRET;

pub fn settings(provider: &str) -> Settings {
    let mut typed = world::settings(&Telephone).to_store();
    let more = [("provider", provider), ("server", ""), ("hook", HOOK), ("line", "+15005550006")];
    typed.extend(more.map(|(name, value)| (name.to_owned(), value.to_owned())));
    if provider == "twilio" {
        typed.insert("user".to_owned(), TWILIO.to_owned());
    }
    Settings::read(&FIELDS, &typed, None).unwrap()
}

/// Headers, what stands behind the address, and the body.
pub type Proven = (Vec<(&'static str, Vec<u8>)>, String, Vec<u8>);

/// As the provider of a file signs it, or shows our word.
pub fn signed(name: &str, body: &[u8]) -> Proven {
    let provider = name.split('-').next().unwrap();
    let way = ways().into_iter().find(|way| way.channel() == Channel::Telephone && way.provider == provider).unwrap();
    let Knock { headers, tail, body, .. } = way.knock(&settings(provider), (name, body), MONDAY);
    (headers, tail, body)
}

pub fn read(name: &str, proven: &Proven) -> Result<Reading, Unreadable> {
    heard(&settings(name.split('-').next().unwrap()), proven)
}

pub fn heard(settings: &Settings, (headers, tail, body): &Proven) -> Result<Reading, Unreadable> {
    let headers: Vec<(&str, &[u8])> = headers.iter().map(|(name, value)| (*name, value.as_slice())).collect();
    Telephone.read_webhook(settings, &posted(&headers, tail, body))
}

const RINGS: &str = "Rings";
const INSIDE: &str = "RingsInside";

#[test]
fn every_exchange_tells_of_calls_in_its_own_words() {
    let zadarma = "in_1f3a in +36301234567 36123456789:";
    let mango = "ZW50cnktMQ== in 79161234567 74951234567:";
    let uis = "3100017 in 79161234567 74951234567:";
    let twilio = "CA01 in +447700900123 +15005550006:";
    let missed = "Ended { unspoken: Some(Missed), talk: None, lasted: None }";
    let talk = |seconds: u32| format!("Ended {{ unspoken: None, talk: Some({seconds}), lasted: None }}");
    let busy = "Ended { unspoken: Some(Busy), talk: None, lasted: None }";
    let table: Vec<(&str, Vec<String>)> = vec![
        ("zadarma-start.txt", vec![format!("{zadarma} {RINGS}")]),
        ("zadarma-internal.txt", vec![format!("{zadarma} {INSIDE}")]),
        ("zadarma-answer.txt", vec!["in_1f3a   : Taken { by: \"101\" }".to_owned()]),
        ("zadarma-end-answered.txt", vec![format!("{zadarma} {}", talk(84))]),
        ("zadarma-end-missed.txt", vec![format!("{zadarma} {missed}")]),
        ("zadarma-out-busy.txt", vec![format!("out_77 out 36301234567 36123456789: {busy}")]),
        ("zadarma-record.txt", vec![]),
        ("mango-appeared.json", vec![format!("{mango} {RINGS}")]),
        ("mango-connected.json", vec![format!("{mango} Taken {{ by: \"101\" }}")]),
        ("mango-disconnected.json", vec![]),
        ("mango-summary-answered.json", vec![format!("{mango} {RINGS}"), format!("{mango} {}", talk(84))]),
        (
            "mango-summary-missed.json",
            vec![format!("ZW50cnktMg== in 79161234567 74951234567: {RINGS}"), format!("ZW50cnktMg== in 79161234567 74951234567: {missed}")],
        ),
        (
            "mango-summary-busy.json",
            vec![format!("ZW50cnktMw== out 79161234567 74951234567: {RINGS}"), format!("ZW50cnktMw== out 79161234567 74951234567: {busy}")],
        ),
        ("uis-in-call.json", vec![format!("{uis} {RINGS}")]),
        ("uis-talk-started.json", vec![format!("{uis} Taken {{ by: \"Иванова О.\" }}")]),
        ("uis-call-finished.json", vec![format!("{uis} {}", talk(84))]),
        ("uis-lost-call.json", vec![format!("3100018 in 79161234567 74951234567: {missed}")]),
        ("twilio-ringing.txt", vec![format!("{twilio} {RINGS}")]),
        ("twilio-leg-answered.txt", vec!["CA01   : Taken { by: \"\" }".to_owned()]),
        ("twilio-leg-no-answer.txt", vec![format!("CA01   : {INSIDE}")]),
        ("twilio-leg-completed.txt", vec![format!("CA01   : {}", talk(61))]),
        ("twilio-completed.txt", vec![format!("{twilio} Ended {{ unspoken: None, talk: None, lasted: Some(73) }}")]),
        ("twilio-dial-completed.txt", vec![format!("{twilio} {}", talk(61))]),
        ("twilio-no-answer.txt", vec![format!("{twilio} {missed}")]),
        ("twilio-busy.txt", vec![format!("CA03 out +447700900123 +15005550006: {busy}")]),
        ("generic-ringing.json", vec![format!("c-17 in +36 30 123 4567 +3612345678: {RINGS}")]),
        ("generic-answered.json", vec!["c-17   : Taken { by: \"Kata\" }".to_owned()]),
        ("generic-ended-answered.json", vec![format!("c-17 in +36 30 123 4567 : {}", talk(84))]),
        ("generic-ended-missed.json", vec![format!("c-18 in +36 30 123 4567 : {missed}")]),
    ];
    for (name, expected) in &table {
        let call = signed(name, &file(Channel::Telephone, "arriving", name));
        let reading = read(name, &call).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(&told(&reading.arrivals), expected, "{name}");
        // told again, it is known by its name; two that are told at once have two names
        let keys = |reading: &Reading| reading.arrivals.iter().map(|arrival| arrival.repeat_key.clone()).collect::<Vec<_>>();
        let again = keys(&read(name, &call).unwrap());
        assert_eq!(keys(&reading), again, "{name}");
        assert!(again.iter().enumerate().all(|(at, key)| !again[..at].contains(key)), "{name}");
    }
    let rows: Vec<&str> = table.iter().map(|(name, _)| *name).collect();
    expect_a_row_for_each_file(Channel::Telephone, "arriving", &rows);
}

#[test]
fn a_call_that_is_cut_or_full_of_nonsense_is_refused_as_the_callers_fault() {
    let names = world::files(Channel::Telephone, "arriving");
    for name in &names {
        let whole = file(Channel::Telephone, "arriving", name);
        for length in [0, 1, whole.len() / 2, whole.len() - 1] {
            let mut cut = signed(name, &whole);
            cut.2.truncate(length);
            let status = read(name, &cut).map_or_else(Unreadable::status, |_| 200);
            assert!((200..500).contains(&status), "{name}: {status}");
        }
        let (headers, tail, _) = signed(name, &whole);
        let status = read(name, &(headers, tail, vec![0xFF; 40])).map_or_else(Unreadable::status, |_| 200);
        assert!((400..500).contains(&status), "{name}: {status}");
    }
    // proven, and still nonsense
    for (provider, body) in [("generic", r#"{"call":"","event":"ringing"}"#), ("generic", "[]"), ("uis", "[]"), ("mango", "[]")] {
        let status = read(provider, &signed(provider, body.as_bytes())).map_or_else(Unreadable::status, |_| 200);
        assert_eq!(status, 400, "{provider} {body}");
    }
}

#[test]
fn a_signed_call_that_somebody_has_kept_is_not_heard_again() {
    let body = file(Channel::Telephone, "arriving", "generic-ended-missed.json");
    for (late, heard) in [(0, true), (300, true), (301, false), (-300, true), (-301, false)] {
        let at = ((MONDAY.as_millis() / 1_000) - late).to_string();
        let shown = crate::signature::signature(&Secret::new(SECRET), &[at.as_bytes(), b".", &body].concat());
        let shown = format!("sha256={shown}");
        let headers = [(generic::TIMESTAMP_HEADER, at.as_bytes()), (generic::SIGNATURE_HEADER, shown.as_bytes())];
        let read = Telephone.read_webhook(&settings("generic"), &posted(&headers, "", &body));
        assert_eq!(read.is_ok(), heard, "{late}");
    }
}

#[test]
fn zadarma_signs_the_hex_and_asks_whether_we_are_there() {
    let vector = zadarma::signature(&Secret::new("zad_secret"), "+447700900123749500000012026-11-23 13:15:00");
    assert_eq!(vector, "ZGY3ZmRjMTVlMjQwNmE1MTNiMTdkZWUyNzdlMDhhMmZlMTM0YmNkNA==");
    let asks = |query| Call { method: Method::Get, tail: "", query, headers: &[], body: b"", received_at: Timestamp::from_seconds(1) };
    let heard = |query| Telephone.read_webhook(&settings("zadarma"), &asks(query)).map(|reading| reading.reply.body);
    assert_eq!(heard("zd_echo=4f2a"), Ok("4f2a".to_owned()));
    assert_eq!(heard("zd_echo=%3Cscript%3E"), Err(Unreadable::Malformed { at: "zd_echo" }));
    assert_eq!(heard(""), Err(Unreadable::NoWebhook));
}

/// Where a letter goes and what its form says.
fn as_written(letter: &HttpLetter) -> serde_json::Value {
    let form: serde_json::Value = match &letter.body {
        Body::Form(fields) => fields.iter().map(|(name, value)| ((*name).to_owned(), serde_json::Value::from(value.as_str()))).collect(),
        _ => serde_json::json!({}),
    };
    serde_json::json!({ "url": letter.url.expose(), "form": form })
}

#[test]
fn who_can_rings_the_desk_and_then_the_patient() {
    let mut rows = Vec::new();
    for provider in ["zadarma", "mango", "twilio"] {
        let mut typed = settings(provider).to_store();
        typed.insert("user".to_owned(), "desk".to_owned());
        let known = Settings::read(&FIELDS, &typed, None).unwrap();
        let Some(Letter::Http(letter)) = Telephone.ring(&known, &dial()) else { panic!("{provider} cannot ring") };
        let name = format!("{provider}.json");
        assert_eq!(as_written(&letter), leaving(Channel::Telephone, &name));
        rows.push(name);
        // whoever dials may have a telephone of their own, where the clinic has named none too
        let asked = |settings: &Settings, own: &str| {
            let Some(Letter::Http(letter)) = Telephone.ring(settings, &Dial { own: Some(own.to_owned()), ..dial() }) else {
                panic!("{provider}")
            };
            as_written(&letter)
        };
        assert_ne!(asked(&known, "117"), asked(&known, "118"), "{provider}");
        typed.insert("extension".to_owned(), String::new());
        let unnamed = Settings::read(&FIELDS, &typed, None).unwrap();
        assert_eq!(asked(&unnamed, "117"), asked(&known, "117"), "{provider}");
        assert_eq!(Telephone.ring(&unnamed, &dial()), None, "{provider}");
    }
    for provider in ["generic", "uis"] {
        assert_eq!(Telephone.ring(&settings(provider), &dial()), None, "{provider}");
    }
    expect_a_row_for_each_file(Channel::Telephone, "leaving", &rows.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn only_what_cannot_be_a_number_outside_is_a_telephone_inside() {
    for (typed, inside, extension) in [
        ("117", true, true),
        ("kata-2", true, true),
        ("12345", true, true),
        ("123456", false, true),
        ("+36301234567", false, true),
        ("PJSIP/117", false, true),
        ("PJSIP/900@trunk", false, true),
        ("Kata Szabó", false, false),
        ("117;rm", false, false),
        ("", false, false),
    ] {
        assert_eq!((is_inside(typed), is_extension(typed)), (inside, extension), "{typed}");
    }
    assert!(!is_extension(&"1".repeat(65)) && !is_inside(&"a".repeat(21)));
}

#[test]
fn what_an_exchange_answers_says_whether_it_rings() {
    let taken = |ids: &[&str]| Sending::Accepted { ids: ids.iter().map(|id| (*id).to_owned()).collect() };
    let refused = |code: &str, why| Sending::Refused { code: code.to_owned(), why };
    let broken = |code: &str| Sending::AccountBroken { code: code.to_owned(), why: Trouble::Unauthorized };
    let table = [
        ("zadarma", "200-zadarma.json", taken(&[])),
        ("zadarma", "400-zadarma.json", refused("Wrong parameters!", Trouble::Other)),
        ("zadarma", "401-zadarma.json", broken("Not authorized")),
        ("mango", "200-mango.json", taken(&[])),
        ("mango", "200-mango-sign.json", broken("3102")),
        ("twilio", "201-twilio.json", taken(&["CA0017"])),
        ("twilio", "400-twilio.json", refused("21211", Trouble::NoSuchRecipient)),
    ];
    for (provider, name, expected) in &table {
        let letter = Telephone.ring(&settings(provider), &dial()).unwrap();
        assert_eq!(&Telephone.read_answer(&letter, &answer(Channel::Telephone, name)), expected, "{name}");
        assert_eq!(Telephone.read_answer(&letter, &Answer::Broken), Sending::Uncertain);
    }
    expect_a_row_for_each_file(Channel::Telephone, "answers", &table.each_ref().map(|(_, name, _)| *name));
}

#[test]
fn nothing_is_written_by_telephone_and_keys_are_asked_for() {
    let known = world::settings(&Telephone);
    assert_eq!(Telephone.write(&known, &world::reminder(Channel::Telephone)), Err(Unwritable::WrongAddress));
    for (provider, needs) in [("generic", false), ("uis", false), ("twilio", true), ("zadarma", true), ("mango", true)] {
        let mut typed = settings(provider).to_store();
        typed.remove("key");
        let faulty = Telephone.check_settings(&Settings::read(&FIELDS, &typed, None).unwrap());
        assert_eq!(faulty.is_err(), needs, "{provider}");
    }
    let template: serde_json::Value = serde_json::from_str(uis::TEMPLATE).unwrap();
    assert_eq!(template["call_session_id"], "{{call_session_id}}");
}
