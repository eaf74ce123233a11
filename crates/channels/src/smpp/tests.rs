//! Units over the files in `fixtures/sms/centre`, and receipts in the words of several vendors.

use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::world::file;
use crate::{Became, Trouble};
use clinic::actors::Channel;

fn octets(name: &str) -> Vec<u8> {
    let text = String::from_utf8(file(Channel::Sms, "centre", name)).unwrap();
    hex::decode(text.split_whitespace().collect::<String>()).unwrap()
}

fn unit(name: &str) -> Unit {
    let mut stream = octets(name);
    let unit = Frame::cut(&mut stream).unwrap().unwrap().read().unwrap();
    assert!(stream.is_empty(), "{name}");
    unit
}

fn party(kind: u8, plan: u8, number: &str) -> Party {
    Party { kind, plan, number: number.to_owned() }
}

#[test]
fn every_unit_in_the_files_is_read_and_written_to_the_octet() {
    let submitted = |more: Vec<(u16, Vec<u8>)>| ShortMessage {
        from: party(5, 0, "SmileDent"),
        to: party(1, 1, "447700900123"),
        receipt: 1,
        text: b"Tomorrow at 10:30".to_vec(),
        more,
        ..ShortMessage::default()
    };
    let delivered = |class: u8, text: &[u8], more: Vec<(u16, Vec<u8>)>| ShortMessage {
        from: party(1, 1, "447700900123"),
        to: party(0, 1, "61234"),
        class,
        text: text.to_vec(),
        more,
        ..ShortMessage::default()
    };
    let table = [
        (
            "bind_transceiver.hex",
            0,
            1,
            Command::Bind {
                role: Role::Transceiver,
                bind: Bind { user: "clinic7".to_owned(), password: "s3cretpw".to_owned(), kind: String::new(), version: 0x34 },
            },
        ),
        ("bind_refused.hex", 0x0E, 1, Command::BindAnswer { role: Role::Transceiver, centre: String::new() }),
        ("submit.hex", 0, 2, Command::Submit(submitted(Vec::new()))),
        (
            "submit_numbered_part.hex",
            0,
            20,
            Command::Submit(submitted(vec![
                (field::SAR_REFERENCE, vec![0, 0xA7]),
                (field::SAR_TOTAL, vec![2]),
                (field::SAR_NUMBER, vec![1]),
            ])),
        ),
        ("submit_answer.hex", 0, 2, Command::SubmitAnswer { id: "7B3F00A1".to_owned(), congestion: 0 }),
        ("submit_answer_of_a_busy_centre.hex", 0, 2, Command::SubmitAnswer { id: "7B3F00A1".to_owned(), congestion: 95 }),
        ("deliver_stop.hex", 0, 901, Command::Deliver(delivered(0, b"STOP", Vec::new()))),
        (
            "deliver_receipt.hex",
            0,
            900,
            Command::Deliver(delivered(
                4,
                b"id:7B3F00A1 sub:001 dlvrd:001 submit date:2611231015 done date:2611231016 stat:DELIVRD err:000 text:Tomorrow",
                vec![(field::RECEIPTED_ID, b"7B3F00A1\0".to_vec()), (field::STATE, vec![2])],
            )),
        ),
        ("deliver_answer.hex", 0, 900, Command::DeliverAnswer),
        ("enquire_link.hex", 0, 30, Command::EnquireLink),
        ("nack.hex", 3, 31, Command::Nack),
        ("unbind.hex", 0, 32, Command::Unbind),
    ];
    for (name, status, sequence, command) in &table {
        let expected = Unit { status: *status, sequence: *sequence, command: command.clone() };
        assert!(unit(name) == expected, "{name}");
        // an empty name stands in no refusal
        if !name.contains("refused") {
            assert_eq!(hex::encode(expected.write()), hex::encode(octets(name)), "{name}");
        }
    }
    let rows: Vec<&str> = table.iter().map(|(name, ..)| *name).chain(["bind_answer_of_5_0.hex", "receipts.txt"]).collect();
    crate::world::expect_a_row_for_each_file(Channel::Sms, "centre", &rows);
    // what a centre of 5.0 adds is passed over
    assert!(matches!(unit("bind_answer_of_5_0.hex").command, Command::BindAnswer { centre, .. } if centre == "SMSC01"));
}

