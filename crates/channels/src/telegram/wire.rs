//! An update as the provider writes it: only what we read. Ids have up to 52 bits, so they are whole numbers, never floats.

use clinic::conversations::MediaFile;
use serde::Deserialize;
use serde::de::IgnoredAny;

#[derive(Deserialize)]
pub struct Update {
    #[serde(rename = "update_id")]
    pub id: i64,
    pub message: Option<Message>,
    pub edited_message: Option<Message>,
    pub callback_query: Option<Tap>,
    pub my_chat_member: Option<Membership>,
    pub message_reaction: Option<Reaction>,
}

#[derive(Deserialize)]
pub struct Message {
    #[serde(rename = "message_id")]
    pub id: i64,
    pub date: i64,
    pub edit_date: Option<i64>,
    pub chat: Chat,
    pub from: Option<User>,
    pub text: Option<String>,
    pub caption: Option<String>,
    pub contact: Option<Contact>,
    pub location: Option<Location>,
    pub photo: Option<Vec<Stored>>,
    pub voice: Option<Stored>,
    pub audio: Option<Stored>,
    pub video: Option<Stored>,
    pub video_note: Option<Stored>,
    pub animation: Option<Stored>,
    pub document: Option<Stored>,
    pub sticker: Option<Sticker>,
    #[serde(rename = "reply_to_message")]
    pub answers: Option<Reference>,
    // The messenger's own remarks, not the patient's words.
    #[serde(rename = "pinned_message")]
    pub pinned: Option<IgnoredAny>,
    #[serde(rename = "message_auto_delete_timer_changed")]
    pub auto_delete_changed: Option<IgnoredAny>,
    pub write_access_allowed: Option<IgnoredAny>,
    pub chat_background_set: Option<IgnoredAny>,
}

#[derive(Deserialize)]
pub struct Chat {
    pub id: i64,
    #[serde(rename = "type")]
    pub kind: String,
}

#[derive(Deserialize)]
pub struct User {
    pub id: i64,
    #[serde(default)]
    pub is_bot: bool,
    #[serde(default)]
    pub first_name: String,
    #[serde(default)]
    pub last_name: String,
    pub language_code: Option<String>,
}

#[derive(Deserialize)]
pub struct Contact {
    pub phone_number: String,
    #[serde(default)]
    pub first_name: String,
    #[serde(default)]
    pub last_name: String,
    pub user_id: Option<i64>,
}

/// A file that the messenger keeps.
#[derive(Deserialize)]
pub struct Stored {
    #[serde(default)]
    pub file_id: String,
    #[serde(default)]
    pub file_name: String,
    #[serde(default)]
    pub mime_type: String,
}

impl Stored {
    pub fn file(&self) -> Option<MediaFile> {
        let file = MediaFile { reference: self.file_id.clone(), name: self.file_name.clone(), media_type: self.mime_type.clone() };
        (!file.reference.is_empty()).then_some(file)
    }
}

#[derive(Deserialize)]
pub struct Location {
    pub latitude: f64,
    pub longitude: f64,
}

#[derive(Deserialize)]
pub struct Sticker {
    #[serde(default)]
    pub emoji: String,
}

#[derive(Deserialize)]
pub struct Reference {
    pub message_id: i64,
}

/// `callback_query`. A button on a message too old to be shown has a message with nothing but its ids.
#[derive(Deserialize)]
pub struct Tap {
    pub id: String,
    pub from: User,
    pub message: Option<Tapped>,
    pub data: Option<String>,
}

#[derive(Deserialize)]
pub struct Tapped {
    pub message_id: i64,
    pub chat: Chat,
    pub reply_markup: Option<Keyboard>,
}

#[derive(Deserialize)]
pub struct Keyboard {
    #[serde(default)]
    pub inline_keyboard: Vec<Vec<Key>>,
}

#[derive(Deserialize)]
pub struct Key {
    pub text: String,
    pub callback_data: Option<String>,
}

#[derive(Deserialize)]
pub struct Membership {
    pub chat: Chat,
    pub date: i64,
    pub new_chat_member: Member,
}

#[derive(Deserialize)]
pub struct Member {
    pub status: String,
}

#[derive(Deserialize)]
pub struct Reaction {
    pub chat: Chat,
    pub message_id: i64,
    pub user: Option<User>,
    pub date: i64,
    #[serde(rename = "new_reaction")]
    pub now: Vec<ReactionKind>,
}

#[derive(Deserialize)]
pub struct ReactionKind {
    pub emoji: Option<String>,
}

/// The envelope of every answer.
#[derive(Deserialize)]
pub struct Envelope {
    pub ok: bool,
    pub result: Option<serde_json::Value>,
    pub error_code: Option<u16>,
    #[serde(default)]
    pub description: String,
    pub parameters: Option<Parameters>,
}

#[derive(Deserialize)]
pub struct Parameters {
    pub retry_after: Option<u64>,
}
