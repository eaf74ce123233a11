//! What leaves to a centre, what its answers mean, and what is made of what it says: whole, in parts, twice.

use std::time::Duration;

use clinic::actors::Channel;
use kernel::Timestamp;

use super::{Sms, centre};
use crate::smpp::{Party, ShortMessage, field};
use crate::world::{self, MONDAY, plain, reminder, told};
use crate::{
    Answer, Binding, CentreAnswer, Connector, Errand, Fetched, HeardMessage, Letter, NotSent, Outgoing, PollTrouble, Polled, Security,
    Sending, SettingWrong, Settings, Trouble,
};

fn with(more: &[(&str, &str)]) -> Settings {
    let mut typed = world::settings(&Sms).to_store();
    typed.remove("server");
    let own = [("provider", "smpp"), ("host", "smsc.example"), ("user", "clinic7"), ("key", "s3cretpw"), ("sender", "SmileDent")];
    for (name, value) in own.iter().chain(more) {
        typed.insert((*name).to_owned(), (*value).to_owned());
    }
    Settings::read(Sms.settings(), &typed, None).unwrap()
}

fn submitted(settings: &Settings, message: &Outgoing) -> Vec<ShortMessage> {
    let one = |letter: Letter| match letter {
        Letter::Centre(letter) => match letter.errand {
            Errand::Submit { ours, message: submitted } => {
                assert_eq!(ours, message.id.to_string());
                submitted
            }
            Errand::Check | Errand::Listen { .. } => panic!("not a message"),
        },
        other => panic!("not to a centre: {other:?}"),
    };
    Sms.write(settings, message).unwrap().into_iter().map(one).collect()
}

#[test]
fn a_message_leaves_in_the_alphabet_and_the_parts_that_the_centre_takes() {
    let short = submitted(&with(&[]), &plain(Channel::Sms, "Tomorrow at 10:30 {€}")).remove(0);
    assert_eq!((short.coding, short.class, short.receipt, short.more.len()), (0, 0, 1, 0));
    assert_eq!(hex::encode(&short.text[17..]), "201b281b651b29");
    assert!(short.to == Party { kind: 1, plan: 1, number: "36301234567".to_owned() });
    for (sender, kind, plan, number) in
        [("SmileDent", 5, 0, "SmileDent"), ("+36701234567", 1, 1, "36701234567"), ("61234", 3, 0, "61234"), ("", 0, 0, "")]
    {
        let from = submitted(&with(&[("sender", sender)]), &plain(Channel::Sms, "x")).remove(0).from;
        assert!(from == Party { kind, plan, number: number.to_owned() }, "{sender}");
    }
    let long = plain(Channel::Sms, &"я".repeat(100));
    let by_header = submitted(&with(&[]), &long);
    let heads: Vec<_> = by_header.iter().map(|part| (part.class, part.coding, part.text[..3].to_vec(), part.text[4..6].to_vec())).collect();
    assert_eq!(heads, [(0x40, 8, vec![5, 0, 3], vec![2, 1]), (0x40, 8, vec![5, 0, 3], vec![2, 2])]);
    assert_eq!((by_header[0].text[3], by_header[0].text.len()), (by_header[1].text[3], 140));
    let by_numbers = submitted(&with(&[("joining", "numbers")]), &long);
    let numbers: Vec<_> = by_numbers.iter().map(|part| (part.more(field::SAR_TOTAL), part.more(field::SAR_NUMBER))).collect();
    assert_eq!(numbers, [(Some(&[2][..]), Some(&[1][..])), (Some(&[2][..]), Some(&[2][..]))]);
    assert_eq!(by_numbers[0].more(field::SAR_REFERENCE), by_numbers[1].more(field::SAR_REFERENCE));
    let at_once = submitted(&with(&[("joining", "payload")]), &long);
    assert_eq!((at_once.len(), at_once[0].text.len(), at_once[0].words().len()), (1, 0, 200));
}

