//! From a message to the calls that send it. Up to three short answers stand as buttons, more of them as a list; links, which
//! neither can carry, are written into the text.

use clinic::actors::Channel;
use clinic::conversations::{Button, Press};
use kernel::Secret;
use serde_json::{Value, json};

use super::{BODY, CARD, TEXT, templates};
use crate::letters::UPLOAD;
use crate::parts::{cut, parts, with_links};
use crate::split::units;
use crate::{Body, Carried, HttpLetter, Letter, Method, Outgoing, Part, Settings, Unwritable};

const BUTTONS: usize = 3;
/// Characters on a button, and in a row of a list.
const BUTTON_LABEL: usize = 20;
const ROW_LABEL: usize = 24;

pub fn write(settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable> {
    if let Some(filled) = &message.approved {
        if message.file.is_some() {
            // an approved text brings no file of the moment
            return Err(Unwritable::NeedsTemplate);
        }
        parts(Channel::Whatsapp, &CARD, &with_links(message), TEXT)?;
        return Ok(vec![sent(settings, message, json!({ "type": "template", "template": templates::written(filled) }))]);
    }
    let answers = answers(&message.content.buttons);
    let message = with_links(message);
    let parts = parts(Channel::Whatsapp, &CARD, &message, if answers.is_empty() { TEXT } else { BODY })?;
    let last = parts.len().saturating_sub(1);
    let file = message.file.as_ref().map(|file| named(file).ok_or(Unwritable::Attachment)).transpose()?;
    let fits_under_it = answers.is_empty() && parts.len() <= 1 && units(&parts.concat()) <= BODY;
    if let Some((kind, mut inside)) = file.clone().filter(|_| fits_under_it) {
        if let Some(words) = parts.first() {
            inside["caption"] = words.as_str().into();
        }
        return Ok(vec![sent(settings, &message, json!({ "type": kind, kind: inside }))]);
    }
    let letter = |(at, part): (usize, &String)| {
        let mut call = if at == last && !answers.is_empty() {
            interactive(settings, part, &answers)
        } else {
            json!({ "type": "text", "text": { "body": part, "preview_url": false } })
        };
        if at == 0
            && let Some(answered) = &message.reply_to
        {
            call["context"] = json!({ "message_id": answered });
        }
        sent(settings, &message, call)
    };
    let file = file.map(|(kind, inside)| sent(settings, &message, json!({ "type": kind, kind: inside })));
    Ok(parts.iter().enumerate().map(letter).chain(file).collect())
}

/// The file as the provider has named it; None as long as it was not brought there.
fn named(file: &Carried) -> Option<(&'static str, Value)> {
    let handle = file.handle.as_deref()?;
    Some(if CARD.shows(file) { ("image", json!({ "id": handle })) } else { ("document", json!({ "id": handle, "filename": file.name })) })
}

/// Brings a file there; it is kept for thirty days.
pub fn upload(settings: &Settings, file: &Carried) -> Letter {
    let parts = vec![Part::field("messaging_product", "whatsapp"), Part::field("type", file.media_type), Part::of("file", file)];
    let letter = HttpLetter::posted(address(settings, "/media"));
    signed(settings, HttpLetter { body: Body::Multipart(parts), patience: UPLOAD, ..letter })
}

fn sent(settings: &Settings, message: &Outgoing, mut call: Value) -> Letter {
    let to = message.to.rest();
    call["messaging_product"] = "whatsapp".into();
    call["recipient_type"] = "individual".into();
    // A number is dialled; whoever hides theirs is called by the name that the house gave them.
    let whom = if to.bytes().all(|byte| byte.is_ascii_digit()) { "to" } else { "recipient" };
    call[whom] = to.into();
    call["biz_opaque_callback_data"] = message.id.to_string().into();
    let letter = HttpLetter::posted(address(settings, "/messages"));
    signed(settings, HttpLetter { body: Body::Json(call.to_string()), ..letter })
}

fn interactive(settings: &Settings, text: &str, answers: &[(&str, &str)]) -> Value {
    let are_short = answers.iter().all(|(_, label)| label.chars().count() <= BUTTON_LABEL);
    let inside = if answers.len() <= BUTTONS && are_short {
        let buttons = answers.iter().map(|(data, label)| json!({ "type": "reply", "reply": { "id": data, "title": label } }));
        json!({ "type": "button", "body": { "text": text }, "action": { "buttons": buttons.collect::<Vec<_>>() } })
    } else {
        let rows = answers.iter().map(|(data, label)| json!({ "id": data, "title": cut(label, ROW_LABEL) }));
        let opener = settings.text("list_button");
        let sections = json!([{ "title": opener, "rows": rows.collect::<Vec<_>>() }]);
        json!({ "type": "list", "body": { "text": text }, "action": { "button": opener, "sections": sections } })
    };
    json!({ "type": "interactive", "interactive": inside })
}

/// What comes back and what stands on it.
fn answers(buttons: &[Button]) -> Vec<(&str, &str)> {
    let answers = buttons.iter().filter_map(|button| match &button.press {
        Press::Answer(data) => Some((data.as_str(), button.label.trim())),
        Press::Link(_) | Press::ShareContact => None,
    });
    answers.collect()
}

/// `path` follows the number of the clinic.
pub fn asked(settings: &Settings, path: &str) -> Letter {
    signed(settings, HttpLetter::asked(address(settings, path)))
}

/// Which apps are told of what happens to the business; posted, that ours is.
pub fn subscriptions(settings: &Settings, method: Method) -> Letter {
    let server = settings.text("server").trim_end_matches('/');
    let url = Secret::new(format!("{server}/{}/subscribed_apps", settings.text("business_account_id")));
    signed(settings, HttpLetter { method, ..HttpLetter::asked(url) })
}

pub fn at(settings: &Settings, url: String) -> Letter {
    signed(settings, HttpLetter::asked(Secret::new(url)))
}

/// Where a file that came in can be fetched.
pub fn about_file(settings: &Settings, number: &str) -> Letter {
    let server = settings.text("server").trim_end_matches('/');
    let ours = settings.text("phone_number_id");
    signed(settings, HttpLetter::asked(Secret::new(format!("{server}/{number}?phone_number_id={ours}"))))
}

fn address(settings: &Settings, path: &str) -> Secret {
    Secret::new(format!("{}/{}{path}", settings.text("server").trim_end_matches('/'), settings.text("phone_number_id")))
}

pub fn signed(settings: &Settings, letter: HttpLetter) -> Letter {
    let headers = vec![("authorization", Secret::new(format!("Bearer {}", settings.text("token"))))];
    Letter::Http(HttpLetter { headers, ..letter })
}
