//! What every messenger asks of a message before it is written: an address of its own, buttons that it can show, and a text
//! in parts that it can hold.

use clinic::actors::Channel;
use clinic::conversations::{Attachment, Button, Press};

use crate::split::split;
use crate::{Card, Outgoing, Unwritable};

/// A message that needs more is not a message.
const MOST_PARTS: usize = 5;
/// Labels up to this length stand two in a row.
const SHORT_LABEL: usize = 18;

/// The parts of the text, in order, of at most `most` units of UTF-16 each; there is at least one, or a file.
pub fn parts(channel: Channel, card: &Card, message: &Outgoing, most: usize) -> Result<Vec<String>, Unwritable> {
    let content = &message.content;
    if !channel.reaches(&message.to) {
        return Err(Unwritable::WrongAddress);
    }
    match &card.buttons {
        Some(limits) => limits.check(&content.buttons)?,
        None if content.buttons.is_empty() => {}
        None => return Err(Unwritable::TooManyButtons { most: 0 }),
    }
    let is_too_much = message.file.as_ref().is_some_and(|file| !card.takes(file));
    if is_too_much || content.attachments.iter().any(|file| !may_stay_out(file)) {
        return Err(Unwritable::Attachment);
    }
    let parts = split(&content.text, most);
    match parts.len() {
        0 if message.file.is_some() && content.buttons.is_empty() => Ok(Vec::new()),
        0 => Err(Unwritable::Empty),
        more if more > MOST_PARTS => Err(Unwritable::TooLong),
        _ => Ok(parts.into_iter().map(str::to_owned).collect()),
    }
}

/// With its links written under the text, for a messenger whose buttons carry none.
pub fn with_links(message: &Outgoing) -> Outgoing {
    let mut worded = message.clone();
    for button in &message.content.buttons {
        if let Press::Link(url) = &button.press {
            worded.content.text = format!("{}\n\n{}: {url}", worded.content.text, button.label.trim());
        }
    }
    worded
}

/// A calendar file repeats what the message says: the message goes without it.
fn may_stay_out(file: &Attachment) -> bool {
    file.media_type.starts_with("text/calendar")
}

/// How many buttons stand side by side.
pub fn abreast(buttons: &[Button]) -> usize {
    if buttons.iter().all(|button| button.label.trim().chars().count() <= SHORT_LABEL) { 2 } else { 1 }
}

/// Cut with an ellipsis where the messenger would cut without one, or refuse.
pub fn cut(label: &str, most: usize) -> String {
    let label = label.trim();
    if label.chars().count() <= most {
        return label.to_owned();
    }
    let kept: String = label.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Connector;
    use crate::viber::Viber;
    use crate::world::reminder;

    #[test]
    fn a_calendar_file_stays_out_where_no_file_can_go_and_any_other_is_refused() {
        let mut message = reminder(Channel::Viber);
        let file = |media_type: &str| Attachment { name: "visit".to_owned(), media_type: media_type.to_owned(), text: "x".to_owned() };
        message.content.attachments = vec![file("text/calendar; method=PUBLISH")];
        assert!(parts(Channel::Viber, Viber.card(), &message, 7_000).is_ok());
        message.content.attachments = vec![file("application/pdf")];
        assert_eq!(parts(Channel::Viber, Viber.card(), &message, 7_000), Err(Unwritable::Attachment));
    }

    #[test]
    fn a_label_is_cut_where_it_would_not_fit() {
        for (label, most, cut_to) in [("Confirm", 20, "Confirm"), (" Another time ", 20, "Another time"), ("Another time", 9, "Another…")]
        {
            assert_eq!(cut(label, most), cut_to);
        }
    }
}
