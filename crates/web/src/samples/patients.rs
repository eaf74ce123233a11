//! Who was found, a full card and a bare one, and the form of a card as it is opened and as it is refused.

use kernel::{AccountId, Arg, ConsentId, ContactPointId, Date, Locale, PatientId, Refusal, Timestamp, format};

use super::inbox::Ids;
use super::{Sample, number, page, sample};
use crate::forms::{Choice, Faults};
use crate::pages::patients::view::{
    Account, BotWish, Card, CardForm, CardPage, CardVisit, ConsentLine, Contact, Day, FormPage, Found, GuardiansPiece, Invitation, Kind,
    Lately, LatelyPiece, News, PatientRow, PatientsPage, Preference, Relative, RowsPiece, Touchpoint, When,
};
use crate::qr::QrCode;
use crate::{Chip, Page, Place, Tone, Words};

const LINK: &str = "https://t.me/mosoly_bot?start=Zk3vQx81Lw0aJb2c";

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let mut ids = Ids::new();
    let here = |title: &str| page(words, Place::Patients, title);
    let vera = ids.patient();
    let shown = |card: Card, faults: Faults| CardPage { page: titled(words, "Vera Sokolova"), card, faults };
    let wrong = Faults::of(&Refusal::new("phone.unknown").at("address"), words);
    let link = |code| Invitation { channel: "Telegram".to_owned(), link: Some(LINK.to_owned()), code, digits: Some("042 917".to_owned()) };
    let alone = Invitation { link: None, ..link(None) };
    let written = Card { invitation: Some(alone), ..card(words, &mut ids, vera) };
    let invited = Card { invitation: Some(link(QrCode::of(LINK))), ..card(words, &mut ids, vera) };
    let refused = Faults::of(&Refusal::new("name.empty").at("given"), words).and("born_on", words.say("refusal-patient-born-in-future"));
    vec![
        sample("patients", &PatientsPage { page: here("patients-title"), found: found(words, &mut ids), total: Some(total(words, 4_012)) }),
        sample("patients-none", &PatientsPage { page: here("patients-title"), found: nobody(""), total: Some(total(words, 0)) }),
        sample("patients-nobody", &RowsPiece { page: here("patients-title"), found: nobody("zzz") }),
        sample("patient", &shown(card(words, &mut ids, vera), Faults::default())),
        sample("patient-invited", &shown(invited, wrong)),
        sample("patient-invited-to-write", &shown(written, Faults::default())),
        sample("patient-new-card", &shown(bare(words, vera), Faults::default())),
        sample("patient-lately", &LatelyPiece { page: here("patients-title"), lately: lately(words, vera) }),
        sample(
            "patient-form",
            &FormPage { page: titled(words, "Vera Sokolova"), form: form(words, Some(vera)), faults: Faults::default() },
        ),
        sample("patient-form-refused", &FormPage { page: here("patients-new-title"), form: form(words, None), faults: refused }),
        sample("patient-guardians", &GuardiansPiece { guardians: guardians(words) }),
    ]
}

fn titled(words: Words, title: &str) -> Page {
    Page { title: title.to_owned(), ..page(words, Place::Patients, "patients-title") }
}

fn nobody(find: &str) -> Found {
    Found { find: find.to_owned(), rows: Vec::new(), more: None }
}

fn total(words: Words, many: i64) -> String {
    words.with("patients-total", &[("count", Arg::from(many))])
}

fn found(words: Words, ids: &mut Ids) -> Found {
    let born = |year, month, day| format::date_with_year(Date::constant(year, month, day), words.locale());
    let at = |day, time| format!("{} {}", format::date_short(Date::constant(2026, 11, day), words.locale()), number(words, time));
    let row = |ids: &mut Ids, name: &str, initials: &str, born: String, contact: &str, next_visit: String| PatientRow {
        patient: ids.patient(),
        name: name.to_owned(),
        initials: initials.to_owned(),
        born,
        contact: contact.to_owned(),
        next_visit,
        standing: None,
    };
    let mut rows = vec![
        row(ids, "Vera Sokolova", "VS", born(1988, 5, 12), "+7 900 000-00-01", at(25, "10:30")),
        row(ids, "Nagy Dóra", "ND", born(1991, 8, 3), "+36 30 555 01 22", String::new()),
        row(ids, "آرش مرادی", "آم", born(1979, 3, 21), "+98 912 000 00 01", at(26, "9:00")),
        row(ids, "Анна Бергман-Константинопольская", "АБ", String::new(), "anna.bergman@example.org", String::new()),
    ];
    rows[3].standing = Some(Chip::new(Tone::Calm, words.say("patient-standing-lead")));
    Found { find: String::new(), rows, more: Some("/patients?after=1".to_owned()) }
}

