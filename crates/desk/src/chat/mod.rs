//! The chat of the clinic's website, from the desk's side. A foreign page may speak to an account only if the clinic has
//! named its website; a browser only with a token of its own, which was made for it alone and is kept here as a hash.
//!
//! What a visitor writes comes in at the door of every channel, under the key of the account: [`say`], with a picture: [`await_file`].
//! What was said to them lies in the outbox until their browser fetches it: [`follow`]. Nothing here tells who sits at the browser.

mod call;
mod elsewhere;
mod follow;
mod lying;
mod pace;
mod say;
mod show;
mod staffed;
mod trial;
mod visitors;

use std::net::IpAddr;

use channels::web::Look;
use clinic::actors::Channel;
use clinic::clinics::Clinic;
use kernel::{AccountId, Refusal, Timestamp};
use store::Tx;
use store::accounts::{Account, AccountState};

use crate::bot::facts;
use crate::receive::settings_of;
use crate::{ActError, Desk};

pub use call::{CallWish, WORDING, ask_for_call, times_to_call};
pub use follow::{Line, Seen, Speaker, View, follow};
pub use lying::{Lying, open_shown};
pub(crate) use pace::Pace;
pub use say::{Press, Words, press, say};
pub use show::{Awaited, Picture, await_file, largest_shown, too_large};
pub use staffed::Answering;
pub use trial::try_chat;
pub use visitors::begin;

/// Which page speaks, as its browser says. No page can make its browser say otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// One of ours.
    Own,
    /// On another website: `https://smile.example`.
    Of(String),
}

/// Who asks, and where.
#[derive(Debug, Clone)]
pub struct Caller {
    pub account: AccountId,
    pub page: Page,
    /// Where the browser is: the peer of the connection, or what a trusted proxy says of it.
    pub from: IpAddr,
}

/// An account as a page may know it.
pub struct Door {
    pub account: Account,
    pub clinic: Clinic,
    pub look: Look,
    pub answering: Answering,
    pub now: Timestamp,
}

/// What the chat shows before anybody has written.
pub async fn open(desk: &Desk, caller: Caller) -> Result<Door, ActError> {
    desk.doors().chat.look(caller.from, desk.now())?;
    desk.look(move |tx, now| door(tx, &caller, now)).await
}

/// Refuses a page that the clinic has not named: as unknown as an account that is not there.
fn door(tx: &mut Tx<'_>, caller: &Caller, now: Timestamp) -> Result<Door, ActError> {
    let account = store::accounts::find(tx, caller.account)?;
    let account = account.filter(|account| account.channel == Channel::Web && account.state == AccountState::On);
    let account = account.ok_or_else(ActError::not_found)?;
    let look = settings_of(&account).as_ref().and_then(Look::of).ok_or_else(ActError::not_found)?;
    let is_ours = match &caller.page {
        Page::Own => true,
        Page::Of(origin) => look.origins.contains(origin),
    };
    if !is_ours {
        return Err(Refusal::new("chat.foreign").into());
    }
    let clinic = facts::clinic(tx, account.clinic)?;
    let answering = staffed::answering(tx, &clinic, now)?;
    Ok(Door { account, clinic, look, answering, now })
}

impl Page {
    /// As it is kept; empty for our own.
    fn origin(&self) -> &str {
        match self {
            Self::Own => "",
            Self::Of(origin) => origin,
        }
    }
}
