//! From a mail to what it means: who wrote, which of our messages it answers, and what they said in it.
//!
//! Anybody can put any name and any address over a mail. What proves something is only a name of ours that cannot be guessed: that of
//! the message that is answered. It stands in `In-Reply-To`, in `References`, or behind a plus sign in the address that was written to.

use clinic::actors::Channel;
use clinic::conversations::{MediaFile, MediaKind, Said};
use kernel::{Address, MessageId, Scheme, Timestamp};
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use sha2::{Digest, Sha256};

use super::{authenticity, html, machines, reports, shown};
use crate::arrivals::called;
use crate::{Arrival, Event, FetchedMail, Settings};

/// More than anybody reads; a mail is no book.
const MOST_WORDS: usize = 20_000;
/// Files of one mail that are told one by one.
const MOST_FILES: usize = 20;
const LONGEST_NAME_OF_A_FILE: usize = 200;
const LONGEST_KEY: usize = 200;
/// Parts of a mail that are looked at. One of more is made to make us work.
const MOST_PARTS: usize = 500;

/// None: no mail, or one that nobody wrote to the clinic.
pub fn read(settings: &Settings, validity: u32, mail: &FetchedMail, received_at: Timestamp) -> Option<Vec<Arrival>> {
    let message = MessageParser::default().parse(&mail.octets)?;
    if message.parts.len() > MOST_PARTS {
        return None;
    }
    let name = name_of(&message).unwrap_or_else(|| format!("{validity}:{}", mail.uid));
    let at = dated(&message, &mail.arrived, received_at);
    if let Some(told) = reports::read(&message) {
        let kinds = ["report", "address"];
        return Some(told.into_iter().zip(kinds).map(|(event, kind)| arrival(&name, kind, at, event)).collect());
    }
    let from = message.from().and_then(|from| from.first()).filter(|from| from.address().is_some())?;
    let address = Address::new(Scheme::Mailto, from.address()?.trim()).ok().filter(|address| Channel::Email.reaches(address))?;
    if address.rest().eq_ignore_ascii_case(settings.text("from_address")) {
        // our own mail, come back
        return None;
    }
    let reply_to = ours(&message).map(|id| id.to_string());
    let sender = authenticity::of(settings, &message, address.rest());
    let heard = |key: String, said: Said| Event::Message {
        provider_key: key,
        from: address.clone(),
        phone: None,
        name: called(from.name().unwrap_or_default()),
        locale: None,
        said,
        reply_to: reply_to.clone(),
    };
    let words = words(&message);
    let brought = |key: &str, said: Said| arrival(key, "mail", at, heard(key.to_owned(), said)).checked(sender);
    if machines::wrote(&message) {
        return Some(vec![brought(&name, Said::Automatic(words))]);
    }
    let files = files(&message, validity, mail.uid);
    let mut arrivals = Vec::new();
    if !words.is_empty() || files.is_empty() {
        arrivals.push(brought(&name, Said::Words(words)));
    }
    for (place, said) in files.into_iter().enumerate() {
        arrivals.push(brought(&format!("{name}#{}", place + 1), said));
    }
    Some(arrivals)
}

fn arrival(name: &str, kind: &str, at: Timestamp, event: Event) -> Arrival {
    // one that is overlong, or of strange letters, is known by its digest
    let name = if name.len() <= LONGEST_KEY { name.to_owned() } else { hex::encode(Sha256::digest(name)) };
    Arrival::new(format!("{kind}:{name}"), at, event)
}

/// By which it is known wherever it is fetched from: its Message-ID.
fn name_of(message: &Message<'_>) -> Option<String> {
    let id = message.message_id()?.trim();
    let fits = !id.is_empty() && !id.chars().any(|c| c.is_control() || c.is_whitespace());
    fits.then(|| if id.len() <= LONGEST_KEY { id.to_owned() } else { hex::encode(Sha256::digest(id)) })
}

/// The mail in which a file came: files are told one by one, as `<name of the mail>#<place>`.
pub fn whole_mail(key: &str) -> &str {
    let of_a_file = key.rsplit_once('#').filter(|(name, place)| name.contains('@') && place.parse::<u8>().is_ok());
    of_a_file.map_or(key, |(name, _)| name)
}

/// When it was written; when it came, if it claims to be from the future or from long ago.
fn dated(message: &Message<'_>, arrived: &str, received_at: Timestamp) -> Timestamp {
    let seconds = |date: &mail_parser::DateTime| date.to_timestamp().checked_mul(1_000).map(Timestamp::from_millis);
    let week = std::time::Duration::from_hours(7 * 24);
    let likely = |at: &Timestamp| *at <= received_at && *at >= received_at - week;
    let server = mail_parser::DateTime::parse_rfc822(&arrived.replace('-', " ").replacen("  ", " -", 1));
    let server = server.as_ref().and_then(seconds).filter(|at| *at <= received_at);
    message.date().and_then(seconds).filter(likely).or(server).unwrap_or(received_at)
}

