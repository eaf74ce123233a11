//! The parts of a mail: words for every program, the same as a page, and files.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clinic::conversations::Press;
use kernel::{Direction, Locale};

use super::header::file_name;
use crate::card::is_link;
use crate::{Outgoing, Unwritable};

/// Characters of base 64 in a line, after RFC 2045.
const LINE: usize = 76;
/// Plain text with longer lines is encoded; servers take up to 998, some programs fewer.
const LONGEST_PLAIN_LINE: usize = 200;
/// Begins every boundary between parts. A text that holds it is encoded, so no text can end its own part.
const SEAM: &str = "=_seam";

/// One part: its own head and its content.
pub struct Part(String);

/// All of a message: alternatives for the eye, then the files.
pub fn whole(message: &Outgoing) -> Result<Part, Unwritable> {
    let content = &message.content;
    let links = links(message)?;
    let mut views = vec![
        text("text/plain; charset=utf-8", &with_links(&content.text, &links)),
        text("text/html; charset=utf-8", &page(&content.text, &links, message.locale)),
    ];
    let calendar = content.attachments.iter().find(|file| file.media_type.starts_with("text/calendar"));
    if let Some(file) = calendar {
        // As an alternative, so that programs offer to accept it; as a file too, for those that do not.
        views.push(text(&checked_type(&file.media_type)?, &file.text));
    }
    let views = several("alternative", "views", views);
    if content.attachments.is_empty() && message.file.is_none() {
        return Ok(views);
    }
    let written = content.attachments.iter().map(|file| attached(&file.name, &file.media_type, file.text.as_bytes()));
    let carried = message.file.iter().map(|file| attached(&file.name, file.media_type, &file.content));
    let files = written.chain(carried).collect::<Result<Vec<_>, _>>()?;
    Ok(several("mixed", "files", std::iter::once(views).chain(files).collect()))
}

impl Part {
    pub fn into_text(self) -> String {
        self.0
    }
}

fn text(media_type: &str, text: &str) -> Part {
    let text = clean(text);
    let plain = text.is_ascii() && !text.contains(SEAM) && text.lines().all(|line| line.len() <= LONGEST_PLAIN_LINE);
    if plain {
        let content = text.replace('\n', "\r\n");
        return Part(format!("Content-Type: {media_type}\r\nContent-Transfer-Encoding: 7bit\r\n\r\n{content}\r\n"));
    }
    let content = base64_lines(text.replace('\n', "\r\n").as_bytes());
    Part(format!("Content-Type: {media_type}\r\nContent-Transfer-Encoding: base64\r\n\r\n{content}"))
}

fn attached(name: &str, media_type: &str, content: &[u8]) -> Result<Part, Unwritable> {
    let media_type = checked_type(media_type)?;
    if name.trim().is_empty() {
        return Err(Unwritable::Attachment);
    }
    Ok(Part(format!(
        "Content-Type: {media_type}\r\nContent-Disposition: attachment; {}\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
        file_name(name),
        base64_lines(content)
    )))
}

fn several(kind: &str, name: &str, parts: Vec<Part>) -> Part {
    let seam = format!("{SEAM}_{name}");
    let mut whole = format!("Content-Type: multipart/{kind}; boundary=\"{seam}\"\r\n\r\n");
    for Part(part) in parts {
        whole = format!("{whole}--{seam}\r\n{part}\r\n");
    }
    Part(format!("{whole}--{seam}--\r\n"))
}

fn base64_lines(bytes: &[u8]) -> String {
    let encoded = STANDARD.encode(bytes);
    encoded.as_bytes().chunks(LINE).flat_map(|line| line.iter().map(|byte| char::from(*byte)).chain(['\r', '\n'])).collect()
}

fn checked_type(media_type: &str) -> Result<String, Unwritable> {
    let fits = media_type.contains('/') && media_type.len() <= 150 && media_type.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if fits { Ok(media_type.to_owned()) } else { Err(Unwritable::Attachment) }
}

/// Line ends as `\n`, without the characters that no text holds.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.trim_end().chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// Where each button leads. An answer is given on the page of the visit; without such a page, and for a number that is asked for,
/// a mail has nothing to offer.
fn links(message: &Outgoing) -> Result<Vec<(&str, &str)>, Unwritable> {
    let mut links = Vec::new();
    for button in &message.content.buttons {
        let url = match &button.press {
            Press::Link(url) => Some(url.as_str()),
            Press::Answer(_) => message.answer_url.as_deref(),
            Press::ShareContact => None,
        };
        let Some(url) = url else { continue };
        if !is_link(url) {
            return Err(Unwritable::ButtonLink);
        }
        links.push((button.label.as_str(), url));
    }
    Ok(links)
}

fn with_links(text: &str, links: &[(&str, &str)]) -> String {
    links.iter().fold(text.trim_end().to_owned(), |text, (label, url)| format!("{text}\n\n{label}: {url}"))
}

fn page(text: &str, links: &[(&str, &str)], locale: Locale) -> String {
    let direction = match locale.direction() {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    };
    let text = clean(text);
    let paragraphs = text.split("\n\n").map(|paragraph| format!("<p>{}</p>\n", escaped(paragraph).replace('\n', "<br>\n")));
    let buttons = links.iter().map(|(label, url)| format!("<p><a href=\"{}\">{}</a></p>\n", escaped(url), escaped(label)));
    let inside: String = paragraphs.chain(buttons).collect();
    format!("<!doctype html>\n<html lang=\"{}\" dir=\"{direction}\">\n<body>\n{inside}</body>\n</html>\n", locale.code())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
