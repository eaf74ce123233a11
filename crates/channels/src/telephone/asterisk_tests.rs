//! What Asterisk tells over its line, and what it is asked.

use super::tests::settings;
use super::*;
use crate::exchange::Dialect;
use crate::world::{MONDAY, told};
use crate::{ExchangeAnswer, ExchangeErrand};

fn line(provider: &str) -> Settings {
    let mut typed = settings(provider).to_store();
    let more = [("server", "https://pbx.example:8089"), ("host", "pbx.example"), ("user", "clinic")];
    typed.extend(more.map(|(name, value)| (name.to_owned(), value.to_owned())));
    Settings::read(&FIELDS, &typed, None).unwrap()
}

fn heard(provider: &str, news: Vec<String>) -> Vec<String> {
    let answer = Answer::Exchange(ExchangeAnswer::Heard { batch: "b1".to_owned(), told: news });
    let fetched = Fetched { cursor: None, answer: &answer, received_at: MONDAY };
    let polled = Telephone.read_poll(&line(provider), &fetched).unwrap();
    assert_eq!(polled.cursor.as_deref(), Some("b1"));
    told(&polled.arrivals)
}

fn file(name: &str) -> String {
    let path = format!("{}/fixtures/telephone/line/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn blocks(name: &str) -> Vec<String> {
    file(name).split("\r\n\r\n").filter(|block| !block.is_empty()).map(str::to_owned).collect()
}

#[test]
fn what_ami_tells_is_one_call_whatever_its_legs_do() {
    let call = "1795428900.42 in +36301234567 3612345678:";
    let ended = |why: &str| format!("Ended {{ unspoken: Some({why}), talk: None, lasted: None }}");
    let taken = "1795428900.42   : Taken { by: \"101\" }".to_owned();
    let table = [
        ("ami-answered.txt", vec![format!("{call} Rings"), taken, format!("{call} {}", ended("Missed"))]),
        ("ami-missed.txt", vec![format!("{call} Rings"), format!("{call} {}", ended("Missed"))]),
        (
            "ami-out-busy.txt",
            vec!["1795428910.50 out 06301234567 : Rings".to_owned(), format!("1795428910.50 out 06301234567 : {}", ended("Busy"))],
        ),
        // withheld; between colleagues, which is nobody's business; and what we have asked for
        (
            "ami-others.txt",
            vec!["1795428920.60 in  3612345678: Rings".to_owned(), "caredesk-36301234567-call17 out +36301234567 : Rings".to_owned()],
        ),
    ];
    for (name, expected) in table {
        assert_eq!(heard("ami", blocks(name)), expected, "{name}");
    }
    assert!(heard("ami", vec!["Event: Hangup".to_owned(), String::new(), "x".to_owned()]).is_empty());
}

#[test]
fn what_ari_tells_is_one_call() {
    let call = "1795428900.42 in +36301234567 3612345678:";
    let events: Vec<String> = file("ari-events.json").lines().map(str::to_owned).collect();
    // as the line passes them on
    let passed = [0, 3, 5, 7, 8].map(|at: usize| events[at].clone()).to_vec();
    let expected = [
        format!("{call} Rings"),
        "1795428900.42   : Taken { by: \"101\" }".to_owned(),
        format!("{call} Ended {{ unspoken: Some(Missed), talk: None, lasted: None }}"),
        "1795428940.80 in +36209876543 3612345678: Rings".to_owned(),
        "1795428940.80 in +36209876543 3612345678: Ended { unspoken: Some(Refused), talk: None, lasted: None }".to_owned(),
    ];
    assert_eq!(heard("ari", passed), expected);
}

#[test]
fn asterisk_is_asked_over_its_line_or_over_http() {
    let Some(Letter::Exchange(letter)) = Telephone.ring(&line("ami"), &crate::world::dial()) else { panic!("not over the line") };
    let ExchangeErrand::Ring(originate) = letter.errand else { panic!("no ring") };
    let asked = (originate.from.as_str(), originate.to.as_str(), originate.context.as_str(), originate.name.as_str());
    assert_eq!(asked, ("PJSIP/101", "447700900123", "from-internal", "caredesk-447700900123-call17"));
    assert_eq!((letter.exchange.dialect, letter.exchange.host.as_str(), letter.exchange.port), (Dialect::Ami, "pbx.example", 5039));
    let ring = Telephone.ring(&line("ari"), &crate::world::dial()).unwrap();
    assert_eq!(
        crate::world::url(&ring),
        "https://pbx.example:8089/ari/channels?endpoint=PJSIP%2F101&extension=447700900123&context=from-internal&priority=1\
         &callerId=447700900123&channelId=caredesk-447700900123-call17&timeout=30"
    );
    let answered = |body: &str| Telephone.read_answer(&ring, &crate::world::http(200, body.as_bytes()));
    assert_eq!(answered(r#"{"id":"caredesk-447700900123-call17"}"#), Sending::Accepted { ids: Vec::new() });
    assert_eq!(answered(r#"{"id":"another"}"#), Sending::Uncertain);
    let Some(Letter::Exchange(letter)) = Telephone.poll(&line("ari"), Some("b7")) else { panic!("not over the line") };
    assert!(matches!(letter.errand, ExchangeErrand::Listen { taken } if taken == "b7"));
    assert_eq!((letter.exchange.host.as_str(), letter.exchange.port), ("pbx.example", 8089));
}

#[test]
fn a_readable_line_leads_only_to_this_very_machine() {
    for (host, security, good) in [("pbx.example", "tls", true), ("pbx.example", "none", false), ("127.0.0.1", "none", true)] {
        let mut typed = line("ami").to_store();
        typed.extend([("host", host), ("security", security)].map(|(name, value)| (name.to_owned(), value.to_owned())));
        let known = Settings::read(&FIELDS, &typed, None).unwrap();
        assert_eq!(Telephone.check_settings(&known).is_ok(), good, "{host} {security}");
    }
}

#[test]
fn a_line_that_does_not_stand_says_why() {
    let why = |answer: Answer| {
        let fetched = Fetched { cursor: None, answer: &answer, received_at: MONDAY };
        Telephone.read_poll(&line("ami"), &fetched).map(|polled| polled.arrivals.len()).map_err(Trouble::from)
    };
    assert_eq!(why(Answer::Exchange(ExchangeAnswer::NotLetIn)), Err(Trouble::Unauthorized));
    assert_eq!(why(Answer::NotSent(crate::NotSent::Refused)), Err(Trouble::Refused));
    assert_eq!(why(Answer::Exchange(ExchangeAnswer::Heard { batch: String::new(), told: vec![] })), Ok(0));
    assert!(why(Answer::Broken).is_err());
}