/// Which message of ours is answered.
fn ours(message: &Message<'_>) -> Option<MessageId> {
    let ids = |value: &mail_parser::HeaderValue<'_>| -> Vec<String> {
        value.as_text_list().map(|ids| ids.iter().map(ToString::to_string).collect()).unwrap_or_default()
    };
    // the last of the references is the one that was answered
    let mut named = ids(message.in_reply_to()).into_iter().chain(ids(message.references()).into_iter().rev());
    named.find_map(|id| own_id(&id)).or_else(|| behind_a_plus(message))
}

/// Our id, as it stands in a name of a message: `msg_01kb2...@smile.example`.
pub fn own_id(name: &str) -> Option<MessageId> {
    let name = name.trim().trim_start_matches('<').trim_end_matches('>');
    name.split('@').next()?.parse().ok()
}

/// Our id in an address that the mail was sent to: `desk+msg_01kb2...@smile.example`.
pub fn behind_a_plus(message: &Message<'_>) -> Option<MessageId> {
    const RECEIVERS: [&str; 6] = ["to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-delivered-to"];
    let receivers = message.headers_raw().filter(|(name, _)| RECEIVERS.iter().any(|known| name.eq_ignore_ascii_case(known)));
    receivers.flat_map(|(_, value)| value.split(['<', '>', ',', ' ', '\t', '\r', '\n', ';'])).find_map(|word| {
        let (mailbox, _) = word.rsplit_once('@')?;
        mailbox.rsplit_once('+')?.1.to_ascii_lowercase().parse().ok()
    })
}

/// What stands in it, without what was written before and without what stands under every mail of the sender.
fn words(message: &Message<'_>) -> String {
    let parts = message.text_body.iter().filter_map(|id| message.part(*id));
    let texts = parts.filter_map(|part| match &part.body {
        PartType::Text(text) => Some(shown::words(text)),
        PartType::Html(page) => Some(shown::words(&html::text(html::before_history(page)))),
        PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Message(_) | PartType::Multipart(_) => None,
    });
    let text = texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
    let subject = shown::one_line(message.subject().unwrap_or_default());
    // a first mail says in its subject what it is about; in an answer the subject is ours
    let whole = match (text.is_empty(), shown::is_answer(&subject)) {
        (true, _) => shown::without_prefix(&subject).to_owned(),
        (false, true) => text,
        (false, false) if ours(message).is_some() || subject.is_empty() || text.starts_with(&subject) => text,
        (false, false) => format!("{subject}\n{text}"),
    };
    whole.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).take(MOST_WORDS).collect()
}

/// What is attached. Pictures that belong to the page itself, as of a signature, are none of that.
fn files(message: &Message<'_>, validity: u32, uid: u32) -> Vec<Said> {
    let attached: Vec<_> = message.attachments.iter().filter(|id| message.part(**id).is_some_and(is_a_file)).copied().collect();
    let more = attached.len().saturating_sub(MOST_FILES);
    let said = |(place, id): (usize, u32)| {
        let part = message.part(id)?;
        let content_type = part.content_type();
        let media_type = content_type.map_or("application/octet-stream".to_owned(), |media| {
            format!("{}/{}", media.ctype(), media.subtype().unwrap_or("octet-stream")).to_ascii_lowercase()
        });
        let kind = match media_type.split('/').next() {
            Some("image") => MediaKind::Image,
            Some("audio") => MediaKind::Voice,
            Some("video") => MediaKind::Video,
            _ => MediaKind::Document,
        };
        let name: String = shown::one_line(part.attachment_name().unwrap_or_default()).chars().take(LONGEST_NAME_OF_A_FILE).collect();
        // where nothing else is said of it, its name tells the desk what came
        let caption = if place + 1 == MOST_FILES && more > 0 { format!("{name} (+{more})") } else { name.clone() };
        let media_type = media_type.chars().take(100).collect();
        let file = MediaFile { name, media_type, ..MediaFile::at(format!("{validity}.{uid}.{id}")) };
        Some(Said::Media { kind, caption: caption.trim().to_owned(), file: Some(file) })
    };
    attached.into_iter().take(MOST_FILES).enumerate().filter_map(said).collect()
}

/// The bytes of one part of a mail.
pub fn file(octets: &[u8], part: u32) -> Option<Vec<u8>> {
    let message = MessageParser::default().parse(octets)?;
    let part = message.part(part).filter(|part| is_a_file(part))?;
    Some(match &part.body {
        // as it stood there: the head of such a part is not its own
        PartType::Message(inner) => inner.raw_message().to_vec(),
        _ => part.contents().to_vec(),
    })
}

fn is_a_file(part: &mail_parser::MessagePart<'_>) -> bool {
    let is_attached = part.content_disposition().is_some_and(mail_parser::ContentType::is_attachment);
    let belongs_to_the_page = part.content_id().is_some() && !is_attached;
    let is_signature = part.content_type().is_some_and(|media| media.subtype().is_some_and(|kind| kind.ends_with("-signature")));
    !belongs_to_the_page && !is_signature
}