#[test]
fn a_frame_waits_for_its_end_and_one_that_cannot_be_ends_the_session() {
    let whole = octets("submit.hex");
    let mut stream = Vec::new();
    for octet in &whole[..whole.len() - 1] {
        stream.push(*octet);
        assert!(matches!(Frame::cut(&mut stream), Ok(None)));
    }
    stream.push(whole[whole.len() - 1]);
    stream.extend([0, 0]);
    assert!(Frame::cut(&mut stream).unwrap().is_some());
    assert_eq!(stream, [0, 0]);
    for length in [0_u32, 15, 70_001, u32::MAX] {
        let mut stream = length.to_be_bytes().to_vec();
        assert_eq!(Frame::cut(&mut stream).err(), Some(Malformed { at: "command_length" }));
    }
    // a text without its last nought, as some centres write the name of a message
    let mut bare = Unit { status: 0, sequence: 7, command: Command::SubmitAnswer { id: "17".to_owned(), congestion: 0 } }.write();
    bare.pop();
    bare[3] -= 1;
    let unit = Frame::cut(&mut bare).unwrap().unwrap().read().unwrap();
    assert!(matches!(unit.command, Command::SubmitAnswer { id, .. } if id == "17"));
}

fn told(text: &str, class: u8) -> Option<Receipt> {
    receipt(&ShortMessage { class, text: text.as_bytes().to_vec(), ..ShortMessage::default() })
}

#[test]
fn a_receipt_is_read_from_the_words_of_every_vendor() {
    let text = String::from_utf8(file(Channel::Sms, "centre", "receipts.txt")).unwrap();
    let failed = |code: &str, why| Some(Became::Failed { code: code.to_owned(), why });
    let expected = [
        ("7B3F00A1", Some(Became::Delivered)),
        ("2067726497", failed("EXPIRED 027", Trouble::Unreachable)),
        ("7B3F00A3", failed("UNDELIV 001", Trouble::Unreachable)),
        ("7B3F00A4", failed("REJECTD 069", Trouble::Policy)),
        // in small letters, without dates
        ("17", Some(Became::Delivered)),
        ("18", None),
        ("19", Some(Became::Sent)),
        ("20", failed("DELETED", Trouble::Other)),
        // of a state that nobody has named yet
        ("21", None),
    ];
    assert_eq!(text.lines().count(), expected.len());
    for (line, (id, became)) in text.lines().zip(expected) {
        let receipt = told(line, 4).unwrap();
        assert_eq!((receipt.id.as_str(), receipt.became()), (id, became), "{line}");
    }
    // words of a patient are no receipt, whatever they say
    assert!(told("id:1 stat:DELIVRD", 0).is_none());
    // the optional fields go before the words
    let more = vec![(field::RECEIPTED_ID, b"00AB\0".to_vec()), (field::STATE, vec![5])];
    let receipt = receipt(&ShortMessage { text: b"id:1 stat:DELIVRD".to_vec(), more, ..ShortMessage::default() }).unwrap();
    assert_eq!((receipt.id.as_str(), receipt.state), ("AB", State::Undeliverable));
}

#[test]
fn the_same_message_is_known_in_hexadecimal_in_decimal_and_behind_noughts() {
    let mut known = Known::default();
    known.remember("7B3F00A1", "msg_1", "4477");
    known.remember("0000000042", "msg_2", "4477");
    known.remember("100", "msg_3", "4477");
    for (id, from, ours) in [
        ("7B3F00A1", "4477", Some("msg_1")),
        ("2067726497", "4477", Some("msg_1")),
        // another patient's number, written alike by chance
        ("2067726497", "4478", None),
        ("42", "4477", Some("msg_2")),
        ("64", "4477", Some("msg_3")),
        ("64", "9999", None),
        ("65", "4477", None),
    ] {
        assert_eq!(known.find(&plain(id), from), ours, "{id}");
    }
    assert_eq!((plain("007b3f"), plain("0000"), plain(" 7B ")), ("7B3F".to_owned(), "0000".to_owned(), "7B".to_owned()));
    assert_eq!(aliases("2067726497"), ["7B3F00A1", "139174503575"]);
    assert_eq!(aliases("100"), Vec::<String>::new());
    for number in 0..20_001 {
        known.remember(&format!("X{number}"), "msg_4", "4477");
    }
    assert_eq!(known.find("42", "4477"), None, "the oldest are forgotten");
}

