//! From a message to a mail and its envelope.

use std::time::Duration;

use clinic::actors::Channel;
use kernel::{Timestamp, Zone};

use super::header::{Head, is_plain_address};
use super::{body, dkim};
use crate::card::is_link;
use crate::{Author, MailLetter, MailServer, Outgoing, Security, Settings, Tell, Unwritable};

const PATIENCE: Duration = Duration::from_mins(1);

/// A thread longer than this is told by its beginning and its end.
const MOST_REFERENCES: usize = 10;

pub fn write(settings: &Settings, message: &Outgoing) -> Result<MailLetter, Unwritable> {
    let recipient = message.to.rest();
    if !Channel::Email.reaches(&message.to) || !is_plain_address(recipient) {
        return Err(Unwritable::WrongAddress);
    }
    let content = &message.content;
    if message.file.as_ref().is_some_and(|file| !super::CARD.takes(file)) {
        return Err(Unwritable::Attachment);
    }
    if content.text.trim().is_empty() && content.attachments.is_empty() && message.file.is_none() {
        return Err(Unwritable::Empty);
    }
    if content.text.len() > super::CARD.text.most {
        return Err(Unwritable::TooLong);
    }
    let from = settings.text("from_address");
    let message_id = format!("{}@{}", message.id, domain(from));
    let mut head = Head::default();
    head.add_mailbox("From", settings.text("from_name"), from)?;
    head.add_mailbox("To", &message.name, recipient)?;
    if let Some(address) = numbered(settings, "reply_address", message) {
        head.add_mailbox("Reply-To", settings.text("from_name"), &address)?;
    }
    head.add_words("Subject", subject(message));
    head.add("Date", &date(message.at))?;
    head.add("Message-ID", &format!("<{message_id}>"))?;
    thread(&mut head, message);
    if let Some(url) = &message.unsubscribe_url {
        if !is_link(url) || url.contains(['<', '>']) {
            return Err(Unwritable::Control { at: "List-Unsubscribe" });
        }
        head.add("List-Unsubscribe", &format!("<{url}>"))?;
        // One click is promised only where nobody on the way can click: RFC 8058 wants https.
        if url.starts_with("https://") {
            head.add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?;
        }
    }
    if message.author == Author::Bot {
        head.add("Auto-Submitted", "auto-generated")?;
        // Asks the machines of holidays and absences not to answer.
        head.add("X-Auto-Response-Suppress", "All")?;
    }
    head.add("Content-Language", message.locale.code())?;
    head.add("MIME-Version", "1.0")?;
    let mail = head.into_text() + &body::whole(message)?.into_text();
    let signature = dkim::signer(settings).map(|signer| signer.signature(&mail, message.at)).unwrap_or_default();
    let data = signature + &mail;
    Ok(MailLetter {
        server: server(settings),
        sender: sender(settings, message),
        recipient: recipient.to_owned(),
        message_id,
        envelope_id: message.id.to_string(),
        tell: if super::mailbox::of(settings).is_some() { Tell::Everything } else { Tell::Failures },
        data: data.into_bytes(),
        patience: PATIENCE,
    })
}

pub fn server(settings: &Settings) -> MailServer {
    MailServer {
        host: settings.text("host").to_owned(),
        port: settings.number("port").and_then(|port| u16::try_from(port).ok()).unwrap_or(587),
        security: security(settings, "security"),
        user: settings.text("user").to_owned(),
        password: settings.secret("password"),
    }
}

pub fn security(settings: &Settings, field: &str) -> Security {
    match settings.text(field) {
        "tls" => Security::Tls,
        "none" => Security::None,
        // The settings know only one other word.
        _ => Security::StartTls,
    }
}

/// With an address for bounces, each message has its own: the mail that comes back tells which one it was.
/// Without one the clinic's address stands there, because many servers take no other from an account.
fn sender(settings: &Settings, message: &Outgoing) -> String {
    numbered(settings, "bounce_address", message).unwrap_or_else(|| settings.text("from_address").to_owned())
}

/// An address of the clinic with the number of the message behind a plus sign.
fn numbered(settings: &Settings, field: &str, message: &Outgoing) -> Option<String> {
    let (mailbox, domain) = settings.text(field).rsplit_once('@')?;
    Some(format!("{mailbox}+{}@{domain}", message.id))
}

/// A mail without a subject is taken for spam, so its first line stands in.
fn subject(message: &Outgoing) -> &str {
    let content = &message.content;
    if content.subject.trim().is_empty() { content.text.trim().lines().next().unwrap_or_default() } else { &content.subject }
}

fn thread(head: &mut Head, message: &Outgoing) {
    let earlier: Vec<&str> = message.thread.iter().chain(&message.reply_to).map(|name| super::arriving::whole_mail(name)).collect();
    let Some((first, rest)) = earlier.split_first() else { return };
    let mut references = vec![*first];
    for id in &rest[rest.len().saturating_sub(MOST_REFERENCES)..] {
        if references.last() != Some(id) {
            references.push(id);
        }
    }
    if let Some(last) = references.last() {
        head.add_ids("In-Reply-To", &[last]);
    }
    head.add_ids("References", &references);
}

fn date(at: Timestamp) -> String {
    at.in_zone(&Zone::utc()).strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

fn domain(address: &str) -> &str {
    address.rsplit_once('@').map_or(address, |(_, domain)| domain)
}
