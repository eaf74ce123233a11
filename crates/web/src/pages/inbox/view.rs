//! What the inbox shows: the list, one thread, its composer, and the panel with what is worth knowing about the patient.
//!
//! Every text is ready to be read: dates, digits and names stand in the reader's language. The pieces of a page are
//! structs of their own, so that a live update brings no more than what has changed:
//!
//! ```text
//! GET /inbox?tab=waiting, /inbox/{conversation}?tab=waiting    InboxPage
//! GET /inbox/list?tab=waiting&open={conversation}              ListPiece, on `inbox`
//! GET /inbox/{conversation}/talk?tab=waiting                   TalkPiece, on `conversation`
//! GET /inbox/{conversation}/facts                              FactsPiece, on `conversation` and `patient`
//! GET /inbox/{conversation}/link?find=...                      FoundPiece
//!
//! GET /messages/{message}/files/{number}, /messages/{message}/files/{number}/preview
//!
//! POST /inbox/{conversation}/reply   text, channel, insist, seen, file
//! POST /inbox/{conversation}/note    the same form
//! POST /inbox/{conversation}/take, give-back, wake, reopen
//! POST /inbox/{conversation}/hand-over to
//! POST /inbox/{conversation}/snooze  until, seen
//! POST /inbox/{conversation}/close   topic, seen
//! POST /inbox/{conversation}/link    patient
//! POST /messages/{message}/release, /messages/{message}/resolve resolution=sent|not_sent|send_again
//! ```

use askama::Template;
use kernel::{Arg, ConversationId, MessageId, PatientId, StaffId};

use crate::{Chip, Page, Tone, Words};

/// What the field for a file offers; what came is looked at again.
pub const ACCEPTED: &str = "image/jpeg,image/png,image/webp,application/pdf";

#[derive(Template)]
#[template(path = "inbox.html")]
pub struct InboxPage {
    pub page: Page,
    pub list: List,
    pub thread: Option<Thread>,
}

#[derive(Template)]
#[template(path = "inbox/list.html")]
pub struct ListPiece {
    pub page: Page,
    pub list: List,
}

#[derive(Template)]
#[template(path = "inbox/talk.html")]
pub struct TalkPiece {
    pub page: Page,
    pub talk: Talk,
}

#[derive(Template)]
#[template(path = "inbox/facts.html")]
pub struct FactsPiece {
    pub page: Page,
    pub facts: Facts,
}

#[derive(Template)]
#[template(path = "inbox/found.html")]
pub struct FoundPiece {
    pub page: Page,
    pub linking: Linking,
}

/// The left column.
pub struct List {
    pub tab: Tab,
    pub tabs: Vec<TabLine>,
    pub rows: Vec<ListRow>,
    /// The conversation whose thread stands beside it.
    pub open: Option<ConversationId>,
    /// The address of the next page of the list.
    pub older: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Waiting,
    Mine,
    Bot,
    All,
    Snoozed,
    Closed,
}

pub struct TabLine {
    pub tab: Tab,
    /// In the reader's digits; nothing where nobody counts.
    pub count: String,
}

pub struct ListRow {
    pub conversation: ConversationId,
    pub name: String,
    pub initials: String,
    /// 'for Mira', where a guardian writes.
    pub for_whom: String,
    pub preview: String,
    /// The clock of the promise, or what the conversation waits for.
    pub chip: Option<Chip>,
    /// Who holds it.
    pub holder: String,
}

/// The middle column and the panel beside it.
pub struct Thread {
    pub talk: Talk,
    pub composer: Composer,
    pub panel: Panel,
}

/// The head of a thread and what was said, the oldest first.
pub struct Talk {
    pub conversation: ConversationId,
    pub tab: Tab,
    pub name: String,
    pub initials: String,
    /// The card of the patient, where it is known whose thread it is.
    pub card: Option<PatientId>,
    /// 'Telegram · speaks Russian'
    pub line: String,
    pub state: Chip,
    pub turn: Turn,
    /// The version of the conversation as it is shown: it goes with what is sent.
    pub seen: i64,
    pub colleagues: Vec<Colleague>,
    pub snoozes: Vec<Snooze>,
    pub topics: Vec<TopicChoice>,
    pub lines: Vec<Line>,
    /// The address of what was said before.
    pub older: Option<String>,
}

/// Whose turn it is decides which steps are offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// With the bot, waiting, or answered: nobody holds it.
    Free,
    Mine,
    Colleague(String),
    Snoozed,
    Closed,
}

pub struct Colleague {
    pub id: StaffId,
    pub name: String,
}

/// 'in an hour', 'tomorrow 9:00'; `value` is the moment in milliseconds.
pub struct Snooze {
    pub value: String,
    pub label: String,
}

