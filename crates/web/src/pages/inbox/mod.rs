//! The inbox: every conversation of the clinic over all channels, and whose turn it is.

pub mod acts;
pub mod facts;
pub mod files;
pub mod list;
pub mod talk;
mod thread;
pub mod view;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;

use clinic::staff::Right;
use kernel::ConversationId;

use crate::Place;
use crate::fault::Fault;
use crate::query::Asked;
use crate::responder::shown;
use crate::session::SignedIn;
use crate::site::Site;
use list::Wanted;
use view::{FactsPiece, FoundPiece, InboxPage, ListPiece, Panel, Tab, TalkPiece};

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/inbox", get(open))
        .route("/inbox/list", get(piece_of_list))
        .route("/inbox/{id}", get(open_thread))
        .route("/inbox/{id}/talk", get(piece_of_talk))
        .route("/inbox/{id}/facts", get(piece_of_facts))
        .route("/inbox/{id}/link", get(piece_of_found).post(acts::link))
        .merge(acts::routes())
        .merge(files::routes())
}

fn id(text: &str) -> Result<ConversationId, Fault> {
    text.parse().map_err(|_| Fault::not_found())
}

pub async fn open(State(site): State<Site>, me: SignedIn, Asked(asked): Asked) -> Result<Response, Fault> {
    me.actor().may(Right::ReadConversations)?;
    let list = list::list(&site, &me, Wanted::of(&asked, None)?).await?;
    let page = me.page(&site, Place::Inbox, "inbox-title").await?;
    shown(&InboxPage { page, list, thread: None })
}

pub async fn open_thread(State(site): State<Site>, me: SignedIn, Path(text): Path<String>, Asked(asked): Asked) -> Result<Response, Fault> {
    me.actor().may(Right::ReadConversations)?;
    let id = id(&text)?;
    let mut wanted = Wanted::of(&asked, Some(id))?;
    let read = thread::read(&site, &me, id, asked.maybe_given("before").ok().flatten()).await?;
    // in a thread `before` names a message of it
    wanted.before = kernel::Timestamp::from_millis(i64::MAX);
    let list = list::list(&site, &me, wanted).await?;
    let thread = thread::shown(&site, &me, &read, wanted.tab, asked.text("find")).await?;
    let page = me.page(&site, Place::Inbox, "inbox-title").await?;
    shown(&InboxPage { page, list, thread: Some(thread) })
}

pub async fn piece_of_list(State(site): State<Site>, me: SignedIn, Asked(asked): Asked) -> Result<Response, Fault> {
    me.actor().may(Right::ReadConversations)?;
    let wanted = Wanted::of(&asked, asked.maybe_given("open")?)?;
    let list = list::list(&site, &me, wanted).await?;
    shown(&ListPiece { page: me.page(&site, Place::Inbox, "inbox-title").await?, list })
}

pub async fn piece_of_talk(
    State(site): State<Site>,
    me: SignedIn,
    Path(text): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Fault> {
    me.actor().may(Right::ReadConversations)?;
    let read = thread::read(&site, &me, id(&text)?, None).await?;
    let tab = Tab::named(asked.text("tab")).unwrap_or(Tab::Waiting);
    let talk = read.talk(&me, tab);
    shown(&TalkPiece { page: me.page(&site, Place::Inbox, "inbox-title").await?, talk })
}

pub async fn piece_of_facts(State(site): State<Site>, me: SignedIn, Path(text): Path<String>) -> Result<Response, Fault> {
    me.actor().may(Right::ReadConversations)?;
    let read = thread::read(&site, &me, id(&text)?, None).await?;
    let Panel::Patient(facts) = thread::panel(&site, &me, &read, "").await? else { return Err(Fault::not_found()) };
    shown(&FactsPiece { page: me.page(&site, Place::Inbox, "inbox-title").await?, facts: *facts })
}

pub async fn piece_of_found(
    State(site): State<Site>,
    me: SignedIn,
    Path(text): Path<String>,
    Asked(asked): Asked,
) -> Result<Response, Fault> {
    me.actor().may(Right::ReadConversations)?;
    let read = thread::read(&site, &me, id(&text)?, None).await?;
    let Panel::Unknown(linking) = thread::panel(&site, &me, &read, asked.text("find")).await? else { return Err(Fault::not_found()) };
    shown(&FoundPiece { page: me.page(&site, Place::Inbox, "inbox-title").await?, linking })
}
