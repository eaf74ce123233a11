//! Letters by mail: every stage at which a server may refuse or hang up.

use std::time::Duration;

use channels::{Answer, Letter, MailCheck, MailLetter, MailServer, MailStage, NotSent, Opening, Security, Tell, certificate_ends};
use kernel::Secret;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::{acceptor, closed_port, network, peer};
use crate::wire::Wire;
use crate::wire::sealed::LOCALHOST;

/// What the client says and what it is answered. Before the greeting it says nothing; `.` is the whole message. After the
/// last line of a script the server hangs up.
type Line = (&'static str, &'static str);

const HELLO: &str = "250-mail.example\r\n250-SIZE 1000\r\n250-8BITMIME\r\n250-AUTH LOGIN PLAIN\r\n250 HELP\r\n";
const GOOD: [Line; 8] = [
    ("", "220 mail.example\r\n"),
    ("EHLO [127.0.0.1]\r\n", HELLO),
    ("AUTH PLAIN AGRlc2sAcGFzcw==\r\n", "235 2.7.0 welcome\r\n"),
    ("MAIL FROM:<desk@clinic.example> SIZE=30 BODY=8BITMIME\r\n", "250 ok\r\n"),
    ("RCPT TO:<vera@example.org>\r\n", "250 ok\r\n"),
    ("DATA\r\n", "354 go on\r\n"),
    (".", "250 2.0.0 queued as 17\r\n"),
    ("QUIT\r\n", "221 bye\r\n"),
];

fn letter(port: u16, security: Security) -> MailLetter {
    MailLetter {
        server: server(port, security),
        sender: "desk@clinic.example".to_owned(),
        recipient: "vera@example.org".to_owned(),
        message_id: "<msg_1@clinic.example>".to_owned(),
        envelope_id: "msg_1".to_owned(),
        tell: Tell::Everything,
        data: "Subject: Визит\r\n\r\n.dot\r\n".into(),
        patience: Duration::from_secs(20),
    }
}

fn server(port: u16, security: Security) -> MailServer {
    let (host, user, password) = ("localhost".to_owned(), "desk".to_owned(), Secret::new("pass"));
    MailServer { host, port, security, user, password }
}

/// Plays the script to its end and gives back what was heard.
async fn play(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), script: &[Line]) -> String {
    let mut stream = BufReader::new(stream);
    let mut heard = String::new();
    for (expected, said) in script {
        let mut line = String::new();
        if *expected == "." {
            while !line.ends_with("\r\n.\r\n") {
                assert_ne!(stream.read_line(&mut line).await.unwrap(), 0, "the message ends early: {line}");
            }
        } else if !expected.is_empty() {
            stream.read_line(&mut line).await.unwrap();
            assert_eq!(line, **expected);
        }
        heard += &line;
        stream.write_all(said.as_bytes()).await.unwrap();
        stream.flush().await.unwrap();
    }
    heard
}

async fn carried(script: &[Line]) -> Answer {
    let script = script.to_vec();
    let (port, _served) = peer(async move |mut stream: TcpStream| play(&mut stream, &script).await).await;
    network().carry(&Letter::Mail(letter(port, Security::None))).await
}

fn told(stage: MailStage, code: u16, text: &str) -> Answer {
    Answer::Mail { stage, code, text: text.to_owned() }
}

#[tokio::test]
async fn a_mail_is_handed_over_and_the_server_takes_responsibility() {
    let (port, served) = peer(async |mut stream: TcpStream| play(&mut stream, &GOOD).await).await;
    let answer = network().carry(&Letter::Mail(letter(port, Security::None))).await;
    assert_eq!(answer, told(MailStage::Dot, 250, "2.0.0 queued as 17"));
    assert!(served.await.unwrap().contains("Subject: Визит\r\n\r\n..dot\r\n.\r\n"), "dots are doubled");
}

#[tokio::test]
async fn a_server_that_hangs_up_before_the_dot_has_not_got_it_and_after_the_dot_nobody_knows() {
    for length in 0..=5 {
        assert_eq!(carried(&GOOD[..length]).await, Answer::NotSent(NotSent::Interrupted), "after {length} lines");
    }
    let after_the_dot: &[Line] = &[GOOD[0], GOOD[1], GOOD[2], GOOD[3], GOOD[4], GOOD[5], (".", "")];
    assert_eq!(carried(after_the_dot).await, Answer::Broken);
    let half_an_answer: &[Line] = &[GOOD[0], GOOD[1], GOOD[2], GOOD[3], GOOD[4], GOOD[5], (".", "250 2.0.0 que")];
    assert_eq!(carried(half_an_answer).await, Answer::Broken);
    let more_to_come: &[Line] = &[GOOD[0], GOOD[1], GOOD[2], GOOD[3], GOOD[4], GOOD[5], (".", "250-2.0.0 queued\r\n")];
    assert_eq!(carried(more_to_come).await, Answer::Broken);
}