#[test]
fn the_settings_of_a_centre_are_read_and_checked() {
    let Some(Letter::Centre(letter)) = Sms.check(&with(&[])) else { panic!("a centre is asked") };
    let known = &letter.centre;
    assert_eq!((known.port, known.security, known.binding, known.window, known.rate), (2_775, Security::Tls, Binding::One, 10, 10));
    assert_eq!(format!("{letter:?}"), "CentreLetter(smsc.example:2775 Tls, check)");
    let other = centre::centre(&with(&[("port", "3550"), ("security", "none"), ("binding", "pair"), ("window", "50"), ("rate", "100")]));
    assert_eq!((other.port, other.security, other.binding, other.window, other.rate), (3_550, Security::None, Binding::Pair, 50, 100));
    for (name, value, wrong) in
        [("host", "", SettingWrong::Missing), ("user", "", SettingWrong::Missing), ("host", "a b", SettingWrong::WrongForm)]
    {
        let fault = Sms.check_settings(&with(&[(name, value)])).unwrap_err();
        assert_eq!((fault.field.as_str(), fault.wrong), (name, wrong));
    }
    assert!(!Sms.is_called(&with(&[])) && Sms.keeps_a_line(&with(&[])) && Sms.balance(&with(&[])).is_none());
    assert!(Sms.rests(&with(&[])).is_zero(), "a line is listened on without a pause");
}

#[test]
fn every_answer_of_a_centre_has_its_outcome() {
    let letter = Sms.write(&with(&[]), &reminder(Channel::Sms)).unwrap().remove(0);
    let outcome = |answer: CentreAnswer| Sms.read_answer(&letter, &Answer::Centre(answer));
    assert_eq!(outcome(CentreAnswer::Taken { id: "007b3f".to_owned() }), Sending::Accepted { ids: vec!["7B3F".to_owned()] });
    let refused = |code: &str, why| Sending::Refused { code: code.to_owned(), why };
    let later = |seconds, why| Sending::Later { after: Duration::from_secs(seconds), why };
    for (status, expected) in [
        (0x58, later(5, Trouble::TooFast)),
        (0x14, later(5, Trouble::TooFast)),
        (0x08, later(60, Trouble::Overloaded)),
        (0x45, later(60, Trouble::Overloaded)),
        (0x64, later(60, Trouble::Overloaded)),
        (0xFE, later(60, Trouble::Overloaded)),
        (0x01, refused("0x01", Trouble::TooLong)),
        (0x0B, refused("0x0B", Trouble::NoSuchRecipient)),
        (0x0A, Sending::AccountBroken { code: "0x0A".to_owned(), why: Trouble::Policy }),
        (0x66, refused("0x66", Trouble::Policy)),
        (0x65, refused("0x65", Trouble::Other)),
        (0x400, refused("0x400", Trouble::Other)),
    ] {
        assert_eq!(outcome(CentreAnswer::Refused { status }), expected, "{status:#X}");
    }
    let broken = Sending::AccountBroken { code: "0x0E".to_owned(), why: Trouble::Unauthorized };
    assert_eq!(outcome(CentreAnswer::NotBound { status: 0x0E }), broken);
    assert_eq!(outcome(CentreAnswer::NotBound { status: 0x05 }), later(30, Trouble::PolledElsewhere));
    assert_eq!(Sms.read_answer(&letter, &Answer::Broken), Sending::Uncertain);
    assert_eq!(Sms.read_answer(&letter, &Answer::NotSent(NotSent::Tls)), Sending::not_sent(NotSent::Tls));
    let check = |answer| Sms.read_check(&Answer::Centre(answer));
    assert_eq!(check(CentreAnswer::Bound { centre: "SMSC01".to_owned() }).unwrap().name, "SMSC01");
    assert_eq!(check(CentreAnswer::NotBound { status: 0x0D }), Err(Trouble::Unauthorized));
}

/// The batch before this one.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    /// It was acknowledged to the centre.
    Stored,
    Open,
}

/// A place to listen from, from one batch to the next.
struct Ear {
    cursor: Option<String>,
    now: Timestamp,
    batches: u32,
}

impl Ear {
    fn open() -> Self {
        Self { cursor: None, now: MONDAY, batches: 0 }
    }

