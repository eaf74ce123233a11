//! The first run: the clinic and its owner are made by whoever holds the code that the program printed.

pub mod view;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;

use desk::{ActError, FirstClinic, Owner, SetUp};
use kernel::{Hours, Locale, PersonName, Refusal, Secret, Zone};

use crate::done::Done;
use crate::fault::Fault;
use crate::forms::{Choice, Faults, Week};
use crate::pages::sign_in::{signed_in, visitor};
use crate::query::{Asked, Filled};
use crate::responder::{Language, go_to, shown_as};
use crate::site::Site;
use crate::{PlainPage, Words};
use view::{SetUpForm, SetUpPage};

/// What most clinics of a language will not have to change.
const LIKELY: [(Locale, &str, &str); 4] = [
    (Locale::En, "Europe/London", "GB"),
    (Locale::Ru, "Europe/Moscow", "RU"),
    (Locale::Hu, "Europe/Budapest", "HU"),
    (Locale::Fa, "Asia/Tehran", "IR"),
];
/// When clinics are likely to be open, where the language is spoken.
const fn likely_hours(locale: Locale) -> &'static str {
    match locale {
        Locale::En | Locale::Ru | Locale::Hu => "mon-fri 09:00-18:00",
        Locale::Fa => "sat-wed 09:00-18:00; thu 09:00-13:00",
    }
}
/// A list to choose from; any other zone can be typed.
pub const ZONES: [&str; 16] = [
    "Europe/London",
    "Europe/Berlin",
    "Europe/Budapest",
    "Europe/Kyiv",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Novosibirsk",
    "Asia/Vladivostok",
    "Asia/Almaty",
    "Asia/Tashkent",
    "Asia/Tbilisi",
    "Asia/Baku",
    "Asia/Dubai",
    "Asia/Tehran",
];

pub async fn open(State(site): State<Site>, language: Language, jar: CookieJar, Asked(asked): Asked) -> Result<Response, Fault> {
    if site.desk().look(|tx, _| Ok(store::clinics::organisation(tx)?)).await?.is_some() {
        return Ok(go_to("/sign-in"));
    }
    let Language(locale) = language;
    let (_, zone, region) = LIKELY.into_iter().find(|(known, ..)| *known == locale).unwrap_or(LIKELY[0]);
    let words = Words::of(locale);
    let hours: Hours = likely_hours(locale).parse().expect("the usual hours are read in a test");
    let form = SetUpForm {
        code: asked.text("code").to_owned(),
        zone: zone.to_owned(),
        region: region.to_owned(),
        week: Some(Week::of(&hours, words)),
        locales: locales(locale.code()),
        owner_locales: locales(locale.code()),
        public_url: site.public_url().unwrap_or_default().to_owned(),
        ..SetUpForm::default()
    };
    shown(&site, words, jar, (form, Faults::default()))
}

pub async fn set_up(State(site): State<Site>, Language(locale): Language, jar: CookieJar, form: Filled) -> Result<Response, Fault> {
    let done = match written(&form) {
        Ok(form) => desk::set_up(site.desk(), form).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(session) => Ok(signed_in(&site, jar, &session, &Done::SetUp.at("/settings/channels"))),
        Err(ActError::Refused(refusal)) => {
            let words = Words::of(locale);
            shown(&site, words, jar, (as_typed(&form, words), Faults::of(&refusal, words)))
        }
        Err(error) => Err(error.into()),
    }
}

fn written(form: &Filled) -> Result<SetUp, Refusal> {
    let locale = |name: &'static str| form.text(name).parse::<Locale>().map_err(|_| Refusal::new("form.choose").at(name));
    let hours = Week::line(|field| form.text(field).to_owned()).parse::<Hours>().map_err(|refusal| refusal.at("hours"))?;
    Ok(SetUp {
        code: Secret::new(form.text("code").trim()),
        organisation: form.some("organisation").unwrap_or(form.text("name")).to_owned(),
        clinic: FirstClinic {
            name: form.text("name").to_owned(),
            zone: Zone::named(form.text("zone").trim()).map_err(|_| Refusal::new("form.unreadable").at("zone"))?,
            locale: locale("locale")?,
            address: form.text("address").to_owned(),
            region: form.text("region").trim().to_ascii_uppercase(),
            hours,
            public_url: form.some("public_url").map(str::to_owned),
        },
        owner: Owner {
            name: PersonName::new(form.text("given"), form.text("family"))?,
            email: form.text("email").to_owned(),
            password: Secret::new(form.text("password")),
            locale: locale("owner_locale")?,
        },
    })
}

fn as_typed(form: &Filled, words: Words) -> SetUpForm {
    let text = |name: &str| form.text(name).to_owned();
    SetUpForm {
        code: text("code"),
        organisation: text("organisation"),
        name: text("name"),
        address: text("address"),
        zone: text("zone"),
        zones: Vec::new(),
        region: text("region"),
        locales: locales(form.text("locale")),
        week: Some(Week::as_typed(words, |day| text(&format!("hours-{day}")))),
        public_url: text("public_url"),
        given: text("given"),
        family: text("family"),
        email: text("email"),
        owner_locales: locales(form.text("owner_locale")),
    }
}

/// The four languages, by their own names.
pub fn locales(chosen: &str) -> Vec<Choice> {
    Choice::choose(Locale::ALL.map(|locale| Choice::new(locale.code(), locale.own_name())).into(), chosen)
}

fn shown(site: &Site, words: Words, jar: CookieJar, (form, faults): (SetUpForm, Faults)) -> Result<Response, Fault> {
    let (jar, csrf) = visitor(site, jar);
    let page = PlainPage { words, title: words.say("set-up-title"), csrf, notice: None };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let form = SetUpForm { zones: ZONES.map(str::to_owned).into(), ..form };
    Ok((jar, shown_as(status, &SetUpPage { page, form, faults })?).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_proposed_can_be_saved() {
        for (locale, zone, region) in LIKELY {
            assert!(likely_hours(locale).parse::<Hours>().is_ok());
            assert!(Zone::named(zone).is_ok() && region.len() == 2, "{locale}");
        }
        assert!(ZONES.iter().all(|zone| Zone::named(zone).is_ok()));
    }
}
