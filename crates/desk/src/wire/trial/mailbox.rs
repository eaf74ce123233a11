//! Mailboxes: servers of few words, of too many, and of none.

use std::time::Duration;

use channels::{Answer, Letter, MailErrand, MailPlace, MailServer, Mailbox, MailboxAnswer, MailboxLetter, MailboxStage, NotSent, Security};
use kernel::Secret;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::{acceptor, closed_port, network, peer};
use crate::wire::{Network, Wire};

/// What the client says without its tag, and what it is answered; `TAG` is the tag of what was said. After the last line of a
/// script the server hangs up.
type Line = (&'static str, &'static str);

const SIGNED_IN: [Line; 5] = [
    ("", "* OK ready\r\n"),
    ("CAPABILITY", "* CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN\r\nTAG OK\r\n"),
    ("AUTHENTICATE PLAIN", "+ \r\n"),
    ("AGRlc2sAcGFzcw==", "TAG OK in\r\n"),
    ("CAPABILITY", "* CAPABILITY IMAP4rev1 IDLE\r\nTAG OK\r\n"),
];
const OPEN: Line = ("EXAMINE \"INBOX\"", "* 2 EXISTS\r\n* OK [UIDVALIDITY 9] ok\r\n* OK [UIDNEXT 5] ok\r\nTAG OK [READ-ONLY]\r\n");
const NOTHING: Line = ("UID SEARCH UID 5:*", "* SEARCH 4\r\nTAG OK\r\n");

fn mailbox(port: u16, security: Security) -> Mailbox {
    let server = MailServer { host: "localhost".to_owned(), port, security, user: "desk".to_owned(), password: Secret::new("pass") };
    Mailbox { server, folder: "INBOX".to_owned() }
}

fn look(mailbox: Mailbox, after: Option<MailPlace>) -> Letter {
    let errand = MailErrand::Look { after, since: "22-Nov-2026".to_owned(), patience: Duration::from_millis(200) };
    Letter::Mailbox(MailboxLetter { mailbox, errand })
}

fn after(uid: u32) -> MailPlace {
    MailPlace { validity: 9, uid }
}

async fn play(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), script: &[Line]) {
    let mut stream = BufReader::new(stream);
    let mut tag = String::new();
    for (expected, said) in script {
        if !expected.is_empty() {
            let mut line = String::new();
            stream.read_line(&mut line).await.unwrap();
            let line = line.trim_end();
            let without = line.split_once(' ').filter(|(first, _)| first.starts_with('a') && first.len() < 5);
            let command = without.map_or(line, |(first, rest)| {
                first.clone_into(&mut tag);
                rest
            });
            assert_eq!(command, *expected);
        }
        stream.write_all(said.replace("TAG", &tag).as_bytes()).await.unwrap();
        stream.flush().await.unwrap();
    }
}

/// Looks once, at a server that says this.
async fn looked(after: Option<MailPlace>, scripts: &[&[Line]]) -> Answer {
    let script: Vec<Line> = scripts.concat();
    let (port, _served) = peer(async move |mut stream: TcpStream| play(&mut stream, &script).await).await;
    network().carry(&look(mailbox(port, Security::None), after)).await
}

fn mails(answer: Answer) -> (MailPlace, Vec<(u32, Vec<u8>)>) {
    let Answer::Mailbox(MailboxAnswer::Fetched { place, mails }) = answer else { panic!("mails: {answer:?}") };
    (place, mails.into_iter().map(|mail| (mail.uid, mail.octets)).collect())
}

#[tokio::test]
async fn what_lies_there_already_is_left_alone() {
    let begun = mails(looked(None, &[&SIGNED_IN, &[OPEN]]).await);
    assert!(begun == (MailPlace { validity: 9, uid: 4 }, vec![]));
}