#[tokio::test]
async fn a_server_that_hangs_up_in_the_middle_of_the_message_has_not_got_it() {
    const NO_EXTENSIONS: [Line; 6] =
        [GOOD[0], (GOOD[1].0, "250 mail.example\r\n"), GOOD[2], ("MAIL FROM:<desk@clinic.example>\r\n", "250 ok\r\n"), GOOD[4], GOOD[5]];
    let (port, _served) = peer(async |mut stream: TcpStream| play(&mut stream, &NO_EXTENSIONS).await).await;
    // more than the machine keeps for a connection
    let data = vec![b'x'; 32 * 1024 * 1024];
    let answer = network().carry(&Letter::Mail(MailLetter { data, ..letter(port, Security::None) })).await;
    assert_eq!(answer, Answer::NotSent(NotSent::Interrupted));
}

#[tokio::test]
async fn every_refusal_names_the_stage_at_which_it_was_said() {
    let table: [(&[Line], Answer); 7] = [
        (&[("", "554 go away\r\n")], told(MailStage::Greeting, 554, "go away")),
        (&[GOOD[0], GOOD[1], (GOOD[2].0, "535 5.7.8 wrong\r\n")], told(MailStage::SignIn, 535, "5.7.8 wrong")),
        (&[GOOD[0], GOOD[1], GOOD[2], (GOOD[3].0, "552 too big\r\n")], told(MailStage::Sender, 552, "too big")),
        (
            &[GOOD[0], GOOD[1], GOOD[2], GOOD[3], (GOOD[4].0, "550-5.1.1 no\r\n550 5.1.1 such user\r\n")],
            told(MailStage::Recipient, 550, "5.1.1 no\n5.1.1 such user"),
        ),
        (&[GOOD[0], GOOD[1], GOOD[2], GOOD[3], GOOD[4], (GOOD[5].0, "451 later\r\n")], told(MailStage::Data, 451, "later")),
        (&[GOOD[0], GOOD[1], GOOD[2], GOOD[3], GOOD[4], GOOD[5], (".", "550 5.7.1 spam\r\n")], told(MailStage::Dot, 550, "5.7.1 spam")),
        (
            &[GOOD[0], GOOD[1], GOOD[2], GOOD[3], GOOD[4], GOOD[5], (".", "421 shutting down\r\n")],
            told(MailStage::Dot, 421, "shutting down"),
        ),
    ];
    for (script, expected) in table {
        assert_eq!(carried(script).await, expected, "{:?}", script.last());
    }
}

#[tokio::test]
async fn silence_before_the_dot_is_not_sent_and_after_it_is_doubt() {
    for (script, expected) in [(GOOD[..3].to_vec(), Answer::NotSent(NotSent::Interrupted)), (GOOD[..6].to_vec(), Answer::Broken)] {
        let (port, served) = peer(async move |mut stream: TcpStream| {
            play(&mut stream, &script).await;
            stream.read_to_end(&mut Vec::new()).await.is_ok()
        })
        .await;
        let letter = MailLetter { patience: Duration::from_millis(300), ..letter(port, Security::None) };
        assert_eq!(network().carry(&Letter::Mail(letter)).await, expected);
        assert!(served.await.unwrap(), "it hung up");
    }
}

/// The server says so much, turns to TLS if it is to, and says the rest.
async fn secured(before: &[Line], after: &[Line], security: Security) -> Answer {
    let (before, after) = (before.to_vec(), after.to_vec());
    let (port, _served) = peer(async move |mut stream: TcpStream| {
        play(&mut stream, &before).await;
        if let Ok(mut stream) = acceptor().accept(stream).await {
            play(&mut stream, &after).await;
            // without a goodbye the rest of what was said could be thrown away
            let _ended = stream.shutdown().await;
        }
    })
    .await;
    network().carry(&Letter::Mail(letter(port, security))).await
}

const HELLO_TLS: &str = "250-mail.example\r\n250 STARTTLS\r\n";

#[tokio::test]
async fn nothing_is_said_in_the_clear_where_tls_is_asked_for() {
    let delivered = told(MailStage::Dot, 250, "2.0.0 queued as 17");
    assert_eq!(secured(&[], &GOOD, Security::Tls).await, delivered);
    let turns: &[Line] = &[GOOD[0], (GOOD[1].0, HELLO_TLS), ("STARTTLS\r\n", "220 go\r\n")];
    assert_eq!(
        secured(turns, &[(GOOD[1].0, HELLO), GOOD[2], GOOD[3], GOOD[4], GOOD[5], GOOD[6], GOOD[7],], Security::StartTls).await,
        delivered
    );
    assert_eq!(carried_by_tls(&[GOOD[0], GOOD[1]]).await, Answer::NotSent(NotSent::Tls), "it does not offer to turn");
    let refuses: &[Line] = &[GOOD[0], (GOOD[1].0, HELLO_TLS), ("STARTTLS\r\n", "454 not now\r\n")];
    assert_eq!(carried_by_tls(refuses).await, told(MailStage::Greeting, 454, "not now"));
    let readable: &[Line] = &[GOOD[0], (GOOD[1].0, HELLO_TLS), ("STARTTLS\r\n", "220 go\r\n"), ("", "250 not TLS\r\n")];
    assert_eq!(carried_by_tls(readable).await, Answer::NotSent(NotSent::Tls));
    let pushed_in: &[Line] = &[GOOD[0], (GOOD[1].0, HELLO_TLS), ("STARTTLS\r\n", "220 go\r\n250 AUTH PLAIN\r\n")];
    assert_eq!(secured(pushed_in, &[], Security::StartTls).await, Answer::NotSent(NotSent::Tls));
}

