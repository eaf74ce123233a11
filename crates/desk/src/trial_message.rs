//! The message that says that a channel works.

use kernel::{Address, Arg, MessageId};

use channels::{Author, Outgoing};
use clinic::clinics::Clinic;
use clinic::conversations::Content;
use clinic::texts::Phrasebook;

use crate::Desk;

pub(crate) fn trial_message(desk: &Desk, clinic: &Clinic, to: Address) -> Outgoing {
    let book = Phrasebook::of(clinic.locale);
    let name = [("clinic", Arg::from(clinic.name.clone()))];
    let content =
        Content { subject: book.say_plain("trial-subject", &name), text: book.say_plain("trial-text", &name), ..Content::default() };
    Outgoing {
        id: MessageId::new(desk.now(), &mut desk.chance()),
        to,
        name: String::new(),
        content,
        locale: clinic.locale,
        author: Author::Person,
        at: desk.now(),
        reply_to: None,
        thread: Vec::new(),
        answer_url: None,
        unsubscribe_url: None,
        approved: None,
        file: None,
    }
}