#[tokio::test]
async fn what_is_new_is_fetched_the_oldest_first() {
    let script = [
        ("UID SEARCH UID 3:*", "* SEARCH 4 3\r\nTAG OK\r\n"),
        (
            "UID FETCH 3,4 (UID RFC822.SIZE INTERNALDATE)",
            "* 2 FETCH (UID 4 RFC822.SIZE 5)\r\n* 1 FETCH (RFC822.SIZE 2 UID 3)\r\nTAG OK\r\n",
        ),
        ("UID FETCH 3 (UID BODY.PEEK[]<0.12000000>)", "* 1 FETCH (UID 3 BODY[]<0> {2}\r\nHi)\r\nTAG OK\r\n"),
        // gone in the meantime
        ("UID FETCH 4 (UID BODY.PEEK[]<0.12000000>)", "TAG OK\r\n"),
    ];
    let fetched = mails(looked(Some(after(2)), &[&SIGNED_IN, &[OPEN], &script]).await);
    assert!(fetched == (MailPlace { validity: 9, uid: 4 }, vec![(3, b"Hi".to_vec())]));
}

#[tokio::test]
async fn one_mail_is_read_again_for_a_file_in_it() {
    let again = async |validity: u32, script: &[Line]| {
        let script: Vec<Line> = [&SIGNED_IN[..], &[OPEN], script].concat();
        let (port, _served) = peer(async move |mut stream: TcpStream| play(&mut stream, &script).await).await;
        let errand = MailErrand::Again(MailPlace { validity, uid: 3 });
        mails(network().carry(&Letter::Mailbox(MailboxLetter { mailbox: mailbox(port, Security::None), errand })).await).1
    };
    let found = [("UID FETCH 3 (UID BODY.PEEK[]<0.12000000>)", "* 1 FETCH (UID 3 BODY[]<0> {2}\r\nHi)\r\nTAG OK\r\n")];
    assert!(again(9, &found).await == vec![(3, b"Hi".to_vec())]);
    // numbered anew since: it would be another mail
    assert!(again(8, &[]).await.is_empty());
}

#[tokio::test]
async fn a_folder_that_was_numbered_anew_is_read_from_the_day_of_the_last_look() {
    let script = [
        ("UID SEARCH SINCE 22-Nov-2026", "* SEARCH 4\r\nTAG OK\r\n"),
        ("UID FETCH 4 (UID RFC822.SIZE INTERNALDATE)", "* 2 FETCH (UID 4 RFC822.SIZE 2)\r\nTAG OK\r\n"),
        ("UID FETCH 4 (UID BODY.PEEK[]<0.12000000>)", "* 2 FETCH (UID 4 BODY[]<0> \"Hi\")\r\nTAG OK\r\n"),
    ];
    let before = Some(MailPlace { validity: 8, uid: 700 });
    let fetched = mails(looked(before, &[&SIGNED_IN, &[OPEN], &script]).await);
    assert!(fetched == (MailPlace { validity: 9, uid: 4 }, vec![(4, b"Hi".to_vec())]));
}

#[tokio::test]
async fn a_line_waits_until_something_comes_and_is_kept() {
    let wait = [NOTHING, ("IDLE", "+ idling\r\n* OK still here\r\n* 3 EXISTS\r\n"), ("DONE", "TAG OK\r\n")];
    let come = [
        ("UID SEARCH UID 5:*", "* SEARCH 5\r\nTAG OK\r\n"),
        ("UID FETCH 5 (UID RFC822.SIZE INTERNALDATE)", "* 3 FETCH (UID 5 RFC822.SIZE 2)\r\nTAG OK\r\n"),
        ("UID FETCH 5 (UID BODY.PEEK[]<0.12000000>)", "* 3 FETCH (UID 5 BODY[]<0> {2}\r\nHi)\r\nTAG OK\r\n"),
    ];
    // nothing more comes in time
    let again = [("UID SEARCH UID 6:*", "* SEARCH 5\r\nTAG OK\r\n"), ("IDLE", "+ idling\r\n"), ("DONE", "TAG OK\r\n")];
    let last = [("UID SEARCH UID 6:*", "* SEARCH 5\r\nTAG OK\r\n")];
    let script: Vec<Line> = [&SIGNED_IN[..], &[OPEN], &wait, &come, &again, &last].concat();
    let (port, served) = peer(async move |mut stream: TcpStream| play(&mut stream, &script).await).await;
    let network: Network = network();
    let fetched = mails(network.carry(&look(mailbox(port, Security::None), Some(after(4)))).await);
    assert!(fetched == (MailPlace { validity: 9, uid: 5 }, vec![(5, b"Hi".to_vec())]));
    let nothing = mails(network.carry(&look(mailbox(port, Security::None), Some(after(5)))).await);
    assert!(nothing == (MailPlace { validity: 9, uid: 5 }, vec![]));
    served.await.unwrap();
    // the line has ended meanwhile, and nobody opens the door
    let gone = network.carry(&look(mailbox(port, Security::None), Some(after(5)))).await;
    assert_eq!(gone, Answer::NotSent(NotSent::Refused));
}

