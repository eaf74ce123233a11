//! The thread as a visitor sees it: what was said from this browser and to it, and nothing else of the patient's thread.
//! What the browser says that it has and has shown is what was delivered and read.

use channels::inside::Did;
use clinic::actors::{Actor, Channel, Origin};
use clinic::conversations::{Button, Said};
use clinic::outbox::{Outbound, OutboundState};
use kernel::{Address, ConversationId, MessageId, Secret, Timestamp};
use store::Tx;
use store::chat::Visitor;
use store::conversations::NEWEST;

use super::lying::{Lying, lying};
use super::say::{key_of, news};
use super::visitors::{is_to_renew, renewed, visitor};
use super::{Answering, Caller, Door};
use crate::{ActError, Desk, receive};

/// So much of a thread is shown. What is older stands at the desk.
const SHOWN: u32 = 60;
/// A browser that comes again is noted at most so often.
const NOTED_AFTER: std::time::Duration = std::time::Duration::from_hours(1);

/// How far the browser has come: the newest message of ours that it has, and the newest that it has shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    pub got: Option<MessageId>,
    pub read: Option<MessageId>,
}

pub struct View {
    pub lines: Vec<Line>,
    pub answering: Answering,
    /// Comes once, and counts from now on.
    pub token: Option<Secret>,
    /// What to listen to.
    pub thread: Option<ConversationId>,
    pub door: Door,
}

/// One thing said.
pub struct Line {
    pub id: MessageId,
    pub by: Speaker,
    pub at: Timestamp,
    pub text: String,
    pub buttons: Vec<Button>,
    pub file: Option<Lying>,
}

pub enum Speaker {
    /// By the key under which their browser sent it.
    Visitor(String),
    Person,
    Bot,
}

pub async fn follow(desk: &Desk, caller: Caller, token: Secret, seen: Seen) -> Result<View, ActError> {
    desk.doors().chat.speak(caller.from, desk.now())?;
    let (asking, shown) = (caller.clone(), token.clone());
    let (mut view, visitor, fresh) = desk.look(move |tx, now| view(tx, &asking, &shown, &seen, now)).await?;
    desk.doors().chat.follow(visitor.id, desk.now())?;
    for (message, did) in fresh {
        let key = match did {
            Did::Read { .. } => format!("read-{message}"),
            _ => format!("got-{message}"),
        };
        let arrival = news(&view.door.account, &visitor, (&key, did), desk.now())?;
        receive(desk, view.door.account.id, Channel::Web, vec![arrival]).await?;
    }
    let now = desk.now();
    let renews = is_to_renew(&visitor, &token, now);
    if renews || now >= visitor.seen_at + NOTED_AFTER {
        let next = desk.chance().token();
        let next = Secret::new(next);
        let came_again = if renews { renewed(&visitor, &token, &next, now) } else { Visitor { seen_at: now, ..visitor.clone() } };
        let before = visitor.token_hash.clone();
        let noted = desk
            .act(Actor::Program, Origin::Channel(Channel::Web), move |act| {
                // another tab may have been first: then there is nothing to note
                let stands = store::chat::by_token(act.tx, &before)?.is_some_and(|now| now.token_hash == before);
                if stands {
                    store::chat::change(act.tx, &came_again, &before)?;
                }
                Ok(stands)
            })
            .await?;
        view.token = (noted && renews).then_some(next);
    }
    Ok(view)
}

type News = (MessageId, Did);

fn view(tx: &mut Tx<'_>, caller: &Caller, token: &Secret, seen: &Seen, now: Timestamp) -> Result<(View, Visitor, Vec<News>), ActError> {
    let (door, visitor) = visitor(tx, caller, token, now)?;
    let address = visitor.address();
    let thread = store::chat::thread_of(tx, &address)?;
    let mut lines = Vec::new();
    let (mut fresh, mut with_file) = (Vec::new(), Vec::new());
    if let Some(thread) = thread {
        for inbound in store::conversations::inbound_of(tx, thread, NEWEST, SHOWN)? {
            if matches!(inbound.said, Said::Media { .. }) {
                with_file.push(inbound.id);
            }
            if inbound.from == address
                && let Some(text) = spoken(inbound.said)
            {
                let by = Speaker::Visitor(key_of(&inbound.provider_key).to_owned());
                lines.push(Line { id: inbound.id, by, at: inbound.received_at, text, buttons: Vec::new(), file: None });
            }
        }
        for message in store::outbound::of_conversation(tx, thread, NEWEST, SHOWN)? {
            if !lies_here(&message, &address) {
                continue;
            }
            fresh.extend(news_of(&message, seen));
            with_file.extend(message.content.file.as_ref().map(|_| message.id));
            let by = if message.sender() == clinic::gate::Sender::Person { Speaker::Person } else { Speaker::Bot };
            let (text, buttons) = (message.content.text, message.content.buttons);
            lines.push(Line { id: message.id, by, at: message.created_at, text, buttons, file: None });
        }
    }
    lines.sort_by_key(|line| line.id);
    for (message, files) in with_file.iter().zip(store::files::of_messages(tx, &with_file)?) {
        if let Some(line) = lines.iter_mut().find(|line| line.id == *message) {
            line.file = files.into_iter().next().and_then(|file| lying(&door.account, *message, file, now));
        }
    }
    fresh.reverse();
    let answering = door.answering;
    Ok((View { lines, answering, token: None, thread, door }, visitor, fresh))
}

fn spoken(said: Said) -> Option<String> {
    match said {
        Said::Words(words) => Some(words),
        Said::Pressed { label, .. } => Some(label),
        // the picture itself stands beside it
        Said::Media { caption, .. } => Some(caption),
        Said::Automatic(_)
        | Said::Reacted { .. }
        | Said::Edited { .. }
        | Said::Deleted { .. }
        | Said::SharedContact { .. }
        | Said::Opened { .. } => None,
    }
}

/// Taken for this browser, and not given to another channel since.
fn lies_here(message: &Outbound, address: &Address) -> bool {
    message.state.was_taken() && message.route.as_ref().is_some_and(|route| route.to == *address)
}

/// What the browser's word adds to what we know of a message.
fn news_of(message: &Outbound, seen: &Seen) -> Option<News> {
    let reaches = |until: Option<MessageId>| until.is_some_and(|until| message.id <= until);
    let on = message.id.to_string();
    match &message.state {
        OutboundState::Accepted { .. } | OutboundState::Delivered { .. } if reaches(seen.read) => Some((message.id, Did::Read { on })),
        OutboundState::Accepted { .. } if reaches(seen.got) => Some((message.id, Did::Receive { on })),
        _ => None,
    }
}
