//! News from within the program, of the phone beside the desk and of the chat on a website: who, under which key, and one
//! thing that was done. The program signs it with the key of the account, so that it comes in at the door of every provider.
//!
//! ```json
//! {"key": "tap-17", "from": "anna", "name": "Anna", "did": {"words": {"text": "May I come later?"}}}
//! {"key": "tap-18", "from": "anna", "did": {"press": {"on": "msg_...", "data": "yes", "label": "I will come"}}}
//! {"key": "tap-19", "from": "anna", "did": "block"}
//! ```

use std::fmt;

use clinic::conversations::{MediaFile, Said};
use clinic::files::Kept;
use kernel::{Address, Scheme, Timestamp};
use serde::{Deserialize, Serialize};

use crate::arrivals::called;
use crate::{Account, Answer, Arrival, Became, Event, NotSent, Reading, Reply, Trouble, Unreadable};

const LONGEST_KEY: usize = 100;

/// One thing done there.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tap {
    /// Chosen there: the same key is the same tap.
    pub key: String,
    /// The part of the address after `sandbox:` or `web:`.
    pub from: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub locale: Option<String>,
    pub did: Did,
}

/// `on` is the id of the message of ours that it is about.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Did {
    Words {
        text: String,
    },
    /// A file that the program has kept before it tells of it, with a word or none.
    Show {
        text: String,
        name: String,
        kept: Kept,
    },
    Press {
        on: String,
        data: String,
        label: String,
    },
    React {
        on: String,
        emoji: String,
    },
    /// New words for an earlier tap, named by its key.
    Edit {
        of: String,
        text: String,
    },
    ShareContact {
        phone: String,
    },
    Open {
        token: String,
    },
    /// The phone or the browser has the message.
    Receive {
        on: String,
    },
    /// The patient has seen it.
    Read {
        on: String,
    },
    Block,
    Unblock,
}

/// Whose address is of this scheme.
pub fn read(tap: Tap, scheme: Scheme, received_at: Timestamp) -> Result<Reading, Unreadable> {
    if tap.key.is_empty() || tap.key.len() > LONGEST_KEY {
        return Err(Unreadable::Malformed { at: "key" });
    }
    let from = Address::new(scheme, &tap.from).map_err(|_| Unreadable::Malformed { at: "from" })?;
    let repeat_key = tap.key.clone();
    Ok(Reading { arrivals: vec![Arrival::new(repeat_key, received_at, event(tap, from))], reply: Reply::ok() })
}

pub fn tap(body: &[u8]) -> Result<Tap, Unreadable> {
    serde_json::from_slice(body).map_err(|_| Unreadable::Malformed { at: "body" })
}

/// There is nobody outside to ask: what lies in the program works.
pub fn read_check(answer: &Answer) -> Result<Account, Trouble> {
    match answer {
        Answer::NotSent(reason) => Err(NotSent::trouble(*reason)),
        Answer::Internal { .. }
        | Answer::Http { .. }
        | Answer::Mail { .. }
        | Answer::Mailbox(_)
        | Answer::Centre(_)
        | Answer::Exchange(_)
        | Answer::Broken => Ok(Account::default()),
    }
}

fn event(tap: Tap, from: Address) -> Event {
    let Tap { key, name, locale, did, .. } = tap;
    let (said, reply_to) = match did {
        Did::Words { text } => (Said::Words(text), None),
        Did::Show { text, name, kept } => {
            let file = Some(MediaFile::of_kept(name, &kept));
            (Said::Media { kind: kept.file_type.kind(), caption: text, file }, None)
        }
        Did::Press { on, data, label } => (Said::Pressed { data, label }, Some(on)),
        Did::React { on, emoji } => (Said::Reacted { to: on.clone(), emoji }, Some(on)),
        Did::Edit { of, text } => (Said::Edited { of, words: text }, None),
        Did::ShareContact { phone } => (Said::SharedContact { phone }, None),
        Did::Open { token } => (Said::Opened { token }, None),
        Did::Receive { on } => return Event::report(on, Became::Delivered),
        Did::Read { on } => return Event::report(on, Became::Read),
        Did::Block => return Event::Blocked { from },
        Did::Unblock => return Event::Unblocked { from },
    };
    Event::Message { provider_key: key, from, phone: None, name: called(&name), locale, said, reply_to }
}

impl fmt::Debug for Tap {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Tap({})", self.key)
    }
}

impl fmt::Debug for Did {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Did(***)")
    }
}
