//! The middle column: what was said both ways, what happened meanwhile, and what colleagues noted.

use std::collections::BTreeMap;
use std::time::Duration;

use clinic::actors::{Actor, Channel};
use clinic::calls::Call;
use clinic::conversations::{Cause, Conversation, ConversationState, Inbound, MediaKind, Note, Said, SenderCheck, Topic};
use clinic::files::MessageFile;
use clinic::gate::{SuppressReason, Told};
use clinic::happenings::{Happening, Recorded};
use clinic::outbox::{Climbed, Failure, Outbound, OutboundState};
use clinic::patients::Patient;
use kernel::format::{self, RelativeDay};
use kernel::{Arg, Locale, MessageId, StaffId, Timestamp};

use super::view::{Choice, Colleague, Delivery, File, Key, Line, Message, Side, Snooze, Tab, Talk, TopicChoice, Turn, Why};
use super::{files, list};
use crate::calls;
use crate::people::People;
use crate::session::SignedIn;
use crate::telling::{Telling, days_after};
use crate::{Chip, Tone, Words};

/// A thread as it was read, each list with the newest first.
pub struct Thread {
    pub conversation: Conversation,
    pub reader: Option<Patient>,
    pub inbound: Vec<Inbound>,
    pub outbound: Vec<Outbound>,
    pub notes: Vec<Note>,
    pub calls: Vec<Call>,
    pub happened: Vec<Recorded>,
    /// Of both sides' messages, by message.
    pub files: BTreeMap<MessageId, Vec<MessageFile>>,
    /// Who may hold a conversation.
    pub colleagues: Vec<StaffId>,
    pub people: People,
    /// There is more before that message.
    pub older: Option<MessageId>,
}

impl Thread {
    pub fn talk(&self, me: &SignedIn, tab: Tab) -> Talk {
        let conversation = &self.conversation;
        let (given, family) = self.reader.as_ref().map_or(("", ""), |reader| (reader.name.given(), reader.name.family()));
        let (name, initials) = list::called(me, conversation, given, family);
        let others = self.colleagues.iter().filter(|id| **id != me.member.id);
        Talk {
            conversation: conversation.id,
            tab,
            name,
            initials,
            card: self.reader.as_ref().map(|reader| reader.id),
            line: self.line(me),
            state: state(me, conversation, (self.channel(), &self.people)),
            turn: turn(me, conversation, &self.people),
            seen: conversation.version,
            colleagues: others.map(|id| Colleague { id: *id, name: self.people.name(*id) }).collect(),
            snoozes: snoozes(me),
            topics: topics(me),
            lines: self.lines(me),
            older: self.older.map(|before| format!("/inbox/{}?tab={}&before={before}", conversation.id, tab.name())),
        }
    }

    /// The channel on which they last wrote.
    pub fn channel(&self) -> Option<Channel> {
        self.inbound.first().map(|inbound| inbound.channel)
    }

    /// 'Telegram · speaks Russian'
    fn line(&self, me: &SignedIn) -> String {
        let channel = self.channel().map(|channel| me.telling().channel(channel));
        let language = self.reader.as_ref().map(|reader| {
            let language = language(me.words(), reader.locale);
            me.words().with("inbox-speaks", &[("language", Arg::from(language))])
        });
        channel.into_iter().chain(language).collect::<Vec<_>>().join(" · ")
    }

    fn lines(&self, me: &SignedIn) -> Vec<Line> {
        let telling = me.telling();
        // at one instant: what the patient said, what it led to, what we answered, what somebody noted; each by its name
        let mut dated: Vec<((Timestamp, Place, String), Line)> = Vec::new();
        for inbound in &self.inbound {
            let line = self.heard(&telling, inbound);
            dated.extend(line.map(|line| ((inbound.received_at, Place::Said, inbound.id.to_string()), line)));
        }
        for recorded in &self.happened {
            let line = self.marked(&telling, recorded);
            dated.extend(line.map(|line| ((recorded.at, Place::Marked, recorded.id.to_string()), line)));
        }
        let answered = |outbound: &Outbound| (outbound.created_at, Place::Answered, outbound.id.to_string());
        dated.extend(self.outbound.iter().map(|outbound| (answered(outbound), self.said(&telling, outbound))));
        dated.extend(self.notes.iter().map(|note| ((note.at, Place::Noted, note.id.to_string()), self.noted(&telling, note))));
        dated.extend(self.calls.iter().map(|call| {
            let (tone, text) = calls::line(&telling, call, telling.now);
            let at = call.told.began_at;
            ((at, Place::Said, call.id.to_string()), Line::Call { tone, text: format!("{text} · {}", telling.time(at)) })
        }));
        dated.sort_by_cached_key(|(key, _)| key.clone());
        let mut lines = Vec::with_capacity(dated.len());
        let mut day = None;
        for ((at, ..), line) in dated {
            let on = at.date(telling.zone);
            if day != Some(on) {
                lines.push(Line::Day(day_word(&telling, at)));
                day = Some(on);
            }
            lines.push(line);
        }
        lines
    }

