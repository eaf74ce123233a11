//! One playbook: what it says, and its latest runs.

use axum::extract::{Path, State};
use axum::response::Response;

use clinic::patients::Patient;
use clinic::playbooks::shipped;
use clinic::staff::Right;
use clinic::texts::Shipped;
use desk::ActError;
use kernel::Timestamp;
use store::Tx;
use store::runs::Kept;

use super::view::{PlaybookPage, RunLine, TextLine, Wording};
use super::{Known, run};
use crate::Place;
use crate::fault::Fault;
use crate::responder::shown;
use crate::session::SignedIn;
use crate::site::Site;

const RUNS: u32 = 30;

pub async fn open(State(site): State<Site>, me: SignedIn, Path(id): Path<String>) -> Result<Response, Fault> {
    me.actor().may(Right::SeePlaybooks)?;
    let (script, source) = shipped().iter().find(|(script, _)| script.id == id).ok_or(Fault::not_found())?;
    let clinic = me.clinic.id;
    let read = move |tx: &mut Tx<'_>, now: Timestamp| {
        let known = Known::read(tx, clinic, (script, source), now)?;
        let mut runs = Vec::new();
        for kept in store::runs::recent(tx, clinic, &script.id, RUNS)? {
            let patient = store::patients::find(tx, kept.run.patient)?.ok_or_else(ActError::not_found)?;
            runs.push((kept, patient));
        }
        let own: Vec<_> = store::texts::of_clinic(tx, clinic)?;
        Ok((known, runs, own))
    };
    let (known, runs, own) = site.desk().look(read).await?;
    let mut texts: Vec<TextLine> = Vec::new();
    for (_, key) in script.texts() {
        if texts.iter().any(|line| line.key == key) {
            continue;
        }
        let wording = own.iter().find(|text| text.key == key);
        let shipped = Shipped::of(key).map(|shipped| shipped.source(me.locale())).unwrap_or_default();
        texts.push(TextLine {
            key: key.to_owned(),
            words: wording.and_then(|text| text.by_language.get(&me.locale()).cloned()).unwrap_or(shipped),
            wording: if wording.is_some() { Wording::Own } else { Wording::Shipped },
        });
    }
    let mut page = me.page(&site, Place::Playbooks, "playbooks-title").await?;
    let playbook = known.summary(me.words());
    page.title.clone_from(&playbook.name);
    let runs = runs.iter().map(|(kept, patient)| line(&me, kept, patient)).collect();
    let span = me.words().say("playbooks-span");
    shown(&PlaybookPage { page, playbook, span, texts, runs, source: known.source.to_owned() })
}

fn line(me: &SignedIn, kept: &Kept, patient: &Patient) -> RunLine {
    RunLine {
        id: kept.run.id.to_string(),
        patient: patient.name.full(me.locale()),
        at: me.telling().at(kept.changed_at),
        chip: run::chip(me.words(), &kept.run.state),
    }
}
