//! Playbooks: what the care bot does, in which words, for whom it is doing it, and why each run did what it did.

mod book;
mod run;
mod text;
pub mod view;

use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};

use clinic::playbooks::{Script, shipped};
use clinic::staff::Right;
use desk::ActError;
use kernel::{Timestamp, format};
use store::Tx;

use crate::done::Done;
use crate::fault::Fault;
use crate::query::Filled;
use crate::responder::shown;
use crate::session::SignedIn;
use crate::site::Site;
use crate::{Chip, Place, Tone, Words};
use view::{Figure, PlaybooksPage, Summary, Switched};

/// Figures of a month.
const SPAN: Duration = Duration::from_hours(30 * 24);

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/playbooks", get(open))
        .route("/playbooks/{id}", get(book::open))
        .route("/playbooks/{id}/switch", post(switch))
        .route("/playbooks/texts/{key}", get(text::open).post(text::save))
        .route("/playbooks/texts/{key}/reset", post(text::reset))
        .route("/playbooks/runs/{id}", get(run::open))
}

/// A playbook with how often it ran and whether it is switched on.
pub struct Known {
    pub script: &'static Script,
    pub source: &'static str,
    figures: Vec<(String, u32)>,
    switched: Switched,
}

pub async fn open(State(site): State<Site>, me: SignedIn) -> Result<Response, Fault> {
    me.actor().may(Right::SeePlaybooks)?;
    let clinic = me.clinic.id;
    let read = move |tx: &mut Tx<'_>, now: Timestamp| {
        shipped().iter().map(|(script, source)| Known::read(tx, clinic, (script, source), now)).collect::<Result<Vec<_>, _>>()
    };
    let known = site.desk().look(read).await?;
    let playbooks = known.iter().map(|known| known.summary(me.words())).collect();
    let page = me.page(&site, Place::Playbooks, "playbooks-title").await?;
    shown(&PlaybooksPage { page, playbooks, span: me.words().say("playbooks-span") })
}

/// `state=on|off`
pub async fn switch(State(site): State<Site>, me: SignedIn, Path(id): Path<String>, form: Filled) -> Result<Response, Fault> {
    let (switched, done) = match form.text("state") {
        "on" => (desk::Switched::On, Done::SwitchedOn),
        "off" => (desk::Switched::Off, Done::SwitchedOff),
        _ => return Err(Fault::malformed()),
    };
    desk::switch_playbook(site.desk(), me.actor(), me.clinic.id, id, switched)
        .await
        .map_err(|error| Fault::from(error).way_on("/playbooks"))?;
    Ok(done.go_to("/playbooks"))
}

impl Known {
    pub fn read(
        tx: &mut Tx<'_>,
        clinic: kernel::ClinicId,
        (script, source): (&'static Script, &'static str),
        now: Timestamp,
    ) -> Result<Self, ActError> {
        let off = store::runs::switched_off(tx, clinic)?;
        let switched = if off.contains(&script.id) { Switched::Off } else { Switched::On };
        Ok(Self { script, source, figures: store::runs::figures(tx, clinic, &script.id, now - SPAN)?, switched })
    }

    pub fn summary(&self, words: Words) -> Summary {
        let figure = |(state, many): &(String, u32)| Figure {
            count: format::number(i64::from(*many), words.locale()),
            chip: Chip::new(state_tone(state), words.say(&format!("playbooks-run-{}", state.replace('_', "-")))),
        };
        Summary {
            id: self.script.id.clone(),
            name: name(words, &self.script.id),
            about: words.say(&format!("playbook-{}-about", self.script.id)),
            switched: self.switched,
            figures: self.figures.iter().map(figure).collect(),
        }
    }
}

pub fn name(words: Words, playbook: &str) -> String {
    words.say(&format!("playbook-{playbook}-name"))
}

pub fn state_tone(state: &str) -> Tone {
    match state {
        "done" => Tone::Good,
        "active" | "waiting" => Tone::Wait,
        "handed_over" => Tone::Bad,
        _ => Tone::Done,
    }
}
