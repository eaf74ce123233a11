//! Pages outside of the desk: signing in, the first run, what patients open.

use kernel::{Date, Locale, Refusal, format};

use super::{Sample, number, plain, sample};
use crate::chat::TryPage;
use crate::forms::{Choice, Faults, Week};
use crate::page::{Chip, Notice, PlainPage, Tone};
use crate::pages::set_up::view::{SetUpForm, SetUpPage};
use crate::pages::sign_in::view::SignInPage;
use crate::pages::trouble::view::{TroubleFragment, TroublePage};
use crate::patient::unsubscribe::view::{Mails, UnsubscribePage};
use crate::patient::visit::view::{DayOfTimes, FreeTime, LinkEndedPage, Part, Standing, VisitPage};
use crate::{Words, fault::Fault};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let wrong = Refusal::new("sign-in.wrong");
    vec![
        sample("sign-in", &sign_in(words, None)),
        sample("sign-in-refused", &sign_in(words, Some(words.refusal(&wrong)))),
        sample("set-up", &set_up(words, Faults::default())),
        sample("set-up-refused", &set_up(words, refused(words))),
        sample("trouble", &trouble(words)),
        sample("trouble-fragment", &TroubleFragment { sentence: words.refusal(&wrong), code: "422".to_owned() }),
        sample("visit", &visit(words, Standing::Booked, Part::TheVisit)),
        sample("visit-confirmed", &VisitPage { late_minutes: Some(20), ..visit(words, Standing::Confirmed, Part::TheVisit) }),
        sample("visit-requested", &visit(words, Standing::Requested, Part::TheVisit)),
        sample("visit-closed", &visit(words, Standing::Closed, Part::TheVisit)),
        sample("visit-times", &visit(words, Standing::Booked, Part::OtherTimes(times(words)))),
        sample("visit-no-times", &visit(words, Standing::Booked, Part::OtherTimes(Vec::new()))),
        sample("visit-changed", &changed(words)),
        sample("link-ended", &LinkEndedPage { page: for_patient(words, "link-ended-title") }),
        sample(
            "chat-try",
            &TryPage { page: for_patient(words, "chat-try-title"), clinic: "Smile Dental".to_owned(), account: "acc_1".to_owned() },
        ),
        sample("unsubscribe", &unsubscribe(words, Mails::Come)),
        sample("unsubscribe-done", &unsubscribe(words, Mails::HaveEnded)),
    ]
}

fn sign_in(words: Words, refusal: Option<String>) -> SignInPage {
    SignInPage { page: plain(words, "sign-in-title"), email: "bianka@clinic.example".to_owned(), next: "/journal".to_owned(), refusal }
}

fn set_up(words: Words, faults: Faults) -> SetUpPage {
    let locales = || Choice::choose(Locale::ALL.map(|locale| Choice::new(locale.code(), locale.own_name())).into(), words.code());
    let hours = "mon-fri 09:00-13:00 14:00-18:00; sat 10:00-14:00".parse().expect("hours are written so");
    let form = SetUpForm {
        code: "K7FQ-2MZP".to_owned(),
        zone: "Europe/Budapest".to_owned(),
        zones: ["Asia/Tehran", "Europe/Budapest", "Europe/London", "Europe/Moscow"].map(str::to_owned).into(),
        region: "HU".to_owned(),
        locales: locales(),
        week: Some(Week::of(&hours, words)),
        owner_locales: locales(),
        ..SetUpForm::default()
    };
    SetUpPage { page: plain(words, "set-up-title"), form, faults }
}

fn refused(words: Words) -> Faults {
    let short = Refusal::new("password.too-short").at("password").with("least", 10_u32);
    Faults::of(&short, words).and("code", words.refusal(&Refusal::new("set-up.code"))).and("", words.refusal(&Refusal::new("set-up.done")))
}

fn trouble(words: Words) -> TroublePage {
    let fault = Fault::not_found();
    TroublePage::new(words, &fault, words.refusal(&fault.refusal))
}

fn for_patient(words: Words, title: &str) -> PlainPage {
    PlainPage { csrf: String::new(), ..plain(words, title) }
}

fn visit(words: Words, standing: Standing, part: Part) -> VisitPage {
    let day = Date::constant(2026, 11, 25);
    let (tone, state) = match standing {
        Standing::Booked => (Tone::Wait, "visit-state-booked"),
        Standing::Confirmed => (Tone::Good, "visit-state-confirmed"),
        Standing::Requested => (Tone::Calm, "visit-state-requested"),
        Standing::Closed => (Tone::Done, "visit-state-completed"),
    };
    VisitPage {
        page: for_patient(words, "visit-page-title"),
        clinic: "Smile Dental".to_owned(),
        path: "/visit/3vQz".to_owned(),
        version: 4,
        patient: "Vera".to_owned(),
        chip: Chip { tone, text: words.say(state) },
        standing,
        when: format!("{}, {}", format::date_long(day, words.locale()), number(words, "10:30")),
        nearness: String::new(),
        provider: "Dr Gromov".to_owned(),
        minutes: 45,
        address: "1052 Budapest, Petőfi Sándor utca 7., 2nd floor".to_owned(),
        map_url: Some("https://maps.example/7".to_owned()),
        preparation: "Please bring your X-ray if you have one.".to_owned(),
        late_minutes: None,
        person: words.with("visit-page-answers-by", &[("time", number(words, "9:15").into())]),
        part,
    }
}

fn times(words: Words) -> Vec<DayOfTimes> {
    let free = |time: &str, provider: Option<&str>| FreeTime {
        value: format!("stf_1|cha_1|{time}"),
        time: number(words, time),
        provider: provider.map(str::to_owned),
    };
    let day = |on, times| DayOfTimes { day: format::date_long(on, words.locale()), times };
    vec![
        day(Date::constant(2026, 11, 26), vec![free("9:00", None), free("11:30", None), free("16:30", Some("Dr Kiss"))]),
        day(Date::constant(2026, 11, 27), vec![free("10:15", None), free("14:00", None)]),
    ]
}

fn changed(words: Words) -> VisitPage {
    let mut view = visit(words, Standing::Booked, Part::TheVisit);
    view.page.notice = Some(Notice { tone: Tone::Wait, text: words.say("visit-page-changed") });
    view
}

fn unsubscribe(words: Words, mails: Mails) -> UnsubscribePage {
    UnsubscribePage {
        page: for_patient(words, "unsubscribe-title"),
        clinic: "Smile Dental".to_owned(),
        path: "/unsubscribe/3vQz".to_owned(),
        mails,
    }
}
