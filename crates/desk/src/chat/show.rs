//! A visitor shows a picture or a PDF. Who they are is proven, and a place kept for them, before anything of the file is read;
//! it is kept before the news of it comes in at the door of every channel. Idempotent by the key that their browser has chosen.

use channels::inside::Did;
use clinic::files::FileType;
use kernel::{Refusal, Secret};
use store::chat::Visitor;

use super::pace::Place;
use super::say::{is_key, known, tell};
use super::{Caller, Door};
use crate::files::{keep_file, megabytes};
use crate::{ActError, Desk};

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
    Refusal::new("chat.file-too-large").at("file").with("most", megabytes(largest_shown()))
}

impl Awaited {
    /// Durable when it comes back. What is not kept is not told of.
    pub async fn show(self, desk: &Desk, Picture { key, name, bytes }: Picture) -> Result<(), ActError> {
        is_key(&key)?;
        if bytes.len() as u64 > largest_shown() {
            return Err(too_large().into());
        }
        if !FileType::of(&bytes).is_picture_or_pdf() {
            return Err(Refusal::new("chat.file-type").at("file").into());
        }
        let kept = keep_file(desk, &name, bytes).await.map_err(|lost| lost.said(("chat.file-unreadable", "chat.file-type")))?;
        tell(desk, &self.door.account, &self.visitor, &key, Did::Show { text: String::new(), name, kept }).await
    }
}
