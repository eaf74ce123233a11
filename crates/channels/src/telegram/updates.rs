//! From an update to what it means. Only private chats are read: in a group a bot hears people who never asked for it.

use clinic::conversations::{MediaKind, Said};
use kernel::{Address, Timestamp};
use serde_json::Value;

use super::answers;
use super::dialect::Dialect;
use super::wire::{Chat, Contact, Membership, Message, Reaction, Tap, Tapped, Update, User};
use crate::arrivals::called;
use crate::{Answer, Arrival, Event, PollTrouble, Polled, Unreadable};

/// None: news that means nothing to a clinic.
pub fn read(dialect: &Dialect, update: Update, received_at: Timestamp) -> Result<Option<Arrival>, Unreadable> {
    let repeat_key = update.id.to_string();
    let arrival = |(at, event)| Arrival::new(repeat_key.clone(), at, event);
    let read = if let Some(message) = update.message {
        told(dialect, message)?.map(arrival)
    } else if let Some(message) = update.edited_message {
        edited(dialect, message)?.map(arrival)
    } else if let Some(tap) = update.callback_query {
        let handle = Some(tap.id.clone());
        tapped(dialect, tap)?.map(|event| Arrival { handle, ..Arrival::new(repeat_key, received_at, event) })
    } else if let Some(membership) = update.my_chat_member {
        membership_changed(dialect, &membership)?.map(arrival)
    } else if let Some(reaction) = update.message_reaction {
        reacted(dialect, reaction)?.map(arrival)
    } else {
        None
    };
    Ok(read)
}

pub fn read_poll(dialect: &Dialect, answer: &Answer, received_at: Timestamp) -> Result<Polled, PollTrouble> {
    let Value::Array(updates) = answers::result_of_poll(answer)? else { return Err(answers::strange_poll()) };
    let mut polled = Polled { arrivals: Vec::new(), unread: 0, cursor: None };
    let mut last = None;
    for update in updates {
        let Some(id) = update.get("update_id").and_then(Value::as_i64) else { return Err(answers::strange_poll()) };
        last = last.max(Some(id));
        match serde_json::from_value(update).ok().and_then(|update| read(dialect, update, received_at).ok()) {
            Some(arrival) => polled.arrivals.extend(arrival),
            None => polled.unread += 1,
        }
    }
    polled.cursor = last.map(|id| id.saturating_add(1).to_string());
    Ok(polled)
}

/// The name by which a message is known outside: its number counts only within its chat.
pub fn message_key(chat: i64, message: i64) -> String {
    format!("{chat}:{message}")
}

type Dated = Option<(Timestamp, Event)>;

fn told(dialect: &Dialect, message: Message) -> Result<Dated, Unreadable> {
    let Some(user) = speaker(&message) else { return Ok(None) };
    let from = address(dialect, &message.chat)?;
    let (name, locale) = (name(user), user.language_code.clone());
    let Some(said) = said(&message, user.id) else { return Ok(None) };
    let chat = message.chat.id;
    let event = Event::Message {
        provider_key: message_key(chat, message.id),
        from,
        phone: None,
        name,
        locale,
        said,
        reply_to: message.answers.map(|answered| message_key(chat, answered.message_id)),
    };
    Ok(Some((seconds(message.date), event)))
}

fn said(message: &Message, user: i64) -> Option<Said> {
    let caption = || message.caption.clone().unwrap_or_default();
    let media = |kind, caption: String| Some(Said::media(kind, caption));
    if let Some(text) = &message.text {
        return Some(opened(text).unwrap_or_else(|| Said::Words(text.clone())));
    }
    if let Some(contact) = &message.contact {
        // Anybody can forward anybody's card: only the sender's own number is proven.
        return if contact.user_id == Some(user) {
            Some(Said::SharedContact { phone: international(&contact.phone_number) })
        } else {
            media(MediaKind::Other, card_of_another(contact))
        };
    }
    if let Some(place) = &message.location {
        return media(MediaKind::Place, format!("{}, {}", place.latitude, place.longitude));
    }
    if let Some(sticker) = &message.sticker {
        return media(MediaKind::Sticker, sticker.emoji.clone());
    }
    // Of a picture there are several sizes, the largest last.
    let photo = message.photo.as_ref().and_then(|sizes| sizes.last());
    let kinds = [
        (photo, MediaKind::Image),
        (message.voice.as_ref(), MediaKind::Voice),
        (message.audio.as_ref(), MediaKind::Voice),
        (message.video.as_ref(), MediaKind::Video),
        (message.video_note.as_ref(), MediaKind::Video),
        (message.animation.as_ref(), MediaKind::Video),
        (message.document.as_ref(), MediaKind::Document),
    ];
    let remarks = [&message.pinned, &message.auto_delete_changed, &message.write_access_allowed, &message.chat_background_set];
    if let Some((stored, kind)) = kinds.into_iter().find_map(|(part, kind)| Some((part?, kind))) {
        return Some(Said::Media { kind, caption: caption(), file: stored.file() });
    }
    // Of a kind that is newer than this program: a person should know that something came.
    if remarks.into_iter().all(Option::is_none) { media(MediaKind::Other, caption()) } else { None }
}