fn bare(words: Words, patient: PatientId) -> Card {
    Card {
        patient,
        name: "Vera Sokolova".to_owned(),
        initials: "VS".to_owned(),
        line: words.with("inbox-speaks", &[("language", Arg::from("русский"))]),
        banners: Vec::new(),
        note: String::new(),
        conversation: None,
        visits: Vec::new(),
        contacts: Vec::new(),
        consents: consents(words),
        consent_channels: vec![Choice::new("", words.say("patients-consent-everywhere")), Choice::new("telegram", "Telegram")],
        preferences: vec![
            Preference { label: words.say("patient-field-locale"), value: "русский".to_owned() },
            Preference { label: words.say("patient-field-preferred-channel"), value: words.say("patients-channel-any") },
            Preference { label: words.say("patient-field-bots"), value: words.say("patients-bots-welcome") },
        ],
        family: Vec::new(),
        accounts: Vec::new(),
        invitation: None,
        lately: Lately { patient, days: Vec::new(), older: None },
    }
}

fn card(words: Words, ids: &mut Ids, patient: PatientId) -> Card {
    let born = format::date_with_year(Date::constant(1988, 5, 12), words.locale());
    let age = [("day", Arg::from(born)), ("age", Arg::from(38_i64))];
    let speaks = words.with("inbox-speaks", &[("language", Arg::from("русский"))]);
    Card {
        line: format!("{} · {speaks}", words.with("patients-born-age", &age)),
        banners: vec![Chip::new(Tone::Wait, words.say("inbox-no-bots"))],
        note: "Anxious: say what happens next, step by step.\nParks behind the clinic.".to_owned(),
        conversation: Some(ids.conversation()),
        visits: visits(words),
        contacts: contacts(words, ids),
        family: vec![Relative { patient: ids.patient(), name: "Mira".to_owned(), relation: words.say("inbox-relation-child") }],
        accounts: vec![Account { id: AccountId::new(Timestamp::from_millis(0), ids.chance()), name: "Telegram · @mosoly_bot".to_owned() }],
        consents: given_consents(words, ids),
        lately: lately(words, patient),
        ..bare(words, patient)
    }
}

fn visits(words: Words) -> Vec<CardVisit> {
    let visit = |day, time, tone, key: &str, when| CardVisit {
        href: "/journal?on=2026-11-25".to_owned(),
        at: format!("{} {}", format::date_short(day, words.locale()), number(words, time)),
        with: "Dr Gromov".to_owned(),
        state: Chip::new(tone, words.say(key)),
        origin: String::new(),
        when,
    };
    let through = words.with("origin-channel", &[("channel", Arg::from("Telegram"))]);
    let at = [("through", Arg::from(through)), ("at", Arg::from(number(words, "18:42")))];
    let origin = words.with("origin-mark-confirmed", &at);
    vec![
        CardVisit { origin, ..visit(Date::constant(2026, 11, 25), "10:30", Tone::Good, "visit-state-confirmed", When::Ahead) },
        visit(Date::constant(2026, 11, 12), "9:00", Tone::Done, "visit-state-completed", When::Past),
        visit(Date::constant(2026, 5, 4), "16:15", Tone::Bad, "visit-state-no-show", When::Past),
    ]
}

