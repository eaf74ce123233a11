//! A visitor asks to be called: a thread, a task for the desk by that time, and the words to which they agreed.
//! Idempotent by the key of their browser.

use std::time::Duration;

use channels::inside::Did;
use clinic::actors::{Actor, Channel, Origin};
use clinic::clinics::Clinic;
use clinic::tasks::{NewTask, TaskKind};
use clinic::texts::Phrasebook;
use kernel::{Arg, Phone, Refusal, Secret, Timestamp, format, one_line};
use store::chat::Callback;
use store::conversations::NEWEST;

use super::Caller;
use super::say::{is_key, news, some_text};
use super::visitors::visitor;
use crate::bot::facts;
use crate::{ActError, Desk};

/// What the visitor agrees to, in `chat.ftl`. A change of those words is a new version.
pub const WORDING: &str = "callback-1";
const MOST_ABOUT: u32 = 500;
const LONGEST_NAME: u32 = 100;
/// How far ahead somebody is called, and in what pieces of a day.
const DAYS: u64 = 7;
const PIECE: Duration = Duration::from_hours(3);
const MOST_TIMES: usize = 9;
/// Shorter ends of a day are not offered.
const SHORTEST: Duration = Duration::from_mins(30);

/// As it was typed.
pub struct CallWish {
    pub key: String,
    pub name: String,
    pub phone: String,
    /// One of [`times_to_call`]; None: as soon as somebody can.
    pub at: Option<Timestamp>,
    /// What it is about; may be empty.
    pub about: String,
    /// The version of the words to which they agreed.
    pub wording: String,
}

/// When somebody can be called: pieces of the clinic's next open days, each with its end.
pub fn times_to_call(clinic: &Clinic, now: Timestamp) -> Vec<(Timestamp, Timestamp)> {
    let days = facts::open_days(clinic);
    let horizon = now + Duration::from_hours(24 * DAYS);
    let mut times = Vec::new();
    let mut from = now;
    while times.len() < MOST_TIMES
        && let Some(begins) = days.next_opening(from).filter(|begins| *begins < horizon)
    {
        let ends = days.next_closing(begins).min(begins + PIECE);
        if ends.since(begins) >= SHORTEST {
            times.push((begins, ends));
        }
        from = ends;
    }
    times
}

pub async fn ask_for_call(desk: &Desk, caller: Caller, token: Secret, wish: CallWish) -> Result<(), ActError> {
    is_key(&wish.key)?;
    if wish.wording != WORDING {
        return Err(Refusal::new("chat.no-consent").at("consent").into());
    }
    let name = one_line(&wish.name, LONGEST_NAME).map_err(|_| Refusal::new("chat.no-name").at("name"))?;
    let about = if wish.about.trim().is_empty() { String::new() } else { some_text(&wish.about, MOST_ABOUT)? };
    desk.doors().chat.speak(caller.from, desk.now())?;
    let (asking, shown) = (caller.clone(), token.clone());
    let (door, known) = desk.look(move |tx, now| visitor(tx, &asking, &shown, now)).await?;
    let phone = Phone::parse(&format::ascii_digits(&wish.phone), &door.clinic.region);
    let phone = phone.map_err(|_| Refusal::new("chat.no-phone").at("phone"))?;
    if wish.at.is_some_and(|at| at < door.now || at > door.now + Duration::from_hours(24 * (DAYS + 1))) {
        return Err(Refusal::new("chat.time-passed").at("at").into());
    }
    desk.doors().chat.call(known.id, door.now)?;
    let text = words(&door.clinic, known.locale, (&name, &phone, wish.at, &about));
    let arrival = news(&door.account, &known, (&wish.key, Did::Words { text }), door.now)?;
    let (key, account) = (arrival.repeat_key.clone(), door.account.id);
    let through = Origin::Channel(Channel::Web);
    desk.act(Actor::Program, through, move |act| {
        if !store::conversations::arrives(act.tx, account, &key, act.now)? {
            return Ok(());
        }
        act.hear(account, Channel::Web, &arrival)?;
        let address = known.address();
        let thread = store::chat::thread_of(act.tx, &address)?.ok_or_else(ActError::not_found)?;
        let conversation = store::conversations::find(act.tx, thread)?.ok_or_else(ActError::not_found)?;
        let before = conversation.version;
        let conversation = conversation.introduce(&name);
        act.keep_conversation(before, &conversation, vec![])?;
        let newest = store::conversations::inbound_of(act.tx, thread, NEWEST, 1)?.pop().ok_or_else(ActError::not_found)?;
        let wording_said = Phrasebook::of(known.locale).say_plain("chat-consent", &[("clinic", Arg::from(door.clinic.name.clone()))]);
        store::chat::add_callback(
            act.tx,
            &Callback {
                message: newest.id,
                visitor: known.id,
                name: name.clone(),
                phone: phone.e164().to_owned(),
                wanted_at: wish.at,
                wording: WORDING.to_owned(),
                wording_said,
                locale: known.locale,
                consented_at: act.now,
            },
        )?;
        act.open(NewTask {
            clinic: conversation.clinic,
            kind: TaskKind::Call,
            patient: None,
            visit: None,
            conversation: Some(thread),
            run: None,
            reason: "task-reason-callback".to_owned(),
            due_at: wish.at.unwrap_or_else(|| facts::answered_by(&door.clinic, act.now)),
            tries: 0,
        })?;
        act.courtesy(&conversation, "callback-noted", crate::bot::saying::Courtesy::on(Channel::Web, known.locale))
    })
    .await
}

/// The wish as it stands in the thread, in the visitor's own language.
fn words(clinic: &Clinic, locale: kernel::Locale, (name, phone, at, about): (&str, &Phone, Option<Timestamp>, &str)) -> String {
    let book = Phrasebook::of(locale);
    let at = at.map_or_else(|| book.say_plain("chat-call-soon", &[]), |at| format::moment(at, &clinic.zone, locale));
    let said = book.say_plain(
        "chat-call-words",
        &[("name", Arg::from(name.to_owned())), ("phone", Arg::from(phone.international())), ("at", Arg::from(at))],
    );
    if about.is_empty() { said } else { format!("{said}\n{about}") }
}