    fn hears(&mut self, last: Last, messages: &[ShortMessage]) -> Polled {
        self.batches += 1;
        let stored = last == Last::Stored;
        let batch = if messages.is_empty() { String::new() } else { format!("b{}", self.batches) };
        let messages = messages.iter().map(|message| HeardMessage { message: message.clone(), ours: None }).collect();
        let answer = Answer::Centre(CentreAnswer::Heard { batch, stored, messages });
        let fetched = Fetched { cursor: self.cursor.as_deref(), answer: &answer, received_at: self.now };
        let polled = Sms.read_poll(&with(&[]), &fetched).unwrap();
        if polled.cursor.is_some() {
            self.cursor.clone_from(&polled.cursor);
        }
        polled
    }

    fn told(&mut self, last: Last, messages: &[ShortMessage]) -> Vec<String> {
        told(&self.hears(last, messages).arrivals)
    }
}

fn heard(coding: u8, class: u8, text: &[u8]) -> ShortMessage {
    let from = Party { kind: 1, plan: 1, number: "36301234567".to_owned() };
    let to = Party { kind: 3, plan: 0, number: "61234".to_owned() };
    ShortMessage { from, to, coding, class, text: text.to_vec(), ..ShortMessage::default() }
}

#[test]
fn words_are_read_in_whatever_alphabet_they_come() {
    let ucs2 = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let table = [
        (heard(0, 0, &[0x48, 0x69, 0x21, 0x1B, 0x65]), "Hi!€"),
        (heard(8, 0, &ucs2("Приду 😀")), "Приду 😀"),
        (heard(0x18, 0, &ucs2("می‌آیم")), "می‌آیم"),
        (heard(3, 0, &[0xE9, 0x6E]), "én"),
        (heard(1, 0, b"[x] _@"), "[x] _@"),
        (heard(1, 0, &[0x48, 0x69, 0x1B, 0x65, 0x05]), "Hi€é"),
        (heard(0xF1, 0, b"STOP"), "STOP"),
        (heard(4, 0, &[1, 2, 3]), "Other \"\""),
        (ShortMessage { more: vec![(field::PAYLOAD, b"STOP".to_vec())], ..heard(0, 0, b"") }, "STOP"),
        // a header of something else than parts
        (heard(0, 0x40, b"\x04\x05\x02\x0b\x84STOP"), "STOP"),
    ];
    for (message, words) in table {
        assert_eq!(Ear::open().told(Last::Open, &[message]), [words]);
    }
    // an advertiser with a name: nobody can answer it
    let named = ShortMessage { from: Party { kind: 5, plan: 0, number: "Bolt".to_owned() }, ..heard(0, 0, b"Sale!") };
    assert!(Ear::open().told(Last::Open, &[named]).is_empty());
    assert_eq!(Ear::open().hears(Last::Open, &[heard(0, 0x40, b"\x09\x00")]).unread, 1);
}

#[test]
fn the_parts_of_a_long_message_are_joined_in_their_order_whenever_they_come() {
    let by_header = |number: u8, text: &str| heard(0, 0x40, &[&[5, 0, 3, 7, 3, number][..], text.as_bytes()].concat());
    let mut ear = Ear::open();
    assert!(ear.told(Last::Open, &[by_header(3, "Friday?"), by_header(1, "Is there ")]).is_empty());
    // the centre did not hear our acknowledgement and says a part again
    assert!(ear.told(Last::Open, &[by_header(1, "Is there ")]).is_empty());
    assert_eq!(ear.told(Last::Stored, &[by_header(2, "an hour on ")]), ["Is there an hour on Friday?"]);
    assert!(ear.told(Last::Open, &[by_header(2, "an hour on ")]).is_empty(), "nor is it heard twice when it was whole");

    let by_numbers = |number: u8, text: &str| {
        let more = vec![(field::SAR_REFERENCE, vec![1, 7]), (field::SAR_TOTAL, vec![2]), (field::SAR_NUMBER, vec![number])];
        ShortMessage { more, ..heard(0, 0, text.as_bytes()) }
    };
    assert_eq!(Ear::open().told(Last::Open, &[by_numbers(2, "late"), by_numbers(1, "I am ")]), ["I am late"]);
    let wide = |number: u8, text: &str| heard(0, 0x40, &[&[6, 8, 4, 1, 7, 2, number][..], text.as_bytes()].concat());
    assert_eq!(Ear::open().told(Last::Open, &[wide(1, "I am "), wide(2, "ill")]), ["I am ill"]);

    // what never becomes whole is shown as far as it came
    let mut ear = Ear::open();
    assert!(ear.told(Last::Open, &[by_header(3, "Friday?"), by_header(1, "Is there ")]).is_empty());
    ear.now = MONDAY + Duration::from_mins(59);
    assert!(ear.told(Last::Stored, &[]).is_empty());
    ear.now = MONDAY + Duration::from_hours(1);
    assert_eq!(ear.told(Last::Open, &[]), ["Is there Friday?"]);
    assert!(ear.told(Last::Open, &[]).is_empty());
}

