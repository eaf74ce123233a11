//! What a message says when there is nothing to tap, and what a provider's call says in the fields of a form.

use std::collections::BTreeMap;

use clinic::actors::Channel;
use clinic::conversations::{Press, Said};
use clinic::texts::segments;
use kernel::{Address, MessageId, Phone, Timestamp};
use sha2::{Digest, Sha256};

use crate::card::is_link;
use crate::{Arrival, Call, Card, Event, Outgoing, Unwritable};

/// The words of a message, then each link, then the answers that the patient may give, beside the page where one tap gives them.
pub fn text(card: &Card, message: &Outgoing) -> Result<String, Unwritable> {
    let content = &message.content;
    if !Channel::Sms.reaches(&message.to) {
        return Err(Unwritable::WrongAddress);
    }
    // a calendar file repeats what the message says
    if content.attachments.iter().any(|file| !file.media_type.starts_with("text/calendar")) {
        return Err(Unwritable::Attachment);
    }
    let mut text = clean(&content.text);
    if let Some(file) = &message.file {
        // where the file can be fetched for a while
        let link = file.link.as_deref().filter(|link| is_link(link) && card.takes(file)).ok_or(Unwritable::Attachment)?;
        let name = clean(&file.name);
        text = if text.is_empty() { format!("{name}: {link}") } else { format!("{text}\n{name}: {link}") };
    }
    if text.is_empty() {
        return Err(Unwritable::Empty);
    }
    for button in &content.buttons {
        if let Press::Link(url) = &button.press {
            if !is_link(url) {
                return Err(Unwritable::ButtonLink);
            }
            text = format!("{text}\n{}: {url}", bare(&button.label));
        }
    }
    let answers: Vec<&str> =
        content.buttons.iter().filter(|button| matches!(button.press, Press::Answer(_))).map(|button| bare(&button.label)).collect();
    if !answers.is_empty() {
        let page = message.answer_url.as_deref().filter(|url| is_link(url)).map(|url| format!(": {url}")).unwrap_or_default();
        text = format!("{text}\n{}{page}", answers.join(" / "));
    }
    if segments(&text).parts > card.text.most { Err(Unwritable::TooLong) } else { Ok(text) }
}

/// Line ends as `\n`, without the characters that no text holds.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.trim().chars().filter(|c| !c.is_control() || *c == '\n').collect()
}

/// A label without the picture before it, which would double the price of a text in Latin letters.
fn bare(label: &str) -> &str {
    let begins = label.find(char::is_alphanumeric).unwrap_or_default();
    label[begins..].trim()
}

/// A number of at most so many digits by which a provider knows this message; never nought.
pub fn own_number(id: MessageId, below: u64) -> u64 {
    let digest = Sha256::digest(id.to_string());
    let number = digest[..8].iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    (number % below).max(1)
}

/// The number that a message goes to, in digits: `36301234567`.
pub fn digits(to: &Address) -> &str {
    to.rest().trim_start_matches('+')
}

/// Who has sent a message. None: a name or a short number, to which nobody can answer.
pub fn sender(shown: &str) -> Option<Address> {
    let shown = shown.trim();
    let digits = shown.strip_prefix('+').or_else(|| shown.strip_prefix("00")).unwrap_or(shown);
    Phone::from_e164(&format!("+{digits}")).ok().map(|phone| Address::phone(&phone))
}

/// What somebody has written. Nobody is named by a number, so no name comes with it.
pub fn said(key: &str, at: Timestamp, from: Address, words: &str) -> Arrival {
    let said = Said::Words(words.trim_end_matches('\0').to_owned());
    let event = Event::Message { provider_key: key.to_owned(), from, phone: None, name: String::new(), locale: None, said, reply_to: None };
    Arrival::new(format!("message:{key}"), at, event)
}

/// The fields of a call, in its address or in its body; the body goes before the address.
pub fn fields(call: &Call<'_>) -> BTreeMap<String, String> {
    let asked = form_urlencoded::parse(call.query.as_bytes());
    asked.chain(form_urlencoded::parse(call.body)).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}
