//! What the bar, the list of telephones and a telephone show.

use askama::Template;
use kernel::PatientId;

use crate::{DemoBar, Page, PlainPage, Words, assets};

/// As much of a page as its bar needs.
pub struct BarPage {
    pub words: Words,
    pub csrf: String,
}

impl BarPage {
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }
}

/// How the clock moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moving {
    No,
    ByItself,
    /// By a hand, so far of a hundred.
    Pushed(u8),
}

impl Moving {
    pub const fn percent(self) -> Option<u8> {
        match self {
            Self::No | Self::ByItself => None,
            Self::Pushed(percent) => Some(percent),
        }
    }

    /// How soon the bar looks again.
    pub const fn looks_again(self) -> &'static str {
        match self {
            Self::No => "every 15s",
            Self::ByItself => "every 1s",
            Self::Pushed(_) => "every 400ms",
        }
    }
}

#[derive(Template)]
#[template(path = "demo/bar.html")]
pub struct BarPiece {
    pub page: BarPage,
    pub demo: DemoBar,
    pub moving: Moving,
}

#[derive(Template)]
#[template(path = "demo/phones.html")]
pub struct PhonesPage {
    pub page: Page,
    pub phones: Phones,
}

#[derive(Template)]
#[template(path = "demo/phones-list.html")]
pub struct PhonesPiece {
    pub page: Page,
    pub phones: Phones,
}

/// The list of telephones: those that were asked something first.
pub struct Phones {
    pub find: String,
    pub rows: Vec<PhoneRow>,
}

pub struct PhoneRow {
    pub patient: PatientId,
    pub name: String,
    pub initials: String,
    pub preview: String,
    /// A question of ours is open on it.
    pub question: Question,
}

impl PhoneRow {
    pub fn is_asked(&self) -> bool {
        self.question == Question::Open
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    Open,
    None,
}

#[derive(Template)]
#[template(path = "demo/phone.html")]
pub struct PhonePage {
    pub page: Page,
    pub phone: Phone,
}

#[derive(Template)]
#[template(path = "demo/phone-panel.html")]
pub struct PhonePiece {
    pub page: Page,
    pub phone: Phone,
}

#[derive(Template)]
#[template(path = "demo/phone-talk.html")]
pub struct TalkPiece {
    pub page: Page,
    pub phone: Phone,
}

/// A patient's telephone with the clinic's messenger open.
pub struct Phone {
    pub patient: PatientId,
    pub name: String,
    pub initials: String,
    pub clinic: String,
    pub messenger: Messenger,
    /// What the pages live by: the thread, or the inbox while there is none.
    pub topic: String,
    pub bubbles: Vec<Bubble>,
}

/// Some patients have a telephone without the messenger: the bot cannot reach them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Messenger {
    Has,
    HasNone,
}

impl Phone {
    pub fn can_write(&self) -> bool {
        self.messenger == Messenger::Has
    }

    /// The word of the live update.
    pub fn event(&self) -> &str {
        self.topic.split(':').next().unwrap_or_default()
    }
}

/// Who said it, as the patient sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    Mine,
    Clinic,
}

pub struct Bubble {
    pub id: String,
    pub side: Side,
    pub text: String,
    pub at: String,
    pub keys: Vec<Key>,
    pub files: Vec<String>,
    /// What the patient put under it.
    pub reaction: String,
}

/// A button under a message.
pub struct Key {
    /// Its place under the message.
    pub place: usize,
    pub label: String,
    pub link: Option<String>,
}

impl Side {
    pub const fn class(self) -> &'static str {
        match self {
            Self::Clinic => "theirs",
            Self::Mine => "mine",
        }
    }
}

#[derive(Template)]
#[template(path = "demo/website.html")]
pub struct WebsitePage {
    pub page: PlainPage,
    pub clinic: String,
    pub address: String,
    /// Of the chat.
    pub account: String,
}

/// Each in its own.
const fn languages() -> [(&'static str, &'static str); 4] {
    [("en", "English"), ("ru", "Русский"), ("hu", "Magyar"), ("fa", "فارسی")]
}

impl WebsitePage {
    fn care(&self) -> [(String, String); 3] {
        let say = |key: &str| self.page.words.say(key);
        [
            (say("demo-website-hygiene"), say("demo-website-hygiene-what")),
            (say("demo-website-filling"), say("demo-website-filling-what")),
            (say("demo-website-fear"), say("demo-website-fear-what")),
        ]
    }
}
