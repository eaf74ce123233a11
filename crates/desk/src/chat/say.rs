//! A visitor writes, or taps a button. Idempotent by the key that their browser has chosen: what is told again because an
//! answer was lost changes nothing twice.

use channels::inside::{Did, Tap};
use channels::web::KEY_HEADER;
use channels::{Arrival, Call, Method};
use clinic::actors::Channel;
use clinic::conversations::Press as Button;
use kernel::{MessageId, Refusal, Secret, Timestamp};
use store::accounts::Account;
use store::chat::Visitor;

use super::visitors::visitor;
use super::{Caller, Door};
use crate::receive::settings_of;
use crate::{ActError, Desk, receive};

const MOST_CHARACTERS: u32 = 2_000;
const LONGEST_KEY: usize = 40;

pub struct Words {
    pub key: String,
    pub text: String,
}

/// A tap on a button of ours.
pub struct Press {
    pub key: String,
    pub on: MessageId,
    pub data: String,
}

/// Durable when it comes back.
pub async fn say(desk: &Desk, caller: Caller, token: Secret, words: Words) -> Result<(), ActError> {
    let text = some_text(&words.text, MOST_CHARACTERS)?;
    is_key(&words.key)?;
    let (door, visitor) = known(desk, &caller, token).await?;
    desk.doors().chat.say(visitor.id, door.now)?;
    tell(desk, &door.account, &visitor, &words.key, Did::Words { text }).await
}

/// Only a button that lies in this visitor's thread; what it says is read there.
pub async fn press(desk: &Desk, caller: Caller, token: Secret, press: Press) -> Result<(), ActError> {
    is_key(&press.key)?;
    let (door, visitor) = known(desk, &caller, token).await?;
    desk.doors().chat.say(visitor.id, door.now)?;
    let (on, data, address) = (press.on, press.data.clone(), visitor.address());
    let label = desk
        .look(move |tx, _| {
            let message = store::outbound::find(tx, on)?.filter(|message| message.route.as_ref().is_some_and(|route| route.to == address));
            let buttons = message.map(|message| message.content.buttons).unwrap_or_default();
            let pressed = buttons.into_iter().find(|button| matches!(&button.press, Button::Answer(known) if *known == data));
            Ok(pressed.map(|button| button.label))
        })
        .await?;
    let label = label.ok_or_else(ActError::not_found)?;
    let did = Did::Press { on: press.on.to_string(), data: press.data, label };
    tell(desk, &door.account, &visitor, &press.key, did).await
}

pub(super) async fn known(desk: &Desk, caller: &Caller, token: Secret) -> Result<(Door, Visitor), ActError> {
    desk.doors().chat.speak(caller.from, desk.now())?;
    let caller = caller.clone();
    desk.look(move |tx, now| visitor(tx, &caller, &token, now)).await
}

pub(super) async fn tell(desk: &Desk, account: &Account, visitor: &Visitor, key: &str, did: Did) -> Result<(), ActError> {
    let arrival = news(account, visitor, (key, did), desk.now())?;
    receive(desk, account.id, Channel::Web, vec![arrival]).await
}

/// As every channel's news are read: signed with the key of the account.
pub(super) fn news(account: &Account, visitor: &Visitor, (key, did): (&str, Did), now: Timestamp) -> Result<Arrival, ActError> {
    let settings = settings_of(account).ok_or_else(ActError::not_found)?;
    let from = visitor.id.to_string();
    let tap = Tap { key: format!("{from}.{key}"), from, name: String::new(), locale: Some(visitor.locale.code().to_owned()), did };
    let body = serde_json::to_vec(&tap).expect("a tap is plain data");
    let shown = settings.secret("key");
    let headers = [(KEY_HEADER, shown.expose().as_bytes())];
    let call = Call { method: Method::Post, tail: "", query: "", headers: &headers, body: &body, received_at: now };
    let connector = channels::connector(Channel::Web).ok_or_else(ActError::not_found)?;
    let read = connector.read_webhook(&settings, &call).ok().and_then(|reading| reading.arrivals.into_iter().next());
    read.ok_or_else(|| Refusal::new("chat.malformed").into())
}

/// What the browser has called it, from the name that it has here.
pub(super) fn key_of(provider_key: &str) -> &str {
    provider_key.split_once('.').map_or("", |(_, key)| key)
}

pub(super) fn is_key(key: &str) -> Result<(), Refusal> {
    let fits = (8..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-');
    if fits { Ok(()) } else { Err(Refusal::new("chat.malformed").at("key")) }
}

/// Words without signs that nobody can type.
pub(super) fn some_text(typed: &str, most: u32) -> Result<String, Refusal> {
    let text: String = typed.trim().chars().filter(|sign| !sign.is_control() || matches!(sign, '\n' | '\t')).collect();
    if text.is_empty() {
        return Err(Refusal::new("reply.empty").at("text"));
    }
    if text.chars().count() > most as usize {
        return Err(Refusal::new("reply.too-long").at("text").with("most", most));
    }
    Ok(text)
}
