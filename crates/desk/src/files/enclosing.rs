//! A file that somebody at the desk puts beside an answer: taken, and held against what the channel carries.

use kernel::Refusal;

use clinic::actors::{Actor, Channel};
use clinic::files::{Enclosed, FileType, harmless_name, name_of};
use clinic::gate::Form;
use clinic::outbox::Outbound;
use clinic::staff::Right;

use channels::{Card, FilesOut};

use super::{keep_file, megabytes};
use crate::{ActError, Desk};

/// On a clinic's line it takes a quarter of a minute to come in, and no page waits much longer.
pub const LARGEST_ENCLOSED: usize = 10_000_000;
/// All the files of an answer.
pub const LARGEST_TOGETHER: usize = 15_000_000;

/// Whether files can go through a channel: by an address of ours only where the clinic has one.
pub fn takes_files(channel: Channel, public_url: Option<&str>) -> bool {
    let out = channels::connector(channel).map(|connector| connector.card().files.out);
    match out {
        Some(FilesOut::Beside) => true,
        Some(FilesOut::ByLink) => public_url.is_some(),
        Some(FilesOut::Never) | None => false,
    }
}

/// Keeps a picture or a PDF that is to go beside an answer.
pub async fn enclose_file(desk: &Desk, by: Actor, name: &str, bytes: Vec<u8>) -> Result<Enclosed, ActError> {
    by.may(Right::WriteToPatients)?;
    if bytes.len() > LARGEST_ENCLOSED {
        return Err(too_large(bytes.len() as u64, LARGEST_ENCLOSED as u64).into());
    }
    let file_type = FileType::of(&bytes);
    // WhatsApp, for one, takes no picture that moves
    if !file_type.is_picture_or_pdf() || file_type == FileType::Gif {
        return Err(Refusal::new("reply.file-type").at("file").into());
    }
    let kept = keep_file(desk, name, bytes).await.map_err(|lost| lost.said(("reply.file-unreadable", "reply.file-type")))?;
    Ok(Enclosed { name: name_of(&harmless_name(name), kept.file_type), kept })
}

/// Whether the channel that the gate has chosen carries the file.
pub fn fits(message: &Outbound, public_url: Option<&str>) -> Result<(), Refusal> {
    let (Some(file), Some(route)) = (&message.content.file, &message.route) else { return Ok(()) };
    let refused = |code| Refusal::new(code).at("file");
    let Some(connector) = channels::connector(route.channel) else { return Err(refused("reply.file-not-taken")) };
    let Card { media, files, .. } = connector.card();
    let kind = file.kept.file_type.kind();
    // a picture that is too large as one may go as a document
    let most =
        media.iter().filter(|medium| medium.kind == kind || medium.kind == clinic::files::MediaKind::Document).map(|medium| medium.bytes);
    match (files.out, most.max()) {
        (FilesOut::Beside | FilesOut::ByLink, _) if message.form == Form::Template => Err(refused("reply.file-window")),
        (FilesOut::Never, _) | (_, None) => Err(refused("reply.file-not-taken")),
        (FilesOut::ByLink, _) if public_url.is_none() => Err(refused("reply.file-no-address")),
        (_, Some(most)) if file.kept.bytes > most => Err(too_large(file.kept.bytes, most)),
        (FilesOut::ByLink | FilesOut::Beside, Some(_)) => Ok(()),
    }
}

fn too_large(bytes: u64, most: u64) -> Refusal {
    // as one reads a size: never as large as what it is too large for
    Refusal::new("reply.file-too-large").at("file").with("size", megabytes(bytes + 999_999)).with("most", megabytes(most))
}