#[tokio::test]
async fn whoever_keeps_us_out_is_told_apart() {
    let refused = |at, code: &str| Answer::Mailbox(MailboxAnswer::Refused { at, code: code.to_owned() });
    let proof = [("AGRlc2sAcGFzcw==", "TAG NO [AUTHENTICATIONFAILED] desk\r\n")];
    assert_eq!(looked(None, &[&SIGNED_IN[..3], &proof]).await, refused(MailboxStage::SignIn, "AUTHENTICATIONFAILED"));
    let folder = [("EXAMINE \"INBOX\"", "TAG NO [NONEXISTENT] no\r\n")];
    assert_eq!(looked(None, &[&SIGNED_IN, &folder]).await, refused(MailboxStage::Folder, "NONEXISTENT"));
    assert_eq!(looked(None, &[&[("", "* BYE [UNAVAILABLE] later\r\n")]]).await, refused(MailboxStage::Greeting, "UNAVAILABLE"));
    // hangs up in the middle of a mail, or says what is no end of anything
    assert_eq!(looked(None, &[&SIGNED_IN, &[("EXAMINE \"INBOX\"", "* 2 EXI")]]).await, Answer::NotSent(NotSent::Interrupted));
    let flood = [("EXAMINE \"INBOX\"", "* 1 FETCH (BODY[] {4000000000}\r\n")];
    assert_eq!(looked(None, &[&SIGNED_IN, &flood]).await, Answer::NotSent(NotSent::Interrupted));
    let nowhere = look(mailbox(closed_port().await, Security::None), None);
    assert_eq!(network().carry(&nowhere).await, Answer::NotSent(NotSent::Refused));
}

#[tokio::test]
async fn a_password_goes_readably_to_this_machine_only() {
    let outside = |host: &str| {
        let mut mailbox = mailbox(143, Security::None);
        host.clone_into(&mut mailbox.server.host);
        mailbox
    };
    for (host, expected) in [("trap.example", NotSent::Tls), ("10.0.0.1", NotSent::Tls)] {
        assert_eq!(network().carry(&look(outside(host), None)).await, Answer::NotSent(expected), "{host}");
    }
    let trap = Mailbox { server: MailServer { security: Security::Tls, ..outside("trap.example").server }, folder: String::new() };
    assert_eq!(network().carry(&look(trap, None)).await, Answer::NotSent(NotSent::Unreachable));
}

#[tokio::test]
async fn a_mailbox_is_read_behind_tls_from_the_start_or_from_then_on() {
    let script: Vec<Line> = [&SIGNED_IN[..], &[OPEN]].concat();
    let (port, _served) = peer(async move |stream: TcpStream| play(&mut acceptor().accept(stream).await.unwrap(), &script).await).await;
    mails(network().carry(&look(mailbox(port, Security::Tls), None)).await);

    let turning = |answer: &'static str| {
        let readable: Vec<Line> = [&SIGNED_IN[..2], &[("STARTTLS", answer)]].concat();
        let secret: Vec<Line> = [&SIGNED_IN[1..], &[OPEN]].concat();
        peer(async move |mut stream: TcpStream| {
            play(&mut stream, &readable).await;
            if let Ok(mut stream) = acceptor().accept(stream).await {
                play(&mut stream, &secret).await;
            }
        })
    };
    let (port, _served) = turning("TAG OK\r\n").await;
    mails(network().carry(&look(mailbox(port, Security::StartTls), None)).await);
    // words put before the turn by somebody on the way
    for answer in ["TAG OK\r\n* OK more\r\n", "TAG NO\r\n"] {
        let (port, _served) = turning(answer).await;
        assert_eq!(network().carry(&look(mailbox(port, Security::StartTls), None)).await, Answer::NotSent(NotSent::Tls), "{answer}");
    }
}
