//! In what Telegram and Bale differ.

use std::time::Duration;

use clinic::actors::Channel;
use clinic::conversations::MediaKind;

use crate::{
    Arriving, Buttons, Card, Cost, Counted, Disclosure, Files, FilesOut, FirstWord, Format, Kind, Means, Medium, Need, Pace, Rate,
    Receipts, Repeats, SettingField, Templates, TextLimit,
};

pub struct Dialect {
    pub channel: Channel,
    pub secret: SecretPlace,
    pub replies: Replies,
    /// What we ask to be told.
    pub updates: &'static [&'static str],
    /// What stands before the name of a bot in a link that opens it.
    pub opening: &'static str,
    pub card: Card,
    pub fields: [SettingField; 3],
}

/// Where a call shows that it comes from the provider.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum SecretPlace {
    Header,
    /// Bale documents no secret header, so the secret is the end of the address.
    Path,
}

/// How a message says which one it answers, and that links are not to be unfolded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Replies {
    /// `reply_parameters` and `link_preview_options`, since Bot API 7.0.
    Parameters,
    /// `reply_to_message_id` and `disable_web_page_preview`, as before.
    Fields,
}

pub const BUTTONS: Buttons = Buttons { most: 24, label: 64, data: 64, share_contact: true };
pub const TEXT: usize = 4096;
pub const CAPTION: usize = 1024;

const MEGABYTE: u64 = 1_000_000;
const MEDIA: &[Medium] =
    &[Medium { kind: MediaKind::Image, bytes: 10 * MEGABYTE }, Medium { kind: MediaKind::Document, bytes: 50 * MEGABYTE }];

const fn card(per_account: u32) -> Card {
    let second = Duration::from_secs(1);
    Card {
        means: Means::Words,
        text: TextLimit { most: TEXT, counted: Counted::Utf16 },
        buttons: Some(BUTTONS),
        media: MEDIA,
        // a bot is given no more
        files: Files { hosts: &[], most: 20 * MEGABYTE, out: FilesOut::Beside },
        window: None,
        templates: Templates::Never,
        receipts: Receipts::None,
        disclosure: Disclosure::Account,
        first_word: FirstWord::Patient,
        repeats: Repeats::SendsTwice,
        arriving: Arriving::WebhookOrPolling,
        pace: Pace { per_account: Rate { letters: per_account, within: second }, per_recipient: Rate { letters: 1, within: second } },
        cost: Cost::Free,
        formats: &[Format::Plain],
    }
}

const fn fields(server: &'static str) -> [SettingField; 3] {
    [
        SettingField { name: "token", kind: Kind::Secret, need: Need::Required },
        SettingField { name: "server", kind: Kind::Url, need: Need::Otherwise(server) },
        SettingField { name: "webhook_secret", kind: Kind::Secret, need: Need::Made },
    ]
}

pub static TELEGRAM: Dialect = Dialect {
    channel: Channel::Telegram,
    secret: SecretPlace::Header,
    replies: Replies::Parameters,
    updates: &["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"],
    opening: "https://t.me/",
    // 30 a second are allowed over all chats; a few are left for a person who answers.
    card: card(25),
    fields: fields("https://api.telegram.org"),
};

pub static BALE: Dialect = Dialect {
    channel: Channel::Bale,
    secret: SecretPlace::Path,
    replies: Replies::Fields,
    updates: &["message", "edited_message", "callback_query"],
    opening: "https://ble.ir/",
    // Not documented: careful.
    card: card(5),
    fields: fields("https://tapi.bale.ai"),
};
