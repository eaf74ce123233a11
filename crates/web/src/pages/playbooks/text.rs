//! One text of the bot in all languages, as the clinic words it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use clinic::playbooks::shipped;
use clinic::staff::Right;
use clinic::texts::{Fault as TextFault, Shipped, TextSource, may_name, segments};
use desk::NotSaved;
use kernel::{Direction, Locale, Timestamp};
use store::Tx;

use super::name;
use super::view::{InLanguage, TextPage, Wording};
use crate::Place;
use crate::done::Done;
use crate::fault::Fault;
use crate::query::Filled;
use crate::responder::shown_as;
use crate::session::SignedIn;
use crate::site::Site;

pub async fn open(State(site): State<Site>, me: SignedIn, Path(key): Path<String>) -> Result<Response, Fault> {
    me.actor().may(Right::SeePlaybooks)?;
    let clinic = me.clinic.id;
    let read = move |tx: &mut Tx<'_>, _: Timestamp| Ok(store::texts::of_clinic(tx, clinic)?);
    let own = site.desk().look(read).await?.into_iter().find(|text| text.key == key);
    let wording = if own.is_some() { Wording::Own } else { Wording::Shipped };
    let source = move |locale: Locale, shipped: &str| {
        own.as_ref().and_then(|text| text.by_language.get(&locale).cloned()).unwrap_or_else(|| shipped.to_owned())
    };
    shown(&site, &me, &key, (wording, &source, &[])).await
}

/// A text with its wording, what stands in each language, and what is wrong with it.
type Worded<'a> = (Wording, &'a (dyn Fn(Locale, &str) -> String + Send + Sync), &'a [TextFault]);

pub async fn save(State(site): State<Site>, me: SignedIn, Path(key): Path<String>, form: Filled) -> Result<Response, Fault> {
    let plain = |locale: Locale| form.text(locale.code()).replace("\r\n", "\n");
    let text = TextSource { key: key.clone(), by_language: Locale::ALL.map(|locale| (locale, plain(locale))).into() };
    match desk::save_text(site.desk(), me.actor(), me.clinic.id, text).await {
        Ok(()) => Ok(Done::Saved.go_to(format!("/playbooks/texts/{key}"))),
        Err(NotSaved::Act(error)) => Err(error.into()),
        Err(NotSaved::Faults(faults)) => {
            let typed = form.clone();
            let source = move |locale: Locale, _: &str| typed.text(locale.code()).to_owned();
            shown(&site, &me, &key, (Wording::Own, &source, &faults)).await
        }
    }
}

pub async fn reset(State(site): State<Site>, me: SignedIn, Path(key): Path<String>) -> Result<Response, Fault> {
    Shipped::of(&key).ok_or(Fault::not_found())?;
    desk::reset_text(site.desk(), me.actor(), me.clinic.id, key.clone()).await?;
    Ok(Done::Saved.go_to(format!("/playbooks/texts/{key}")))
}

async fn shown(site: &Site, me: &SignedIn, key: &str, (wording, source, faults): Worded<'_>) -> Result<Response, Fault> {
    let text = Shipped::of(key).ok_or(Fault::not_found())?;
    let words = me.words();
    let language = |locale: Locale| {
        let shipped = text.source(locale);
        let source = source(locale, &shipped);
        let wrong = faults.iter().filter(|fault| fault.locale == locale);
        let parts = i64::try_from(segments(&source).parts).unwrap_or(i64::MAX);
        InLanguage {
            code: locale.code(),
            name: locale.own_name().to_owned(),
            dir: if locale.direction() == Direction::RightToLeft { "rtl" } else { "ltr" },
            faults: wrong.map(|fault| words.refusal(&fault.refusal())).collect(),
            length: words.with("desk-sms-parts", &[("parts", parts.into())]),
            source,
            shipped,
        }
    };
    let placeholders = may_name(key).unwrap_or_default().iter().map(|placeholder| {
        let name = placeholder.name();
        (format!("{{ ${name} }}"), words.say(&format!("placeholder-{}", name.replace('_', "-"))))
    });
    let says = shipped().iter().find(|(script, _)| script.texts().iter().any(|(_, said)| *said == key));
    let view = TextPage {
        page: me.page(site, Place::Playbooks, "playbooks-text-title").await?,
        key: key.to_owned(),
        playbook: says.map(|(script, _)| (script.id.clone(), name(words, &script.id))),
        wording,
        languages: Locale::ALL.map(language).into(),
        placeholders: placeholders.collect(),
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    shown_as(status, &view)
}
