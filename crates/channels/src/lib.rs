//! The channels: between what a provider says on the wire and what the clinic means. Nothing in here sends or waits:
//! a connector turns a call into [`Arrival`]s, a message into [`Letter`]s and an answer into a [`Sending`], and the desk
//! carries the letters. So every connector is tested by tables over the files in its `fixtures` folder.
//!
//! Read [`Connector`] first, then [`Card`] (what a channel can do, as data) and the shortest connector, [`sandbox`].
//!
//! One more channel is one folder with a `fixtures` folder in it, one line in [`registry`], and its words in
//! `locales/*/channels-settings.ftl`; the tests of [`registry`] say what is missing.

mod arrivals;
#[cfg(test)]
mod attacks;
mod card;
mod certificate;
mod connector;
mod files;
#[cfg(test)]
mod forged;
mod letters;
mod meta;
mod parts;
mod proof;
mod records;
mod registry;
mod sending;
mod settings;
mod signature;
mod split;
mod standing;
#[cfg(test)]
mod standing_walk;

#[cfg(test)]
mod files_walk;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod near_misses;
#[cfg(test)]
mod table;
#[cfg(any(test, feature = "trial"))]
pub mod trial;
#[cfg(test)]
mod world;

pub mod calendar;
pub mod dns;
pub mod email;
pub mod exchange;
pub mod imap;
pub mod inside;
pub mod max;
pub mod messenger;
pub mod sandbox;
pub mod smpp;
pub mod sms;
pub mod telegram;
pub mod telephone;
pub mod viber;
pub mod vk;
pub mod web;
pub mod whatsapp;

pub use arrivals::{Arrival, Became, Call, CallNews, Event, Method, Reading, Reply, Unreadable};
pub use card::{
    Arriving, Buttons, Card, Cost, Counted, Disclosure, Files, FilesOut, FirstWord, Format, Means, Medium, Pace, Rate, Receipts, Repeats,
    Templates, TextLimit,
};
pub use certificate::certificate_ends;
pub use connector::{Account, Author, Balance, Browsing, Connector, Fetched, Opening, Outgoing, PollTrouble, Polled, Reach, Unwritable};
pub use files::{Bringing, Carried, Fetching};
pub use letters::{
    Binding, Body, Centre, CentreLetter, Errand, Exchange, ExchangeErrand, ExchangeLetter, HttpLetter, Letter, MailCheck, MailErrand,
    MailLetter, MailPlace, MailServer, Mailbox, MailboxLetter, Part, Security, Tell,
};
pub use records::{DnsRecord, RecordState};
pub use registry::{connector, registry};
pub use sending::{
    Answer, CentreAnswer, ExchangeAnswer, FetchedMail, HeardMessage, MailStage, MailboxAnswer, MailboxStage, NotSent, Sending, Trouble,
    whole,
};
pub use settings::{Kind, Need, SettingFault, SettingField, SettingWrong, Settings, same_secret};
pub use standing::{Aspect, Backlog, Found, Hook, Question, Token};
pub use telephone::{Dial, is_extension, is_inside};