    /// None for what shows at the message that it is about.
    fn heard(&self, telling: &Telling<'_>, inbound: &Inbound) -> Option<Line> {
        let words = telling.words;
        let (text, media, by) = match &inbound.said {
            Said::Words(text) => (text.clone(), String::new(), String::new()),
            Said::Automatic(text) => (text.clone(), String::new(), words.say("inbox-by-machine")),
            Said::Pressed { label, .. } => (label.clone(), String::new(), words.say("inbox-by-button")),
            Said::SharedContact { phone } => (phone.clone(), words.say("inbox-shared-contact"), String::new()),
            Said::Opened { .. } => (String::new(), words.say("inbox-opened-link"), String::new()),
            Said::Media { kind, caption, .. } => (caption.clone(), words.say(media_key(*kind)), String::new()),
            Said::Reacted { .. } | Said::Edited { .. } | Said::Deleted { .. } => return None,
        };
        let (text, changed) = self.changed(telling, inbound, text);
        Some(Line::Message(Box::new(Message {
            id: inbound.id,
            side: Side::In,
            text,
            media: if self.files.contains_key(&inbound.id) { String::new() } else { media },
            files: self.files_of(telling, inbound.id),
            keys: Vec::new(),
            reaction: String::new(),
            changed,
            caution: if inbound.sender == SenderCheck::Failed { words.say("inbox-sender-not-confirmed") } else { String::new() },
            at: telling.time(inbound.received_at),
            channel: telling.channel(inbound.channel),
            by,
            delivery: None,
            why: None,
        })))
    }

    fn files_of(&self, telling: &Telling<'_>, message: MessageId) -> Vec<File> {
        self.files.get(&message).into_iter().flatten().map(|file| files::shown(telling.words, message, file)).collect()
    }

    /// The newest wording, and that it was changed; a deleted one stays readable for whoever has to answer it.
    fn changed(&self, telling: &Telling<'_>, inbound: &Inbound, text: String) -> (String, String) {
        let about = |of: &String| *of == inbound.provider_key;
        for later in &self.inbound {
            match &later.said {
                Said::Edited { of, words } if about(of) => {
                    let at = [("at", Arg::from(telling.at(later.received_at)))];
                    return (words.clone(), telling.words.with("inbox-edited", &at));
                }
                Said::Deleted { of } if about(of) => return (text, telling.words.say("inbox-deleted")),
                _ => {}
            }
        }
        (text, String::new())
    }

    fn said(&self, telling: &Telling<'_>, outbound: &Outbound) -> Line {
        let channel = outbound.route.as_ref().map(|route| route.channel);
        let by = match &outbound.cause {
            Cause::Reply { by: Actor::Staff { id, .. } } | Cause::Trial { by: Actor::Staff { id, .. } } => self.people.name(*id),
            Cause::Reply { .. } | Cause::Trial { .. } | Cause::Run { .. } | Cause::Courtesy { .. } => telling.words.say("inbox-by-bot"),
        };
        let pressed: Vec<&str> = self.inbound.iter().filter_map(|inbound| pressed_under(inbound, outbound)).collect();
        let key = |label: &String| Key {
            label: label.clone(),
            choice: if pressed.contains(&label.as_str()) { Choice::Chosen } else { Choice::Left },
        };
        Line::Message(Box::new(Message {
            id: outbound.id,
            side: Side::Out,
            text: outbound.content.text.clone(),
            media: outbound.content.attachments.iter().map(|attachment| attachment.name.clone()).collect::<Vec<_>>().join(", "),
            files: self.files_of(telling, outbound.id),
            keys: outbound.content.buttons.iter().map(|button| key(&button.label)).collect(),
            reaction: self.reaction(outbound),
            changed: self.delayed(telling, outbound),
            caution: String::new(),
            at: telling.time(outbound.created_at),
            channel: channel.map(|channel| telling.channel(channel)).unwrap_or_default(),
            by,
            delivery: Some(delivery(&outbound.state)),
            why: telling.why(&outbound.why).map(|(sentence, change)| Why { sentence, change, also: also(telling, outbound) }),
        }))
    }