fn short_message() -> impl Strategy<Value = ShortMessage> {
    let text = "[ -~]{0,20}";
    let octets = || proptest::collection::vec(any::<u8>(), 0..255);
    let more = proptest::collection::vec((any::<u16>(), proptest::collection::vec(any::<u8>(), 0..300)), 0..4);
    ((text, text, text, any::<[u8; 10]>()), octets(), more).prop_map(|((service, from, to, numbers), text, more)| {
        let [from_kind, from_plan, to_kind, to_plan, class, protocol, receipt, coding, priority, canned] = numbers;
        let (from, to) = (party(from_kind, from_plan, &from), party(to_kind, to_plan, &to));
        ShortMessage { service, from, to, class, protocol, priority, receipt, coding, canned, text, more, ..ShortMessage::default() }
    })
}

proptest! {
    #[test]
    fn any_octets_are_read_or_refused(octets in proptest::collection::vec(any::<u8>(), 0..600), command in 0_u32..0x20, answer in any::<bool>()) {
        let length = u32::try_from(octets.len() + 16).unwrap();
        let command = command | if answer { 0x8000_0000 } else { 0 };
        let head = [length, command, 0, 1].map(u32::to_be_bytes).concat();
        let mut framed = [&head[..], &octets].concat();
        if let Ok(unit) = Frame::cut(&mut framed).unwrap().unwrap().read() {
            if let Command::Deliver(message) = &unit.command {
                let _receipt = receipt(message);
            }
            drop(unit.write());
        }
        let mut torn = octets;
        while let Ok(Some(frame)) = Frame::cut(&mut torn) {
            drop(frame.read());
        }
    }

    #[test]
    fn what_is_written_is_read_back(message in short_message(), sequence in 1_u32..0x7FFF_FFFF, status in any::<u32>()) {
        for command in [Command::Submit(message.clone()), Command::Deliver(message.clone())] {
            let unit = Unit { status, sequence, command };
            let mut stream = unit.write();
            prop_assert!(Frame::cut(&mut stream).unwrap().unwrap().read().unwrap() == unit);
            prop_assert!(stream.is_empty());
        }
    }

    #[test]
    fn a_session_bears_any_octets_and_answers_each_message_once(chunks in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..80), 0..12)) {
        let manner = Manner { role: Role::Transceiver, user: "u".to_owned(), password: kernel::Secret::new("p"), kind: String::new(), window: 2, rate: 1000 };
        let (mut session, mut steps) = Session::begin(manner, Duration::ZERO);
        let bound = Unit { status: 0, sequence: 1, command: Command::BindAnswer { role: Role::Transceiver, centre: String::new() } };
        steps.extend(session.received(&bound.write(), Duration::ZERO));
        for (at, chunk) in (0_u64..).zip(&chunks) {
            let now = Duration::from_millis(at * 700);
            steps.extend(session.submit(at, ShortMessage::default(), (now, Duration::from_secs(8))));
            steps.extend(session.received(chunk, now));
            steps.extend(session.tick(now));
        }
        steps.extend(session.broke());
        for at in (0_u64..).take(chunks.len()) {
            let settled = |step: &&Step| matches!(step, Step::Answered { ticket, .. } if *ticket == at);
            prop_assert_eq!(steps.iter().filter(settled).count(), 1);
        }
        prop_assert_eq!(steps.iter().filter(|step| matches!(step, Step::Ended(_))).count(), 1);
    }
}