/// `value` is the name of the topic.
pub struct TopicChoice {
    pub value: String,
    pub label: String,
}

pub enum Line {
    /// 'Yesterday'
    Day(String),
    Message(Box<Message>),
    /// What happened meanwhile: 'Visit confirmed by Telegram, 18:42'.
    Mark {
        tone: Tone,
        text: String,
    },
    Note {
        by: String,
        text: String,
        at: String,
    },
    /// 'Missed call · 18:42'
    Call {
        tone: Tone,
        text: String,
    },
}

pub struct Message {
    pub id: MessageId,
    pub side: Side,
    pub text: String,
    /// 'Picture', 'Voice message': what cannot be shown here.
    pub media: String,
    pub files: Vec<File>,
    pub keys: Vec<Key>,
    /// An emoji that the patient has put on it.
    pub reaction: String,
    /// 'edited at 9:14', 'deleted by the patient'
    pub changed: String,
    /// 'Sender not confirmed'; else nothing.
    pub caution: String,
    pub at: String,
    pub channel: String,
    /// 'bot', 'Bianka'; for what the patient said: 'button', or nothing.
    pub by: String,
    pub delivery: Option<Delivery>,
    /// Why it goes this way, waits or does not go, and who may change that.
    pub why: Option<Why>,
}

/// One file of a message, as it can be looked at.
pub struct File {
    pub look: Look,
    /// As it was sent; what it is, where nobody has named it.
    pub name: String,
    /// 'PDF · 120 KB'
    pub detail: String,
    pub href: String,
}

pub enum Look {
    /// The small picture, at the size at which it stands.
    Picture {
        preview: String,
        width: u32,
        height: u32,
    },
    Sound,
    Film,
    HandedOut,
    /// Still at the provider: says so.
    Waiting(String),
    /// There is none: why.
    Lost(String),
}

/// Whether a file can be put beside the words.
pub enum Attach {
    /// What is taken, and through which channels it cannot go.
    Offered(String),
    Not(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    In,
    Out,
}

/// A button of a message, and whether it was the one.
pub struct Key {
    pub label: String,
    pub choice: Choice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Chosen,
    Left,
}

pub struct Why {
    pub sentence: String,
    pub change: String,
    /// What became of its climb up the ladder, and what it cost.
    pub also: Vec<String>,
}

/// How far a message of ours has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Planned, queued or being sent.
    OnItsWay,
    Sent,
    Delivered,
    Read,
    Held,
    Suppressed,
    Failed,
    Uncertain,
}

pub struct Composer {
    pub conversation: ConversationId,
    pub tab: Tab,
    /// Kept where sending was refused.
    pub text: String,
    pub refusal: Option<String>,
    /// The first is the choice of the gate.
    pub channels: Vec<ChannelChoice>,
    pub leaves: Leaves,
    pub attach: Attach,
    /// 'Vera reads this in Russian', 'Somebody else is answering here'.
    pub advice: Vec<String>,
}

/// `value` is the name of the channel; empty for the choice of the gate.
pub struct ChannelChoice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// When an answer written now goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaves {
    Now,
    /// The clinic is closed: 'Monday, 9:00'.
    AtOpening(String),
    /// Nothing can be written here: why.
    Not(String),
}

pub enum Panel {
    Patient(Box<Facts>),
    Unknown(Linking),
}

pub struct Facts {
    pub conversation: ConversationId,
    pub patient: PatientId,
    pub name: String,
    /// What everybody must see before they write: the refusal list, a death, 'no bots'.
    pub banners: Vec<Chip>,
    pub next_visit: Option<NextVisit>,
    pub note: String,
    pub reach: Vec<Reach>,
    pub may_send: Vec<Chip>,
    pub family: Vec<Relative>,
    pub timeline: Vec<Happened>,
}

pub struct NextVisit {
    pub href: String,
    /// 'Wed 25 Nov, 10:30'
    pub at: String,
    /// 'Dr Gromov · chair 2'
    pub with: String,
    pub state: Chip,
    /// 'confirmed by Telegram, Tue 18:42'
    pub origin: String,
}

pub struct Reach {
    pub channel: String,
    /// A number or an address; nothing for a messenger's account.
    pub value: String,
    /// 'verified', 'asked for no messages'
    pub standing: Chip,
}

pub struct Relative {
    pub patient: PatientId,
    pub name: String,
    /// 'guardian', 'child'
    pub relation: String,
}

pub struct Happened {
    pub at: String,
    pub text: String,
}

/// Somebody who is not known yet: who may it be?
pub struct Linking {
    pub conversation: ConversationId,
    /// 'Telegram · Mila', a number, an address.
    pub sender: String,
    pub find: String,
    pub found: Vec<Candidate>,
}

