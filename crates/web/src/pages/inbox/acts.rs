//! What is done in the Inbox: answered, noted, taken, given back, put aside, closed, tied to a patient.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::response::Response;
use axum::routing::post;

use clinic::actors::Channel;
use clinic::conversations::Topic;
use clinic::gate::Timing;
use clinic::outbox::{Outbound, OutboundState, Resolution};
use clinic::tasks::TaskOutcome;
use desk::{Answer, Finding, Tending};
use kernel::{ConversationId, DeskTaskId, MessageId, PatientId, Refusal, Timestamp};

use super::thread;
use crate::done::Done;
use crate::fault::Fault;
use crate::query::Filled;
use crate::router::BODY_WITH_FILE;
use crate::session::SignedIn;
use crate::site::Site;

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/inbox/{id}/reply", post(reply).layer(DefaultBodyLimit::max(BODY_WITH_FILE)))
        .route("/inbox/{id}/note", post(note))
        .route("/inbox/{id}/take", post(take))
        .route("/inbox/{id}/hand-over", post(hand_over))
        .route("/inbox/{id}/give-back", post(give_back))
        .route("/inbox/{id}/snooze", post(snooze))
        .route("/inbox/{id}/wake", post(wake))
        .route("/inbox/{id}/close", post(close))
        .route("/inbox/{id}/reopen", post(reopen))
        .route("/messages/{id}/release", post(release))
        .route("/messages/{id}/resolve", post(resolve))
        .route("/messages/{id}/drop", post(drop_message))
        .route("/messages/restored", post(settle_restored))
        .route("/tasks/{id}", post(settle))
}

type Form = (State<Site>, SignedIn, Path<String>, Filled);

fn conversation(id: &str) -> Result<ConversationId, Fault> {
    id.parse().map_err(|_| Fault::not_found())
}

pub async fn reply((State(site), me, Path(id), form): Form) -> Result<Response, Fault> {
    let conversation = conversation(&id)?;
    let channel = form.some("channel").map(|name| Channel::named(name).ok_or_else(Fault::malformed)).transpose()?;
    let timing = if form.some("insist").is_some() { Timing::Insisted } else { Timing::Polite };
    let (seen, text) = (form.given("seen")?, form.text("text").to_owned());
    let done = async {
        let uploads = form.files("file");
        if uploads.iter().map(|file| file.bytes.len()).sum::<usize>() > desk::LARGEST_TOGETHER {
            return Err(Refusal::new("reply.files-too-large")
                .at("file")
                .with("most", desk::megabytes(desk::LARGEST_TOGETHER as u64))
                .into());
        }
        let mut files = Vec::new();
        for file in uploads {
            files.push(desk::enclose_file(site.desk(), me.actor(), &file.name, file.bytes.to_vec()).await?);
        }
        desk::reply(site.desk(), me.actor(), Answer { conversation, seen, text, channel, timing, files }).await
    };
    match done.await {
        Ok(message) => Ok(thread::after(conversation, form.text("tab"), gone(&message))),
        Err(error) => thread::refused(&site, &me, conversation, error, form.text("text")).await,
    }
}

/// Sent now, or at its time. What the gate stopped says so itself in the thread.
fn gone(message: &Outbound) -> Done {
    match message.state {
        OutboundState::Planned
        | OutboundState::Queued { .. }
        | OutboundState::Sending { .. }
        | OutboundState::Accepted { .. }
        | OutboundState::Delivered { .. }
        | OutboundState::Read { .. } => Done::Sent,
        OutboundState::Held { .. } => Done::Waits,
        OutboundState::Suppressed { .. } | OutboundState::Failed { .. } | OutboundState::Uncertain { .. } => Done::NotSent,
    }
}

pub async fn note((State(site), me, Path(id), form): Form) -> Result<Response, Fault> {
    let conversation = conversation(&id)?;
    if form.some("file").is_some() || form.file("file").is_some() {
        // never dropped in silence
        return thread::refused(&site, &me, conversation, Refusal::new("note.file").into(), form.text("text")).await;
    }
    match desk::write_note(site.desk(), me.actor(), conversation, form.text("text").to_owned()).await {
        Ok(()) => Ok(thread::after(conversation, form.text("tab"), Done::Noted)),
        Err(error) => thread::refused(&site, &me, conversation, error, form.text("text")).await,
    }
}

/// A step of the conversation: `take`, `give-back` and so on, as the address says.
async fn tend(site: &Site, me: &SignedIn, id: &str, (seen, tending): (i64, Tending)) -> Result<Response, Fault> {
    let conversation = conversation(id)?;
    let done = match &tending {
        Tending::Assign(to) if *to == me.member.id => Done::Taken,
        Tending::Assign(_) => Done::HandedOver,
        Tending::GiveBack => Done::GivenBack,
        Tending::Snooze { .. } => Done::PutAside,
        Tending::Unsnooze | Tending::Reopen => Done::Reopened,
        Tending::Close(_) => Done::Closed,
    };
    match desk::tend_conversation(site.desk(), me.actor(), conversation, seen, tending).await {
        Ok(_) => Ok(thread::after(conversation, "", done)),
        Err(error) => thread::refused(site, me, conversation, error, "").await,
    }
}