async fn carried_by_tls(script: &[Line]) -> Answer {
    let script = script.to_vec();
    let (port, _served) = peer(async move |mut stream: TcpStream| play(&mut stream, &script).await).await;
    network().carry(&Letter::Mail(letter(port, Security::StartTls))).await
}

#[tokio::test]
async fn a_check_signs_in_and_says_nothing_more() {
    let check: &[Line] = &[
        GOOD[0],
        (GOOD[1].0, "250-mail.example\r\n250 AUTH LOGIN\r\n"),
        ("AUTH LOGIN\r\n", "334 VXNlcm5hbWU6\r\n"),
        ("ZGVzaw==\r\n", "334 UGFzc3dvcmQ6\r\n"),
        ("cGFzcw==\r\n", "235 ok\r\n"),
        ("NOOP\r\n", "250 here\r\n"),
        ("QUIT\r\n", ""),
    ];
    let (port, served) = peer(async |mut stream: TcpStream| play(&mut stream, check).await).await;
    let answer = network().carry(&Letter::MailCheck(MailCheck { server: server(port, Security::None), mailbox: None })).await;
    assert_eq!(answer, told(MailStage::Check, 250, "here"));
    served.await.unwrap();
}

#[tokio::test]
async fn a_mail_server_inside_or_without_tls_or_without_a_name_is_not_spoken_to() {
    let (network, closed) = (network(), closed_port().await);
    for (host, security, expected) in [
        ("localhost", Security::None, NotSent::Refused),
        ("mail.example", Security::None, NotSent::Tls),
        ("nobody.example", Security::Tls, NotSent::NoSuchHost),
        ("trap.example", Security::Tls, NotSent::Unreachable),
        ("metadata.example", Security::StartTls, NotSent::Unreachable),
        ("10.0.0.1", Security::Tls, NotSent::Unreachable),
    ] {
        let server = MailServer { host: host.to_owned(), ..server(closed, security) };
        assert_eq!(network.carry(&Letter::MailCheck(MailCheck { server, mailbox: None })).await, Answer::NotSent(expected), "{host}");
    }
}

#[tokio::test]
async fn t_f4_no_further_line_gets_in_through_a_mailbox() {
    let closed = closed_port().await;
    let letter = MailLetter { recipient: "a@b.c>\r\nRCPT TO:<x@y.z".to_owned(), ..letter(closed, Security::None) };
    assert!(matches!(network().carry(&Letter::Mail(letter)).await, Answer::Mail { stage: MailStage::Recipient, code: 553, .. }));
}

#[tokio::test]
async fn the_certificate_of_a_server_that_turns_to_tls_when_asked_is_seen() {
    let mail: &[Line] = &[("", "220 mail.example\r\n"), ("EHLO [127.0.0.1]\r\n", HELLO_TLS), ("STARTTLS\r\n", "220 go\r\n")];
    let mailbox: &[Line] = &[("", "* OK ready\r\n"), ("a1 STARTTLS\r\n", "* CAPABILITY IMAP4rev1\r\na1 OK go\r\n")];
    let ends = certificate_ends(&CertificateDer::from_pem_slice(LOCALHOST).unwrap());
    assert!(ends.is_some());
    for (turns, opening) in [(&[] as &[Line], Opening::Tls), (mail, Opening::StartTlsOfMail), (mailbox, Opening::StartTlsOfMailbox)] {
        let before = turns.to_vec();
        let (port, _served) = peer(async move |mut stream: TcpStream| {
            play(&mut stream, &before).await;
            drop(acceptor().accept(stream).await);
        })
        .await;
        assert_eq!(network().certificate_ends("localhost", port, opening).await, ends, "{opening:?}");
    }
    let refuses: &[Line] = &[("", "220 mail.example\r\n"), ("EHLO [127.0.0.1]\r\n", HELLO_TLS), ("STARTTLS\r\n", "454 not now\r\n")];
    let (port, _served) = peer(async move |mut stream: TcpStream| play(&mut stream, refuses).await).await;
    assert_eq!(network().certificate_ends("localhost", port, Opening::StartTlsOfMail).await, None);
}
