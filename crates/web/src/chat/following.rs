//! The thread, as soon as it is another than the browser has seen: asked for again and again, answered when there is
//! something to tell. Whoever was away asks with the old cursor and has everything at once.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::response::Response;
use desk::chat::{self, Line, Seen, Speaker, View};
use kernel::{ConversationId, Locale};
use serde::Deserialize;
use serde_json::{Value, json};
use store::Touched;
use store::sown::rest;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use clinic::conversations::Press;

use super::look::standing;
use super::{Asking, NotDone, answered, files, read};
use crate::Words;
use crate::site::Site;

/// Shorter than the patience of proxies and of our own limit.
const WAITS: Duration = Duration::from_secs(22);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Following {
    lang: String,
    /// What the last answer was called; empty before there was one.
    cursor: String,
    /// The newest message of ours that the browser has, and that it has shown.
    got: Option<String>,
    read: Option<String>,
}

pub async fn follow(State(site): State<Site>, asking: Asking, request: Request) -> Response {
    let allowed = asking.allowed();
    answered(allowed, told(&site, asking, request).await)
}

async fn told(site: &Site, asking: Asking, request: Request) -> Result<Value, NotDone> {
    let Following { lang, cursor, got, read: shown } = read(request).await?;
    let id = |id: Option<String>| id.map(|id| id.parse().map_err(|_| NotDone::malformed())).transpose();
    let seen = Seen { got: id(got)?, read: id(shown)? };
    let words = Words::of(Locale::preferred(&lang).unwrap_or_default());
    // listened to before it is looked at: what comes in between is not missed
    let mut updates = site.desk().store().subscribe();
    let view = chat::follow(site.desk(), asking.caller.clone(), asking.token.clone(), seen).await?;
    if view.token.is_some() || name_of(&view) != cursor {
        return Ok(shown_to(words, view));
    }
    let waiting = another(site, &asking, &mut updates, (view.thread, &cursor));
    let view = match tokio::time::timeout(rest(WAITS), waiting).await {
        Ok(another) => another?.unwrap_or(view),
        Err(_) => view,
    };
    Ok(shown_to(words, view))
}

/// The thread once it is another than at the cursor. A thread is touched for more than what is said in it.
async fn another(
    site: &Site,
    asking: &Asking,
    updates: &mut Receiver<Touched>,
    (thread, cursor): (Option<ConversationId>, &str),
) -> Result<Option<View>, NotDone> {
    let topic = thread.map(|thread| Touched(format!("conversation:{thread}")));
    loop {
        match updates.recv().await {
            Ok(touched) if Some(&touched) != topic.as_ref() && touched != Touched::anything() => continue,
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return Ok(None),
        }
        let view = chat::follow(site.desk(), asking.caller.clone(), asking.token.clone(), Seen::default()).await?;
        if view.token.is_some() || name_of(&view) != cursor {
            return Ok(Some(view));
        }
    }
}

/// The same as long as nothing was said.
fn name_of(view: &View) -> String {
    view.lines.last().map(|line| format!("{}.{}", view.lines.len(), line.id)).unwrap_or_default()
}

fn shown_to(words: Words, view: View) -> Value {
    let cursor = name_of(&view);
    let View { lines, answering, token, door, .. } = view;
    json!({
        "cursor": cursor,
        "lines": lines.iter().map(|said| line(words, said)).collect::<Vec<_>>(),
        "standing": standing(words, &door.clinic, door.now, answering),
        "token": token.map(|token| token.expose().to_owned()),
    })
}

fn line(words: Words, line: &Line) -> Value {
    let (by, key) = match &line.by {
        Speaker::Visitor(key) => ("you", Some(key)),
        Speaker::Person => ("person", None),
        Speaker::Bot => ("bot", None),
    };
    let buttons: Vec<Value> = line
        .buttons
        .iter()
        .filter_map(|button| match &button.press {
            Press::Answer(data) => Some(json!({ "label": button.label, "data": data })),
            Press::Link(url) => Some(json!({ "label": button.label, "url": url })),
            Press::ShareContact => None,
        })
        .collect();
    let file = line.file.as_ref().map(|lying| files::told(words, lying));
    json!({ "id": line.id, "by": by, "key": key, "at": line.at.as_millis(), "text": line.text, "buttons": buttons, "file": file })
}