    /// What a server on the way has told, until it has arrived or failed.
    fn delayed(&self, telling: &Telling<'_>, outbound: &Outbound) -> String {
        if !matches!(outbound.state, OutboundState::Accepted { .. }) {
            return String::new();
        }
        let told = self
            .happened
            .iter()
            .find(|recorded| matches!(&recorded.what, Happening::MessageDelayed { message, .. } if *message == outbound.id));
        told.map_or_else(String::new, |told| telling.words.with("inbox-delayed", &[("at", Arg::from(telling.at(told.at)))]))
    }

    fn reaction(&self, outbound: &Outbound) -> String {
        let Some(key) = provider_key(&outbound.state) else { return String::new() };
        let newest = self.inbound.iter().find_map(|inbound| match &inbound.said {
            Said::Reacted { to, emoji } if to == key => Some(emoji.clone()),
            _ => None,
        });
        newest.unwrap_or_default()
    }

    fn noted(&self, telling: &Telling<'_>, note: &Note) -> Line {
        Line::Note { by: self.people.name(note.by), text: note.text.clone(), at: telling.time(note.at) }
    }

    /// Marks of the journal and who took the conversation; messages stand there themselves.
    fn marked(&self, telling: &Telling<'_>, recorded: &Recorded) -> Option<Line> {
        let tone = match &recorded.what {
            Happening::VisitConfirmed { .. } | Happening::VisitBooked { .. } | Happening::VisitMoved { .. } => Tone::Good,
            Happening::VisitCancelled { .. } | Happening::VisitMissed { .. } | Happening::OptedOut { .. } => Tone::Bad,
            Happening::VisitLate { .. } | Happening::HandedOver { .. } => Tone::Wait,
            Happening::ConversationAssigned { .. } | Happening::ConversationClosed { .. } | Happening::ConversationReopened { .. } => {
                Tone::Done
            }
            _ => return None,
        };
        let text = telling.happening(&recorded.what, &|id| self.people.name(id));
        let through = telling.through(recorded.through);
        Some(Line::Mark { tone, text: format!("{text} · {through} · {}", telling.time(recorded.at)) })
    }
}

/// In which order lines of one instant stand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Said,
    Marked,
    Answered,
    Noted,
}

/// The language as the reader calls it.
pub fn language(words: Words, locale: Locale) -> String {
    words.say(&format!("language-{}", locale.code()))
}

/// The label of the button that was pressed under a message of ours.
fn pressed_under<'a>(inbound: &'a Inbound, outbound: &Outbound) -> Option<&'a str> {
    match &inbound.said {
        Said::Pressed { data, label } if data.split_once('.').is_some_and(|(id, _)| id == outbound.id.to_string()) => Some(label),
        _ => None,
    }
}

pub const fn media_key(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => "inbox-media-image",
        MediaKind::Voice => "inbox-media-voice",
        MediaKind::Video => "inbox-media-video",
        MediaKind::Document => "inbox-media-document",
        MediaKind::Place => "inbox-media-place",
        MediaKind::Sticker => "inbox-media-sticker",
        MediaKind::Other => "inbox-media-other",
    }
}

/// What became of its climb up the clinic's ladder, and what it cost.
fn also(telling: &Telling<'_>, outbound: &Outbound) -> Vec<String> {
    let words = telling.words;
    let follows = outbound.follows.map(|_| words.say("ladder-message-follows"));
    let minutes = [("minutes", Arg::from(outbound.patience.unwrap_or_default()))];
    let climbed = match outbound.climbed {
        Some(Climbed::To(_)) if outbound.has_arrived() => Some(words.with("ladder-message-late", &minutes)),
        Some(Climbed::To(_)) => Some(words.with("ladder-message-climbed", &minutes)),
        // nothing was amiss
        None | Some(Climbed::Stayed(SuppressReason::ArrivedAfterAll)) => None,
        Some(Climbed::Stayed(_)) => Some(words.with("ladder-message-stayed", &minutes)),
    };
    let passed = matches!(outbound.state, OutboundState::Failed { failure: Failure::AccountDown, .. });
    let passed = passed.then(|| words.say("ladder-message-account-down"));
    let cost = outbound.cost.filter(|_| outbound.state.was_taken()).map(|cost| {
        let sum = format::price(cost.price, words.locale());
        let key = match cost.told {
            Told::ByPriceList => "ladder-message-cost-list",
            Told::ByProvider => "ladder-message-cost-provider",
        };
        words.with(key, &[("sum", Arg::from(sum)), ("parts", Arg::from(cost.parts))])
    });
    [follows, climbed, passed, cost].into_iter().flatten().collect()
}

