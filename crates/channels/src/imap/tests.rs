//! What servers say, and what they cannot make us say.

use proptest::prelude::*;

use super::*;

fn answers(octets: &[u8]) -> Vec<Response> {
    let mut frames = Frames::default();
    frames.received(octets);
    std::iter::from_fn(|| frames.whole().unwrap()).collect()
}

fn mail(uid: u32, octets: &[u8]) -> Untagged {
    Untagged::Mail { uid, size: None, arrived: None, octets: Some(octets.to_vec()) }
}

#[test]
fn what_a_server_says_is_read() {
    let found = |line: &str| answers(line.as_bytes()).remove(0).untagged();
    for (line, expected) in [
        ("* 173 EXISTS\r\n", Untagged::Exists),
        ("* OK [UIDVALIDITY 3857529045] UIDs valid\r\n", Untagged::Validity(3_857_529_045)),
        ("* OK [UIDNEXT 4392] Predicted next UID\r\n", Untagged::Next(4_392)),
        ("* SEARCH 4392 4395\r\n", Untagged::Found(vec![4_392, 4_395])),
        ("* SEARCH\r\n", Untagged::Found(vec![])),
        ("* CAPABILITY IMAP4rev1 idle UIDPLUS\r\n", Untagged::Capabilities(["IMAP4REV1", "IDLE", "UIDPLUS"].map(str::to_owned).to_vec())),
        ("* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n", Untagged::Capabilities(vec!["IMAP4REV1".to_owned(), "IDLE".to_owned()])),
        ("* BYE [ALERT] going down\r\n", Untagged::Status(Status::Bye)),
        ("* PREAUTH hello\r\n", Untagged::Status(Status::PreAuth)),
        ("* FLAGS (\\Answered \\Seen)\r\n", Untagged::Other),
        ("* 4 FETCH (FLAGS ())\r\n", Untagged::Other),
        (
            "* 173 FETCH (UID 4392 RFC822.SIZE 1042 INTERNALDATE \"23-Nov-2026 11:02:11 +0000\")\r\n",
            Untagged::Mail { uid: 4_392, size: Some(1_042), arrived: Some("23-Nov-2026 11:02:11 +0000".to_owned()), octets: None },
        ),
        ("* 1 FETCH (UID 7 BODY[]<0> {7}\r\nSay (\"x FLAGS (\\Seen))\r\n", mail(7, b"Say (\"x")),
        ("* 1 FETCH (BODY[] \"a\\\"b\" UID 7)\r\n", mail(7, b"a\"b")),
    ] {
        assert!(found(line) == expected, "{line}");
    }
}

#[test]
fn a_command_ends_with_its_own_tag_and_a_code() {
    let said = answers(b"a1 OK done\r\na2 NO [AUTHENTICATIONFAILED] for vera@example.org\r\n+ idling\r\na10 OK [X]\r\n");
    let ends: Vec<_> = said.iter().map(|answer| (answer.ends("a1"), answer.ends("a2"), answer.goes_on())).collect();
    assert_eq!(ends, [(Some(Status::Ok), None, false), (None, Some(Status::No), false), (None, None, true), (None, None, false)]);
    assert_eq!(said[1].code().as_deref(), Some("AUTHENTICATIONFAILED"));
    assert_eq!(said[0].code(), None);
}

#[test]
fn nothing_that_is_typed_in_says_a_second_command() {
    let text = |command: Command<'_>| command.text();
    assert_eq!(text(Command::LogIn { user: "a\"b\\", password: "пароль" }).as_deref(), Some("LOGIN \"a\\\"b\\\\\" \"пароль\""));
    assert_eq!(text(Command::LogIn { user: "a\r\nb", password: "x" }), None);
    assert_eq!(text(Command::Examine { folder: "Входящие & co" }).as_deref(), Some("EXAMINE \"&BBIERQQ+BDQETwRJBDgENQ- &- co\""));
    assert_eq!(text(Command::SearchAbove(4_391)).as_deref(), Some("UID SEARCH UID 4392:*"));
    assert_eq!(text(Command::FetchSizes(&[1, 7])).as_deref(), Some("UID FETCH 1,7 (UID RFC822.SIZE INTERNALDATE)"));
}

#[test]
fn a_batch_holds_what_can_be_stored_at_once_and_always_one() {
    assert_eq!(batch(vec![(9, 10), (7, 10), (7, 10)]), [7, 9]);
    assert_eq!(batch(vec![(1, 4_000_000_000), (2, 4_000_000_000)]), [1]);
    assert_eq!(batch((0..100).map(|uid| (uid, 1)).collect()).len(), MOST_AT_ONCE);
    assert_eq!(batch(Vec::new()), [0_u32; 0]);
}

#[test]
fn who_announces_more_than_a_mail_is_not_waited_for() {
    let mut frames = Frames::default();
    frames.received(b"* 1 FETCH (BODY[] {4000000000}\r\n");
    assert!(frames.whole() == Err(TooLong));
}

proptest! {
    #[test]
    fn answers_are_the_same_however_the_octets_come(octets in proptest::collection::vec(any::<u8>(), 0..300), cut in 1_usize..40) {
        let said = [b"* 1 FETCH (UID 7 BODY[] {".as_slice(), octets.len().to_string().as_bytes(), b"}\r\n", &octets, b")\r\n"].concat();
        let mut frames = Frames::default();
        let mut got = Vec::new();
        for part in said.chunks(cut) {
            frames.received(part);
            while let Some(answer) = frames.whole().unwrap() {
                got.push(answer.untagged());
            }
        }
        prop_assert!(got == [mail(7, &octets)] && frames.is_empty());
    }

    #[test]
    fn garbage_is_read_without_harm(octets in proptest::collection::vec(any::<u8>(), 0..400), words in "[*a1 {}()\"\\[\\]0-9\r\n]{0,80}") {
        for octets in [octets.as_slice(), words.as_bytes()] {
            let mut frames = Frames::default();
            frames.received(octets);
            while let Ok(Some(answer)) = frames.whole() {
                let _read = (answer.untagged() == Untagged::Other, answer.code(), answer.ends("a1"), answer.goes_on());
            }
        }
    }
}
