//! What stands around every page: the language, who is signed in, where they are, what waits.

use kernel::format;

use crate::Words;
use crate::assets;

/// The shell of a page of the desk. Every view carries one as `page`.
#[derive(Clone)]
pub struct Page {
    pub words: Words,
    pub title: String,
    pub here: Place,
    pub signed: Signed,
    pub counters: Counters,
    pub open_now: OpenNow,
    /// Stands in every form: nobody else's page can post for this person.
    pub csrf: String,
    /// What has just been done, or was refused.
    pub notice: Option<Notice>,
    /// 'No messages are going out · since 10:42': the most serious of what does not go as it should.
    pub delay: Option<String>,
    pub demo: Option<DemoBar>,
}

/// The shell of a page outside of the desk: signing in, the first run, the pages of patients.
#[derive(Clone)]
pub struct PlainPage {
    pub words: Words,
    pub title: String,
    /// Empty on the pages of patients: there the link is the key.
    pub csrf: String,
    pub notice: Option<Notice>,
}

/// The places of the rail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Today,
    Inbox,
    Journal,
    Patients,
    Playbooks,
    Settings,
    Elsewhere,
}

/// One line of the rail.
pub struct RailLine {
    pub href: &'static str,
    pub icon: &'static str,
    pub label: String,
    pub current: bool,
    /// In the reader's digits; empty where nothing waits.
    pub count: String,
    pub hot: bool,
}

/// Keys that belong together.
pub struct KeyGroup {
    pub title: String,
    pub lines: Vec<(&'static str, String)>,
}

/// Where a key acts, the key as it is written on a Latin keyboard, and what it does: `keys-<name>` in Fluent. What a
/// letter does is written beside the button that it presses, as `data-key`.
const KEYS: [(&str, &[(&str, &str)]); 4] = [
    (
        "everywhere",
        &[
            ("/", "find"),
            ("Ctrl K", "find"),
            ("J", "next"),
            ("K", "previous"),
            ("N", "new"),
            ("U", "back"),
            ("Esc", "shut"),
            ("?", "sheet"),
        ],
    ),
    ("inbox", &[("R", "reply"), ("Ctrl Enter", "send"), ("T", "take"), ("S", "put-aside"), ("E", "end")]),
    ("journal", &[("← ↑ → ↓", "walk"), ("Enter", "open"), ("P", "day-before"), ("A", "day-after"), ("T", "today")]),
    ("card", &[("B", "edit"), ("R", "talk")]),
];

#[derive(Clone, Default)]
pub struct Signed {
    pub name: String,
    pub initials: String,
    pub role: String,
}

#[derive(Clone, Copy, Default)]
pub struct Counters {
    pub waiting: u32,
    pub emergencies: u32,
    pub tasks: u32,
}

/// 'Open until 18:00' or 'opens Monday 9:00'.
#[derive(Clone, Default)]
pub struct OpenNow {
    pub open: bool,
    pub text: String,
}

#[derive(Clone)]
pub struct Notice {
    pub tone: Tone,
    pub text: String,
}

/// Colour and shape of a chip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Settled.
    Good,
    /// Waits.
    Wait,
    /// Needs you.
    Bad,
    /// Planned.
    Calm,
    /// Over.
    Done,
}

/// A word with its colour and shape.
#[derive(Clone)]
pub struct Chip {
    pub tone: Tone,
    pub text: String,
}

/// The bar over a demo clinic: its clock, and how to push it.
#[derive(Clone)]
pub struct DemoBar {
    /// 'Monday, 23 November, 8:30'
    pub now: String,
    pub running: bool,
}

impl Tone {
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Wait => "wait",
            Self::Bad => "bad",
            Self::Calm => "calm",
            Self::Done => "done",
        }
    }
}

impl Chip {
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }
}

impl PlainPage {
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }
}

impl Page {
    /// A page is written while nobody pushes; its bar looks again at once.
    pub const fn no_push(&self) -> Option<u8> {
        None
    }

    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// The keys of the desk, for the sheet that lists them.
    pub fn keys(&self) -> Vec<KeyGroup> {
        let group = |name: &str, keys: &[(&'static str, &str)]| KeyGroup {
            title: self.words.say(&format!("keys-{name}")),
            lines: keys.iter().map(|(key, what)| (*key, self.words.say(&format!("keys-{what}")))).collect(),
        };
        KEYS.iter().map(|(name, keys)| group(name, keys)).collect()
    }

    /// The lines of the rail, in the order of a day's work.
    pub fn rail(&self) -> Vec<RailLine> {
        let line = |place: Place, href, icon, key: &str, count: u32, hot| RailLine {
            href,
            icon,
            label: self.words.say(key),
            current: self.here == place,
            count: if count == 0 { String::new() } else { format::number(i64::from(count), self.words.locale()) },
            hot,
        };
        vec![
            line(Place::Today, "/today", "sun", "rail-today", self.counters.tasks, false),
            line(Place::Inbox, "/inbox", "inbox", "rail-inbox", self.counters.waiting, self.counters.emergencies > 0),
            line(Place::Journal, "/journal", "calendar-days", "rail-journal", 0, false),
            line(Place::Patients, "/patients", "users", "rail-patients", 0, false),
            line(Place::Playbooks, "/playbooks", "scroll-text", "rail-playbooks", 0, false),
            line(Place::Settings, "/settings", "settings", "rail-settings", 0, false),
        ]
    }
}
