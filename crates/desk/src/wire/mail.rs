//! Mail letters. The server is responsible for a message from its answer to the final dot on: whatever breaks before the
//! dot is said has not been sent, whatever breaks after it is doubt.
//!
//! ```text
//! connect  greeting  EHLO  STARTTLS  EHLO  AUTH  MAIL  RCPT  DATA  message | dot  answer
//!                          known not to have been sent                     | doubt without an answer
//! ```

use std::fmt::Write;
use std::net::IpAddr;
use std::pin::pin;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use channels::{Answer, MailCheck, MailLetter, MailServer, MailStage, NotSent, Security, Tell};
use store::sown::{Fault, sown};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::Network;
use super::addresses::Machine;
use super::dialogue::{Dialogue, Reply};

const CHECK_WITHIN: Duration = Duration::from_secs(30);

pub async fn carry(network: &Network, letter: &MailLetter) -> Answer {
    let mut limit = pin!(sleep(letter.patience));
    let ready = tokio::select! {
        ready = say_all_but_the_dot(network, letter) => ready,
        () = &mut limit => Err(Answer::NotSent(NotSent::Interrupted)),
    };
    let mut dialogue = match ready {
        Ok(dialogue) => dialogue,
        Err(answer) => return answer,
    };
    tokio::select! {
        answer = say_the_dot(&mut dialogue) => answer,
        () = &mut limit => Answer::Broken,
    }
}

pub async fn check(network: &Network, errand: &MailCheck) -> Answer {
    let asked = async {
        let (mut dialogue, _) = sign_in(network, &errand.server).await?;
        let reply = dialogue.turn(Some("NOOP"), MailStage::Check, &[250]).await?;
        leave(&mut dialogue).await;
        Ok(reply.at(MailStage::Check))
    };
    let leaving = timeout(CHECK_WITHIN, asked).await.unwrap_or(Err(Answer::NotSent(NotSent::Interrupted))).unwrap_or_else(|answer| answer);
    match (&leaving, &errand.mailbox) {
        (Answer::Mail { stage: MailStage::Check, code: 200..300, .. }, Some(mailbox)) => super::mailbox::check(network, mailbox).await,
        _ => leaving,
    }
}

async fn say_all_but_the_dot(network: &Network, letter: &MailLetter) -> Result<Dialogue, Answer> {
    if !fits_an_envelope(&letter.sender) || !fits_an_envelope(&letter.recipient) {
        // in the words that a server would have for it
        return Err(Answer::Mail { stage: MailStage::Recipient, code: 553, text: "5.1.3 not a mailbox".to_owned() });
    }
    let (mut dialogue, hello) = sign_in(network, &letter.server).await?;
    let data = stuffed(&letter.data);
    let dsn = hello.extension("DSN");
    let sender = [
        Some(format!("MAIL FROM:<{}>", letter.sender)),
        hello.extension("SIZE").map(|_| format!("SIZE={}", data.len())),
        hello.extension("8BITMIME").filter(|_| !data.is_ascii()).map(|_| "BODY=8BITMIME".to_owned()),
        // reports bring the name of our message back, and not all of its words
        dsn.map(|_| format!("RET=HDRS ENVID={}", xtext(&letter.envelope_id))),
        hello.extension("SMTPUTF8").filter(|_| !(letter.sender.is_ascii() && letter.recipient.is_ascii())).map(|_| "SMTPUTF8".to_owned()),
    ];
    let sender = sender.into_iter().flatten().collect::<Vec<_>>().join(" ");
    dialogue.turn(Some(&sender), MailStage::Sender, &[250]).await?;
    let notify = match letter.tell {
        Tell::Everything => "SUCCESS,FAILURE",
        Tell::Failures => "FAILURE",
    };
    let notify = dsn.map(|_| format!(" NOTIFY={notify} ORCPT=rfc822;{}", xtext(&letter.recipient))).unwrap_or_default();
    dialogue.turn(Some(&format!("RCPT TO:<{}>{notify}", letter.recipient)), MailStage::Recipient, &[250, 251]).await?;
    dialogue.turn(Some("DATA"), MailStage::Data, &[354]).await?;
    if dialogue.write(&data).await.is_err() {
        // a server that hangs up in the middle may have said why
        let why = dialogue.reply().await;
        return Err(why.map_or(Answer::NotSent(NotSent::Interrupted), |reply| reply.at(MailStage::Data)));
    }
    Ok(dialogue)
}

async fn say_the_dot(dialogue: &mut Dialogue) -> Answer {
    if dialogue.write(b".\r\n").await.is_err() {
        return Answer::NotSent(NotSent::Interrupted);
    }
    let Ok(reply) = dialogue.reply().await else {
        return if sown(Fault::SilentDotUnsent) { Answer::NotSent(NotSent::Interrupted) } else { Answer::Broken };
    };
    leave(dialogue).await;
    reply.at(MailStage::Dot)
}

/// Courtesy: whether the server still hears it changes nothing.
async fn leave(dialogue: &mut Dialogue) {
    let _heard = dialogue.write(b"QUIT\r\n").await;
}

