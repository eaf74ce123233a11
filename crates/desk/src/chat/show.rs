//! A visitor shows a picture or a PDF. Who they are is proven, and a place kept for them, before anything of the file is read;
//! it is kept before the news of it comes in at the door of every channel. Idempotent by the key that their browser has chosen.

use channels::inside::Did;
use clinic::files::{FileType, WhyLost};
use kernel::{Refusal, Secret};
use store::chat::Visitor;

use super::pace::Place;
use super::say::{is_key, known, tell};
use super::{Caller, Door};
use crate::files::{NotKept, keep_file};
use crate::{ActError, Desk};

/// What a browser lets its visitor choose. Telephones that take pictures in another form turn them into one of these then.
pub const SHOWN_TYPES: &str = "image/jpeg,image/png,image/webp,image/gif,application/pdf";

/// As it came from the browser.
pub struct Picture {
    pub key: String,
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A visitor whose file may come in now.
pub struct Awaited {
    door: Door,
    visitor: Visitor,
    _place: Place,
}

/// Before the file is read.
pub async fn await_file(desk: &Desk, caller: Caller, token: Secret) -> Result<Awaited, ActError> {
    let place = desk.doors().chat.come_in(caller.from)?;
    let (door, visitor) = known(desk, &caller, token).await?;
    desk.doors().chat.show(visitor.id, door.now)?;
    Ok(Awaited { door, visitor, _place: place })
}

/// How large a file a visitor may send.
pub fn largest_shown() -> u64 {
    channels::connector(clinic::actors::Channel::Web).map_or(0, |connector| connector.card().files.most)
}

pub fn too_large() -> Refusal {
    let most = i64::try_from(largest_shown() / 1_000_000).unwrap_or(i64::MAX);
    Refusal::new("chat.file-too-large").at("file").with("most", most)
}

impl Awaited {
    /// Durable when it comes back. What is not kept is not told of.
    pub async fn show(self, desk: &Desk, Picture { key, name, bytes }: Picture) -> Result<(), ActError> {
        is_key(&key)?;
        let refused = |code| Err(Refusal::new(code).at("file").into());
        if bytes.len() as u64 > largest_shown() {
            return Err(too_large().into());
        }
        match FileType::of(&bytes) {
            FileType::Jpeg | FileType::Png | FileType::Webp | FileType::Gif | FileType::Pdf => {}
            FileType::Heic
            | FileType::Avif
            | FileType::Ogg
            | FileType::Mp3
            | FileType::Wav
            | FileType::Amr
            | FileType::M4a
            | FileType::Mp4
            | FileType::Webm
            | FileType::Program
            | FileType::Unknown => return refused("chat.file-type"),
        }
        let kept = match keep_file(desk, &name, bytes).await {
            Ok(kept) => kept,
            Err(NotKept::Trouble(error)) => return Err(error),
            Err(NotKept::Lost(WhyLost::Unreadable)) => return refused("chat.file-unreadable"),
            Err(NotKept::Lost(_)) => return refused("chat.file-type"),
        };
        tell(desk, &self.door.account, &self.visitor, &key, Did::Show { text: String::new(), name, kept }).await
    }
}