pub struct Candidate {
    pub patient: PatientId,
    pub name: String,
    pub initials: String,
    /// Birthday, number: what tells two people of one name apart.
    pub detail: String,
}

/// How long somebody still waits, as the promise counts, in words: '12 min left', 'since Friday'.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaitingClock {
    Emergency,
    Left(String),
    /// More than half of the time is gone.
    Soon(String),
    Over(String),
}

impl WaitingClock {
    pub fn chip(self, words: Words) -> Chip {
        match self {
            Self::Emergency => Chip::new(Tone::Bad, words.say("inbox-clock-emergency")),
            Self::Left(text) => Chip::new(Tone::Calm, text),
            Self::Soon(text) => Chip::new(Tone::Wait, text),
            Self::Over(text) => Chip::new(Tone::Bad, text),
        }
    }
}

impl Tab {
    pub const ALL: [Self; 6] = [Self::Waiting, Self::Mine, Self::Bot, Self::All, Self::Snoozed, Self::Closed];

    /// As it stands in an address, and at the end of the keys of its words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Mine => "mine",
            Self::Bot => "bot",
            Self::All => "all",
            Self::Snoozed => "snoozed",
            Self::Closed => "closed",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.name() == name)
    }

    pub fn label(self, words: &Words) -> String {
        words.say(&format!("inbox-tab-{}", self.name()))
    }

    /// What to do next where nothing is there.
    pub fn nothing(self, words: &Words) -> String {
        words.say(&format!("inbox-empty-{}", self.name()))
    }
}

impl List {
    fn is_open(&self, row: &ListRow) -> bool {
        self.open == Some(row.conversation)
    }

    /// What the list listens to.
    pub fn own_address(&self) -> String {
        let open = self.open.map(|open| format!("&open={open}")).unwrap_or_default();
        format!("/inbox/list?tab={}{open}", self.tab.name())
    }
}

impl InboxPage {
    /// What the page listens to.
    pub fn live(&self) -> String {
        let Some(thread) = &self.thread else { return "/live?topic=calls&topic=inbox".to_owned() };
        let own = format!("/live?topic=calls&topic=inbox&topic=conversation:{}", thread.talk.conversation);
        match &thread.panel {
            Panel::Patient(facts) => format!("{own}&topic=patient:{}", facts.patient),
            Panel::Unknown(_) => own,
        }
    }
}

impl Talk {
    pub const fn is_open(&self) -> bool {
        !matches!(self.turn, Turn::Closed | Turn::Snoozed)
    }
}

impl Leaves {
    /// Until when an answer written now waits.
    pub fn waits(&self, words: &Words) -> Option<String> {
        match self {
            Self::AtOpening(opening) => Some(words.with("inbox-at-opening", &[("opening", Arg::Text(opening.clone()))])),
            Self::Now | Self::Not(_) => None,
        }
    }
}

impl Side {
    pub const fn class(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }
}

impl Choice {
    pub const fn is_chosen(self) -> bool {
        matches!(self, Self::Chosen)
    }
}

impl Delivery {
    pub const fn icon(self) -> &'static str {
        match self {
            Self::OnItsWay | Self::Held => "clock",
            Self::Sent => "check",
            Self::Delivered | Self::Read => "check-check",
            Self::Suppressed => "x",
            Self::Failed | Self::Uncertain => "triangle-alert",
        }
    }

    /// A class of the mark beside the message.
    pub const fn class(self) -> &'static str {
        match self {
            Self::OnItsWay | Self::Sent | Self::Delivered => "on-its-way",
            Self::Read => "read",
            Self::Held => "held",
            Self::Suppressed => "suppressed",
            Self::Failed => "failed",
            Self::Uncertain => "uncertain",
        }
    }

    pub fn label(self, words: &Words) -> String {
        words.say(match self {
            Self::OnItsWay => "inbox-delivery-on-its-way",
            Self::Sent => "inbox-delivery-sent",
            Self::Delivered => "inbox-delivery-delivered",
            Self::Read => "inbox-delivery-read",
            Self::Held => "inbox-delivery-held",
            Self::Suppressed => "inbox-delivery-suppressed",
            Self::Failed => "inbox-delivery-failed",
            Self::Uncertain => "inbox-delivery-uncertain",
        })
    }

    pub const fn is_plain(self) -> bool {
        matches!(self, Self::OnItsWay | Self::Sent | Self::Delivered | Self::Read)
    }

    pub const fn can_be_released(self) -> bool {
        matches!(self, Self::Held)
    }

    pub const fn is_in_doubt(self) -> bool {
        matches!(self, Self::Uncertain)
    }
}