/// A dialogue in which the server knows us, and what it said to EHLO last.
async fn sign_in(network: &Network, server: &MailServer) -> Result<(Dialogue, Reply), Answer> {
    let stream = connect(network, server).await.map_err(Answer::NotSent)?;
    let hello = stream.local_addr().map_or_else(|_| "EHLO [127.0.0.1]".to_owned(), |own| hello(own.ip()));
    let mut dialogue = Dialogue::over(stream);
    if server.security == Security::Tls {
        dialogue = dialogue.turn_to_tls(&network.tls, &server.host).await?;
    }
    dialogue.turn(None, MailStage::Greeting, &[220]).await?;
    let mut known = dialogue.turn(Some(&hello), MailStage::Greeting, &[250]).await?;
    if server.security == Security::StartTls {
        if known.extension("STARTTLS").is_none() {
            return Err(Answer::NotSent(NotSent::Tls));
        }
        dialogue.turn(Some("STARTTLS"), MailStage::Greeting, &[220]).await?;
        dialogue = dialogue.turn_to_tls(&network.tls, &server.host).await?;
        known = dialogue.turn(Some(&hello), MailStage::Greeting, &[250]).await?;
    }
    if !server.user.is_empty() {
        prove(&mut dialogue, &known, server).await?;
    }
    Ok((dialogue, known))
}

/// RFC 5321 4.1.3: a client without a public name says its address.
fn hello(own: IpAddr) -> String {
    match own.to_canonical() {
        IpAddr::V4(own) => format!("EHLO [{own}]"),
        IpAddr::V6(own) => format!("EHLO [IPv6:{own}]"),
    }
}

/// PLAIN, or LOGIN where the server knows nothing better.
async fn prove(dialogue: &mut Dialogue, known: &Reply, server: &MailServer) -> Result<(), Answer> {
    let (user, password) = (server.user.as_str(), server.password.expose());
    let ways = known.extension("AUTH").unwrap_or_default().to_ascii_uppercase();
    let offers = |way: &str| ways.split(' ').any(|offered| offered == way);
    if offers("LOGIN") && !offers("PLAIN") {
        dialogue.turn(Some("AUTH LOGIN"), MailStage::SignIn, &[334]).await?;
        dialogue.turn(Some(&STANDARD.encode(user)), MailStage::SignIn, &[334]).await?;
        dialogue.turn(Some(&STANDARD.encode(password)), MailStage::SignIn, &[235]).await?;
    } else {
        let proof = STANDARD.encode(format!("\0{user}\0{password}"));
        dialogue.turn(Some(&format!("AUTH PLAIN {proof}")), MailStage::SignIn, &[235]).await?;
    }
    Ok(())
}

async fn connect(network: &Network, server: &MailServer) -> Result<TcpStream, NotSent> {
    if server.security == Security::None && Machine::named(&server.host) == Machine::Outside {
        return Err(NotSent::Tls);
    }
    super::connect(network.lookup, &server.host, server.port).await
}

/// As values stand in the envelope (RFC 3461): a plus and an equals sign mean something there.
fn xtext(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for byte in words.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'+' | b'=') {
            out.push(char::from(byte));
        } else {
            write!(out, "+{byte:02X}").expect("writing to a string");
        }
    }
    out
}

fn fits_an_envelope(mailbox: &str) -> bool {
    !mailbox.chars().any(|c| c.is_control() || c.is_whitespace() || "<>".contains(c))
}

/// The message as it stands between DATA and the dot: every line ends in CRLF, and a dot before a line is doubled. A
/// lonely CR or LF becomes a line end too, or servers that disagree about it could be made to read two messages.
fn stuffed(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len() + 64);
    let mut rest = data;
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
        if rest[0] == b'.' {
            out.push(b'.');
        }
        out.extend_from_slice(&rest[..end]);
        out.extend_from_slice(b"\r\n");
        let line_end = if rest[end..].starts_with(b"\r\n") { 2 } else { 1 };
        rest = rest.get(end + line_end..).unwrap_or_default();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_cannot_end_before_its_end() {
        for (written, carried) in [
            ("Hi\r\n", "Hi\r\n"),
            ("Hi", "Hi\r\n"),
            (".\r\nMAIL FROM:<x@y.z>\r\n", "..\r\nMAIL FROM:<x@y.z>\r\n"),
            ("a\n.\nb", "a\r\n..\r\nb\r\n"),
            ("a\r.\rb\r\n\r\n", "a\r\n..\r\nb\r\n\r\n"),
            ("a\n\r.\r\n", "a\r\n\r\n..\r\n"),
            ("", ""),
        ] {
            assert_eq!(String::from_utf8(stuffed(written.as_bytes())).unwrap(), carried, "{written:?}");
        }
    }

    #[test]
    fn nothing_but_a_mailbox_stands_in_the_envelope() {
        for bad in ["a@b.c>\r\nRCPT TO:<x@y.z", "a@b.c> SIZE=1", "a b@c.d", "a@b.c\n", "<a@b.c"] {
            assert!(!fits_an_envelope(bad), "{bad:?}");
        }
        assert!(fits_an_envelope("vera+desk@example.org") && fits_an_envelope(""));
    }
}