/// Steps that nobody's message in between can make wrong.
const WHATEVER_WAS_SEEN: i64 = 0;

pub async fn take((State(site), me, Path(id), _): Form) -> Result<Response, Fault> {
    let mine = Tending::Assign(me.member.id);
    tend(&site, &me, &id, (WHATEVER_WAS_SEEN, mine)).await
}

pub async fn hand_over((State(site), me, Path(id), form): Form) -> Result<Response, Fault> {
    tend(&site, &me, &id, (WHATEVER_WAS_SEEN, Tending::Assign(form.given("to")?))).await
}

pub async fn give_back((State(site), me, Path(id), _): Form) -> Result<Response, Fault> {
    tend(&site, &me, &id, (WHATEVER_WAS_SEEN, Tending::GiveBack)).await
}

pub async fn reopen((State(site), me, Path(id), _): Form) -> Result<Response, Fault> {
    tend(&site, &me, &id, (WHATEVER_WAS_SEEN, Tending::Reopen)).await
}

pub async fn wake((State(site), me, Path(id), _): Form) -> Result<Response, Fault> {
    tend(&site, &me, &id, (WHATEVER_WAS_SEEN, Tending::Unsnooze)).await
}

pub async fn snooze((State(site), me, Path(id), form): Form) -> Result<Response, Fault> {
    let until = Timestamp::from_millis(form.given("until")?);
    tend(&site, &me, &id, (form.given("seen")?, Tending::Snooze { until })).await
}

pub async fn close((State(site), me, Path(id), form): Form) -> Result<Response, Fault> {
    let topic = Topic::named(form.text("topic")).ok_or_else(Fault::malformed)?;
    tend(&site, &me, &id, (form.given("seen")?, Tending::Close(topic))).await
}

pub async fn link((State(site), me, Path(id), form): Form) -> Result<Response, Fault> {
    let conversation = conversation(&id)?;
    let patient: PatientId = form.given("patient")?;
    let joined = desk::link_conversation(site.desk(), me.actor(), conversation, patient).await?;
    Ok(Done::Linked.go_to(format!("/inbox/{joined}")))
}

pub async fn release((State(site), me, Path(id), _): Form) -> Result<Response, Fault> {
    let message: MessageId = id.parse().map_err(|_| Fault::not_found())?;
    let message = desk::release_message(site.desk(), me.actor(), message).await?;
    Ok(thread::after(message.conversation, "", gone(&message)))
}

/// `resolution=sent|not_sent|send_again`
pub async fn resolve((State(site), me, Path(id), form): Form) -> Result<Response, Fault> {
    let message: MessageId = id.parse().map_err(|_| Fault::not_found())?;
    let resolution = match form.text("resolution") {
        // a person has seen that it arrived: the provider has told us no id
        "sent" => Resolution::Sent { provider_key: format!("seen-by-{}", me.member.id) },
        "not_sent" => Resolution::NotSent,
        "send_again" => Resolution::SendAgain,
        _ => return Err(Fault::malformed()),
    };
    let message = desk::resolve_message(site.desk(), me.actor(), message, resolution).await?;
    Ok(thread::after(message.conversation, "", Done::Settled))
}

/// It went in the hours that a restored backup knows nothing of.
pub async fn drop_message((State(site), me, Path(id), _): Form) -> Result<Response, Fault> {
    let message: MessageId = id.parse().map_err(|_| Fault::not_found())?;
    desk::drop_message(site.desk(), me.actor(), message).await.map_err(|error| Fault::from(error).way_on("/today"))?;
    Ok(Done::Dropped.go_to("/today"))
}

/// `finding=still_to_go|went_before`
pub async fn settle_restored(State(site): State<Site>, me: SignedIn, form: Filled) -> Result<Response, Fault> {
    let (finding, done) = match form.text("finding") {
        "still_to_go" => (Finding::StillToGo, Done::Sent),
        "went_before" => (Finding::WentBefore, Done::Dropped),
        _ => return Err(Fault::malformed()),
    };
    let settled = desk::settle_restored(site.desk(), me.actor(), me.clinic.id, finding).await;
    settled.map_err(|error| Fault::from(error).way_on("/today"))?;
    Ok(done.go_to("/today"))
}

pub async fn settle((State(site), me, Path(id), form): Form) -> Result<Response, Fault> {
    let task: DeskTaskId = id.parse().map_err(|_| Fault::not_found())?;
    let outcome = TaskOutcome::named(form.text("outcome")).ok_or_else(Fault::malformed)?;
    desk::settle_task(site.desk(), me.actor(), task, outcome).await.map_err(|error| Fault::from(error).way_on("/today"))?;
    Ok(Done::Settled.go_to("/today"))
}