fn provider_key(state: &OutboundState) -> Option<&str> {
    match state {
        OutboundState::Accepted { provider_key, .. }
        | OutboundState::Delivered { provider_key, .. }
        | OutboundState::Read { provider_key, .. } => Some(provider_key),
        OutboundState::Planned
        | OutboundState::Suppressed { .. }
        | OutboundState::Held { .. }
        | OutboundState::Queued { .. }
        | OutboundState::Sending { .. }
        | OutboundState::Failed { .. }
        | OutboundState::Uncertain { .. } => None,
    }
}

const fn delivery(state: &OutboundState) -> Delivery {
    match state {
        OutboundState::Planned | OutboundState::Queued { .. } | OutboundState::Sending { .. } => Delivery::OnItsWay,
        OutboundState::Suppressed { .. } => Delivery::Suppressed,
        OutboundState::Held { .. } => Delivery::Held,
        OutboundState::Accepted { .. } => Delivery::Sent,
        OutboundState::Delivered { .. } => Delivery::Delivered,
        OutboundState::Read { .. } => Delivery::Read,
        OutboundState::Failed { .. } => Delivery::Failed,
        OutboundState::Uncertain { .. } => Delivery::Uncertain,
    }
}

fn day_word(telling: &Telling<'_>, at: Timestamp) -> String {
    let (day, today) = (at.date(telling.zone), telling.now.date(telling.zone));
    match format::relative_day(day, today) {
        RelativeDay::Today => telling.words.say("inbox-today"),
        RelativeDay::Yesterday => telling.words.say("inbox-yesterday"),
        RelativeDay::Tomorrow | RelativeDay::Other => format::date_long(day, telling.words.locale()),
    }
}

fn state(me: &SignedIn, conversation: &Conversation, (channel, people): (Option<Channel>, &People)) -> Chip {
    let words = me.words();
    if let Some(clock) = list::clock(me, conversation, channel) {
        return clock.chip(words);
    }
    match conversation.state {
        ConversationState::Bot => Chip::new(Tone::Calm, words.say("inbox-state-bot")),
        ConversationState::Waiting { .. } => Chip::new(Tone::Wait, words.say("inbox-state-waiting")),
        ConversationState::Assigned { to, .. } if to == me.member.id => Chip::new(Tone::Calm, words.say("inbox-state-mine")),
        ConversationState::Assigned { to, .. } => {
            Chip::new(Tone::Calm, words.with("inbox-state-assigned", &[("staff", people.name(to).into())]))
        }
        ConversationState::Answered { .. } => Chip::new(Tone::Good, words.say("inbox-state-answered")),
        ConversationState::Snoozed { until, .. } => {
            Chip::new(Tone::Calm, words.with("inbox-state-snoozed", &[("until", me.telling().at(until).into())]))
        }
        ConversationState::Closed { .. } => Chip::new(Tone::Done, words.say("inbox-state-closed")),
    }
}

fn turn(me: &SignedIn, conversation: &Conversation, people: &People) -> Turn {
    match conversation.state {
        ConversationState::Assigned { to, .. } if to == me.member.id => Turn::Mine,
        ConversationState::Assigned { to, .. } => Turn::Colleague(people.name(to)),
        ConversationState::Snoozed { .. } => Turn::Snoozed,
        ConversationState::Closed { .. } => Turn::Closed,
        ConversationState::Bot | ConversationState::Waiting { .. } | ConversationState::Answered { .. } => Turn::Free,
    }
}

/// In an hour, and at the openings of tomorrow and of next week.
fn snoozes(me: &SignedIn) -> Vec<Snooze> {
    let hour = me.now + Duration::from_hours(1);
    let days = me.open_days();
    let opening = |from: Timestamp| days.next_opening(from);
    let start_after = |days: u32| {
        let day = days_after(me.now.date(&me.clinic.zone), days);
        me.clinic.zone.start_of(day)
    };
    let mut snoozes = vec![Snooze { value: hour.as_millis().to_string(), label: me.words().say("inbox-snooze-hour") }];
    for at in [opening(start_after(1)), opening(start_after(7))].into_iter().flatten() {
        snoozes.push(Snooze { value: at.as_millis().to_string(), label: me.telling().moment(at) });
    }
    snoozes
}

fn topics(me: &SignedIn) -> Vec<TopicChoice> {
    let words = me.words();
    let choice = |topic: Topic| TopicChoice {
        value: topic.name().to_owned(),
        label: words.say(&format!("conversation-topic-{}", topic.name().replace('_', "-"))),
    };
    Topic::ALL.into_iter().map(choice).collect()
}