/// `/start`, alone when the patient found the bot without a link of ours.
fn opened(text: &str) -> Option<Said> {
    let rest = text.strip_prefix("/start")?;
    let bare = rest.is_empty() || rest.starts_with(char::is_whitespace);
    bare.then(|| Said::Opened { token: rest.trim().to_owned() })
}

fn edited(dialect: &Dialect, message: Message) -> Result<Dated, Unreadable> {
    let Some(user) = speaker(&message) else { return Ok(None) };
    let from = address(dialect, &message.chat)?;
    let (name, locale) = (name(user), user.language_code.clone());
    let Some(words) = message.text.or(message.caption) else { return Ok(None) };
    let of = message_key(message.chat.id, message.id);
    let edited_at = message.edit_date.unwrap_or(message.date);
    let event = Event::Message {
        // A message can be edited again, and each time it is another message to us.
        provider_key: format!("{of}:{edited_at}"),
        from,
        phone: None,
        name,
        locale,
        said: Said::Edited { of, words },
        reply_to: None,
    };
    Ok(Some((seconds(edited_at), event)))
}

fn tapped(dialect: &Dialect, tap: Tap) -> Result<Option<Event>, Unreadable> {
    let (Some(on), Some(data)) = (tap.message, tap.data) else { return Ok(None) };
    if tap.from.is_bot || !is_private(&on.chat) {
        return Ok(None);
    }
    Ok(Some(Event::Message {
        provider_key: format!("tap:{}", tap.id),
        from: address(dialect, &on.chat)?,
        phone: None,
        name: name(&tap.from),
        locale: tap.from.language_code.clone(),
        said: Said::Pressed { label: label(&on, &data), data },
        reply_to: Some(message_key(on.chat.id, on.message_id)),
    }))
}

/// What stood on the button, as far as the messenger still shows it.
fn label(on: &Tapped, data: &str) -> String {
    let keys = on.reply_markup.iter().flat_map(|keyboard| keyboard.inline_keyboard.iter().flatten());
    keys.filter(|key| key.callback_data.as_deref() == Some(data)).map(|key| key.text.clone()).next().unwrap_or_default()
}

fn membership_changed(dialect: &Dialect, membership: &Membership) -> Result<Dated, Unreadable> {
    if !is_private(&membership.chat) {
        return Ok(None);
    }
    let from = address(dialect, &membership.chat)?;
    let at = seconds(membership.date);
    Ok(match membership.new_chat_member.status.as_str() {
        "kicked" => Some((at, Event::Blocked { from })),
        "member" => Some((at, Event::Unblocked { from })),
        _ => None,
    })
}

fn reacted(dialect: &Dialect, reaction: Reaction) -> Result<Dated, Unreadable> {
    let Some(user) = reaction.user.filter(|user| !user.is_bot && is_private(&reaction.chat)) else { return Ok(None) };
    // A reaction that was taken back says nothing.
    let Some(emoji) = reaction.now.into_iter().find_map(|kind| kind.emoji) else { return Ok(None) };
    let to = message_key(reaction.chat.id, reaction.message_id);
    let event = Event::Message {
        provider_key: format!("reaction:{to}:{}", reaction.date),
        from: address(dialect, &reaction.chat)?,
        phone: None,
        name: name(&user),
        locale: user.language_code,
        said: Said::Reacted { to: to.clone(), emoji },
        reply_to: Some(to),
    };
    Ok(Some((seconds(reaction.date), event)))
}

fn speaker(message: &Message) -> Option<&User> {
    message.from.as_ref().filter(|user| !user.is_bot && is_private(&message.chat))
}

fn is_private(chat: &Chat) -> bool {
    chat.kind == "private"
}

fn address(dialect: &Dialect, chat: &Chat) -> Result<Address, Unreadable> {
    Address::new(dialect.channel.scheme(), &chat.id.to_string()).map_err(|_| Unreadable::Malformed { at: "chat" })
}

fn name(user: &User) -> String {
    called(&format!("{} {}", user.first_name, user.last_name))
}

/// The messenger may leave out the plus before a whole international number.
fn international(phone: &str) -> String {
    let phone = phone.trim();
    if phone.starts_with('+') { phone.to_owned() } else { format!("+{phone}") }
}

fn card_of_another(contact: &Contact) -> String {
    format!("{} {} {}", contact.first_name, contact.last_name, international(&contact.phone_number)).trim().to_owned()
}

/// A date far outside of any calendar is cut to its end.
fn seconds(date: i64) -> Timestamp {
    Timestamp::from_seconds(date.clamp(0, 100_000_000_000))
}