fn contacts(words: Words, ids: &mut Ids) -> Vec<Contact> {
    let last = words.with("patients-contact-last", &[("at", Arg::from(number(words, "18:42")))]);
    let mut contact = |channel: &str, value: &str, tone, key: &str, news: Vec<News>| Contact {
        id: ContactPointId::new(Timestamp::from_millis(0), ids.chance()),
        channel: words.say(channel),
        value: value.to_owned(),
        sureness: Chip::new(tone, words.say(key)),
        state: None,
        why: None,
        last: String::new(),
        dialled: None,
        news,
    };
    let telegram = contact("channel-telegram", "", Tone::Good, "sureness-verified", vec![News::OptedOut]);
    let phone =
        contact("channel-sms", "+7 900 000-00-01", Tone::Done, "sureness-unverified", vec![News::Verified, News::Shared, News::OptedOut]);
    let mail = contact("channel-email", "vera.sokolova@example.org", Tone::Calm, "sureness-shared", Vec::new());
    let old = contact("channel-sms", "+7 900 000-00-02", Tone::Wait, "sureness-unverified", vec![News::Theirs]);
    let gone = Some(Chip::new(Tone::Bad, words.say("contact-state-not-theirs")));
    let old = Contact { state: gone, why: Some(words.say("not-theirs-wrong-person")), ..old };
    let stopped = Some(Chip::new(Tone::Bad, words.say("contact-state-opted-out")));
    vec![
        Contact { last, ..telegram },
        Contact { dialled: Some("+79000000001".to_owned()), ..phone },
        Contact { state: stopped, ..mail },
        old,
    ]
}

fn consents(words: Words) -> Vec<ConsentLine> {
    let line = |purpose: &str| ConsentLine {
        purpose: purpose.to_owned(),
        label: words.say(&format!("purpose-{purpose}")),
        standing: Chip::new(Tone::Done, words.say("consent-standing-not-given")),
        proof: String::new(),
        withdrawable: None,
    };
    let care = Chip::new(Tone::Good, words.say("consent-standing-given"));
    vec![ConsentLine { standing: care, ..line("service") }, line("marketing"), line("reviews")]
}

fn given_consents(words: Words, ids: &mut Ids) -> Vec<ConsentLine> {
    let day = format::date_short(Date::constant(2026, 5, 12), words.locale());
    let proof = [("channel", Arg::from("Telegram")), ("at", Arg::from(day)), ("proof", Arg::from("anketa.pdf"))];
    let mut lines = consents(words);
    lines[1].standing = Chip::new(Tone::Good, words.say("consent-standing-given"));
    lines[1].proof = words.with("patients-consent-given", &proof);
    lines[1].withdrawable = Some(ConsentId::new(Timestamp::from_millis(0), ids.chance()));
    lines
}

fn lately(words: Words, patient: PatientId) -> Lately {
    let through = words.with("origin-channel", &[("channel", Arg::from("Telegram"))]);
    let line = |at: &str, key: &str, kind| Touchpoint { at: number(words, at), text: words.say(key), through: through.clone(), kind };
    let today = vec![
        line("9:12", "timeline-message-received", Kind::Message),
        line("9:12", "timeline-handed-over", Kind::Task),
        line("8:40", "timeline-visit-confirmed", Kind::Visit),
    ];
    let before = vec![line("18:02", "timeline-message-read", Kind::Bot), line("18:00", "timeline-note-written", Kind::Card)];
    let days = vec![
        Day { day: words.say("inbox-today"), lines: today },
        Day { day: format::date_long(Date::constant(2026, 11, 12), words.locale()), lines: before },
    ];
    Lately { patient, days, older: Some(format!("/patients/{patient}?before=1")) }
}

fn guardians(words: Words) -> Vec<Choice> {
    vec![Choice::new("", words.say("patients-guardian-nobody")), Choice::new("pat_1", "Nagy Dóra")]
}

fn form(words: Words, patient: Option<PatientId>) -> CardForm {
    let locales = Locale::ALL.map(|locale| Choice::new(locale.code(), locale.own_name())).into();
    let standing = |name: &str| Choice::new(name, words.say(&format!("patient-standing-{name}")));
    CardForm {
        patient,
        given: if patient.is_some() { "Vera".to_owned() } else { String::new() },
        family: "Sokolova".to_owned(),
        locales: Choice::choose(locales, "ru"),
        born_on: "1988-05-12".to_owned(),
        guardians: guardians(words),
        channels: vec![Choice::new("", words.say("patients-channel-any")), Choice::new("telegram", "Telegram")],
        standings: Choice::choose(["lead", "patient", "refused", "deceased"].map(standing).into(), "patient"),
        bots: Some(BotWish::NoBots),
        note: "Anxious: say what happens next, step by step.".to_owned(),
        ..CardForm::default()
    }
}