#[test]
fn what_a_centre_says_again_is_heard_once_and_what_a_patient_says_again_twice() {
    let yes = heard(0, 0, b"yes");
    let mut ear = Ear::open();
    assert_eq!(ear.told(Last::Open, std::slice::from_ref(&yes)), ["yes"]);
    assert!(ear.told(Last::Open, std::slice::from_ref(&yes)).is_empty(), "the line broke before it was acknowledged");
    assert!(ear.told(Last::Stored, &[]).is_empty());
    ear.now = MONDAY + Duration::from_mins(5);
    let again = ear.hears(Last::Open, std::slice::from_ref(&yes)).arrivals;
    assert_eq!(told(&again), ["yes"], "it was acknowledged, so it is said anew");
    let twice = Ear::open().hears(Last::Open, &[yes.clone(), yes.clone()]).arrivals;
    assert_eq!((twice.len(), twice[0].repeat_key == twice[1].repeat_key), (2, false));
    // the program died before the place was kept: the same news under the same name
    assert_eq!(Ear::open().hears(Last::Open, std::slice::from_ref(&yes)).arrivals, Ear::open().hears(Last::Open, &[yes]).arrivals);
}

#[test]
fn a_receipt_moves_the_message_that_it_names_however_it_names_it() {
    let receipt = |id: &str, state: &str| heard(0, 4, format!("id:{id} stat:{state} err:000 text:").as_bytes());
    assert_eq!(Ear::open().told(Last::Open, &[receipt("007B3F", "DELIVRD")]), ["7B3F: Delivered"]);
    assert_eq!(Ear::open().told(Last::Open, &[receipt("17", "UNDELIV")]), ["17: Failed { code: \"UNDELIV 000\", why: Unreachable }"]);
    assert!(Ear::open().told(Last::Open, &[receipt("17", "ENROUTE")]).is_empty());
    // a long number that nobody remembers may be the same in hexadecimal
    let told_of = Ear::open().told(Last::Open, &[receipt("2067726497", "DELIVRD")]);
    assert_eq!(told_of[..2], ["2067726497: Delivered", "7B3F00A1: Delivered"]);
    let ours = world::message_id(1).to_string();
    let messages = vec![HeardMessage { message: receipt("17", "DELIVRD"), ours: Some(ours.clone()) }];
    let answer = Answer::Centre(CentreAnswer::Heard { batch: "b".to_owned(), stored: false, messages });
    let polled = Sms.read_poll(&with(&[]), &Fetched { cursor: None, answer: &answer, received_at: MONDAY }).unwrap();
    assert_eq!(told(&polled.arrivals), [format!("17 ({ours}): Delivered")]);
}

#[test]
fn the_place_to_go_on_from_names_the_batch_that_is_stored() {
    let mut ear = Ear::open();
    assert_eq!(ear.hears(Last::Open, &[]).cursor, None, "nothing was heard");
    ear.hears(Last::Open, &[heard(0, 0, b"yes")]);
    let Some(Letter::Centre(letter)) = Sms.poll(&with(&[]), ear.cursor.as_deref()) else { panic!("a line is listened on") };
    assert!(letter.errand == Errand::Listen { taken: "b2".to_owned() });
    let answer = Answer::Centre(CentreAnswer::NotBound { status: 0x0E });
    let trouble = Sms.read_poll(&with(&[]), &Fetched { cursor: None, answer: &answer, received_at: MONDAY });
    assert_eq!(trouble, Err(PollTrouble::AccountBroken { why: Trouble::Unauthorized }));
}
